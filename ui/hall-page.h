/* hall-page.h: what a supervisor sees of the hall, and the few things that change it. */
#pragma once

#include "app/queue.h"
#include "app/prints.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_HALL_PAGE (jn_hall_page_get_type ())
G_DECLARE_FINAL_TYPE (JnHallPage, jn_hall_page, JN, HALL_PAGE, JnPage)

GtkWidget *jn_hall_page_new (JnSession *session, JnQueue *queue, JnPrints *prints);

G_END_DECLS
