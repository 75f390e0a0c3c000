/* postgres.c: the backend over libpq: one line for requests and notices, another for blobs. */
#include "app/postgres/postgres.h"

#include "app/clock.h"
#include "app/dict.h"
#include "app/json.h"
#include "app/postgres/entry.h"
#include "app/postgres/line.h"
#include "app/postgres/blob-line.h"
#include "app/uuid.h"

struct _JnPostgres
{
  GObject parent_instance;
  char *dsn;
  JnPostgresTiming timing;

  JnHosts *hosts; /* with login and password; NULL when nobody is signed in */
  char *terminal;
  int counter;
  char *public_key;

  JnLine *line;      /* NULL while there is none */
  JnBlobLine *blobs; /* for blobs */
  JnLinkState state;
  gint64 offline_since;
  GError *refusal;   /* (nullable): why the server does not let us in again */
  gint64 clock_lead; /* the server's: app/clock.h */
  char *session;
  char *snapshot;
  GCancellable *leaving; /* cancelled at sign-out */
  guint retry;           /* sources */
  guint poll;
  guint backoff;
  GQueue unanswered; /* Request: sent on a line that was lost */
};

enum
{
  PROP_LINK_STATE = 1,
  PROP_UNSENT,
  PROP_OFFLINE_SINCE,
  PROP_REFUSAL
};

static void jn_postgres_backend_init (JnBackendInterface *iface);
static void reconnect (JnPostgres *self);
static void poll_changes (JnPostgres *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (JnPostgres,
                               jn_postgres,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JN_TYPE_BACKEND, jn_postgres_backend_init))

/* ---- requests ---- */

typedef struct
{
  GTask *task; /* answers a GVariant */
  char *sql;
  char *key;         /* NULL: a query */
  char *args;        /* JSON, the same at a second try */
  const char *tells; /* kind of the notice to send afterwards, or NULL */
  gboolean again;    /* this is the second try */
  guint deadline;    /* source, while it waits for another line */
} Request;

static void
request_free (Request *request)
{
  g_clear_handle_id (&request->deadline, g_source_remove);
  g_clear_object (&request->task);
  g_free (request->sql);
  g_free (request->key);
  g_free (request->args);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* What others of the branch see of a command; what is not here is nobody else's matter. */
static const char *
notice_kind (const char *command)
{
  static const char *const kinds[][2] = {
    { "ticket_", "ticket" },
    { "counter_", "counter" },
    { "session_", "counter" },
    { "help_", "help" },
    { "emergency_", "emergency" },
    { "service_", "suspension" },
    { "appointment_", "appointment" },
    { "slots_", "appointment" },
    { "cap_", "ticket" },
    { "day_", "ticket" },
    { "visit_submit", "application" },
    { "print_", "print" },
    { "receipt_", "receipt" },
    { "catalogue_", "catalogue" },
    { "tray_", "tray" },
    { "terminal_", "terminal" },
    { "steward_verdict", "application" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (command, kinds[i][0]))
      return kinds[i][1];
  return NULL;
}

static void
request_fail (Request *request, JnBackendError kind, const char *code)
{
  g_task_return_error (request->task, jn_backend_error_new (kind, code, NULL, NULL));
}

static gboolean
deadline_cb (gpointer user_data)
{
  Request *request = user_data;
  JnPostgres *self = g_task_get_source_object (request->task);

  request->deadline = 0;
  g_queue_remove (&self->unanswered, request);
  request_fail (request, JN_BACKEND_ERROR_UNKNOWN, "line-lost");
  request_free (request);
  return G_SOURCE_REMOVE;
}

/* What is delivered later is told as what it is. */
static const char *
notice_kind_of (JnCommand *command)
{
  const char *record = jn_dict_string (jn_command_get_args (command), "record");
  g_autoptr (GVariant) dict = NULL;

  if (!g_str_equal (jn_command_get_name (command), "replay") || record == NULL)
    return notice_kind (jn_command_get_name (command));
  dict = jn_json_to_dict (record, -1, NULL);
  record = dict != NULL ? jn_dict_string (dict, "command") : NULL;
  return record != NULL ? notice_kind (record) : NULL;
}

/* The id that a notice names: of the answer's own object, or the one in the arguments. */
static char *
notice_id (Request *request, GVariant *answer)
{
  g_autoptr (GVariant) args = jn_json_to_dict (request->args, -1, NULL);
  g_autoptr (GVariant) ticket = jn_dict_dict (answer, "ticket");
  const char *ids[] = { jn_dict_string (answer, "id"),        jn_dict_string (ticket, "id"),
                        jn_dict_string (args, "ticket"),      jn_dict_string (args, "visit"),
                        jn_dict_string (args, "application"), jn_dict_string (args, "receipt") };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (ids[i] != NULL)
      return g_strdup (ids[i]);
  return g_strdup ("");
}

static void
notice_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, &error);

  if (error != NULL) /* the others find it by api.changes */
    g_debug ("a notice was not sent: %s", error->message);
}

/* After the commit, alone: inside it would hold up every other commit (DESIGN section 3, Live). */
static void
send_notice (JnPostgres *self, Request *request, GVariant *answer)
{
  g_autofree char *id = NULL;
  JnValue values[2];

  if (request->tells == NULL || self->line == NULL)
    return;
  id = notice_id (request, answer);
  values[0] = (JnValue){ request->tells, 0 };
  values[1] = (JnValue){ id, 0 };
  jn_line_request_async (self->line, "select api.notify ($1, $2)", values, 2, FALSE, NULL,
                         notice_sent_cb, NULL);
}

/* Sent, and the line went: once more under its own key when there is a line again. */
static void
keep_unanswered (JnPostgres *self, Request *request)
{
  request->again = TRUE;
  request->deadline = g_timeout_add (self->timing.deadline, deadline_cb, request);
  g_queue_push_tail (&self->unanswered, request);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  JnPostgres *self = g_task_get_source_object (request->task);
  GError *error = NULL;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, &error);
  g_autoptr (GVariant) dict = answer != NULL ? jn_entry_read (answer, &error) : NULL;

  if (dict != NULL)
    {
      send_notice (self, request, dict);
      g_task_return_pointer (request->task, g_steal_pointer (&dict),
                             (GDestroyNotify)g_variant_unref);
      return;
    }
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN) && !request->again
      && self->hosts != NULL)
    {
      g_error_free (error);
      keep_unanswered (self, g_steal_pointer (&request));
      return;
    }
  g_task_return_error (request->task, error);
}

static void
send_request (JnPostgres *self, Request *request)
{
  JnValue values[] = { { request->args, 0 }, { request->key, 0 } };
  GCancellable *cancellable = request->key == NULL ? g_task_get_cancellable (request->task) : NULL;

  jn_line_request_async (self->line, request->sql, values, request->key != NULL ? 2 : 1, FALSE,
                         cancellable, answered_cb, request);
}

/* Who was shown the door for good does not work on without a line: what he did would be refused later. */
static void
send_or_fail (JnPostgres *self, Request *request)
{
  if (self->line != NULL && self->state == JN_LINK_ONLINE)
    {
      send_request (self, request);
      return;
    }
  if (self->refusal != NULL && self->state == JN_LINK_OFFLINE)
    g_task_return_error (request->task, g_error_copy (self->refusal));
  else
    request_fail (request, JN_BACKEND_ERROR_OFFLINE, "offline");
  request_free (request);
}

/* ---- state of the line ---- */

static void
set_state (JnPostgres *self, JnLinkState state)
{
  if (self->state == state)
    return;
  self->state = state;
  self->offline_since = state == JN_LINK_ONLINE
                            ? 0
                            : (self->offline_since != 0 ? self->offline_since
                                                        : g_get_real_time () / G_USEC_PER_SEC);
  g_object_notify (G_OBJECT (self), "link-state");
  g_object_notify (G_OBJECT (self), "offline-since");
}

/* Takes @refusal. */
static void
set_refusal (JnPostgres *self, GError *refusal)
{
  if (refusal == NULL && self->refusal == NULL)
    return;
  g_clear_error (&self->refusal);
  self->refusal = refusal;
  g_object_notify (G_OBJECT (self), "refusal");
}

static void
drop_lines (JnPostgres *self)
{
  g_autoptr (JnLine) dropped = g_steal_pointer (&self->line);
  g_autoptr (JnBlobLine) blobs = g_steal_pointer (&self->blobs);

  if (blobs != NULL)
    jn_blob_line_close (blobs);
  if (dropped == NULL)
    return;
  g_signal_handlers_disconnect_by_data (dropped, self);
  jn_line_close (dropped);
}

static gboolean
retry_cb (gpointer user_data)
{
  JnPostgres *self = user_data;

  self->retry = 0;
  reconnect (self);
  return G_SOURCE_REMOVE;
}

/* Doubled each time, and never all clerks at once. */
static void
reconnect_later (JnPostgres *self)
{
  guint half = MAX (self->backoff / 2, 1);

  if (self->retry == 0)
    self->retry = g_timeout_add (half + (guint)g_random_int_range (0, (int)half), retry_cb, self);
  self->backoff = MIN (self->backoff * 2, self->timing.backoff_most);
}

static void
on_line_lost_cb (JnLine *line, JnPostgres *self)
{
  drop_lines (self);
  g_clear_handle_id (&self->poll, g_source_remove);
  set_state (self, JN_LINK_CONNECTING);
  reconnect_later (self);
}

/* channel jn_<branch>, payload kind:id */
static void
on_line_notified_cb (JnLine *line, const char *channel, const char *payload, JnPostgres *self)
{
  g_auto (GStrv) parts = g_strsplit (payload, ":", 2);

  if (g_strv_length (parts) == 2)
    jn_backend_changed (JN_BACKEND (self), parts[0], parts[1]);
}

static void
tell_changes (JnPostgres *self, GVariant *answer)
{
  g_autoptr (GVariant) rows = jn_dict_list (answer, "rows");

  g_free (self->snapshot);
  self->snapshot = g_strdup (jn_dict_string (answer, "snapshot"));
  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);
      const char *id = jn_dict_string (row, "id");

      jn_backend_changed (JN_BACKEND (self), jn_dict_string (row, "kind"), id != NULL ? id : "");
    }
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPostgres) self = user_data;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, NULL);
  g_autoptr (GVariant) dict = answer != NULL ? jn_entry_read (answer, NULL) : NULL;

  if (dict != NULL && JN_LINE (source) == self->line)
    tell_changes (self, dict);
}

static void
poll_changes (JnPostgres *self)
{
  g_autoptr (GVariant) args = g_variant_ref_sink (jn_dict_new ("since", "s", self->snapshot, NULL));
  g_autofree char *json = jn_json_from_dict (args);
  JnValue value = { json, 0 };

  jn_line_request_async (self->line, "select api.changes ($1::jsonb)", &value, 1, FALSE, NULL,
                         polled_cb, g_object_ref (self));
}

static gboolean
poll_cb (gpointer user_data)
{
  JnPostgres *self = user_data;

  if (self->line != NULL)
    poll_changes (self);
  return G_SOURCE_CONTINUE;
}

/* What an entry gave: from now on this line serves. */
static void
take_entry (JnPostgres *self, JnEntry *entry)
{
  self->clock_lead = entry->clock_lead;
  self->backoff = self->timing.backoff;
  g_free (self->session);
  self->session = g_steal_pointer (&entry->session);
  g_free (self->snapshot);
  self->snapshot = g_steal_pointer (&entry->snapshot);
  g_signal_connect (self->line, "lost", G_CALLBACK (on_line_lost_cb), self);
  g_signal_connect (self->line, "notified", G_CALLBACK (on_line_notified_cb), self);
  self->blobs
      = jn_blob_line_new (self->hosts, self->session, self->timing.attempt, self->timing.answer);
  if (self->session != NULL)
    self->poll = g_timeout_add (self->timing.poll, poll_cb, self);
  set_refusal (self, NULL);
  set_state (self, JN_LINK_ONLINE);
}

static void
enter (JnPostgres *self, GAsyncReadyCallback callback, gpointer user_data)
{
  JnPlace place = { self->terminal, self->counter, self->public_key };

  self->line = jn_line_new (self->hosts, self->timing.attempt, self->timing.answer);
  jn_entry_enter_async (self->line, &place, self->leaving, callback, user_data);
}

/* In the order in which they were sent first. */
static void
send_unanswered (JnPostgres *self)
{
  Request *request;

  while ((request = g_queue_pop_head (&self->unanswered)) != NULL)
    {
      g_clear_handle_id (&request->deadline, g_source_remove);
      send_or_fail (self, request);
    }
}

static void
fail_unanswered (JnPostgres *self)
{
  Request *request;

  while ((request = g_queue_pop_head (&self->unanswered)) != NULL)
    {
      request_fail (request, JN_BACKEND_ERROR_UNKNOWN, "line-lost");
      request_free (request);
    }
}

static void
reconnected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPostgres) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnEntry) entry = jn_entry_enter_finish (JN_LINE (source), result, &error);

  if (JN_LINE (source) != self->line)
    return; /* signed out meanwhile */
  if (entry != NULL)
    {
      take_entry (self, entry);
      send_unanswered (self);
      jn_backend_moved (JN_BACKEND (self));
      return;
    }
  drop_lines (self);
  set_refusal (self, jn_backend_error_is_refusal (error) ? g_error_copy (error) : NULL);
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED)
      || g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OUTDATED))
    {
      fail_unanswered (self);
      set_state (self, JN_LINK_OFFLINE);
    }
  else
    reconnect_later (self);
}

static void
reconnect (JnPostgres *self)
{
  enter (self, reconnected_cb, g_object_ref (self));
}

/* ---- signing in and out ---- */

static void
forget (JnPostgres *self)
{
  g_cancellable_cancel (self->leaving);
  g_clear_object (&self->leaving);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_pointer (&self->hosts, jn_hosts_unref);
  drop_lines (self);
  fail_unanswered (self);
  set_refusal (self, NULL);
  g_clear_pointer (&self->terminal, g_free);
  g_clear_pointer (&self->public_key, g_free);
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->snapshot, g_free);
}

static void
entered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnPostgres *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JnEntry) entry = jn_entry_enter_finish (JN_LINE (source), result, &error);

  if (entry != NULL && JN_LINE (source) == self->line)
    {
      take_entry (self, entry);
      g_task_return_pointer (task, g_steal_pointer (&entry->answer),
                             (GDestroyNotify)g_variant_unref);
      return;
    }
  if (JN_LINE (source) == self->line)
    {
      forget (self);
      set_state (self, JN_LINK_OFFLINE);
    }
  if (error == NULL)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "signed out");
  g_task_return_error (task, error);
}

static void
jn_postgres_sign_in_async (JnBackend *backend,
                           const JnCredentials *credentials,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  JnPostgres *self = JN_POSTGRES (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  forget (self);
  self->hosts = jn_hosts_new (self->dsn, credentials->login, credentials->password, &error);
  if (self->hosts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->leaving = g_cancellable_new ();
  self->terminal = g_strdup (credentials->terminal);
  self->counter = credentials->counter;
  self->public_key = g_strdup (credentials->public_key);
  self->backoff = self->timing.backoff;
  set_state (self, JN_LINK_CONNECTING);
  enter (self, entered_cb, g_steal_pointer (&task));
}

static GVariant *
finish_dict (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnPostgres *self = g_task_get_source_object (task);
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, NULL);

  if (JN_LINE (source) == self->line || self->line == NULL)
    {
      forget (self);
      set_state (self, JN_LINK_OFFLINE);
    }
  g_task_return_boolean (task, TRUE);
}

/* The session is closed where there is a line; without one the server finds the connection gone. */
static void
jn_postgres_sign_out_async (JnBackend *backend,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  JnPostgres *self = JN_POSTGRES (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *key = jn_uuid_new ();
  JnValue value = { key, 0 };

  g_task_set_check_cancellable (task, FALSE);
  if (self->state == JN_LINK_ONLINE && self->session != NULL)
    {
      jn_line_request_async (self->line, "select api.session_close ($1::uuid, '{}')", &value, 1,
                             FALSE, NULL, closed_cb, g_steal_pointer (&task));
      return;
    }
  forget (self);
  set_state (self, JN_LINK_OFFLINE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
jn_postgres_sign_out_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- commands and queries ---- */

/* The arguments with the time at which it happened, by the server's clock. */
static char *
args_at (GVariant *args, gint64 at_us)
{
  g_autoptr (GVariantDict) dict = g_variant_dict_new (args);
  g_autofree char *at = jn_time_format (at_us);
  g_autoptr (GVariant) whole = NULL;

  g_variant_dict_insert (dict, "at", "s", at);
  whole = g_variant_ref_sink (g_variant_dict_end (dict));
  return jn_json_from_dict (whole);
}

static void
jn_postgres_run_async (JnBackend *backend,
                       JnCommand *command,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  JnPostgres *self = JN_POSTGRES (backend);
  Request *request = g_new0 (Request, 1);

  request->task = g_task_new (self, cancellable, callback, user_data);
  request->sql
      = g_strdup_printf ("select api.\"%s\" ($2::uuid, $1::jsonb)", jn_command_get_name (command));
  request->key = g_strdup (jn_command_get_key (command));
  request->args = args_at (jn_command_get_args (command), jn_command_get_happened_at (command)
                                                              + jn_clock_offset (self->clock_lead));
  request->tells = notice_kind_of (command);
  send_or_fail (self, request);
}

static void
jn_postgres_ask_async (JnBackend *backend,
                       JnQuery *query,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->task = g_task_new (backend, cancellable, callback, user_data);
  request->sql = g_strdup_printf ("select api.\"%s\" ($1::jsonb)", jn_query_get_name (query));
  request->args = jn_json_from_dict (jn_query_get_args (query));
  send_or_fail (JN_POSTGRES (backend), request);
}

/* ---- blobs ---- */

static void
blob_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *hash = jn_blob_line_put_finish (JN_BLOB_LINE (source), result, &error);

  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else
    g_task_return_error (task, error);
}

static void
blob_got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *blob = jn_blob_line_get_finish (JN_BLOB_LINE (source), result, &error);

  if (blob != NULL)
    g_task_return_pointer (task, blob, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* Whether blobs can go; else the task has ended. */
static gboolean
have_blob_line (JnPostgres *self, GTask *task)
{
  if (self->blobs != NULL && self->state == JN_LINK_ONLINE)
    return TRUE;
  g_task_return_error (task,
                       jn_backend_error_new (JN_BACKEND_ERROR_OFFLINE, "offline", NULL, NULL));
  return FALSE;
}

static void
jn_postgres_put_blob_async (JnBackend *backend,
                            GBytes *blob,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  JnPostgres *self = JN_POSTGRES (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (have_blob_line (self, task))
    jn_blob_line_put_async (self->blobs, blob, cancellable, blob_put_cb, g_steal_pointer (&task));
}

static char *
jn_postgres_put_blob_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
jn_postgres_get_blob_async (JnBackend *backend,
                            const char *hash,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  JnPostgres *self = JN_POSTGRES (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (have_blob_line (self, task))
    jn_blob_line_get_async (self->blobs, hash, cancellable, blob_got_cb, g_steal_pointer (&task));
}

static GBytes *
jn_postgres_get_blob_finish (JnBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the object ---- */

static void
jn_postgres_backend_init (JnBackendInterface *iface)
{
  iface->sign_in_async = jn_postgres_sign_in_async;
  iface->sign_in_finish = finish_dict;
  iface->sign_out_async = jn_postgres_sign_out_async;
  iface->sign_out_finish = jn_postgres_sign_out_finish;
  iface->run_async = jn_postgres_run_async;
  iface->run_finish = finish_dict;
  iface->ask_async = jn_postgres_ask_async;
  iface->ask_finish = finish_dict;
  iface->put_blob_async = jn_postgres_put_blob_async;
  iface->put_blob_finish = jn_postgres_put_blob_finish;
  iface->get_blob_async = jn_postgres_get_blob_async;
  iface->get_blob_finish = jn_postgres_get_blob_finish;
}

static void
jn_postgres_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnPostgres *self = JN_POSTGRES (object);

  switch (id)
    {
    case PROP_LINK_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_UNSENT:
      g_value_set_uint (value, 0); /* nothing is kept here: that is the journal's work */
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, self->offline_since);
      break;
    case PROP_REFUSAL:
      g_value_set_string (value, self->refusal != NULL ? self->refusal->message : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
jn_postgres_dispose (GObject *object)
{
  forget (JN_POSTGRES (object));
  G_OBJECT_CLASS (jn_postgres_parent_class)->dispose (object);
}

static void
jn_postgres_finalize (GObject *object)
{
  g_free (JN_POSTGRES (object)->dsn);
  G_OBJECT_CLASS (jn_postgres_parent_class)->finalize (object);
}

static void
jn_postgres_class_init (JnPostgresClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = jn_postgres_get_property;
  object_class->dispose = jn_postgres_dispose;
  object_class->finalize = jn_postgres_finalize;
  g_object_class_override_property (object_class, PROP_LINK_STATE, "link-state");
  g_object_class_override_property (object_class, PROP_UNSENT, "unsent");
  g_object_class_override_property (object_class, PROP_OFFLINE_SINCE, "offline-since");
  g_object_class_override_property (object_class, PROP_REFUSAL, "refusal");
}

static void
jn_postgres_init (JnPostgres *self)
{
  self->state = JN_LINK_OFFLINE;
  self->timing = (JnPostgresTiming){ 3000, 12000, 20000, 200, 10000, 5000 };
  g_queue_init (&self->unanswered);
}

JnPostgres *
jn_postgres_new (const char *dsn)
{
  JnPostgres *self = g_object_new (JN_TYPE_POSTGRES, NULL);

  self->dsn = g_strdup (dsn != NULL ? dsn : g_getenv ("JANELA_DSN"));
  return self;
}

void
jn_postgres_get_timing (JnPostgres *self, JnPostgresTiming *timing)
{
  *timing = self->timing;
}

void
jn_postgres_set_timing (JnPostgres *self, const JnPostgresTiming *timing)
{
  self->timing = *timing;
}

int
jn_postgres_get_server_pid (JnPostgres *self)
{
  return self->line != NULL ? jn_line_get_server_pid (self->line) : 0;
}
