/* server.c: a test's own database with two small branches, and calls that wait. */
#include "tests/app/server.h"

#include "app/dict.h"
#include "app/json.h"

const char *
server_dsn (void)
{
  const char *dsn = g_getenv ("JANELA_TEST_DSN");

  g_assert_nonnull (dsn);
  return dsn;
}

static void
execute (PGconn *connection, const char *sql)
{
  g_autoptr (PGresult) result = PQexec (connection, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (connection));
}

static void
ignore_notice (void *arg, const char *message)
{
}

PGconn *
server_owner (void)
{
  static PGconn *owner;
  g_autofree char *path = NULL;
  g_autofree char *sql = NULL;

  if (owner != NULL)
    return owner;
  owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  if (PQstatus (owner) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (owner));
  PQsetNoticeProcessor (owner, ignore_notice, NULL);
  path = g_build_filename (g_getenv ("JANELA_TOP"), "tests", "app", "fixture.sql", NULL);
  g_assert_true (g_file_get_contents (path, &sql, NULL, NULL));
  execute (owner, sql);
  return owner;
}

char *
server_login (const char *name)
{
  return g_strdup_printf ("%s.%s", name, PQdb (server_owner ()));
}

void
server_read (const char *path)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &sql, NULL, &error);
  g_assert_no_error (error);
  g_free (sql_value (server_owner (), "%s", sql));
}

static gboolean
too_long_cb (gpointer user_data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

void
server_wait (gboolean *done)
{
  guint timeout = g_timeout_add_seconds (60, too_long_cb, NULL);

  while (!*done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static GVariant *
finish (ServerCall *call, GError **error)
{
  server_wait (&call->done);
  if (call->error != NULL)
    g_propagate_error (error, call->error);
  return call->answer;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ServerCall *call = user_data;

  call->answer = jn_backend_sign_in_finish (JN_BACKEND (source), result, &call->error);
  call->done = TRUE;
}

GVariant *
server_sign_in_as (JnBackend *backend, const JnCredentials *credentials, GError **error)
{
  ServerCall call = { 0 };

  jn_backend_sign_in_async (backend, credentials, NULL, signed_in_cb, &call);
  return finish (&call, error);
}

GVariant *
server_sign_in (
    JnBackend *backend, const char *name, const char *terminal, int counter, GError **error)
{
  g_autofree char *login = server_login (name);
  g_autofree char *key = g_strdup_printf ("%064x", (guint)counter);
  JnCredentials credentials = {
    .login = login,
    .password = "test-word",
    .terminal = terminal,
    .counter = counter,
    .public_key = key,
  };

  return server_sign_in_as (backend, &credentials, error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ServerCall *call = user_data;

  jn_backend_sign_out_finish (JN_BACKEND (source), result, &call->error);
  call->done = TRUE;
}

void
server_sign_out (JnBackend *backend)
{
  ServerCall call = { 0 };

  jn_backend_sign_out_async (backend, NULL, signed_out_cb, &call);
  finish (&call, NULL);
}

void
server_ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ServerCall *call = user_data;

  call->answer = jn_backend_run_finish (JN_BACKEND (source), result, &call->error);
  call->done = TRUE;
}

GVariant *
server_run_command (JnBackend *backend, JnCommand *command, GError **error)
{
  ServerCall call = { 0 };

  jn_backend_run_async (backend, command, NULL, server_ran_cb, &call);
  return finish (&call, error);
}

GVariant *
server_run (JnBackend *backend, const char *name, GVariant *dict, GError **error)
{
  g_autoptr (JnCommand) command = jn_command_new (name, dict);

  return server_run_command (backend, command, error);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ServerCall *call = user_data;

  call->answer = jn_backend_ask_finish (JN_BACKEND (source), result, &call->error);
  call->done = TRUE;
}

GVariant *
server_ask (JnBackend *backend, const char *name, GVariant *dict, GError **error)
{
  g_autoptr (JnQuery) query = jn_query_new (name, dict);
  ServerCall call = { 0 };

  jn_backend_ask_async (backend, query, NULL, asked_cb, &call);
  return finish (&call, error);
}

char *
server_issue (JnBackend *backend)
{
  const char *services[] = { "dsaj-birth-reg", "dsi-bir-first", "fss-birth-allowance", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) ticket = server_run (backend, "ticket_issue",
                                            jn_dict_new ("services", "^as", services, "priority",
                                                         "s", "none", "language", "s", "pt", NULL),
                                            &error);

  g_assert_no_error (error);
  return g_strdup (jn_dict_string (ticket, "id"));
}

char *
server_begin_visit (JnBackend *backend)
{
  g_autofree char *issued = server_issue (backend);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) called = server_run (backend, "ticket_call_next", NULL, &error);
  g_autoptr (GVariant) ticket = jn_dict_dict (called, "ticket");
  g_autoptr (GVariant) arrived = NULL;

  g_assert_no_error (error);
  arrived = server_run (backend, "ticket_arrive",
                        jn_dict_new ("ticket", "s", jn_dict_string (ticket, "id"), NULL), &error);
  g_assert_no_error (error);
  return g_strdup (jn_dict_string (arrived, "visit"));
}

GVariant *
server_submission (const char *visit)
{
  g_autofree char *json = sql_value (server_owner (), "select test.submission ('%s')", visit);

  return jn_json_to_dict (json, -1, NULL);
}
