/* open.c: makes the backend: the only place that knows which one it is. */
#include "app/open.h"

#include "app/journal/journal.h"
#include "app/postgres/postgres.h"

JnBackend *
jn_open_backend (JnSettings *settings, GError **error)
{
  static const char *const numbered[] = { "visit_submit", NULL };
  g_autoptr (JnPostgres) server = jn_postgres_new (jn_settings_get_dsn (settings));
  g_autoptr (GError) fault = NULL;
  JnJournal *journal = jn_journal_new (JN_BACKEND (server), jn_settings_get_state_folder (settings),
                                       numbered, &fault);

  if (journal != NULL)
    return JN_BACKEND (journal);
  g_message ("The journal cannot be opened: %s", fault->message); /* for the help desk */
  g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_FAILED, "journal", NULL, NULL));
  return NULL;
}

void
jn_open_close (JnBackend *backend)
{
  jn_journal_close (JN_JOURNAL (backend));
}
