/* test-print-faults.c: what a clerk sees when a print server and its printer err, and what the record says then.
 *
 * A real backend (JANELA_TEST_DSN), a real print server; the printer errs as told. */
#include <signal.h>

#include "tests/printing/relay.h"
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/language.h"

#define ROLL PRINT_PLACE_ROLL

/* -- what the clerk sees, and what the record says --------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *printers;            /* settings */
  const char *fault;               /* of the pretended printer; NULL: none */
  void (*err) (PrintPlace *place); /* NULL: nothing else */
  const char *words[3];            /* zh, pt, en */
  const char *picture;
  void (*settle) (PrintPlace *place, JnPrint *print);
  const char *record; /* outcome, reason, settled by the clerk */
  const char *events; /* NULL: no attempt */
  guint printed;
} Fault;

static void
err_stopped (PrintPlace *place)
{
  static const char *const stop[] = { "/usr/sbin/cupsdisable", "pos", NULL };

  cups_server_run (place->cups, stop);
}

static void
err_rejects (PrintPlace *place)
{
  static const char *const reject[] = { "/usr/sbin/cupsreject", "pos", NULL };

  cups_server_run (place->cups, reject);
}

static void
err_killed (PrintPlace *place)
{
  cups_server_signal (place->cups, SIGKILL);
}

static void
err_hung (PrintPlace *place)
{
  jn_print_service_set_timing (jn_prints_get_service (jn_window_get_prints (place->window)), 300,
                               500, 20);
  cups_server_signal (place->cups, SIGSTOP);
}

static void
close_list (PrintPlace *place, const char *text)
{
  screen_press (place->window, GDK_KEY_Escape, 0);
  print_place_wait_no_text (place->window, text);
}

static void
settle_mended (PrintPlace *place, JnPrint *print)
{
  cups_server_set_fault (place->cups, NULL);
}

static void
settle_cancel (PrintPlace *place, JnPrint *print)
{
  print_place_open_list (place);
  screen_press_button (place->window, "Cancel printing");
}

static void
settle_no (PrintPlace *place, JnPrint *print)
{
  print_place_open_list (place);
  screen_press_button (place->window, "No, nothing came");
  screen_press_button (place->window,
                       "Leave it"); /* it offers to print again, which it never does by itself */
}

static void
settle_yes (PrintPlace *place, JnPrint *print)
{
  print_place_open_list (place);
  screen_press_button (place->window, "Yes, it came out");
}

static void
settle_leave (PrintPlace *place, JnPrint *print)
{
  print_place_open_list (place);
  screen_press_button (place->window, "Leave it");
}

static gboolean
is_offline (gpointer print)
{
  return (jn_print_get_reasons (print) & JN_PRINTER_REASON_OFFLINE) != 0;
}

static gboolean
is_empty (gpointer print)
{
  return (jn_print_get_reasons (print) & JN_PRINTER_REASON_MEDIA_EMPTY) != 0;
}

/* Killed when it had the job: it comes back, prints it again from the start, and two may have come out. */
static void
settle_after_restart (PrintPlace *place, JnPrint *print)
{
  cups_server_signal (place->cups, SIGKILL);
  screen_wait (is_offline, print, "the server is missed");
  cups_server_start (place->cups);
  screen_wait (is_empty, print, "the job began again");
  cups_server_set_fault (place->cups, NULL);
  screen_wait (print_place_is_asked, print, "the clerk is asked");
  settle_yes (place, print);
}

static void
settle_after_hang (PrintPlace *place, JnPrint *print)
{
  cups_server_signal (place->cups, SIGCONT);
  settle_no (place, print);
}

/* clang-format off */
static const Fault faults[] = {
  { "media-empty", ROLL, "state=media-empty-error\n", NULL, { "紙用完了", "O papel acabou", "The paper is used up" }, "media-empty",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "media-jam", ROLL, "state=media-jam-error\n", NULL, { "卡紙", "O papel encravou", "The paper is stuck" }, "media-jam",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "cover-open", ROLL, "state=cover-open-error\n", NULL, { "機蓋打開了", "A tampa está aberta", "The cover is open" }, "cover-open",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "offline", ROLL, "state=offline-report\n", NULL, { "打印機沒有回應", "A impressora não responde", "The printer does not answer" }, "offline",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "slow", ROLL, "wait=1\n", NULL, { "所需時間較平常長", "Demora mais", "It takes longer than usual" }, "slow",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "stopped", ROLL, NULL, err_stopped, { "已暫停", "em pausa", "The printer is paused" }, "stopped",
    settle_cancel, "cancelled stopped machine", "begun cancelled", 0 },
  { "rejects", ROLL, NULL, err_rejects, { "未有列印", "Não foi impresso", "It was not printed" }, "not-accepting",
    settle_leave, "failed - machine", "begun failed", 0 },
  { "refused", ROLL, "message=Unable to add document to print job.\n", NULL, { "請看打印機", "Veja a impressora", "Look at the printer" }, "unconfirmed",
    settle_no, "failed refused clerk", "begun unconfirmed failed", 0 },
  { "unsupported", ROLL, "exit=5\n", NULL, { "未有列印", "Não foi impresso", "It was not printed" }, "failed",
    settle_leave, "failed - machine", "begun failed", 0 },
  { "aborted", ROLL, "exit=1\n", NULL, { "未有列印", "Não foi impresso", "It was not printed" }, "failed",
    settle_leave, "failed - machine", "begun failed", 0 },
  { "killed-before", ROLL, NULL, err_killed, { "列印伺服器沒有回應", "O servidor de impressão não responde", "The print server does not answer" },
    "offline", settle_leave, "failed - machine", "begun failed", 0 },
  { "killed-after", ROLL, "state=media-empty-error\n", NULL, { "紙用完了", "O papel acabou", "The paper is used up" }, "media-empty",
    settle_after_restart, "printed - clerk", "begun unconfirmed printed", 1 },
  { "hung", ROLL, NULL, err_hung, { "請看打印機", "Veja a impressora", "Look at the printer" }, "unconfirmed",
    settle_after_hang, "failed - clerk", "begun unconfirmed failed", 0 },
  { "no-printer", "", NULL, NULL, { "未設定打印機", "Não há impressora", "No printer is set up" }, "failed",
    settle_leave, NULL, NULL, 0 },
};
/* clang-format on */

static void
look_in_three_languages (PrintPlace *place, const Fault *fault)
{
  const JnLanguage *languages = jn_language_list ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *picture = g_strdup_printf ("print-%s.%s", fault->name, languages[i].tag);

      screen_set_language (place->window, languages[i].code);
      print_place_open_list (place);
      screen_wait_text (place->window, fault->words[i]);
      /* Enter, once too often, cancels no print and answers no question */
      g_assert_false (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (place->window))));
      print_place_assert_picture (place->window, fault->picture);
      check_names (place->window);
      check_contrast (place->window);
      check_fits (place->window, 1366, 768);
      screen_picture (place->window, picture);
      if (g_str_equal (fault->name, "refused")) /* the one with the most words and buttons */
        check_looks (place->window, "print-looks");
      close_list (place, fault->words[i]);
    }
  screen_set_language (place->window, "en");
}

static void
assert_mismatch (PrintPlace *place, const Fault *fault, const char *number)
{
  g_autofree char *mismatches = sql_value (
      place->owner,
      "select coalesce (string_agg (what, ' '), '-') from desk.print_mismatches ('07', "
      "(now () at time zone 'Asia/Macau')::date) where no = '%s' and what <> 'not-sealed'",
      number);

  g_assert_cmpstr (mismatches, ==,
                   g_str_has_prefix (fault->record, "printed") ? "-" : "never-printed");
}

static void
assert_record (PrintPlace *place, const Fault *fault, const char *attempt, const char *number)
{
  if (fault->record == NULL)
    {
      g_autofree char *none = print_place_read_record (place, attempt);

      g_assert_null (none);
      return;
    }
  print_place_assert_record (place, attempt, fault->record, fault->events);
  assert_mismatch (place, fault, number);
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  PrintPlace place = { 0 };
  GtkWidget *focus;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (JnPrint) print = NULL;
  g_autoptr (GPtrArray) printed = NULL;

  print_place_open (&place, "kaian", "lotus-seven", fault->printers);
  receipt = print_place_commit_receipt (&place);
  if (fault->fault != NULL)
    cups_server_set_fault (place.cups, fault->fault);
  if (fault->err != NULL)
    fault->err (&place);
  focus = gtk_window_get_focus (GTK_WINDOW (place.window));
  print = g_object_ref (jn_receipt_print (receipt, jn_window_get_prints (place.window), "receipt"));
  screen_wait (print_place_needs_clerk, print, "the clerk is needed");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (place.window))
                 == focus); /* it never takes the keyboard */
  look_in_three_languages (&place, fault);
  fault->settle (&place, print);
  screen_wait (print_place_is_over, print, "the print is over");
  g_assert_cmpuint (jn_prints_count_needy (jn_window_get_prints (place.window)), ==, 0);
  assert_record (&place, fault, jn_print_get_attempt (print), jn_receipt_get_number (receipt));
  printed = cups_server_get_printed (place.cups);
  g_assert_cmpuint (printed->len, >=, fault->printed);
  print_place_close (&place);
}

/* -- the answer that is lost ------------------------------------------------------------------------------------ */

/* The job is found by its name: nobody is asked, and one paper comes out. */
static void
test_reply_lost (gconstpointer mode)
{
  PrintPlace place = { .cups = cups_server_new ("abort-job") };
  g_autoptr (Relay) relay = relay_new (cups_server_get_socket (place.cups));
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (JnPrint) print = NULL;
  g_autoptr (GPtrArray) printed = NULL;

  place.socket = relay_get_socket (relay);
  print_place_open (&place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  receipt = print_place_commit_receipt (&place);
  relay_set_mode (relay, (RelayMode)GPOINTER_TO_INT (mode));
  print = g_object_ref (jn_receipt_print (receipt, jn_window_get_prints (place.window), "receipt"));
  screen_wait_text (place.window, "Printing …");
  screen_wait (print_place_is_over, print, "the print is over");
  g_assert_cmpuint (jn_prints_count_needy (jn_window_get_prints (place.window)), ==, 0);
  print_place_assert_record (&place, jn_print_get_attempt (print), "printed - machine",
                             "begun printed");
  print_place_wait_no_text (place.window, "Printing …");
  printed = cups_server_get_printed (place.cups);
  g_assert_cmpuint (printed->len, ==, 1);
  print_place_close (&place);
}

/* Cut before the document was complete: there is no job, so it was surely not printed. */
static void
test_request_cut (void)
{
  PrintPlace place = { .cups = cups_server_new ("abort-job") };
  g_autoptr (Relay) relay = relay_new (cups_server_get_socket (place.cups));
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (JnPrint) print = NULL;
  g_autoptr (GPtrArray) printed = NULL;

  place.socket = relay_get_socket (relay);
  print_place_open (&place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  receipt = print_place_commit_receipt (&place);
  relay_set_mode (relay, RELAY_CUT_REQUEST);
  print = g_object_ref (jn_receipt_print (receipt, jn_window_get_prints (place.window), "receipt"));
  screen_wait (print_place_is_over, print, "the print is over");
  print_place_open_list (&place);
  screen_wait_text (place.window, "It was not printed.");
  print_place_assert_record (&place, jn_print_get_attempt (print), "failed - machine",
                             "begun failed");
  printed = cups_server_get_printed (place.cups);
  g_assert_cmpuint (printed->len, ==, 0);
  screen_press_button (place.window, "Leave it");
  screen_let_fade (TRUE);
  screen_press (place.window, GDK_KEY_Escape, 0);
  g_assert_null (screen_find (place.window, GTK_TYPE_MENU_BUTTON, "Not printed"));
  screen_let_fade (FALSE);
  print_place_close (&place);
}

/* -- after a restart ------------------------------------------------------------------------------------------- */

static gboolean
has_needy (gpointer prints)
{
  return jn_prints_count_needy (prints) == 1;
}

/* The program goes away with a job under way; who signs in next finds it at its end, or answers for it. */
static void
test_restart (void)
{
  PrintPlace place = { 0 };
  g_autofree char *attempt = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  JnPrint *print;

  print_place_open (&place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  receipt = print_place_commit_receipt (&place);
  cups_server_set_fault (place.cups, "state=cover-open-error\n");
  print = jn_receipt_print (receipt, jn_window_get_prints (place.window), "receipt");
  screen_wait (print_place_needs_clerk, print, "the clerk is needed");
  attempt = g_strdup (jn_print_get_attempt (print));
  screen_close (place.window);
  print_place_open_window (&place);
  screen_wait (has_needy, jn_window_get_prints (place.window), "the job is taken up again");
  screen_wait_text (place.window, "The printer needs you");
  cups_server_set_fault (place.cups, NULL);
  print_place_assert_record (&place, attempt, "printed - machine", "begun printed");
  print_place_close (&place);
}

/* The list of the printers is open when its clerk signs out: it goes with the desk. */
static void
test_signed_out (void)
{
  PrintPlace place = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  print_place_prepare (&place, 7, PRINT_PLACE_ROLL);
  print_place_sign_in (&place, "kaian", "lotus-seven");
  err_stopped (&place);
  print_place_open_window (&place);
  screen_wait_text (place.window, "The printer needs you");
  print_place_open_list (&place);
  screen_wait_text (place.window, "Printers of this counter");
  jn_session_sign_out_async (place.session, NULL, jn_awaited_cb, &result);
  jn_session_sign_out_finish (place.session, jn_await (&result), NULL);
  screen_wait_place (place.window, JN_PLACE_SIGN_IN);
  print_place_wait_no_text (place.window, "Printers of this counter");
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/print-faults/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_data_func ("/ui/print-faults/reply-lost/cut", GINT_TO_POINTER (RELAY_CUT_REPLY),
                        test_reply_lost);
  g_test_add_data_func ("/ui/print-faults/reply-lost/silent", GINT_TO_POINTER (RELAY_KEEP_REPLY),
                        test_reply_lost);
  g_test_add_func ("/ui/print-faults/request-cut", test_request_cut);
  g_test_add_func ("/ui/print-faults/restart", test_restart);
  g_test_add_func ("/ui/print-faults/signed-out", test_signed_out);
  return g_test_run ();
}
