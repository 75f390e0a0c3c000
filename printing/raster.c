/* raster.c: a page as black and white dots. */
#include "printing/raster.h"

#include <math.h>
#include <string.h>

#define HEIGHT_MOST 32000 /* 4 m of paper: something is wrong then */

/* Ink from which on a dot is burned, of 255. A little under the half: the strokes of small CJK text
 * are thinner than a dot in places, and must not break. */
#define THRESHOLD 112

struct _JnRaster
{
  guint width;
  guint height;
  gsize row_size;
  guint8 *dots;
};

JnRaster *
jn_raster_new (guint width, guint height)
{
  JnRaster *self = g_new (JnRaster, 1);

  self->width = width;
  self->height = height;
  self->row_size = (width + 7) / 8;
  self->dots = g_malloc0 (self->row_size * height);
  return self;
}

void
jn_raster_free (JnRaster *self)
{
  g_free (self->dots);
  g_free (self);
}

/* Eight bytes of ink to eight dots, the first in the highest bit, without a loop: the upper bit of each byte is set
 * where it reaches the threshold, and one multiplication brings these bits together. */
static guint8
pack_octet (guint64 ink)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 low = (ink & 0x7f * ones) + (0x80 - THRESHOLD) * ones;
  guint64 burned = (low | ink) >> 7 & ones;

  return (guint8)(burned * G_GUINT64_CONSTANT (0x8040201008040201) >> 56);
}

/* Most of a page is white: eight dots at a time are passed over. */
static void
pack_row (const guint8 *ink, guint width, guint8 *row)
{
  guint x = 0;

  for (; x + 8 <= width; x += 8)
    {
      guint64 eight;

      memcpy (&eight, ink + x, sizeof eight);
      if (eight != 0)
        row[x / 8] = pack_octet (GUINT64_FROM_LE (eight));
    }
  for (; x < width; x++)
    if (ink[x] >= THRESHOLD)
      row[x / 8] |= 0x80 >> (x % 8);
}

static void
pack_surface (JnRaster *self, cairo_surface_t *surface)
{
  const guint8 *ink;
  int stride;

  cairo_surface_flush (surface);
  ink = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < self->height; y++)
    pack_row (ink + (gsize)y * stride, self->width, self->dots + y * self->row_size);
}

/* The surface holds ink alone, a byte a dot: it starts white for nothing. */
JnRaster *
jn_raster_new_from_page (const JnLayout *layout, guint page, GError **error)
{
  double width, height;
  cairo_surface_t *surface;
  JnRaster *self;
  cairo_t *cr;

  jn_layout_get_page_size (layout, &width, &height);
  if (height > HEIGHT_MOST)
    {
      g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_TOO_LARGE,
                   "The page is %.0f mm long; no more than %.0f mm are printed",
                   height / JN_DOTS_PER_MM, HEIGHT_MOST / JN_DOTS_PER_MM);
      return NULL;
    }
  self = jn_raster_new (ceil (width), ceil (height));
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, self->width, self->height);
  cr = cairo_create (surface);
  jn_layout_draw_page (layout, page, cr);
  cairo_destroy (cr);
  pack_surface (self, surface);
  cairo_surface_destroy (surface);
  return self;
}

guint
jn_raster_get_width (const JnRaster *self)
{
  return self->width;
}

guint
jn_raster_get_height (const JnRaster *self)
{
  return self->height;
}

gboolean
jn_raster_get_dot (const JnRaster *self, guint x, guint y)
{
  g_return_val_if_fail (x < self->width && y < self->height, FALSE);
  return self->dots[y * self->row_size + x / 8] >> (7 - x % 8) & 1;
}

void
jn_raster_set_dot (JnRaster *self, guint x, guint y, gboolean black)
{
  guint8 *octet;

  g_return_if_fail (x < self->width && y < self->height);
  octet = &self->dots[y * self->row_size + x / 8];
  if (black)
    *octet |= 0x80 >> (x % 8);
  else
    *octet &= ~(0x80 >> (x % 8));
}

const guint8 *
jn_raster_get_row (const JnRaster *self, guint y)
{
  g_return_val_if_fail (y < self->height, NULL);
  return self->dots + y * self->row_size;
}

gsize
jn_raster_get_row_size (const JnRaster *self)
{
  return self->row_size;
}

gboolean
jn_raster_row_is_blank (const JnRaster *self, guint y)
{
  const guint8 *row = jn_raster_get_row (self, y);

  return row[0] == 0 && memcmp (row, row + 1, self->row_size - 1) == 0;
}

/* -- PNG --------------------------------------------------------------------------------------------- */

/* One byte a dot, which cairo writes as grey: everything reads it, and PNG packs the white away. */
static cairo_surface_t *
to_surface (const JnRaster *self)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_A8, self->width, self->height);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data = cairo_image_surface_get_data (surface);

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      data[(gsize)y * stride + x] = jn_raster_get_dot (self, x, y) ? 0 : 255;
  cairo_surface_mark_dirty (surface);
  return surface;
}

static cairo_status_t
write_png_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
jn_raster_to_png (const JnRaster *self)
{
  GByteArray *png = g_byte_array_new ();
  cairo_surface_t *surface = to_surface (self);

  cairo_surface_write_to_png_stream (surface, write_png_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

gboolean
jn_raster_save_png (const JnRaster *self, const char *path, GError **error)
{
  g_autoptr(GBytes) png = jn_raster_to_png (self);
  gsize size;
  const char *data = g_bytes_get_data (png, &size);

  return g_file_set_contents (path, data, size, error);
}

static JnRaster *
from_surface (cairo_surface_t *surface)
{
  JnRaster *self = jn_raster_new (cairo_image_surface_get_width (surface),
                                  cairo_image_surface_get_height (surface));
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);

  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      jn_raster_set_dot (self, x, y, data[(gsize)y * stride + 4 * x] < 128);
  return self;
}

JnRaster *
jn_raster_new_from_png (const char *path, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  cairo_format_t format = cairo_image_surface_get_format (surface);
  JnRaster *self = NULL;

  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", path,
                 cairo_status_to_string (cairo_surface_status (surface)));
  else if (format != CAIRO_FORMAT_RGB24 && format != CAIRO_FORMAT_ARGB32)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not a picture of dots", path);
  else
    self = from_surface (surface);
  cairo_surface_destroy (surface);
  return self;
}
