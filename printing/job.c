/* job.c: one attempt to print, as its desk sees it. */
#include "printing/job.h"

#include "printing/job-private.h"

struct _JnPrintJob
{
  GObject parent;
  JnPrintService *service;
  GMainContext *context; /* where it is told of news */
  char *queue;
  char *attempt;
  int id;
  gint cancelled; /* atomic */
  gint ran;       /* atomic: when it was cancelled */
  JnPrintOutcome outcome;
  JnPrinterReasons reasons;
  char *message;
  GPtrArray *waiting; /* of GTask */
};

enum
{
  PROP_OUTCOME = 1,
  PROP_REASONS,
  PROP_MESSAGE,
  N_PROPS,
};

enum
{
  SLOW,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JnPrintJob, jn_print_job, G_TYPE_OBJECT)

/* -- news from the print thread ------------------------------------------------------------------------ */

typedef struct
{
  JnPrintJob *job;
  JnJobReport report;
} News;

static void
free_news (gpointer data)
{
  News *news = data;

  g_object_unref (news->job);
  g_free (news->report.message);
  g_free (news);
}

static void
end_waiting (JnPrintJob *self)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_int (waiting->pdata[i], self->outcome);
}

static void
take_reasons (JnPrintJob *self, JnPrinterReasons reasons)
{
  gboolean became_slow = (reasons & ~self->reasons & JN_PRINTER_REASON_SLOW) != 0;

  if (reasons == self->reasons)
    return;
  self->reasons = reasons;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASONS]);
  if (became_slow)
    g_signal_emit (self, signals[SLOW], 0);
}

static void
take_message (JnPrintJob *self, const char *message)
{
  if (g_strcmp0 (message, self->message) == 0)
    return;
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MESSAGE]);
}

static gboolean
tell_cb (gpointer data)
{
  News *news = data;
  JnPrintJob *self = news->job;

  if (self->outcome != JN_PRINT_PENDING)
    return G_SOURCE_REMOVE;
  take_message (self, news->report.message);
  take_reasons (self, news->report.reasons);
  if (news->report.outcome == JN_PRINT_PENDING)
    return G_SOURCE_REMOVE;
  self->outcome = news->report.outcome;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OUTCOME]);
  end_waiting (self);
  return G_SOURCE_REMOVE;
}

void
jn_print_job_post (JnPrintJob *self, const JnJobReport *report)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  News *news = g_new0 (News, 1);

  news->job = g_object_ref (self);
  news->report = *report;
  news->report.message = g_strdup (report->message);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, news, free_news);
  g_source_attach (source, self->context);
}

gboolean
jn_print_job_was_cancelled (JnPrintJob *self)
{
  return g_atomic_int_get (&self->cancelled);
}

void
jn_print_job_mark_cancelled (JnPrintJob *self, gboolean running)
{
  g_atomic_int_set (&self->ran, running);
  g_atomic_int_set (&self->cancelled, TRUE);
}

gboolean
jn_print_job_ran (JnPrintJob *self)
{
  return g_atomic_int_get (&self->ran);
}

/* -- the object ------------------------------------------------------------------------------------------ */

static void
jn_print_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JnPrintJob *self = JN_PRINT_JOB (object);

  switch (id)
    {
    case PROP_OUTCOME:
      g_value_set_int (value, self->outcome);
      break;
    case PROP_REASONS:
      g_value_set_uint (value, self->reasons);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jn_print_job_finalize (GObject *object)
{
  JnPrintJob *self = JN_PRINT_JOB (object);

  g_ptr_array_unref (self->waiting);
  g_clear_object (&self->service);
  g_main_context_unref (self->context);
  g_free (self->queue);
  g_free (self->attempt);
  g_free (self->message);
  G_OBJECT_CLASS (jn_print_job_parent_class)->finalize (object);
}

static void
jn_print_job_class_init (JnPrintJobClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = jn_print_job_get_property;
  object_class->finalize = jn_print_job_finalize;
  props[PROP_OUTCOME] = g_param_spec_int ("outcome", NULL, NULL, JN_PRINT_PENDING,
                                          JN_PRINT_UNCONFIRMED, JN_PRINT_PENDING, flags);
  props[PROP_REASONS] = g_param_spec_uint ("reasons", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SLOW] = g_signal_new ("slow", JN_TYPE_PRINT_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
jn_print_job_init (JnPrintJob *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

JnPrintJob *
jn_print_job_new (
    JnPrintService *service, GMainContext *context, const char *queue, const char *attempt, int id)
{
  JnPrintJob *self = g_object_new (JN_TYPE_PRINT_JOB, NULL);

  self->service = g_object_ref (service);
  self->context = g_main_context_ref (context);
  self->queue = g_strdup (queue);
  self->attempt = g_strdup (attempt);
  self->id = id;
  return self;
}

const char *
jn_print_job_get_attempt (JnPrintJob *self)
{
  return self->attempt;
}

const char *
jn_print_job_get_queue (JnPrintJob *self)
{
  return self->queue;
}

int
jn_print_job_get_id (JnPrintJob *self)
{
  return self->id;
}

JnPrintOutcome
jn_print_job_get_outcome (JnPrintJob *self)
{
  return self->outcome;
}

JnPrinterReasons
jn_print_job_get_reasons (JnPrintJob *self)
{
  return self->reasons;
}

const char *
jn_print_job_get_message (JnPrintJob *self)
{
  return self->message;
}

/* -- waiting and cancelling -------------------------------------------------------------------------------- */

static gboolean
stop_waiting_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr(GTask) task = g_object_ref (user_data);
  JnPrintJob *self = g_task_get_source_object (task);

  if (g_ptr_array_remove_fast (self->waiting, task))
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

void
jn_print_job_wait_async (JnPrintJob *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GSource) source = NULL;

  g_task_set_name (task, "wait for print job");
  g_task_set_check_cancellable (task, FALSE);
  if (self->outcome != JN_PRINT_PENDING)
    {
      g_task_return_int (task, self->outcome);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->waiting, task);
  if (cancellable == NULL)
    return;
  source = g_cancellable_source_new (cancellable);
  g_task_attach_source (task, source, G_SOURCE_FUNC (stop_waiting_cb));
}

JnPrintOutcome
jn_print_job_wait_finish (JnPrintJob *self, GAsyncResult *result, GError **error)
{
  gssize outcome;

  g_return_val_if_fail (g_task_is_valid (result, self), JN_PRINT_PENDING);
  outcome = g_task_propagate_int (G_TASK (result), error);
  return outcome < 0 ? JN_PRINT_PENDING : (JnPrintOutcome)outcome;
}

void
jn_print_job_cancel_async (JnPrintJob *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_name (task, "cancel print job");
  jn_print_service_cancel (self->service, self, task);
}

gboolean
jn_print_job_cancel_finish (JnPrintJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
