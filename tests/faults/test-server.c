/* test-server.c: a server that is killed whole in the middle of the work, and one that is reached over TLS. */
#include <signal.h>
#include <string.h>

#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "tests/app/server.h"

#define ADDRESS "127.83.71.5" /* of our own on the loopback: the port is everybody's */

static char *room; /* where our server has its files */

/* Its words on standard output. */
static char *
own_server (const char *command, const char *argument)
{
  const char *argv[] = { "tests/faults/own-server", room, command, argument, NULL };
  char *out = NULL;
  int status = 0;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

/* The connection of the tests' owner is lost with the server. */
static void
start_again (void)
{
  g_free (own_server ("again", NULL));
  PQreset (server_owner ());
  g_assert_cmpint (PQstatus (server_owner ()), ==, CONNECTION_OK);
}

static JnBackend *
make_backend (const char *dsn)
{
  JnPostgres *postgres = jn_postgres_new (dsn);
  JnPostgresTiming timing = { .attempt = 5000,
                              .answer = 5000,
                              .deadline = 60000,
                              .backoff = 20,
                              .backoff_most = 200,
                              .poll = 60000 };

  jn_postgres_set_timing (postgres, &timing);
  return JN_BACKEND (postgres);
}

static JnBackend *
sign_in (const char *name, const char *terminal, int counter)
{
  JnBackend *backend = make_backend (server_dsn ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = server_sign_in (backend, name, terminal, counter, &error);

  g_assert_no_error (error);
  return backend;
}

/* ---- killed ---- */

/* The clerk waits; the answer is that of the one and only submission. */
static void
expect_one_receipt (ServerCall *outcome, const char *visit)
{
  g_autofree char *number = NULL;
  g_autofree char *counts = NULL;
  g_autoptr (GVariant) receipt = NULL;

  server_wait (&outcome->done);
  g_assert_no_error (outcome->error);
  receipt = jn_dict_dict (outcome->answer, "receipt");
  number = sql_value (server_owner (), "select no from desk.receipt where visit = '%s'", visit);
  counts = sql_value (
      server_owner (),
      "select (select count (*) from desk.receipt where visit = '%s') || ' '"
      " || (select count (*) from desk.application where visit = '%s') || ' '"
      " || (select count (*) from desk.event where subject = '%s' and what = 'submitted')",
      visit, visit, visit);
  g_assert_cmpstr (jn_dict_string (receipt, "no"), ==, number);
  g_assert_cmpstr (counts, ==, "1 3 1");
  g_variant_unref (outcome->answer);
}

/* It never came to the submission: its process was stopped, and killed with it in the socket. */
static void
test_killed_before_the_work (void)
{
  g_autoptr (JnBackend) backend = sign_in ("ana", "T01", 1);
  g_autofree char *visit = server_begin_visit (backend);
  g_autoptr (JnCommand) submit = jn_command_new ("visit_submit", server_submission (visit));
  ServerCall outcome = { 0 };

  g_assert_cmpint (kill (jn_postgres_get_server_pid (JN_POSTGRES (backend)), SIGSTOP), ==, 0);
  jn_backend_run_async (backend, submit, NULL, server_ran_cb, &outcome);
  g_free (own_server ("crash", NULL));
  start_again ();
  expect_one_receipt (&outcome, visit);
  server_sign_out (backend);
}

/* It had committed, and nobody read the answer. */
static void
test_killed_after_the_commit (void)
{
  g_autoptr (JnBackend) backend = sign_in ("eva", "T02", 2);
  g_autofree char *visit = server_begin_visit (backend);
  g_autoptr (JnCommand) submit = jn_command_new ("visit_submit", server_submission (visit));
  g_autofree char *first = NULL;
  ServerCall outcome = { 0 };

  jn_backend_run_async (backend, submit, NULL, server_ran_cb, &outcome);
  while (first == NULL) /* without turning the main loop */
    first = sql_value (server_owner (), "select no from desk.receipt where visit = '%s'", visit);
  g_free (own_server ("crash", NULL));
  start_again ();
  expect_one_receipt (&outcome, visit);
  server_sign_out (backend);
}

/* ---- TLS ---- */

/* NULL: signed in, and the line is encrypted */
static GError *
try_tls (const char *where, const char *authority)
{
  g_autofree char *dsn
      = g_strdup_printf ("%s port=5432 dbname=janela sslrootcert=%s/%s", where, room, authority);
  g_autoptr (JnBackend) backend = make_backend (dsn);
  GError *error = NULL;
  g_autoptr (GVariant) answer = server_sign_in (backend, "ana", "T03", 3, &error);
  g_autofree char *encrypted = NULL;

  if (answer == NULL)
    return error;
  encrypted = sql_value (server_owner (), "select ssl from pg_stat_ssl where pid = %d",
                         jn_postgres_get_server_pid (JN_POSTGRES (backend)));
  g_assert_cmpstr (encrypted, ==, "t");
  server_sign_out (backend);
  return NULL;
}

static void
test_tls (void)
{
  g_autoptr (GError) good = NULL, stranger = NULL, elsewhere = NULL, open = NULL;

  g_free (own_server ("tls", ADDRESS));
  PQreset (server_owner ());
  good = try_tls ("host=localhost hostaddr=" ADDRESS, "ca.crt");
  g_assert_no_error (good);
  stranger = try_tls ("host=localhost hostaddr=" ADDRESS, "other.crt");
  g_assert_error (stranger, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  elsewhere = try_tls ("host=" ADDRESS, "ca.crt"); /* the certificate is for localhost */
  g_assert_error (elsewhere, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  open = try_tls ("host=localhost hostaddr=" ADDRESS " sslmode=disable channel_binding=disable",
                  "ca.crt");
  g_assert_nonnull (open);
}

int
main (int argc, char **argv)
{
  g_autofree char *dsn = NULL;
  g_autofree char *owner = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  room = g_build_filename (g_getenv ("TMPDIR"), "own", NULL);
  dsn = g_strchomp (own_server ("start", NULL));
  owner = g_strconcat (dsn, " user=postgres", NULL);
  g_setenv ("JANELA_TEST_DSN", dsn, TRUE);
  g_setenv ("JANELA_TEST_OWNER", owner, TRUE);
  g_test_add_func ("/faults/server/killed-before-the-work", test_killed_before_the_work);
  g_test_add_func ("/faults/server/killed-after-the-commit", test_killed_after_the_commit);
  g_test_add_func ("/faults/server/tls", test_tls);
  status = g_test_run ();
  g_free (own_server ("reset", NULL));
  g_free (room);
  return status;
}
