/* journal-private.h: what the files of the journal share. */
#pragma once

#include "app/journal/grant.h"
#include "app/journal/journal.h"
#include "app/journal/vault.h"
#include "app/journal/writer.h"

G_BEGIN_DECLS

struct _JnJournal
{
  GObject parent_instance;
  JnBackend *inner;
  JnWriter *writer;
  JnVault *vault;
  GStrv numbered;
  JnGrant *grant; /* (nullable): of who is signed in */
  JnDataKey *key; /* (nullable): of who is signed in */
  guint keeping;  /* records and blobs that are on their way to the disk */
  guint unsent;
  guint shut; /* of these: what does not open on this terminal, and holds nobody else's up */
  guint told_shut;
  guint blobs; /* kept, and not sent */
  guint shut_blobs;
  gboolean delivering;
  gboolean moved;     /* the line is another, which is told when what was kept has gone */
  gint64 past_record; /* where the delivery is */
  guint again_id;
  GPtrArray *waiting; /* of GTask: commands that go out after what was kept */
};

gboolean jn_journal_is_online (JnJournal *self);
/* "unsent", as the file stood when it was counted */
void jn_journal_set_unsent (JnJournal *self, guint unsent);
/* Something kept waits to be sent, and opens on this terminal: what comes now goes after it. */
gboolean jn_journal_has_older (JnJournal *self);
/* A delivery ended, well or not: what was asked for meanwhile goes on. */
void jn_journal_release_waiting (JnJournal *self);

/* The verbs that have a file of their own: answers.c, sign-in.c */
void jn_journal_ask_async (JnBackend *backend,
                           JnQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void jn_journal_sign_in_async (JnBackend *backend,
                               const JnCredentials *credentials,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void jn_journal_sign_out_async (JnBackend *backend,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

G_END_DECLS
