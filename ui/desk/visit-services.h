/* visit-services.h: the services of the visit at any of its steps: one more, one settled, one not wanted
 * any more, and the last of these taken back. */
#pragma once

#include "app/queue.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_VISIT_SERVICES (jn_visit_services_get_type ())
G_DECLARE_FINAL_TYPE (JnVisitServices, jn_visit_services, JN, VISIT_SERVICES, GtkBin)

/* Signal "go" (int): a JnPlace to go to: nothing is left to fill in, or the visit is over.
 * Actions of its window: "visit.services" opens and closes it, "visit.undo" takes the last step back. */
/* @visit, @queue: (nullable): no visit is open */
void jn_visit_services_set (JnVisitServices *self, JnVisit *visit, JnQueue *queue);

G_END_DECLS
