/* application-document.c: one application as a form to sign: what was answered, in the citizen's words. */
#include "app/papers/application-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/papers/ticket-document.h"
#include "app/text.h"

static void
add_head (const JnSheet *sheet, JnVisit *visit, JnApplication *application, gint64 time)
{
  g_autofree char *branch = jn_session_get_branch_name (sheet->session, sheet->first);
  g_autofree char *branch_second = jn_session_get_branch_name (sheet->session, sheet->second);
  g_autofree char *symbol = jn_ticket_document_format_symbol (jn_visit_get_ticket (visit));

  jn_document_add_masthead (
      sheet->document,
      jn_sheet_name_department (sheet, jn_application_get_department (application)),
      jn_sheet_pair (branch, branch_second));
  jn_document_add_title (sheet->document,
                         jn_sheet_pair (jn_application_get_title (application, sheet->first),
                                        jn_application_get_title (application, sheet->second)));
  jn_sheet_add_time (sheet, N_ ("Date"), time);
  /* TRANSLATORS: of an application: the number of the ticket with which the citizen came */
  jn_sheet_add_plain (sheet, N_ ("Ticket"), jn_ticket_get_number (jn_visit_get_ticket (visit)));
  jn_document_add_qr (sheet->document, symbol, jn_words (NULL, NULL));
}

/* -- answers: read in both languages, put together by their node --------------------------------------- */

static const JnAnswer *
find_answer (GPtrArray *answers, const char *ref)
{
  for (guint i = 0; i < answers->len; i++)
    if (g_str_equal (((const JnAnswer *)answers->pdata[i])->ref, ref))
      return answers->pdata[i];
  return NULL;
}

static void
add_answer (const JnSheet *sheet, const JnAnswer *first, const JnAnswer *second)
{
  JnWords label = jn_sheet_pair (first->label, second != NULL ? second->label : NULL);

  if (first->statement)
    jn_document_add_item (sheet->document, JN_ITEM_DONE, label, jn_words (NULL, NULL));
  else
    jn_document_add_field (sheet->document, label,
                           jn_sheet_pair (first->value, second != NULL ? second->value : NULL));
}

static void
add_answers (const JnSheet *sheet, JnApplication *application)
{
  g_autoptr (GPtrArray) answers = jn_application_list_answers (application, sheet->first);
  g_autoptr (GPtrArray) others = jn_application_list_answers (application, sheet->second);
  const char *section = "";

  for (guint i = 0; i < answers->len; i++)
    {
      const JnAnswer *first = answers->pdata[i];
      const JnAnswer *second = find_answer (others, first->ref);

      if (g_strcmp0 (section, first->section) != 0 && *first->section != '\0')
        jn_document_add_heading (
            sheet->document,
            jn_sheet_pair (first->section, second != NULL ? second->section : NULL));
      section = first->section;
      add_answer (sheet, first, second);
    }
}

/* -- papers and fees ------------------------------------------------------------------------------------- */

static const char *
describe_state (JnPaperState state, const char *language)
{
  switch (state)
    {
    case JN_PAPER_PRESENTED:
      return jn_text (language, "original seen");
    case JN_PAPER_SCANNED:
      return jn_text (language, "scanned");
    case JN_PAPER_QR:
      return jn_text (language, "verified by its QR code");
    case JN_PAPER_HELD:
      return jn_text (language, "held already");
    case JN_PAPER_FETCHED:
      return jn_text (language, "fetched from the department");
    case JN_PAPER_ASKED:
    case JN_PAPER_MISSING:
      return jn_text (language, "missing");
    }
  g_return_val_if_reached ("");
}

static void
add_paper (const JnSheet *sheet, JnVisitPaper *paper)
{
  JnPaperState state = jn_visit_paper_get_state (paper);
  gboolean lacking = state == JN_PAPER_ASKED || state == JN_PAPER_MISSING;
  g_autofree char *title = jn_visit_paper_get_title (paper, sheet->first);
  g_autofree char *title_second = jn_visit_paper_get_title (paper, sheet->second);

  jn_document_add_item (
      sheet->document, lacking ? JN_ITEM_TO_BRING : JN_ITEM_DONE,
      jn_sheet_pair (title, title_second),
      jn_sheet_pair (describe_state (state, sheet->first), describe_state (state, sheet->second)));
}

static void
add_papers (const JnSheet *sheet, JnVisit *visit, const char *service)
{
  GListModel *papers = jn_visit_get_papers (visit);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      if (!g_strv_contains (jn_visit_paper_get_services (paper), service)
          || (jn_visit_paper_is_optional (paper)
              && jn_visit_paper_get_state (paper) == JN_PAPER_ASKED))
        continue;
      if (n++ == 0)
        jn_sheet_add_heading (sheet, N_ ("Papers"));
      add_paper (sheet, paper);
    }
}

/* -- signing ----------------------------------------------------------------------------------------------- */

static void
add_signatures (const JnSheet *sheet, JnVisit *visit)
{
  GBytes *png = NULL;
  JnSignatureMethod method = jn_visit_get_signature (visit, &png);
  JnPerson *person = jn_visit_get_applicant (visit);
  g_autofree char *name = person != NULL ? jn_person_get_display_name (person, sheet->first) : NULL;

  if (method == JN_SIGNATURE_BY_OTHER)
    {
      jn_sheet_add_signature (sheet, N_ ("At the applicant's request, who cannot sign"), NULL, png);
      jn_sheet_add_signature (sheet, N_ ("First witness"), NULL, NULL);
      jn_sheet_add_signature (sheet, N_ ("Second witness"), NULL, NULL);
      return;
    }
  jn_sheet_add_signature (sheet, method == JN_SIGNATURE_FINGERPRINT
                          ? N_ ("Applicant's fingerprint")
                          : N_ ("Applicant's signature"), name, png);
  jn_sheet_add_signature (sheet, N_ ("Checked by the officer"),
                                     jn_session_get_staff_name (sheet->session, sheet->first),
                                     NULL);
}

static void
set_model (const JnSheet *sheet, JnApplication *application)
{
  const JnServiceEntry *entry = jn_application_get_entry (application);
  g_autofree char *code = g_ascii_strup (jn_service_entry_get_code (entry), -1);
  g_autofree char *model = g_strdup_printf ("%s · v%s", code, jn_service_entry_get_version (entry));

  jn_document_set_model (sheet->document, model);
}

JnDocument *
jn_application_document_new (JnVisit *visit, JnApplication *application, gint64 time, guint copy)
{
  JnSheet sheet = jn_sheet_begin (jn_visit_get_session (visit), JN_DOCUMENT_APPLICATION,
                                  jn_visit_get_language (visit), copy);

  add_head (&sheet, visit, application, time);
  add_answers (&sheet, application);
  add_papers (&sheet, visit, jn_service_entry_get_code (jn_application_get_entry (application)));
  add_signatures (&sheet, visit);
  set_model (&sheet, application);
  return sheet.document;
}
