/* staff.c: janela-admin staff list|add|deactivate|activate: members of staff are roles of the database. */
#include "app/admin/admin.h"

#include <stdio.h>

#include "app/dict.h"

#define USAGE                                                                                      \
  "janela-admin staff list | add LOGIN --role ROLE… --branch CODE [--department CODE] "          \
  "--zh NAME --latin NAME [--language L…] [--initial-password-file FILE] | "                     \
  "deactivate LOGIN [--reason TEXT] | activate LOGIN [--reason TEXT]"

static int
list (JnAdmin *admin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_admin_ask (admin, "staff", NULL, &error);
  g_autoptr (GVariant) rows = answer != NULL ? jn_dict_list (answer, "staff") : NULL;

  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);
      g_auto (GStrv) roles = jn_dict_strings (row, "roles");
      g_autofree char *words = g_strjoinv (",", roles);
      const char *branch = jn_dict_string (row, "branch");

      printf ("%-16s %-4s %s%s\n", jn_dict_string (row, "login"), branch != NULL ? branch : "-",
              words, jn_dict_boolean (row, "active", TRUE) ? "" : " (deactivated)");
    }
  return JN_EXIT_OK;
}

typedef struct
{
  char *branch, *department, *zh, *latin, *password_file, *reason;
  char **roles, **languages;
} Member;

static void
clear_member (Member *member)
{
  g_free (member->branch);
  g_free (member->department);
  g_free (member->zh);
  g_free (member->latin);
  g_free (member->password_file);
  g_free (member->reason);
  g_strfreev (member->roles);
  g_strfreev (member->languages);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Member, clear_member)

static int
add (JnAdmin *admin, const char *login, const Member *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *password = NULL;

  if (member->roles == NULL)
    return jn_admin_usage (USAGE);
  if (member->password_file != NULL
      && !jn_admin_read_password (member->password_file, &password, &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  answer = jn_admin_run (
      admin, "staff_add",
      jn_dict_new ("login", "s", login, "roles", "^as", member->roles, "branch", "s",
                   member->branch, "department", "s", member->department, "name", "@a{sv}",
                   jn_dict_new ("zh", "s", member->zh, "latin", "s", member->latin, NULL),
                   "languages", "^as", member->languages, "password", "s", password, NULL),
      &error);
  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  printf ("%s is added\n", login);
  return JN_EXIT_OK;
}

static int
set_active (JnAdmin *admin, const char *login, gboolean active, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_admin_run (
      admin, "staff_set_active",
      jn_dict_new ("login", "s", login, "active", "b", active, "reason", "s", reason, NULL),
      &error);

  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  printf ("%s is %s\n", login, active ? "activated" : "deactivated");
  return JN_EXIT_OK;
}

int
jn_admin_staff (JnAdmin *admin, int argc, char **argv)
{
  g_auto (Member) member = { NULL };
  const GOptionEntry entries[]
      = { { "branch", 0, 0, G_OPTION_ARG_STRING, &member.branch, NULL, NULL },
          { "department", 0, 0, G_OPTION_ARG_STRING, &member.department, NULL, NULL },
          { "zh", 0, 0, G_OPTION_ARG_STRING, &member.zh, NULL, NULL },
          { "latin", 0, 0, G_OPTION_ARG_STRING, &member.latin, NULL, NULL },
          { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &member.roles, NULL, NULL },
          { "language", 0, 0, G_OPTION_ARG_STRING_ARRAY, &member.languages, NULL, NULL },
          { "reason", 0, 0, G_OPTION_ARG_STRING, &member.reason, NULL, NULL },
          { "initial-password-file", 0, 0, G_OPTION_ARG_FILENAME, &member.password_file, NULL,
            NULL },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc < 2)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "list") && argc == 2)
    return list (admin);
  if (g_str_equal (argv[1], "add") && argc == 3)
    return add (admin, argv[2], &member);
  if ((g_str_equal (argv[1], "deactivate") || g_str_equal (argv[1], "activate")) && argc == 3)
    return set_active (admin, argv[2], argv[1][0] == 'a', member.reason);
  return jn_admin_usage (USAGE);
}
