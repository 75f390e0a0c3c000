/* test-prints.c: prints on a real cupsd: what is written down before and after, recovery, copies, another printer. */
#include "app/prints.h"

#include <string.h>
#include <sys/wait.h>

#include "app/dict.h"
#include "app/papers/test-document.h"
#include "app/reprint.h"
#include "printing/escpos.h"
#include "tests/app/desk.h"
#include "tests/printing/cups-server.h"
#include "tests/printing/relay.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
/* The leak of tests/printing/known-leak.h, on the print thread, where it cannot be bracketed. */
const char *
__lsan_default_suppressions (void)
{
  return "leak:libcairo\n";
}
#endif

#define SUBJECT "0190aaaa-0000-7000-8000-0000000000ee"

typedef struct
{
  CupsServer *cups;
  Desk *desk;
  JnSettings *settings;
  JnSession *session;
  JnPrints *prints;
  guint copy; /* what the backend counts */
} Place;

static GVariant *
begin_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  return jn_dict_new ("copy", "i", (int)((Place *)data)->copy, NULL);
}

static void
sign_in (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_in_async (place->session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  g_assert_true (jn_session_sign_in_finish (place->session, jn_await (&result), NULL));
}

static void
set_up (Place *place, gconstpointer options)
{
  g_autofree char *text = NULL;

  place->cups = cups_server_new ("abort-job");
  place->desk = desk_new ();
  text = g_strdup_printf ("[janela]\nprint-server=%s\n[use]\nreceipt=roll\nform=other\n"
                          "[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n%s\n"
                          "[printer other]\nqueue=second\nkind=escpos\npaper=roll-58\n",
                          cups_server_get_socket (place->cups),
                          options != NULL ? (const char *)options : "");
  place->settings = jn_settings_new_from_data (text, 7, NULL);
  place->session = jn_session_new (JN_BACKEND (place->desk->fake), place->settings);
  jn_fake_backend_on (place->desk->fake, "print_begin", begin_cb, place);
  jn_fake_backend_always (place->desk->fake, "print_end", jn_dict_new (NULL, NULL));
  sign_in (place);
  place->prints = jn_prints_new (place->session);
  jn_print_service_set_timing (jn_prints_get_service (place->prints), 1500, 600, 20);
}

static void
tear_down (Place *place, gconstpointer options)
{
  jn_await_finalized (place->prints);
  g_object_unref (place->session);
  g_object_unref (place->settings);
  desk_free (place->desk);
  cups_server_free (place->cups);
}

static JnPrint *
print (Place *place, const char *use, gboolean money)
{
  JnPrintOrder order
      = { .kind = "receipt", .subject = SUBJECT, .title = "07-2026-0000001", .money = money };
  const JnPrinterProfile *profile = jn_settings_get_printer (place->settings, "receipt");
  g_autoptr (JnDocument) document = jn_test_document_new (profile, "T07");

  return jn_prints_print (place->prints, document, &order, use);
}

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
is_at_printer (gpointer print)
{
  return jn_print_get_step (print) == JN_PRINT_STEP_PRINTING;
}

static const char *
last_end (Place *place, const char *key)
{
  return jn_dict_string (jn_fake_backend_last_args (place->desk->fake, "print_end"), key);
}

static void
assert_n_printed (Place *place, guint n)
{
  g_autoptr (GPtrArray) printed = cups_server_get_printed (place->cups);

  g_assert_cmpuint (printed->len, ==, n);
}

/* -- written down, before and after ------------------------------------------------------------------ */

static void
test_prints (Place *place, gconstpointer data)
{
  JnPrint *one = print (place, "receipt", FALSE);
  GVariant *begin;
  g_autoptr (GPtrArray) printed = NULL;
  g_autofree char *digest = NULL;

  g_assert_true (jn_print_is_busy (one));
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_PRINTED);
  begin = jn_fake_backend_last_args (place->desk->fake, "print_begin");
  g_assert_cmpstr (jn_dict_string (begin, "attempt"), ==, jn_print_get_attempt (one));
  g_assert_cmpstr (jn_dict_string (begin, "receipt"), ==, SUBJECT);
  g_assert_cmpstr (jn_dict_string (begin, "medium"), ==, "roll80");
  g_assert_cmpstr (jn_dict_string (begin, "printer"), ==, "pos");
  g_assert_nonnull (strstr (jn_dict_string (begin, "document"), "janela:test:pos"));
  g_assert_cmpstr (last_end (place, "outcome"), ==, "printed");
  printed = cups_server_get_printed (place->cups);
  g_assert_cmpuint (printed->len, ==, 1);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, printed->pdata[0]);
  g_assert_cmpstr (last_end (place, "bytes"), ==, digest);
}

/* Nothing is sent that the backend has not written down. */
static void
test_not_written_down (Place *place, gconstpointer data)
{
  JnPrint *one;

  jn_fake_backend_cut_line (place->desk->fake, TRUE);
  one = print (place, "receipt", FALSE);
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_FAILED);
  g_assert_error (jn_print_get_error (one), JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  assert_n_printed (place, 0);
}

static void
test_no_printer (Place *place, gconstpointer data)
{
  JnPrint *one = print (place, "report", FALSE);

  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_FAILED);
  g_assert_error (jn_print_get_error (one), JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND);
  g_assert_cmpstr (jn_backend_error_get_code (jn_print_get_error (one)), ==, "printer");
  g_assert_cmpuint (jn_fake_backend_count_calls (place->desk->fake, "print_begin"), ==, 0);
}

static void
test_no_server (Place *place, gconstpointer data)
{
  JnPrint *one;

  cups_server_signal (place->cups, 9);
  one = print (place, "receipt", FALSE);
  jn_await_until (is_over, one);
  g_assert_error (jn_print_get_error (one), JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_assert_cmpstr (last_end (place, "outcome"), ==, "failed");
}

/* The print server took the job and its answer was lost: it is found by its name, and not sent again. */
static void
test_reply_lost (Place *place, gconstpointer data)
{
  g_autoptr (Relay) relay = relay_new (cups_server_get_socket (place->cups));
  g_autofree char *text
      = g_strdup_printf ("[janela]\nprint-server=%s\n[use]\nreceipt=roll\n"
                         "[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n",
                         relay_get_socket (relay));
  JnPrint *one;

  g_object_unref (place->settings);
  g_object_unref (place->session);
  jn_await_finalized (place->prints);
  place->settings = jn_settings_new_from_data (text, 7, NULL);
  place->session = jn_session_new (JN_BACKEND (place->desk->fake), place->settings);
  sign_in (place);
  place->prints = jn_prints_new (place->session);
  jn_print_service_set_timing (jn_prints_get_service (place->prints), 1500, 600, 20);
  relay_set_mode (relay, RELAY_CUT_REPLY);
  one = print (place, "receipt", FALSE);
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_PRINTED);
  g_assert_cmpstr (last_end (place, "outcome"), ==, "printed");
  assert_n_printed (place, 1);
  g_clear_object (&place->prints);
  place->prints = jn_prints_new (place->session);
}

/* -- asked, never silently again ----------------------------------------------------------------------- */

static void
test_asked (Place *place, gconstpointer data)
{
  JnPrint *one;

  cups_server_set_fault (place->cups, "message=Unable to add document to print job.\n");
  one = print (place, "receipt", FALSE);
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_UNCONFIRMED);
  g_assert_true (jn_prints_get_foremost (place->prints) == one);
  g_assert_cmpstr (last_end (place, "outcome"), ==, "unconfirmed");
  g_assert_cmpstr (last_end (place, "reason"), ==, "refused");
  g_assert_true (jn_fake_backend_last_repeatable (place->desk->fake, "print_end"));
  jn_print_confirm (one, FALSE);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_FAILED);
  desk_flush (NULL);
  g_assert_cmpstr (last_end (place, "outcome"), ==, "failed");
  g_assert_true (jn_dict_boolean (jn_fake_backend_last_args (place->desk->fake, "print_end"),
                                  "by_clerk", FALSE));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (place->prints)), ==, 1);
}

/* -- again, as a copy; on another printer ---------------------------------------------------------------- */

static void
test_again (Place *place, gconstpointer data)
{
  JnPrint *one = print (place, "receipt", FALSE);
  JnPrint *two;

  jn_await_until (is_over, one);
  place->copy = 1;
  jn_prints_again (place->prints, one, "receipt");
  two = jn_prints_find (place->prints, SUBJECT);
  g_assert_true (one != two);
  jn_await_until (is_over, two);
  g_assert_cmpuint (jn_print_get_copy (two), ==, 1);
  g_assert_cmpstr (jn_print_get_attempt (one), !=, jn_print_get_attempt (two));
  assert_n_printed (place, 2);
}

static void
test_other_printer (Place *place, gconstpointer data)
{
  const char *const add[]
      = { "/usr/sbin/lpadmin", "-p", "second", "-E", "-v", NULL, "-m", "raw", NULL };
  g_autofree char *uri = g_strdup_printf ("sim:%s/second", cups_server_get_folder (place->cups));
  g_autofree char *folder = g_strdup_printf ("%s/second", cups_server_get_folder (place->cups));
  const char *command[G_N_ELEMENTS (add)];
  JnPrint *one;

  memcpy (command, add, sizeof add);
  command[5] = uri;
  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  give_away (folder);
  cups_server_run (place->cups, command);
  cups_server_set_fault (place->cups, "state=media-empty-error\n");
  one = print (place, "receipt", FALSE);
  jn_await_until (needs_clerk, one);
  jn_prints_move (place->prints, one, "form");
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (place->prints)), ==, 2);
  jn_await_until (is_over, jn_prints_find (place->prints, SUBJECT));
  g_assert_cmpstr (jn_print_get_queue (jn_prints_find (place->prints, SUBJECT)), ==, "second");
  g_assert_cmpint (jn_print_get_step (jn_prints_find (place->prints, SUBJECT)), ==,
                   JN_PRINT_STEP_PRINTED);
}

/* What was cancelled while the paper ran may lie in the tray: it is asked about, and goes nowhere by itself. */
static void
test_cancelled_running (Place *place, gconstpointer data)
{
  JnPrint *one;

  cups_server_set_fault (place->cups, "wait=1\n");
  one = print (place, "receipt", FALSE);
  jn_await_until (is_at_printer, one);
  jn_await_until (needs_clerk, one); /* slow */
  jn_prints_move (place->prints, one, "form");
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_UNCONFIRMED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (place->prints)), ==, 1);
}

/* -- the spool -------------------------------------------------------------------------------------------- */

static GVariant *
kept_rows (const char *attempt, const char *outcome)
{
  GVariant *row = jn_dict_new ("attempt", "s", attempt, "kind", "s", "receipt", "subject", "s",
                               SUBJECT, "title", "s", "07-2026-0000001", "printer", "s", "pos",
                               "outcome", "s", outcome, "document", "s", "hash", NULL);

  return jn_dict_new ("prints", "@av", jn_list_new (&row, 1), NULL);
}

/* Drawn again from what the backend keeps, it is the same to the byte. */
static void
test_spool (Place *place, gconstpointer data)
{
  JnPrint *one = print (place, "receipt", FALSE);
  g_autoptr (JnPrint) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) printed = NULL;
  GVariant *begin;

  jn_await_until (is_over, one);
  begin = jn_fake_backend_last_args (place->desk->fake, "print_begin");
  jn_fake_backend_always (place->desk->fake, "spool",
                          jn_dict_new ("document", "s", jn_dict_string (begin, "document"), NULL));
  jn_fake_backend_always (place->desk->fake, "prints", kept_rows ("elsewhere", "printed"));
  jn_prints_reprint_async (place->prints, "07-2026-0000001", "receipt", NULL, jn_awaited_cb,
                           &result);
  again = jn_prints_reprint_finish (place->prints, jn_await (&result), NULL);
  g_assert_nonnull (again);
  jn_await_until (is_over, again);
  printed = cups_server_get_printed (place->cups);
  g_assert_cmpuint (printed->len, ==, 2);
  g_assert_true (g_bytes_equal (printed->pdata[0], printed->pdata[1]));
}

static void
test_spool_empty (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_fake_backend_always (place->desk->fake, "prints", jn_dict_new (NULL, NULL));
  jn_prints_reprint_async (place->prints, "nothing", "receipt", NULL, jn_awaited_cb, &result);
  g_assert_null (jn_prints_reprint_finish (place->prints, jn_await (&result), &error));
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "no-document");
}

/* The page that asked for a paper again is left before the answer. */
static void
test_reprint_given_up (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  jn_reprint_async (place->prints, place->desk->session, "07-2026-0000001", "receipt", cancellable,
                    jn_awaited_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (jn_reprint_finish (jn_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Into a file instead of onto paper: nothing is written down, nothing is printed. */
static void
test_saves (Place *place, gconstpointer data)
{
  const JnPrinterProfile *profile = jn_settings_get_printer (place->settings, "receipt");
  g_autoptr (JnDocument) document = jn_test_document_new (profile, "T07");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "page.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/page.pdf");
  const JnPrintOrder order = { .kind = "receipt", .subject = SUBJECT, .title = "07-2026-0000001" };
  GVariant *noted;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  jn_fake_backend_always (place->desk->fake, "print_saved", jn_dict_new (NULL, NULL));
  jn_prints_save_async (place->prints, document, &order, JN_PAPER_A5, file, NULL, jn_awaited_cb,
                        &saved);
  g_assert_true (jn_prints_save_finish (place->prints, jn_await (&saved), NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  noted = jn_fake_backend_last_args (place->desk->fake, "print_saved");
  g_assert_cmpstr (jn_dict_string (noted, "subject"), ==, SUBJECT);
  g_assert_cmpstr (jn_dict_string (noted, "medium"), ==, "a5");
  g_assert_true (g_file_set_contents (path, "somebody's", -1, NULL));
  jn_prints_save_async (place->prints, document, &order, JN_PAPER_A5, file, NULL, jn_awaited_cb,
                        &again);
  g_assert_false (jn_prints_save_finish (place->prints, jn_await (&again), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS); /* what stood there stays */
  g_clear_error (&error);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "somebody's");
  jn_prints_save_async (place->prints, document, &order, JN_PAPER_A5, nowhere, NULL, jn_awaited_cb,
                        &refused);
  g_assert_false (jn_prints_save_finish (place->prints, jn_await (&refused), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (jn_fake_backend_count_calls (place->desk->fake, "print_saved"), ==, 1);
  g_assert_cmpuint (jn_fake_backend_count_calls (place->desk->fake, "print_begin"), ==, 0);
  assert_n_printed (place, 0);
}

static gboolean
is_gone (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A file that nobody would know of does not stay. */
static void
test_saves_nothing_unnoted (Place *place, gconstpointer data)
{
  const JnPrinterProfile *profile = jn_settings_get_printer (place->settings, "receipt");
  g_autoptr (JnDocument) document = jn_test_document_new (profile, "T07");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "unnoted.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const JnPrintOrder order = { .kind = "receipt", .subject = SUBJECT, .title = "07-2026-0000001" };
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;

  jn_fake_backend_cut_line (place->desk->fake, TRUE);
  jn_prints_save_async (place->prints, document, &order, JN_PAPER_A5, file, NULL, jn_awaited_cb,
                        &saved);
  g_assert_false (jn_prints_save_finish (place->prints, jn_await (&saved), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_clear_object (&saved);
  jn_await_until (is_gone, path);
}

/* -- after a restart ---------------------------------------------------------------------------------------- */

static gboolean
has_one (gpointer prints)
{
  return g_list_model_get_n_items (prints) == 1;
}

static void
restart (Place *place)
{
  jn_await_finalized (place->prints);
  place->prints = jn_prints_new (place->session);
  jn_print_service_set_timing (jn_prints_get_service (place->prints), 1500, 600, 20);
  jn_prints_recover (place->prints);
  jn_await_until (has_one, place->prints);
}

static void
test_recovers (Place *place, gconstpointer data)
{
  g_autofree char *attempt = NULL;
  JnPrint *one;

  cups_server_set_fault (place->cups, "state=cover-open-error\n");
  one = print (place, "receipt", FALSE);
  jn_await_until (needs_clerk, one);
  attempt = g_strdup (jn_print_get_attempt (one));
  jn_fake_backend_always (place->desk->fake, "prints", kept_rows (attempt, NULL));
  /* the program goes away with the attempt under way: its print thread lets the job be */
  g_clear_object (&place->prints);
  place->prints = jn_prints_new (place->session);
  jn_print_service_set_timing (jn_prints_get_service (place->prints), 1500, 600, 20);
  jn_prints_recover (place->prints);
  jn_await_until (has_one, place->prints);
  one = jn_prints_find (place->prints, SUBJECT);
  jn_await_until (is_at_printer, one);
  cups_server_set_fault (place->cups, NULL);
  jn_await_until (is_over, one);
  g_assert_cmpint (jn_print_get_step (one), ==, JN_PRINT_STEP_PRINTED);
  assert_n_printed (place, 1);
}

/* Written down, and no job of that name: sent or not, nobody knows. */
static void
test_recovers_unknown (Place *place, gconstpointer data)
{
  jn_fake_backend_always (place->desk->fake, "prints",
                          kept_rows ("0190aaaa-0000-7000-8000-0000000000aa", NULL));
  restart (place);
  jn_await_until (is_over, jn_prints_find (place->prints, SUBJECT));
  g_assert_cmpint (jn_print_get_step (jn_prints_find (place->prints, SUBJECT)), ==,
                   JN_PRINT_STEP_UNCONFIRMED);
  assert_n_printed (place, 0);
}

/* A question that the clerk before left is asked again, and the answer is kept. */
static void
test_recovers_question (Place *place, gconstpointer data)
{
  jn_fake_backend_always (place->desk->fake, "prints",
                          kept_rows ("0190aaaa-0000-7000-8000-0000000000aa", "unconfirmed"));
  restart (place);
  g_assert_cmpuint (jn_prints_count_needy (place->prints), ==, 1);
  g_assert_cmpuint (jn_fake_backend_count_calls (place->desk->fake, "print_end"), ==, 0);
  jn_print_confirm (jn_prints_find (place->prints, SUBJECT), TRUE);
  desk_flush (NULL);
  g_assert_cmpstr (last_end (place, "outcome"), ==, "printed");
  g_assert_cmpuint (jn_prints_count_needy (place->prints), ==, 0);
}

/* -- the drawer ------------------------------------------------------------------------------------------------ */

static gboolean
begins_with_kick (Place *place)
{
  g_autoptr (GPtrArray) printed = cups_server_get_printed (place->cups);
  g_autoptr (GBytes) kick = jn_escpos_kick_drawer ();
  GBytes *last = printed->pdata[printed->len - 1];
  gsize n = g_bytes_get_size (kick);

  return memcmp (g_bytes_get_data (last, NULL), g_bytes_get_data (kick, NULL), n) == 0;
}

/* This counter is no till. */
static void
test_no_till (Place *place, gconstpointer data)
{
  jn_await_until (is_over, print (place, "receipt", TRUE));
  g_assert_false (begins_with_kick (place));
}

static void
test_till (Place *place, gconstpointer data)
{
  desk_set_equipment (place->desk, "till");
  sign_in (place);
  jn_await_until (is_over, print (place, "receipt", FALSE));
  g_assert_false (begins_with_kick (place));
  jn_await_until (is_over, print (place, "receipt", TRUE));
  g_assert_true (begins_with_kick (place));
  place->copy = 1;
  jn_await_until (is_over, print (place, "receipt", TRUE));
  g_assert_false (begins_with_kick (place));
}

/* -- printers ---------------------------------------------------------------------------------------------------- */

static gboolean
knows_printers (gpointer prints)
{
  return jn_prints_is_server_known (prints);
}

static void
test_compares (Place *place, gconstpointer data)
{
  JnPrinterUse use;

  jn_prints_watch (place->prints, 0);
  jn_await_until (knows_printers, place->prints);
  use = jn_prints_get_use (place->prints, "receipt");
  g_assert_cmpint (use.fit, ==, JN_PRINTER_FITS);
  g_assert_cmpstr (use.printer->queue, ==, "pos");
  g_assert_cmpint (jn_prints_get_use (place->prints, "form").fit, ==, JN_PRINTER_MISSING);
  g_assert_null (jn_prints_get_use (place->prints, "report").profile);
}

static void
test_compares_model (Place *place, gconstpointer data)
{
  jn_prints_watch (place->prints, 0);
  jn_await_until (knows_printers, place->prints);
  g_assert_cmpint (jn_prints_get_use (place->prints, "receipt").fit, ==, JN_PRINTER_IS_ANOTHER);
}

/* -- from the command line ------------------------------------------------------------------------------------------ */

/* (transfer full): what it prints; fails the test when it ends otherwise. */
static char *
run_admin (Place *place, int expected, const char *command, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  g_auto (GStrv) argv = NULL;
  char *output = NULL;
  int status = 0;
  va_list list;

  g_strv_builder_add_many (builder, program, "printers", "--server",
                           cups_server_get_socket (place->cups), NULL);
  va_start (list, command);
  for (const char *word = command; word != NULL; word = va_arg (list, const char *))
    g_strv_builder_add (builder, word);
  va_end (list);
  argv = g_strv_builder_end (builder);
  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output,
                               NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, expected);
  return output;
}

static void
test_admin (Place *place, gconstpointer data)
{
  g_autofree char *list = run_admin (place, 0, "list", NULL);
  g_autofree char *found = run_admin (place, 0, "find", NULL);
  g_autofree char *test = run_admin (place, 0, "test", "pos", "--paper", "roll-58", NULL);
  g_autofree char *unknown = run_admin (place, 1, "test", "nothing", NULL);
  g_autofree char *usage = run_admin (place, 2, "dance", NULL);

  g_assert_nonnull (strstr (list, "pos"));
  g_assert_nonnull (strstr (list, "idle"));
  g_assert_cmpstr (found, ==, "pos --kind escpos --paper roll-80 --feed 12  # Local Raw Printer\n");
  g_assert_nonnull (strstr (test, "pos: job 1 printed"));
  assert_n_printed (place, 1);
}

/* A printer that refuses is told by the exit status too. */
static void
test_admin_refused (Place *place, gconstpointer data)
{
  g_autofree char *test = NULL;

  cups_server_set_fault (place->cups, "message=Unable to add document to print job.\n");
  test = run_admin (place, 1, "test", "pos", NULL);
  g_assert_nonnull (strstr (test, "unconfirmed: Unable to add document to print job."));
}

static void
test_admin_profile (Place *place, gconstpointer data)
{
  g_autofree char *set = run_admin (place, 0, "--counter", "7", "profile", "receipt", "pos",
                                    "--dots", "512", "--feed", "9", "--drawer", NULL);
  g_autofree char *wrong = run_admin (place, 1, "--counter", "7", "profile", "form", "pos",
                                      "--kind", "pdf", "--paper", "a4", NULL);
  g_autofree char *shown = run_admin (place, 1, "--counter", "7", "profile", NULL);
  g_autofree char *nonsense = run_admin (place, 2, "--counter", "7", "profile", "receipt", "pos",
                                         "--kind", "stone", NULL);
  g_autofree char *no_use = run_admin (place, 2, "--counter", "7", "profile", "poems", "pos", NULL);
  g_autofree char *none = run_admin (place, 0, "--counter", "7", "profile", "form", "none", NULL);
  g_autofree char *after = run_admin (place, 0, "--counter", "7", "profile", NULL);

  g_assert_cmpstr (
      set, ==,
      "receipt    pos --kind escpos --paper roll-80 --dots 512 --feed 9 --drawer  # fits\n");
  g_assert_nonnull (strstr (wrong, "the queue is raw"));
  g_assert_nonnull (strstr (shown, "fits"));
  g_assert_nonnull (strstr (shown, "the queue is raw"));
  g_assert_cmpstr (after, ==, set);
}

static void
add (const char *path, void (*test) (Place *, gconstpointer), const char *options)
{
  g_test_add (path, Place, options, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/app/prints/prints", test_prints, NULL);
  add ("/app/prints/not-written-down", test_not_written_down, NULL);
  add ("/app/prints/no-printer", test_no_printer, NULL);
  add ("/app/prints/no-server", test_no_server, NULL);
  add ("/app/prints/reply-lost", test_reply_lost, NULL);
  add ("/app/prints/asked", test_asked, NULL);
  add ("/app/prints/again", test_again, NULL);
  add ("/app/prints/other-printer", test_other_printer, NULL);
  add ("/app/prints/cancelled-running", test_cancelled_running, NULL);
  add ("/app/prints/spool", test_spool, NULL);
  add ("/app/prints/spool-empty", test_spool_empty, NULL);
  add ("/app/prints/reprint-given-up", test_reprint_given_up, NULL);
  add ("/app/prints/saves", test_saves, NULL);
  add ("/app/prints/saves-nothing-unnoted", test_saves_nothing_unnoted, NULL);
  add ("/app/prints/recovers", test_recovers, NULL);
  add ("/app/prints/recovers-unknown", test_recovers_unknown, NULL);
  add ("/app/prints/recovers-question", test_recovers_question, NULL);
  add ("/app/prints/no-till", test_no_till, "drawer=true");
  add ("/app/prints/till", test_till, "drawer=true");
  add ("/app/prints/compares", test_compares, NULL);
  add ("/app/prints/compares-model", test_compares_model, "model=Another model");
  add ("/app/prints/admin", test_admin, NULL);
  add ("/app/prints/admin-refused", test_admin_refused, NULL);
  add ("/app/prints/admin-profile", test_admin_profile, NULL);
  return g_test_run ();
}
