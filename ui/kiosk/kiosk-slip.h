/* kiosk-slip.h: what becomes of the slip, in words for the citizen; he is asked where nobody can tell. */
#pragma once

#include <gtk/gtk.h>

#include "app/print.h"

G_BEGIN_DECLS

#define JN_TYPE_KIOSK_SLIP (jn_kiosk_slip_get_type ())
G_DECLARE_FINAL_TYPE (JnKioskSlip, jn_kiosk_slip, JN, KIOSK_SLIP, GtkBin)

/* Signal: "asks" (): it waits for an answer from now on. @print: (nullable): there is no printer */
GtkWidget *jn_kiosk_slip_new (JnPrint *print);

G_END_DECLS
