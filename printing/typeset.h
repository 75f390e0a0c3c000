/* typeset.h: turns the blocks of a document into boxes of ink. Not for other floors. */
#pragma once

#include "printing/box.h"
#include "printing/style.h"

G_BEGIN_DECLS

/**
 * JnSetter:
 * @document: what is set
 * @paper: on what
 * @size: its size, or where another head prints on it
 * @style: its sizes
 * @context: fonts, with metrics that do not depend on the surface
 * @boxes: (element-type JnBox): what came out so far
 * @left: the text area's left edge
 * @width: the text area's width now
 * @full_width: the same where nothing floats
 * @floating: height of a symbol that stands at the right of what is set now; 0 for none
 *
 * The typesetter at work.
 */
typedef struct
{
  JnDocument *document;
  JnPaper paper;
  const JnPaperSize *size;
  const JnStyle *style;
  PangoContext *context;
  GArray *boxes;
  double left;
  double width;
  double full_width;
  double floating;
} JnSetter;

/**
 * JnFace: how a pair of texts is set
 * @first: size of the first language
 * @second: size of the second
 */
typedef struct
{
  double first;
  double second;
  gboolean bold;
  JnAlign align;
} JnFace;

/* what ink.c offers to those who set blocks */
JnBox *jn_setter_begin_box (JnSetter *self, double before);
void jn_box_add_fill (JnBox *box, double x, double y, double width, double height);
void jn_box_add_frame (JnBox *box, double x, double y, double width, double height, double stroke);
void jn_box_add_signature (JnBox *box, GBytes *png, double x, double width, double height);
JnPiece *jn_box_add_text (JnBox *box, PangoLayout *text, double x, double y); /* takes @text */
PangoLayout *jn_setter_make_text (const JnSetter *self,
                                  const char *text,
                                  gboolean second,
                                  double size,
                                  gboolean bold,
                                  JnAlign align);
double jn_text_get_height (PangoLayout *text);
double jn_text_get_width (PangoLayout *text);

/**
 * jn_setter_put_pair: both languages, one below the other. Returns: the height taken
 */
double jn_setter_put_pair (const JnSetter *self,
                           JnBox *box,
                           double x,
                           double y,
                           double width,
                           JnWords words,
                           const JnFace *face);

/* The same on one line where both fit, the second language not bold: "母親  A mãe"; else one below the other */
double jn_setter_put_line (const JnSetter *self,
                           JnBox *box,
                           double x,
                           double y,
                           double width,
                           JnWords words,
                           const JnFace *face);

/* The same as one text where that fits on a line: "7 號櫃檯 · Balcão 7"; else one below the other */
double jn_setter_put_joined (const JnSetter *self,
                             JnBox *box,
                             double x,
                             double y,
                             double width,
                             JnWords words,
                             const JnFace *face);

/* Where the first line of piece @i stands, from the box's top; 0 for what is no text */
double jn_box_get_baseline (const JnBox *box, guint i);

/* typeset.c, typeset-fields.c and typeset-table.c */
gboolean jn_setter_set_document (JnSetter *self, GError **error);

/**
 * jn_setter_set_fields:
 * @next: (nullable): the block after @block, which may stand beside it
 *
 * Returns: how many blocks were set, 1 or 2
 */
guint jn_setter_set_fields (JnSetter *self, const JnBlock *block, const JnBlock *next);
gboolean jn_block_has_head (const JnBlock *table);
void jn_setter_set_table (JnSetter *self, const JnBlock *block);

G_END_DECLS
