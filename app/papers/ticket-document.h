/* ticket-document.h: the slip of the queue: the number, large, and what it stands for. */
#pragma once

#include "app/session.h"
#include "app/ticket.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * JnTicketLine: where a ticket stands in the line when its slip is printed.
 * @ahead: people before it; -1: not known
 * @least, @most: minutes that the wait is expected to take; -1: not known. Alike: one figure is said.
 */
typedef struct
{
  int ahead;
  int least;
  int most;
} JnTicketLine;

/**
 * jn_ticket_document_new:
 * @line: (nullable): without it nothing is said about the wait
 * @copy: 0: the first print
 *
 * In the ticket's language with the other official one. Its symbol is read by jn_scan_parse().
 * Neither a name nor why the ticket goes first stands on it.
 * Returns: (transfer full)
 */
JnDocument *
jn_ticket_document_new (JnTicket *ticket, JnSession *session, const JnTicketLine *line, guint copy);

/* The text of the slip's symbol, "janela:ticket:B011:" and its id. Returns: (transfer full) */
char *jn_ticket_document_format_symbol (JnTicket *ticket);

G_END_DECLS
