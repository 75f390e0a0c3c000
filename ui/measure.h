/* measure.h: holds its child to a comfortable width in the middle, however wide the screen is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property "most" (int): the most pixels that its child gets across, at the usual text size. */
#define JN_TYPE_MEASURE (jn_measure_get_type ())
G_DECLARE_FINAL_TYPE (JnMeasure, jn_measure, JN, MEASURE, GtkBin)

GtkWidget *jn_measure_new (int most);

G_END_DECLS
