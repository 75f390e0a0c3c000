/* table.c: a table of words whose cells stay where they are. */
#include "ui/table.h"

#include "ui/widgets.h"

struct _JnTable
{
  GtkBin parent;

  GtkWidget *grid;
  guint n_columns;
  guint wide;
  guint numbers;
  GPtrArray *cells; /* of GtkLabel, row by row */
  GPtrArray *buttons;
  guint shown;
};

G_DEFINE_TYPE (JnTable, jn_table, GTK_TYPE_BIN)

static guint row_signal;

static void
clicked_cb (GtkButton *button, JnTable *self)
{
  g_signal_emit (self, row_signal, 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "row")), button);
}

static gboolean
is_number (JnTable *self, guint column)
{
  return (self->numbers >> column & 1) != 0;
}

static void
attach (JnTable *self, GtkWidget *widget, guint column, guint row)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (self->grid), widget, (int)column, (int)row, 1, 1);
  gtk_widget_show (widget);
}

static void
add_row (JnTable *self)
{
  guint row = self->buttons->len;
  GtkWidget *button = gtk_button_new ();

  for (guint column = 0; column < self->n_columns; column++)
    {
      GtkWidget *cell = jn_text_new (NULL, "number");

      gtk_widget_set_hexpand (cell, column == self->wide);
      gtk_widget_set_halign (cell, is_number (self, column) ? GTK_ALIGN_END : GTK_ALIGN_START);
      attach (self, cell, column, row + 1);
      g_ptr_array_add (self->cells, cell);
    }
  jn_add_classes (button, "act quiet");
  g_object_set_data (G_OBJECT (button), "row", GUINT_TO_POINTER (row));
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  attach (self, button, self->n_columns, row + 1);
  gtk_widget_set_no_show_all (button, TRUE);
  gtk_widget_hide (button);
  g_ptr_array_add (self->buttons, button);
}

static GtkWidget *
cell_at (JnTable *self, guint row, guint column)
{
  return self->cells->pdata[row * self->n_columns + column];
}

void
jn_table_set_n_rows (JnTable *self, guint n)
{
  while (self->buttons->len < n)
    add_row (self);
  for (guint row = 0; row < self->buttons->len; row++)
    {
      gboolean shown = row < n;

      for (guint column = 0; column < self->n_columns; column++)
        gtk_widget_set_visible (cell_at (self, row, column), shown);
      if (!shown)
        gtk_widget_hide (self->buttons->pdata[row]);
    }
  self->shown = n;
}

void
jn_table_set_cell (JnTable *self, guint row, guint column, const char *text)
{
  g_return_if_fail (row < self->shown && column < self->n_columns);
  jn_label_set (cell_at (self, row, column), text);
}

void
jn_table_set_tag (JnTable *self, guint row, guint column, const char *text, const char *kind)
{
  static const char *const kinds[] = { "good", "soon", "late" };
  GtkWidget *cell;

  g_return_if_fail (row < self->shown && column < self->n_columns);
  cell = cell_at (self, row, column);
  jn_label_set (cell, text);
  jn_set_class (cell, "tag", text != NULL && *text != '\0');
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    jn_set_class (cell, kinds[i], g_strcmp0 (kinds[i], kind) == 0 && text != NULL);
}

void
jn_table_set_button (JnTable *self, guint row, const char *icon, const char *label)
{
  GtkWidget *button;

  g_return_if_fail (row < self->shown);
  button = self->buttons->pdata[row];
  gtk_widget_set_visible (button, label != NULL);
  if (label == NULL)
    return;
  if (gtk_bin_get_child (GTK_BIN (button)) == NULL)
    {
      gtk_container_add (GTK_CONTAINER (button), jn_icon_new (icon, 16));
      gtk_widget_show (gtk_bin_get_child (GTK_BIN (button)));
    }
  jn_set_name (button, label);
  gtk_widget_set_tooltip_text (button, label);
}

static void
jn_table_finalize (GObject *object)
{
  g_ptr_array_unref (JN_TABLE (object)->cells);
  g_ptr_array_unref (JN_TABLE (object)->buttons);
  G_OBJECT_CLASS (jn_table_parent_class)->finalize (object);
}

static void
jn_table_class_init (JnTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_table_finalize;
  row_signal = g_signal_new ("row", JN_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 2, G_TYPE_UINT, GTK_TYPE_WIDGET);
}

static void
jn_table_init (JnTable *self)
{
  self->cells = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_show (self->grid);
  gtk_container_add (GTK_CONTAINER (self), self->grid);
}

GtkWidget *
jn_table_new (const char *name, const char *const *heads, guint wide, guint numbers)
{
  JnTable *self = g_object_new (JN_TYPE_TABLE, NULL);

  self->wide = wide;
  self->numbers = numbers;
  for (const char *const *head = heads; *head != NULL; head++)
    {
      GtkWidget *label = jn_text_new (*head, "small");

      gtk_widget_set_halign (label,
                             is_number (self, self->n_columns) ? GTK_ALIGN_END : GTK_ALIGN_START);
      jn_set_role (label, ATK_ROLE_COLUMN_HEADER);
      attach (self, label, self->n_columns, 0);
      self->n_columns++;
    }
  jn_set_role (self->grid, ATK_ROLE_TABLE);
  jn_set_name (self->grid, name);
  return GTK_WIDGET (self);
}
