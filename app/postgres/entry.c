/* entry.c: connect, hello, session, LISTEN: each step starts the next. */
#include "app/postgres/entry.h"

#include "app/backend.h"
#include "app/clock.h"
#include "app/dict.h"
#include "app/json.h"
#include "app/uuid.h"

#define PROTOCOL 1

typedef struct
{
  char *terminal;
  int counter;
  char *public_key;
  gint64 asked_at;
  JnEntry *entry;
} Steps;

static void
steps_free (Steps *steps)
{
  g_free (steps->terminal);
  g_free (steps->public_key);
  g_clear_pointer (&steps->entry, jn_entry_free);
  g_free (steps);
}

void
jn_entry_free (JnEntry *entry)
{
  g_clear_pointer (&entry->answer, g_variant_unref);
  g_free (entry->session);
  g_free (entry->snapshot);
  g_free (entry);
}

GVariant *
jn_entry_read (const PGresult *answer, GError **error)
{
  g_autoptr (GVariant) dict = NULL;

  if (PQntuples (answer) == 1 && !PQgetisnull (answer, 0, 0))
    dict = jn_json_to_dict (PQgetvalue (answer, 0, 0), PQgetlength (answer, 0, 0), NULL);
  if (dict == NULL)
    g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "answer", NULL, NULL));
  return g_steal_pointer (&dict);
}

/* The answer of the step before; on failure the task has ended and NULL is returned. */
static GVariant *
finish_step (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  g_autoptr (PGresult) answer
             = jn_line_request_finish (g_task_get_source_object (task), result, &error);
  GVariant *dict = answer != NULL ? jn_entry_read (answer, &error) : NULL;

  if (dict == NULL)
    g_task_return_error (task, error);
  return dict;
}

static void
ask (GTask *task, const char *sql, GVariant *args, GAsyncReadyCallback next)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (args);
  g_autofree char *json = jn_json_from_dict (dict);
  g_autofree char *key = jn_uuid_new ();
  JnValue values[] = { { json, 0 }, { key, 0 } };

  jn_line_request_async (g_task_get_source_object (task), sql, values,
                         strstr (sql, "$2") != NULL ? 2 : 1, FALSE, g_task_get_cancellable (task),
                         next, g_object_ref (task));
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Steps *steps = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = finish_step (task, result);

  if (answer == NULL)
    return;
  steps->entry->snapshot = g_strdup (jn_dict_string (answer, "snapshot"));
  g_task_return_pointer (task, g_steal_pointer (&steps->entry), (GDestroyNotify)jn_entry_free);
}

static void
listening_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    ask (task, "select api.changes ($1::jsonb)", jn_dict_new (NULL, NULL), snapshot_cb);
}

/* The branch's code is digits by the schema's own check, so it can stand in the channel's name. */
static void
listen_to (GTask *task, const char *branch)
{
  g_autofree char *sql = g_strdup_printf ("listen \"jn_%.8s\"", branch);

  jn_line_request_async (g_task_get_source_object (task), sql, NULL, 0, FALSE,
                         g_task_get_cancellable (task), listening_cb, g_object_ref (task));
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Steps *steps = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = finish_step (task, result);
  g_autoptr (GVariant) branch = NULL;
  const char *code;

  if (answer == NULL)
    return;
  branch = jn_dict_dict (answer, "branch");
  code = jn_dict_string (branch, "code");
  if (code == NULL || code[strspn (code, "0123456789")] != '\0')
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "answer", NULL, NULL));
      return;
    }
  g_clear_pointer (&steps->entry->answer, g_variant_unref);
  steps->entry->answer = g_variant_ref (answer);
  steps->entry->session = g_strdup (jn_dict_string (answer, "session"));
  listen_to (task, code);
}

/* The server's clock is read in the middle between question and answer. */
static void
measure_clock (Steps *steps, GVariant *hello)
{
  gint64 now = jn_clock_steady ();
  gint64 server = jn_time_parse (jn_dict_string (hello, "time"));

  if (server != 0)
    steps->entry->clock_lead = server - (steps->asked_at + (now - steps->asked_at) / 2);
}

static void
hello_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Steps *steps = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = finish_step (task, result);

  if (answer == NULL)
    return;
  measure_clock (steps, answer);
  steps->entry->answer = g_variant_ref (answer);
  if (steps->terminal == NULL)
    g_task_return_pointer (task, g_steal_pointer (&steps->entry), (GDestroyNotify)jn_entry_free);
  else
    ask (task, "select api.session_open ($2::uuid, $1::jsonb)",
         jn_dict_new ("terminal", "s", steps->terminal, "counter", "i", steps->counter,
                      "public_key", "s", steps->public_key, NULL),
         session_cb);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Steps *steps = g_task_get_task_data (task);
  GError *error = NULL;

  if (!jn_line_open_finish (JN_LINE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  steps->asked_at = jn_clock_steady ();
  ask (task, "select api.hello ($1::jsonb)", jn_dict_new ("protocol", "i", PROTOCOL, NULL),
       hello_cb);
}

void
jn_entry_enter_async (JnLine *line,
                      const JnPlace *place,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (line, cancellable, callback, user_data);
  Steps *steps = g_new0 (Steps, 1);

  steps->terminal = g_strdup (place->terminal);
  steps->counter = place->counter;
  steps->public_key = g_strdup (place->public_key);
  steps->entry = g_new0 (JnEntry, 1);
  g_task_set_task_data (task, steps, (GDestroyNotify)steps_free);
  jn_line_open_async (line, cancellable, opened_cb, g_object_ref (task));
}

JnEntry *
jn_entry_enter_finish (JnLine *line, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
