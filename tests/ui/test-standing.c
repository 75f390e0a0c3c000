/* test-standing.c: the hall's display and the kiosk: what they show, and that nobody gets out. */
#include <string.h>

#include "app/dict.h"
#include "app/text.h"
#include "tests/ui/branch.h"
#include "tests/ui/checks.h"
#include "tests/ui/screen.h"
#include "ui/board/board-view.h"
#include "ui/kiosk/kiosk-view.h"
#include "ui/language.h"
#include "ui/standing-window.h"

static GtkWidget *
open_standing (
    Branch *branch, const char *role, GtkWidget *(*make) (JnSession *), int width, int height)
{
  GtkWidget *window
      = jn_standing_window_new (screen_get_program (), branch->counter->desk->session, role, make);

  jn_language_set (jn_language_find ("en"));
  screen_show (window, width, height);
  return window;
}

/* -- the board -- */

static GtkWidget *
open_board (Branch *branch)
{
  return open_standing (branch, "board", jn_board_view_new, 1920, 1080);
}

/* Whether it stands above the line at the foot, which is on the screen. */
static gboolean
is_whole (GtkWidget *window, const char *number)
{
  GtkWidget *label = screen_find (window, GTK_TYPE_LABEL, number);
  int y = 0;

  g_assert_nonnull (label);
  gtk_widget_translate_coordinates (label, window, 0, 0, NULL, &y);
  return y + gtk_widget_get_allocated_height (label) <= 1080 - 90;
}

static void
test_board (void)
{
  g_autoptr (Branch) branch = branch_new ("\"board\"");
  GtkWidget *window = open_board (branch);
  JnBoardView *view = JN_BOARD_VIEW (jn_standing_window_get_content (JN_STANDING_WINDOW (window)));
  static const char *const heads[] = { "現正叫號", "A chamar", "Now calling" };
  static const char *const names[] = { "60-board-zh", "60-board-pt", "60-board-en" };

  branch->calling = 4; /* as many as there is room for */
  branch_tell (branch, "ticket");
  screen_wait_text (window, "A021");
  g_assert_true (screen_shows (window, "A032"));
  g_assert_true (screen_shows (window, "→ 8")); /* of the last calls */
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      screen_wait_text (window, heads[i]);
      screen_picture_as (window, "60-board", jn_language_list ()[i].tag);
      check_contrast (window);
      check_fits (window, 1920, 1080);
      screen_frame (window);
      g_assert_true (is_whole (window, "A021"));
      check_standing (window, names[i]);
      jn_board_view_turn (view);
    }
  screen_close (window);
}

/* A change on the server is on the board, and is heard. */
static void
test_board_lives (void)
{
  g_autoptr (Branch) branch = branch_new ("\"board\"");
  GtkWidget *window;

  branch->calling = 0;
  window = open_board (branch);
  screen_wait_text (window, "請耐心等候叫號");
  branch->calling = 3;
  branch_tell (branch, "ticket");
  screen_wait_text (window, "C007");
  jn_fake_backend_cut_line (branch->counter->desk->fake, TRUE);
  screen_wait_text (window, "未能更新");
  screen_close (window);
}

static void
test_board_emergency (void)
{
  g_autoptr (Branch) branch = branch_new ("\"board\"");
  GtkWidget *window;

  branch->emergency = TRUE;
  window = open_board (branch);
  screen_wait_text (window, "Leave the building now.");
  g_assert_true (screen_shows (window, "Saia já do edifício."));
  g_assert_true (screen_shows (window, "請立即離開大樓"));
  g_assert_false (screen_shows (window, "B011"));
  check_standing (window, "61-board-emergency");
  screen_close (window);
}

/* -- the kiosk -- */

static GtkWidget *
open_kiosk (Branch *branch)
{
  GtkWidget *window = open_standing (branch, "kiosk", jn_kiosk_view_new, 1080, 1920);

  screen_wait_text (window, "English");
  return window;
}

/* What a finger presses is at least as large as a thumb: 80 of 1080 lines of a screen that a hand reaches. */
static void
check_target_cb (GtkWidget *widget, gpointer data)
{
  if (!GTK_IS_BUTTON (widget))
    return;
  g_assert_cmpint (gtk_widget_get_allocated_height (widget), >=, 80);
  g_assert_cmpint (gtk_widget_get_allocated_width (widget), >=, 80);
}

static void
look_at (GtkWidget *window, const char *name)
{
  screen_frame (window);
  screen_walk (window, check_target_cb, NULL);
  check_standing (window, name);
}

static void
test_kiosk_issues (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window = open_kiosk (branch);
  GVariant *args;

  look_at (window, "70-kiosk-welcome");
  screen_press_button (window, "English");
  screen_press_button (window, "Birth of a child");
  screen_press_button (window, "With an infant");
  screen_wait_text (window, "12 – 25 min");
  screen_press_button (window, "Take the number");
  screen_wait_text (window, "A034");
  args = jn_fake_backend_last_args (branch->counter->desk->fake, "ticket_issue");
  g_assert_cmpstr (jn_dict_string (args, "event"), ==, "birth");
  g_assert_cmpstr (jn_dict_string (args, "priority"), ==, "infant");
  g_assert_cmpstr (jn_dict_string (args, "language"), ==, "en");
  screen_press_button (window, "Finish");
  screen_wait_text (window, "Take a number here");
  g_assert_cmpuint (branch->issued, ==, 1);
  gtk_widget_destroy (window);
  screen_settle ();
}

static const char *
say (const char *msgid)
{
  return jn_text (jn_language_get ()->tag, msgid);
}

/* Each step of the way in each language. */
static void
test_kiosk_looks (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  JnSession *session = branch->counter->desk->session;
  GtkWidget *window = open_kiosk (branch);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_press_button (window, language->name);
      look_at (window, "71-kiosk-choose");
      screen_press_button (
          window,
          jn_event_entry_get_name (
              jn_catalogue_get_event (jn_session_get_catalogue (session), "birth"), language->tag));
      look_at (window, "72-kiosk-priority");
      screen_press_button (window, say ("None of these"));
      screen_wait_text (window, "12 – 25");
      look_at (window, "73-kiosk-confirm");
      screen_press_button (window, say ("Take the number"));
      screen_wait_text (window, "A034");
      look_at (window, "74-kiosk-done");
      screen_press_button (window, say ("Finish"));
    }
  gtk_widget_destroy (window);
  screen_settle ();
}

/* No more numbers: the citizen is told what the supervisor wrote, in his language, and can take none. */
static void
test_kiosk_full (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window;

  branch->full = branch->told = TRUE;
  window = open_kiosk (branch);
  screen_press_button (window, "Português");
  screen_press_button (window, "Nascimento de um filho");
  screen_press_button (window, "Com criança de colo");
  screen_wait_text (window, "Já não há vagas; venha amanhã de manhã.");
  g_assert_null (screen_find (window, GTK_TYPE_BUTTON, "Tirar a senha"));
  look_at (window, "75-kiosk-full");
  g_assert_cmpuint (branch->issued, ==, 0);
  gtk_widget_destroy (window);
  screen_settle ();
}

static void
type (GtkWidget *window, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    screen_press (window, gdk_unicode_to_keyval ((guint32)*c), 0);
  screen_press (window, GDK_KEY_Return, 0);
}

/* Nobody said which language is his: a refusal stands in all three, what was booked speaks its own. */
static void
test_kiosk_scans (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window = open_kiosk (branch);

  type (window, "K7QM-2XFP");
  screen_wait_text (window, "A034");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_check_in"), "code"), ==,
                   "K7QM-2XFP");
  g_assert_cmpstr (jn_language_get ()->tag, ==, "zh-Hant");
  screen_press_button (window, "完成");
  type (window, "LATE-0001");
  screen_wait_text (window, "Please ask at reception.");
  g_assert_true (screen_shows (window, "It is too late: check-in ended at 23/11/2026 10:10."));
  g_assert_true (screen_shows (window, "23/11/2026 10:10"));
  g_assert_true (screen_shows (window, "Pergunte na recepção, por favor."));
  g_assert_true (screen_shows (window, "請向接待處查詢。"));
  g_assert_true (screen_shows (window, "Voltar · Back")); /* so do the ways out */
  look_at (window, "75-kiosk-sorry");
  gtk_widget_destroy (window);
  screen_settle ();
}

/* The receipt's number is shown before it is taken, in three languages; in whose words it is taken counts. */
static void
test_kiosk_receipts (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window = open_kiosk (branch);

  type (window, "https://janela.example/r#abc");
  screen_wait_text (window, "This is no receipt of ours.");
  type (window, "08-2026-0000001");
  screen_wait_text (window, "branch 08");
  type (window, "07-2026-0000001");
  screen_wait_text (window, "Fetch the results of a receipt");
  look_at (window, "76-kiosk-receipt");
  screen_press_button (window, "Tirar a senha");
  screen_wait_text (window, "A034");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "pick_up"), ==,
                   "07-2026-0000001");
  g_assert_cmpstr (jn_dict_string (branch_last_args (branch, "ticket_issue"), "language"), ==,
                   "pt");
  gtk_widget_destroy (window);
  screen_settle ();
}

static gboolean
is_gone (gpointer window)
{
  return *(gpointer *)window == NULL;
}

static void
test_kiosk_no_way_out (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window = open_kiosk (branch);
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (GTK_WINDOW (window));
  screen_frame (window);
  screen_press (window, GDK_KEY_F11, 0);
  screen_press (window, GDK_KEY_q, GDK_CONTROL_MASK);
  screen_press (window, GDK_KEY_F4, GDK_MOD1_MASK);
  g_assert_true (gtk_widget_get_visible (window));
  g_assert_true (screen_shows (window, "Take a number here"));
  screen_press (window, GDK_KEY_Q, GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SHIFT_MASK);
  screen_wait_text (window, "For staff: close the kiosk");
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Password")), "guess");
  screen_press_button (window, "Close the kiosk");
  screen_wait_text (window, "The name or the password is wrong.");
  screen_press (window, GDK_KEY_Q, GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SHIFT_MASK);
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Password")), "lotus-seven");
  screen_press_button (window, "Close the kiosk");
  screen_wait (is_gone, &weak, "the kiosk closes");
}

/* Nobody there: it begins anew for the next citizen, in no language. */
static void
test_kiosk_idle (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window = open_kiosk (branch);

  jn_kiosk_view_set_patience (
      JN_KIOSK_VIEW (jn_standing_window_get_content (JN_STANDING_WINDOW (window))), 1);
  screen_press_button (window, "English");
  screen_wait_text (window, "What do you need?");
  screen_wait_text (window, "Take a number here");
  gtk_widget_destroy (window);
  screen_settle ();
}

static void
test_kiosk_emergency (void)
{
  g_autoptr (Branch) branch = branch_new ("\"kiosk\"");
  GtkWidget *window = open_kiosk (branch);

  screen_press_button (window, "English");
  branch->emergency = TRUE;
  branch_tell (branch, "emergency");
  branch_tell (branch, "ticket");
  screen_wait_text (window, "Leave the building now.");
  gtk_widget_destroy (window);
  screen_settle ();
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/board/three-languages", test_board);
  g_test_add_func ("/ui/board/lives", test_board_lives);
  g_test_add_func ("/ui/board/emergency", test_board_emergency);
  g_test_add_func ("/ui/kiosk/issues", test_kiosk_issues);
  g_test_add_func ("/ui/kiosk/looks", test_kiosk_looks);
  g_test_add_func ("/ui/kiosk/full", test_kiosk_full);
  g_test_add_func ("/ui/kiosk/scans", test_kiosk_scans);
  g_test_add_func ("/ui/kiosk/receipts", test_kiosk_receipts);
  g_test_add_func ("/ui/kiosk/no-way-out", test_kiosk_no_way_out);
  g_test_add_func ("/ui/kiosk/idle-begins-anew", test_kiosk_idle);
  g_test_add_func ("/ui/kiosk/emergency", test_kiosk_emergency);
  return g_test_run ();
}
