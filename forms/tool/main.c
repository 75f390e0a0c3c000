/* main.c: janela-form: forms from the command line. */
#include "forms/tool/commands.h"

#include <glib.h>
#include <libxml/parser.h>
#include <locale.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *arguments;
  int (*run) (int argc, char **argv);
} Command;

static const Command commands[] = {
  { "xpath", "[--form FILE | --instance FILE] [--context PATH] EXPR | --batch", jn_tool_xpath },
  { "check", "FILE…", jn_tool_check },
  { "run", "FILE [--language L] [--now TIME]", jn_tool_run },
  { "bench", "FILE [--set PATH=VALUE]… [--row PATH]…", jn_tool_bench },
  { "flatten", "FILE OUT", jn_tool_flatten },
};

static void
print_usage (gboolean to_stderr)
{
  g_autoptr(GString) text = g_string_new ("Usage:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  janela-form %s %s\n", commands[i].name, commands[i].arguments);
  g_string_append (text, "  janela-form --help | --version\n");
  if (to_stderr)
    g_printerr ("%s", text->str);
  else
    g_print ("%s", text->str);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  LIBXML_TEST_VERSION
  if (argc >= 2 && strcmp (argv[1], "--help") == 0)
    {
      print_usage (FALSE);
      return 0;
    }
  if (argc >= 2 && strcmp (argv[1], "--version") == 0)
    {
      g_print ("janela-form %s\n", JN_VERSION);
      return 0;
    }
  for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, argv[1]) == 0)
      return commands[i].run (argc - 1, argv + 1);
  print_usage (TRUE);
  return 2;
}
