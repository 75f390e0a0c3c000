/* test-visit-server.c: the first whole visit against a real server, and one whose line is cut.
 *
 * The database of JANELA_TEST_DSN holds the catalogue and the demonstration: B011 waits for a birth. */
#include <string.h>
#include "app/dict.h"
#include "app/uuid.h"
#include "printing/seal.h"
#include "tests/app/birth.h"
#include "tests/app/line-place.h"

typedef struct
{
  LinePlace line;
  JnQueue *queue;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  line_place_open (&place->line, 7);
  place->queue = jn_queue_new (place->line.session);
}

static void
tear_down (Place *place, gconstpointer data)
{
  jn_await_finalized (place->queue);
  line_place_close (&place->line);
}

static void
sign_in (Place *place, const char *login, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_session_sign_in_async (place->line.session, login, password, NULL, 0, NULL, jn_awaited_cb,
                            &result);
  jn_session_sign_in_finish (place->line.session, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
sign_out (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_session_sign_out_async (place->line.session, NULL, jn_awaited_cb, &result);
  jn_session_sign_out_finish (place->line.session, jn_await (&result), &error);
  g_assert_no_error (error);
}

/* Calls the next one, who comes: (transfer full) */
static JnVisit *
open_visit (Place *place)
{
  g_autoptr (GAsyncResult) called = NULL;
  g_autoptr (GAsyncResult) arrived = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  JnVisit *visit;

  jn_queue_call_next_async (place->queue, NULL, jn_awaited_cb, &called);
  ticket = jn_queue_call_next_finish (place->queue, jn_await (&called), &error);
  g_assert_no_error (error);
  g_assert_nonnull (ticket);
  jn_queue_arrive_async (place->queue, NULL, jn_awaited_cb, &arrived);
  visit = jn_queue_arrive_finish (place->queue, jn_await (&arrived), &error);
  g_assert_no_error (error);
  return visit;
}

static JnReceipt *
submit (JnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = desk_describe_problems (visit);
  JnReceipt *receipt;

  g_assert_cmpstr (left, ==, "");
  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &result);
  receipt = jn_visit_submit_finish (visit, jn_await (&result), &error);
  if (error != NULL && error->domain == JN_BACKEND_ERROR)
    {
      GVariant *args = jn_backend_error_get_args (error);
      g_autofree char *text = args != NULL ? g_variant_print (args, FALSE) : NULL;

      g_test_message ("%s %s %s", error->message, jn_backend_error_get_node (error), text);
    }
  g_assert_no_error (error);
  return receipt;
}

static void
finish (JnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_visit_finish_async (visit, "served", NULL, jn_awaited_cb, &result);
  jn_visit_finish_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
cut_line (Place *place)
{
  line_place_cut (&place->line);
  jn_await_until (line_place_is_down, &place->line);
}

/* The receipt's text against the public list, by the printing floor's own check */
static void
check_seal (Place *place, JnReceipt *receipt)
{
  const JnSealKey *key = jn_session_get_key (place->line.session);
  g_autoptr (JnKeyList) keys = jn_key_list_new ();
  JnPublicKey public = { .id = jn_seal_key_get_id (key) };
  g_autoptr (JnReceiptClaim) claim = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (public.key, jn_seal_key_get_public (key), JN_KEY_PUBLIC_SIZE);
  jn_key_list_add (keys, &public);
  claim = jn_seal_verify (jn_receipt_get_seal (receipt), keys, jn_session_now (place->line.session),
                          NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (claim->receipt, ==, jn_receipt_get_number (receipt));
  g_assert_cmpuint (claim->n_applications, ==, jn_receipt_get_n_lines (receipt));
  g_assert_cmpint (claim->fee, ==, jn_receipt_get_fee (receipt));
}

static void
test_birth (Place *place, gconstpointer data)
{
  g_autoptr (JnVisit) visit = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autofree char *states = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *facts = NULL;

  sign_in (place, "kaian", "lotus-seven");
  g_assert_true (jn_session_has_key (place->line.session));
  visit = open_visit (place);
  g_assert_cmpstr (jn_ticket_get_number (jn_visit_get_ticket (visit)), ==, "B011");
  birth_prepare (visit);
  receipt = submit (visit);
  g_assert_cmpuint (jn_receipt_get_n_lines (receipt), ==, 3);
  check_seal (place, receipt);
  states = sql_value (place->line.owner,
                      "select string_agg (state, ' ' order by no) from desk.application");
  g_assert_cmpstr (states, ==, "submitted waiting waiting");
  kept = sql_value (place->line.owner, "select seal from desk.receipt");
  g_assert_cmpstr (kept, ==, jn_receipt_get_seal (receipt));
  finish (visit);
  g_assert_null (jn_queue_get_mine (place->queue));
  sign_out (place);
}

static void
choose_only (JnVisit *visit, const char *service)
{
  const char *const *wanted = jn_ticket_get_services (jn_visit_get_ticket (visit));

  for (guint i = 0; wanted[i] != NULL; i++)
    jn_visit_choose (visit, wanted[i], FALSE);
  jn_visit_choose (visit, service, TRUE);
  g_assert_cmpuint (jn_visit_get_n_chosen (visit), ==, 1);
}

/* Cut in the middle of a visit by Ka Ian, who goes home; João signs in, and it is sent as hers. */
static void
test_hand_over (Place *place, gconstpointer data)
{
  g_autoptr (JnVisit) visit = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (JnPerson) person = NULL;
  g_autofree char *tray = NULL;
  g_autofree char *actor = NULL;
  g_autofree char *number = NULL;
  g_autofree char *receipts = NULL;
  g_autofree char *sealed = NULL;

  sign_in (place, "kaian", "lotus-seven");
  visit = open_visit (place);
  choose_only (visit, "dsi-contact-update"); /* which may be done offline */
  person = desk_identify (visit, "applicant", "bir", "7000001(2)");
  desk_start_forms (visit);
  desk_set (visit, "dsi-contact-update", "/data/contact/what", "phone");
  desk_set (visit, "dsi-contact-update", "/data/new_contact/phone_no", "66007777");
  desk_set (visit, "dsi-contact-update", "/data/contact/pass_on", "no");
  desk_set (visit, "dsi-contact-update", "/data/declaration/true_data", "OK");
  desk_settle (visit);
  cut_line (place);
  receipt = submit (visit);
  g_assert_true (jn_receipt_is_offline (receipt));
  g_assert_cmpstr (jn_receipt_get_number (receipt), ==, "07-T07-000001");
  check_seal (place, receipt);
  finish (visit);
  g_assert_cmpuint (jn_session_get_unsent (place->line.session), >=, 2);
  g_clear_object (&visit);
  sign_out (place);
  line_place_mend (&place->line);
  sign_in (place, "joao", "lotus-eight");
  jn_await_until (line_place_is_all_sent, &place->line);
  tray = sql_value (place->line.owner, "select string_agg (code || details, ' ') from desk.tray");
  g_assert_null (tray);
  actor = sql_value (place->line.owner,
                     "select actor || ' ' || (offline_grant is not null)::text from desk.event"
                     " where kind = 'visit' and what = 'submitted' order by id desc limit 1");
  g_assert_cmpstr (actor, ==, "kaian true");
  number = sql_value (place->line.owner, "select no from desk.receipt where no like '07-T07-%%'");
  g_assert_cmpstr (number, ==, "07-T07-000001");
  receipts = sql_value (place->line.owner,
                        "select count (*) from desk.receipt where no like '07-T07-%%'");
  g_assert_cmpstr (receipts, ==, "1");
  sealed = sql_value (place->line.owner, "select seal from desk.receipt where no like '07-T07-%%'");
  g_assert_cmpstr (sealed, ==, jn_receipt_get_seal (receipt));
  sign_out (place);
}

/* (transfer full) (nullable): what stood in the way of another service */
static GError *
add_service (JnVisit *visit, const char *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  jn_visit_service_async (visit, service, JN_SERVICE_ADD, NULL, NULL, jn_awaited_cb, &result);
  jn_visit_service_finish (visit, jn_await (&result), &error);
  return error;
}

static void
fetch_form (Place *place, const char *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnForm) form = NULL;
  JnCatalogue *catalogue = jn_session_get_catalogue (place->line.session);

  jn_catalogue_load_form_async (catalogue, service, NULL, jn_awaited_cb, &result);
  form = jn_catalogue_load_form_finish (catalogue, jn_await (&result), &error);
  g_assert_no_error (error);
}

/* While the line is down a service whose form lies here is added and submitted with the others; one whose
 * form does not is refused before anything changed. The server hears of it all, in its order. */
static void
test_added_while_cut (Place *place, gconstpointer data)
{
  g_autoptr (JnVisit) visit = NULL;
  g_autoptr (JnPerson) person = NULL;
  g_autoptr (GError) added = NULL;
  g_autoptr (GError) missing = NULL;
  g_autofree char *tray = NULL;
  g_autofree char *ticket = NULL;
  g_autofree char *event = NULL;

  sign_in (place, "kaian", "lotus-seven");
  visit = open_visit (place);
  choose_only (visit, "dsi-personal-data-cert");
  person = desk_identify (visit, "applicant", "bir", "7000001(2)");
  desk_start_forms (visit);
  fetch_form (place, "dsi-contact-update");
  cut_line (place);
  added = add_service (visit, "dsi-contact-update");
  g_assert_no_error (added);
  g_assert_nonnull (jn_visit_get_application (visit, "dsi-contact-update"));
  g_assert_true (
      g_strv_contains (jn_ticket_get_services (jn_visit_get_ticket (visit)), "dsi-contact-update"));
  missing = add_service (visit, "ssm-practice-licence");
  g_assert_error (missing, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_assert_cmpstr (jn_backend_error_get_code (missing), ==, "form-not-here");
  g_assert_cmpstr (jn_backend_error_get_node (missing), ==, "ssm-practice-licence");
  g_assert_null (jn_visit_get_application (visit, "ssm-practice-licence"));
  g_assert_false (g_strv_contains (jn_ticket_get_services (jn_visit_get_ticket (visit)),
                                   "ssm-practice-licence"));
  line_place_mend (&place->line);
  jn_await_until (line_place_is_all_sent, &place->line);
  tray = sql_value (place->line.owner, "select string_agg (code || details, ' ') from desk.tray");
  g_assert_null (tray);
  ticket = sql_value (place->line.owner,
                      "select array_to_string (array (select unnest (v.services) order by 1), ' ')"
                      " || ' / ' || ('dsi-contact-update' = any (t.services))::text"
                      " from desk.visit v join desk.ticket t on t.visit = v.id"
                      " where v.id = '%s'",
                      jn_visit_get_id (visit));
  g_assert_cmpstr (ticket, ==, "dsi-contact-update dsi-personal-data-cert / true");
  event = sql_value (place->line.owner,
                     "select count (*) || ' ' || bool_and (offline_grant is not null)::text"
                     " from desk.event where what = 'service-added'"
                     " and details ->> 'service' = 'dsi-contact-update'"
                     " and subject = (select ticket from desk.visit where id = '%s')",
                     jn_visit_get_id (visit));
  g_assert_cmpstr (event, ==, "1 true");
  sign_out (place);
}

static void
test_wrong_password (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_session_sign_in_async (place->line.session, "kaian", "wrong", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  g_assert_false (jn_session_sign_in_finish (place->line.session, jn_await (&result), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED);
}

typedef struct
{
  Place *place;
  const char *name; /* of a table that it waits for */
} Held;

/* The server has what was sent, and somebody else's lock keeps it from answering. */
static gboolean
is_held_up (gpointer data)
{
  Held *held = data;
  g_autofree char *waits
      = sql_value (held->place->line.owner,
                   "select count (*) from pg_stat_activity where wait_event_type = 'Lock'"
                   " and query like '%%%s%%' and pid = %d",
                   held->name, jn_postgres_get_server_pid (held->place->line.server));

  return g_str_equal (waits, "1");
}

/* Runs @name, which the server has when the line is cut; the second try is lost, too. (transfer full): the answer */
static GVariant *
run_unanswered (Place *place, JnCommand *command, const char *lock)
{
  g_autoptr (PGconn) other = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Held held = { place, jn_command_get_name (command) };
  GVariant *answer;

  PQclear (PQexec (other, lock));
  jn_backend_run_async (JN_BACKEND (place->line.journal), command, NULL, jn_awaited_cb, &result);
  jn_await_until (is_held_up, &held);
  cut_line (place);
  PQclear (PQexec (other, "rollback"));
  answer = jn_backend_run_finish (JN_BACKEND (place->line.journal), jn_await (&result), &error);
  g_assert_no_error (error);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  return answer;
}

static JnCommand *
repeatable (const char *name, GVariant *args)
{
  JnCommand *command = jn_command_new (name, args);

  jn_command_set_deferrable (command, TRUE);
  jn_command_set_repeatable (command, TRUE);
  return command;
}

/* The line goes while the server writes a seal and the end of a print down, and stays away until nobody waits for the
 * answers any more: they arrive when it is back, once each. */
static void
test_lost_ends (Place *place, gconstpointer data)
{
  JnPostgresTiming timing;
  g_autofree char *receipt = NULL;
  g_autofree char *attempt = jn_uuid_new ();
  g_autoptr (JnCommand) begin = NULL;
  g_autoptr (JnCommand) end = NULL;
  g_autoptr (JnCommand) seal = NULL;
  g_autoptr (GVariant) begun = NULL;
  g_autoptr (GVariant) ended = NULL;
  g_autoptr (GVariant) sealed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *told = NULL;

  jn_postgres_get_timing (place->line.server, &timing);
  timing.deadline = 100;
  jn_postgres_set_timing (place->line.server, &timing);
  sign_in (place, "kaian", "lotus-seven");
  receipt = sql_value (place->line.owner, "update desk.receipt set seal = null, sealed_at = null"
                                          " where no = '07-T07-000001' returning id");
  g_assert_nonnull (receipt);
  begin = jn_command_new ("print_begin", jn_dict_new ("attempt", "s", attempt, "receipt", "s",
                                                      receipt, "medium", "s", "roll80", NULL));
  jn_backend_run_async (JN_BACKEND (place->line.journal), begin, NULL, jn_awaited_cb, &result);
  begun = jn_backend_run_finish (JN_BACKEND (place->line.journal), jn_await (&result), NULL);
  g_assert_nonnull (begun);
  end = repeatable ("print_end",
                    jn_dict_new ("attempt", "s", attempt, "outcome", "s", "printed", NULL));
  ended = run_unanswered (place, end, "begin; select from desk.print for update");
  line_place_mend (&place->line);
  jn_await_until (line_place_is_all_sent, &place->line);
  seal = repeatable ("receipt_seal", jn_dict_new ("receipt", "s", receipt, "seal", "s",
                                                  "https://janela.example/r#x", NULL));
  sealed = run_unanswered (place, seal, "begin; select from desk.receipt for update");
  line_place_mend (&place->line);
  jn_await_until (line_place_is_all_sent, &place->line);
  told = sql_value (
      place->line.owner,
      "select p.outcome || ' ' || r.seal"
      " || ' ' || (select count (*) from desk.event e where e.subject = p.attempt and e.what = "
      "'printed')"
      " || ' ' || (select count (*) from desk.event e where e.subject = r.id and e.what = 'sealed'"
      "            and e.recorded_at > p.begun_at)"
      " from desk.print p join desk.receipt r on r.id = p.receipt where p.attempt = '%s'",
      attempt);
  g_assert_cmpstr (told, ==, "printed https://janela.example/r#x 1 1");
  sign_out (place);
}

static void
changed_cb (JnBackend *backend, const char *kind, const char *id, gboolean *told)
{
  *told = *told || g_str_equal (kind, "ticket");
}

static gboolean
is_told (gpointer told)
{
  return *(gboolean *)told;
}

/* A ticket that was issued while the line was down changes the hall when it arrives: all are told so at once, not when they
 * look the next time by themselves. */
static void
test_told_when_delivered (Place *place, gconstpointer data)
{
  JnPostgresTiming timing;
  g_autoptr (JnCommand) command = jn_command_new (
      "ticket_issue", g_variant_new_parsed ("{'services': <['dsi-bir-first']>}"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  gboolean told = FALSE;

  jn_postgres_get_timing (place->line.server, &timing);
  timing.poll = 3600 * 1000;
  jn_postgres_set_timing (place->line.server, &timing);
  sign_in (place, "kaian", "lotus-seven");
  cut_line (place);
  jn_command_set_deferrable (command, TRUE);
  jn_backend_run_async (JN_BACKEND (place->line.journal), command, NULL, jn_awaited_cb, &result);
  answer = jn_backend_run_finish (JN_BACKEND (place->line.journal), jn_await (&result), NULL);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  g_signal_connect (place->line.journal, "changed", G_CALLBACK (changed_cb), &told);
  line_place_mend (&place->line);
  jn_await_until (is_told, &told);
  g_signal_handlers_disconnect_by_data (place->line.journal, &told);
  sign_out (place);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/visit-server/" name, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("wrong-password", test_wrong_password);
  ADD ("birth", test_birth);
  ADD ("hand-over", test_hand_over);
  ADD ("added-while-cut", test_added_while_cut);
  ADD ("told-when-delivered", test_told_when_delivered);
  ADD ("lost-ends", test_lost_ends); /* of the receipt of hand-over */
  return g_test_run ();
}
