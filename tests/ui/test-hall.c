/* test-hall.c: the supervisor's page: figures, the tickets behind them, counters, help, emergency. */
#include "app/dict.h"
#include "tests/ui/branch.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/language.h"

#define ROLES "\"clerk\",\"supervisor\""

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
press_button (gpointer root, const char *name)
{
  gtk_button_clicked (GTK_BUTTON (screen_need (root, GTK_TYPE_BUTTON, name)));
  screen_settle ();
}

static GVariant *
last_args (Branch *branch, const char *command)
{
  GVariant *args = jn_fake_backend_last_args (branch->counter->desk->fake, command);

  g_assert_nonnull (args);
  return args;
}

static JnWindow *
open_hall (Branch *branch)
{
  JnWindow *window = screen_open (branch->counter->desk->session, "en", 1366, 768);

  jn_window_go (window, JN_PLACE_HALL);
  wait_for_text (window, "Fong Mei Leng");
  return window;
}

static void
test_figures (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  g_assert_nonnull (screen_find (window, GTK_TYPE_BUTTON, "Waiting now: 10, longest 24 min"));
  g_assert_true (screen_shows (window, "2 late"));
  wait_for_text (window, "21:00 long"); /* its kind took ten minutes; counter 7's is not known */
  g_assert_false (screen_shows (window, "06:00 long"));
  g_assert_true (screen_shows (window, "1 counter without a clerk"));
  press_button (window, "Late: 2, over their pledge");
  wait_for_text (window, "A032");
  press_button (window, "A032: what can be done");
  press_button (window, "Send to a counter");
  wait_for_text (window, "Its due time is kept.");
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK); /* the question … */
  g_assert_false (screen_shows (window, "Its due time is kept."));
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK); /* … then the tickets */
  g_assert_false (screen_shows (window, "A032"));
  screen_close (window);
}

static void
test_counter (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  press_button (window, "Counter 8: what can be done");
  press_button (window, "Change the profile");
  wait_for_text (window, "Change what counter 8 serves");
  press_button (screen_need (window, JN_TYPE_ASK, "Change what counter 8 serves"),
                "Change the profile");
  g_assert_cmpint (jn_dict_int (last_args (branch, "counter_profile"), "counter", 0), ==, 8);
  g_assert_cmpstr (jn_dict_string (last_args (branch, "counter_profile"), "reason"), ==,
                   "more-waiting");
  screen_close (window);
}

static void
test_help (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  wait_for_text (window, "Calls for help: counter 9, Fong Mei Leng");
  press_button (window, "I am coming");
  g_assert_nonnull (last_args (branch, "help_acknowledge"));
  screen_close (window);
}

static void
test_emergency (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  screen_press (window, GDK_KEY_F12, GDK_SHIFT_MASK);
  wait_for_text (window, "Emergency: everybody leaves");
  g_assert_false (branch->emergency); /* a key alone empties no hall */
  press_button (window, "Begin the emergency");
  g_assert_true (branch->emergency);
  branch_tell (branch, "emergency");
  branch_tell (branch, "counter");
  wait_for_text (window, "The boards say leave");
  screen_press (window, GDK_KEY_F12, GDK_SHIFT_MASK);
  press_button (screen_need (window, JN_TYPE_ASK, "End the emergency"), "End the emergency");
  g_assert_false (branch->emergency);
  g_assert_cmpstr (jn_dict_string (last_args (branch, "emergency_end"), "tickets"), ==, "keep");
  screen_close (window);
}

/* Who is no supervisor has no such place. */
static void
test_closed (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = screen_open (branch->counter->desk->session, "en", 1366, 768);

  jn_window_go (window, JN_PLACE_HALL);
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_DESK);
  screen_close (window);
}

static void
test_looks (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_picture_as (window, "50-hall", language->tag);
      check_names (window);
      check_contrast (window);
      check_fits (window, 1366, 768);
    }
  press_button (window, "Late: 2, over their pledge");
  wait_for_text (window, "A032");
  screen_picture (window, "51-hall-drill.en");
  screen_set_text_size (window, "200");
  screen_picture (window, "50-hall.200");
  check_fits (window, 1366, 768);
  screen_set_text_size (window, "100");
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/hall/figures-and-tickets", test_figures);
  g_test_add_func ("/ui/hall/counter", test_counter);
  g_test_add_func ("/ui/hall/help", test_help);
  g_test_add_func ("/ui/hall/emergency-is-confirmed", test_emergency);
  g_test_add_func ("/ui/hall/supervisors-only", test_closed);
  g_test_add_func ("/ui/hall/looks", test_looks);
  return g_test_run ();
}
