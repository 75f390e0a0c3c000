/* program.h: janela, the program: its options, its one window, and which keys do what. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_PROGRAM (jn_program_get_type ())
G_DECLARE_FINAL_TYPE (JnProgram, jn_program, JN, PROGRAM, GtkApplication)

JnProgram *jn_program_new (void);
/* Returns: 0; 1 where no window could be opened; 2 for wrong usage. */
int jn_program_run (JnProgram *self, int argc, char **argv);

G_END_DECLS
