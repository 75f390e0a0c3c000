/* pwg.h: rasters as PWG Raster (PWG 5102.4), for driverless thermal printers. */
#pragma once

#include "printing/raster.h"

G_BEGIN_DECLS

/**
 * jn_pwg_encode:
 * @pages: (element-type JnRaster): one a page
 * @cut: whether the printer shall cut after each page
 *
 * One bit a dot (black_1), 203 dpi, the page size that of the raster.
 *
 * Returns: (transfer full): an image/pwg-raster document
 */
GBytes *jn_pwg_encode (GPtrArray *pages, gboolean cut);

G_END_DECLS
