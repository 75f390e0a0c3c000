/* raster.h: a page as black and white dots, one bit each: what a thermal head burns. */
#pragma once

#include "printing/layout.h"

G_BEGIN_DECLS

typedef struct _JnRaster JnRaster;

/**
 * jn_raster_new:
 * @width: in dots
 * @height: in dots
 *
 * Returns: (transfer full): an all-white raster
 */
JnRaster *jn_raster_new (guint width, guint height);

/**
 * jn_raster_new_from_page: draws page @page of @layout at the head's own dots: nothing is scaled, a
 * QR module is a whole number of dots.
 *
 * Returns: (transfer full): the raster; %NULL with %JN_PRINT_ERROR_TOO_LARGE above 4 m of paper
 */
JnRaster *jn_raster_new_from_page (const JnLayout *layout, guint page, GError **error);
JnRaster *jn_raster_new_from_png (const char *path, GError **error);
void jn_raster_free (JnRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnRaster, jn_raster_free)

guint jn_raster_get_width (const JnRaster *raster);
guint jn_raster_get_height (const JnRaster *raster);
gboolean jn_raster_get_dot (const JnRaster *raster, guint x, guint y); /* TRUE is black */
void jn_raster_set_dot (JnRaster *raster, guint x, guint y, gboolean black);

/**
 * jn_raster_get_row:
 *
 * Returns: (transfer none): row @y: (width + 7) / 8 bytes, the leftmost dot in the highest bit,
 * 1 is black, the unused bits are 0
 */
const guint8 *jn_raster_get_row (const JnRaster *raster, guint y);
gsize jn_raster_get_row_size (const JnRaster *raster);
gboolean jn_raster_row_is_blank (const JnRaster *raster, guint y);

GBytes *jn_raster_to_png (const JnRaster *raster);
gboolean jn_raster_save_png (const JnRaster *raster, const char *path, GError **error);

G_END_DECLS
