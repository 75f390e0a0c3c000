/* slip.c: prints the slip of a ticket or an appointment. */
#include "app/slip.h"

#include "app/papers/appointment-document.h"
#include "app/papers/return-document.h"

/* (nullable): which of the terminal's printers makes slips */
static const char *
find_use (JnSession *session)
{
  JnSettings *settings = jn_session_get_settings (session);

  if (jn_settings_get_printer (settings, "ticket") != NULL)
    return "ticket";
  return jn_settings_get_printer (settings, "receipt") != NULL ? "receipt" : NULL;
}

gboolean
jn_slip_has_printer (JnSession *session)
{
  g_return_val_if_fail (JN_IS_SESSION (session), FALSE);
  return find_use (session) != NULL;
}

/* Takes @document over. */
static JnPrint *
print (JnPrints *prints, JnSession *session, const JnPrintOrder *order, JnDocument *document)
{
  g_autoptr (JnDocument) slip = document;
  const char *use = find_use (session);

  return jn_prints_print (prints, slip, order, use != NULL ? use : "ticket");
}

static JnDocument *
make_slip (JnSession *session, JnTicket *ticket, const JnTicketLine *line)
{
  return jn_ticket_is_return (ticket) ? jn_return_document_new (ticket, session, 0)
                                      : jn_ticket_document_new (ticket, session, line, 0);
}

JnPrint *
jn_slip_print (JnPrints *prints, JnSession *session, JnTicket *ticket, const JnTicketLine *line)
{
  const JnPrintOrder order
      = { "ticket", jn_ticket_get_id (ticket), jn_ticket_get_number (ticket), NULL, FALSE };

  g_return_val_if_fail (JN_IS_PRINTS (prints) && JN_IS_SESSION (session), NULL);
  return print (prints, session, &order, make_slip (session, ticket, line));
}

JnPrint *
jn_slip_print_appointment (JnPrints *prints, JnSession *session, const JnAppointment *appointment)
{
  const JnPrintOrder order = { "appointment", appointment->id, appointment->code, NULL, FALSE };

  g_return_val_if_fail (JN_IS_PRINTS (prints) && JN_IS_SESSION (session), NULL);
  return print (prints, session, &order, jn_appointment_document_new (appointment, session, 0));
}

static void
on_changed_cb (JnPrint *print, gpointer user_data)
{
  if (jn_print_is_busy (print) && jn_print_needs_clerk (print))
    jn_print_cancel (print);
  else if (jn_print_get_step (print) == JN_PRINT_STEP_FAILED && jn_print_needs_clerk (print))
    jn_print_dismiss (print); /* the citizen is told; nobody else is there */
}

JnPrint *
jn_slip_print_unattended (JnPrints *prints,
                          JnSession *session,
                          JnTicket *ticket,
                          const JnTicketLine *line)
{
  JnPrint *print = jn_slip_print (prints, session, ticket, line);

  g_return_val_if_fail (print != NULL, NULL);
  g_signal_connect (print, "changed", G_CALLBACK (on_changed_cb), NULL);
  return print;
}
