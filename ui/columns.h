/* columns.h: a container that sets its visible children in two columns, or one where it is narrow. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_COLUMNS (jn_columns_get_type ())
G_DECLARE_FINAL_TYPE (JnColumns, jn_columns, JN, COLUMNS, GtkContainer)

GtkWidget *jn_columns_new (void);
/* @wide: it takes a whole row */
void jn_columns_add (JnColumns *self, GtkWidget *child, gboolean wide);

G_END_DECLS
