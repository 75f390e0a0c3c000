/* line-place.c: a terminal on a real server, with its journal, whose line can be cut and mended. */
#include "tests/app/line-place.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "tests/app/fake-backend.h"

static char *
option_of (const char *dsn, const char *keyword)
{
  PQconninfoOption *options = PQconninfoParse (dsn, NULL);
  char *value = NULL;

  for (PQconninfoOption *o = options; o->keyword != NULL; o++)
    if (g_str_equal (o->keyword, keyword))
      value = g_strdup (o->val);
  PQconninfoFree (options);
  return value;
}

static void
open_terminal (LinePlace *place, int counter)
{
  static const char *const numbered[] = { "visit_submit", NULL };
  JnPostgresTiming timing;
  g_autoptr (GError) error = NULL;

  place->server = jn_postgres_new (place->dsn);
  jn_postgres_get_timing (place->server, &timing);
  timing.backoff = 20;
  timing.backoff_most = 50;
  jn_postgres_set_timing (place->server, &timing);
  place->settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", counter, &error);
  g_assert_no_error (error);
  place->journal = jn_journal_new (
      JN_BACKEND (place->server), jn_settings_get_state_folder (place->settings), numbered, &error);
  g_assert_no_error (error);
  place->session = jn_session_new (JN_BACKEND (place->journal), place->settings);
}

void
line_place_open (LinePlace *place, int counter)
{
  g_autofree char *database = NULL;
  g_autofree char *port = NULL;

  g_assert_nonnull (g_getenv ("JANELA_TEST_DSN"));
  place->socket = option_of (g_getenv ("JANELA_TEST_DSN"), "host");
  database = option_of (g_getenv ("JANELA_TEST_DSN"), "dbname");
  port = option_of (g_getenv ("JANELA_TEST_DSN"), "port");
  place->room = g_dir_make_tmp ("line-XXXXXX", NULL);
  place->dsn = g_strdup_printf ("host=%s/line dbname=%s port=%s", place->room, database,
                                port != NULL ? port : "5432");
  line_place_mend (place);
  place->owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_assert_cmpint (PQstatus (place->owner), ==, CONNECTION_OK);
  open_terminal (place, counter);
}

void
line_place_close (LinePlace *place)
{
  jn_await_finalized (place->session);
  jn_await_finalized (place->journal);
  jn_await_finalized (place->server);
  g_clear_object (&place->settings);
  PQfinish (place->owner);
  g_free (place->socket);
  g_free (place->room);
  g_free (place->dsn);
}

gboolean
line_place_is_down (gpointer data)
{
  LinePlace *place = data;

  return jn_backend_get_link_state (JN_BACKEND (place->server)) != JN_LINK_ONLINE;
}

gboolean
line_place_is_all_sent (gpointer data)
{
  return jn_backend_get_unsent (JN_BACKEND (((LinePlace *)data)->journal)) == 0;
}

static char *
name_of_line (LinePlace *place)
{
  return g_build_filename (place->room, "line", NULL);
}

gboolean
line_place_is_cut (LinePlace *place)
{
  g_autofree char *name = name_of_line (place);

  return !g_file_test (name, G_FILE_TEST_IS_SYMLINK);
}

void
line_place_break (LinePlace *place)
{
  int pid = jn_postgres_get_server_pid (place->server);

  if (pid != 0)
    g_free (sql_value (place->owner, "select pg_terminate_backend (%d)", pid));
}

void
line_place_cut (LinePlace *place)
{
  g_autofree char *name = name_of_line (place);

  g_assert_cmpint (g_unlink (name), ==, 0);
  line_place_break (place);
}

void
line_place_mend (LinePlace *place)
{
  g_autofree char *name = name_of_line (place);

  g_assert_cmpint (symlink (place->socket, name), ==, 0);
}
