/* receipt-private.h: how a submission becomes a receipt. */
#pragma once

#include "app/receipt.h"

G_BEGIN_DECLS

/**
 * jn_receipt_new:
 * @receipt: a RECEIPT of assets/docs/backend.md; @applications: (nullable): the list beside it
 */
JnReceipt *jn_receipt_new (JnSession *session,
                           GVariant *receipt,
                           GVariant *applications,
                           const char *language);

/**
 * jn_receipt_seal_async:
 *
 * Seals by the terminal's key and lets the backend keep the seal; the one that it kept first counts.
 * Without line, or without key, it ends well: the seal is made and kept later, or is missing.
 */
void jn_receipt_seal_async (JnReceipt *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean jn_receipt_seal_finish (JnReceipt *self, GAsyncResult *result, GError **error);

G_END_DECLS
