/* test-service.c: jobs on a real cupsd with a printer that errs: what the clerk is told, what came out. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "printing/job.h"
#include "tests/printing/cups-server.h"
#include "tests/printing/ipp-printer.h"
#include "tests/printing/relay.h"

#define REQUEST 1500    /* ms */
#define CUPS_WAITS 1000 /* for a "continue", before it sends all the same */
#define SLOW 600
#define POLL 20

/* -- waiting for what is asynchronous ---------------------------------------------------------------------- */

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static JnPrintService *
new_service (const char *socket)
{
  JnPrintService *service = jn_print_service_new (socket);

  jn_print_service_set_timing (service, REQUEST, SLOW, POLL);
  return service;
}

static GBytes *
some_bytes (void)
{
  gsize size = 20000;
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i * 7 + i / 256);
  return g_bytes_new_take (data, size);
}

static JnPrintJob *
submit_to (JnPrintService *service, const char *queue, const char *attempt, GError **error)
{
  g_autoptr(JnPrinterProfile) profile
             = jn_printer_profile_new (queue, JN_PRINTER_ESCPOS, JN_PAPER_ROLL_80);
  g_autoptr(GBytes) bytes = some_bytes ();
  g_autoptr(GAsyncResult) result = NULL;

  jn_print_service_submit_async (service, profile, attempt, bytes, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  return jn_print_service_submit_finish (service, result, error);
}

static JnPrintJob *
submit (JnPrintService *service, const char *attempt)
{
  g_autoptr(GError) error = NULL;
  JnPrintJob *job = submit_to (service, "pos", attempt, &error);

  g_assert_no_error (error);
  return job;
}

static JnPrintJob *
look_up (JnPrintService *service, const char *attempt, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  jn_print_service_look_up_async (service, "pos", attempt, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  return jn_print_service_look_up_finish (service, result, error);
}

static GPtrArray *
list (JnPrintService *service, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  jn_print_service_list_async (service, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  return jn_print_service_list_finish (service, result, error);
}

static JnPrintOutcome
wait_for (JnPrintJob *job)
{
  g_autoptr(GAsyncResult) result = NULL;

  jn_print_job_wait_async (job, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  return jn_print_job_wait_finish (job, result, NULL);
}

static void
cancel (JnPrintJob *job)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  jn_print_job_cancel_async (job, NULL, keep_result_cb, &result);
  wait_until (is_there, &result);
  g_assert_true (jn_print_job_cancel_finish (job, result, &error));
  g_assert_no_error (error);
}

typedef struct
{
  JnPrintJob *job;
  JnPrinterReasons reason;
} Expectation;

static gboolean
has_reason (gpointer data)
{
  Expectation *expectation = data;

  return (jn_print_job_get_reasons (expectation->job) & expectation->reason) != 0;
}

static void
wait_for_reason (JnPrintJob *job, JnPrinterReasons reason)
{
  Expectation expectation = { job, reason };

  wait_until (has_reason, &expectation);
}

static void
count_cb (JnPrintJob *job, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
assert_printed (CupsServer *server, guint n)
{
  g_autoptr(GPtrArray) printed = cups_server_get_printed (server);
  g_autoptr(GBytes) expected = some_bytes ();

  g_assert_cmpuint (printed->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_bytes_equal (printed->pdata[i], expected));
}

/* -- a good day -------------------------------------------------------------------------------------------- */

static void
test_prints (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = submit (service, "attempt-1");

  g_assert_cmpstr (jn_print_job_get_attempt (job), ==, "attempt-1");
  g_assert_cmpstr (jn_print_job_get_queue (job), ==, "pos");
  g_assert_cmpint (jn_print_job_get_id (job), >, 0);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  g_assert_cmpint (jn_print_job_get_outcome (job), ==, JN_PRINT_PRINTED);
  assert_printed (server, 1);
}

static void
test_lists (void)
{
  static const char *const stop[] = { "/usr/sbin/cupsdisable", "pos", NULL };
  static const char *const reject[] = { "/usr/sbin/cupsreject", "pos", NULL };
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(GPtrArray) before = list (service, NULL);
  g_autoptr(GPtrArray) after = NULL;
  const JnPrinter *printer;

  g_assert_cmpuint (before->len, ==, 1);
  printer = before->pdata[0];
  g_assert_cmpstr (printer->queue, ==, "pos");
  g_assert_cmpint (printer->state, ==, JN_PRINTER_IDLE);
  g_assert_cmpint (printer->reasons, ==, JN_PRINTER_REASON_NONE);
  g_assert_true (printer->accepting);
  g_assert_false (printer->driverless);
  cups_server_run (server, stop);
  cups_server_run (server, reject);
  after = list (service, NULL);
  printer = after->pdata[0];
  g_assert_cmpint (printer->state, ==, JN_PRINTER_STOPPED);
  g_assert_cmpint (printer->reasons & JN_PRINTER_REASON_STOPPED, !=, 0);
  g_assert_cmpint (printer->reasons & JN_PRINTER_REASON_NOT_ACCEPTING, !=, 0);
  g_assert_false (printer->accepting);
}

/* -- faults of the printer --------------------------------------------------------------------------------- */

typedef struct
{
  const char *keyword;
  JnPrinterReasons reason;
} State;

static const State states[] = {
  { "media-empty-error", JN_PRINTER_REASON_MEDIA_EMPTY },
  { "media-jam-error", JN_PRINTER_REASON_MEDIA_JAM },
  { "cover-open-error", JN_PRINTER_REASON_COVER_OPEN },
  { "offline-report", JN_PRINTER_REASON_OFFLINE },
};

/* The job waits at the printer, the reason is named, it counts as slow once, and it goes on when the
 * fault is mended. */
static void
test_state (gconstpointer data)
{
  const State *state = data;
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autofree char *fault = g_strdup_printf ("state=%s\n", state->keyword);
  g_autoptr(JnPrintJob) job = NULL;
  guint n_slow = 0;

  cups_server_set_fault (server, fault);
  job = submit (service, "attempt-1");
  g_signal_connect (job, "slow", G_CALLBACK (count_cb), &n_slow);
  wait_for_reason (job, state->reason);
  wait_for_reason (job, JN_PRINTER_REASON_SLOW);
  g_assert_cmpuint (n_slow, ==, 1);
  g_assert_cmpint (jn_print_job_get_outcome (job), ==, JN_PRINT_PENDING);
  assert_printed (server, 0);
  cups_server_set_fault (server, NULL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  g_assert_cmpuint (n_slow, ==, 1);
  assert_printed (server, 1);
}

static void
test_slow (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_SLOW);
  g_assert_cmpint (jn_print_job_get_reasons (job), ==, JN_PRINTER_REASON_SLOW);
  cups_server_set_fault (server, NULL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
}

static void
test_backend_fails (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "exit=1\n");
  job = submit (service, "attempt-1");
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_FAILED);
  assert_printed (server, 0);
}

/* What CUPS calls completed although its printer refused the document: only the message is left. */
static void
test_refused (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "message=Unable to add document to print job.\n");
  job = submit (service, "attempt-1");
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
  g_assert_cmpint (jn_print_job_get_reasons (job), ==, JN_PRINTER_REASON_REFUSED);
  g_assert_cmpstr (jn_print_job_get_message (job), ==, "Unable to add document to print job.");
  assert_printed (server, 0);
}

static void
test_odd_message (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "message=Something nobody has seen before.\n");
  job = submit (service, "attempt-1");
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
}

static void
test_cancelled_by_printer (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "exit=5\n");
  job = submit (service, "attempt-1");
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_FAILED);
}

/* -- faults of the queue ----------------------------------------------------------------------------------- */

static void
test_stopped_queue (void)
{
  static const char *const stop[] = { "/usr/sbin/cupsdisable", "pos", NULL };
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_run (server, stop);
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_STOPPED);
  g_assert_cmpint (jn_print_job_get_outcome (job), ==, JN_PRINT_PENDING);
  cancel (job);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_CANCELLED);
  assert_printed (server, 0);
}

static gboolean
is_only_stopped (gpointer job)
{
  return (jn_print_job_get_reasons (job) & (JN_PRINTER_REASON_STOPPED | JN_PRINTER_REASON_SLOW))
         == JN_PRINTER_REASON_STOPPED;
}

/* What was begun, stopped and begun again is slow from its last beginning on: an hour in a stopped queue is no
 * hour in print. */
static void
test_stopped_for_long (void)
{
  static const char *const stop[] = { "/usr/sbin/cupsdisable", "pos", NULL };
  static const char *const go[] = { "/usr/sbin/cupsenable", "pos", NULL };
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;
  gint64 began;

  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_SLOW);
  cups_server_run (server, stop);
  wait_until (is_only_stopped, job);
  began = g_get_monotonic_time ();
  cups_server_run (server, go);
  wait_for_reason (job, JN_PRINTER_REASON_SLOW);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, SLOW * 1000);
}

/* A backend's failure stops the whole queue under CUPS's own default policy. */
static void
test_stopping_policy (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("stop-printer");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "exit=1\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_STOPPED);
  g_assert_cmpint (jn_print_job_get_outcome (job), ==, JN_PRINT_PENDING);
}

static void
test_rejecting_queue (void)
{
  static const char *const reject[] = { "/usr/sbin/cupsreject", "pos", NULL };
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(GError) error = NULL;

  cups_server_run (server, reject);
  g_assert_null (submit_to (service, "pos", "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED);
}

static void
test_unknown_queue (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(GError) error = NULL;

  g_assert_null (submit_to (service, "nothing here", "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND);
}

/* -- faults of the server ---------------------------------------------------------------------------------- */

static void
test_no_server (void)
{
  g_autoptr(JnPrintService) service = new_service ("/nonexistent/socket");
  g_autoptr(GError) error = NULL;

  g_assert_null (submit_to (service, "pos", "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_null (list (service, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
}

static void
test_killed_before (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(GError) error = NULL;
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_signal (server, SIGKILL);
  g_assert_null (submit_to (service, "pos", "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  cups_server_start (server);
  job = submit (service, "attempt-2");
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  assert_printed (server, 1);
}

/* The server comes back, remembers the job and prints it from the start: followed to its end, and then the
 * clerk is asked, for two may have come out. */
static void
test_killed_after (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "state=media-empty-error\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_MEDIA_EMPTY);
  cups_server_signal (server, SIGKILL);
  wait_for_reason (job, JN_PRINTER_REASON_OFFLINE);
  g_assert_cmpint (jn_print_job_get_outcome (job), ==, JN_PRINT_PENDING);
  cups_server_start (server);
  cups_server_set_fault (server, NULL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
}

/* A server that was restarted between two looks is not seen to be away: it began the job again all the same. */
static void
test_restarted_unseen (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  jn_print_service_set_timing (service, REQUEST, 0, 3000);
  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_SLOW); /* at the first look */
  cups_server_signal (server, SIGKILL);
  cups_server_start (server);
  cups_server_set_fault (server, NULL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
}

/* The server comes back and has forgotten the job: nobody can tell, the clerk is asked. */
static void
test_forgotten (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "state=media-empty-error\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_MEDIA_EMPTY);
  cups_server_signal (server, SIGKILL);
  cups_server_forget_jobs (server);
  cups_server_start (server);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
}

/* The server does not come back: after three times the time of "slow" nobody waits any longer. */
static void
test_gone (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  cups_server_signal (server, SIGKILL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
}

/* A server that hangs costs one time-out, not the desk. */
static void
test_hung (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(GError) error = NULL;
  gint64 began;

  cups_server_signal (server, SIGSTOP);
  began = g_get_monotonic_time ();
  g_assert_null (list (service, &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_null (submit_to (service, "pos", "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 14 * G_USEC_PER_SEC);
  cups_server_signal (server, SIGCONT);
}

/* -- a server over TCP ------------------------------------------------------------------------------------- */

typedef struct
{
  CupsServer *server;
  JnPrintService *service; /* with a line that was used already */
} Remote;

static void
set_up_remote (Remote *self, gconstpointer data)
{
  guint16 port = ipp_printer_find_port ();
  g_autofree char *address = g_strdup_printf ("localhost:%u", port);
  g_autoptr(GPtrArray) printers = NULL;

  self->server = cups_server_new ("abort-job");
  cups_server_set_port (self->server, port);
  self->service = new_service (address);
  printers = list (self->service, NULL);
  g_assert_nonnull (printers);
}

static void
tear_down_remote (Remote *self, gconstpointer data)
{
  g_object_unref (self->service);
  cups_server_free (self->server);
}

/* A line that the server closed while it was idle looks whole until it is used. */
static void
test_line_stale (Remote *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  cups_server_signal (self->server, SIGKILL);
  cups_server_start (self->server);
  g_assert_null (look_up (self->service, "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND);
}

static void
test_line_and_server_gone (Remote *self, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;

  cups_server_signal (self->server, SIGKILL);
  g_assert_null (look_up (self->service, "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, REQUEST * 1000);
}

/* What is only silent is not asked again: that would take as long once more. */
static void
test_line_silent (Remote *self, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;

  cups_server_signal (self->server, SIGSTOP);
  g_assert_null (look_up (self->service, "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * (CUPS_WAITS + REQUEST) * 1000);
  cups_server_signal (self->server, SIGCONT);
}

static void
add_remote (const char *path, void (*test) (Remote *, gconstpointer))
{
  g_test_add (path, Remote, NULL, set_up_remote, test, tear_down_remote);
}

/* -- faults of the line ------------------------------------------------------------------------------------ */

static void
test_request_cut (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(Relay) relay = relay_new (cups_server_get_socket (server));
  g_autoptr(JnPrintService) service = new_service (relay_get_socket (relay));
  g_autoptr(GError) error = NULL;

  relay_set_mode (relay, RELAY_CUT_REQUEST);
  g_assert_null (submit_to (service, "pos", "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  g_clear_error (&error);
  relay_set_mode (relay, RELAY_PASS);
  g_assert_null (look_up (service, "attempt-1", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND);
  assert_printed (server, 0);
}

static const RelayMode reply_modes[] = { RELAY_CUT_REPLY, RELAY_KEEP_REPLY };

/* The job is found by its attempt's id, and is there once. */
static void
test_reply_lost (gconstpointer data)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(Relay) relay = relay_new (cups_server_get_socket (server));
  g_autoptr(JnPrintService) service = new_service (relay_get_socket (relay));
  g_autoptr(JnPrintJob) job = NULL;

  relay_set_mode (relay, *(const RelayMode *)data);
  job = submit (service, "attempt-1");
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
  assert_printed (server, 1);
}

/* -- the desk's own doings --------------------------------------------------------------------------------- */

static void
test_cancel (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;

  cups_server_set_fault (server, "state=cover-open-error\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_COVER_OPEN);
  cancel (job);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_CANCELLED);
}

static gboolean
has_begun (gpointer data)
{
  g_autoptr(GDir) dir = g_dir_open (data, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "part-"))
      return TRUE;
  return FALSE;
}

/* The paper began to run after the last look: it may lie in the tray all the same. */
static void
test_cancel_unseen (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autofree char *out = g_build_filename (cups_server_get_folder (server), "out", NULL);
  g_autoptr(JnPrintJob) job = NULL;

  jn_print_service_set_timing (service, REQUEST, SLOW, 3000);
  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  wait_until (has_begun, out);
  cancel (job);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_UNCONFIRMED);
}

static void
test_look_up (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) first = submit (service, "attempt-1");
  g_autoptr(JnPrintJob) second = submit (service, "attempt-2");
  g_autoptr(JnPrintService) later = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) found = NULL;
  g_autoptr(GError) error = NULL;

  wait_for (first);
  wait_for (second);
  found = look_up (later, "attempt-1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (jn_print_job_get_id (found), ==, jn_print_job_get_id (first));
  g_assert_cmpint (wait_for (found), ==, JN_PRINT_PRINTED);
  g_assert_null (look_up (later, "attempt-3", &error));
  g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND);
}

/* A page that closes stops waiting; the job goes on. */
static void
test_stop_waiting (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  g_autoptr(JnPrintService) service = new_service (cups_server_get_socket (server));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(JnPrintJob) job = NULL;
  g_autoptr(GError) error = NULL;

  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  jn_print_job_wait_async (job, cancellable, keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_until (is_there, &result);
  jn_print_job_wait_finish (job, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  cups_server_set_fault (server, NULL);
  g_assert_cmpint (wait_for (job), ==, JN_PRINT_PRINTED);
}

/* The last word: dropped objects go away, whatever is under way. */
static void
test_lets_go (void)
{
  g_autoptr(CupsServer) server = cups_server_new ("abort-job");
  JnPrintService *service = new_service (cups_server_get_socket (server));
  g_autoptr(JnPrintJob) job = NULL;
  gpointer weak = service;

  cups_server_set_fault (server, "wait=1\n");
  job = submit (service, "attempt-1");
  wait_for_reason (job, JN_PRINTER_REASON_SLOW);
  g_object_add_weak_pointer (G_OBJECT (service), &weak);
  g_object_unref (service);
  g_assert_nonnull (weak); /* the job still needs it */
  g_assert_finalize_object (g_steal_pointer (&job));
  g_assert_null (weak);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/service/prints", test_prints);
  g_test_add_func ("/printing/service/lists", test_lists);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *path = g_strdup_printf ("/printing/service/state/%s", states[i].keyword);

      g_test_add_data_func (path, &states[i], test_state);
    }
  g_test_add_func ("/printing/service/slow", test_slow);
  g_test_add_func ("/printing/service/backend-fails", test_backend_fails);
  g_test_add_func ("/printing/service/refused-but-completed", test_refused);
  g_test_add_func ("/printing/service/odd-message", test_odd_message);
  g_test_add_func ("/printing/service/cancelled-by-printer", test_cancelled_by_printer);
  g_test_add_func ("/printing/service/stopped-queue", test_stopped_queue);
  g_test_add_func ("/printing/service/stopped-for-long", test_stopped_for_long);
  g_test_add_func ("/printing/service/stopping-policy", test_stopping_policy);
  g_test_add_func ("/printing/service/rejecting-queue", test_rejecting_queue);
  g_test_add_func ("/printing/service/unknown-queue", test_unknown_queue);
  g_test_add_func ("/printing/service/no-server", test_no_server);
  g_test_add_func ("/printing/service/killed-before", test_killed_before);
  g_test_add_func ("/printing/service/killed-after", test_killed_after);
  g_test_add_func ("/printing/service/restarted-unseen", test_restarted_unseen);
  g_test_add_func ("/printing/service/forgotten", test_forgotten);
  g_test_add_func ("/printing/service/gone", test_gone);
  g_test_add_func ("/printing/service/hung", test_hung);
  add_remote ("/printing/service/line/stale", test_line_stale);
  add_remote ("/printing/service/line/gone", test_line_and_server_gone);
  add_remote ("/printing/service/line/silent", test_line_silent);
  g_test_add_func ("/printing/service/request-cut", test_request_cut);
  g_test_add_data_func ("/printing/service/reply-lost/closed", &reply_modes[0], test_reply_lost);
  g_test_add_data_func ("/printing/service/reply-lost/silent", &reply_modes[1], test_reply_lost);
  g_test_add_func ("/printing/service/cancel", test_cancel);
  g_test_add_func ("/printing/service/cancel-unseen", test_cancel_unseen);
  g_test_add_func ("/printing/service/look-up", test_look_up);
  g_test_add_func ("/printing/service/stop-waiting", test_stop_waiting);
  g_test_add_func ("/printing/service/lets-go", test_lets_go);
  return g_test_run ();
}
