/* notice-document.c: what is missing, said once and completely; and why something is not accepted. */
#include "app/papers/notice-document.h"

#include <glib/gi18n.h>
#include <string.h>
#include "app/papers/sheet.h"
#include "app/papers/ticket-document.h"
#include "app/text.h"

static void
add_person (const JnSheet *sheet, JnVisit *visit)
{
  JnPerson *person = jn_visit_get_applicant (visit);
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;

  if (person == NULL)
    return;
  name = jn_person_get_display_name (person, sheet->first);
  number = jn_person_get_masked_number (person);
  jn_sheet_add_plain (sheet, N_ ("Applicant"), name);
  jn_sheet_add_plain (sheet, N_ ("Identity document"), number);
}

static void
add_head (const JnSheet *sheet, JnVisit *visit, const char *title, gint64 time)
{
  JnSession *session = jn_visit_get_session (visit);

  jn_sheet_add_masthead (sheet, jn_session_get_counter (session));
  jn_document_add_title (sheet->document, jn_sheet_say (sheet, title));
  add_person (sheet, visit);
  /* TRANSLATORS: the moment at which a paper was printed */
  jn_sheet_add_time (sheet, N_ ("Date"), time);
}

static void
add_services (const JnSheet *sheet, JnVisit *visit)
{
  GPtrArray *proposals = jn_visit_get_proposals (visit);

  jn_sheet_add_heading (sheet, N_ ("Services"));
  for (guint i = 0; i < proposals->len; i++)
    {
      const JnProposal *proposal = proposals->pdata[i];

      if (proposal->chosen)
        jn_document_add_item (
            sheet->document, JN_ITEM_BULLET,
            jn_sheet_name_service (sheet, jn_service_entry_get_code (proposal->service)),
            jn_words (NULL, NULL));
    }
}

/* -- papers ------------------------------------------------------------------------------------------ */

static gboolean
is_missing (JnVisitPaper *paper)
{
  JnPaperState state = jn_visit_paper_get_state (paper);

  return state == JN_PAPER_MISSING
         || (state == JN_PAPER_ASKED && !jn_visit_paper_is_optional (paper));
}

static gboolean
is_there (JnVisitPaper *paper)
{
  JnPaperState state = jn_visit_paper_get_state (paper);

  return state != JN_PAPER_MISSING && state != JN_PAPER_ASKED;
}

static const char *
describe_form (JnVisitPaper *paper, const char *language)
{
  switch ((guint)jn_visit_paper_get_form (paper))
    {
    case JN_PAPER_ORIGINAL | JN_PAPER_COPY:
      return jn_text (language, "original and copy");
    case JN_PAPER_COPY:
      return jn_text (language, "copy");
    default:
      return jn_text (language, "original");
    }
}

static char *
describe_term (JnVisitPaper *paper, const char *language)
{
  guint days = jn_visit_paper_get_follow_days (paper);

  if (!jn_visit_paper_may_follow (paper))
    /* TRANSLATORS: of a missing paper, on the notice */
    return g_strdup (jn_text (language, "needed before the application can be accepted"));
  if (days == 0)
    /* TRANSLATORS: of a missing paper, on the notice */
    return g_strdup (jn_text (language, "may follow after the application"));
  /* TRANSLATORS: of a missing paper, on the notice */
  return g_strdup_printf (jn_text_plural (language,
                                          "may follow within %u day after the application",
                                          "may follow within %u days after the application", days),
                          days);
}

/* "DSI, FSS": who wants it, where the services are of several departments */
static char *
list_departments (const JnSheet *sheet, JnVisitPaper *paper)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (sheet->session);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (const char *const *code = jn_visit_paper_get_services (paper); *code != NULL; code++)
    {
      const JnServiceEntry *entry = jn_catalogue_get_service (catalogue, *code);
      const char *name = entry != NULL
                             ? jn_sheet_get_acronym (sheet, jn_service_entry_get_department (entry))
                             : NULL;

      if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer)name);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

static char *
describe_missing (const JnSheet *sheet, JnVisitPaper *paper, const char *language)
{
  g_autofree char *term = describe_term (paper, language);
  g_autofree char *departments = list_departments (sheet, paper);

  return g_strjoin (" · ", describe_form (paper, language), departments, term, NULL);
}

static char *
describe_there (const JnSheet *sheet, JnVisitPaper *paper, const char *language)
{
  JnPaperState state = jn_visit_paper_get_state (paper);
  const char *source = jn_visit_paper_get_source (paper);
  gboolean held = state == JN_PAPER_HELD || state == JN_PAPER_FETCHED;

  if (!held)
    /* TRANSLATORS: of a paper, on the notice */
    return g_strdup (jn_text (language, "shown today"));
  if (source == NULL || g_str_equal (source, "document") || g_str_has_prefix (source, "service:"))
    /* TRANSLATORS: of a paper, on the notice */
    return g_strdup (jn_text (language, "known already; need not be brought"));
  /* TRANSLATORS: of a paper, on the notice; %s is a department's acronym */
  return g_strdup_printf (jn_text (language, "held by %s; need not be brought"),
                          jn_sheet_get_acronym (sheet, source));
}

typedef char *(*Describe) (const JnSheet *sheet, JnVisitPaper *paper, const char *language);

static void
add_paper (const JnSheet *sheet, JnVisitPaper *paper, JnItemMark mark, Describe describe)
{
  g_autofree char *title = jn_visit_paper_get_title (paper, sheet->first);
  g_autofree char *title_second = jn_visit_paper_get_title (paper, sheet->second);
  g_autofree char *note = describe (sheet, paper, sheet->first);
  g_autofree char *note_second = describe (sheet, paper, sheet->second);

  jn_document_add_item (sheet->document, mark, jn_sheet_pair (title, title_second),
                        jn_sheet_pair (note, note_second));
}

/* Returns: how many */
static guint
add_papers (const JnSheet *sheet,
            JnVisit *visit,
            const char *heading,
            gboolean (*wanted) (JnVisitPaper *paper),
            JnItemMark mark,
            Describe describe)
{
  GListModel *papers = jn_visit_get_papers (visit);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      if (!wanted (paper))
        continue;
      if (n++ == 0)
        jn_sheet_add_heading (sheet, heading);
      add_paper (sheet, paper, mark, describe);
    }
  return n;
}

static void
add_symbol (const JnSheet *sheet, JnVisit *visit)
{
  g_autofree char *symbol = jn_ticket_document_format_symbol (jn_visit_get_ticket (visit));

  jn_document_add_qr (sheet->document, symbol,
                      jn_sheet_say (sheet, N_ ("Show this notice at the counter")));
}

static void
add_signatures (const JnSheet *sheet, JnVisit *visit)
{
  JnPerson *person = jn_visit_get_applicant (visit);
  g_autofree char *name = person != NULL ? jn_person_get_display_name (person, sheet->first) : NULL;

  jn_sheet_add_signature (
      sheet, N_ ("For the centre"), jn_session_get_staff_name (sheet->session, sheet->first), NULL);
  jn_sheet_add_signature (sheet, N_ ("Received by the citizen"), name, NULL);
}

JnDocument *
jn_notice_document_new (JnVisit *visit, gint64 time, guint copy)
{
  JnSheet sheet = jn_sheet_begin (jn_visit_get_session (visit), JN_DOCUMENT_NOTICE,
                                  jn_visit_get_language (visit), copy);

  /* TRANSLATORS: the title of the paper that lists all that is missing, once (一次性告知) */
  add_head (&sheet, visit, N_ ("One-time notice"), time);
  add_services (&sheet, visit);
  if (add_papers (&sheet, visit,
                  N_ ("Please bring"), is_missing, JN_ITEM_TO_BRING, describe_missing) == 0)
    jn_sheet_add_note (&sheet, JN_PARAGRAPH_IMPORTANT, N_ ("Nothing is missing."));
  else
    jn_sheet_add_note (&sheet, JN_PARAGRAPH_IMPORTANT,
                       N_ ("This list is complete: for these services nothing else will be asked "
                           "for, unless your circumstances change."));
  add_papers (&sheet, visit,
              N_ ("Need not be brought again"), is_there, JN_ITEM_DONE, describe_there);
  add_symbol (&sheet, visit);
  add_signatures (&sheet, visit);
  jn_document_set_model (sheet.document, "JN-NOT-01 · v1");
  return sheet.document;
}

JnDocument *
jn_refusal_document_new (JnVisit *visit, const JnRefusal *refusal, gint64 time, guint copy)
{
  JnSheet sheet = jn_sheet_begin (jn_visit_get_session (visit), JN_DOCUMENT_NOTICE_NOT_ACCEPTED,
                                  jn_visit_get_language (visit), copy);

  /* TRANSLATORS: the title of the paper that says why an application is not accepted */
  add_head (&sheet, visit, N_ ("Notice: application not accepted"), time);
  jn_document_add_field (sheet.document,
                         jn_sheet_say (&sheet, N_ ("Service")),
                                       jn_sheet_name_service (&sheet, refusal->service));
  jn_sheet_add_heading (&sheet, N_ ("Reason"));
  jn_document_add_paragraph (sheet.document, JN_PARAGRAPH_NORMAL, refusal->reason);
  if (refusal->basis.first != NULL)
    jn_document_add_field (sheet.document, jn_sheet_say (&sheet, N_ ("Legal basis")),
                                                         refusal->basis);
  if (refusal->remedy.first != NULL)
    {
      jn_sheet_add_heading (&sheet, N_ ("What you can do"));
      jn_document_add_paragraph (sheet.document, JN_PARAGRAPH_IMPORTANT, refusal->remedy);
    }
  jn_sheet_add_note (
      &sheet, JN_PARAGRAPH_NORMAL,
      N_ ("You may ask for this to be reviewed, by complaint or appeal, within the "
                         "time that the Administrative Procedure Code gives. Any counter takes it."));
  add_symbol (&sheet, visit);
  add_signatures (&sheet, visit);
  jn_document_set_model (sheet.document, "JN-NAC-01 · v1");
  return sheet.document;
}
