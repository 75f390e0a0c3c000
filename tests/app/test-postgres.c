/* test-postgres.c: the backend over libpq against a real server ($JANELA_TEST_DSN): connecting, commands,
 * faults, lines that break, notices, blobs. */
#include "app/postgres/postgres.h"

#include <signal.h>

#include "app/dict.h"
#include "app/postgres/line.h"
#include "app/uuid.h"
#include "tests/app/server.h"

/* Short times, so that a broken line is noticed within a test. */
static JnBackend *
make_backend (void)
{
  JnPostgres *postgres = jn_postgres_new (server_dsn ());
  JnPostgresTiming timing = { .attempt = 2000,
                              .answer = 3000,
                              .deadline = 5000,
                              .backoff = 20,
                              .backoff_most = 200,
                              .poll = 200 };

  jn_postgres_set_timing (postgres, &timing);
  return JN_BACKEND (postgres);
}

static JnBackend *
make_signed_in (const char *name, const char *terminal, int counter)
{
  JnBackend *backend = make_backend ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = server_sign_in (backend, name, terminal, counter, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
  return backend;
}

static void
leave (JnBackend *backend)
{
  server_sign_out (backend);
  g_assert_finalize_object (backend);
}

static gboolean
until_online_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE; /* keeps the loop turning while a state is awaited */
}

static void
wait_for_state (JnBackend *backend, JnLinkState state)
{
  guint tick = g_timeout_add (10, until_online_cb, NULL);
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (jn_backend_get_link_state (backend) != state)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static void
finish_tickets (void)
{
  g_free (sql_value (
      server_owner (),
      "update desk.ticket set state = 'done', outcome = 'served' where state <> 'done'"));
}

static void
test_sign_in (void)
{
  g_autoptr (JnBackend) backend = make_backend ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) branch = NULL;
  g_autoptr (GVariant) counter = NULL;
  g_autoptr (GVariant) terminal = NULL;

  g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_OFFLINE);
  answer = server_sign_in (backend, "ana", "T11", 11, &error);
  g_assert_no_error (error);
  g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_ONLINE);
  branch = jn_dict_dict (answer, "branch");
  counter = jn_dict_dict (answer, "counter");
  terminal = jn_dict_dict (answer, "terminal");
  g_assert_cmpstr (jn_dict_string (branch, "code"), ==, "91");
  g_assert_cmpint (jn_dict_int (counter, "number", 0), ==, 11);
  g_assert_cmpstr (jn_dict_string (terminal, "kid"), ==, "91-11-1");
  server_sign_out (backend);
  g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_OFFLINE);
}

static void
test_wrong_password (void)
{
  g_autofree char *login = server_login ("ana");
  const char *logins[] = { login, "nobody" };

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autoptr (JnBackend) backend = make_backend ();
      JnCredentials wrong = { .login = logins[i], .password = "wrong", .terminal = "T11" };
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer = server_sign_in_as (backend, &wrong, &error);

      g_assert_null (answer);
      g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED);
      g_assert_cmpstr (jn_backend_error_get_code (error), ==, "password");
      g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_OFFLINE);
    }
}

static void
test_no_server (void)
{
  g_autoptr (JnPostgres) postgres
             = jn_postgres_new ("host=/nonexistent,127.0.0.1 port=1,1 sslmode=disable");
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = server_sign_in (JN_BACKEND (postgres), "ana", "T11", 11, &error);

  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_assert_null (answer);
}

/* The first host swallows everything: PQconnectPoll would wait for ever. */
static void
test_second_host (void)
{
  g_autofree char *directory = sql_value (server_owner (), "show unix_socket_directories");
  g_autofree char *dsn
      = g_strdup_printf ("host=10.255.255.1,%s port=5432,5432 dbname=%s sslmode=disable", directory,
                         PQdb (server_owner ()));
  g_autoptr (JnPostgres) postgres = jn_postgres_new (dsn);
  JnPostgresTiming timing;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  jn_postgres_get_timing (postgres, &timing);
  timing.attempt = 200;
  jn_postgres_set_timing (postgres, &timing);
  answer = server_sign_in (JN_BACKEND (postgres), "ana", "T11", 11, &error);
  g_assert_no_error (error);
  server_sign_out (JN_BACKEND (postgres));
}

static void
test_counter_taken (void)
{
  g_autoptr (JnBackend) first = make_signed_in ("ana", "T12", 12);
  g_autoptr (JnBackend) second = make_backend ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = server_sign_in (second, "rui", "T13", 12, &error);

  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "counter-taken");
  g_assert_null (answer);
  server_sign_out (first);
  g_clear_error (&error);
  answer = server_sign_in (second, "rui", "T13", 12, &error);
  g_assert_no_error (error);
  server_sign_out (second);
}

/* His old connection hangs: the same clerk at the same terminal comes back at once. */
static void
test_counter_taken_back (void)
{
  g_autofree char *login = server_login ("ana");
  g_autofree char *dsn = g_strdup_printf ("%s user=%s password=test-word", server_dsn (), login);
  g_autoptr (PGconn) hung = PQconnectdb (dsn);
  g_autoptr (PGresult) opened = PQexec (
      hung,
      "select api.session_open (gen_random_uuid (), '{\"terminal\": \"T14\", \"counter\": 14}')");
  g_autoptr (JnBackend) again = NULL;

  g_assert_cmpint (PQresultStatus (opened), ==, PGRES_TUPLES_OK);
  again = make_signed_in ("ana", "T14", 14);
  g_assert_cmpint (jn_backend_get_link_state (again), ==, JN_LINK_ONLINE);
  server_sign_out (again);
}

static void
test_faults (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T15", 15);
  g_autofree char *unknown = jn_uuid_new ();
  struct
  {
    const char *command;
    GVariant *args;
    JnBackendError kind;
    const char *code;
  } cases[] = {
    { "ticket_recall", jn_dict_new ("ticket", "s", unknown, NULL), JN_BACKEND_ERROR_NOT_FOUND,
      "no-ticket" },
    { "ticket_recall", jn_dict_new ("ticket", "s", "B011", NULL), JN_BACKEND_ERROR_REJECTED,
      "wrong-argument" },
    { "ticket_recall", NULL, JN_BACKEND_ERROR_REJECTED, "missing-argument" },
    { "ticket_issue", jn_dict_new ("event", "s", "wedding", NULL), JN_BACKEND_ERROR_REJECTED,
      "no-service" },
    { "staff_add", NULL, JN_BACKEND_ERROR_DENIED, "not-allowed" },
    { "no_such_command", NULL, JN_BACKEND_ERROR_OUTDATED, "no-such-command" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer = server_run (backend, cases[i].command, cases[i].args, &error);

      g_assert_null (answer);
      g_assert_error (error, JN_BACKEND_ERROR, (int)cases[i].kind);
      g_assert_cmpstr (jn_backend_error_get_code (error), ==, cases[i].code);
    }
  g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_ONLINE);
  server_sign_out (backend);
}

static void
test_not_signed_in (void)
{
  g_autoptr (JnBackend) backend = make_backend ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = server_run (backend, "ticket_call_next", NULL, &error);

  g_assert_null (answer);
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
}

static void
test_visit (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T16", 16);
  g_autofree char *visit = server_begin_visit (backend);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnCommand) submit = jn_command_new ("visit_submit", server_submission (visit));
  g_autoptr (GVariant) answer = server_run_command (backend, submit, &error);
  g_autoptr (GVariant) again = NULL;
  g_autoptr (GVariant) applications = NULL;
  g_autoptr (GVariant) second = NULL;

  g_assert_no_error (error);
  applications = jn_dict_list (answer, "applications");
  second = jn_list_dict (applications, 1);
  g_assert_cmpuint (jn_list_length (applications), ==, 3);
  g_assert_cmpstr (jn_dict_string (second, "state"), ==, "waiting");
  g_assert_false (jn_dict_has (second, "pledge"));
  again = server_run_command (backend, submit, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_equal (answer, again));
  finish_tickets ();
  server_sign_out (backend);
}

/* The server's process is stopped before it can answer and killed with the work in its queue: the line is
 * lost between "submit" and its answer. */
static void
test_killed_before_answer (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T17", 17);
  g_autofree char *visit = server_begin_visit (backend);
  g_autoptr (JnCommand) submit = jn_command_new ("visit_submit", server_submission (visit));
  int pid = jn_postgres_get_server_pid (JN_POSTGRES (backend));
  g_autofree char *receipts = NULL;
  g_autofree char *killed = NULL;
  ServerCall outcome = { 0 };

  jn_backend_run_async (backend, submit, NULL, server_ran_cb, &outcome);
  killed = sql_value (server_owner (), "select pg_terminate_backend (%d)", pid);
  server_wait (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_nonnull (outcome.answer);
  receipts
      = sql_value (server_owner (), "select count (*) from desk.receipt where visit = '%s'", visit);
  g_assert_cmpstr (receipts, ==, "1");
  g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_ONLINE);
  g_variant_unref (outcome.answer);
  finish_tickets ();
  server_sign_out (backend);
}

/* Committed, and the answer lost on the way: the retry gets the first answer. */
static void
test_killed_after_commit (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T18", 18);
  g_autofree char *visit = server_begin_visit (backend);
  g_autoptr (JnCommand) submit = jn_command_new ("visit_submit", server_submission (visit));
  int pid = jn_postgres_get_server_pid (JN_POSTGRES (backend));
  g_autofree char *count = NULL;
  g_autofree char *first = NULL;
  g_autofree char *number = NULL;
  g_autoptr (GVariant) receipt = NULL;
  ServerCall outcome = { 0 };

  jn_backend_run_async (backend, submit, NULL, server_ran_cb, &outcome);
  do /* without turning the main loop: the answer lies in the socket, unread */
    {
      g_free (count);
      count = sql_value (server_owner (), "select count (*) from desk.receipt where visit = '%s'",
                         visit);
    }
  while (!g_str_equal (count, "1"));
  first = sql_value (server_owner (), "select no from desk.receipt where visit = '%s'", visit);
  g_free (sql_value (server_owner (), "select pg_terminate_backend (%d)", pid));
  server_wait (&outcome.done);
  g_assert_no_error (outcome.error);
  receipt = jn_dict_dict (outcome.answer, "receipt");
  g_assert_cmpstr (jn_dict_string (receipt, "no"), ==, first);
  g_variant_unref (outcome.answer);
  finish_tickets ();
  server_sign_out (backend);
}

/* A stopped server says nothing and closes nothing: only the answer's own timer tells. */
static void
test_hung_server (void)
{
  g_autoptr (JnBackend) backend = make_backend ();
  JnPostgresTiming timing;
  pid_t pid;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) opened = NULL;
  g_autoptr (GVariant) answer = NULL;

  jn_postgres_get_timing (JN_POSTGRES (backend), &timing);
  timing.answer = 500;
  jn_postgres_set_timing (JN_POSTGRES (backend), &timing);
  opened = server_sign_in (backend, "ana", "T19", 0, &error);
  g_assert_no_error (error);
  pid = jn_postgres_get_server_pid (JN_POSTGRES (backend));
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  answer
      = server_ask (backend, "calendar",
                    jn_dict_new ("from", "s", "2026-12-01", "to", "s", "2026-12-31", NULL), &error);
  kill (pid, SIGCONT);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_cmpint (jn_postgres_get_server_pid (JN_POSTGRES (backend)), !=, pid);
  server_sign_out (backend);
}

static void
on_moved_cb (JnBackend *backend, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static void
test_reconnect (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T20", 20);
  gboolean moved = FALSE;
  gint64 since = -1;

  g_signal_connect (backend, "moved", G_CALLBACK (on_moved_cb), &moved);
  g_free (sql_value (server_owner (), "select pg_terminate_backend (%d)",
                     jn_postgres_get_server_pid (JN_POSTGRES (backend))));
  wait_for_state (backend, JN_LINK_CONNECTING);
  g_object_get (backend, "offline-since", &since, NULL);
  g_assert_cmpint (since, >, 0);
  server_wait (&moved);
  g_assert_cmpint (jn_backend_get_link_state (backend), ==, JN_LINK_ONLINE);
  g_object_get (backend, "offline-since", &since, NULL);
  g_assert_cmpint (since, ==, 0);
  server_sign_out (backend);
}

/* What was never sent is not tried behind the clerk's back. */
static void
test_unsent (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T21", 21);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  g_free (sql_value (server_owner (), "select pg_terminate_backend (%d)",
                     jn_postgres_get_server_pid (JN_POSTGRES (backend))));
  wait_for_state (backend, JN_LINK_CONNECTING);
  answer = server_run (backend, "ticket_call_next", NULL, &error);
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  wait_for_state (backend, JN_LINK_ONLINE);
  server_sign_out (backend);
}

typedef struct
{
  const char *kind;
  const char *id;
  gboolean seen;
} Expected;

static void
on_changed_cb (JnBackend *backend, const char *kind, const char *id, Expected *expected)
{
  if (g_str_equal (kind, expected->kind) && g_str_equal (id, expected->id))
    expected->seen = TRUE;
}

static void
test_notice (void)
{
  g_autoptr (JnBackend) desk = make_signed_in ("ana", "T22", 22);
  g_autoptr (JnBackend) other = make_signed_in ("eva", "T23", 23);
  g_autofree char *ticket = server_issue (desk);
  Expected expected = { "ticket", ticket, FALSE };

  g_signal_connect (other, "changed", G_CALLBACK (on_changed_cb), &expected);
  server_wait (&expected.seen);
  finish_tickets ();
  server_sign_out (desk);
  server_sign_out (other);
}

/* What the administration publishes reaches the counters of every branch, told or found. */
static void
test_catalogue_notice (void)
{
  g_autoptr (JnBackend) admin = make_backend ();
  g_autoptr (JnBackend) desk = make_signed_in ("bob", "T30", 30);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entered = server_sign_in (admin, "adm", NULL, 0, &error);
  g_autoptr (GVariant) published = NULL;
  Expected expected = { "catalogue", "", FALSE };

  g_assert_no_error (error);
  g_signal_connect (desk, "changed", G_CALLBACK (on_changed_cb), &expected);
  published = server_run (admin, "catalogue_publish",
                          jn_dict_new ("kind", "s", "departments", "code", "s", "departments",
                                       "version", "s", "2", NULL),
                          &error);
  g_assert_no_error (error);
  server_wait (&expected.seen);
  server_sign_out (desk);
  server_sign_out (admin);
}

/* A notice that nobody sent is found by looking at what changed. */
static void
test_lost_notice (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T24", 24);
  g_autofree char *subject = jn_uuid_new ();
  Expected expected = { "ticket", subject, FALSE };

  g_signal_connect (backend, "changed", G_CALLBACK (on_changed_cb), &expected);
  g_free (sql_value (
      server_owner (),
      "insert into desk.event (branch, kind, subject, what, actor, session_role, happened_at)"
      " values ('91', 'ticket', '%s', 'issued', 'test', 'clerk', now ())",
      subject));
  server_wait (&expected.seen);
  server_sign_out (backend);
}

typedef struct
{
  gboolean done;
  char *hash;
  GBytes *blob;
  GError *error;
} Transfer;

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *transfer = user_data;

  transfer->hash = jn_backend_put_blob_finish (JN_BACKEND (source), result, &transfer->error);
  transfer->done = TRUE;
}

static void
get_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *transfer = user_data;

  transfer->blob = jn_backend_get_blob_finish (JN_BACKEND (source), result, &transfer->error);
  transfer->done = TRUE;
}

static GBytes *
make_scan (guint8 seed, gsize size)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)(i * 31 + i / 997 + seed);
  return g_bytes_new_take (bytes, size);
}

static void
test_blob (gconstpointer data)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T25", 25);
  g_autoptr (GBytes) blob = make_scan (0, GPOINTER_TO_SIZE (data));
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, blob);
  Transfer sent = { 0 };
  Transfer got = { 0 };

  jn_backend_put_blob_async (backend, blob, NULL, put_cb, &sent);
  server_wait (&sent.done);
  g_assert_no_error (sent.error);
  g_assert_cmpstr (sent.hash, ==, hash);
  jn_backend_get_blob_async (backend, hash, NULL, get_cb, &got);
  server_wait (&got.done);
  g_assert_no_error (got.error);
  g_assert_true (g_bytes_equal (got.blob, blob));
  g_bytes_unref (got.blob);
  g_free (sent.hash);
  server_sign_out (backend);
}

/* One byte above the setting blob_limit. */
static void
test_blob_too_large (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T29", 29);
  g_autoptr (GBytes) blob = make_scan (1, 32 * 1024 * 1024 + 1);
  Transfer sent = { 0 };

  jn_backend_put_blob_async (backend, blob, NULL, put_cb, &sent);
  server_wait (&sent.done);
  g_assert_error (sent.error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
  g_assert_cmpstr (jn_backend_error_get_code (sent.error), ==, "too-large");
  g_error_free (sent.error);
  server_sign_out (backend);
}

/* Two scans at once, before there is a line for them: neither takes the session from the other. */
static void
test_blobs_at_once (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T28", 28);
  Transfer sent[4] = { 0 };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) scan = make_scan ((guint8)(101 + i), 1500 * 1000);

      jn_backend_put_blob_async (backend, scan, NULL, put_cb, &sent[i]);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) last = make_scan (200, 1000);

      if (i == 3)
        jn_backend_put_blob_async (backend, last, NULL, put_cb, &sent[i]);
      server_wait (&sent[i].done);
      g_assert_no_error (sent[i].error);
      g_assert_nonnull (sent[i].hash);
      g_free (sent[i].hash);
    }
  server_sign_out (backend);
}

static void
test_no_blob (void)
{
  g_autoptr (JnBackend) backend = make_signed_in ("ana", "T26", 26);
  g_autofree char *hash = g_strnfill (64, '0');
  Transfer got = { 0 };

  jn_backend_get_blob_async (backend, hash, NULL, get_cb, &got);
  server_wait (&got.done);
  g_assert_error (got.error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND);
  g_error_free (got.error);
  server_sign_out (backend);
}

/* Another branch's scan is not there for this one. */
static void
test_blob_of_another_branch (void)
{
  g_autoptr (JnBackend) here = make_signed_in ("ana", "T27", 27);
  g_autoptr (JnBackend) there = make_signed_in ("bob", "T27", 27);
  g_autoptr (GBytes) blob = g_bytes_new_static ("scan of branch 91", 17);
  Transfer sent = { 0 };
  Transfer got = { 0 };

  jn_backend_put_blob_async (here, blob, NULL, put_cb, &sent);
  server_wait (&sent.done);
  g_assert_no_error (sent.error);
  jn_backend_get_blob_async (there, sent.hash, NULL, get_cb, &got);
  server_wait (&got.done);
  g_assert_error (got.error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_NOT_FOUND);
  g_error_free (got.error);
  g_free (sent.hash);
  server_sign_out (here);
  server_sign_out (there);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ServerCall *outcome = user_data;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, &outcome->error);

  g_assert_null (answer);
  outcome->done = TRUE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  jn_line_open_finish (JN_LINE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* A query that is given up is stopped on the server, and the line goes on. */
static void
test_cancel (void)
{
  g_autofree char *login = server_login ("ana");
  g_autoptr (JnHosts) hosts = jn_hosts_new (server_dsn (), login, "test-word", NULL);
  g_autoptr (JnLine) line = jn_line_new (hosts, 2000, 8000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 began;
  ServerCall outcome = { 0 };
  gboolean open = FALSE;

  jn_line_open_async (line, NULL, opened_cb, &open);
  server_wait (&open);
  began = g_get_monotonic_time ();
  jn_line_request_async (line, "select pg_sleep (7)", NULL, 0, FALSE, cancellable, cancelled_cb,
                         &outcome);
  g_timeout_add (50, cancel_cb, cancellable);
  server_wait (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_error_free (outcome.error);
  g_assert_cmpint (jn_line_get_server_pid (line), !=, 0);
  jn_line_close (line);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ServerCall *outcome = user_data;
  g_autoptr (PGresult) answer = jn_line_request_finish (JN_LINE (source), result, &outcome->error);

  outcome->done = TRUE;
}

/* A page that closes gives its question up, and the next one asks at once: the server stops nothing but what was
 * given up, however late it hears of it. */
static void
test_cancel_spares_the_next (void)
{
  g_autofree char *login = server_login ("ana");
  g_autoptr (JnHosts) hosts = jn_hosts_new (server_dsn (), login, "test-word", NULL);
  g_autoptr (JnLine) line = jn_line_new (hosts, 2000, 8000);
  gboolean open = FALSE;

  jn_line_open_async (line, NULL, opened_cb, &open);
  server_wait (&open);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      ServerCall given_up = { 0 };
      ServerCall next = { 0 };
      JnValue seconds = { "0.05", 0 };

      jn_line_request_async (line, "select 1", NULL, 0, FALSE, cancellable, cancelled_cb,
                             &given_up);
      if (i % 2 == 0)
        g_cancellable_cancel (cancellable);
      jn_line_request_async (line, "select pg_sleep ($1::float8)", &seconds, 1, FALSE, NULL,
                             counted_cb, &next);
      g_cancellable_cancel (cancellable); /* where the next is on its way already */
      server_wait (&next.done);
      g_assert_no_error (next.error);
      server_wait (&given_up.done); /* which of the two is told first is not promised */
      g_error_free (given_up.error);
    }
  jn_line_close (line);
}

/* The steward and the administration have no session at a counter. */
static void
test_without_terminal (void)
{
  g_autoptr (JnBackend) backend = make_backend ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = server_sign_in (backend, "stw", NULL, 0, &error);
  g_autoptr (GVariant) claim = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (jn_dict_int (answer, "newest", 0), ==, 1);
  claim = server_ask (backend, "steward_claim", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (jn_dict_has (claim, "mine"));
  leave (g_steal_pointer (&backend));
}

/* What was answered is not done before the commit: a fault that only the commit finds is told. */
static void
test_commit_fails (void)
{
  g_autoptr (JnBackend) backend = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_free (sql_value (
      server_owner (),
      "create table desk.late (n int unique deferrable initially deferred); "
      "create function api.late_fault (key uuid, args jsonb) returns jsonb language sql "
      "security definer as $$ insert into desk.late values (1), (1); select '{}'::jsonb $$; "
      "grant execute on function api.late_fault (uuid, jsonb) to janela_clerk"));
  backend = make_signed_in ("ana", "T11", 11);
  answer = server_run (backend, "late_fault", NULL, &error);
  g_assert_null (answer);
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "duplicate");
  server_sign_out (backend);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/postgres/sign-in", test_sign_in);
  g_test_add_func ("/app/postgres/wrong-password", test_wrong_password);
  g_test_add_func ("/app/postgres/no-server", test_no_server);
  g_test_add_func ("/app/postgres/second-host-when-the-first-is-silent", test_second_host);
  g_test_add_func ("/app/postgres/commit-fails", test_commit_fails);
  g_test_add_func ("/app/postgres/counter-taken", test_counter_taken);
  g_test_add_func ("/app/postgres/counter-taken-back-by-its-own-clerk", test_counter_taken_back);
  g_test_add_func ("/app/postgres/faults", test_faults);
  g_test_add_func ("/app/postgres/not-signed-in", test_not_signed_in);
  g_test_add_func ("/app/postgres/visit-and-retry", test_visit);
  g_test_add_func ("/app/postgres/killed-before-the-answer", test_killed_before_answer);
  g_test_add_func ("/app/postgres/killed-after-the-commit", test_killed_after_commit);
  g_test_add_func ("/app/postgres/hung-server", test_hung_server);
  g_test_add_func ("/app/postgres/reconnect", test_reconnect);
  g_test_add_func ("/app/postgres/unsent", test_unsent);
  g_test_add_func ("/app/postgres/notice", test_notice);
  g_test_add_func ("/app/postgres/catalogue-notice", test_catalogue_notice);
  g_test_add_func ("/app/postgres/lost-notice", test_lost_notice);
  g_test_add_data_func ("/app/postgres/blob/small", GSIZE_TO_POINTER (3), test_blob);
  g_test_add_data_func ("/app/postgres/blob/one-chunk", GSIZE_TO_POINTER (256 * 1024), test_blob);
  g_test_add_data_func ("/app/postgres/blob/large", GSIZE_TO_POINTER (3 * 1000 * 1000), test_blob);
  g_test_add_data_func ("/app/postgres/blob/as-large-as-may-be",
                        GSIZE_TO_POINTER (32 * 1024 * 1024), test_blob);
  g_test_add_func ("/app/postgres/blob/too-large", test_blob_too_large);
  g_test_add_func ("/app/postgres/blob/at-once", test_blobs_at_once);
  g_test_add_func ("/app/postgres/blob/none", test_no_blob);
  g_test_add_func ("/app/postgres/blob/of-another-branch", test_blob_of_another_branch);
  g_test_add_func ("/app/postgres/cancel", test_cancel);
  g_test_add_func ("/app/postgres/cancel-spares-the-next", test_cancel_spares_the_next);
  g_test_add_func ("/app/postgres/without-terminal", test_without_terminal);
  return g_test_run ();
}
