/* test-hall.c: the supervisor's page: figures, the tickets behind them, counters, help, emergency. */
#include "app/dict.h"
#include "app/text.h"
#include "tests/ui/branch.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/hall/emergency-card.h"
#include "ui/language.h"

#define ROLES "\"clerk\",\"supervisor\""

static JnWindow *
open_hall (Branch *branch)
{
  JnWindow *window = screen_open (branch->counter->desk->session, "en", 1366, 768);

  jn_window_go (window, JN_PLACE_HALL);
  screen_wait_text (window, "Fong Mei Leng");
  return window;
}

static void
test_figures (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  g_assert_nonnull (screen_find (window, GTK_TYPE_BUTTON, "Waiting now: 10, longest 24 min"));
  g_assert_true (screen_shows (window, "2 late"));
  screen_wait_text (window, "21:00 long"); /* its kind took ten minutes; counter 7's is not known */
  g_assert_false (screen_shows (window, "06:00 long"));
  g_assert_true (screen_shows (window, "1 counter without a clerk"));
  screen_press_button (window, "Late: 2, over their pledge");
  screen_wait_text (window, "A032");
  screen_open_menu (window, "A032: what can be done");
  screen_press_button (window, "Send on");
  screen_wait_text (window, "Its due time is kept.");
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK); /* the question … */
  g_assert_false (screen_shows (window, "Its due time is kept."));
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK); /* … then the tickets */
  g_assert_false (screen_shows (window, "A032"));
  screen_close (window);
}

/* From a figure to the ones beside it, of all, of a group and of a counter. */
static void
test_drill (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  g_assert_nonnull (screen_find (window, GTK_TYPE_BUTTON, "Open counters: 3, 1 on a pause"));
  screen_set_language (window, "pt"); /* each of two counts in its own number */
  g_assert_true (screen_shows (window, "2 faltas · 1 saiu"));
  screen_set_language (window, "en");
  screen_open_menu (window, "The tickets behind it: Social security");
  screen_wait_text (window, "Waiting now: Social security");
  screen_open_menu (window, "Called in the last hour");
  screen_wait_text (window, "Called in the last hour: Social security");
  screen_wait_text (window, "A030"); /* of that group */
  screen_open_menu (window, "Counter 8: what can be done");
  screen_press_button (window, "Its tickets today");
  screen_wait_text (window, "Served today: Counter 8");
  screen_wait_text (window, "A001");
  screen_open_menu (window, "Did not come");
  screen_wait_text (window, "Did not come: Counter 8");
  screen_wait_text (window, "No ticket.");
  screen_close (window);
}

static void
test_counter (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  screen_open_menu (window, "Counter 8: what can be done");
  screen_press_button (window, "Change the profile");
  screen_wait_text (window, "Change what counter 8 serves");
  screen_press_button (screen_need (window, JN_TYPE_ASK, "Change what counter 8 serves"),
                       "Change the profile");
  g_assert_cmpint (jn_dict_int (branch_last_args (branch, "counter_profile"), "counter", 0), ==, 8);
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "counter_profile"), "reason"), ==,
                   "more-waiting");
  screen_close (window);
}

/* A supervisor sends a waiting number to a counter that he picks. */
static void
test_reroute (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);
  GtkWidget *ask, *search;

  screen_press_button (window, "Late: 2, over their pledge");
  screen_wait_text (window, "A032");
  screen_open_menu (window, "A032: what can be done");
  screen_press_button (window, "Send on");
  screen_wait_text (window, "Ng Pou Seng");
  ask = screen_need (window, JN_TYPE_ASK, "Send A032 on");
  search = screen_need (ask, GTK_TYPE_ENTRY, "Find a counter or a person");
  gtk_widget_grab_focus (search);
  screen_press (window, GDK_KEY_9, 0);
  g_assert_false (screen_shows (ask, "Ng Pou Seng"));
  screen_press_button (ask, "Send A032 on");
  g_assert_cmpint (jn_dict_int (branch_last_args (branch, "ticket_transfer"), "counter", 0), ==, 9);
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_transfer"), "reason"), ==,
                   "belongs-elsewhere");
  screen_close (window);
}

static void
test_help (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  screen_wait_text (window, "Calls for help: counter 9, Fong Mei Leng");
  screen_press_button (window, "I am coming");
  g_assert_nonnull (branch_last_args (branch, "help_acknowledge"));
  screen_close (window);
}

static void
find_card_cb (GtkWidget *widget, gpointer data)
{
  GtkWidget **card = data;

  if (JN_IS_EMERGENCY_CARD (widget))
    *card = widget;
}

static GtkWidget *
need_card (JnWindow *window)
{
  GtkWidget *card = NULL;

  screen_walk (window, find_card_cb, &card);
  g_assert_nonnull (card);
  return card;
}

static void
test_emergency (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);

  screen_press (window, GDK_KEY_F12, GDK_SHIFT_MASK);
  screen_wait_text (window, "Emergency: everybody leaves");
  g_assert_false (branch->emergency); /* a key alone empties no hall */
  screen_press_button (window, "Begin the emergency");
  g_assert_true (branch->emergency);
  branch_tell (branch, "emergency");
  branch_tell (branch, "counter");
  screen_wait_text (window, "The boards say leave");
  screen_wait_text (window, "keeps its place");
  g_assert_true (screen_shows (window, "may still check in")); /* who booked for its time */
  screen_press (window, GDK_KEY_F12, GDK_SHIFT_MASK);
  g_assert_true (gtk_widget_has_focus (
      screen_need (window, GTK_TYPE_RADIO_BUTTON, "Tickets keep their place")));
  screen_press_button (need_card (window), "End the emergency");
  g_assert_false (branch->emergency);
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "emergency_end"), "tickets"), ==,
                   "keep");
  screen_close (window);
}

/* What happens to each is seen before it is done, and after. */
static void
test_rebook (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window;
  GVariant *args;

  branch->emergency = TRUE;
  window = open_hall (branch);
  screen_wait_text (window, "keeps its place");
  screen_press (window, GDK_KEY_F12, GDK_SHIFT_MASK);
  screen_press (window, GDK_KEY_Down, 0);
  screen_wait_text (window, "27/11/2026, before all others");
  g_assert_true (screen_shows (window, "27/11/2026 10:30")); /* an appointment: at its hour */
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (screen_need (window, GTK_TYPE_COMBO_BOX_TEXT, "Day")),
                               "2026-11-30");
  screen_wait_text (window, "30/11/2026, before all others");
  branch->closed = TRUE; /* what the server will say */
  screen_press_button (need_card (window), "End the emergency");
  args = branch_last_args (branch, "emergency_end");
  g_assert_cmpstr (jn_dict_string (args, "tickets"), ==, "close");
  g_assert_cmpstr (jn_dict_string (args, "rebook"), ==, "2026-11-30");
  screen_wait_text (window, "R001 on 27/11/2026");
  g_assert_true (screen_shows (window, "1 number was closed by the emergency today."));
  screen_close (window);
}

static GtkWidget *
entry (gpointer root, const char *name)
{
  return screen_need (root, GTK_TYPE_ENTRY, name);
}

/* The branch's own and a service's, with what to tell in all languages or in none. */
static void
test_caps (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window;
  GtkWidget *ask;
  g_autoptr (GVariant) told = NULL;

  branch->full = TRUE;
  window = open_hall (branch);
  g_assert_true (screen_shows (window, "full"));
  g_assert_true (screen_shows (window, "3 left"));
  g_assert_true (screen_shows (window, "27/11/2026"));
  screen_open_menu (window, "All services of the branch: what can be done");
  screen_press_button (window, "Change the limit");
  ask = screen_need (window, JN_TYPE_ASK, "Numbers a day: All services of the branch");
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry (ask, "In English"))), ==,
                   "The day is full; come tomorrow morning.");
  gtk_entry_set_text (GTK_ENTRY (entry (ask, "In Portuguese")), "");
  screen_press_button (ask, "Set the limit");
  screen_wait_text (window, "Write it in all three languages, or in none");
  gtk_entry_set_text (GTK_ENTRY (entry (ask, "In Portuguese")), "Volte amanhã.");
  gtk_spin_button_set_value (
      GTK_SPIN_BUTTON (screen_need (ask, GTK_TYPE_SPIN_BUTTON, "Numbers a day")), 320);
  screen_press_button (ask, "Set the limit");
  g_assert_cmpint (jn_dict_int (branch_last_args (branch, "cap_set"), "per_day", 0), ==, 320);
  g_assert_false (jn_dict_has (branch_last_args (branch, "cap_set"), "service"));
  told = jn_dict_dict (branch_last_args (branch, "cap_set"), "words");
  g_assert_cmpstr (jn_dict_string (told, "pt"), ==, "Volte amanhã.");
  screen_close (window);
}

static void
test_new_cap (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window = open_hall (branch);
  GtkWidget *ask, *where;

  g_assert_true (screen_shows (window, "No limit: numbers are issued as long as people come."));
  screen_press_button (window, "Limit the numbers of a day");
  ask = screen_need (window, JN_TYPE_ASK, "Limit the numbers of a day");
  where = screen_need (ask, GTK_TYPE_COMBO_BOX_TEXT, "Of what");
  gtk_combo_box_set_active_id (GTK_COMBO_BOX (where), "service");
  screen_press_button (ask, "Set the limit");
  screen_wait_text (window, "Choose the service first.");
  gtk_entry_set_text (GTK_ENTRY (entry (ask, "Find a service")), "dsi-bir-first");
  gtk_widget_activate (entry (ask, "Find a service"));
  screen_settle ();
  screen_press_button (ask, "Set the limit");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "cap_set"), "service"), ==,
                   "dsi-bir-first");
  g_assert_cmpint (jn_dict_int (branch_last_args (branch, "cap_set"), "per_day", 0), ==, 100);
  g_assert_false (jn_dict_has (branch_last_args (branch, "cap_set"), "words"));
  screen_close (window);
}

static void
test_no_cap (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window;

  branch->full = TRUE;
  window = open_hall (branch);
  screen_open_menu (window, "All services of the branch: what can be done");
  screen_press_button (window, "No limit any more");
  g_assert_false (jn_dict_has (branch_last_args (branch, "cap_set"), "per_day"));
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

/* The end of the page, and an open question at its top. */
static void
look_at_limits (JnWindow *window, const JnLanguage *language)
{
  GtkWidget *button = screen_need (window, GTK_TYPE_BUTTON,
                                   jn_text (language->tag, "Limit the numbers of a day"));

  gtk_widget_grab_focus (button);
  check_looks (window, "54-hall-limits");
  gtk_button_clicked (GTK_BUTTON (button));
  screen_frame (window);
  check_looks (window, "55-hall-new-limit");
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK);
}

static void
test_looks (void)
{
  g_autoptr (Branch) branch = branch_new (ROLES);
  JnWindow *window;

  branch->full = TRUE;
  window = open_hall (branch);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      check_looks (window, "50-hall");
      look_at_limits (window, language);
    }
  branch->emergency = TRUE;
  branch_tell (branch, "emergency");
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_wait_text (window, "K7QM-2XFP");
      check_looks (window, "56-hall-emergency");
    }
  branch->emergency = FALSE;
  branch_tell (branch, "emergency");
  screen_set_language (window, "en");
  screen_press_button (window, "Late: 2, over their pledge");
  screen_wait_text (window, "A032");
  check_looks (window, "51-hall-drill");
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/hall/figures-and-tickets", test_figures);
  g_test_add_func ("/ui/hall/drill", test_drill);
  g_test_add_func ("/ui/hall/counter", test_counter);
  g_test_add_func ("/ui/hall/reroute", test_reroute);
  g_test_add_func ("/ui/hall/help", test_help);
  g_test_add_func ("/ui/hall/emergency-is-confirmed", test_emergency);
  g_test_add_func ("/ui/hall/emergency-ends-with-another-day", test_rebook);
  g_test_add_func ("/ui/hall/limits", test_caps);
  g_test_add_func ("/ui/hall/new-limit", test_new_cap);
  g_test_add_func ("/ui/hall/no-limit", test_no_cap);
  g_test_add_func ("/ui/hall/supervisors-only", test_closed);
  g_test_add_func ("/ui/hall/looks", test_looks);
  return g_test_run ();
}
