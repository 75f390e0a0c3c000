/* look.c: one sheet for all looks, and a small one above it that only renames the colours. */
#include "ui/look.h"

#define SHEETS "/example/janela/css/"
#define USUAL_DPI (96 * 1024)
/* For every widget from its making on: a font that is looked up twice makes the first frame late. */
#define FONT "Noto Sans, Noto Sans CJK HK, Noto Sans CJK TC, sans-serif 10.5"

static GtkCssProvider *variant;
static JnLook current;
static int text_size = 100;
static int base_dpi;

static GtkCssProvider *
add_sheet (const char *name, guint priority)
{
  GtkCssProvider *sheet = gtk_css_provider_new ();

  if (name != NULL)
    gtk_css_provider_load_from_resource (sheet, name);
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (sheet),
                                             priority);
  return sheet;
}

void
jn_look_load (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (variant != NULL)
    return;
  g_object_set (settings, "gtk-font-name", FONT, NULL);
  g_object_unref (add_sheet (SHEETS "janela.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION));
  variant = add_sheet (NULL, GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_object_get (settings, "gtk-xft-dpi", &base_dpi, NULL);
  if (base_dpi <= 0)
    base_dpi = USUAL_DPI;
}

void
jn_look_load_standing (void)
{
  static gboolean loaded;

  if (!loaded)
    g_object_unref (add_sheet (SHEETS "standing.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION));
  loaded = TRUE;
}

/* The theme is slow to begin with, and the first frame wants none of it. */
void
jn_look_load_icons (void)
{
  static gboolean loaded;

  if (!loaded)
    gtk_icon_theme_add_resource_path (gtk_icon_theme_get_default (), "/example/janela/icons");
  loaded = TRUE;
}

void
jn_look_set (JnLook look)
{
  static const char *const sheets[JN_N_LOOKS] = {
    [JN_LOOK_NORMAL] = NULL,
    [JN_LOOK_DARK] = SHEETS "dark.css",
    [JN_LOOK_CONTRAST] = SHEETS "contrast.css",
  };

  g_return_if_fail (variant != NULL && look < JN_N_LOOKS);
  current = look;
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme",
                look == JN_LOOK_DARK, NULL);
  if (sheets[look] != NULL)
    gtk_css_provider_load_from_resource (variant, sheets[look]);
  else
    gtk_css_provider_load_from_data (variant, "", 0, NULL);
  gtk_style_context_reset_widgets (gdk_screen_get_default ());
}

JnLook
jn_look_get (void)
{
  return current;
}

/* An entry's context keeps the metrics of the former size, and it the height. */
static void
measure_entry (GtkWidget *entry)
{
  pango_context_changed (gtk_widget_get_pango_context (entry));
  gtk_widget_queue_resize (entry);
}

/* What a drop-down shows is measured by a context that only ever grows. */
static void
measure_cells (GtkWidget *view)
{
  g_autoptr (GtkCellAreaContext) context = NULL;

  g_object_get (view, "cell-area-context", &context, NULL);
  if (context != NULL)
    gtk_cell_area_context_reset (context);
  gtk_widget_queue_resize (view);
}

static void
measure_again (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_ENTRY (widget))
    measure_entry (widget);
  else if (GTK_IS_CELL_VIEW (widget))
    measure_cells (widget);
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), measure_again, NULL);
}

void
jn_look_set_text_size (int percent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  text_size = CLAMP (percent, 100, 200);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", base_dpi * text_size / 100, NULL);
  for (GList *window = windows; window != NULL; window = window->next)
    measure_again (window->data, NULL);
}

int
jn_look_get_text_size (void)
{
  return text_size;
}
