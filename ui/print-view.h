/* print-view.h: one print: a picture of what to do, how it goes in words, and what can be done about it. */
#pragma once

#include <gtk/gtk.h>

#include "app/prints.h"

G_BEGIN_DECLS

#define JN_TYPE_PRINT_VIEW (jn_print_view_get_type ())
G_DECLARE_FINAL_TYPE (JnPrintView, jn_print_view, JN, PRINT_VIEW, GtkBin)

GtkWidget *jn_print_view_new (JnPrints *prints);
/* @print: (nullable): none yet */
void jn_print_view_set_print (JnPrintView *self, JnPrint *print);
/* Whether a good end offers another copy. */
void jn_print_view_set_offers_copy (JnPrintView *self, gboolean offers);

G_END_DECLS
