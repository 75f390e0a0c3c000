/* test-return.c: sent for a paper and back the same day, on a real server: asked, printed, checked in, gone on with. */
#include <string.h>

#include "tests/app/birth.h"
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/ask.h"
#include "ui/language.h"

#define SLIPS                                                                                      \
  "[use]\nticket=roll\nreceipt=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"

/* B011 at the desk, its forms begun. */
static void
open_visit (PrintPlace *place)
{
  JnWindow *window = place->window;

  g_free (sql_value (place->owner, "update desk.branch set closes = '23:59' where code = '07'"));
  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  birth_identify (jn_window_get_visit (window));
  desk_start_forms (jn_window_get_visit (window));
  desk_set (jn_window_get_visit (window), REG, "/data/child/name_zh", "陳樂");
  screen_press (window, GDK_KEY_s, GDK_CONTROL_MASK);
  screen_wait_text (window, "Saved.");
}

static void
find_tick_cb (GtkWidget *widget, gpointer data)
{
  GtkWidget **found = data;

  if (GTK_IS_CHECK_BUTTON (widget) && *found == NULL)
    *found = widget;
}

static GtkWidget *
find_paper (gpointer ask)
{
  GtkWidget *tick = NULL;

  screen_walk (ask, find_tick_cb, &tick);
  return tick;
}

static gboolean
has_papers (gpointer ask)
{
  return find_paper (ask) != NULL;
}

static gboolean
is_printed (gpointer cups)
{
  g_autoptr (GPtrArray) printed = cups_server_get_printed (cups);

  return printed->len == 1;
}

static void
send (PrintPlace *place)
{
  JnWindow *window = place->window;
  GtkWidget *ask;

  screen_press (window, GDK_KEY_0, GDK_MOD1_MASK);
  screen_wait_text (window, "At your desk");
  screen_press (window, GDK_KEY_F6, GDK_SHIFT_MASK);
  ask = screen_need (window, JN_TYPE_ASK, "Comes back today");
  screen_press_button (ask, "Comes back today"); /* with nothing: asked again */
  screen_wait_text (window, "Choose what is missing");
  screen_wait (has_papers, ask, "the visit's papers");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_paper (ask)), TRUE);
  gtk_entry_set_text (
      GTK_ENTRY (screen_need (ask, GTK_TYPE_ENTRY, "What is missing, for the citizen's slip")),
      "銀行信");
  g_assert_false (screen_shows (window, "Choose what is missing")); /* it is mended */
  check_looks (window, "36-desk-return");
  screen_press_button (ask, "Comes back today");
  screen_wait_text (window, "comes back today, until 23:59");
  screen_wait_text (window, "B011 comes back today."); /* and can be taken back */
}

static char *
read_ticket (PrintPlace *place, const char *column)
{
  return sql_value (place->owner,
                    "select %s from desk.ticket where branch = '07' and number = 'B011' order "
                    "by leg desc limit 1",
                    column);
}

static void
check_in (PrintPlace *place)
{
  g_autofree char *id = read_ticket (place, "parent");
  g_autofree char *text = g_strdup_printf ("janela:ticket:B011:%s", id);
  GtkWidget *entry;

  jn_window_go (place->window, JN_PLACE_RECEPTION);
  screen_wait_text (place->window, "comes back until 23:59 · was sent for: ");
  check_languages (place->window, "47-reception-return");
  entry = screen_need (place->window, GTK_TYPE_ENTRY, "Find a service");
  gtk_entry_set_text (GTK_ENTRY (entry), text);
  gtk_widget_activate (entry);
  screen_wait_text (place->window, "B011 · Birth of a child");
}

static void
test_return (void)
{
  PrintPlace place = { 0 };
  g_autofree char *sent = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *back = NULL;

  print_place_open (&place, "kaian", "lotus-seven", SLIPS);
  open_visit (&place);
  send (&place);
  screen_wait (is_printed, place.cups, "the slip comes out");
  sent = read_ticket (&place, "leg || ' ' || state || ' ' || cardinality (missing)");
  g_assert_cmpstr (sent, ==, "2 expected 2");
  missing = read_ticket (&place, "missing[1] || ' ' || missing[2]");
  g_assert_nonnull (strstr (missing, "銀行信"));
  check_in (&place);
  back = read_ticket (&place, "state || ' ' || (due = kept_due)");
  g_assert_cmpstr (back, ==, "waiting true");
  jn_window_go (place.window, JN_PLACE_DESK);
  screen_wait_text (place.window, "was sent for: ");
  g_assert_true (screen_shows (place.window, "keeps its old place"));
  check_languages (place.window, "37-desk-returned");
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/return/sent-and-back", test_return);
  return g_test_run ();
}
