/* visit-submit.c: what still stands in the way of a visit, and its submission. */
#include "app/call.h"
#include "app/dict.h"
#include "app/form-fault.h"
#include "app/receipt-private.h"
#include "app/uuid.h"
#include "app/visit-paper-private.h"
#include "app/visit-private.h"

/* -- what stands in the way ------------------------------------------------------------------------------ */

static void
problem_free (JnProblem *problem)
{
  g_clear_object (&problem->application);
  g_free (problem->ref);
  g_free (problem->label);
  g_free (problem->message);
  g_free (problem);
}

static JnProblem *
add_problem (GPtrArray *problems, JnProblemKind kind, JnStage stage, const char *ref)
{
  JnProblem *problem = g_new0 (JnProblem, 1);

  problem->kind = kind;
  problem->stage = stage;
  problem->ref = g_strdup (ref);
  g_ptr_array_add (problems, problem);
  return problem;
}

static void
add_services (JnVisit *self, GPtrArray *problems)
{
  GPtrArray *proposals = jn_bundle_get_proposals (self->bundle);
  guint chosen = 0;

  for (guint i = 0; i < proposals->len; i++)
    {
      const JnProposal *proposal = proposals->pdata[i];
      JnProblem *problem;

      if (!proposal->chosen)
        continue;
      chosen++;
      if (proposal->servable)
        continue;
      problem = add_problem (problems, JN_PROBLEM_SERVICE, JN_STAGE_EVENT,
                             jn_service_entry_get_code (proposal->service));
      problem->label
          = g_strdup (jn_service_entry_get_name (proposal->service, self->form_language));
    }
  if (chosen == 0 || g_list_model_get_n_items (G_LIST_MODEL (self->applications)) == 0)
    add_problem (problems, JN_PROBLEM_SERVICE, JN_STAGE_EVENT, NULL);
}

/* One fact is asked once: mended in the first form that asks it, it is mended in all. */
static gboolean
is_listed (GPtrArray *problems, const JnFactRef *about)
{
  for (guint i = 0; about != NULL && i < problems->len; i++)
    {
      const JnProblem *problem = problems->pdata[i];
      const JnFactRef *other = problem->kind == JN_PROBLEM_ANSWER
                                   ? jn_application_find_fact (problem->application, problem->ref)
                                   : NULL;

      if (other != NULL && g_str_equal (other->subject, about->subject)
          && g_str_equal (other->property, about->property))
        return TRUE;
    }
  return FALSE;
}

static void
add_answers (JnApplication *application, GPtrArray *problems)
{
  JnFilling *filling = jn_application_get_filling (application);
  g_autoptr (GPtrArray) wrong = jn_filling_validate (filling);

  for (guint i = 0; i < wrong->len; i++)
    {
      const char *ref = wrong->pdata[i];
      JnProblem *problem;
      JnNodeState state;

      if (!jn_filling_get (filling, ref, &state)
          || is_listed (problems, jn_application_find_fact (application, ref)))
        continue;
      problem = add_problem (problems, JN_PROBLEM_ANSWER, JN_STAGE_FORMS, ref);
      problem->application = g_object_ref (application);
      problem->label = g_strdup (state.label);
      problem->message = g_strdup (state.message);
      problem->invalid = state.invalid;
    }
}

static void
add_papers (JnVisit *self, GPtrArray *problems)
{
  GListModel *papers = jn_paper_list_get_model (self->papers);

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);
      JnProblem *problem;

      if (jn_visit_paper_is_settled (paper))
        continue;
      problem = add_problem (problems, JN_PROBLEM_PAPER, JN_STAGE_PAPERS,
                             jn_visit_paper_get_code (paper));
      problem->label = jn_visit_paper_get_title (paper, self->form_language);
    }
}

static void
add_consents (JnVisit *self, GPtrArray *problems)
{
  g_auto (GStrv) departments = jn_visit_list_consents (self);
  JnCatalogue *catalogue = self->catalogue;

  for (guint i = 0; departments[i] != NULL; i++)
    {
      JnProblem *problem;

      if (jn_visit_get_consent (self, departments[i]) != JN_CONSENT_UNASKED)
        continue;
      problem = add_problem (problems, JN_PROBLEM_CONSENT, JN_STAGE_REVIEW, departments[i]);
      problem->label = g_strdup (
          jn_catalogue_get_department_name (catalogue, departments[i], self->form_language));
    }
}

GPtrArray *
jn_visit_list_problems (JnVisit *self)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)problem_free);
  GListModel *applications;

  g_return_val_if_fail (JN_IS_VISIT (self), problems);
  jn_visit_refresh (self);
  applications = G_LIST_MODEL (self->applications);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->persons)) == 0)
    add_problem (problems, JN_PROBLEM_PERSON, JN_STAGE_IDENTIFY, NULL);
  add_services (self, problems);
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      add_answers (application, problems);
    }
  add_papers (self, problems);
  add_consents (self, problems);
  if (self->signature == JN_SIGNATURE_NONE || self->signature_outdated)
    add_problem (problems, JN_PROBLEM_SIGNATURE, JN_STAGE_REVIEW,
                 self->signature_outdated ? "changed" : NULL);
  return problems;
}

/* -- what is sent -------------------------------------------------------------------------------------------- */

static const char *
method_name (JnSignatureMethod method)
{
  switch (method)
    {
    case JN_SIGNATURE_NONE:
    case JN_SIGNATURE_PAD:
      return "pad";
    case JN_SIGNATURE_INK:
      return "ink";
    case JN_SIGNATURE_BY_OTHER:
      return "by-other";
    case JN_SIGNATURE_FINGERPRINT:
      return "fingerprint";
    }
  return "pad";
}

static GVariant *
list_new (GPtrArray *rows)
{
  return jn_list_new ((GVariant *const *)rows->pdata, rows->len);
}

static GVariant *
make_persons (JnVisit *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GListModel *model = G_LIST_MODEL (self->persons);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnPerson) person = g_list_model_get_item (model, i);
      const JnFact *issuer = jn_person_get_fact (person, "id_country");
      GVariant *document = NULL;

      if (jn_person_has_document (person))
        document = jn_dict_new ("kind", "s", jn_person_get_document_kind (person), "number", "s",
                                jn_person_get_number (person), "issuer", "s",
                                issuer != NULL ? issuer->value : NULL, NULL);
      g_ptr_array_add (rows, jn_dict_new ("id", "s", jn_person_get_id (person), "role", "s",
                                          jn_person_get_role (person), "capacity", "s",
                                          jn_person_get_capacity (person), "document", "@a{sv}",
                                          document, NULL));
    }
  return list_new (rows);
}

/* What is charged for one application: the confirmed amounts */
static gint64
sum_fees (JnVisit *self, JnApplication *application)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->fees->len; i++)
    {
      const JnFee *fee = self->fees->pdata[i];

      if (fee->service == jn_application_get_entry (application) && fee->confirmed
          && fee->amount > 0)
        sum += fee->amount;
    }
  return sum;
}

/* As the backend compares it quickest (assets/docs/backend.md): without declaration, <a></a> for <a/>.
 * Values hold neither "<" nor ">", so each "/>" ends a tag. */
static char *
plain_xml (GBytes *xml)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (xml, NULL), g_bytes_get_size (xml));
  const char *declared = g_str_has_prefix (text, "<?xml") ? strstr (text, "?>") : NULL;
  const char *root = declared != NULL ? declared + 2 : text;
  g_autoptr (GRegex) blank = g_regex_new ("<([^\\s<>/]+)(\\s[^<>]*)?/>", 0, 0, NULL);

  root += strspn (root, " \t\r\n");
  return g_regex_replace (blank, root, -1, 0, "<\\1\\2></\\1>", 0, NULL);
}

/* (nullable) */
static GVariant *
make_application (JnVisit *self, JnApplication *application, GError **error)
{
  const JnServiceEntry *entry = jn_application_get_entry (application);
  g_autoptr (GBytes) xml = jn_filling_submit (jn_application_get_filling (application), error);
  g_auto (GStrv) needs = jn_bundle_list_needs (self->bundle, jn_service_entry_get_code (entry));
  g_autofree char *text = NULL;

  if (xml == NULL)
    {
      *error = jn_form_fault_new_filled (*error, entry, FALSE);
      return NULL;
    }
  text = plain_xml (xml);
  return jn_dict_new ("id", "s", jn_application_get_id (application), "service", "s",
                      jn_service_entry_get_code (entry), "version", "s",
                      jn_service_entry_get_version (entry), "hash", "s",
                      jn_service_entry_get_hash (entry), "xml", "s", text, "needs", "^as", needs,
                      "fee", "x", sum_fees (self, application), NULL);
}

/* (nullable) */
static GVariant *
make_applications (JnVisit *self, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GListModel *model = G_LIST_MODEL (self->applications);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);
      GVariant *row = make_application (self, application, error);

      if (row == NULL)
        {
          g_variant_unref (g_variant_ref_sink (list_new (rows)));
          return NULL;
        }
      g_ptr_array_add (rows, row);
    }
  return list_new (rows);
}

static GVariant *
make_papers (JnVisit *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GListModel *model = jn_paper_list_get_model (self->papers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (model, i);

      g_ptr_array_add (rows,
                       jn_dict_new ("code", "s", jn_visit_paper_get_code (paper), "services", "^as",
                                    jn_visit_paper_get_services (paper), "state", "s",
                                    jn_visit_paper_state_name (jn_visit_paper_get_state (paper)),
                                    "original", "b",
                                    (jn_visit_paper_get_form (paper) & JN_PAPER_ORIGINAL) != 0,
                                    "blob", "s", jn_visit_paper_get_blob (paper), "source", "s",
                                    jn_visit_paper_get_source (paper), NULL));
    }
  return list_new (rows);
}

static GVariant *
make_consents (JnVisit *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_auto (GStrv) departments = jn_visit_list_consents (self);
  const char *person = jn_person_get_id (self->signer);

  for (guint i = 0; departments[i] != NULL; i++)
    g_ptr_array_add (
        rows, jn_dict_new ("person", "s", person, "department", "s", departments[i], "given", "b",
                           jn_visit_get_consent (self, departments[i]) == JN_CONSENT_GIVEN, NULL));
  return list_new (rows);
}

/* Whether it may be kept on this terminal while the line is down: one service that may not holds all. */
static gboolean
may_wait (JnVisit *self)
{
  GListModel *model = G_LIST_MODEL (self->applications);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);
      const JnServiceEntry *entry = jn_application_get_entry (application);

      if (g_strcmp0 (jn_service_entry_get_offline (entry), "no") == 0)
        return FALSE;
    }
  return TRUE;
}

/* @blob: (nullable): hash of the strokes. Returns: (transfer full) (nullable) */
static JnCommand *
make_submission (JnVisit *self, const char *blob, GError **error)
{
  GVariant *applications = make_applications (self, error);
  JnCommand *command;

  if (applications == NULL)
    return NULL;
  if (self->receipt_id == NULL)
    self->receipt_id = jn_uuid_new ();
  command = jn_command_new (
      "visit_submit",
      jn_dict_new ("visit", "s", self->id, "receipt", "s", self->receipt_id, "event", "s",
                   self->event_code, "language", "s", self->language, "persons", "@av",
                   make_persons (self), "applications", "@av", applications, "papers", "@av",
                   make_papers (self), "consents", "@av", make_consents (self), "signature",
                   "@a{sv}",
                   jn_dict_new ("person", "s", jn_person_get_id (self->signer), "method", "s",
                                method_name (self->signature), "blob", "s", blob, NULL),
                   NULL));
  jn_command_set_deferrable (command, may_wait (self));
  return command;
}

/* -- sending --------------------------------------------------------------------------------------------------- */

static const guint pauses_ms[] = { 250, 1000, 2000 };

/* How often the same command went out. */
typedef struct
{
  guint tries;
} Submitting;

static void send_submission (GTask *task);

static gboolean
send_again_cb (gpointer user_data)
{
  send_submission (user_data);
  return G_SOURCE_REMOVE;
}

static void
fail (GTask *task, GError *error)
{
  JnVisit *self = g_task_get_source_object (task);

  jn_visit_end_busy (self);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  JnReceipt *receipt = JN_RECEIPT (source);
  g_autoptr (GError) error = NULL;

  if (!jn_receipt_seal_finish (receipt, result, &error))
    g_message ("A receipt is not sealed yet: %s", error->message);
  jn_visit_take_receipt (self, receipt);
  jn_visit_end_busy (self);
  g_task_return_pointer (task, g_object_ref (receipt), g_object_unref);
}

/* Kept while the line is down: the number is the terminal's own, the rest is what was sent. */
static GVariant *
make_kept_receipt (JnVisit *self, const char *number, GVariant **applications)
{
  GVariant *args = jn_command_get_args (self->submission);
  g_autoptr (GVariant) sent = jn_dict_list (args, "applications");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *time = jn_time_format (jn_session_now (self->session) * G_USEC_PER_SEC);

  for (gsize i = 0; i < jn_list_length (sent); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (sent, i);
      g_auto (GStrv) needs = jn_dict_strings (row, "needs");
      JnApplication *application = jn_visit_get_application (self, jn_dict_string (row, "service"));
      char *no = g_strdup_printf ("%s-%" G_GSIZE_FORMAT, number, i + 1);
      gboolean waits = *needs != NULL;

      g_ptr_array_add (numbers, no);
      g_ptr_array_add (rows,
                       jn_dict_new ("id", "s", jn_dict_string (row, "id"), "no", "s", no, "service",
                                    "s", jn_dict_string (row, "service"), "department", "s",
                                    jn_application_get_department (application), "state", "s",
                                    waits ? "waiting" : "submitted", "fee", "x",
                                    waits ? (gint64)0 : jn_dict_int (row, "fee", 0), NULL));
    }
  g_ptr_array_add (numbers, NULL);
  *applications = g_variant_ref_sink (list_new (rows));
  return jn_dict_new ("id", "s", self->receipt_id, "no", "s", number, "time", "s", time, "branch",
                      "s", jn_session_get_branch (self->session), "counter", "i",
                      jn_session_get_counter (self->session), "fee", "x",
                      jn_visit_get_fee_total (self).charged, "applications", "^as", numbers->pdata,
                      "visit", "s", self->id, "offline", "b", TRUE, NULL);
}

static void
submitted (GTask *task, GVariant *answer)
{
  JnVisit *self = g_task_get_source_object (task);
  g_autoptr (GVariant) row = jn_dict_dict (answer, "receipt");
  g_autoptr (GVariant) applications = jn_dict_list (answer, "applications");
  const char *number = jn_dict_string (answer, "number");
  g_autoptr (JnReceipt) receipt = NULL;

  if (row == NULL && number != NULL)
    row = g_variant_ref_sink (make_kept_receipt (self, number, &applications));
  if (row == NULL)
    {
      fail (task, jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "answer", "visit_submit", NULL));
      return;
    }
  receipt = jn_receipt_new (self->session, row, applications, self->language);
  g_clear_pointer (&self->submission, jn_command_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->applications)); i++)
    {
      g_autoptr (JnApplication) application
                 = g_list_model_get_item (G_LIST_MODEL (self->applications), i);

      jn_catalogue_note_use (self->catalogue,
                             jn_service_entry_get_code (jn_application_get_entry (application)));
    }
  jn_receipt_seal_async (receipt, NULL, sealed_cb, task);
}

/* Whether the server looked at this very command and did not do it, now or when an answer to it was lost. */
static gboolean
is_refused (const GError *error)
{
  static const char *const undecided[] = { "try-again", "key-reused", NULL };

  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT))
    return !g_strv_contains (undecided, jn_backend_error_get_code (error));
  return g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED)
         || g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND)
         || g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OUTDATED);
}

/* Takes @error. */
static GError *
replace_code (GError *error, const char *code)
{
  GError *other = jn_backend_error_new ((JnBackendError)error->code, code, NULL, NULL);

  g_error_free (error);
  return other;
}

/* Says why it was not kept: not every service may be; and that it may be sent again, as few commands may.
 * Takes @error.  Returns: (transfer full) */
static GError *
explain (JnVisit *self, GError *error)
{
  const char *code = NULL;

  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN))
    code = "send-again";
  else if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE)
           && !jn_command_is_deferrable (self->submission))
    code = self->submission_unsure ? "send-again" : "needs-line";
  return code != NULL ? replace_code (error, code) : error;
}

/* A lost answer: the same command again finds the first one, with the number that the receipt has at the server: kept
 * here it would go to the citizen under another. What was surely not done may be mended. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  Submitting *submitting = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL)
    {
      submitted (task, answer);
      return;
    }
  error = explain (self, error);
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN))
    {
      self->submission_unsure = TRUE;
      jn_command_set_deferrable (self->submission, FALSE);
      if (submitting->tries < G_N_ELEMENTS (pauses_ms))
        {
          g_error_free (error);
          g_timeout_add (pauses_ms[submitting->tries++], send_again_cb, task);
          return;
        }
    }
  else if (!self->submission_unsure || is_refused (error))
    g_clear_pointer (&self->submission, jn_command_unref);
  fail (task, error);
}

static void
send_submission (GTask *task)
{
  JnVisit *self = g_task_get_source_object (task);

  jn_backend_run_async (jn_visit_get_backend (self), self->submission, NULL, answered_cb, task);
}

static gboolean
is_ready (JnVisit *self)
{
  g_autoptr (GPtrArray) problems = jn_visit_list_problems (self);

  return problems->len == 0;
}

static void
build_and_send (GTask *task, const char *blob)
{
  JnVisit *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!is_ready (self))
    {
      fail (task, jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "not-ready", NULL, NULL));
      return;
    }
  self->submission_unsure = FALSE;
  self->submission = make_submission (self, blob, &error);
  if (self->submission == NULL)
    fail (task, error);
  else
    send_submission (task);
}

static void
strokes_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *hash = jn_backend_put_blob_finish (JN_BACKEND (source), result, &error);

  if (hash == NULL)
    fail (task, error);
  else
    build_and_send (task, hash);
}

void
jn_visit_submit_async (JnVisit *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_VISIT (self));
  g_task_set_task_data (task, g_new0 (Submitting, 1), g_free);
  jn_visit_begin_busy (self);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->receipt != NULL)
    fail (task, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "submitted-already", NULL, NULL));
  else if (self->submission != NULL)
    send_submission (task);
  else if (!is_ready (self))
    fail (task, jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "not-ready", NULL, NULL));
  else if (self->strokes != NULL)
    jn_backend_put_blob_async (jn_visit_get_backend (self), self->strokes, cancellable,
                               strokes_put_cb, task);
  else
    build_and_send (task, NULL);
}

JnReceipt *
jn_visit_submit_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
