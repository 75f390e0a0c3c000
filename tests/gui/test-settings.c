/* test-settings.c: a terminal whose settings file is wrong says so in a window, as who starts it from an icon sees no
 * terminal, in the language that it was started in; and ends as something that failed. */
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

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/settings/wrong-value", test_wrong_value);
  g_test_add_func ("/gui/settings/wrong-printer", test_wrong_printer);
  return g_test_run ();
}
