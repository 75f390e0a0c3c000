/* typeset-fields.c: labels and their values: one below the other, or two beside each other on a form.
 *
 * A form of many short answers is read, and signed, more easily where two of them share a line; a long
 * answer keeps the whole width. */
#include "printing/typeset.h"

#include <math.h>

/* Share of half a form's width that labels take there */
#define LABEL_OF_HALF 0.4

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
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

/* Label and value stand on one line, whatever their sizes are. */
static double
align_baselines (JnBox *box, guint first_of_label, guint first_of_value)
{
  double shift = round (jn_box_get_baseline (box, first_of_value)
                        - jn_box_get_baseline (box, first_of_label));

  if (first_of_value >= box->pieces->len || shift <= 0)
    return 0;
  for (guint i = first_of_label; i < first_of_value; i++)
    g_array_index (box->pieces, JnPiece, i).y += shift;
  return shift;
}

static void
put_beside (JnSetter *self, JnBox *box, const JnBlock *block, double x, double width, double column)
{
  const JnStyle *style = self->style;
  JnFace label = { style->second + 1, style->small, FALSE, JN_ALIGN_START };
  guint first = box->pieces->len;
  double height_label
      = jn_setter_put_pair (self, box, x, 0, column - style->gap, block->head, &label);
  guint n_label = box->pieces->len;
  double height_value = put_value (self, box, x + column, 0, width - column, block->body);

  height_label += align_baselines (box, first, n_label);
  box->height = fmax (box->height, fmax (height_label, height_value));
}

static void
put_below (JnSetter *self, JnBox *box, const JnBlock *block)
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

/* -- two on a line --------------------------------------------------------------------------------------- */

static double
half_width (const JnSetter *self)
{
  return floor ((self->full_width - 2 * self->style->gap) / 2);
}

static gboolean
fits (const JnSetter *self, const char *text, gboolean second, double size, double width)
{
  PangoLayout *layout;
  gboolean one_line;

  if (is_empty (text))
    return TRUE;
  layout = jn_setter_make_text (self, text, second, size, FALSE, JN_ALIGN_START);
  one_line = jn_text_get_width (layout) <= width;
  g_object_unref (layout);
  return one_line;
}

/* Whether an answer needs no more than half the width: its value stands on one line there, its label on two. */
static gboolean
is_short (const JnSetter *self, const JnBlock *block)
{
  const JnStyle *style = self->style;
  double half = half_width (self), column = floor (half * LABEL_OF_HALF);

  return block->type == JN_BLOCK_FIELD && !is_empty (block->body.first)
         && fits (self, block->body.first, FALSE, style->text, half - column)
         && fits (self, block->body.second, TRUE, style->second, half - column)
         && fits (self, block->head.first, FALSE, style->second + 1, 1.8 * (column - style->gap))
         && fits (self, block->head.second, TRUE, style->small, 1.8 * (column - style->gap));
}

static gboolean
is_form (const JnSetter *self)
{
  return self->paper == JN_PAPER_A4
         && jn_document_get_kind (self->document) == JN_DOCUMENT_APPLICATION;
}

guint
jn_setter_set_fields (JnSetter *self, const JnBlock *block, const JnBlock *next)
{
  JnBox *box = jn_setter_begin_box (self, round (self->style->gap * 0.6));
  double half = half_width (self);
  double column
      = floor (is_form (self) ? half * LABEL_OF_HALF : self->full_width * self->style->label);

  if (self->style->label == 0)
    put_below (self, box, block);
  else if (is_form (self) && self->floating == 0 && next != NULL && is_short (self, block)
           && is_short (self, next))
    {
      put_beside (self, box, block, self->left, half, column);
      put_beside (self, box, next, self->left + self->width - half, half, column);
      return 2;
    }
  else
    put_beside (self, box, block, self->left, self->width, column);
  return 1;
}
