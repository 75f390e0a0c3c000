/* test-line.c: the rules of the line against chance ($JANELA_TEST_DSN): many counters at once do what
 * comes, and the order holds, nobody starves, no ticket is lost or called twice; and a small day, clock by clock. */
#include "tests/app/hall-day.h"
#include "tests/app/server.h"

#define CLERKS 20
#define IDENTITY 4 /* of them at counters of one department: 71 … */
#define ROUNDS 5
#define STEPS 6 /* of each clerk in a round, before the calls */
#define CALLS 4

typedef struct
{
  PGconn *connection;
  GRand *dice;
  char *last; /* (nullable): the ticket that this clerk ended last */
  guint issued;
} Clerk;

/* The first value, or NULL for nothing and for a conflict: somebody was faster. (transfer full) */
static char *
run (Clerk *clerk, const char *command, const char *path, const char *args)
{
  g_autofree char *sql
      = g_strdup_printf ("select api.%s (gen_random_uuid (), $1::jsonb) #>> '{%s}'", command, path);
  const char *values[] = { args };
  g_autoptr (PGresult) result
             = PQexecParams (clerk->connection, sql, 1, NULL, values, NULL, NULL, 0);
  const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  if (state != NULL && !g_str_has_prefix (state, "JN00"))
    g_error ("%s %s: %s", command, args, PQerrorMessage (clerk->connection));
  if (state != NULL || PQgetisnull (result, 0, 0))
    return NULL;
  return g_strdup (PQgetvalue (result, 0, 0));
}

static char *
of_ticket (const char *id, const char *more)
{
  return g_strdup_printf ("{\"ticket\":\"%s\",\"reason\":\"chance\"%s}", id, more);
}

static void
issue (Clerk *clerk)
{
  static const char *const kinds[]
      = { "\"dsaj-birth-reg\"", "\"dsi-bir-first\"", "\"dsi-personal-data-cert\"",
          "\"dsi-bir-first\",\"fss-birth-allowance\"" };
  static const char *const classes[] = { "none", "none", "infant", "senior" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then
             = g_date_time_add_seconds (now, -g_rand_int_range (clerk->dice, 1, 3000));
  g_autofree char *at = g_date_time_format_iso8601 (then);
  g_autofree char *args = g_strdup_printf (
      "{\"services\":[%s],\"priority\":\"%s\",\"language\":\"pt\",\"at\":\"%s\"}",
      kinds[g_rand_int_range (clerk->dice, 0, 4)], classes[g_rand_int_range (clerk->dice, 0, 4)],
      at);
  g_autofree char *id = run (clerk, "ticket_issue", "id", args);

  g_assert_nonnull (id);
  clerk->issued++;
}

/* A ticket that this clerk sees waiting, if any. (transfer full) (nullable) */
static char *
some_waiting (Clerk *clerk)
{
  g_autofree char *sql = g_strdup_printf ("select api.queue ('{}') #>> '{waiting,%d,id}'",
                                          g_rand_int_range (clerk->dice, 0, 5));
  g_autoptr (PGresult) result = PQexec (clerk->connection, sql);

  return PQgetisnull (result, 0, 0) ? NULL : g_strdup (PQgetvalue (result, 0, 0));
}

static void
change_some (Clerk *clerk, const char *command, const char *more)
{
  g_autofree char *id = some_waiting (clerk);
  g_autofree char *args = id != NULL ? of_ticket (id, more) : NULL;

  if (id != NULL)
    g_free (run (clerk, command, "id", args));
}

/* Called by a mis-click, and taken back. */
static void
call_and_undo (Clerk *clerk)
{
  g_autofree char *id = run (clerk, "ticket_call_next", "ticket,id", "{}");
  g_autofree char *args = id != NULL ? of_ticket (id, "") : NULL;
  g_autofree char *undone = id != NULL ? run (clerk, "ticket_undo", "state", args) : NULL;

  if (id != NULL)
    g_assert_cmpstr (undone, ==, "waiting");
}

static gpointer
change_thread (gpointer data)
{
  Clerk *clerk = data;
  g_autofree char *args = NULL;

  for (guint i = 0; i < STEPS; i++)
    switch (g_rand_int_range (clerk->dice, 0, 8))
      {
      case 0:
        change_some (clerk, "ticket_cancel", ",\"outcome\":\"left-waiting\"");
        break;
      case 1:
        change_some (clerk, "ticket_change", ",\"priority\":\"senior\"");
        break;
      case 2:
        call_and_undo (clerk);
        break;
      case 3:
        g_clear_pointer (&args, g_free);
        args = clerk->last != NULL ? of_ticket (clerk->last, "") : NULL;
        if (args != NULL)
          g_free (run (clerk, "ticket_return", "id", args));
        break;
      default:
        issue (clerk);
      }
  return NULL;
}

/* Serves whom it called, in one way or another; whoever it is, he does not wait again. */
static void
serve (Clerk *clerk, const char *id)
{
  g_autofree char *args = of_ticket (id, "");

  g_free (clerk->last);
  clerk->last = g_strdup (id);
  if (g_rand_int_range (clerk->dice, 0, 4) == 0)
    {
      g_free (run (clerk, "ticket_no_show", "id", args));
      return;
    }
  g_free (run (clerk, "ticket_arrive", "visit", args));
  if (g_rand_int_range (clerk->dice, 0, 3) == 0)
    g_free (run (clerk, "ticket_hold", "id", args));
  g_free (run (clerk, "ticket_finish", "id", args));
}

static gboolean
call_once (Clerk *clerk)
{
  g_autofree char *id = run (clerk, "ticket_call_next", "ticket,id", "{}");

  if (id == NULL)
    return FALSE;
  serve (clerk, id);
  return TRUE;
}

static gpointer
call_thread (gpointer data)
{
  for (guint i = 0; i < CALLS && call_once (data); i++)
    ;
  return NULL;
}

static gpointer
drain_thread (gpointer data)
{
  while (call_once (data))
    ;
  return NULL;
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

/* Of the calls since @event: each took the smallest due of all that its counter may serve and that were called
 * after it or wait still. The event's number is the order in which the lock let them through. */
static void
check_order (const char *event)
{
  g_autofree char *passed = sql_value (
      server_owner (),
      "with call as (select e.id, e.counter, t.due, t.services from desk.event e join desk.ticket "
      "t "
      "on t.id = e.subject where e.kind = 'ticket' and e.what = 'called' and e.branch = '91' and "
      "e.id "
      "> %s),"
      " later as (select id, due, services from call union all select 9223372036854775807, due, "
      "services from desk.ticket where branch = '91' and state = 'waiting')"
      " select count (*) from call c join later l on l.id > c.id and l.due < c.due"
      " where c.counter <= 70 or not exists (select from unnest (l.services) s where s not like "
      "'dsi-%%')",
      event);

  g_assert_cmpstr (passed, ==, "0");
}

static void
check_rest (Clerk *clerks)
{
  g_autofree char *count
      = sql_value (server_owner (), "select count (*) from desk.ticket where branch = '91'");
  g_autofree char *open = sql_value (
      server_owner (), "select count (*) from desk.ticket where branch = '91' and state <> 'done'");
  g_autofree char *doubles = sql_value (
      server_owner (),
      "select count (*) from (select e.what, lag (e.what) over (partition by e.subject order by "
      "e.id) as before from desk.event e where e.kind = 'ticket' and e.what in ('called', "
      "'returned', 'undone')) x where x.what = 'called' and x.before = 'called'");
  g_autofree char *differences = sql_value (
      server_owner (),
      "select count (*) from (select field from desk.ticket_differences ('91', "
      "'00000000-0000-0000-0000-000000000000', 100000) union all select field from "
      "desk.visit_differences ('91', '00000000-0000-0000-0000-000000000000', 100000)) d");
  guint issued = 0;

  for (guint i = 0; i < CLERKS; i++)
    issued += clerks[i].issued;
  g_assert_cmpuint (issued, ==, (guint)g_ascii_strtoull (count, NULL, 10));
  g_assert_cmpstr (open, ==, "0");
  g_assert_cmpstr (doubles, ==, "0");
  g_assert_cmpstr (differences, ==, "0");
}

static void
connect_clerk (Clerk *clerk, guint i, guint32 seed)
{
  g_autofree char *name = g_strdup_printf ("k%u", i);

  clerk->connection = hall_connect (name, i + 1, i < IDENTITY ? 71 + i : i - IDENTITY + 1);
  clerk->dice = g_rand_new_with_seed (seed);
}

static void
disconnect_clerk (Clerk *clerk)
{
  PQfinish (clerk->connection);
  g_rand_free (clerk->dice);
  g_free (clerk->last);
}

static void
test_chance (void)
{
  Clerk clerks[CLERKS] = { 0 };
  guint32 seed = (guint32)g_test_rand_int ();

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < CLERKS; i++)
    connect_clerk (&clerks[i], i, seed + i);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *event = NULL;

      everybody (clerks, change_thread);
      event = sql_value (server_owner (), "select coalesce (max (id), 0) from desk.event");
      everybody (clerks, call_thread);
      check_order (event);
    }
  everybody (clerks, drain_thread);
  check_rest (clerks);
  for (guint i = 0; i < CLERKS; i++)
    disconnect_clerk (&clerks[i]);
}

/* Families come while others do: each has numbers of its own, for what one counter serves, and for more. */
static gpointer
family_thread (gpointer data)
{
  Clerk *clerk = data;

  for (guint i = 0; i < STEPS; i++)
    {
      g_autofree char *id
          = run (clerk, "ticket_issue", "id",
                 "{\"services\":[\"dsaj-birth-reg\"],\"priority\":\"none\",\"language\":\"pt\","
                 "\"companions\":[{\"services\":[\"dsi-bir-first\"],\"own\":true},"
                 "{\"services\":[\"dsi-personal-data-cert\"],\"own\":true}]}");

      g_assert_nonnull (id);
      issue (clerk);
    }
  return NULL;
}

/* Nobody of a family is called before its first, nor to another counter; nobody waits for ever. */
static void
test_families (void)
{
  Clerk clerks[CLERKS] = { 0 };
  g_autofree char *apart = NULL;
  g_autofree char *open = NULL;
  g_autofree char *followers = NULL;

  g_free (sql_value (server_owner (), "truncate desk.ticket cascade"));
  for (guint i = 0; i < CLERKS; i++)
    connect_clerk (&clerks[i], i, 4711 + i);
  everybody (clerks, family_thread);
  everybody (clerks, drain_thread);
  apart = sql_value (server_owner (),
                     "select count (*) from desk.ticket f join desk.ticket l on l.id = f.follows "
                     "where f.counter <> l.counter or f.called < l.called");
  open = sql_value (server_owner (), "select count (*) from desk.ticket where state <> 'done'");
  followers
      = sql_value (server_owner (), "select count (*) from desk.ticket where follows is not null");
  g_assert_cmpstr (apart, ==, "0");
  g_assert_cmpstr (open, ==, "0");
  g_assert_cmpuint ((guint)g_ascii_strtoull (followers, NULL, 10), ==, CLERKS * STEPS * 2);
  for (guint i = 0; i < CLERKS; i++)
    disconnect_clerk (&clerks[i]);
}

/* 250 people at 9 counters: the same play as a whole day's. */
static void
test_day (void)
{
  HallDay day = { .tickets = 250, .counters = 9, .seed = 9 };

  g_free (sql_value (server_owner (), "truncate desk.ticket cascade"));
  hall_day_play (&day);
  g_assert_cmpuint (day.calls, ==, 250);
  g_assert_cmpuint (day.served + day.no_shows, ==, 250);
  g_assert_cmpuint (day.passed_over, ==, 0);
  g_assert_cmpuint (day.wrong_clocks, ==, 0);
  g_assert_cmpuint (day.differences, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  server_owner ();
  hall_make_clerks (CLERKS);
  g_test_add_func ("/app/line/chance", test_chance);
  g_test_add_func ("/app/line/families", test_families);
  g_test_add_func ("/app/line/day", test_day);
  return g_test_run ();
}
