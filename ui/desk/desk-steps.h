/* desk-steps.h: what a clerk does between two visits: each step, and the question before it where one
 * is needed. What went wrong stands at the top of the page. */
#pragma once

#include "app/queue.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_DESK_STEPS (jn_desk_steps_get_type ())
G_DECLARE_FINAL_TYPE (JnDeskSteps, jn_desk_steps, JN, DESK_STEPS, GObject)

/* Property "busy" (gboolean): a step is under way. @page is not owned; it drops the steps first.
 * @slot: where questions appear. */
JnDeskSteps *jn_desk_steps_new (JnPage *page, JnSession *session, JnQueue *queue, GtkWidget *slot);
gboolean jn_desk_steps_is_busy (JnDeskSteps *self);

void jn_desk_steps_call_next (JnDeskSteps *self);
/* Out of turn, with a reason. */
void jn_desk_steps_call (JnDeskSteps *self, JnTicket *ticket);
void jn_desk_steps_recall (JnDeskSteps *self);
/* At the desk: the visit opens; a held one is taken up first; one left at another counter comes along. */
void jn_desk_steps_arrive (JnDeskSteps *self);
void jn_desk_steps_no_show (JnDeskSteps *self);
/* Back to the line: who was called by mistake, and who was left at another counter. */
void jn_desk_steps_return (JnDeskSteps *self);
void jn_desk_steps_hold (JnDeskSteps *self);
void jn_desk_steps_resume (JnDeskSteps *self, JnTicket *ticket);
void jn_desk_steps_transfer (JnDeskSteps *self);
/* Comes back today with a paper. */
void jn_desk_steps_send (JnDeskSteps *self);
/* The person left before the end. */
void jn_desk_steps_leave (JnDeskSteps *self);
/* Work that came by phone or mail. */
void jn_desk_steps_open_work (JnDeskSteps *self);
void jn_desk_steps_undo (JnDeskSteps *self);

G_END_DECLS
