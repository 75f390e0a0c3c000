/* desk-lists.h: what stands below the button that calls: groups, tickets, the clerk's own day. */
#pragma once

#include "app/queue.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*JnTicketChosen) (gpointer owner, JnTicket *ticket);

/* Each empties @box and fills it again. */
void jn_desk_lists_show_groups (GtkWidget *box, JnQueue *queue); /* a GtkFlowBox */
/* @grid: GtkGrid; each row has a button that calls @chosen. The first button: (transfer none)
 * (nullable) */
GtkWidget *jn_desk_lists_show_tickets (GtkWidget *grid,
                                       JnSession *session,
                                       GListModel *tickets,
                                       guint most,
                                       const char *label,
                                       JnTicketChosen chosen,
                                       gpointer owner);
void jn_desk_lists_show_day (GtkWidget *box, JnQueue *queue);

/* For pages with figures: a figure with words below it, packed into @box. */
void jn_desk_lists_add_figure (GtkWidget *box, const char *figure, const char *words);

G_END_DECLS
