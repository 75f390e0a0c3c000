/* picture.h: rasters looked at: golden images, the differences as a picture, symbols read by zbar. */
#pragma once

#include "printing/raster.h"

G_BEGIN_DECLS

/**
 * assert_like_golden:
 * @name: of the file in tests/printing/golden/, without .png
 *
 * A dot may stand one dot beside where the golden image has it (fonts are hinted a little differently by each
 * FreeType); more than that in more than 2 of 10,000 dots fails, and build/<mode>/tests/printing/NAME-diff.png
 * shows it: red is missing, blue is new. JANELA_GOLDEN=write makes the image anew.
 */
void assert_like_golden (const JnRaster *raster, const char *name);

/**
 * assert_no_golden: no page of that name was approved: a document has not lost one
 */
void assert_no_golden (const char *name);

/**
 * read_symbol: Returns: (transfer full) (nullable): the text of the first QR symbol that zbar finds in @width × @height bytes of grey
 */
char *read_symbol (const guint8 *grey, guint width, guint height);
char *read_symbol_of_raster (const JnRaster *raster);

/**
 * raster_to_grey: Returns: (transfer full): one byte a dot, 0 black, 255 white, with a white border of @border dots
 */
guint8 *raster_to_grey (const JnRaster *raster, guint border);

G_END_DECLS
