/* appointment-document.h: the slip of an appointment: its code, large, the day and hour, and what it is for. */
#pragma once

#include "app/appointments.h"
#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * jn_appointment_document_new:
 * @copy: 0: the first print
 *
 * In the language that was booked in, with the other official one. Its symbol is read at check-in.
 * Neither a name nor the contact stands on it.
 * Returns: (transfer full)
 */
JnDocument *
jn_appointment_document_new (const JnAppointment *appointment, JnSession *session, guint copy);

G_END_DECLS
