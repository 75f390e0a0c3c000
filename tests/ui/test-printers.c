/* test-printers.c: what a clerk sees when a real print server and its printer err, and what the record says then.
 *
 * The backend is the database of JANELA_TEST_DSN, as JANELA_TEST_OWNER reads it; the printer errs as told. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "app/postgres/pq.h"
#include "app/receipt-private.h"
#include "app/uuid.h"
#include "tests/printing/cups-server.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/print-words.h"
#include "ui/printer-editor.h"

/* -- a counter with a printer --------------------------------------------------------------------------- */

typedef struct
{
  CupsServer *cups;
  PGconn *owner;
  JnPostgres *server;
  JnSettings *settings;
  JnSession *session;
  JnWindow *window;
  JnReceipt *receipt;
} Place;

static char *
ask_owner (Place *place, const char *format, ...)
{
  g_autofree char *sql = NULL;
  g_autoptr (PGresult) result = NULL;
  va_list list;

  va_start (list, format);
  sql = g_strdup_vprintf (format, list);
  va_end (list);
  result = PQexec (place->owner, sql);
  if (PQresultStatus (result) != PGRES_TUPLES_OK && PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s: %s", sql, PQerrorMessage (place->owner));
  return PQntuples (result) > 0 ? g_strdup (PQgetvalue (result, 0, 0)) : NULL;
}

/* A receipt that was committed: its row, and what the window holds of it. */
static JnReceipt *
commit_receipt (Place *place)
{
  static guint n;
  g_autofree char *id = jn_uuid_new ();
  g_autofree char *number = g_strdup_printf ("07-2026-09%05u", ++n);
  g_autofree char *done = ask_owner (
      place,
      "insert into desk.receipt (id, branch, no, visit, day, at, counter, fee, json) values "
      "('%s', '07', '%s', gen_random_uuid (), (now () at time zone 'Asia/Macau')::date, "
      "now () - interval '5 minutes', 7, 0, '{}')",
      id, number);

  return jn_receipt_new (
      place->session,
      jn_dict_new ("id", "s", id, "no", "s", number, "branch", "s", "07", "counter", "i", 7, NULL),
      NULL, "pt");
}

static void
sign_in (Place *place, const char *login, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_session_sign_in_async (place->session, login, password, NULL, 0, NULL, jn_awaited_cb, &result);
  jn_session_sign_in_finish (place->session, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
open_window (Place *place)
{
  place->window = screen_open (place->session, "en", 1366, 768);
  jn_print_service_set_timing (jn_prints_get_service (jn_window_get_prints (place->window)), 1000,
                               500, 20);
  screen_settle ();
}

static void
open_place (Place *place, const char *login, const char *password, const char *printers)
{
  g_autofree char *text = NULL;

  place->cups = cups_server_new ("abort-job");
  place->owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_assert_cmpint (PQstatus (place->owner), ==, CONNECTION_OK);
  text = g_strdup_printf ("[janela]\nlanguage=en\nprint-server=%s\n%s",
                          cups_server_get_socket (place->cups), printers);
  place->settings = jn_settings_new_from_data (text, 7, NULL);
  place->server = jn_postgres_new (g_getenv ("JANELA_TEST_DSN"));
  place->session = jn_session_new (JN_BACKEND (place->server), place->settings);
  sign_in (place, login, password);
  open_window (place);
  place->receipt = commit_receipt (place);
}

static void
close_place (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;

  screen_close (place->window);
  jn_session_sign_out_async (place->session, NULL, jn_awaited_cb, &result);
  jn_session_sign_out_finish (place->session, jn_await (&result), NULL);
  g_clear_object (&place->receipt);
  g_object_unref (place->session);
  g_object_unref (place->server);
  g_object_unref (place->settings);
  PQfinish (place->owner);
  cups_server_free (place->cups);
}

#define ROLL "[use]\nreceipt=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"

/* -- what the clerk sees, and what the record says --------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *printers; /* settings */
  void (*err) (Place *place);
  const char *words[3]; /* zh, pt, en */
  const char *picture;
  void (*settle) (Place *place, JnPrint *print);
  const char *record; /* outcome, reason, settled by the clerk */
  const char *events; /* NULL: no attempt */
  guint printed;
} Fault;

static void
err_empty (Place *place)
{
  cups_server_set_fault (place->cups, "state=media-empty-error\n");
}

static void
err_jam (Place *place)
{
  cups_server_set_fault (place->cups, "state=media-jam-error\n");
}

static void
err_cover (Place *place)
{
  cups_server_set_fault (place->cups, "state=cover-open-error\n");
}

static void
err_offline (Place *place)
{
  cups_server_set_fault (place->cups, "state=offline-report\n");
}

static void
err_slow (Place *place)
{
  cups_server_set_fault (place->cups, "wait=1\n");
}

static void
err_refuses (Place *place)
{
  cups_server_set_fault (place->cups, "message=Unable to add document to print job.\n");
}

static void
err_cancels (Place *place)
{
  cups_server_set_fault (place->cups, "exit=5\n");
}

static void
err_aborts (Place *place)
{
  cups_server_set_fault (place->cups, "exit=1\n");
}

static void
err_stopped (Place *place)
{
  static const char *const stop[] = { "/usr/sbin/cupsdisable", "pos", NULL };

  cups_server_run (place->cups, stop);
}

static void
err_rejects (Place *place)
{
  static const char *const reject[] = { "/usr/sbin/cupsreject", "pos", NULL };

  cups_server_run (place->cups, reject);
}

static void
err_killed (Place *place)
{
  cups_server_signal (place->cups, SIGKILL);
}

static void
err_hung (Place *place)
{
  jn_print_service_set_timing (jn_prints_get_service (jn_window_get_prints (place->window)), 300,
                               500, 20);
  cups_server_signal (place->cups, SIGSTOP);
}

static void
err_none (Place *place)
{
}

/* … */

static gboolean
is_over (gpointer print)
{
  return !jn_print_is_busy (print);
}

static gboolean
needs_clerk (gpointer print)
{
  return jn_print_needs_clerk (print);
}

static gboolean
is_asked (gpointer print)
{
  return jn_print_get_step (print) == JN_PRINT_STEP_UNCONFIRMED;
}

static gboolean
shows (gpointer data)
{
  gpointer *wanted = data;

  return screen_shows (wanted[0], wanted[1]);
}

static gboolean
hides (gpointer data)
{
  return !shows (data);
}

static void
wait_for_text (Place *place, const char *text)
{
  gpointer wanted[] = { place->window, (gpointer)text };

  screen_wait (shows, wanted, text);
}

static void
press_button (Place *place, const char *name)
{
  gtk_button_clicked (GTK_BUTTON (screen_need (place->window, GTK_TYPE_BUTTON, name)));
  screen_settle ();
}

static void
open_list (Place *place)
{
  screen_press (place->window, GDK_KEY_F9, GDK_SHIFT_MASK);
  screen_frame (place->window);
}

static void
close_list (Place *place, const char *text)
{
  gpointer unwanted[] = { place->window, (gpointer)text };

  screen_press (place->window, GDK_KEY_Escape, 0);
  screen_wait (hides, unwanted, "the list is closed");
}

static void
settle_mended (Place *place, JnPrint *print)
{
  cups_server_set_fault (place->cups, NULL);
}

static void
settle_cancel (Place *place, JnPrint *print)
{
  open_list (place);
  press_button (place, "Cancel printing");
}

static void
settle_no (Place *place, JnPrint *print)
{
  open_list (place);
  press_button (place, "No, nothing came");
  press_button (place, "Leave it"); /* it offers to print again, which it never does by itself */
}

static void
settle_yes (Place *place, JnPrint *print)
{
  open_list (place);
  press_button (place, "Yes, it came out");
}

static void
settle_leave (Place *place, JnPrint *print)
{
  open_list (place);
  press_button (place, "Leave it");
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
settle_after_restart (Place *place, JnPrint *print)
{
  cups_server_signal (place->cups, SIGKILL);
  screen_wait (is_offline, print, "the server is missed");
  cups_server_start (place->cups);
  screen_wait (is_empty, print, "the job began again");
  cups_server_set_fault (place->cups, NULL);
  screen_wait (is_asked, print, "the clerk is asked");
  settle_yes (place, print);
}

static void
settle_after_hang (Place *place, JnPrint *print)
{
  cups_server_signal (place->cups, SIGCONT);
  settle_no (place, print);
}

/* clang-format off */
static const Fault faults[] = {
  { "media-empty", ROLL, err_empty, { "紙用完了", "O papel acabou", "The paper is used up" }, "media-empty",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "media-jam", ROLL, err_jam, { "卡紙", "O papel encravou", "The paper is stuck" }, "media-jam",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "cover-open", ROLL, err_cover, { "機蓋打開了", "A tampa está aberta", "The cover is open" }, "cover-open",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "offline", ROLL, err_offline, { "打印機沒有回應", "A impressora não responde", "The printer does not answer" }, "offline",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "slow", ROLL, err_slow, { "所需時間較平常長", "Demora mais", "It takes longer than usual" }, "slow",
    settle_mended, "printed - machine", "begun printed", 1 },
  { "stopped", ROLL, err_stopped, { "已暫停", "em pausa", "The printer is paused" }, "stopped",
    settle_cancel, "cancelled stopped machine", "begun cancelled", 0 },
  { "rejects", ROLL, err_rejects, { "未有列印", "Não foi impresso", "It was not printed" }, "not-accepting",
    settle_leave, "failed - machine", "begun failed", 0 },
  { "refused", ROLL, err_refuses, { "請看打印機", "Veja a impressora", "Look at the printer" }, "unconfirmed",
    settle_no, "failed refused clerk", "begun unconfirmed failed", 0 },
  { "unsupported", ROLL, err_cancels, { "未有列印", "Não foi impresso", "It was not printed" }, "failed",
    settle_leave, "failed - machine", "begun failed", 0 },
  { "aborted", ROLL, err_aborts, { "未有列印", "Não foi impresso", "It was not printed" }, "failed",
    settle_leave, "failed - machine", "begun failed", 0 },
  { "killed-before", ROLL, err_killed, { "列印伺服器沒有回應", "O servidor de impressão não responde", "The print server does not answer" },
    "offline", settle_leave, "failed - machine", "begun failed", 0 },
  { "killed-after", ROLL, err_empty, { "紙用完了", "O papel acabou", "The paper is used up" }, "media-empty",
    settle_after_restart, "printed - clerk", "begun unconfirmed printed", 1 },
  { "hung", ROLL, err_hung, { "請看打印機", "Veja a impressora", "Look at the printer" }, "unconfirmed",
    settle_after_hang, "failed - clerk", "begun unconfirmed failed", 0 },
  { "no-printer", "", err_none, { "未設定打印機", "Não há impressora", "No printer is set up" }, "failed",
    settle_leave, NULL, NULL, 0 },
};
/* clang-format on */

static void
find_picture_cb (GtkWidget *widget, gpointer data)
{
  gpointer *search = data;
  const char *name = NULL;
  int size = 0;

  if (!GTK_IS_IMAGE (widget)
      || gtk_image_get_storage_type (GTK_IMAGE (widget)) != GTK_IMAGE_ICON_NAME)
    return;
  gtk_image_get_icon_name (GTK_IMAGE (widget), &name, NULL);
  g_object_get (widget, "pixel-size", &size, NULL);
  if (size >= 40 && g_strcmp0 (name, search[0]) == 0)
    search[1] = widget;
}

static void
assert_picture (Place *place, const char *picture)
{
  g_autofree char *name = g_strdup_printf ("jn-print-%s-symbolic", picture);
  gpointer search[] = { name, NULL };

  screen_walk (place->window, find_picture_cb, search);
  if (search[1] == NULL)
    g_error ("the picture %s is not on the screen", name);
}

static void
look_in_three_languages (Place *place, const Fault *fault)
{
  const JnLanguage *languages = jn_language_list ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *picture = g_strdup_printf ("print-%s.%s", fault->name, languages[i].tag);

      screen_set_language (place->window, languages[i].code);
      open_list (place);
      wait_for_text (place, fault->words[i]);
      assert_picture (place, fault->picture);
      check_names (place->window);
      check_contrast (place->window);
      check_fits (place->window, 1366, 768);
      screen_picture (place->window, picture);
      close_list (place, fault->words[i]);
    }
  screen_set_language (place->window, "en");
}

typedef struct
{
  Place *place;
  const char *attempt;
  const char *record;
  gint64 until;
} Record;

static char *
read_record (const Record *record)
{
  return ask_owner (
      record->place,
      "select coalesce (outcome, 'under-way') || ' ' || coalesce (reason, '-') || ' ' "
      "|| case when confirmed_by is null then 'machine' else 'clerk' end "
      "from desk.print where attempt = '%s'",
      record->attempt);
}

static gboolean
says_record (gpointer data)
{
  g_autofree char *now = read_record (data);
  return g_strcmp0 (now, ((Record *)data)->record) == 0;
}

static gboolean
says_record_or_late (gpointer data)
{
  return says_record (data) || g_get_monotonic_time () > ((Record *)data)->until;
}

static void
assert_record (Place *place, const Fault *fault, const char *attempt)
{
  Record record = { place, attempt, fault->record, 0 };
  g_autofree char *now = NULL;
  g_autofree char *events = NULL;
  g_autofree char *mismatches = NULL;

  if (fault->record == NULL)
    {
      g_autofree char *none = read_record (&record);

      g_assert_null (none);
      return;
    }
  record.until = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  screen_wait (says_record_or_late, &record, fault->record);
  now = read_record (&record);
  g_assert_cmpstr (now, ==, fault->record);
  events
      = ask_owner (place,
                   "select string_agg (what, ' ' order by id) from desk.event where kind = 'print' "
                   "and subject = '%s'",
                   attempt);
  g_assert_cmpstr (events, ==, fault->events);
  mismatches = ask_owner (
      place,
      "select coalesce (string_agg (what, ' '), '-') from desk.print_mismatches ('07', "
      "(now () at time zone 'Asia/Macau')::date) where no = '%s' and what <> 'not-sealed'",
      jn_receipt_get_number (place->receipt));
  g_assert_cmpstr (mismatches, ==,
                   g_str_has_prefix (fault->record, "printed") ? "-" : "never-printed");
}

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  Place place = { 0 };
  GtkWidget *focus;
  JnPrint *print;
  g_autoptr (GPtrArray) printed = NULL;

  open_place (&place, "kaian", "lotus-seven", fault->printers);
  fault->err (&place);
  focus = gtk_window_get_focus (GTK_WINDOW (place.window));
  print = g_object_ref (
      jn_receipt_print (place.receipt, jn_window_get_prints (place.window), "receipt"));
  screen_wait (needs_clerk, print, "the clerk is needed");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (place.window))
                 == focus); /* it never takes the keyboard */
  look_in_three_languages (&place, fault);
  fault->settle (&place, print);
  screen_wait (is_over, print, "the print is over");
  g_assert_cmpuint (jn_prints_count_needy (jn_window_get_prints (place.window)), ==, 0);
  assert_record (&place, fault, jn_print_get_attempt (print));
  printed = cups_server_get_printed (place.cups);
  g_assert_cmpuint (printed->len, >=, fault->printed);
  g_object_unref (print);
  close_place (&place);
}

/* -- after a restart, and at another terminal ---------------------------------------------------------------- */

static gboolean
has_needy (gpointer prints)
{
  return jn_prints_count_needy (prints) == 1;
}

/* The program goes away with a job under way; who signs in next finds it at its end, or answers for it. */
static void
test_restart (void)
{
  Place place = { 0 };
  g_autofree char *attempt = NULL;
  JnPrint *print;
  Record record = { &place, NULL, "printed - machine", 0 };

  open_place (&place, "kaian", "lotus-seven", ROLL);
  err_cover (&place);
  print = jn_receipt_print (place.receipt, jn_window_get_prints (place.window), "receipt");
  screen_wait (needs_clerk, print, "the clerk is needed");
  record.attempt = attempt = g_strdup (jn_print_get_attempt (print));
  screen_close (place.window);
  open_window (&place);
  screen_wait (has_needy, jn_window_get_prints (place.window), "the job is taken up again");
  wait_for_text (&place, "The printer needs you");
  cups_server_set_fault (place.cups, NULL);
  screen_wait (says_record, &record, record.record);
  close_place (&place);
}

/* -- words and pictures ---------------------------------------------------------------------------------------- */

/* Each reason has words of its own in each language, and a picture that the program carries. */
static void
test_words (void)
{
  jn_look_load_icons ();
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      jn_language_set (language);
      for (guint reason = 1; reason <= JN_PRINTER_REASON_OTHER; reason <<= 1)
        {
          char *words = jn_words_printer ((JnPrinterReasons)reason);
          const char *picture = jn_picture_printer ((JnPrinterReasons)reason);

          g_assert_cmpuint (strlen (words), >, 5);
          g_assert_true (g_hash_table_add (seen, words));
          g_assert_nonnull (picture);
          g_assert_true (gtk_icon_theme_has_icon (gtk_icon_theme_get_default (), picture));
        }
      g_assert_cmpuint (g_hash_table_size (seen), ==, 12);
    }
  jn_language_set (jn_language_find ("en"));
}

/* None is left in English where the clerk reads another language. */
static void
test_translated (void)
{
  for (guint reason = 1; reason <= JN_PRINTER_REASON_OTHER; reason <<= 1)
    {
      g_autofree char *english = NULL;

      jn_language_set (jn_language_find ("en"));
      english = jn_words_printer ((JnPrinterReasons)reason);
      for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
        {
          g_autofree char *words = NULL;

          jn_language_set (language);
          words = jn_words_printer ((JnPrinterReasons)reason);
          if (!g_str_equal (language->code, "en"))
            g_assert_cmpstr (words, !=, english);
        }
    }
  jn_language_set (jn_language_find ("en"));
}

/* -- the page --------------------------------------------------------------------------------------------------- */

static void
look_at (Place *place, const char *name)
{
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *file = g_strdup_printf ("%s.%s", name, language->tag);

      screen_set_language (place->window, language->code);
      screen_frame (place->window);
      screen_picture (place->window, file);
      check_names (place->window);
      check_contrast (place->window);
      check_fits (place->window, 1366, 768);
    }
  screen_set_language (place->window, "en");
}

static gboolean
has_printed (gpointer cups)
{
  g_autoptr (GPtrArray) printed = cups_server_get_printed (cups);

  return printed->len == 1;
}

/* The next start knows it; then the other tests shall not. */
static void
assert_kept (Place *place)
{
  g_autoptr (JnSettings) later = jn_settings_new_from_data ("[janela]\nlanguage=en\n", 7, NULL);
  const JnPrinterProfile *profile = jn_settings_get_printer (later, "receipt");
  g_autofree char *path = NULL;

  g_assert_nonnull (profile);
  g_assert_cmpstr (profile->queue, ==, "pos");
  path = g_build_filename (jn_settings_get_state_folder (place->settings), "choices.conf", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Nothing is set up: the clerk finds the queue, tries it, and keeps it for receipts. */
static void
test_page (void)
{
  Place place = { 0 };
  const JnPrinterProfile *profile;

  open_place (&place, "kaian", "lotus-seven", "");
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  wait_for_text (&place, "The print server knows 1 printer.");
  wait_for_text (&place, "No printer is set up.");
  look_at (&place, "30-printers-none");
  press_button (&place, "Receipt printer: Set up");
  look_at (&place, "31-printers-editor");
  press_button (&place, "Print a test page");
  screen_wait (has_printed, place.cups, "the test page is printed");
  press_button (&place, "Save");
  wait_for_text (&place, "Saved at this terminal.");
  profile = jn_settings_get_printer (place.settings, "receipt");
  g_assert_nonnull (profile);
  g_assert_cmpstr (profile->queue, ==, "pos");
  g_assert_cmpint (profile->kind, ==, JN_PRINTER_ESCPOS);
  g_assert_cmpstr (profile->model, ==, "Local Raw Printer");
  wait_for_text (&place, "pos · Local Raw Printer · Roll, 80 mm (576 dots)");
  look_at (&place, "32-printers");
  assert_kept (&place);
  close_place (&place);
}

/* A paper that another terminal printed comes out here as a copy. */
static void
test_again (void)
{
  Place place = { 0 };
  g_autofree char *copies = NULL;
  JnPrint *print;

  open_place (&place, "kaian", "lotus-seven", ROLL);
  print = jn_receipt_print (place.receipt, jn_window_get_prints (place.window), "receipt");
  screen_wait (is_over, print, "the receipt is printed");
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  gtk_entry_set_text (GTK_ENTRY (screen_need (place.window, GTK_TYPE_ENTRY, "Number of the paper")),
                      "07-2026-0000000");
  press_button (&place, "Print a copy");
  wait_for_text (&place, "There is no paper of that number");
  gtk_entry_set_text (GTK_ENTRY (screen_need (place.window, GTK_TYPE_ENTRY, "Number of the paper")),
                      jn_receipt_get_number (place.receipt));
  press_button (&place, "Print a copy");
  wait_for_text (&place, "marked as a copy");
  print = jn_prints_find (jn_window_get_prints (place.window), jn_receipt_get_id (place.receipt));
  screen_wait (is_over, print, "the copy is printed");
  g_assert_cmpuint (jn_print_get_copy (print), ==, 1);
  copies
      = ask_owner (&place,
                   "select string_agg (copy || ':' || coalesce (terminal, ''), ' ' order by copy) "
                   "from desk.print where title = '%s'",
                   jn_receipt_get_number (place.receipt));
  g_assert_cmpstr (copies, ==, "0:T07 1:T07");
  close_place (&place);
}

/* The administration's command line counts the same, and its exit status tells that something differs. */
static void
assert_reconciles (Place *place)
{
  g_autofree char *program = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  g_autofree char *word = g_build_filename (g_get_tmp_dir (), "word", NULL);
  g_autofree char *output = NULL;
  g_autofree char *wanted
      = g_strdup_printf ("never-printed: %s, counter 7", jn_receipt_get_number (place->receipt));
  const char *const command[] = { program,   "--dsn",     g_getenv ("JANELA_TEST_DSN"),
                                  "--login", "admin",     "--password-file",
                                  word,      "reconcile", "--branch",
                                  "07",      NULL };
  int status = 0;

  g_assert_true (g_file_set_contents (word, "lotus-admin\n", -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  g_assert_nonnull (strstr (output, "receipts   committed "));
  g_assert_nonnull (strstr (output, wanted));
}

/* A supervisor sees what of the day does not match. */
static void
test_report (void)
{
  Place place = { 0 };

  open_place (&place, "waiman", "lotus-super", ROLL);
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  wait_for_text (&place, "Receipts accepted");
  wait_for_text (&place, "Accepted, but never printed");
  look_at (&place, "33-printers-report");
  assert_reconciles (&place);
  close_place (&place);
}

/* What only the settings file says of a printer outlives a change on the screen. */
static void
test_direct_kept (void)
{
  GtkWidget *editor = g_object_ref_sink (jn_printer_editor_new ());
  g_autoptr (JnPrinterProfile) profile
             = jn_printer_profile_new ("office", JN_PRINTER_PDF, JN_PAPER_A5);
  g_autoptr (JnPrinterProfile) kept = NULL;

  profile->direct = TRUE;
  jn_printer_editor_edit (JN_PRINTER_EDITOR (editor), "form", profile, NULL);
  kept = jn_printer_editor_get_profile (JN_PRINTER_EDITOR (editor));
  g_assert_true (kept->direct);
  gtk_widget_destroy (editor);
  g_object_unref (editor);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/printers/words", test_words);
  g_test_add_func ("/ui/printers/translated", test_translated);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/printers/fault/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/ui/printers/direct-kept", test_direct_kept);
  g_test_add_func ("/ui/printers/restart", test_restart);
  g_test_add_func ("/ui/printers/page", test_page);
  g_test_add_func ("/ui/printers/again", test_again);
  g_test_add_func ("/ui/printers/report", test_report);
  return g_test_run ();
}
