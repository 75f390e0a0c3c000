/* catalogue.c: janela-admin catalogue check|publish|report|withdraw: what the counters may offer. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "app/admin/catalogue-diff.h"
#include "app/admin/catalogue-meta.h"
#include "app/admin/catalogue-report.h"
#include "app/dict.h"
#include "forms/check.h"
#include "forms/form.h"

#define USAGE                                                                                      \
  "janela-admin catalogue check|report FOLDER | publish FOLDER [--dry-run]\n"                      \
  "       janela-admin catalogue withdraw KIND CODE --reason TEXT\n"                               \
  "       (FOLDER holds services/*/*.xml, events/*.xml, facts.xml and departments.xml)"

/* ---- the files of a folder ---------------------------------------------------------------------- */

static void
add_files (GPtrArray *files, const char *kind, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_files (files, kind, path);
      else if (g_str_has_suffix (name, ".xml"))
        g_ptr_array_add (files, jn_catalogue_file_new (kind, path));
    }
}

static void
add_file (GPtrArray *files, const char *kind, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_ptr_array_add (files, jn_catalogue_file_new (kind, path));
}

/* "departments" and "facts" before "service" and "event": a service takes its group's names from
 * the departments. */
static int
compare_files (gconstpointer a, gconstpointer b)
{
  const JnCatalogueFile *x = *(JnCatalogueFile *const *)a;
  const JnCatalogueFile *y = *(JnCatalogueFile *const *)b;
  int kinds = strcmp (x->kind, y->kind);

  return kinds != 0 ? kinds : strcmp (x->path, y->path);
}

static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_catalogue_file_free);
  g_autofree char *services = g_build_filename (folder, "services", NULL);
  g_autofree char *events = g_build_filename (folder, "events", NULL);

  add_file (files, "departments", folder, "departments.xml");
  add_file (files, "facts", folder, "facts.xml");
  add_files (files, "service", services);
  add_files (files, "event", events);
  g_ptr_array_sort (files, compare_files);
  return files;
}

/* What janela-form check calls an error keeps a file from being published. */
static gboolean
passes_checks (const JnCatalogueFile *file, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (g_str_equal (file->kind, "departments"))
    return TRUE;
  findings = jn_check_file (file->path, error);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const JnFinding *finding = g_ptr_array_index (findings, i);

      if (!finding->error)
        continue;
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REFERENCE, "line %ld: %s", finding->line,
                   finding->text);
      return FALSE;
    }
  return findings != NULL;
}

/* Reads all; prints what is wrong. Returns: how many cannot be published */
static guint
read_files (GPtrArray *files)
{
  guint n_broken = 0;

  for (guint i = 0; i < files->len; i++)
    {
      JnCatalogueFile *file = g_ptr_array_index (files, i);
      g_autoptr (GError) error = NULL;

      if (jn_catalogue_file_read (file, files, &error) && passes_checks (file, &error))
        continue;
      fprintf (stderr, "%s: error: %s\n", file->path, error->message);
      n_broken++;
    }
  return n_broken;
}

static int
check (const char *folder)
{
  g_autoptr (GPtrArray) files = list_files (folder);
  guint n_broken = read_files (files);

  if (files->len == 0)
    return jn_admin_fail (JN_EXIT_USAGE, "%s holds no catalogue", folder);
  printf ("%u files, %u cannot be published\n", files->len, n_broken);
  return n_broken == 0 ? JN_EXIT_OK : JN_EXIT_FOUND;
}

static int
report (const char *folder)
{
  g_autoptr (GPtrArray) files = list_files (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (read_files (files) > 0)
    return JN_EXIT_FOUND;
  text = jn_catalogue_report (files, &error);
  if (text == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  fputs (text, stdout);
  return JN_EXIT_OK;
}

/* ---- publishing --------------------------------------------------------------------------------- */

/* What the backend has: the current ones by "kind/code", hashes of all by "kind/code/version". */
typedef struct
{
  GHashTable *current; /* → PublishedFile */
  GHashTable *hashes;
} Published;

typedef struct
{
  char *kind;
  char *code;
  char *version;
  char *hash;
} PublishedFile;

static void
published_file_free (gpointer data)
{
  PublishedFile *file = data;

  g_free (file->kind);
  g_free (file->code);
  g_free (file->version);
  g_free (file->hash);
  g_free (file);
}

static void
clear_published (Published *published)
{
  g_clear_pointer (&published->current, g_hash_table_unref);
  g_clear_pointer (&published->hashes, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Published, clear_published)

static void
add_published (Published *published, GVariant *entry)
{
  const char *kind = jn_dict_string (entry, "kind");
  const char *code = jn_dict_string (entry, "code");
  const char *version = jn_dict_string (entry, "version");
  const char *hash = jn_dict_string (entry, "hash");
  PublishedFile *file;

  g_hash_table_insert (published->hashes, g_strdup_printf ("%s/%s/%s", kind, code, version),
                       g_strdup (hash));
  if (!jn_dict_boolean (entry, "current", FALSE))
    return;
  file = g_new0 (PublishedFile, 1);
  *file = (PublishedFile){ g_strdup (kind), g_strdup (code), g_strdup (version), g_strdup (hash) };
  g_hash_table_insert (published->current, g_strdup_printf ("%s/%s", kind, code), file);
}

static gboolean
list_published (JnAdmin *admin, Published *published, GError **error)
{
  g_autoptr (GVariant) answer = jn_admin_ask (admin, "catalogue_all", NULL, error);
  g_autoptr (GVariant) entries = answer != NULL ? jn_dict_list (answer, "entries") : NULL;

  published->current = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, published_file_free);
  published->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; i < jn_list_length (entries); i++)
    {
      g_autoptr (GVariant) entry = jn_list_dict (entries, i);

      add_published (published, entry);
    }
  return answer != NULL;
}

static const PublishedFile *
find_current (const Published *published, const JnCatalogueFile *file)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", file->kind, file->code);

  return g_hash_table_lookup (published->current, key);
}

/* (transfer container): the files whose content is another than what is current */
static GPtrArray *
list_changed (GPtrArray *files, const Published *published)
{
  GPtrArray *changed = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const PublishedFile *before = find_current (published, files->pdata[i]);

      if (before == NULL || !g_str_equal (before->hash, ((JnCatalogueFile *)files->pdata[i])->hash))
        g_ptr_array_add (changed, files->pdata[i]);
    }
  return changed;
}

/* A filling keeps the version that it began with: so a version never changes. Prints those that
 * would. Returns: how many */
static guint
count_taken (GPtrArray *changed, const Published *published)
{
  guint n_taken = 0;

  for (guint i = 0; i < changed->len; i++)
    {
      const JnCatalogueFile *file = changed->pdata[i];
      g_autofree char *key = g_strdup_printf ("%s/%s/%s", file->kind, file->code, file->version);
      const char *hash = g_hash_table_lookup (published->hashes, key);

      if (hash == NULL || g_str_equal (hash, file->hash))
        continue;
      fprintf (stderr, "%s: error: version %s is published with another content: number it anew\n",
               file->path, file->version);
      n_taken++;
    }
  return n_taken;
}

static void
print_change (JnAdmin *admin, const JnCatalogueFile *file, const PublishedFile *before)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *what = NULL;

  if (before == NULL)
    {
      printf ("new      %s %s %s %.12s\n", file->kind, file->code, file->version, file->hash);
      return;
    }
  if (g_str_equal (file->kind, "service"))
    bytes = jn_admin_get_blob (admin, before->hash, NULL);
  what = bytes != NULL ? jn_catalogue_diff (bytes, file->bytes) : g_strdup ("");
  printf ("changed  %s %s %s → %s %.12s %s\n", file->kind, file->code, before->version,
          file->version, file->hash, what);
}

static int
compare_published (gconstpointer a, gconstpointer b)
{
  const PublishedFile *one = *(PublishedFile *const *)a;
  const PublishedFile *other = *(PublishedFile *const *)b;
  int kinds = strcmp (one->kind, other->kind);

  return kinds != 0 ? kinds : strcmp (one->code, other->code);
}

static gboolean
is_among (GPtrArray *files, const PublishedFile *published)
{
  for (guint i = 0; i < files->len; i++)
    {
      const JnCatalogueFile *file = files->pdata[i];

      if (g_str_equal (file->kind, published->kind) && g_str_equal (file->code, published->code))
        return TRUE;
    }
  return FALSE;
}

#define MAX_NAMED 10 /* of those that are not in the folder; more are counted only */

static void
print_one_missing (const PublishedFile *file)
{
  printf ("missing  %s %s %s: still offered; withdraw it if it is no more\n", file->kind,
          file->code, file->version);
}

/* What is offered and not in the folder goes on being offered, until somebody withdraws it. A
 * folder may be a department's own: then most are somewhere else. */
static void
print_missing (GPtrArray *files, const Published *published)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, published->current);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    if (!is_among (files, file))
      g_ptr_array_add (missing, file);
  g_ptr_array_sort (missing, compare_published);
  for (guint i = 0; missing->len <= MAX_NAMED && i < missing->len; i++)
    print_one_missing (missing->pdata[i]);
  if (missing->len > MAX_NAMED)
    printf ("%u others are offered beside what is in the folder\n", missing->len);
}

static gboolean
publish_file (JnAdmin *admin, const JnCatalogueFile *file, GError **error)
{
  g_autofree char *hash = jn_admin_put_blob (admin, file->bytes, error);
  g_autoptr (GVariant) answer = NULL;

  if (hash == NULL)
    return FALSE;
  answer = jn_admin_run (admin, "catalogue_publish",
                         jn_dict_new ("kind", "s", file->kind, "code", "s", file->code, "version",
                                      "s", file->version, "hash", "s", file->hash, "meta", "@a{sv}",
                                      file->meta, NULL),
                         error);
  return answer != NULL;
}

static gboolean
publish_all (JnAdmin *admin, GPtrArray *changed, guint *n_published, GError **error)
{
  for (; *n_published < changed->len; (*n_published)++)
    {
      const JnCatalogueFile *file = changed->pdata[*n_published];

      if (publish_file (admin, file, error))
        continue;
      g_prefix_error (error, "%s: ", file->path);
      return FALSE;
    }
  return TRUE;
}

static int
publish (JnAdmin *admin, const char *folder, gboolean dry)
{
  g_autoptr (GPtrArray) files = list_files (folder);
  g_auto (Published) published = { NULL, NULL };
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GError) error = NULL;
  guint n_published = 0;

  if (files->len == 0)
    return jn_admin_fail (JN_EXIT_USAGE, "%s holds no catalogue", folder);
  if (read_files (files) > 0)
    return jn_admin_fail (JN_EXIT_FOUND, "nothing is published");
  if (!list_published (admin, &published, &error))
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  changed = list_changed (files, &published);
  if (count_taken (changed, &published) > 0)
    return jn_admin_fail (JN_EXIT_FOUND, "nothing is published");
  for (guint i = 0; i < changed->len; i++)
    print_change (admin, changed->pdata[i], find_current (&published, changed->pdata[i]));
  print_missing (files, &published);
  if (!dry && !publish_all (admin, changed, &n_published, &error))
    return jn_admin_fail (JN_EXIT_FOUND, "%s (%u published before)", error->message, n_published);
  printf ("catalogue: %u of %u are new%s\n", changed->len, files->len,
          dry ? "; nothing is published" : "");
  return JN_EXIT_OK;
}

static int
withdraw (JnAdmin *admin, const char *kind, const char *code, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_admin_run (
      admin, "catalogue_withdraw",
      jn_dict_new ("kind", "s", kind, "code", "s", code, "reason", "s", reason, NULL), &error);

  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  printf ("%s %s is withdrawn; submitted cases keep it\n", kind, code);
  return JN_EXIT_OK;
}

int
jn_admin_catalogue (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  gboolean dry = FALSE;
  const GOptionEntry entries[] = { { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
                                   { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc < 3)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "check") && argc == 3)
    return check (argv[2]);
  if (g_str_equal (argv[1], "report") && argc == 3)
    return report (argv[2]);
  if (g_str_equal (argv[1], "publish") && argc == 3)
    return publish (admin, argv[2], dry);
  if (g_str_equal (argv[1], "withdraw") && argc == 4 && reason != NULL)
    return withdraw (admin, argv[2], argv[3], reason);
  return jn_admin_usage (USAGE);
}
