/* standing-window.h: a full screen that nobody sits at, the board or the kiosk: it signs in by itself,
 * and again when it could not. */
#pragma once

#include "app/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_STANDING_WINDOW (jn_standing_window_get_type ())
G_DECLARE_FINAL_TYPE (
    JnStandingWindow, jn_standing_window, JN, STANDING_WINDOW, GtkApplicationWindow)

/**
 * jn_standing_window_new:
 * @role: "board" or "kiosk": its group of the settings has the account; a demonstration has one of its
 *   own. Where there is none, somebody signs in by hand.
 * @make: makes what is shown once it is signed in; (transfer floating)
 */
GtkWidget *jn_standing_window_new (GtkApplication *program,
                                   JnSession *session,
                                   const char *role,
                                   GtkWidget *(*make) (JnSession *session));
/* What @make made; NULL before */
GtkWidget *jn_standing_window_get_content (JnStandingWindow *self);

G_END_DECLS
