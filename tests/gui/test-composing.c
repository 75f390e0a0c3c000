/* test-composing.c: a real IBus daemon (GTK_IM_MODULE=ibus) composes Chinese in the real window; no shortcut fires meanwhile. */
#include "tests/gui/visit.h"

static gboolean
is_composing (JnDeskDriver *desk, gpointer user_data)
{
  guint *blank = user_data;

  return jn_desk_driver_get_checksum (desk) != *blank;
}

/* Quick: 竹 (h) and 戈 (i); the word is under way until the space. */
static void
compose (VisitPlay *play)
{
  guint blank;

  jn_desk_driver_focus (play->desk, "Name");
  jn_desk_driver_settle (play->desk);
  blank = jn_desk_driver_get_checksum (play->desk);
  jn_desk_driver_type (play->desk, "hi");
  jn_desk_driver_until (play->desk, is_composing, &blank, "a word that is being composed");
  jn_desk_driver_settle (play->desk);
  jn_desk_driver_wait_text (play->desk, "Name", ""); /* seen, and not yet in the field */
}

static gboolean
reads_chinese (JnDeskDriver *desk, gpointer user_data)
{
  g_autofree char *text = jn_desk_driver_read (desk, "Name");

  return *text != '\0' && g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN;
}

static gboolean
shows_keys (VisitPlay *play)
{
  g_autoptr(AtspiAccessible) words
             = jn_desk_driver_find (play->desk, ATSPI_ROLE_LABEL, "Call the next ticket");

  return words != NULL;
}

static void
test_types_chinese (void)
{
  VisitPlay play;

  visit_open (&play, 7, "en", NULL);
  compose (&play);
  jn_desk_driver_type (play.desk, " ");
  jn_desk_driver_until (play.desk, reads_chinese, NULL, "a Chinese character in the field");
  visit_close (&play);
}

static void
test_no_shortcut_while_composing (void)
{
  VisitPlay play;
  g_autoptr(AtspiAccessible) keys = NULL;

  visit_open (&play, 7, "en", NULL);
  compose (&play);
  jn_desk_driver_key (play.desk, "F1");
  jn_desk_driver_type (play.desk, " ");
  /* keys come in their order: when the character stands, F1 has been dealt with */
  jn_desk_driver_until (play.desk, reads_chinese, NULL, "a Chinese character in the field");
  jn_desk_driver_settle (play.desk);
  g_assert_false (shows_keys (&play));
  jn_desk_driver_key (play.desk, "F1"); /* nothing is composed now */
  keys = jn_desk_driver_wait (play.desk, ATSPI_ROLE_LABEL, "Call the next ticket");
  visit_close (&play);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("JANELA_TEST_DSN") == NULL)
    g_error ("run by tests/run");
  g_test_add_func ("/gui/composing/types-chinese", test_types_chinese);
  g_test_add_func ("/gui/composing/no-shortcut", test_no_shortcut_while_composing);
  return g_test_run ();
}
