/* rail.h: the left edge: where am I in this visit. Each step is a button, with a line below it. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_RAIL (jn_rail_get_type ())
G_DECLARE_FINAL_TYPE (JnRail, jn_rail, JN, RAIL, GtkBin)

/* Signal "go" (int): a place was chosen. */
/* @visit: (nullable): none: the rail is empty and hidden. Builds its words again. */
void jn_rail_set_visit (JnRail *self, JnVisit *visit);
void jn_rail_set_place (JnRail *self, JnPlace place);
/* @at, @of: which form is on the screen, from 1 */
void jn_rail_set_form (JnRail *self, guint at, guint of);
/* Numbers only, for a window that is narrow for its text size. */
void jn_rail_set_narrow (JnRail *self, gboolean narrow);

G_END_DECLS
