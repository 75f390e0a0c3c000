/* fault.c: one table from SQLSTATE to what the clerk can do. */
#include "app/postgres/fault.h"

#include <string.h>

#include "app/dict.h"
#include "app/json.h"

typedef struct
{
  const char *state; /* a whole SQLSTATE, or its class */
  JnBackendError kind;
  const char *code;
} Fault;

/* Ours first (assets/docs/backend.md), then PostgreSQL's (its manual, appendix A); a whole SQLSTATE
 * stands before its class. */
static const Fault faults[] = {
  { "JN001", JN_BACKEND_ERROR_CONFLICT, "conflict" },
  { "JN002", JN_BACKEND_ERROR_REJECTED, "rejected" },
  { "JN003", JN_BACKEND_ERROR_DENIED, "denied" },
  { "JN004", JN_BACKEND_ERROR_NOT_FOUND, "not-found" },
  { "JN005", JN_BACKEND_ERROR_OUTDATED, "outdated" },
  { "08", JN_BACKEND_ERROR_OFFLINE, "line-lost" },
  { "22", JN_BACKEND_ERROR_REJECTED, "wrong-argument" },
  { "23505", JN_BACKEND_ERROR_CONFLICT, "duplicate" },
  { "23", JN_BACKEND_ERROR_REJECTED, "wrong-argument" },
  { "28000", JN_BACKEND_ERROR_DENIED, "login-closed" },
  { "28", JN_BACKEND_ERROR_DENIED, "password" },
  { "40", JN_BACKEND_ERROR_CONFLICT, "try-again" },
  { "42501", JN_BACKEND_ERROR_DENIED, "not-allowed" },
  { "42883", JN_BACKEND_ERROR_OUTDATED, "no-such-command" },
  { "53300", JN_BACKEND_ERROR_OFFLINE, "server-full" },
  { "55P03", JN_BACKEND_ERROR_CONFLICT, "try-again" },
  { "57014", JN_BACKEND_ERROR_FAILED, "too-slow" },
  { "57P", JN_BACKEND_ERROR_OFFLINE, "server-stopping" },
};

static const Fault *
find_fault (const char *state)
{
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (faults); i++)
    if (g_str_has_prefix (state, faults[i].state))
      return &faults[i];
  return NULL;
}

/* DETAIL as api raises it: {"code":…,"node":…,"args":{…}} */
static GVariant *
read_detail (const PGresult *result)
{
  const char *detail = PQresultErrorField (result, PG_DIAG_MESSAGE_DETAIL);

  return detail != NULL && detail[0] == '{' ? jn_json_to_dict (detail, -1, NULL) : NULL;
}

GError *
jn_fault_from_result (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const Fault *fault = find_fault (state);
  g_autoptr (GVariant) detail = NULL;

  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return NULL;
  if (fault == NULL)
    return jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "server-fault", NULL,
                                 jn_dict_new ("sqlstate", "s", state, NULL));
  detail = read_detail (result);
  if (detail == NULL || jn_dict_string (detail, "code") == NULL)
    return jn_backend_error_new (fault->kind, fault->code, NULL,
                                 jn_dict_new ("sqlstate", "s", state, NULL));
  return jn_backend_error_new (fault->kind, jn_dict_string (detail, "code"),
                               jn_dict_string (detail, "node"), jn_dict_dict (detail, "args"));
}

GError *
jn_fault_from_connection (const PGconn *connection)
{
  const char *message = connection != NULL ? PQerrorMessage (connection) : "";
  g_autoptr (GRegex) regex = g_regex_new ("(?:FATAL|ERROR): +([0-9A-Z]{5})", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *state = NULL;
  const Fault *fault;

  if (g_regex_match (regex, message, 0, &match))
    state = g_match_info_fetch (match, 1);
  fault = find_fault (state);
  if (fault == NULL)
    return jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "no-connection", NULL, NULL);
  return jn_backend_error_new (fault->kind, fault->code, NULL,
                               jn_dict_new ("sqlstate", "s", state, NULL));
}
