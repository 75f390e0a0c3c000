/* undo-bar.c: what was done last, and for how long it can be taken back. */
#include "ui/desk/undo-bar.h"

#include <glib/gi18n.h>

#include "ui/widgets.h"

struct _JnUndoBar
{
  GtkBin parent;

  GtkWidget *bar;
  GtkWidget *words;
  GtkWidget *left;
  gint64 end; /* monotonic */
  guint timer;
};

G_DEFINE_TYPE (JnUndoBar, jn_undo_bar, GTK_TYPE_BIN)

static guint undo_signal;

static void
show_left (JnUndoBar *self)
{
  gint64 left = MAX (0, self->end - g_get_monotonic_time ());
  int seconds = (int)((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%d second left", "%d seconds left", seconds), seconds);

  jn_label_set (self->left, text);
}

static gboolean
tick_cb (gpointer user_data)
{
  JnUndoBar *self = user_data;

  if (g_get_monotonic_time () < self->end)
    {
      show_left (self);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  gtk_widget_hide (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
jn_undo_bar_set (JnUndoBar *self, const char *words, gint64 until, gint64 now)
{
  gboolean fresh = g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->words)), words) != 0;

  if (words == NULL || until <= now)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      gtk_widget_hide (GTK_WIDGET (self));
      return;
    }
  jn_label_set (self->words, words);
  self->end = g_get_monotonic_time () + (until - now) * G_USEC_PER_SEC;
  if (self->timer == 0)
    self->timer = g_timeout_add (500, tick_cb, self);
  show_left (self);
  gtk_widget_show (GTK_WIDGET (self));
  if (fresh)
    jn_announce (self->words);
}

static void
clicked_cb (GtkButton *button, JnUndoBar *self)
{
  g_signal_emit (self, undo_signal, 0);
}

static void
jn_undo_bar_dispose (GObject *object)
{
  g_clear_handle_id (&JN_UNDO_BAR (object)->timer, g_source_remove);
  G_OBJECT_CLASS (jn_undo_bar_parent_class)->dispose (object);
}

static void
jn_undo_bar_class_init (JnUndoBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_undo_bar_dispose;
  undo_signal = g_signal_new ("undo", JN_TYPE_UNDO_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
jn_undo_bar_init (JnUndoBar *self)
{
  GtkWidget *button = jn_button_new (_("Take it back"), "Ctrl Z", "act");

  self->bar = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 14, "undo");
  self->words = jn_text_new (NULL, NULL);
  self->left = jn_label_new (NULL, "small number");
  jn_set_role (self->words, ATK_ROLE_ALERT);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_pack_start (GTK_BOX (self->bar), self->words, TRUE, TRUE, 0);
  gtk_widget_show (self->words);
  jn_pack (self->bar, self->left);
  jn_pack (self->bar, button);
  gtk_widget_show (self->bar);
  gtk_container_add (GTK_CONTAINER (self), self->bar);
}

GtkWidget *
jn_undo_bar_new (void)
{
  return g_object_new (JN_TYPE_UNDO_BAR, NULL);
}
