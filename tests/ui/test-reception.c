/* test-reception.c: a number in two keystrokes, what is told before, checking in, and the day's list. */
#include "app/dict.h"
#include "tests/ui/branch.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/language.h"

static JnWindow *
open_at (Branch *branch, JnPlace place, const char *text)
{
  JnWindow *window = screen_open (branch->counter->desk->session, "en", 1366, 768);

  jn_window_go (window, place);
  screen_wait_text (window, text);
  return window;
}

static JnWindow *
open_reception (Branch *branch)
{
  return open_at (branch, JN_PLACE_RECEPTION, "K7QM-2XFP");
}

/* Writes into the search field and presses Enter, as a scanner does. */
static void
scan (JnWindow *window, const char *text)
{
  GtkWidget *entry = screen_need (window, GTK_TYPE_ENTRY, "Find a service");

  gtk_entry_set_text (GTK_ENTRY (entry), text);
  gtk_widget_activate (entry);
  screen_settle ();
}

static void
test_two_keystrokes (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);

  screen_press (window, GDK_KEY_1, GDK_CONTROL_MASK);
  screen_wait_text (window, "12 – 25 min"); /* told before it is issued */
  screen_picture (window, "40-reception-chosen.en");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "A034");
  g_assert_cmpuint (branch->issued, ==, 1);
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "event"), ==,
                   "birth");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "priority"), ==,
                   "none");
  screen_wait_text (window, "Nothing is chosen yet.");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* nothing is issued twice */
  g_assert_cmpuint (branch->issued, ==, 1);
  screen_close (window);
}

static void
test_order (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);
  g_autoptr (GVariant) companions = NULL;
  g_auto (GStrv) services = NULL;

  screen_press (window, GDK_KEY_1, GDK_CONTROL_MASK);
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Find a service")),
                      "personal data");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* what was typed is taken first */
  g_assert_cmpuint (branch->issued, ==, 0);
  screen_press_button (window, "Remove Certificate of Personal Data");
  screen_press_button (window, "Remove Birth of a child");
  scan (window, "personal data"); /* Enter takes the first match */
  screen_press (window, GDK_KEY_F7, 0);
  screen_press (window, GDK_KEY_F8, 0);
  gtk_spin_button_set_value (
      GTK_SPIN_BUTTON (screen_need (window, GTK_TYPE_SPIN_BUTTON, "Companions who need the same")),
      1);
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Note for the counter")),
                      "wheelchair");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "Nothing is chosen yet.");
  services = jn_dict_strings (branch_last_args (branch, "ticket_issue"), "services");
  g_assert_cmpstr (services[0], ==, "dsi-personal-data-cert");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "priority"), ==,
                   "infant");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "language"), ==,
                   "pt");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "note"), ==,
                   "wheelchair");
  companions = jn_dict_list (branch_last_args (branch, "ticket_issue"), "companions");
  g_assert_cmpuint (jn_list_length (companions), ==, 1);
  screen_close (window);
}

/* Somebody along who needs something else: found by a search of his own, with a number of his own. */
static void
test_companion (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);
  g_autoptr (GVariant) companions = NULL;
  g_autoptr (GVariant) companion = NULL;
  g_auto (GStrv) services = NULL;
  GtkWidget *search;

  screen_press (window, GDK_KEY_1, GDK_CONTROL_MASK);
  screen_press (window, GDK_KEY_F7, GDK_SHIFT_MASK);
  search = screen_need (window, GTK_TYPE_ENTRY, "What this person needs");
  g_assert_true (gtk_widget_has_focus (search));
  gtk_entry_set_text (GTK_ENTRY (search), "dsi-bir-first");
  screen_press (window, GDK_KEY_Return, 0);
  check_languages (window, "44-reception-companion"); /* what was chosen stays */
  screen_press (window, GDK_KEY_F7, GDK_SHIFT_MASK);  /* one more, but for nothing: left out */
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "A034, B013");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "event"), ==,
                   "birth");
  companions = jn_dict_list (branch_last_args (branch, "ticket_issue"), "companions");
  g_assert_cmpuint (jn_list_length (companions), ==, 1);
  companion = jn_list_dict (companions, 0);
  services = jn_dict_strings (companion, "services");
  g_assert_cmpstr (services[0], ==, "dsi-bir-first");
  g_assert_true (jn_dict_boolean (companion, "own", FALSE));
  g_assert_null (screen_find (window, GTK_TYPE_ENTRY, "What this person needs"));
  screen_close (window);
}

/* A receipt that is none of this branch's is refused in words, and nothing is issued. */
static void
test_receipts (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);

  scan (window, "08-2026-0000001");
  screen_wait_text (window, "This receipt was given out in branch 08.");
  scan (window, "https://janela.example/r#abc");
  screen_wait_text (window, "This is no receipt of ours.");
  g_assert_cmpuint (branch->issued, ==, 0);
  screen_close (window);
}

static void
test_warnings (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->full = branch->suspended = branch->split = TRUE;
  window = open_reception (branch);
  screen_press (window, GDK_KEY_1, GDK_CONTROL_MASK);
  screen_wait_text (window, "the next day with room is 27/11/2026");
  g_assert_true (screen_shows (window, "the department's system is down"));
  g_assert_true (screen_shows (window, "the number goes to two counters"));
  screen_picture (window, "41-reception-warned.en");
  screen_close (window);
}

/* What a supervisor wrote is told instead of the standard text; before anything is chosen, too. */
static void
test_told (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window;

  branch->full = branch->told = TRUE;
  window = open_reception (branch);
  screen_wait_text (
      window, "No more numbers today. Tell the citizen: The day is full; come tomorrow morning.");
  screen_press (window, GDK_KEY_1, GDK_CONTROL_MASK);
  screen_wait_text (window, "12 – 25 min");
  g_assert_true (screen_shows (window, "The day is full; come tomorrow morning."));
  screen_close (window);
}

static void
test_check_in (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);

  scan (window, "janela:ticket:A034:0190aaaa-0000-7000-8000-000000000031");
  screen_wait_text (window, "A034 · Certificate of Personal Data");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_check_in"), "code"), ==,
                   "janela:ticket:A034:0190aaaa-0000-7000-8000-000000000031");
  scan (window, "LATE-0001");
  screen_wait_text (window, "Outside of the booked time");
  screen_press_button (window, "Take a place in the line from now on");
  screen_wait_text (window, "A034 · Certificate of Personal Data");
  g_assert_true (
      jn_dict_boolean (branch_last_args (branch, "ticket_check_in"), "as_walk_in", FALSE));
  screen_press_button (window, "Check in: K7QM-2XFP");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_check_in"), "code"), ==,
                   "K7QM-2XFP");
  scan (window, "07-2026-0000001"); /* a receipt: its results are fetched */
  screen_wait_text (window, "A034");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "pick_up"), ==,
                   "07-2026-0000001");
  screen_close (window);
}

/* A number that nobody has: what to do, in each language. */
static void
test_unknown_ticket (void)
{
  static const char *const words[][3] = {
    { "en", "Find a service", "There is no such ticket today. Compare the number." },
    { "pt", "Procurar um serviço", "Não há hoje tal senha. Compare o número." },
    { "zh_HK", "查找服務", "今日沒有此籌號，請核對號碼。" },
  };
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *entry;

      screen_set_language (window, words[i][0]);
      entry = screen_need (window, GTK_TYPE_ENTRY, words[i][1]);
      gtk_entry_set_text (GTK_ENTRY (entry), "Z999");
      gtk_widget_activate (entry);
      screen_wait_text (window, words[i][2]);
    }
  screen_close (window);
}

static gboolean
has_button (gpointer data)
{
  gpointer *wanted = data;

  return screen_find (wanted[0], GTK_TYPE_BUTTON, wanted[1]) != NULL;
}

/* A menu that fades still holds the screen for a moment. */
static void
open_menu (JnWindow *window, const char *act)
{
  gpointer wanted[] = { window, (gpointer)act };

  screen_open_menu (window, "A033: what can be done");
  screen_wait (has_button, wanted, act);
  screen_press_button (window, act);
}

static void
test_acts (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);

  open_menu (window, "Print again");
  screen_wait_text (window, "The slip did not come out"); /* no printer is set up here */
  open_menu (window, "Change");
  screen_wait_text (window, "Change A033");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "Nothing is chosen yet.");
  g_assert_nonnull (branch_last_args (branch, "ticket_change"));
  open_menu (window, "Merge with another");
  screen_press_button (screen_need (window, JN_TYPE_ASK, "Merge A033"), "Merge A033");
  g_assert_nonnull (jn_dict_string (branch_last_args (branch, "ticket_merge"), "into"));
  open_menu (window, "Cancel the ticket");
  screen_wait_text (window, "The place in the line is lost.");
  screen_press_button (screen_need (window, JN_TYPE_ASK, "Cancel A033"), "Cancel A033");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_cancel"), "outcome"), ==,
                   "left-waiting");
  screen_close (window);
}

/* Another popover in its place: the list below goes on. */
static void
test_menu_gives_way (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);

  screen_press_button (window, "A033: what can be done");
  screen_press (window, GDK_KEY_F1, 0);
  screen_wait_text (window, "Call the next ticket");
  branch->emergency = TRUE;
  branch_tell (branch, "ticket");
  screen_settle ();
  screen_press (window, GDK_KEY_Escape, 0);
  screen_press_button (window, "A033: what can be done");
  screen_wait_text (window, "Print again");
  screen_close (window);
}

typedef struct
{
  Branch *branch;
  guint asked;
} Asked;

static gboolean
has_asked_again (gpointer data)
{
  Asked *asked = data;

  return jn_fake_backend_count_calls (asked->branch->counter->desk->fake, "reception")
         > asked->asked;
}

/* The list changes under an open menu, and the place is left with it: the rows go as they stand. */
static void
test_menu_left_open (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_reception (branch);
  Asked asked = { branch, jn_fake_backend_count_calls (branch->counter->desk->fake, "reception") };

  screen_press_button (window, "A033: what can be done");
  branch_tell (branch, "ticket");
  screen_wait (has_asked_again, &asked, "the list is read again");
  jn_window_go (window, JN_PLACE_PRINTERS);
  screen_frame (window);
  jn_window_go (window, JN_PLACE_RECEPTION);
  screen_press_button (window, "A033: what can be done");
  screen_wait_text (window, "Print again");
  screen_close (window);
}

static void
test_appointments (void)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_at (branch, JN_PLACE_APPOINTMENTS, "K7QM-2XFP");

  screen_press (window, GDK_KEY_1, GDK_CONTROL_MASK); /* a key of reception only */
  scan (window, "personal data");
  screen_wait_text (window, "09:30 · 2 free");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (window, GTK_TYPE_RADIO_BUTTON, "09:30 · 2 free")), TRUE);
  screen_picture (window, "45-appointments.en");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "code K7QM-2XFP. Tell it to the citizen.");
  g_assert_true (g_str_has_prefix (
      jn_dict_string (branch_last_args (branch, "appointment_book"), "slot"), "2026-11-26T0"));
  screen_press_button (window, "Move: K7QM-2XFP");
  screen_wait_text (window, "Another time for K7QM-2XFP");
  screen_wait_text (window, "10:30 · 2 free");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (screen_need (window, GTK_TYPE_RADIO_BUTTON, "10:30 · 2 free")), TRUE);
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "New appointment");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "appointment_move"), "code"), ==,
                   "K7QM-2XFP");
  screen_press_button (window, "Cancel: K7QM-2XFP");
  screen_press_button (screen_need (window, JN_TYPE_ASK, "Cancel K7QM-2XFP"), "Cancel K7QM-2XFP");
  screen_wait_text (window, "K7QM-2XFP is cancelled.");
  screen_close (window);
}

static void
look_at (JnPlace place, const char *name)
{
  g_autoptr (Branch) branch = branch_new ("\"clerk\"");
  JnWindow *window = open_at (branch, place, "K7QM-2XFP");

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      if (place == JN_PLACE_RECEPTION)
        screen_press (window, GDK_KEY_2, GDK_CONTROL_MASK);
      check_looks (window, name);
    }
  screen_close (window);
}

static void
test_looks (void)
{
  look_at (JN_PLACE_RECEPTION, "42-reception");
  look_at (JN_PLACE_APPOINTMENTS, "46-appointments");
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/reception/two-keystrokes", test_two_keystrokes);
  g_test_add_func ("/ui/reception/order", test_order);
  g_test_add_func ("/ui/reception/companion-with-a-number", test_companion);
  g_test_add_func ("/ui/reception/receipts-refused", test_receipts);
  g_test_add_func ("/ui/reception/warned-before", test_warnings);
  g_test_add_func ("/ui/reception/told", test_told);
  g_test_add_func ("/ui/reception/check-in", test_check_in);
  g_test_add_func ("/ui/reception/unknown-ticket-in-each-language", test_unknown_ticket);
  g_test_add_func ("/ui/reception/print-change-merge-cancel", test_acts);
  g_test_add_func ("/ui/reception/menu-gives-way", test_menu_gives_way);
  g_test_add_func ("/ui/reception/menu-left-open", test_menu_left_open);
  g_test_add_func ("/ui/reception/appointments", test_appointments);
  g_test_add_func ("/ui/reception/looks", test_looks);
  return g_test_run ();
}
