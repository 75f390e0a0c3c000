/* value.h: one value of a database, as its owner reads it. */
#pragma once

#include "app/postgres/pq.h"

G_BEGIN_DECLS

/* Runs SQL: the first value of the answer, or NULL. (transfer full) */
char *sql_value (PGconn *connection, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
