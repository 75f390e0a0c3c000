/* emergency-card.h: while an emergency lasts: whom it concerns, and what is to become of each when it is
 * lifted; afterwards what became of those that it closed today. */
#pragma once

#include "app/hall.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_EMERGENCY_CARD (jn_emergency_card_get_type ())
G_DECLARE_FINAL_TYPE (JnEmergencyCard, jn_emergency_card, JN, EMERGENCY_CARD, GtkBin)

/* Hidden while there is nothing. @page says what went wrong; not owned. */
GtkWidget *jn_emergency_card_new (JnPage *page, JnSession *session, JnHall *hall);
/* Reads again now. */
void jn_emergency_card_refresh (JnEmergencyCard *self);
/* The keyboard to the choice. */
void jn_emergency_card_grab (JnEmergencyCard *self);

G_END_DECLS
