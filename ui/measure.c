/* measure.c: holds its child to a comfortable width: words stay near what they name. */
#include "ui/measure.h"

#include "ui/look.h"

struct _JnMeasure
{
  GtkBin parent;

  int most;
};

G_DEFINE_TYPE (JnMeasure, jn_measure, GTK_TYPE_BIN)

enum
{
  PROP_0,
  PROP_MOST,
};

/* Larger text wants longer lines. */
static int
hold (JnMeasure *self, int width)
{
  return MIN (width, self->most * jn_look_get_text_size () / 100);
}

static void
jn_measure_get_preferred_height_for_width (GtkWidget *widget, int width, int *least, int *natural)
{
  JnMeasure *self = JN_MEASURE (widget);

  GTK_WIDGET_CLASS (jn_measure_parent_class)
      ->get_preferred_height_for_width (widget, hold (self, width), least, natural);
}

static void
jn_measure_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  GtkWidget *child = gtk_bin_get_child (GTK_BIN (widget));
  GtkAllocation inner = *allocation;
  int least = 0;

  gtk_widget_set_allocation (widget, allocation);
  if (child == NULL)
    return;
  gtk_widget_get_preferred_width (child, &least, NULL);
  inner.width = MAX (hold (JN_MEASURE (widget), allocation->width), least);
  inner.x += MAX (allocation->width - inner.width, 0)
             / 2; /* while text grows there is less room than it needs */
  gtk_widget_size_allocate (child, &inner);
}

static void
jn_measure_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JN_MEASURE (object)->most = g_value_get_int (value);
}

static void
jn_measure_class_init (JnMeasureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = jn_measure_set_property;
  widget_class->get_preferred_height_for_width = jn_measure_get_preferred_height_for_width;
  widget_class->size_allocate = jn_measure_size_allocate;
  g_object_class_install_property (
      G_OBJECT_CLASS (klass), PROP_MOST,
      g_param_spec_int ("most", NULL, NULL, 1, G_MAXINT, 1,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
}

static void
jn_measure_init (JnMeasure *self)
{
}

GtkWidget *
jn_measure_new (int most)
{
  return g_object_new (JN_TYPE_MEASURE, "most", most, NULL);
}
