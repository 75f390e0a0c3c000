/* notices.h: what interrupts the hall, each with what answers it: the emergency, and calls for
 * help. */
#pragma once

#include "ui/hall/hall-steps.h"

G_BEGIN_DECLS

#define JN_TYPE_HALL_NOTICES (jn_hall_notices_get_type ())
G_DECLARE_FINAL_TYPE (JnHallNotices, jn_hall_notices, JN, HALL_NOTICES, GtkBin)

/* Hidden while there is nothing. */
GtkWidget *jn_hall_notices_new (JnSession *session, JnHall *hall, JnHallSteps *steps);

G_END_DECLS
