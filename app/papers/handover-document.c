/* handover-document.c: papers that change hands: to a department, or to the next clerk. */
#include "app/papers/handover-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/text.h"

static void
add_head (const JnSheet *sheet, const JnHandover *handover)
{
  jn_sheet_add_masthead (sheet, jn_session_get_counter (sheet->session));
  /* TRANSLATORS: the title of the paper that goes with applications to a department or another clerk */
  jn_document_add_title (sheet->document, jn_sheet_say (sheet, N_ ("Hand-over slip")));
  if (handover->number != NULL)
    jn_document_add_number (sheet->document, jn_sheet_say (sheet, N_ ("Slip no.")),
                                                           handover->number);
  jn_sheet_add_time (sheet, N_ ("Date"), handover->time);
  jn_sheet_add_plain (sheet, N_ ("From"), handover->from);
  if (handover->department != NULL)
    /* TRANSLATORS: of a hand-over: who gets it */
    jn_document_add_field (sheet->document,
                           jn_sheet_say (sheet, N_ ("To")),
                                         jn_sheet_name_department (sheet, handover->department));
  else
    jn_sheet_add_plain (sheet, N_ ("To"), handover->to);
}

static void
add_line (const JnSheet *sheet, guint i, const JnHandoverLine *line)
{
  g_autofree char *place = g_strdup_printf ("%u", i + 1);
  g_autofree char *papers = g_strdup_printf ("%u", line->n_papers);
  const JnWords cells[] = { jn_words (place, NULL), jn_sheet_name_service (sheet, line->service),
                            jn_words (line->number, NULL), jn_words (papers, NULL) };

  jn_document_add_row (sheet->document, cells, FALSE);
}

static void
add_total (const JnSheet *sheet, guint n_papers)
{
  g_autofree char *papers = g_strdup_printf ("%u", n_papers);
  const JnWords none = jn_words (NULL, NULL);
  const JnWords cells[]
      = { none, jn_sheet_say (sheet, N_ ("Total")), none, jn_words (papers, NULL) };

  jn_document_add_row (sheet->document, cells, TRUE);
}

static void
add_lines (const JnSheet *sheet, const JnHandover *handover)
{
  const JnColumn columns[] = { { jn_words ("#", NULL), JN_ALIGN_END, FALSE },
                               { jn_sheet_say (sheet, N_ ("Service")), JN_ALIGN_START, TRUE },
                                 { jn_sheet_say (sheet, N_ ("Number")), JN_ALIGN_START, FALSE },
                                   { jn_sheet_say (sheet, N_ ("Papers")), JN_ALIGN_END, FALSE } };
  guint n_papers = 0;

  jn_document_add_table (sheet->document, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < handover->n_lines; i++)
    {
      add_line (sheet, i, &handover->lines[i]);
      n_papers += handover->lines[i].n_papers;
    }
  add_total (sheet, n_papers);
}

JnDocument *
jn_handover_document_new (const JnHandover *handover, JnSession *session, guint copy)
{
  JnSheet sheet = jn_sheet_begin (session, JN_DOCUMENT_HAND_OVER, handover->language, copy);

  add_head (&sheet, handover);
  add_lines (&sheet, handover);
  if (handover->note != NULL)
    jn_document_add_paragraph (sheet.document, JN_PARAGRAPH_NORMAL,
                               jn_words (handover->note, NULL));
  /* TRANSLATORS: of a hand-over: who signs */
  jn_sheet_add_signature (&sheet, N_ ("Handed over by"), handover->from, NULL);
  /* TRANSLATORS: of a hand-over: who signs */
  jn_sheet_add_signature (&sheet, N_ ("Taken over by"), handover->to, NULL);
  jn_document_set_model (sheet.document, "JN-ENC-01 · v1");
  return sheet.document;
}
