/* test-driver.c: the driver sees, writes, presses and waits in a plain window of GTK. */
#include "tests/gui/desk-driver.h"

#include <gtk/gtk.h>

/* The window under test is this very program, started again with --window. */
static char *own_path;

static void
show_sum_cb (GtkButton *button, gpointer user_data)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (button), "label");
  const char *text = gtk_entry_get_text (GTK_ENTRY (user_data));
  g_autofree char *said = g_strdup_printf ("Said %s", text);

  gtk_label_set_text (GTK_LABEL (label), said);
}

static gboolean
key_cb (GtkWidget *window, GdkEventKey *event, gpointer user_data)
{
  if (event->keyval == GDK_KEY_F2)
    gtk_label_set_text (GTK_LABEL (user_data), "F2 came");
  if (event->keyval == GDK_KEY_Return && (event->state & GDK_CONTROL_MASK) != 0)
    gtk_label_set_text (GTK_LABEL (user_data), "Control and Return came");
  return GDK_EVENT_PROPAGATE;
}

static void
show_choice_cb (GtkToggleButton *button, gpointer user_data)
{
  if (gtk_toggle_button_get_active (button))
    gtk_label_set_text (GTK_LABEL (user_data), gtk_button_get_label (GTK_BUTTON (button)));
}

/* A question as forms ask it: a box with the node's path for an id, and controls in it. */
static void
add_question (GtkContainer *window, GtkWidget *label)
{
  GtkWidget *question = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_radio_button_new_with_label (NULL, "Chose one");
  GtkWidget *second
      = gtk_radio_button_new_with_label_from_widget (GTK_RADIO_BUTTON (first), "Chose two");

  atk_object_set_accessible_id (gtk_widget_get_accessible (question), "/data/choice");
  gtk_container_add (GTK_CONTAINER (question), first);
  gtk_container_add (GTK_CONTAINER (question), second);
  g_signal_connect (second, "toggled", G_CALLBACK (show_choice_cb), label);
  gtk_container_add (window, question);
}

static int
show_window (void)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *prompt = gtk_label_new_with_mnemonic ("_Name");
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_with_label ("Say");
  GtkWidget *label = gtk_label_new ("Nothing yet");
  GtkWidget *hidden = gtk_label_new ("Hidden");

  gtk_label_set_mnemonic_widget (GTK_LABEL (prompt), entry);
  gtk_container_add (GTK_CONTAINER (window), box);
  gtk_container_add (GTK_CONTAINER (box), prompt);
  gtk_container_add (GTK_CONTAINER (box), entry);
  gtk_container_add (GTK_CONTAINER (box), button);
  gtk_container_add (GTK_CONTAINER (box), label);
  gtk_container_add (GTK_CONTAINER (box), hidden);
  g_object_set_data (G_OBJECT (button), "label", label);
  g_signal_connect (button, "clicked", G_CALLBACK (show_sum_cb), entry);
  g_signal_connect (window, "key-press-event", G_CALLBACK (key_cb), label);
  g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  add_question (GTK_CONTAINER (box), label);
  gtk_widget_show_all (window);
  gtk_widget_hide (hidden);
  gtk_main ();
  return 0;
}

static JnDeskDriver *
start (void)
{
  const char *const arguments[] = { "--window", NULL };

  return jn_desk_driver_start_program (own_path, arguments, NULL);
}

static void
wait_label (JnDeskDriver *desk, const char *text)
{
  g_autoptr(AtspiAccessible) label = jn_desk_driver_wait (desk, ATSPI_ROLE_LABEL, text);

  g_assert_nonnull (label);
}

static void
test_fill_and_press (void)
{
  JnDeskDriver *desk = start ();
  g_autofree char *read = NULL;

  jn_desk_driver_fill (desk, "Name", "陳小美");
  read = jn_desk_driver_read (desk, "Name");
  g_assert_cmpstr (read, ==, "陳小美");
  jn_desk_driver_press (desk, ATSPI_ROLE_PUSH_BUTTON, "Say");
  wait_label (desk, "Said 陳小美");
  jn_desk_driver_kill (desk);
}

static void
test_real_keys (void)
{
  JnDeskDriver *desk = start ();

  jn_desk_driver_focus (desk, "Name");
  jn_desk_driver_type (desk, "Ho, Ka Ian 7(8)");
  jn_desk_driver_wait_text (desk, "Name", "Ho, Ka Ian 7(8)");
  jn_desk_driver_press (desk, ATSPI_ROLE_PUSH_BUTTON, "Say");
  wait_label (desk, "Said Ho, Ka Ian 7(8)");
  jn_desk_driver_key (desk, "F2");
  wait_label (desk, "F2 came");
  jn_desk_driver_key (desk, "Control+Return");
  wait_label (desk, "Control and Return came");
  g_assert_cmpuint (jn_desk_driver_get_keys (desk), ==, 15 + 1 + 2);
  jn_desk_driver_kill (desk);
}

static void
test_answer (void)
{
  JnDeskDriver *desk = start ();

  g_assert_true (jn_desk_driver_shows (desk, "/data/choice"));
  g_assert_false (jn_desk_driver_shows (desk, "/data/other"));
  jn_desk_driver_answer (desk, "/data/choice", "#2");
  wait_label (desk, "Chose two");
  jn_desk_driver_kill (desk);
}

static void
test_only_the_visible (void)
{
  JnDeskDriver *desk = start ();
  g_autofree char *tree = jn_desk_driver_describe (desk);

  g_assert_null (jn_desk_driver_find (desk, ATSPI_ROLE_LABEL, "Hidden"));
  g_assert_nonnull (strstr (tree, "label \"Nothing yet\""));
  g_assert_null (strstr (tree, "Hidden"));
  jn_desk_driver_kill (desk);
}

static void
test_picture (void)
{
  JnDeskDriver *desk = start ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "screen.png", NULL);
  g_autoptr(GdkPixbuf) picture = NULL;

  jn_desk_driver_picture (desk, path);
  picture = gdk_pixbuf_new_from_file (path, NULL);
  g_assert_nonnull (picture);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 1366);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 768);
  jn_desk_driver_kill (desk);
}

static void
test_deadline (void)
{
  if (g_test_subprocess ())
    {
      JnDeskDriver *desk = start ();

      jn_desk_driver_set_deadline (desk, 0.3);
      jn_desk_driver_wait (desk, ATSPI_ROLE_LABEL, "Never");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*the label \"Never\" to be there*");
}

int
main (int argc, char **argv)
{
  own_path = g_file_read_link ("/proc/self/exe", NULL);
  if (argc > 1 && strcmp (argv[1], "--window") == 0)
    {
      gtk_init (&argc, &argv);
      return show_window ();
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gui/driver/fill-and-press", test_fill_and_press);
  g_test_add_func ("/gui/driver/real-keys", test_real_keys);
  g_test_add_func ("/gui/driver/answer", test_answer);
  g_test_add_func ("/gui/driver/only-the-visible", test_only_the_visible);
  g_test_add_func ("/gui/driver/picture", test_picture);
  g_test_add_func ("/gui/driver/deadline", test_deadline);
  return g_test_run ();
}
