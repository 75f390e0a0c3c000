/* signing-pad.c: strokes are kept as points and drawn at any size. */
#include "ui/signing-pad.h"

#include "ui/widgets.h"

#define LEAST_WIDTH 360
#define LEAST_HEIGHT 130
#define PEN 2.2

typedef struct
{
  double x;
  double y;
  gboolean first; /* of a stroke */
} JnPoint;

struct _JnSigningPad
{
  GtkDrawingArea parent;

  GArray *points;
  gboolean down;
};

G_DEFINE_TYPE (JnSigningPad, jn_signing_pad, GTK_TYPE_DRAWING_AREA)

static guint signed_signal;

static void
add_point (JnSigningPad *self, double x, double y, gboolean first)
{
  JnPoint point = { x, y, first };

  g_array_append_val (self->points, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_strokes (JnSigningPad *self, cairo_t *cr)
{
  cairo_set_line_width (cr, PEN);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->points->len; i++)
    {
      JnPoint *point = &g_array_index (self->points, JnPoint, i);

      if (point->first)
        cairo_move_to (cr, point->x, point->y);
      cairo_line_to (cr, point->x, point->y);
    }
  cairo_stroke (cr);
}

static gboolean
jn_signing_pad_draw (GtkWidget *widget, cairo_t *cr)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  GdkRGBA ink;

  gtk_render_background (context, cr, 0, 0, width, height);
  gtk_render_frame (context, cr, 0, 0, width, height);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (context, cr, 2, 2, width - 4, height - 4);
  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, 20, height - 28.5);
  cairo_line_to (cr, width - 20, height - 28.5);
  cairo_stroke (cr);
  draw_strokes (JN_SIGNING_PAD (widget), cr);
  return FALSE;
}

static gboolean
jn_signing_pad_button_press_event (GtkWidget *widget, GdkEventButton *event)
{
  JnSigningPad *self = JN_SIGNING_PAD (widget);

  gtk_widget_grab_focus (widget);
  self->down = TRUE;
  add_point (self, event->x, event->y, TRUE);
  return GDK_EVENT_STOP;
}

static gboolean
jn_signing_pad_motion_notify_event (GtkWidget *widget, GdkEventMotion *event)
{
  JnSigningPad *self = JN_SIGNING_PAD (widget);

  if (self->down)
    add_point (self, event->x, event->y, FALSE);
  return GDK_EVENT_STOP;
}

static gboolean
jn_signing_pad_button_release_event (GtkWidget *widget, GdkEventButton *event)
{
  JnSigningPad *self = JN_SIGNING_PAD (widget);

  self->down = FALSE;
  g_signal_emit (self, signed_signal, 0);
  return GDK_EVENT_STOP;
}

static void
jn_signing_pad_finalize (GObject *object)
{
  g_array_unref (JN_SIGNING_PAD (object)->points);
  G_OBJECT_CLASS (jn_signing_pad_parent_class)->finalize (object);
}

static void
jn_signing_pad_class_init (JnSigningPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jn_signing_pad_finalize;
  widget_class->draw = jn_signing_pad_draw;
  widget_class->button_press_event = jn_signing_pad_button_press_event;
  widget_class->motion_notify_event = jn_signing_pad_motion_notify_event;
  widget_class->button_release_event = jn_signing_pad_button_release_event;
  signed_signal = g_signal_new ("signed", JN_TYPE_SIGNING_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
jn_signing_pad_init (JnSigningPad *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (JnPoint));
  jn_add_classes (GTK_WIDGET (self), "frame-field");
  gtk_widget_set_size_request (GTK_WIDGET (self), LEAST_WIDTH, LEAST_HEIGHT);
  gtk_widget_add_events (GTK_WIDGET (self),
                         GDK_BUTTON_PRESS_MASK | GDK_BUTTON_RELEASE_MASK | GDK_BUTTON1_MOTION_MASK);
}

GtkWidget *
jn_signing_pad_new (void)
{
  return g_object_new (JN_TYPE_SIGNING_PAD, NULL);
}

void
jn_signing_pad_clear (JnSigningPad *self)
{
  g_array_set_size (self->points, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signed_signal, 0);
}

static cairo_status_t
append_cb (gpointer closure, const guchar *data, guint length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
jn_signing_pad_get_png (JnSigningPad *self)
{
  GByteArray *png;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (self->points->len == 0)
    return NULL;
  png = g_byte_array_new ();
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8,
                                        gtk_widget_get_allocated_width (GTK_WIDGET (self)),
                                        gtk_widget_get_allocated_height (GTK_WIDGET (self)));
  cr = cairo_create (surface);
  draw_strokes (self, cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
