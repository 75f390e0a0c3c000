/* test-start.c: what keeps the window from opening is said in a window, as who starts it from an icon sees no terminal, in the
 * language that it was started in; and it ends as something that failed. */
#include <glib/gstdio.h>
#include <locale.h>

#include "tests/gui/desk-driver.h"

static char *
write_settings (const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-settings-XXXXXX", NULL);
  char *path = g_build_filename (folder, "janela.conf", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static AtspiRect *
get_extents (AtspiAccessible *thing)
{
  g_autoptr(AtspiComponent) component = atspi_accessible_get_component_iface (thing);

  return atspi_component_get_extents (component, ATSPI_COORD_TYPE_SCREEN, NULL);
}

/* Its window is no higher than what stands in it wants. */
static void
check_fits (JnDeskDriver *desk, const char *close)
{
  g_autoptr(AtspiAccessible) frame = jn_desk_driver_wait (desk, ATSPI_ROLE_FRAME, "Janela");
  g_autoptr(AtspiAccessible) button = jn_desk_driver_wait (desk, ATSPI_ROLE_PUSH_BUTTON, close);
  g_autofree AtspiRect *whole = get_extents (frame), *last = get_extents (button);

  g_assert_cmpint (whole->y + whole->height - (last->y + last->height), <, 100);
}

static void
check_said (const char *language, const char *text, const char *said, const char *close)
{
  g_autofree char *path = write_settings (text);
  g_autofree char *config = g_strconcat ("JANELA_CONFIG=", path, NULL);
  const char *const arguments[] = { "--language", language, NULL };
  const char *const environment[] = { config, NULL };
  JnDeskDriver *desk = jn_desk_driver_start (arguments, environment);
  g_autofree char *name = g_strdup_printf ("*%s: %s", path, said);
  g_autoptr(AtspiAccessible) words = jn_desk_driver_wait (desk, ATSPI_ROLE_LABEL, name);

  g_assert_nonnull (words);
  check_fits (desk, close);
  jn_desk_driver_press (desk, ATSPI_ROLE_PUSH_BUTTON, close);
  g_assert_cmpint (jn_desk_driver_wait_end (desk), ==, 1);
  g_unlink (path);
}

static void
test_wrong_value (void)
{
  check_said ("zh_HK", "[janela]\nterminal=X7\n", "[janela] terminal=X7", "關閉");
  check_said ("pt", "[janela]\nlock-after=soon\n", "[janela] lock-after=soon", "Fechar");
}

static void
test_wrong_printer (void)
{
  check_said ("en", "[use]\nreceipt=roll\n[printer roll]\nqueue=q\nkind=loom\npaper=a5\n",
              "[printer roll]: no printer is of kind “loom” with paper “a5”", "Close");
}

/* The key of what waits on this terminal is there and cannot be read: nothing is put in its place. */
static void
test_no_journal (void)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-state-XXXXXX", NULL);
  g_autofree char *key = g_build_filename (folder, "T07", "journal.key", NULL);
  g_autofree char *state = g_strconcat ("JANELA_STATE=", folder, NULL);
  const char *const arguments[] = { "--counter", "7", "--language", "en", NULL };
  const char *const environment[] = { state, NULL };
  JnDeskDriver *desk;
  g_autoptr(AtspiAccessible) words = NULL;

  g_assert_cmpint (g_mkdir_with_parents (key, 0700), ==, 0);
  desk = jn_desk_driver_start (arguments, environment);
  words = jn_desk_driver_wait (desk, ATSPI_ROLE_LABEL,
                               "The store of this terminal cannot be opened. Ask the help desk; "
                               "nothing is lost.");
  jn_desk_driver_press (desk, ATSPI_ROLE_PUSH_BUTTON, "Close");
  g_assert_cmpint (jn_desk_driver_wait_end (desk), ==, 1);
  g_assert_true (g_file_test (key, G_FILE_TEST_IS_DIR));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/start/wrong-value", test_wrong_value);
  g_test_add_func ("/gui/start/wrong-printer", test_wrong_printer);
  g_test_add_func ("/gui/start/no-journal", test_no_journal);
  return g_test_run ();
}
