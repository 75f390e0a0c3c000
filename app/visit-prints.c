/* visit-prints.c: what a visit prints before its receipt: the notice of what is missing, the forms to sign. */
#include "app/visit-prints.h"

#include "app/papers/application-document.h"
#include "app/papers/notice-document.h"

static const char *
number_of (JnVisit *visit)
{
  return jn_ticket_get_number (jn_visit_get_ticket (visit));
}

/* What it says, but for the time at which it is given. */
static char *
edition_of (JnDocument *timeless)
{
  g_autofree char *json = jn_document_to_json (timeless);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, json, -1);
}

/* On the sheet printer where there is one. */
static const char *
find_use (JnPrints *prints)
{
  return jn_prints_get_use (prints, "form").profile != NULL ? "form" : "receipt";
}

JnPrint *
jn_visit_print_notice (JnVisit *visit, JnPrints *prints)
{
  gint64 now = jn_session_now (jn_visit_get_session (visit));
  g_autoptr (JnDocument) notice = jn_notice_document_new (visit, now, 0);
  g_autoptr (JnDocument) timeless = jn_notice_document_new (visit, 0, 0);
  g_autofree char *edition = edition_of (timeless);
  const JnPrintOrder order
      = { "notice", jn_visit_get_id (visit), number_of (visit), edition, FALSE };

  return jn_prints_print (prints, notice, &order, find_use (prints));
}

JnPrint *
jn_visit_print_refusal (JnVisit *visit, JnPrints *prints, const JnRefusal *refusal)
{
  gint64 now = jn_session_now (jn_visit_get_session (visit));
  g_autoptr (JnDocument) notice = jn_refusal_document_new (visit, refusal, now, 0);
  g_autoptr (JnDocument) timeless = jn_refusal_document_new (visit, refusal, 0, 0);
  g_autofree char *edition = edition_of (timeless);
  const JnPrintOrder order
      = { "not-accepted", jn_visit_get_id (visit), number_of (visit), edition, FALSE };

  return jn_prints_print (prints, notice, &order, find_use (prints));
}

/* -- forms to sign, one after the other ---------------------------------------------------------------- */

typedef struct
{
  JnVisit *visit;
  JnPrints *prints;
  guint at;
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  g_object_unref (round->visit);
  g_object_unref (round->prints);
  g_free (round);
}

static gboolean
print_form_cb (gpointer data)
{
  Round *round = data;
  g_autoptr (JnApplication) application
             = g_list_model_get_item (jn_visit_get_applications (round->visit), round->at++);
  g_autoptr (JnDocument) form = NULL;
  g_autoptr (JnDocument) timeless = NULL;
  g_autofree char *edition = NULL;
  JnPrintOrder order = { "application", NULL, number_of (round->visit), NULL, FALSE };

  if (application == NULL)
    return G_SOURCE_REMOVE;
  form = jn_application_document_new (round->visit, application,
                                      jn_session_now (jn_visit_get_session (round->visit)), 0);
  timeless = jn_application_document_new (round->visit, application, 0, 0);
  order.edition = edition = edition_of (timeless);
  order.subject = jn_application_get_id (application);
  jn_prints_print (round->prints, form, &order, "form");
  return G_SOURCE_CONTINUE;
}

guint
jn_visit_print_forms (JnVisit *visit, JnPrints *prints)
{
  guint n = g_list_model_get_n_items (jn_visit_get_applications (visit));
  Round *round;

  if (n == 0)
    return 0;
  round = g_new0 (Round, 1);
  round->visit = g_object_ref (visit);
  round->prints = g_object_ref (prints);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, print_form_cb, round, round_free);
  return n;
}
