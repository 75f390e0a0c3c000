/* journal.h: a backend around another that keeps the desk going while the line is down.
 *
 * Commands that may wait are kept, sealed and synced, before the answer {offline: true, number} is
 * given; a thread of its own does it (writer.h), for a disk may be slow. One whose answer was lost is kept only where it is
 * repeatable (command.h). Cacheable answers are given from what was read before. When the line is back, whoever is
 * signed in, the records go out in order by `replay`, each once; the actor is the clerk of the grant
 * under which each was made. What the server refuses goes to the supervisor's tray. The journal
 * does not know what a command means. DESIGN section 6. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

#define JN_TYPE_JOURNAL (jn_journal_get_type ())
G_DECLARE_FINAL_TYPE (JnJournal, jn_journal, JN, JOURNAL, GObject)

/**
 * jn_journal_new:
 * @inner: the real backend
 * @folder: the terminal's own; the journal is made there
 * @numbered: (array zero-terminated=1): commands that take a number of the terminal's own series
 *
 * A journal that was tampered with is set aside under another name and a new one begun.
 */
JnJournal *
jn_journal_new (JnBackend *inner, const char *folder, const char *const *numbered, GError **error);
/* Sends what waits now; "unsent" says how it goes. It happens by itself when the line is back. */
void jn_journal_deliver (JnJournal *self);
/* Waits until what was asked so far lies on the disk: for who ends the program, whose answers nobody hears. */
void jn_journal_close (JnJournal *self);

/**
 * jn_journal_read_unsent:
 *
 * What @login left, with the branch's recovery pair: the texts of the records, in order; for a
 * supervisor who clears up a terminal. (transfer full); %NULL: the pair is not the branch's.
 */
GStrv jn_journal_read_unsent (JnJournal *self,
                              const char *login,
                              const guint8 *recovery_public,
                              const guint8 *recovery_secret);

G_END_DECLS
