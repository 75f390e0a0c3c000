/* escpos.h: a raster as ESC/POS, the one language that cheap thermal printers share.
 *
 * Raster only (GS v 0), never ESC/POS text: code pages differ from maker to maker. */
#pragma once

#include "printing/printer.h"
#include "printing/raster.h"

G_BEGIN_DECLS

/**
 * JN_ESCPOS_BAND: rows of one GS v 0; more than 255 overruns the buffer of small printers
 */
#define JN_ESCPOS_BAND 255

/**
 * jn_escpos_encode:
 *
 * ESC @; bands of GS v 0; ESC J for rows that are blank; @profile's feed; GS V 66 0 where it cuts.
 *
 * Returns: (transfer full): the bytes for a raw queue
 */
GBytes *jn_escpos_encode (const JnRaster *raster, const JnPrinterProfile *profile);

/**
 * jn_escpos_kick_drawer: Returns: (transfer full): the pulse that opens the cash drawer (ESC p 0, 2
 * × 50 ms)
 */
GBytes *jn_escpos_kick_drawer (void);

G_END_DECLS
