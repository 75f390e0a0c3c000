/* terminal.c: janela-admin terminal key|enrol|revoke: which machine may seal receipts.
 *
 * The secret is made on the terminal and never leaves it: `key` shows the public half there, `enrol` takes it
 * at the administrator's. Enrolling another key of the same terminal is rotation: the one before ends. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "app/dict.h"
#include "app/settings.h"
#include "app/terminal-key.h"

#define USAGE                                                                                      \
  "janela-admin terminal key [--counter N] [--new] | enrol TERMINAL --branch CODE --public-key "   \
  "KEY"                                                                                            \
  " | revoke KID --reason TEXT"

/* As the window reads it: the state folder of this terminal's settings */
static int
show_key (int counter, gboolean renew)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JnSettings) settings = jn_settings_new (counter, &error);
  g_autofree char *text = NULL;

  if (settings == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  if (renew && !jn_terminal_key_renew (jn_settings_get_state_folder (settings), &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  text = jn_terminal_key_get_public (jn_settings_get_state_folder (settings), &error);
  if (text == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  puts (text);
  return JN_EXIT_OK;
}

static int
enrol_key (JnAdmin *admin, const char *terminal, const char *branch, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *hex = NULL;
  guint8 key[32];

  if (!jn_admin_read_public_key (text, key, &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  hex = jn_terminal_key_to_hex (key);
  answer = jn_admin_run (
      admin, "terminal_enrol",
      jn_dict_new ("terminal", "s", terminal, "branch", "s", branch, "public_key", "s", hex, NULL),
      &error);
  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  printf ("%s\n", jn_dict_string (answer, "kid"));
  return JN_EXIT_OK;
}

static int
revoke_key (JnAdmin *admin, const char *kid, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_admin_run (
      admin, "terminal_revoke", jn_dict_new ("kid", "s", kid, "reason", "s", reason, NULL), &error);

  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  printf ("%s is revoked\n", kid);
  return JN_EXIT_OK;
}

int
jn_admin_terminal (JnAdmin *admin, int argc, char **argv)
{
  g_autofree char *branch = NULL;
  g_autofree char *key = NULL;
  g_autofree char *reason = NULL;
  gboolean renew = FALSE;
  int counter = 0;
  const GOptionEntry entries[] = { { "branch", 0, 0, G_OPTION_ARG_STRING, &branch, NULL, NULL },
                                   { "public-key", 0, 0, G_OPTION_ARG_STRING, &key, NULL, NULL },
                                   { "new", 0, 0, G_OPTION_ARG_NONE, &renew, NULL, NULL },
                                   { "counter", 0, 0, G_OPTION_ARG_INT, &counter, NULL, NULL },
                                   { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc < 2)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "key") && argc == 2)
    return show_key (counter, renew);
  if (g_str_equal (argv[1], "enrol") && argc == 3 && branch != NULL && key != NULL)
    return enrol_key (admin, argv[2], branch, key);
  if (g_str_equal (argv[1], "revoke") && argc == 3 && reason != NULL)
    return revoke_key (admin, argv[2], reason);
  return jn_admin_usage (USAGE);
}
