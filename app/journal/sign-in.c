/* sign-in.c: who works at the terminal: the grant, and the clerk's own key. */
#include <sodium.h>
#include <string.h>

#include "app/dict.h"
#include "app/journal/journal-private.h"

typedef struct
{
  JnVault *vault; /* the journal's */
  char *password;
  GVariant *answer;
  JnGrant *grant;   /* (nullable): of the answer */
  guint8 *recovery; /* (nullable) */
  JnDataKey *key;   /* (nullable): nothing can be kept */
} SignIn;

static void
sign_in_free (SignIn *in)
{
  sodium_memzero (in->password, strlen (in->password));
  g_free (in->password);
  g_clear_pointer (&in->answer, g_variant_unref);
  g_clear_pointer (&in->grant, jn_grant_unref);
  g_clear_pointer (&in->key, jn_data_key_unref);
  g_free (in->recovery);
  g_free (in);
}

/* The branch's recovery key, where it has one: branch.details.recovery_key, hex */
static guint8 *
read_recovery (GVariant *answer)
{
  g_autoptr (GVariant) branch = jn_dict_dict (answer, "branch");
  g_autoptr (GVariant) details = branch != NULL ? jn_dict_dict (branch, "details") : NULL;
  const char *hex = details != NULL ? jn_dict_string (details, "recovery_key") : NULL;
  guint8 *key;

  if (hex == NULL || strlen (hex) != 2 * crypto_box_PUBLICKEYBYTES)
    return NULL;
  key = g_malloc (crypto_box_PUBLICKEYBYTES);
  if (sodium_hex2bin (key, crypto_box_PUBLICKEYBYTES, hex, strlen (hex), NULL, NULL, NULL) == 0)
    return key;
  g_free (key);
  return NULL;
}

/* The server knows the clerk: a password that was changed since gets a new wrap of the same key. It knows, too, which numbers
 * a machine gave that stood here before. */
static void
open_key (JnStore *store, gpointer data)
{
  SignIn *in = g_task_get_task_data (data);
  const char *login = jn_grant_get_login (in->grant);
  g_autoptr (JnWraps) wraps = jn_store_get_wraps (store, login);
  g_autoptr (JnWraps) renewed = NULL;
  g_autoptr (GError) error = NULL;

  if (!jn_store_pass_number (store, jn_grant_get_last_number (in->grant), &error))
    {
      g_warning ("Nothing can be kept on this terminal: %s", error->message);
      return;
    }
  in->key = wraps != NULL ? jn_wraps_open_password (wraps, in->password) : NULL;
  if (in->key != NULL)
    return;
  in->key = wraps != NULL ? jn_vault_open_terminal (in->vault, wraps) : NULL;
  if (in->key == NULL)
    in->key = jn_data_key_new ();
  renewed = jn_vault_wrap (in->vault, in->key, in->password, in->recovery);
  if (jn_store_set_wraps (store, login, renewed, &error))
    return;
  g_warning ("Nothing can be kept on this terminal: %s", error->message);
  g_clear_pointer (&in->key, jn_data_key_unref);
}

static void
key_opened_cb (gpointer data)
{
  g_autoptr (GTask) task = data;
  JnJournal *self = g_task_get_source_object (task);
  SignIn *in = g_task_get_task_data (task);

  g_clear_pointer (&self->grant, jn_grant_unref);
  g_clear_pointer (&self->key, jn_data_key_unref);
  self->grant = g_steal_pointer (&in->grant);
  self->key = g_steal_pointer (&in->key);
  jn_journal_deliver (self);
  g_task_return_pointer (task, g_steal_pointer (&in->answer), (GDestroyNotify)g_variant_unref);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = g_task_get_source_object (task);
  SignIn *in = g_task_get_task_data (task);
  GError *error = NULL;

  in->answer = jn_backend_sign_in_finish (JN_BACKEND (source), result, &error);
  if (in->answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  in->grant = jn_grant_new (in->answer);
  in->recovery = read_recovery (in->answer);
  in->vault = self->vault;
  if (in->grant != NULL)
    jn_writer_ask (self->writer, open_key, key_opened_cb, g_steal_pointer (&task));
  else
    key_opened_cb (g_steal_pointer (&task));
}

void
jn_journal_sign_in_async (JnBackend *backend,
                          const JnCredentials *credentials,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (backend, cancellable, callback, user_data);
  SignIn *in = g_new0 (SignIn, 1);

  in->password = g_strdup (credentials->password);
  g_task_set_task_data (task, in, (GDestroyNotify)sign_in_free);
  jn_backend_sign_in_async (JN_JOURNAL (backend)->inner, credentials, cancellable, signed_in_cb,
                            task);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!jn_backend_sign_out_finish (JN_BACKEND (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->grant, jn_grant_unref);
  g_clear_pointer (&self->key, jn_data_key_unref);
  g_task_return_boolean (task, TRUE);
}

void
jn_journal_sign_out_async (JnBackend *backend,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  jn_backend_sign_out_async (JN_JOURNAL (backend)->inner, cancellable, signed_out_cb,
                             g_task_new (backend, cancellable, callback, user_data));
}
