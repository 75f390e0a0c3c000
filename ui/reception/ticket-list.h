/* ticket-list.h: today's tickets and appointments at reception, each with what can be done. */
#pragma once

#include "app/reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_TICKET_LIST (jn_ticket_list_get_type ())
G_DECLARE_FINAL_TYPE (JnTicketList, jn_ticket_list, JN, TICKET_LIST, GtkBin)

/* Signals: "reprint", "change", "merge", "cancel", "check-in" (JnTicket): what is asked for;
 * "check-in-code" (char *): of an appointment. */
GtkWidget *jn_ticket_list_new (JnSession *session, JnReception *reception);
void jn_ticket_list_grab_find (JnTicketList *self);

G_END_DECLS
