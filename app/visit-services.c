/* visit-services.c: what a visit is about: the event, the services chosen, their applications, drafts. */
#include <string.h>
#include "app/call.h"
#include "app/dict.h"
#include "app/form-fault.h"
#include "app/uuid.h"
#include "app/visit-private.h"

#define DRAFT_MS 500 /* after the last change */

/* -- the event ------------------------------------------------------------------------------------------ */

const char *
jn_visit_get_event (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return self->event_code;
}

GPtrArray *
jn_visit_get_proposals (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  jn_visit_refresh (self);
  return jn_bundle_get_proposals (self->bundle);
}

guint
jn_visit_get_n_chosen (JnVisit *self)
{
  g_auto (GStrv) chosen = NULL;

  g_return_val_if_fail (JN_IS_VISIT (self), 0);
  jn_visit_refresh (self);
  chosen = jn_bundle_list_chosen (self->bundle);
  return g_strv_length (chosen);
}

static void
set_event (JnVisit *self, const char *code, JnEvent *event)
{
  g_free (self->event_code);
  self->event_code = g_strdup (code);
  jn_bundle_set_event (self->bundle, event);
  jn_visit_mark_changed (self);
}

static void
event_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  JnEvent *event = jn_catalogue_load_event_finish (JN_CATALOGUE (source), result, &error);

  jn_visit_end_busy (self);
  if (event == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  set_event (self, g_task_get_task_data (task), event);
  g_task_return_boolean (task, TRUE);
}

void
jn_visit_choose_event_async (JnVisit *self,
                             const char *event,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_VISIT (self));
  if (event == NULL)
    {
      set_event (self, NULL, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_task_set_task_data (task, g_strdup (event), g_free);
  jn_visit_begin_busy (self);
  jn_catalogue_load_event_async (self->catalogue, event, cancellable, event_loaded_cb,
                                 g_steal_pointer (&task));
}

gboolean
jn_visit_choose_event_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jn_visit_choose (JnVisit *self, const char *service, gboolean chosen)
{
  g_return_if_fail (JN_IS_VISIT (self) && service != NULL);
  jn_bundle_choose (self->bundle, service, chosen);
  jn_visit_mark_changed (self);
}

/* -- what the ticket is for ------------------------------------------------------------------------------- */

static gboolean
has (const char *const *services, const char *service)
{
  return services != NULL && g_strv_contains (services, service);
}

/* Wanted, not finished, and served at this counter: the rest of a ticket waits on after the visit. */
static gboolean
is_open (JnTicket *ticket, const char *service)
{
  return has (jn_ticket_get_services (ticket), service)
         && !has (jn_ticket_get_done (ticket), service)
         && !has (jn_ticket_get_unserved (ticket), service);
}

void
jn_visit_begin_choice (JnVisit *self)
{
  const char *const *services = jn_ticket_get_services (self->ticket);

  jn_bundle_set_wanted (self->bundle, services);
  for (; *services != NULL; services++)
    jn_bundle_choose (self->bundle, *services, is_open (self->ticket, *services));
}

void
jn_visit_resume_choice (JnVisit *self, const char *const *services)
{
  for (; *services != NULL; services++)
    jn_bundle_choose (self->bundle, *services,
                      !has (jn_ticket_get_services (self->ticket), *services)
                          || is_open (self->ticket, *services));
}

/* What is another matter than before, of all that either knows. */
static void
follow (JnVisit *self, JnTicket *before, const char *const *services)
{
  for (; *services != NULL; services++)
    if (is_open (before, *services) != is_open (self->ticket, *services))
      jn_bundle_choose (self->bundle, *services, is_open (self->ticket, *services));
}

/* Another state of the same ticket: services that came are chosen, those that went are not. */
static void
take_state (JnVisit *self, JnTicket *ticket)
{
  g_autoptr (JnTicket) before = g_object_ref (self->ticket);

  g_set_object (&self->ticket, ticket);
  follow (self, before, jn_ticket_get_services (before));
  follow (self, before, jn_ticket_get_services (ticket));
  g_object_notify (G_OBJECT (self), "ticket");
  jn_visit_mark_changed (self);
}

static void
take_ticket (JnVisit *self, GVariant *answer)
{
  g_autoptr (JnTicket) ticket = jn_ticket_new_from_answer (answer);

  if (ticket != NULL) /* else kept in the journal: the answer comes later */
    take_state (self, ticket);
}

static void
forms_followed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jn_visit_start_forms_finish (JN_VISIT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
follow_forms (GTask *task)
{
  JnVisit *self = g_task_get_source_object (task);

  if (self->stage < JN_STAGE_FORMS
      && g_list_model_get_n_items (G_LIST_MODEL (self->applications)) == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  jn_visit_start_forms_async (self, g_task_get_cancellable (task), forms_followed_cb,
                              g_object_ref (task));
}

static void
moved (GTask *task, GVariant *answer)
{
  take_ticket (g_task_get_source_object (task), answer);
  follow_forms (task);
}

/* Kept while the line is down: the ticket is as it will be when the line is back. */
static void
added (GTask *task, GVariant *answer)
{
  JnVisit *self = g_task_get_source_object (task);
  g_autoptr (JnTicket) ticket = jn_ticket_new_from_answer (answer);

  if (ticket == NULL)
    ticket = jn_ticket_new_with_service (self->ticket, g_task_get_task_data (task));
  take_state (self, ticket);
  follow_forms (task);
}

/* The form first: without it the service could only be named. */
static void
form_here_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JnForm) form = jn_catalogue_load_form_finish (JN_CATALOGUE (source), result, &error);

  if (form == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  jn_call_command (jn_visit_get_backend (self), "ticket_service",
                   jn_dict_new ("ticket", "s", jn_ticket_get_id (self->ticket), "service", "s",
                                g_task_get_task_data (task), "step", "s", "add", NULL),
                   TRUE, g_object_ref (task), added);
}

void
jn_visit_service_async (JnVisit *self,
                        const char *service,
                        JnServiceStep step,
                        const char *reason,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_VISIT (self) && service != NULL);
  if (step == JN_SERVICE_ADD)
    {
      g_task_set_task_data (task, g_strdup (service), g_free);
      jn_catalogue_load_form_async (self->catalogue, service, cancellable, form_here_cb, task);
      return;
    }
  jn_call_command (jn_visit_get_backend (self), "ticket_service",
                   jn_dict_new ("ticket", "s", jn_ticket_get_id (self->ticket), "service", "s",
                                service, "step", "s", step == JN_SERVICE_DONE ? "done" : "drop",
                                "reason", "s", reason, NULL),
                   FALSE, task, moved);
}

void
jn_visit_undo_service_async (JnVisit *self,
                             const char *step,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (JN_IS_VISIT (self) && step != NULL);
  jn_call_command (
      jn_visit_get_backend (self), "ticket_undo",
      jn_dict_new ("ticket", "s", jn_ticket_get_id (self->ticket), "step", "s", step, NULL), FALSE,
      g_task_new (self, cancellable, callback, user_data), moved);
}

gboolean
jn_visit_service_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- applications ---------------------------------------------------------------------------------------- */

/* What is loaded while the forms are started: one service after another, in their order. */
typedef struct
{
  GStrv services;
  guint at;
  GPtrArray *applications;
} Starting;

static void
starting_free (Starting *starting)
{
  g_strfreev (starting->services);
  g_ptr_array_unref (starting->applications);
  g_free (starting);
}

static void
on_application_changed_cb (JnApplication *application, GPtrArray *refs, JnVisit *self)
{
  jn_visit_mark_changed (self);
  jn_visit_schedule_draft (self);
}

static void save_draft (JnVisit *self, JnApplication *application);

/* It is not among the forms any more; what was typed is there when it comes back. */
static void
put_aside (JnVisit *self, JnApplication *application)
{
  const JnServiceEntry *entry = jn_application_get_entry (application);
  JnDraft *draft = g_new0 (JnDraft, 1);

  if (jn_application_is_unsaved (application))
    save_draft (self, application);
  draft->application = g_strdup (jn_application_get_id (application));
  draft->version = g_strdup (jn_service_entry_get_version (entry));
  draft->xml = jn_application_save (application);
  g_hash_table_insert (self->drafts, g_strdup (jn_service_entry_get_code (entry)), draft);
}

static void
drop_application (JnVisit *self, JnApplication *application)
{
  g_signal_handlers_disconnect_by_data (application, self);
  jn_flow_remove (self->flow, application);
}

void
jn_visit_drop_applications (JnVisit *self)
{
  GListModel *model = G_LIST_MODEL (self->applications);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);

      drop_application (self, application);
    }
}

/* A draft of another version of the form is not taken: its questions may be others. */
static JnFilling *
fill_in (
    JnVisit *self, const JnServiceEntry *entry, JnForm *form, const JnDraft *draft, GError **error)
{
  g_autoptr (GBytes) facts = jn_flow_make_facts (self->flow, entry);
  JnFillingOptions options = {
    .language = self->form_language,
    .zone = jn_session_get_zone (self->session),
    .facts = facts,
  };

  if (draft != NULL && g_strcmp0 (draft->version, jn_service_entry_get_version (entry)) == 0)
    return jn_filling_new_from_xml (form, draft->xml, &options, error);
  return jn_filling_new (form, &options, error);
}

static JnApplication *
make_application (JnVisit *self, const char *service, JnForm *form, GError **error)
{
  const JnServiceEntry *entry = jn_visit_find_service (self, service);
  const JnDraft *draft = g_hash_table_lookup (self->drafts, service);
  g_autoptr (JnService) facts = NULL;
  g_autofree char *id = NULL;
  JnApplication *application;
  JnFilling *filling;

  if (entry == NULL) /* it left the catalogue while its form was loaded */
    {
      g_propagate_error (
          error, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "service", service, NULL));
      return NULL;
    }
  facts = jn_service_new (form, error);
  if (facts == NULL)
    {
      *error = jn_form_fault_new (*error, entry);
      return NULL;
    }
  filling = fill_in (self, entry, form, draft, error);
  if (filling == NULL)
    {
      *error = jn_form_fault_new_filled (*error, entry, draft != NULL);
      return NULL;
    }
  id = draft != NULL && draft->application != NULL ? g_strdup (draft->application) : jn_uuid_new ();
  application = jn_application_new (id, entry, form, facts, filling);
  g_signal_connect (application, "changed", G_CALLBACK (on_application_changed_cb), self);
  jn_flow_add (self->flow, application);
  return application;
}

static void
started (GTask *task)
{
  JnVisit *self = g_task_get_source_object (task);
  Starting *starting = g_task_get_task_data (task);
  GListModel *model = G_LIST_MODEL (self->applications);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) former = g_list_model_get_item (model, i);

      if (g_ptr_array_find (starting->applications, former, NULL))
        continue;
      put_aside (self, former);
      drop_application (self, former);
    }
  g_list_store_splice (self->applications, 0, g_list_model_get_n_items (model),
                       starting->applications->pdata, starting->applications->len);
  jn_visit_mark_changed (self);
  jn_visit_end_busy (self);
  g_task_return_boolean (task, TRUE);
}

static void load_next (GTask *task);

static void
form_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  Starting *starting = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JnForm) form = jn_catalogue_load_form_finish (JN_CATALOGUE (source), result, &error);
  JnApplication *application
      = form != NULL ? make_application (self, starting->services[starting->at], form, &error)
                     : NULL;

  if (application == NULL)
    {
      jn_visit_end_busy (self);
      g_task_return_error (task, error);
      return;
    }
  g_ptr_array_add (starting->applications, application);
  starting->at++;
  load_next (g_steal_pointer (&task));
}

/* Takes @task over. What was begun before stays as it is. */
static void
load_next (GTask *task)
{
  JnVisit *self = g_task_get_source_object (task);
  Starting *starting = g_task_get_task_data (task);

  while (starting->services[starting->at] != NULL)
    {
      const char *service = starting->services[starting->at];
      JnApplication *former = jn_visit_get_application (self, service);

      if (former == NULL)
        {
          jn_catalogue_load_form_async (self->catalogue, service, g_task_get_cancellable (task),
                                        form_loaded_cb, task);
          return;
        }
      g_ptr_array_add (starting->applications, g_object_ref (former));
      starting->at++;
    }
  started (task);
  g_object_unref (task);
}

static void
bundle_kept (GTask *task, GVariant *answer)
{
  take_ticket (g_task_get_source_object (task), answer);
  load_next (g_object_ref (task));
}

static void
bundle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      jn_visit_end_busy (self);
      g_task_return_error (task, error);
      return;
    }
  bundle_kept (task, answer);
}

void
jn_visit_start_forms_async (JnVisit *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Starting *starting = g_new0 (Starting, 1);
  g_autoptr (JnCommand) command = NULL;

  g_return_if_fail (JN_IS_VISIT (self));
  jn_visit_refresh (self);
  starting->services = jn_bundle_list_chosen (self->bundle);
  starting->applications = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, starting, (GDestroyNotify)starting_free);
  command = jn_command_new ("visit_bundle",
                            jn_dict_new ("visit", "s", self->id, "event", "s", self->event_code,
                                         "services", "^as", starting->services, NULL));
  jn_command_set_deferrable (command, TRUE);
  jn_visit_begin_busy (self);
  jn_backend_run_async (jn_visit_get_backend (self), command, cancellable, bundle_cb, task);
}

gboolean
jn_visit_start_forms_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GListModel *
jn_visit_get_applications (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return G_LIST_MODEL (self->applications);
}

JnApplication *
jn_visit_get_application (JnVisit *self, const char *service)
{
  GListModel *model;

  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  model = G_LIST_MODEL (self->applications);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);

      if (g_strcmp0 (jn_service_entry_get_code (jn_application_get_entry (application)), service)
          == 0)
        return application; /* the list holds it */
    }
  return NULL;
}

/* -- drafts: kept half a second after the last change ------------------------------------------------------ */

static gboolean
draft_cb (gpointer user_data)
{
  JnVisit *self = user_data;

  self->draft_id = 0;
  jn_visit_save_async (self, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

void
jn_visit_schedule_draft (JnVisit *self)
{
  if (self->receipt != NULL)
    return;
  g_clear_handle_id (&self->draft_id, g_source_remove);
  self->draft_id = g_timeout_add (DRAFT_MS, draft_cb, self);
}

/* One draft on its way. */
typedef struct
{
  JnVisit *visit;
  JnApplication *application;
} Saving;

/* All that wait for the drafts get the last error, if there is one. */
static void
saved_all (JnVisit *self, const GError *error)
{
  g_autoptr (GPtrArray) savers = self->savers;

  self->savers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < savers->len; i++)
    {
      GTask *task = savers->pdata[i];

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
draft_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (JnVisit) self = saving->visit;
  g_autoptr (JnApplication) application = saving->application;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  g_free (saving);
  self->saving--;
  jn_application_saved (application, answer != NULL ? jn_session_now (self->session) : 0);
  if (error != NULL)
    g_signal_emit_by_name (self, "draft-failed", error);
  if (self->saving == 0 || error != NULL)
    saved_all (self, error);
}

static void
save_draft (JnVisit *self, JnApplication *application)
{
  const JnServiceEntry *entry = jn_application_get_entry (application);
  g_autoptr (GBytes) xml = jn_application_save (application);
  gsize size;
  const char *data = g_bytes_get_data (xml, &size);
  g_autofree char *text = g_strndup (data, size);
  g_autoptr (JnCommand) command = jn_command_new (
      "draft_save",
      jn_dict_new ("visit", "s", self->id, "application", "s", jn_application_get_id (application),
                   "service", "s", jn_service_entry_get_code (entry), "version", "s",
                   jn_service_entry_get_version (entry), "xml", "s", text, NULL));
  Saving *saving = g_new (Saving, 1);

  saving->visit = g_object_ref (self);
  saving->application = g_object_ref (application);
  self->saving++;
  jn_command_set_deferrable (command, TRUE);
  jn_backend_run_async (jn_visit_get_backend (self), command, NULL, draft_saved_cb, saving);
}

void
jn_visit_save_async (JnVisit *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GListModel *model;

  g_return_if_fail (JN_IS_VISIT (self));
  g_clear_handle_id (&self->draft_id, g_source_remove);
  model = G_LIST_MODEL (self->applications);
  g_ptr_array_add (self->savers, task);
  for (guint i = 0; self->receipt == NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (model, i);

      if (jn_application_is_unsaved (application))
        save_draft (self, application);
    }
  if (self->saving == 0)
    saved_all (self, NULL);
}

gboolean
jn_visit_save_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
