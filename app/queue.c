/* queue.c: the line before this counter: who is next and why, and the one who is here. */
#include "app/queue.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/live.h"

#define REST_MS 300 /* between two looks at the line, however often it changes */

struct _JnQueue
{
  GObject parent_instance;
  JnSession *session;
  JnTicket *next;
  JnTicket *mine;
  GListStore *waiting;
  GListStore *held;
  JnTicket *undo;
  const char *undo_step; /* these are borrowed from the answer that live keeps */
  const char *state;
  const char *after;
  gint64 undo_until;
  gboolean emergency;
  guint count;
  GArray *groups; /* of JnQueueGroup */
  JnQueueDay day;
  JnLive *live;
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

  if (self->live != NULL)
    jn_live_close (self->live);
  g_clear_object (&self->live);
  g_clear_object (&self->session);
  g_clear_object (&self->next);
  g_clear_object (&self->mine);
  g_clear_object (&self->undo);
  g_clear_object (&self->waiting);
  g_clear_object (&self->held);
  G_OBJECT_CLASS (jn_queue_parent_class)->dispose (object);
}

static void
jn_queue_finalize (GObject *object)
{
  JnQueue *self = JN_QUEUE (object);

  g_array_unref (self->groups);
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
  self->held = g_list_store_new (JN_TYPE_TICKET);
  self->groups = g_array_new (FALSE, TRUE, sizeof (JnQueueGroup));
  g_array_set_clear_func (self->groups, (GDestroyNotify)clear_group);
  self->day = (JnQueueDay){ -1, -1, -1, -1 };
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
is_same_list (GListModel *old, GPtrArray *tickets)
{
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

/* A list that is as it was is left alone, so that what is drawn of it stays. */
static void
read_list (GListStore *store, GVariant *answer, const char *key)
{
  g_autoptr (GPtrArray) tickets = jn_ticket_list (answer, key);

  if (!is_same_list (G_LIST_MODEL (store), tickets))
    g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), tickets->pdata,
                         tickets->len);
}

static void
read_undo (JnQueue *self, GVariant *answer)
{
  g_autoptr (GVariant) undo = jn_dict_dict (answer, "undo");

  g_clear_object (&self->undo);
  self->undo_step = NULL;
  self->undo_until = 0;
  if (undo == NULL)
    return;
  self->undo = read_ticket (undo, "ticket");
  self->undo_step = jn_dict_string (undo, "step");
  self->undo_until = jn_dict_time (undo, "until");
}

static void
read_state (JnQueue *self, GVariant *answer)
{
  g_autoptr (GVariant) after = jn_dict_dict (answer, "after");

  self->state = jn_dict_string (answer, "state");
  self->after = after != NULL ? jn_dict_string (after, "state") : NULL;
  self->emergency = jn_dict_has (answer, "emergency");
  if (self->state != NULL)
    jn_session_take_counter_state (self->session, self->state);
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
take_answer (GVariant *answer, gpointer owner)
{
  JnQueue *self = owner;
  guint count = (guint)jn_dict_int (answer, "count", 0);

  read_list (self->waiting, answer, "waiting");
  read_list (self->held, answer, "held");
  read_groups (self, answer);
  read_day (self, answer);
  read_undo (self, answer);
  read_state (self, answer);
  set_ticket (self, &self->next, read_ticket (answer, "next"), PROP_NEXT);
  set_ticket (self, &self->mine, read_ticket (answer, "mine"), PROP_MINE);
  if (count != self->count)
    {
      self->count = count;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
  g_signal_emit (self, changed_signal, 0);
}

void
jn_queue_refresh_async (JnQueue *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self));
  jn_live_refresh_for (self->live, g_task_new (self, cancellable, callback, user_data));
}

gboolean
jn_queue_refresh_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

JnQueue *
jn_queue_new (JnSession *session)
{
  static const char *const kinds[] = { "ticket", "counter", "emergency", "suspension", NULL };
  JnQueue *self = g_object_new (JN_TYPE_QUEUE, NULL);

  self->session = g_object_ref (session);
  self->live = jn_live_new (session, "queue", kinds, REST_MS, take_answer, self);
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
  jn_live_look (self->live);
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
  jn_live_look (self->live);
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
  jn_live_look (self->live);
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
  jn_live_look (self->live);
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

/* -- more of the clerk's steps ------------------------------------------------------------------------- */

/* The answer may be another ticket than the one that is mine: the next leg, a return ticket. */
static void
went_on (GTask *task, GVariant *answer)
{
  JnQueue *self = g_task_get_source_object (task);
  JnTicket *ticket = jn_ticket_new_from_answer (answer);

  set_mine (self,
            is_over (ticket) || jn_ticket_get_state (ticket) == JN_TICKET_EXPECTED ? NULL : ticket);
  jn_live_look (self->live);
  g_task_return_pointer (task, ticket, g_object_unref);
}

static void
run_step (JnQueue *self, const char *command, GVariant *args, GTask *task)
{
  jn_call_command (jn_session_get_backend (self->session), command, args, FALSE, task, went_on);
}

void
jn_queue_call_ticket_async (JnQueue *self,
                            JnTicket *ticket,
                            const char *reason,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self) && JN_IS_TICKET (ticket));
  run_step (self, "ticket_call",
            jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), "reason", "s", reason, NULL),
            g_task_new (self, cancellable, callback, user_data));
}

void
jn_queue_transfer_async (JnQueue *self,
                         const char *const *services,
                         int counter,
                         const char *login,
                         const char *reason,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self));
  if (!has_ticket (self, task))
    return;
  run_step (self, "ticket_transfer", jn_ticket_route (self->mine, services, counter, login, reason),
            task);
}

void
jn_queue_send_async (JnQueue *self,
                     const char *const *papers,
                     const char *reason,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self));
  if (!has_ticket (self, task))
    return;
  run_step (self, "ticket_send",
            jn_dict_new ("ticket", "s", jn_ticket_get_id (self->mine), "papers", "^as", papers,
                         "reason", "s", reason, NULL),
            task);
}

gboolean
jn_queue_is_left_behind (JnQueue *self)
{
  int here;

  g_return_val_if_fail (JN_IS_QUEUE (self), FALSE);
  here = jn_session_get_counter (self->session);
  return self->mine != NULL && here != 0 && jn_ticket_get_counter (self->mine) != 0
         && jn_ticket_get_counter (self->mine) != here;
}

static void
step_mine (JnQueue *self, const char *command, const char *reason, GTask *task)
{
  if (has_ticket (self, task))
    run_step (
        self, command,
        jn_dict_new ("ticket", "s", jn_ticket_get_id (self->mine), "reason", "s", reason, NULL),
        task);
}

void
jn_queue_along_async (JnQueue *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self));
  step_mine (self, "ticket_along", NULL, g_task_new (self, cancellable, callback, user_data));
}

void
jn_queue_release_async (JnQueue *self,
                        const char *reason,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self));
  step_mine (self, "ticket_release", reason, g_task_new (self, cancellable, callback, user_data));
}

void
jn_queue_undo_async (JnQueue *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_QUEUE (self));
  if (self->undo == NULL)
    {
      g_task_return_error (
          task, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "nothing-to-undo", NULL, NULL));
      g_object_unref (task);
      return;
    }
  run_step (self, "ticket_undo", jn_dict_new ("ticket", "s", jn_ticket_get_id (self->undo), NULL),
            task);
}

void
jn_queue_resume_ticket_async (JnQueue *self,
                              JnTicket *ticket,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self) && JN_IS_TICKET (ticket));
  run_step (self, "ticket_resume", jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), NULL),
            g_task_new (self, cancellable, callback, user_data));
}

void
jn_queue_open_async (JnQueue *self,
                     const char *channel,
                     const char *event,
                     const char *const *services,
                     const char *language,
                     const char *note,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self) && channel != NULL);
  jn_call_command (jn_session_get_backend (self->session), "ticket_open",
                   jn_dict_new ("channel", "s", channel, "event", "s", event, "services", "^as",
                                services, "language", "s", language, "note", "s", note, NULL),
                   FALSE, g_task_new (self, cancellable, callback, user_data), arrived);
}

static void
helped (GTask *task, GVariant *answer)
{
  g_task_return_boolean (task, TRUE);
}

void
jn_queue_help_async (JnQueue *self,
                     gboolean alarm,
                     const char *note,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (JN_IS_QUEUE (self));
  jn_call_command (jn_session_get_backend (self->session), "help_call",
                   jn_dict_new ("kind", "s", alarm ? "alarm" : "help", "note", "s", note, NULL),
                   FALSE, g_task_new (self, cancellable, callback, user_data), helped);
}

gboolean
jn_queue_help_finish (JnQueue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
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

GListModel *
jn_queue_get_held (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), NULL);
  return G_LIST_MODEL (self->held);
}

JnTicket *
jn_queue_get_undo (JnQueue *self, const char **step, gint64 *until)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), NULL);
  if (step != NULL)
    *step = self->undo_step;
  if (until != NULL)
    *until = self->undo_until;
  return self->undo_until > jn_session_now (self->session) ? self->undo : NULL;
}

const char *
jn_queue_get_pause_after (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), NULL);
  return self->after;
}

gboolean
jn_queue_is_emergency (JnQueue *self)
{
  g_return_val_if_fail (JN_IS_QUEUE (self), FALSE);
  return self->emergency;
}
