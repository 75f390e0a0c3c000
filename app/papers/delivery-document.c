/* delivery-document.c: what was handed over, to whom, against which document. */
#include "app/papers/delivery-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/text.h"

static void
add_head (const JnSheet *sheet, const JnDelivery *delivery)
{
  g_autofree char *number = jn_text_mask (delivery->number);

  jn_sheet_add_masthead (sheet, jn_session_get_counter (sheet->session));
  /* TRANSLATORS: the title of the paper that says what was handed over */
  jn_document_add_title (sheet->document, jn_sheet_say (sheet, N_ ("Delivery receipt")));
  jn_sheet_add_plain (sheet, N_ ("Receipt no."), delivery->receipt);
  jn_sheet_add_time (sheet, N_ ("Handed over"), delivery->time);
  jn_sheet_add_plain (sheet, N_ ("Received by"), delivery->receiver);
  jn_sheet_add_plain (sheet, N_ ("Identity document"), number);
  /* TRANSLATORS: of a delivery: the person whose paper another one fetches */
  jn_sheet_add_plain (sheet, N_ ("On behalf of"), delivery->holder);
}

static char *
describe (const JnDeliveredResult *result, const char *language)
{
  g_autofree char *name = jn_text_name (language, result->result);
  GPtrArray *parts = g_ptr_array_new ();
  char *text;

  if (*name != '\0')
    g_ptr_array_add (parts, name);
  if (result->serial != NULL)
    g_ptr_array_add (parts, (gpointer)result->serial);
  g_ptr_array_add (parts, (gpointer)result->application);
  g_ptr_array_add (parts, NULL);
  text = g_strjoinv (" · ", (char **)parts->pdata);
  g_ptr_array_unref (parts);
  return text;
}

static void
add_result (const JnSheet *sheet, const JnDeliveredResult *result)
{
  g_autofree char *first = describe (result, sheet->first);
  g_autofree char *second = describe (result, sheet->second);

  jn_document_add_item (sheet->document, JN_ITEM_DONE,
                        jn_sheet_name_service (sheet, result->service),
                        jn_sheet_pair (first, second));
}

JnDocument *
jn_delivery_document_new (const JnDelivery *delivery, JnSession *session, guint copy)
{
  JnSheet sheet = jn_sheet_begin (session, JN_DOCUMENT_DELIVERY, delivery->language, copy);

  add_head (&sheet, delivery);
  jn_sheet_add_heading (&sheet, N_ ("Handed over"));
  for (guint i = 0; i < delivery->n_results; i++)
    add_result (&sheet, &delivery->results[i]);
  jn_sheet_add_note (&sheet, JN_PARAGRAPH_NORMAL,
                     N_ ("I have received the above and compared what stands on it."));
  jn_sheet_add_signature (&sheet, N_ ("Signature of the receiver"), delivery->receiver,
                                      delivery->signature);
  jn_sheet_add_signature (&sheet, N_ ("For the centre"),
                                      jn_session_get_staff_name (session, sheet.first), NULL);
  jn_document_set_model (sheet.document, "JN-ENT-01 · v1");
  return sheet.document;
}
