/* hall-steps.h: what a supervisor does in the hall, and the question before each: a profile, a ticket
 * taken over or sent elsewhere, a service suspended, the emergency, the end of the day. */
#pragma once

#include "app/hall.h"
#include "app/queue.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_HALL_STEPS (jn_hall_steps_get_type ())
G_DECLARE_FINAL_TYPE (JnHallSteps, jn_hall_steps, JN, HALL_STEPS, GObject)

/* @page is not owned; it drops the steps first. @slot: where questions appear. */
JnHallSteps *
jn_hall_steps_new (JnPage *page, JnSession *session, JnHall *hall, JnQueue *queue, GtkWidget *slot);

void jn_hall_steps_change_profile (JnHallSteps *self, int counter);
void jn_hall_steps_take (JnHallSteps *self, JnTicket *ticket);
void jn_hall_steps_reroute (JnHallSteps *self, JnTicket *ticket);
void jn_hall_steps_acknowledge (JnHallSteps *self, const char *call);
void jn_hall_steps_suspend (JnHallSteps *self);
void jn_hall_steps_resume (JnHallSteps *self, const char *suspension);
/* Begins it after a confirmation; what ends it: emergency-card.h. */
void jn_hall_steps_emergency (JnHallSteps *self);
void jn_hall_steps_close_day (JnHallSteps *self);

G_END_DECLS
