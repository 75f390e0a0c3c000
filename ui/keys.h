/* keys.h: all keys on one card, in a popover (F1). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jn_keys_show (GtkWidget *relative_to);

G_END_DECLS
