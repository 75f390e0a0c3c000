/* main.c: janela, the window of one counter. */
#include "ui/program.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (JnProgram) program = NULL;

  g_setenv ("GDK_GL", "disable", FALSE); /* nothing here is drawn by GL: 46 ms and 56 MB less */
  setlocale (LC_ALL, "");
  g_set_prgname ("janela");
  program = jn_program_new ();
  return jn_program_run (program, argc, argv);
}
