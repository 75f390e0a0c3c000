/* report-document.h: the day and the till of a counter or a branch, to be signed. */
#pragma once

#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

#define JN_REPORT_NOTHING G_MININT64 /* an empty cell */

/**
 * JnReportLine:
 * @label: in the report's two languages
 * @count: or %JN_REPORT_NOTHING
 * @confirmed: how many of them were confirmed; or %JN_REPORT_NOTHING
 * @amount: avos, or %JN_REPORT_NOTHING
 */
typedef struct
{
  JnWords label;
  gint64 count;
  gint64 confirmed;
  gint64 amount;
} JnReportLine;

/**
 * JnReportSection: a table of its own. A column in which no line has anything is left out.
 * @confirmed: (nullable in @confirmed.first): the head of that column
 * @total: whether its lines are summed up
 */
typedef struct
{
  JnWords heading;
  JnWords confirmed;
  const JnReportLine *lines;
  guint n_lines;
  gboolean total;
} JnReportSection;

/**
 * JnReport: All strings are borrowed for the call.
 * @language: of the clerks
 * @day: "YYYY-MM-DD"
 * @counter: 0: the whole branch
 * @time: when it was drawn up, Unix seconds
 * @expected, @counted: avos in the till; both %JN_REPORT_NOTHING: a report without a till; only @counted so:
 * a line to write it on
 */
typedef struct
{
  const char *language;
  const char *day;
  int counter;
  gint64 time;
  const JnReportSection *sections;
  guint n_sections;
  gint64 expected;
  gint64 counted;
} JnReport;

/* Returns: (transfer full) */
JnDocument *jn_report_document_new (const JnReport *report, JnSession *session, guint copy);

G_END_DECLS
