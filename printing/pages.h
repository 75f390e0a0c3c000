/* pages.h: where each box stands, page by page. Not for other floors. */
#pragma once

#include "printing/box.h"

G_BEGIN_DECLS

/**
 * JnSpot: where a box stands; a table's head may stand on several pages.
 */
typedef struct
{
  guint box;
  guint page;
  double y;
} JnSpot;

/**
 * JnPages: what there is to fill.
 * @first_top: where the first page begins, below its upper edge
 * @top: where the others begin, below their running head
 * @bottom: where each ends; INFINITY on a roll
 */
typedef struct
{
  double first_top;
  double top;
  double bottom;
} JnPages;

/**
 * jn_pages_fill:
 * @boxes: (element-type JnBox): a box that is taller than a page is split between its lines, which adds boxes
 * @spots: (element-type JnSpot): filled, page by page
 * @end: (out): where the last page's text ends
 *
 * Boxes that keep to the next one stay with it; a table's head is repeated where the table goes on.
 *
 * Returns: how many pages there are
 */
guint jn_pages_fill (const JnPages *pages, GArray *boxes, GArray *spots, double *end);

G_END_DECLS
