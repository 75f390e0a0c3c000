/* value.c: one value of a database, as its owner reads it. */
#include "tests/app/value.h"

char *
sql_value (PGconn *connection, const char *format, ...)
{
  g_autofree char *sql = NULL;
  g_autoptr (PGresult) result = NULL;
  va_list list;

  va_start (list, format);
  sql = g_strdup_vprintf (format, list);
  va_end (list);
  result = PQexec (connection, sql);
  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (connection));
  if (PQntuples (result) == 0 || PQgetisnull (result, 0, 0))
    return NULL;
  return g_strdup (PQgetvalue (result, 0, 0));
}
