/* test-visit.c: the birth visit played through the window: every page, key and language. */
#include <glib/gstdio.h>

#include "app/dict.h"
#include "tests/app/birth.h"
#include "tests/ui/checks.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/field.h"
#include "ui/language.h"
#include "ui/signing-pad.h"

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
  screen_press (window, GDK_KEY_1, 0); /* a trembling finger */
  screen_settle ();
  g_assert_cmpuint (jn_fake_backend_count_done (counter->desk->fake, "visit_rate"), ==, 1);
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

/* What the citizen reads is what will be sent, whoever changes it meanwhile; the clerk's hand stays where it is. */
static void
test_review_follows (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);
  JnVisit *visit = jn_window_get_visit (window);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  g_assert_nonnull (focus);
  g_assert_true (screen_shows (window, "0123456789"));
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  screen_frame (window);
  g_assert_true (screen_shows (window, "0987654321"));
  g_assert_false (screen_shows (window, "0123456789"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
  screen_close (window);
}

typedef struct
{
  const char *text;
  GtkWidget *found;
} LinkSearch;

static void
find_link_cb (GtkWidget *widget, gpointer data)
{
  LinkSearch *search = data;

  if (search->found == NULL && GTK_IS_BUTTON (widget)
      && gtk_style_context_has_class (gtk_widget_get_style_context (widget), "link")
      && screen_shows (widget, search->text))
    search->found = widget;
}

/* Enter on the problem that is listed in those words. */
static void
follow (JnWindow *window, const char *text)
{
  LinkSearch search = { text, NULL };

  screen_walk (window, find_link_cb, &search);
  if (search.found == NULL)
    g_error ("no problem says \"%s\"", text);
  gtk_widget_grab_focus (search.found);
  screen_press (window, GDK_KEY_Return, 0);
  screen_frame (window);
}

/* All of it is on the screen, not somewhere below. */
static void
assert_seen (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  int y = -1;

  g_assert_true (gtk_widget_translate_coordinates (widget, scroller, 0, 0, NULL, &y));
  g_assert_cmpint (y, >=, 0);
  g_assert_cmpint (y + gtk_widget_get_allocated_height (widget), <=,
                   gtk_widget_get_allocated_height (scroller));
}

static void
assert_focus_is_seen (JnWindow *window)
{
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  assert_seen (gtk_window_get_focus (GTK_WINDOW (window)));
}

/* It has the keyboard, and its error is read. */
static void
assert_field (JnWindow *window, const char *ref)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *field = focus != NULL ? gtk_widget_get_ancestor (focus, JN_TYPE_FIELD) : NULL;

  g_assert_nonnull (field);
  g_assert_cmpstr (jn_field_get_ref (JN_FIELD (field)), ==, ref);
  g_assert_nonnull (jn_field_get_error (JN_FIELD (field)));
  assert_seen (field);
}

/* A problem that the review lists leads to the very question, in whichever form it stands, and to the paper,
 * the consent, the signature. */
static void
test_problems_lead (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);
  JnVisit *visit = jn_window_get_visit (window);
  g_autofree char *paper = NULL;

  desk_set (visit, REG, "/data/child/surname_latin", "");
  desk_set (visit, FSS, "/data/mother/bank_account", "");
  next (window);
  screen_wait_text (window, "before it can be submitted");
  screen_picture (window, "15-review-problems.en");
  follow (window, "Account number"); /* the third form, of a page that was never shown */
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_FORMS);
  assert_field (window, "/data/mother/bank_account");
  jn_window_go (window, JN_PLACE_REVIEW);
  next (window);
  screen_wait_text (window, "before it can be submitted");
  follow (window, "urname"); /* the first form, from another one */
  assert_field (window, "/data/child/surname_latin");
  birth_answer (visit);
  jn_window_go (window, JN_PLACE_REVIEW);
  {
    g_autoptr (JnVisitPaper) last = g_list_model_get_item (
        jn_visit_get_papers (visit), g_list_model_get_n_items (jn_visit_get_papers (visit)) - 1);

    paper = jn_visit_paper_get_title (last, "en");
    jn_visit_set_paper (visit, jn_visit_paper_get_code (last), JN_PAPER_ASKED, NULL);
  }
  jn_visit_set_consent (visit, "fss", JN_CONSENT_UNASKED);
  jn_visit_sign (visit, NULL, JN_SIGNATURE_NONE, NULL);
  next (window);
  screen_wait_text (window, "before it can be submitted");
  follow (window, "The signature is missing");
  screen_assert_focus (window, GTK_TYPE_RADIO_BUTTON,
                       "Signs in ink on the printed form"); /* was chosen */
  assert_focus_is_seen (window);
  follow (window, "Ask whether this department");
  screen_assert_focus (window, GTK_TYPE_RADIO_BUTTON, "本人同意");
  assert_focus_is_seen (window);
  follow (window, paper);
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_PAPERS);
  g_assert_true (GTK_IS_RADIO_BUTTON (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_true (g_str_has_prefix (
      atk_object_get_name (gtk_widget_get_accessible (gtk_window_get_focus (GTK_WINDOW (window)))),
      paper));
  assert_focus_is_seen (window);
  screen_close (window);
}

/* The same where form, papers and review are one page. */
static void
test_problems_lead_on_one_page (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window;
  JnVisit *visit;

  counter->event = NULL;
  counter->services = CERTIFICATE;
  window = screen_open (counter->desk->session, "en", 1366, 768);
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  next (window);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  visit = jn_window_get_visit (window);
  g_object_unref (desk_identify (visit, "applicant", "bir", "70000012"));
  screen_settle ();
  next (window);
  screen_wait_place (window, JN_PLACE_FORMS);
  desk_set (visit, CERTIFICATE, "/data/certificate/items", "name");
  desk_set (visit, CERTIFICATE, "/data/certificate/purpose", "study");
  desk_set (visit, CERTIFICATE, "/data/certificate/copies", "2");
  desk_set (visit, CERTIFICATE, "/data/declaration/data_consent", "yes");
  desk_set (visit, CERTIFICATE, "/data/declaration/true_data", "yes");
  screen_settle ();
  next (window);
  screen_wait_text (window, "before it can be submitted");
  desk_set (visit, CERTIFICATE, "/data/certificate/copies", "");
  screen_wait_text (window, "opies: ");
  follow (window, "opies: ");
  assert_field (window, "/data/certificate/copies");
  follow (window, "The signature is missing");
  screen_assert_focus (window, GTK_TYPE_RADIO_BUTTON, "Signs here, on the pad");
  assert_focus_is_seen (window);
  screen_close (window);
}

#define AGAIN "What was signed has changed since: have it signed again."
#define AGAIN_AT_REVIEW "Have it signed again at the review"

static gboolean
is_chosen (JnWindow *window, const char *name)
{
  return gtk_toggle_button_get_active (
      GTK_TOGGLE_BUTTON (screen_need (window, GTK_TYPE_RADIO_BUTTON, name)));
}

/* Who signed for another account did not sign for this one: said at once where the clerk is, asked for again at the review,
 * and not sent before. */
static void
test_signed_again (void)
{
  static const char *const ink = "Signs in ink on the printed form";
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);
  JnVisit *visit = jn_window_get_visit (window);

  g_assert_true (is_chosen (window, ink));
  g_assert_false (screen_shows (window, AGAIN));
  jn_window_go (window, JN_PLACE_FORMS);
  screen_wait_place (window, JN_PLACE_FORMS);
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  screen_frame (window);
  g_assert_true (screen_shows (window, AGAIN_AT_REVIEW));
  look_at (window, "08-form-changed-after-signing");
  desk_set (visit, FSS, "/data/mother/bank_account", "0123456789"); /* as it was */
  screen_frame (window);
  g_assert_false (screen_shows (window, AGAIN_AT_REVIEW));
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  jn_window_go (window, JN_PLACE_REVIEW);
  screen_wait_place (window, JN_PLACE_REVIEW);
  g_assert_true (screen_shows (window, AGAIN));
  g_assert_false (screen_shows (window, AGAIN_AT_REVIEW));
  g_assert_false (is_chosen (window, ink));
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      next (window);
      screen_frame (window);
      follow (window, g_dgettext (NULL, AGAIN));
      check_looks (window, "15-review-sign-again");
    }
  screen_set_language (window, "en");
  next (window);
  screen_wait_text (window, "before it can be submitted");
  g_assert_cmpuint (jn_fake_backend_count_calls (counter->desk->fake, "visit_submit"), ==, 0);
  follow (window, AGAIN);
  screen_assert_focus (window, GTK_TYPE_RADIO_BUTTON, "Signs here, on the pad");
  screen_press_button (window, ink); /* in the same way as before */
  screen_frame (window);
  g_assert_true (is_chosen (window, ink));
  g_assert_false (screen_shows (window, AGAIN));
  g_assert_false (screen_shows (window, AGAIN_AT_REVIEW));
  next (window);
  screen_wait_place (window, JN_PLACE_RECEIPT);
  screen_close (window);
}

static void
draw_stroke (GtkWidget *pad)
{
  static const GdkEventType types[] = { GDK_BUTTON_PRESS, GDK_BUTTON_RELEASE };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GdkEvent) event = gdk_event_new (types[i]);

      event->button.window = g_object_ref (gtk_widget_get_window (pad));
      event->button.button = GDK_BUTTON_PRIMARY;
      event->button.x = event->button.y = 30;
      gdk_event_set_device (event, gdk_seat_get_pointer (gdk_display_get_default_seat (
                                       gtk_widget_get_display (pad))));
      gtk_widget_event (pad, event);
    }
}

/* Strokes on the pad are those of what he read then: the pad is empty when it is to be signed again. */
static void
test_pad_again (void)
{
  static const char *const here = "Signs here, on the pad";
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);
  JnVisit *visit = jn_window_get_visit (window);
  GBytes *strokes;

  screen_press_button (window, here);
  g_assert_cmpint (jn_visit_get_signature (visit, NULL), ==, JN_SIGNATURE_NONE);
  draw_stroke (screen_need (window, JN_TYPE_SIGNING_PAD, "Signature pad"));
  g_assert_cmpint (jn_visit_get_signature (visit, &strokes), ==, JN_SIGNATURE_PAD);
  g_assert_nonnull (strokes);
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  screen_frame (window);
  g_assert_null (screen_find (window, JN_TYPE_SIGNING_PAD, "Signature pad"));
  screen_press_button (window, here);
  g_assert_cmpint (jn_visit_get_signature (visit, &strokes), ==, JN_SIGNATURE_NONE);
  g_assert_null (strokes);
  draw_stroke (screen_need (window, JN_TYPE_SIGNING_PAD, "Signature pad"));
  g_assert_cmpint (jn_visit_get_signature (visit, NULL), ==, JN_SIGNATURE_PAD);
  screen_close (window);
}

/* Another person at the desk gave no consent: no answer is shown as his. */
static void
test_consent_again (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_review (counter);
  JnVisit *visit = jn_window_get_visit (window);

  g_assert_true (is_chosen (window, "本人同意"));
  g_object_unref (desk_identify (visit, "mother", "bir", "7000001(2)"));
  screen_frame (window);
  g_assert_false (is_chosen (window, "本人同意"));
  screen_close (window);
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

/* -- into a file -- */

/* The user's own folder for documents, as the desktop names it; (transfer full) */
static char *
make_documents (void)
{
  g_autofree char *names = g_build_filename (g_get_user_config_dir (), "user-dirs.dirs", NULL);
  char *documents = g_build_filename (g_get_home_dir (), "Papers", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (documents, 0700), ==, 0);
  g_assert_true (g_file_set_contents (names, "XDG_DOCUMENTS_DIR=\"$HOME/Papers\"\n", -1, NULL));
  g_reload_user_special_dirs_cache ();
  return documents;
}

static JnWindow *
open_receipt (Counter *counter)
{
  JnWindow *window = open_review (counter);

  jn_fake_backend_always (counter->desk->fake, "print_saved", jn_dict_new (NULL, NULL));
  next (window);
  screen_wait_place (window, JN_PLACE_RECEIPT);
  return window;
}

static const char *
entry_text (JnWindow *window, const char *name)
{
  return gtk_entry_get_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, name)));
}

static void
type_into (JnWindow *window, const char *name, const char *text)
{
  GtkWidget *entry = screen_need (window, GTK_TYPE_ENTRY, name);

  gtk_widget_grab_focus (entry);
  gtk_entry_set_text (GTK_ENTRY (entry), text);
}

static guint
count_windows (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  return g_list_length (windows);
}

/* Where to is asked in the page; what is there already is never lost. */
static void
test_save (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autofree char *documents = make_documents ();
  JnWindow *window = open_receipt (counter);
  g_autofree char *name = g_strdup_printf (
      "%s.pdf", jn_receipt_get_number (jn_visit_get_receipt (jn_window_get_visit (window))));
  g_autofree char *path = g_build_filename (documents, name, NULL);
  g_autofree char *content = NULL;
  guint windows = count_windows ();

  screen_open_menu (window, "Save as PDF …");
  g_assert_cmpuint (count_windows (), ==, windows);
  g_assert_cmpstr (entry_text (window, "File name"), ==, name);
  g_assert_cmpstr (entry_text (window, "Folder"), ==, documents);
  screen_assert_focus (window, GTK_TYPE_ENTRY, "File name");
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_text (window, "Saved as PDF.");
  g_assert_null (screen_find (window, GTK_TYPE_ENTRY, "File name"));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  screen_open_menu (window, "Save as PDF …");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* answers it, and does not go on */
  screen_wait_text (window, "A file of that name is there already");
  screen_assert_focus (window, GTK_TYPE_ENTRY, "File name");
  g_clear_pointer (&content, g_free);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
  type_into (window, "File name", "a/b.pdf");
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_text (window, "A file name has no “/” in it.");
  type_into (window, "File name", "other");
  type_into (window, "Folder", "~/nowhere");
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_text (window, "There is no such folder.");
  screen_assert_focus (window, GTK_TYPE_ENTRY, "Folder");
  type_into (window, "Folder", "Papers");
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_text (window, "Saved as PDF.");
  g_free (path);
  path = g_build_filename (documents, "other.pdf", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  screen_open_menu (window, "Save as PDF …");
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK);
  g_assert_null (screen_find (window, GTK_TYPE_ENTRY, "Folder"));
  screen_assert_focus (window, GTK_TYPE_BUTTON, "Save as PDF …");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_RECEIPT);
  screen_close (window);
}

/* What was left while it was written says how it ended, on the page where the clerk is by then. */
static void
test_save_left (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autofree char *documents = make_documents ();
  JnWindow *window = open_receipt (counter);
  g_autofree char *name = g_strdup_printf (
      "%s.pdf", jn_receipt_get_number (jn_visit_get_receipt (jn_window_get_visit (window))));
  g_autofree char *path = g_build_filename (documents, name, NULL);
  JnAsk *ask;

  screen_open_menu (window, "Save as PDF …");
  ask = jn_ask_find_focused (GTK_WINDOW (window));
  jn_ask_answer (ask);
  jn_ask_leave (ask);
  screen_wait_text (window, "The receipt was saved as PDF.");
  screen_open_menu (window, "Save as PDF …");
  jn_ask_answer (jn_ask_find_focused (GTK_WINDOW (window)));
  jn_window_go (window, JN_PLACE_DESK);
  screen_wait_text (window,
                    "The receipt was not saved as PDF: A file of that name is there already");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_DESK);
  g_assert_cmpint (g_remove (path), ==, 0);
  screen_close (window);
}

static void
test_save_looks (void)
{
  static const char *const words[][3] = {
    { "en", "Save as PDF …", "There is no such folder." },
    { "pt", "Guardar em PDF …", "Essa pasta não existe." },
    { "zh_HK", "儲存為 PDF …", "沒有這個資料夾。" },
  };
  g_autoptr (Counter) counter = counter_new ();
  g_autofree char *documents = make_documents ();
  JnWindow *window = open_receipt (counter);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *name;

      screen_set_language (window, words[i][0]);
      screen_open_menu (window, words[i][1]);
      name = gtk_window_get_focus (GTK_WINDOW (window));
      g_assert_true (GTK_IS_ENTRY (name));
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      gtk_entry_set_text (GTK_ENTRY (gtk_window_get_focus (GTK_WINDOW (window))), "/nowhere");
      screen_press (window, GDK_KEY_Return, 0);
      screen_wait_text (window, words[i][2]);
      check_looks (window, "16-receipt-save");
    }
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/visit/save-left", test_save_left);
  g_test_add_func ("/ui/visit/review-follows", test_review_follows);
  g_test_add_func ("/ui/visit/birth", test_visit);
  g_test_add_func ("/ui/visit/one-service-is-one-page", test_one_service);
  g_test_add_func ("/ui/visit/problems-lead-to-their-place", test_problems_lead);
  g_test_add_func ("/ui/visit/problems-lead-on-one-page", test_problems_lead_on_one_page);
  g_test_add_func ("/ui/visit/signed-again", test_signed_again);
  g_test_add_func ("/ui/visit/pad-again", test_pad_again);
  g_test_add_func ("/ui/visit/consent-again", test_consent_again);
  g_test_add_func ("/ui/visit/language-while-sent", test_language_while_sent);
  g_test_add_func ("/ui/visit/left-while-sent", test_left_while_sent);
  g_test_add_func ("/ui/visit/receipt-into-a-file", test_save);
  g_test_add_func ("/ui/visit/receipt-into-a-file-looks", test_save_looks);
  return g_test_run ();
}
