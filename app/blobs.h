/* blobs.h: files of the catalogue by their hash: from this terminal's disk, else from the backend. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

typedef struct _JnBlobs JnBlobs;

/* @folder: made when the first file is kept */
JnBlobs *jn_blobs_new (JnBackend *backend, const char *folder);
void jn_blobs_free (JnBlobs *blobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnBlobs, jn_blobs_free)

/**
 * jn_blobs_load_async:
 *
 * A file on disk that does not fit its hash is not used and fetched again; a fetched one that does
 * not fit is OUTDATED `hash`. Other errors are the backend's.
 */
void jn_blobs_load_async (JnBlobs *blobs,
                          const char *hash,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GBytes *jn_blobs_load_finish (JnBlobs *blobs, GAsyncResult *result, GError **error);

G_END_DECLS
