/* catalogue.c: janela-admin catalogue check|publish|report|withdraw: what the counters may offer. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "app/admin/catalogue-meta.h"
#include "app/admin/catalogue-report.h"
#include "app/dict.h"
#include "forms/check.h"
#include "forms/form.h"

#define USAGE                                                                                      \
  "janela-admin catalogue check|publish|report FOLDER | withdraw KIND CODE --reason TEXT\n"        \
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

/* Hashes that are current now, by "kind/code" */
static GHashTable *
list_current (JnAdmin *admin, GError **error)
{
  g_autoptr (GVariant) answer = jn_admin_ask (admin, "catalogue_all", NULL, error);
  g_autoptr (GVariant) entries = answer != NULL ? jn_dict_list (answer, "entries") : NULL;
  GHashTable *current = NULL;

  if (answer == NULL)
    return NULL;
  current = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; i < jn_list_length (entries); i++)
    {
      g_autoptr (GVariant) entry = jn_list_dict (entries, i);

      if (jn_dict_boolean (entry, "current", FALSE))
        g_hash_table_insert (current,
                             g_strdup_printf ("%s/%s", jn_dict_string (entry, "kind"),
                                              jn_dict_string (entry, "code")),
                             g_strdup (jn_dict_string (entry, "hash")));
    }
  return current;
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
publish_changed (JnAdmin *admin, GPtrArray *files, guint *n_published, GError **error)
{
  g_autoptr (GHashTable) current = list_current (admin, error);

  if (current == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      const JnCatalogueFile *file = g_ptr_array_index (files, i);
      g_autofree char *key = g_strdup_printf ("%s/%s", file->kind, file->code);

      if (g_strcmp0 (g_hash_table_lookup (current, key), file->hash) == 0)
        continue;
      if (!publish_file (admin, file, error))
        {
          g_prefix_error (error, "%s: ", file->path);
          return FALSE;
        }
      (*n_published)++;
    }
  return TRUE;
}

static int
publish (JnAdmin *admin, const char *folder)
{
  g_autoptr (GPtrArray) files = list_files (folder);
  g_autoptr (GError) error = NULL;
  guint n_published = 0;

  if (files->len == 0)
    return jn_admin_fail (JN_EXIT_USAGE, "%s holds no catalogue", folder);
  if (read_files (files) > 0)
    return jn_admin_fail (JN_EXIT_FOUND, "nothing is published");
  if (!publish_changed (admin, files, &n_published, &error))
    return jn_admin_fail (JN_EXIT_FOUND, "%s (%u published before)", error->message, n_published);
  printf ("catalogue: %u of %u are new\n", n_published, files->len);
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
  printf ("%s %s is withdrawn; cases that began with it keep it\n", kind, code);
  return JN_EXIT_OK;
}

int
jn_admin_catalogue (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[]
      = { { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc < 3)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "check") && argc == 3)
    return check (argv[2]);
  if (g_str_equal (argv[1], "report") && argc == 3)
    return report (argv[2]);
  if (g_str_equal (argv[1], "publish") && argc == 3)
    return publish (admin, argv[2]);
  if (g_str_equal (argv[1], "withdraw") && argc == 4 && reason != NULL)
    return withdraw (admin, argv[2], argv[3], reason);
  return jn_admin_usage (USAGE);
}
