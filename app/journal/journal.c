/* journal.c: a backend around another that keeps the desk going while the line is down. */
#include "app/journal/journal-private.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include "app/dict.h"
#include "app/json.h"

enum
{
  PROP_LINK_STATE = 1,
  PROP_UNSENT,
  PROP_OFFLINE_SINCE,
};

static void backend_init (JnBackendInterface *iface);
G_DEFINE_TYPE_WITH_CODE (JnJournal,
                         jn_journal,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (JN_TYPE_BACKEND, backend_init))

void
jn_journal_count_unsent (JnJournal *self)
{
  guint unsent = jn_store_count_waiting (self->store);

  if (unsent == self->unsent)
    return;
  self->unsent = unsent;
  g_object_notify (G_OBJECT (self), "unsent");
}

gboolean
jn_journal_is_online (JnJournal *self)
{
  return jn_backend_get_link_state (self->inner) == JN_LINK_ONLINE;
}

/* -- keeping --------------------------------------------------------------------------------------- */

/* What a record is made of. */
typedef struct
{
  JnJournal *self;
  JnCommand *command;
} Keeping;

/* Text and signature are one: {"record": TEXT, "mac": HEX}, the arguments of `replay` */
static GBytes *
seal_record (gint64 number, gpointer data)
{
  Keeping *keeping = data;
  JnJournal *self = keeping->self;
  g_autofree char *shown = NULL;
  g_autofree char *mac = NULL;
  g_autofree char *record = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) args = NULL;
  g_autoptr (GBytes) plain = NULL;

  shown = number > 0 ? jn_grant_format_number (self->grant, number) : NULL;
  record = jn_grant_make_record (self->grant, keeping->command, shown, &mac);
  args = g_variant_ref_sink (jn_dict_new ("record", "s", record, "mac", "s", mac, NULL));
  text = jn_json_from_dict (args);
  plain = g_bytes_new (text, strlen (text));
  return jn_data_key_seal (self->key, plain, jn_command_get_key (keeping->command));
}

static gboolean
is_numbered (JnJournal *self, JnCommand *command)
{
  return g_strv_contains ((const char *const *)self->numbered, jn_command_get_name (command));
}

static gboolean
may_keep (JnJournal *self, JnCommand *command)
{
  return jn_command_is_deferrable (command) && self->grant != NULL && self->key != NULL
         && jn_grant_is_valid (self->grant, g_get_real_time ());
}

/* Ends @task: kept, or why not. */
static void
keep (JnJournal *self, JnCommand *command, GTask *task)
{
  Keeping keeping = { self, command };
  gint64 number = is_numbered (self, command);
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *answer;

  if (!jn_store_keep (self->store, jn_command_get_key (command), jn_grant_get_login (self->grant),
                      &number, seal_record, &keeping, &error))
    {
      g_warning ("Nothing can be kept on this terminal: %s", error->message);
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "journal", NULL, NULL));
      return;
    }
  jn_journal_count_unsent (self);
  shown = number > 0 ? jn_grant_format_number (self->grant, number) : NULL;
  answer = jn_dict_new ("offline", "b", TRUE, "number", "s", shown, NULL);
  g_task_return_pointer (task, g_variant_ref_sink (answer), (GDestroyNotify)g_variant_unref);
}

/* -- commands and queries ------------------------------------------------------------------------------ */

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = g_task_get_source_object (task);
  JnCommand *command = g_task_get_task_data (task);
  GError *error = NULL;
  GVariant *answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)g_variant_unref);
  else if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE)
           && may_keep (self, command))
    {
      g_error_free (error);
      keep (self, command, task);
    }
  else
    g_task_return_error (task, error);
}

/* Takes @task over. */
static void
pass_on (JnJournal *self, GTask *task)
{
  jn_backend_run_async (self->inner, g_task_get_task_data (task), g_task_get_cancellable (task),
                        ran_cb, task);
}

/* What was asked for while older work was on its way: after it, or, if that did not go, kept too. */
void
jn_journal_release_waiting (JnJournal *self)
{
  g_autoptr (GPtrArray) waiting = self->waiting;

  self->waiting = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    {
      g_autoptr (GTask) task = waiting->pdata[i];
      JnCommand *command = g_task_get_task_data (task);

      if (self->unsent > self->shut && may_keep (self, command))
        keep (self, command, task);
      else
        pass_on (self, g_steal_pointer (&task));
    }
}

static void
run_async (JnBackend *backend,
           JnCommand *command,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  JnJournal *self = JN_JOURNAL (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, jn_command_ref (command), (GDestroyNotify)jn_command_unref);
  if (!may_keep (self, command))
    pass_on (self, g_steal_pointer (&task));
  else if (!jn_journal_is_online (self))
    keep (self, command, task);
  else if (!self->delivering && self->unsent == self->shut)
    pass_on (self, g_steal_pointer (&task));
  else
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      jn_journal_deliver (self);
    }
}

static GVariant *
propagate (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
name_of_query (JnQuery *query)
{
  g_autofree char *args = jn_json_from_dict (jn_query_get_args (query));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, args, -1);

  return g_strconcat (jn_query_get_name (query), ":", hash, NULL);
}

static void
remember_answer (JnJournal *self, JnQuery *query, GVariant *answer)
{
  g_autofree char *name = name_of_query (query);
  g_autofree char *text = jn_json_from_dict (answer);
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GError) error = NULL;

  if (self->key == NULL || self->grant == NULL)
    return;
  sealed = jn_data_key_seal (self->key, plain, name);
  if (!jn_store_put (self->store, "answer", name, jn_grant_get_login (self->grant), sealed, &error))
    g_warning ("%s", error->message);
}

/* (transfer full) (nullable) */
static GVariant *
recall_answer (JnJournal *self, JnQuery *query)
{
  g_autofree char *name = name_of_query (query);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) plain = NULL;

  if (self->key == NULL || self->grant == NULL)
    return NULL;
  sealed = jn_store_get (self->store, "answer", name, jn_grant_get_login (self->grant));
  plain = sealed != NULL ? jn_data_key_open (self->key, sealed, name) : NULL;
  if (plain == NULL)
    return NULL;
  return jn_json_to_dict (g_bytes_get_data (plain, NULL), (gssize)g_bytes_get_size (plain), NULL);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = g_task_get_source_object (task);
  JnQuery *query = g_task_get_task_data (task);
  GError *error = NULL;
  GVariant *answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL && jn_query_is_cacheable (query))
    remember_answer (self, query, answer);
  if (answer == NULL && jn_query_is_cacheable (query)
      && g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE))
    {
      answer = recall_answer (self, query);
      if (answer != NULL)
        g_clear_error (&error);
    }
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error (task, error);
}

static void
ask_async (JnBackend *backend,
           JnQuery *query,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  JnJournal *self = JN_JOURNAL (backend);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, jn_query_ref (query), (GDestroyNotify)jn_query_unref);
  jn_backend_ask_async (self->inner, query, cancellable, asked_cb, task);
}

/* -- blobs ---------------------------------------------------------------------------------------------- */

static void
keep_blob (JnJournal *self, GBytes *blob, GTask *task)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, blob);
  g_autoptr (GBytes) sealed = jn_data_key_seal (self->key, blob, hash);
  GError *error = NULL;

  if (jn_store_put (self->store, "blob", hash, jn_grant_get_login (self->grant), sealed, &error))
    g_task_return_pointer (task, g_steal_pointer (&hash), g_free);
  else
    g_task_return_error (task, error);
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *hash = jn_backend_put_blob_finish (JN_BACKEND (source), result, &error);

  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE) && self->key != NULL
           && self->grant != NULL)
    {
      g_error_free (error);
      keep_blob (self, g_task_get_task_data (task), task);
    }
  else
    g_task_return_error (task, error);
}

static void
put_blob_async (JnBackend *backend,
                GBytes *blob,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  JnJournal *self = JN_JOURNAL (backend);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_bytes_ref (blob), (GDestroyNotify)g_bytes_unref);
  jn_backend_put_blob_async (self->inner, blob, cancellable, put_cb, task);
}

static char *
put_blob_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *blob = jn_backend_get_blob_finish (JN_BACKEND (source), result, &error);

  if (blob != NULL)
    g_task_return_pointer (task, blob, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
get_blob_async (JnBackend *backend,
                const char *hash,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  jn_backend_get_blob_async (JN_JOURNAL (backend)->inner, hash, cancellable, got_cb,
                             g_task_new (backend, cancellable, callback, user_data));
}

static GBytes *
get_blob_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- signing in: the grant, and the clerk's own key ------------------------------------------------------ */

typedef struct
{
  char *password;
  GVariant *answer;
  JnWraps *wraps;   /* (nullable): as they lie there */
  JnWraps *renewed; /* (nullable): to be written */
  guint8 *recovery; /* (nullable) */
  JnDataKey *key;
} SignIn;

static void
sign_in_free (SignIn *in)
{
  sodium_memzero (in->password, strlen (in->password));
  g_free (in->password);
  g_clear_pointer (&in->answer, g_variant_unref);
  g_clear_pointer (&in->wraps, jn_wraps_free);
  g_clear_pointer (&in->renewed, jn_wraps_free);
  g_clear_pointer (&in->key, jn_data_key_free);
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

/* The server knows the clerk: a password that was changed since gets a new wrap of the same key. */
static void
open_key_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JnJournal *self = source;
  SignIn *in = data;

  if (in->wraps != NULL)
    in->key = jn_wraps_open_password (in->wraps, in->password);
  if (in->key == NULL)
    {
      if (in->wraps != NULL)
        in->key = jn_vault_open_terminal (self->vault, in->wraps);
      if (in->key == NULL)
        in->key = jn_data_key_new ();
      in->renewed = jn_vault_wrap (self->vault, in->key, in->password, in->recovery);
    }
  g_task_return_boolean (task, TRUE);
}

static void
key_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = JN_JOURNAL (source);
  SignIn *in = g_task_get_task_data (task);
  JnGrant *grant = jn_grant_new (in->answer);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->grant, jn_grant_free);
  g_clear_pointer (&self->key, jn_data_key_free);
  self->grant = grant;
  self->key = g_steal_pointer (&in->key);
  if (in->renewed != NULL
      && !jn_store_set_wraps (self->store, jn_grant_get_login (grant), in->renewed, &error))
    {
      g_warning ("Nothing can be kept on this terminal: %s", error->message);
      g_clear_pointer (&self->key, jn_data_key_free);
    }
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
  g_autoptr (JnGrant) grant = NULL;
  g_autoptr (GTask) opening = NULL;

  in->answer = jn_backend_sign_in_finish (JN_BACKEND (source), result, &error);
  if (in->answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  grant = jn_grant_new (in->answer);
  if (grant == NULL)
    {
      g_clear_pointer (&self->grant, jn_grant_free);
      g_clear_pointer (&self->key, jn_data_key_free);
      g_task_return_pointer (task, g_steal_pointer (&in->answer), (GDestroyNotify)g_variant_unref);
      return;
    }
  in->wraps = jn_store_get_wraps (self->store, jn_grant_get_login (grant));
  in->recovery = read_recovery (in->answer);
  opening = g_task_new (self, NULL, key_opened_cb, g_object_ref (task));
  g_task_set_task_data (opening, in, NULL);
  g_task_run_in_thread (opening, open_key_thread);
}

static void
sign_in_async (JnBackend *backend,
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
  g_clear_pointer (&self->grant, jn_grant_free);
  g_clear_pointer (&self->key, jn_data_key_free);
  g_task_return_boolean (task, TRUE);
}

static void
sign_out_async (JnBackend *backend,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  jn_backend_sign_out_async (JN_JOURNAL (backend)->inner, cancellable, signed_out_cb,
                             g_task_new (backend, cancellable, callback, user_data));
}

static gboolean
sign_out_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- the object ------------------------------------------------------------------------------------------- */

static void
backend_init (JnBackendInterface *iface)
{
  iface->sign_in_async = sign_in_async;
  iface->sign_in_finish = propagate;
  iface->sign_out_async = sign_out_async;
  iface->sign_out_finish = sign_out_finish;
  iface->run_async = run_async;
  iface->run_finish = propagate;
  iface->ask_async = ask_async;
  iface->ask_finish = propagate;
  iface->put_blob_async = put_blob_async;
  iface->put_blob_finish = put_blob_finish;
  iface->get_blob_async = get_blob_async;
  iface->get_blob_finish = get_blob_finish;
}

static void
on_link_notified_cb (JnJournal *self)
{
  g_object_notify (G_OBJECT (self), "link-state");
  jn_journal_deliver (self);
}

static void
on_offline_notified_cb (JnJournal *self)
{
  g_object_notify (G_OBJECT (self), "offline-since");
}

static void
on_inner_changed_cb (JnBackend *inner, const char *kind, const char *id, JnJournal *self)
{
  jn_backend_changed (JN_BACKEND (self), kind, id);
}

static void
on_inner_moved_cb (JnBackend *inner, JnJournal *self)
{
  jn_backend_moved (JN_BACKEND (self));
}

static void
jn_journal_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnJournal *self = JN_JOURNAL (object);

  if (id == PROP_UNSENT)
    g_value_set_uint (value, self->unsent);
  else if (id == PROP_LINK_STATE || id == PROP_OFFLINE_SINCE)
    g_object_get_property (G_OBJECT (self->inner), spec->name, value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jn_journal_dispose (GObject *object)
{
  JnJournal *self = JN_JOURNAL (object);

  g_clear_handle_id (&self->again_id, g_source_remove);
  if (self->inner != NULL)
    g_signal_handlers_disconnect_by_data (self->inner, self);
  g_clear_object (&self->inner);
  G_OBJECT_CLASS (jn_journal_parent_class)->dispose (object);
}

static void
jn_journal_finalize (GObject *object)
{
  JnJournal *self = JN_JOURNAL (object);

  g_clear_pointer (&self->store, jn_store_free);
  g_clear_pointer (&self->vault, jn_vault_free);
  g_clear_pointer (&self->grant, jn_grant_free);
  g_clear_pointer (&self->key, jn_data_key_free);
  g_strfreev (self->numbered);
  g_ptr_array_unref (self->waiting);
  G_OBJECT_CLASS (jn_journal_parent_class)->finalize (object);
}

static void
jn_journal_class_init (JnJournalClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->get_property = jn_journal_get_property;
  object->dispose = jn_journal_dispose;
  object->finalize = jn_journal_finalize;
  g_object_class_override_property (object, PROP_LINK_STATE, "link-state");
  g_object_class_override_property (object, PROP_UNSENT, "unsent");
  g_object_class_override_property (object, PROP_OFFLINE_SINCE, "offline-since");
}

static void
jn_journal_init (JnJournal *self)
{
  self->waiting = g_ptr_array_new ();
}

/* What does not verify is set aside, never thrown away, and said aloud. */
static JnStore *
open_store (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  JnStore *store = jn_store_new (path, &fault);
  g_autofree char *aside = NULL;
  g_autofree char *head = g_strconcat (path, ".head", NULL);
  g_autofree char *head_aside = NULL;

  if (store != NULL || !g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      if (store == NULL)
        g_propagate_error (error, g_steal_pointer (&fault));
      return store;
    }
  aside = g_strdup_printf ("%s.broken-%" G_GINT64_FORMAT, path, g_get_real_time ());
  head_aside = g_strconcat (aside, ".head", NULL);
  g_warning ("%s: set aside as %s", fault->message, aside);
  if (g_rename (path, aside) != 0 || (g_rename (head, head_aside) != 0 && errno != ENOENT))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  return jn_store_new (path, error);
}

JnJournal *
jn_journal_new (JnBackend *inner, const char *folder, const char *const *numbered, GError **error)
{
  g_autoptr (JnJournal) self = g_object_new (JN_TYPE_JOURNAL, NULL);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *key_path = g_build_filename (folder, "journal.key", NULL);

  self->inner = g_object_ref (inner);
  self->numbered = g_strdupv ((char **)numbered);
  self->vault = jn_vault_new (key_path, error);
  if (self->vault == NULL)
    return NULL;
  self->store = open_store (path, error);
  if (self->store == NULL)
    return NULL;
  self->unsent = jn_store_count_waiting (self->store);
  g_signal_connect_swapped (inner, "notify::link-state", G_CALLBACK (on_link_notified_cb), self);
  g_signal_connect_swapped (inner, "notify::offline-since", G_CALLBACK (on_offline_notified_cb),
                            self);
  g_signal_connect (inner, "changed", G_CALLBACK (on_inner_changed_cb), self);
  g_signal_connect (inner, "moved", G_CALLBACK (on_inner_moved_cb), self);
  return g_steal_pointer (&self);
}

GStrv
jn_journal_read_unsent (JnJournal *self,
                        const char *login,
                        const guint8 *recovery_public,
                        const guint8 *recovery_secret)
{
  g_autoptr (JnWraps) wraps = NULL;
  g_autoptr (JnDataKey) key = NULL;

  g_return_val_if_fail (JN_IS_JOURNAL (self), NULL);
  wraps = jn_store_get_wraps (self->store, login);
  if (wraps != NULL)
    key = jn_wraps_open_recovery (wraps, recovery_public, recovery_secret);
  return key != NULL ? jn_store_open_all (self->store, login, key) : NULL;
}
