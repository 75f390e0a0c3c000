/* receipt.c: the one receipt of a visit: committed first, then sealed, then printed. */
#include "app/receipt-private.h"

#include <stdio.h>
#include "app/call.h"
#include "app/dict.h"
#include "app/papers/receipt-document.h"
#include "app/uuid.h"
#include "printing/seal.h"

struct _JnReceipt
{
  GObject parent_instance;
  JnSession *session;
  GVariant *answer;
  GVariant *applications; /* (nullable) */
  GArray *lines;          /* of JnReceiptLine, borrowing from answer and applications */
  char *language;
  char *seal;
  gint64 time;
  JnPrintStep step;
  JnPrinterReasons reasons;
  guint copies;
  char *attempt; /* (nullable): the one under way or unconfirmed */
};

typedef enum
{
  PROP_SEAL = 1,
  PROP_PRINT_STEP,
  PROP_PRINT_REASONS,
  PROP_COPIES,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (JnReceipt, jn_receipt, G_TYPE_OBJECT)

static void
jn_receipt_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnReceipt *self = JN_RECEIPT (object);

  switch ((Property)id)
    {
    case PROP_SEAL:
      g_value_set_string (value, self->seal);
      break;
    case PROP_PRINT_STEP:
      g_value_set_int (value, (int)self->step);
      break;
    case PROP_PRINT_REASONS:
      g_value_set_uint (value, (guint)self->reasons);
      break;
    case PROP_COPIES:
      g_value_set_uint (value, self->copies);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
jn_receipt_finalize (GObject *object)
{
  JnReceipt *self = JN_RECEIPT (object);

  g_clear_object (&self->session);
  g_array_unref (self->lines);
  g_clear_pointer (&self->answer, g_variant_unref);
  g_clear_pointer (&self->applications, g_variant_unref);
  g_free (self->language);
  g_free (self->seal);
  g_free (self->attempt);
  G_OBJECT_CLASS (jn_receipt_parent_class)->finalize (object);
}

static void
jn_receipt_class_init (JnReceiptClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = jn_receipt_get_property;
  object->finalize = jn_receipt_finalize;
  properties[PROP_SEAL] = g_param_spec_string ("seal", NULL, NULL, NULL, flags);
  properties[PROP_PRINT_STEP]
      = g_param_spec_int ("print-step", NULL, NULL, JN_PRINT_STEP_NONE, JN_PRINT_STEP_UNCONFIRMED,
                          JN_PRINT_STEP_NONE, flags);
  properties[PROP_PRINT_REASONS]
      = g_param_spec_uint ("print-reasons", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COPIES] = g_param_spec_uint ("copies", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
jn_receipt_init (JnReceipt *self)
{
  self->lines = g_array_new (FALSE, TRUE, sizeof (JnReceiptLine));
}

/* Strings are borrowed from the list, which is made one block before. */
static JnReceiptLine
read_line (GVariant *row)
{
  g_autoptr (GVariant) pledge = jn_dict_dict (row, "pledge");
  const char *state = jn_dict_string (row, "state");
  JnReceiptLine line = {
    .number = jn_dict_string (row, "no"),
    .service = jn_dict_string (row, "service"),
    .department = jn_dict_string (row, "department"),
    .state = state != NULL ? state : "submitted",
    .fee = jn_dict_int (row, "fee", -1),
  };

  if (pledge != NULL)
    {
      line.pledge_days = (guint)jn_dict_int (pledge, "working_days", 0);
      line.due = jn_dict_string (pledge, "due");
    }
  return line;
}

/* An amount is only said where the department confirmed all of it: what is not known is not free. */
static gboolean
is_fee_confirmed (GVariant *receipt, const JnReceiptLine *line)
{
  g_autoptr (GVariant) fees = jn_dict_list (receipt, "fees");
  guint n_confirmed = 0;

  if (g_str_equal (line->state, "waiting"))
    return FALSE;
  for (gsize i = 0; i < jn_list_length (fees); i++)
    {
      g_autoptr (GVariant) fee = jn_list_dict (fees, i);

      if (g_strcmp0 (jn_dict_string (fee, "service"), line->service) != 0)
        continue;
      if (!jn_dict_boolean (fee, "confirmed", FALSE))
        return FALSE;
      n_confirmed++;
    }
  return n_confirmed > 0;
}

JnReceipt *
jn_receipt_new (JnSession *session, GVariant *receipt, GVariant *applications, const char *language)
{
  JnReceipt *self = g_object_new (JN_TYPE_RECEIPT, NULL);
  const char *time;

  self->session = g_object_ref (session);
  self->answer = g_variant_ref_sink (receipt);
  g_variant_get_data (self->answer); /* one block: borrowed strings live as long as it does */
  self->applications = applications != NULL ? g_variant_ref_sink (applications) : NULL;
  if (self->applications != NULL)
    g_variant_get_data (self->applications);
  self->language = g_strdup (language);
  time = jn_dict_string (self->answer, "time");
  self->time = time != NULL ? jn_time_parse (time) / G_USEC_PER_SEC : jn_session_now (session);
  self->seal = g_strdup (jn_dict_string (self->answer, "seal"));
  for (gsize i = 0; i < jn_list_length (self->applications); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (self->applications, i);
      JnReceiptLine line = read_line (row);

      if (!is_fee_confirmed (self->answer, &line))
        line.fee = -1;
      g_array_append_val (self->lines, line);
    }
  return self;
}

JnSession *
jn_receipt_get_session (JnReceipt *self)
{
  return self->session;
}

/* -- the seal ------------------------------------------------------------------------------------------ */

static gint32
days_since_1970 (const char *day)
{
  int y, m, d;
  GDate date;
  GDate epoch;

  if (day == NULL || sscanf (day, "%4d-%2d-%2d", &y, &m, &d) != 3 || !g_date_valid_dmy (d, m, y))
    return 0;
  g_date_clear (&date, 1);
  g_date_clear (&epoch, 1);
  g_date_set_dmy (&date, d, m, y);
  g_date_set_dmy (&epoch, 1, 1, 1970);
  return g_date_days_between (&epoch, &date);
}

static char *
make_seal (JnReceipt *self)
{
  const JnSealKey *key = jn_session_get_key (self->session);
  const char *host = jn_session_get_setting (self->session, "receipt_host");
  g_auto (GStrv) numbers = jn_dict_strings (self->answer, "applications");
  g_autoptr (JnReceiptClaim) claim = NULL;

  if (key == NULL)
    return NULL;
  claim = jn_receipt_claim_new (jn_receipt_get_number (self),
                                (guint)g_ascii_strtoull (jn_receipt_get_branch (self), NULL, 10),
                                (guint)jn_receipt_get_counter (self), self->time,
                                (const char *const *)numbers, jn_receipt_get_fee (self),
                                days_since_1970 (jn_receipt_get_pick_up (self)));
  return jn_seal_receipt (key, claim, host != NULL ? host : "janela.example");
}

static void
set_seal (JnReceipt *self, const char *seal)
{
  if (g_strcmp0 (self->seal, seal) == 0)
    return;
  g_free (self->seal);
  self->seal = g_strdup (seal);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEAL]);
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnReceipt *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);
  const char *kept = answer != NULL ? jn_dict_string (answer, "seal") : NULL;

  if (kept != NULL)
    set_seal (self, kept); /* the first one counts: a reprint is the same to the byte */
  else if (error != NULL)
    g_message ("A receipt's seal is not kept yet: %s", jn_backend_error_get_code (error));
  g_task_return_boolean (task, TRUE);
}

void
jn_receipt_seal_async (JnReceipt *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *seal = self->seal == NULL ? make_seal (self) : NULL;
  g_autoptr (JnCommand) command = NULL;

  if (seal == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  set_seal (self, seal);
  command = jn_command_new ("receipt_seal", jn_dict_new ("receipt", "s", jn_receipt_get_id (self),
                                                         "seal", "s", seal, NULL));
  jn_command_set_deferrable (command, TRUE);
  jn_backend_run_async (jn_session_get_backend (self->session), command, cancellable, sealed_cb,
                        g_steal_pointer (&task));
}

gboolean
jn_receipt_seal_finish (JnReceipt *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- printing -------------------------------------------------------------------------------------------- */

typedef struct
{
  JnPrintService *printing;
  JnPrinterProfile *profile;
  char *attempt;
} Printing;

static void
printing_free (Printing *print)
{
  g_clear_object (&print->printing);
  jn_printer_profile_free (print->profile);
  g_free (print->attempt);
  g_free (print);
}

static const char *
medium_of (JnPaper paper)
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

static void
set_step (JnReceipt *self, JnPrintStep step)
{
  self->step = step;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRINT_STEP]);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    g_message ("The end of a print attempt was not kept: %s", error->message);
}

static void
end_attempt (JnReceipt *self, const char *attempt, const char *outcome, JnPrinterReasons reasons)
{
  g_autofree char *reason = reasons != 0 ? g_strdup_printf ("%u", (guint)reasons) : NULL;
  g_autoptr (JnCommand) command
             = jn_command_new ("print_end", jn_dict_new ("attempt", "s", attempt, "outcome", "s",
                                                         outcome, "reason", "s", reason, NULL));

  jn_command_set_deferrable (command, TRUE);
  jn_backend_run_async (jn_session_get_backend (self->session), command, NULL, ended_cb, NULL);
}

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

/* The attempt's end: kept in the backend; an unclear one stays to be asked of the clerk. */
static void
conclude (GTask *task, JnPrintStep step, JnPrinterReasons reasons)
{
  JnReceipt *self = g_task_get_source_object (task);
  Printing *print = g_task_get_task_data (task);

  self->reasons = reasons;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRINT_REASONS]);
  g_free (self->attempt);
  self->attempt = step == JN_PRINT_STEP_UNCONFIRMED ? g_strdup (print->attempt) : NULL;
  end_attempt (self, print->attempt, outcome_name (step), reasons);
  set_step (self, step);
  g_task_return_int (task, (gssize)step);
}

static void
fail (GTask *task, GError *error)
{
  JnReceipt *self = g_task_get_source_object (task);
  Printing *print = g_task_get_task_data (task);

  end_attempt (self, print->attempt, "failed", 0);
  set_step (self, JN_PRINT_STEP_FAILED);
  g_task_return_error (task, error);
}

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
  g_autoptr (GTask) task = user_data;
  JnPrintJob *job = JN_PRINT_JOB (source);
  g_autoptr (GError) error = NULL;
  JnPrintOutcome outcome = jn_print_job_wait_finish (job, result, &error);

  g_signal_handlers_disconnect_by_data (job, g_task_get_source_object (task));
  conclude (task, error != NULL ? JN_PRINT_STEP_UNCONFIRMED : step_of (outcome),
            jn_print_job_get_reasons (job));
}

static void
on_reasons_notified_cb (JnPrintJob *job, GParamSpec *spec, JnReceipt *self)
{
  self->reasons = jn_print_job_get_reasons (job);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRINT_REASONS]);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnReceipt *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPrintJob) job
             = jn_print_service_submit_finish (JN_PRINT_SERVICE (source), result, &error);

  if (g_error_matches (error, JN_PRINT_ERROR, JN_PRINT_ERROR_UNKNOWN))
    {
      conclude (task, JN_PRINT_STEP_UNCONFIRMED, 0);
      return;
    }
  if (job == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  set_step (self, JN_PRINT_STEP_PRINTING);
  g_signal_connect (job, "notify::reasons", G_CALLBACK (on_reasons_notified_cb), self);
  jn_print_job_wait_async (job, g_task_get_cancellable (task), waited_cb, g_steal_pointer (&task));
}

static void
encoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Printing *print = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes
             = jn_print_service_encode_finish (JN_PRINT_SERVICE (source), result, &error);

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  jn_print_service_submit_async (print->printing, print->profile, print->attempt, bytes,
                                 g_task_get_cancellable (task), submitted_cb, g_object_ref (task));
}

static void
encode (GTask *task, guint copy)
{
  JnReceipt *self = g_task_get_source_object (task);
  Printing *print = g_task_get_task_data (task);
  g_autoptr (JnDocument) document = jn_receipt_document_new (self, self->session, copy);

  self->copies = copy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COPIES]);
  jn_print_service_encode_async (print->printing, document, print->profile,
                                 g_task_get_cancellable (task), encoded_cb, g_object_ref (task));
}

/* A kept command has no answer yet: the count goes on from what is known here. */
static void
begun (GTask *task, GVariant *answer)
{
  JnReceipt *self = g_task_get_source_object (task);
  guint fallback = self->step == JN_PRINT_STEP_NONE ? 0 : self->copies + 1;

  encode (task, (guint)jn_dict_int (answer, "copy", fallback));
}

void
jn_receipt_print_async (JnReceipt *self,
                        JnPrintService *printing,
                        const char *use,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const JnPrinterProfile *profile;
  Printing *print;

  g_return_if_fail (JN_IS_RECEIPT (self) && JN_IS_PRINT_SERVICE (printing));
  profile = jn_settings_get_printer (jn_session_get_settings (self->session), use);
  if (profile == NULL)
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "printer", use, NULL));
      return;
    }
  print = g_new0 (Printing, 1);
  print->printing = g_object_ref (printing);
  print->profile = jn_printer_profile_copy (profile);
  print->attempt = jn_uuid_new ();
  g_task_set_task_data (task, print, (GDestroyNotify)printing_free);
  set_step (self, JN_PRINT_STEP_SENDING);
  jn_call_command (jn_session_get_backend (self->session), "print_begin",
                   jn_dict_new ("receipt", "s", jn_receipt_get_id (self), "attempt", "s",
                                print->attempt, "medium", "s", medium_of (profile->paper),
                                "printer", "s", profile->queue, NULL),
                   TRUE, g_steal_pointer (&task), begun);
}

JnPrintStep
jn_receipt_print_finish (JnReceipt *self, GAsyncResult *result, GError **error)
{
  gssize step;

  g_return_val_if_fail (g_task_is_valid (result, self), JN_PRINT_STEP_FAILED);
  step = g_task_propagate_int (G_TASK (result), error);
  return step >= 0 ? (JnPrintStep)step : JN_PRINT_STEP_FAILED;
}

void
jn_receipt_confirm_print (JnReceipt *self, gboolean came_out)
{
  g_return_if_fail (JN_IS_RECEIPT (self));
  if (self->attempt == NULL)
    return;
  end_attempt (self, self->attempt, came_out ? "printed" : "failed", self->reasons);
  g_clear_pointer (&self->attempt, g_free);
  set_step (self, came_out ? JN_PRINT_STEP_PRINTED : JN_PRINT_STEP_FAILED);
}

JnDocument *
jn_receipt_make_document (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return jn_receipt_document_new (self, self->session, self->copies);
}

/* -- what it says ------------------------------------------------------------------------------------------ */

const char *
jn_receipt_get_id (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return jn_dict_string (self->answer, "id");
}

const char *
jn_receipt_get_number (JnReceipt *self)
{
  const char *number;

  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  number = jn_dict_string (self->answer, "no");
  return number != NULL ? number : "";
}

const char *
jn_receipt_get_language (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return self->language;
}

const char *
jn_receipt_get_branch (JnReceipt *self)
{
  const char *branch;

  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  branch = jn_dict_string (self->answer, "branch");
  return branch != NULL ? branch : jn_session_get_branch (self->session);
}

int
jn_receipt_get_counter (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return (int)jn_dict_int (self->answer, "counter", jn_session_get_counter (self->session));
}

gint64
jn_receipt_get_time (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return self->time;
}

const char *
jn_receipt_get_pick_up (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return jn_dict_string (self->answer, "pick_up");
}

guint
jn_receipt_get_n_lines (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return self->lines->len;
}

const JnReceiptLine *
jn_receipt_get_line (JnReceipt *self, guint i)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self) && i < self->lines->len, NULL);
  return &g_array_index (self->lines, JnReceiptLine, i);
}

gboolean
jn_receipt_has_open_fees (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), FALSE);
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, JnReceiptLine, i).fee < 0)
      return TRUE;
  return FALSE;
}

gint64
jn_receipt_get_fee (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return jn_dict_int (self->answer, "fee", 0);
}

gboolean
jn_receipt_is_offline (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), FALSE);
  return jn_dict_boolean (self->answer, "offline", FALSE);
}

const char *
jn_receipt_get_seal (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), NULL);
  return self->seal;
}

JnPrintStep
jn_receipt_get_print_step (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), JN_PRINT_STEP_NONE);
  return self->step;
}

JnPrinterReasons
jn_receipt_get_print_reasons (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), JN_PRINTER_REASON_NONE);
  return self->reasons;
}

guint
jn_receipt_get_copies (JnReceipt *self)
{
  g_return_val_if_fail (JN_IS_RECEIPT (self), 0);
  return self->copies;
}
