/* audit.c: janela-admin audit verify|export: whether the chain of events holds, and its rows. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/dict.h"
#include "app/json.h"

#define USAGE "janela-admin audit verify BRANCH | export BRANCH [--from DAY] [--to DAY]"
#define PAGE 1000 /* rows an answer, so that an export of years needs no memory */

static int
verify (JnAdmin *admin, const char *branch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_admin_ask (admin, "audit_verify",
                                              jn_dict_new ("branch", "s", branch, NULL), &error);
  g_autoptr (GVariant) broken = NULL;
  g_autofree char *where = NULL;

  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  broken = jn_dict_dict (answer, "broken");
  printf ("rows: %" G_GINT64_FORMAT "\nbatches: %" G_GINT64_FORMAT "\nunsealed: %" G_GINT64_FORMAT
          "\n",
          jn_dict_int (answer, "rows", 0), jn_dict_int (answer, "batches", 0),
          jn_dict_int (answer, "unsealed", 0));
  if (broken == NULL)
    return printf ("whole\n") > 0 ? JN_EXIT_OK : JN_EXIT_FOUND;
  where = jn_json_from_dict (broken);
  printf ("broken: %s\n", where);
  return JN_EXIT_FOUND;
}

/* One JSON object a line, in the chain's order. Returns: (transfer full): the key of the last one */
static GVariant *
export_page (GVariant *rows)
{
  GVariant *last = NULL;

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);
      g_autofree char *line = jn_json_from_dict (row);

      puts (line);
      g_clear_pointer (&last, g_variant_unref);
      last = g_variant_ref_sink (jn_dict_new ("txid", "s", jn_dict_string (row, "txid"), "id", "x",
                                              jn_dict_int (row, "id", 0), NULL));
    }
  return last;
}

static int export(JnAdmin *admin, const char *branch, const char *from, const char *to)
{
  g_autoptr (GVariant) after = NULL;
  gsize n_rows;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) rows = NULL;
      g_autoptr (GVariant) answer = jn_admin_ask (
          admin, "audit_export",
          jn_dict_new ("branch", "s", branch, "from", "s", from, "to", "s", to, "after", "@a{sv}",
                       after, "limit", "i", PAGE, NULL),
          &error);

      if (answer == NULL)
        return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
      rows = jn_dict_list (answer, "rows");
      n_rows = jn_list_length (rows);
      g_clear_pointer (&after, g_variant_unref);
      after = export_page (rows);
    }
  while (n_rows == PAGE);
  return JN_EXIT_OK;
}

int
jn_admin_audit (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = { { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
                                   { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 3)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "verify"))
    return verify (admin, argv[2]);
  if (g_str_equal (argv[1], "export"))
    return export(admin, argv[2], from, to);
  return jn_admin_usage (USAGE);
}
