/* test-hall.c: reception, appointments, hall and board as the window uses them, on a real server
 * ($JANELA_TEST_DSN): told of a change, also of one whose notice was lost; and janela-admin rebuild. */
#include "app/affected.h"
#include "app/hall.h"
#include "app/postgres/postgres.h"
#include "app/queue.h"
#include "app/reception.h"
#include "tests/app/fake-backend.h"
#include "tests/app/hall-day.h"
#include "tests/app/server.h"

typedef struct
{
  JnBackend *backend;
  JnSession *session;
} Terminal;

static void
open_terminal (Terminal *terminal, const char *name, const char *code)
{
  terminal->backend = JN_BACKEND (jn_postgres_new (server_dsn ()));
  terminal->session = hall_session (terminal->backend, name, code);
}

static void
close_terminal (Terminal *terminal)
{
  server_sign_out (terminal->backend);
  g_clear_object (&terminal->session);
  g_clear_object (&terminal->backend);
}

static JnTicket *
issue (JnReception *reception, const char *service)
{
  const char *services[] = { service, NULL };
  JnTicketOrder order = { .services = services, .language = "pt", .note = "" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JnTicket *ticket;

  jn_reception_issue_async (reception, &order, NULL, jn_awaited_cb, &result);
  ticket = jn_reception_ticket_finish (reception, jn_await (&result), &error);
  g_assert_no_error (error);
  return ticket;
}

static void
test_reception (void)
{
  Terminal desk;
  g_autoptr (JnReception) reception = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  g_autoptr (JnTicket) gone = NULL;
  g_autoptr (JnEstimate) estimate = NULL;
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  const char *services[] = { "dsaj-birth-reg", NULL };

  open_terminal (&desk, "ana", "T01");
  reception = jn_reception_new (desk.session);
  jn_reception_estimate_async (reception, NULL, services, JN_PRIORITY_NONE, NULL, jn_awaited_cb,
                               &asked);
  estimate = jn_reception_estimate_finish (reception, jn_await (&asked), NULL);
  g_assert_cmpint (estimate->p50, ==, -1); /* nobody sits at a counter yet */
  g_assert_cmpint (estimate->counters, ==, 0);
  g_assert_cmpint (estimate->cap_left, ==, -1);
  ticket = issue (reception, "dsaj-birth-reg");
  g_assert_cmpint (jn_ticket_get_state (ticket), ==, JN_TICKET_WAITING);
  jn_reception_refresh_async (reception, NULL, jn_awaited_cb, &read);
  g_assert_true (jn_reception_refresh_finish (reception, jn_await (&read), NULL));
  g_assert_cmpuint (g_list_model_get_n_items (jn_reception_get_tickets (reception)), ==, 1);
  g_assert_cmpint (jn_reception_get_credit_minutes (reception, JN_PRIORITY_INFANT), ==, 10);
  g_assert_cmpint (jn_reception_get_credit_minutes (reception, JN_PRIORITY_DISABILITY), ==, -1);
  jn_reception_cancel_async (reception, ticket, TRUE, "went", NULL, jn_awaited_cb, &cancelled);
  gone = jn_reception_ticket_finish (reception, jn_await (&cancelled), NULL);
  g_assert_cmpstr (jn_ticket_get_outcome (gone), ==, "left-waiting");
  g_clear_object (&reception);
  close_terminal (&desk);
}

static void
test_appointments (void)
{
  Terminal desk;
  g_autoptr (JnAppointments) appointments = NULL;
  g_autoptr (GPtrArray) days = NULL;
  g_autoptr (JnAppointment) booked = NULL;
  g_autoptr (JnAppointment) over = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) booking = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *from = sql_value (
      server_owner (), "select desk.add_working_days ('91', desk.day_of ('91', now ()), 1)");
  const char *services[] = { "dsaj-birth-reg", NULL };
  JnBooking wanted = { .services = services, .language = "pt", .priority = JN_PRIORITY_NONE };
  const JnSlotDay *day;

  g_free (sql_value (server_owner (),
                     "insert into desk.slot_rule select '91', 'civil', d, '09:00', '10:00', 1 "
                     "from generate_series (1, 7) d"));
  open_terminal (&desk, "ana", "T01");
  appointments = jn_appointments_new (desk.session);
  jn_appointments_list_slots_async (appointments, NULL, services, from, from, NULL, jn_awaited_cb,
                                    &listed);
  days = jn_appointments_list_slots_finish (appointments, jn_await (&listed), NULL);
  g_assert_cmpuint (days->len, ==, 1);
  day = days->pdata[0];
  g_assert_true (day->open);
  g_assert_cmpuint (day->slots->len, ==, 2);
  wanted.at = g_array_index (day->slots, JnSlot, 0).at;
  jn_appointments_book_async (appointments, &wanted, NULL, jn_awaited_cb, &booking);
  booked = jn_appointments_finish (appointments, jn_await (&booking), NULL);
  g_assert_cmpint (booked->at, ==, wanted.at);
  g_assert_cmpint (booked->state, ==, JN_APPOINTMENT_BOOKED);
  jn_appointments_book_async (appointments, &wanted, NULL, jn_awaited_cb, &again);
  over = jn_appointments_finish (appointments, jn_await (&again), &error);
  g_assert_null (over);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "slot-full");
  g_clear_object (&appointments);
  close_terminal (&desk);
}

/* -- suspended services ------------------------------------------------------------------------------------ */

static gboolean
is_concerned (gpointer affected)
{
  return jn_affected_get_n_waiting (affected) == 1;
}

/* A supervisor suspends in one step; reception sees who waits, and what he chooses; nothing is lost. */
static void
test_affected (void)
{
  static const char *const services[] = { "fss-*", NULL };
  Terminal supervisor, desk;
  g_autoptr (JnHall) hall = NULL;
  g_autoptr (JnReception) reception = NULL;
  g_autoptr (JnAffected) affected = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  g_autoptr (JnTicket) first = NULL;
  g_autoptr (JnTicket) chosen = NULL;
  g_autoptr (JnAppointment) booked = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) suspended = NULL;
  g_autoptr (GAsyncResult) choosing = NULL;
  g_autoptr (GAsyncResult) resumed = NULL;
  g_autoptr (GError) error = NULL;
  const JnSuspension *suspension;

  open_terminal (&supervisor, "eva", "T02");
  open_terminal (&desk, "ana", "T04");
  hall = jn_hall_new (supervisor.session);
  reception = jn_reception_new (desk.session);
  affected = jn_affected_new (desk.session);
  ticket = issue (reception, "fss-birth-allowance");
  jn_affected_refresh_async (affected, NULL, jn_awaited_cb, &read);
  g_assert_true (jn_affected_refresh_finish (affected, jn_await (&read), NULL));
  g_assert_cmpuint (jn_affected_get_suspensions (affected)->len, ==, 0);
  jn_hall_suspend_async (hall, services, "system down", 0, NULL, jn_awaited_cb, &suspended);
  g_assert_true (jn_hall_finish (hall, jn_await (&suspended), NULL));
  jn_await_until (is_concerned, affected); /* told, not asked for */
  suspension = jn_affected_get_suspensions (affected)->pdata[0];
  g_assert_cmpstr (suspension->reason, ==, "system down");
  g_assert_cmpuint (jn_affected_get_n_running (affected), ==, 0);
  first = g_list_model_get_item (jn_affected_get_tickets (affected), 0);
  g_assert_cmpstr (jn_ticket_get_number (first), ==, jn_ticket_get_number (ticket));
  jn_affected_choose_async (affected, first, JN_AFFECTED_CALL_BACK, "6600 0000", 0, NULL,
                            jn_awaited_cb, &choosing);
  chosen = jn_affected_choose_finish (affected, jn_await (&choosing), &booked, &error);
  g_assert_no_error (error);
  g_assert_null (booked);
  g_assert_cmpstr (jn_ticket_get_channel (chosen), ==, "phone");
  g_assert_cmpstr (jn_ticket_get_number (chosen), ==, jn_ticket_get_number (ticket));
  jn_hall_resume_async (hall, suspension->id, NULL, jn_awaited_cb, &resumed);
  g_assert_true (jn_hall_finish (hall, jn_await (&resumed), NULL));
  g_clear_object (&affected);
  g_clear_object (&reception);
  g_clear_object (&hall);
  close_terminal (&supervisor);
  close_terminal (&desk);
}

/* -- the emergency ------------------------------------------------------------------------------------------ */

static JnEmergencyPlan *
plan_emergency (JnHall *hall)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JnEmergencyPlan *plan;

  jn_hall_plan_emergency_async (hall, NULL, jn_awaited_cb, &result);
  plan = jn_hall_plan_emergency_finish (hall, jn_await (&result), &error);
  g_assert_no_error (error);
  return plan;
}

/* Whom it concerns is known before it is lifted, and what became of each afterwards. */
static void
test_emergency (void)
{
  Terminal supervisor, desk;
  g_autoptr (JnHall) hall = NULL;
  g_autoptr (JnReception) reception = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  g_autoptr (JnEmergencyPlan) before = NULL;
  g_autoptr (JnEmergencyPlan) after = NULL;
  g_autoptr (GAsyncResult) begun = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (GError) error = NULL;
  const JnEmergencyTicket *row;

  open_terminal (&supervisor, "eva", "T02");
  open_terminal (&desk, "ana", "T04");
  hall = jn_hall_new (supervisor.session);
  reception = jn_reception_new (desk.session);
  ticket = issue (reception, "dsi-bir-first");
  jn_hall_begin_emergency_async (hall, "drill", NULL, jn_awaited_cb, &begun);
  g_assert_true (jn_hall_finish (hall, jn_await (&begun), NULL));
  before = plan_emergency (hall);
  g_assert_cmpuint (before->tickets->len, >=, 1);
  row = before->tickets->pdata[before->tickets->len - 1];
  g_assert_cmpstr (jn_ticket_get_number (row->ticket), ==, jn_ticket_get_number (ticket));
  g_assert_null (row->next_number);
  g_assert_cmpuint (g_strv_length (before->days), ==, 10);
  jn_hall_end_emergency_async (hall, FALSE, before->days[0], NULL, jn_awaited_cb, &ended);
  jn_hall_finish (hall, jn_await (&ended), &error);
  g_assert_no_error (error);
  after = plan_emergency (hall);
  g_assert_cmpuint (after->tickets->len, ==, before->tickets->len);
  row = after->tickets->pdata[after->tickets->len - 1];
  g_assert_cmpstr (jn_ticket_get_outcome (row->ticket), ==, "closed-by-emergency");
  g_assert_cmpint (row->next_number[0], ==, 'R');
  g_assert_cmpstr (row->next_day, ==, before->days[0]);
  g_clear_object (&reception);
  g_clear_object (&hall);
  close_terminal (&supervisor);
  close_terminal (&desk);
}

/* -- live ------------------------------------------------------------------------------------------------- */

static void
on_called_cb (JnBoard *board, const JnBoardCall *call, GString *heard)
{
  g_string_append_printf (heard, "%s>%d ", call->number, call->counter);
}

static gboolean
is_heard (gpointer heard)
{
  return ((GString *)heard)->len > 0;
}

static gboolean
is_serving (gpointer hall)
{
  return jn_hall_get_figures (hall)->serving == 1;
}

static void
on_help_cb (JnHall *hall, const JnHallCall *call, guint *count)
{
  if (call->alarm && call->counter == 5)
    *count += 1;
}

static gboolean
is_counted (gpointer count)
{
  return *(guint *)count == 1;
}

static const JnHallCounter *
find_counter (JnHall *hall, int number)
{
  for (guint i = 0; i < jn_hall_get_n_counters (hall); i++)
    if (jn_hall_get_counter (hall, i)->number == number)
      return jn_hall_get_counter (hall, i);
  return NULL;
}

static void
refresh_hall (JnHall *hall)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_hall_refresh_async (hall, NULL, jn_awaited_cb, &result);
  jn_hall_refresh_finish (hall, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
test_live (void)
{
  Terminal supervisor, screen, desk;
  g_autoptr (JnHall) hall = NULL;
  g_autoptr (JnBoard) board = NULL;
  g_autoptr (JnReception) reception = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);
  PGconn *clerk = hall_connect ("k0", 5, 5);
  g_autofree char *said = NULL;
  guint alarms = 0;

  open_terminal (&supervisor, "eva", "T02");
  open_terminal (&screen, "brd", "T03");
  open_terminal (&desk, "ana", "T04");
  hall = jn_hall_new (supervisor.session);
  board = jn_board_new (screen.session);
  reception = jn_reception_new (desk.session);
  g_signal_connect (board, "called", G_CALLBACK (on_called_cb), heard);
  g_signal_connect (hall, "help", G_CALLBACK (on_help_cb), &alarms);
  hall_refresh_board (board);
  refresh_hall (hall);
  ticket = issue (reception, "dsaj-birth-reg");

  /* nobody sends a notice for this call: it is found by itself, by api.changes */
  PQclear (PQexec (clerk, "select api.ticket_call_next (gen_random_uuid (), '{}')"));
  jn_await_until (is_heard, heard);
  said = g_strdup_printf ("%s>5 ", jn_ticket_get_number (ticket));
  g_assert_cmpstr (heard->str, ==, said);
  PQclear (PQexec (clerk,
                   "select api.ticket_arrive (gen_random_uuid (), jsonb_build_object ('ticket', "
                   "api.queue ('{}') #>> '{mine,id}'))"));
  jn_await_until (is_serving, hall);
  g_assert_cmpint (find_counter (hall, 5)->state, ==, JN_COUNTER_OPEN);
  g_assert_cmpstr (jn_ticket_get_number (find_counter (hall, 5)->ticket), ==,
                   jn_ticket_get_number (ticket));
  PQclear (PQexec (clerk, "select api.help_call (gen_random_uuid (), '{\"kind\": \"alarm\"}')"));
  jn_await_until (is_counted, &alarms);
  refresh_hall (hall); /* told once */
  g_assert_cmpuint (alarms, ==, 1);
  g_clear_object (&hall);
  g_clear_object (&board);
  g_clear_object (&reception);
  PQfinish (clerk);
  close_terminal (&supervisor);
  close_terminal (&screen);
  close_terminal (&desk);
}

/* -- the command line -------------------------------------------------------------------------------------- */

/* (transfer full): what it printed; @status: its exit */
static char *
rebuild (int *status)
{
  g_autofree char *tool = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  g_autofree char *login = server_login ("adm");
  g_autofree char *password = g_build_filename (g_get_tmp_dir (), "password", NULL);
  const char *argv[] = { tool,     "--dsn",   server_dsn (), "--login", login, "--password-file",
                         password, "rebuild", "--check",     NULL };
  char *out = NULL;
  int wait;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (password, "test-word\n", -1, NULL));
  g_spawn_sync (NULL, (char **)argv, NULL, 0, NULL, NULL, &out, NULL, &wait, &error);
  g_assert_no_error (error);
  *status = g_spawn_check_wait_status (wait, NULL) ? 0 : 1;
  return out;
}

static void
test_rebuild (void)
{
  g_autofree char *whole = NULL;
  g_autofree char *planted = NULL;
  int status;

  whole = rebuild (&status);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (whole, " 0 differences"));
  g_free (sql_value (
      server_owner (),
      "update desk.ticket set finished = finished + interval '1 second' where id = (select id from "
      "desk.ticket where outcome = 'left-waiting' limit 1)"));
  planted = rebuild (&status);
  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (planted, "finished: "));
  g_assert_nonnull (strstr (planted, " 1 differences"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  server_owner ();
  hall_make_clerks (1);
  g_test_add_func ("/app/hall/reception", test_reception);
  g_test_add_func ("/app/hall/appointments", test_appointments);
  g_test_add_func ("/app/hall/live", test_live);
  g_test_add_func ("/app/hall/affected", test_affected);
  g_test_add_func ("/app/hall/emergency", test_emergency);
  g_test_add_func ("/app/hall/rebuild", test_rebuild);
  return g_test_run ();
}
