/* signature.c: a signature from the pad, read from its picture as ink. */
#include <string.h>

#include "printing/typeset.h"

#define SIDE_MOST 4096

typedef struct
{
  const guint8 *data;
  gsize left;
} Reader;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;

  if (length > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* Premultiplied black on nothing, or black on white: either way what is dark and there is ink. */
static guint8
ink_of (guint32 pixel, gboolean has_alpha)
{
  guint alpha = has_alpha ? pixel >> 24 : 255;
  guint light = ((pixel >> 16 & 255) * 3 + (pixel >> 8 & 255) * 6 + (pixel & 255)) / 10;

  return (guint8)(alpha > light ? alpha - light : 0);
}

static void
copy_ink (cairo_surface_t *picture, cairo_surface_t *ink)
{
  gboolean has_alpha = cairo_image_surface_get_format (picture) == CAIRO_FORMAT_ARGB32;
  int width = cairo_image_surface_get_width (picture);

  for (int y = 0; y < cairo_image_surface_get_height (picture); y++)
    {
      const guint8 *from = cairo_image_surface_get_data (picture)
                           + (gsize)y * cairo_image_surface_get_stride (picture);
      guint8 *to
          = cairo_image_surface_get_data (ink) + (gsize)y * cairo_image_surface_get_stride (ink);

      for (int x = 0; x < width; x++)
        to[x] = ink_of (((const guint32 *)(gconstpointer)from)[x], has_alpha);
    }
  cairo_surface_mark_dirty (ink);
}

static gboolean
is_usable (cairo_surface_t *picture)
{
  cairo_format_t format = cairo_image_surface_get_format (picture);
  int width = cairo_image_surface_get_width (picture);
  int height = cairo_image_surface_get_height (picture);

  return cairo_surface_status (picture) == CAIRO_STATUS_SUCCESS
         && (format == CAIRO_FORMAT_ARGB32 || format == CAIRO_FORMAT_RGB24) && width > 0
         && height > 0 && width <= SIDE_MOST && height <= SIDE_MOST;
}

/* A picture that cannot be read leaves the line empty: the paper can still be signed by hand. */
void
jn_box_add_signature (JnBox *box, GBytes *png, double x, double width, double height)
{
  JnPiece piece = { .type = JN_PIECE_IMAGE, .x = x, .width = width, .height = height };
  cairo_surface_t *picture;
  Reader reader;

  reader.data = g_bytes_get_data (png, &reader.left);
  picture = cairo_image_surface_create_from_png_stream (read_cb, &reader);
  if (is_usable (picture))
    {
      piece.image
          = cairo_image_surface_create (CAIRO_FORMAT_A8, cairo_image_surface_get_width (picture),
                                        cairo_image_surface_get_height (picture));
      copy_ink (picture, piece.image);
      g_array_append_val (box->pieces, piece);
    }
  cairo_surface_destroy (picture);
}
