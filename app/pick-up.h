/* pick-up.h: a receipt that is shown to fetch what it promised: its seal is checked, its number found. */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/**
 * jn_pick_up_read_async:
 * @text: of the receipt's QR, or its number, which proves nothing and is taken as it is
 *
 * Errors: REJECTED `receipt-malformed` (no receipt of ours), `receipt-tampered` (what it says is not
 * what was sealed), `receipt-unknown` (its key is not, or not any more, in the public list); CONFLICT
 * `receipt-elsewhere` (args branch): it was given out in another branch.
 */
void jn_pick_up_read_async (JnSession *session,
                            const char *text,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Returns: (transfer full): the receipt's number */
char *jn_pick_up_read_finish (JnSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
