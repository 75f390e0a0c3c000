/* ticket-document.c: the slip of the queue: the number, large, and what it stands for. */
#include "app/papers/ticket-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/papers/subject.h"
#include "app/text.h"

char *
jn_ticket_document_format_symbol (JnTicket *ticket)
{
  return g_strdup_printf ("janela:ticket:%s:%s", jn_ticket_get_number (ticket),
                          jn_ticket_get_id (ticket));
}

static void
add_ahead (const JnSheet *sheet, int ahead)
{
  g_autofree char *first = jn_text_format_number (sheet->first, ahead);

  if (ahead >= 0)
    /* TRANSLATORS: of a queue's slip: how many people wait before this one */
    jn_sheet_add_field (sheet, N_ ("People before you"), first, NULL);
}

static char *
describe_wait (const char *language, const JnTicketLine *line)
{
  if (line->least == line->most)
    /* TRANSLATORS: a wait in minutes, on the queue's slip */
    return g_strdup_printf (jn_text (language, "about %d minutes"), line->most);
  /* TRANSLATORS: a wait in minutes, from and to, on the queue's slip */
  return g_strdup_printf (jn_text (language, "%d to %d minutes"), line->least, line->most);
}

static void
add_wait (const JnSheet *sheet, const JnTicketLine *line)
{
  g_autofree char *first = describe_wait (sheet->first, line);
  g_autofree char *second = describe_wait (sheet->second, line);

  if (line->least < 0 || line->most < line->least)
    return;
  if (line->most < 5)
    /* TRANSLATORS: of a queue's slip: the wait is expected to be short */
    jn_document_add_field (sheet->document,
                           jn_sheet_say (sheet, N_ ("Expected wait")),
                                         jn_sheet_say (sheet, N_ ("less than 5 minutes")));
  else
    jn_sheet_add_field (sheet, N_ ("Expected wait"), first, second);
}

/* Who booked is called by the booked time; who came early should know. */
static void
add_times (const JnSheet *sheet, JnTicket *ticket)
{
  jn_sheet_add_time (sheet, N_ ("Issued at"), jn_ticket_get_arrived (ticket));
  if (jn_ticket_get_booked (ticket) > 0)
    jn_sheet_add_time (sheet, N_ ("Booked for"), jn_ticket_get_booked (ticket));
}

/* Of a service that cannot be given now: what the citizen chose. */
static void
add_choice (const JnSheet *sheet, JnTicket *ticket)
{
  if (g_strcmp0 (jn_ticket_get_channel (ticket), "phone") == 0)
    jn_sheet_add_note (
        sheet, JN_PARAGRAPH_IMPORTANT,
        N_ ("This cannot be done now. We will call you back when it can: you need not "
                           "wait here."));
  else if (jn_ticket_leaves_papers (ticket))
    jn_sheet_add_note (
        sheet, JN_PARAGRAPH_IMPORTANT,
        N_ ("This cannot be done now. You will be called to leave your papers; it is "
                           "done as soon as it can be."));
}

JnDocument *
jn_ticket_document_new (JnTicket *ticket, JnSession *session, const JnTicketLine *line, guint copy)
{
  JnSheet sheet
      = jn_sheet_begin (session, JN_DOCUMENT_TICKET, jn_ticket_get_language (ticket), copy);
  g_autofree char *symbol = jn_ticket_document_format_symbol (ticket);

  jn_sheet_add_masthead (&sheet, 0);
  jn_document_add_number (sheet.document, jn_sheet_say (&sheet, N_ ("Your number")),
                                                        jn_ticket_get_number (ticket));
  jn_sheet_add_subject (&sheet, jn_ticket_get_event (ticket), jn_ticket_get_services (ticket));
  add_choice (&sheet, ticket);
  if (line != NULL)
    add_ahead (&sheet, line->ahead);
  if (line != NULL)
    add_wait (&sheet, line);
  add_times (&sheet, ticket);
  jn_document_add_qr (sheet.document, symbol,
                      jn_sheet_say (&sheet, N_ ("Show this slip at the counter")));
  jn_document_add_paragraph (
      sheet.document, JN_PARAGRAPH_SMALL,
      jn_sheet_say (&sheet, N_ ("Numbers are called by the hour of arrival, the kind of service "
                              "and lawful priority, not in their own order.")));
  return sheet.document;
}
