/* test-clock.c: this machine's clock is set back or forward in the middle of a session ($JANELA_TEST_DSN): what happens is
 * dated by the server's all the same, on the line and off it. */
#include <time.h>
#include "app/clock.h"
#include "app/dict.h"
#include "tests/app/fake-backend.h"
#include "tests/app/line-place.h"

#define HOUR (3600 * (gint64)G_USEC_PER_SEC)

static gint64 set_by; /* µs: by how much somebody has set this machine's clock */

/* Ours stands before GLib's for all of this program. */
gint64
g_get_real_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_REALTIME, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000 + set_by;
}

static void
set_up (LinePlace *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_by = 0;
  line_place_open (place, 0);
  jn_session_sign_in_async (place->session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  jn_session_sign_in_finish (place->session, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
tear_down (LinePlace *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_out_async (place->session, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_out_finish (place->session, jn_await (&result), NULL));
  g_clear_object (&result);
  line_place_close (place);
}

/* (transfer full): its key */
static char *
issue (LinePlace *place)
{
  g_autoptr (JnCommand) command = jn_command_new (
      "ticket_issue",
      g_variant_new_parsed ("{'services': <['dsi-bir-first']>, 'language': <'pt'>}"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  jn_command_set_deferrable (command, TRUE);
  jn_backend_run_async (JN_BACKEND (place->journal), command, NULL, jn_awaited_cb, &result);
  answer = jn_backend_run_finish (JN_BACKEND (place->journal), jn_await (&result), &error);
  g_assert_no_error (error);
  return g_strdup (jn_command_get_key (command));
}

/* The ticket that came last happened when it was recorded, give or take what this machine needs. */
static void
assert_dated (LinePlace *place)
{
  g_autofree char *dated = sql_value (
      place->owner, "select recorded_at - happened_at between '-1 second' and '20 seconds'"
                    " from desk.event where what = 'issued' order by id desc limit 1");

  g_assert_cmpstr (dated, ==, "t");
}

static void
test_set (LinePlace *place, gconstpointer by)
{
  g_autofree char *online = NULL;
  g_autofree char *offline = NULL;
  g_autofree char *now = NULL;
  gint64 server;

  set_by = GPOINTER_TO_INT (by) * HOUR;
  online = issue (place);
  assert_dated (place);
  now = sql_value (place->owner, "select extract (epoch from clock_timestamp ())::bigint");
  server = g_ascii_strtoll (now, NULL, 10);
  g_assert_cmpint (ABS (jn_session_now (place->session) - server), <=, 2);
  line_place_cut (place);
  jn_await_until (line_place_is_down, place);
  offline = issue (place);
  line_place_mend (place);
  jn_await_until (line_place_is_all_sent, place);
  assert_dated (place);
}

static void
test_offset (void)
{
  gint64 lead = jn_clock_own_lead () + 5 * HOUR;

  g_assert_cmpint (ABS (jn_clock_offset (lead) - 5 * HOUR), <, G_USEC_PER_SEC);
  set_by = HOUR;
  g_assert_cmpint (ABS (jn_clock_offset (lead) - 4 * HOUR), <, G_USEC_PER_SEC);
  set_by = 0;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/clock/offset", test_offset);
  g_test_add ("/app/clock/set-back", LinePlace, GINT_TO_POINTER (-2), set_up, test_set, tear_down);
  g_test_add ("/app/clock/set-forward", LinePlace, GINT_TO_POINTER (2), set_up, test_set,
              tear_down);
  return g_test_run ();
}
