/* test-services.c: services added, settled and removed within the visit, by keyboard: forms, papers and rail follow,
 * and nothing typed is lost. */
#include "app/dict.h"
#include "app/search.h"
#include "tests/ui/checks.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/ask.h"
#include "ui/language.h"

#define CERT "dsi-personal-data-cert"
#define PURPOSE "/data/certificate/purpose"

/* At the form of a certificate, with an answer in it. */
static JnWindow *
open_certificate (Counter *counter)
{
  JnWindow *window;
  JnVisit *visit;

  counter->event = NULL;
  counter->services = CERT;
  window = screen_open (counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  visit = jn_window_get_visit (window);
  g_object_unref (desk_identify (visit, "applicant", "bir", "70000012"));
  screen_settle ();
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_FORMS);
  desk_set (visit, CERT, PURPOSE, "study");
  screen_settle ();
  return window;
}

static GtkWidget *
open_services (JnWindow *window)
{
  GtkWidget *search;

  screen_press (window, GDK_KEY_F8, GDK_SHIFT_MASK);
  search = screen_need (window, GTK_TYPE_ENTRY, "Add a service");
  g_assert_true (gtk_widget_has_focus (search));
  return search;
}

/* Typed and taken with Enter, as in the catalogue's other searches. */
static void
add_first_card (JnWindow *window)
{
  GtkWidget *search = open_services (window);

  gtk_entry_set_text (GTK_ENTRY (search), "dsi-bir-first");
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_text (window, "B011: a service was added.");
}

static void
assert_purpose (JnWindow *window, const char *wanted)
{
  g_autofree char *purpose = desk_get (jn_window_get_visit (window), CERT, PURPOSE);

  g_assert_cmpstr (purpose, ==, wanted);
}

static void
test_added_and_taken_back (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_certificate (counter);
  GtkWidget *before = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *rail;

  g_assert_nonnull (screen_find (window, GTK_TYPE_BUTTON, "Services"));
  add_first_card (window);
  assert_purpose (window, "study");
  screen_picture (window, "25-services-added.en");
  rail = screen_need (window, GTK_TYPE_BUTTON, "3 Forms. 1 of 2 (you are here)");
  g_assert_nonnull (rail);
  g_assert_true (screen_shows (window, "Next: Macao SAR Resident Identity Card"));
  screen_press (window, GDK_KEY_z, GDK_CONTROL_MASK);
  screen_need (window, GTK_TYPE_BUTTON, "3 Forms. 1 of 1 (you are here)");
  assert_purpose (window, "study");
  g_assert_cmpuint (jn_fake_backend_count_done (counter->desk->fake, "ticket_undo"), ==, 1);
  gtk_widget_grab_focus (screen_need (window, GTK_TYPE_BUTTON, "Close"));
  screen_press (window, GDK_KEY_F8, GDK_SHIFT_MASK); /* closed */
  screen_frame (window);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window))
                 == before); /* where it was opened from */
  g_assert_null (screen_find (window, GTK_TYPE_ENTRY, "Add a service"));
  screen_close (window);
}

/* The form on the screen goes away, and comes back with its answer. */
static void
test_removed_with_a_reason (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_certificate (counter);
  GVariant *args;

  add_first_card (window);
  screen_press_button (window, "Remove: Certificate of Personal Data");
  screen_wait_text (window, "Not wanted any more: Certificate of Personal Data");
  screen_picture (window, "26-services-remove.en");
  screen_press_button (
      screen_need (window, JN_TYPE_ASK, "Not wanted any more: Certificate of Personal Data"),
      "Remove");
  screen_wait_text (window, "B011: a service was removed.");
  args = jn_fake_backend_last_args (counter->desk->fake, "ticket_service");
  g_assert_cmpstr (jn_dict_string (args, "reason"), ==, "not-wanted");
  g_assert_null (jn_visit_get_application (jn_window_get_visit (window), CERT));
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_FORMS);
  screen_press (window, GDK_KEY_z, GDK_CONTROL_MASK);
  assert_purpose (window, "study");
  screen_close (window);
}

/* A question that was answered needs no application: the visit ends all the same. */
static void
test_settled (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_certificate (counter);
  GtkWidget *ask;

  open_services (window);
  screen_press_button (window, "Settled: Certificate of Personal Data");
  ask = screen_need (window, JN_TYPE_ASK,
                     "Settled without an application: Certificate of Personal Data");
  screen_press_button (ask, "Settled");
  screen_wait_place (window, JN_PLACE_EVENT);
  g_assert_nonnull (
      screen_find (window, GTK_TYPE_BUTTON, "Take up again: Certificate of Personal Data"));
  g_assert_false (screen_shows (window, "1 of 1")); /* no form is left to be at */
  screen_picture (window, "27-services-settled.en");
  screen_press_button (window, "End the visit without an application");
  screen_wait_place (window, JN_PLACE_DESK);
  g_assert_cmpstr (
      jn_dict_string (jn_fake_backend_last_args (counter->desk->fake, "ticket_finish"), "outcome"),
      ==, "served");
  g_assert_cmpuint (counter->finished, ==, 1);
  screen_close (window);
}

static void
fetch_form (JnSession *session, const char *service)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JnForm) form = NULL;
  JnCatalogue *catalogue = jn_session_get_catalogue (session);

  jn_catalogue_load_form_async (catalogue, service, NULL, jn_awaited_cb, &result);
  form = jn_catalogue_load_form_finish (catalogue, jn_await (&result), NULL);
  g_assert_nonnull (form);
}

static void
add_in_vain (JnWindow *window, const char *service, const char *words)
{
  GtkWidget *entry = gtk_window_get_focus (GTK_WINDOW (window)); /* the search */

  gtk_entry_set_text (GTK_ENTRY (entry), service);
  screen_press (window, GDK_KEY_Return, 0);
  screen_wait_text (window, words);
}

/* Without a line, and without a store that keeps for it: what cannot be done, and how to go on, in each
 * language; the visit is as it was. */
static void
test_line_cut (void)
{
  static const char *const words[][3] = {
    { "en",
      "and the form “Birth allowance” is not on this terminal yet. Go on with the other forms",
      "the services of this visit cannot be changed in this way until it is back. Go on" },
    { "pt",
      "e o formulário “Subsídio de nascimento” ainda não está neste terminal. Continue com os "
      "outros formulários",
      "até ela voltar, os serviços deste atendimento não podem ser alterados desta forma" },
    { "zh_HK", "而此終端機尚未有「出生津貼」的表格。請先處理其他表格",
      "恢復前不能如此更改是次接待的服務。請繼續填寫表格" },
  };
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_certificate (counter);
  const char *const *services;

  fetch_form (counter->desk->session, "dsi-contact-update");
  jn_fake_backend_cut_line (counter->desk->fake, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      screen_set_language (window, words[i][0]);
      screen_press (window, GDK_KEY_F8, GDK_SHIFT_MASK);
      add_in_vain (window, "fss-birth-allowance", words[i][1]);
      add_in_vain (window, "dsi-contact-update", words[i][2]);
      check_fits (window, 1366, 768);
      screen_picture_as (window, "29-services-line-cut", words[i][0]);
      screen_press (window, GDK_KEY_F8, GDK_SHIFT_MASK);
    }
  assert_purpose (window, "study");
  services = jn_ticket_get_services (jn_visit_get_ticket (jn_window_get_visit (window)));
  g_assert_cmpuint (g_strv_length ((GStrv)services), ==, 1);
  screen_close (window);
}

static void
test_looks (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_certificate (counter);

  add_first_card (window);
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_press (window, GDK_KEY_F8, GDK_SHIFT_MASK);
      check_looks (window, "28-services");
    }
  screen_close (window);
}

/* A page of text, pasted by mistake, is not looked for word by word. */
static void
test_long_search (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_certificate (counter);
  g_autofree char *text = g_strnfill (3000, 'a');
  GtkWidget *search;

  jn_window_go (window, JN_PLACE_EVENT);
  search = screen_need (window, GTK_TYPE_ENTRY, "Find a service");
  gtk_entry_set_text (GTK_ENTRY (search), text);
  g_assert_cmpuint (gtk_entry_get_text_length (GTK_ENTRY (search)), ==, JN_SEARCH_MOST);
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/services/added-and-taken-back", test_added_and_taken_back);
  g_test_add_func ("/ui/services/removed-with-a-reason", test_removed_with_a_reason);
  g_test_add_func ("/ui/services/settled", test_settled);
  g_test_add_func ("/ui/services/line-cut", test_line_cut);
  g_test_add_func ("/ui/services/looks", test_looks);
  g_test_add_func ("/ui/services/long-search", test_long_search);
  return g_test_run ();
}
