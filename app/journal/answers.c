/* answers.c: what was asked of the server on line is kept, and answers the same question when the line is down. */
#include <string.h>

#include "app/journal/journal-private.h"
#include "app/json.h"

static char *
name_of_query (JnQuery *query)
{
  g_autofree char *args = jn_json_from_dict (jn_query_get_args (query));
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, args, -1);

  return g_strconcat (jn_query_get_name (query), ":", hash, NULL);
}

/* An answer on its way to the disk, or back. */
typedef struct
{
  GTask *task; /* (nullable): whose query is to be answered from the disk */
  char *name;
  char *login;
  JnDataKey *key;
  GVariant *answer; /* (nullable) */
  GError *error;    /* (nullable): of the line: where there is no answer */
} Memory;

static void
memory_free (Memory *memory)
{
  g_clear_object (&memory->task);
  g_free (memory->name);
  g_free (memory->login);
  jn_data_key_unref (memory->key);
  g_clear_pointer (&memory->answer, g_variant_unref);
  g_clear_error (&memory->error);
  g_free (memory);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Memory, memory_free)

static Memory *
memory_new (JnJournal *self, JnQuery *query)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->name = name_of_query (query);
  memory->login = g_strdup (jn_grant_get_login (self->grant));
  memory->key = jn_data_key_ref (self->key);
  return memory;
}

static void
write_answer (JnStore *store, gpointer data)
{
  Memory *memory = data;
  g_autofree char *text = jn_json_from_dict (memory->answer);
  g_autoptr (GBytes) plain = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) sealed = jn_data_key_seal (memory->key, plain, memory->name);
  g_autoptr (GError) error = NULL;

  if (!jn_store_put (store, "answer", memory->name, memory->login, sealed, &error))
    g_warning ("%s", error->message);
}

static void
remembered_cb (gpointer data)
{
  memory_free (data);
}

/* Nobody waits for it. */
static void
remember_answer (JnJournal *self, JnQuery *query, GVariant *answer)
{
  Memory *memory = memory_new (self, query);

  memory->answer = g_variant_ref (answer);
  jn_writer_ask (self->writer, write_answer, remembered_cb, memory);
}

static void
read_answer (JnStore *store, gpointer data)
{
  Memory *memory = data;
  g_autoptr (GBytes) sealed = jn_store_get (store, "answer", memory->name, memory->login);
  g_autoptr (GBytes) plain
             = sealed != NULL ? jn_data_key_open (memory->key, sealed, memory->name) : NULL;

  if (plain != NULL)
    memory->answer
        = jn_json_to_dict (g_bytes_get_data (plain, NULL), (gssize)g_bytes_get_size (plain), NULL);
}

static void
recalled_cb (gpointer data)
{
  g_autoptr (Memory) memory = data;

  if (memory->answer != NULL)
    g_task_return_pointer (memory->task, g_steal_pointer (&memory->answer),
                           (GDestroyNotify)g_variant_unref);
  else
    g_task_return_error (memory->task, g_steal_pointer (&memory->error));
}

/* Answers @task with what was read before, or else with @error; takes both. */
static void
recall_answer (JnJournal *self, GTask *task, GError *error)
{
  Memory *memory = memory_new (self, g_task_get_task_data (task));

  memory->task = task;
  memory->error = error;
  jn_writer_ask (self->writer, read_answer, recalled_cb, memory);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnJournal *self = g_task_get_source_object (task);
  JnQuery *query = g_task_get_task_data (task);
  GError *error = NULL;
  GVariant *answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);
  gboolean keeps = jn_query_is_cacheable (query) && self->key != NULL && self->grant != NULL;

  if (answer != NULL && keeps)
    remember_answer (self, query, answer);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)g_variant_unref);
  else if (keeps && g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE))
    recall_answer (self, g_steal_pointer (&task), error);
  else
    g_task_return_error (task, error);
}

void
jn_journal_ask_async (JnBackend *backend,
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
