/* line.c: one connection to the server on the GLib main loop. */
#include "app/postgres/line.h"

#include <glib-unix.h>

#include "app/backend.h"
#include "app/postgres/fault.h"

#define MAX_VALUES 8
#define HOLD_MS 1000 /* at most, for a server that does not say that it was told to stop */

struct _JnLine
{
  GObject parent_instance;
  JnHosts *hosts;
  guint attempt_ms;
  guint answer_ms;

  PGconn *connection;
  GSource *watch;
  GSource *timer; /* of the attempt, later of the oldest answer */
  GIOCondition condition;

  GTask *opening;
  guint host;
  GList *addresses; /* of that host, still to be tried */
  GError *problem;  /* of the last attempt */

  GQueue asked; /* GTask of a Sent, in order */
  GQueue held;  /* GTask of a Sent: not sent while the server is told to stop what was before */
  GSource *holding;
  PGresult *answer;     /* of the oldest, until its sync comes */
  GHashTable *prepared; /* char * → char *: statements and their names on this connection */
  guint n_names;
};

/* What was sent: a statement is prepared with its first request, and planned no more after that. */
typedef struct
{
  char *sql;
  char *name;      /* while its preparation is not answered; else NULL */
  JnValue *values; /* copied, while it is held */
  guint n_values;
  gboolean binary;
} Sent;

static void
drop_values (Sent *sent)
{
  for (guint i = 0; sent->values != NULL && i < sent->n_values; i++)
    g_free ((char *)sent->values[i].data);
  g_clear_pointer (&sent->values, g_free);
}

static void
sent_free (Sent *sent)
{
  drop_values (sent);
  g_free (sent->sql);
  g_free (sent->name);
  g_free (sent);
}

enum
{
  NOTIFIED,
  LOST,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JnLine, jn_line, G_TYPE_OBJECT)

static void try_host (JnLine *self);
static void try_address (JnLine *self);
static gboolean ready_cb (gint fd, GIOCondition condition, gpointer user_data);

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
attach (GSource **slot, GSource *source, GSourceFunc callback, gpointer user_data)
{
  drop_source (slot);
  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  *slot = source;
}

/* Always a new source: the same descriptor number may belong to another socket after a step. */
static void
watch_for (JnLine *self, GIOCondition condition)
{
  self->condition = condition;
  attach (&self->watch, g_unix_fd_source_new (PQsocket (self->connection), condition),
          G_SOURCE_FUNC (ready_cb), self);
}

static void
set_timer (JnLine *self, guint ms, GSourceFunc callback)
{
  attach (&self->timer, g_timeout_source_new (ms), callback, self);
}

static void
drop_connection (JnLine *self)
{
  drop_source (&self->watch);
  drop_source (&self->timer);
  drop_source (&self->holding);
  g_clear_pointer (&self->answer, PQclear);
  g_clear_pointer (&self->connection, PQfinish);
}

/* ---- opening: each host, each of its addresses ---- */

static void
end_opening (JnLine *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->opening);

  g_clear_list (&self->addresses, g_free);
  if (task == NULL)
    return;
  if (self->problem != NULL)
    g_task_return_error (task, g_steal_pointer (&self->problem));
  else
    g_task_return_boolean (task, TRUE);
}

/* A wrong password is the same everywhere; for all else the next address may be better. */
static void
attempt_failed (JnLine *self, GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  drop_connection (self);
  if (g_error_matches (problem, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED)
      || g_cancellable_is_cancelled (g_task_get_cancellable (self->opening)))
    end_opening (self);
  else
    try_address (self);
}

static gboolean
attempt_timed_out_cb (gpointer user_data)
{
  attempt_failed (user_data,
                  jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "no-connection", NULL, NULL));
  return G_SOURCE_REMOVE;
}

static void
opened (JnLine *self)
{
  drop_source (&self->timer);
  PQsetnonblocking (self->connection, 1);
  PQsetErrorVerbosity (self->connection, PQERRORS_DEFAULT);
  PQenterPipelineMode (self->connection);
  watch_for (self, G_IO_IN);
  g_clear_error (&self->problem);
  end_opening (self);
}

static void
step (JnLine *self)
{
  switch (PQconnectPoll (self->connection))
    {
    case PGRES_POLLING_READING:
      watch_for (self, G_IO_IN);
      break;
    case PGRES_POLLING_WRITING:
      watch_for (self, G_IO_OUT);
      break;
    case PGRES_POLLING_OK:
      opened (self);
      break;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
      attempt_failed (self, jn_fault_from_connection (self->connection));
      break;
    }
}

static void
ignore_notice (void *arg, const char *message)
{
}

static void
try_address (JnLine *self)
{
  g_autoptr (GPtrArray) keywords = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autofree char *address = NULL;

  if (self->addresses == NULL)
    {
      self->host++;
      try_host (self);
      return;
    }
  address = self->addresses->data;
  self->addresses = g_list_delete_link (self->addresses, self->addresses);
  jn_hosts_params (self->hosts, self->host, address, keywords, values);
  self->connection = PQconnectStartParams ((const char *const *)keywords->pdata,
                                           (const char *const *)values->pdata, 0);
  if (PQstatus (self->connection) == CONNECTION_BAD)
    {
      attempt_failed (self, jn_fault_from_connection (self->connection));
      return;
    }
  PQsetErrorVerbosity (self->connection, PQERRORS_SQLSTATE);
  PQsetNoticeProcessor (self->connection, ignore_notice, NULL);
  set_timer (self, self->attempt_ms, attempt_timed_out_cb);
  watch_for (self, G_IO_OUT);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnLine) self = user_data;
  GList *found = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, NULL);

  if (self->opening != NULL)
    {
      for (GList *l = found; l != NULL; l = l->next)
        self->addresses = g_list_append (self->addresses, g_inet_address_to_string (l->data));
      try_address (self);
    }
  g_resolver_free_addresses (found);
}

static void
try_host (JnLine *self)
{
  g_autoptr (GResolver) resolver = NULL;
  const char *name;

  if (self->host >= jn_hosts_count (self->hosts))
    {
      if (self->problem == NULL)
        self->problem
            = jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "no-connection", NULL, NULL);
      end_opening (self);
      return;
    }
  name = jn_hosts_name (self->hosts, self->host);
  if (name == NULL)
    {
      self->addresses = g_list_append (NULL, NULL);
      try_address (self);
      return;
    }
  resolver = g_resolver_get_default (); /* PQconnectStart would look it up and block */
  g_resolver_lookup_by_name_async (resolver, name, g_task_get_cancellable (self->opening),
                                   looked_up_cb, g_object_ref (self));
}

void
jn_line_open_async (JnLine *self,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (JN_IS_LINE (self) && self->opening == NULL && self->connection == NULL);
  self->opening = g_task_new (self, cancellable, callback, user_data);
  self->host = 0;
  try_host (self);
}

gboolean
jn_line_open_finish (JnLine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- serving ---- */

static void
fail_all (GQueue *tasks, JnBackendError kind, const char *code)
{
  GTask *task;

  while ((task = g_queue_pop_head (tasks)) != NULL)
    {
      g_task_return_error (task, jn_backend_error_new (kind, code, NULL, NULL));
      g_object_unref (task);
    }
}

/* What was sent may have been done: only its own key can tell. What was held was not. */
static void
fail_requests (JnLine *self)
{
  fail_all (&self->asked, JN_BACKEND_ERROR_UNKNOWN, "line-lost");
  fail_all (&self->held, JN_BACKEND_ERROR_OFFLINE, "offline");
}

static void
lose (JnLine *self)
{
  g_autoptr (JnLine) kept = g_object_ref (self);

  if (self->connection == NULL)
    return;
  drop_connection (self);
  fail_requests (self);
  g_signal_emit (self, signals[LOST], 0);
}

static gboolean
no_answer_cb (gpointer user_data)
{
  lose (user_data);
  return G_SOURCE_REMOVE;
}

/* The oldest request has answer_ms from now: from when it was sent, or the one before answered. */
static void
time_answers (JnLine *self)
{
  if (g_queue_is_empty (&self->asked))
    drop_source (&self->timer);
  else
    set_timer (self, self->answer_ms, no_answer_cb);
}

static void
flush (JnLine *self)
{
  int left = PQflush (self->connection);
  GIOCondition wanted = left > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN;

  if (left < 0)
    lose (self);
  else if (wanted != self->condition)
    watch_for (self, wanted);
}

static void
answer_oldest (JnLine *self)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->asked);
  g_autoptr (PGresult) answer = g_steal_pointer (&self->answer);
  GError *error = jn_fault_from_result (answer);

  time_answers (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify)PQclear);
}

static gboolean
is_fault (const PGresult *result)
{
  return PQresultStatus (result) == PGRES_FATAL_ERROR;
}

/* The first answer counts: what follows an error only says that it was not tried. But the commit comes after the answer,
 * and where it fails nothing was done. */
static void
take_result (JnLine *self, PGresult *result)
{
  Sent *sent = g_task_get_task_data (g_queue_peek_head (&self->asked));

  if (sent->name != NULL && PQresultStatus (result) == PGRES_COMMAND_OK)
    g_hash_table_insert (self->prepared, g_strdup (sent->sql), g_steal_pointer (&sent->name));
  else if (self->answer == NULL || (is_fault (result) && !is_fault (self->answer)))
    {
      g_clear_pointer (&self->answer, PQclear);
      self->answer = g_steal_pointer (&result);
    }
  g_clear_pointer (&sent->name, g_free);
  PQclear (result);
}

/* PQgetResult gives the answers, NULL behind each, then the sync that ends the request. */
static void
take_results (JnLine *self)
{
  while (self->connection != NULL && !g_queue_is_empty (&self->asked)
         && !PQisBusy (self->connection))
    {
      PGresult *result = PQgetResult (self->connection);

      if (result == NULL)
        continue;
      if (PQresultStatus (result) == PGRES_PIPELINE_SYNC)
        {
          PQclear (result);
          answer_oldest (self);
          continue;
        }
      take_result (self, result);
    }
}

static void
take_notices (JnLine *self)
{
  while (self->connection != NULL)
    {
      g_autoptr (PGnotify) notice = PQnotifies (self->connection);

      if (notice == NULL)
        return;
      g_signal_emit (self, signals[NOTIFIED], 0, notice->relname, notice->extra);
    }
}

static void
take_input (JnLine *self)
{
  if (!PQconsumeInput (self->connection))
    {
      lose (self);
      return;
    }
  take_notices (self);
  take_results (self);
  take_notices (self); /* PQgetResult may have read more */
  if (self->connection != NULL && PQstatus (self->connection) == CONNECTION_BAD)
    lose (self);
}

static gboolean
ready_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  g_autoptr (JnLine) self = g_object_ref (user_data);
  GSource *current = g_main_current_source ();

  if (self->opening != NULL)
    step (self);
  else
    {
      if (condition & ~G_IO_OUT)
        take_input (self);
      if (self->connection != NULL && condition & G_IO_OUT)
        flush (self);
    }
  return current == self->watch ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
prepare (JnLine *self, Sent *sent, guint n_values)
{
  sent->name = g_strdup_printf ("s%u", self->n_names++);
  return PQsendPrepare (self->connection, sent->name, sent->sql, (int)n_values, NULL);
}

static gboolean
send (JnLine *self, Sent *sent, const JnValue *values)
{
  const char *name = g_hash_table_lookup (self->prepared, sent->sql);
  const char *data[MAX_VALUES] = { NULL };
  int lengths[MAX_VALUES] = { 0 };
  int formats[MAX_VALUES] = { 0 };
  int n = (int)sent->n_values;

  for (int i = 0; i < n; i++)
    {
      data[i] = values[i].data;
      lengths[i] = values[i].length;
      formats[i] = values[i].length > 0;
    }
  return (name != NULL || prepare (self, sent, sent->n_values))
         && PQsendQueryPrepared (self->connection, name != NULL ? name : sent->name, n, data,
                                 lengths, formats, sent->binary)
         && PQpipelineSync (self->connection);
}

/* Takes @task. */
static void
ask (JnLine *self, GTask *task, const JnValue *values)
{
  g_queue_push_tail (&self->asked, task);
  if (self->asked.length == 1)
    time_answers (self);
  if (send (self, g_task_get_task_data (task), values))
    flush (self);
  else
    lose (self);
}

/* ---- giving up: the server is told to stop, and nothing else ---- */

static void
hold (JnLine *self, GTask *task, const JnValue *values)
{
  Sent *sent = g_task_get_task_data (task);

  sent->values = g_new0 (JnValue, sent->n_values + 1);
  for (guint i = 0; i < sent->n_values; i++)
    {
      gsize size = values[i].length > 0 ? (gsize)values[i].length : 0;

      sent->values[i].length = values[i].length;
      sent->values[i].data
          = size > 0 ? g_memdup2 (values[i].data, size) : g_strdup (values[i].data);
    }
  g_queue_push_tail (&self->held, task);
}

static void
release_held (JnLine *self)
{
  GTask *task;

  drop_source (&self->holding);
  while (self->connection != NULL && (task = g_queue_pop_head (&self->held)) != NULL)
    {
      Sent *sent = g_task_get_task_data (task);

      g_object_ref (task);
      ask (self, task, sent->values);
      drop_values (sent);
      g_object_unref (task);
    }
}

static gboolean
held_long_enough_cb (gpointer user_data)
{
  g_autoptr (JnLine) self = g_object_ref (user_data);

  release_held (self);
  return G_SOURCE_REMOVE;
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSource) holding = user_data;

  if (JN_LINE (source)->holding == holding)
    release_held (JN_LINE (source));
}

/* PQcancel blocks, so it runs in a thread on a copy of what it needs. */
static void
cancel_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char problem[256] = "";

  g_task_return_boolean (task, PQcancel (data, problem, sizeof problem));
}

/* The server stops whatever runs when it hears of it, so nothing else may: what is asked meanwhile is held, and
 * where something was asked already the answer is only dropped (statement_timeout ends the rest). */
static void
on_request_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  JnLine *self = g_task_get_source_object (task);
  g_autoptr (GTask) thread = NULL;
  PGcancel *handle;

  if (self->connection == NULL || self->holding != NULL || self->asked.length != 1
      || g_queue_peek_head (&self->asked) != task)
    return;
  handle = PQgetCancel (self->connection);
  if (handle == NULL)
    return;
  attach (&self->holding, g_timeout_source_new (HOLD_MS), held_long_enough_cb, self);
  thread = g_task_new (self, NULL, told_cb, g_source_ref (self->holding));
  g_task_set_task_data (thread, handle, (GDestroyNotify)PQfreeCancel);
  g_task_run_in_thread (thread, cancel_in_thread);
}

void
jn_line_request_async (JnLine *self,
                       const char *sql,
                       const JnValue *values,
                       guint n_values,
                       gboolean binary,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Sent *sent = g_new0 (Sent, 1);

  g_assert (n_values <= MAX_VALUES);
  sent->sql = g_strdup (sql);
  sent->n_values = n_values;
  sent->binary = binary;
  g_task_set_task_data (task, sent, (GDestroyNotify)sent_free);
  if (self->connection == NULL || self->opening != NULL)
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "offline", NULL, NULL));
      g_object_unref (task);
      return;
    }
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_request_cancelled_cb), task,
                             0);
  if (self->holding != NULL)
    hold (self, task, values);
  else
    ask (self, task, values);
}

PGresult *
jn_line_request_finish (JnLine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jn_line_close (JnLine *self)
{
  drop_connection (self);
  if (self->opening != NULL)
    {
      g_clear_error (&self->problem);
      self->problem = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      end_opening (self);
    }
  fail_requests (self);
}

int
jn_line_get_server_pid (JnLine *self)
{
  return self->connection != NULL ? PQbackendPID (self->connection) : 0;
}

static void
jn_line_finalize (GObject *object)
{
  JnLine *self = JN_LINE (object);

  drop_connection (self);
  g_clear_list (&self->addresses, g_free);
  g_clear_error (&self->problem);
  g_clear_pointer (&self->hosts, jn_hosts_unref);
  g_clear_pointer (&self->prepared, g_hash_table_unref);
  G_OBJECT_CLASS (jn_line_parent_class)->finalize (object);
}

static void
jn_line_class_init (JnLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_line_finalize;
  signals[NOTIFIED] = g_signal_new ("notified", JN_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LOST]
      = g_signal_new ("lost", JN_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jn_line_init (JnLine *self)
{
  g_queue_init (&self->asked);
  self->prepared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

JnLine *
jn_line_new (JnHosts *hosts, guint attempt_ms, guint answer_ms)
{
  JnLine *self = g_object_new (JN_TYPE_LINE, NULL);

  self->hosts = jn_hosts_ref (hosts);
  self->attempt_ms = attempt_ms;
  self->answer_ms = answer_ms;
  return self;
}
