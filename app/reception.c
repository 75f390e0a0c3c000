/* reception.c: where a citizen gets his number: the wait told before, tickets issued and changed. */
#include "app/reception.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/live.h"

#define REST_MS 500 /* between two looks */

struct _JnReception
{
  GObject parent_instance;
  JnSession *session;
  JnLive *live;
  GListStore *tickets;
  GPtrArray *appointments;
  GPtrArray *caps; /* of JnCap */
  int credits[JN_PRIORITY_APPOINTED + 1];
  gboolean emergency;
};

static guint changed_signal;

G_DEFINE_TYPE (JnReception, jn_reception, G_TYPE_OBJECT)

static void
jn_reception_dispose (GObject *object)
{
  JnReception *self = JN_RECEPTION (object);

  if (self->live != NULL)
    jn_live_close (self->live);
  g_clear_object (&self->live);
  g_clear_object (&self->session);
  g_clear_object (&self->tickets);
  G_OBJECT_CLASS (jn_reception_parent_class)->dispose (object);
}

static void
jn_reception_finalize (GObject *object)
{
  JnReception *self = JN_RECEPTION (object);

  g_ptr_array_unref (self->appointments);
  g_ptr_array_unref (self->caps);
  G_OBJECT_CLASS (jn_reception_parent_class)->finalize (object);
}

static void
jn_reception_class_init (JnReceptionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_reception_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_reception_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_RECEPTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
jn_reception_init (JnReception *self)
{
  self->tickets = g_list_store_new (JN_TYPE_TICKET);
  self->appointments = g_ptr_array_new ();
  self->caps = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (self->credits); i++)
    self->credits[i] = -1;
}

/* -- what there is ---------------------------------------------------------------------------------- */

static void
read_credits (JnReception *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "priorities");

  for (guint i = 0; i < G_N_ELEMENTS (self->credits); i++)
    self->credits[i] = -1;
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      self->credits[jn_priority_parse (jn_dict_string (row, "class"))]
          = (int)(jn_dict_int (row, "credit_s", 0) / 60);
    }
}

static void
take_answer (GVariant *answer, gpointer owner)
{
  JnReception *self = owner;
  g_autoptr (GPtrArray) tickets = jn_ticket_list (answer, "tickets");

  g_list_store_splice (self->tickets, 0, g_list_model_get_n_items (G_LIST_MODEL (self->tickets)),
                       tickets->pdata, tickets->len);
  g_ptr_array_unref (self->appointments);
  self->appointments = jn_appointment_list (answer, "appointments");
  self->emergency = jn_dict_has (answer, "emergency");
  g_ptr_array_unref (self->caps);
  self->caps = jn_cap_list (answer, "caps");
  read_credits (self, answer);
  g_signal_emit (self, changed_signal, 0);
}

JnReception *
jn_reception_new (JnSession *session)
{
  static const char *const kinds[]
      = { "ticket", "appointment", "suspension", "emergency", "counter", NULL };
  JnReception *self = g_object_new (JN_TYPE_RECEPTION, NULL);

  self->session = g_object_ref (session);
  self->live = jn_live_new (session, "reception", kinds, REST_MS, take_answer, self);
  return self;
}

void
jn_reception_set_find (JnReception *self, const char *text)
{
  g_return_if_fail (JN_IS_RECEPTION (self));
  jn_live_set_args (self->live, jn_dict_new ("find", "s", text, NULL));
  jn_live_look (self->live);
}

void
jn_reception_refresh_async (JnReception *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (JN_IS_RECEPTION (self));
  jn_live_refresh_for (self->live, g_task_new (self, cancellable, callback, user_data));
}

gboolean
jn_reception_refresh_finish (JnReception *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GListModel *
jn_reception_get_tickets (JnReception *self)
{
  g_return_val_if_fail (JN_IS_RECEPTION (self), NULL);
  return G_LIST_MODEL (self->tickets);
}

GPtrArray *
jn_reception_get_appointments (JnReception *self)
{
  g_return_val_if_fail (JN_IS_RECEPTION (self), NULL);
  return self->appointments;
}

gboolean
jn_reception_is_emergency (JnReception *self)
{
  g_return_val_if_fail (JN_IS_RECEPTION (self), FALSE);
  return self->emergency;
}

int
jn_reception_get_credit_minutes (JnReception *self, JnPriority priority)
{
  g_return_val_if_fail (JN_IS_RECEPTION (self), -1);
  g_return_val_if_fail (priority < G_N_ELEMENTS (self->credits), -1);
  return self->credits[priority];
}

GPtrArray *
jn_reception_get_caps (JnReception *self)
{
  g_return_val_if_fail (JN_IS_RECEPTION (self), NULL);
  return self->caps;
}

/* -- before ------------------------------------------------------------------------------------------- */

JnEstimate *
jn_estimate_new (GVariant *answer)
{
  g_autoptr (GVariant) cap = jn_dict_dict (answer, "cap");
  JnEstimate *estimate = g_new0 (JnEstimate, 1);

  estimate->p50 = jn_dict_int (answer, "p50_s", -1);
  estimate->p90 = jn_dict_int (answer, "p90_s", -1);
  estimate->ahead = (int)jn_dict_int (answer, "ahead", 0);
  estimate->counters = (int)jn_dict_int (answer, "counters", 0);
  estimate->whole = jn_dict_boolean (answer, "whole", TRUE);
  estimate->suspended = jn_dict_strings (answer, "suspended");
  estimate->cap_left = cap != NULL ? (int)jn_dict_int (cap, "left", -1) : -1;
  estimate->cap_service = cap != NULL ? g_strdup (jn_dict_string (cap, "service")) : NULL;
  estimate->cap_next = cap != NULL ? g_strdup (jn_dict_string (cap, "next")) : NULL;
  estimate->cap_words = cap != NULL ? jn_dict_dict (cap, "words") : NULL;
  return estimate;
}

void
jn_estimate_free (JnEstimate *estimate)
{
  g_strfreev (estimate->suspended);
  g_free (estimate->cap_service);
  g_free (estimate->cap_next);
  g_clear_pointer (&estimate->cap_words, g_variant_unref);
  g_free (estimate);
}

static void
estimated (GTask *task, GVariant *answer)
{
  g_task_return_pointer (task, jn_estimate_new (answer), (GDestroyNotify)jn_estimate_free);
}

void
jn_reception_estimate_async (JnReception *self,
                             const char *event,
                             const char *const *services,
                             JnPriority priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (JnQuery) query = NULL;

  g_return_if_fail (JN_IS_RECEPTION (self));
  query = jn_query_new ("wait_estimate",
                        jn_dict_new ("event", "s", event, "services", "^as", services, "priority",
                                     "s", jn_priority_get_word (priority), NULL));
  jn_call_ask (jn_session_get_backend (self->session), query,
               g_task_new (self, cancellable, callback, user_data), estimated);
}

JnEstimate *
jn_reception_estimate_finish (JnReception *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- tickets -------------------------------------------------------------------------------------------- */

static void
answered (GTask *task, GVariant *answer)
{
  JnReception *self = g_task_get_source_object (task);

  jn_live_look (self->live);
  g_task_return_pointer (task, jn_ticket_new_from_answer (answer), g_object_unref);
}

static void
run (JnReception *self, const char *command, GVariant *args, GTask *task)
{
  jn_call_command (jn_session_get_backend (self->session), command, args, FALSE, task, answered);
}

/* (transfer floating) (nullable) */
static GVariant *
make_companions (const JnTicketOrder *order)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (order->companions == NULL && order->n_own == 0)
    return NULL;
  for (guint i = 0; order->companions != NULL && order->companions[i] != NULL; i++)
    g_ptr_array_add (rows, jn_dict_new ("services", "^as", order->companions[i], NULL));
  for (guint i = 0; i < order->n_own; i++)
    g_ptr_array_add (rows, jn_dict_new ("own", "b", TRUE, "event", "s", order->own[i].event,
                                        "services", "^as", order->own[i].services, NULL));
  return jn_list_new ((GVariant *const *)rows->pdata, rows->len);
}

void
jn_reception_issue_async (JnReception *self,
                          const JnTicketOrder *order,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (JN_IS_RECEPTION (self) && order != NULL);
  run (self, "ticket_issue",
       jn_dict_new ("event", "s", order->event, "services", "^as", order->services, "priority", "s",
                    jn_priority_get_word (order->priority), "language", "s", order->language,
                    "note", "s", order->note, "channel", "s", order->channel, "pick_up", "s",
                    order->pick_up, "seal", "s", order->seal, "companions", "@av",
                    make_companions (order), NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_reception_check_in_async (JnReception *self,
                             const char *text,
                             gboolean as_walk_in,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (JN_IS_RECEPTION (self) && text != NULL);
  run (self, "ticket_check_in",
       jn_dict_new ("code", "s", text, "as_walk_in", "b", as_walk_in, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_reception_change_async (JnReception *self,
                           JnTicket *ticket,
                           const JnTicketOrder *order,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  const char *priority = NULL;

  g_return_if_fail (JN_IS_RECEPTION (self) && JN_IS_TICKET (ticket) && order != NULL);
  if ((int)order->priority >= 0)
    priority = jn_priority_get_word (order->priority);
  run (self, "ticket_change",
       jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), "event", "s", order->event,
                    "services", "^as", order->services, "priority", "s", priority, "language", "s",
                    order->language, "note", "s", order->note, "companions", "@av",
                    make_companions (order), NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_reception_cancel_async (JnReception *self,
                           JnTicket *ticket,
                           gboolean left,
                           const char *reason,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_RECEPTION (self) && JN_IS_TICKET (ticket));
  run (self, "ticket_cancel",
       jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), "outcome", "s",
                    left ? "left-waiting" : "cancelled", "reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_reception_merge_async (JnReception *self,
                          JnTicket *ticket,
                          JnTicket *into,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (JN_IS_RECEPTION (self) && JN_IS_TICKET (ticket) && JN_IS_TICKET (into));
  run (self, "ticket_merge",
       jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), "into", "s", jn_ticket_get_id (into),
                    "reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

JnTicket *
jn_reception_ticket_finish (JnReception *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
