/* choice-steps.h: what a citizen chooses whose service is suspended, with the question that a choice needs,
 * and the slip that he goes away with. */
#pragma once

#include "app/affected.h"
#include "app/prints.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_CHOICE_STEPS (jn_choice_steps_get_type ())
G_DECLARE_FINAL_TYPE (JnChoiceSteps, jn_choice_steps, JN, CHOICE_STEPS, GObject)

/* @page is not owned; it drops the steps first. @slot: where questions appear. */
JnChoiceSteps *jn_choice_steps_new (
    JnPage *page, JnSession *session, JnAffected *affected, JnPrints *prints, GtkWidget *slot);

void jn_choice_steps_leave_papers (JnChoiceSteps *self, JnTicket *ticket);
void jn_choice_steps_call_back (JnChoiceSteps *self, JnTicket *ticket);
void jn_choice_steps_rebook (JnChoiceSteps *self, JnTicket *ticket);

G_END_DECLS
