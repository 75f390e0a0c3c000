/* test-window.c: signing in and out, locking, keys and composing, languages, an empty line. */
#include <string.h>

#include "app/dict.h"
#include "tests/app/birth.h"
#include "tests/ui/checks.h"
#include "tests/ui/counter.h"
#include "tests/ui/screen.h"
#include "ui/composing.h"
#include "ui/language.h"

static GVariant *session_answer;

static GVariant *
sign_in_cb (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  if (g_strcmp0 (jn_dict_string (args, "password"), "lotus-seven") == 0)
    return g_variant_ref (session_answer);
  g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_DENIED, "password", NULL, NULL));
  return NULL;
}

/* Opens the window with nobody signed in, at a server that knows one password. */
static JnWindow *
open_signed_out (Counter *counter, JnSession **session)
{
  g_autoptr (GAsyncResult) result = NULL;
  const JnCredentials credentials = { "kaian", "lotus-seven", "T07", 7 };

  if (session_answer == NULL)
    {
      jn_backend_sign_in_async (JN_BACKEND (counter->desk->fake), &credentials, NULL, jn_awaited_cb,
                                &result);
      session_answer
          = jn_backend_sign_in_finish (JN_BACKEND (counter->desk->fake), jn_await (&result), NULL);
    }
  jn_fake_backend_on (counter->desk->fake, "sign_in", sign_in_cb, NULL);
  *session = jn_session_new (JN_BACKEND (counter->desk->fake), counter->desk->settings);
  return screen_open (*session, "en", 1366, 768);
}

static void
fill (JnWindow *window, const char *name, const char *text)
{
  gtk_entry_set_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, name)), text);
}

static void
press_button (JnWindow *window, const char *name)
{
  gtk_button_clicked (GTK_BUTTON (screen_need (window, GTK_TYPE_BUTTON, name)));
}

static void
sign_in (JnWindow *window)
{
  fill (window, "Name", "kaian");
  fill (window, "Password", "lotus-seven");
  press_button (window, "Sign in");
  screen_wait_place (window, JN_PLACE_DESK);
}

static void
test_sign_in (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autoptr (JnSession) session = NULL;
  JnWindow *window = open_signed_out (counter, &session);

  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_SIGN_IN);
  g_assert_null (screen_find (window, GTK_TYPE_LABEL, "Demonstration"));
  press_button (window, "Sign in");
  screen_wait_text (window, "Type your name and your password.");
  fill (window, "Name", "kaian");
  fill (window, "Password", "wrong");
  press_button (window, "Sign in");
  screen_wait_text (window, "The name or the password is wrong.");
  check_contrast (window);
  screen_set_language (window, "pt");
  /* the name was typed and stays; the password is asked for again */
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (screen_need (window, GTK_TYPE_ENTRY, "Nome"))),
                   ==, "kaian");
  fill (window, "Palavra-passe", "wrong");
  press_button (window, "Entrar");
  screen_wait_text (window, "O nome ou a palavra-passe está errado.");
  screen_set_language (window, "zh_HK");
  fill (window, "密碼", "wrong");
  press_button (window, "登入");
  screen_wait_text (window, "名稱或密碼不正確");
  check_names (window);
  screen_set_language (window, "en");
  fill (window, "Password", "lotus-seven");
  press_button (window, "Sign in");
  screen_wait_place (window, JN_PLACE_DESK);
  screen_close (window);
}

static void
test_demonstration (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autoptr (JnSession) session = NULL;
  JnWindow *window;

  g_setenv ("JANELA_DEMO_STAFF", "assets/demo/staff.json", TRUE);
  window = open_signed_out (counter, &session);
  g_unsetenv ("JANELA_DEMO_STAFF");
  screen_wait_text (window, "All people are invented.");
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *name = g_strdup_printf ("01-sign-in.%s", language->tag);

      g_setenv ("JANELA_DEMO_STAFF", "assets/demo/staff.json", TRUE);
      screen_set_language (window, language->code);
      g_unsetenv ("JANELA_DEMO_STAFF");
      screen_picture (window, name);
      check_names (window);
      check_contrast (window);
      check_fits (window, 1366, 768);
    }
  check_looks (window, "01-sign-in");
  press_button (window, "Ho Ka Ian");
  press_button (window, "Sign in");
  screen_wait_place (window, JN_PLACE_DESK);
  screen_close (window);
}

static gboolean
is_open (gpointer session)
{
  return jn_session_get_state (session) == JN_SESSION_OPEN;
}

static void
test_lock (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autoptr (JnSession) session = NULL;
  JnWindow *window = open_signed_out (counter, &session);

  sign_in (window);
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  fill (window, "Card, passport, or number", "1234");
  screen_press (window, GDK_KEY_l, GDK_CONTROL_MASK);
  screen_wait_text (window, "Your work is kept.");
  g_assert_false (screen_shows (window, "B011"));          /* nothing of the visit is to be seen */
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* and no key reaches it */
  fill (window, "Password", "wrong");
  press_button (window, "Unlock");
  screen_wait_text (window, "The name or the password is wrong.");
  fill (window, "Password", "lotus-seven");
  press_button (window, "Unlock");
  screen_wait (is_open, session, "unlocked");
  screen_wait_text (window, "B011");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_IDENTIFY);
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (
                       screen_need (window, GTK_TYPE_ENTRY, "Card, passport, or number"))),
                   ==, "1234");
  screen_close (window);
}

/* An answer that comes behind the lock takes its page nowhere before the password is typed. */
static void
test_lock_holds (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autoptr (JnSession) session = NULL;
  JnWindow *window = open_signed_out (counter, &session);

  sign_in (window);
  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_l, GDK_CONTROL_MASK);
  screen_wait_text (window, "Your work is kept.");
  jn_page_go (jn_window_get_page (window, JN_PLACE_DESK), JN_PLACE_PRINTERS);
  screen_settle ();
  g_assert_true (screen_shows (window, "Your work is kept."));
  fill (window, "Password", "lotus-seven");
  press_button (window, "Unlock");
  screen_wait (is_open, session, "unlocked");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_PRINTERS);
  g_assert_false (screen_shows (window, "Your work is kept."));
  screen_close (window);
}

static gboolean
is_locked (gpointer session)
{
  return jn_session_get_state (session) == JN_SESSION_LOCKED;
}

/* Nobody touches it: it locks by itself; and another clerk may take the counter from there. */
static void
test_idle_and_switch (void)
{
  g_autoptr (Counter) counter = counter_new ();
  g_autoptr (JnSession) session = NULL;
  g_autoptr (GError) error = NULL;
  JnWindow *window;

  g_object_unref (counter->desk->settings);
  counter->desk->settings
      = jn_settings_new_from_data ("[janela]\nlanguage=en\nlock-after=1\n", 7, &error);
  g_assert_no_error (error);
  window = open_signed_out (counter, &session);
  sign_in (window);
  screen_wait (is_locked, session, "it locks itself");
  screen_wait_text (window, "Your work is kept.");
  check_languages (window, "22-locked");
  press_button (window, "Somebody else signs in");
  screen_wait_text (window, "One window");
  g_assert_cmpint (jn_session_get_state (session), ==, JN_SESSION_CLOSED);
  fill (window, "Name", "joao"); /* the name is asked for again */
  screen_close (window);
}

static JnWindow *
open_identify (Counter *counter)
{
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_wait_text (window, "Next for this counter");
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Called to your counter");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_IDENTIFY);
  return window;
}

static void
test_composing (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_identify (counter);
  GtkWidget *entry;

  birth_identify (jn_window_get_visit (window));
  screen_press (window, GDK_KEY_2, GDK_MOD1_MASK);
  screen_wait_place (window, JN_PLACE_EVENT);
  entry = screen_need (window, GTK_TYPE_ENTRY, "Find a service");
  gtk_widget_grab_focus (entry);
  g_signal_emit_by_name (entry, "preedit-changed", "ㄔㄨ");
  g_assert_true (jn_composing_in (entry));
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_press (window, GDK_KEY_1, GDK_MOD1_MASK);
  screen_press (window, GDK_KEY_Escape, 0);
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_EVENT);
  g_signal_emit_by_name (entry, "preedit-changed", "");
  g_assert_false (jn_composing_in (entry));
  gtk_entry_set_text (GTK_ENTRY (entry), "no such service");
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK); /* it goes on when that is settled */
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_EVENT);
  gtk_entry_set_text (GTK_ENTRY (entry), "");
  screen_press (window, GDK_KEY_Escape, 0); /* Esc is never "back" */
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_EVENT);
  screen_press (window, GDK_KEY_1, GDK_MOD1_MASK);
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_IDENTIFY);
  screen_press (window, GDK_KEY_2, GDK_MOD1_MASK);
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_EVENT);
  screen_press (window, GDK_KEY_Left, GDK_MOD1_MASK);
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_IDENTIFY);
  screen_press (window, GDK_KEY_5, GDK_MOD1_MASK); /* not possible yet */
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_IDENTIFY);
  screen_close (window);
}

static void
test_identify_words (void)
{
  static const char *const words[][4] = {
    { "pt", "Cartão, passaporte ou número", "Não é um número de identificação nem um documento",
      "Isto é uma senha." },
    { "zh_HK", "身份證、護照或編號", "這不是身份證明編號或旅行證件。", "這是輪候籌號。" },
    { "en", "Card, passport, or number", "neither an identity number nor a travel document",
      "This is a queue ticket." },
  };
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_identify (counter);
  GtkWidget *entry;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      screen_set_language (window, words[i][0]);
      entry = screen_need (window, GTK_TYPE_ENTRY, words[i][1]);
      gtk_entry_set_text (GTK_ENTRY (entry), "nonsense");
      gtk_widget_activate (entry);
      screen_wait_text (window, words[i][2]);
      g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry)), ==, "nonsense");
      gtk_entry_set_text (GTK_ENTRY (entry), "B012");
      gtk_widget_activate (entry);
      screen_wait_text (window, words[i][3]);
    }
  screen_set_language (window, "en");
  entry = screen_need (window, GTK_TYPE_ENTRY, "Card, passport, or number");
  gtk_entry_set_text (GTK_ENTRY (entry), "1234567(8)");
  gtk_widget_activate (entry);
  screen_wait_text (window, "facts are known");
  gtk_entry_set_text (GTK_ENTRY (entry),
                      "nonsense"); /* Ctrl+Enter passes by nobody who was typed */
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_text (window, "neither an identity number nor a travel document");
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_IDENTIFY);
  /* the number is never shown in full */
  g_assert_false (screen_shows (window, "1234567"));
  screen_close (window);
}

/* A form that was published broken: which, and how to go on, in whole sentences of the clerk's language;
 * what the engine says of it is for the log. Nothing is lost. */
static void
test_broken_form (void)
{
  static const char *const words[][2] = {
    { "en", "The form “Certificate of Personal Data” is damaged and cannot be used. Choose another "
            "service and tell the help desk." },
    { "pt", "O formulário “Certificado de Dados Pessoais” está danificado e não pode ser usado. "
            "Escolha outro serviço e avise o apoio técnico." },
    { "zh_HK", "「個人資料證明書」的表格已損壞，不能使用。請選擇其他服務並通知支援人員。" },
  };
  g_autoptr (Counter) counter = counter_new_at (desk_new_with_broken ("dsi-personal-data-cert"));
  JnWindow *window;
  JnVisit *visit;

  counter->event = NULL;
  counter->services = "dsi-personal-data-cert";
  window = open_identify (counter);
  visit = jn_window_get_visit (window);
  g_object_unref (desk_identify (visit, "applicant", "bir", "70000012"));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      screen_set_language (window, words[i][0]);
      screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
      screen_wait_text (window, words[i][1]);
      g_assert_false (screen_shows (window, "XML"));
      g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_IDENTIFY);
    }
  screen_picture (window, "19-broken-form.zh-Hant");
  /* the person stays, and another service can be done */
  screen_set_language (window, "en");
  g_assert_cmpuint (g_list_model_get_n_items (jn_visit_get_persons (visit)), ==, 1);
  jn_visit_choose (visit, "dsi-personal-data-cert", FALSE);
  jn_visit_choose (visit, "dsi-contact-update", TRUE);
  screen_settle ();
  screen_press (window, GDK_KEY_Return, GDK_CONTROL_MASK);
  screen_wait_place (window, JN_PLACE_FORMS);
  screen_close (window);
}

static void
test_empty_line (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window;

  counter->waiting = 0;
  window = screen_open (counter->desk->session, "en", 1366, 768);
  screen_wait_text (window, "Nobody is waiting");
  g_assert_true (screen_shows (window, "The line is empty."));
  g_assert_true (screen_shows (window, "No visit yet today."));
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "Nobody is waiting whom this counter can serve.");
  screen_picture (window, "18-desk-empty.en");
  screen_close (window);
}

/* Only a page that has papers and fees beside it leads to them where there is no room. */
static void
test_narrow (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_set_text_size (window, "200");
  jn_window_go (window, JN_PLACE_RECEPTION);
  screen_frame (window);
  g_assert_nonnull (screen_find (window, GTK_TYPE_BUTTON, "Issue the number"));
  g_assert_null (screen_find (window, GTK_TYPE_BUTTON, "Papers and fees"));
  screen_set_text_size (window, "100");
  screen_close (window);
}

static void
test_offline (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_wait_text (window, "Next for this counter");
  jn_fake_backend_cut_line (counter->desk->fake, TRUE);
  screen_press (window, GDK_KEY_F2, 0);
  screen_wait_text (window, "There is no connection.");
  screen_close (window);
}

/* What a page asked for is answered when it is gone: nobody is told, and nothing breaks. */
static void
test_late_answer (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = open_identify (counter);

  g_object_unref (desk_identify (jn_window_get_visit (window), "applicant", "bir", "70000012"));
  jn_fake_backend_cut_line (counter->desk->fake, TRUE);
  jn_page_next (jn_window_get_page (window, JN_PLACE_IDENTIFY));
  jn_window_go (window, JN_PLACE_DESK);
  screen_settle ();
  g_assert_cmpint (jn_window_get_place (window), ==, JN_PLACE_DESK);
  screen_close (window);
}

/* Every key and its words, as wide as the screen in any language. */
static void
test_keys_overview (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      GtkWidget *last;
      int x = 0;

      screen_set_language (window, language->code);
      screen_press (window, GDK_KEY_F1, 0);
      screen_wait_text (window, "⇧F8");
      check_fits (window, 1366, 768);
      screen_picture_as (window, "40-keys", language->tag);
      last = screen_need (window, GTK_TYPE_LABEL, "F11");
      gtk_widget_translate_coordinates (last, GTK_WIDGET (window), 0, 0, &x, NULL);
      g_assert_cmpint (x, <, 1366 - 250);
      screen_press (window, GDK_KEY_Escape, 0);
    }
  screen_close (window);
}

static int
left_of (JnWindow *window, const char *label)
{
  int x = -1;

  gtk_widget_translate_coordinates (screen_need (window, GTK_TYPE_LABEL, label),
                                    GTK_WIDGET (window), 0, 0, &x, NULL);
  return x;
}

/* Whoever needs the largest text needs the keys no less: fewer columns, and the rest by scrolling. */
static void
test_large_keys (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_set_text_size (window, "200");
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      screen_press (window, GDK_KEY_F1, 0);
      screen_wait_text (window, "⇧F8");
      screen_frame (window);
      screen_picture_as (window, "40-keys-200", language->tag);
      check_fits (window, 1366, 768);
      g_assert_cmpint (left_of (window, "F2"), >=, 0);
      screen_press (window, GDK_KEY_Escape, 0);
    }
  screen_set_text_size (window, "100");
  screen_close (window);
}

/* Asked for twice, it is there once; the window closes with it all the same. */
static void
test_keys_twice (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);

  screen_press (window, GDK_KEY_F1, 0);
  screen_wait_text (window, "Call the next ticket");
  screen_press (window, GDK_KEY_F1, 0);
  screen_wait_text (window, "Call the next ticket");
  screen_set_language (window, "pt");
  screen_press (window, GDK_KEY_F1, 0);
  screen_wait_text (window, "Chamar a senha seguinte");
  screen_close (window);
}

/* One key, one meaning: pages may share one among them, since only one is seen; the window's are its own. */
static void
test_keys_differ (void)
{
  g_autoptr (Counter) counter = counter_new ();
  JnWindow *window = screen_open (counter->desk->session, "en", 1366, 768);
  GtkApplication *program = gtk_window_get_application (GTK_WINDOW (window));
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (program);

  g_assert_cmpuint (g_strv_length (actions), >, 40);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (program, actions[i]);

      for (guint j = 0; g_str_has_prefix (actions[i], "win.") && keys[j] != NULL; j++)
        {
          g_auto (GStrv) meant = gtk_application_get_actions_for_accel (program, keys[j]);

          if (g_strv_length (meant) != 1)
            g_error ("%s is the key of %s and of %s", keys[j], meant[0], meant[1]);
        }
    }
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/window/sign-in-says-what-is-wrong", test_sign_in);
  g_test_add_func ("/ui/window/demonstration-shows-its-people", test_demonstration);
  g_test_add_func ("/ui/window/lock-hides-and-keeps", test_lock);
  g_test_add_func ("/ui/window/lock-holds", test_lock_holds);
  g_test_add_func ("/ui/window/idle-locks-and-another-takes-over", test_idle_and_switch);
  g_test_add_func ("/ui/window/no-key-while-composing", test_composing);
  g_test_add_func ("/ui/window/identify-says-what-is-wrong", test_identify_words);
  g_test_add_func ("/ui/window/broken-form-says-what-and-where", test_broken_form);
  g_test_add_func ("/ui/window/empty-line", test_empty_line);
  g_test_add_func ("/ui/window/narrow", test_narrow);
  g_test_add_func ("/ui/window/no-connection", test_offline);
  g_test_add_func ("/ui/window/late-answer", test_late_answer);
  g_test_add_func ("/ui/window/keys-overview", test_keys_overview);
  g_test_add_func ("/ui/window/large-keys", test_large_keys);
  g_test_add_func ("/ui/window/keys-twice", test_keys_twice);
  g_test_add_func ("/ui/window/keys-differ", test_keys_differ);
  return g_test_run ();
}
