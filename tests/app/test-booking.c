/* test-booking.c: the outside channel as its client is: a login of its own over SCRAM, no session, its own functions and
 * nothing else ($JANELA_TEST_DSN). */
#include <string.h>

#include "app/json.h"
#include "tests/app/server.h"

typedef struct
{
  PGconn *connection;
} Channel;

static void
set_up (Channel *channel, gconstpointer data)
{
  const char *keywords[] = { "dbname", "user", "password", NULL };
  const char *values[] = { NULL, NULL, "test-word", NULL };
  g_autofree char *login = NULL;

  server_owner ();
  login = server_login ("bok");
  values[0] = server_dsn ();
  values[1] = login;
  channel->connection = PQconnectdbParams (keywords, values, 1);
  g_assert_cmpint (PQstatus (channel->connection), ==, CONNECTION_OK);
}

static void
tear_down (Channel *channel, gconstpointer data)
{
  PQfinish (channel->connection);
}

/* The first value, or the SQLSTATE and code of the refusal. (transfer full) */
static char *
call (Channel *channel, const char *sql, const char *args)
{
  const char *values[] = { args };
  g_autoptr (PGresult) result = PQexecParams (channel->connection, sql, args != NULL ? 1 : 0, NULL,
                                              values, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    return g_strdup_printf ("%s %s", PQresultErrorField (result, PG_DIAG_SQLSTATE),
                            PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
  return g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : NULL);
}

static char *
run (Channel *channel, const char *command, const char *path, const char *args)
{
  g_autofree char *sql
      = g_strdup_printf ("select api.%s (gen_random_uuid (), $1::jsonb) #>> '{%s}'", command, path);

  return call (channel, sql, args);
}

static char *
ask (Channel *channel, const char *query, const char *path, const char *args)
{
  g_autofree char *sql = g_strdup_printf ("select api.%s ($1::jsonb) #>> '{%s}'", query, path);

  return call (channel, sql, args);
}

static char *
of (const char *key, const char *value)
{
  return g_strdup_printf ("{\"%s\":\"%s\"}", key, value);
}

/* Half hours of every day, so that the test holds at any hour. */
static void
open_slots (void)
{
  g_free (sql_value (
      server_owner (),
      "insert into desk.slot_rule (branch, service_group, weekday, from_time, until_time, capacity)"
      " select '91', 'civil', d, '00:00', '23:59', 1 from generate_series (1, 7) d"
      " on conflict do nothing"));
  g_free (
      sql_value (server_owner (), "update desk.branch set weekly_rest = '{}' where code = '91'"));
  g_free (sql_value (server_owner (), "select desk.calendar_rebuild ('91')"));
}

static void
test_books (Channel *channel, gconstpointer data)
{
  g_autofree char *newest = ask (channel, "hello", "newest", "{\"protocol\":1}");
  g_autofree char *early
      = ask (channel, "booking_rules", "check_in_early_s", "{\"branch\":\"91\"}");
  g_autofree char *slot = NULL;
  g_autofree char *later = NULL;
  g_autofree char *order = NULL;
  g_autofree char *code = NULL;
  g_autofree char *full = NULL;
  g_autofree char *named = NULL;
  g_autofree char *move = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *state = NULL;

  g_assert_nonnull (newest);
  g_assert_cmpstr (early, ==, "1800");
  open_slots ();
  slot = ask (channel, "slots", "days,1,slots,20,at",
              "{\"branch\":\"91\",\"services\":[\"dsaj-birth-reg\"]}");
  later = ask (channel, "slots", "days,2,slots,20,at",
               "{\"branch\":\"91\",\"services\":[\"dsaj-birth-reg\"]}");
  g_assert_nonnull (slot);
  order = g_strdup_printf ("{\"branch\":\"91\",\"services\":[\"dsaj-birth-reg\"],\"slot\":\"%s\","
                           "\"language\":\"pt\",\"contact\":\"6600 0000\"}",
                           slot);
  code = run (channel, "appointment_book", "code", order);
  g_assert_cmpuint (strlen (code), ==, 9);
  full = run (channel, "appointment_book", "code", order);
  g_assert_cmpstr (full, ==, "JN001 slot-full");
  move = g_strdup_printf ("{\"code\":\"%s\",\"slot\":\"%s\"}", code, later);
  moved = run (channel, "appointment_move", "state", move);
  g_assert_cmpstr (moved, ==, "booked");
  named = of ("code", code);
  g_free (run (channel, "appointment_cancel", "state", named));
  state = ask (channel, "appointment", "state", named);
  g_assert_cmpstr (state, ==, "cancelled");
}

/* A number for today, followed until its citizen was called and did not come. */
static void
test_follows (Channel *channel, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *named = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  open_slots ();
  id = run (channel, "ticket_remote", "id",
            "{\"branch\":\"91\",\"services\":[\"dsaj-birth-reg\"],\"language\":\"en\"}");
  g_assert_cmpuint (strlen (id), ==, 36);
  named = of ("ticket", id);
  before = ask (channel, "ticket_status", "state", named);
  g_assert_cmpstr (before, ==, "expected");
  g_free (sql_value (server_owner (),
                     "update desk.ticket set state = 'done', outcome = 'no-show', finished = "
                     "now () where id = '%s'",
                     id));
  after = ask (channel, "ticket_status", "outcome", named);
  g_assert_cmpstr (after, ==, "no-show");
}

/* Whatever api has or will have: what is not the channel's own is refused before it begins. */
static void
test_nothing_else (Channel *channel, gconstpointer data)
{
  static const char own[]
      = "{hello,slots,appointment_book,appointment_move,appointment_cancel,appointment,"
        "ticket_remote,ticket_status,booking_rules,notices}";
  g_autofree char *tables = call (channel, "select count (*) from desk.ticket", NULL);
  g_autofree char *wider = sql_value (
      server_owner (),
      "select string_agg (p.proname, ' ') from pg_proc p where pronamespace = 'api'::regnamespace"
      " and has_function_privilege ('janela_booking', p.oid, 'execute') and p.proname <> all "
      "('%s')",
      own);
  g_autofree char *others = sql_value (
      server_owner (),
      "select string_agg (format ('select api.%%I (%%s)', p.proname,"
      " (select string_agg ('null::' || format_type (t, null), ', ' order by n)"
      "  from unnest (p.proargtypes) with ordinality a (t, n))), ';' order by p.proname)"
      " from pg_proc p where pronamespace = 'api'::regnamespace and p.proname <> all ('%s')",
      own);
  g_auto (GStrv) calls = g_strsplit (others, ";", -1);

  g_assert_true (g_str_has_prefix (tables, "42501"));
  g_assert_null (wider);
  g_assert_cmpuint (g_strv_length (calls), >, 60);
  for (char **sql = calls; *sql != NULL; sql++)
    {
      g_autofree char *answer = call (channel, *sql, NULL);

      g_test_message ("%s: %s", *sql, answer);
      g_assert_true (answer != NULL && g_str_has_prefix (answer, "42501"));
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/booking/" name, Channel, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("books-moves-cancels", test_books);
  ADD ("follows-its-numbers", test_follows);
  ADD ("nothing-else", test_nothing_else);
  return g_test_run ();
}
