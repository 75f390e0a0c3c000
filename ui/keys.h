/* keys.h: the keys of the window: one table, which also stands on a card (F1). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A new key is one row of the table in keys.c. */
void jn_keys_set (GtkApplication *program);
/* All keys on one card, in a popover. */
void jn_keys_show (GtkWidget *relative_to);

G_END_DECLS
