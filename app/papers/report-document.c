/* report-document.c: the day and the till of a counter or a branch, to be signed. */
#include "app/papers/report-document.h"

#include <glib/gi18n.h>
#include "app/papers/sheet.h"
#include "app/text.h"
#include "printing/format.h"

static char *
show_count (gint64 count, const char *language)
{
  return count != JN_REPORT_NOTHING ? jn_text_format_number (language, count) : NULL;
}

static char *
show_amount (gint64 amount)
{
  return amount != JN_REPORT_NOTHING ? jn_format_money (amount) : NULL;
}

/* -- tables -------------------------------------------------------------------------------------------- */

typedef struct
{
  const JnSheet *sheet;
  gboolean counts;
  gboolean amounts;
} Table;

static void
add_row (const Table *table, JnWords label, gint64 count, gint64 amount, gboolean total)
{
  g_autofree char *count_text = show_count (count, table->sheet->first);
  g_autofree char *amount_text = show_amount (amount);
  JnWords cells[3] = { label };
  guint n = 1;

  if (table->counts)
    cells[n++] = jn_words (count_text, NULL);
  if (table->amounts)
    cells[n++] = jn_words (amount_text, NULL);
  jn_document_add_row (table->sheet->document, cells, total);
}

static void
begin_table (const Table *table)
{
  JnColumn columns[3] = { { jn_words (NULL, NULL), JN_ALIGN_START, TRUE } };
  guint n = 1;

  if (table->counts)
    columns[n++] = (JnColumn){ jn_sheet_say (table->sheet, N_ ("Count")), JN_ALIGN_END, FALSE };
  if (table->amounts)
    columns[n++] = (JnColumn){ jn_words ("MOP", NULL), JN_ALIGN_END, FALSE };
  jn_document_add_table (table->sheet->document, columns, n);
}

static void
add_sum (gint64 *sum, gint64 value)
{
  if (value != JN_REPORT_NOTHING)
    *sum = (*sum == JN_REPORT_NOTHING ? 0 : *sum) + value;
}

static void
add_section (const JnSheet *sheet, const JnReportSection *section)
{
  Table table = { sheet, FALSE, FALSE };
  gint64 count = JN_REPORT_NOTHING, amount = JN_REPORT_NOTHING;

  for (guint i = 0; i < section->n_lines; i++)
    {
      add_sum (&count, section->lines[i].count);
      add_sum (&amount, section->lines[i].amount);
    }
  table.counts = count != JN_REPORT_NOTHING;
  table.amounts = amount != JN_REPORT_NOTHING;
  jn_document_add_heading (sheet->document, section->heading);
  begin_table (&table);
  for (guint i = 0; i < section->n_lines; i++)
    add_row (&table, section->lines[i].label, section->lines[i].count, section->lines[i].amount,
             FALSE);
  if (section->total)
    add_row (&table, jn_sheet_say (sheet, N_ ("Total")), count, amount, TRUE);
}

/* -- the till -------------------------------------------------------------------------------------------- */

static void
add_till (const JnSheet *sheet, const JnReport *report)
{
  gboolean known = report->counted != JN_REPORT_NOTHING;
  Table table = { sheet, FALSE, TRUE };

  if (report->expected == JN_REPORT_NOTHING)
    return;
  jn_sheet_add_heading (sheet, N_ ("Till"));
  begin_table (&table);
  add_row (&table, jn_sheet_say (sheet, N_ ("Should be in the till")), JN_REPORT_NOTHING,
                                 report->expected, FALSE);
  if (!known)
    {
      jn_sheet_add_field (sheet, N_ ("Counted"), NULL, NULL);
      return;
    }
  add_row (&table, jn_sheet_say (sheet, N_ ("Counted")), JN_REPORT_NOTHING, report->counted, FALSE);
  add_row (&table, jn_sheet_say (sheet, N_ ("Difference")), JN_REPORT_NOTHING,
                                 report->counted - report->expected, TRUE);
}

JnDocument *
jn_report_document_new (const JnReport *report, JnSession *session, guint copy)
{
  JnSheet sheet = jn_sheet_begin (session, JN_DOCUMENT_CASH_REPORT, report->language, copy);

  jn_sheet_add_masthead (&sheet, report->counter);
  jn_document_add_title (sheet.document, report->expected != JN_REPORT_NOTHING
                         ? jn_sheet_say (&sheet, N_ ("Day and cash report"))
                                         : jn_sheet_say (&sheet, N_ ("Day report")));
  jn_sheet_add_day (&sheet, N_ ("Day"), report->day);
  jn_sheet_add_time (&sheet, N_ ("Drawn up"), report->time);
  for (guint i = 0; i < report->n_sections; i++)
    add_section (&sheet, &report->sections[i]);
  add_till (&sheet, report);
  jn_sheet_add_signature (&sheet, N_ ("Drawn up by"),
                                      jn_session_get_staff_name (session, sheet.first), NULL);
  jn_sheet_add_signature (&sheet, N_ ("Checked by"), NULL, NULL);
  jn_document_set_model (sheet.document, "JN-CX-01 · v1");
  return sheet.document;
}
