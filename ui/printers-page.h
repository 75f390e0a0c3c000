/* printers-page.h: this counter's printers: how they stand, what they are sent, a test; papers again; the day's paper. */
#pragma once

#include "app/prints.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_PRINTERS_PAGE (jn_printers_page_get_type ())
G_DECLARE_FINAL_TYPE (JnPrintersPage, jn_printers_page, JN, PRINTERS_PAGE, JnPage)

GtkWidget *jn_printers_page_new (JnSession *session, JnPrints *prints);

G_END_DECLS
