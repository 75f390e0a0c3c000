/* box.h: what a layout is made of: boxes stacked from the top, each holding pieces of ink.
 *
 * Typesetting (typeset.h) makes them, the layout breaks them into pages and draws them. Not for other
 * floors. */
#pragma once

#include <pango/pangocairo.h>

#include "printing/block.h"
#include "printing/error.h"
#include "printing/paper.h"
#include "printing/qr.h"

G_BEGIN_DECLS

typedef enum
{
  JN_PIECE_NOTHING, /* it went to the next page */
  JN_PIECE_TEXT,
  JN_PIECE_FILL,  /* a black rectangle: rules, bands, bullets */
  JN_PIECE_FRAME, /* a rectangle's outline, inside its bounds */
  JN_PIECE_TICK,  /* a tick inside its bounds */
  JN_PIECE_QR,
  JN_PIECE_IMAGE,
} JnPieceType;

/**
 * JnPiece:
 * @x: from the page's left edge, in dots
 * @y: from the box's top
 * @stroke: width of an outline or a tick
 * @white: text on a black band
 */
typedef struct
{
  JnPieceType type;
  double x;
  double y;
  double width;
  double height;
  double stroke;
  gboolean white;
  PangoLayout *text;
  JnQr *qr;
  guint module;
  cairo_surface_t *image;
} JnPiece;

/**
 * JnBox:
 * @before: white above it, dropped at the top of a page
 * @keep: not parted from the box that follows (a heading and its first line)
 * @repeat: a table's head: drawn again where the table goes on on the next page
 * @in_table: a row of the table whose head came last
 */
typedef struct
{
  double before;
  double height;
  gboolean keep;
  gboolean repeat;
  gboolean in_table;
  GArray *pieces;
} JnBox;

/* (transfer full) (element-type JnPiece): ink.c */
GArray *jn_pieces_new (void);

G_END_DECLS
