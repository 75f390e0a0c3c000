/* test-link.c: what the header says of a line that stands, and of a server that lets nobody in on it.
 *
 * A real backend (JANELA_TEST_DSN). */
#include "tests/ui/checks.h"
#include "tests/ui/print-place.h"
#include "ui/language.h"

/* Another connection has the counter as soon as ours is gone: nobody comes between. */
static void
take_counter (PrintPlace *place)
{
  g_free (print_place_ask (place,
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
  g_free (print_place_ask (&place, "select pg_advisory_unlock (desk.counter_lock ('07', 7))"));
  screen_wait_text (place.window, "● Connected"); /* it goes on by itself */
  print_place_close (&place);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  g_test_add_func ("/ui/link/counter-taken", test_counter_taken);
  return g_test_run ();
}
