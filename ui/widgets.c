/* widgets.c: the small widgets that every page is made of. */
#include "ui/widgets.h"

#include "printing/breaks.h"

#define REVEAL_MARGIN 12 /* pixels that stay free around what is scrolled to */

void
jn_add_classes (GtkWidget *widget, const char *classes)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  g_auto (GStrv) names = g_strsplit (classes != NULL ? classes : "", " ", -1);

  for (char **name = names; *name != NULL; name++)
    if (**name != '\0')
      gtk_style_context_add_class (context, *name);
}

void
jn_set_class (GtkWidget *widget, const char *name, gboolean on)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (on)
    gtk_style_context_add_class (context, name);
  else
    gtk_style_context_remove_class (context, name);
}

GtkWidget *
jn_label_new (const char *text, const char *classes)
{
  GtkWidget *label = gtk_label_new (NULL);

  jn_label_set (label, text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  jn_add_classes (label, classes);
  return label;
}

void
jn_label_set (GtkWidget *label, const char *text)
{
  g_autofree char *broken = text != NULL ? jn_breaks_add (text) : NULL;

  if (broken != NULL)
    text = broken;
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text != NULL ? text : "") != 0)
    gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

GtkWidget *
jn_text_new (const char *text, const char *classes)
{
  GtkWidget *label = jn_label_new (text, classes);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

GtkWidget *
jn_button_new (const char *label, const char *key, const char *classes)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *text = gtk_label_new (label);

  jn_add_classes (button, classes);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_NONE);
  gtk_box_pack_start (GTK_BOX (box), text, TRUE, TRUE, 0);
  if (key != NULL)
    {
      GtkWidget *chip = jn_label_new (key, g_str_equal (key, "Ctrl ↵") ? "key go" : "key");

      gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
      gtk_box_pack_end (GTK_BOX (box), chip, FALSE, FALSE, 0);
    }
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_container_add (GTK_CONTAINER (button), box);
  gtk_widget_show_all (box);
  g_object_set_data (G_OBJECT (button), "jn-label", text);
  jn_set_name (button, label);
  jn_set_description (button, key);
  return button;
}

void
jn_button_set_label (GtkWidget *button, const char *label)
{
  GtkLabel *text = g_object_get_data (G_OBJECT (button), "jn-label");

  g_return_if_fail (text != NULL);
  if (g_strcmp0 (gtk_label_get_text (text), label) == 0)
    return;
  gtk_label_set_text (text, label);
  gtk_widget_set_tooltip_text (
      button, gtk_label_get_ellipsize (text) != PANGO_ELLIPSIZE_NONE ? label : NULL);
  jn_set_name (button, label);
}

void
jn_button_ellipsize (GtkWidget *button)
{
  GtkLabel *text = g_object_get_data (G_OBJECT (button), "jn-label");

  g_return_if_fail (text != NULL);
  gtk_label_set_ellipsize (text, PANGO_ELLIPSIZE_END);
}

GtkWidget *
jn_link_new (const char *text)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  GtkWidget *label = gtk_bin_get_child (GTK_BIN (button));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  jn_add_classes (button, "link");
  return button;
}

GtkWidget *
jn_box_new (GtkOrientation orientation, int spacing, const char *classes)
{
  GtkWidget *box = gtk_box_new (orientation, spacing);

  jn_add_classes (box, classes);
  return box;
}

GtkWidget *
jn_scroll_new (GtkWidget *child)
{
  GtkWidget *frame = gtk_scrolled_window_new (NULL, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_container_add (GTK_CONTAINER (frame), child);
  return frame;
}

GtkWidget *
jn_card_new (const char *heading)
{
  GtkWidget *card = jn_box_new (GTK_ORIENTATION_VERTICAL, 12, "card");

  if (heading != NULL && *heading != '\0')
    {
      GtkWidget *label = jn_text_new (heading, "section");

      jn_set_role (label, ATK_ROLE_HEADING);
      jn_pack (card, label);
    }
  gtk_widget_show (card);
  return card;
}

GtkWidget *
jn_card_new_beside (const char *heading, GtkWidget *beside)
{
  GtkWidget *card = jn_card_new (NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = jn_text_new (heading, "section");

  jn_set_role (label, ATK_ROLE_HEADING);
  jn_pack (row, label);
  jn_pack_end (row, beside);
  gtk_widget_set_valign (beside, GTK_ALIGN_CENTER);
  gtk_widget_show (row);
  jn_pack (card, row);
  return card;
}

GtkWidget *
jn_icon_new (const char *name, int pixels)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (name, GTK_ICON_SIZE_BUTTON);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), pixels);
  jn_set_role (icon, ATK_ROLE_ICON);
  return icon;
}

GtkWidget *
jn_pair_new (const char *left, const char *right)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *end = jn_label_new (right, "number");

  gtk_label_set_xalign (GTK_LABEL (end), 1);
  gtk_widget_set_valign (end, GTK_ALIGN_START);
  gtk_box_pack_start (GTK_BOX (row), jn_text_new (left, NULL), TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (row), end, FALSE, FALSE, 0);
  gtk_widget_show_all (row);
  return row;
}

static void
destroy (GtkWidget *widget, gpointer user_data)
{
  gtk_widget_destroy (widget);
}

void
jn_empty (GtkWidget *container)
{
  gtk_container_foreach (GTK_CONTAINER (container), destroy, NULL);
}

void
jn_pack (GtkWidget *box, GtkWidget *child)
{
  gtk_box_pack_start (GTK_BOX (box), child, FALSE, FALSE, 0);
  gtk_widget_show (child);
}

void
jn_pack_end (GtkWidget *box, GtkWidget *child)
{
  gtk_box_pack_end (GTK_BOX (box), child, FALSE, FALSE, 0);
  gtk_widget_show (child);
}

static void
find_button (GtkWidget *widget, gpointer user_data)
{
  GtkWidget **found = user_data;

  if (GTK_IS_TOGGLE_BUTTON (widget))
    *found = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_button, user_data);
}

GtkWidget *
jn_get_focusable (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_COMBO_BOX (widget))
    gtk_container_forall (GTK_CONTAINER (widget), find_button, &found);
  return found != NULL ? found : widget;
}

void
jn_set_name (GtkWidget *widget, const char *name)
{
  AtkObject *accessible = gtk_widget_get_accessible (widget);
  GtkWidget *focusable = jn_get_focusable (widget);

  if (accessible != NULL && name != NULL)
    atk_object_set_name (accessible, name);
  if (focusable != widget)
    jn_set_name (focusable, name);
}

void
jn_set_description (GtkWidget *widget, const char *description)
{
  AtkObject *accessible = gtk_widget_get_accessible (jn_get_focusable (widget));

  if (accessible != NULL)
    atk_object_set_description (accessible, description != NULL ? description : "");
}

void
jn_set_role (GtkWidget *widget, AtkRole role)
{
  AtkObject *accessible = gtk_widget_get_accessible (widget);

  if (accessible != NULL)
    atk_object_set_role (accessible, role);
}

void
jn_label_for (GtkWidget *label, GtkWidget *widget)
{
  AtkObject *of_label = gtk_widget_get_accessible (label);
  AtkObject *of_widget = gtk_widget_get_accessible (widget);

  if (of_label == NULL || of_widget == NULL)
    return;
  atk_object_add_relationship (of_label, ATK_RELATION_LABEL_FOR, of_widget);
  atk_object_add_relationship (of_widget, ATK_RELATION_LABELLED_BY, of_label);
  jn_set_name (widget, gtk_label_get_text (GTK_LABEL (label)));
}

void
jn_announce (GtkWidget *label)
{
  AtkObject *accessible = gtk_widget_get_accessible (label);

  /* what ATK before 2.50 has in place of "announcement": readers speak an alert that appears */
  if (accessible != NULL)
    atk_object_notify_state_change (accessible, ATK_STATE_SHOWING, TRUE);
}

/* -- scrolling -- */

void
jn_reveal (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *window = gtk_widget_get_toplevel (widget);
  GtkAdjustment *down;
  int y = 0;

  if (scroller == NULL || !GTK_IS_WINDOW (window))
    return;
  gtk_container_check_resize (GTK_CONTAINER (window));
  if (!gtk_widget_translate_coordinates (widget, scroller, 0, 0, NULL, &y))
    return;
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  y += (int)gtk_adjustment_get_value (down);
  gtk_adjustment_clamp_page (down, y - REVEAL_MARGIN,
                             y + gtk_widget_get_allocated_height (widget) + REVEAL_MARGIN);
}

/* -- popovers -- */

static gboolean
destroy_cb (gpointer popover)
{
  gtk_widget_destroy (popover);
  return G_SOURCE_REMOVE;
}

/* GTK still holds it while it says that it is closed. */
static void
closed_cb (GtkPopover *popover, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, destroy_cb, g_object_ref (popover), g_object_unref);
}

/* One in another's place: each gives the keyboard back to where it found it, which may not be the other. */
void
jn_pop_away (GtkWidget *window)
{
  GtkWidget *former = g_object_get_data (G_OBJECT (window), "jn-popover");

  if (former == NULL)
    return;
  gtk_widget_hide (former); /* says that it is closed */
  gtk_widget_destroy (former);
}

static void
destroyed_cb (GtkWidget *popover, gpointer window)
{
  if (g_object_get_data (window, "jn-popover") == popover)
    g_object_set_data (window, "jn-popover", NULL);
}

GtkWidget *
jn_pop_up (GtkWidget *relative_to, GtkWidget *box, const char *name)
{
  GtkWidget *window = gtk_widget_get_toplevel (relative_to);
  GtkWidget *popover;

  jn_pop_away (window);
  jn_reveal (relative_to); /* a screen reader presses what is scrolled away too */
  popover = gtk_popover_new (relative_to);
  g_object_set_data (G_OBJECT (window), "jn-popover", popover);
  g_signal_connect_object (popover, "destroy", G_CALLBACK (destroyed_cb), window, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (popover), box);
  jn_set_name (popover, name);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  return popover;
}

void
jn_pop_down (GtkWidget *widget)
{
  GtkWidget *popover = gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}
