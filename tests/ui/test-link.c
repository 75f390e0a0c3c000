/* test-link.c: what the header says of a line that stands, and of a server that lets nobody in on it.
 *
 * A real backend (JANELA_TEST_DSN). */
#include "app/dict.h"
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/language.h"
#include "ui/words.h"

/* Another connection has the counter as soon as ours is gone: nobody comes between. */
static void
take_counter (PrintPlace *place)
{
  g_free (sql_value (place->owner,
                     "select pg_terminate_backend (%d, 5000) "
                     "and pg_advisory_lock (desk.counter_lock ('07', 7)) is not null",
                     jn_postgres_get_server_pid (place->server)));
}

static void
test_counter_taken (void)
{
  static const char *const words[] = {
    "◌ 7 號櫃檯已由他人使用：請向該處查詢，或登出後改用另一櫃檯（0 項待傳送）",
    "◌ Outra pessoa está no balcão 7: pergunte lá, ou saia e use outro balcão (0 por enviar)",
    "◌ Somebody else has counter 7: ask there, or sign out and take another one (0 to send)",
  };
  PrintPlace place = { 0 };
  guint i = 0;

  print_place_open (&place, "kaian", "lotus-seven", PRINT_PLACE_ROLL);
  screen_wait_text (place.window, "● Connected");
  take_counter (&place);
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (place.window, language->code);
      screen_wait_text (place.window, words[i++]);
    }
  check_languages (place.window, "45-counter-taken");
  g_free (sql_value (place.owner, "select pg_advisory_unlock (desk.counter_lock ('07', 7))"));
  screen_wait_text (place.window, "● Connected"); /* it goes on by itself */
  print_place_close (&place);
}

/* A clerk of this test's own: logins are the cluster's. (transfer full) */
static char *
add_clerk (PrintPlace *place)
{
  g_free (sql_value (
      place->owner,
      "select api.staff_add (gen_random_uuid (), jsonb_build_object ('login', 'lai.' || "
      "current_database (), 'name', '{}'::jsonb, 'roles', '[\"clerk\"]'::jsonb, 'branch', '07', "
      "'password', 'lotus-out'))"));
  return sql_value (place->owner, "select 'lai.' || current_database ()");
}

/* Who is deactivated is shown out, is told so, and is not let in again. */
static void
test_deactivated (void)
{
  PrintPlace place = { 0 };
  g_autofree char *login = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  print_place_prepare (&place, 8, PRINT_PLACE_ROLL);
  login = add_clerk (&place);
  print_place_sign_in (&place, login, "lotus-out");
  print_place_open_window (&place);
  g_free (sql_value (place.owner,
                     "select api.staff_set_active (gen_random_uuid (), jsonb_build_object ("
                     "'login', '%s', 'active', false))",
                     login));
  screen_wait_text (
      place.window,
      "○ The server lets you in no more: sign in anew, or call a supervisor (0 to send)");
  check_languages (place.window, "46-shown-out");
  screen_close (place.window);
  place.window = NULL;
  jn_session_sign_out_async (place.session, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_out_finish (place.session, jn_await (&result), NULL));
  g_clear_object (&result);
  jn_session_sign_in_async (place.session, login, "lotus-out", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  g_assert_false (jn_session_sign_in_finish (place.session, jn_await (&result), &error));
  words = jn_words_error (error);
  g_assert_cmpstr (words, ==, "This name may not be signed in with any more. Call a supervisor.");
  print_place_close (&place);
}

/* A signature's strokes that did not come: what to do, not that an input is wrong. */
static void
test_no_blob (void)
{
  g_autoptr (GError) error
             = jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "no-blob", NULL, NULL);
  g_autofree char *words = jn_words_error (error);

  g_assert_cmpstr (words, ==,
                   "A scan or the signature has not arrived. Scan the paper or sign again, and "
                   "send it again.");
}

/* Where the branch stands decides what o'clock a refusal says, not where the program was started. */
static void
test_zone (void)
{
  PrintPlace place = { 0 };
  g_autoptr (GError) error
             = jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "too-early", NULL,
                                     jn_dict_new ("from", "s", "2026-01-26T02:30:00+00:00", NULL));
  g_autofree char *words = NULL;

  g_assert_cmpstr (g_getenv ("TZ"), ==, "Asia/Macau");
  print_place_prepare (&place, 7, PRINT_PLACE_ROLL);
  g_free (
      sql_value (place.owner, "update desk.branch set zone = 'Atlantic/Azores' where code = '07'"));
  print_place_sign_in (&place, "kaian", "lotus-seven");
  words = jn_words_error (error);
  g_assert_cmpstr (words, ==, "It is too early: check-in begins at 26/01/2026 01:30.");
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/link/counter-taken", test_counter_taken);
  g_test_add_func ("/ui/link/deactivated", test_deactivated);
  g_test_add_func ("/ui/link/no-blob", test_no_blob);
  g_test_add_func ("/ui/link/zone", test_zone); /* the last: it moves the branch */
  return g_test_run ();
}
