/* columns.c: rows of two, as high as the higher one; what is hidden leaves no hole. */
#include "ui/columns.h"

#define GAP_ACROSS 18
#define GAP_DOWN 12

typedef struct
{
  GtkWidget *widget;
  gboolean wide;
} JnColumn;

struct _JnColumns
{
  GtkContainer parent;

  GArray *children; /* of JnColumn */
};

G_DEFINE_TYPE (JnColumns, jn_columns, GTK_TYPE_CONTAINER)

/* One row: one wide child, or one or two others. */
typedef struct
{
  GtkWidget *cells[2];
  gboolean wide;
} JnRow;

static gboolean
next_visible (JnColumns *self, guint *at)
{
  while (*at < self->children->len
         && !gtk_widget_get_visible (g_array_index (self->children, JnColumn, *at).widget))
    *at += 1;
  return *at < self->children->len;
}

static gboolean
next_row (JnColumns *self, gboolean single, guint *at, JnRow *row)
{
  JnColumn *child;

  *row = (JnRow){ { NULL, NULL }, single };
  if (!next_visible (self, at))
    return FALSE;
  child = &g_array_index (self->children, JnColumn, *at);
  row->cells[0] = child->widget;
  row->wide = single || child->wide;
  *at += 1;
  if (row->wide || !next_visible (self, at))
    return TRUE;
  child = &g_array_index (self->children, JnColumn, *at);
  if (child->wide)
    return TRUE;
  row->cells[1] = child->widget;
  *at += 1;
  return TRUE;
}

/* The least width of one cell: two of them and the gap must fit, else one column is used. */
static void
cell_widths (JnColumns *self, int *least, int *natural)
{
  *least = *natural = 0;
  for (guint i = 0; i < self->children->len; i++)
    {
      JnColumn *child = &g_array_index (self->children, JnColumn, i);
      int min = 0, nat = 0;

      if (!gtk_widget_get_visible (child->widget))
        continue;
      gtk_widget_get_preferred_width (child->widget, &min, &nat);
      *least = MAX (*least, child->wide ? (min - GAP_ACROSS) / 2 : min);
      *natural = MAX (*natural, child->wide ? (nat - GAP_ACROSS) / 2 : nat);
    }
}

static gboolean
is_single (JnColumns *self, int width)
{
  int least, natural;

  cell_widths (self, &least, &natural);
  return width < 2 * least + GAP_ACROSS;
}

static int
cell_width (const JnRow *row, int width)
{
  return row->wide ? width : MAX (1, (width - GAP_ACROSS) / 2);
}

static void
row_height (const JnRow *row, int width, int *least, int *natural)
{
  *least = *natural = 0;
  for (int i = 0; i < 2 && row->cells[i] != NULL; i++)
    {
      int min = 0, nat = 0;

      gtk_widget_get_preferred_height_for_width (row->cells[i], cell_width (row, width), &min,
                                                 &nat);
      *least = MAX (*least, min);
      *natural = MAX (*natural, nat);
    }
}

static GtkSizeRequestMode
jn_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jn_columns_get_preferred_width (GtkWidget *widget, int *least, int *natural)
{
  int min, nat;

  cell_widths (JN_COLUMNS (widget), &min, &nat);
  *least = min;
  *natural = 2 * nat + GAP_ACROSS;
}

static void
jn_columns_get_preferred_height_for_width (GtkWidget *widget, int width, int *least, int *natural)
{
  JnColumns *self = JN_COLUMNS (widget);
  gboolean single = is_single (self, width);
  JnRow row;

  *least = *natural = 0;
  for (guint at = 0, n = 0; next_row (self, single, &at, &row); n++)
    {
      int min, nat;

      row_height (&row, width, &min, &nat);
      *least += min + (n > 0 ? GAP_DOWN : 0);
      *natural += nat + (n > 0 ? GAP_DOWN : 0);
    }
}

static void
jn_columns_get_preferred_height (GtkWidget *widget, int *least, int *natural)
{
  int min, nat;

  jn_columns_get_preferred_width (widget, &min, &nat);
  jn_columns_get_preferred_height_for_width (widget, nat, least, natural);
}

static void
allocate_row (const JnRow *row, const GtkAllocation *all, int y, int height)
{
  gboolean right_to_left
      = gtk_widget_get_direction (row->cells[0]) == GTK_TEXT_DIR_RTL && !row->wide;
  int width = cell_width (row, all->width);

  for (int i = 0; i < 2 && row->cells[i] != NULL; i++)
    {
      gboolean second = (i == 1) != right_to_left;
      GtkAllocation cell = { all->x + (second ? width + GAP_ACROSS : 0), y, width, height };

      gtk_widget_size_allocate (row->cells[i], &cell);
    }
}

static void
jn_columns_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  JnColumns *self = JN_COLUMNS (widget);
  gboolean single = is_single (self, allocation->width);
  int y = allocation->y;
  JnRow row;

  gtk_widget_set_allocation (widget, allocation);
  for (guint at = 0; next_row (self, single, &at, &row);)
    {
      int min, nat;

      row_height (&row, allocation->width, &min, &nat);
      allocate_row (&row, allocation, y, nat);
      y += nat + GAP_DOWN;
    }
}

static void
jn_columns_container_add (GtkContainer *container, GtkWidget *child)
{
  jn_columns_add (JN_COLUMNS (container), child, FALSE);
}

static void
jn_columns_remove (GtkContainer *container, GtkWidget *child)
{
  JnColumns *self = JN_COLUMNS (container);

  for (guint i = 0; i < self->children->len; i++)
    if (g_array_index (self->children, JnColumn, i).widget == child)
      {
        g_array_remove_index (self->children, i);
        gtk_widget_unparent (child);
        gtk_widget_queue_resize (GTK_WIDGET (self));
        return;
      }
}

static void
jn_columns_forall (GtkContainer *container,
                   gboolean internals,
                   GtkCallback callback,
                   gpointer user_data)
{
  JnColumns *self = JN_COLUMNS (container);
  g_autofree JnColumn *children = g_memdup2 (
      self->children->data, self->children->len * sizeof (JnColumn)); /* it may take them out */
  guint n = self->children->len;

  for (guint i = 0; i < n; i++)
    callback (children[i].widget, user_data);
}

static GType
jn_columns_child_type (GtkContainer *container)
{
  return GTK_TYPE_WIDGET;
}

static void
jn_columns_finalize (GObject *object)
{
  g_array_unref (JN_COLUMNS (object)->children);
  G_OBJECT_CLASS (jn_columns_parent_class)->finalize (object);
}

static void
jn_columns_class_init (JnColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkContainerClass *container_class = GTK_CONTAINER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jn_columns_finalize;
  widget_class->get_request_mode = jn_columns_get_request_mode;
  widget_class->get_preferred_width = jn_columns_get_preferred_width;
  widget_class->get_preferred_height = jn_columns_get_preferred_height;
  widget_class->get_preferred_height_for_width = jn_columns_get_preferred_height_for_width;
  widget_class->size_allocate = jn_columns_size_allocate;
  container_class->add = jn_columns_container_add;
  container_class->remove = jn_columns_remove;
  container_class->forall = jn_columns_forall;
  container_class->child_type = jn_columns_child_type;
}

static void
jn_columns_init (JnColumns *self)
{
  gtk_widget_set_has_window (GTK_WIDGET (self), FALSE);
  self->children = g_array_new (FALSE, FALSE, sizeof (JnColumn));
}

GtkWidget *
jn_columns_new (void)
{
  return g_object_new (JN_TYPE_COLUMNS, NULL);
}

void
jn_columns_add (JnColumns *self, GtkWidget *child, gboolean wide)
{
  JnColumn column = { child, wide };

  g_array_append_val (self->children, column);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
