/* drill-card.h: the tickets behind a figure of the hall, read again with every change. */
#pragma once

#include "app/hall.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_DRILL_CARD (jn_drill_card_get_type ())
G_DECLARE_FINAL_TYPE (JnDrillCard, jn_drill_card, JN, DRILL_CARD, GtkBin)

/* Hidden at first. Signals: "row" (JnTicket, GtkWidget *button): the button of a ticket; "problem"
 * (const GError *). */
GtkWidget *jn_drill_card_new (JnSession *session, JnHall *hall);
/**
 * jn_drill_card_show:
 * @figure: as for jn_hall_list_tickets_async ()
 * @of: (nullable): what the heading says of which group or counter
 * @group: (nullable)
 * @counter: 0: all
 *
 * With it the figures beside it are one press away. The same again closes it.
 */
void jn_drill_card_show (
    JnDrillCard *self, const char *figure, const char *of, const char *group, int counter);
/* "waiting" → "Waiting now" (transfer none) */
const char *jn_drill_card_get_words (const char *figure);
void jn_drill_card_refresh (JnDrillCard *self);
/* Returns: whether there was something to close */
gboolean jn_drill_card_close (JnDrillCard *self);

G_END_DECLS
