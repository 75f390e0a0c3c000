/* visit.c: one ticket's whole visit: its state, its stages, and what an earlier sitting left. */
#include "app/visit-private.h"

#include <string.h>
#include "app/call.h"
#include "app/dict.h"
#include "app/person-private.h"
#include "app/receipt-private.h"

typedef enum
{
  PROP_STAGE = 1,
  PROP_TICKET,
  PROP_RECEIPT,
  PROP_BUSY,
  PROP_LANGUAGE,
  N_PROPS,
} Property;

enum
{
  CHANGED,
  DRAFT_FAILED,
  FINISHED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (JnVisit, jn_visit, G_TYPE_OBJECT)

static void
draft_free (JnDraft *draft)
{
  g_free (draft->application);
  g_free (draft->version);
  g_bytes_unref (draft->xml);
  g_free (draft);
}

static void
jn_visit_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnVisit *self = JN_VISIT (object);

  switch ((Property)id)
    {
    case PROP_STAGE:
      g_value_set_int (value, (int)self->stage);
      break;
    case PROP_TICKET:
      g_value_set_object (value, self->ticket);
      break;
    case PROP_RECEIPT:
      g_value_set_object (value, self->receipt);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy > 0);
      break;
    case PROP_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
jn_visit_dispose (GObject *object)
{
  JnVisit *self = JN_VISIT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->changed_id, g_source_remove);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->applications != NULL)
    jn_visit_drop_applications (self);
  g_clear_object (&self->applications);
  g_clear_object (&self->persons);
  g_clear_object (&self->signer);
  g_clear_object (&self->receipt);
  g_clear_object (&self->ticket);
  G_OBJECT_CLASS (jn_visit_parent_class)->dispose (object);
}

static void
jn_visit_finalize (GObject *object)
{
  JnVisit *self = JN_VISIT (object);

  g_free (self->id);
  g_free (self->language);
  g_free (self->form_language);
  g_free (self->event_code);
  g_free (self->receipt_id);
  g_free (self->signed_for);
  g_clear_pointer (&self->bundle, jn_bundle_free);
  g_clear_pointer (&self->papers, jn_paper_list_free);
  g_clear_pointer (&self->flow, jn_flow_free);
  g_ptr_array_unref (self->fees);
  g_ptr_array_unref (self->savers);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->consents);
  g_clear_pointer (&self->strokes, g_bytes_unref);
  g_clear_pointer (&self->submission, jn_command_unref);
  g_object_unref (self->cancellable);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_visit_parent_class)->finalize (object);
}

static void
jn_visit_class_init (JnVisitClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object->get_property = jn_visit_get_property;
  object->dispose = jn_visit_dispose;
  object->finalize = jn_visit_finalize;
  properties[PROP_STAGE] = g_param_spec_int ("stage", NULL, NULL, JN_STAGE_CALLED, JN_STAGE_RATED,
                                             JN_STAGE_CALLED, flags);
  properties[PROP_TICKET] = g_param_spec_object ("ticket", NULL, NULL, JN_TYPE_TICKET, flags);
  properties[PROP_RECEIPT] = g_param_spec_object ("receipt", NULL, NULL, JN_TYPE_RECEIPT, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", JN_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[DRAFT_FAILED] = g_signal_new ("draft-failed", JN_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[FINISHED] = g_signal_new ("finished", JN_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
jn_visit_init (JnVisit *self)
{
  self->persons = g_list_store_new (JN_TYPE_PERSON);
  self->applications = g_list_store_new (JN_TYPE_APPLICATION);
  self->drafts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)draft_free);
  self->consents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->savers = g_ptr_array_new_with_free_func (g_object_unref);
  self->fees = g_ptr_array_new ();
  self->bundle = jn_bundle_new ();
  self->papers = jn_paper_list_new ();
  self->cancellable = g_cancellable_new ();
  self->stage = JN_STAGE_IDENTIFY;
}

JnVisit *
jn_visit_new (JnSession *session, JnTicket *ticket, const char *id)
{
  JnVisit *self = g_object_new (JN_TYPE_VISIT, NULL);
  g_autofree char *today = jn_session_today (session);

  self->session = g_object_ref (session);
  self->catalogue = g_object_ref (jn_session_get_catalogue (session));
  self->ticket = g_object_ref (ticket);
  self->id = g_strdup (id);
  self->language = g_strdup (jn_ticket_get_language (ticket));
  self->form_language = g_strdup (jn_settings_get_language (jn_session_get_settings (session)));
  self->began = jn_session_now (session);
  self->flow = jn_flow_new (today);
  jn_flow_set_policy (self->flow, jn_catalogue_get_facts (self->catalogue),
                      jn_session_is_demo (session));
  jn_visit_begin_choice (self);
  self->stale = TRUE;
  return self;
}

/* -- for the other files of a visit ------------------------------------------------------------------- */

JnBackend *
jn_visit_get_backend (JnVisit *self)
{
  return jn_session_get_backend (self->session);
}

const JnServiceEntry *
jn_visit_find_service (JnVisit *self, const char *code)
{
  return jn_catalogue_get_service (self->catalogue, code);
}

void
jn_visit_refresh (JnVisit *self)
{
  if (!self->stale)
    return;
  self->stale = FALSE;
  jn_bundle_update (self->bundle, self->session, self->catalogue, self->flow, self->form_language);
  jn_paper_list_update (self->papers, G_LIST_MODEL (self->applications),
                        jn_flow_get_known (self->flow));
  jn_visit_refresh_fees (self);
  jn_visit_refresh_signature (self);
}

static gboolean
emit_changed_cb (gpointer user_data)
{
  JnVisit *self = user_data;

  self->changed_id = 0;
  jn_visit_refresh (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
jn_visit_mark_changed (JnVisit *self)
{
  self->stale = TRUE;
  if (self->changed_id == 0)
    self->changed_id = g_idle_add_full (G_PRIORITY_DEFAULT, emit_changed_cb, self, NULL);
}

void
jn_visit_begin_busy (JnVisit *self)
{
  if (self->busy++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
jn_visit_end_busy (JnVisit *self)
{
  if (--self->busy == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
jn_visit_set_stage (JnVisit *self, JnStage stage)
{
  if (self->stage == stage)
    return;
  self->stage = stage;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
}

void
jn_visit_take_receipt (JnVisit *self, JnReceipt *receipt)
{
  g_set_object (&self->receipt, receipt);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIPT]);
  jn_visit_set_stage (self, JN_STAGE_RECEIPT);
  jn_visit_mark_changed (self);
}

/* -- the stages ------------------------------------------------------------------------------------------ */

JnStage
jn_visit_get_stage (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), JN_STAGE_CALLED);
  return self->stage;
}

gboolean
jn_visit_can_go (JnVisit *self, JnStage stage)
{
  gboolean has_person;
  gboolean has_forms;

  g_return_val_if_fail (JN_IS_VISIT (self), FALSE);
  has_person = g_list_model_get_n_items (G_LIST_MODEL (self->persons)) > 0;
  has_forms = g_list_model_get_n_items (G_LIST_MODEL (self->applications)) > 0;
  switch (stage)
    {
    case JN_STAGE_CALLED:
      return FALSE;
    case JN_STAGE_IDENTIFY:
      return self->receipt == NULL && self->submission == NULL;
    case JN_STAGE_EVENT:
      return self->receipt == NULL && self->submission == NULL && has_person;
    case JN_STAGE_FORMS:
    case JN_STAGE_PAPERS:
      return self->receipt == NULL && self->submission == NULL && has_person && has_forms;
    case JN_STAGE_REVIEW:
      return self->receipt == NULL && has_person && has_forms;
    case JN_STAGE_RECEIPT:
    case JN_STAGE_RATED:
      return self->receipt != NULL;
    }
  return FALSE;
}

gboolean
jn_visit_go (JnVisit *self, JnStage stage, GError **error)
{
  g_return_val_if_fail (JN_IS_VISIT (self), FALSE);
  if (!jn_visit_can_go (self, stage))
    {
      g_propagate_error (error,
                         jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "stage", NULL, NULL));
      return FALSE;
    }
  jn_visit_set_stage (self, stage);
  return TRUE;
}

/* Seconds by what is left to do: an answer 8, a paper 15, the review with its signature 60. */
guint
jn_visit_get_minutes_left (JnVisit *self)
{
  GListModel *papers;
  guint seconds = 60;

  g_return_val_if_fail (JN_IS_VISIT (self), 0);
  if (self->receipt != NULL)
    return 0;
  jn_visit_refresh (self);
  papers = jn_paper_list_get_model (self->papers);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->applications)); i++)
    {
      g_autoptr (JnApplication) application
                 = g_list_model_get_item (G_LIST_MODEL (self->applications), i);
      guint answered, asked;

      jn_application_get_progress (application, &answered, &asked);
      seconds += 8 * (asked - answered);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (self->applications)) == 0)
    seconds += 120 * MAX (jn_visit_get_n_chosen (self), 1);
  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      seconds += jn_visit_paper_is_settled (paper) ? 0 : 15;
    }
  return (seconds + 59) / 60;
}

/* -- what an earlier sitting left -------------------------------------------------------------------------- */

static void
take_persons (JnVisit *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "persons");

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      g_autoptr (JnPerson) person = jn_person_new_from_answer (row);

      jn_visit_take_person (self, person);
    }
}

static void
take_drafts (JnVisit *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "drafts");

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      jn_visit_take_draft (self, row);
    }
}

void
jn_visit_take_draft (JnVisit *self, GVariant *row)
{
  const char *service = jn_dict_string (row, "service");
  const char *xml = jn_dict_string (row, "xml");
  JnDraft *draft;

  if (service == NULL || xml == NULL)
    return;
  draft = g_new0 (JnDraft, 1);
  draft->application = g_strdup (jn_dict_string (row, "application"));
  draft->version = g_strdup (jn_dict_string (row, "version"));
  draft->xml = g_bytes_new (xml, strlen (xml));
  g_hash_table_insert (self->drafts, g_strdup (service), draft);
}

static void
resumed (GTask *task)
{
  JnVisit *self = g_task_get_source_object (task);

  jn_visit_mark_changed (self);
  jn_visit_refresh (self);
  g_task_return_boolean (task, TRUE);
}

static void
forms_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = JN_VISIT (source);
  GError *error = NULL;

  if (!jn_visit_start_forms_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  jn_visit_set_stage (self, JN_STAGE_FORMS);
  resumed (task);
}

static void
event_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = JN_VISIT (source);
  GError *error = NULL;

  if (!jn_visit_choose_event_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_hash_table_size (self->drafts) > 0 && self->receipt == NULL)
    {
      jn_visit_start_forms_async (self, g_task_get_cancellable (task), forms_started_cb,
                                  g_object_ref (task));
      return;
    }
  if (self->receipt == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->persons)) > 0)
    jn_visit_set_stage (self, JN_STAGE_EVENT);
  resumed (task);
}

static void
take_receipt (JnVisit *self, GVariant *answer)
{
  g_autoptr (GVariant) row = jn_dict_dict (answer, "receipt");
  g_autoptr (GVariant) applications = jn_dict_list (answer, "applications");
  g_autoptr (JnReceipt) receipt = NULL;

  if (row == NULL)
    return;
  receipt = jn_receipt_new (self->session, row, applications, self->language);
  jn_visit_take_receipt (self, receipt);
}

static void
found (GTask *task, GVariant *answer)
{
  JnVisit *self = g_task_get_source_object (task);
  const char *event = jn_dict_string (answer, "event");
  g_auto (GStrv) services = jn_dict_strings (answer, "services");

  take_persons (self, answer);
  take_drafts (self, answer);
  take_receipt (self, answer);
  jn_visit_resume_choice (self, (const char *const *)services);
  jn_visit_choose_event_async (self, event != NULL ? event : jn_ticket_get_event (self->ticket),
                               g_task_get_cancellable (task), event_chosen_cb, g_object_ref (task));
}

void
jn_visit_resume_async (JnVisit *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JnQuery) query = jn_query_new ("visit", jn_dict_new ("visit", "s", self->id, NULL));

  g_return_if_fail (JN_IS_VISIT (self));
  jn_call_ask (jn_visit_get_backend (self), query, task, found);
}

gboolean
jn_visit_resume_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- rating and the end ----------------------------------------------------------------------------------- */

gboolean
jn_visit_may_rate (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), FALSE);
  return self->receipt != NULL && !jn_session_is_rating_excluded (self->session, self->event_code);
}

static void
rated (GTask *task, GVariant *answer)
{
  jn_visit_set_stage (g_task_get_source_object (task), JN_STAGE_RATED);
  g_task_return_boolean (task, TRUE);
}

void
jn_visit_rate_async (JnVisit *self,
                     guint stars,
                     const char *reason,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GVariant *args;

  g_return_if_fail (JN_IS_VISIT (self) && stars <= 5);
  if (stars > 0)
    args = jn_dict_new ("visit", "s", self->id, "stars", "i", (int)stars, "reason", "s", reason,
                        NULL);
  else
    args = jn_dict_new ("visit", "s", self->id, "reason", "s", reason, NULL);
  jn_call_command (jn_visit_get_backend (self), "visit_rate", args, TRUE, task, rated);
}

gboolean
jn_visit_rate_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
finished (GTask *task, GVariant *answer)
{
  g_signal_emit (g_task_get_source_object (task), signals[FINISHED], 0);
  g_task_return_boolean (task, TRUE);
}

static void
saved_before_end_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = JN_VISIT (source);
  GError *error = NULL;

  if (!jn_visit_save_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  jn_call_command (jn_visit_get_backend (self), "ticket_finish",
                   jn_dict_new ("ticket", "s", jn_ticket_get_id (self->ticket), "outcome", "s",
                                g_task_get_task_data (task), NULL),
                   TRUE, g_object_ref (task), finished);
}

void
jn_visit_finish_async (JnVisit *self,
                       const char *outcome,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_VISIT (self) && outcome != NULL);
  g_task_set_task_data (task, g_strdup (outcome), g_free);
  jn_visit_save_async (self, cancellable, saved_before_end_cb, task);
}

gboolean
jn_visit_finish_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- what is known ------------------------------------------------------------------------------------------- */

const char *
jn_visit_get_id (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return self->id;
}

JnSession *
jn_visit_get_session (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return self->session;
}

JnTicket *
jn_visit_get_ticket (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return self->ticket;
}

gint64
jn_visit_get_began (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), 0);
  return self->began;
}

const char *
jn_visit_get_language (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return self->language;
}

void
jn_visit_set_language (JnVisit *self, const char *language)
{
  g_return_if_fail (JN_IS_VISIT (self) && language != NULL);
  if (g_str_equal (self->language, language))
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

void
jn_visit_set_form_language (JnVisit *self, const char *language)
{
  GListModel *applications;

  g_return_if_fail (JN_IS_VISIT (self) && language != NULL);
  if (g_str_equal (self->form_language, language))
    return;
  g_free (self->form_language);
  self->form_language = g_strdup (language);
  applications = G_LIST_MODEL (self->applications);
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      jn_application_set_language (application, language);
    }
  jn_visit_mark_changed (self);
}

JnReceipt *
jn_visit_get_receipt (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return self->receipt;
}
