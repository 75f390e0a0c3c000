/* slip.h: prints the slip of a ticket or an appointment, on the printer that the settings give to "ticket", else to "receipt".
 *
 * An attempt like any other paper's: written down, followed, asked about, a further one is a COPY. */
#pragma once

#include "app/appointments.h"
#include "app/papers/ticket-document.h"
#include "app/prints.h"

G_BEGIN_DECLS

/* Whether there is a printer for slips. */
gboolean jn_slip_has_printer (JnSession *session);

/**
 * jn_slip_print:
 * @line: (nullable): as for the document
 *
 * Of a return ticket the slip that says until when, with what and where to come back.
 * Returns: (transfer none): the print that begins
 */
JnPrint *
jn_slip_print (JnPrints *prints, JnSession *session, JnTicket *ticket, const JnTicketLine *line);

/* The same where nobody stands by: what waits at the printer is taken back, so that it does not come out
 * when its citizen is gone. */
JnPrint *jn_slip_print_unattended (JnPrints *prints,
                                   JnSession *session,
                                   JnTicket *ticket,
                                   const JnTicketLine *line);

/* The slip that says when to come. (transfer none) */
JnPrint *
jn_slip_print_appointment (JnPrints *prints, JnSession *session, const JnAppointment *appointment);

G_END_DECLS
