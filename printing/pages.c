/* pages.c: boxes broken into pages. */
#include "printing/pages.h"

#include <math.h>

/* Lines of a split text that stand together at the least, at the foot of a page and at the head of the next */
#define LINES_TOGETHER 2

/* White inside a frame whose text goes on */
#define FRAME_INSET 12

typedef struct
{
  const JnPages *pages;
  GArray *boxes;
  GArray *spots;
  guint page;
  double y;
  gboolean fresh; /* nothing stands on this page yet */
  int head;       /* the box of the table's head that stands above, -1 for none */
} Breaker;

static JnBox *
box_at (const Breaker *self, guint i)
{
  return &g_array_index (self->boxes, JnBox, i);
}

static void
place (Breaker *self, guint i)
{
  JnSpot spot = { i, self->page, self->y };

  g_array_append_val (self->spots, spot);
  self->y += box_at (self, i)->height;
  self->fresh = FALSE;
}

/* What must stand together with box i: the boxes that it keeps, and the first that they keep to. */
static double
height_of_group (const Breaker *self, guint i)
{
  double height = box_at (self, i)->height;

  while (box_at (self, i)->keep && i + 1 < self->boxes->len)
    {
      i++;
      height += box_at (self, i)->before + box_at (self, i)->height;
    }
  return height;
}

static void
turn_page (Breaker *self, guint i)
{
  self->page++;
  self->y = self->pages->top;
  self->fresh = TRUE;
  if (box_at (self, i)->in_table && self->head >= 0)
    {
      place (self, self->head);
      self->y += box_at (self, i)->before;
      self->fresh = TRUE;
    }
}

/* -- a box that is taller than a page -------------------------------------------------------------------- */

static double
line_bottom (PangoLayoutIter *iter)
{
  int bottom;

  pango_layout_iter_get_line_yrange (iter, NULL, &bottom);
  return (double)bottom / PANGO_SCALE;
}

/* How many lines of a text at @y end above @height; none where too few would stand alone. */
static int
count_lines_above (const JnPiece *piece, double height)
{
  PangoLayoutIter *iter = pango_layout_get_iter (piece->text);
  int n = 0, all = pango_layout_get_line_count (piece->text);

  do
    if (piece->y + line_bottom (iter) > height)
      break;
  while (++n < all && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  if (n < all && all - n < LINES_TOGETHER)
    n = all - LINES_TOGETHER;
  return n < LINES_TOGETHER && n < all ? 0 : n;
}

/* Cuts the text after @n lines; what is left of it comes back. */
static PangoLayout *
cut_text (PangoLayout *text, int n)
{
  int at = pango_layout_get_line_readonly (text, n)->start_index;
  PangoLayout *rest = pango_layout_copy (text);
  g_autofree char *whole = g_strdup (pango_layout_get_text (text));
  PangoAttrList *attributes = pango_attr_list_copy (pango_layout_get_attributes (text));

  pango_attr_list_update (attributes, 0, at, 0);
  pango_layout_set_attributes (rest, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (rest, whole + at, -1);
  pango_layout_set_text (text, whole, at);
  return rest;
}

static double
text_height (PangoLayout *text)
{
  int height;

  pango_layout_get_size (text, NULL, &height);
  return ceil ((double)height / PANGO_SCALE);
}

/* Texts are cut or moved, a frame stands around both parts, all else goes where it is. */
static void
part_piece (JnBox *box, guint i, double height, JnBox *rest)
{
  JnPiece *piece = &g_array_index (box->pieces, JnPiece, i);
  JnPiece other = *piece;
  int n = piece->type == JN_PIECE_TEXT ? count_lines_above (piece, height) : 0;

  if (piece->type == JN_PIECE_TEXT && n > 0 && n < pango_layout_get_line_count (piece->text))
    {
      other.text = cut_text (piece->text, n);
      other.y = 0;
      other.height = text_height (other.text);
      piece->height = text_height (piece->text);
    }
  else if (piece->type == JN_PIECE_FRAME)
    piece->height = height;
  else if (piece->y + piece->height <= height)
    return;
  else
    {
      other.y = fmax (0, piece->y - height);
      piece->text = NULL;
      piece->qr = NULL;
      piece->image = NULL;
      piece->type = JN_PIECE_NOTHING;
    }
  g_array_append_val (rest->pieces, other);
}

/* The frame around a text that goes on; NULL for none */
static JnPiece *
find_frame (JnBox *box)
{
  for (guint i = 0; i < box->pieces->len; i++)
    if (g_array_index (box->pieces, JnPiece, i).type == JN_PIECE_FRAME)
      return &g_array_index (box->pieces, JnPiece, i);
  return NULL;
}

/* Later texts follow the first one that goes on. */
static void
stack_texts (JnBox *rest)
{
  JnPiece *frame = find_frame (rest);
  double inset = frame != NULL ? FRAME_INSET : 0, y = inset;

  for (guint i = 0; i < rest->pieces->len; i++)
    {
      JnPiece *piece = &g_array_index (rest->pieces, JnPiece, i);

      if (piece->type != JN_PIECE_TEXT)
        continue;
      piece->y = fmax (piece->y, y);
      y = piece->y + piece->height;
    }
  rest->height = y + inset;
  if (frame != NULL)
    frame->height = rest->height;
}

/* Parts box @i at @height; FALSE where nothing of it would stand above. */
static gboolean
split (Breaker *self, guint i, double height)
{
  JnBox *box = box_at (self, i);
  JnBox rest = { .before = box->before, .keep = box->keep, .in_table = box->in_table };
  guint n = box->pieces->len;
  gboolean any = FALSE;

  for (guint k = 0; k < n && !any; k++)
    {
      const JnPiece *piece = &g_array_index (box->pieces, JnPiece, k);

      any = piece->type == JN_PIECE_TEXT && count_lines_above (piece, height) > 0;
    }
  if (!any)
    return FALSE;
  rest.pieces = jn_pieces_new ();
  for (guint k = 0; k < n; k++)
    part_piece (box, k, height, &rest);
  stack_texts (&rest);
  box->height = height;
  box->keep = FALSE;
  g_array_insert_val (self->boxes, i + 1, rest);
  return TRUE;
}

/* -- filling --------------------------------------------------------------------------------------------- */

static void
find_place (Breaker *self, guint i)
{
  const JnBox *box = box_at (self, i);
  double y = self->fresh ? self->y : self->y + ceil (box->before);
  double room = self->pages->bottom - y, page = self->pages->bottom - self->pages->top;

  self->y = y;
  if (height_of_group (self, i) <= room)
    return;
  if (box->height > page && split (self, i, floor (room)))
    return;
  if (!self->fresh)
    turn_page (self, i);
  if (box_at (self, i)->height > self->pages->bottom - self->y)
    split (self, i, floor (self->pages->bottom - self->y));
}

guint
jn_pages_fill (const JnPages *pages, GArray *boxes, GArray *spots, double *end)
{
  Breaker self = { pages, boxes, spots, 0, pages->first_top, TRUE, -1 };

  for (guint i = 0; i < boxes->len; i++)
    {
      find_place (&self, i);
      if (box_at (&self, i)->repeat)
        self.head = i;
      else if (!box_at (&self, i)->in_table)
        self.head = -1;
      place (&self, i);
    }
  *end = self.y;
  return self.page + 1;
}
