/* reprint.h: a paper again by the number that stands on it, whatever terminal of the branch printed it. */
#pragma once

#include "app/prints.h"

G_BEGIN_DECLS

/**
 * jn_reprint_async:
 * @number: that stands on the paper
 * @use: the printer's use
 *
 * From what is kept of the paper; a receipt whose text is kept no longer is made again from the record, to the
 * same seal. Errors: NOT_FOUND `no-document` (there is none), `document-pruned` (kept no longer)
 */
void jn_reprint_async (JnPrints *prints,
                       JnSession *session,
                       const char *number,
                       const char *use,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/* (transfer full) */
JnPrint *jn_reprint_finish (GAsyncResult *result, GError **error);

G_END_DECLS
