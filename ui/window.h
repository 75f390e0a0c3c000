/* window.h: the one window: header, rail, page, side and bar; and the keys that reach all of it. */
#pragma once

#include <gtk/gtk.h>
#include "app/prints.h"
#include "app/session.h"
#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_WINDOW (jn_window_get_type ())
G_DECLARE_FINAL_TYPE (JnWindow, jn_window, JN, WINDOW, GtkApplicationWindow)

/* Takes the counter's settings, language and text size from the session's settings. */
GtkWidget *jn_window_new (GtkApplication *program, JnSession *session);

JnPlace jn_window_get_place (JnWindow *self);
/* The page of that place, built when first asked for; what a visit needs is not there without one. */
JnPage *jn_window_get_page (JnWindow *self, JnPlace place);
JnVisit *jn_window_get_visit (JnWindow *self); /* (transfer none) (nullable) */
JnPrints *
jn_window_get_prints (JnWindow *self); /* (transfer none) (nullable): nobody is signed in */
/* Goes to that place if the visit allows it. */
void jn_window_go (JnWindow *self, JnPlace place);

G_END_DECLS
