/* return-document.c: the slip of who comes back today: until when, with what, and where the number goes on. */
#include "app/papers/return-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/papers/subject.h"
#include "app/papers/ticket-document.h"

static void
add_missing (const JnSheet *sheet, JnTicket *ticket)
{
  const char *const *missing = jn_ticket_get_missing (ticket);

  if (*missing == NULL)
    return;
  /* TRANSLATORS: of a slip: the papers with which the citizen comes back */
  jn_sheet_add_heading (sheet, N_ ("Bring with you"));
  for (; *missing != NULL; missing++)
    jn_document_add_item (sheet->document, JN_ITEM_BULLET, jn_sheet_pair (*missing, *missing),
                          jn_words (NULL, NULL));
}

JnDocument *
jn_return_document_new (JnTicket *ticket, JnSession *session, guint copy)
{
  JnSheet sheet
      = jn_sheet_begin (session, JN_DOCUMENT_TICKET, jn_ticket_get_language (ticket), copy);
  g_autofree char *symbol = jn_ticket_document_format_symbol (ticket);

  jn_sheet_add_masthead (&sheet, 0);
  jn_document_add_title (sheet.document, jn_sheet_say (&sheet, N_ ("Come back today")));
  jn_document_add_number (sheet.document, jn_sheet_say (&sheet, N_ ("Your number")),
                                                        jn_ticket_get_number (ticket));
  /* TRANSLATORS: of a slip: the moment until which the number is kept */
  jn_sheet_add_time (&sheet, N_ ("Kept until"), jn_ticket_get_expected_until (ticket));
  jn_sheet_add_subject (&sheet, jn_ticket_get_event (ticket), jn_ticket_get_services (ticket));
  add_missing (&sheet, ticket);
  jn_document_add_qr (sheet.document, symbol,
                      jn_sheet_say (&sheet, N_ ("Show this slip at reception or at the kiosk")));
  jn_document_add_paragraph (
      sheet.document, JN_PARAGRAPH_SMALL,
      jn_sheet_say (&sheet,
                    N_ ("You keep your place: your number is called as if you had waited here, "
                                "at a counter that goes on with what you said. After closing it needs "
                                "a new number.")));
  return sheet.document;
}
