/* reconcile.c: janela-admin reconcile: the day's paper: committed, printed, confirmed, collected, and what differs. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/dict.h"
#include "app/json.h"

#define USAGE "janela-admin reconcile [--branch BRANCH] [--day YYYY-MM-DD] [--json]"

static void
print_counts (GVariant *answer)
{
  static const char *const names[]
      = { "committed", "sealed", "printed", "confirmed", "copies", "collected" };
  g_autoptr (GVariant) receipts = jn_dict_dict (answer, "receipts");

  printf ("branch %s, %s\nreceipts  ", jn_dict_string (answer, "branch"),
          jn_dict_string (answer, "day"));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    printf (" %s %d", names[i], (int)jn_dict_int (receipts, names[i], 0));
  putchar ('\n');
}

static void
print_prints (GVariant *answer)
{
  static const char *const names[]
      = { "begun", "printed", "confirmed", "copies", "failed", "cancelled", "open" };
  g_autoptr (GVariant) rows = jn_dict_list (answer, "prints");

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      printf ("%-10s %-12s", jn_dict_string (row, "printer"), jn_dict_string (row, "kind"));
      for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
        printf (" %s %d", names[k], (int)jn_dict_int (row, names[k], 0));
      putchar ('\n');
    }
}

static guint
print_mismatches (GVariant *answer)
{
  g_autoptr (GVariant) rows = jn_dict_list (answer, "mismatches");

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      printf ("%s: %s, counter %d, since %s\n", jn_dict_string (row, "what"),
              jn_dict_string (row, "no"), (int)jn_dict_int (row, "counter", 0),
              jn_dict_string (row, "since"));
    }
  if (jn_list_length (rows) == 0)
    printf ("everything matches\n");
  return (guint)jn_list_length (rows);
}

static int
report (GVariant *answer, gboolean json)
{
  g_autofree char *text = json ? jn_json_from_dict (answer) : NULL;
  g_autoptr (GVariant) rows = jn_dict_list (answer, "mismatches");

  if (json)
    {
      printf ("%s\n", text);
      return jn_list_length (rows) == 0 ? JN_EXIT_OK : JN_EXIT_FOUND;
    }
  print_counts (answer);
  print_prints (answer);
  return print_mismatches (answer) == 0 ? JN_EXIT_OK : JN_EXIT_FOUND;
}

int
jn_admin_reconcile (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *branch = NULL;
  g_autofree char *day = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = { { "branch", 0, 0, G_OPTION_ARG_STRING, &branch, NULL, NULL },
                                   { "day", 0, 0, G_OPTION_ARG_STRING, &day, NULL, NULL },
                                   { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 1)
    return jn_admin_usage (USAGE);
  answer = jn_admin_ask (admin, "reconcile",
                         jn_dict_new ("branch", "s", branch, "day", "s", day, NULL), &error);
  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "no report: %s", error->message);
  return report (answer, json);
}
