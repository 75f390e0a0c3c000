/* appointment-document.c: the slip of an appointment. */
#include "app/papers/appointment-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/papers/subject.h"
#include "app/text.h"

/* "10:30 – 11:15": when it can be checked in */
static void
add_window (const JnSheet *sheet, const JnAppointment *appointment)
{
  GTimeZone *zone = jn_session_get_zone (sheet->session);
  g_autofree char *from = jn_text_format_clock (appointment->from, zone);
  g_autofree char *until = jn_text_format_clock (appointment->until, zone);
  g_autofree char *window = g_strdup_printf ("%s – %s", from, until);

  if (appointment->from > 0 && appointment->until > 0)
    jn_sheet_add_field (sheet, N_ ("Be in the hall"), window, NULL);
}

JnDocument *
jn_appointment_document_new (const JnAppointment *appointment, JnSession *session, guint copy)
{
  JnSheet sheet = jn_sheet_begin (session, JN_DOCUMENT_NOTICE, appointment->language, copy);
  g_autofree char *symbol = jn_appointment_format_symbol (appointment);

  jn_sheet_add_masthead (&sheet, 0);
  jn_document_add_number (sheet.document, jn_sheet_say (&sheet, N_ ("Your appointment")),
                                                        appointment->code);
  jn_sheet_add_time (&sheet, N_ ("Booked for"), appointment->at);
  add_window (&sheet, appointment);
  jn_sheet_add_subject (&sheet, appointment->event, (const char *const *)appointment->services);
  jn_document_add_qr (sheet.document, symbol,
                      jn_sheet_say (&sheet, N_ ("Show this slip at reception or at the kiosk")));
  jn_sheet_add_note (&sheet, JN_PARAGRAPH_SMALL,
                     N_ ("Whoever comes later takes a place in the line. The code moves or cancels "
                         "the appointment."));
  return sheet.document;
}
