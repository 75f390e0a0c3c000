/* desk-page.h: what a clerk sees between two visits: who is next and why, and the button that
 * calls. */
#pragma once

#include "app/queue.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_DESK_PAGE (jn_desk_page_get_type ())
G_DECLARE_FINAL_TYPE (JnDeskPage, jn_desk_page, JN, DESK_PAGE, JnPage)

/* Its actions: page.call, page.recall. When the called person is at the desk the visit begins. */
GtkWidget *jn_desk_page_new (JnSession *session, JnQueue *queue);

G_END_DECLS
