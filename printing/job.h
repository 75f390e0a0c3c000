/* job.h: a print job followed to its end, by one print thread that talks IPP to the print server.
 *
 * CUPS may print a job twice and calls a job completed that no printer took. So an attempt has an
 * id that the backend wrote down first, its fate has four names, and nothing here ever prints a
 * second time by itself. */
#pragma once

#include "printing/printer.h"

G_BEGIN_DECLS

/**
 * JnPrintOutcome: how an attempt ended
 * @JN_PRINT_PENDING: it did not end yet
 * @JN_PRINT_PRINTED: completed, and nothing speaks against it
 * @JN_PRINT_FAILED: it will not come out any more; the reasons say why
 * @JN_PRINT_CANCELLED: cancelled here; a page that was under way may still come
 * @JN_PRINT_UNCONFIRMED: nobody but the clerk can tell: "did it come out?"
 */
typedef enum
{
  JN_PRINT_PENDING,
  JN_PRINT_PRINTED,
  JN_PRINT_FAILED,
  JN_PRINT_CANCELLED,
  JN_PRINT_UNCONFIRMED,
} JnPrintOutcome;

/* -- one attempt ----------------------------------------------------------------------------------
 */

#define JN_TYPE_PRINT_JOB (jn_print_job_get_type ())
G_DECLARE_FINAL_TYPE (JnPrintJob, jn_print_job, JN, PRINT_JOB, GObject)

/* Properties (main thread, notified there):
 *   "outcome"  JnPrintOutcome as int
 *   "reasons"  JnPrinterReasons as uint: what is in the way now, or was at the end
 *   "message"  the server's own words (nullable), for support
 * Signal:
 *   "slow" ()  20 seconds in print without an end: offer to cancel, or another printer */

const char *jn_print_job_get_attempt (JnPrintJob *job);
const char *jn_print_job_get_queue (JnPrintJob *job);
int jn_print_job_get_id (JnPrintJob *job);
JnPrintOutcome jn_print_job_get_outcome (JnPrintJob *job);
JnPrinterReasons jn_print_job_get_reasons (JnPrintJob *job);
const char *jn_print_job_get_message (JnPrintJob *job); /* (nullable) */

/* -- the print thread -----------------------------------------------------------------------------
 */

#define JN_TYPE_PRINT_SERVICE (jn_print_service_get_type ())
G_DECLARE_FINAL_TYPE (JnPrintService, jn_print_service, JN, PRINT_SERVICE, GObject)

/**
 * jn_print_service_new:
 * @server: (nullable): path of cupsd's socket, or "host" or "host:port"; %NULL for what CUPS_SERVER
 * or /etc/cups/client.conf say
 *
 * Starts the print thread and warms its fonts. All callbacks come in the thread-default main
 * context of the caller. The last unref stops following, never the printing.
 */
JnPrintService *jn_print_service_new (const char *server);

/**
 * jn_print_service_set_timing:
 * @request: time-out of one request in ms (default 3000)
 * @slow: when "slow" is emitted, in ms from the last start of printing (default 20000)
 * @poll: between two looks in ms (default 250 for 10 s, then 2000)
 */
void jn_print_service_set_timing (JnPrintService *service, guint request, guint slow, guint poll);

/**
 * jn_print_service_list_finish: Returns: (transfer full) (element-type JnPrinter): the queues, by
 * name; %NULL with %JN_PRINT_ERROR_OFFLINE
 */
void jn_print_service_list_async (JnPrintService *service,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *
jn_print_service_list_finish (JnPrintService *service, GAsyncResult *result, GError **error);

/**
 * jn_print_service_encode_async: jn_printer_profile_encode() in the print thread.
 */
void jn_print_service_encode_async (JnPrintService *service,
                                    JnDocument *document,
                                    const JnPrinterProfile *profile,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GBytes *
jn_print_service_encode_finish (JnPrintService *service, GAsyncResult *result, GError **error);

/**
 * jn_print_service_submit_async:
 * @profile: where to, and what its printer takes
 * @attempt: the attempt's id, written down in the backend before; it becomes the job's name
 * @bytes: what jn_print_service_encode_finish() gave, kept by the backend too
 *
 * Sends one Print-Job. When its answer is lost, the server is asked for @attempt, and only "no such
 * job" counts as not accepted.
 */
void jn_print_service_submit_async (JnPrintService *service,
                                    const JnPrinterProfile *profile,
                                    const char *attempt,
                                    GBytes *bytes,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * jn_print_service_submit_finish:
 *
 * Returns: (transfer full): the accepted job, being followed already; %NULL with
 * %JN_PRINT_ERROR_OFFLINE (not sent: may be tried again), %JN_PRINT_ERROR_UNKNOWN (look it up
 * later, ask the clerk), %JN_PRINT_ERROR_REJECTED, _DENIED, _NOT_FOUND
 */
JnPrintJob *
jn_print_service_submit_finish (JnPrintService *service, GAsyncResult *result, GError **error);

/**
 * jn_print_service_look_up_async: finds the job of an earlier attempt (after a restart, a lost
 * answer). jn_print_service_look_up_finish() gives it, being followed, or
 * %JN_PRINT_ERROR_NOT_FOUND.
 */
void jn_print_service_look_up_async (JnPrintService *service,
                                     const char *queue,
                                     const char *attempt,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
JnPrintJob *
jn_print_service_look_up_finish (JnPrintService *service, GAsyncResult *result, GError **error);

/**
 * jn_print_job_wait_async: until the attempt's outcome is known. Cancelling the wait leaves the job
 * alone.
 */
void jn_print_job_wait_async (JnPrintJob *job,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
JnPrintOutcome jn_print_job_wait_finish (JnPrintJob *job, GAsyncResult *result, GError **error);

/**
 * jn_print_job_cancel_async: takes it out of the queue. A page under way may still come out.
 */
void jn_print_job_cancel_async (JnPrintJob *job,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean jn_print_job_cancel_finish (JnPrintJob *job, GAsyncResult *result, GError **error);

G_END_DECLS
