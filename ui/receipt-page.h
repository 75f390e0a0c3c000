/* receipt-page.h: the receipt on the screen and on paper, the rating, and the next person. */
#pragma once

#include "app/visit.h"
#include "app/prints.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_RECEIPT_PAGE (jn_receipt_page_get_type ())
G_DECLARE_FINAL_TYPE (JnReceiptPage, jn_receipt_page, JN, RECEIPT_PAGE, JnPage)

GtkWidget *jn_receipt_page_new (JnVisit *visit, JnPrints *prints);

G_END_DECLS
