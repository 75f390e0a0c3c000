/* journal-place.h: a journal around a fake server, whose line can be cut. */
#pragma once

#include "app/journal/journal.h"
#include "tests/app/fake-backend.h"

G_BEGIN_DECLS

typedef struct
{
  JnFakeBackend *fake;
  JnJournal *journal;
  char *folder;
  GPtrArray *replayed; /* of GVariant: the records */
  char *refuse;        /* (nullable): the key of a record that the server does not want */
  char *recovery;      /* (nullable): hex */
  gint64 used;         /* the last number of the terminal's series that the server has */
  char *scan;          /* (nullable): the hash of what was kept meanwhile */
} JournalPlace;

/* For g_test_add () */
void journal_place_set_up (JournalPlace *fixture, gconstpointer data);
void journal_place_tear_down (JournalPlace *fixture, gconstpointer data);
/* The program starts: after the journal was let go. */
void journal_place_open (JournalPlace *fixture);
void journal_place_sign_in (JournalPlace *fixture, const char *login, const char *password);
void journal_place_sign_out (JournalPlace *fixture);
/* (transfer full) (nullable) */
GVariant *journal_place_run (JournalPlace *fixture, JnCommand *command, GError **error);
/* Keeps a submission, or what else may wait; (transfer full): its key */
char *journal_place_keep (JournalPlace *fixture, const char *name, const char *note);
/* (transfer full): its hash */
char *journal_place_put_blob (JournalPlace *fixture, const char *text);
gboolean journal_place_is_all_sent (gpointer journal); /* for jn_await_until () */
/* What the @i-th record that was delivered says under @key */
const char *journal_place_replayed (JournalPlace *fixture, guint i, const char *key);
/* The server's own answer to it: a JnFakeAnswer */
GVariant *journal_place_answer_replay (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error);

G_END_DECLS
