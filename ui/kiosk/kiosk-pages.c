/* kiosk-pages.c: the large pieces that a kiosk's pages are made of. */
#include "ui/kiosk/kiosk-pages.h"

#include "ui/widgets.h"

GtkWidget *
jn_kiosk_heading_new (const char *heading, const char *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = jn_text_new (heading, "kiosk-title");

  jn_set_role (title, ATK_ROLE_HEADING);
  jn_pack (box, title);
  if (line != NULL)
    jn_pack (box, jn_text_new (line, "kiosk-line"));
  return box;
}

GtkWidget *
jn_kiosk_button_new (const char *icon, const char *first, const char *second, const char *classes)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 20);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  if (icon != NULL)
    jn_pack (row, jn_icon_new (icon, 40));
  jn_pack (words, jn_text_new (first, "kiosk-word"));
  if (second != NULL)
    jn_pack (words, jn_text_new (second, "kiosk-small"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show_all (row);
  gtk_container_add (GTK_CONTAINER (button), row);
  jn_add_classes (button, "kiosk-button");
  jn_add_classes (button, classes);
  jn_set_name (button, first);
  jn_set_description (button, second);
  return button;
}

GtkWidget *
jn_kiosk_grid_new (guint columns)
{
  GtkWidget *grid = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (grid), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (grid), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (grid), 18);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (grid), 18);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (grid), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (grid), columns);
  return grid;
}

void
jn_kiosk_grid_add (GtkWidget *grid, GtkWidget *button)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_set_can_focus (child, FALSE);
  gtk_container_add (GTK_CONTAINER (child), button);
  gtk_container_add (GTK_CONTAINER (grid), child);
  gtk_widget_show_all (child);
}
