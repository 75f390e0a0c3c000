/* display.c: real keys into an X display, and pictures out of it. */
#include "tests/gui/display.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <cairo.h>
#include <string.h>

static gboolean
belongs_to (Display *display, Window window, GPid pid)
{
  Atom property = XInternAtom (display, "_NET_WM_PID", False), type;
  unsigned long n = 0, left;
  unsigned char *value = NULL;
  gboolean own = FALSE;
  int format;

  if (XGetWindowProperty (display, window, property, 0, 1, False, XA_CARDINAL, &type, &format, &n,
                          &left, &value)
          == Success
      && n == 1)
    own = *(unsigned long *)value == (unsigned long)pid;
  if (value != NULL)
    XFree (value);
  return own;
}

/* Without a window manager nobody gives the window the keyboard. */
void
display_give_keyboard (Display *display, GPid pid)
{
  Window root = DefaultRootWindow (display), parent, *children = NULL;
  Window focused;
  unsigned int n = 0;
  int revert;

  XGetInputFocus (display, &focused, &revert);
  if (focused != None && focused != PointerRoot && focused != root
      && belongs_to (display, focused, pid))
    return;
  if (!XQueryTree (display, root, &root, &parent, &children, &n))
    return;
  for (unsigned int i = n; i-- > 0;)
    {
      XWindowAttributes look;

      if (XGetWindowAttributes (display, children[i], &look) && look.map_state == IsViewable
          && !look.override_redirect && belongs_to (display, children[i], pid))
        {
          XSetInputFocus (display, children[i], RevertToPointerRoot, CurrentTime);
          break;
        }
    }
  XFree (children);
  XSync (display, False);
}

static void
press_code (Display *display, KeySym symbol, gboolean down)
{
  KeyCode code = XKeysymToKeycode (display, symbol);

  if (code == 0)
    g_error ("this keyboard has no key %s", XKeysymToString (symbol));
  XTestFakeKeyEvent (display, code, down, CurrentTime);
}

static KeySym
symbol_of (const char *name)
{
  if (strcmp (name, "Control") == 0)
    return XK_Control_L;
  if (strcmp (name, "Alt") == 0)
    return XK_Alt_L;
  if (strcmp (name, "Shift") == 0)
    return XK_Shift_L;
  return XStringToKeysym (name);
}

void
display_press (Display *display, const char *keys)
{
  g_auto (GStrv) parts = g_strsplit (keys, "+", -1);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    press_code (display, symbol_of (parts[i]), TRUE);
  for (guint i = n; i-- > 0;)
    press_code (display, symbol_of (parts[i]), FALSE);
  XSync (display, False);
}

static void
type_sign (Display *display, char sign)
{
  KeySym symbol = sign == '\n' ? XK_Return : (KeySym)(guchar)sign; /* Latin-1 is its own keysym */
  KeyCode code = XKeysymToKeycode (display, symbol);
  gboolean shifted = XkbKeycodeToKeysym (display, code, 0, 0) != symbol;

  if (shifted)
    press_code (display, XK_Shift_L, TRUE);
  press_code (display, symbol, TRUE);
  press_code (display, symbol, FALSE);
  if (shifted)
    press_code (display, XK_Shift_L, FALSE);
  XSync (display, False);
}

void
display_type (Display *display, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    type_sign (display, *at);
}

/* ---- pictures ---- */

static cairo_surface_t *
surface_of (XImage *image)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, image->width, image->height);
  guchar *row = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < image->height; y++, row += stride)
    memcpy (row, image->data + y * image->bytes_per_line, (gsize)image->width * 4);
  cairo_surface_mark_dirty (surface);
  return surface;
}

guint
display_checksum (Display *display)
{
  Window root = DefaultRootWindow (display);
  XWindowAttributes look;
  XImage *image;
  guint sum = 5381;

  XGetWindowAttributes (display, root, &look);
  image = XGetImage (display, root, 0, 0, look.width, look.height, AllPlanes, ZPixmap);
  for (int i = 0; i < image->bytes_per_line * image->height; i += 4)
    sum = sum * 33 + *(const guint32 *)(image->data + i);
  XDestroyImage (image);
  return sum;
}

void
display_picture (Display *display, const char *path)
{
  Window root = DefaultRootWindow (display);
  XWindowAttributes look;
  XImage *image;
  cairo_surface_t *surface;
  cairo_status_t status;

  XGetWindowAttributes (display, root, &look);
  image = XGetImage (display, root, 0, 0, look.width, look.height, AllPlanes, ZPixmap);
  g_assert_nonnull (image);
  g_assert_cmpint (image->bits_per_pixel, ==, 32);
  surface = surface_of (image);
  status = cairo_surface_write_to_png (surface, path);
  if (status != CAIRO_STATUS_SUCCESS)
    g_error ("%s: %s", path, cairo_status_to_string (status));
  cairo_surface_destroy (surface);
  XDestroyImage (image);
}
