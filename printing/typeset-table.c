/* typeset-table.c: a table: narrow columns as wide as they need, the others share what is left.
 *
 * Where that is too little to read (three columns on a 58 mm roll), a row takes two lines: the growing cells
 * above, the narrow ones below them. */
#include "printing/typeset.h"

#include <math.h>

/* What no column that does not grow may take more of. */
#define FIXED_MOST 0.45

/* What the growing ones must be left, or the row takes two lines. */
#define GROWING_LEAST 0.45

typedef struct
{
  JnSetter *setter;
  const JnBlock *block;
  guint n;
  double gutter;
  guint n_growing;
  gboolean two_lines;
  double x[JN_MAX_COLUMNS];
  double width[JN_MAX_COLUMNS];
} Table;

static const JnColumn *
column_at (const Table *self, guint i)
{
  return &g_array_index (self->block->columns, JnColumn, i);
}

gboolean
jn_block_has_head (const JnBlock *table)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (g_array_index (table->columns, JnColumn, i).header.first != NULL)
      return TRUE;
  return FALSE;
}

static JnFace
face_of (const Table *self, guint column, gboolean head, gboolean total)
{
  const JnStyle *style = self->setter->style;
  JnFace face = { head ? style->second : style->text, head ? style->small : style->second, total,
                  column_at (self, column)->align };

  return face;
}

static double
natural_width (const Table *self, const char *text, gboolean second, double size, gboolean bold)
{
  PangoLayout *layout;
  double width;

  if (text == NULL)
    return 0;
  layout = jn_setter_make_text (self->setter, text, second, size, bold, JN_ALIGN_START);
  width = jn_text_get_width (layout) + 1;
  g_object_unref (layout);
  return width;
}

/* fmax () and not MAX (), which would measure, or set, twice. */
static double
pair_width (const Table *self, JnWords words, JnFace face)
{
  return fmax (natural_width (self, words.first, FALSE, face.first, face.bold),
               natural_width (self, words.second, TRUE, face.second, face.bold));
}

static double
fixed_width (const Table *self, guint column, double most)
{
  double width
      = pair_width (self, column_at (self, column)->header, face_of (self, column, TRUE, FALSE));

  for (guint i = 0; i < self->block->rows->len && width < most; i++)
    {
      const JnRow *row = &g_array_index (self->block->rows, JnRow, i);

      width = fmax (
          width, pair_width (self, row->cells[column], face_of (self, column, FALSE, row->total)));
    }
  return MIN (width, most);
}

/* On a line of their own the narrow cells are as wide as they need, closer together if need be: a number is
 * not broken. */
static void
widen_narrow (Table *self)
{
  double widths[JN_MAX_COLUMNS];
  double all = 0;
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    if (!column_at (self, i)->grow)
      {
        all += widths[i] = fixed_width (self, i, self->setter->width);
        n++;
      }
  if (all + self->gutter * (n - 1) > self->setter->width)
    self->gutter = self->setter->style->gap;
  if (all + self->gutter * (n - 1) > self->setter->width)
    return;
  for (guint i = 0; i < self->n; i++)
    if (!column_at (self, i)->grow)
      self->width[i] = widths[i];
}

static void
measure_columns (Table *self)
{
  double left = self->setter->width - self->gutter * (self->n - 1);
  double most = floor (self->setter->width * FIXED_MOST);
  double x = self->setter->left;

  for (guint i = 0; i < self->n; i++)
    if (column_at (self, i)->grow)
      self->n_growing++;
    else
      left -= self->width[i] = fixed_width (self, i, most);
  self->two_lines
      = self->n_growing > 0 && self->n > 2 && left < self->setter->width * GROWING_LEAST;
  if (self->two_lines)
    widen_narrow (self);
  for (guint i = 0; i < self->n; i++)
    {
      if (column_at (self, i)->grow)
        self->width[i] = floor (MAX (left, 40) / self->n_growing);
      self->x[i] = x;
      x += self->width[i] + self->gutter;
    }
}

static double
put_cell (const Table *self,
          JnBox *box,
          guint i,
          double x,
          double y,
          double width,
          JnWords cell,
          JnFace face)
{
  return y + jn_setter_put_pair (self->setter, box, x, y, width, cell, &face);
}

static void
put_beside (const Table *self, JnBox *box, const JnWords *cells, gboolean head, gboolean total)
{
  double top = box->height;

  for (guint i = 0; i < self->n; i++)
    {
      double bottom = put_cell (self, box, i, self->x[i], top, self->width[i], cells[i],
                                face_of (self, i, head, total));

      box->height = fmax (box->height, bottom);
    }
}

static gboolean
is_empty (JnWords cell)
{
  return (cell.first == NULL || *cell.first == '\0') && cell.second == NULL;
}

/* What the narrow cells of this row leave: a sum's row has one of them, and stays on one line. */
static double
measure_rest (const Table *self, const JnWords *cells)
{
  double rest = self->setter->width;

  for (guint i = 0; i < self->n; i++)
    if (!column_at (self, i)->grow && !is_empty (cells[i]))
      rest -= self->width[i] + self->gutter;
  return rest;
}

static double
put_growing (const Table *self,
             JnBox *box,
             const JnWords *cells,
             double width,
             gboolean head,
             gboolean total)
{
  double y = box->height;

  for (guint i = 0; i < self->n; i++)
    if (column_at (self, i)->grow)
      y = put_cell (self, box, i, self->setter->left, y, width, cells[i],
                    face_of (self, i, head, total));
  return y;
}

/* On a line of their own: the first cell, and after it what begins at its left, run from the left edge. Sets
 * @next to the first that does not. */
static double
put_leading (const Table *self,
             JnBox *box,
             const JnWords *cells,
             double y,
             gboolean head,
             gboolean total,
             guint *next)
{
  double x = self->setter->left, bottom = y;
  gboolean any = FALSE;
  guint i;

  for (i = 0; i < self->n; i++)
    {
      JnFace face = face_of (self, i, head, total);

      if (column_at (self, i)->grow || (is_empty (cells[i]) && !any))
        continue;
      if (any && face.align != JN_ALIGN_START)
        break;
      bottom = fmax (bottom, put_cell (self, box, i, x, y, self->width[i], cells[i], face));
      x += self->width[i] + self->gutter;
      any = TRUE;
    }
  *next = i;
  return bottom;
}

/* From the right edge leftwards, so that amounts stand below each other. */
static double
put_narrow (const Table *self,
            JnBox *box,
            const JnWords *cells,
            double y,
            gboolean own_line,
            gboolean head,
            gboolean total)
{
  double right = self->setter->left + self->setter->width, bottom = y;
  guint first = 0;

  if (own_line)
    bottom = put_leading (self, box, cells, y, head, total, &first);
  for (guint i = self->n; i-- > first;)
    {
      JnFace face = face_of (self, i, head, total);
      double x = right - self->width[i];

      if (column_at (self, i)->grow || is_empty (cells[i]))
        continue;
      bottom = fmax (bottom, put_cell (self, box, i, x, y, self->width[i], cells[i], face));
      right = x - self->gutter;
    }
  return bottom;
}

static void
put_below (const Table *self, JnBox *box, const JnWords *cells, gboolean head, gboolean total)
{
  double rest = measure_rest (self, cells);
  gboolean own_line = rest < self->setter->width * GROWING_LEAST;
  double top = box->height;
  double bottom
      = put_growing (self, box, cells, own_line ? self->setter->width : rest, head, total);
  double y = own_line ? bottom : top;

  box->height = fmax (bottom, put_narrow (self, box, cells, y, own_line, head, total));
}

static void
put_cells (const Table *self, JnBox *box, const JnWords *cells, gboolean head, gboolean total)
{
  if (self->two_lines)
    put_below (self, box, cells, head, total);
  else
    put_beside (self, box, cells, head, total);
}

static void
put_rule (Table *self, JnBox *box, double thickness)
{
  jn_box_add_fill (box, self->setter->left, box->height, self->setter->width, thickness);
  box->height += thickness;
}

static void
set_head (Table *self)
{
  const JnStyle *style = self->setter->style;
  JnBox *box = jn_setter_begin_box (self->setter, style->gap);
  JnWords headers[JN_MAX_COLUMNS];

  for (guint i = 0; i < self->n; i++)
    headers[i] = column_at (self, i)->header;
  put_cells (self, box, headers, TRUE, FALSE);
  box->height += 3;
  put_rule (self, box, style->thin);
  box->keep = TRUE;
  box->repeat = TRUE;
}

static void
set_row (Table *self, const JnRow *row)
{
  const JnStyle *style = self->setter->style;
  JnBox *box = jn_setter_begin_box (self->setter, round (style->gap * 0.6));

  box->in_table = TRUE;
  if (row->total)
    {
      put_rule (self, box, style->thin);
      box->height += round (style->gap * 0.5);
    }
  put_cells (self, box, row->cells, FALSE, row->total);
}

void
jn_setter_set_table (JnSetter *setter, const JnBlock *block)
{
  Table self = { .setter = setter, .block = block, .n = block->columns->len };

  self.gutter = 2 * setter->style->gap;
  measure_columns (&self);
  if (jn_block_has_head (block))
    set_head (&self);
  for (guint i = 0; i < block->rows->len; i++)
    set_row (&self, &g_array_index (block->rows, JnRow, i));
}
