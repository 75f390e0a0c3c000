/* field-range.c: a slider from start to end by step; nothing is answered until it is moved. */
#include "ui/field-range.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/widgets.h"

struct _JnFieldRange
{
  JnField parent;

  GtkWidget *scale;
  GtkWidget *answer;
  gboolean whole; /* an int */
};

G_DEFINE_TYPE (JnFieldRange, jn_field_range, JN_TYPE_FIELD)

static double
attribute (const JnControl *control, const char *name, double fallback)
{
  const char *text = jn_control_get_attribute (control, name);

  return text != NULL && *text != '\0' ? g_ascii_strtod (text, NULL) : fallback;
}

static void
moved_cb (GtkRange *range, gpointer user_data)
{
  JnFieldRange *self = JN_FIELD_RANGE (user_data);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->whole)
    g_snprintf (text, sizeof text, "%.0f", round (gtk_range_get_value (range)));
  else
    g_ascii_formatd (text, sizeof text, "%g", gtk_range_get_value (range));
  jn_field_answer (JN_FIELD (self), text);
}

static gboolean
scrolled_cb (GtkWidget *scale, GdkEvent *event, gpointer user_data)
{
  g_signal_stop_emission_by_name (scale, "scroll-event");
  return GDK_EVENT_PROPAGATE;
}

static void
make (JnFieldRange *self, const JnNodeState *state)
{
  const JnControl *control = jn_field_get_control (JN_FIELD (self));
  double start = attribute (control, "start", 0);
  double end = attribute (control, "end", 10);
  double step = fabs (attribute (control, "step", 1));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->whole = g_strcmp0 (state->type, "int") == 0;
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, MIN (start, end),
                                          MAX (start, end), step > 0 ? step : 1);
  self->answer = jn_label_new (NULL, "strong number");
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_inverted (GTK_RANGE (self->scale), start > end);
  gtk_box_pack_start (GTK_BOX (row), self->scale, TRUE, TRUE, 0);
  gtk_widget_show (self->scale);
  jn_pack_end (row, self->answer);
  jn_field_set_widget (JN_FIELD (self), row, self->scale);
  g_signal_connect (self->scale, "value-changed", G_CALLBACK (moved_cb), self);
  g_signal_connect (self->scale, "scroll-event", G_CALLBACK (scrolled_cb), NULL);
}

static void
jn_field_range_show (JnField *field, const JnNodeState *state)
{
  JnFieldRange *self = JN_FIELD_RANGE (field);

  if (self->scale == NULL)
    make (self, state);
  gtk_label_set_text (GTK_LABEL (self->answer),
                      *state->value != '\0' ? state->value : _("not answered"));
  if (*state->value != '\0')
    gtk_range_set_value (GTK_RANGE (self->scale), g_ascii_strtod (state->value, NULL));
}

static void
jn_field_range_class_init (JnFieldRangeClass *klass)
{
  JN_FIELD_CLASS (klass)->show = jn_field_range_show;
}

static void
jn_field_range_init (JnFieldRange *self)
{
}
