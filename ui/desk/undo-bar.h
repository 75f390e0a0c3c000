/* undo-bar.h: what was done last, and for how long it can be taken back. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_UNDO_BAR (jn_undo_bar_get_type ())
G_DECLARE_FINAL_TYPE (JnUndoBar, jn_undo_bar, JN, UNDO_BAR, GtkBin)

/* Hidden until there is something. Signal "undo": the button was pressed. */
GtkWidget *jn_undo_bar_new (void);
/* @words: (nullable): NULL takes it away; @until, @now: Unix seconds by the server's clock */
void jn_undo_bar_set (JnUndoBar *self, const char *words, gint64 until, gint64 now);

G_END_DECLS
