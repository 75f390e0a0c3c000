/* kiosk-pages.h: the large pieces that a kiosk's pages are made of. For ui/kiosk/ only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A heading, with a line below (nullable). */
GtkWidget *jn_kiosk_heading_new (const char *heading, const char *line);
/* A target that a thumb finds; @icon, @second: (nullable). */
GtkWidget *
jn_kiosk_button_new (const char *icon, const char *first, const char *second, const char *classes);
/* Targets in rows of at most @columns, as wide as there is room. */
GtkWidget *jn_kiosk_grid_new (guint columns);
void jn_kiosk_grid_add (GtkWidget *grid, GtkWidget *button);

G_END_DECLS
