/* paper-report.c: the day's paper: committed against printed, confirmed and collected. */
#include "app/paper-report.h"

#include "app/call.h"
#include "app/dict.h"

static void
mismatch_free (gpointer data)
{
  JnPaperMismatch *mismatch = data;

  g_free (mismatch->what);
  g_free (mismatch->number);
  g_free (mismatch);
}

void
jn_paper_report_free (JnPaperReport *report)
{
  g_ptr_array_unref (report->mismatches);
  g_free (report->day);
  g_free (report);
}

static JnPaperMismatch *
read_mismatch (GVariant *row)
{
  JnPaperMismatch *mismatch = g_new0 (JnPaperMismatch, 1);
  const char *since = jn_dict_string (row, "since");

  mismatch->what = g_strdup (jn_dict_string (row, "what"));
  mismatch->number = g_strdup (jn_dict_string (row, "no"));
  mismatch->counter = (int)jn_dict_int (row, "counter", 0);
  mismatch->since = since != NULL ? jn_time_parse (since) / G_USEC_PER_SEC : 0;
  return mismatch;
}

JnPaperReport *
jn_paper_report_new (GVariant *answer)
{
  JnPaperReport *report = g_new0 (JnPaperReport, 1);
  g_autoptr (GVariant) counts = jn_dict_dict (answer, "receipts");
  g_autoptr (GVariant) rows = jn_dict_list (answer, "mismatches");

  report->day = g_strdup (jn_dict_string (answer, "day"));
  report->mismatches = g_ptr_array_new_with_free_func (mismatch_free);
  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      g_ptr_array_add (report->mismatches, read_mismatch (row));
    }
  if (counts == NULL)
    return report;
  report->committed = (guint)jn_dict_int (counts, "committed", 0);
  report->sealed = (guint)jn_dict_int (counts, "sealed", 0);
  report->printed = (guint)jn_dict_int (counts, "printed", 0);
  report->confirmed = (guint)jn_dict_int (counts, "confirmed", 0);
  report->copies = (guint)jn_dict_int (counts, "copies", 0);
  report->collected = (guint)jn_dict_int (counts, "collected", 0);
  return report;
}

static void
answered (GTask *task, GVariant *answer)
{
  g_task_return_pointer (task, jn_paper_report_new (answer), (GDestroyNotify)jn_paper_report_free);
}

void
jn_paper_report_ask_async (JnSession *session,
                           const char *day,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (JnQuery) query = jn_query_new ("reconcile", jn_dict_new ("day", "s", day, NULL));

  jn_call_ask (jn_session_get_backend (session), query,
               g_task_new (session, cancellable, callback, user_data), answered);
}

JnPaperReport *
jn_paper_report_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
