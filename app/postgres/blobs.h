/* blobs.h: bytes to and from the server in chunks, on a line of their own. */
#pragma once

#include "app/postgres/line.h"

G_BEGIN_DECLS

/* Sends what the server does not know yet. A broken transfer may simply be repeated. */
void jn_blob_put_async (JnLine *line,
                        GBytes *blob,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* (transfer full): its hash, lower-case hex SHA-256. Errors: REJECTED `too-large`, those of the line. */
char *jn_blob_put_finish (JnLine *line, GAsyncResult *result, GError **error);

void jn_blob_get_async (JnLine *line,
                        const char *hash,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* (transfer full). Errors: NOT_FOUND `no-blob`, FAILED `hash-wrong`, those of the line. */
GBytes *jn_blob_get_finish (JnLine *line, GAsyncResult *result, GError **error);

G_END_DECLS
