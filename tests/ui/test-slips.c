/* test-slips.c: slips of reception and kiosk are prints on record: asked about, counted, taken up again.
 *
 * A real backend (JANELA_TEST_DSN) and a real print server. */
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/kiosk/kiosk-view.h"
#include "ui/language.h"
#include "ui/standing-window.h"

#define SLIPS "[use]\nticket=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"
#define REFUSES "message=Unable to add document to print job.\n"

typedef struct
{
  PrintPlace *place;
  const char *wanted;
} Slips;

/* Of the last ticket that was issued: "0 printed -, 1 under-way -" */
static char *
read_slips (PrintPlace *place)
{
  return sql_value (
      place->owner,
      "select string_agg (p.copy || ' ' || coalesce (p.outcome, 'under-way') || ' ' || "
      "coalesce (p.reason, '-'), ', ' order by p.begun_at) from desk.print p where p.kind = "
      "'ticket' "
      "and p.subject = (select id from desk.ticket where branch = '07' order by arrived "
      "desc nulls last limit 1)");
}

static gboolean
says_slips (gpointer data)
{
  Slips *slips = data;
  g_autofree char *now = read_slips (slips->place);

  return g_strcmp0 (now, slips->wanted) == 0;
}

static void
wait_slips (PrintPlace *place, const char *wanted)
{
  Slips slips = { place, wanted };

  screen_wait (says_slips, &slips, wanted);
}

/* -- reception -- */

static void
issue (PrintPlace *place)
{
  jn_window_go (place->window, JN_PLACE_RECEPTION);
  screen_settle ();
  screen_press (place->window, GDK_KEY_1, GDK_CONTROL_MASK);
  print_place_wait_no_text (place->window, "Nothing is chosen yet.");
  screen_press (place->window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (place->window, "Nothing is chosen yet.");
}

static void
print_again (PrintPlace *place)
{
  g_autofree char *number
      = sql_value (place->owner, "select number from desk.ticket where branch = '07' order by "
                                 "arrived desc nulls last limit 1");
  g_autofree char *menu = g_strdup_printf ("%s: what can be done", number);

  screen_press_button (place->window, menu);
  screen_press_button (place->window, "Print again");
}

/* Printed, and once more for who lost it: a copy on paper and in the record. */
static void
test_reception (void)
{
  PrintPlace place = { 0 };

  print_place_open (&place, "kaian", "lotus-seven", SLIPS);
  issue (&place);
  wait_slips (&place, "0 printed -");
  print_again (&place);
  wait_slips (&place, "0 printed -, 1 printed -");
  print_place_close (&place);
}

/* Nobody can tell: reception is asked, and says no; the next is no copy. */
static void
test_reception_asked (void)
{
  PrintPlace place = { 0 };

  print_place_open (&place, "kaian", "lotus-seven", SLIPS);
  cups_server_set_fault (place.cups, REFUSES);
  issue (&place);
  wait_slips (&place, "0 unconfirmed refused");
  print_place_open_list (&place);
  screen_wait_text (place.window, "Look at the printer: did the paper come out?");
  screen_picture (place.window, "43-reception-slip-asked.en");
  check_names (place.window);
  check_fits (place.window, 1366, 768);
  screen_press_button (place.window, "No, nothing came");
  screen_wait_text (place.window, "write the number down for the citizen");
  cups_server_set_fault (place.cups, NULL);
  screen_press_button (place.window, "Print again");
  wait_slips (&place, "0 failed refused, 0 printed -");
  print_place_close (&place);
}

/* The program goes away while a slip waits for paper; it is taken up again. */
static void
test_reception_restart (void)
{
  PrintPlace place = { 0 };

  print_place_open (&place, "kaian", "lotus-seven", SLIPS);
  cups_server_set_fault (place.cups, "state=media-empty-error\n");
  issue (&place);
  screen_wait_text (place.window, "The printer needs you");
  screen_close (place.window);
  print_place_open_window (&place);
  screen_wait_text (place.window, "The printer needs you");
  cups_server_set_fault (place.cups, NULL);
  wait_slips (&place, "0 printed -");
  print_place_close (&place);
}

/* -- the kiosk -- */

static GtkWidget *
open_kiosk (PrintPlace *place)
{
  GtkWidget *window;

  print_place_prepare (place, 0, "terminal=T70\n" SLIPS);
  print_place_sign_in (place, "kiosk", "lotus-kiosk");
  window
      = jn_standing_window_new (screen_get_program (), place->session, "kiosk", jn_kiosk_view_new);
  jn_language_set (jn_language_find ("en"));
  screen_show (window, 1080, 1920);
  screen_wait_text (window, "English");
  return window;
}

static void
take_number (GtkWidget *window)
{
  screen_press_button (window, "English");
  screen_press_button (window, "Birth of a child");
  screen_press_button (window, "None of these");
  screen_press_button (window, "Take the number");
}

static void
close_kiosk (PrintPlace *place, GtkWidget *window)
{
  gtk_widget_destroy (window);
  screen_settle ();
  print_place_close (place);
}

static void
look_at (GtkWidget *window, const char *name)
{
  screen_picture (window, name);
  check_names (window);
  check_contrast (window);
}

static void
test_kiosk (void)
{
  PrintPlace place = { 0 };
  GtkWidget *window = open_kiosk (&place);

  take_number (window);
  screen_wait_text (window, "Take your slip");
  wait_slips (&place, "0 printed -");
  close_kiosk (&place, window);
}

/* Without paper: the number is to be noted, and nothing comes out for the next citizen. */
static void
test_kiosk_empty (void)
{
  PrintPlace place = { 0 };
  g_autoptr (GPtrArray) printed = NULL;
  GtkWidget *window = open_kiosk (&place);

  cups_server_set_fault (place.cups, "state=media-empty-error\n");
  take_number (window);
  screen_wait_text (window, "No slip can be printed now");
  look_at (window, "75-kiosk-no-slip.en");
  screen_press_button (window, "Finish");
  wait_slips (&place, "0 cancelled media-empty");
  cups_server_set_fault (place.cups, NULL);
  printed = cups_server_get_printed (place.cups);
  g_assert_cmpuint (printed->len, ==, 0);
  close_kiosk (&place, window);
}

/* Nobody but the citizen stands there: he is asked. */
static void
test_kiosk_asks (void)
{
  PrintPlace place = { 0 };
  GtkWidget *window = open_kiosk (&place);

  cups_server_set_fault (place.cups, REFUSES);
  take_number (window);
  screen_wait_text (window, "Did your slip come out?");
  look_at (window, "76-kiosk-slip-asked.en");
  screen_press_button (window, "Yes, it came out");
  screen_wait_text (window, "Take your slip");
  wait_slips (&place, "0 printed refused");
  screen_press_button (window, "Finish");
  take_number (window);
  screen_wait_text (window, "Did your slip come out?");
  screen_press_button (window, "No, nothing came");
  screen_wait_text (window, "No slip can be printed now");
  wait_slips (&place, "0 failed refused");
  close_kiosk (&place, window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/slips/reception", test_reception);
  g_test_add_func ("/ui/slips/reception-asked", test_reception_asked);
  g_test_add_func ("/ui/slips/reception-restart", test_reception_restart);
  g_test_add_func ("/ui/slips/kiosk", test_kiosk);
  g_test_add_func ("/ui/slips/kiosk-empty", test_kiosk_empty);
  g_test_add_func ("/ui/slips/kiosk-asks", test_kiosk_asks);
  return g_test_run ();
}
