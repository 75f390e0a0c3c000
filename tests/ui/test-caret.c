/* test-caret.c: the arrow keys in an entry, however much was pasted into it. */
#include "ui/caret.h"

#include "tests/ui/screen.h"
#include "ui/widgets.h"

#define PASTED 27000 /* characters: a press took 15 seconds, and a test has 120 */
#define PRESSES 10

static GtkWidget *
open_entry (GtkWidget *entry)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);

  gtk_widget_show (entry);
  gtk_container_add (GTK_CONTAINER (window), entry);
  screen_show (window, 400, 100);
  gtk_widget_grab_focus (entry);
  return window;
}

static void
test_long (void)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *window = open_entry (entry);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PASTED / 3; i++)
    g_string_append (text, "長文 ");
  gtk_entry_set_text (GTK_ENTRY (entry), text->str);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  for (guint i = 0; i < PRESSES; i++)
    screen_press (window, GDK_KEY_Left, 0);
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, PASTED - PRESSES);
  screen_press (window, GDK_KEY_Right, GDK_SHIFT_MASK);
  g_assert_true (gtk_editable_get_selection_bounds (GTK_EDITABLE (entry), NULL, NULL));
  screen_press (window, GDK_KEY_Right, 0);
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, PASTED - PRESSES + 1);
  g_string_free (text, TRUE);
  screen_close (window);
}

/* A short one is left as GTK has it, also one of a class below. */
static void
test_short (void)
{
  GtkWidget *entry = gtk_spin_button_new_with_range (0, 1000, 1);
  GtkWidget *window = open_entry (entry);

  gtk_entry_set_text (GTK_ENTRY (entry), "123");
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  screen_press (window, GDK_KEY_Left, 0);
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, 2);
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/caret/long", test_long);
  g_test_add_func ("/ui/caret/short", test_short);
  return g_test_run ();
}
