/* reception-page.h: where a citizen gets his number: issued, checked in, changed, merged, cancelled. */
#pragma once

#include "app/prints.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_RECEPTION_PAGE (jn_reception_page_get_type ())
G_DECLARE_FINAL_TYPE (JnReceptionPage, jn_reception_page, JN, RECEPTION_PAGE, JnPage)

GtkWidget *jn_reception_page_new (JnSession *session, JnPrints *prints);

G_END_DECLS
