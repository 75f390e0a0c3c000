/* save-ask.h: under which name and in which folder a receipt is kept as PDF, asked in the page. */
#pragma once

#include "app/prints.h"
#include "app/receipt.h"
#include "ui/page.h"

G_BEGIN_DECLS

/* @copy: of the receipt on the paper that is shown. Says on @page that it was saved. */
void
jn_save_ask_put (JnPage *page, JnPrints *prints, JnReceipt *receipt, guint copy, GtkWidget *slot);

G_END_DECLS
