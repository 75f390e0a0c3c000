/* blobs.c: files of the catalogue by their hash: from this terminal's disk, else from the backend. */
#include "app/blobs.h"

#include <string.h>

struct _JnBlobs
{
  JnBackend *backend;
  char *folder;
};

static gboolean
fits_hash (GBytes *bytes, const char *hash)
{
  g_autofree char *real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  return g_strcmp0 (real, hash) == 0;
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 64
         && strspn (text, "0123456789abcdef") == 64; /* it becomes a file name */
}

/* (transfer full) (nullable) */
static GBytes *
read_kept (const char *path, const char *hash)
{
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  return fits_hash (bytes, hash) ? g_steal_pointer (&bytes) : NULL;
}

static void
keep (const char *path, GBytes *bytes)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path, data, (gssize)size, &error))
    g_warning ("A form could not be kept on this terminal: %s", error->message);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *path = g_task_get_task_data (task);
  g_autofree char *hash = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jn_backend_get_blob_finish (JN_BACKEND (source), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!fits_hash (bytes, hash))
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_OUTDATED, "hash", NULL, NULL));
      return;
    }
  keep (path, bytes);
  g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify)g_bytes_unref);
}

JnBlobs *
jn_blobs_new (JnBackend *backend, const char *folder)
{
  JnBlobs *blobs = g_new0 (JnBlobs, 1);

  blobs->backend = g_object_ref (backend);
  blobs->folder = g_strdup (folder);
  return blobs;
}

void
jn_blobs_free (JnBlobs *blobs)
{
  if (blobs == NULL)
    return;
  g_object_unref (blobs->backend);
  g_free (blobs->folder);
  g_free (blobs);
}

void
jn_blobs_load_async (JnBlobs *blobs,
                     const char *hash,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (blobs->backend, cancellable, callback, user_data);
  g_autoptr (GBytes) kept = NULL;
  g_autofree char *path = NULL;

  if (!is_hash (hash))
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "blob", NULL, NULL));
      return;
    }
  path = g_build_filename (blobs->folder, hash, NULL);
  kept = read_kept (path, hash);
  if (kept != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&kept), (GDestroyNotify)g_bytes_unref);
      return;
    }
  g_task_set_task_data (task, g_steal_pointer (&path), g_free);
  jn_backend_get_blob_async (blobs->backend, hash, cancellable, got_cb, g_steal_pointer (&task));
}

GBytes *
jn_blobs_load_finish (JnBlobs *blobs, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
