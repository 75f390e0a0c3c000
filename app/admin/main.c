/* main.c: janela-admin: what is done to the backend from a command line. */
#include "app/admin/admin.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const char *name;
  int (*run) (JnAdmin *admin, int argc, char **argv);
  const char *help;
} Subcommand;

static const Subcommand subcommands[] = {
  { "serve", jn_admin_serve, "work as the steward: verify, seal, follow what is due" },
  { "migrate", jn_admin_migrate, "bring a database to this version's schema (as its owner)" },
  { "catalogue", jn_admin_catalogue, "check|publish|withdraw|report services and life events" },
  { "receipt", jn_admin_receipt,
    "verify a text, --picture FILE or --camera DEVICE: is it genuine? Works offline" },
  { "keys", jn_admin_keys,
    "list, root, sign: the terminals' public keys under an offline root's hand" },
  { "terminal", jn_admin_terminal, "key, enrol, revoke: which machine may seal receipts" },
  { "audit", jn_admin_audit, "verify|export the audit chain" },
  { "staff", jn_admin_staff, "list|add members of staff" },
  { "printers", jn_admin_printers, "list|find|test printers, show and set a terminal's profiles" },
  { "reconcile", jn_admin_reconcile, "the day's receipts against paper: what does not match" },
  { "rebuild", jn_admin_rebuild, "--check: are states and clocks what the events say?" },
  { "demo", jn_admin_demo, "load the demonstration's people, staff and tickets" },
};

static void
print_help (void)
{
  printf ("Usage: janela-admin [--dsn DSN] [--login ROLE] [--password-file FILE] COMMAND …\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    printf ("  %-10s %s\n", subcommands[i].name, subcommands[i].help);
  printf ("\n  --dsn DSN             the database (default: JANELA_DSN)\n"
          "  --login ROLE          who signs in (default: as the DSN says)\n"
          "  --password-file FILE  its first line is the password\n"
          "  --help, --version\n");
}

static const Subcommand *
find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (g_str_equal (subcommands[i].name, name))
      return &subcommands[i];
  return NULL;
}

static void
clear_admin (JnAdmin *admin)
{
  if (admin->password != NULL)
    memset (admin->password, 0, strlen (admin->password));
  g_free (admin->password);
  g_free (admin->dsn);
  g_free (admin->login);
  g_clear_object (&admin->backend);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JnAdmin, clear_admin)

int
main (int argc, char **argv)
{
  g_auto (JnAdmin) admin = { .dsn = g_strdup (g_getenv ("JANELA_DSN")) };
  g_autofree char *password_file = NULL;
  gboolean version = FALSE, help = FALSE;
  const GOptionEntry entries[]
      = { { "dsn", 0, 0, G_OPTION_ARG_STRING, &admin.dsn, NULL, NULL },
          { "login", 0, 0, G_OPTION_ARG_STRING, &admin.login, NULL, NULL },
          { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, NULL, NULL },
          { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
          { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const Subcommand *subcommand;

  setlocale (LC_ALL, "");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  if (version)
    return printf ("janela-admin %s\n", JN_VERSION) > 0 ? JN_EXIT_OK : JN_EXIT_FOUND;
  if (help || argc < 2)
    {
      print_help ();
      return help ? JN_EXIT_OK : JN_EXIT_USAGE;
    }
  subcommand = find (argv[1]);
  if (subcommand == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "no command '%s'; see janela-admin --help", argv[1]);
  if (password_file != NULL && !jn_admin_read_password (password_file, &admin.password, &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  return subcommand->run (&admin, argc - 1, argv + 1);
}
