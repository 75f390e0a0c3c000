/* event-page.h: what happened: life events, search over all services, and the bundle that follows. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_EVENT_PAGE (jn_event_page_get_type ())
G_DECLARE_FINAL_TYPE (JnEventPage, jn_event_page, JN, EVENT_PAGE, JnPage)

GtkWidget *jn_event_page_new (JnVisit *visit);

G_END_DECLS
