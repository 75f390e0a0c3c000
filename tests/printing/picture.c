/* picture.c: rasters looked at: golden images, the differences as a picture, symbols read by zbar. */
#include "tests/printing/picture.h"

#include <string.h>
#include <zbar.h>

#define BORDER 40

/* -- symbols ------------------------------------------------------------------------------------------------ */

guint8 *
raster_to_grey (const JnRaster *raster, guint border)
{
  guint width = jn_raster_get_width (raster) + 2 * border;
  guint height = jn_raster_get_height (raster) + 2 * border;
  guint8 *grey = g_malloc ((gsize)width * height);

  memset (grey, 255, (gsize)width * height);
  for (guint y = 0; y < jn_raster_get_height (raster); y++)
    for (guint x = 0; x < jn_raster_get_width (raster); x++)
      if (jn_raster_get_dot (raster, x, y))
        grey[(gsize)(y + border) * width + x + border] = 0;
  return grey;
}

char *
read_symbol (const guint8 *grey, guint width, guint height)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_t *image = zbar_image_create ();
  const zbar_symbol_t *symbol;
  char *text;

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (gsize)width * height, NULL);
  zbar_scan_image (scanner, image);
  symbol = zbar_image_first_symbol (image);
  text = symbol != NULL ? g_strdup (zbar_symbol_get_data (symbol)) : NULL;
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return text;
}

char *
read_symbol_of_raster (const JnRaster *raster)
{
  g_autofree guint8 *grey = raster_to_grey (raster, BORDER);

  return read_symbol (grey, jn_raster_get_width (raster) + 2 * BORDER,
                      jn_raster_get_height (raster) + 2 * BORDER);
}

/* -- golden images -------------------------------------------------------------------------------------------- */

static gboolean
is_black (const JnRaster *raster, int x, int y)
{
  return x >= 0 && y >= 0 && x < (int)jn_raster_get_width (raster)
         && y < (int)jn_raster_get_height (raster) && jn_raster_get_dot (raster, x, y);
}

static gboolean
is_near_black (const JnRaster *raster, int x, int y)
{
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      if (is_black (raster, x + dx, y + dy))
        return TRUE;
  return FALSE;
}

static void
colour (cairo_surface_t *surface, guint x, guint y, guint32 rgb)
{
  guint8 *row = cairo_image_surface_get_data (surface)
                + (gsize)y * cairo_image_surface_get_stride (surface);

  ((guint32 *)(gpointer)row)[x] = rgb;
}

static guint
paint_difference (const JnRaster *is, const JnRaster *golden, cairo_surface_t *surface)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        gboolean now = is_black (is, x, y), then = is_black (golden, x, y);
        gboolean fresh = now && !is_near_black (golden, x, y);
        gboolean missing = then && !is_near_black (is, x, y);

        n += fresh || missing;
        colour (surface, x, y,
                missing       ? 0xdd0000
                : fresh       ? 0x0000ee
                : now || then ? 0xb0b0b0
                              : 0xffffff);
      }
  return n;
}

static char *
golden_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);

  return g_test_build_filename (G_TEST_DIST, "golden", file, NULL);
}

static void
write_difference (cairo_surface_t *surface, const char *name)
{
  g_autofree char *file = g_strconcat (name, "-diff.png", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, file, NULL);

  cairo_surface_mark_dirty (surface);
  cairo_surface_write_to_png (surface, path);
  g_test_message ("the difference is in %s", path);
}

static void
compare (const JnRaster *raster, const JnRaster *golden, const char *name)
{
  guint width = MAX (jn_raster_get_width (raster), jn_raster_get_width (golden));
  guint height = MAX (jn_raster_get_height (raster), jn_raster_get_height (golden));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint n = paint_difference (raster, golden, surface);
  gboolean alike = n <= width * height / 5000
                   && jn_raster_get_width (raster) == jn_raster_get_width (golden)
                   && jn_raster_get_height (raster) == jn_raster_get_height (golden);

  if (!alike)
    write_difference (surface, name);
  cairo_surface_destroy (surface);
  g_assert_true (alike);
}

void
assert_no_golden (const char *name)
{
  g_autofree char *path = golden_path (name);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

void
assert_like_golden (const JnRaster *raster, const char *name)
{
  g_autofree char *path = golden_path (name);
  g_autoptr(JnRaster) golden = NULL;
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (g_getenv ("JANELA_GOLDEN"), "write") == 0)
    {
      jn_raster_save_png (raster, path, &error);
      g_assert_no_error (error);
      return;
    }
  golden = jn_raster_new_from_png (path, &error);
  g_assert_no_error (error);
  compare (raster, golden, name);
}
