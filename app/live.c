/* live.c: a query that is asked again whenever the backend says that something changed. */
#include "app/live.h"

struct _JnLive
{
  GObject parent_instance;
  JnSession *session;
  char *query;
  const char *const *kinds;
  guint rest_ms;
  JnLiveTake take;
  gpointer owner;
  GVariant *args;
  GVariant *answer;
  guint rest_id;
  gboolean asking;
  gboolean again; /* something changed while it was asked, or rested */
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnLive, jn_live, G_TYPE_OBJECT)

static void
jn_live_dispose (GObject *object)
{
  JnLive *self = JN_LIVE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (jn_session_get_backend (self->session), self);
  g_clear_object (&self->session);
  self->owner = NULL;
  G_OBJECT_CLASS (jn_live_parent_class)->dispose (object);
}

static void
jn_live_finalize (GObject *object)
{
  JnLive *self = JN_LIVE (object);

  g_object_unref (self->cancellable);
  g_free (self->query);
  g_clear_pointer (&self->args, g_variant_unref);
  g_clear_pointer (&self->answer, g_variant_unref);
  G_OBJECT_CLASS (jn_live_parent_class)->finalize (object);
}

static void
jn_live_class_init (JnLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_live_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_live_finalize;
}

static void
jn_live_init (JnLive *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
take_answer (JnLive *self, GVariant *answer)
{
  g_autoptr (GVariant) former = g_steal_pointer (&self->answer); /* borrowed until it is replaced */

  self->answer = g_variant_ref (answer);
  g_variant_get_data (self->answer);
  self->take (self->answer, self->owner);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnLive *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);

  self->asking = FALSE;
  if (self->owner == NULL)
    {
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      return;
    }
  if (self->again)
    {
      self->again = FALSE;
      jn_live_look (self);
    }
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_answer (self, answer);
  g_task_return_boolean (task, TRUE);
}

void
jn_live_refresh_async (JnLive *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JnQuery) query = jn_query_new (self->query, self->args);

  g_return_if_fail (JN_IS_LIVE (self));
  self->asking = TRUE;
  jn_backend_ask_async (jn_session_get_backend (self->session), query,
                        cancellable != NULL ? cancellable : self->cancellable, asked_cb, task);
}

gboolean
jn_live_refresh_finish (JnLive *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jn_live_refresh_finish (JN_LIVE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
jn_live_refresh_for (JnLive *self, GTask *task)
{
  jn_live_refresh_async (self, g_task_get_cancellable (task), refreshed_cb, task);
}

/* -- told, never polled ----------------------------------------------------------------------------- */

static gboolean
rested_cb (gpointer user_data)
{
  JnLive *self = user_data;

  self->rest_id = 0;
  if (self->again)
    {
      self->again = FALSE;
      jn_live_look (self);
    }
  return G_SOURCE_REMOVE;
}

void
jn_live_look (JnLive *self)
{
  g_return_if_fail (JN_IS_LIVE (self));
  if (self->asking || self->rest_id != 0)
    {
      self->again = TRUE;
      return;
    }
  self->rest_id = g_timeout_add (self->rest_ms, rested_cb, self);
  jn_live_refresh_async (self, NULL, NULL, NULL);
}

static void
on_backend_changed_cb (JnBackend *backend, const char *kind, const char *id, JnLive *self)
{
  if (jn_session_get_state (self->session) != JN_SESSION_CLOSED
      && g_strv_contains (self->kinds, kind))
    jn_live_look (self);
}

static void
on_backend_moved_cb (JnBackend *backend, JnLive *self)
{
  if (jn_session_get_state (self->session) != JN_SESSION_CLOSED)
    jn_live_look (self);
}

JnLive *
jn_live_new (JnSession *session,
             const char *query,
             const char *const *kinds,
             guint rest_ms,
             JnLiveTake take,
             gpointer owner)
{
  JnLive *self = g_object_new (JN_TYPE_LIVE, NULL);
  JnBackend *backend = jn_session_get_backend (session);

  self->session = g_object_ref (session);
  self->query = g_strdup (query);
  self->kinds = kinds;
  self->rest_ms = rest_ms;
  self->take = take;
  self->owner = owner;
  g_signal_connect (backend, "changed", G_CALLBACK (on_backend_changed_cb), self);
  g_signal_connect (backend, "moved", G_CALLBACK (on_backend_moved_cb), self);
  return self;
}

void
jn_live_close (JnLive *self)
{
  g_return_if_fail (JN_IS_LIVE (self));
  g_object_run_dispose (G_OBJECT (self));
}

void
jn_live_set_args (JnLive *self, GVariant *args)
{
  g_return_if_fail (JN_IS_LIVE (self));
  g_clear_pointer (&self->args, g_variant_unref);
  self->args = args != NULL ? g_variant_ref_sink (args) : NULL;
}
