/* spooler.h: blocking talk with the print server, bounded in time; for the print thread alone.
 *
 * All CUPS calls are behind it (spooler.c). A queue is a name at the server, or the ipp:// address of a printer
 * that is spoken to directly. Not for other floors. */
#pragma once

#include "printing/printer.h"

G_BEGIN_DECLS

typedef enum
{
  JN_JOB_WAITING, /* pending or held */
  JN_JOB_PROCESSING,
  JN_JOB_STOPPED,
  JN_JOB_CANCELLED,
  JN_JOB_ABORTED,
  JN_JOB_COMPLETED,
} JnJobState;

/**
 * JnJobStatus:
 * @state: RFC 8011 job-state
 * @reasons: of the job and, while it lives, of its printer
 * @begun: by the server's clock, in seconds, when it was last begun; 0: not yet
 * @message: (nullable): what the printer said last
 */
typedef struct
{
  JnJobState state;
  JnPrinterReasons reasons;
  int begun;
  char *message;
} JnJobStatus;

typedef struct _JnSpooler JnSpooler;

/**
 * jn_spooler_new:
 * @server: (nullable): a socket's path, "host" or "host:port"; %NULL for CUPS's own default
 */
JnSpooler *jn_spooler_new (const char *server);
void jn_spooler_free (JnSpooler *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnSpooler, jn_spooler_free)

void jn_spooler_set_timeout (JnSpooler *self, guint milliseconds);

/**
 * jn_spooler_list: Returns: (transfer full) (element-type JnPrinter): the server's queues, by name
 */
GPtrArray *jn_spooler_list (JnSpooler *self, GError **error);

/**
 * jn_spooler_print: one Print-Job.
 *
 * Returns: the job's id; 0 with %JN_PRINT_ERROR_UNKNOWN where the answer was lost, %JN_PRINT_ERROR_OFFLINE where
 * it surely was not accepted
 */
int jn_spooler_print (JnSpooler *self,
                      const JnPrinterProfile *profile,
                      const char *attempt,
                      GBytes *bytes,
                      GError **error);

/**
 * jn_spooler_find: Returns: the id of the job named @attempt; 0 with %JN_PRINT_ERROR_NOT_FOUND when the server knows none
 */
int jn_spooler_find (JnSpooler *self, const char *queue, const char *attempt, GError **error);

/**
 * jn_spooler_look:
 * @attempt: the name that job @id must still have: a server that forgot its jobs counts from the start again
 * @status: (out caller-allocates): clear @message after success
 */
gboolean jn_spooler_look (JnSpooler *self,
                          const char *queue,
                          int id,
                          const char *attempt,
                          JnJobStatus *status,
                          GError **error);
gboolean jn_spooler_cancel (JnSpooler *self, const char *queue, int id, GError **error);

G_END_DECLS
