/* postgres.h: the backend over libpq: JnBackend spoken to a PostgreSQL server.
 *
 * Signing in opens the connection as the clerk himself. A line that is lost is made again by itself;
 * "moved" says then that everything is to be read again. What had not been sent ends with OFFLINE;
 * what was sent and not answered is asked once more under its own key, and ends with UNKNOWN only
 * when the line does not come back in time. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

#define JN_TYPE_POSTGRES (jn_postgres_get_type ())
G_DECLARE_FINAL_TYPE (JnPostgres, jn_postgres, JN, POSTGRES, GObject)

/* @dsn: (nullable): conninfo string or URI, of one host or several (then the writable one is taken);
 * NULL: $JANELA_DSN, else libpq's own defaults. Nothing is connected before sign-in. */
JnPostgres *jn_postgres_new (const char *dsn);

/**
 * JnPostgresTiming: milliseconds
 * @attempt: to connect to one address
 * @answer: for an answer, before the line counts as dead
 * @deadline: for a request in all, with its second try
 * @backoff, @backoff_most: between attempts to come back; doubled each time, with jitter
 * @poll: between two looks at api.changes, which mend a notice that was lost
 */
typedef struct
{
  guint attempt;
  guint answer;
  guint deadline;
  guint backoff;
  guint backoff_most;
  guint poll;
} JnPostgresTiming;

void jn_postgres_get_timing (JnPostgres *self, JnPostgresTiming *timing);
void jn_postgres_set_timing (JnPostgres *self, const JnPostgresTiming *timing);

/* The server's process that serves this connection, 0 while there is none: for tests. */
int jn_postgres_get_server_pid (JnPostgres *self);

G_END_DECLS
