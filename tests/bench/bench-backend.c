/* bench-backend.c: the way to the backend and the submit transaction, beside bare libpq and bare inserts.
 *
 * backend/round-trip: a query through JnPostgres on the main loop, against blocking libpq.
 * backend/submit-N: visits of three services submitted by N clients over 40 branches with everything on,
 * against inserts of as many bytes of WAL, both in turn in the same run ($JANELA_TEST_DSN). */
#include <locale.h>

#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "app/postgres/pq.h"
#include "app/uuid.h"
#include "tests/app/server.h"

#define BRANCHES 40
#define CLIENTS 64
#define SECONDS 3
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

/* ---- submit ---- */

typedef struct
{
  PGconn *connection;
  char *visits; /* where its visits come from */
  gboolean raw;
  guint raw_bytes;
  const char *xml;
  volatile gint *stop;
  guint done;
} Client;

/* The text of a submission with a visit of this client's and new ids. */
static char *
make_args (Client *client, const char *visit)
{
  GString *apps = g_string_new (NULL);
  static const struct
  {
    const char *service;
    const char *needs;
  } services[] = { { "dsaj-birth-reg", "" },
                   { "dsi-bir-first", "\"dsaj-birth-reg\"" },
                   { "fss-birth-allowance", "\"dsaj-birth-reg\"" } };
  g_autofree char *list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *id = jn_uuid_new ();
      g_autofree char *form = g_strdup_printf ("<form code=\"%s1\"/>", services[i].service);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, form, -1);

      g_string_append_printf (apps,
                              "%s{\"id\":\"%s\",\"service\":\"%s\",\"version\":\"1\",\"hash\":\"%"
                              "s\",\"xml\":%s,\"needs\":[%s],\"fee\":9000}",
                              i > 0 ? "," : "", id, services[i].service, hash, client->xml,
                              services[i].needs);
    }
  list = g_string_free (apps, FALSE);
  return g_strdup_printf (
      "{\"visit\":\"%s\",\"language\":\"zh-Hant\",\"persons\":[{\"id\":\"%s\",\"role\":\"mother\","
      "\"capacity\":\"parent\",\"document\":null}],"
      "\"applications\":[%s],\"papers\":[{\"code\":\"birth-report\",\"services\":[\"dsaj-birth-"
      "reg\"],\"state\":\"presented\",\"original\":true}],"
      "\"consents\":[{\"person\":\"%s\",\"department\":\"dsi\",\"given\":true}],\"signature\":{"
      "\"person\":\"%s\",\"method\":\"pad\",\"blob\":null}}",
      visit, visit, list, visit, visit);
}

static void
submit_once (Client *client, char **visits, guint i)
{
  g_autofree char *args = make_args (client, visits[i]);
  g_autofree char *key = jn_uuid_new ();
  const char *values[] = { key, args };
  g_autoptr (PGresult) result
             = PQexecParams (client->connection, "select api.visit_submit ($1::uuid, $2::jsonb)", 2,
                             NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("visit %u %s of %s: %s", i, visits[i], PQuser (client->connection),
             PQerrorMessage (client->connection));
}

static void
insert_once (Client *client, const char *row)
{
  const char *values[] = { row };
  g_autoptr (PGresult) result = PQexecParams (
      client->connection, "insert into test.raw (data) select $1 from generate_series (1, 5)", 1,
      NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (client->connection));
}

static gpointer
client_thread (gpointer data)
{
  Client *client = data;
  g_autofree char *row = g_strnfill (client->raw_bytes / 5, 'x');
  g_auto (GStrv) visits = g_strsplit (client->visits, ",", -1);
  guint n = g_strv_length (visits);

  for (client->done = 0; !g_atomic_int_get (client->stop) && (client->raw || client->done < n);
       client->done++)
    if (client->raw)
      insert_once (client, row);
    else
      submit_once (client, visits, client->done);
  return NULL;
}

/* Transactions a second of so many clients. */
static double
measure (Client *clients, guint n, gboolean raw, guint raw_bytes)
{
  volatile gint stop = 0;
  GThread *threads[CLIENTS];
  gint64 began = g_get_monotonic_time ();
  guint done = 0;

  for (guint i = 0; i < n; i++)
    {
      clients[i].raw = raw;
      clients[i].raw_bytes = raw_bytes;
      clients[i].stop = &stop;
      threads[i] = g_thread_new (NULL, client_thread, &clients[i]);
    }
  g_usleep (SECONDS * G_USEC_PER_SEC); /* the time that is measured */
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < n; i++)
    {
      g_thread_join (threads[i]);
      done += clients[i].done;
    }
  return done * (double)G_USEC_PER_SEC / (double)(g_get_monotonic_time () - began);
}

/* New visits for each client: as many as it can submit in the time. */
static void
make_visits (Client *clients, guint n, gboolean one_branch)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (clients[i].visits);
      clients[i].visits = server_value (
          "with v as (insert into desk.visit (branch, day, login, counter, services, opened_at)"
          " select '%s', current_date, test.login ('c%u'), 1, '{dsaj-birth-reg}', now () from "
          "generate_series (1, %u) returning id)"
          " select string_agg (id::text, ',') from v",
          one_branch ? "100" : server_value ("select (100 + %u %% %u)::text", i, BRANCHES), i,
          12000 / MAX (n, 3));
    }
}

static void
open_session (Client *client, guint i)
{
  g_autofree char *args = g_strdup_printf ("{\"terminal\":\"T%02u\"}", i + 1);
  const char *values[] = { args };
  g_autoptr (PGresult) result = PQexecParams (
      client->connection, "select api.session_open (gen_random_uuid (), $1::jsonb)", 1, NULL,
      values, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (client->connection));
}

/* Branches 100 to 139 and a clerk for each client. */
static void
make_clerks (gboolean one_branch)
{
  g_free (server_value ("select count (api.demo_load (gen_random_uuid (), jsonb_build_object "
                        "('branch', test.branch ((100 + i)::text))))"
                        " from generate_series (0, %d) i",
                        BRANCHES - 1));
  g_free (server_value ("select api.demo_load (gen_random_uuid (), jsonb_build_object ('staff', "
                        "jsonb_build_object ('staff', jsonb_agg ("
                        "jsonb_build_object ('login', test.login ('c' || i), 'name', '{}'::jsonb, "
                        "'roles', '[\"clerk\"]'::jsonb, 'branch',"
                        " (case when %s then 100 else 100 + i %% %d end)::text, 'languages', "
                        "'[]'::jsonb, 'password', 'test-word',"
                        " 'authorisations', '[]'::jsonb))))) from generate_series (0, %d) i",
                        one_branch ? "true" : "false", BRANCHES, CLIENTS - 1));
}

static void
open_clients (Client *clients, const char *xml)
{
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);
      g_autofree char *login = server_login (name);

      clients[i].connection = connect_as (login);
      clients[i].xml = xml;
      open_session (&clients[i], i);
    }
}

static void
close_clients (Client *clients)
{
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_clear_pointer (&clients[i].connection, PQfinish);
      g_clear_pointer (&clients[i].visits, g_free);
    }
}

static double
wal_position (void)
{
  g_autofree char *at
      = server_value ("select pg_wal_lsn_diff (pg_current_wal_insert_lsn (), '0/0')");

  return g_ascii_strtod (at, NULL);
}

/* WAL of one submission, by one client. */
static guint
measure_wal (Client *clients)
{
  double before;
  double rate;

  make_visits (clients, 1, FALSE);
  before = wal_position ();
  rate = measure (clients, 1, FALSE, 0);
  g_assert_cmpfloat (rate, >, 0);
  return (guint)((wal_position () - before) / clients[0].done);
}

/* The same inserts until they write as much WAL. */
static guint
bytes_for_wal (Client *clients, guint wal)
{
  double before = wal_position ();
  guint trial = 5 * 1900;

  measure (clients, 1, TRUE, trial);
  return (guint)(trial * (wal / ((wal_position () - before) / clients[0].done)));
}

/* Where the time goes: the server's own count of its functions. */
static void
print_parts (void)
{
  g_autoptr (PGresult) result = PQexec (
      server_owner (),
      "select funcname, calls, self_time * 1000 / (select calls from pg_stat_user_functions where "
      "funcname = 'visit_submit' and schemaname = 'desk')"
      " from pg_stat_user_functions where schemaname in ('desk', 'api') and self_time > 0 order by "
      "self_time desc limit 16");

  for (int i = 0; i < PQntuples (result); i++)
    g_printerr ("  %-24s %8.1f µs a submission\n", PQgetvalue (result, i, 0),
                g_ascii_strtod (PQgetvalue (result, i, 2), NULL));
}

static void
bench_submit_at (Client *clients, guint n, guint raw_bytes, gboolean one_branch)
{
  g_autofree char *name
      = g_strdup_printf ("backend/submit-%s%u", one_branch ? "one-branch-" : "", n);
  double raw = 0;
  double rate = 0;
  double submits;
  double inserts;

  for (int round = 0; round < 2; round++)
    {
      make_visits (clients, n, one_branch);
      submits = measure (clients, n, FALSE, 0);
      inserts = measure (clients, n, TRUE, raw_bytes);
      rate = MAX (rate, submits);
      raw = MAX (raw, inserts);
    }
  print_row (name, rate, "visits/s", "inserts of the same WAL", rate / raw,
             one_branch ? "reported" : "≥ 0.30", one_branch || rate / raw >= 0.30);
}

static void
bench_submit (const char *xml, gboolean one_branch, const guint *numbers, guint n_numbers)
{
  Client clients[CLIENTS] = { 0 };
  guint wal;
  guint raw_bytes;

  make_clerks (one_branch);
  open_clients (clients, xml);
  wal = measure_wal (clients);
  raw_bytes = bytes_for_wal (clients, wal);
  g_printerr ("  one submission writes %u bytes of WAL\n", wal);
  for (guint i = 0; i < n_numbers; i++)
    bench_submit_at (clients, numbers[i], raw_bytes, one_branch);
  close_clients (clients);
}

int
main (int argc, char **argv)
{
  static const guint all[] = { 1, 8, 64 };
  static const guint crowd[] = { 64 };
  g_autofree char *xml = NULL;

  setlocale (LC_ALL, "");
  server_owner ();
  if (argc < 2 || g_str_has_prefix ("backend/round-trip", argv[1]))
    bench_round_trip ();
  if (argc > 1 && !g_str_has_prefix (argv[1], "backend/submit")
      && !g_str_has_prefix ("backend/submit", argv[1]))
    return 0;
  g_free (server_value (
      "create table test.raw (id bigint generated always as identity primary key, data text);"
      "alter table test.raw alter data set storage external; grant usage on schema test to public;"
      "grant insert on test.raw to public"));
  g_free (server_value ("alter database %s set track_functions = 'all'", PQdb (server_owner ())));
  xml = server_value ("select to_json (test.instance ())");
  bench_submit (xml, FALSE, all, G_N_ELEMENTS (all));
  bench_submit (xml, TRUE, crowd, G_N_ELEMENTS (crowd));
  print_parts ();
  return 0;
}
