/* caret.h: the arrow keys in a long line of text. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every entry from now on; once, after gtk_init (). */
void jn_caret_quicken (void);

G_END_DECLS
