/* screen.c: a window on a hidden display for tests. */
#include "tests/ui/screen.h"

#include <locale.h>
#include <string.h>

#include "app/text.h"
#include "ui/caret.h"
#include "ui/composing.h"
#include "ui/language.h"
#include "ui/look.h"
#include "ui/program.h"

#define DEADLINE (60 * G_USEC_PER_SEC)

static GtkApplication *program;

void
screen_init (int *argc, char ***argv)
{
  g_setenv ("GDK_GL", "disable", TRUE);
  g_setenv ("GTK_THEME", "Adwaita", TRUE);
  setlocale (LC_ALL, "");
  gtk_init (argc, argv);
  g_test_init (argc, argv, NULL);
  jn_language_start ("build/locale", "en");
  jn_text_set_folder ("build/locale");
  jn_look_load ();
  jn_composing_watch ();
  jn_caret_quicken ();
  program = GTK_APPLICATION (jn_program_new ());
  g_application_register (G_APPLICATION (program), NULL, NULL);
}

void
screen_settle (void)
{
  while (gtk_events_pending ())
    gtk_main_iteration_do (FALSE);
}

void
screen_wait (ScreenCondition condition, gpointer data, const char *what)
{
  gint64 until = g_get_monotonic_time () + DEADLINE;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > until)
        g_error ("waited in vain: %s", what);
      if (!gtk_main_iteration_do (FALSE))
        g_usleep (1000); /* the loop was empty: give the display and the workers a moment */
    }
  screen_settle ();
}

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  *(gboolean *)data = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *)flag;
}

void
screen_frame (gpointer widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;
  gulong handler;

  screen_settle ();
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT | GDK_FRAME_CLOCK_PHASE_PAINT);
  screen_wait (is_set, &painted, "a frame is painted");
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_allocated_width (widget) > 1;
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

GtkApplication *
screen_get_program (void)
{
  return program;
}

void
screen_show (gpointer window, int width, int height)
{
  gtk_window_resize (GTK_WINDOW (window), width, height);
  gtk_widget_show (GTK_WIDGET (window));
  screen_wait (is_mapped, window, "the window is on the screen");
  gdk_window_focus (gtk_widget_get_window (GTK_WIDGET (window)), GDK_CURRENT_TIME);
  screen_wait (is_active, window, "the window has the keyboard");
}

static gboolean
is_size (gpointer data)
{
  const GtkAllocation *wanted = ((gpointer *)data)[1];
  GtkAllocation is;

  gtk_widget_get_allocation (((gpointer *)data)[0], &is);
  return is.width == wanted->width && is.height == wanted->height;
}

void
screen_resize (gpointer window, int width, int height)
{
  GtkAllocation wanted = { .width = width, .height = height };
  gpointer both[] = { window, &wanted };

  gtk_window_resize (GTK_WINDOW (window), width, height);
  screen_wait (is_size, both, "the window has its size");
  screen_frame (window);
}

JnWindow *
screen_open (JnSession *session, const char *language, int width, int height)
{
  JnWindow *window;

  jn_language_set (jn_language_find (language));
  window = JN_WINDOW (jn_window_new (program, session));
  screen_show (window, width, height);
  return window;
}

void
screen_close (gpointer window)
{
  gtk_widget_destroy (GTK_WIDGET (window));
  screen_settle ();
}

void
screen_set_language (JnWindow *window, const char *language)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "language",
                                  g_variant_new_string (language));
  screen_frame (window);
}

void
screen_set_text_size (JnWindow *window, const char *percent)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "text-size",
                                  g_variant_new_string (percent));
  screen_frame (window);
  screen_frame (window); /* the first one may find that the window is narrow now */
}

void
screen_let_fade (gboolean fades)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", fades, NULL);
}

typedef struct
{
  JnWindow *window;
  JnPlace place;
} PlaceWanted;

static gboolean
is_at_place (gpointer data)
{
  PlaceWanted *wanted = data;

  return jn_window_get_place (wanted->window) == wanted->place;
}

void
screen_wait_place (JnWindow *window, JnPlace place)
{
  PlaceWanted wanted = { window, place };
  g_autofree char *what = g_strdup_printf ("place %d", place);

  screen_wait (is_at_place, &wanted, what);
}

/* -- finding -- */

typedef struct
{
  ScreenVisit visit;
  gpointer data;
} Walk;

static void
walk_cb (GtkWidget *widget, gpointer data)
{
  Walk *walk = data;

  screen_walk (widget, walk->visit, walk->data);
}

void
screen_walk (gpointer root, ScreenVisit visit, gpointer data)
{
  Walk walk = { visit, data };

  if (!gtk_widget_get_mapped (root))
    return;
  visit (root, data);
  if (GTK_IS_CONTAINER (root))
    gtk_container_forall (GTK_CONTAINER (root), walk_cb, &walk);
}

typedef struct
{
  GType type;
  const char *name;
  GtkWidget *found;
} Search;

static void
match_cb (GtkWidget *widget, gpointer data)
{
  Search *search = data;
  AtkObject *accessible;

  if (search->found != NULL || !g_type_is_a (G_OBJECT_TYPE (widget), search->type))
    return;
  accessible = gtk_widget_get_accessible (widget);
  if (accessible != NULL && g_strcmp0 (atk_object_get_name (accessible), search->name) == 0)
    search->found = widget;
}

GtkWidget *
screen_find (gpointer root, GType type, const char *name)
{
  Search search = { type, name, NULL };

  screen_walk (root, match_cb, &search);
  return search.found;
}

GtkWidget *
screen_need (gpointer root, GType type, const char *name)
{
  GtkWidget *widget = screen_find (root, type, name);

  if (widget == NULL)
    g_error ("no %s named \"%s\" is on the screen", g_type_name (type), name);
  return widget;
}

typedef struct
{
  const char *text;
  gboolean found;
} TextSearch;

static void
text_cb (GtkWidget *widget, gpointer data)
{
  TextSearch *search = data;

  if (GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), search->text) != NULL)
    search->found = TRUE;
}

gboolean
screen_shows (gpointer root, const char *text)
{
  TextSearch search = { text, FALSE };

  screen_walk (root, text_cb, &search);
  return search.found;
}

static gboolean
shows_cb (gpointer data)
{
  gpointer *wanted = data;

  return screen_shows (wanted[0], wanted[1]);
}

void
screen_wait_text (gpointer root, const char *text)
{
  gpointer wanted[] = { root, (gpointer)text };

  screen_wait (shows_cb, wanted, text);
}

static gboolean
has_button (gpointer data)
{
  gpointer *wanted = data;

  return screen_find (wanted[0], GTK_TYPE_BUTTON, wanted[1]) != NULL;
}

void
screen_press_button (gpointer root, const char *name)
{
  gpointer wanted[] = { root, (gpointer)name };

  screen_wait (has_button, wanted, name); /* a menu may be opening yet */
  gtk_button_clicked (GTK_BUTTON (screen_need (root, GTK_TYPE_BUTTON, name)));
  screen_settle ();
}

void
screen_open_menu (gpointer root, const char *name)
{
  GtkWidget *button = screen_need (root, GTK_TYPE_BUTTON, name);

  gtk_widget_grab_focus (button);
  screen_frame (button);
  /* it may be another one by now: lists are made anew when something changed */
  gtk_button_clicked (GTK_BUTTON (screen_need (root, GTK_TYPE_BUTTON, name)));
  screen_settle ();
}

/* -- keys and pictures -- */

void
screen_assert_focus (gpointer window, GType type, const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  AtkObject *accessible = focus != NULL ? gtk_widget_get_accessible (focus) : NULL;

  g_assert_nonnull (focus);
  g_assert_cmpstr (atk_object_get_name (accessible), ==, name);
  g_assert_true (g_type_is_a (G_OBJECT_TYPE (focus), type));
}

static void
send_key (gpointer window, GdkEventType type, guint key, GdkModifierType modifiers)
{
  GdkEvent *event = gdk_event_new (type);
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  GdkKeymapKey *keys = NULL;
  int n_keys = 0;

  event->key.window = g_object_ref (gtk_widget_get_window (GTK_WIDGET (window)));
  event->key.send_event = TRUE;
  event->key.time = GDK_CURRENT_TIME;
  event->key.state = modifiers;
  event->key.keyval = key;
  if (gdk_keymap_get_entries_for_keyval (gdk_keymap_get_for_display (display), key, &keys, &n_keys)
      && n_keys > 0)
    {
      event->key.hardware_keycode = (guint16)keys[0].keycode;
      event->key.group = (guint8)keys[0].group;
    }
  g_free (keys);
  gdk_event_set_device (event, gdk_seat_get_keyboard (gdk_display_get_default_seat (display)));
  gtk_main_do_event (event);
  gdk_event_free (event);
}

void
screen_press (gpointer window, guint key, GdkModifierType modifiers)
{
  send_key (window, GDK_KEY_PRESS, key, modifiers);
  send_key (window, GDK_KEY_RELEASE, key, modifiers);
  screen_settle ();
}

void
screen_hold (gpointer window, guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < 5; i++)
    {
      send_key (window, GDK_KEY_PRESS, key, modifiers);
      screen_settle ();
    }
  send_key (window, GDK_KEY_RELEASE, key, modifiers);
  screen_settle ();
}

void
screen_save (gpointer widget, const char *path)
{
  int width = gtk_widget_get_allocated_width (widget);
  int height = gtk_widget_get_allocated_height (widget);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  screen_frame (widget);
  gtk_widget_draw (widget, cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

void
screen_picture (gpointer window, const char *name)
{
  const char *folder = g_getenv ("JANELA_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_strdup_printf ("%s/%s.png", folder, name);
  screen_save (window, path);
}

void
screen_picture_as (gpointer window, const char *name, const char *variant)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", name, variant);

  screen_picture (window, file);
}
