/* nav.c: one button a place, with its icon and its key. */
#include "ui/nav.h"

#include <glib/gi18n.h>

#include "ui/widgets.h"

#define WIDTH 180

struct _JnNav
{
  GtkBin parent;

  GtkWidget *frame;
  GtkWidget *column;
  GtkWidget *buttons[JN_N_PLACES];
  JnPlace place;
  gboolean narrow;
};

G_DEFINE_TYPE (JnNav, jn_nav, GTK_TYPE_BIN)

static guint go_signal;

static void
refresh_button (JnNav *self, JnPlace place)
{
  GtkWidget *button = self->buttons[place];
  GtkWidget *label = g_object_get_data (G_OBJECT (button), "jn-label");
  const char *title = jn_place_get_title (place);
  g_autofree char *here = g_strconcat (title, _(" (you are here)"), NULL);

  gtk_widget_set_visible (label, !self->narrow);
  jn_set_class (button, "here", place == self->place);
  jn_set_name (button, place == self->place ? here : title);
}

static void
refresh (JnNav *self)
{
  if (self->frame == NULL)
    return;
  gtk_widget_set_size_request (self->frame, self->narrow ? -1 : WIDTH, -1);
  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    if (self->buttons[place] != NULL)
      refresh_button (self, place);
}

static void
clicked_cb (GtkButton *button, gpointer user_data)
{
  JnNav *self = JN_NAV (user_data);

  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    if (GTK_WIDGET (button) == self->buttons[place])
      {
        g_signal_emit (self, go_signal, 0, (int)place);
        return;
      }
}

static void
add_place (JnNav *self, JnPlace place)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = jn_text_new (jn_place_get_title (place), NULL);
  g_autofree char *key = NULL;

  self->buttons[place] = button;
  key = g_strdup_printf ("%s  Alt+%u", jn_place_get_title (place), jn_nav_get_length (self));
  gtk_box_pack_start (GTK_BOX (row), jn_icon_new (jn_place_get_icon (place), 16), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  gtk_container_add (GTK_CONTAINER (button), row);
  g_object_set_data (G_OBJECT (button), "jn-label", label);
  gtk_widget_set_tooltip_text (button, key);
  gtk_widget_show_all (button);
  jn_pack (self->column, button);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
}

static void
jn_nav_class_init (JnNavClass *klass)
{
  go_signal = g_signal_new ("go", JN_TYPE_NAV, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                            1, G_TYPE_INT);
}

static void
jn_nav_init (JnNav *self)
{
}

/* Not before it is needed: the first frame is the sign-in's. */
static void
ensure_frame (JnNav *self)
{
  if (self->frame != NULL)
    return;
  self->column = jn_box_new (GTK_ORIENTATION_VERTICAL, 0, "rail");
  self->frame = jn_scroll_new (self->column);
  gtk_container_add (GTK_CONTAINER (self), self->frame);
  gtk_widget_show_all (self->frame);
}

void
jn_nav_set_parts (JnNav *self, const JnPlaceParts *parts)
{
  ensure_frame (self);
  jn_empty (self->column);
  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    self->buttons[place] = NULL;
  jn_set_name (self->column, _("Places"));
  for (JnPlace place = 0; parts != NULL && place < JN_N_PLACES; place++)
    if (jn_place_get_icon (place) != NULL && jn_place_is_open (place, parts))
      add_place (self, place);
  refresh (self);
}

void
jn_nav_set_place (JnNav *self, JnPlace place)
{
  self->place = place;
  refresh (self);
}

void
jn_nav_set_narrow (JnNav *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  refresh (self);
}

guint
jn_nav_get_length (JnNav *self)
{
  guint n = 0;

  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    n += self->buttons[place] != NULL;
  return n;
}

JnPlace
jn_nav_get_nth (JnNav *self, guint position)
{
  for (JnPlace place = 0; place < JN_N_PLACES; place++)
    if (self->buttons[place] != NULL && --position == 0)
      return place;
  return JN_N_PLACES;
}
