/* terminal.c: janela-admin terminal enrol|revoke: which machine may seal receipts. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/dict.h"
#include "printing/keys.h"

#define USAGE                                                                                      \
  "janela-admin terminal enrol TERMINAL --branch CODE --key FILE | revoke KID --reason TEXT"

/* A terminal's key file is made once and stays; the backend gets the public half. */
static JnSealKey *
load_or_make_key (const char *path, JnKeyId id, GError **error)
{
  g_autoptr (JnSealKey) key = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return jn_seal_key_load (path, error);
  key = jn_seal_key_generate (id);
  return jn_seal_key_save (key, path, error) ? g_steal_pointer (&key) : NULL;
}

/* "T07" → 7: the number in the terminal's code is its number in the kid. */
static guint16
terminal_number (const char *code)
{
  while (*code != '\0' && !g_ascii_isdigit (*code))
    code++;
  return (guint16)g_ascii_strtoull (code, NULL, 10);
}

static int
enrol_key (JnAdmin *admin, const char *terminal, const char *branch, const char *path)
{
  JnKeyId id = { (guint16)g_ascii_strtoull (branch, NULL, 10), terminal_number (terminal), 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JnSealKey) key = load_or_make_key (path, id, &error);
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *public_key = NULL;

  if (key == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  public_key = g_base64_encode (jn_seal_key_get_public (key), JN_KEY_PUBLIC_SIZE);
  answer = jn_admin_run (admin, "terminal_enrol",
                         jn_dict_new ("terminal", "s", terminal, "branch", "s", branch,
                                      "public_key", "s", public_key, NULL),
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
  g_autofree char *path = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = { { "branch", 0, 0, G_OPTION_ARG_STRING, &branch, NULL, NULL },
                                   { "key", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
                                   { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 3)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "enrol") && branch != NULL && path != NULL)
    return enrol_key (admin, argv[2], branch, path);
  if (g_str_equal (argv[1], "revoke") && reason != NULL)
    return revoke_key (admin, argv[2], reason);
  return jn_admin_usage (USAGE);
}
