/* affected.c: whom a suspended service concerns. */
#include "app/affected.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/live.h"

#define REST_MS 500 /* between two looks */

struct _JnAffected
{
  GObject parent_instance;
  JnSession *session;
  JnLive *live;
  GPtrArray *suspensions;
  GListStore *tickets;
  GArray *pledges; /* of JnFlaggedPledge, borrowing from the answer that live keeps */
  guint waiting;
  guint running;
};

static guint changed_signal;

G_DEFINE_TYPE (JnAffected, jn_affected, G_TYPE_OBJECT)

static void
jn_affected_dispose (GObject *object)
{
  JnAffected *self = JN_AFFECTED (object);

  if (self->live != NULL)
    jn_live_close (self->live);
  g_clear_object (&self->live);
  g_clear_object (&self->tickets);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_affected_parent_class)->dispose (object);
}

static void
jn_affected_finalize (GObject *object)
{
  g_ptr_array_unref (JN_AFFECTED (object)->suspensions);
  g_array_unref (JN_AFFECTED (object)->pledges);
  G_OBJECT_CLASS (jn_affected_parent_class)->finalize (object);
}

static void
jn_affected_class_init (JnAffectedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_affected_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_affected_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_AFFECTED, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
jn_affected_init (JnAffected *self)
{
  self->suspensions = g_ptr_array_new ();
  self->tickets = g_list_store_new (JN_TYPE_TICKET);
  self->pledges = g_array_new (FALSE, TRUE, sizeof (JnFlaggedPledge));
}

/* -- reading ---------------------------------------------------------------------------------------- */

static void
read_pledges (JnAffected *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "pledges");

  g_array_set_size (self->pledges, 0);
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      g_autoptr (GVariant) suspended = jn_dict_dict (row, "suspended");
      JnFlaggedPledge pledge = { .no = jn_dict_string (row, "no"),
                                 .service = jn_dict_string (row, "service"),
                                 .department = jn_dict_string (row, "department"),
                                 .due = jn_dict_string (row, "due"),
                                 .since = jn_dict_time (suspended, "since"),
                                 .reason = jn_dict_string (suspended, "reason") };

      g_array_append_val (self->pledges, pledge);
    }
}

static void
take_answer (GVariant *answer, gpointer owner)
{
  JnAffected *self = owner;
  g_autoptr (GPtrArray) tickets = jn_ticket_list (answer, "tickets");

  g_ptr_array_unref (self->suspensions);
  self->suspensions = jn_suspension_list (answer, "suspensions");
  g_list_store_splice (self->tickets, 0, g_list_model_get_n_items (G_LIST_MODEL (self->tickets)),
                       tickets->pdata, tickets->len);
  self->waiting = (guint)jn_dict_int (answer, "waiting", 0);
  self->running = (guint)jn_dict_int (answer, "pledges_running", 0);
  read_pledges (self, answer);
  g_signal_emit (self, changed_signal, 0);
}

JnAffected *
jn_affected_new (JnSession *session)
{
  static const char *const kinds[] = { "suspension", "ticket", "application", NULL };
  JnAffected *self = g_object_new (JN_TYPE_AFFECTED, NULL);

  self->session = g_object_ref (session);
  self->live = jn_live_new (session, "suspended", kinds, REST_MS, take_answer, self);
  return self;
}

void
jn_affected_refresh_async (JnAffected *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_AFFECTED (self));
  jn_live_refresh_for (self->live, g_task_new (self, cancellable, callback, user_data));
}

gboolean
jn_affected_refresh_finish (JnAffected *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
jn_affected_get_suspensions (JnAffected *self)
{
  g_return_val_if_fail (JN_IS_AFFECTED (self), NULL);
  return self->suspensions;
}

GListModel *
jn_affected_get_tickets (JnAffected *self)
{
  g_return_val_if_fail (JN_IS_AFFECTED (self), NULL);
  return G_LIST_MODEL (self->tickets);
}

guint
jn_affected_get_n_waiting (JnAffected *self)
{
  g_return_val_if_fail (JN_IS_AFFECTED (self), 0);
  return self->waiting;
}

guint
jn_affected_get_n_pledges (JnAffected *self)
{
  g_return_val_if_fail (JN_IS_AFFECTED (self), 0);
  return self->pledges->len;
}

const JnFlaggedPledge *
jn_affected_get_pledge (JnAffected *self, guint i)
{
  g_return_val_if_fail (JN_IS_AFFECTED (self) && i < self->pledges->len, NULL);
  return &g_array_index (self->pledges, JnFlaggedPledge, i);
}

guint
jn_affected_get_n_running (JnAffected *self)
{
  g_return_val_if_fail (JN_IS_AFFECTED (self), 0);
  return self->running;
}

/* -- choosing ----------------------------------------------------------------------------------------- */

static void
chosen (GTask *task, GVariant *answer)
{
  JnAffected *self = g_task_get_source_object (task);

  jn_live_look (self->live);
  g_task_return_pointer (task, g_variant_ref (answer), (GDestroyNotify)g_variant_unref);
}

void
jn_affected_choose_async (JnAffected *self,
                          JnTicket *ticket,
                          JnAffectedChoice choice,
                          const char *contact,
                          gint64 at,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  static const char *const words[] = { "leave-papers", "call-back", "rebook" };
  g_autofree char *slot = at > 0 ? jn_time_format (at * G_USEC_PER_SEC) : NULL;

  g_return_if_fail (JN_IS_AFFECTED (self) && JN_IS_TICKET (ticket));
  g_return_if_fail (choice < G_N_ELEMENTS (words));
  jn_call_command (jn_session_get_backend (self->session), "ticket_choose",
                   jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), "choice", "s",
                                words[choice], "contact", "s", contact, "slot", "s", slot, NULL),
                   FALSE, g_task_new (self, cancellable, callback, user_data), chosen);
}

JnTicket *
jn_affected_choose_finish (JnAffected *self,
                           GAsyncResult *result,
                           JnAppointment **appointment,
                           GError **error)
{
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) booked = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;
  booked = jn_dict_dict (answer, "appointment");
  if (appointment != NULL)
    *appointment = booked != NULL ? jn_appointment_new (booked) : NULL;
  return jn_ticket_new_from_answer (answer);
}
