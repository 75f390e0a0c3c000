/* bench-queue.c: the line under load ($JANELA_TEST_DSN): real server, real connections.
 *
 * queue/call-64: 64 counters call from 5,000 waiting tickets, against pgbench with the same lock and the
 * same query and nothing else; -flush: a disk that takes 2 ms; -p99: of one call among 64.
 * queue/listen-500: a change told to 500 idle terminals. queue/change-to-screen: from a call's commit
 * to another terminal's board. queue/day-10000: a day of a large hall, all clocks checked. */
#include <locale.h>
#include <poll.h>
#include <stdlib.h>

#include "app/board.h"
#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "tests/app/hall-day.h"
#include "tests/app/server.h"

#define COUNTERS 64
#define WAITING 5000
#define SECONDS 4
#define LISTENERS 500

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
  g_print ("{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"against\":%s%s%s,\"ratio\":%s,"
           "\"target\":\"%s\",\"meets\":%s}\n",
           name, number[0], unit, against != NULL ? "\"" : "", against != NULL ? against : "null",
           against != NULL ? "\"" : "", against != NULL ? number[1] : "null", target,
           meets ? "true" : "false");
}

/* ---- 64 counters ---- */

typedef struct
{
  PGconn *connection;
  volatile gint *stop;
  GArray *times; /* of gint64: µs that each call took */
} Counter;

static void
prepare (PGconn *connection, const char *name, const char *sql)
{
  g_autoptr (PGresult) result = PQprepare (connection, name, sql, 0, NULL);

  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (connection));
}

static void
open_counter (Counter *counter, guint i)
{
  g_autofree char *name = g_strdup_printf ("k%u", i);

  counter->connection = hall_connect (name, i + 1, i + 1);
  counter->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  prepare (counter->connection, "call",
           "select api.ticket_call_next (gen_random_uuid (), '{}') #>> '{ticket,id}'");
  prepare (
      counter->connection, "release",
      "select api.ticket_no_show (gen_random_uuid (), jsonb_build_object ('ticket', $1::text))");
}

static PGresult *
run (Counter *counter, const char *name, const char *value)
{
  PGresult *result
      = PQexecPrepared (counter->connection, name, value != NULL ? 1 : 0, &value, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", name, PQerrorMessage (counter->connection));
  return result;
}

/* Calls and lets go, until it is told to stop or nobody waits. */
static gpointer
call_thread (gpointer data)
{
  Counter *counter = data;

  while (!g_atomic_int_get (counter->stop))
    {
      gint64 began = g_get_monotonic_time ();
      g_autoptr (PGresult) called = run (counter, "call", NULL);
      gint64 took = g_get_monotonic_time () - began;

      if (PQgetisnull (called, 0, 0))
        break;
      g_array_append_val (counter->times, took);
      PQclear (run (counter, "release", PQgetvalue (called, 0, 0)));
    }
  return NULL;
}

/* Twelve kinds of work, as a hall has them. */
static void
fill_line (void)
{
  g_free (server_value (
      "truncate desk.ticket cascade;"
      "insert into desk.ticket (branch, day, number, event, services, priority, language, arrived, "
      "due)"
      " select '91', current_date, 'L' || i, null, (array['{dsaj-birth-reg}', '{dsi-bir-first}', "
      "'{fss-birth-allowance}', '{dsi-personal-data-cert}', '{dsaj-birth-reg,dsi-bir-first}', "
      "'{dsi-bir-first,fss-birth-allowance}', '{dsaj-birth-reg,fss-birth-allowance}', "
      "'{dsi-bir-first,dsi-personal-data-cert}', '{dsaj-birth-reg,dsi-personal-data-cert}', "
      "'{dsi-personal-data-cert,fss-birth-allowance}', "
      "'{dsaj-birth-reg,dsi-bir-first,fss-birth-allowance}', "
      "'{dsaj-birth-reg,dsi-personal-data-cert,fss-birth-allowance}'])[i %% 12 + 1]::text[], "
      "'none', "
      "'pt', now () - make_interval (secs => (i * 7919) %% 7200), now () - make_interval (secs => "
      "(i "
      "* 7919) %% 7200) from generate_series (1, %d) i; analyze desk.ticket",
      WAITING));
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a;
  gint64 second = *(const gint64 *)b;

  return first < second ? -1 : first > second;
}

/* Calls a second, and the 99th percentile of one in ms. */
static double
measure_calls (Counter *counters, double *p99)
{
  volatile gint stop = 0;
  GThread *threads[COUNTERS];
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 began;

  fill_line ();
  began = g_get_monotonic_time ();
  for (guint i = 0; i < COUNTERS; i++)
    {
      counters[i].stop = &stop;
      g_array_set_size (counters[i].times, 0);
      threads[i] = g_thread_new (NULL, call_thread, &counters[i]);
    }
  g_usleep (SECONDS * G_USEC_PER_SEC); /* the time that is measured */
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < COUNTERS; i++)
    {
      g_thread_join (threads[i]);
      g_array_append_vals (all, counters[i].times->data, counters[i].times->len);
    }
  g_assert_cmpuint (all->len, <, WAITING); /* else nobody waited at the end */
  g_array_sort (all, compare_times);
  *p99 = (double)g_array_index (all, gint64, all->len * 99 / 100) / 1000;
  return all->len * (double)G_USEC_PER_SEC / (double)(g_get_monotonic_time () - began);
}

/* No ticket twice, and none passed over: in the order in which the lock let the calls through, each took
 * the smallest due of all that were called after it or wait still. */
static void
check_calls (void)
{
  g_autofree char *doubles = server_value (
      "select count (*) from (select e.subject from desk.event e join desk.ticket t on t.id = "
      "e.subject where e.what = 'called' group by e.subject having count (*) > 1) d");
  g_autofree char *passed = server_value (
      "with call as (select row_number () over (order by e.id) as n, t.due from desk.event e join "
      "desk.ticket t on t.id = e.subject where e.what = 'called')"
      " select count (*) from (select due, lead (due) over (order by n) as later from call) c "
      "where "
      "later < due");
  g_autofree char *left = server_value (
      "select count (*) from desk.ticket w where w.state = 'waiting' and w.due < (select max (due) "
      "from desk.ticket where state <> 'waiting')");

  g_assert_cmpstr (doubles, ==, "0");
  g_assert_cmpstr (passed, ==, "0");
  g_assert_cmpstr (left, ==, "0");
}

/* The same lock and query and an update, by pgbench: nobody asks who calls, nothing is noted. */
static double
measure_bare (void)
{
  static const char script[]
      = "begin;\n"
        "select pg_advisory_xact_lock (91);\n"
        "with recursive head as (\n"
        " (select t.services, t.due, t.id from test.line t where t.branch = '91' and t.state = "
        "'waiting' and not t.directed order by t.services, t.due, t.id limit 1)\n"
        " union all select n.services, n.due, n.id from head h cross join lateral (select "
        "t.services, t.due, t.id from test.line t where t.branch = '91' and t.state = 'waiting' "
        "and "
        "not t.directed and t.services > h.services order by t.services, t.due, t.id limit 1) n)\n"
        "update test.line set state = 'called', called = now () where id = (select h.id from head "
        "h "
        "where h.services <@ '{dsaj-birth-reg,dsi-bir-first,dsi-personal-data-cert,"
        "fss-birth-allowance}' order by h.due, h.id limit 1) returning id \\gset\n"
        "commit;\n"
        "update test.line set state = 'done', finished = now () where id = :id::uuid;\n";
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "bare.sql", NULL);
  g_autofree char *seconds = g_strdup_printf ("%d", SECONDS);
  g_autofree char *clients = g_strdup_printf ("%d", COUNTERS);
  const char *argv[] = { "pgbench",
                         "-n",
                         "-M",
                         "prepared",
                         "-c",
                         clients,
                         "-j",
                         "2",
                         "-T",
                         seconds,
                         "-f",
                         path,
                         g_getenv ("JANELA_TEST_OWNER"),
                         NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  const char *tps;

  fill_line ();
  g_free (server_value (
      "drop table if exists test.line; create table test.line (like desk.ticket including defaults "
      "including generated); alter table test.line add primary key (id);"
      "create index line_waiting on test.line (branch, services, due, id) where state = 'waiting';"
      "insert into test.line (branch, day, number, services, priority, language, arrived, due, "
      "held_for) select branch, day, number || '.' || i, services, priority, language, arrived, "
      "due + "
      "make_interval (secs => i), '0' from desk.ticket, generate_series (1, 8) i; analyze "
      "test.line"));
  g_assert_true (g_file_set_contents (path, script, -1, NULL));
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL,
                &error);
  g_assert_no_error (error);
  tps = strstr (out, "tps = ");
  g_assert_nonnull (tps);
  return g_ascii_strtod (tps + strlen ("tps = "), NULL);
}

static void
open_counters (Counter *counters)
{
  for (guint i = 0; i < COUNTERS; i++)
    open_counter (&counters[i], i);
}

static void
close_counters (Counter *counters)
{
  for (guint i = 0; i < COUNTERS; i++)
    {
      g_clear_pointer (&counters[i].connection, PQfinish);
      g_clear_pointer (&counters[i].times, g_array_unref);
    }
}

static void
bench_calls (void)
{
  Counter counters[COUNTERS] = { 0 };
  double rate = 0, bare = 0, p99 = G_MAXDOUBLE;

  open_counters (counters);
  for (int round = 0; round < 2; round++)
    {
      double tail;

      rate = MAX (rate, measure_calls (counters, &tail));
      p99 = MIN (p99, tail);
      check_calls ();
      bare = MAX (bare, measure_bare ());
    }
  close_counters (counters);
  print_row ("queue/call-64", rate, "calls/s", "pgbench, same lock and query", rate / bare,
             "≥ 0.7 of it", rate / bare >= 0.7);
  print_row ("queue/call-p99", p99, "ms", NULL, 0, "≤ 500 ms with 64 at once", p99 <= 500);
}

/* Each flush of the log waits 2 ms more: commit_delay does so where a group of one is enough. */
static void
bench_flush (void)
{
  Counter counters[COUNTERS] = { 0 };
  double rate, p99;

  g_free (server_value ("alter database %s set commit_delay = 2000; alter database %s set "
                        "commit_siblings = 0",
                        PQdb (server_owner ()), PQdb (server_owner ())));
  open_counters (counters);
  rate = measure_calls (counters, &p99);
  check_calls ();
  close_counters (counters);
  g_free (server_value ("alter database %s reset commit_delay; alter database %s reset "
                        "commit_siblings",
                        PQdb (server_owner ()), PQdb (server_owner ())));
  print_row ("queue/call-64-flush", rate, "calls/s", NULL, 0, "≥ 250", rate >= 250);
}

/* ---- 500 terminals that listen ---- */

static double
tell_listeners (PGconn **listeners, PGconn *speaker)
{
  struct pollfd waits[LISTENERS];
  guint left = LISTENERS;
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < LISTENERS; i++)
    waits[i] = (struct pollfd){ .fd = PQsocket (listeners[i]), .events = POLLIN };
  PQclear (PQexec (speaker, "select api.notify ('ticket', '')"));
  while (left > 0)
    {
      g_assert_cmpint (poll (waits, LISTENERS, 10000), >, 0);
      for (guint i = 0; i < LISTENERS; i++)
        if (waits[i].fd >= 0 && (waits[i].revents & POLLIN) != 0)
          {
            PGnotify *notify;

            PQconsumeInput (listeners[i]);
            notify = PQnotifies (listeners[i]);
            if (notify == NULL)
              continue;
            PQfreemem (notify);
            waits[i].fd = -1;
            left--;
          }
    }
  return (double)(g_get_monotonic_time () - began) / 1000;
}

static void
bench_listen (void)
{
  static PGconn *listeners[LISTENERS];
  PGconn *speaker = hall_connect ("k0", 1, 1);
  double slowest = 0;

  for (guint i = 0; i < LISTENERS; i++)
    {
      listeners[i] = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
      if (PQstatus (listeners[i]) != CONNECTION_OK)
        g_error ("%s", PQerrorMessage (listeners[i]));
      PQclear (PQexec (listeners[i], "listen jn_91"));
    }
  for (int round = 0; round < 20; round++)
    slowest = MAX (slowest, tell_listeners (listeners, speaker));
  for (guint i = 0; i < LISTENERS; i++)
    PQfinish (listeners[i]);
  PQfinish (speaker);
  print_row ("queue/listen-500", slowest, "ms", NULL, 0, "≤ 200 ms to the last of 500",
             slowest <= 200);
}

/* ---- from a change to a screen ---- */

static void
on_board_called_cb (JnBoard *board, const JnBoardCall *call, gboolean *seen)
{
  *seen = TRUE;
}

static double
call_and_see (JnBackend *clerk, JnBoard *board)
{
  gboolean seen = FALSE;
  gulong handler = g_signal_connect (board, "called", G_CALLBACK (on_board_called_cb), &seen);
  g_autoptr (GVariant) answer = server_run (clerk, "ticket_call_next", NULL, NULL);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GVariant) ticket = jn_dict_dict (answer, "ticket");
  g_autoptr (GVariant) released = NULL;
  double took;

  server_wait (&seen);
  took = (double)(g_get_monotonic_time () - began) / 1000;
  g_signal_handler_disconnect (board, handler);
  released = server_run (clerk, "ticket_no_show",
                         jn_dict_new ("ticket", "s", jn_dict_string (ticket, "id"), NULL), NULL);
  g_usleep (
      150000); /* as a hall: not two calls at once, or the second waits for the first's rest */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return took;
}

static void
bench_screen (void)
{
  g_autoptr (JnBackend) clerk = JN_BACKEND (jn_postgres_new (server_dsn ()));
  g_autoptr (JnBackend) other = JN_BACKEND (jn_postgres_new (server_dsn ()));
  g_autoptr (GVariant) signed_in = server_sign_in (clerk, "k0", "T01", 1, NULL);
  g_autoptr (JnSession) session = hall_session (other, "brd", "T99");
  g_autoptr (JnBoard) board = jn_board_new (session);
  double slowest = 0;

  g_assert_nonnull (signed_in);
  fill_line ();
  hall_refresh_board (board);
  for (int i = 0; i < 20; i++)
    slowest = MAX (slowest, call_and_see (clerk, board));
  print_row ("queue/change-to-screen", slowest, "ms", NULL, 0, "≤ 200 ms, the slowest of 20",
             slowest <= 200);
  server_sign_out (clerk);
  server_sign_out (other);
}

/* ---- a day ---- */

static void
bench_day (void)
{
  HallDay day = { .tickets = 10000, .counters = 57, .seed = 20261126 };
  gint64 began = g_get_monotonic_time ();
  double seconds;

  g_free (server_value ("truncate desk.ticket cascade"));
  hall_day_play (&day);
  seconds = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_assert_cmpuint (day.wrong_clocks + day.passed_over + day.differences, ==, 0);
  print_row ("queue/day-10000", seconds, "s", NULL, 0, "≤ 300 s, all clocks right", seconds <= 300);
}

static gboolean
wanted (const char *prefix, const char *name)
{
  return prefix == NULL || g_str_has_prefix (name, prefix) || g_str_has_prefix (prefix, name);
}

int
main (int argc, char **argv)
{
  const char *prefix = argc > 1 ? argv[1] : NULL;

  setlocale (LC_ALL, "");
  server_owner ();
  hall_make_clerks (COUNTERS);
  if (wanted (prefix, "queue/call-64") || wanted (prefix, "queue/call-p99"))
    bench_calls ();
  if (wanted (prefix, "queue/call-64-flush"))
    bench_flush ();
  if (wanted (prefix, "queue/listen-500"))
    bench_listen ();
  if (wanted (prefix, "queue/change-to-screen"))
    bench_screen ();
  if (wanted (prefix, "queue/day-10000"))
    bench_day ();
  return 0;
}
