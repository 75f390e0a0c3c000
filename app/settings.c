/* settings.c: what this terminal knows before anyone signs in: server, terminal, printers, folder. */
#include "app/settings.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/backend.h"
#include "forms/names.h"

#define LOCK_AFTER (10 * 60)

struct _JnSettings
{
  GObject parent_instance;
  GKeyFile *file;
  GKeyFile *choices; /* what the clerk chose here; in the state folder */
  int counter;
  char *dsn;
  char *terminal;
  char *state_folder;
  int held; /* its lock; -1: it is not held */
  char *print_server;
  char *language;
  GHashTable *printers; /* use → JnPrinterProfile */
};

G_DEFINE_TYPE (JnSettings, jn_settings, G_TYPE_OBJECT)

#define GROUP "janela"

static char *
read_string (JnSettings *self, const char *key)
{
  g_autofree char *value = g_key_file_get_string (self->file, GROUP, key, NULL);

  return value != NULL && *value != '\0' ? g_steal_pointer (&value) : NULL;
}

static char *
find_file (void)
{
  const char *named = g_getenv ("JANELA_CONFIG");
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "janela", "janela.conf", NULL);

  if (named != NULL)
    return g_strdup (named);
  if (g_file_test (own, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&own);
  return g_strdup ("/etc/janela/janela.conf");
}

static char *
name_terminal (JnSettings *self)
{
  g_autofree char *named = read_string (self, "terminal");

  if (self->counter > 0)
    return g_strdup_printf ("T%02d", self->counter);
  return named != NULL ? g_steal_pointer (&named) : g_strdup ("T01");
}

static const char *
guess_language (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "zh"))
        return "zh-Hant";
      if (g_str_has_prefix (names[i], "pt"))
        return "pt";
      if (g_str_has_prefix (names[i], "en"))
        return "en";
    }
  return "zh-Hant";
}

static char *
choices_path (JnSettings *self)
{
  return g_build_filename (jn_settings_get_state_folder (self), "choices.conf", NULL);
}

static void
read_choices (JnSettings *self)
{
  g_autofree char *path = choices_path (self);
  g_autofree char *configured = read_string (self, "language");

  g_key_file_load_from_file (self->choices, path, G_KEY_FILE_NONE, NULL);
  self->language = g_key_file_get_string (self->choices, GROUP, "language", NULL);
  if (self->language != NULL && g_strv_contains (jn_languages, self->language))
    return;
  g_free (self->language);
  self->language
      = configured != NULL ? g_steal_pointer (&configured) : g_strdup (guess_language ());
}

static void
write_choices (JnSettings *self)
{
  g_autofree char *path = choices_path (self);
  g_autoptr (GError) error = NULL;

  if (!g_key_file_save_to_file (self->choices, path, &error))
    g_warning ("The clerk's choices could not be kept: %s", error->message);
}

/* ---- what a file may say ------------------------------------------------------------------------ */

static gboolean
refuse (const char *group, const char *key, const char *value, GError **error)
{
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s] %s=%s", group, key,
               value);
  return FALSE;
}

/* A whole number from @least on, where there is one. */
static gboolean
check_number (JnSettings *self, const char *key, int least, GError **error)
{
  g_autofree char *value = g_key_file_get_value (self->file, GROUP, key, NULL);
  g_autoptr (GError) problem = NULL;
  int number = g_key_file_get_integer (self->file, GROUP, key, &problem);

  return value == NULL || (problem == NULL && number >= least) || refuse (GROUP, key, value, error);
}

/* A scale that is no number is not between any two either. */
static gboolean
check_scale (JnSettings *self, GError **error)
{
  g_autofree char *value = g_key_file_get_value (self->file, GROUP, "text-scale", NULL);
  g_autoptr (GError) problem = NULL;
  double scale = g_key_file_get_double (self->file, GROUP, "text-scale", &problem);

  return value == NULL || (problem == NULL && scale >= 1.0 && scale <= 2.0)
         || refuse (GROUP, "text-scale", value, error);
}

/* What is not UTF-8 has no string, so the value is shown as it stands there, made readable. */
static gboolean
check_word (JnSettings *self, const char *key, const char *pattern, GError **error)
{
  g_autofree char *value = g_key_file_get_value (self->file, GROUP, key, NULL);
  g_autofree char *word = g_key_file_get_string (self->file, GROUP, key, NULL);
  g_autofree char *shown = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  return value == NULL
         || (word != NULL && g_regex_match_simple (pattern, word, G_REGEX_DOLLAR_ENDONLY, 0))
         || refuse (GROUP, key, shown, error);
}

/* Nothing is guessed: what is there and cannot be meant stops the start (assets/docs/settings.md). */
static gboolean
check_file (JnSettings *self, GError **error)
{
  return check_word (self, "terminal", "^(T[0-9]{1,4})?$", error)
         && check_word (self, "language", "^(zh-Hant|pt|en)?$", error)
         && check_word (self, "dsn", "", error) && check_word (self, "print-server", "", error)
         && check_number (self, "counter", 0, error) && check_number (self, "lock-after", 1, error)
         && check_scale (self, error);
}

/* [use] receipt=NAME and [printer NAME]; without a name the use has no printer */
static gboolean
read_printers (JnSettings *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) uses = g_key_file_get_keys (file, "use", NULL, NULL);

  for (guint i = 0; uses != NULL && uses[i] != NULL; i++)
    {
      g_autofree char *name = g_key_file_get_string (file, "use", uses[i], NULL);
      g_autofree char *group = g_strdup_printf ("printer %s", name);
      JnPrinterProfile *profile = NULL;

      g_hash_table_remove (self->printers, uses[i]);
      if (name == NULL)
        return refuse ("use", uses[i], "?", error); /* not UTF-8 */
      if (*name == '\0')
        continue;
      profile = jn_printer_profile_load (file, group, error);
      if (profile == NULL)
        return FALSE;
      g_hash_table_insert (self->printers, g_strdup (uses[i]), profile);
    }
  return TRUE;
}

/* The terminal's own choices are nothing that may keep it from starting. */
static void
read_chosen_printers (JnSettings *self)
{
  g_autoptr (GError) error = NULL;

  if (!read_printers (self, self->choices, &error))
    g_warning ("A printer that was chosen here is left out: %s", error->message);
}

static gboolean
take_over (JnSettings *self, int counter, GError **error)
{
  const char *dsn = g_getenv ("JANELA_DSN");
  g_autoptr (GError) problem = NULL;

  if (!check_file (self, error))
    return FALSE;
  self->counter
      = counter > 0 ? counter : g_key_file_get_integer (self->file, GROUP, "counter", NULL);
  self->dsn = dsn != NULL && *dsn != '\0' ? g_strdup (dsn) : read_string (self, "dsn");
  self->terminal = name_terminal (self);
  self->print_server = read_string (self, "print-server");
  read_choices (self);
  if (!read_printers (self, self->file, &problem))
    {
      g_set_error_literal (
          error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
          problem->message); /* whose words it were: it is the file that is wrong */
      return FALSE;
    }
  read_chosen_printers (self);
  return TRUE;
}

static void
jn_settings_finalize (GObject *object)
{
  JnSettings *self = JN_SETTINGS (object);

  if (self->held >= 0)
    close (self->held);
  g_key_file_unref (self->file);
  g_key_file_unref (self->choices);
  g_free (self->dsn);
  g_free (self->terminal);
  g_free (self->state_folder);
  g_free (self->print_server);
  g_free (self->language);
  g_hash_table_unref (self->printers);
  G_OBJECT_CLASS (jn_settings_parent_class)->finalize (object);
}

static void
jn_settings_class_init (JnSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_settings_finalize;
}

static void
jn_settings_init (JnSettings *self)
{
  self->held = -1;
  self->file = g_key_file_new ();
  self->choices = g_key_file_new ();
  self->printers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify)jn_printer_profile_free);
}

JnSettings *
jn_settings_new (int counter, GError **error)
{
  g_autoptr (JnSettings) self = g_object_new (JN_TYPE_SETTINGS, NULL);
  g_autofree char *path = find_file ();
  g_autoptr (GError) reading = NULL, wrong = NULL;

  if ((g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, &reading)
       || g_error_matches (reading, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      && take_over (self, counter, &wrong))
    return g_steal_pointer (&self);
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "%s: %s", path,
               wrong != NULL ? wrong->message : reading->message);
  return NULL;
}

JnSettings *
jn_settings_new_from_data (const char *text, int counter, GError **error)
{
  g_autoptr (JnSettings) self = g_object_new (JN_TYPE_SETTINGS, NULL);

  if (!g_key_file_load_from_data (self->file, text, strlen (text), G_KEY_FILE_NONE, error))
    return NULL;
  return take_over (self, counter, error) ? g_steal_pointer (&self) : NULL;
}

int
jn_settings_get_counter (JnSettings *self)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), 0);
  return self->counter;
}

const char *
jn_settings_get_dsn (JnSettings *self)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  return self->dsn;
}

const char *
jn_settings_get_terminal (JnSettings *self)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  return self->terminal;
}

const char *
jn_settings_get_state_folder (JnSettings *self)
{
  const char *base;

  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  if (self->state_folder != NULL)
    return self->state_folder;
  base = g_getenv ("JANELA_STATE");
  self->state_folder
      = base != NULL ? g_build_filename (base, self->terminal, NULL)
                     : g_build_filename (g_get_user_state_dir (), "janela", self->terminal, NULL);
  if (g_mkdir_with_parents (self->state_folder, 0700) != 0)
    g_warning ("The terminal's state folder could not be made");
  return self->state_folder;
}

guint
jn_settings_get_lock_after (JnSettings *self)
{
  int seconds;

  g_return_val_if_fail (JN_IS_SETTINGS (self), LOCK_AFTER);
  seconds = g_key_file_get_integer (self->file, GROUP, "lock-after", NULL);
  return seconds > 0 ? (guint)seconds : LOCK_AFTER;
}

gboolean
jn_settings_hold_state (JnSettings *self, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (JN_IS_SETTINGS (self), FALSE);
  if (self->held >= 0)
    return TRUE;
  path = g_build_filename (jn_settings_get_state_folder (self), "lock", NULL);
  self->held = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->held >= 0 && flock (self->held, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (self->held >= 0)
    close (self->held);
  self->held = -1;
  g_propagate_error (error,
                     jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "terminal-open", NULL, NULL));
  return FALSE;
}

const char *
jn_settings_get_print_server (JnSettings *self)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  return self->print_server;
}

const char *
jn_settings_get_language (JnSettings *self)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  return self->language;
}

void
jn_settings_set_language (JnSettings *self, const char *language)
{
  g_return_if_fail (JN_IS_SETTINGS (self) && language != NULL);
  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  g_key_file_set_string (self->choices, GROUP, "language", language);
  write_choices (self);
}

double
jn_settings_get_text_scale (JnSettings *self)
{
  double scale;

  g_return_val_if_fail (JN_IS_SETTINGS (self), 1.0);
  scale = g_key_file_get_double (self->choices, GROUP, "text-scale", NULL);
  if (!(scale >= 1.0)) /* nor is what is no number */
    scale = g_key_file_get_double (self->file, GROUP, "text-scale", NULL);
  return CLAMP (scale, 1.0, 2.0);
}

void
jn_settings_set_text_scale (JnSettings *self, double scale)
{
  g_return_if_fail (JN_IS_SETTINGS (self));
  g_key_file_set_double (self->choices, GROUP, "text-scale", CLAMP (scale, 1.0, 2.0));
  write_choices (self);
}

const JnPrinterProfile *
jn_settings_get_printer (JnSettings *self, const char *use)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  return g_hash_table_lookup (self->printers, use);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

const char **
jn_settings_list_uses (JnSettings *self)
{
  const char **uses;
  guint n;

  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  uses = (const char **)g_hash_table_get_keys_as_array (self->printers, &n);
  qsort (uses, n, sizeof *uses, compare_names);
  return uses;
}

gboolean
jn_settings_set_printer (JnSettings *self,
                         const char *use,
                         const JnPrinterProfile *profile,
                         GError **error)
{
  g_autofree char *group = g_strdup_printf ("printer %s", use);
  g_autofree char *path = choices_path (self);

  g_return_val_if_fail (JN_IS_SETTINGS (self) && use != NULL, FALSE);
  g_key_file_remove_group (self->choices, group, NULL);
  g_key_file_set_string (self->choices, "use", use, profile != NULL ? use : "");
  g_hash_table_remove (self->printers, use);
  if (profile != NULL)
    {
      jn_printer_profile_save (profile, self->choices, group);
      g_hash_table_insert (self->printers, g_strdup (use), jn_printer_profile_copy (profile));
    }
  return g_key_file_save_to_file (self->choices, path, error);
}

char *
jn_settings_get_account (JnSettings *self, const char *role)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  return g_key_file_get_string (self->file, role, "login", NULL);
}

char *
jn_settings_read_password (JnSettings *self, const char *role, GError **error)
{
  g_autofree char *path = NULL;
  char *password = NULL;

  g_return_val_if_fail (JN_IS_SETTINGS (self), NULL);
  path = g_key_file_get_string (self->file, role, "password-file", error);
  if (path == NULL || !g_file_get_contents (path, &password, NULL, error))
    return NULL;
  return g_strchomp (password);
}

gboolean
jn_settings_get_speech (JnSettings *self)
{
  g_return_val_if_fail (JN_IS_SETTINGS (self), FALSE);
  return g_key_file_get_boolean (self->file, "board", "speech", NULL);
}
