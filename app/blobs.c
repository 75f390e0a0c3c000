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

/* One file on its way: from the disk, or to it. */
typedef struct
{
  char *path;
  char *hash;
  GBytes *bytes; /* (nullable): while it is not here */
} Load;

static void
load_free (Load *load)
{
  g_free (load->path);
  g_free (load->hash);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

/* What touches the disk, and the hash of what may be long, in a thread; @task's data is its own until @done. */
static void
run_in_thread (GTask *task, GTaskThreadFunc work, GAsyncReadyCallback done)
{
  g_autoptr (GTask) step = g_task_new (NULL, NULL, done, g_object_ref (task));

  g_task_set_task_data (step, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (step, work);
}

static void
keep_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;
  gboolean fits = fits_hash (load->bytes, load->hash);

  if (fits)
    keep (load->path, load->bytes);
  g_task_return_boolean (step, fits);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    g_task_return_pointer (task, g_steal_pointer (&load->bytes), (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task,
                         jn_backend_error_new (JN_BACKEND_ERROR_OUTDATED, "hash", NULL, NULL));
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->bytes = jn_backend_get_blob_finish (JN_BACKEND (source), result, &error);
  if (load->bytes != NULL)
    run_in_thread (task, keep_thread, kept_cb);
  else
    g_task_return_error (task, error);
}

static void
read_thread (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Load *load = data;

  load->bytes = read_kept (load->path, load->hash);
  g_task_return_boolean (step, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);

  if (load->bytes != NULL)
    g_task_return_pointer (task, g_steal_pointer (&load->bytes), (GDestroyNotify)g_bytes_unref);
  else
    jn_backend_get_blob_async (g_task_get_source_object (task), load->hash,
                               g_task_get_cancellable (task), got_cb, g_object_ref (task));
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
  Load *load;

  if (!is_hash (hash))
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "blob", NULL, NULL));
      return;
    }
  load = g_new0 (Load, 1);
  load->path = g_build_filename (blobs->folder, hash, NULL);
  load->hash = g_strdup (hash);
  g_task_set_task_data (task, load, (GDestroyNotify)load_free);
  run_in_thread (task, read_thread, read_cb);
}

GBytes *
jn_blobs_load_finish (JnBlobs *blobs, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
