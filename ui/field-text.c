/* field-text.c: several lines; Tab leaves it, as it leaves every other field. */
#include "ui/field-text.h"

#include <string.h>

#include "ui/widgets.h"

#define LEAST_HEIGHT 72

struct _JnFieldText
{
  JnField parent;

  GtkWidget *view;
  GtkTextBuffer *buffer;
};

G_DEFINE_TYPE (JnFieldText, jn_field_text, JN_TYPE_FIELD)

static char *
get_text (JnFieldText *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
changed_cb (GtkTextBuffer *buffer, gpointer user_data)
{
  JnFieldText *self = JN_FIELD_TEXT (user_data);
  g_autofree char *text = get_text (self);

  jn_field_answer (JN_FIELD (self), text);
}

static void
jn_field_text_show (JnField *field, const JnNodeState *state)
{
  JnFieldText *self = JN_FIELD_TEXT (field);
  g_autofree char *text = get_text (self);
  const char *wanted = state->typed != NULL ? state->typed : state->value;

  if (!jn_field_is_typing (field) && strcmp (text, wanted) != 0)
    gtk_text_buffer_set_text (self->buffer, wanted, -1);
}

static void
jn_field_text_class_init (JnFieldTextClass *klass)
{
  JN_FIELD_CLASS (klass)->show = jn_field_text_show;
}

static void
jn_field_text_init (JnFieldText *self)
{
  GtkWidget *frame = gtk_scrolled_window_new (NULL, NULL);

  self->view = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), LEAST_HEIGHT);
  jn_add_classes (frame, "frame-field");
  gtk_container_add (GTK_CONTAINER (frame), self->view);
  gtk_widget_show (self->view);
  jn_field_set_widget (JN_FIELD (self), frame, self->view);
  g_signal_connect (self->buffer, "changed", G_CALLBACK (changed_cb), self);
}
