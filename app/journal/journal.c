/* journal.c: a backend around another that keeps the desk going while the line is down. */
#include "app/journal/journal-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include "app/dict.h"
#include "app/json.h"

enum
{
  PROP_LINK_STATE = 1,
  PROP_UNSENT,
  PROP_OFFLINE_SINCE,
  PROP_REFUSAL,
};

static void backend_init (JnBackendInterface *iface);
G_DEFINE_TYPE_WITH_CODE (JnJournal,
                         jn_journal,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (JN_TYPE_BACKEND, backend_init))

void
jn_journal_set_unsent (JnJournal *self, guint unsent)
{
  if (unsent == self->unsent)
    return;
  self->unsent = unsent;
  g_object_notify (G_OBJECT (self), "unsent");
}

gboolean
jn_journal_has_older (JnJournal *self)
{
  return self->unsent > self->shut || self->blobs > self->shut_blobs;
}

gboolean
jn_journal_is_online (JnJournal *self)
{
  return jn_backend_get_link_state (self->inner) == JN_LINK_ONLINE;
}

/* -- keeping --------------------------------------------------------------------------------------- */

/* A record on its way to the disk. */
typedef struct
{
  GTask *task; /* of the command */
  JnGrant *grant;
  JnDataKey *key;
  gint64 number; /* as jn_store_keep () has it */
  guint unsent;
  GError *error;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_object_unref (keeping->task);
  jn_grant_unref (keeping->grant);
  jn_data_key_unref (keeping->key);
  g_clear_error (&keeping->error);
  g_free (keeping);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

/* Text and signature are one: {"record": TEXT, "mac": HEX}, the arguments of `replay` */
static GBytes *
seal_record (gint64 number, gpointer data)
{
  Keeping *keeping = data;
  JnCommand *command = g_task_get_task_data (keeping->task);
  g_autofree char *shown = NULL;
  g_autofree char *mac = NULL;
  g_autofree char *record = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) args = NULL;
  g_autoptr (GBytes) plain = NULL;

  shown = number > 0 ? jn_grant_format_number (keeping->grant, number) : NULL;
  record = jn_grant_make_record (keeping->grant, command, shown, &mac);
  args = g_variant_ref_sink (jn_dict_new ("record", "s", record, "mac", "s", mac, NULL));
  text = jn_json_from_dict (args);
  plain = g_bytes_new (text, strlen (text));
  return jn_data_key_seal (keeping->key, plain, jn_command_get_key (command));
}

static gboolean
is_numbered (JnJournal *self, JnCommand *command)
{
  return g_strv_contains ((const char *const *)self->numbered, jn_command_get_name (command));
}

/* The server answers, lets us in no more, and nothing is tried. */
static gboolean
is_shown_out (JnJournal *self)
{
  g_autofree char *refusal = jn_backend_get_refusal (self->inner);

  return refusal != NULL && jn_backend_get_link_state (self->inner) == JN_LINK_OFFLINE;
}

static gboolean
may_keep (JnJournal *self, JnCommand *command)
{
  return jn_command_is_deferrable (command) && self->grant != NULL && self->key != NULL
         && jn_grant_is_valid (self->grant) && !is_shown_out (self);
}

static void
write_record (JnStore *store, gpointer data)
{
  Keeping *keeping = data;

  jn_store_keep (store, jn_command_get_key (g_task_get_task_data (keeping->task)),
                 jn_grant_get_login (keeping->grant), &keeping->number, seal_record, keeping,
                 &keeping->error);
  keeping->unsent = jn_store_count_waiting (store);
}

/* Kept, or why not. */
static void
answer_kept (Keeping *keeping)
{
  g_autofree char *shown = NULL;
  GVariant *answer;

  if (keeping->error != NULL)
    {
      g_warning ("Nothing can be kept on this terminal: %s", keeping->error->message);
      g_task_return_error (keeping->task,
                           jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "journal", NULL, NULL));
      return;
    }
  shown = keeping->number > 0 ? jn_grant_format_number (keeping->grant, keeping->number) : NULL;
  answer = jn_dict_new ("offline", "b", TRUE, "number", "s", shown, NULL);
  g_task_return_pointer (keeping->task, g_variant_ref_sink (answer),
                         (GDestroyNotify)g_variant_unref);
}

/* The line may have come back meanwhile: what is kept goes, and what was asked for since. */
static void
go_on (JnJournal *self)
{
  if (self->again_id == 0)
    jn_journal_deliver (self);
  if (!self->delivering)
    jn_journal_release_waiting (self);
}

/* It is on the disk: only now it counts as accepted. */
static void
kept_cb (gpointer data)
{
  g_autoptr (Keeping) keeping = data;
  JnJournal *self = g_task_get_source_object (keeping->task);

  self->keeping--;
  jn_journal_set_unsent (self, keeping->unsent);
  answer_kept (keeping);
  go_on (self);
}

/* Answers @task, a command's, when it is kept. */
static void
keep (JnJournal *self, GTask *task)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->task = g_object_ref (task);
  keeping->grant = jn_grant_ref (self->grant);
  keeping->key = jn_data_key_ref (self->key);
  keeping->number = is_numbered (self, g_task_get_task_data (task));
  self->keeping++;
  jn_writer_ask (self->writer, write_record, kept_cb, keeping);
}

/* -- commands and queries ------------------------------------------------------------------------------ */

/* It was not sent; or nobody knows what became of it, and its own key and nature make a second time harmless. */
static gboolean
is_to_be_kept (JnJournal *self, JnCommand *command, const GError *error)
{
  if (!may_keep (self, command))
    return FALSE;
  return g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE)
         || (jn_command_is_repeatable (command)
             && g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN));
}

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
  else if (is_to_be_kept (self, command, error))
    {
      g_error_free (error);
      keep (self, task);
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
  g_autoptr (GPtrArray) waiting = NULL;

  if (self->keeping > 0)
    return; /* that is older too: kept_cb () comes back */
  waiting = self->waiting;
  self->waiting = g_ptr_array_new ();
  for (guint i = 0; i < waiting->len; i++)
    {
      g_autoptr (GTask) task = waiting->pdata[i];
      JnCommand *command = g_task_get_task_data (task);

      if (jn_journal_has_older (self) && may_keep (self, command))
        keep (self, task);
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
    keep (self, task);
  else if (!self->delivering && self->keeping == 0 && !jn_journal_has_older (self))
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

/* -- blobs ---------------------------------------------------------------------------------------------- */

/* A blob on its way to the disk. */
typedef struct
{
  GTask *task;
  char *login;
  JnDataKey *key;
  char *hash;
  guint blobs; /* kept by then */
  GError *error;
} KeepingBlob;

static void
keeping_blob_free (KeepingBlob *keeping)
{
  g_object_unref (keeping->task);
  g_free (keeping->login);
  jn_data_key_unref (keeping->key);
  g_free (keeping->hash);
  g_clear_error (&keeping->error);
  g_free (keeping);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeepingBlob, keeping_blob_free)

static void
write_blob (JnStore *store, gpointer data)
{
  KeepingBlob *keeping = data;
  GBytes *blob = g_task_get_task_data (keeping->task);
  g_autoptr (GBytes) sealed = NULL;

  keeping->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, blob);
  sealed = jn_data_key_seal (keeping->key, blob, keeping->hash);
  jn_store_put (store, "blob", keeping->hash, keeping->login, sealed, &keeping->error);
  keeping->blobs = jn_store_count_kept (store, "blob");
}

static void
blob_kept_cb (gpointer data)
{
  g_autoptr (KeepingBlob) keeping = data;
  JnJournal *self = g_task_get_source_object (keeping->task);

  self->keeping--;
  self->blobs = keeping->blobs;
  if (keeping->error != NULL)
    g_task_return_error (keeping->task, g_steal_pointer (&keeping->error));
  else
    g_task_return_pointer (keeping->task, g_steal_pointer (&keeping->hash), g_free);
  go_on (self);
}

/* Takes @task. */
static void
keep_blob (JnJournal *self, GTask *task)
{
  KeepingBlob *keeping = g_new0 (KeepingBlob, 1);

  keeping->task = task;
  keeping->login = g_strdup (jn_grant_get_login (self->grant));
  keeping->key = jn_data_key_ref (self->key);
  self->keeping++;
  jn_writer_ask (self->writer, write_blob, blob_kept_cb, keeping);
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
      keep_blob (self, g_steal_pointer (&task));
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

static gboolean
sign_out_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- the object ------------------------------------------------------------------------------------------- */

static void
backend_init (JnBackendInterface *iface)
{
  iface->sign_in_async = jn_journal_sign_in_async;
  iface->sign_in_finish = propagate;
  iface->sign_out_async = jn_journal_sign_out_async;
  iface->sign_out_finish = sign_out_finish;
  iface->run_async = run_async;
  iface->run_finish = propagate;
  iface->ask_async = jn_journal_ask_async;
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
on_refusal_notified_cb (JnJournal *self)
{
  g_object_notify (G_OBJECT (self), "refusal");
}

static void
on_inner_changed_cb (JnBackend *inner, const char *kind, const char *id, JnJournal *self)
{
  jn_backend_changed (JN_BACKEND (self), kind, id);
}

/* Who looks at the server now would see it without what was done here: a ticket that was finished stood at the desk
 * again. */
static void
on_inner_moved_cb (JnBackend *inner, JnJournal *self)
{
  if (self->delivering)
    self->moved = TRUE;
  else
    jn_backend_moved (JN_BACKEND (self));
}

static void
jn_journal_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnJournal *self = JN_JOURNAL (object);

  if (id == PROP_UNSENT)
    g_value_set_uint (value, self->unsent);
  else if (id == PROP_LINK_STATE || id == PROP_OFFLINE_SINCE || id == PROP_REFUSAL)
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

  g_clear_pointer (&self->writer, jn_writer_free);
  g_clear_pointer (&self->vault, jn_vault_free);
  g_clear_pointer (&self->grant, jn_grant_unref);
  g_clear_pointer (&self->key, jn_data_key_unref);
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
  g_object_class_override_property (object, PROP_REFUSAL, "refusal");
}

static void
jn_journal_init (JnJournal *self)
{
  self->waiting = g_ptr_array_new ();
}

/* The file and what stands beside it: another's log would be taken for the new one's. */
static gboolean
set_aside (const char *path, const char *aside)
{
  static const char *const beside[] = { "", ".head", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (path, beside[i], NULL);
      g_autofree char *to = g_strconcat (aside, beside[i], NULL);

      if (g_rename (from, to) != 0 && (i == 0 || errno != ENOENT))
        return FALSE;
    }
  return TRUE;
}

/* What does not verify, or is no journal any more, is set aside, never thrown away, and said aloud. The new one goes on with
 * the series: no second receipt has a number that was given. */
static JnStore *
open_store (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  JnStore *store = jn_store_new (path, &fault);
  g_autofree char *aside = NULL;
  gint64 used;

  if (store != NULL || !g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      if (store == NULL)
        g_propagate_error (error, g_steal_pointer (&fault));
      return store;
    }
  aside = g_strdup_printf ("%s.broken-%" G_GINT64_FORMAT, path, g_get_real_time ());
  used = jn_store_read_used (path);
  g_warning ("%s: set aside as %s", fault->message, aside);
  if (!set_aside (path, aside))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  store = jn_store_new (path, error);
  if (store != NULL && !jn_store_pass_number (store, used, error))
    g_clear_pointer (&store, jn_store_free);
  return store;
}

JnJournal *
jn_journal_new (JnBackend *inner, const char *folder, const char *const *numbered, GError **error)
{
  g_autoptr (JnJournal) self = g_object_new (JN_TYPE_JOURNAL, NULL);
  g_autofree char *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char *key_path = g_build_filename (folder, "journal.key", NULL);
  JnStore *store;

  self->inner = g_object_ref (inner);
  self->numbered = g_strdupv ((char **)numbered);
  self->vault = jn_vault_new (key_path, error);
  if (self->vault == NULL)
    return NULL;
  store = open_store (path, error);
  if (store == NULL)
    return NULL;
  self->unsent = jn_store_count_waiting (store);
  self->blobs = jn_store_count_kept (store, "blob");
  self->writer = jn_writer_new (store);
  g_signal_connect_swapped (inner, "notify::link-state", G_CALLBACK (on_link_notified_cb), self);
  g_signal_connect_swapped (inner, "notify::offline-since", G_CALLBACK (on_offline_notified_cb),
                            self);
  g_signal_connect_swapped (inner, "notify::refusal", G_CALLBACK (on_refusal_notified_cb), self);
  g_signal_connect (inner, "changed", G_CALLBACK (on_inner_changed_cb), self);
  g_signal_connect (inner, "moved", G_CALLBACK (on_inner_moved_cb), self);
  return g_steal_pointer (&self);
}

void
jn_journal_close (JnJournal *self)
{
  g_return_if_fail (JN_IS_JOURNAL (self));
  jn_writer_wait (self->writer);
}

/* What a supervisor reads. */
typedef struct
{
  const char *login;
  const guint8 *public;
  const guint8 *secret;
  GStrv texts;
} Reading;

static void
read_unsent (JnStore *store, gpointer data)
{
  Reading *reading = data;
  g_autoptr (JnWraps) wraps = jn_store_get_wraps (store, reading->login);
  g_autoptr (JnDataKey) key = wraps != NULL
                                  ? jn_wraps_open_recovery (wraps, reading->public, reading->secret)
                                  : NULL;

  reading->texts = key != NULL ? jn_store_open_all (store, reading->login, key) : NULL;
}

GStrv
jn_journal_read_unsent (JnJournal *self,
                        const char *login,
                        const guint8 *recovery_public,
                        const guint8 *recovery_secret)
{
  Reading reading = { login, recovery_public, recovery_secret, NULL };

  g_return_val_if_fail (JN_IS_JOURNAL (self), NULL);
  jn_writer_ask (self->writer, read_unsent, NULL, &reading);
  jn_writer_wait (self->writer);
  return reading.texts;
}
