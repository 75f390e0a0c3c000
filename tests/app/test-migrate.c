/* test-migrate.c: a schema's numbered files are applied once and never change; its functions may. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libpq-fe.h>

#include "app/backend.h"
#include "app/postgres/migrate.h"

typedef struct
{
  char *folder; /* a copy of the schema */
  const char *dsn;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *schema = g_build_filename (g_getenv ("JANELA_TOP"), "app/postgres/schema", NULL);
  g_autoptr (GSubprocess) copy = NULL;
  g_autoptr (GError) error = NULL;

  self->dsn = g_getenv ("JANELA_TEST_OWNER");
  g_assert_nonnull (self->dsn);
  self->folder = g_build_filename (g_get_tmp_dir (), "schema", NULL);
  copy = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "cp", "-r", schema, self->folder, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (copy, NULL, &error));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GSubprocess) rm
             = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-r", self->folder, NULL);

  g_assert_true (g_subprocess_wait_check (rm, NULL, NULL));
  g_free (self->folder);
}

static void
write_file (Fixture *self, const char *name, const char *sql)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, sql, -1, &error);
  g_assert_no_error (error);
}

static void
assert_applies (Fixture *self, guint n_expected)
{
  g_autoptr (GError) error = NULL;
  guint n_applied = 99;

  jn_migrate (self->dsn, self->folder, &n_applied, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_applied, ==, n_expected);
}

static void
assert_fails (Fixture *self, JnBackendError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (jn_migrate (self->dsn, self->folder, NULL, &error));
  g_assert_error (error, JN_BACKEND_ERROR, (gint)code);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, message);
}

static void
assert_answers (Fixture *self, const char *sql, const char *expected)
{
  PGconn *connection = PQconnectdb (self->dsn);
  PGresult *result = PQexec (connection, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
  g_assert_cmpstr (PQgetvalue (result, 0, 0), ==, expected);
  PQclear (result);
  PQfinish (connection);
}

#define ANSWER(n)                                                                                  \
  "create or replace function desk.answer () returns int language sql as $$ select " #n " $$;"

static void
test_functions_may_change (Fixture *self, gconstpointer data)
{
  assert_applies (self, 0);
  write_file (self, "functions/answer.sql", ANSWER (1));
  assert_applies (self, 1);
  assert_answers (self, "select desk.answer ()", "1");
  assert_applies (self, 0);
  write_file (self, "functions/answer.sql", ANSWER (42));
  assert_applies (self, 1);
  assert_answers (self, "select desk.answer ()", "42");
}

static void
test_functions_all_or_none (Fixture *self, gconstpointer data)
{
  write_file (self, "functions/answer.sql", ANSWER (1));
  assert_applies (self, 1);
  write_file (self, "functions/answer.sql", ANSWER (2));
  write_file (self, "functions/broken.sql", "create or replace nonsense");
  assert_fails (self, JN_BACKEND_ERROR_FAILED, "migration-failed");
  assert_answers (self, "select desk.answer ()", "1");
}

static void
test_numbered_file_once (Fixture *self, gconstpointer data)
{
  write_file (self, "900-more.sql",
              "create table desk.more (a int); insert into desk.more values (1)");
  assert_applies (self, 1);
  assert_applies (self, 0);
  assert_answers (self, "select count (*) from desk.more", "1");
  write_file (self, "900-more.sql", "drop table desk.more");
  assert_fails (self, JN_BACKEND_ERROR_CONFLICT, "migration-changed");
  assert_answers (self, "select count (*) from desk.more", "1");
}

static void
test_numbered_file_whole_or_not (Fixture *self, gconstpointer data)
{
  write_file (self, "900-more.sql", "create table desk.more (a int); select 1 / 0");
  assert_fails (self, JN_BACKEND_ERROR_FAILED, "migration-failed");
  assert_answers (self, "select to_regclass ('desk.more') is null", "t");
}

static void
test_database_newer_than_program (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "001-roles.sql", NULL);

  g_remove (path);
  assert_fails (self, JN_BACKEND_ERROR_CONFLICT, "migration-missing");
}

#define CASE(name, function)                                                                       \
  g_test_add ("/app/migrate/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  CASE ("functions-may-change", test_functions_may_change);
  CASE ("functions-all-or-none", test_functions_all_or_none);
  CASE ("database-newer-than-program", test_database_newer_than_program);
  CASE ("numbered-file-whole-or-not", test_numbered_file_whole_or_not);
  CASE ("numbered-file-once", test_numbered_file_once);
  return g_test_run ();
}
