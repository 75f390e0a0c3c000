/* checks.c: walks over what is on the screen and names what is wrong. */
#include "tests/ui/checks.h"

#include <math.h>

#include "tests/ui/screen.h"
#include "ui/language.h"
#include "ui/look.h"

#define MOST_ACROSS                                                                                \
  1250 /* pixels of a page at the usual text size: as much as a small screen has */

static JnPlace
place_of (gpointer window)
{
  return JN_IS_WINDOW (window) ? jn_window_get_place (window) : JN_N_PLACES;
}

/* -- names -- */

static gboolean
is_labelled (AtkObject *accessible)
{
  AtkRelationSet *relations = atk_object_ref_relation_set (accessible);
  gboolean labelled = atk_relation_set_contains (relations, ATK_RELATION_LABELLED_BY);

  g_object_unref (relations);
  return labelled;
}

static void
name_cb (GtkWidget *widget, gpointer data)
{
  AtkObject *accessible;
  const char *name;

  if (!gtk_widget_get_can_focus (widget) || !gtk_widget_is_sensitive (widget)
      || GTK_IS_WINDOW (widget) || GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LABEL (widget))
    return;
  accessible = gtk_widget_get_accessible (widget);
  name = accessible != NULL ? atk_object_get_name (accessible) : NULL;
  if ((name == NULL || *name == '\0') && (accessible == NULL || !is_labelled (accessible)))
    {
      g_test_message ("a %s has no name (place %d)", G_OBJECT_TYPE_NAME (widget), *(JnPlace *)data);
      g_test_fail ();
    }
}

void
check_names (gpointer window)
{
  JnPlace place = place_of (window);

  screen_walk (window, name_cb, &place);
}

/* -- contrast -- */

static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green)
         + 0.0722 * linear (colour->blue);
}

static void
lay_over (GdkRGBA *below, const GdkRGBA *above)
{
  below->red = above->red * above->alpha + below->red * (1 - above->alpha);
  below->green = above->green * above->alpha + below->green * (1 - above->alpha);
  below->blue = above->blue * above->alpha + below->blue * (1 - above->alpha);
}

static GdkRGBA
background_of (GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GdkRGBA below = { 1, 1, 1, 1 };
  GdkRGBA *own = NULL;

  if (parent != NULL)
    below = background_of (parent);
  gtk_style_context_get (context, gtk_style_context_get_state (context), "background-color", &own,
                         NULL);
  lay_over (&below, own);
  gdk_rgba_free (own);
  return below;
}

static void
contrast_cb (GtkWidget *widget, gpointer data)
{
  GtkStyleContext *context;
  GdkRGBA front, back;
  double light, dark, ratio;

  if (!GTK_IS_LABEL (widget) || !gtk_widget_is_sensitive (widget)
      || *gtk_label_get_text (GTK_LABEL (widget)) == '\0')
    return;
  context = gtk_widget_get_style_context (widget);
  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &front);
  back = background_of (widget);
  light = MAX (luminance (&front), luminance (&back));
  dark = MIN (luminance (&front), luminance (&back));
  ratio = (light + 0.05) / (dark + 0.05);
  if (ratio < 4.5)
    {
      g_test_message ("\"%s\" stands out %.2f : 1 only (place %d)",
                      gtk_label_get_text (GTK_LABEL (widget)), ratio, *(JnPlace *)data);
      g_test_fail ();
    }
}

void
check_contrast (gpointer window)
{
  JnPlace place = place_of (window);

  screen_walk (window, contrast_cb, &place);
}

/* -- nothing is cut off -- */

/* What is cut short may be read in full in the tooltip of the button that it stands on. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  GtkWidget *button = gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);

  return gtk_widget_get_has_tooltip (button != NULL ? button : widget);
}

static void
cut_cb (GtkWidget *widget, gpointer data)
{
  GtkLabel *label;

  if (!GTK_IS_LABEL (widget))
    return;
  label = GTK_LABEL (widget);
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)) && !has_tooltip (widget))
    {
      g_test_message ("\"%s\" is cut short (place %d)", gtk_label_get_text (label),
                      *(JnPlace *)data);
      g_test_fail ();
    }
}

/* An entry has room for its text: for the larger one, too. */
static void
flat_cb (GtkWidget *widget, gpointer data)
{
  int height = gtk_widget_get_allocated_height (widget);
  PangoRectangle text;

  if (!GTK_IS_ENTRY (widget) || height <= 1) /* folded away */
    return;
  pango_layout_get_pixel_extents (gtk_entry_get_layout (GTK_ENTRY (widget)), NULL, &text);
  if (height < text.height)
    {
      g_test_message ("an entry of %d lines holds text of %d (place %d)", height, text.height,
                      *(JnPlace *)data);
      g_test_fail ();
    }
}

static void
sideways_cb (GtkWidget *widget, gpointer data)
{
  GtkAdjustment *across;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return;
  across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  if (gtk_adjustment_get_upper (across) > gtk_adjustment_get_page_size (across) + 1)
    {
      g_test_message ("it scrolls sideways: %.0f in %.0f (place %d)",
                      gtk_adjustment_get_upper (across), gtk_adjustment_get_page_size (across),
                      *(JnPlace *)data);
      g_test_fail ();
    }
}

/* Words stay near what they name, however wide the screen is. */
static void
long_cb (GtkWidget *widget, gpointer data)
{
  if (!JN_IS_PAGE (widget) || gtk_widget_get_allocated_width (widget) <= MOST_ACROSS)
    return;
  g_test_message ("a page is %d pixels wide (place %d)", gtk_widget_get_allocated_width (widget),
                  *(JnPlace *)data);
  g_test_fail ();
}

void
check_fits (gpointer window, int width, int height)
{
  JnPlace place = place_of (window);
  int least_width, least_height;

  gtk_widget_get_preferred_width (GTK_WIDGET (window), &least_width, NULL);
  gtk_widget_get_preferred_height (GTK_WIDGET (window), &least_height, NULL);
  if (least_width > width || least_height > height)
    {
      g_test_message ("the window needs %d × %d (place %d)", least_width, least_height, place);
      g_test_fail ();
    }
  screen_walk (window, cut_cb, &place);
  screen_walk (window, flat_cb, &place);
  screen_walk (window, sideways_cb, &place);
}

/* -- all of it -- */

static void
keep (gpointer window, const char *name, const char *variant)
{
  g_autofree char *file
      = g_strdup_printf ("%s.%s%s%s", name, jn_language_get ()->tag, variant != NULL ? "." : "",
                         variant != NULL ? variant : "");

  screen_picture (window, file);
}

/* What words decide: whether they are there, and whether there is room for them. */
static void
check_words (JnWindow *window, const char *name)
{
  screen_frame (window);
  keep (window, name, NULL);
  check_names (window);
  check_contrast (window);
  check_fits (window, 1366, 768);
  screen_set_text_size (window, "200");
  check_fits (window, 1366, 768);
  keep (window, name, "200");
  screen_set_text_size (window, "100");
}

static void
check_other_looks (gpointer window, const char *name)
{
  static const char *const variants[JN_N_LOOKS]
      = { [JN_LOOK_DARK] = "dark", [JN_LOOK_CONTRAST] = "contrast" };

  for (int look = JN_LOOK_DARK; look < JN_N_LOOKS; look++)
    {
      jn_look_set ((JnLook)look);
      screen_frame (window);
      check_contrast (window);
      check_fits (window, gtk_widget_get_allocated_width (window),
                  gtk_widget_get_allocated_height (window));
      keep (window, name, variants[look]);
    }
  jn_look_set (JN_LOOK_NORMAL);
  screen_frame (window);
}

/* What is the same in each language. */
static void
check_rest (JnWindow *window, const char *name)
{
  JnPlace place = jn_window_get_place (window);

  screen_resize (window, 1920, 1080);
  check_fits (window, 1920, 1080);
  screen_walk (window, long_cb, &place);
  keep (window, name, "1920");
  screen_resize (window, 1366, 768);
  check_other_looks (window, name);
}

void
check_looks (JnWindow *window, const char *name)
{
  check_words (window, name);
  check_rest (window, name);
}

void
check_languages (JnWindow *window, const char *name)
{
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      screen_set_language (window, language->code);
      check_words (window, name);
    }
  screen_set_language (window, "en");
  check_rest (window, name);
}

static void
below_cb (GtkWidget *widget, gpointer name)
{
  GtkAdjustment *down;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return;
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  if (gtk_adjustment_get_upper (down) > gtk_adjustment_get_page_size (down) + 1)
    {
      g_test_message ("%s: there is more below the screen: %.0f in %.0f", (const char *)name,
                      gtk_adjustment_get_upper (down), gtk_adjustment_get_page_size (down));
      g_test_fail ();
    }
}

static void
check_size (gpointer window, const char *name, int width, int height)
{
  g_autofree char *variant = g_strdup_printf ("%d", width);

  screen_resize (window, width, height);
  screen_frame (window); /* its text is as large as the screen: known with the first frame */
  check_contrast (window);
  check_fits (window, width, height);
  screen_walk (window, below_cb, variant);
  keep (window, name, variant);
}

void
check_standing (gpointer window, const char *name)
{
  int width = gtk_widget_get_allocated_width (window);
  int height = gtk_widget_get_allocated_height (window);

  check_names (window);
  check_size (window, name, 1366, 768);
  check_size (window, name, 1920, 1080);
  check_other_looks (window, name);
  jn_look_set_text_size (200);
  screen_frame (window);
  check_fits (window, 1920, 1080);
  screen_walk (window, below_cb, (gpointer) "200");
  keep (window, name, "200");
  jn_look_set_text_size (100);
  check_size (window, name, width, height);
}
