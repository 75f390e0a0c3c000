/* queue.c: the line before this counter: who is next and why, and the one who is here. */
#include "app/queue.h"

#include "app/call.h"
#include "app/dict.h"

#define REST_MS 300 /* between two looks at the line, however often it changes */

struct _JnQueue
{
  GObject parent_instance;
  JnSession *session;
  JnTicket *next;
  JnTicket *mine;
  GListStore *waiting;
  guint count;
  GArray *groups; /* of JnQueueGroup, borrowing from answer */
  GVariant *answer;
  JnQueueDay day;
  gint64 read_at;
  guint rest_id;
  gboolean asking;
  gboolean again; /* something changed while it was asked */
  GCancellable *cancellable;
};

typedef enum
{
  PROP_NEXT = 1,
  PROP_MINE,
  PROP_COUNT,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_TYPE (JnQueue, jn_queue, G_TYPE_OBJECT)

static void
jn_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnQueue *self = JN_QUEUE (object);

  switch ((Property)id)
    {
    case PROP_NEXT:
      g_value_set_object (value, self->next);
      break;
    case PROP_MINE:
      g_value_set_object (value, self->mine);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
clear_group (JnQueueGroup *group)
{
  g_clear_pointer (&group->names, g_variant_unref);
}

static void
jn_queue_dispose (GObject *object)
{
  JnQueue *self = JN_QUEUE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (jn_session_get_backend (self->session), self);
  g_clear_object (&self->session);
  g_clear_object (&self->next);
  g_clear_object (&self->mine);
  g_clear_object (&self->waiting);
  G_OBJECT_CLASS (jn_queue_parent_class)->dispose (object);
}

static void
jn_queue_finalize (GObject *object)
{
  JnQueue *self = JN_QUEUE (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->groups);
  g_clear_pointer (&self->answer, g_variant_unref);
  G_OBJECT_CLASS (jn_queue_parent_class)->finalize (object);
}

static void
jn_queue_class_init (JnQueueClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object->get_property = jn_queue_get_property;
  object->dispose = jn_queue_dispose;
  object->finalize = jn_queue_finalize;
  properties[PROP_NEXT] = g_param_spec_object ("next", NULL, NULL, JN_TYPE_TICKET, flags);
  properties[PROP_MINE] = g_param_spec_object ("mine", NULL, NULL, JN_TYPE_TICKET, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", JN_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
jn_queue_init (JnQueue *self)
{
  self->waiting = g_list_store_new (JN_TYPE_TICKET);
  self->groups = g_array_new (FALSE, TRUE, sizeof (JnQueueGroup));
  g_array_set_clear_func (self->groups, (GDestroyNotify)clear_group);
  self->day = (JnQueueDay){ -1, -1, -1, -1 };
  self->cancellable = g_cancellable_new ();
}

/* -- reading the line ----------------------------------------------------------------------------- */

static void
set_ticket (JnQueue *self, JnTicket **slot, JnTicket *ticket, Property property)
{
  g_autoptr (JnTicket) former = *slot;

  if (jn_ticket_equal (former, ticket))
    {
      g_steal_pointer (&former);
      g_clear_object (&ticket);
      return;
    }
  *slot = ticket;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static JnTicket *
read_ticket (GVariant *answer, const char *key)
{
  g_autoptr (GVariant) row = jn_dict_dict (answer, key);

  return jn_ticket_new (row);
}

static gboolean
is_same_list (JnQueue *self, GPtrArray *tickets)
{
  GListModel *old = G_LIST_MODEL (self->waiting);

  if (g_list_model_get_n_items (old) != tickets->len)
    return FALSE;
  for (guint i = 0; i < tickets->len; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (old, i);

      if (!jn_ticket_equal (ticket, tickets->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static void
read_waiting (JnQueue *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "waiting");
  g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      JnTicket *ticket = jn_ticket_new (row);

      if (ticket != NULL)
        g_ptr_array_add (tickets, ticket);
    }
  if (!is_same_list (self, tickets))
    g_list_store_splice (self->waiting, 0, g_list_model_get_n_items (G_LIST_MODEL (self->waiting)),
                         tickets->pdata, tickets->len);
}

static void
read_groups (JnQueue *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "groups");

  g_array_set_size (self->groups, 0);
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      JnQueueGroup group = {
        .code = jn_dict_string (row, "group"),
        .waiting = (guint)jn_dict_int (row, "waiting", 0),
        .longest = jn_dict_int (row, "longest_s", 0),
        .pledge = jn_dict_int (row, "pledge_s", 0),
        .names = jn_dict_dict (row, "names"),
      };

      g_array_append_val (self->groups, group);
    }
}

static void
read_day (JnQueue *self, GVariant *answer)
{
  g_autoptr (GVariant) day = jn_dict_dict (answer, "day");

  self->day = (JnQueueDay){ -1, -1, -1, -1 };
  if (day == NULL)
    return;
  self->day.visits = (int)jn_dict_int (day, "visits", -1);
  self->day.applications = (int)jn_dict_int (day, "applications", -1);
  self->day.median_service = jn_dict_int (day, "median_service_s", -1);
  self->day.rating = jn_dict_double (day, "rating", -1);
}

static void
take_answer (JnQueue *self, GVariant *answer)
{
  guint count = (guint)jn_dict_int (answer, "count", 0);

  g_clear_pointer (&self->answer, g_variant_unref);
  self->answer = g_variant_ref (answer);
  g_variant_get_data (self->answer);
  self->read_at = jn_session_now (self->session);
  read_waiting (self, answer);
  read_groups (self, self->answer);
  read_day (self, answer);
  set_ticket (self, &self->next, read_ticket (answer, "next"), PROP_NEXT);
  set_ticket (self, &self->mine, read_ticket (answer, "mine"), PROP_MINE);
  if (count != self->count)
    {
      self->count = count;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
  g_signal_emit (self, changed_signal, 0);
}

static void look_soon (JnQueue *self);

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnQueue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);

  self->asking = FALSE;
  if (self->session == NULL)
    {
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      return;
    }
  if (self->again)
    look_soon (self);
  self->again = FALSE;
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_answer (self, answer);
  g_task_return_boolean (task, TRUE);
}

void
jn_queue_refresh_async (JnQueue *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JnQuery) query = jn_query_new ("queue", NULL);

  g_return_if_fail (JN_IS_QUEUE (self));
  self->asking = TRUE;
  jn_backend_ask_async (jn_session_get_backend (self->session), query,
                        cancellable != NULL ? cancellable : self->cancellable, asked_cb, task);
}

gboolean
jn_queue_refresh_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- live: told, never polled ----------------------------------------------------------------------- */

static gboolean
rested_cb (gpointer user_data)
{
  JnQueue *self = user_data;

  self->rest_id = 0;
  if (self->again)
    {
      self->again = FALSE;
      look_soon (self);
    }
  return G_SOURCE_REMOVE;
}

/* At once when it was quiet; what comes in the next moments is read together. */
static void
look_soon (JnQueue *self)
{
  if (self->asking || self->rest_id != 0)
    {
      self->again = TRUE;
      return;
    }
  self->rest_id = g_timeout_add (REST_MS, rested_cb, self);
  jn_queue_refresh_async (self, NULL, NULL, NULL);
}

static void
on_backend_changed_cb (JnBackend *backend, const char *kind, const char *id, JnQueue *self)
{
  if (jn_session_get_state (self->session) != JN_SESSION_CLOSED
      && (g_strcmp0 (kind, "ticket") == 0 || g_strcmp0 (kind, "counter") == 0))
    look_soon (self);
}

static void
on_backend_moved_cb (JnBackend *backend, JnQueue *self)
{
  if (jn_session_get_state (self->session) != JN_SESSION_CLOSED)
    look_soon (self);
}

JnQueue *
jn_queue_new (JnSession *session)
{
  JnQueue *self = g_object_new (JN_TYPE_QUEUE, NULL);
  JnBackend *backend = jn_session_get_backend (session);

  self->session = g_object_ref (session);
  g_signal_connect (backend, "changed", G_CALLBACK (on_backend_changed_cb), self);
  g_signal_connect (backend, "moved", G_CALLBACK (on_backend_moved_cb), self);
  return self;
}

/* -- the clerk's steps --------------------------------------------------------------------------------- */

static void
set_mine (JnQueue *self, JnTicket *ticket)
{
  set_ticket (self, &self->mine, ticket != NULL ? g_object_ref (ticket) : NULL, PROP_MINE);
}

static void
called (GTask *task, GVariant *answer)
{
  JnQueue *self = g_task_get_source_object (task);
  JnTicket *ticket = read_ticket (answer, "ticket");

  if (ticket != NULL)
    set_mine (self, ticket);
  look_soon (self);
  g_task_return_pointer (task, ticket, g_object_unref);
}

void
jn_queue_call_next_async (JnQueue *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self));
  jn_call_command (jn_session_get_backend (self->session), "ticket_call_next", NULL, FALSE, task,
                   called);
}

JnTicket *
jn_queue_call_next_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_over (JnTicket *ticket)
{
  return ticket == NULL || jn_ticket_get_state (ticket) == JN_TICKET_DONE
         || jn_ticket_get_state (ticket) == JN_TICKET_WAITING;
}

static void
stepped (GTask *task, GVariant *answer)
{
  JnQueue *self = g_task_get_source_object (task);
  JnTicket *ticket = jn_ticket_new (answer);

  set_mine (self, is_over (ticket) ? NULL : ticket);
  look_soon (self);
  g_task_return_pointer (task, ticket, g_object_unref);
}

/* Returns: whether there is a ticket; else the task has ended */
static gboolean
has_ticket (JnQueue *self, GTask *task)
{
  if (self->mine != NULL)
    return TRUE;
  g_task_return_error (task,
                       jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "no-ticket", NULL, NULL));
  g_object_unref (task);
  return FALSE;
}

void
jn_queue_step_async (JnQueue *self,
                     JnQueueStep step,
                     const char *reason,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  static const char *const names[]
      = { "ticket_recall", "ticket_no_show", "ticket_return", "ticket_hold", "ticket_resume" };
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self) && step < G_N_ELEMENTS (names));
  if (!has_ticket (self, task))
    return;
  jn_call_command (
      jn_session_get_backend (self->session), names[step],
      jn_dict_new ("ticket", "s", jn_ticket_get_id (self->mine), "reason", "s", reason, NULL),
      FALSE, task, stepped);
}

JnTicket *
jn_queue_step_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_visit_finished_cb (JnVisit *visit, JnQueue *self)
{
  set_mine (self, NULL);
  look_soon (self);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jn_visit_resume_finish (JN_VISIT (source), result, &error))
    g_task_return_pointer (task, g_object_ref (source), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
open_visit (GTask *task, JnTicket *ticket, const char *id)
{
  JnQueue *self = g_task_get_source_object (task);
  g_autoptr (JnVisit) visit = jn_visit_new (self->session, ticket, id);

  g_signal_connect_object (visit, "finished", G_CALLBACK (on_visit_finished_cb), self, 0);
  jn_visit_resume_async (visit, g_task_get_cancellable (task), resumed_cb, g_object_ref (task));
}

static void
arrived (GTask *task, GVariant *answer)
{
  JnQueue *self = g_task_get_source_object (task);
  g_autoptr (JnTicket) ticket = read_ticket (answer, "ticket");
  const char *visit = jn_dict_string (answer, "visit");

  if (ticket == NULL || visit == NULL)
    {
      g_task_return_error (
          task, jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "answer", "ticket_arrive", NULL));
      return;
    }
  set_mine (self, ticket);
  open_visit (task, ticket, visit);
}

void
jn_queue_arrive_async (JnQueue *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self));
  if (!has_ticket (self, task))
    return;
  if (jn_ticket_get_state (self->mine) == JN_TICKET_SERVING
      && jn_ticket_get_visit (self->mine) != NULL)
    {
      open_visit (task, self->mine, jn_ticket_get_visit (self->mine));
      g_object_unref (task);
      return;
    }
  jn_call_command (jn_session_get_backend (self->session), "ticket_arrive",
                   jn_dict_new ("ticket", "s", jn_ticket_get_id (self->mine), NULL), FALSE, task,
                   arrived);
}

JnVisit *
jn_queue_arrive_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
finished (GTask *task, GVariant *answer)
{
  JnQueue *self = g_task_get_source_object (task);

  set_mine (self, NULL);
  look_soon (self);
  g_task_return_boolean (task, TRUE);
}

void
jn_queue_finish_async (JnQueue *self,
                       const char *outcome,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self) && outcome != NULL);
  if (!has_ticket (self, task))
    return;
  jn_call_command (
      jn_session_get_backend (self->session), "ticket_finish",
      jn_dict_new ("ticket", "s", jn_ticket_get_id (self->mine), "outcome", "s", outcome, NULL),
      TRUE, task, finished);
}

gboolean
jn_queue_finish_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
issued (GTask *task, GVariant *answer)
{
  look_soon (g_task_get_source_object (task));
  g_task_return_pointer (task, jn_ticket_new (answer), g_object_unref);
}

void
jn_queue_issue_async (JnQueue *self,
                      const char *event,
                      const char *const *services,
                      JnPriority priority,
                      const char *language,
                      const char *note,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  static const char *const names[]
      = { "none", "infant", "pregnancy", "disability", "senior", "appointed" };
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self) && priority < G_N_ELEMENTS (names));
  jn_call_command (jn_session_get_backend (self->session), "ticket_issue",
                   jn_dict_new ("event", "s", event, "services", "^as", services, "priority", "s",
                                names[priority], "language", "s", language, "note", "s", note,
                                NULL),
                   FALSE, task, issued);
}

JnTicket *
jn_queue_issue_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- what is shown --------------------------------------------------------------------------------------- */

JnTicket *
jn_queue_get_next (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), NULL);
  return self->next;
}

JnTicket *
jn_queue_get_mine (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), NULL);
  return self->mine;
}

GListModel *
jn_queue_get_waiting (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), NULL);
  return G_LIST_MODEL (self->waiting);
}

guint
jn_queue_get_count (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), 0);
  return self->count;
}

guint
jn_queue_get_n_groups (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), 0);
  return self->groups->len;
}

const JnQueueGroup *
jn_queue_get_group (JnQueue *self, guint i)
{
  g_return_val_if_fail (JN_IS_QUEUE (self) && i < self->groups->len, NULL);
  return &g_array_index (self->groups, JnQueueGroup, i);
}

JnQueueDay
jn_queue_get_day (JnQueue *self)
{
  JnQueueDay none = { -1, -1, -1, -1 };

  g_return_val_if_fail (JN_IS_QUEUE (self), none);
  return self->day;
}

gint64
jn_queue_get_read_at (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), 0);
  return self->read_at;
}
