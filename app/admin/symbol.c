/* symbol.c: a receipt's symbol read from a picture or a camera, by zbar. */
#include "app/admin/symbol.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <unistd.h>
#include <zbar.h>

#define GREY zbar_fourcc ('Y', '8', '0', '0')
#define SIDE_MOST 16384 /* of a picture */
#define PATIENCE (30 * G_USEC_PER_SEC)

static zbar_image_scanner_t *
new_scanner (void)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  return scanner;
}

/* A receipt's text goes before other symbols that are in the picture. */
static char *
scan (zbar_image_t *image)
{
  zbar_image_scanner_t *scanner = new_scanner ();
  char *found = NULL;

  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    {
      const char *text = zbar_symbol_get_data (symbol);
      gboolean receipt = g_str_has_prefix (text, "https://") && strstr (text, "/r#") != NULL;

      if (found != NULL && !receipt)
        continue;
      g_free (found);
      found = g_strdup (text);
      if (receipt)
        break;
    }
  zbar_image_scanner_destroy (scanner);
  return found;
}

/* -- a picture --------------------------------------------------------------------------------------- */

/* ITU-R BT.601's weights, over white where the picture is transparent */
static guint8
grey_of (const guchar *pixel, int n_channels)
{
  guint luma = (299u * pixel[0] + 587u * pixel[1] + 114u * pixel[2] + 500) / 1000;

  return n_channels < 4 ? (guint8)luma
                        : (guint8)((luma * pixel[3] + 255 * (255u - pixel[3])) / 255);
}

static guint8 *
to_grey (const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf), stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guchar *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *grey = g_malloc ((gsize)width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      grey[(gsize)y * width + x] = grey_of (pixels + (gsize)y * stride + x * channels, channels);
  return grey;
}

static GdkPixbuf *
open_picture (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  if (!g_str_equal (path, "-"))
    return gdk_pixbuf_new_from_file (path, error);
  stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  return gdk_pixbuf_new_from_stream (stream, NULL, error);
}

static char *
scan_picture (const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *grey = to_grey (pixbuf);
  zbar_image_t *image = zbar_image_create ();
  char *text;

  zbar_image_set_format (image, GREY);
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, grey, (gsize)width * height, NULL);
  text = scan (image);
  zbar_image_destroy (image);
  return text;
}

char *
jn_symbol_read_picture (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = open_picture (path, error);
  char *text = NULL;

  if (pixbuf == NULL)
    return NULL;
  if (gdk_pixbuf_get_width (pixbuf) <= SIDE_MOST && gdk_pixbuf_get_height (pixbuf) <= SIDE_MOST)
    text = scan_picture (pixbuf);
  if (text == NULL)
    g_set_error (
        error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
        "no QR symbol can be read in the picture; take it nearer, sharp, with the white around it");
  return text;
}

/* -- a camera -------------------------------------------------------------------------------------------- */

static char *
scan_frames (zbar_video_t *video)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  char *text = NULL;

  while (text == NULL && g_get_monotonic_time () < end)
    {
      zbar_image_t *frame = zbar_video_next_image (video);
      zbar_image_t *grey = frame != NULL ? zbar_image_convert (frame, GREY) : NULL;

      if (frame == NULL)
        break;
      if (grey != NULL)
        {
          text = scan (grey);
          zbar_image_destroy (grey);
        }
      zbar_image_destroy (frame);
    }
  return text;
}

char *
jn_symbol_read_camera (const char *device, GError **error)
{
  zbar_video_t *video = zbar_video_create ();
  char *text = NULL;

  if (zbar_video_open (video, device) != 0 || zbar_video_init (video, GREY) != 0
      || zbar_video_enable (video, 1) != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: no camera that can be read", device);
  else if ((text = scan_frames (video)) == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s: no QR symbol was held before it",
                 device);
  zbar_video_destroy (video);
  return text;
}
