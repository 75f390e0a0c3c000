/* symbol.h: a receipt's symbol read from a picture or a camera. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * jn_symbol_read_picture:
 * @path: a PNG, JPEG or whatever else gdk-pixbuf opens; "-": standard input
 *
 * Returns: (transfer full): the text of the first QR symbol that is a receipt, else of the first one;
 * %NULL with an error where the picture cannot be opened or holds none
 */
char *jn_symbol_read_picture (const char *path, GError **error);

/**
 * jn_symbol_read_camera:
 * @device: "/dev/video0"
 *
 * Looks for half a minute. Returns: (transfer full): as above
 */
char *jn_symbol_read_camera (const char *device, GError **error);

G_END_DECLS
