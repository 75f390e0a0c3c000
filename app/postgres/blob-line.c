/* blob-line.c: the second connection of a terminal: opened, joined to the session, then blobs. */
#include "app/postgres/blob-line.h"

#include "app/backend.h"
#include "app/postgres/blobs.h"
#include "app/postgres/line.h"

struct _JnBlobLine
{
  GObject parent_instance;
  JnHosts *hosts;
  char *session;
  guint attempt_ms;
  guint answer_ms;
  JnLine *line;   /* NULL while there is none */
  GQueue waiting; /* of GTask: while it is being opened and joined to the session */
  gboolean opening;
};

G_DEFINE_FINAL_TYPE (JnBlobLine, jn_blob_line, G_TYPE_OBJECT)

typedef struct _Transfer Transfer;

struct _Transfer
{
  void (*begin) (JnLine *line, GTask *task);
  GBytes *blob; /* to be put, or NULL */
  char *hash;   /* to be got, or NULL */
};

static void
transfer_free (Transfer *transfer)
{
  g_clear_pointer (&transfer->blob, g_bytes_unref);
  g_free (transfer->hash);
  g_free (transfer);
}

static void
drop_line (JnBlobLine *self)
{
  g_autoptr (JnLine) dropped = g_steal_pointer (&self->line);

  if (dropped == NULL)
    return;
  g_signal_handlers_disconnect_by_data (dropped, self);
  jn_line_close (dropped);
}

static void
on_line_lost_cb (JnLine *line, JnBlobLine *self)
{
  drop_line (self);
}

/* Not sent, whether the line was lost or closed: bytes go by their hash, so sending them again is harmless. */
static gboolean
is_line_gone (GTask *task, const GError *error)
{
  return g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN)
         || (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
             && !g_cancellable_is_cancelled (g_task_get_cancellable (task)));
}

static void
fail (GTask *task, GError *error)
{
  if (is_line_gone (task, error))
    {
      g_error_free (error);
      error = jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "offline", NULL, NULL);
    }
  g_task_return_error (task, error);
}

/* ---- the line ---- */

static void
begin (JnLine *line, GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);

  transfer->begin (line, task);
}

/* Takes @error; none: @line serves from now on. */
static void
end_opening (JnBlobLine *self, JnLine *line, GError *error)
{
  g_autoptr (GError) problem = error;
  GTask *task;

  self->opening = FALSE;
  if (problem != NULL && line == self->line)
    drop_line (self);
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      if (problem != NULL)
        fail (task, g_error_copy (problem));
      else
        begin (line, task);
      g_object_unref (task);
    }
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnBlobLine) self = user_data;
  GError *error = NULL;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, &error);

  end_opening (self, JN_LINE (source), error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnBlobLine) self = user_data;
  GError *error = NULL;
  JnValue value = { self->session, 0 };

  if (!jn_line_open_finish (JN_LINE (source), result, &error) || self->session == NULL)
    end_opening (self, JN_LINE (source), error);
  else
    jn_line_request_async (JN_LINE (source), "select api.session_join ($1::uuid)", &value, 1, FALSE,
                           NULL, joined_cb, g_steal_pointer (&self));
}

/* Takes @task. Transfers share the one line: a session has one for blobs, and who joins it puts the former out. */
static void
start (JnBlobLine *self, GTask *task)
{
  if (self->line != NULL && !self->opening)
    {
      begin (self->line, task);
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->waiting, task);
  if (self->opening)
    return;
  self->opening = TRUE;
  self->line = jn_line_new (self->hosts, self->attempt_ms, self->answer_ms);
  g_signal_connect (self->line, "lost", G_CALLBACK (on_line_lost_cb), self);
  jn_line_open_async (self->line, NULL, opened_cb, g_object_ref (self));
}

/* ---- transfers ---- */

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *hash = jn_blob_put_finish (JN_LINE (source), result, &error);

  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else
    fail (task, error);
}

static void
put (JnLine *line, GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);

  jn_blob_put_async (line, transfer->blob, g_task_get_cancellable (task), put_cb,
                     g_object_ref (task));
}

void
jn_blob_line_put_async (JnBlobLine *self,
                        GBytes *blob,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->begin = put;
  transfer->blob = g_bytes_ref (blob);
  g_task_set_task_data (task, transfer, (GDestroyNotify)transfer_free);
  start (self, task);
}

char *
jn_blob_line_put_finish (JnBlobLine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *blob = jn_blob_get_finish (JN_LINE (source), result, &error);

  if (blob != NULL)
    g_task_return_pointer (task, blob, (GDestroyNotify)g_bytes_unref);
  else
    fail (task, error);
}

static void
get (JnLine *line, GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);

  jn_blob_get_async (line, transfer->hash, g_task_get_cancellable (task), got_cb,
                     g_object_ref (task));
}

void
jn_blob_line_get_async (JnBlobLine *self,
                        const char *hash,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->begin = get;
  transfer->hash = g_strdup (hash);
  g_task_set_task_data (task, transfer, (GDestroyNotify)transfer_free);
  start (self, task);
}

GBytes *
jn_blob_line_get_finish (JnBlobLine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the object ---- */

static void
jn_blob_line_dispose (GObject *object)
{
  drop_line (JN_BLOB_LINE (object));
  G_OBJECT_CLASS (jn_blob_line_parent_class)->dispose (object);
}

static void
jn_blob_line_finalize (GObject *object)
{
  JnBlobLine *self = JN_BLOB_LINE (object);

  jn_hosts_unref (self->hosts);
  g_free (self->session);
  G_OBJECT_CLASS (jn_blob_line_parent_class)->finalize (object);
}

static void
jn_blob_line_class_init (JnBlobLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_blob_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_blob_line_finalize;
}

static void
jn_blob_line_init (JnBlobLine *self)
{
  g_queue_init (&self->waiting);
}

JnBlobLine *
jn_blob_line_new (JnHosts *hosts, const char *session, guint attempt_ms, guint answer_ms)
{
  JnBlobLine *self = g_object_new (JN_TYPE_BLOB_LINE, NULL);

  self->hosts = jn_hosts_ref (hosts);
  self->session = g_strdup (session);
  self->attempt_ms = attempt_ms;
  self->answer_ms = answer_ms;
  return self;
}

void
jn_blob_line_close (JnBlobLine *self)
{
  drop_line (self);
}
