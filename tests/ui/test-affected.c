/* test-affected.c: suspended services at reception and in the hall: who waits, the three choices by
 * keyboard, the pledges that are flagged, and lifting it. */
#include "app/dict.h"
#include "tests/ui/branch.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/language.h"

#define ROLES "\"clerk\",\"supervisor\""

static void
focus (JnWindow *window, const char *name)
{
  gtk_widget_grab_focus (screen_need (window, GTK_TYPE_BUTTON, name));
}

static void
press (JnWindow *window, guint key)
{
  screen_press (window, key, 0);
  screen_settle ();
}

static JnWindow *
open_place (Branch *branch, JnPlace place)
{
  JnWindow *window;

  branch->suspended = TRUE;
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  jn_window_go (window, place);
  screen_wait_text (window, "the FSS system is down");
  return window;
}

/* The menu of A033 by the keyboard, and its nth choice. */
static void
choose_nth (JnWindow *window, guint n)
{
  focus (window, "A033: what the citizen chooses");
  press (window, GDK_KEY_space);
  for (guint i = 1; i < n; i++)
    press (window, GDK_KEY_Tab);
  press (window, GDK_KEY_space);
}

static void
test_list (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_RECEPTION);

  g_assert_true (screen_shows (window, "3 tickets wait for it"));
  g_assert_true (screen_shows (window, "leaves the papers"));
  g_assert_true (screen_shows (window, "is called back"));
  g_assert_true (screen_shows (window, "07-2026-0000031-3"));
  g_assert_true (screen_shows (window, "its pledge is flagged, not withdrawn"));
  g_assert_true (screen_shows (window, "by the department, everywhere"));
  g_assert_null (screen_find (window, GTK_TYPE_BUTTON, "It works again")); /* no clerk's business */
  g_assert_null (screen_find (window, GTK_TYPE_BUTTON, "B012: what the citizen chooses"));
  branch->suspended = FALSE;
  branch_tell (branch, "suspension");
  screen_close (window);
}

static void
test_leave_papers (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_RECEPTION);

  choose_nth (window, 1);
  screen_wait_text (window, "A033 keeps its place: a counter takes the papers.");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_choose"), "choice"), ==,
                   "leave-papers");
  screen_close (window);
}

static void
test_call_back (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_RECEPTION);

  choose_nth (window, 2);
  screen_wait_text (window, "The citizen goes home.");
  press (window, GDK_KEY_Return); /* a number is wanted … */
  screen_wait_text (window, "Something is missing here");
  for (const char *digit = "66000000"; *digit != '\0'; digit++)
    press (window, (guint)*digit);
  press (window, GDK_KEY_Return); /* … and typed where the keyboard is */
  screen_wait_text (window, "A033 is called back when the service works again.");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_choose"), "choice"), ==,
                   "call-back");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_choose"), "contact"), ==,
                   "66000000");
  screen_close (window);
}

static void
test_rebook (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_HALL);
  GtkWidget *ask, *slot;

  choose_nth (window, 3);
  screen_wait_text (window, "This number ends; the appointment is for the same.");
  ask = screen_need (window, JN_TYPE_ASK, "Book another day for A033");
  gtk_button_clicked (GTK_BUTTON (screen_need (ask, GTK_TYPE_BUTTON, "Book another day for A033")));
  screen_wait_text (window, "Choose a half hour first.");
  slot = screen_need (ask, GTK_TYPE_RADIO_BUTTON, "09:30 · 2 free");
  gtk_widget_grab_focus (slot);
  press (window, GDK_KEY_space);
  gtk_button_clicked (GTK_BUTTON (screen_need (ask, GTK_TYPE_BUTTON, "Book another day for A033")));
  screen_wait_text (window, "code K7QM-2XFP");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_choose"), "choice"), ==,
                   "rebook");
  g_assert_cmpint (jn_dict_time (branch_last_args (branch, "ticket_choose"), "slot"), ==,
                   jn_time_parse ("2026-11-26T09:30:00+08:00") / G_USEC_PER_SEC);
  screen_close (window);
}

/* The question is left before the server said what is free. */
static void
test_left_early (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_HALL);

  screen_open_menu (window, "A033: what the citizen chooses");
  gtk_button_clicked (GTK_BUTTON (screen_need (window, GTK_TYPE_BUTTON, "Book another day")));
  g_assert_nonnull (screen_find (window, JN_TYPE_ASK, "Book another day for A033"));
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK);
  g_assert_null (screen_find (window, JN_TYPE_ASK, "Book another day for A033"));
  screen_settle ();
  screen_close (window);
}

/* A supervisor lifts what is his branch's, not what a department said. */
static void
test_lift (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_HALL);
  GVariant *args;

  focus (window, "It works again");
  press (window, GDK_KEY_space);
  args = branch_last_args (branch, "service_resume");
  g_assert_true (g_str_has_suffix (jn_dict_string (args, "id"), "71"));
  screen_close (window);
}

static void
test_looks (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_place (branch, JN_PLACE_RECEPTION);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      jn_window_go (window, JN_PLACE_RECEPTION);
      screen_wait_text (window, "A033");
      check_looks (window, "52-affected-reception");
      jn_window_go (window, JN_PLACE_HALL);
      screen_wait_text (window, "07-2026-0000031-3");
      check_looks (window, "53-affected-hall");
    }
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/affected/list", test_list);
  g_test_add_func ("/ui/affected/leave-papers", test_leave_papers);
  g_test_add_func ("/ui/affected/call-back", test_call_back);
  g_test_add_func ("/ui/affected/rebook", test_rebook);
  g_test_add_func ("/ui/affected/left-early", test_left_early);
  g_test_add_func ("/ui/affected/lift", test_lift);
  g_test_add_func ("/ui/affected/looks", test_looks);
  return g_test_run ();
}
