/* test-crowd.c: a full hall ($JANELA_TEST_DSN): 64 connections at once issue tickets and call them. Numbers have no
 * gap and no double; no ticket is called twice, and none is passed over. */
#include "app/postgres/pq.h"
#include "tests/app/server.h"

#define CLERKS 64
#define IDENTITY 10 /* of them at counters for identity only: 71 … 80 */
#define TICKETS 6   /* that each issues */

typedef struct
{
  PGconn *connection;
  guint number;
  guint called;
} Clerk;

static PGresult *
execute (Clerk *clerk, const char *sql)
{
  PGresult *result = PQexec (clerk->connection, sql);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (clerk->connection));
  return result;
}

static gpointer
issue_thread (gpointer data)
{
  static const char *const services[]
      = { "dsaj-birth-reg", "dsi-bir-first", "dsi-personal-data-cert" };
  static const char *const priorities[] = { "none", "infant", "senior" };
  Clerk *clerk = data;

  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "select api.ticket_issue (gen_random_uuid (), jsonb_build_object ('services',"
          " '[\"%s\"]'::jsonb, 'priority', '%s', 'at', now () - interval '%u seconds'))",
          services[(clerk->number + i) % 3], priorities[i % 3],
          (clerk->number * 37 + i * 101) % 3000);

      PQclear (execute (clerk, sql));
    }
  return NULL;
}

/* Calls and finishes until nothing is left for this counter. */
static gpointer
call_thread (gpointer data)
{
  Clerk *clerk = data;

  for (;;)
    {
      g_autoptr (PGresult) called = execute (
          clerk, "select api.ticket_call_next (gen_random_uuid (), '{}') #>> '{ticket,id}'");
      g_autofree char *finish = NULL;

      if (PQgetisnull (called, 0, 0))
        return NULL;
      clerk->called++;
      finish = g_strdup_printf (
          "select api.ticket_no_show (gen_random_uuid (), '{\"ticket\": \"%s\"}')",
          PQgetvalue (called, 0, 0));
      PQclear (execute (clerk, finish));
    }
}

static void
everybody (Clerk *clerks, GThreadFunc work)
{
  GThread *threads[CLERKS];

  for (guint i = 0; i < CLERKS; i++)
    threads[i] = g_thread_new (NULL, work, &clerks[i]);
  for (guint i = 0; i < CLERKS; i++)
    g_thread_join (threads[i]);
}

static void
open_counters (Clerk *clerks)
{
  g_free (sql_value (
      server_owner (),
      "select api.demo_load (gen_random_uuid (), jsonb_build_object ('staff', jsonb_build_object "
      "('staff', jsonb_agg ("
      "jsonb_build_object ('login', test.login ('k' || i), 'name', '{}'::jsonb, 'roles', "
      "'[\"clerk\"]'::jsonb, 'branch', '91',"
      " 'languages', '[]'::jsonb, 'password', 'test-word',"
      " 'authorisations', '[{\"services\": [\"*\"], \"from\": \"2020-01-01\"}]'::jsonb)))))"
      " from generate_series (0, %d) i",
      CLERKS - 1));
  for (guint i = 0; i < CLERKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("k%u", i);
      g_autofree char *login = server_login (name);
      g_autofree char *dsn
          = g_strdup_printf ("%s user=%s password=test-word", server_dsn (), login);
      guint counter = i < IDENTITY ? 71 + i : i - IDENTITY + 1;
      g_autofree char *sql = g_strdup_printf ("select api.session_open (gen_random_uuid (), "
                                              "'{\"terminal\": \"T%02u\", \"counter\": %u}')",
                                              counter, counter);

      clerks[i].number = i;
      clerks[i].connection = PQconnectdb (dsn);
      PQclear (execute (&clerks[i], sql));
    }
}

/* The calls one after another as the branch's lock put them: each took the smallest due of what its counter may
 * serve. What was waiting then had not been called before. */
static const char passed_over[]
    = "with call as (select e.id, e.counter, t.due, t.services from desk.event e join desk.ticket "
      "t on t.id = "
      "e.subject"
      "              where e.kind = 'ticket' and e.what = 'called' and e.branch = '91')"
      " select count (*) from call c join call later on later.id > c.id"
      " where later.due < c.due and (c.counter <= 70 or later.services[1] like 'dsi-%')";

static void
test_crowd (void)
{
  Clerk clerks[CLERKS] = { 0 };
  guint called = 0;
  g_autofree char *numbers = NULL;
  g_autofree char *doubles = NULL;
  g_autofree char *passed = NULL;
  g_autofree char *left = NULL;

  open_counters (clerks);
  everybody (clerks, issue_thread);
  numbers = sql_value (
      server_owner (),
      "select string_agg (distinct gapless::text, ' ') from (select count (*) = max (substr "
      "(number, 2)::int)"
      " and count (distinct number) = count (*) as gapless from desk.ticket where branch = '91'"
      " group by left (number, 1)) n");
  g_assert_cmpstr (numbers, ==, "true");
  everybody (clerks, call_thread);
  for (guint i = 0; i < CLERKS; i++)
    {
      called += clerks[i].called;
      PQfinish (clerks[i].connection);
    }
  g_assert_cmpuint (called, ==, CLERKS * TICKETS);
  doubles = sql_value (server_owner (),
                       "select count (*) from (select subject from desk.event where kind = "
                       "'ticket' and what = 'called'"
                       " group by subject having count (*) > 1) d");
  g_assert_cmpstr (doubles, ==, "0");
  passed = sql_value (server_owner (), "%s", passed_over);
  g_assert_cmpstr (passed, ==, "0");
  left = sql_value (server_owner (),
                    "select count (*) from desk.ticket where branch = '91' and state = 'waiting'");
  g_assert_cmpstr (left, ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/crowd/no-double-and-none-passed-over", test_crowd);
  return g_test_run ();
}
