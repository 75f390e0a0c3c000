/* appointments.c: slots of half an hour, and who has booked one. */
#include "app/appointments.h"

#include "app/call.h"
#include "app/dict.h"

struct _JnAppointments
{
  GObject parent_instance;
  JnSession *session;
};

static guint changed_signal;

G_DEFINE_TYPE (JnAppointments, jn_appointments, G_TYPE_OBJECT)

/* -- what was booked --------------------------------------------------------------------------------- */

static JnAppointmentState
read_state (GVariant *answer)
{
  static const char *const words[] = { "booked", "checked-in", "cancelled", "missed" };
  const char *word = jn_dict_string (answer, "state");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return (JnAppointmentState)i;
  return JN_APPOINTMENT_BOOKED;
}

JnAppointment *
jn_appointment_new (GVariant *answer)
{
  JnAppointment *appointment;

  if (answer == NULL || jn_dict_string (answer, "code") == NULL)
    return NULL;
  appointment = g_new0 (JnAppointment, 1);
  appointment->id = g_strdup (jn_dict_string (answer, "id"));
  appointment->code = g_strdup (jn_dict_string (answer, "code"));
  appointment->at = jn_dict_time (answer, "at");
  appointment->from = jn_dict_time (answer, "from");
  appointment->until = jn_dict_time (answer, "until");
  appointment->event = g_strdup (jn_dict_string (answer, "event"));
  appointment->services = jn_dict_strings (answer, "services");
  appointment->group = g_strdup (jn_dict_string (answer, "group"));
  appointment->language = g_strdup (jn_dict_string (answer, "language"));
  appointment->priority = jn_priority_parse (jn_dict_string (answer, "priority"));
  appointment->note = g_strdup (jn_dict_string (answer, "note"));
  appointment->contact = g_strdup (jn_dict_string (answer, "contact"));
  appointment->ticket = g_strdup (jn_dict_string (answer, "ticket"));
  appointment->state = read_state (answer);
  return appointment;
}

JnAppointment *
jn_appointment_copy (const JnAppointment *appointment)
{
  JnAppointment *copy = g_memdup2 (appointment, sizeof *appointment);

  copy->id = g_strdup (appointment->id);
  copy->code = g_strdup (appointment->code);
  copy->event = g_strdup (appointment->event);
  copy->services = g_strdupv (appointment->services);
  copy->group = g_strdup (appointment->group);
  copy->language = g_strdup (appointment->language);
  copy->note = g_strdup (appointment->note);
  copy->contact = g_strdup (appointment->contact);
  copy->ticket = g_strdup (appointment->ticket);
  return copy;
}

void
jn_appointment_free (JnAppointment *appointment)
{
  g_free (appointment->id);
  g_free (appointment->code);
  g_free (appointment->event);
  g_strfreev (appointment->services);
  g_free (appointment->group);
  g_free (appointment->language);
  g_free (appointment->note);
  g_free (appointment->contact);
  g_free (appointment->ticket);
  g_free (appointment);
}

GPtrArray *
jn_appointment_list (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) list = jn_dict_list (dict, key);
  GPtrArray *appointments = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_appointment_free);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      JnAppointment *appointment = jn_appointment_new (row);

      if (appointment != NULL)
        g_ptr_array_add (appointments, appointment);
    }
  return appointments;
}

char *
jn_appointment_format_symbol (const JnAppointment *appointment)
{
  return g_strconcat ("janela:appointment:", appointment->code, NULL);
}

/* -- the object ----------------------------------------------------------------------------------------- */

static void
jn_appointments_dispose (GObject *object)
{
  JnAppointments *self = JN_APPOINTMENTS (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (jn_session_get_backend (self->session), self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_appointments_parent_class)->dispose (object);
}

static void
jn_appointments_class_init (JnAppointmentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_appointments_dispose;
  changed_signal = g_signal_new ("changed", JN_TYPE_APPOINTMENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
jn_appointments_init (JnAppointments *self)
{
}

static void
on_backend_changed_cb (JnBackend *backend, const char *kind, const char *id, JnAppointments *self)
{
  if (g_strcmp0 (kind, "appointment") == 0)
    g_signal_emit (self, changed_signal, 0);
}

/* What changed while the line was down, nobody tells any more. */
static void
on_backend_moved_cb (JnBackend *backend, JnAppointments *self)
{
  g_signal_emit (self, changed_signal, 0);
}

JnAppointments *
jn_appointments_new (JnSession *session)
{
  JnAppointments *self = g_object_new (JN_TYPE_APPOINTMENTS, NULL);
  JnBackend *backend = jn_session_get_backend (session);

  self->session = g_object_ref (session);
  g_signal_connect (backend, "changed", G_CALLBACK (on_backend_changed_cb), self);
  g_signal_connect (backend, "moved", G_CALLBACK (on_backend_moved_cb), self);
  return self;
}

/* -- slots ------------------------------------------------------------------------------------------------ */

static void
free_day (gpointer data)
{
  JnSlotDay *day = data;

  g_free (day->day);
  g_array_unref (day->slots);
  g_free (day);
}

static JnSlotDay *
read_day (GVariant *row)
{
  g_autoptr (GVariant) list = jn_dict_list (row, "slots");
  JnSlotDay *day = g_new0 (JnSlotDay, 1);

  day->day = g_strdup (jn_dict_string (row, "day"));
  day->open = jn_dict_boolean (row, "open", FALSE);
  day->slots = g_array_new (FALSE, TRUE, sizeof (JnSlot));
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) entry = jn_list_dict (list, i);
      JnSlot slot = { .at = jn_dict_time (entry, "at"),
                      .capacity = (int)jn_dict_int (entry, "capacity", 0),
                      .free = (int)jn_dict_int (entry, "free", 0) };

      g_array_append_val (day->slots, slot);
    }
  return day;
}

static void
slots_answered (GTask *task, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "days");
  GPtrArray *days = g_ptr_array_new_with_free_func (free_day);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      g_ptr_array_add (days, read_day (row));
    }
  g_task_return_pointer (task, days, (GDestroyNotify)g_ptr_array_unref);
}

void
jn_appointments_list_slots_async (JnAppointments *self,
                                  const char *event,
                                  const char *const *services,
                                  const char *from,
                                  const char *to,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (JnQuery) query = NULL;

  g_return_if_fail (JN_IS_APPOINTMENTS (self));
  query = jn_query_new ("slots", jn_dict_new ("event", "s", event, "services", "^as", services,
                                              "from", "s", from, "to", "s", to, NULL));
  jn_call_ask (jn_session_get_backend (self->session), query,
               g_task_new (self, cancellable, callback, user_data), slots_answered);
}

GPtrArray *
jn_appointments_list_slots_finish (JnAppointments *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- appointments ----------------------------------------------------------------------------------------- */

static void
list_answered (GTask *task, GVariant *answer)
{
  g_task_return_pointer (task, jn_appointment_list (answer, "appointments"),
                         (GDestroyNotify)g_ptr_array_unref);
}

void
jn_appointments_list_async (JnAppointments *self,
                            const char *day,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (JnQuery) query = NULL;

  g_return_if_fail (JN_IS_APPOINTMENTS (self));
  query = jn_query_new ("appointments", jn_dict_new ("day", "s", day, NULL));
  jn_call_ask (jn_session_get_backend (self->session), query,
               g_task_new (self, cancellable, callback, user_data), list_answered);
}

GPtrArray *
jn_appointments_list_finish (JnAppointments *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
answered (GTask *task, GVariant *answer)
{
  JnAppointment *appointment = jn_appointment_new (answer);

  g_signal_emit (g_task_get_source_object (task), changed_signal, 0);
  g_task_return_pointer (task, appointment, (GDestroyNotify)jn_appointment_free);
}

static void
run (JnAppointments *self, const char *command, GVariant *args, GTask *task)
{
  jn_call_command (jn_session_get_backend (self->session), command, args, FALSE, task, answered);
}

void
jn_appointments_book_async (JnAppointments *self,
                            const JnBooking *booking,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *slot = jn_time_format (booking->at * G_USEC_PER_SEC);

  g_return_if_fail (JN_IS_APPOINTMENTS (self));
  run (self, "appointment_book",
       jn_dict_new ("event", "s", booking->event, "services", "^as", booking->services, "slot", "s",
                    slot, "priority", "s", jn_priority_get_word (booking->priority), "language",
                    "s", booking->language, "note", "s", booking->note, "contact", "s",
                    booking->contact, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_appointments_move_async (JnAppointments *self,
                            const char *code,
                            gint64 at,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *slot = jn_time_format (at * G_USEC_PER_SEC);

  g_return_if_fail (JN_IS_APPOINTMENTS (self));
  run (self, "appointment_move", jn_dict_new ("code", "s", code, "slot", "s", slot, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_appointments_cancel_async (JnAppointments *self,
                              const char *code,
                              const char *reason,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (JN_IS_APPOINTMENTS (self));
  run (self, "appointment_cancel", jn_dict_new ("code", "s", code, "reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

JnAppointment *
jn_appointments_finish (JnAppointments *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
