/* open.c: makes the backend: the only place that knows which one it is. */
#include "app/open.h"

#include "app/journal/journal.h"
#include "app/postgres/postgres.h"

JnBackend *
jn_open_backend (JnSettings *settings, GError **error)
{
  static const char *const numbered[] = { "visit_submit", NULL };
  g_autoptr (JnPostgres) server = jn_postgres_new (jn_settings_get_dsn (settings));
  JnJournal *journal = jn_journal_new (JN_BACKEND (server), jn_settings_get_state_folder (settings),
                                       numbered, error);

  return journal != NULL ? JN_BACKEND (journal) : NULL;
}

void
jn_open_close (JnBackend *backend)
{
  jn_journal_close (JN_JOURNAL (backend));
}
