/* blob-line.h: the second connection of a terminal: blobs go over it, so that a scan never holds up a ticket.
 *
 * It is made when it is first needed, and made again when it was lost. */
#pragma once

#include <gio/gio.h>

#include "app/postgres/hosts.h"

G_BEGIN_DECLS

#define JN_TYPE_BLOB_LINE (jn_blob_line_get_type ())
G_DECLARE_FINAL_TYPE (JnBlobLine, jn_blob_line, JN, BLOB_LINE, GObject)

/* @session: (nullable): of the first connection, under which this one works; without one it works as
 * its login; @attempt_ms, @answer_ms: as those of a line */
JnBlobLine *
jn_blob_line_new (JnHosts *hosts, const char *session, guint attempt_ms, guint answer_ms);

/* What is under way ends with OFFLINE. */
void jn_blob_line_close (JnBlobLine *self);

/* (transfer full): the hash. Errors: OFFLINE when the line is lost (bytes by their hash: sending them
 * again is harmless), and those of the server. */
void jn_blob_line_put_async (JnBlobLine *self,
                             GBytes *blob,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *jn_blob_line_put_finish (JnBlobLine *self, GAsyncResult *result, GError **error);

/* (transfer full): errors as above, and NOT_FOUND */
void jn_blob_line_get_async (JnBlobLine *self,
                             const char *hash,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GBytes *jn_blob_line_get_finish (JnBlobLine *self, GAsyncResult *result, GError **error);

G_END_DECLS
