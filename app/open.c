/* open.c: makes the backend: the only place that knows which one it is. */
#include "app/open.h"

#include "app/postgres/postgres.h"

JnBackend *
jn_open_backend (JnSettings *settings, GError **error)
{
  return JN_BACKEND (jn_postgres_new (jn_settings_get_dsn (settings)));
}
