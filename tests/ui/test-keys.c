/* test-keys.c: the two first visits by the keyboard alone, and how many keys they take. */
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "tests/ui/typist.h"

static void
check (const char *name, TypistCount count, guint keys, guint pages)
{
  g_test_message ("%s: %u keys, %u pages", name, count.keys, count.pages);
  g_assert_cmpuint (count.keys, <=, keys);
  g_assert_cmpuint (count.pages, <=, pages);
}

static void
test_birth (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  check ("birth", typist_birth (window), 132, 7);
  screen_close (window);
}

static void
test_certificate (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window;

  counter->event = NULL;
  counter->services = "dsi-personal-data-cert";
  window = screen_open (counter->desk->session, "en", 1366, 768);
  check ("certificate", typist_certificate (window), 26, 3);
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/keys/birth", test_birth);
  g_test_add_func ("/ui/keys/one-service", test_certificate);
  return g_test_run ();
}
