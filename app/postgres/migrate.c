/* migrate.c: brings a database's schema up to date: tables by numbered files, once; functions as they stand. */
#include "app/postgres/migrate.h"

#include "app/backend.h"
#include "app/dict.h"
#include "app/postgres/pq.h"

#define INSTALLED_FOLDER "/usr/share/janela/schema"

static const char bootstrap[] = "set client_min_messages = warning;"
                                "create schema if not exists desk;"
                                "create table if not exists desk.migration ("
                                " number int primary key, name text not null, sha256 text not null,"
                                " applied_at timestamptz not null default now (), applied_by text "
                                "not null default session_user);"
                                "create table if not exists desk.function_file ("
                                " name text primary key, sha256 text not null,"
                                " applied_at timestamptz not null default now (), applied_by text "
                                "not null default session_user)";

static GError *
failure (const char *file, const char *message)
{
  return jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "migration-failed", NULL,
                               jn_dict_new ("file", "s", file, "message", "s", message, NULL));
}

static gboolean
execute (PGconn *connection, const char *sql, const char *file, GError **error)
{
  g_autoptr (PGresult) result = PQexec (connection, sql);
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return TRUE;
  g_propagate_error (error, failure (file, PQerrorMessage (connection)));
  return FALSE;
}

/* A file's text and its SHA-256. */
static char *
read_file (const char *folder, const char *name, char **sum, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *sql = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &sql, &length, error))
    return NULL;
  *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, (gssize)length);
  return sql;
}

/* The sum under which a file was applied, "" when it was not; NULL without an answer. */
static char *
look_up (PGconn *connection, const char *query, const char *file, GError **error)
{
  const char *values[] = { file };
  g_autoptr (PGresult) result = PQexecParams (connection, query, 1, NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) == PGRES_TUPLES_OK)
    return g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : "");
  g_propagate_error (error, failure (file, PQerrorMessage (connection)));
  return NULL;
}

static gboolean
record (PGconn *connection, const char *insert, const char *file, const char *sum, GError **error)
{
  const char *values[] = { file, sum };
  g_autoptr (PGresult) result = PQexecParams (connection, insert, 2, NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) == PGRES_COMMAND_OK)
    return TRUE;
  g_propagate_error (error, failure (file, PQerrorMessage (connection)));
  return FALSE;
}

/* The file may set its own role; the line that @insert writes of it is the caller's. */
static gboolean
execute_recorded (PGconn *connection,
                  const char *sql,
                  const char *insert,
                  const char *file,
                  const char *sum,
                  GError **error)
{
  return execute (connection, sql, file, error) && execute (connection, "reset role", file, error)
         && record (connection, insert, file, sum, error);
}

/* One numbered file, unless it was applied before: then it must be the same. */
static gboolean
apply (PGconn *connection, const char *folder, const char *name, guint *n_applied, GError **error)
{
  g_autofree char *sum = NULL;
  g_autofree char *sql = read_file (folder, name, &sum, error);
  g_autofree char *applied = NULL;

  if (sql == NULL)
    return FALSE;
  applied
      = look_up (connection, "select sha256 from desk.migration where number = left ($1, 3)::int",
                 name, error);
  if (applied == NULL)
    return FALSE;
  if (*applied != '\0' && !g_str_equal (applied, sum))
    {
      g_propagate_error (error,
                         jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "migration-changed", NULL,
                                               jn_dict_new ("file", "s", name, NULL)));
      return FALSE;
    }
  if (*applied != '\0')
    return TRUE;
  if (!execute (connection, "begin", name, error)
      || !execute_recorded (
          connection, sql,
          "insert into desk.migration (number, name, sha256) values (left ($1, 3)::int, $1, $2)",
          name, sum, error)
      || !execute (connection, "commit", name, error))
    {
      execute (connection, "rollback", name, NULL);
      return FALSE;
    }
  (*n_applied)++;
  return TRUE;
}

/* One file of functions, where it is not as it was applied last. */
static gboolean
apply_functions (
    PGconn *connection, const char *folder, const char *name, guint *n_applied, GError **error)
{
  g_autofree char *sum = NULL;
  g_autofree char *sql = read_file (folder, name, &sum, error);
  g_autofree char *applied = NULL;

  if (sql == NULL)
    return FALSE;
  applied
      = look_up (connection, "select sha256 from desk.function_file where name = $1", name, error);
  if (applied == NULL)
    return FALSE;
  if (g_str_equal (applied, sum))
    return TRUE;
  (*n_applied)++;
  return execute_recorded (
      connection, sql,
      "insert into desk.function_file (name, sha256) values ($1, $2) on conflict (name) do update"
      " set sha256 = excluded.sha256, applied_at = now (), applied_by = session_user",
      name, sum, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The files of a folder in order of their names. */
static GPtrArray *
list_files (const char *folder, const char *pattern, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_regex_match_simple (pattern, name, 0, 0))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* What the database knows and the folder does not: a program older than its database. */
static gboolean
check_none_missing (PGconn *connection, guint n_files, GError **error)
{
  g_autoptr (PGresult) result = PQexec (connection, "select count (*) from desk.migration");

  if (PQresultStatus (result) == PGRES_TUPLES_OK
      && g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10) == n_files)
    return TRUE;
  g_propagate_error (
      error, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "migration-missing", NULL, NULL));
  return FALSE;
}

static PGconn *
connect_owner (const char *dsn, GError **error)
{
  g_autoptr (PGconn) connection = PQconnectdb (dsn);

  if (PQstatus (connection) == CONNECTION_OK)
    return g_steal_pointer (&connection);
  g_propagate_error (error, jn_backend_error_new (
                                JN_BACKEND_ERROR_OFFLINE, "no-connection", NULL,
                                jn_dict_new ("message", "s", PQerrorMessage (connection), NULL)));
  return NULL;
}

static gboolean
migrate_tables (PGconn *connection, const char *folder, guint *n_applied, GError **error)
{
  g_autoptr (GPtrArray) names = list_files (folder, "^[0-9]{3}-[a-z0-9-]+\\.sql$", error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!apply (connection, folder, g_ptr_array_index (names, i), n_applied, error))
      return FALSE;
  return check_none_missing (connection, names->len, error);
}

/* All or none: they call each other, whatever the order of their files. */
static gboolean
migrate_functions (PGconn *connection, const char *schema, guint *n_applied, GError **error)
{
  g_autofree char *folder = g_build_filename (schema, "functions", NULL);
  g_autoptr (GPtrArray) names = list_files (folder, "^[a-z0-9-]+\\.sql$", error);
  gboolean ok;

  if (names == NULL)
    return FALSE;
  ok = execute (connection, "begin; set local check_function_bodies = off", "functions", error);
  for (guint i = 0; ok && i < names->len; i++)
    ok = apply_functions (connection, folder, g_ptr_array_index (names, i), n_applied, error);
  ok = ok && execute (connection, "commit", "functions", error);
  if (!ok)
    execute (connection, "rollback", "functions", NULL);
  return ok;
}

gboolean
jn_migrate (const char *dsn, const char *folder, guint *n_applied, GError **error)
{
  g_autofree char *found = folder != NULL ? g_strdup (folder) : jn_migrate_folder ();
  g_autoptr (PGconn) connection = connect_owner (dsn, error);
  guint applied = 0;

  if (connection == NULL
      || !execute (connection, "select pg_advisory_lock (hashtextextended ('migrate', 0))", "lock",
                   error)
      || !execute (connection, bootstrap, "bootstrap", error)
      || !migrate_tables (connection, found, &applied, error)
      || !migrate_functions (connection, found, &applied, error))
    return FALSE;
  if (n_applied != NULL)
    *n_applied = applied;
  return TRUE;
}

gboolean
jn_migrate_mark_demo (const char *dsn, GError **error)
{
  g_autoptr (PGconn) connection = connect_owner (dsn, error);

  return connection != NULL
         && execute (connection, "update desk.setting set value = 'true' where name = 'demo'",
                     "demo", error);
}

char *
jn_migrate_folder (void)
{
  const char *named = g_getenv ("JANELA_SCHEMA");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");

  if (named != NULL)
    return g_strdup (named);
  while (!g_str_equal (folder, "/") && !g_str_equal (folder, "."))
    {
      g_autofree char *schema = g_build_filename (folder, "app", "postgres", "schema", NULL);
      char *above = g_path_get_dirname (folder);

      if (g_file_test (schema, G_FILE_TEST_IS_DIR))
        {
          g_free (above);
          return g_steal_pointer (&schema);
        }
      g_free (folder);
      folder = above;
    }
  return g_strdup (INSTALLED_FOLDER);
}
