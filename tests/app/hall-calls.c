/* hall-calls.c: counters in threads of their own, as each has a connection of its own. */
#include "tests/app/hall-calls.h"

#include "tests/app/hall-day.h"
#include "tests/app/server.h"

#define WARM                                                                                       \
  4 /* calls of each counter before the clock runs: in a hall plans are made in the morning */

typedef struct
{
  PGconn *connection;
  volatile gint *stop; /* NULL: warm up */
  GArray *times;       /* of gint64: µs that each call took */
  const char *release; /* the statement */
} Counter;

static const struct
{
  const char *name;
  const char *sql;
} releases[] = {
  [HALL_NO_SHOW]
  = { "no-show",
      "select api.ticket_no_show (gen_random_uuid (), jsonb_build_object ('ticket', $1::text))" },
  [HALL_LET_GO] = { "let-go", "select test.let_go ($1::uuid)" },
};

struct HallCalls
{
  guint n;
  Counter *counters;
};

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
}

static void
prepare_release (Counter *counter, HallRelease release)
{
  g_autoptr (PGresult) described = NULL;

  counter->release = releases[release].name;
  described = PQdescribePrepared (counter->connection, counter->release);
  if (PQresultStatus (described) != PGRES_COMMAND_OK)
    prepare (counter->connection, counter->release, releases[release].sql);
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

/* Calls and lets go, until it is told to stop or nobody waits; to warm up, as often as is said. */
static gpointer
call_thread (gpointer data)
{
  Counter *counter = data;

  for (guint i = 0; counter->stop != NULL ? !g_atomic_int_get (counter->stop) : i < WARM; i++)
    {
      gint64 began = g_get_monotonic_time ();
      g_autoptr (PGresult) called = run (counter, "call", NULL);
      gint64 took = g_get_monotonic_time () - began;

      if (PQgetisnull (called, 0, 0))
        break;
      g_array_append_val (counter->times, took);
      PQclear (run (counter, counter->release, PQgetvalue (called, 0, 0)));
    }
  return NULL;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *)a;
  gint64 second = *(const gint64 *)b;

  return first < second ? -1 : first > second;
}

static void
start_counters (HallCalls *self, volatile gint *stop, GThread **threads)
{
  for (guint i = 0; i < self->n; i++)
    {
      self->counters[i].stop = stop;
      g_array_set_size (self->counters[i].times, 0);
      threads[i] = g_thread_new (NULL, call_thread, &self->counters[i]);
    }
}

/* No ticket twice, and none passed over: in the order in which the lock let the calls through, each took
 * the smallest due of all that were called after it or wait still. */
static void
check_calls (void)
{
  g_autofree char *doubles = sql_value (
      server_owner (),
      "select count (*) from (select e.subject from desk.event e join desk.ticket t on t.id = "
      "e.subject where e.what = 'called' group by e.subject having count (*) > 1) d");
  g_autofree char *passed = sql_value (
      server_owner (),
      "with call as (select row_number () over (order by e.id) as n, t.due from desk.event e join "
      "desk.ticket t on t.id = e.subject where e.what = 'called')"
      " select count (*) from (select due, lead (due) over (order by n) as later from call) c "
      "where "
      "later < due");
  g_autofree char *left = sql_value (
      server_owner (),
      "select count (*) from desk.ticket w where w.state = 'waiting' and w.due < (select max (due) "
      "from desk.ticket where state <> 'waiting')");

  g_assert_cmpstr (doubles, ==, "0");
  g_assert_cmpstr (passed, ==, "0");
  g_assert_cmpstr (left, ==, "0");
}

/* -- as the header says ------------------------------------------------------------------------------ */

void
hall_fill_line (guint waiting)
{
  g_free (sql_value (
      server_owner (),
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
      "* 7919) %% 7200) from generate_series (1, %u) i; analyze desk.ticket",
      waiting));
}

HallCalls *
hall_calls_new (guint counters)
{
  HallCalls *self = g_new0 (HallCalls, 1);

  self->n = counters;
  self->counters = g_new0 (Counter, counters);
  for (guint i = 0; i < counters; i++)
    open_counter (&self->counters[i], i);
  return self;
}

void
hall_calls_free (HallCalls *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      PQfinish (self->counters[i].connection);
      g_array_unref (self->counters[i].times);
    }
  g_free (self->counters);
  g_free (self);
}

double
hall_calls_run (HallCalls *self, HallRelease release, guint waiting, guint seconds, double *p99)
{
  volatile gint stop = 0;
  g_autofree GThread **threads = g_new (GThread *, self->n);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 began, took;

  hall_fill_line (waiting);
  for (guint i = 0; i < self->n; i++)
    prepare_release (&self->counters[i], release);
  start_counters (self, NULL, threads);
  for (guint i = 0; i < self->n; i++)
    g_thread_join (threads[i]);
  began = g_get_monotonic_time ();
  start_counters (self, &stop, threads);
  g_usleep (seconds * G_USEC_PER_SEC); /* the time that is measured */
  g_atomic_int_set (&stop, 1);
  for (guint i = 0; i < self->n; i++)
    {
      g_thread_join (threads[i]);
      g_array_append_vals (all, self->counters[i].times->data, self->counters[i].times->len);
    }
  took = g_get_monotonic_time () - began;
  g_assert_cmpuint (all->len, <, waiting); /* else nobody waited at the end */
  check_calls ();
  g_array_sort (all, compare_times);
  *p99 = (double)g_array_index (all, gint64, all->len * 99 / 100) / 1000;
  return all->len * (double)G_USEC_PER_SEC / (double)took;
}
