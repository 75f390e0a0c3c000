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

/* What cannot be meant is refused with its line; nothing is guessed. */
static void
test_wrong (void)
{
  static const char *const lines[]
      = { "terminal=X7",    "terminal=T07/../..", "language=fr",  "counter=seven",
          "counter=-1",     "lock-after=soon",    "lock-after=0", "text-scale=3",
          "text-scale=nan", "text-scale=big",     "dsn=\xff" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf ("[janela]\n%s\n", lines[i]);
      g_autofree char *readable = g_utf8_make_valid (lines[i], -1);
      g_autofree char *wanted = g_strdup_printf ("[janela] %s", readable);
      g_autoptr (GError) error = NULL;
      g_autoptr (JnSettings) settings = jn_settings_new_from_data (text, 0, &error);

      g_assert_null (settings);
      g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE);
      g_assert_cmpstr (error->message, ==, wanted);
    }
}

static void
test_wrong_printer (void)
{
  static const char *const texts[]
      = { "[use]\nreceipt=\xff\n", "[use]\nreceipt=a\n",
          "[use]\nreceipt=a\n[printer a]\nqueue=q\nkind=loom\npaper=a5\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JnSettings) settings = jn_settings_new_from_data (texts[i], 0, &error);

      g_assert_null (settings);
      g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE);
    }
}

/* What a terminal was left with does not keep it from starting. */
static void
test_wrong_choices (void)
{
  g_autoptr (JnSettings) before = settings_at (9);
  g_autoptr (JnSettings) after = NULL;

  jn_settings_set_language (before, "fr");
  jn_settings_set_text_scale (before, 0.0 / 0.0);
  after = settings_at (9);
  g_assert_cmpstr (jn_settings_get_language (after), ==, "en");
  g_assert_cmpfloat (jn_settings_get_text_scale (after), ==, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/settings/one-program-a-terminal", test_hold);
  g_test_add_func ("/app/settings/wrong", test_wrong);
  g_test_add_func ("/app/settings/wrong-printer", test_wrong_printer);
  g_test_add_func ("/app/settings/wrong-choices", test_wrong_choices);
  return g_test_run ();
}
