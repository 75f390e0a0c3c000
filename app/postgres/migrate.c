/* migrate.c: brings a database's schema up to date, one file a transaction. */
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

/* 0: not applied yet; 1: applied as it stands; -1: not so, or no answer */
static int
look_up (PGconn *connection, const char *number, const char *name, const char *sum, GError **error)
{
  const char *values[] = { number };
  g_autoptr (PGresult) result
             = PQexecParams (connection, "select sha256 from desk.migration where number = $1::int",
                             1, NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    {
      g_propagate_error (error, failure (name, PQerrorMessage (connection)));
      return -1;
    }
  if (PQntuples (result) == 0)
    return 0;
  if (g_str_equal (PQgetvalue (result, 0, 0), sum))
    return 1;
  g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "migration-changed",
                                                  NULL, jn_dict_new ("file", "s", name, NULL)));
  return -1;
}

static gboolean
record (PGconn *connection, const char *number, const char *name, const char *sum, GError **error)
{
  const char *values[] = { number, name, sum };
  g_autoptr (PGresult) result = PQexecParams (
      connection, "insert into desk.migration (number, name, sha256) values ($1::int, $2, $3)", 3,
      NULL, values, NULL, NULL, 0);

  if (PQresultStatus (result) == PGRES_COMMAND_OK)
    return TRUE;
  g_propagate_error (error, failure (name, PQerrorMessage (connection)));
  return FALSE;
}

/* The file may set its own role; the line in desk.migration is the caller's. */
static gboolean
apply (PGconn *connection, const char *folder, const char *name, guint *n_applied, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *number = g_strndup (name, 3);
  g_autofree char *sql = NULL;
  g_autofree char *sum = NULL;
  gsize length = 0;
  int applied;

  if (!g_file_get_contents (path, &sql, &length, error))
    return FALSE;
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, (gssize)length);
  applied = look_up (connection, number, name, sum, error);
  if (applied != 0)
    return applied > 0;
  if (!execute (connection, "begin", name, error) || !execute (connection, sql, name, error)
      || !execute (connection, "reset role", name, error)
      || !record (connection, number, name, sum, error)
      || !execute (connection, "commit", name, error))
    {
      execute (connection, "rollback", name, NULL);
      return FALSE;
    }
  (*n_applied)++;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* NNN-name.sql in order. */
static GPtrArray *
list_files (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_regex_match_simple ("^[0-9]{3}-[a-z0-9-]+\\.sql$", name, 0, 0))
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

gboolean
jn_migrate (const char *dsn, const char *folder, guint *n_applied, GError **error)
{
  g_autofree char *found = folder != NULL ? g_strdup (folder) : jn_migrate_folder ();
  g_autoptr (GPtrArray) names = list_files (found, error);
  g_autoptr (PGconn) connection = NULL;
  guint applied = 0;

  if (names == NULL)
    return FALSE;
  connection = connect_owner (dsn, error);
  if (connection == NULL
      || !execute (connection, "select pg_advisory_lock (hashtextextended ('migrate', 0))", "lock",
                   error)
      || !execute (connection, bootstrap, "bootstrap", error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!apply (connection, found, g_ptr_array_index (names, i), &applied, error))
      return FALSE;
  if (n_applied != NULL)
    *n_applied = applied;
  return check_none_missing (connection, names->len, error);
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
