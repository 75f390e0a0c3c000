/* line.h: one connection to the server on the GLib main loop: requests in a pipeline, notices.
 *
 * A line lives once: it is opened, it serves, it is lost; who wants another makes another. Signals:
 * "notified" (const char *channel, const char *payload); "lost" (): every request without an answer
 * has ended with UNKNOWN "line-lost" before. */
#pragma once

#include <gio/gio.h>

#include "app/postgres/hosts.h"
#include "app/postgres/pq.h"

G_BEGIN_DECLS

#define JN_TYPE_LINE (jn_line_get_type ())
G_DECLARE_FINAL_TYPE (JnLine, jn_line, JN, LINE, GObject)

/* @attempt_ms: for one address; @answer_ms: how long the oldest request may wait for its answer before
 * the line counts as dead (a stopped server is told by nothing else). */
JnLine *jn_line_new (JnHosts *hosts, guint attempt_ms, guint answer_ms);

/* Tries each host, and each of its addresses, once. Errors: DENIED "password", OFFLINE. */
void jn_line_open_async (JnLine *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean jn_line_open_finish (JnLine *self, GAsyncResult *result, GError **error);

/* Ends it without "lost"; requests without an answer end with UNKNOWN. */
void jn_line_close (JnLine *self);

/**
 * JnValue: a parameter: text, or bytes where @length is above 0.
 */
typedef struct
{
  const char *data;
  int length;
} JnValue;

/**
 * jn_line_request_async:
 * @sql: one statement with $1 … $n
 * @values: (array length=n_values): copied by libpq before this returns
 * @binary: whether the answer is wanted as bytes
 *
 * One statement in a transaction of its own (one PQpipelineSync each), answered in order. Cancelling
 * drops the answer; a query that is running then is cancelled on the server too.
 */
void jn_line_request_async (JnLine *self,
                            const char *sql,
                            const JnValue *values,
                            guint n_values,
                            gboolean binary,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* (transfer full): the answer; errors are those of the server (fault.h), or UNKNOWN "line-lost". */
PGresult *jn_line_request_finish (JnLine *self, GAsyncResult *result, GError **error);

/* For measuring: the process of the server, 0 when closed. */
int jn_line_get_server_pid (JnLine *self);

G_END_DECLS
