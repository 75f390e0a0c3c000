/* hall-emergency.c: what an emergency means for each ticket and appointment. */
#include "app/hall-private.h"

#include "app/call.h"
#include "app/dict.h"

static void
emergency_ticket_free (gpointer data)
{
  JnEmergencyTicket *row = data;

  g_clear_object (&row->ticket);
  g_free (row->next_number);
  g_free (row->next_day);
  g_free (row);
}

void
jn_emergency_plan_free (JnEmergencyPlan *plan)
{
  g_ptr_array_unref (plan->tickets);
  g_ptr_array_unref (plan->appointments);
  g_strfreev (plan->days);
  g_free (plan);
}

static JnEmergencyTicket *
read_ticket (GVariant *row)
{
  g_autoptr (GVariant) next = jn_dict_dict (row, "next");
  JnEmergencyTicket *ticket = g_new0 (JnEmergencyTicket, 1);

  ticket->ticket = jn_ticket_new (row);
  ticket->next_number = g_strdup (next != NULL ? jn_dict_string (next, "number") : NULL);
  ticket->next_day = g_strdup (next != NULL ? jn_dict_string (next, "day") : NULL);
  return ticket;
}

static void
planned (GTask *task, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "tickets");
  JnEmergencyPlan *plan = g_new0 (JnEmergencyPlan, 1);

  plan->tickets = g_ptr_array_new_with_free_func (emergency_ticket_free);
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      if (row != NULL)
        g_ptr_array_add (plan->tickets, read_ticket (row));
    }
  plan->appointments = jn_appointment_list (answer, "appointments");
  plan->days = jn_dict_strings (answer, "days");
  g_task_return_pointer (task, plan, (GDestroyNotify)jn_emergency_plan_free);
}

void
jn_hall_plan_emergency_async (JnHall *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (JnQuery) query = jn_query_new ("emergency_tickets", jn_dict_new (NULL, NULL));

  g_return_if_fail (JN_IS_HALL (self));
  jn_call_ask (jn_session_get_backend (self->session), query,
               g_task_new (self, cancellable, callback, user_data), planned);
}

JnEmergencyPlan *
jn_hall_plan_emergency_finish (JnHall *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
