/* kiosk-view.h: a citizen takes a number by himself: language, service, the wait, the slip. */
#pragma once

#include "app/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_KIOSK_VIEW (jn_kiosk_view_get_type ())
G_DECLARE_FINAL_TYPE (JnKioskView, jn_kiosk_view, JN, KIOSK_VIEW, GtkBin)

/* @session: open, with the role "kiosk". What a scanner types is read wherever the keyboard is. The
 * window stays open until staff press Ctrl+Alt+Shift+Q and type the kiosk's password. */
GtkWidget *jn_kiosk_view_new (JnSession *session);
/* Seconds without a touch after which it begins anew; 60 at first. */
void jn_kiosk_view_set_patience (JnKioskView *self, guint seconds);

G_END_DECLS
