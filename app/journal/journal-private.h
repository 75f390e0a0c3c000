/* journal-private.h: what the files of the journal share. */
#pragma once

#include "app/journal/grant.h"
#include "app/journal/journal.h"
#include "app/journal/store.h"
#include "app/journal/vault.h"

G_BEGIN_DECLS

struct _JnJournal
{
  GObject parent_instance;
  JnBackend *inner;
  JnStore *store;
  JnVault *vault;
  GStrv numbered;
  JnGrant *grant; /* (nullable): of who is signed in */
  JnDataKey *key; /* (nullable): of who is signed in */
  guint unsent;
  guint shut; /* of these: what does not open on this terminal, and holds nobody else's up */
  guint told_shut;
  gboolean delivering;
  gint64 past_record; /* where the delivery is */
  gint64 past_blob;
  guint again_id;
  GPtrArray *waiting; /* of GTask: commands that go out after what was kept */
};

gboolean jn_journal_is_online (JnJournal *self);
/* "unsent" as the file stands */
void jn_journal_count_unsent (JnJournal *self);
/* A delivery ended, well or not: what was asked for meanwhile goes on. */
void jn_journal_release_waiting (JnJournal *self);

G_END_DECLS
