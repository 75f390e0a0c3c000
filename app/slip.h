/* slip.h: prints the slip of a ticket or an appointment on the printer that the settings give to
 * "ticket", else to "receipt". A slip is no receipt: nothing is counted but the copies, which reception
 * notes. */
#pragma once

#include "app/appointments.h"
#include "app/papers/ticket-document.h"
#include "printing/job.h"

G_BEGIN_DECLS

/* Whether there is a printer for slips. */
gboolean jn_slip_has_printer (JnSession *session);

/**
 * jn_slip_print_async:
 * @line: (nullable): as for the document
 * @copy: 0: the first print
 *
 * Answers when its fate is known. Errors: NOT_FOUND `printer` (none is set up), FAILED `slip` (it did
 * not come out), those of jn_print_service_submit_finish().
 */
void jn_slip_print_async (JnSession *session,
                          JnPrintService *printing,
                          JnTicket *ticket,
                          const JnTicketLine *line,
                          guint copy,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* The same of an appointment that was booked in the hall. */
void jn_slip_print_appointment_async (JnSession *session,
                                      JnPrintService *printing,
                                      const JnAppointment *appointment,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean jn_slip_print_finish (JnSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
