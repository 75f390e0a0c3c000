/* groups-card.h: who waits by group of services, and the waits of the last hour against the pledge. */
#pragma once

#include "app/hall.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_GROUPS_CARD (jn_groups_card_get_type ())
G_DECLARE_FINAL_TYPE (JnGroupsCard, jn_groups_card, JN, GROUPS_CARD, GtkBin)

/* Signal "group" (const char *code, const char *name): its tickets are wanted. */
GtkWidget *jn_groups_card_new (JnHall *hall);

G_END_DECLS
