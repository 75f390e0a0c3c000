/* bench-backend.c: the way to the backend: a query through JnPostgres on the main loop, against blocking
 * libpq, both in turn in the same run ($JANELA_TEST_DSN). */
#include <locale.h>

#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "app/postgres/pq.h"
#include "tests/app/server.h"

#define ROUND_TRIPS 1000

/* ---- what is printed ---- */

static void
print_row (const char *name,
           double value,
           const char *unit,
           const char *against,
           double ratio,
           const char *target,
           gboolean meets)
{
  char number[2][G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number[0], sizeof number[0], "%.3f", value);
  g_ascii_formatd (number[1], sizeof number[1], "%.3f", ratio);
  g_print ("{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"against\":\"%s\",\"ratio\":%s,"
           "\"target\":\"%s\",\"meets\":%s}\n",
           name, number[0], unit, against, number[1], target, meets ? "true" : "false");
}

/* ---- round trip ---- */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) answer = jn_backend_ask_finish (JN_BACKEND (source), result, NULL);

  g_assert_nonnull (answer);
  *(gboolean *)user_data = TRUE;
}

static double
time_loop (JnBackend *backend)
{
  gint64 began = g_get_monotonic_time ();

  for (int i = 0; i < ROUND_TRIPS; i++)
    {
      g_autoptr (JnQuery) query = jn_query_new ("hello", jn_dict_new ("protocol", "i", 1, NULL));
      gboolean done = FALSE;

      jn_backend_ask_async (backend, query, NULL, asked_cb, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
    }
  return (double)(g_get_monotonic_time () - began) / ROUND_TRIPS;
}

static double
time_blocking (PGconn *connection)
{
  gint64 began = g_get_monotonic_time ();
  const char *values[] = { "{\"protocol\":1}" };

  for (int i = 0; i < ROUND_TRIPS; i++)
    {
      g_autoptr (PGresult) result = PQexecParams (connection, "select api.hello ($1::jsonb)", 1,
                                                  NULL, values, NULL, NULL, 0);

      g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
    }
  return (double)(g_get_monotonic_time () - began) / ROUND_TRIPS;
}

static PGconn *
connect_as (const char *login)
{
  g_autofree char *dsn = g_strdup_printf ("%s user=%s password=test-word", server_dsn (), login);
  PGconn *connection = PQconnectdb (dsn);

  if (PQstatus (connection) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (connection));
  return connection;
}

static void
bench_round_trip (void)
{
  g_autoptr (JnBackend) backend = JN_BACKEND (jn_postgres_new (server_dsn ()));
  g_autofree char *login = server_login ("ana");
  g_autoptr (PGconn) bare = connect_as (login);
  g_autoptr (GVariant) answer = server_sign_in (backend, "ana", "T01", 0, NULL);
  double loop = G_MAXDOUBLE;
  double blocking = G_MAXDOUBLE;

  g_assert_nonnull (answer);
  for (int i = 0; i < 5; i++)
    {
      double bare_us = time_blocking (bare);
      double loop_us = time_loop (backend);

      blocking = MIN (blocking, bare_us);
      loop = MIN (loop, loop_us);
    }
  server_sign_out (backend);
  print_row ("backend/round-trip", loop, "µs", "blocking libpq", loop / blocking, "≤ 1.5",
             loop / blocking <= 1.5);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  if (argc < 2 || g_str_has_prefix ("backend/round-trip", argv[1]))
    bench_round_trip ();
  return 0;
}
