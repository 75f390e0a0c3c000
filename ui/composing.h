/* composing.h: whether an input method is in the middle of a word, so that no shortcut fires. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Once, before the first window. */
void jn_composing_watch (void);
/* Whether text is being composed in @widget (nullable: no). */
gboolean jn_composing_in (GtkWidget *widget);
/* Whether a key that was pressed at @time (of its event) was pressed while text was composed: IBus
 * ends the word with it and then gives the very same key back. */
gboolean jn_composing_took (GtkWidget *widget, guint32 time);

G_END_DECLS
