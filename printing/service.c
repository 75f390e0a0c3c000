/* service.c: the print thread: draws, sends, and follows each job to its end. */
#include "printing/job.h"

#include <pango/pangocairo.h>

#include "printing/job-private.h"
#include "printing/layout.h"
#include "printing/reasons.h"
#include "printing/spooler.h"

#define SLOW_AFTER 20000      /* ms in print without an end */
#define POLL 250              /* ms between two looks … */
#define POLL_LATER 2000       /* … and when a job takes long */
#define POLL_LATER_AFTER 10   /* s */
#define LOOK_UPS 4            /* after a lost answer */
#define LOOK_UP_PAUSE 250     /* ms between them */
#define SILENCE_MOST 3        /* × the time of "slow": then nobody knows any more */
#define CONNECTING_NORMAL 0.1 /* × the time of "slow": so long every printer is "connecting" */

/* What service and thread share; the thread may outlive the service by one request. */
typedef struct
{
  GMainContext *context;
  GMainLoop *loop;
  JnSpooler *spooler; /* the thread's alone */
  guint request;      /* ms; the thread's alone, as all that follow */
  guint slow;
  guint poll;
} Thread;

struct _JnPrintService
{
  GObject parent;
  Thread *thread;
};

G_DEFINE_FINAL_TYPE (JnPrintService, jn_print_service, G_TYPE_OBJECT)

/* -- the thread -------------------------------------------------------------------------------------------- */

static void
clear_thread (gpointer data)
{
  Thread *thread = data;

  jn_spooler_free (thread->spooler);
  g_main_loop_unref (thread->loop);
  g_main_context_unref (thread->context);
}

static void
release_thread (gpointer thread)
{
  g_atomic_rc_box_release_full (thread, clear_thread);
}

static gpointer
run_thread (gpointer data)
{
  Thread *thread = data;

  g_main_context_push_thread_default (thread->context);
  jn_layout_warm_up ();
  g_main_loop_run (thread->loop);
  g_main_context_pop_thread_default (thread->context);
  pango_cairo_font_map_set_default (NULL);
  release_thread (thread);
  return NULL;
}

typedef struct
{
  Thread *thread;
  GTask *task;
  void (*work) (Thread *thread, GTask *task);
} Work;

static gboolean
work_cb (gpointer data)
{
  Work *work = data;

  if (!g_task_return_error_if_cancelled (work->task))
    work->work (work->thread, work->task);
  return G_SOURCE_REMOVE;
}

static void
free_work (gpointer data)
{
  Work *work = data;

  g_object_unref (work->task);
  release_thread (work->thread);
  g_free (work);
}

/* Takes @task. An idle source and no invoke: that would run here while the thread still starts. */
static void
run_in_thread (Thread *thread, GTask *task, void (*function) (Thread *, GTask *))
{
  g_autoptr(GSource) source = g_idle_source_new ();
  Work *work = g_new (Work, 1);

  work->thread = g_atomic_rc_box_acquire (thread);
  work->task = task;
  work->work = function;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, work_cb, work, free_work);
  g_source_attach (source, thread->context);
}

/* -- following a job ------------------------------------------------------------------------------------------ */

typedef struct
{
  Thread *thread;
  GWeakRef job;
  char *queue;
  char *attempt;
  int id;
  gint64 began;
  gint64 printing_since; /* without a break; 0: it does not */
  gint64 heard;
  int begun; /* when the job that was in print at the last look was begun; 0: it was not */
  gboolean interrupted; /* the job was begun again, or may have been: the server was away */
  gboolean running;     /* at the last look */
} Follow;

static void
free_follow (gpointer data)
{
  Follow *follow = data;

  g_weak_ref_clear (&follow->job);
  g_free (follow->queue);
  g_free (follow->attempt);
  g_free (follow);
}

static double
milliseconds_since (gint64 time)
{
  return (g_get_monotonic_time () - time) / 1000.0;
}

/* What a job leaves behind when it is done; paper that runs low speaks against nothing. */
static gboolean
is_clean (const JnJobStatus *status)
{
  return (status->reasons & ~JN_PRINTER_REASONS_HARMLESS) == 0
         && jn_message_is_harmless (status->message);
}

/* In print, with nothing in the way */
static gboolean
is_running (const JnJobStatus *status)
{
  return status->state == JN_JOB_PROCESSING
         && (status->reasons & ~JN_PRINTER_REASONS_HARMLESS) == 0;
}

/* What was cancelled while the paper ran may lie in the tray all the same. */
static JnPrintOutcome
judge_cancelled (const Follow *follow, JnPrintJob *job)
{
  if (!jn_print_job_was_cancelled (job))
    return JN_PRINT_FAILED;
  return follow->running || jn_print_job_ran (job) ? JN_PRINT_UNCONFIRMED : JN_PRINT_CANCELLED;
}

static JnPrintOutcome
judge (const Follow *follow, const JnJobStatus *status, JnPrintJob *job)
{
  switch (status->state)
    {
    case JN_JOB_COMPLETED:
      return is_clean (status) ? JN_PRINT_PRINTED : JN_PRINT_UNCONFIRMED;
    case JN_JOB_CANCELLED:
      return judge_cancelled (follow, job);
    case JN_JOB_ABORTED:
      return JN_PRINT_FAILED;
    case JN_JOB_WAITING:
    case JN_JOB_PROCESSING:
    case JN_JOB_STOPPED:
      return JN_PRINT_PENDING;
    }
  g_return_val_if_reached (JN_PRINT_UNCONFIRMED);
}

static JnPrinterReasons
add_time (Follow *follow, const JnJobStatus *status)
{
  JnPrinterReasons reasons = status->reasons;
  double printing;

  if (status->state != JN_JOB_PROCESSING)
    {
      follow->printing_since = 0; /* it will be begun again */
      return reasons;
    }
  if (follow->printing_since == 0)
    follow->printing_since = g_get_monotonic_time ();
  printing = milliseconds_since (follow->printing_since);
  if (printing < follow->thread->slow * CONNECTING_NORMAL)
    reasons &= ~JN_PRINTER_REASON_OFFLINE;
  if (printing >= follow->thread->slow)
    reasons |= JN_PRINTER_REASON_SLOW;
  return reasons;
}

/* A server that was restarted since the last look answers as if nothing had been. */
static void
compare_beginnings (Follow *follow, const JnJobStatus *status)
{
  if (follow->begun != 0 && status->begun != 0 && status->begun != follow->begun)
    follow->interrupted = TRUE;
  follow->begun = status->state == JN_JOB_PROCESSING ? status->begun : 0;
}

static JnPrintOutcome
report_status (Follow *follow, JnPrintJob *job, JnJobStatus *status)
{
  JnJobReport report = { .message = status->message };

  follow->heard = g_get_monotonic_time ();
  compare_beginnings (follow, status);
  report.outcome = judge (follow, status, job);
  if (report.outcome == JN_PRINT_PRINTED && follow->interrupted)
    report.outcome = JN_PRINT_UNCONFIRMED;
  if (report.outcome != JN_PRINT_PENDING && report.outcome != JN_PRINT_PRINTED)
    status->reasons |= jn_reasons_from_message (status->message);
  follow->running = is_running (status);
  report.reasons = add_time (follow, status);
  jn_print_job_post (job, &report);
  g_free (status->message);
  return report.outcome;
}

/* A server that is away may come back and remember; one that forgot the job will never tell. */
static JnPrintOutcome
report_problem (Follow *follow, JnPrintJob *job, const GError *error)
{
  gboolean away = g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);
  double silence = milliseconds_since (follow->heard);
  JnJobReport report = { .reasons = JN_PRINTER_REASON_OFFLINE, .message = error->message };

  report.outcome = away && silence < SILENCE_MOST * follow->thread->slow ? JN_PRINT_PENDING
                                                                         : JN_PRINT_UNCONFIRMED;
  if (!away)
    report.reasons = JN_PRINTER_REASON_OTHER;
  follow->interrupted = TRUE;
  jn_print_job_post (job, &report);
  return report.outcome;
}

static void
look_later (const Follow *follow, GSource *source)
{
  gboolean long_ago = milliseconds_since (follow->began) > POLL_LATER_AFTER * 1000.0;
  guint pause = long_ago ? MAX (POLL_LATER, follow->thread->poll) : follow->thread->poll;

  g_source_set_ready_time (source, g_get_monotonic_time () + pause * 1000);
}

static gboolean
follow_cb (gpointer data)
{
  Follow *follow = data;
  g_autoptr(JnPrintJob) job = g_weak_ref_get (&follow->job);
  g_autoptr(GError) error = NULL;
  JnPrintOutcome outcome;
  JnJobStatus status;

  if (job == NULL) /* nobody asks any more */
    return G_SOURCE_REMOVE;
  if (jn_spooler_look (follow->thread->spooler, follow->queue, follow->id, follow->attempt, &status,
                       &error))
    outcome = report_status (follow, job, &status);
  else
    outcome = report_problem (follow, job, error);
  if (outcome != JN_PRINT_PENDING)
    return G_SOURCE_REMOVE;
  look_later (follow, g_main_current_source ());
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

/* Takes @follow. */
static void
begin_following (Follow *follow)
{
  static GSourceFuncs timer = { .dispatch = dispatch_cb };
  g_autoptr(GSource) source = g_source_new (&timer, sizeof (GSource));

  g_source_set_callback (source, follow_cb, follow, free_follow);
  look_later (follow, source);
  g_source_attach (source, follow->thread->context);
}

static JnPrintJob *
follow_job (Thread *thread, GTask *task, const char *queue, const char *attempt, int id)
{
  JnPrintJob *job = jn_print_job_new (g_task_get_source_object (task), g_task_get_context (task),
                                      queue, attempt, id);
  Follow *follow = g_new0 (Follow, 1);

  follow->thread = thread;
  follow->queue = g_strdup (queue);
  follow->attempt = g_strdup (attempt);
  follow->id = id;
  follow->began = follow->heard = g_get_monotonic_time ();
  g_weak_ref_init (&follow->job, job);
  begin_following (follow);
  return job;
}

/* -- work ------------------------------------------------------------------------------------------------------ */

static void
list_printers (Thread *thread, GTask *task)
{
  GError *error = NULL;
  GPtrArray *printers = jn_spooler_list (thread->spooler, &error);

  if (printers != NULL)
    g_task_return_pointer (task, printers, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* What a request is about; each uses what it needs. */
typedef struct
{
  JnDocument *document;
  JnPrinterProfile *profile;
  GBytes *bytes;
  char *queue;
  char *attempt;
} Order;

static void
free_order (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->document, jn_document_unref);
  g_clear_pointer (&order->profile, jn_printer_profile_free);
  g_clear_pointer (&order->bytes, g_bytes_unref);
  g_free (order->queue);
  g_free (order->attempt);
  g_free (order);
}

static Order *
new_order (GTask *task)
{
  Order *order = g_new0 (Order, 1);

  g_task_set_task_data (task, order, free_order);
  return order;
}

static void
encode (Thread *thread, GTask *task)
{
  Order *order = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *bytes = jn_printer_profile_encode (order->profile, order->document, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* The answer was lost. A server that closed the line and knows no such job did not take it; one that only
 * kept silent may still be reading what we sent. */
static int
find_lost (Thread *thread, const Order *order, gboolean timed_out, GError **error)
{
  g_autoptr(GError) problem = NULL;
  gint64 began = g_get_monotonic_time ();
  int id = 0;

  /* a server that hangs makes each look-up last; one that restarts refuses at once */
  for (guint i = 0; i < LOOK_UPS && id == 0; i++)
    {
      if (i > 0 && milliseconds_since (began) > thread->request)
        break;
      g_clear_error (&problem);
      g_usleep (LOOK_UP_PAUSE * 1000);
      id = jn_spooler_find (thread->spooler, order->profile->queue, order->attempt, &problem);
    }
  if (id != 0)
    return id;
  if (!timed_out && g_error_matches (problem, JN_PRINT_ERROR, JN_PRINT_ERROR_NOT_FOUND))
    g_set_error_literal (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE,
                         "The print server went away before it took the job");
  else
    g_set_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN,
                 "Nobody can tell whether the job was taken: %s", problem->message);
  return 0;
}

static void
submit (Thread *thread, GTask *task)
{
  Order *order = g_task_get_task_data (task);
  gint64 began = g_get_monotonic_time ();
  g_autoptr(GError) problem = NULL;
  GError *error = NULL;
  int id
      = jn_spooler_print (thread->spooler, order->profile, order->attempt, order->bytes, &problem);

  if (g_error_matches (problem, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN))
    id = find_lost (thread, order, milliseconds_since (began) >= thread->request, &error);
  else if (id == 0)
    error = g_steal_pointer (&problem);
  if (id != 0)
    g_task_return_pointer (
        task, follow_job (thread, task, order->profile->queue, order->attempt, id), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
look_up (Thread *thread, GTask *task)
{
  Order *order = g_task_get_task_data (task);
  GError *error = NULL;
  int id = jn_spooler_find (thread->spooler, order->queue, order->attempt, &error);

  if (id != 0)
    g_task_return_pointer (task, follow_job (thread, task, order->queue, order->attempt, id),
                           g_object_unref);
  else
    g_task_return_error (task, error);
}

/* Looked at once more first: the paper may have begun to run since the last look. */
static gboolean
take_out (JnSpooler *spooler, JnPrintJob *job, GError **error)
{
  const char *queue = jn_print_job_get_queue (job);
  int id = jn_print_job_get_id (job);
  JnJobStatus status;

  if (!jn_spooler_look (spooler, queue, id, jn_print_job_get_attempt (job), &status, error))
    return FALSE;
  g_free (status.message);
  if (!jn_spooler_cancel (spooler, queue, id, error))
    return FALSE;
  jn_print_job_mark_cancelled (job, is_running (&status));
  return TRUE;
}

static void
cancel (Thread *thread, GTask *task)
{
  GError *error = NULL;

  if (take_out (thread->spooler, g_task_get_source_object (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
apply_timing (Thread *thread, GTask *task)
{
  const Thread *timing = g_task_get_task_data (task);

  thread->request = timing->request;
  thread->slow = timing->slow;
  thread->poll = timing->poll;
  jn_spooler_set_timeout (thread->spooler, timing->request);
  g_task_return_boolean (task, TRUE);
}

/* -- the object ---------------------------------------------------------------------------------------------- */

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
jn_print_service_finalize (GObject *object)
{
  JnPrintService *self = JN_PRINT_SERVICE (object);
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, g_main_loop_ref (self->thread->loop),
                         (GDestroyNotify)g_main_loop_unref);
  g_source_attach (source, self->thread->context);
  release_thread (self->thread);
  G_OBJECT_CLASS (jn_print_service_parent_class)->finalize (object);
}

static void
jn_print_service_class_init (JnPrintServiceClass *class)
{
  G_OBJECT_CLASS (class)->finalize = jn_print_service_finalize;
}

static void
jn_print_service_init (JnPrintService *self)
{
  Thread *thread = g_atomic_rc_box_new0 (Thread);

  thread->context = g_main_context_new ();
  thread->loop = g_main_loop_new (thread->context, FALSE);
  thread->request = 3000;
  thread->slow = SLOW_AFTER;
  thread->poll = POLL;
  self->thread = thread;
}

JnPrintService *
jn_print_service_new (const char *server)
{
  JnPrintService *self = g_object_new (JN_TYPE_PRINT_SERVICE, NULL);

  self->thread->spooler = jn_spooler_new (server);
  jn_spooler_set_timeout (self->thread->spooler, self->thread->request);
  g_thread_unref (g_thread_new ("printing", run_thread, g_atomic_rc_box_acquire (self->thread)));
  return self;
}

void
jn_print_service_set_timing (JnPrintService *self, guint request, guint slow, guint poll)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);
  Thread *timing = g_new0 (Thread, 1);

  timing->request = request;
  timing->slow = slow;
  timing->poll = poll;
  g_task_set_task_data (task, timing, g_free);
  run_in_thread (self->thread, task, apply_timing);
}

static GTask *
new_task (JnPrintService *self,
          const char *name,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_name (task, name);
  return task;
}

static gpointer
finish (JnPrintService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jn_print_service_list_async (JnPrintService *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  run_in_thread (self->thread, new_task (self, "list printers", cancellable, callback, user_data),
                 list_printers);
}

GPtrArray *
jn_print_service_list_finish (JnPrintService *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

void
jn_print_service_encode_async (JnPrintService *self,
                               JnDocument *document,
                               const JnPrinterProfile *profile,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = new_task (self, "encode document", cancellable, callback, user_data);
  Order *order = new_order (task);

  order->document = jn_document_ref (document);
  order->profile = jn_printer_profile_copy (profile);
  run_in_thread (self->thread, task, encode);
}

GBytes *
jn_print_service_encode_finish (JnPrintService *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

void
jn_print_service_submit_async (JnPrintService *self,
                               const JnPrinterProfile *profile,
                               const char *attempt,
                               GBytes *bytes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = new_task (self, "submit print job", cancellable, callback, user_data);
  Order *order = new_order (task);

  order->profile = jn_printer_profile_copy (profile);
  order->attempt = g_strdup (attempt);
  order->bytes = g_bytes_ref (bytes);
  /* once it is sent, a cancelled wait must not hide that it was */
  g_task_set_check_cancellable (task, FALSE);
  run_in_thread (self->thread, task, submit);
}

JnPrintJob *
jn_print_service_submit_finish (JnPrintService *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

void
jn_print_service_look_up_async (JnPrintService *self,
                                const char *queue,
                                const char *attempt,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = new_task (self, "look up print job", cancellable, callback, user_data);
  Order *order = new_order (task);

  order->queue = g_strdup (queue);
  order->attempt = g_strdup (attempt);
  run_in_thread (self->thread, task, look_up);
}

JnPrintJob *
jn_print_service_look_up_finish (JnPrintService *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, error);
}

void
jn_print_service_cancel (JnPrintService *self, JnPrintJob *job, GTask *task)
{
  run_in_thread (self->thread, task, cancel);
}
