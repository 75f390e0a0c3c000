/* test-desk.c: the clerk's steps between two visits: each by its key, asked where it needs a reason. */
#include "app/dict.h"
#include "tests/ui/branch.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/language.h"

/* Presses the button that answers the question. */
static void
answer (JnWindow *window, const char *question)
{
  GtkWidget *ask = screen_need (window, JN_TYPE_ASK, question);

  gtk_button_clicked (GTK_BUTTON (screen_need (ask, GTK_TYPE_BUTTON, question)));
  screen_settle ();
}

static JnWindow *
open_desk (Branch *branch)
{
  JnWindow *window = screen_open (branch->counter->desk->session, "en", 1366, 768);

  screen_wait_text (window, "Next for this counter");
  return window;
}

static void
call (JnWindow *window)
{
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
}

static void
test_no_show_and_back (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_desk (branch);

  call (window);
  screen_press (window, GDK_KEY_F5, 0);
  screen_wait_text (window, "B011 did not come.");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_no_show"), "reason"), ==,
                   "did-not-come");
  g_assert_nonnull (screen_find (window, GTK_TYPE_BUTTON, "Take it back"));
  screen_press (window, GDK_KEY_z, GDK_CONTROL_MASK);
  g_assert_cmpuint (jn_fake_backend_count_done (branch->counter->desk->fake, "ticket_undo"), ==, 1);
  screen_close (window);
}

static void
test_return_wants_a_reason (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_desk (branch);

  call (window);
  screen_press (window, GDK_KEY_F7, 0);
  screen_wait_text (window, "The ticket keeps its due time");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (window, GTK_TYPE_RADIO_BUTTON, "Another reason")), TRUE);
  gtk_button_clicked (GTK_BUTTON (screen_need (window, GTK_TYPE_BUTTON, "Do not")));
  screen_settle ();
  g_assert_false (screen_shows (window, "The ticket keeps its due time"));
  screen_press (window, GDK_KEY_F7, 0);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (window, GTK_TYPE_RADIO_BUTTON, "Another reason")), TRUE);
  gtk_widget_activate (screen_need (window, GTK_TYPE_ENTRY, "Another reason"));
  screen_wait_text (window, "Something is missing here.");
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Another reason")),
                      "wrong counter");
  gtk_widget_activate (screen_need (window, GTK_TYPE_ENTRY, "Another reason"));
  screen_wait_text (window, "Next for this counter");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_return"), "reason"), ==,
                   "wrong counter");
  screen_close (window);
}

static void
test_chosen_one (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_desk (branch);

  screen_press (window, GDK_KEY_F8, 0); /* to the list */
  g_assert_true (gtk_widget_has_focus (screen_need (window, GTK_TYPE_BUTTON, "Call: B011")));
  screen_press_button (window, "Call: A033");
  screen_wait_text (window, "Call A033 out of turn");
  screen_picture (window, "30-desk-chosen.en");
  answer (window, "Call A033 out of turn");
  screen_wait_text (window, "Called to your counter");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_call"), "reason"), ==,
                   "was-here-before");
  screen_close (window);
}

static void
test_hold_and_resume (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->counter->state = "serving";
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "At your desk");
  screen_press (window, GDK_KEY_F4, 0);
  screen_wait_text (window, "What was typed is kept.");
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK); /* unanswered */
  g_assert_false (screen_shows (window, "What was typed is kept."));
  screen_press (window, GDK_KEY_F4, 0);
  answer (window, "Put on hold");
  screen_wait_text (window, "A030");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_hold"), "reason"), ==,
                   "fetches-paper");
  screen_press_button (window, "Take it up again: A030");
  screen_wait_text (window, "At your desk");
  screen_close (window);
}

/* Who is next is called by Enter, also when he came after the page; but nothing is taken from the clerk. */
static void
test_keyboard_waits_for_somebody (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  guint waiting = branch->counter->waiting;
  JnWindow *window;

  branch->counter->waiting = 0;
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Nobody is waiting");
  gtk_window_set_focus (GTK_WINDOW (window), NULL); /* as after signing in */
  jn_window_go (window, JN_PLACE_DESK);
  branch->counter->waiting = waiting;
  branch_tell (branch, "ticket");
  screen_wait_text (window, "B011");
  screen_assert_focus (window, GTK_TYPE_BUTTON, "Call next");
  branch->counter->waiting = 0;
  branch_tell (branch, "ticket");
  screen_wait_text (window, "Nobody is waiting");
  gtk_widget_grab_focus (screen_need (window, GTK_TYPE_BUTTON, "Pause"));
  branch->counter->waiting = waiting;
  branch_tell (branch, "ticket");
  screen_wait_text (window, "B011");
  screen_assert_focus (window, GTK_TYPE_BUTTON, "Pause");
  screen_close (window);
}

/* Ctrl+Enter in a question answers it, and nothing else; Alt+Left leaves it, back to where the keyboard was. */
static void
test_questions_by_keys (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_desk (branch);

  gtk_widget_grab_focus (screen_need (window, GTK_TYPE_BUTTON, "Call next"));
  call (window);
  screen_press (window, GDK_KEY_F7, 0);
  screen_wait_text (window, "The ticket keeps its due time");
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK);
  g_assert_false (screen_shows (window, "The ticket keeps its due time"));
  screen_assert_focus (window, GTK_TYPE_BUTTON, "The person is here");
  screen_press (window, GDK_KEY_F7, 0);
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "Next for this counter");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_DESK);
  branch_last_args (branch, "ticket_return");
  screen_close (window);
}

/* What cannot be taken back is not done by a key that slipped. */
static void
test_danger_wants_the_key_twice (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  Counter *counter = branch->counter;
  JnWindow *window;

  counter->state = "serving";
  window = screen_open (counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "At your desk");
  screen_press (window, GDK_KEY_F5, GDK_SHIFT_MASK);
  screen_need (window, JN_TYPE_ASK, "The person left");
  screen_assert_focus (window, GTK_TYPE_BUTTON, "Do not");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_assert_focus (window, GTK_TYPE_BUTTON, "End the visit");
  g_assert_cmpuint (counter->finished, ==, 0);
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "Next for this counter");
  g_assert_cmpuint (counter->finished, ==, 1);
  screen_close (window);
}

static JnWindow *
open_transfer (Branch *branch)
{
  JnWindow *window;

  branch->counter->state = "serving";
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "At your desk");
  screen_press (window, GDK_KEY_F6, 0);
  screen_wait_text (window, "The ticket keeps its number");
  screen_wait_text (window, "Fong Mei Leng");
  return window;
}

static void
type (JnWindow *window, const char *text)
{
  gtk_widget_grab_focus (screen_need (window, GTK_TYPE_ENTRY, "Find a counter or a person"));
  for (const char *c = text; *c != '\0'; c++)
    screen_press (window, gdk_unicode_to_keyval ((guint32)*c), 0);
}

/* A counter is found by a few letters of who sits there, and chosen by Enter. */
static void
test_transfer (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_transfer (branch);

  g_assert_true (screen_shows (window, "Zone A · Identity · serves 1 of 3 services"));
  g_assert_true (screen_shows (window, "busy"));
  g_assert_true (screen_shows (window, "serves nothing of it"));
  g_assert_null (screen_find (window, GTK_TYPE_LIST_BOX_ROW, "Counter 7")); /* the own one */
  answer (window, "Transfer");
  screen_wait_text (window, "Choose who it goes to.");
  type (window, "exemp");
  g_assert_false (screen_shows (window, "Fong Mei Leng"));
  screen_press (window, GDK_KEY_Return, 0);
  screen_picture (window, "31-desk-transfer.en");
  answer (window, "Transfer");
  screen_wait_text (window, "Next for this counter");
  g_assert_cmpint (jn_dict_int (branch_last_args (branch, "ticket_transfer"), "counter", 0), ==, 8);
  g_assert_false (jn_dict_has (branch_last_args (branch, "ticket_transfer"), "login"));
  screen_close (window);
}

/* The question is left before the server said who works where. */
static void
test_transfer_left (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->counter->state = "serving";
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "At your desk");
  screen_press (window, GDK_KEY_F6, 0);
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK);
  screen_settle ();
  g_assert_false (screen_shows (window, "Fong Mei Leng"));
  screen_close (window);
}

static void
test_transfer_looks (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_transfer (branch);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_press (window, GDK_KEY_F6, 0);
      screen_wait_text (window, g_str_equal (language->tag, "zh-Hant") ? "若昂" : "João");
      check_looks (window, "35-desk-transfer");
    }
  screen_close (window);
}

/* Arrows choose, too; a person is one who works somewhere now. */
static void
test_transfer_to_person (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_transfer (branch);

  gtk_combo_box_set_active_id (GTK_COMBO_BOX (screen_need (window, GTK_TYPE_COMBO_BOX_TEXT, "To")),
                               "person");
  type (window, "zone");
  screen_press (window, GDK_KEY_Down, 0);
  screen_press (window, GDK_KEY_Down, 0);
  screen_press (window, GDK_KEY_Down, 0);
  answer (window, "Transfer");
  screen_wait_text (window, "Next for this counter");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_transfer"), "login"), ==,
                   "pou");
  g_assert_cmpint (jn_dict_int (branch_last_args (branch, "ticket_transfer"), "counter", 0), ==, 0);
  screen_close (window);
}

static void
test_pause (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_desk (branch);

  screen_press (window, GDK_KEY_F9, 0);
  screen_wait_text (window, "Nobody is called here until you open the counter again.");
  screen_picture (window, "32-desk-pause.en");
  answer (window, "Pause");
  screen_wait_text (window, "The counter has a break.");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "counter_state"), "reason"), ==,
                   "meal");
  screen_press (window, GDK_KEY_F9, 0); /* and back */
  screen_wait_text (window, "The counter is open.");
  call (window);
  screen_press (window, GDK_KEY_F9, 0);
  screen_wait_text (window, "The visit goes on; when it is over, nobody is called here.");
  answer (window, "Pause after this visit");
  g_assert_true (
      jn_dict_boolean (branch_last_args (branch, "counter_state"), "after_visit", FALSE));
  screen_close (window);
}

static void
test_help (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_desk (branch);

  screen_press (window, GDK_KEY_F12, GDK_CONTROL_MASK); /* nothing is seen of an alarm */
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "help_call"), "kind"), ==, "alarm");
  g_assert_false (screen_shows (window, "supervisor is called"));
  screen_press (window, GDK_KEY_F12, 0);
  screen_wait_text (window, "A supervisor is called.");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "help_call"), "kind"), ==, "help");
  screen_close (window);
}

static void
test_split (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->split = TRUE;
  window = open_desk (branch);
  screen_wait_text (window, "No open counter serves all of B011.");
  screen_close (window);
}

/* Signed in elsewhere: the ticket that was left there comes along, or is given back, before anything else. */
static void
test_left_behind (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->counter->state = "serving";
  branch->left_at = 9;
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Left at counter 9");
  check_languages (window, "35-desk-left-behind");
  screen_press (window, GDK_KEY_F4, 0); /* nothing of the usual: it is not here */
  g_assert_false (screen_shows (window, "Put on hold"));
  screen_press (window, GDK_KEY_F7, 0);
  screen_wait_text (window, "whoever calls it goes on");
  answer (window, "Back to the line");
  screen_wait_text (window, "Next for this counter");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_release"), "reason"), ==,
                   "moved");
  screen_close (window);

  branch->counter->state = "serving";
  branch->left_at = 9;
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Left at counter 9");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "At your desk");
  branch_last_args (branch, "ticket_along");
  screen_close (window);
}

/* Each language and the largest text: named, readable, nothing cut off. */
static void
test_looks (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->held = TRUE;
  branch->undo = "called";
  branch->counter->state = "called";
  branch->split = TRUE;
  window = screen_open (branch->counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Called to your counter");
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_press (window, GDK_KEY_F7, 0);
      check_looks (window, "33-desk-called");
    }
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/desk/no-show-and-back", test_no_show_and_back);
  g_test_add_func ("/ui/desk/return-wants-a-reason", test_return_wants_a_reason);
  g_test_add_func ("/ui/desk/chosen-one", test_chosen_one);
  g_test_add_func ("/ui/desk/hold-and-resume", test_hold_and_resume);
  g_test_add_func ("/ui/desk/keyboard-waits-for-somebody", test_keyboard_waits_for_somebody);
  g_test_add_func ("/ui/desk/questions-by-keys", test_questions_by_keys);
  g_test_add_func ("/ui/desk/danger-wants-the-key-twice", test_danger_wants_the_key_twice);
  g_test_add_func ("/ui/desk/transfer", test_transfer);
  g_test_add_func ("/ui/desk/transfer-to-person", test_transfer_to_person);
  g_test_add_func ("/ui/desk/transfer-left", test_transfer_left);
  g_test_add_func ("/ui/desk/transfer-looks", test_transfer_looks);
  g_test_add_func ("/ui/desk/pause", test_pause);
  g_test_add_func ("/ui/desk/help", test_help);
  g_test_add_func ("/ui/desk/split-is-told", test_split);
  g_test_add_func ("/ui/desk/left-at-another-counter", test_left_behind);
  g_test_add_func ("/ui/desk/looks", test_looks);
  return g_test_run ();
}
