/* test-look.c: a larger text, and what is left of it when it is the usual one again: nothing. */
#include "ui/look.h"

#include "tests/ui/screen.h"
#include "ui/widgets.h"

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_combo_box_text_new ();

  gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (list), NULL, "Identity card");
  gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (list), NULL, "Certificate of personal data");
  gtk_combo_box_set_active (GTK_COMBO_BOX (list), 0);
  return list;
}

static GtkRequisition
measure (GtkWidget *widget)
{
  GtkRequisition least;

  gtk_widget_get_preferred_size (widget, &least, NULL);
  return least;
}

/* One of each: it grows with the text, and is as it was when the text is. */
static void
test_there_and_back (void)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *widgets[] = { make_list (), gtk_entry_new (), jn_text_new ("A long text", NULL),
                           gtk_check_button_new_with_label ("A choice"), jn_link_new ("A link") };
  GtkRequisition before[G_N_ELEMENTS (widgets)];

  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    jn_pack (box, widgets[i]);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (window), box);
  screen_show (window, 800, 600);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    before[i] = measure (widgets[i]);
  jn_look_set_text_size (200);
  screen_frame (window);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_assert_cmpint (measure (widgets[i]).height, >, before[i].height);
  jn_look_set_text_size (100);
  screen_frame (window);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      g_assert_cmpint (measure (widgets[i]).width, ==, before[i].width);
      g_assert_cmpint (measure (widgets[i]).height, ==, before[i].height);
    }
  screen_close (window);
}

int
main (int argc, char **argv)
{
  screen_init (&argc, &argv);
  g_test_add_func ("/ui/look/there-and-back", test_there_and_back);
  return g_test_run ();
}
