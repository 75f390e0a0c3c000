/* fault.h: what the server says, as JN_BACKEND_ERROR. */
#pragma once

#include "app/backend.h"
#include "app/postgres/pq.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): the error in @result; NULL when it is none. */
GError *jn_fault_from_result (const PGresult *result);

/* (transfer full): why @connection could not be opened, by the SQLSTATE in its message (with
 * PQERRORS_SQLSTATE set); a wrong password is DENIED "password". */
GError *jn_fault_from_connection (const PGconn *connection);

G_END_DECLS
