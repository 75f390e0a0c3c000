/* connection.c: the line of the command line: each call waits for its answer. */
#include "app/admin/admin.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/postgres/postgres.h"

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

gboolean
jn_admin_read_password (const char *path, char **password, GError **error)
{
  if (!g_file_get_contents (path, password, NULL, error))
    return FALSE;
  g_strdelimit (*password, "\r\n", '\0');
  return TRUE;
}

gboolean
jn_admin_connect (JnAdmin *admin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  JnCredentials credentials = { .login = admin->login, .password = admin->password };

  if (admin->backend != NULL)
    return TRUE;
  if (admin->dsn == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           "which database? Give --dsn or set JANELA_DSN");
      return FALSE;
    }
  admin->backend = JN_BACKEND (jn_postgres_new (admin->dsn));
  jn_backend_sign_in_async (admin->backend, &credentials, NULL, store_result_cb, &result);
  answer = jn_backend_sign_in_finish (admin->backend, wait_for (&result), error);
  if (answer == NULL)
    g_clear_object (&admin->backend);
  return answer != NULL;
}

GVariant *
jn_admin_run (JnAdmin *admin, const char *name, GVariant *args, GError **error)
{
  g_autoptr (JnCommand) command = jn_command_new (name, args);
  g_autoptr (GAsyncResult) result = NULL;

  if (!jn_admin_connect (admin, error))
    return NULL;
  jn_backend_run_async (admin->backend, command, NULL, store_result_cb, &result);
  return jn_backend_run_finish (admin->backend, wait_for (&result), error);
}

GVariant *
jn_admin_ask (JnAdmin *admin, const char *name, GVariant *args, GError **error)
{
  g_autoptr (JnQuery) query = jn_query_new (name, args);
  g_autoptr (GAsyncResult) result = NULL;

  if (!jn_admin_connect (admin, error))
    return NULL;
  jn_backend_ask_async (admin->backend, query, NULL, store_result_cb, &result);
  return jn_backend_ask_finish (admin->backend, wait_for (&result), error);
}

char *
jn_admin_put_blob (JnAdmin *admin, GBytes *blob, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!jn_admin_connect (admin, error))
    return NULL;
  jn_backend_put_blob_async (admin->backend, blob, NULL, store_result_cb, &result);
  return jn_backend_put_blob_finish (admin->backend, wait_for (&result), error);
}

GBytes *
jn_admin_get_blob (JnAdmin *admin, const char *hash, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!jn_admin_connect (admin, error))
    return NULL;
  jn_backend_get_blob_async (admin->backend, hash, NULL, store_result_cb, &result);
  return jn_backend_get_blob_finish (admin->backend, wait_for (&result), error);
}

int
jn_admin_fail (int status, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  fputs ("janela-admin: ", stderr);
  vfprintf (stderr, format, args);
  fputc ('\n', stderr);
  va_end (args);
  return status;
}

int
jn_admin_usage (const char *usage)
{
  fprintf (stderr, "Usage: %s\n", usage);
  return JN_EXIT_USAGE;
}
