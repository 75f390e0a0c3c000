/* receipt-document.c: the receipt of a visit as a page. */
#include "app/papers/receipt-document.h"

#include <glib/gi18n.h>
#include "app/catalogue.h"
#include "app/text.h"

/* One text in both languages of the page; the strings live as long as this. */
typedef struct
{
  const char *first_language;
  const char *second_language;
  JnDocument *document;
  JnReceipt *receipt;
  JnSession *session;
} Page;

static JnWords
say (const Page *page, const char *msgid)
{
  return jn_words (jn_text (page->first_language, msgid), jn_text (page->second_language, msgid));
}

static void
add_field (const Page *page, const char *label, const char *first, const char *second)
{
  jn_document_add_field (page->document, say (page, label),
                         jn_words (first, g_strcmp0 (first, second) == 0 ? NULL : second));
}

static void
add_masthead (const Page *page)
{
  g_autofree char *branch = jn_session_get_branch_name (page->session, page->first_language);
  g_autofree char *second = jn_session_get_branch_name (page->session, page->second_language);
  int counter = jn_receipt_get_counter (page->receipt);
  /* TRANSLATORS: the number of a service counter, on a receipt */
  g_autofree char *place = g_strdup_printf (jn_text (page->first_language, "Counter %d"), counter);
  g_autofree char *place_second
      = g_strdup_printf (jn_text (page->second_language, "Counter %d"), counter);

  jn_document_add_masthead (page->document, jn_words (branch, second),
                            counter > 0 ? jn_words (place, place_second) : jn_words (NULL, NULL));
}

static void
add_head (const Page *page)
{
  GTimeZone *zone = jn_session_get_zone (page->session);
  gint64 time = jn_receipt_get_time (page->receipt);
  g_autofree char *first = jn_text_format_time (page->first_language, time, zone);
  g_autofree char *second = jn_text_format_time (page->second_language, time, zone);

  add_masthead (page);
  /* TRANSLATORS: the title of the citizen's receipt */
  jn_document_add_title (page->document, say (page, N_ ("Acceptance receipt")));
  jn_document_add_number (page->document, say (page, N_ ("Receipt no.")),
                                               jn_receipt_get_number (page->receipt));
  add_field (page, N_ ("Received"), first, second);
}

static char *
describe_line (const Page *page, const JnReceiptLine *line, const char *language)
{
  g_autofree char *due = jn_text_format_date (language, line->due);

  if (g_strcmp0 (line->state, "waiting") == 0)
    /* TRANSLATORS: of an application that rests on another one of the same visit */
    return g_strdup (jn_text (language, "begins when the application before it is decided"));
  if (line->due != NULL)
    /* TRANSLATORS: the day by which a department pledges to decide */
    return g_strdup_printf (jn_text (language, "pledged by %s"), due);
  return g_strdup (jn_text (language, "submitted"));
}

static void
add_line (const Page *page, const JnReceiptLine *line)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (page->session);
  const JnServiceEntry *entry
      = catalogue != NULL ? jn_catalogue_get_service (catalogue, line->service) : NULL;
  const char *acronym
      = catalogue != NULL ? jn_catalogue_get_acronym (catalogue, line->department) : NULL;
  g_autofree char *first = describe_line (page, line, page->first_language);
  g_autofree char *second = describe_line (page, line, page->second_language);
  g_autofree char *note = g_strjoin (" · ", acronym != NULL ? acronym : line->department,
                                     line->number != NULL ? line->number : "", first, NULL);

  jn_document_add_item (page->document, JN_ITEM_DONE,
                        entry != NULL
                            ? jn_words (jn_service_entry_get_name (entry, page->first_language),
                                        jn_service_entry_get_name (entry, page->second_language))
                            : jn_words (line->service, NULL),
                        jn_words (note, second));
}

/* Never "free" while a department has not confirmed it. */
static char *
describe_fees (const Page *page, const char *language)
{
  gint64 fee = jn_receipt_get_fee (page->receipt);
  g_autofree char *charged = jn_text_format_money (language, fee);

  if (!jn_receipt_has_open_fees (page->receipt))
    return g_steal_pointer (&charged);
  if (fee == 0)
    /* TRANSLATORS: the fees of a receipt: no department confirmed any */
    return g_strdup (jn_text (language, "nothing charged today; to be confirmed"));
  /* TRANSLATORS: the fees of a receipt: an amount of money that was paid */
  return g_strdup_printf (jn_text (language, "%s charged today; the rest is to be confirmed"),
                          charged);
}

static void
add_fees (const Page *page)
{
  g_autofree char *first = describe_fees (page, page->first_language);
  g_autofree char *second = describe_fees (page, page->second_language);

  jn_document_add_rule (page->document);
  add_field (page, N_ ("Fees"), first, second);
}

static void
add_pick_up (const Page *page)
{
  const char *day = jn_receipt_get_pick_up (page->receipt);
  g_autofree char *first = jn_text_format_date (page->first_language, day);
  g_autofree char *second = jn_text_format_date (page->second_language, day);

  if (day != NULL)
    /* TRANSLATORS: the day from which a result can be fetched */
    add_field (page, N_ ("Pick-up from"), first, second);
}

static void
add_foot (const Page *page)
{
  if (jn_receipt_is_offline (page->receipt))
    jn_document_add_paragraph (
        page->document, JN_PARAGRAPH_SMALL,
        say (page, N_ ("Taken while the connection was down; it is sent as soon "
                                          "as it is back.")));
  if (jn_receipt_get_seal (page->receipt) != NULL)
    jn_document_add_qr (page->document, jn_receipt_get_seal (page->receipt),
                        say (page, N_ ("Scan to see how your applications stand")));
  jn_document_add_paragraph (page->document, JN_PARAGRAPH_SMALL,
                             say (page, N_ ("Keep this receipt: with it any counter finds your "
                                        "applications.")));
}

/* zh and pt are the official pair; who reads English gets Chinese beside it. */
static const char *
second_of (const char *language)
{
  return g_strcmp0 (language, "zh-Hant") == 0 ? "pt" : "zh-Hant";
}

JnDocument *
jn_receipt_document_new (JnReceipt *receipt, JnSession *session, guint copy)
{
  const char *language = jn_receipt_get_language (receipt);
  Page page = { language, second_of (language), NULL, receipt, session };

  page.document = jn_document_new (JN_DOCUMENT_RECEIPT, language, page.second_language);
  jn_document_set_copy (page.document, copy);
  add_head (&page);
  jn_document_add_heading (page.document, say (&page, N_ ("Applications")));
  for (guint i = 0; i < jn_receipt_get_n_lines (receipt); i++)
    add_line (&page, jn_receipt_get_line (receipt, i));
  add_fees (&page);
  add_pick_up (&page);
  add_foot (&page);
  return page.document;
}
