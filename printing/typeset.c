/* typeset.c: the blocks of a document, one after the other, as boxes of ink. */
#include "printing/typeset.h"

#include <math.h>

#include "printing/format.h"

#define SIGNATURE_ROOM 88 /* 11 mm to sign in */

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static JnAlign
head_align (const JnSetter *self)
{
  return self->style->centred ? JN_ALIGN_CENTRE : JN_ALIGN_START;
}

/* "COPY 2" cannot be overlooked and cannot be cut off: white on black above everything else. */
static void
set_copy_mark (JnSetter *self)
{
  guint copy = jn_document_get_copy (self->document);
  const char *second = jn_document_get_second_language (self->document);
  g_autofree char *mark = jn_format_copy (jn_document_get_language (self->document), copy);
  g_autofree char *other = second != NULL ? jn_format_copy (second, copy) : NULL;
  g_autofree char *both = other != NULL ? g_strconcat (mark, "  ·  ", other, NULL) : NULL;
  PangoLayout *text;
  double height, width;
  JnBox *box;

  if (copy == 0)
    return;
  box = jn_setter_begin_box (self, 0);
  text = jn_setter_make_text (self, both != NULL ? both : mark, FALSE, self->style->text, TRUE,
                              JN_ALIGN_CENTRE);
  width = self->style->centred ? self->width : jn_text_get_width (text) + 4 * self->style->gap;
  height = jn_text_get_height (text) + 8;
  pango_layout_set_width (text, width * PANGO_SCALE);
  jn_box_add_fill (box, self->left + self->width - width, 0, width, height);
  jn_box_add_text (box, text, self->left + self->width - width, 4)->white = TRUE;
  box->height = height;
}

static void
set_masthead (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  JnFace office = { style->office, style->second, TRUE, head_align (self) };
  JnFace place = { style->second, style->small, FALSE, head_align (self) };
  JnBox *box = jn_setter_begin_box (self, style->gap);

  box->height = jn_setter_put_pair (self, box, self->left, 0, self->width, block->head, &office);
  box->height
      += jn_setter_put_pair (self, box, self->left, box->height, self->width, block->body, &place);
  box->height += style->gap;
  jn_box_add_fill (box, self->left, box->height, self->width, style->thick);
  box->height += style->thick;
}

static void
set_title (JnSetter *self, const JnBlock *block)
{
  JnFace face = { self->style->title, self->style->text, TRUE, head_align (self) };
  JnBox *box = jn_setter_begin_box (self, 1.5 * self->style->gap);

  box->height = jn_setter_put_pair (self, box, self->left, 0, self->width, block->head, &face);
  box->keep = TRUE;
}

static void
set_number (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  gboolean ticket = jn_document_get_kind (self->document) == JN_DOCUMENT_TICKET;
  JnFace caption = { style->second, style->small, FALSE, head_align (self) };
  JnFace number = { ticket ? style->ticket : style->number, 0, TRUE, head_align (self) };
  JnBox *box = jn_setter_begin_box (self, style->gap);

  box->height = jn_setter_put_pair (self, box, self->left, 0, self->width, block->head, &caption);
  box->height
      += jn_setter_put_pair (self, box, self->left, box->height, self->width, block->body, &number);
}

static void
set_heading (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  JnFace face = { style->text, style->second, TRUE, JN_ALIGN_START };
  JnBox *box = jn_setter_begin_box (self, 2 * style->gap);

  box->height = jn_setter_put_pair (self, box, self->left, 0, self->width, block->head, &face);
  box->height += 2;
  jn_box_add_fill (box, self->left, box->height, self->width, style->thin);
  box->height += style->thin;
  box->keep = TRUE;
}

/* A value that is to be written by hand gets a line to write on. */
static double
put_value (JnSetter *self, JnBox *box, double x, double y, double width, JnWords value)
{
  const JnStyle *style = self->style;
  JnFace face = { style->text, style->second, FALSE, JN_ALIGN_START };
  double room = 2 * style->text;

  if (!is_empty (value.first) || !is_empty (value.second))
    return jn_setter_put_pair (self, box, x, y, width, value, &face);
  jn_box_add_fill (box, x, y + room - style->thin, width, style->thin);
  return room;
}

static double
first_baseline (const JnBox *box, guint i)
{
  const JnPiece *piece;

  if (i >= box->pieces->len)
    return 0;
  piece = &g_array_index (box->pieces, JnPiece, i);
  return piece->type == JN_PIECE_TEXT
             ? piece->y + pango_layout_get_baseline (piece->text) / (double)PANGO_SCALE
             : 0;
}

/* Label and value stand on one line, whatever their sizes are. */
static double
align_baselines (JnBox *box, guint first_of_label, guint first_of_value)
{
  double shift
      = round (first_baseline (box, first_of_value) - first_baseline (box, first_of_label));

  if (first_of_value >= box->pieces->len || shift <= 0)
    return 0;
  for (guint i = first_of_label; i < first_of_value; i++)
    g_array_index (box->pieces, JnPiece, i).y += shift;
  return shift;
}

static void
set_field_beside (JnSetter *self, JnBox *box, const JnBlock *block)
{
  const JnStyle *style = self->style;
  JnFace label = { style->second + 1, style->small, FALSE, JN_ALIGN_START };
  double column = floor (self->full_width * style->label);
  double height_label
      = jn_setter_put_pair (self, box, self->left, 0, column - style->gap, block->head, &label);
  guint n_label = box->pieces->len;
  double height_value
      = put_value (self, box, self->left + column, 0, self->width - column, block->body);

  height_label += align_baselines (box, 0, n_label);
  box->height = MAX (height_label, height_value);
}

static void
set_field_below (JnSetter *self, JnBox *box, const JnBlock *block)
{
  const JnStyle *style = self->style;
  g_autofree char *both = NULL;
  JnFace face = { style->second, style->small, FALSE, JN_ALIGN_START };
  JnWords label = block->head;

  if (!is_empty (label.second))
    {
      both = g_strconcat (label.first, " / ", label.second, NULL);
      label = jn_words (both, NULL);
    }
  box->height = jn_setter_put_pair (self, box, self->left, 0, self->width, label, &face);
  box->height += put_value (self, box, self->left, box->height, self->width, block->body);
}

static void
set_field (JnSetter *self, const JnBlock *block)
{
  JnBox *box = jn_setter_begin_box (self, round (self->style->gap * 0.6));

  if (self->style->label > 0)
    set_field_beside (self, box, block);
  else
    set_field_below (self, box, block);
}

static void
set_paragraph (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  gboolean framed = block->style == JN_PARAGRAPH_IMPORTANT;
  double size = block->style == JN_PARAGRAPH_SMALL ? style->small : style->text;
  JnFace face = { size, MIN (size, style->second), framed, JN_ALIGN_START };
  double inset = framed ? style->gap + style->thin : 0;
  JnBox *box = jn_setter_begin_box (self, framed ? 1.5 * style->gap : style->gap);

  box->height = jn_setter_put_pair (self, box, self->left + inset, inset, self->width - 2 * inset,
                                    block->head, &face)
                + 2 * inset;
  if (framed)
    jn_box_add_frame (box, self->left, 0, self->width, box->height, MAX (style->thin, 2));
}

static void
add_mark (JnSetter *self, JnBox *box, int mark, double size)
{
  double side = round (size * 0.72);
  double top = round (first_baseline (box, 0) - side + size * 0.04);
  JnPiece tick = { JN_PIECE_TICK, self->left, top, side, side, .stroke = 3 };

  if (mark == JN_ITEM_BULLET)
    {
      double dot = round (size * 0.22);

      jn_box_add_fill (box, self->left + dot, top + round (side / 2), dot, dot);
      return;
    }
  jn_box_add_frame (box, self->left, top, side, side, 2);
  if (mark == JN_ITEM_DONE)
    g_array_append_val (box->pieces, tick);
}

static void
set_item (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  JnFace text = { style->text, style->second, FALSE, JN_ALIGN_START };
  JnFace note = { style->second, style->small, FALSE, JN_ALIGN_START };
  double indent = round (style->text * 1.2);
  double x = self->left + indent, width = self->width - indent;
  JnBox *box = jn_setter_begin_box (self, round (style->gap * 0.6));

  box->height = jn_setter_put_pair (self, box, x, 0, width, block->head, &text);
  box->height += jn_setter_put_pair (self, box, x, box->height, width, block->body, &note);
  add_mark (self, box, block->style, style->text);
}

static void
set_rule (JnSetter *self)
{
  JnBox *box = jn_setter_begin_box (self, 1.5 * self->style->gap);

  jn_box_add_fill (box, self->left, 0, self->width, self->style->thin);
  box->height = self->style->thin;
}

static void
add_qr (JnBox *box, JnQr *qr, double x, double y, guint module)
{
  JnPiece piece = { .type = JN_PIECE_QR, .x = x, .y = y, .qr = qr, .module = module };

  piece.width = piece.height = jn_qr_get_width (qr) * module;
  g_array_append_val (box->pieces, piece);
}

/* Rolls: in the middle with the caption below. */
static void
set_qr_centred (JnSetter *self, JnBox *box, JnQr *qr, guint module, JnWords caption)
{
  const JnStyle *style = self->style;
  JnFace face = { style->second, style->small, FALSE, JN_ALIGN_CENTRE };
  double quiet = JN_QR_QUIET_ZONE * module, side = jn_qr_get_width (qr) * module;
  double paper = jn_paper_get_size (self->paper)->width;

  add_qr (box, qr, floor ((paper - side) / 2), quiet, module);
  box->height = side + 2 * quiet;
  box->height
      += jn_setter_put_pair (self, box, self->left, box->height, self->width, caption, &face);
}

/* Sheets: at the right of the page's head, the caption below; what follows runs beside it. */
static void
set_qr_floating (JnSetter *self, JnBox *box, JnQr *qr, guint module, JnWords caption)
{
  const JnStyle *style = self->style;
  JnFace face = { style->second, style->small, FALSE, JN_ALIGN_START };
  double quiet = JN_QR_QUIET_ZONE * module, side = jn_qr_get_width (qr) * module;
  double x = self->left + self->width - side;

  add_qr (box, qr, x, quiet, module);
  self->floating = side + 2 * quiet;
  self->floating += jn_setter_put_pair (self, box, x, self->floating, side, caption, &face);
  self->width -= side + quiet + style->gap;
}

static gboolean
set_qr (JnSetter *self, const JnBlock *block, GError **error)
{
  g_autoptr(JnQr) qr = jn_qr_new (block->body.first != NULL ? block->body.first : "", error);
  guint module;
  JnBox *box;

  if (qr == NULL)
    return FALSE;
  module = jn_qr_fit_module (qr, self->paper);
  if (module == 0)
    {
      g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE,
                   "A QR symbol of %u modules cannot be read from this paper",
                   jn_qr_get_width (qr));
      return FALSE;
    }
  box = jn_setter_begin_box (self, self->style->gap);
  if (self->style->centred)
    set_qr_centred (self, box, g_steal_pointer (&qr), module, block->head);
  else
    set_qr_floating (self, box, g_steal_pointer (&qr), module, block->head);
  return TRUE;
}

static void
set_signature (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  JnFace label = { style->second, style->small, FALSE, JN_ALIGN_START };
  JnFace name = { style->text, style->second, FALSE, JN_ALIGN_START };
  double width = style->centred ? self->width : round (self->width * 0.55);
  JnBox *box = jn_setter_begin_box (self, 2 * style->gap);

  if (block->png != NULL)
    jn_box_add_signature (box, block->png, self->left, width, SIGNATURE_ROOM);
  box->height = SIGNATURE_ROOM;
  jn_box_add_fill (box, self->left, box->height, width, style->thin);
  box->height += style->thin + 4;
  box->height
      += jn_setter_put_pair (self, box, self->left, box->height, width, block->head, &label);
  box->height += jn_setter_put_pair (self, box, self->left, box->height, width, block->body, &name);
}

static gboolean
set_block (JnSetter *self, const JnBlock *block, GError **error)
{
  switch (block->type)
    {
    case JN_BLOCK_MASTHEAD:
      set_masthead (self, block);
      return TRUE;
    case JN_BLOCK_TITLE:
      set_title (self, block);
      return TRUE;
    case JN_BLOCK_NUMBER:
      set_number (self, block);
      return TRUE;
    case JN_BLOCK_HEADING:
      set_heading (self, block);
      return TRUE;
    case JN_BLOCK_FIELD:
      set_field (self, block);
      return TRUE;
    case JN_BLOCK_PARAGRAPH:
      set_paragraph (self, block);
      return TRUE;
    case JN_BLOCK_ITEM:
      set_item (self, block);
      return TRUE;
    case JN_BLOCK_TABLE:
      jn_setter_set_table (self, block);
      return TRUE;
    case JN_BLOCK_RULE:
      set_rule (self);
      return TRUE;
    case JN_BLOCK_QR:
      return set_qr (self, block, error);
    case JN_BLOCK_SIGNATURE:
      set_signature (self, block);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/* What was set from box @from on. */
static double
measure_height (const JnSetter *self, guint from)
{
  double height = 0;

  for (guint i = from; i < self->boxes->len; i++)
    {
      const JnBox *box = &g_array_index (self->boxes, JnBox, i);

      height += ceil (box->before) + box->height;
    }
  return height;
}

/* Where the text beside a symbol is shorter than the symbol, the rest begins below it. */
static void
end_floating (JnSetter *self, guint from, gboolean filled)
{
  double left = self->floating - measure_height (self, from);

  if (self->floating == 0 || (left > 0 && !filled))
    return;
  if (left > 0)
    jn_setter_begin_box (self, 0)->height = ceil (left);
  self->width = self->full_width;
  self->floating = 0;
}

/* On a sheet the symbol stands beside the title, wherever it comes in the reading order. */
static int
find_floating (const JnSetter *self)
{
  if (self->style->centred)
    return -1;
  for (guint i = 0; i < jn_document_get_n_blocks (self->document); i++)
    if (jn_document_get_block (self->document, i)->type == JN_BLOCK_QR)
      return i;
  return -1;
}

static gboolean
set_blocks (JnSetter *self, int floating, GError **error)
{
  gboolean floated = floating < 0;
  guint from = 0;

  for (int i = 0; i < (int)jn_document_get_n_blocks (self->document); i++)
    {
      const JnBlock *block = jn_document_get_block (self->document, i);

      if (!floated && block->type != JN_BLOCK_MASTHEAD)
        {
          from = self->boxes->len;
          floated = TRUE;
          if (!set_block (self, jn_document_get_block (self->document, floating), error))
            return FALSE;
        }
      end_floating (self, from, block->type == JN_BLOCK_TABLE);
      if (i != floating && !set_block (self, block, error))
        return FALSE;
    }
  end_floating (self, from, TRUE);
  return TRUE;
}

gboolean
jn_setter_set_document (JnSetter *self, GError **error)
{
  self->full_width = self->width;
  set_copy_mark (self);
  return set_blocks (self, find_floating (self), error);
}
