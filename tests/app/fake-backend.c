/* fake-backend.c: a backend that answers from a table of functions, and fails when told to. */
#include "tests/app/fake-backend.h"

#include "app/dict.h"

typedef struct
{
  JnFakeAnswer answer;
  gpointer data;
  GVariant *fixed;
  guint lose;
  guint calls;
  guint done;
  GVariant *last_args;
  char *last_key;
  gboolean last_deferrable;
  gboolean last_repeatable;
} Function;

struct _JnFakeBackend
{
  GObject parent_instance;
  GHashTable *functions; /* name → Function */
  GHashTable *given;     /* key → answer */
  GHashTable *blobs;     /* hash → GBytes */
  JnLinkState link;
  gint64 offline_since;
  gboolean refuses_blobs;
  char *refusal;
};

enum
{
  PROP_LINK_STATE = 1,
  PROP_UNSENT,
  PROP_OFFLINE_SINCE,
  PROP_REFUSAL,
};

static void backend_init (JnBackendInterface *iface);
G_DEFINE_TYPE_WITH_CODE (JnFakeBackend,
                         jn_fake_backend,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (JN_TYPE_BACKEND, backend_init))

static void
function_free (Function *function)
{
  g_clear_pointer (&function->fixed, g_variant_unref);
  g_clear_pointer (&function->last_args, g_variant_unref);
  g_free (function->last_key);
  g_free (function);
}

static Function *
find (JnFakeBackend *fake, const char *name)
{
  Function *function = g_hash_table_lookup (fake->functions, name);

  if (function == NULL)
    {
      function = g_new0 (Function, 1);
      g_hash_table_insert (fake->functions, g_strdup (name), function);
    }
  return function;
}

/* (transfer full) (nullable) */
static GVariant *
answer (JnFakeBackend *fake, const char *name, GVariant *args, GError **error)
{
  Function *function = find (fake, name);
  GVariant *value;

  function->calls++;
  if (function->fixed != NULL)
    return g_variant_ref (function->fixed);
  if (function->answer == NULL)
    {
      g_propagate_error (
          error, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "no-function", name, NULL));
      return NULL;
    }
  value = function->answer (fake, name, args, function->data, error);
  return value != NULL ? g_variant_ref_sink (value) : NULL;
}

static gboolean
is_cut (JnFakeBackend *fake, GTask *task)
{
  if (fake->link == JN_LINK_ONLINE)
    return FALSE;
  g_task_return_error (task,
                       jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "offline", NULL, NULL));
  return TRUE;
}

static void
return_answer (GTask *task, GVariant *value, GError *error)
{
  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, (GDestroyNotify)g_variant_unref);
}

static GVariant *
propagate (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_link (JnFakeBackend *fake, JnLinkState link)
{
  if (fake->link == link)
    return;
  fake->link = link;
  fake->offline_since = link == JN_LINK_ONLINE ? 0 : g_get_real_time () / G_USEC_PER_SEC;
  g_object_notify (G_OBJECT (fake), "link-state");
  g_object_notify (G_OBJECT (fake), "offline-since");
}

static void
sign_in_async (JnBackend *backend,
               const JnCredentials *credentials,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  JnFakeBackend *fake = JN_FAKE_BACKEND (backend);
  g_autoptr (GVariant) args = g_variant_ref_sink (
      jn_dict_new ("login", "s", credentials->login, "password", "s", credentials->password,
                   "terminal", "s", credentials->terminal, "counter", "i", credentials->counter,
                   "public_key", "s", credentials->public_key, NULL));
  GError *error = NULL;
  GVariant *value = answer (fake, "sign_in", args, &error);

  if (value != NULL)
    set_link (fake, JN_LINK_ONLINE);
  return_answer (task, value, error);
}

static void
sign_out_async (JnBackend *backend,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);

  set_link (JN_FAKE_BACKEND (backend), JN_LINK_OFFLINE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
sign_out_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_async (JnBackend *backend,
           JnCommand *command,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  JnFakeBackend *fake = JN_FAKE_BACKEND (backend);
  Function *function = find (fake, jn_command_get_name (command));
  const char *key = jn_command_get_key (command);
  GVariant *value = g_hash_table_lookup (fake->given, key);
  GError *error = NULL;

  function->last_deferrable = jn_command_is_deferrable (command);
  function->last_repeatable = jn_command_is_repeatable (command);
  if (is_cut (fake, task))
    return;
  g_clear_pointer (&function->last_args, g_variant_unref);
  g_free (function->last_key);
  function->last_args = g_variant_ref (jn_command_get_args (command));
  function->last_key = g_strdup (key);
  if (value != NULL)
    {
      function->calls++;
      g_variant_ref (value);
    }
  else if ((value = answer (fake, jn_command_get_name (command), function->last_args, &error))
           != NULL)
    {
      function->done++;
      g_hash_table_insert (fake->given, g_strdup (key), g_variant_ref (value));
    }
  if (value != NULL && function->lose > 0)
    {
      function->lose--;
      g_clear_pointer (&value, g_variant_unref);
      error = jn_backend_error_new (JN_BACKEND_ERROR_UNKNOWN, "answer-lost", NULL, NULL);
    }
  return_answer (task, value, error);
}

static void
ask_async (JnBackend *backend,
           JnQuery *query,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  JnFakeBackend *fake = JN_FAKE_BACKEND (backend);
  GError *error = NULL;
  GVariant *value;

  if (is_cut (fake, task))
    return;
  value = answer (fake, jn_query_get_name (query), jn_query_get_args (query), &error);
  return_answer (task, value, error);
}

static void
put_blob_async (JnBackend *backend,
                GBytes *blob,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);

  if (is_cut (JN_FAKE_BACKEND (backend), task))
    return;
  if (JN_FAKE_BACKEND (backend)->refuses_blobs)
    g_task_return_error (task,
                         jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "too-large", NULL, NULL));
  else
    g_task_return_pointer (task, jn_fake_backend_keep_blob (JN_FAKE_BACKEND (backend), blob),
                           g_free);
}

static char *
put_blob_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_blob_async (JnBackend *backend,
                const char *hash,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  JnFakeBackend *fake = JN_FAKE_BACKEND (backend);
  GBytes *blob = g_hash_table_lookup (fake->blobs, hash);

  if (is_cut (fake, task))
    return;
  if (blob == NULL)
    g_task_return_error (task,
                         jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "blob", hash, NULL));
  else
    g_task_return_pointer (task, g_bytes_ref (blob), (GDestroyNotify)g_bytes_unref);
}

static GBytes *
get_blob_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

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
jn_fake_backend_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnFakeBackend *fake = JN_FAKE_BACKEND (object);

  if (id == PROP_LINK_STATE)
    g_value_set_enum (value, fake->link);
  else if (id == PROP_UNSENT)
    g_value_set_uint (value, 0);
  else if (id == PROP_OFFLINE_SINCE)
    g_value_set_int64 (value, fake->offline_since);
  else if (id == PROP_REFUSAL)
    g_value_set_string (value, fake->refusal);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jn_fake_backend_finalize (GObject *object)
{
  JnFakeBackend *fake = JN_FAKE_BACKEND (object);

  g_hash_table_unref (fake->functions);
  g_hash_table_unref (fake->given);
  g_hash_table_unref (fake->blobs);
  g_free (fake->refusal);
  G_OBJECT_CLASS (jn_fake_backend_parent_class)->finalize (object);
}

static void
jn_fake_backend_class_init (JnFakeBackendClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->get_property = jn_fake_backend_get_property;
  object->finalize = jn_fake_backend_finalize;
  g_object_class_override_property (object, PROP_LINK_STATE, "link-state");
  g_object_class_override_property (object, PROP_UNSENT, "unsent");
  g_object_class_override_property (object, PROP_OFFLINE_SINCE, "offline-since");
  g_object_class_override_property (object, PROP_REFUSAL, "refusal");
}

static void
jn_fake_backend_init (JnFakeBackend *fake)
{
  fake->functions
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)function_free);
  fake->given
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  fake->blobs
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
}

JnFakeBackend *
jn_fake_backend_new (void)
{
  return g_object_new (JN_TYPE_FAKE_BACKEND, NULL);
}

void
jn_fake_backend_on (JnFakeBackend *fake, const char *name, JnFakeAnswer function, gpointer data)
{
  Function *entry = find (fake, name);

  g_clear_pointer (&entry->fixed, g_variant_unref);
  entry->answer = function;
  entry->data = data;
}

void
jn_fake_backend_always (JnFakeBackend *fake, const char *name, GVariant *value)
{
  Function *entry = find (fake, name);

  g_clear_pointer (&entry->fixed, g_variant_unref);
  entry->fixed = g_variant_ref_sink (value);
}

void
jn_fake_backend_lose_answers (JnFakeBackend *fake, const char *name, guint times)
{
  find (fake, name)->lose = times;
}

void
jn_fake_backend_set_refusal (JnFakeBackend *fake, const char *code)
{
  g_free (fake->refusal);
  fake->refusal = g_strdup (code);
  g_object_notify (G_OBJECT (fake), "refusal");
}

void
jn_fake_backend_cut_line (JnFakeBackend *fake, gboolean cut)
{
  set_link (fake, cut ? JN_LINK_CONNECTING : JN_LINK_ONLINE);
}

char *
jn_fake_backend_keep_blob (JnFakeBackend *fake, GBytes *blob)
{
  char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, blob);

  g_hash_table_insert (fake->blobs, g_strdup (hash), g_bytes_ref (blob));
  return hash;
}

void
jn_fake_backend_refuse_blobs (JnFakeBackend *fake)
{
  fake->refuses_blobs = TRUE;
}

gboolean
jn_fake_backend_has_blob (JnFakeBackend *fake, const char *hash)
{
  return g_hash_table_contains (fake->blobs, hash);
}

guint
jn_fake_backend_count_calls (JnFakeBackend *fake, const char *name)
{
  return find (fake, name)->calls;
}

guint
jn_fake_backend_count_done (JnFakeBackend *fake, const char *name)
{
  return find (fake, name)->done;
}

GVariant *
jn_fake_backend_last_args (JnFakeBackend *fake, const char *name)
{
  return find (fake, name)->last_args;
}

const char *
jn_fake_backend_last_key (JnFakeBackend *fake, const char *name)
{
  return find (fake, name)->last_key;
}

gboolean
jn_fake_backend_last_deferrable (JnFakeBackend *fake, const char *name)
{
  return find (fake, name)->last_deferrable;
}

gboolean
jn_fake_backend_last_repeatable (JnFakeBackend *fake, const char *name)
{
  return find (fake, name)->last_repeatable;
}

/* -- waiting ------------------------------------------------------------------------------------- */

static gboolean
too_late_cb (gpointer user_data)
{
  g_error ("what the test waits for did not come in a minute");
  return G_SOURCE_REMOVE;
}

void
jn_await_until (gboolean (*condition) (gpointer data), gpointer data)
{
  guint id = g_timeout_add_seconds (60, too_late_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static gboolean
is_there (gpointer data)
{
  return *(GAsyncResult **)data != NULL;
}

GAsyncResult *
jn_await (GAsyncResult **result)
{
  jn_await_until (is_there, result);
  return *result;
}

void
jn_awaited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

/* A last reference that another thread drops wakes no loop. */
static gboolean
look_again_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
jn_await_finalized (gpointer object)
{
  gpointer weak = object;
  guint id = g_timeout_add (5, look_again_cb, NULL);

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  jn_await_until (is_gone, &weak);
  g_source_remove (id);
}
