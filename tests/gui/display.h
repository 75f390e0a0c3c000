/* display.h: an X display as a hand and an eye have it: real keys into it, pictures out of it. */
#pragma once

#include <X11/Xlib.h>
#include <glib.h>

G_BEGIN_DECLS

/* Without a window manager nobody gives a window the keyboard: that of @pid's window it is then. */
void display_give_keyboard (Display *display, GPid pid);
/* "F2", "Control+Return" */
void display_press (Display *display, const char *keys);
/* One key after another; ASCII only. */
void display_type (Display *display, const char *text);

/* A number that changes with what is on the screen. */
guint display_checksum (Display *display);
/* The whole screen as a PNG; a fault ends the program. */
void display_picture (Display *display, const char *path);

G_END_DECLS
