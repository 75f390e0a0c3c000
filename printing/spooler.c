/* spooler.c: the one file that calls CUPS: low-level IPP on our own connection, every wait bounded.
 *
 * Nothing here reads a PPD or asks for a destination: those calls are gone in libcups 3, or wait for ever. */
#include "printing/spooler.h"

#include <cups/cups.h>
#include <errno.h>
#include <string.h>

#include "printing/reasons.h"

struct _JnSpooler
{
  char *host; /* or a socket's path */
  int port;
  guint timeout;
  http_t *http; /* to the server; NULL while there is none */
};

/* Where one request goes: the server, or a printer of its own address. */
typedef struct
{
  http_t *http;
  gboolean own;  /* opened for this request alone */
  gboolean kept; /* open since an earlier request */
  char uri[HTTP_MAX_URI];
  char resource[HTTP_MAX_URI];
} Line;

/* -- connecting ---------------------------------------------------------------------------------------- */

static int
time_out_cb (http_t *http, void *user_data)
{
  return 0; /* 0 gives up */
}

static const char *
no_password_cb (
    const char *prompt, http_t *http, const char *method, const char *resource, void *user_data)
{
  return NULL; /* nobody is asked on a terminal that nobody sees */
}

static void
read_server (JnSpooler *self, const char *server)
{
  const char *colon = server[0] == '/' ? NULL : strrchr (server, ':');
  guint64 port;

  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 1, 65535, &port, NULL))
    {
      self->host = g_strndup (server, colon - server);
      self->port = port;
      return;
    }
  self->host = g_strdup (server);
  self->port = ippPort ();
}

JnSpooler *
jn_spooler_new (const char *server)
{
  JnSpooler *self = g_new0 (JnSpooler, 1);

  read_server (self, server != NULL ? server : cupsServer ());
  self->timeout = 3000;
  return self;
}

static void
hang_up (JnSpooler *self)
{
  g_clear_pointer (&self->http, httpClose);
}

void
jn_spooler_free (JnSpooler *self)
{
  hang_up (self);
  g_free (self->host);
  g_free (self);
}

void
jn_spooler_set_timeout (JnSpooler *self, guint milliseconds)
{
  self->timeout = milliseconds;
  hang_up (self); /* the old time-out belongs to the old connection */
}

static http_t *
call (const JnSpooler *self, const char *host, int port, GError **error)
{
  http_t *http = httpConnect2 (host, port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1,
                               self->timeout, NULL);

  cupsSetPasswordCB2 (no_password_cb, NULL);
  if (http == NULL)
    g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE,
                 "The print server cannot be reached: %s", cupsLastErrorString ());
  else
    httpSetTimeout (http, self->timeout / 1000.0, time_out_cb, NULL);
  return http;
}

static gboolean
open_server (JnSpooler *self, Line *line, GError **error)
{
  line->kept = self->http != NULL;
  if (!line->kept)
    self->http = call (self, self->host, self->port, error);
  line->http = self->http;
  return line->http != NULL;
}

static gboolean
open_address (JnSpooler *self, const char *address, Line *line, GError **error)
{
  char scheme[32], user[256], host[256];
  int port;

  if (httpSeparateURI (HTTP_URI_CODING_ALL, address, scheme, sizeof scheme, user, sizeof user, host,
                       sizeof host, &port, line->resource, sizeof line->resource)
      < HTTP_URI_STATUS_OK)
    {
      g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND, "“%s” is no printer's address",
                   address);
      return FALSE;
    }
  g_strlcpy (line->uri, address, sizeof line->uri);
  line->own = TRUE;
  line->http = call (self, host, port, error);
  return line->http != NULL;
}

static gboolean
open_line (JnSpooler *self, const char *queue, Line *line, GError **error)
{
  memset (line, 0, sizeof *line);
  if (queue == NULL)
    {
      g_strlcpy (line->resource, "/", sizeof line->resource);
      return open_server (self, line, error);
    }
  if (strstr (queue, "://") != NULL)
    return open_address (self, queue, line, error);
  httpAssembleURIf (HTTP_URI_CODING_ALL, line->uri, sizeof line->uri, "ipp", NULL, "localhost", 0,
                    "/printers/%s", queue);
  httpAssembleURIf (HTTP_URI_CODING_ALL, line->resource, sizeof line->resource, "ipp", NULL, "x", 0,
                    "/printers/%s", queue);
  memmove (line->resource, line->resource + strlen ("ipp://x"),
           strlen (line->resource) - strlen ("ipp://x") + 1);
  return open_server (self, line, error);
}

/* After an error a connection may hold half an answer: it is not used again. */
static void
close_line (JnSpooler *self, Line *line, gboolean broken)
{
  if (line->own)
    g_clear_pointer (&line->http, httpClose);
  else if (broken)
    hang_up (self);
}

/* -- one request and its answer -------------------------------------------------------------------------- */

static ipp_t *
new_request (ipp_op_t operation, const Line *line)
{
  ipp_t *request = ippNewRequest (operation);

  if (line->uri[0] != '\0')
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, line->uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
  return request;
}

static void
ask_for (ipp_t *request, const char *const *names, guint n)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n, NULL,
                 names);
}

static int
code_of (ipp_status_t status)
{
  switch (status)
    {
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_GONE:
      return JN_PRINT_ERROR_NOT_FOUND;
    case IPP_STATUS_ERROR_FORBIDDEN:
    case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
    case IPP_STATUS_ERROR_NOT_AUTHORIZED:
      return JN_PRINT_ERROR_DENIED;
    case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
    case IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES:
    case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
    case IPP_STATUS_ERROR_REQUEST_ENTITY:
    case IPP_STATUS_ERROR_NOT_POSSIBLE:
      return JN_PRINT_ERROR_REJECTED;
    case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
    case IPP_STATUS_ERROR_INTERNAL:
    case IPP_STATUS_ERROR_TIMEOUT:
      return JN_PRINT_ERROR_OFFLINE;
    default:
      return JN_PRINT_ERROR_FAILED;
    }
}

/* Did the server answer at all? What libcups says itself when a line breaks is no answer. */
static gboolean
is_answer (ipp_t *response)
{
  return response != NULL && ippGetStatusCode (response) != IPP_STATUS_CUPS_INVALID;
}

static gboolean
check_answer (ipp_t *response, GError **error)
{
  const char *message = cupsLastErrorString ();

  if (!is_answer (response))
    {
      g_set_error (error, JN_PRINT_ERROR,
                   cupsLastError () == IPP_STATUS_ERROR_NOT_FOUND ? JN_PRINT_ERROR_NOT_FOUND
                                                                  : JN_PRINT_ERROR_OFFLINE,
                   "The print server did not answer: %s", message);
      return FALSE;
    }
  if (ippGetStatusCode (response) < IPP_STATUS_REDIRECTION_OTHER_SITE)
    return TRUE;
  g_set_error_literal (error, JN_PRINT_ERROR, code_of (ippGetStatusCode (response)), message);
  return FALSE;
}

static ipp_t *
send_request (const Line *line, ipp_t *request)
{
  http_status_t status = cupsSendRequest (line->http, request, line->resource, ippLength (request));

  return status == HTTP_STATUS_CONTINUE ? cupsGetResponse (line->http, line->resource) : NULL;
}

/* A server closes a line that was idle for long; over TCP only the next request on it tells, and at once. */
static gboolean
was_closed (const Line *line, ipp_t *response)
{
  int problem = httpError (line->http);

  return line->kept && !is_answer (response) && problem != 0 && problem != ETIMEDOUT;
}

/* Consumes @request. */
static ipp_t *
ask (JnSpooler *self, Line *line, ipp_t *request, GError **error)
{
  ipp_t *response = send_request (line, request);

  if (was_closed (line, response))
    {
      ippDelete (response);
      hang_up (self);
      response = open_server (self, line, error) ? send_request (line, request) : NULL;
    }
  ippDelete (request);
  if (line->http == NULL)
    return NULL;
  if (check_answer (response, error))
    {
      close_line (self, line, FALSE);
      return response;
    }
  close_line (self, line, !is_answer (response));
  ippDelete (response);
  return NULL;
}

/* -- reading answers -------------------------------------------------------------------------------------- */

static JnPrinterReasons
read_reasons (ipp_attribute_t *attribute)
{
  JnPrinterReasons reasons = JN_PRINTER_REASON_NONE;

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      const char *keyword = ippGetString (attribute, i, NULL);

      if (keyword != NULL)
        reasons |= jn_reasons_from_keyword (keyword);
    }
  return reasons;
}

static JnPrinterReasons
find_reasons (ipp_t *response, const char *name)
{
  return read_reasons (ippFindAttribute (response, name, IPP_TAG_KEYWORD));
}

static const char *
find_text (ipp_t *response, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_ZERO);

  return attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;
}

static int
find_integer (ipp_t *response, const char *name)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_ZERO);

  return attribute != NULL ? ippGetInteger (attribute, 0) : 0;
}

/* -- printers ----------------------------------------------------------------------------------------------- */

static const char *const printer_names[] = {
  "printer-name",
  "printer-info",
  "printer-make-and-model",
  "printer-state",
  "printer-state-reasons",
  "printer-state-message",
  "printer-is-accepting-jobs",
  "queued-job-count",
  "document-format-supported",
  "printer-type",
  "device-uri",
};

static GStrv
read_formats (ipp_attribute_t *attribute)
{
  g_autoptr(GPtrArray) formats = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < ippGetCount (attribute); i++)
    g_ptr_array_add (formats, g_strdup (ippGetString (attribute, i, NULL)));
  g_ptr_array_add (formats, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&formats), FALSE);
}

static JnPrinterState
state_of (int state)
{
  if (state == IPP_PSTATE_STOPPED)
    return JN_PRINTER_STOPPED;
  return state == IPP_PSTATE_PROCESSING ? JN_PRINTER_PROCESSING : JN_PRINTER_IDLE;
}

static void
read_printer_attribute (JnPrinter *printer, ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (g_str_equal (name, "printer-name"))
    printer->queue = g_strdup (ippGetString (attribute, 0, NULL));
  else if (g_str_equal (name, "printer-info"))
    printer->info = g_strdup (ippGetString (attribute, 0, NULL));
  else if (g_str_equal (name, "printer-make-and-model"))
    printer->model = g_strdup (ippGetString (attribute, 0, NULL));
  else if (g_str_equal (name, "printer-state"))
    printer->state = state_of (ippGetInteger (attribute, 0));
  else if (g_str_equal (name, "printer-state-reasons"))
    printer->reasons |= read_reasons (attribute);
  else if (g_str_equal (name, "printer-state-message"))
    printer->message = g_strdup (ippGetString (attribute, 0, NULL));
  else if (g_str_equal (name, "printer-is-accepting-jobs"))
    printer->accepting = ippGetBoolean (attribute, 0);
  else if (g_str_equal (name, "queued-job-count"))
    printer->n_jobs = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "document-format-supported"))
    printer->formats = read_formats (attribute);
  else if (g_str_equal (name, "printer-type"))
    printer->driverless = (ippGetInteger (attribute, 0) & CUPS_PRINTER_DISCOVERED) != 0;
}

/* CUPS marks no queue as driverless; what it makes of one without driver is named “Raw”, what it makes
 * for IPP Everywhere is named so. */
static void
settle_printer (JnPrinter *printer)
{
  if (printer->model != NULL && strstr (printer->model, "Raw") != NULL)
    printer->driverless = FALSE;
  else if (printer->model != NULL)
    printer->driverless = TRUE;
  if (printer->state == JN_PRINTER_STOPPED)
    printer->reasons |= JN_PRINTER_REASON_STOPPED;
  if (!printer->accepting)
    printer->reasons |= JN_PRINTER_REASON_NOT_ACCEPTING;
  printer->reasons |= jn_reasons_from_message (printer->message);
}

static int
compare_printers (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(JnPrinter *const *)a)->queue, (*(JnPrinter *const *)b)->queue);
}

/* The attributes of all printers follow each other, with a separator between two. */
static GPtrArray *
read_printers (ipp_t *response)
{
  GPtrArray *printers = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_printer_free);
  JnPrinter *printer = NULL;

  for (ipp_attribute_t *attribute = ippFirstAttribute (response); attribute != NULL;
       attribute = ippNextAttribute (response))
    {
      if (ippGetGroupTag (attribute) != IPP_TAG_PRINTER || ippGetName (attribute) == NULL)
        {
          printer = NULL;
          continue;
        }
      if (printer == NULL)
        {
          printer = g_new0 (JnPrinter, 1);
          g_ptr_array_add (printers, printer);
        }
      read_printer_attribute (printer, attribute);
    }
  g_ptr_array_foreach (printers, (GFunc)(void (*) (void))settle_printer, NULL);
  g_ptr_array_sort (printers, compare_printers);
  return printers;
}

GPtrArray *
jn_spooler_list (JnSpooler *self, GError **error)
{
  g_autoptr(GError) problem = NULL;
  GPtrArray *printers;
  ipp_t *request, *response;
  Line line;

  if (!open_line (self, NULL, &line, error))
    return NULL;
  request = new_request (IPP_OP_CUPS_GET_PRINTERS, &line);
  ask_for (request, printer_names, G_N_ELEMENTS (printer_names));
  response = ask (self, &line, request, &problem);
  if (g_error_matches (problem, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND))
    return read_printers (NULL); /* a server without queues says "not found" */
  if (response == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  printers = read_printers (response);
  ippDelete (response);
  return printers;
}

/* -- printing ----------------------------------------------------------------------------------------------- */

/* The raster says itself how long it is (PWG 5102.4): the page is as long as the receipt. */
static void
add_roll_media (ipp_t *request, const JnPrinterProfile *profile, GBytes *bytes)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  guint32 height;
  ipp_t *size, *media;

  if (g_bytes_get_size (bytes) < 4 + 1796)
    return;
  memcpy (&height, data + 4 + 376, sizeof height);
  size = ippNew ();
  media = ippNew ();
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension",
                 jn_paper_get_size_at (profile->paper, profile->dots).sheet_width * 100);
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension",
                 GUINT32_FROM_BE (height) * 100 / JN_DOTS_PER_MM);
  ippAddCollection (media, IPP_TAG_ZERO, "media-size", size);
  ippAddCollection (request, IPP_TAG_JOB, "media-col", media);
  ippDelete (media);
  ippDelete (size);
}

static void
add_options (ipp_t *request, const JnPrinterProfile *profile, GBytes *bytes)
{
  gboolean roll = jn_paper_get_size (profile->paper)->height == 0;

  if (profile->kind == JN_PRINTER_ESCPOS)
    return;
  if (profile->kind == JN_PRINTER_PWG && roll)
    add_roll_media (request, profile, bytes);
  else if (!roll)
    ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", NULL,
                  profile->paper == JN_PAPER_A5 ? "iso_a5_148x210mm" : "iso_a4_210x297mm");
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
  if (profile->kind == JN_PRINTER_PWG && profile->cut)
    ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_ENUM, "finishings", IPP_FINISHINGS_TRIM);
}

static ipp_t *
new_print_request (const Line *line,
                   const JnPrinterProfile *profile,
                   const char *attempt,
                   GBytes *bytes)
{
  ipp_t *request = new_request (IPP_OP_PRINT_JOB, line);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, attempt);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                jn_printer_profile_get_content_type (profile));
  add_options (request, profile, bytes);
  return request;
}

static gboolean
send_document (const Line *line, ipp_t *request, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return cupsSendRequest (line->http, request, line->resource, ippLength (request) + size)
             == HTTP_STATUS_CONTINUE
         && cupsWriteRequestData (line->http, data, size) == HTTP_STATUS_CONTINUE;
}

/* From the first byte on only an answer tells; without one the job may or may not be there. */
static int
read_job_id (ipp_t *response, GError **error)
{
  int id;

  if (!is_answer (response))
    {
      g_set_error (error, JN_PRINT_ERROR,
                   cupsLastError () == IPP_STATUS_ERROR_NOT_FOUND ? JN_PRINT_ERROR_NOT_FOUND
                                                                  : JN_PRINT_ERROR_UNKNOWN,
                   "The print server's answer was lost: %s", cupsLastErrorString ());
      return 0;
    }
  if (!check_answer (response, error))
    return 0;
  id = find_integer (response, "job-id");
  if (id == 0)
    g_set_error_literal (error, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN,
                         "The print server named no job");
  return id;
}

int
jn_spooler_print (JnSpooler *self,
                  const JnPrinterProfile *profile,
                  const char *attempt,
                  GBytes *bytes,
                  GError **error)
{
  ipp_t *request, *response = NULL;
  Line line;
  int id;

  hang_up (self); /* a fresh line: a stale one would look like a lost answer */
  if (!open_line (self, profile->queue, &line, error))
    return 0;
  request = new_print_request (&line, profile, attempt, bytes);
  if (send_document (&line, request, bytes))
    response = cupsGetResponse (line.http, line.resource);
  ippDelete (request);
  id = read_job_id (response, error);
  close_line (self, &line, !is_answer (response));
  ippDelete (response);
  return id;
}

/* -- jobs ------------------------------------------------------------------------------------------------- */

/* Without job-priority among them, CUPS leaves job-name out of older jobs. */
static const char *const find_names[] = { "job-id", "job-name", "job-priority" };

static int
find_named_job (ipp_t *response, const char *attempt)
{
  gboolean found = FALSE;
  int id = 0;

  for (ipp_attribute_t *attribute = ippFirstAttribute (response); attribute != NULL;
       attribute = ippNextAttribute (response))
    {
      const char *name = ippGetName (attribute);

      if (name == NULL) /* the next job begins */
        {
          id = 0;
          found = FALSE;
        }
      else if (g_str_equal (name, "job-id"))
        id = ippGetInteger (attribute, 0);
      else if (g_str_equal (name, "job-name"))
        found = g_strcmp0 (ippGetString (attribute, 0, NULL), attempt) == 0;
      if (found && id != 0)
        return id;
    }
  return 0;
}

int
jn_spooler_find (JnSpooler *self, const char *queue, const char *attempt, GError **error)
{
  ipp_t *request, *response;
  Line line;
  int id;

  if (!open_line (self, queue, &line, error))
    return 0;
  request = new_request (IPP_OP_GET_JOBS, &line);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "all");
  ask_for (request, find_names, G_N_ELEMENTS (find_names));
  response = ask (self, &line, request, error);
  if (response == NULL)
    return 0;
  id = find_named_job (response, attempt);
  ippDelete (response);
  if (id == 0)
    g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND, "No job is named %s", attempt);
  return id;
}

static JnJobState
job_state_of (int state)
{
  switch (state)
    {
    case IPP_JSTATE_PROCESSING:
      return JN_JOB_PROCESSING;
    case IPP_JSTATE_STOPPED:
      return JN_JOB_STOPPED;
    case IPP_JSTATE_CANCELED:
      return JN_JOB_CANCELLED;
    case IPP_JSTATE_ABORTED:
      return JN_JOB_ABORTED;
    case IPP_JSTATE_COMPLETED:
      return JN_JOB_COMPLETED;
    default:
      return JN_JOB_WAITING;
    }
}

static const char *const job_names[]
    = { "job-state", "job-state-reasons", "job-printer-state-reasons", "job-printer-state-message",
        "job-name",  "job-priority",      "time-at-processing" };
static const char *const state_names[]
    = { "printer-state", "printer-state-reasons", "printer-state-message" };

static ipp_t *
get_job (JnSpooler *self, const char *queue, int id, GError **error)
{
  ipp_t *request;
  Line line;

  if (!open_line (self, queue, &line, error))
    return NULL;
  request = new_request (IPP_OP_GET_JOB_ATTRIBUTES, &line);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
  ask_for (request, job_names, G_N_ELEMENTS (job_names));
  return ask (self, &line, request, error);
}

/* While a job lives, its printer's present state says more than what the job remembers. */
static gboolean
look_at_printer (JnSpooler *self, const char *queue, JnJobStatus *status, GError **error)
{
  ipp_t *request, *response;
  Line line;

  if (!open_line (self, queue, &line, error))
    return FALSE;
  request = new_request (IPP_OP_GET_PRINTER_ATTRIBUTES, &line);
  ask_for (request, state_names, G_N_ELEMENTS (state_names));
  response = ask (self, &line, request, error);
  if (response == NULL)
    return FALSE;
  status->reasons |= find_reasons (response, "printer-state-reasons");
  if (find_integer (response, "printer-state") == IPP_PSTATE_STOPPED)
    status->reasons |= JN_PRINTER_REASON_STOPPED;
  g_free (status->message);
  status->message = g_strdup (find_text (response, "printer-state-message"));
  status->reasons |= jn_reasons_from_message (status->message);
  ippDelete (response);
  return TRUE;
}

static void
read_status (ipp_t *response, JnJobStatus *status)
{
  status->state = job_state_of (find_integer (response, "job-state"));
  status->reasons = find_reasons (response, "job-state-reasons");
  status->begun = find_integer (response, "time-at-processing");
  status->message = g_strdup (find_text (response, "job-printer-state-message"));
  if (status->state >= JN_JOB_CANCELLED)
    status->reasons |= find_reasons (response, "job-printer-state-reasons");
}

gboolean
jn_spooler_look (JnSpooler *self,
                 const char *queue,
                 int id,
                 const char *attempt,
                 JnJobStatus *status,
                 GError **error)
{
  ipp_t *response = get_job (self, queue, id, error);
  const char *name;
  gboolean same;

  memset (status, 0, sizeof *status);
  if (response == NULL)
    return FALSE;
  name = find_text (response, "job-name");
  same = name == NULL || g_str_equal (name, attempt);
  if (same)
    read_status (response, status);
  ippDelete (response);
  if (!same)
    g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND, "Job %d is another one now", id);
  if (!same || status->state >= JN_JOB_CANCELLED)
    return same;
  if (look_at_printer (self, queue, status, error))
    return TRUE;
  g_clear_pointer (&status->message, g_free);
  return FALSE;
}

gboolean
jn_spooler_cancel (JnSpooler *self, const char *queue, int id, GError **error)
{
  ipp_t *request, *response;
  Line line;

  if (!open_line (self, queue, &line, error))
    return FALSE;
  request = new_request (IPP_OP_CANCEL_JOB, &line);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
  response = ask (self, &line, request, error);
  ippDelete (response);
  return response != NULL;
}
