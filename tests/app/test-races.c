/* test-races.c: two people at once, in the order that does harm ($JANELA_TEST_DSN): a third connection holds up who
 * must not be first. */
#include "tests/app/hall-day.h"
#include "tests/app/server.h"

#define BIRTH "\"services\":[\"dsaj-birth-reg\"]"

static PGconn *
third_connection (void)
{
  PGconn *third = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));

  if (PQstatus (third) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (third));
  return third;
}

static void
hold (PGconn *third, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("begin; %s", what);
  g_autoptr (PGresult) result = PQexec (third, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
}

static void
let_go (PGconn *third)
{
  PQclear (PQexec (third, "commit"));
}

static void
send_command (PGconn *connection, const char *command, const char *args)
{
  g_autofree char *sql
      = g_strdup_printf ("select api.%s (gen_random_uuid (), '%s')", command, args);

  g_assert_true (PQsendQuery (connection, sql));
}

/* Until it waits for somebody else's lock. */
static void
send_and_wait (PGconn *connection, const char *command, const char *args)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  g_autofree char *waits = NULL;

  send_command (connection, command, args);
  while (g_strcmp0 (waits, "Lock") != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_free (waits);
      waits = sql_value (server_owner (),
                         "select wait_event_type from pg_stat_activity where pid = %d",
                         PQbackendPID (connection));
    }
}

/* What came of it: "done", or the fault's SQLSTATE and code. (transfer full) */
static char *
outcome (PGconn *connection)
{
  g_autoptr (PGresult) result = PQgetResult (connection);
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  char *said = state == NULL
                   ? g_strdup ("done")
                   : g_strdup_printf ("%s %s", state,
                                      PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));

  g_assert_null (PQgetResult (connection));
  return said;
}

static void
assert_outcome (PGconn *connection, const char *expected)
{
  g_autofree char *said = outcome (connection);

  g_assert_cmpstr (said, ==, expected);
}

static void
run (PGconn *connection, const char *command, const char *args)
{
  send_command (connection, command, args);
  assert_outcome (connection, "done");
}

static void
clear_hall (void)
{
  g_free (sql_value (server_owner (), "truncate desk.ticket cascade"));
}

/* Issued by @clerk, called and at his desk: its id. (transfer full) */
static char *
begin_ticket (PGconn *clerk)
{
  char *id;
  g_autofree char *args = NULL;

  run (clerk, "ticket_issue", "{" BIRTH "}");
  run (clerk, "ticket_call_next", "{}");
  id = sql_value (server_owner (), "select id from desk.ticket where state = 'called'");
  args = g_strdup_printf ("{\"ticket\":\"%s\"}", id);
  run (clerk, "ticket_arrive", args);
  return id;
}

/* Nobody is called in a branch that was locked while he was waited for. */
static void
test_call_in_emergency (void)
{
  static const char *const commands[] = { "ticket_call_next", "ticket_call" };
  g_autoptr (PGconn) clerk = hall_connect ("ana", 1, 1);
  g_autoptr (PGconn) chief = hall_connect ("eva", 2, 2);
  g_autoptr (PGconn) third = third_connection ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *args = NULL;

      clear_hall ();
      run (clerk, "ticket_issue", "{" BIRTH "}");
      id = sql_value (server_owner (), "select id from desk.ticket");
      args = g_strdup_printf ("{\"ticket\":\"%s\",\"reason\":\"test\"}", id);
      hold (third, "select desk.lock_queue ('91')");
      send_and_wait (chief, "emergency_begin", "{\"reason\":\"test\"}");
      send_and_wait (clerk, commands[i], args);
      let_go (third);
      assert_outcome (chief, "done");
      assert_outcome (clerk, "JN001 emergency");
      run (chief, "emergency_end", "{\"tickets\":\"keep\"}");
    }
}

/* One person who signed in at two counters has one ticket at a time. */
static void
test_two_calls (void)
{
  g_autoptr (PGconn) here = hall_connect ("ana", 1, 1);
  g_autoptr (PGconn) there = hall_connect ("ana", 3, 3);
  g_autoptr (PGconn) third = third_connection ();

  clear_hall ();
  run (here, "ticket_issue", "{" BIRTH "}");
  run (here, "ticket_issue", "{" BIRTH "}");
  hold (third, "select desk.lock_queue ('91')");
  send_and_wait (here, "ticket_call_next", "{}");
  send_and_wait (there, "ticket_call_next", "{}");
  let_go (third);
  assert_outcome (here, "done");
  assert_outcome (there, "JN001 has-ticket");
}

/* Nor does she get one by going on with who is on hold, or by opening one, while the other is being called. */
static void
test_call_and_resume (void)
{
  static const char *const commands[] = { "ticket_resume", "ticket_open" };
  g_autoptr (PGconn) here = hall_connect ("ana", 1, 1);
  g_autoptr (PGconn) there = hall_connect ("ana", 3, 3);
  g_autoptr (PGconn) third = third_connection ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *args = NULL;

      clear_hall ();
      id = begin_ticket (here);
      args = g_strdup_printf ("{\"ticket\":\"%s\",\"channel\":\"phone\"," BIRTH "}", id);
      run (here, "ticket_hold", args);
      run (here, "ticket_issue", "{" BIRTH "}");
      hold (third, "select from desk.ticket where state = 'waiting' for update");
      send_and_wait (there, "ticket_call_next", "{}");
      send_and_wait (here, commands[i], args);
      let_go (third);
      assert_outcome (there, "done");
      assert_outcome (here, "JN001 has-ticket");
    }
}

/* Two families, whose numbers are of the same two letters the other way round. */
static void
test_families (void)
{
  g_autoptr (PGconn) one = hall_connect ("ana", 1, 0);
  g_autoptr (PGconn) other = hall_connect ("eva", 2, 0);
  g_autoptr (PGconn) third = third_connection ();

  clear_hall ();
  run (one, "ticket_issue", "{" BIRTH "}");
  run (one, "ticket_issue", "{\"services\":[\"dsi-bir-first\"]}");
  hold (third, "select from desk.number where series = 'ticket:B' for update");
  send_and_wait (one, "ticket_issue",
                 "{" BIRTH ",\"companions\":[{\"services\":[\"dsi-bir-first\"],\"own\":true}]}");
  send_and_wait (other, "ticket_issue",
                 "{\"services\":[\"dsi-bir-first\"],\"companions\":[{" BIRTH ",\"own\":true}]}");
  let_go (third);
  assert_outcome (one, "done");
  assert_outcome (other, "done");
}

/* Services are chosen in a visit that a supervisor takes over. */
static void
test_choose_while_taken (void)
{
  g_autoptr (PGconn) clerk = hall_connect ("ana", 1, 1);
  g_autoptr (PGconn) chief = hall_connect ("eva", 2, 2);
  g_autoptr (PGconn) third = third_connection ();
  g_autofree char *id = NULL;
  g_autofree char *visit = NULL;
  g_autofree char *take = NULL;
  g_autofree char *choose = NULL;

  clear_hall ();
  id = begin_ticket (clerk);
  visit = sql_value (server_owner (), "select visit from desk.ticket");
  take = g_strdup_printf ("{\"ticket\":\"%s\",\"reason\":\"test\"}", id);
  choose = g_strdup_printf ("{\"visit\":\"%s\"," BIRTH "}", visit);
  hold (third, "select from desk.ticket for update");
  send_and_wait (chief, "ticket_take", take);
  send_and_wait (clerk, "visit_bundle", choose);
  let_go (third);
  assert_outcome (chief, "done");
  assert_outcome (clerk, "JN003 not-your-visit");
}

/* Two numbers are merged while all are closed, in another order: whoever locks more than one ticket does so
 * alone, so they wait for each other in one direction only. */
static void
test_merge_while_closing (void)
{
  g_autoptr (PGconn) clerk = hall_connect ("ana", 81, 0);
  g_autoptr (PGconn) chief = hall_connect ("eva", 82, 0);
  g_autoptr (PGconn) third = third_connection ();
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  g_autofree char *merge = NULL;
  g_autofree char *lock = NULL;

  clear_hall ();
  for (guint i = 0; i < 2; i++)
    run (clerk, "ticket_issue", "{" BIRTH "}");
  run (chief, "emergency_begin", "{\"reason\":\"test\"}");
  low = sql_value (server_owner (), "select id from desk.ticket order by id limit 1");
  high = sql_value (server_owner (), "select id from desk.ticket order by id desc limit 1");
  g_free (sql_value (server_owner (),
                     "update desk.ticket set due = due - interval '1 hour' where id = '%s'", high));
  lock = g_strdup_printf ("select from desk.ticket where id = '%s' for update", low);
  hold (third, lock);
  merge = g_strdup_printf ("{\"ticket\":\"%s\",\"into\":\"%s\"}", low, high);
  send_and_wait (clerk, "ticket_merge", merge);
  send_and_wait (chief, "emergency_end", "{\"tickets\":\"close\"}");
  let_go (third);
  assert_outcome (clerk, "done");
  assert_outcome (chief, "done");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  server_owner ();
  g_test_add_func ("/app/races/call-in-emergency", test_call_in_emergency);
  g_test_add_func ("/app/races/two-calls", test_two_calls);
  g_test_add_func ("/app/races/call-and-resume", test_call_and_resume);
  g_test_add_func ("/app/races/families", test_families);
  g_test_add_func ("/app/races/choose-while-taken", test_choose_while_taken);
  g_test_add_func ("/app/races/merge-while-closing", test_merge_while_closing);
  return g_test_run ();
}
