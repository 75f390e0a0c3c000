/* counters-card.h: every counter with its clerk, state, ticket, since when, profile, and its day. */
#pragma once

#include "app/hall.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_COUNTERS_CARD (jn_counters_card_get_type ())
G_DECLARE_FINAL_TYPE (JnCountersCard, jn_counters_card, JN, COUNTERS_CARD, GtkBin)

/* Signal "counter" (int number, GtkWidget *button): what can be done with it is asked for. */
GtkWidget *jn_counters_card_new (JnSession *session, JnHall *hall);

G_END_DECLS
