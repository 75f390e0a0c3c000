/* test-session.c: signing in comes to all or to nothing. */
#include "app/session.h"
#include "tests/app/desk.h"

static GVariant *
refuse (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "fault", NULL, NULL));
  return NULL;
}

/* Without the catalogue nobody is signed in: not here, and not at the server, where the counter would stay taken. */
static void
test_without_catalogue (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnSession) session = jn_session_new (JN_BACKEND (desk->fake), desk->settings);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_fake_backend_on (desk->fake, "catalogue", refuse, NULL);
  jn_session_sign_in_async (session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb, &result);
  g_assert_false (jn_session_sign_in_finish (session, jn_await (&result), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_FAILED);
  g_assert_cmpint (jn_session_get_state (session), ==, JN_SESSION_CLOSED);
  g_assert_cmpint (jn_backend_get_link_state (JN_BACKEND (desk->fake)), ==, JN_LINK_OFFLINE);
}

/* What is late after a sign-out still reads the clock. */
static void
test_zone (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnSession) fresh = jn_session_new (JN_BACKEND (desk->fake), desk->settings);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (jn_session_get_zone (fresh));
  g_assert_nonnull (jn_session_get_zone (desk->session));
  jn_session_sign_out_async (desk->session, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_out_finish (desk->session, jn_await (&result), NULL));
  g_assert_nonnull (jn_session_get_zone (desk->session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/session/without-catalogue", test_without_catalogue);
  g_test_add_func ("/app/session/zone", test_zone);
  return g_test_run ();
}
