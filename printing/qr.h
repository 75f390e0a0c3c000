/* qr.h: the QR symbol (ISO/IEC 18004), error correction level M, drawn as whole dots. */
#pragma once

#include <cairo.h>

#include "printing/error.h"
#include "printing/paper.h"

G_BEGIN_DECLS

#define JN_QR_QUIET_ZONE 4 /* modules of white that a reader needs around the symbol */

typedef struct _JnQr JnQr;

/**
 * jn_qr_new: Returns: (transfer full): the smallest symbol that holds @text at level M; %NULL with
 * %JN_PRINT_ERROR_TOO_LARGE
 */
JnQr *jn_qr_new (const char *text, GError **error);
void jn_qr_free (JnQr *qr);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnQr, jn_qr_free)

guint jn_qr_get_width (const JnQr *qr); /* in modules, without the quiet zone */
gboolean jn_qr_is_dark (const JnQr *qr, guint x, guint y);

/**
 * jn_qr_fit_module:
 *
 * The module's size in dots: 6 on an 80 mm roll and on sheets, 5 on a 58 mm roll; one less than
 * that where a long text would not fit with its quiet zone, never below 4 (half a millimetre).
 *
 * Returns: dots a module, 0 when it cannot be printed readably on @paper
 */
guint jn_qr_fit_module (const JnQr *qr, const JnPaperSize *size);

/**
 * jn_qr_draw:
 * @x: the left edge of the symbol itself, quiet zone not counted
 * @module: dots a module
 */
void jn_qr_draw (const JnQr *qr, cairo_t *cr, double x, double y, double module);

G_END_DECLS
