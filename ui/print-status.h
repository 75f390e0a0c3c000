/* print-status.h: the printers in the header: nothing while all is well, what asks for the clerk otherwise. */
#pragma once

#include <gtk/gtk.h>

#include "app/prints.h"

G_BEGIN_DECLS

#define JN_TYPE_PRINT_STATUS (jn_print_status_get_type ())
G_DECLARE_FINAL_TYPE (JnPrintStatus, jn_print_status, JN, PRINT_STATUS, GtkBin)

/* It never takes the keyboard by itself; its list opens by a click or by jn_print_status_open (). */
/* @prints: (nullable) */
void jn_print_status_set_prints (JnPrintStatus *self, JnPrints *prints);
/* In the clerk's language again. */
void jn_print_status_speak (JnPrintStatus *self);
/* Whether the list leads to the page of the printers: not in a visit, which would be left. */
void jn_print_status_set_leads (JnPrintStatus *self, gboolean leads);
/* Where there is little room only the picture stands there; its words are its name and its tooltip. */
void jn_print_status_set_narrow (JnPrintStatus *self, gboolean narrow);
/* Signal "settings" (): the clerk wants the page of the printers. */
void jn_print_status_open (JnPrintStatus *self);
void jn_print_status_close (JnPrintStatus *self);

G_END_DECLS
