/* test-settings.c: one program at a time has a terminal's state. */
#include <glib/gstdio.h>

#include "app/backend.h"
#include "app/settings.h"

static JnSettings *
settings_at (int counter)
{
  g_autoptr (GError) error = NULL;
  JnSettings *settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", counter, &error);

  g_assert_no_error (error);
  return settings;
}

static void
test_hold (void)
{
  JnSettings *first = settings_at (7);
  g_autoptr (JnSettings) second = settings_at (7);
  g_autoptr (JnSettings) other = settings_at (8);
  g_autoptr (GError) error = NULL;

  g_assert_true (jn_settings_hold_state (first, &error));
  g_assert_true (jn_settings_hold_state (first, &error)); /* it has it already */
  g_assert_no_error (error);
  g_assert_false (jn_settings_hold_state (second, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "terminal-open");
  g_clear_error (&error);
  g_assert_true (jn_settings_hold_state (other, &error)); /* another counter of the same machine */
  g_object_unref (first);
  g_assert_true (jn_settings_hold_state (second, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/settings/one-program-a-terminal", test_hold);
  return g_test_run ();
}
