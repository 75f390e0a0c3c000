/* pick-up.c: a receipt that is shown to fetch what it promised: its seal is checked, its number found. */
#include "app/pick-up.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/public-keys.h"
#include "printing/seal.h"

static const char *
code_of (const GError *error)
{
  switch ((JnSealError)error->code)
    {
    case JN_SEAL_ERROR_MALFORMED:
      return "receipt-malformed";
    case JN_SEAL_ERROR_TAMPERED:
      return "receipt-tampered";
    case JN_SEAL_ERROR_UNKNOWN_KEY:
    case JN_SEAL_ERROR_REVOKED:
    case JN_SEAL_ERROR_NOT_YET_VALID:
    case JN_SEAL_ERROR_EXPIRED:
    case JN_SEAL_ERROR_FUTURE:
      break;
    }
  return "receipt-unknown";
}

/* Numbers begin with their branch: 07-2026-0000001. */
static void
return_number (GTask *task, const char *number)
{
  JnSession *session = g_task_get_source_object (task);
  const char *own = jn_session_get_branch (session);
  g_auto (GStrv) parts = g_strsplit (number, "-", 2);

  if (g_strcmp0 (parts[0], own) == 0)
    g_task_return_pointer (task, g_strdup (number), g_free);
  else
    g_task_return_error (task,
                         jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "receipt-elsewhere", NULL,
                                               jn_dict_new ("branch", "s", parts[0], NULL)));
}

static void
keys_known (GTask *task, GVariant *answer)
{
  JnSession *session = g_task_get_source_object (task);
  g_autoptr (JnKeyList) keys = jn_public_keys_read (answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnReceiptClaim) claim = jn_seal_verify (g_task_get_task_data (task), keys,
                                                     jn_session_now (session), NULL, &error);

  if (claim != NULL)
    return_number (task, claim->receipt);
  else
    g_task_return_error (
        task, jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, code_of (error), NULL, NULL));
}

void
jn_pick_up_read_async (JnSession *session,
                       const char *text,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  g_autoptr (JnQuery) query = NULL;

  g_return_if_fail (JN_IS_SESSION (session) && text != NULL);
  if (!g_str_has_prefix (text, "https://"))
    {
      return_number (task, text);
      return;
    }
  g_task_set_task_data (task, g_strdup (text), g_free);
  query = jn_query_new ("keys", jn_dict_new (NULL, NULL));
  jn_call_ask (jn_session_get_backend (session), query, g_steal_pointer (&task), keys_known);
}

char *
jn_pick_up_read_finish (JnSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
