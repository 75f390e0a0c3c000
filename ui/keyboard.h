/* keyboard.h: the keyboard is always at something that is seen, whatever goes from under it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What has the focus may be taken away, hidden with its page, or made insensitive: the focus then goes into
 * the nearest part around it that is still there, at the latest into @pages, as soon as there is
 * something to go to: there to what has the same name, as in a list that was made anew, else to the
 * first thing. A page that puts it somewhere itself is not disturbed. */
void jn_keyboard_keep (GtkWindow *window, GtkWidget *pages);

G_END_DECLS
