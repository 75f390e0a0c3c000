/* hall-commands.c: what a supervisor changes in the hall. */
#include "app/hall-private.h"

#include "app/call.h"
#include "app/dict.h"

static void
done (GTask *task, GVariant *answer)
{
  JnHall *self = g_task_get_source_object (task);

  jn_live_look (self->live);
  g_task_return_boolean (task, TRUE);
}

static void
run (JnHall *self, const char *command, GVariant *args, GTask *task)
{
  jn_call_command (jn_session_get_backend (self->session), command, args, FALSE, task, done);
}

gboolean
jn_hall_finish (JnHall *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jn_hall_set_profile_async (JnHall *self,
                           int counter,
                           const char *profile,
                           const char *reason,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self));
  run (self, "counter_profile",
       jn_dict_new ("counter", "i", counter, "profile", "s", profile, "reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_reroute_async (JnHall *self,
                       JnTicket *ticket,
                       const char *const *services,
                       int counter,
                       const char *login,
                       const char *reason,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self) && JN_IS_TICKET (ticket));
  run (self, "ticket_transfer", jn_ticket_route (ticket, services, counter, login, reason),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_take_async (JnHall *self,
                    JnTicket *ticket,
                    const char *reason,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self) && JN_IS_TICKET (ticket));
  run (self, "ticket_take",
       jn_dict_new ("ticket", "s", jn_ticket_get_id (ticket), "reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_acknowledge_async (JnHall *self,
                           const char *call,
                           const char *note,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self) && call != NULL);
  run (self, "help_acknowledge", jn_dict_new ("id", "s", call, "note", "s", note, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_suspend_async (JnHall *self,
                       const char *const *services,
                       const char *reason,
                       gint64 until,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autofree char *end = until > 0 ? jn_time_format (until * G_USEC_PER_SEC) : NULL;

  g_return_if_fail (JN_IS_HALL (self) && services != NULL);
  run (self, "service_suspend",
       jn_dict_new ("services", "^as", services, "reason", "s", reason, "until", "s", end, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_resume_async (JnHall *self,
                      const char *suspension,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self) && suspension != NULL);
  run (self, "service_resume", jn_dict_new ("id", "s", suspension, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_begin_emergency_async (JnHall *self,
                               const char *reason,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self));
  run (self, "emergency_begin", jn_dict_new ("reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_end_emergency_async (JnHall *self,
                             gboolean keep,
                             const char *rebook,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self));
  run (self, "emergency_end",
       jn_dict_new ("tickets", "s", keep ? "keep" : "close", "rebook", "s", rebook, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_set_cap_async (JnHall *self,
                       const char *service,
                       int per_day,
                       const JnCapWords *words,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GVariant *told = NULL;

  g_return_if_fail (JN_IS_HALL (self));
  if (words != NULL)
    told
        = jn_dict_new ("zh_Hant", "s", words->zh, "pt", "s", words->pt, "en", "s", words->en, NULL);
  run (self, "cap_set",
       per_day < 0 ? jn_dict_new ("service", "s", service, NULL)
                   : jn_dict_new ("service", "s", service, "per_day", "i", per_day, "words",
                                  "@a{sv}", told, NULL),
       g_task_new (self, cancellable, callback, user_data));
}

void
jn_hall_close_day_async (JnHall *self,
                         const char *reason,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self));
  run (self, "day_close", jn_dict_new ("reason", "s", reason, NULL),
       g_task_new (self, cancellable, callback, user_data));
}
