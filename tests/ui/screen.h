/* screen.h: a window on a hidden display for tests: found by name, driven by keys, kept as a picture. */
#pragma once

#include "tests/app/desk.h"
#include "ui/window.h"

G_BEGIN_DECLS

/* GTK, GLib's tests, the style sheets and the words; instead of g_test_init (). */
void screen_init (int *argc, char ***argv);
/* (transfer full): the window of that desk, shown at that size; destroyed by screen_close (). */
JnWindow *screen_open (JnSession *session, const char *language, int width, int height);
void screen_close (gpointer window);
/* The same for a window of another kind that was made already. */
void screen_show (gpointer window, int width, int height);
void screen_resize (gpointer window, int width, int height);
GtkApplication *screen_get_program (void);
void screen_set_language (JnWindow *window, const char *language);
void screen_set_text_size (JnWindow *window, const char *percent);

/* Whether what pops up fades away, as it does at a desk; in tests it goes at once otherwise. */
void screen_let_fade (gboolean fades);

/* Runs the main loop until nothing is pending. */
void screen_settle (void);
/* … and until the next frame is laid out and painted. */
void screen_frame (gpointer widget);
/* Runs the main loop until @condition holds; aborts with @what after ten seconds. */
typedef gboolean (*ScreenCondition) (gpointer data);
void screen_wait (ScreenCondition condition, gpointer data, const char *what);
void screen_wait_place (JnWindow *window, JnPlace place);

/* What a screen reader would name so, of that type, mapped; NULL: nothing. */
GtkWidget *screen_find (gpointer root, GType type, const char *name);
GtkWidget *screen_need (gpointer root, GType type, const char *name); /* aborts */
/* Whether a mapped label holds that text. */
gboolean screen_shows (gpointer root, const char *text);
/* Runs the main loop until a label holds that text. */
void screen_wait_text (gpointer root, const char *text);
/* The button of that name, pressed. */
void screen_press_button (gpointer root, const char *name);
/* The same of one that opens a menu or a question: the focus goes there first, so that it is seen. */
void screen_open_menu (gpointer root, const char *name);
/* What has the keyboard is of that type and name. */
void screen_assert_focus (gpointer window, GType type, const char *name);
/* A key press and release, as the display would send them. */
void screen_press (gpointer window, guint key, GdkModifierType modifiers);
/* The same of a finger that stays on it: pressed again and again without a release. */
void screen_hold (gpointer window, guint key, GdkModifierType modifiers);
void screen_save (gpointer widget, const char *path);
/* Saves to $JANELA_PICTURES/NAME.png where that is set. */
void screen_picture (gpointer window, const char *name);
void screen_picture_as (gpointer window, const char *name, const char *variant);

/* Calls @visit for @root and all that is mapped below it. */
typedef void (*ScreenVisit) (GtkWidget *widget, gpointer data);
void screen_walk (gpointer root, ScreenVisit visit, gpointer data);

G_END_DECLS
