/* check.c: janela-form check: prints what is wrong with forms, one line a finding. */
#include "forms/check.h"

#include "forms/tool/commands.h"

/* Returns: whether there is an error among them */
static gboolean
print_findings (const char *path, const GPtrArray *findings)
{
  gboolean wrong = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      const JnFinding *finding = findings->pdata[i];

      g_print ("%s:%ld: %s: %s\n", path, finding->line, finding->error ? "error" : "warning",
               finding->text);
      wrong = wrong || finding->error;
    }
  return wrong;
}

int
jn_tool_check (int argc, char **argv)
{
  gboolean wrong = FALSE;

  if (argc < 2)
    {
      g_printerr ("Usage: janela-form check FILE…\n");
      return 2;
    }
  for (int i = 1; i < argc; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) findings = jn_check_file (argv[i], &error);

      if (findings == NULL)
        {
          g_printerr ("%s: %s\n", argv[i], error->message);
          return 2;
        }
      wrong = print_findings (argv[i], findings) || wrong;
    }
  return wrong ? 1 : 0;
}
