/* reprint.c: a paper again by the number that stands on it, whatever terminal of the branch printed it. */
#include "app/reprint.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/receipt-private.h"

typedef struct
{
  JnSession *session;
  char *number;
  char *use;
} Reprint;

static void
reprint_free (gpointer data)
{
  Reprint *reprint = data;

  g_object_unref (reprint->session);
  g_free (reprint->number);
  g_free (reprint->use);
  g_free (reprint);
}

static void
recorded (GTask *task, GVariant *answer)
{
  JnPrints *prints = g_task_get_source_object (task);
  Reprint *reprint = g_task_get_task_data (task);
  g_autoptr (GVariant) kept = jn_dict_dict (answer, "receipt");
  g_autoptr (GVariant) applications = jn_dict_list (answer, "applications");
  g_autoptr (JnReceipt) receipt = jn_receipt_new (reprint->session, kept, applications,
                                                  jn_dict_string (answer, "language"));

  g_task_return_pointer (task, g_object_ref (jn_receipt_print (receipt, prints, reprint->use)),
                         g_object_unref);
}

static gboolean
is_pruned_receipt (const GError *error)
{
  GVariant *args = error->domain == JN_BACKEND_ERROR ? jn_backend_error_get_args (error) : NULL;

  return args != NULL && g_strcmp0 (jn_backend_error_get_code (error), "document-pruned") == 0
         && g_strcmp0 (jn_dict_string (args, "kind"), "receipt") == 0;
}

static void
reprinted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reprint *reprint = g_task_get_task_data (task);
  GError *error = NULL;
  JnPrint *print = jn_prints_reprint_finish (JN_PRINTS (source), result, &error);
  g_autoptr (JnQuery) query = NULL;

  if (print != NULL)
    g_task_return_pointer (task, print, g_object_unref);
  else if (!is_pruned_receipt (error))
    g_task_return_error (task, error);
  else
    {
      g_error_free (error);
      query = jn_query_new ("receipt", jn_dict_new ("no", "s", reprint->number, NULL));
      jn_call_ask (jn_session_get_backend (reprint->session), query, task, recorded);
      return;
    }
  g_object_unref (task);
}

void
jn_reprint_async (JnPrints *prints,
                  JnSession *session,
                  const char *number,
                  const char *use,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task;
  Reprint *reprint = g_new0 (Reprint, 1);

  g_return_if_fail (JN_IS_PRINTS (prints) && JN_IS_SESSION (session) && number != NULL);
  task = g_task_new (prints, cancellable, callback, user_data);
  reprint->session = g_object_ref (session);
  reprint->number = g_strdup (number);
  reprint->use = g_strdup (use);
  g_task_set_task_data (task, reprint, reprint_free);
  jn_prints_reprint_async (prints, number, use, cancellable, reprinted_cb, task);
}

JnPrint *
jn_reprint_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
