/* paper-report.h: the day's paper: committed against printed, confirmed and collected, and what does not match. */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/**
 * JnPaperMismatch: something that somebody should look at
 * @what: "never-printed", "printed-twice", "not-sealed", "collected-unprinted", "never-ended", "unconfirmed"
 * @number: that stands on the paper
 * @counter: 0: not at a counter
 * @since: Unix seconds
 */
typedef struct
{
  char *what;
  char *number;
  int counter;
  gint64 since;
} JnPaperMismatch;

/**
 * JnPaperReport:
 * @committed: receipts of the day
 * @sealed, @printed, @collected: how many of them
 * @confirmed: how many of them a clerk said of that they came out
 * @copies: prints that said COPY n
 * @mismatches: of JnPaperMismatch, the oldest first
 */
typedef struct
{
  char *day; /* "YYYY-MM-DD" */
  guint committed;
  guint sealed;
  guint printed;
  guint confirmed;
  guint copies;
  guint collected;
  GPtrArray *mismatches;
} JnPaperReport;

void jn_paper_report_free (JnPaperReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnPaperReport, jn_paper_report_free)
/* An answer of the query `reconcile`. (transfer full) */
JnPaperReport *jn_paper_report_new (GVariant *answer);

/* @day: (nullable): today. Errors: DENIED where the person may not. */
void jn_paper_report_ask_async (JnSession *session,
                                const char *day,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
JnPaperReport *jn_paper_report_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
