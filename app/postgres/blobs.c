/* blobs.c: bytes to and from the server in chunks, on a line of their own. */
#include "app/postgres/blobs.h"

#include "app/backend.h"

#define CHUNK (256 * 1024)

typedef struct
{
  char *hash;
  GBytes *blob;
  GByteArray *received;
  guint n; /* the next chunk */
} Transfer;

static void
transfer_free (Transfer *transfer)
{
  g_free (transfer->hash);
  g_clear_pointer (&transfer->blob, g_bytes_unref);
  g_clear_pointer (&transfer->received, g_byte_array_unref);
  g_free (transfer);
}

/* (transfer full) (nullable): on failure the task has ended */
static PGresult *
finish_step (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  PGresult *answer = jn_line_request_finish (g_task_get_source_object (task), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  return answer;
}

static void send_chunk (GTask *task);

/* The server says whether it has the whole: of a chunk, and before the first, for it may have come already. */
static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autoptr (PGresult) answer = finish_step (task, result);

  if (answer == NULL)
    return;
  if (g_str_equal (PQgetvalue (answer, 0, 0), "t"))
    g_task_return_pointer (task, g_strdup (transfer->hash), g_free);
  else
    send_chunk (task);
}

/* The last chunk may be empty: a blob of a whole number of chunks ends with one. */
static void
send_chunk (GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);
  gsize size;
  const char *data = g_bytes_get_data (transfer->blob, &size);
  gsize at = (gsize)transfer->n * CHUNK;
  int length = (int)MIN (CHUNK, size - at);
  g_autofree char *n = g_strdup_printf ("%u", transfer->n++);
  JnValue values[] = {
    { transfer->hash, 0 },
    { n, 0 },
    { length < CHUNK ? "true" : "false", 0 },
    { "", 0 },
  };

  if (length > 0)
    values[3] = (JnValue){ data + at, length };
  jn_line_request_async (g_task_get_source_object (task),
                         "select api.blob_put ($1, $2::int, $3::boolean, $4::bytea)", values, 4,
                         FALSE, g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

/* -- the hash, of what may be long: in a thread -- */

static void
hash_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (step, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, data), g_free);
}

static void
hash_async (GBytes *blob, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) step = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (step, g_bytes_ref (blob), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (step, hash_thread);
}

/* (transfer full) */
static char *
hash_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  JnValue value;

  transfer->hash = hash_finish (result);
  value = (JnValue){ transfer->hash, 0 };
  jn_line_request_async (g_task_get_source_object (task), "select api.blob_known ($1)", &value, 1,
                         FALSE, g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

void
jn_blob_put_async (JnLine *line,
                   GBytes *blob,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (line, cancellable, callback, user_data);
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->blob = g_bytes_ref (blob);
  g_task_set_task_data (task, transfer, (GDestroyNotify)transfer_free);
  hash_async (blob, hashed_cb, g_object_ref (task));
}

char *
jn_blob_put_finish (JnLine *line, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void fetch_chunk (GTask *task);

static void
fetched_hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autofree char *hash = hash_finish (result);

  if (g_str_equal (hash, transfer->hash))
    g_task_return_pointer (task, g_steal_pointer (&transfer->blob), (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task,
                         jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "hash-wrong", NULL, NULL));
}

static void
end_fetch (GTask *task, Transfer *transfer)
{
  if (transfer->n == 0)
    {
      g_task_return_error (
          task, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "no-blob", NULL, NULL));
      return;
    }
  transfer->blob = g_byte_array_free_to_bytes (g_steal_pointer (&transfer->received));
  hash_async (transfer->blob, fetched_hashed_cb, g_object_ref (task));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autoptr (PGresult) answer = finish_step (task, result);

  if (answer == NULL)
    return;
  if (PQntuples (answer) == 0 || PQgetisnull (answer, 0, 0))
    {
      end_fetch (task, transfer);
      return;
    }
  g_byte_array_append (transfer->received, (const guint8 *)PQgetvalue (answer, 0, 0),
                       (guint)PQgetlength (answer, 0, 0));
  transfer->n++;
  fetch_chunk (task);
}

static void
fetch_chunk (GTask *task)
{
  Transfer *transfer = g_task_get_task_data (task);
  g_autofree char *n = g_strdup_printf ("%u", transfer->n);
  JnValue values[] = { { transfer->hash, 0 }, { n, 0 } };

  jn_line_request_async (g_task_get_source_object (task), "select api.blob_get ($1, $2::int)",
                         values, 2, TRUE, g_task_get_cancellable (task), fetched_cb,
                         g_object_ref (task));
}

void
jn_blob_get_async (JnLine *line,
                   const char *hash,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (line, cancellable, callback, user_data);
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->hash = g_strdup (hash);
  transfer->received = g_byte_array_new ();
  g_task_set_task_data (task, transfer, (GDestroyNotify)transfer_free);
  fetch_chunk (task);
}

GBytes *
jn_blob_get_finish (JnLine *line, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
