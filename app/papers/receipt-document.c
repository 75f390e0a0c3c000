/* receipt-document.c: the receipt of a visit as a page. */
#include "app/papers/receipt-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/text.h"

static void
add_head (const JnSheet *sheet, JnReceipt *receipt)
{
  jn_sheet_add_masthead (sheet, jn_receipt_get_counter (receipt));
  /* TRANSLATORS: the title of the citizen's receipt */
  jn_document_add_title (sheet->document, jn_sheet_say (sheet, N_ ("Acceptance receipt")));
  jn_document_add_number (sheet->document, jn_sheet_say (sheet, N_ ("Receipt no.")),
                                                         jn_receipt_get_number (receipt));
  jn_sheet_add_time (sheet, N_ ("Received"), jn_receipt_get_time (receipt));
}

/* (nullable): what is to be said beside that it was received, which the whole receipt says */
static char *
describe_line (const JnReceiptLine *line, const char *language)
{
  g_autofree char *due = jn_text_format_date (language, line->due);

  if (g_strcmp0 (line->state, "waiting") == 0)
    /* TRANSLATORS: of an application that rests on another one of the same visit */
    return g_strdup (jn_text (language, "begins when the application before it is decided"));
  if (line->due == NULL)
    return NULL;
  /* TRANSLATORS: the day by which a department pledges to decide */
  return g_strdup_printf (jn_text (language, "pledged by %s"), due);
}

/* "DSI · 07-2026-0041287-2 · MOP 90.00"; an amount only where a department confirmed it */
static char *
describe_number (const JnSheet *sheet, const JnReceiptLine *line)
{
  const char *acronym = jn_sheet_get_acronym (sheet, line->department);
  const char *number = line->number != NULL ? line->number : "";
  g_autofree char *fee = jn_text_format_money (sheet->first, line->fee);

  if (line->fee <= 0)
    return g_strdup_printf ("%s · %s", acronym, number);
  return g_strdup_printf ("%s · %s · %s", acronym, number, fee);
}

static void
add_line (const JnSheet *sheet, const JnReceiptLine *line)
{
  g_autofree char *number = describe_number (sheet, line);
  g_autofree char *first = describe_line (line, sheet->first);
  g_autofree char *second = describe_line (line, sheet->second);
  g_autofree char *note = first != NULL ? g_strconcat (number, "\n", first, NULL) : NULL;

  jn_document_add_item (sheet->document, JN_ITEM_DONE, jn_sheet_name_service (sheet, line->service),
                        jn_words (note != NULL ? note : number, second));
}

/* Never "free" while a department has not confirmed it. */
static char *
describe_fees (JnReceipt *receipt, const char *language)
{
  gint64 fee = jn_receipt_get_fee (receipt);
  g_autofree char *charged = jn_text_format_money (language, fee);

  if (!jn_receipt_has_open_fees (receipt))
    return g_steal_pointer (&charged);
  if (fee == 0)
    /* TRANSLATORS: the fees of a receipt: no department confirmed any */
    return g_strdup (jn_text (language, "nothing charged today; to be confirmed"));
  /* TRANSLATORS: the fees of a receipt: an amount of money that was paid */
  return g_strdup_printf (jn_text (language, "%s charged today; the rest is to be confirmed"),
                          charged);
}

static void
add_fees (const JnSheet *sheet, JnReceipt *receipt)
{
  g_autofree char *first = describe_fees (receipt, sheet->first);
  g_autofree char *second = describe_fees (receipt, sheet->second);

  jn_document_add_rule (sheet->document);
  jn_sheet_add_field (sheet, N_ ("Fees"), first, second);
  /* TRANSLATORS: the day from which a result can be fetched */
  jn_sheet_add_day (sheet, N_ ("Pick-up from"), jn_receipt_get_pick_up (receipt));
}

static void
add_foot (const JnSheet *sheet, JnReceipt *receipt)
{
  if (jn_receipt_is_offline (receipt))
    jn_document_add_paragraph (
        sheet->document, JN_PARAGRAPH_SMALL,
        jn_sheet_say (sheet, N_ ("Taken while the connection was down; it is sent as soon "
                               "as it is back.")));
  if (jn_receipt_get_seal (receipt) != NULL)
    jn_document_add_qr (sheet->document, jn_receipt_get_seal (receipt),
                        jn_sheet_say (sheet, N_ ("Scan to see how your applications stand")));
  jn_document_add_paragraph (
      sheet->document, JN_PARAGRAPH_SMALL,
      jn_sheet_say (sheet, N_ ("Keep this receipt: with it any counter finds your "
                                                    "applications.")));
}

JnDocument *
jn_receipt_document_new (JnReceipt *receipt, JnSession *session, guint copy)
{
  JnSheet sheet
      = jn_sheet_begin (session, JN_DOCUMENT_RECEIPT, jn_receipt_get_language (receipt), copy);

  add_head (&sheet, receipt);
  jn_document_add_heading (sheet.document, jn_sheet_say (&sheet, N_ ("Applications")));
  for (guint i = 0; i < jn_receipt_get_n_lines (receipt); i++)
    add_line (&sheet, jn_receipt_get_line (receipt, i));
  add_fees (&sheet, receipt);
  add_foot (&sheet, receipt);
  return sheet.document;
}
