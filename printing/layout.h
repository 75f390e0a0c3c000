/* layout.h: a document set on a paper: measured once, drawn on any cairo surface.
 *
 * The preview in the window, the thermal raster and the PDF are the same drawing: lines break at
 * the same places in all three. A layout belongs to the thread that made it (Pango's font maps
 * are per thread). */
#pragma once

#include <cairo.h>

#include "printing/document.h"
#include "printing/error.h"
#include "printing/paper.h"

G_BEGIN_DECLS

typedef struct _JnLayout JnLayout;

/**
 * jn_layout_new:
 *
 * Measures @document on @paper and breaks it into pages; a roll is one page.
 *
 * Returns: (transfer full): the layout; %NULL with %JN_PRINT_ERROR_TOO_LARGE when a QR symbol
 * cannot be printed readably on this paper
 */
JnLayout *jn_layout_new (JnDocument *document, JnPaper paper, GError **error);

/**
 * jn_layout_new_at:
 * @dots: of the roll printer's head; 0: the paper's usual one
 */
JnLayout *jn_layout_new_at (JnDocument *document, JnPaper paper, guint dots, GError **error);
void jn_layout_free (JnLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnLayout, jn_layout_free)

JnDocument *jn_layout_get_document (const JnLayout *layout); /* (transfer none) */
guint jn_layout_get_n_pages (const JnLayout *layout);

/**
 * jn_layout_get_page_size: in dots (paper.h); all pages of a layout are alike
 */
void jn_layout_get_page_size (const JnLayout *layout, double *width, double *height);

/**
 * jn_layout_draw_page:
 * @page: from 0
 * @cr: with one user unit a dot and the origin at the page's top left; scale it first to draw
 *      larger or smaller. Black on whatever is there: paint white below where that matters.
 */
void jn_layout_draw_page (const JnLayout *layout, guint page, cairo_t *cr);

/**
 * jn_layout_warm_up:
 *
 * Opens the fonts by setting one small receipt on this thread, so that the first real one does not
 * wait for the disk. jn_print_service_new() does it for the print thread.
 */
void jn_layout_warm_up (void);

G_END_DECLS
