/* slip.c: prints the slip of a ticket or an appointment: encoded, submitted, followed to its end. */
#include "app/slip.h"

#include "app/papers/appointment-document.h"
#include "app/uuid.h"

static const JnPrinterProfile *
find_printer (JnSession *session)
{
  JnSettings *settings = jn_session_get_settings (session);
  const JnPrinterProfile *profile = jn_settings_get_printer (settings, "ticket");

  return profile != NULL ? profile : jn_settings_get_printer (settings, "receipt");
}

gboolean
jn_slip_has_printer (JnSession *session)
{
  return find_printer (session) != NULL;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JnPrintOutcome outcome = jn_print_job_wait_finish (JN_PRINT_JOB (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (outcome == JN_PRINT_PRINTED)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "slip", NULL, NULL));
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JnPrintJob) job
             = jn_print_service_submit_finish (JN_PRINT_SERVICE (source), result, &error);

  if (job == NULL)
    g_task_return_error (task, error);
  else
    jn_print_job_wait_async (job, g_task_get_cancellable (task), ended_cb, g_object_ref (task));
}

static void
encoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes
             = jn_print_service_encode_finish (JN_PRINT_SERVICE (source), result, &error);
  g_autofree char *attempt = jn_uuid_new ();

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    jn_print_service_submit_async (JN_PRINT_SERVICE (source), g_task_get_task_data (task), attempt,
                                   bytes, g_task_get_cancellable (task), submitted_cb,
                                   g_object_ref (task));
}

/* Takes @document over. */
static void
print (JnSession *session,
       JnPrintService *printing,
       JnDocument *document,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (JnDocument) slip = document;
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  const JnPrinterProfile *profile = find_printer (session);

  if (profile == NULL)
    {
      g_task_return_error (
          task, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "printer", NULL, NULL));
      g_object_unref (task);
      return;
    }
  g_task_set_task_data (task, jn_printer_profile_copy (profile),
                        (GDestroyNotify)jn_printer_profile_free);
  jn_print_service_encode_async (printing, slip, profile, cancellable, encoded_cb, task);
}

void
jn_slip_print_async (JnSession *session,
                     JnPrintService *printing,
                     JnTicket *ticket,
                     const JnTicketLine *line,
                     guint copy,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  print (session, printing, jn_ticket_document_new (ticket, session, line, copy), cancellable,
         callback, user_data);
}

void
jn_slip_print_appointment_async (JnSession *session,
                                 JnPrintService *printing,
                                 const JnAppointment *appointment,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  print (session, printing, jn_appointment_document_new (appointment, session, 0), cancellable,
         callback, user_data);
}

gboolean
jn_slip_print_finish (JnSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
