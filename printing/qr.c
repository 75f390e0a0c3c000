/* qr.c: the QR symbol by libqrencode, drawn as whole dots. */
#include "printing/qr.h"

#include <errno.h>
#include <string.h>

#include <qrencode.h>

#define MODULE_LEAST 4 /* half a millimetre: what a phone still reads off thermal paper */

struct _JnQr
{
  QRcode *code;
};

JnQr *
jn_qr_new (const char *text, GError **error)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  JnQr *qr;

  if (code == NULL)
    {
      g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE,
                   "No QR symbol holds these %" G_GSIZE_FORMAT " bytes: %s", strlen (text),
                   g_strerror (errno));
      return NULL;
    }
  qr = g_new (JnQr, 1);
  qr->code = code;
  return qr;
}

void
jn_qr_free (JnQr *qr)
{
  QRcode_free (qr->code);
  g_free (qr);
}

guint
jn_qr_get_width (const JnQr *qr)
{
  return qr->code->width;
}

gboolean
jn_qr_is_dark (const JnQr *qr, guint x, guint y)
{
  return qr->code->data[y * qr->code->width + x] & 1;
}

guint
jn_qr_fit_module (const JnQr *qr, const JnPaperSize *size)
{
  double modules = qr->code->width + 2 * JN_QR_QUIET_ZONE;
  guint wanted = jn_paper_is_narrow (size) ? 5 : 6;

  for (guint module = wanted; module >= MODULE_LEAST; module--)
    if (modules * module <= size->width)
      return module;
  return 0;
}

/* One rectangle a dark run, all in one path: a seam between two modules would be a white hairline
 * where a printer's dots do not meet ours. */
static void
add_row (const JnQr *qr, cairo_t *cr, guint y, double left, double top, double module)
{
  guint width = jn_qr_get_width (qr);

  for (guint x = 0; x < width; x++)
    {
      guint start = x;

      while (x < width && jn_qr_is_dark (qr, x, y))
        x++;
      if (x > start)
        cairo_rectangle (cr, left + start * module, top + y * module, (x - start) * module, module);
    }
}

void
jn_qr_draw (const JnQr *qr, cairo_t *cr, double x, double y, double module)
{
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_new_path (cr);
  for (guint row = 0; row < jn_qr_get_width (qr); row++)
    add_row (qr, cr, row, x, y, module);
  cairo_fill (cr);
  cairo_restore (cr);
}
