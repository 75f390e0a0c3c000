/* test-printers.c: printers in words and pictures, and the page that sets them up, prints again and counts the day's paper.
 *
 * A real backend (JANELA_TEST_DSN) and a real print server. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/print-words.h"
#include "ui/printer-editor.h"

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

static gboolean
has_printed (gpointer cups)
{
  g_autoptr (GPtrArray) printed = cups_server_get_printed (cups);

  return printed->len == 1;
}

/* The next start knows it; then the other tests shall not. */
static void
assert_kept (PrintPlace *place)
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
  PrintPlace place = { 0 };
  const JnPrinterProfile *profile;

  print_place_open (&place, "kaian", "lotus-seven", "");
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  screen_wait_text (place.window, "The print server knows 1 printer.");
  screen_wait_text (place.window, "No printer is set up.");
  check_languages (place.window, "30-printers-none");
  screen_press_button (place.window, "Receipt printer: Set up");
  check_languages (place.window, "31-printers-editor");
  screen_press_button (place.window, "Print a test page");
  screen_wait (has_printed, place.cups, "the test page is printed");
  screen_press_button (place.window, "Save");
  screen_wait_text (place.window, "Saved at this terminal.");
  profile = jn_settings_get_printer (place.settings, "receipt");
  g_assert_nonnull (profile);
  g_assert_cmpstr (profile->queue, ==, "pos");
  g_assert_cmpint (profile->kind, ==, JN_PRINTER_ESCPOS);
  g_assert_cmpstr (profile->model, ==, "Local Raw Printer");
  screen_wait_text (place.window, "pos · Local Raw Printer · Roll, 80 mm (576 dots)");
  check_languages (place.window, "32-printers");
  assert_kept (&place);
  print_place_close (&place);
}

/* A paper that another terminal printed comes out here as a copy. */
static void
test_again (void)
{
  PrintPlace place = { 0 };
  g_autofree char *copies = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  JnPrint *print;

  print_place_open (&place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  receipt = print_place_commit_receipt (&place);
  print = jn_receipt_print (receipt, jn_window_get_prints (place.window), "receipt");
  screen_wait (print_place_is_over, print, "the receipt is printed");
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  gtk_entry_set_text (GTK_ENTRY (screen_need (place.window, GTK_TYPE_ENTRY, "Number of the paper")),
                      "07-2026-0000000");
  screen_press_button (place.window, "Print a copy");
  screen_wait_text (place.window, "There is no paper of that number");
  gtk_entry_set_text (GTK_ENTRY (screen_need (place.window, GTK_TYPE_ENTRY, "Number of the paper")),
                      jn_receipt_get_number (receipt));
  screen_press_button (place.window, "Print a copy");
  screen_wait_text (place.window, "marked as a copy");
  print = jn_prints_find (jn_window_get_prints (place.window), jn_receipt_get_id (receipt));
  screen_wait (print_place_is_over, print, "the copy is printed");
  g_assert_cmpuint (jn_print_get_copy (print), ==, 1);
  copies
      = sql_value (place.owner,
                   "select string_agg (copy || ':' || coalesce (terminal, ''), ' ' order by copy) "
                   "from desk.print where title = '%s'",
                   jn_receipt_get_number (receipt));
  g_assert_cmpstr (copies, ==, "0:T07 1:T07");
  print_place_close (&place);
}

/* What it said is kept no longer: the receipt is made again from the record; another paper's way is told. */
static void
test_pruned (void)
{
  PrintPlace place = { 0 };
  g_autoptr (JnReceipt) receipt = NULL;
  g_autofree char *done = NULL;
  JnPrint *print;

  print_place_open (&place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  receipt = print_place_commit_receipt (&place);
  print = jn_receipt_print (receipt, jn_window_get_prints (place.window), "receipt");
  screen_wait (print_place_is_over, print, "the receipt is printed");
  done = sql_value (
      place.owner,
      "insert into desk.print (attempt, branch, copy, medium, printer, begun_at, kind, "
      "title, document) values (gen_random_uuid (), '07', 0, 'a4', 'pos', now (), "
      "'notice', 'A999', repeat ('a', 64)); delete from desk.spool; update desk.receipt "
      "set json = '{\"no\": \"%1$s\", \"id\": \"%2$s\", \"branch\": \"07\", "
      "\"counter\": 7, \"fee\": 0}' where no = '%1$s'",
      jn_receipt_get_number (receipt), jn_receipt_get_id (receipt));
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  gtk_entry_set_text (GTK_ENTRY (screen_need (place.window, GTK_TYPE_ENTRY, "Number of the paper")),
                      "A999");
  screen_press_button (place.window, "Print a copy");
  screen_wait_text (place.window, "Make it anew where it came from");
  gtk_entry_set_text (GTK_ENTRY (screen_need (place.window, GTK_TYPE_ENTRY, "Number of the paper")),
                      jn_receipt_get_number (receipt));
  screen_press_button (place.window, "Print a copy");
  screen_wait_text (place.window, "marked as a copy");
  print = jn_prints_find (jn_window_get_prints (place.window), jn_receipt_get_id (receipt));
  screen_wait (print_place_is_over, print, "the copy is printed");
  g_assert_cmpuint (jn_print_get_copy (print), ==, 1);
  print_place_close (&place);
}

/* The administration's command line counts the same, and its exit status tells that something differs. */
static void
assert_reconciles (JnReceipt *receipt)
{
  g_autofree char *program = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  g_autofree char *word = g_build_filename (g_get_tmp_dir (), "word", NULL);
  g_autofree char *output = NULL;
  g_autofree char *wanted
      = g_strdup_printf ("never-printed: %s, counter 7", jn_receipt_get_number (receipt));
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
  PrintPlace place = { 0 };
  g_autoptr (JnReceipt) receipt = NULL;

  print_place_open (&place, "waiman", "lotus-super", PRINT_PLACE_ROLL);
  receipt = print_place_commit_receipt (&place);
  jn_window_go (place.window, JN_PLACE_PRINTERS);
  screen_wait_text (place.window, "Receipts accepted");
  screen_wait_text (place.window, "Accepted, but never printed");
  check_languages (place.window, "33-printers-report");
  assert_reconciles (receipt);
  print_place_close (&place);
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
  g_assert_cmpuint (kept->dots, ==, 0); /* a sheet has no head */
  gtk_widget_destroy (editor);
  g_object_unref (editor);
}

/* A head of another width is chosen, and one that only the settings name stays. */
static void
test_head_kept (void)
{
  GtkWidget *editor = g_object_ref_sink (jn_printer_editor_new ());
  static const guint heads[] = { 0, 384, 512, 832, 640 };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (JnPrinterProfile) profile
                 = jn_printer_profile_new ("pos", JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
      g_autoptr (JnPrinterProfile) kept = NULL;

      profile->dots = heads[i];
      jn_printer_editor_edit (JN_PRINTER_EDITOR (editor), "receipt", profile, NULL);
      kept = jn_printer_editor_get_profile (JN_PRINTER_EDITOR (editor));
      g_assert_cmpuint (kept->dots, ==, heads[i]);
    }
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
  g_test_add_func ("/ui/printers/direct-kept", test_direct_kept);
  g_test_add_func ("/ui/printers/head-kept", test_head_kept);
  g_test_add_func ("/ui/printers/page", test_page);
  g_test_add_func ("/ui/printers/again", test_again);
  g_test_add_func ("/ui/printers/pruned", test_pruned);
  g_test_add_func ("/ui/printers/report", test_report);
  return g_test_run ();
}
