/* side.h: the right edge: what the whole visit still needs: papers, fees, the pledge. */
#pragma once

#include <gtk/gtk.h>
#include "app/visit.h"

G_BEGIN_DECLS

#define JN_TYPE_SIDE (jn_side_get_type ())
G_DECLARE_FINAL_TYPE (JnSide, jn_side, JN, SIDE, GtkBin)

/* @visit: (nullable): none: it is empty and hidden. Builds its words again. */
void jn_side_set_visit (JnSide *self, JnVisit *visit);

G_END_DECLS
