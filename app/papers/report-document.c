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
  gboolean confirmed;
  gboolean amounts;
} Table;

#define MOST_COLUMNS 4

static void
add_row (const Table *table, const JnReportLine *line, gboolean total)
{
  g_autofree char *count = show_count (line->count, table->sheet->first);
  g_autofree char *confirmed = show_count (line->confirmed, table->sheet->first);
  g_autofree char *amount = show_amount (line->amount);
  JnWords cells[MOST_COLUMNS] = { line->label };
  guint n = 1;

  if (table->counts)
    cells[n++] = jn_words (count, NULL);
  if (table->confirmed)
    cells[n++] = jn_words (confirmed, NULL);
  if (table->amounts)
    cells[n++] = jn_words (amount, NULL);
  jn_document_add_row (table->sheet->document, cells, total);
}

static void
add_amount (const Table *table, const char *label, gint64 amount, gboolean total)
{
  const JnReportLine line
      = { jn_sheet_say (table->sheet, label), JN_REPORT_NOTHING, JN_REPORT_NOTHING, amount };

  add_row (table, &line, total);
}

/* @confirmed: the head of that column */
static void
begin_table (const Table *table, JnWords confirmed)
{
  JnColumn columns[MOST_COLUMNS] = { { jn_words (NULL, NULL), JN_ALIGN_START, TRUE } };
  guint n = 1;

  if (table->counts)
    columns[n++] = (JnColumn){ jn_sheet_say (table->sheet, N_ ("Count")), JN_ALIGN_END, FALSE };
  if (table->confirmed)
    columns[n++] = (JnColumn){ confirmed, JN_ALIGN_END, FALSE };
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
  JnReportLine sum = { jn_sheet_say (sheet, N_ ("Total")), JN_REPORT_NOTHING, JN_REPORT_NOTHING,
                                     JN_REPORT_NOTHING };
  Table table = { sheet };

  for (guint i = 0; i < section->n_lines; i++)
    {
      add_sum (&sum.count, section->lines[i].count);
      add_sum (&sum.confirmed, section->lines[i].confirmed);
      add_sum (&sum.amount, section->lines[i].amount);
    }
  table.counts = sum.count != JN_REPORT_NOTHING;
  table.confirmed = section->confirmed.first != NULL && sum.confirmed != JN_REPORT_NOTHING;
  table.amounts = sum.amount != JN_REPORT_NOTHING;
  jn_document_add_heading (sheet->document, section->heading);
  begin_table (&table, section->confirmed);
  for (guint i = 0; i < section->n_lines; i++)
    add_row (&table, &section->lines[i], FALSE);
  if (section->total)
    add_row (&table, &sum, TRUE);
}

/* -- the till -------------------------------------------------------------------------------------------- */

static void
add_till (const JnSheet *sheet, const JnReport *report)
{
  Table table = { .sheet = sheet, .amounts = TRUE };

  if (report->expected == JN_REPORT_NOTHING)
    return;
  jn_sheet_add_heading (sheet, N_ ("Till"));
  begin_table (&table, jn_words (NULL, NULL));
  add_amount (&table, N_ ("Should be in the till"), report->expected, FALSE);
  if (report->counted == JN_REPORT_NOTHING)
    {
      jn_sheet_add_field (sheet, N_ ("Counted"), NULL, NULL);
      return;
    }
  add_amount (&table, N_ ("Counted"), report->counted, FALSE);
  add_amount (&table, N_ ("Difference"), report->counted - report->expected, TRUE);
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
