/* store.h: the journal's file: SQLite, in WAL, synced before anyone is told that something is kept.
 *
 * A record is sealed (vault.h) and chained: each row's link is BLAKE2b of the link before, the
 * row's number and the digest of what was sealed. The head stands in a file beside, so that a row
 * that was changed, taken out or rolled back shows. What was delivered loses its text and keeps its
 * link. */
#pragma once

#include <gio/gio.h>
#include "app/journal/vault.h"

G_BEGIN_DECLS

typedef struct _JnStore JnStore;

typedef struct
{
  gint64 seq;
  char *key;   /* the command's */
  char *login; /* whose data key opens it */
  GBytes *sealed;
} JnStoreRecord;

void jn_store_record_free (JnStoreRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnStoreRecord, jn_store_record_free)

/**
 * jn_store_new:
 * @path: the file; its head stands in @path.head
 *
 * Errors: %G_IO_ERROR_FAILED (SQLite's words), %G_IO_ERROR_INVALID_DATA: the chain is broken.
 */
JnStore *jn_store_new (const char *path, GError **error);
void jn_store_free (JnStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnStore, jn_store_free)

/* Wraps of a clerk's data key; jn_store_get_wraps (): (transfer full) (nullable) */
JnWraps *jn_store_get_wraps (JnStore *store, const char *login);
gboolean
jn_store_set_wraps (JnStore *store, const char *login, const JnWraps *wraps, GError **error);

/**
 * JnStoreSeal: makes the sealed record, inside the transaction that takes its number
 * @number: 0 where none was asked for; else the next of the terminal's own series, without gap
 */
typedef GBytes *(*JnStoreSeal) (gint64 number, gpointer data);

/* @number: (inout): other than 0: it takes a number, and this is it. The same key again keeps nothing,
 * gives the number that it has, and is no error. */
gboolean jn_store_keep (JnStore *store,
                        const char *key,
                        const char *login,
                        gint64 *number,
                        JnStoreSeal seal,
                        gpointer data,
                        GError **error);
/* Numbers up to @used were given by this terminal, whatever the file says: the next one comes behind them. */
gboolean jn_store_pass_number (JnStore *store, gint64 used, GError **error);
/* The last number that a file gave that is not opened, or 0 where it does not tell */
gint64 jn_store_read_used (const char *path);
/* (transfer full) (nullable): the first behind @seq that waits to be sent; 0: of all */
JnStoreRecord *jn_store_get_next (JnStore *store, gint64 seq);
/* (transfer full): the texts of what @login left unsent, in order */
GStrv jn_store_open_all (JnStore *store, const char *login, const JnDataKey *key);
guint jn_store_count_waiting (JnStore *store);
/* It was delivered, or lies in the supervisor's tray: its text goes. */
gboolean jn_store_settle (JnStore *store, gint64 seq, gboolean in_tray, GError **error);

/* What else is kept sealed: blobs to be sent, answers for when the line is down. */
gboolean jn_store_put (JnStore *store,
                       const char *kind,
                       const char *name,
                       const char *login,
                       GBytes *sealed,
                       GError **error);
GBytes *jn_store_get (JnStore *store, const char *kind, const char *name, const char *login);
/* (transfer full) (nullable): the first of @kind behind @place (inout; 0: of all), with its name and whose it is */
GBytes *
jn_store_get_any (JnStore *store, const char *kind, gint64 *place, char **name, char **login);
gboolean jn_store_drop (JnStore *store, const char *kind, const char *name, GError **error);
guint jn_store_count_kept (JnStore *store, const char *kind);
/* From now on it is of kind "refused": kept for a month, and sent no more. */
gboolean jn_store_set_aside (JnStore *store, const char *kind, const char *name, GError **error);

G_END_DECLS
