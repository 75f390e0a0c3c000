/* job-private.h: what the print thread tells a job. Not for other floors. */
#pragma once

#include "printing/job.h"

G_BEGIN_DECLS

/**
 * JnJobReport: what became of a job since the last report
 */
typedef struct
{
  JnPrintOutcome outcome;
  JnPrinterReasons reasons;
  char *message;
} JnJobReport;

JnPrintJob *jn_print_job_new (
    JnPrintService *service, GMainContext *context, const char *queue, const char *attempt, int id);

/**
 * jn_print_job_post: from any thread; @report is copied and told in the job's own context
 */
void jn_print_job_post (JnPrintJob *job, const JnJobReport *report);

/**
 * jn_print_job_was_cancelled: from any thread: whether we asked for its end ourselves
 */
gboolean jn_print_job_was_cancelled (JnPrintJob *job);

/**
 * jn_print_job_mark_cancelled: @running: its paper ran when it was taken out of the queue
 */
void jn_print_job_mark_cancelled (JnPrintJob *job, gboolean running);
gboolean jn_print_job_ran (JnPrintJob *job);

/* service.c */
void jn_print_service_cancel (JnPrintService *service, JnPrintJob *job, GTask *task);

G_END_DECLS
