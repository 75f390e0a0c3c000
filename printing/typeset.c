/* typeset.c: the blocks of a document, one after the other, as boxes of ink. */
#include "printing/typeset.h"

#include <math.h>

#include "printing/format.h"

#define SIGNATURE_ROOM 88 /* 11 mm to sign in */
#define CAPTION_LEAST 280 /* 35 mm: below a small symbol on a sheet */
#define LONG_TITLE 0.72   /* of its size, at the least */
#define PLACE_SHARE 0.38  /* of a sheet's width, at the right of its head */

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

/* Rolls: the place below the office. Sheets: at the right, which saves lines and balances the page. */
static void
set_masthead (JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  gboolean beside = !style->centred && !is_empty (block->body.first);
  JnFace office = { style->office, style->second, TRUE, head_align (self) };
  JnFace place = { style->second, style->small, FALSE, beside ? JN_ALIGN_END : head_align (self) };
  double room = beside ? floor (self->width * PLACE_SHARE) : self->width;
  double left = beside ? self->width - room - style->gap : self->width;
  JnBox *box = jn_setter_begin_box (self, style->gap);
  double y;

  box->height = jn_setter_put_pair (self, box, self->left, 0, left, block->head, &office);
  y = beside ? 0 : box->height;
  y += (beside ? jn_setter_put_pair : jn_setter_put_joined) (
      self, box, self->left + self->width - room, y, room, block->body, &place);
  box->height = fmax (box->height, y) + style->gap;
  jn_box_add_fill (box, self->left, box->height, self->width, style->thick);
  box->height += style->thick;
}

/* A long title is set smaller before it takes a second line. */
static double
title_size (const JnSetter *self, const char *title)
{
  double size = self->style->title;
  PangoLayout *text = jn_setter_make_text (self, title, FALSE, size, TRUE, JN_ALIGN_START);
  double width = jn_text_get_width (text);

  g_object_unref (text);
  return width <= self->width ? size : fmax (size * LONG_TITLE, floor (size * self->width / width));
}

static void
set_title (JnSetter *self, const JnBlock *block)
{
  JnFace face = { self->style->title, self->style->text, TRUE, head_align (self) };
  JnBox *box = jn_setter_begin_box (self, 1.5 * self->style->gap);

  if (!is_empty (block->head.first))
    face.first = title_size (self, block->head.first);
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

  box->height = jn_setter_put_joined (self, box, self->left, 0, self->width, block->head, &caption);
  box->height
      += jn_setter_put_pair (self, box, self->left, box->height, self->width, block->body, &number);
}

/* A table's own head has a rule already. */
static gboolean
heads_a_table (const JnBlock *next)
{
  return next != NULL && next->type == JN_BLOCK_TABLE && jn_block_has_head (next);
}

static void
set_heading (JnSetter *self, const JnBlock *block, const JnBlock *next)
{
  const JnStyle *style = self->style;
  JnFace face = { style->text, style->second, TRUE, JN_ALIGN_START };
  JnBox *box = jn_setter_begin_box (self, 2 * style->gap);

  box->height = jn_setter_put_line (self, box, self->left, 0, self->width, block->head, &face);
  box->keep = TRUE;
  if (heads_a_table (next))
    return;
  box->height += 2;
  jn_box_add_fill (box, self->left, box->height, self->width, style->thin);
  box->height += style->thin;
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
  double top = round (jn_box_get_baseline (box, 0) - side + size * 0.04);
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

  if (style->centred)
    {
      box->height = jn_setter_put_pair (self, box, x, 0, width, block->head, &text);
      box->height += jn_setter_put_pair (self, box, x, box->height, width, block->body, &note);
    }
  else
    {
      box->height = jn_setter_put_line (self, box, x, 0, width, block->head, &text);
      box->height += jn_setter_put_line (self, box, x, box->height, width, block->body, &note);
    }
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
  double paper = self->size->width;

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
  JnFace face = { style->second, style->small, FALSE, JN_ALIGN_END };
  double quiet = JN_QR_QUIET_ZONE * module, side = jn_qr_get_width (qr) * module;
  double room = fmax (side, is_empty (caption.first) ? 0 : CAPTION_LEAST);
  double x = self->left + self->width - room;

  add_qr (box, qr, self->left + self->width - side, quiet, module);
  self->floating = side + 2 * quiet;
  self->floating += jn_setter_put_pair (self, box, x, self->floating, room, caption, &face);
  self->width -= room + quiet + style->gap;
}

static gboolean
set_qr (JnSetter *self, const JnBlock *block, GError **error)
{
  g_autoptr(JnQr) qr = jn_qr_new (block->body.first != NULL ? block->body.first : "", error);
  guint module;
  JnBox *box;

  if (qr == NULL)
    return FALSE;
  module = jn_qr_fit_module (qr, self->size);
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
put_signature (JnSetter *self, JnBox *box, const JnBlock *block, double x, double width)
{
  const JnStyle *style = self->style;
  JnFace label = { style->second, style->small, FALSE, JN_ALIGN_START };
  JnFace name = { style->text, style->second, FALSE, JN_ALIGN_START };
  double y = SIGNATURE_ROOM;

  if (block->png != NULL)
    jn_box_add_signature (box, block->png, x, width, SIGNATURE_ROOM);
  jn_box_add_fill (box, x, y, width, style->thin);
  y += style->thin + 4;
  y += jn_setter_put_pair (self, box, x, y, width, block->head, &label);
  y += jn_setter_put_pair (self, box, x, y, width, block->body, &name);
  box->height = fmax (box->height, y);
}

/* Nobody signs a page with nothing on it. */
static void
keep_last (JnSetter *self)
{
  if (self->boxes->len > 0)
    g_array_index (self->boxes, JnBox, self->boxes->len - 1).keep = TRUE;
}

/* Two who sign stand beside each other on a sheet. Returns: how many blocks were set. */
static guint
set_signatures (JnSetter *self, const JnBlock *block, const JnBlock *next)
{
  const JnStyle *style = self->style;
  double half = floor ((self->width - 4 * style->gap) / 2);
  JnBox *box;

  keep_last (self);
  box = jn_setter_begin_box (self, 2 * style->gap);

  if (style->centred)
    put_signature (self, box, block, self->left, self->width);
  else
    put_signature (self, box, block, self->left, half);
  if (style->centred || next == NULL || next->type != JN_BLOCK_SIGNATURE)
    return 1;
  put_signature (self, box, next, self->left + self->width - half, half);
  return 2;
}

/* @next: (nullable): the block after it. Returns: how many were set; 0 with an error. */
static guint
set_block (JnSetter *self, const JnBlock *block, const JnBlock *next, GError **error)
{
  switch (block->type)
    {
    case JN_BLOCK_MASTHEAD:
      set_masthead (self, block);
      return 1;
    case JN_BLOCK_TITLE:
      set_title (self, block);
      return 1;
    case JN_BLOCK_NUMBER:
      set_number (self, block);
      return 1;
    case JN_BLOCK_HEADING:
      set_heading (self, block, next);
      return 1;
    case JN_BLOCK_FIELD:
      return jn_setter_set_fields (self, block, next);
    case JN_BLOCK_PARAGRAPH:
      set_paragraph (self, block);
      return 1;
    case JN_BLOCK_ITEM:
      set_item (self, block);
      return 1;
    case JN_BLOCK_TABLE:
      jn_setter_set_table (self, block);
      return 1;
    case JN_BLOCK_RULE:
      set_rule (self);
      return 1;
    case JN_BLOCK_QR:
      return set_qr (self, block, error) ? 1 : 0;
    case JN_BLOCK_SIGNATURE:
      return set_signatures (self, block, next);
    }
  g_return_val_if_reached (0);
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

/* The block at @i of those that are set in the reading order; the symbol that floats is not among them. */
static const JnBlock *
block_at (const JnSetter *self, guint i, int floating)
{
  if (i >= jn_document_get_n_blocks (self->document) || (int)i == floating)
    return NULL;
  return jn_document_get_block (self->document, i);
}

static gboolean
set_blocks (JnSetter *self, int floating, GError **error)
{
  gboolean floated = floating < 0;
  guint from = 0, n;

  for (guint i = 0; i < jn_document_get_n_blocks (self->document); i += n)
    {
      const JnBlock *block = jn_document_get_block (self->document, i);

      if (!floated && block->type != JN_BLOCK_MASTHEAD)
        {
          from = self->boxes->len;
          floated = TRUE;
          if (set_block (self, jn_document_get_block (self->document, floating), NULL, error) == 0)
            return FALSE;
        }
      end_floating (self, from, block->type == JN_BLOCK_TABLE);
      n = 1;
      if ((int)i != floating)
        n = set_block (self, block, block_at (self, i + 1, floating), error);
      if (n == 0)
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
