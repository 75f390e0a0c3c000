/* bench-submit.c: the submit transaction with everything on, beside bare inserts of as many bytes of WAL.
 *
 * A submission is a birth as the scripts of tests/forms/services fill it in: three published forms, three
 * people (who, with their drafts, stand in the visit before), five papers, three consents. The bare insert
 * writes rows of some 1,900 bytes, which stay in their page, until it writes as much WAL. Both are prepared statements, one transaction each, on
 * a cluster that waits for its disk; they take turns second by second. 40 branches, and one branch beside. How much of the
 * distance is the rows themselves says a third: it takes the same document and writes the same rows, asks nobody
 * who he is, checks nothing and looks up no answer of before. */
#include <locale.h>

#include "app/json.h"
#include "app/postgres/pq.h"
#include "app/uuid.h"
#include "tests/app/server.h"
#include "tests/forms/script.h"

#define BRANCHES 40
#define CLIENTS 64
#define TURNS 5
#define WARM                                                                                       \
  8 /* submissions of each client before the clock runs: plans are made in the first ones */

static const char *const services[] = { "dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance" };

/* ---- a birth ---- */

typedef struct
{
  char *version;
  char *hash;
  char *xml; /* as JSON */
} Form;

static Form forms[G_N_ELEMENTS (services)];

/* As the window sends it (app/visit-submit.c). */
static char *
plain_xml (GBytes *xml)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (xml, NULL), g_bytes_get_size (xml));
  g_autoptr (GRegex) blank = g_regex_new ("<([^\\s<>/]+)(\\s[^<>]*)?/>", 0, 0, NULL);

  return g_regex_replace (blank, strstr (text, "<data"), -1, 0, "<\\1\\2></\\1>", 0, NULL);
}

/* The first filling of a service's script. */
static char *
fill (const char *service)
{
  g_autofree char *department = g_strndup (service, strcspn (service, "-"));
  g_autofree char *path = g_strdup_printf ("build/services/%s/%s.xml", department, service);
  g_autofree char *script = g_strdup_printf ("tests/forms/services/%s.jsonl", service);
  g_autoptr (JnForm) form = jn_form_new_from_file (path, NULL);
  g_autoptr (GPtrArray) lines = script_read (script);
  JsonObject *head = g_ptr_array_index (lines, 0);
  g_autoptr (JnFilling) filling
             = script_begin (form, head, json_object_get_object_member (head, "facts"));
  g_autoptr (GBytes) xml = NULL;

  for (guint i = 1; i < lines->len && !json_object_has_member (lines->pdata[i], "case"); i++)
    script_play (filling, lines->pdata[i]);
  xml = jn_filling_submit (filling, NULL);
  return plain_xml (xml);
}

/* The real catalogue takes the place of the fixture's. */
static void
publish (void)
{
  g_autofree char *program = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  const char *argv[] = { program, "catalogue", "publish", "build", NULL };
  g_auto (GStrv) environment
      = g_environ_setenv (g_get_environ (), "JANELA_DSN", g_getenv ("JANELA_TEST_OWNER"), TRUE);
  int status = 0;

  if (!g_spawn_sync (NULL, (char **)argv, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                     NULL, &status, NULL)
      || status != 0)
    g_error ("the catalogue was not published");
}

static void
prepare_forms (void)
{
  publish ();
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *xml = fill (services[i]);
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);

      json_node_set_string (node, xml);
      forms[i].xml = json_to_string (node, FALSE);
      forms[i].version = sql_value (
          server_owner (), "select version from desk.service where code = '%s'", services[i]);
      forms[i].hash = sql_value (server_owner (), "select hash from desk.service where code = '%s'",
                                 services[i]);
      g_printerr ("  %s: %zu bytes\n", services[i], strlen (xml));
    }
}

static void
append_applications (GString *args)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *id = jn_uuid_new ();

      g_string_append_printf (args,
                              "%s{\"id\":\"%s\",\"service\":\"%s\",\"version\":\"%s\",\"hash\":\"%"
                              "s\",\"xml\":%s,\"needs\":[%s],\"fee\":0}",
                              i > 0 ? "," : "", id, services[i], forms[i].version, forms[i].hash,
                              forms[i].xml, i > 0 ? "\"dsaj-birth-reg\"" : "");
    }
}

/* The text of a submission; @persons are mother, father and child. */
static char *
make_args (const char *visit, char **persons)
{
  static const char *const papers[]
      = { "birth-report", "mother-id", "father-id", "marriage", "photo" };
  static const char *const departments[] = { "dsaj", "dsi", "fss" };
  g_autofree char *receipt = jn_uuid_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  GString *args = g_string_new (NULL);

  g_string_printf (
      args,
      "{\"at\":\"%s\",\"visit\":\"%s\",\"receipt\":\"%s\",\"event\":\"birth\",\"language\":\"zh-"
      "Hant\","
      "\"signature\":{\"person\":\"%s\",\"method\":\"pad\",\"blob\":null},\"persons\":["
      "{\"id\":\"%s\",\"role\":\"mother\",\"capacity\":\"parent\",\"document\":{\"kind\":\"bir\","
      "\"number\":\"19999990\",\"issuer\":\"MO\"}},"
      "{\"id\":\"%s\",\"role\":\"father\",\"capacity\":\"parent\",\"document\":{\"kind\":"
      "\"passport\",\"number\":\"L898902C3\",\"issuer\":\"PT\"}},"
      "{\"id\":\"%s\",\"role\":\"child\",\"capacity\":\"\",\"document\":null}],\"applications\":[",
      at, visit, receipt, persons[0], persons[0], persons[1], persons[2]);
  append_applications (args);
  g_string_append (args, "],\"papers\":[");
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    g_string_append_printf (args,
                            "%s{\"code\":\"%s\",\"services\":[\"%s\"],\"state\":\"presented\","
                            "\"original\":true,\"blob\":null,\"source\":null}",
                            i > 0 ? "," : "", papers[i], services[i % G_N_ELEMENTS (services)]);
  g_string_append (args, "],\"consents\":[");
  for (guint i = 0; i < G_N_ELEMENTS (departments); i++)
    g_string_append_printf (args, "%s{\"person\":\"%s\",\"department\":\"%s\",\"given\":true}",
                            i > 0 ? "," : "", persons[0], departments[i]);
  g_string_append (args, "]}");
  return g_string_free (args, FALSE);
}

/* ---- clients ---- */

typedef enum
{
  SUBMIT, /* api.visit_submit */
  ROWS,   /* its rows alone */
  BARE,   /* as many bytes of WAL */
} Work;

typedef struct
{
  PGconn *connection;
  GPtrArray *submissions; /* texts, still to be sent */
  char *row;              /* of the bare insert */
  char *rows;             /* how many */
  Work work;
  volatile gint *stop; /* NULL: until there is no submission left */
  guint done;
} Client;

static void
check (PGconn *connection, PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    g_error ("%s: %s", PQuser (connection), PQerrorMessage (connection));
  PQclear (result);
}

static void
connect_client (Client *client, guint i)
{
  g_autofree char *name = g_strdup_printf ("c%u", i);
  g_autofree char *login = server_login (name);
  g_autofree char *dsn = g_strdup_printf ("%s user=%s password=test-word", server_dsn (), login);
  g_autofree char *open = g_strdup_printf (
      "select api.session_open (gen_random_uuid (), '{\"terminal\": \"T%02u\"}')", i + 1);

  client->connection = PQconnectdb (dsn);
  check (client->connection, PQexec (client->connection, open));
  check (client->connection, PQprepare (client->connection, "submit",
                                        "select api.visit_submit ($1::uuid, $2::jsonb)", 0, NULL));
  check (client->connection,
         PQprepare (client->connection, "rows", "select test.rows ($1::uuid, $2::jsonb)", 0, NULL));
  check (client->connection,
         PQprepare (client->connection, "bare",
                    "insert into test.raw (data) select $1 from generate_series (1, $2::int)", 0,
                    NULL));
  client->submissions = g_ptr_array_new_with_free_func (g_free);
}

/* A clerk for each client, in the branches 100 … 139 or all in the first. */
static void
make_clerks (gboolean one_branch)
{
  g_free (sql_value (
      server_owner (),
      "select api.demo_load (gen_random_uuid (), jsonb_build_object ('staff', jsonb_build_object "
      "('staff', jsonb_agg (jsonb_build_object ('login', test.login ('c' || i), 'name', "
      "'{}'::jsonb, 'roles', '[\"clerk\"]'::jsonb, 'branch', (case when %s then 100 else 100 + i "
      "%% %d end)::text, 'languages', '[]'::jsonb, 'password', 'test-word', 'authorisations', "
      "'[]'::jsonb))))) from generate_series (0, %d) i",
      one_branch ? "true" : "false", BRANCHES, CLIENTS - 1));
}

/* So many open visits of this client, each with three people and the drafts of its forms. */
static void
make_submissions (Client *client, guint i, gboolean one_branch, guint n)
{
  g_autofree char *ids = sql_value (
      server_owner (),
      "with v as (insert into desk.visit (branch, day, login, counter, event, services, opened_at)"
      " select '%u', current_date, test.login ('c%u'), 1, 'birth', '{dsaj-birth-reg}', now ()"
      " from generate_series (1, %u) returning id, branch), p as (insert into desk.visit_person"
      " (id, branch, visit, role, capacity, document) select gen_random_uuid (), branch, v.id, "
      "r.role, r.capacity,"
      " desk.document_checked (r.document::jsonb) from v, (values"
      " ('mother', 'parent', '{\"kind\": \"bir\", \"number\": \"1999999(0)\", \"issuer\": "
      "\"MO\"}'), "
      "('father', 'parent',"
      " '{\"kind\": \"passport\", \"number\": \"L898902C3\", \"issuer\": \"PT\"}'), ('child', '', "
      "null))"
      " r (role, capacity, document) returning id, visit), d as (insert into"
      " desk.draft (application, branch, visit, service, version, xml, login, saved_at) select"
      " gen_random_uuid (), branch, v.id, 'x', '1', repeat ('x', 1500), 'x', now () from v,"
      " generate_series (1, 3))"
      " select string_agg (visit || ',' || persons, ' ')"
      " from (select visit, string_agg (id::text, ',') as persons from p group by visit) one",
      one_branch ? 100 : 100 + i % BRANCHES, i, n);
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);

  g_ptr_array_set_size (client->submissions, 0);
  for (guint k = 0; list[k] != NULL; k++)
    {
      g_auto (GStrv) parts = g_strsplit (list[k], ",", -1);

      g_ptr_array_add (client->submissions, make_args (parts[0], parts + 1));
    }
}

static void
submit_once (Client *client, const char *statement)
{
  guint last = client->submissions->len - 1;
  g_autofree char *args = g_ptr_array_steal_index (client->submissions, last);
  g_autofree char *key = jn_uuid_new ();
  const char *values[] = { key, args };

  check (client->connection,
         PQexecPrepared (client->connection, statement, 2, values, NULL, NULL, 0));
}

static void
insert_once (Client *client)
{
  const char *values[] = { client->row, client->rows };

  check (client->connection, PQexecPrepared (client->connection, "bare", 2, values, NULL, NULL, 0));
}

static gpointer
client_thread (gpointer data)
{
  Client *client = data;

  for (client->done = 0; client->stop == NULL || !g_atomic_int_get (client->stop); client->done++)
    if (client->work == BARE)
      insert_once (client);
    else if (client->submissions->len > 0)
      submit_once (client, client->work == ROWS ? "rows" : "submit");
    else
      break;
  return NULL;
}

/* ---- measuring ---- */

/* What the servers of @n clients have used of the processors, in seconds. */
static double
server_time (const Client *clients, guint n)
{
  double nanoseconds = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/proc/%d/schedstat", PQbackendPID (clients[i].connection));
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        nanoseconds += g_ascii_strtod (text, NULL);
    }
  return nanoseconds / 1e9;
}

typedef struct
{
  double done;
  double seconds;
  double server; /* seconds of processor */
} Turn;

/* @ms: 0: until every client has nothing left */
static void
take_turn (Client *clients, guint n, Work work, guint ms, Turn *turn)
{
  volatile gint stop = 0;
  GThread *threads[CLIENTS];
  gint64 began = g_get_monotonic_time ();
  double server = server_time (clients, n);

  for (guint i = 0; i < n; i++)
    {
      clients[i].work = work;
      clients[i].stop = ms > 0 ? &stop : NULL;
      threads[i] = g_thread_new (NULL, client_thread, &clients[i]);
    }
  g_usleep (ms * 1000); /* the time that is measured */
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < n; i++)
    {
      g_thread_join (threads[i]);
      turn->done += clients[i].done;
    }
  turn->seconds += (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  turn->server += server_time (clients, n) - server;
}

static double
wal_position (void)
{
  g_autofree char *at
      = sql_value (server_owner (), "select pg_wal_lsn_diff (pg_current_wal_insert_lsn (), '0/0')");

  return g_ascii_strtod (at, NULL);
}

static double
wal_of (Client *client, Work work)
{
  Turn turn = { 0 };
  double before;

  make_submissions (client, 0, FALSE, 200);
  before = wal_position ();
  take_turn (client, 1, work, work == BARE ? 200 : 0, &turn);
  return (wal_position () - before) / turn.done;
}

static void
set_rows (Client *client, guint n, guint length)
{
  g_free (client->row);
  g_free (client->rows);
  client->row = g_strnfill (length, 'x');
  client->rows = g_strdup_printf ("%u", n);
}

/* The bare insert's rows, so that they write as much WAL as one submission. */
static void
match_wal (Client *clients)
{
  guint n;
  guint length = 1900;
  double wal;

  wal_of (clients, SUBMIT); /* pages are written whole once after a checkpoint */
  wal = wal_of (clients, SUBMIT);
  n = (guint)(wal / length);
  for (guint i = 0; i < 3; i++)
    {
      set_rows (clients, n, length);
      length = (guint)(length * wal / wal_of (clients, BARE));
    }
  for (guint i = 0; i < CLIENTS; i++)
    set_rows (&clients[i], n, length);
  g_printerr ("  a submission writes %.0f bytes of WAL; so do %u rows of %u bytes\n", wal, n,
              length);
}

static double
rate_of (const Turn *turn)
{
  return turn->done / turn->seconds;
}

static void
print_row (const char *what, guint n, const Turn *turn, const Turn *bare, double target)
{
  char number[2][G_ASCII_DTOSTR_BUF_SIZE];
  double ratio = rate_of (turn) / rate_of (bare);

  g_ascii_formatd (number[0], sizeof number[0], "%.1f", rate_of (turn));
  g_ascii_formatd (number[1], sizeof number[1], "%.3f", ratio);
  g_print ("{\"name\":\"backend/submit-%s%u\",\"value\":%s,\"unit\":\"visits/s\",\"against\":"
           "\"inserts of the same WAL\",\"ratio\":%s,\"target\":\"%s\",\"meets\":%s}\n",
           what, n, number[0], number[1], target > 0 ? "≥ 0.30" : "reported",
           ratio >= target ? "true" : "false");
}

static void
measure (Client *clients, guint n, gboolean one_branch)
{
  Turn warm = { 0 };
  Turn turns[] = { [SUBMIT] = { 0 }, [ROWS] = { 0 }, [BARE] = { 0 } };

  for (guint i = 0; i < n; i++)
    make_submissions (&clients[i], i, one_branch, WARM);
  take_turn (clients, n, SUBMIT, 0, &warm);
  for (guint turn = 0; turn < TURNS; turn++)
    for (Work work = SUBMIT; work <= BARE; work++)
      {
        for (guint i = 0; work != BARE && i < n; i++)
          make_submissions (&clients[i], i, one_branch, 4000 / MAX (n, 2));
        take_turn (clients, n, work, 1000, &turns[work]);
      }
  print_row (one_branch ? "one-branch-" : "", n, &turns[SUBMIT], &turns[BARE],
             one_branch ? 0 : 0.30);
  if (!one_branch)
    print_row ("rows-alone-", n, &turns[ROWS], &turns[BARE], 0);
  g_printerr ("  %2u clients: %.0f submissions/s, %.0f of the rows alone, %.0f inserts/s; the "
              "server works %.0f, "
              "%.0f and %.0f µs for one\n",
              n, rate_of (&turns[SUBMIT]), rate_of (&turns[ROWS]), rate_of (&turns[BARE]),
              turns[SUBMIT].server / turns[SUBMIT].done * 1e6,
              turns[ROWS].server / turns[ROWS].done * 1e6,
              turns[BARE].server / turns[BARE].done * 1e6);
}

/* Where the time goes, by the server's own count: of one client alone. */
static void
print_parts (void)
{
  g_autoptr (PGresult) result = PQexec (
      server_owner (),
      "select schemaname || '.' || funcname, calls / n, self_time * 1000 / n"
      " from pg_stat_user_functions, (select calls::float as n from"
      " pg_stat_user_functions where funcname = 'visit_submit' and schemaname = 'desk') s"
      " where schemaname in ('desk', 'api') and self_time > 0 order by self_time desc"
      " limit 16");

  for (int i = 0; i < PQntuples (result); i++)
    g_printerr ("  %-26s %4.1f times %8.1f µs\n", PQgetvalue (result, i, 0),
                g_ascii_strtod (PQgetvalue (result, i, 1), NULL),
                g_ascii_strtod (PQgetvalue (result, i, 2), NULL));
}

static void
open_clients (Client *clients, gboolean one_branch)
{
  make_clerks (one_branch);
  for (guint i = 0; i < CLIENTS; i++)
    connect_client (&clients[i], i);
}

static void
close_clients (Client *clients)
{
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_clear_pointer (&clients[i].connection, PQfinish);
      g_clear_pointer (&clients[i].submissions, g_ptr_array_unref);
    }
}

/* Each part's cost: counting it costs as well, so it is measured apart. */
static void
measure_parts (Client *client)
{
  Turn turn = { 0 };

  check (server_owner (), PQexec (server_owner (), "select pg_stat_reset ()"));
  g_free (sql_value (server_owner (), "alter database %s set track_functions = 'all'",
                     PQdb (server_owner ())));
  PQfinish (client->connection);
  g_ptr_array_unref (client->submissions);
  connect_client (client, 0);
  make_submissions (client, 0, FALSE, 500);
  take_turn (client, 1, SUBMIT, 0, &turn);
  PQfinish (client->connection); /* it tells its counts at its end */
  g_free (sql_value (server_owner (), "alter database %s reset track_functions",
                     PQdb (server_owner ())));
  connect_client (client, 0);
  print_parts ();
}

static void
prepare_tables (void)
{
  g_free (sql_value (
      server_owner (),
      "create table test.raw (id bigint generated always as identity primary key, data text);"
      "alter table test.raw alter data set storage external; grant usage on schema test to public;"
      "grant insert on test.raw to public"));
  server_read ("tests/bench/submit-rows.sql");
  g_free (sql_value (server_owner (),
                     "select count (api.demo_load (gen_random_uuid (), jsonb_build_object "
                     "('branch', test.branch ((100 + i)::text)))) from generate_series (0, %d) i",
                     BRANCHES - 1));
}

int
main (int argc, char **argv)
{
  Client clients[CLIENTS] = { 0 };

  setlocale (LC_ALL, "");
  if (argc > 1 && !g_str_has_prefix (argv[1], "backend/submit")
      && !g_str_has_prefix ("backend/submit", argv[1]))
    return 0;
  server_owner ();
  prepare_tables ();
  prepare_forms ();
  open_clients (clients, FALSE);
  match_wal (clients);
  g_free (sql_value (server_owner (),
                     "vacuum analyze")); /* as it is on a server that has worked for a day */
  measure (clients, 1, FALSE);
  measure (clients, 8, FALSE);
  measure (clients, 64, FALSE);
  measure_parts (&clients[0]);
  close_clients (clients);
  open_clients (clients, TRUE);
  measure (clients, 64, TRUE);
  close_clients (clients);
  return 0;
}
