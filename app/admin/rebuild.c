/* rebuild.c: janela-admin rebuild --check: every state and every clock, computed again from the events. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/dict.h"

#define USAGE "janela-admin rebuild --check [--branch BRANCH]"
#define PAGE 500 /* rows an answer */

typedef struct
{
  gint64 checked;
  gint64 differences;
} Tally;

static void
print_differences (GVariant *answer, Tally *tally)
{
  g_autoptr (GVariant) rows = jn_dict_list (answer, "differences");

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);
      const char *stored = jn_dict_string (row, "stored");
      const char *events = jn_dict_string (row, "events");

      printf ("%s %s: %s is stored, the events say %s\n", jn_dict_string (row, "ticket"),
              jn_dict_string (row, "field"), stored != NULL ? stored : "nothing",
              events != NULL ? events : "nothing");
      tally->differences++;
    }
}

/* One page after another, so that years need no memory. */
static gboolean
check (JnAdmin *admin, const char *of, const char *branch, Tally *tally, GError **error)
{
  g_autofree char *after = NULL;
  gint64 n;

  do
    {
      g_autoptr (GVariant) answer
                 = jn_admin_ask (admin, "rebuild_check",
                                 jn_dict_new ("of", "s", of, "branch", "s", branch, "after", "s",
                                              after, "limit", "i", PAGE, NULL),
                                 error);

      if (answer == NULL)
        return FALSE;
      n = jn_dict_int (answer, "checked", 0);
      tally->checked += n;
      print_differences (answer, tally);
      g_free (after);
      after = g_strdup (jn_dict_string (answer, "last"));
    }
  while (n == PAGE);
  return TRUE;
}

int
jn_admin_rebuild (JnAdmin *admin, int argc, char **argv)
{
  gboolean only_check = FALSE;
  g_autofree char *branch = NULL;
  const GOptionEntry entries[] = { { "check", 0, 0, G_OPTION_ARG_NONE, &only_check, NULL, NULL },
                                   { "branch", 0, 0, G_OPTION_ARG_STRING, &branch, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Tally tally = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 1 || !only_check)
    return jn_admin_usage (USAGE);
  if (!check (admin, "ticket", branch, &tally, &error)
      || !check (admin, "visit", branch, &tally, &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  printf ("%" G_GINT64_FORMAT " tickets and visits, %" G_GINT64_FORMAT " differences\n",
          tally.checked, tally.differences);
  return tally.differences == 0 ? JN_EXIT_OK : JN_EXIT_FOUND;
}
