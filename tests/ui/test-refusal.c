/* test-refusal.c: a service that is not accepted: asked why in the page, told on paper. */
#include "tests/app/birth.h"
#include "tests/ui/checks.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/language.h"

static void
next (JnWindow *window)
{
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
}

/* Up to the papers of the birth visit. */
static JnWindow *
open_papers (Counter *counter)
{
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  next (window);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  birth_identify (jn_window_get_visit (window));
  screen_settle ();
  screen_press (window, GDK_KEY_2, GDK_MOD1_MASK);
  screen_wait_place (window, JN_PLACE_EVENT);
  next (window);
  screen_wait_place (window, JN_PLACE_FORMS);
  birth_answer (jn_window_get_visit (window));
  jn_window_go (window, JN_PLACE_PAPERS);
  screen_wait_place (window, JN_PLACE_PAPERS);
  return window;
}

static gboolean
is_whole (gpointer ask)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (ask, GTK_TYPE_SCROLLED_WINDOW);
  int y = -1;

  gtk_widget_translate_coordinates (ask, scroller, 0, 0, NULL, &y);
  return y >= 0
         && y + gtk_widget_get_allocated_height (ask) <= gtk_widget_get_allocated_height (scroller);
}

/* It opens at the end of the page, and is seen down to its button. */
static void
test_seen (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_papers (counter);

  screen_press_button (window, "Do not accept a service …");
  screen_wait (is_whole, screen_need (window, JN_TYPE_ASK, "Do not accept a service"),
               "the question is on the screen");
  screen_close (window);
}

static void
test_refusal (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_papers (counter);
  JnPrints *prints = jn_window_get_prints (window);
  const JnPrintOrder *order;

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_press_button (window, language == jn_language_list () ? "不接收某項服務…"
                                   : g_str_equal (language->code, "pt")
                                       ? "Não aceitar um serviço …"
                                       : "Do not accept a service …");
      check_looks (window, "14-papers-refusal");
    }
  screen_press_button (window, "Print the notice"); /* not without a reason */
  g_assert_null (jn_prints_get_foremost (prints));
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Reason")),
                      "Falta a presença.");
  screen_press_button (window, "Print the notice");
  screen_wait_text (window, "The notice that it is not accepted goes to the printer.");
  order = jn_print_get_order (jn_prints_get_foremost (prints));
  g_assert_cmpstr (order->kind, ==, "not-accepted");
  g_assert_cmpstr (order->subject, ==, jn_visit_get_id (jn_window_get_visit (window)));
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/refusal/seen", test_seen);
  g_test_add_func ("/ui/refusal/asked-and-printed", test_refusal);
  return g_test_run ();
}
