/* test-visit.c: the birth visit played through the window: every page, key and language. */
#include "app/dict.h"
#include "tests/app/birth.h"
#include "tests/ui/checks.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/language.h"

#define CERTIFICATE "dsi-personal-data-cert"

/* Every page in each language: names, contrast, nothing cut off. Kept as pictures where
 * $JANELA_PICTURES says. */
static void
look_at (JnWindow *window, const char *name)
{
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *file = g_strdup_printf ("%s.%s", name, language->tag);

      screen_set_language (window, language->code);
      screen_picture (window, file);
      check_names (window);
      check_contrast (window);
      check_fits (window, 1366, 768);
    }
  screen_set_language (window, "en");
}

static void
next (JnWindow *window)
{
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
}

static void
call_and_arrive (JnWindow *window)
{
  screen_wait_text (window, "Next for this counter");
  look_at (window, "02-desk");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  check_languages (window, "03-called");
  screen_press (window, GDK_KEY_F3, 0);
  screen_wait_text (window, "Call again in 25 seconds");
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
  birth_identify (visit);
  screen_settle ();
  check_languages (window, "05-identify");
  screen_press (window, GDK_KEY_2, GDK_MOD1_MASK); /* most visits skip it */
  screen_wait_place (window, JN_PLACE_EVENT);
  check_languages (window, "06-event");
  next (window);
  screen_wait_place (window, JN_PLACE_FORMS);
  next (window);
  screen_wait_text (window, "to be mended");
  check_languages (window, "08-form-errors");
  birth_answer (visit);
  screen_settle ();
  look_at (window, "09-form-1-filled");
  next (window);
  look_at (window, "10-form-2");
  screen_press (window, GDK_KEY_k, GDK_MOD1_MASK);
  look_at (window, "11-form-2-known");
  next (window);
  next (window);
  screen_wait_place (window, JN_PLACE_PAPERS);
  check_languages (window, "13-papers");
  desk_settle (visit);
  screen_settle ();
  screen_hold (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* one page on, however long */
  screen_wait_place (window, JN_PLACE_REVIEW);
  check_languages (window, "15-review");
  screen_hold (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* submits, and does not finish too */
  screen_wait_place (window, JN_PLACE_RECEIPT);
  screen_assert_focus (window, GTK_TYPE_BUTTON,
                       "Finish the visit"); /* no slip of Enter is a mark */
  check_languages (window, "16-receipt");
  screen_press (window, GDK_KEY_4, 0);
  screen_wait_text (window, "Thank you. The answer is kept.");
  g_assert_cmpint (
      jn_dict_int (jn_fake_backend_last_args (counter->desk->fake, "visit_rate"), "stars", 0), ==,
      4);
  next (window);
  screen_wait_place (window, JN_PLACE_DESK);
  screen_wait_text (window, "My day");
  look_at (window, "17-desk-again");
  g_assert_cmpuint (counter->finished, ==, 1);
  screen_close (window);
}

/* One service: identify, one page, receipt. */
static void
test_one_service (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window;
  JnVisit *visit;

  counter->event = NULL;
  counter->services = CERTIFICATE;
  window = screen_open (counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  next (window);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  visit = jn_window_get_visit (window);
  g_object_unref (desk_identify (visit, "applicant", "bir", "70000012"));
  screen_settle ();
  g_assert_true (screen_shows (window, "Services of this visit"));
  next (window);
  screen_wait_place (window, JN_PLACE_FORMS);
  check_languages (window, "20-one-page");
  next (window); /* the answers first */
  screen_wait_text (window, "to be mended");
  desk_set (visit, CERTIFICATE, "/data/certificate/items", "name");
  desk_set (visit, CERTIFICATE, "/data/certificate/purpose", "study");
  desk_set (visit, CERTIFICATE, "/data/certificate/copies", "2");
  desk_set (visit, CERTIFICATE, "/data/declaration/data_consent", "yes");
  desk_set (visit, CERTIFICATE, "/data/declaration/true_data", "yes");
  screen_settle ();
  next (window); /* then what else is open, on the same page */
  screen_wait_text (window, "before it can be submitted");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_FORMS);
  look_at (window, "21-one-page-open");
  screen_press (window, GDK_KEY_5, GDK_MOD1_MASK); /* Alt+5 leads to that part of the page */
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_FORMS);
  desk_settle (visit);
  screen_settle ();
  next (window);
  screen_wait_place (window, JN_PLACE_RECEIPT);
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_place (window, JN_PLACE_DESK);
  g_assert_cmpuint (jn_fake_backend_count_done (counter->desk->fake, "visit_rate"), ==, 0);
  screen_close (window);
}

/* Everything is answered, and nothing is sent yet. */
static JnWindow *
open_review (Counter *counter)
{
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  next (window);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  birth_prepare (jn_window_get_visit (window));
  jn_window_go (window, JN_PLACE_REVIEW);
  screen_wait_place (window, JN_PLACE_REVIEW);
  return window;
}

/* The words change while it is sent: the page that was made anew goes on to the receipt. */
static void
test_language_while_sent (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);

  jn_page_next (jn_window_get_page (window, JN_PLACE_REVIEW));
  g_action_group_activate_action (G_ACTION_GROUP (window), "language", g_variant_new_string ("pt"));
  screen_wait_place (window, JN_PLACE_RECEIPT);
  screen_press (window, GDK_KEY_4, 0);
  g_action_group_activate_action (G_ACTION_GROUP (window), "language", g_variant_new_string ("en"));
  screen_settle ();
  g_assert_cmpuint (jn_fake_backend_count_done (counter->desk->fake, "visit_submit"), ==, 1);
  screen_close (window);
}

/* Somebody goes back to the desk while it is sent: nothing breaks, and it was sent. */
static void
test_left_while_sent (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);

  jn_page_next (jn_window_get_page (window, JN_PLACE_REVIEW));
  jn_window_go (window, JN_PLACE_DESK);
  screen_settle ();
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_DESK);
  g_assert_cmpuint (jn_fake_backend_count_done (counter->desk->fake, "visit_submit"), ==, 1);
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/visit/birth", test_visit);
  g_test_add_func ("/ui/visit/one-service-is-one-page", test_one_service);
  g_test_add_func ("/ui/visit/language-while-sent", test_language_while_sent);
  g_test_add_func ("/ui/visit/left-while-sent", test_left_while_sent);
  return g_test_run ();
}
