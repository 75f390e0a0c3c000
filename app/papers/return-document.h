/* return-document.h: the slip of who comes back today: until when, with what, and where the number goes on. */
#pragma once

#include "app/session.h"
#include "app/ticket.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * jn_return_document_new:
 * @ticket: a return ticket: jn_ticket_is_return()
 * @copy: 0: the first print
 *
 * In the citizen's language, as is what he was sent for. Its symbol is that of the ticket's own slip:
 * reception and kiosk check it in by it. Returns: (transfer full)
 */
JnDocument *jn_return_document_new (JnTicket *ticket, JnSession *session, guint copy);

G_END_DECLS
