/* hall-day.c: a day of a hall by discrete events: people arrive, counters call, serve, hold and finish. */
#include "tests/app/hall-day.h"

#include "app/dict.h"
#include "tests/app/fake-backend.h"
#include "tests/app/server.h"

#define MS 1000 /* µs */
#define SECOND (1000 * (gint64)MS)

typedef enum
{
  ARRIVES,
  CALLS,
  AT_DESK,
  NO_SHOW,
  HOLDS,
  RESUMES,
  FINISHES,
} Step;

typedef struct
{
  gint64 at; /* µs since 1970 */
  guint order;
  Step step;
  guint ticket;
  guint counter;
} Event;

typedef struct
{
  char *id;
  guint kind;
  gint64 due;
  gint64 arrived, called, at_desk, finished, held; /* µs */
  gint64 way, service, hold;                       /* µs that are planned */
  gboolean comes;
  gboolean waits;
} Ticket;

typedef struct
{
  PGconn *connection;
  gboolean identity; /* serves one department only */
  gboolean idle;
} Counter;

typedef struct
{
  HallDay *day;
  GRand *dice;
  GSequence *events;
  guint n_events;
  Ticket *tickets;
  Counter *counters;
  PGconn *reception;
  GHashTable *by_id; /* → index + 1 */
  gint64 opens;
} Play;

/* What a person comes for; the last two are nothing for a counter of the identity department. */
static const char *const kinds[] = {
  "\"dsi-bir-first\"",
  "\"dsi-personal-data-cert\"",
  "\"dsaj-birth-reg\"",
  "\"dsi-bir-first\",\"fss-birth-allowance\"",
};
#define IDENTITY_KINDS 2

/* -- people of the test -------------------------------------------------------------------------- */

void
hall_make_clerks (guint n)
{
  g_free (sql_value (
      server_owner (),
      "select api.demo_load (gen_random_uuid (), jsonb_build_object ('staff', jsonb_build_object "
      "('staff', jsonb_agg (jsonb_build_object ('login', test.login ('k' || i), 'name', "
      "'{}'::jsonb, 'roles', '[\"clerk\"]'::jsonb, 'branch', '91', 'languages', '[]'::jsonb, "
      "'password', 'test-word', 'authorisations', '[{\"services\": [\"*\"], \"from\": "
      "\"2020-01-01\"}]'::jsonb))))) from generate_series (0, %u) i",
      n - 1));
}

PGconn *
hall_connect (const char *name, guint terminal, guint counter)
{
  g_autofree char *login = server_login (name);
  g_autofree char *dsn = g_strdup_printf ("%s user=%s password=test-word", server_dsn (), login);
  g_autofree char *sql
      = g_strdup_printf ("select api.session_open (gen_random_uuid (), '{\"terminal\": \"T%02u\", "
                         "\"counter\": %u}')",
                         terminal, counter);
  PGconn *connection = PQconnectdb (dsn);
  g_autoptr (PGresult) result = NULL;

  if (PQstatus (connection) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (connection));
  result = PQexec (connection, sql);
  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (connection));
  return connection;
}

JnSession *
hall_session (JnBackend *backend, const char *name, const char *terminal)
{
  g_autoptr (JnSettings) settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", 0, NULL);
  g_autofree char *login = server_login (name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JnSession *session = jn_session_new (backend, settings);

  g_free (sql_value (server_owner (),
                     "update desk.publication set current = false where kind = 'facts'"));
  jn_session_sign_in_async (session, login, "test-word", terminal, 0, NULL, jn_awaited_cb, &result);
  jn_session_sign_in_finish (session, jn_await (&result), &error);
  g_assert_no_error (error);
  return session;
}

void
hall_refresh_board (JnBoard *board)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_board_refresh_async (board, NULL, jn_awaited_cb, &result);
  jn_board_refresh_finish (board, jn_await (&result), &error);
  g_assert_no_error (error);
}

/* -- the play ---------------------------------------------------------------------------------------- */

static int
compare_events (gconstpointer a, gconstpointer b, gpointer data)
{
  const Event *first = a;
  const Event *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

static void
plan (Play *play, gint64 at, Step step, guint ticket, guint counter)
{
  Event *event = g_new (Event, 1);

  *event = (Event){ at, play->n_events++, step, ticket, counter };
  g_sequence_insert_sorted (play->events, event, compare_events, NULL);
}

/* Runs a command; @path of its answer, "" where there is none. (transfer full) */
static char *
run (PGconn *connection, const char *command, gint64 at, const char *path, const char *args)
{
  g_autofree char *when = jn_time_format (at);
  g_autofree char *sql
      = g_strdup_printf ("select api.%s (gen_random_uuid (), $1::jsonb) #>> '{%s}'", command, path);
  g_autofree char *json
      = g_strdup_printf ("{\"at\":\"%s\"%s%s}", when, *args != '\0' ? "," : "", args);
  const char *values[] = { json };
  g_autoptr (PGresult) result = PQexecParams (connection, sql, 1, NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s %s: %s", command, json, PQerrorMessage (connection));
  return g_strdup (PQgetvalue (result, 0, 0));
}

static void
step_of (Play *play, const char *command, const Event *event)
{
  g_autofree char *args = g_strdup_printf ("\"ticket\":\"%s\"", play->tickets[event->ticket].id);

  g_free (run (play->counters[event->counter].connection, command, event->at, "id", args));
}

static gboolean
can_serve (const Counter *counter, const Ticket *ticket)
{
  return !counter->identity || ticket->kind < IDENTITY_KINDS;
}

/* One that is idle and can serve it calls now. */
static void
wake (Play *play, const Ticket *ticket, gint64 at)
{
  for (guint i = 0; i < play->day->counters; i++)
    if (play->counters[i].idle && can_serve (&play->counters[i], ticket))
      {
        play->counters[i].idle = FALSE;
        plan (play, at, CALLS, 0, i);
        return;
      }
}

static void
arrive (Play *play, const Event *event)
{
  static const struct
  {
    const char *name;
    gint64 credit; /* minutes, as the fixture's branch gives */
  } classes[] = { { "none", 0 }, { "none", 0 }, { "none", 0 }, { "infant", 10 }, { "senior", 15 } };
  Ticket *ticket = &play->tickets[event->ticket];
  guint class = (guint)g_rand_int_range (play->dice, 0, G_N_ELEMENTS (classes));
  g_autofree char *args
      = g_strdup_printf ("\"services\":[%s],\"priority\":\"%s\",\"language\":\"pt\"",
                         kinds[ticket->kind], classes[class].name);

  ticket->id = run (play->reception, "ticket_issue", event->at, "id", args);
  ticket->arrived = event->at;
  ticket->due = event->at - classes[class].credit * 60 * SECOND;
  ticket->waits = TRUE;
  g_hash_table_insert (play->by_id, ticket->id, GUINT_TO_POINTER (event->ticket + 1));
  wake (play, ticket, event->at);
}

/* The rule, as the hall's own list has it: nobody whom this counter serves was due before. */
static void
check_turn (Play *play, const Counter *counter, const Ticket *called)
{
  for (guint i = 0; i < play->day->tickets; i++)
    {
      const Ticket *other = &play->tickets[i];

      if (other->waits && other->due < called->due && can_serve (counter, other))
        {
          play->day->passed_over++;
          return;
        }
    }
}

static void
call (Play *play, const Event *event)
{
  Counter *counter = &play->counters[event->counter];
  g_autofree char *id = run (counter->connection, "ticket_call_next", event->at, "ticket,id", "");
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (play->by_id, id));
  Ticket *ticket = index > 0 ? &play->tickets[index - 1] : NULL;

  if (ticket == NULL)
    {
      counter->idle = TRUE;
      return;
    }
  play->day->calls++;
  g_assert_true (ticket->waits && can_serve (counter, ticket));
  check_turn (play, counter, ticket);
  ticket->waits = FALSE;
  ticket->called = event->at;
  plan (play, event->at + ticket->way, ticket->comes ? AT_DESK : NO_SHOW, index - 1,
        event->counter);
}

static void
sit_down (Play *play, const Event *event)
{
  Ticket *ticket = &play->tickets[event->ticket];

  step_of (play, "ticket_arrive", event);
  ticket->at_desk = event->at;
  if (ticket->hold > 0)
    plan (play, event->at + ticket->service / 2, HOLDS, event->ticket, event->counter);
  else
    plan (play, event->at + ticket->service, FINISHES, event->ticket, event->counter);
}

static void
leave (Play *play, const Event *event, const char *command)
{
  play->tickets[event->ticket].finished = event->at;
  step_of (play, command, event);
  plan (play, event->at + SECOND, CALLS, 0, event->counter);
}

static void
take_step (Play *play, const Event *event)
{
  Ticket *ticket = &play->tickets[event->ticket];

  switch (event->step)
    {
    case ARRIVES:
      arrive (play, event);
      break;
    case CALLS:
      call (play, event);
      break;
    case AT_DESK:
      sit_down (play, event);
      break;
    case NO_SHOW:
      play->day->no_shows++;
      leave (play, event, "ticket_no_show");
      break;
    case HOLDS:
      step_of (play, "ticket_hold", event);
      plan (play, event->at + ticket->hold, RESUMES, event->ticket, event->counter);
      break;
    case RESUMES:
      step_of (play, "ticket_resume", event);
      ticket->held = ticket->hold;
      plan (play, event->at + ticket->service / 2, FINISHES, event->ticket, event->counter);
      break;
    case FINISHES:
      play->day->served++;
      leave (play, event, "ticket_finish");
      break;
    }
}

/* -- before and after ---------------------------------------------------------------------------------- */

static gint64
some_seconds (Play *play, int least, int most)
{
  return (gint64)g_rand_int_range (play->dice, least * 1000, most * 1000) * MS;
}

static void
invite (Play *play)
{
  gint64 open = 8 * 3600 * SECOND;

  for (guint i = 0; i < play->day->tickets; i++)
    {
      Ticket *ticket = &play->tickets[i];
      double spread = g_rand_double (play->dice);

      ticket->kind = (guint)g_rand_int_range (play->dice, 0, G_N_ELEMENTS (kinds));
      ticket->way = some_seconds (play, 10, 40);
      ticket->service = some_seconds (play, 40, 240);
      ticket->hold = g_rand_int_range (play->dice, 0, 20) == 0 ? some_seconds (play, 30, 300) : 0;
      ticket->comes = g_rand_int_range (play->dice, 0, 25) != 0;
      if (i % 3 == 0) /* the rush of the morning */
        spread *= 0.4;
      plan (play, play->opens + (gint64)(spread * (double)open) / MS * MS, ARRIVES, i, 0);
    }
}

static void
open_hall (Play *play)
{
  guint identity = play->day->counters / 6;
  g_autofree char *opens = sql_value (
      server_owner (),
      "select extract (epoch from (desk.day_of ('91', now ()) - 1 + time '09:00') at time zone "
      "'Asia/Macau')::bigint");

  play->opens = g_ascii_strtoll (opens, NULL, 10) * G_USEC_PER_SEC;
  play->reception = hall_connect ("ana", 99, 0);
  for (guint i = 0; i < play->day->counters; i++)
    {
      g_autofree char *name = g_strdup_printf ("k%u", i);
      Counter *counter = &play->counters[i];

      counter->identity = i < identity;
      counter->connection = hall_connect (name, i + 1, i < identity ? 71 + i : i - identity + 1);
      counter->idle = TRUE;
    }
}

static gint64
column (PGresult *rows, int row, int i)
{
  return PQgetisnull (rows, row, i) ? 0 : g_ascii_strtoll (PQgetvalue (rows, row, i), NULL, 10);
}

/* Each clock of each ticket, to the microsecond. */
static void
check_clocks (Play *play)
{
  g_autoptr (PGresult) rows = PQexec (
      server_owner (),
      "select t.id, c.* from desk.ticket t, lateral (select (extract (epoch from t.arrived) * "
      "1000000)::bigint, (extract (epoch from t.called) * 1000000)::bigint, (extract (epoch from "
      "t.at_desk) * 1000000)::bigint, (extract (epoch from t.finished) * 1000000)::bigint, "
      "(extract (epoch from t.held_for) * 1000000)::bigint) c where t.branch = '91'");

  g_assert_cmpint (PQntuples (rows), ==, (int)play->day->tickets);
  for (int i = 0; i < PQntuples (rows); i++)
    {
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (play->by_id, PQgetvalue (rows, i, 0)));
      const Ticket *ticket = &play->tickets[index - 1];

      g_assert_cmpuint (index, >, 0);
      if (column (rows, i, 1) != ticket->arrived || column (rows, i, 2) != ticket->called
          || column (rows, i, 3) != ticket->at_desk || column (rows, i, 4) != ticket->finished
          || column (rows, i, 5) != ticket->held)
        play->day->wrong_clocks++;
    }
}

static void
check_day (Play *play)
{
  g_autofree char *differences
      = sql_value (server_owner (), "select count (*) from desk.ticket_differences ('91', "
                                    "'00000000-0000-0000-0000-000000000000', 1000000)");

  check_clocks (play);
  play->day->differences = (guint)g_ascii_strtoull (differences, NULL, 10);
}

static void
close_hall (Play *play)
{
  for (guint i = 0; i < play->day->counters; i++)
    PQfinish (play->counters[i].connection);
  for (guint i = 0; i < play->day->tickets; i++)
    g_free (play->tickets[i].id);
  PQfinish (play->reception);
  g_hash_table_unref (play->by_id);
  g_free (play->counters);
  g_free (play->tickets);
  g_sequence_free (play->events);
  g_rand_free (play->dice);
}

void
hall_day_play (HallDay *day)
{
  Play play = { .day = day,
                .dice = g_rand_new_with_seed (day->seed),
                .events = g_sequence_new (g_free),
                .tickets = g_new0 (Ticket, day->tickets),
                .counters = g_new0 (Counter, day->counters),
                .by_id = g_hash_table_new (g_str_hash, g_str_equal) };

  open_hall (&play);
  invite (&play);
  while (g_sequence_get_length (play.events) > 0)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (play.events);
      Event event = *(Event *)g_sequence_get (first);

      g_sequence_remove (first);
      take_step (&play, &event);
    }
  check_day (&play);
  close_hall (&play);
}
