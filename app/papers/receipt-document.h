/* receipt-document.h: the receipt of a visit as a page. */
#pragma once

#include "app/receipt.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * jn_receipt_document_new:
 * @copy: 0: the first print
 *
 * In the receipt's language with the other official one beside it (zh + pt; en + zh). No identity
 * number and no name stands on it (Law 8/2005): it may be left on a counter.
 * Returns: (transfer full)
 */
JnDocument *jn_receipt_document_new (JnReceipt *receipt, JnSession *session, guint copy);

G_END_DECLS
