/* look.h: the window's style sheets: normal, dark, high contrast; and the size of its text. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  JN_LOOK_NORMAL,
  JN_LOOK_DARK,
  JN_LOOK_CONTRAST,
  JN_N_LOOKS,
} JnLook;

/* The sheets come from the program's resources; once, after GTK is there. */
void jn_look_load (void);
/* The sheet of kiosk and board, for who is one. */
void jn_look_load_standing (void);
/* Our own icons, for who shows some. */
void jn_look_load_icons (void);
void jn_look_set (JnLook look);
JnLook jn_look_get (void);
/* 100, 125, 150, 175, 200 per cent of the screen's own text size. */
void jn_look_set_text_size (int percent);
int jn_look_get_text_size (void);

G_END_DECLS
