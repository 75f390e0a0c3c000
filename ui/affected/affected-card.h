/* affected-card.h: suspended services, who waits for one and what he chose, and the pledges that run
 * meanwhile: at reception and in the hall. */
#pragma once

#include "ui/affected/choice-steps.h"

G_BEGIN_DECLS

#define JN_TYPE_AFFECTED_CARD (jn_affected_card_get_type ())
G_DECLARE_FINAL_TYPE (JnAffectedCard, jn_affected_card, JN, AFFECTED_CARD, GtkBin)

/**
 * jn_affected_card_new:
 * @page: says what came of a choice; not owned
 * @slot: where questions appear
 * @lifts: a suspension of this branch can be lifted here
 *
 * Hidden while nothing is suspended. Signal "resume" (const char *id): a suspension is to be lifted.
 */
GtkWidget *jn_affected_card_new (
    JnPage *page, JnSession *session, JnPrints *prints, GtkWidget *slot, gboolean lifts);
/* Reads again now. */
void jn_affected_card_refresh (JnAffectedCard *self);

G_END_DECLS
