/* print.c: one print of a paper: written down, drawn, sent, followed to its end, and asked about. */
#include "app/print-private.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/uuid.h"
#include "printing/escpos.h"

struct _JnPrint
{
  GObject parent_instance;
  JnBackend *backend;
  JnPrintService *service;
  JnPrintOrder order; /* its strings are owned */
  char *use;
  JnPrinterProfile *profile; /* (nullable) */
  char *queue;
  JnDocument *document; /* (nullable) */
  char *attempt;
  char *digest; /* (nullable): of what the printer was sent */
  char *move_to;
  JnPrintJob *job; /* (nullable) */
  GQueue ends;     /* of JnCommand: ends to be kept, one after the other */
  GError *error;
  guint copy;
  JnPrintStep step;
  JnPrinterReasons reasons;
  JnPrinterReasons blamed; /* what was in the way last */
  gboolean kick;
  gboolean cancelled; /* asked for before there was a job */
  gboolean dismissed;
};

static guint changed_signal, moved_signal;

G_DEFINE_TYPE (JnPrint, jn_print, G_TYPE_OBJECT)

static void
changed (JnPrint *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
jn_print_dispose (GObject *object)
{
  JnPrint *self = JN_PRINT (object);

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
  g_clear_object (&self->service);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (jn_print_parent_class)->dispose (object);
}

static void
jn_print_finalize (GObject *object)
{
  JnPrint *self = JN_PRINT (object);

  g_free ((char *)self->order.kind);
  g_free ((char *)self->order.subject);
  g_free ((char *)self->order.title);
  g_free ((char *)self->order.edition);
  g_clear_pointer (&self->profile, jn_printer_profile_free);
  g_clear_pointer (&self->document, jn_document_unref);
  g_clear_error (&self->error);
  g_queue_clear_full (&self->ends, (GDestroyNotify)jn_command_unref);
  g_free (self->use);
  g_free (self->queue);
  g_free (self->attempt);
  g_free (self->digest);
  g_free (self->move_to);
  G_OBJECT_CLASS (jn_print_parent_class)->finalize (object);
}

static void
jn_print_class_init (JnPrintClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_print_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_print_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_PRINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  moved_signal = g_signal_new ("moved", JN_TYPE_PRINT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jn_print_init (JnPrint *self)
{
  g_queue_init (&self->ends);
}

/* -- the end ---------------------------------------------------------------------------------------- */

static const char *
outcome_name (JnPrintStep step)
{
  switch (step)
    {
    case JN_PRINT_STEP_PRINTED:
      return "printed";
    case JN_PRINT_STEP_CANCELLED:
      return "cancelled";
    case JN_PRINT_STEP_UNCONFIRMED:
      return "unconfirmed";
    case JN_PRINT_STEP_NONE:
    case JN_PRINT_STEP_SENDING:
    case JN_PRINT_STEP_PRINTING:
    case JN_PRINT_STEP_FAILED:
      return "failed";
    }
  return "failed";
}

static void send_end (JnPrint *self);

/* What is not kept now is asked about again when somebody next signs in here. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrint) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    g_message ("The end of a print attempt was not kept: %s", error->message);
  jn_command_unref (g_queue_pop_head (&self->ends));
  if (!g_queue_is_empty (&self->ends))
    send_end (self);
}

/* In their order: a clerk's answer must not come before the question. */
static void
send_end (JnPrint *self)
{
  if (self->backend != NULL)
    jn_backend_run_async (self->backend, g_queue_peek_head (&self->ends), NULL, kept_cb,
                          g_object_ref (self));
}

static void
keep_end (JnPrint *self, gboolean by_clerk)
{
  g_autofree char *reasons = jn_printer_reasons_to_text (self->reasons);
  int job = self->job != NULL ? jn_print_job_get_id (self->job) : 0;
  GVariantDict args;
  JnCommand *command;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "attempt", "s", self->attempt);
  g_variant_dict_insert (&args, "outcome", "s", outcome_name (self->step));
  if (*reasons != '\0')
    g_variant_dict_insert (&args, "reason", "s", reasons);
  if (self->digest != NULL)
    g_variant_dict_insert (&args, "bytes", "s", self->digest);
  if (job != 0)
    g_variant_dict_insert (&args, "job", "x", (gint64)job);
  if (by_clerk)
    g_variant_dict_insert (&args, "by_clerk", "b", TRUE);
  command = jn_command_new ("print_end", g_variant_dict_end (&args));
  jn_command_set_deferrable (command, TRUE);
  jn_command_set_repeatable (command, TRUE);
  g_queue_push_tail (&self->ends, command);
  if (self->ends.length == 1)
    send_end (self);
}

/* Only what surely did not come out goes to another printer by itself. */
static void
move_on (JnPrint *self)
{
  g_autofree char *use = g_steal_pointer (&self->move_to);

  if (use != NULL && (self->step == JN_PRINT_STEP_CANCELLED || self->step == JN_PRINT_STEP_FAILED))
    {
      self->dismissed = TRUE;
      g_signal_emit (self, moved_signal, 0, use);
    }
}

static void
conclude (JnPrint *self, JnPrintStep step, JnPrinterReasons reasons, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->reasons = reasons;
  self->step = step;
  keep_end (self, FALSE);
  changed (self);
  move_on (self);
}

/* -- following the job ------------------------------------------------------------------------------------ */

static JnPrintStep
step_of (JnPrintOutcome outcome)
{
  switch (outcome)
    {
    case JN_PRINT_PENDING:
      return JN_PRINT_STEP_PRINTING;
    case JN_PRINT_PRINTED:
      return JN_PRINT_STEP_PRINTED;
    case JN_PRINT_FAILED:
      return JN_PRINT_STEP_FAILED;
    case JN_PRINT_CANCELLED:
      return JN_PRINT_STEP_CANCELLED;
    case JN_PRINT_UNCONFIRMED:
      return JN_PRINT_STEP_UNCONFIRMED;
    }
  return JN_PRINT_STEP_UNCONFIRMED;
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrint) self = user_data;
  g_autoptr (GError) error = NULL;
  JnPrintStep step = step_of (jn_print_job_wait_finish (JN_PRINT_JOB (source), result, &error));
  JnPrinterReasons reasons = jn_print_job_get_reasons (JN_PRINT_JOB (source));
  gboolean over = step == JN_PRINT_STEP_CANCELLED || step == JN_PRINT_STEP_FAILED;

  g_signal_handlers_disconnect_by_data (source, self);
  /* a job that is taken out of the queue forgets why */
  conclude (self, step, over && reasons == JN_PRINTER_REASON_NONE ? self->blamed : reasons, NULL);
}

static void
on_reasons_notified_cb (JnPrintJob *job, GParamSpec *spec, JnPrint *self)
{
  self->reasons = jn_print_job_get_reasons (job);
  if (self->reasons != JN_PRINTER_REASON_NONE)
    self->blamed = self->reasons;
  changed (self);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrint) self = user_data;
  g_autoptr (GError) error = NULL;

  /* a job that ended meanwhile says so itself */
  if (!jn_print_job_cancel_finish (JN_PRINT_JOB (source), result, &error))
    g_message ("A print job was not cancelled: %s", error->message);
}

/* Takes @job. */
static void
follow (JnPrint *self, JnPrintJob *job)
{
  self->job = job;
  self->step = JN_PRINT_STEP_PRINTING;
  g_signal_connect (job, "notify::reasons", G_CALLBACK (on_reasons_notified_cb), self);
  jn_print_job_wait_async (job, NULL, waited_cb, g_object_ref (self));
  if (self->cancelled)
    jn_print_job_cancel_async (job, NULL, cancelled_cb, g_object_ref (self));
  changed (self);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrint) self = user_data;
  g_autoptr (GError) error = NULL;
  JnPrintJob *job = jn_print_service_look_up_finish (JN_PRINT_SERVICE (source), result, &error);
  gboolean away = g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_OFFLINE);

  if (job != NULL)
    follow (self, job);
  else
    conclude (self, JN_PRINT_STEP_UNCONFIRMED,
              away ? JN_PRINTER_REASON_OFFLINE : JN_PRINTER_REASON_NONE, NULL);
}

void
jn_print_look_up (JnPrint *self)
{
  if (self->step != JN_PRINT_STEP_SENDING)
    return;
  jn_print_service_look_up_async (self->service, self->queue, self->attempt, NULL, looked_up_cb,
                                  g_object_ref (self));
}

/* -- the way to the printer ----------------------------------------------------------------------------------- */

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrint) self = user_data;
  GError *error = NULL;
  JnPrintJob *job = jn_print_service_submit_finish (JN_PRINT_SERVICE (source), result, &error);

  if (job != NULL)
    follow (self, job);
  else if (g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN))
    conclude (self, JN_PRINT_STEP_UNCONFIRMED, JN_PRINTER_REASON_NONE, error);
  else
    conclude (self, JN_PRINT_STEP_FAILED, JN_PRINTER_REASON_NONE, error);
}

/* The drawer's pulse goes before the paper and is no part of it. Takes @paper. */
static GBytes *
add_kick (GBytes *paper)
{
  g_autoptr (GBytes) kick = jn_escpos_kick_drawer ();
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (kick, NULL), g_bytes_get_size (kick));
  g_byte_array_append (all, g_bytes_get_data (paper, NULL), g_bytes_get_size (paper));
  g_bytes_unref (paper);
  return g_byte_array_free_to_bytes (all);
}

static void
encoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrint) self = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes
             = jn_print_service_encode_finish (JN_PRINT_SERVICE (source), result, &error);

  if (bytes == NULL || self->cancelled)
    {
      conclude (self, bytes == NULL ? JN_PRINT_STEP_FAILED : JN_PRINT_STEP_CANCELLED,
                JN_PRINTER_REASON_NONE, error);
      return;
    }
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (self->kick && self->copy == 0)
    bytes = add_kick (g_steal_pointer (&bytes));
  jn_print_service_submit_async (self->service, self->profile, self->attempt, bytes, NULL,
                                 submitted_cb, g_object_ref (self));
}

/* A kept command has no answer yet: the count goes on from what is known here. */
static void
begun (GTask *task, GVariant *answer)
{
  JnPrint *self = g_task_get_source_object (task);

  self->copy = (guint)jn_dict_int (answer, "copy", self->copy);
  jn_document_set_copy (self->document, self->copy);
  changed (self);
  jn_print_service_encode_async (self->service, self->document, self->profile, NULL, encoded_cb,
                                 g_object_ref (self));
  g_task_return_boolean (task, TRUE);
}

/* What could not be written down is not printed, and has no end to be kept. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JnPrint *self = JN_PRINT (source);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  self->error = error;
  self->step = JN_PRINT_STEP_FAILED;
  changed (self);
}

const char *
jn_print_medium_name (JnPaper paper)
{
  switch (paper)
    {
    case JN_PAPER_ROLL_80:
      return "roll80";
    case JN_PAPER_ROLL_58:
      return "roll58";
    case JN_PAPER_A5:
      return "a5";
    case JN_PAPER_A4:
      return "a4";
    }
  return "a4";
}

void
jn_print_begin (JnPrint *self, guint copy, gboolean kick)
{
  gboolean receipt = g_str_equal (self->order.kind, "receipt");
  g_autofree char *document = NULL;

  if (self->profile == NULL)
    {
      self->step = JN_PRINT_STEP_FAILED;
      self->error = jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "printer", self->use, NULL);
      changed (self);
      return;
    }
  self->copy = copy;
  self->kick = kick && self->profile->drawer && self->profile->kind == JN_PRINTER_ESCPOS;
  document = jn_document_to_json (self->document);
  jn_call_command (self->backend, "print_begin",
                   jn_dict_new ("attempt", "s", self->attempt, "kind", "s", self->order.kind,
                                receipt ? "receipt" : "subject", "s", self->order.subject, "title",
                                "s", self->order.title, "edition", "s", self->order.edition,
                                "medium", "s", jn_print_medium_name (self->profile->paper),
                                "printer", "s", self->queue, "document", "s", document, NULL),
                   TRUE, g_task_new (self, NULL, written_cb, NULL), begun);
}

/* -- making one ------------------------------------------------------------------------------------------------ */

static JnPrint *
make (JnBackend *backend, JnPrintService *service, const JnPrintOrder *order)
{
  JnPrint *self = g_object_new (JN_TYPE_PRINT, NULL);

  self->backend = g_object_ref (backend);
  self->service = g_object_ref (service);
  self->order.kind = g_strdup (order->kind);
  self->order.subject = g_strdup (order->subject);
  self->order.title = g_strdup (order->title != NULL ? order->title : "");
  self->order.edition = g_strdup (order->edition);
  self->order.money = order->money;
  self->step = JN_PRINT_STEP_SENDING;
  return self;
}

/* The document goes through its stored form, so that what any terminal draws from the spool is the same to the
 * byte. */
static JnDocument *
copy_document (JnDocument *document)
{
  g_autofree char *json = jn_document_to_json (document);
  g_autoptr (GError) error = NULL;
  JnDocument *copy = jn_document_new_from_json (json, &error);

  if (copy == NULL)
    g_critical ("A document cannot be read again: %s", error->message);
  return copy;
}

JnPrint *
jn_print_new (JnBackend *backend,
              JnPrintService *service,
              const JnPrintOrder *order,
              const char *use,
              const JnPrinterProfile *profile,
              JnDocument *document)
{
  JnPrint *self = make (backend, service, order);

  self->use = g_strdup (use);
  self->attempt = jn_uuid_new ();
  self->document = copy_document (document);
  if (profile == NULL)
    return self;
  self->profile = jn_printer_profile_copy (profile);
  self->queue = g_strdup (profile->queue);
  return self;
}

JnPrint *
jn_print_new_from_answer (JnBackend *backend, JnPrintService *service, GVariant *print)
{
  const char *kind = jn_dict_string (print, "kind");
  JnPrintOrder order = { .kind = kind != NULL ? kind : "receipt",
                         .subject = jn_dict_string (print, "subject"),
                         .title = jn_dict_string (print, "title"),
                         .edition = jn_dict_string (print, "edition") };
  JnPrint *self = make (backend, service, &order);

  self->attempt = g_strdup (jn_dict_string (print, "attempt"));
  self->queue = g_strdup (jn_dict_string (print, "printer"));
  self->copy = (guint)jn_dict_int (print, "copy", 0);
  self->reasons = jn_printer_reasons_from_text (jn_dict_string (print, "reason"));
  if (g_strcmp0 (jn_dict_string (print, "outcome"), "unconfirmed") == 0)
    self->step = JN_PRINT_STEP_UNCONFIRMED;
  return self;
}

/* -- what the clerk does ---------------------------------------------------------------------------------------- */

void
jn_print_cancel (JnPrint *self)
{
  g_return_if_fail (JN_IS_PRINT (self));
  if (!jn_print_is_busy (self))
    return;
  self->cancelled = TRUE;
  if (self->job != NULL)
    jn_print_job_cancel_async (self->job, NULL, cancelled_cb, g_object_ref (self));
}

void
jn_print_move (JnPrint *self, const char *use)
{
  g_free (self->move_to);
  self->move_to = g_strdup (use);
  if (jn_print_is_busy (self))
    jn_print_cancel (self);
  else
    move_on (self);
}

void
jn_print_confirm (JnPrint *self, gboolean came_out)
{
  g_return_if_fail (JN_IS_PRINT (self));
  if (self->step != JN_PRINT_STEP_UNCONFIRMED)
    return;
  self->step = came_out ? JN_PRINT_STEP_PRINTED : JN_PRINT_STEP_FAILED;
  g_clear_error (&self->error);
  keep_end (self, TRUE);
  changed (self);
  move_on (self);
}

void
jn_print_dismiss (JnPrint *self)
{
  g_return_if_fail (JN_IS_PRINT (self));
  self->dismissed = TRUE;
  changed (self);
}

/* -- what it says --------------------------------------------------------------------------------------------- */

gboolean
jn_print_is_busy (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), FALSE);
  return self->step == JN_PRINT_STEP_SENDING || self->step == JN_PRINT_STEP_PRINTING;
}

gboolean
jn_print_needs_clerk (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), FALSE);
  switch (self->step)
    {
    case JN_PRINT_STEP_UNCONFIRMED:
      return TRUE;
    case JN_PRINT_STEP_FAILED:
      return !self->dismissed;
    case JN_PRINT_STEP_SENDING:
    case JN_PRINT_STEP_PRINTING:
      return (self->reasons & ~JN_PRINTER_REASONS_HARMLESS) != 0;
    case JN_PRINT_STEP_NONE:
    case JN_PRINT_STEP_PRINTED:
    case JN_PRINT_STEP_CANCELLED:
      return FALSE;
    }
  return FALSE;
}

JnDocument *
jn_print_get_document (JnPrint *self)
{
  return self->document;
}

const JnPrintOrder *
jn_print_get_order (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), NULL);
  return &self->order;
}

const char *
jn_print_get_attempt (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), NULL);
  return self->attempt;
}

const char *
jn_print_get_use (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), NULL);
  return self->use;
}

const char *
jn_print_get_queue (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), NULL);
  return self->queue;
}

guint
jn_print_get_copy (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), 0);
  return self->copy;
}

JnPrintStep
jn_print_get_step (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), JN_PRINT_STEP_NONE);
  return self->step;
}

JnPrinterReasons
jn_print_get_reasons (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), JN_PRINTER_REASON_NONE);
  return self->reasons;
}

const GError *
jn_print_get_error (JnPrint *self)
{
  g_return_val_if_fail (JN_IS_PRINT (self), NULL);
  return self->error;
}
