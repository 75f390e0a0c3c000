/* test-pick-up.c: a receipt's results are fetched: scanned at the kiosk and at reception, on a real server.
 *
 * The receipt is a real visit's, sealed by its counter; the database of JANELA_TEST_DSN says what is ready. */
#include <string.h>

#include "app/queue.h"
#include "app/terminal-key.h"
#include "printing/seal.h"
#include "tests/app/birth.h"
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/kiosk/kiosk-view.h"
#include "ui/language.h"
#include "ui/standing-window.h"

#define SLIPS                                                                                      \
  "[use]\nticket=roll\nreceipt=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"

typedef struct
{
  char *number;
  char *seal;
} Given;

/* What the citizen was given. */
static Given given;

/* -- a visit that ended in a receipt ------------------------------------------------------------------ */

static JnVisit *
open_visit (JnQueue *queue)
{
  g_autoptr (GAsyncResult) called = NULL;
  g_autoptr (GAsyncResult) arrived = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  JnVisit *visit;

  jn_queue_call_next_async (queue, NULL, jn_awaited_cb, &called);
  ticket = jn_queue_call_next_finish (queue, jn_await (&called), &error);
  g_assert_no_error (error);
  jn_queue_arrive_async (queue, NULL, jn_awaited_cb, &arrived);
  visit = jn_queue_arrive_finish (queue, jn_await (&arrived), &error);
  g_assert_no_error (error);
  return visit;
}

static void
give_receipt (void)
{
  PrintPlace place = { 0 };
  g_autoptr (JnQueue) queue = NULL;
  g_autoptr (JnVisit) visit = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) submitted = NULL;
  g_autoptr (GAsyncResult) finished = NULL;
  g_autoptr (GError) error = NULL;

  print_place_prepare (&place, 7, SLIPS);
  print_place_sign_in (&place, "kaian", "lotus-seven");
  queue = jn_queue_new (place.session);
  visit = open_visit (queue);
  birth_prepare (visit);
  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &submitted);
  receipt = jn_visit_submit_finish (visit, jn_await (&submitted), &error);
  g_assert_no_error (error);
  jn_visit_finish_async (visit, "served", NULL, jn_awaited_cb, &finished);
  g_assert_true (jn_visit_finish_finish (visit, jn_await (&finished), NULL));
  given.number = g_strdup (jn_receipt_get_number (receipt));
  given.seal = g_strdup (jn_receipt_get_seal (receipt));
  g_clear_object (&receipt);
  g_clear_object (&visit);
  g_clear_object (&queue);
  print_place_close (&place);
}

/* -- other receipts ------------------------------------------------------------------------------------- */

/* (transfer full): another sign in the middle of what is signed */
static char *
tamper (const char *seal)
{
  char *text = g_strdup (seal);
  char *sign = text + strlen (text) / 2;

  *sign = *sign == 'A' ? 'B' : 'A';
  return text;
}

/* (transfer full): a receipt of that branch, sealed by a key of its own; @enrolled: it is in the public list */
static char *
seal_elsewhere (PrintPlace *place, guint16 branch, gboolean enrolled)
{
  const JnKeyId id = { branch, 3, 1 };
  g_autoptr (JnSealKey) key = jn_seal_key_generate (id);
  g_autofree char *number = g_strdup_printf ("%02u-2026-0000009", branch);
  g_autofree char *application = g_strdup_printf ("%s-1", number);
  const char *const applications[] = { application, NULL };
  g_autoptr (JnReceiptClaim) claim = jn_receipt_claim_new (
      number, branch, 1, jn_session_now (place->session) - 60, applications, 0, 0);
  g_autofree char *public = jn_terminal_key_to_hex (jn_seal_key_get_public (key));
  g_autofree char *kid = jn_key_id_to_string (id);

  if (enrolled)
    g_free (sql_value (
        place->owner,
        "insert into desk.branch select (jsonb_populate_record (b, '{\"code\": \"%02u\"}')).*"
        " from desk.branch b where b.code = '07' on conflict do nothing;"
        "insert into desk.terminal values ('%02u', 'T03') on conflict do nothing;"
        "insert into desk.terminal_key (kid, branch, terminal, generation, public_key, not_before)"
        " values ('%s', '%02u', 'T03', 1, '%s', now () - interval '1 day')",
        branch, branch, kid, branch, public));
  return jn_seal_receipt (key, claim, "janela.example");
}

/* -- the kiosk ---------------------------------------------------------------------------------------- */

static void
scan (GtkWidget *window, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    screen_press (window, gdk_unicode_to_keyval ((guint32)*c), 0);
  screen_press (window, GDK_KEY_Return, 0);
}

static GtkWidget *
open_kiosk (PrintPlace *place)
{
  GtkWidget *window;

  print_place_prepare (place, 0, "terminal=T70\n" SLIPS);
  print_place_sign_in (place, "kiosk", "lotus-kiosk");
  window
      = jn_standing_window_new (screen_get_program (), place->session, "kiosk", jn_kiosk_view_new);
  jn_language_set (jn_language_find ("en"));
  screen_show (window, 1920, 1080);
  screen_wait_text (window, "English");
  return window;
}

static void
close_kiosk (PrintPlace *place, GtkWidget *window)
{
  gtk_widget_destroy (window);
  screen_settle ();
  print_place_close (place);
}

static char *
count_pick_ups (PrintPlace *place)
{
  return sql_value (place->owner, "select count (*) from desk.ticket where pick_up = '%s'",
                    given.number);
}

static void
test_refused (void)
{
  PrintPlace place = { 0 };
  GtkWidget *window = open_kiosk (&place);
  g_autofree char *tampered = tamper (given.seal);
  g_autofree char *forged = seal_elsewhere (&place, 7, FALSE);
  g_autofree char *elsewhere = seal_elsewhere (&place, 8, TRUE);
  g_autofree char *issued = NULL;

  scan (window, tampered);
  screen_wait_text (window, "This receipt is not as it was given out");
  g_assert_true (screen_shows (window, "Este recibo não está como foi emitido"));
  g_assert_true (screen_shows (window, "這張收據與發出時不符"));
  screen_picture (window, "77-kiosk-tampered.all");
  check_names (window);
  check_contrast (window);
  scan (window, forged);
  screen_wait_text (window, "This receipt was not sealed by a counter of ours.");
  g_assert_true (screen_shows (window, "Este recibo não foi selado"));
  g_assert_true (screen_shows (window, "這張收據並非由本處櫃檯發出。"));
  scan (window, elsewhere);
  screen_wait_text (window, "This receipt was given out in branch 08.");
  g_assert_true (screen_shows (window, "emitido no centro 08"));
  g_assert_true (screen_shows (window, "08 號服務中心"));
  scan (window, "07-2026-0999999");
  screen_wait_text (window, "Fetch the results of a receipt");
  screen_press_button (window, "Take the number");
  screen_wait_text (window, "There is no such receipt in this branch.");
  issued = count_pick_ups (&place);
  g_assert_cmpstr (issued, ==, "0");
  close_kiosk (&place, window);
}

static gboolean
is_printed (gpointer cups)
{
  g_autoptr (GPtrArray) printed = cups_server_get_printed (cups);

  return printed->len == 1;
}

/* Not ready: said with the day; ready: a number for what is ready, with its slip. */
static void
test_kiosk (void)
{
  PrintPlace place = { 0 };
  GtkWidget *window = open_kiosk (&place);
  g_autofree char *ticket = NULL;

  scan (window, given.seal);
  screen_wait_text (window, given.number);
  screen_press_button (window, "Tirar a senha");
  screen_wait_text (window, "Os resultados ainda não estão prontos.");
  g_free (sql_value (place.owner,
                     "update desk.application set state = 'decided' where service = '" REG
                     "' and no like '%s-%%'",
                     given.number));
  screen_press_button (window, "Recomeçar");
  screen_wait_text (window, "Take a number here");
  scan (window, given.seal);
  screen_wait_text (window, "Fetch the results of a receipt");
  screen_picture (window, "78-kiosk-receipt.all");
  screen_press_button (window, "Take the number");
  screen_wait_text (window, "Your number");
  ticket = sql_value (place.owner,
                      "select branch || ' ' || channel || ' ' || language || ' ' ||"
                      " array_to_string (services, ' ') from desk.ticket where pick_up = '%s'",
                      given.number);
  g_assert_cmpstr (ticket, ==, "07 kiosk en " REG);
  screen_wait (is_printed, place.cups, "the slip comes out");
  close_kiosk (&place, window);
}

/* -- reception ---------------------------------------------------------------------------------------- */

static void
scan_at_reception (JnWindow *window, const char *text)
{
  GtkWidget *entry = screen_need (window, GTK_TYPE_ENTRY, "Find a service");

  gtk_entry_set_text (GTK_ENTRY (entry), text);
  gtk_widget_activate (entry);
}

/* The kiosk's and this one. */
static gboolean
is_issued (gpointer place)
{
  g_autofree char *issued = count_pick_ups (place);

  return g_strcmp0 (issued, "2") == 0;
}

static void
test_reception (void)
{
  PrintPlace place = { 0 };
  g_autofree char *tampered = tamper (given.seal);

  print_place_open (&place, "kaian", "lotus-seven", SLIPS);
  jn_window_go (place.window, JN_PLACE_RECEPTION);
  scan_at_reception (place.window, tampered);
  screen_wait_text (place.window, "This receipt is not as it was given out");
  screen_set_language (place.window, "pt");
  screen_set_language (place.window, "en");
  scan_at_reception (place.window, tampered);
  screen_set_language (place.window, "pt"); /* what is answered then finds the page gone */
  screen_set_language (place.window, "en");
  scan_at_reception (place.window, given.seal);
  screen_wait (is_issued, &place, "one more number was issued");
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  give_receipt ();
  g_test_add_func ("/ui/pick-up/refused-in-three-languages", test_refused);
  g_test_add_func ("/ui/pick-up/kiosk", test_kiosk);
  g_test_add_func ("/ui/pick-up/reception", test_reception);
  return g_test_run ();
}
