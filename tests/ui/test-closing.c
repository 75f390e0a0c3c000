/* test-closing.c: the close of the day: the report of a counter and of the branch, and slips to the departments.
 *
 * A real backend (JANELA_TEST_DSN) and a real print server. */
#include <string.h>

#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/language.h"

#define SHEETS "[use]\nreport=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"

/* A visit of this counter with two departments' applications, 90.00 of a confirmed fee and two papers. */
static void
submit_visit (PrintPlace *place)
{
  g_autoptr (JnReceipt) receipt = print_place_commit_receipt (place);
  g_autofree char *visit
      = sql_value (place->owner, "select visit from desk.receipt where no = '%s'",
                   jn_receipt_get_number (receipt));
  g_autofree char *done = NULL;

  done = sql_value (
      place->owner,
      "insert into desk.visit (id, branch, day, login, counter, opened_at, submitted_at, papers) "
      "select visit, branch, day, 'kaian', counter, at, at, "
      "'[{\"code\": \"birth-report\", \"services\": [\"dsaj-birth-reg\"], \"state\": "
      "\"presented\"}, "
      "{\"code\": \"photo\", \"services\": [\"dsi-bir-first\"], \"state\": \"presented\"}, "
      "{\"code\": \"scan\", \"services\": [\"dsi-bir-first\"], \"state\": \"scanned\"}]' "
      "from desk.receipt where visit = '%1$s'; "
      "insert into desk.application (id, branch, visit, no, service, department, version, hash, "
      "xml, "
      "state, login, day, language, submitted_at, fees) "
      "select gen_random_uuid (), r.branch, r.visit, r.no || '-' || s.n, s.service, s.department, "
      "'1', "
      "'x', '<data/>', 'submitted', 'kaian', r.day, 'pt', r.at, s.fees::jsonb from desk.receipt r, "
      "(values (1, 'dsaj-birth-reg', 'dsaj', '[{\"code\": \"record\", \"amount\": 9000, "
      "\"confirmed\": true}]'), "
      "(2, 'dsi-bir-first', 'dsi', '[]')) s (n, service, department, fees) where r.visit = '%1$s'; "
      "insert into desk.print (attempt, branch, receipt, subject, copy, medium, printer, begun_at, "
      "outcome, title, "
      "counter, confirmed_at) select gen_random_uuid (), branch, id, id, 0, 'roll80', 'pos', at, "
      "'printed', no, "
      "counter, at from desk.receipt where visit = '%1$s'; "
      "update desk.receipt set fee = 9000 where visit = '%1$s'",
      visit);
}

static gboolean
is_ready (gpointer place)
{
  GtkWidget *button
      = screen_find (((PrintPlace *)place)->window, GTK_TYPE_BUTTON, "Print the day report");

  return button != NULL && gtk_widget_get_sensitive (button);
}

static void
open_page (PrintPlace *place, const char *login, const char *password)
{
  print_place_open (place, login, password, SHEETS);
  submit_visit (place);
  jn_window_go (place->window, JN_PLACE_CLOSING);
  screen_wait (is_ready, place, "the day is read");
}

typedef struct
{
  PrintPlace *place;
  const char *kind;
  const char *wanted;
} Prints;

static gboolean
says_prints (gpointer data)
{
  Prints *prints = data;
  g_autofree char *now = sql_value (
      prints->place->owner,
      "select string_agg (title || ' ' || coalesce (outcome, 'under-way'), ', ' order by begun_at) "
      "from desk.print where kind = '%s'",
      prints->kind);

  return now != NULL && g_regex_match_simple (prints->wanted, now, 0, 0);
}

static void
wait_print (PrintPlace *place, const char *kind, const char *wanted)
{
  Prints prints = { place, kind, wanted };

  screen_wait (says_prints, &prints, wanted);
}

static void
test_report (void)
{
  PrintPlace place = { 0 };
  g_autofree char *document = NULL;

  open_page (&place, "kaian", "lotus-seven");
  screen_wait_text (place.window, "Day report");
  check_languages (place.window, "35-closing");
  screen_press (place.window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (place.window, "The report goes to the printer");
  wait_print (&place, "report", "^20..-..-.. · 7 printed$");
  document = sql_value (place.owner, "select s.json from desk.spool s join desk.print p on "
                                     "s.hash = p.document where p.kind = 'report'");
  g_assert_nonnull (strstr (document, "90.00"));
  g_assert_nonnull (strstr (document, "Papers printed"));
  print_place_close (&place);
}

static void
test_hand_over (void)
{
  PrintPlace place = { 0 };
  g_autofree char *events = NULL;
  g_autofree char *lines = NULL;

  open_page (&place, "kaian", "lotus-seven");
  screen_wait_text (place.window, "Legal Affairs Bureau");
  screen_press_button (place.window, "Legal Affairs Bureau: Show");
  screen_wait_text (place.window, "Hand-over slip: Legal Affairs Bureau");
  check_languages (place.window, "36-closing-slip");
  screen_press_button (place.window, "Legal Affairs Bureau: Print the slip");
  screen_wait_text (place.window, "goes to the printer");
  wait_print (&place, "hand-over", "^07-E-[0-9]{8}-01 printed$");
  print_place_wait_no_text (place.window, "Legal Affairs Bureau");
  screen_press_button (place.window, "All of it, to the next clerk: Print the slip");
  wait_print (&place, "hand-over", "^07-E-[0-9]{8}-01 printed, 07-E-[0-9]{8}-02 printed$");
  lines
      = sql_value (place.owner, "select string_agg (h.department || ' ' || l.papers, ', ') from "
                                "desk.hand_over h join desk.hand_over_line l on l.hand_over = h.id "
                                "where h.department is not null");
  g_assert_cmpstr (lines, ==, "dsaj 1, dsaj 1"); /* of the visit before, too */
  events = sql_value (place.owner, "select count (*) from desk.event where kind = 'hand-over'");
  g_assert_cmpstr (events, ==, "2");
  print_place_close (&place);
}

/* Who closes his counter is led to its papers. */
static void
test_from_the_desk (void)
{
  PrintPlace place = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  print_place_open (&place, "kaian", "lotus-seven", SHEETS);
  jn_session_set_counter_state_async (place.session, "closed", "end-of-shift", NULL, jn_awaited_cb,
                                      &result);
  jn_session_set_counter_state_finish (place.session, jn_await (&result), &error);
  g_assert_no_error (error);
  screen_wait_text (place.window, "The counter is closed.");
  screen_press_button (place.window, "Close of day");
  screen_wait_place (place.window, JN_PLACE_CLOSING);
  print_place_close (&place);
}

/* A supervisor reads the branch as well. */
static void
test_branch (void)
{
  PrintPlace place = { 0 };
  GtkWidget *scope;

  open_page (&place, "waiman", "lotus-super");
  scope = gtk_widget_get_ancestor (
      screen_need (place.window, GTK_TYPE_TOGGLE_BUTTON, "Of which counter"), GTK_TYPE_COMBO_BOX);
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (scope), "0");
  screen_wait (is_ready, &place, "the branch's day is read");
  screen_press (place.window, GDK_KEY_Return, GDK_CONTROL_MASK);
  wait_print (&place, "report", "20..-..-.. printed$");
  check_languages (place.window, "37-closing-branch");
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/closing/report", test_report);
  g_test_add_func ("/ui/closing/hand-over", test_hand_over);
  g_test_add_func ("/ui/closing/from-the-desk", test_from_the_desk);
  g_test_add_func ("/ui/closing/branch", test_branch);
  return g_test_run ();
}
