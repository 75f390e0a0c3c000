/* tool.c: see tool.h. */
#include "tests/forms/tool.h"

void
tool_run_clear (ToolRun *run)
{
  g_free (run->out);
}

ToolRun
tool_run (const char *input, const char *const *arguments)
{
  const char *folder = g_getenv ("JANELA_BIN");
  g_autofree char *program
      = g_build_filename (folder != NULL ? folder : "build/bin", "janela-form", NULL);
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  ToolRun run = { 0 };

  g_ptr_array_add (argv, program);
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, (gpointer)*arguments);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *)argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                   | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &run.out, NULL, &error);
  g_assert_no_error (error);
  run.status = g_subprocess_get_exit_status (process);
  return run;
}

void
tool_expect (int status, const char *out, const char *const *arguments)
{
  g_auto (ToolRun) run = tool_run (NULL, arguments);

  g_assert_cmpint (run.status, ==, status);
  if (out != NULL)
    g_assert_cmpstr (run.out, ==, out);
}

char *
tool_write (const char *folder, const char *name, const char *content)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (parent, 0700);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  return path;
}
