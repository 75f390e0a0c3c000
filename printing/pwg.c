/* pwg.c: rasters as PWG Raster (PWG 5102.4): a page header of 1796 bytes and lines packed by runs. */
#include "printing/pwg.h"

#include <string.h>

#define SYNC "RaS2"
#define HEADER_SIZE 1796
#define DPI 203 /* as printers call an eighth of a millimetre */
#define POINTS_PER_DOT (72.0 / 25.4 / JN_DOTS_PER_MM)
#define RUN_MOST 128
#define REPEAT_MOST 256

/* Offsets of the header's fields, PWG 5102.4 section 4.3; all that are not named are zero. */
enum
{
  PWG_RASTER = 0,   /* the text "PwgRaster" */
  CUT_MEDIA = 268,  /* 0 never, 4 after each page */
  RESOLUTION = 276, /* cross feed, feed */
  NUM_COPIES = 340,
  PAGE_SIZE = 352, /* in points */
  WIDTH = 372,     /* in dots */
  HEIGHT = 376,
  BITS_PER_COLOUR = 384,
  BITS_PER_PIXEL = 388,
  BYTES_PER_LINE = 392,
  COLOUR_SPACE = 400, /* 3: black */
  NUM_COLOURS = 420,
  TOTAL_PAGE_COUNT = 452,
  CROSS_FEED_TRANSFORM = 456,
  FEED_TRANSFORM = 460,
  IMAGE_BOX = 464, /* left, top, right, bottom */
};
#define COLOUR_SPACE_BLACK 3
#define CUT_AFTER_PAGE 4

static void
set (guint8 *header, guint offset, guint32 value)
{
  guint32 wire = GUINT32_TO_BE (value);

  memcpy (header + offset, &wire, sizeof wire);
}

static void
append_header (GByteArray *out, const JnRaster *page, guint n_pages, gboolean cut)
{
  guint8 header[HEADER_SIZE] = { 0 };
  guint width = jn_raster_get_width (page), height = jn_raster_get_height (page);

  memcpy (header + PWG_RASTER, "PwgRaster", strlen ("PwgRaster"));
  set (header, CUT_MEDIA, cut ? CUT_AFTER_PAGE : 0);
  set (header, RESOLUTION, DPI);
  set (header, RESOLUTION + 4, DPI);
  set (header, NUM_COPIES, 1);
  set (header, PAGE_SIZE, width * POINTS_PER_DOT + 0.5);
  set (header, PAGE_SIZE + 4, height * POINTS_PER_DOT + 0.5);
  set (header, WIDTH, width);
  set (header, HEIGHT, height);
  set (header, BITS_PER_COLOUR, 1);
  set (header, BITS_PER_PIXEL, 1);
  set (header, BYTES_PER_LINE, jn_raster_get_row_size (page));
  set (header, COLOUR_SPACE, COLOUR_SPACE_BLACK);
  set (header, NUM_COLOURS, 1);
  set (header, TOTAL_PAGE_COUNT, n_pages);
  set (header, CROSS_FEED_TRANSFORM, 1);
  set (header, FEED_TRANSFORM, 1);
  set (header, IMAGE_BOX + 8, width);
  set (header, IMAGE_BOX + 12, height);
  g_byte_array_append (out, header, sizeof header);
}

static guint
count_same (const guint8 *row, gsize left)
{
  guint n = 1;

  while (n < left && n < RUN_MOST && row[n] == row[0])
    n++;
  return n;
}

/* How many bytes follow of which no two neighbours are alike. */
static guint
count_different (const guint8 *row, gsize left)
{
  guint n = 1;

  while (n < left && n < RUN_MOST && (n + 1 == left || row[n] != row[n + 1]))
    n++;
  return n;
}

static void
append_octet (GByteArray *out, guint value)
{
  guint8 octet = value;

  g_byte_array_append (out, &octet, 1);
}

/* A run is its length - 1 and the byte; different bytes are 257 - their number and themselves. */
static void
append_row (GByteArray *out, const guint8 *row, gsize size)
{
  for (gsize x = 0; x < size;)
    {
      guint n = count_same (row + x, size - x);

      if (n == 1)
        n = count_different (row + x, size - x);
      if (n > 1 && row[x] != row[x + 1])
        {
          append_octet (out, 257 - n);
          g_byte_array_append (out, row + x, n);
        }
      else
        {
          append_octet (out, n - 1);
          append_octet (out, row[x]);
        }
      x += n;
    }
}

static guint
count_alike_rows (const JnRaster *page, guint y)
{
  const guint8 *row = jn_raster_get_row (page, y);
  gsize size = jn_raster_get_row_size (page);
  guint n = 1;

  while (n < REPEAT_MOST && y + n < jn_raster_get_height (page)
         && memcmp (row, jn_raster_get_row (page, y + n), size) == 0)
    n++;
  return n;
}

static void
append_page (GByteArray *out, const JnRaster *page)
{
  guint y = 0;

  while (y < jn_raster_get_height (page))
    {
      guint n = count_alike_rows (page, y);

      append_octet (out, n - 1);
      append_row (out, jn_raster_get_row (page, y), jn_raster_get_row_size (page));
      y += n;
    }
}

GBytes *
jn_pwg_encode (GPtrArray *pages, gboolean cut)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *)SYNC, strlen (SYNC));
  for (guint i = 0; i < pages->len; i++)
    {
      append_header (out, pages->pdata[i], pages->len, cut);
      append_page (out, pages->pdata[i]);
    }
  return g_byte_array_free_to_bytes (out);
}
