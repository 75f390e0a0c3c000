/* migrate.c: janela-admin migrate [--demonstration]: brings a database to this version's schema. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/dict.h"
#include "app/postgres/migrate.h"

#define USAGE "janela-admin migrate [--demonstration]   (--dsn of the database's owner)"

/* (nullable): what an administrator can do about a fault */
static const char *
way_out (const char *code)
{
  static const char *const ways[][2] = {
    { "migration-changed",
      "the database was made with another text of this file, and tables are made only once.\n"
      "  A demonstration begins anew with `make demo-reset`, which removes its data.\n"
      "  A real database is brought on by the version that it was made with." },
    { "migration-missing",
      "this program is older than the database: it lacks files that were applied to it.\n"
      "  Take the version that the database was made with, or a newer one;\n"
      "  a demonstration begins anew with `make demo-reset`, which removes its data." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (code, ways[i][0]))
      return ways[i][1];
  return NULL;
}

/* The server's words say what is wrong in which file; an administrator wants them. */
static int
report (const GError *error)
{
  const char *way = way_out (error->message);
  GVariant *args = error->domain == JN_BACKEND_ERROR ? jn_backend_error_get_args (error) : NULL;
  const char *file = args != NULL ? jn_dict_string (args, "file") : NULL;
  const char *message = args != NULL ? jn_dict_string (args, "message") : NULL;

  return jn_admin_fail (JN_EXIT_FOUND, "%s%s%s%s%s%s%s", error->message, file != NULL ? " in " : "",
                        file != NULL ? file : "", message != NULL ? ": " : "",
                        message != NULL ? message : "", way != NULL ? ": " : "",
                        way != NULL ? way : "");
}

int
jn_admin_migrate (JnAdmin *admin, int argc, char **argv)
{
  gboolean demonstration = FALSE;
  const GOptionEntry entries[]
      = { { "demonstration", 0, 0, G_OPTION_ARG_NONE, &demonstration, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_applied = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 1 || admin->dsn == NULL)
    return jn_admin_usage (USAGE);
  if (!jn_migrate (admin->dsn, NULL, &n_applied, &error)
      || (demonstration && !jn_migrate_mark_demo (admin->dsn, &error)))
    return report (error);
  if (n_applied > 0)
    printf ("migrate: %u applied\n", n_applied);
  return JN_EXIT_OK;
}
