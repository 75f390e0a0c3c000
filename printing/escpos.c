/* escpos.c: a raster as ESC/POS (Epson's command reference: ESC @, GS v 0, ESC J, GS V, ESC p). */
#include "printing/escpos.h"

#define ESC 0x1b
#define GS 0x1d
#define FEED_MOST 255 /* of one ESC J */

static void
append (GByteArray *out, const guint8 *bytes, guint n)
{
  g_byte_array_append (out, bytes, n);
}

static void
append_feed (GByteArray *out, guint dots)
{
  while (dots > 0)
    {
      guint step = MIN (dots, FEED_MOST);
      guint8 command[] = { ESC, 'J', (guint8)step };

      append (out, command, sizeof command);
      dots -= step;
    }
}

static guint
count_rows (const JnRaster *raster, guint from, guint most, gboolean blank)
{
  guint end = MIN (jn_raster_get_height (raster) - from, most);
  guint n = 0;

  while (n < end && jn_raster_row_is_blank (raster, from + n) == blank)
    n++;
  return n;
}

/* A short gap inside a band costs less than the two commands that would skip it. */
static guint
measure_band (const JnRaster *raster, guint from)
{
  guint height = jn_raster_get_height (raster) - from;
  guint most = MIN (height, JN_ESCPOS_BAND);
  guint n = 0;

  while (n < most)
    {
      guint blank = count_rows (raster, from + n, most - n, TRUE);

      if (blank > 8 || n + blank == most)
        break;
      n += blank;
      n += count_rows (raster, from + n, most - n, FALSE);
    }
  return n;
}

static void
append_band (GByteArray *out, const JnRaster *raster, guint from, guint rows)
{
  gsize width = jn_raster_get_row_size (raster);
  guint8 command[] = { GS,
                       'v',
                       '0',
                       0,
                       (guint8)(width & 0xff),
                       (guint8)(width >> 8),
                       (guint8)(rows & 0xff),
                       (guint8)(rows >> 8) };

  append (out, command, sizeof command);
  for (guint y = from; y < from + rows; y++)
    append (out, jn_raster_get_row (raster, y), width);
}

static void
append_rows (GByteArray *out, const JnRaster *raster)
{
  guint y = 0;

  while (y < jn_raster_get_height (raster))
    {
      guint blank = count_rows (raster, y, G_MAXUINT, TRUE);
      guint rows;

      append_feed (out, blank);
      y += blank;
      if (y == jn_raster_get_height (raster))
        break;
      rows = measure_band (raster, y);
      append_band (out, raster, y, rows);
      y += rows;
    }
}

GBytes *
jn_escpos_encode (const JnRaster *raster, const JnPrinterProfile *profile)
{
  static const guint8 reset[] = { ESC, '@' };
  static const guint8 cut[] = { GS, 'V', 66, 0 };
  GByteArray *out = g_byte_array_new ();

  append (out, reset, sizeof reset);
  append_rows (out, raster);
  append_feed (out, profile->feed);
  if (profile->cut)
    append (out, cut, sizeof cut);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
jn_escpos_kick_drawer (void)
{
  static const guint8 kick[] = { ESC, 'p', 0, 25, 25 };

  return g_bytes_new_static (kick, sizeof kick);
}
