/* test-visit.c: the birth visit played through the window: every page, key and language. */
#include "tests/app/birth.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/language.h"

static void
picture (JnWindow *window, const char *name)
{
  if (g_getenv ("JANELA_PICTURES") == NULL)
    return;
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *file = g_strdup_printf ("%s.%s", name, language->tag);

      screen_set_language (window, language->code);
      screen_picture (window, file);
    }
  screen_set_language (window, "en");
}

static void
next (JnWindow *window)
{
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
}

static gboolean
shows (gpointer data)
{
  gpointer *wanted = data;

  return screen_shows (wanted[0], wanted[1]);
}

static void
wait_for_text (JnWindow *window, const char *text)
{
  gpointer wanted[] = { window, (gpointer)text };

  screen_wait (shows, wanted, text);
}

static void
call_and_arrive (JnWindow *window)
{
  wait_for_text (window, "Next for this counter");
  picture (window, "02-desk");
  screen_press (window, GDK_KEY_F2, 0);
  wait_for_text (window, "Called to your counter");
  picture (window, "03-called");
  screen_press (window, GDK_KEY_F3, 0);
  wait_for_text (window, "Call again in 25 seconds");
  next (window);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
}

static void
test_visit (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);
  JnVisit *visit;

  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_DESK);
  call_and_arrive (window);
  visit = jn_window_get_visit (window);
  g_assert_nonnull (visit);
  picture (window, "04-identify-empty");
  birth_identify (visit);
  screen_settle ();
  picture (window, "05-identify");
  next (window);
  screen_wait_place (window, JN_PLACE_EVENT);
  picture (window, "06-event");
  next (window);
  screen_wait_place (window, JN_PLACE_FORMS);
  picture (window, "07-form-1");
  next (window);
  wait_for_text (window, "to be mended");
  picture (window, "08-form-errors");
  birth_answer (visit);
  screen_settle ();
  picture (window, "09-form-1-filled");
  next (window);
  picture (window, "10-form-2");
  screen_press (window, GDK_KEY_k, GDK_MOD1_MASK);
  picture (window, "11-form-2-known");
  next (window);
  picture (window, "12-form-3");
  next (window);
  screen_wait_place (window, JN_PLACE_PAPERS);
  picture (window, "13-papers");
  desk_settle (visit);
  screen_settle ();
  picture (window, "14-papers-done");
  next (window);
  screen_wait_place (window, JN_PLACE_REVIEW);
  picture (window, "15-review");
  next (window);
  screen_wait_place (window, JN_PLACE_RECEIPT);
  picture (window, "16-receipt");
  next (window);
  screen_wait_place (window, JN_PLACE_DESK);
  wait_for_text (window, "My day");
  picture (window, "17-desk-again");
  g_assert_cmpuint (counter->finished, ==, 1);
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/visit/birth", test_visit);
  return g_test_run ();
}
