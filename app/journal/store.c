/* store.c: the journal's file: SQLite, in WAL, synced before anyone is told that something is kept. */
#include "app/journal/store.h"

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#define LINK_SIZE 32
#define REFUSED_DAYS "30" /* a scan that the server refused, and that nobody asked for */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

struct _JnStore
{
  sqlite3 *db;
  char *head_path;
  guint8 head[LINK_SIZE];
};

typedef enum
{
  STATE_WAITING,
  STATE_DELIVERED,
  STATE_TRAY,
} State;

static const char schema[]
    = "pragma journal_mode = wal;"
      "pragma synchronous = full;"
      "create table if not exists record (seq integer primary key, key text not null unique,"
      "  login text not null, number int not null, sealed blob, digest blob not null, link blob "
      "not null,"
      "  state int not null default 0);"
      "create table if not exists wraps (login text primary key, salt blob not null,"
      "  password blob not null, recovery blob, terminal blob not null);"
      "create table if not exists kept (kind text not null, name text not null,"
      "  login text not null, sealed blob not null, primary key (kind, name, login));"
      "create table if not exists refused (name text primary key, since int not null);"
      "create table if not exists series (next int not null);"
      "insert into series select 1 where not exists (select 1 from series);";

/* -- SQLite ---------------------------------------------------------------------------------------- */

/* What is no journal any more is INVALID_DATA; what the disk does not do now is not. */
static gboolean
set_fault (JnStore *store, GError **error)
{
  int code = sqlite3_errcode (store->db) & 0xff;

  g_set_error (error, G_IO_ERROR,
               code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? G_IO_ERROR_INVALID_DATA
                                                               : G_IO_ERROR_FAILED,
               "journal: %s", sqlite3_errmsg (store->db));
  return FALSE;
}

static sqlite3_stmt *
prepare (JnStore *store, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (store->db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("journal: %s: %s", sql, sqlite3_errmsg (store->db));
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int i, const char *text)
{
  sqlite3_bind_text (statement, i, text, -1, SQLITE_TRANSIENT);
}

static void
bind_bytes (sqlite3_stmt *statement, int i, GBytes *bytes)
{
  if (bytes == NULL)
    sqlite3_bind_null (statement, i);
  else
    sqlite3_bind_blob (statement, i, g_bytes_get_data (bytes, NULL), (int)g_bytes_get_size (bytes),
                       SQLITE_TRANSIENT);
}

/* (transfer full) (nullable) */
static GBytes *
column_bytes (sqlite3_stmt *statement, int i)
{
  if (sqlite3_column_type (statement, i) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (statement, i),
                      (gsize)sqlite3_column_bytes (statement, i));
}

static char *
column_string (sqlite3_stmt *statement, int i)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, i));
}

static gboolean
run (JnStore *store, sqlite3_stmt *statement, GError **error)
{
  return sqlite3_step (statement) == SQLITE_DONE || set_fault (store, error);
}

static gboolean
execute (JnStore *store, const char *sql, GError **error)
{
  return sqlite3_exec (store->db, sql, NULL, NULL, NULL) == SQLITE_OK || set_fault (store, error);
}

static gint64
ask_number (JnStore *store, const char *sql)
{
  g_autoptr (sqlite3_stmt) row = prepare (store, sql);

  return sqlite3_step (row) == SQLITE_ROW ? sqlite3_column_int64 (row, 0) : 0;
}

/* -- the chain -------------------------------------------------------------------------------------- */

static void
make_link (const guint8 *before, gint64 seq, const guint8 *digest, guint8 *link)
{
  crypto_generichash_state state;
  gint64 number = GINT64_TO_BE (seq);

  crypto_generichash_init (&state, NULL, 0, LINK_SIZE);
  crypto_generichash_update (&state, before, LINK_SIZE);
  crypto_generichash_update (&state, (const guint8 *)&number, sizeof number);
  crypto_generichash_update (&state, digest, LINK_SIZE);
  crypto_generichash_final (&state, link, LINK_SIZE);
}

static void
digest_of (GBytes *sealed, guint8 *digest)
{
  crypto_generichash (digest, LINK_SIZE, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                      NULL, 0);
}

/* A row fits: its text its digest, its digest and the link before its link */
static gboolean
row_fits (sqlite3_stmt *row, const guint8 *before)
{
  g_autoptr (GBytes) sealed = column_bytes (row, 1);
  guint8 digest[LINK_SIZE];
  guint8 link[LINK_SIZE];

  if (sqlite3_column_bytes (row, 2) != LINK_SIZE || sqlite3_column_bytes (row, 3) != LINK_SIZE)
    return FALSE;
  memcpy (digest, sqlite3_column_blob (row, 2), LINK_SIZE);
  if (sealed != NULL)
    digest_of (sealed, digest);
  make_link (before, sqlite3_column_int64 (row, 0), digest, link);
  return memcmp (link, sqlite3_column_blob (row, 3), LINK_SIZE) == 0;
}

/* The head beside the file is written after the row: it may be behind, never ahead. */
static gboolean
verify (JnStore *store, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
             = prepare (store, "select seq, sealed, digest, link from record order by seq");
  g_autofree char *kept = NULL;
  gsize size = 0;
  gboolean seen;
  gint64 expected = 1;
  int step;

  seen = !g_file_get_contents (store->head_path, &kept, &size, NULL) || size != LINK_SIZE;
  while ((step = sqlite3_step (rows)) == SQLITE_ROW)
    {
      if (sqlite3_column_int64 (rows, 0) != expected++ || !row_fits (rows, store->head))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "journal: record %" G_GINT64_FORMAT " was changed", expected - 1);
          return FALSE;
        }
      memcpy (store->head, sqlite3_column_blob (rows, 3), LINK_SIZE);
      seen = seen || memcmp (store->head, kept, LINK_SIZE) == 0;
    }
  if (step != SQLITE_DONE) /* the rest was not read: it says nothing about what is there */
    return set_fault (store, error);
  if (!seen)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "journal: it was rolled back");
  return seen;
}

/* The record is kept already, and will be sent: without its head only a roll-back to before it would not show. */
static void
write_head (JnStore *store)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (store->head_path, (const char *)store->head, LINK_SIZE,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("journal: %s", error->message);
}

/* -- what the server refused ---------------------------------------------------------------------------- */

/* Personal data that serves nobody (Law 8/2005, article 5): kept for some days, for who misses it. What is not dated yet,
 * just now or by a program of before, is from now on. */
static gboolean
forget_refused (JnStore *store, GError **error)
{
  return execute (
      store,
      "insert or ignore into refused select name, strftime ('%s', 'now') from kept"
      " where kind = 'refused';"
      "delete from kept where kind = 'refused' and name in (select name from refused"
      " where since < strftime ('%s', 'now') - 86400 * " REFUSED_DAYS ");"
      "delete from refused where name not in (select name from kept where kind = 'refused')",
      error);
}

/* -- the terminal's own series -------------------------------------------------------------------------- */

gboolean
jn_store_pass_number (JnStore *store, gint64 used, GError **error)
{
  g_autoptr (sqlite3_stmt) update
             = prepare (store, "update series set next = ?1 + 1 where next <= ?1");

  sqlite3_bind_int64 (update, 1, used);
  return run (store, update, error);
}

gint64
jn_store_read_used (const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  gint64 used = 0;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (db, "select next - 1 from series", -1, &row, NULL) == SQLITE_OK
      && sqlite3_step (row) == SQLITE_ROW)
    used = sqlite3_column_int64 (row, 0);
  sqlite3_finalize (row);
  sqlite3_close (db);
  return used;
}

/* -- the file ------------------------------------------------------------------------------------------ */

JnStore *
jn_store_new (const char *path, GError **error)
{
  g_autoptr (JnStore) store = g_new0 (JnStore, 1);

  store->head_path = g_strconcat (path, ".head", NULL);
  if (sodium_init () < 0 || sqlite3_open (path, &store->db) != SQLITE_OK)
    {
      set_fault (store, error);
      return NULL;
    }
  sqlite3_busy_timeout (store->db, 2000);
  if (!execute (store, schema, error) || !verify (store, error) || !forget_refused (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

void
jn_store_free (JnStore *store)
{
  if (store == NULL)
    return;
  sqlite3_close (store->db);
  g_free (store->head_path);
  g_free (store);
}

void
jn_store_record_free (JnStoreRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->key);
  g_free (record->login);
  g_bytes_unref (record->sealed);
  g_free (record);
}

/* -- keys ------------------------------------------------------------------------------------------------ */

JnWraps *
jn_store_get_wraps (JnStore *store, const char *login)
{
  g_autoptr (sqlite3_stmt) row = prepare (
      store, "select salt, password, recovery, terminal from wraps where login = ?");
  JnWraps *wraps;

  bind_text (row, 1, login);
  if (sqlite3_step (row) != SQLITE_ROW)
    return NULL;
  wraps = g_new0 (JnWraps, 1);
  wraps->salt = column_bytes (row, 0);
  wraps->password = column_bytes (row, 1);
  wraps->recovery = column_bytes (row, 2);
  wraps->terminal = column_bytes (row, 3);
  return wraps;
}

gboolean
jn_store_set_wraps (JnStore *store, const char *login, const JnWraps *wraps, GError **error)
{
  g_autoptr (sqlite3_stmt) insert
             = prepare (store, "insert or replace into wraps values (?, ?, ?, ?, ?)");

  bind_text (insert, 1, login);
  bind_bytes (insert, 2, wraps->salt);
  bind_bytes (insert, 3, wraps->password);
  bind_bytes (insert, 4, wraps->recovery);
  bind_bytes (insert, 5, wraps->terminal);
  return run (store, insert, error);
}

/* -- records --------------------------------------------------------------------------------------------- */

static gboolean
has_key (JnStore *store, const char *key, gint64 *number)
{
  g_autoptr (sqlite3_stmt) row = prepare (store, "select number from record where key = ?");

  bind_text (row, 1, key);
  if (sqlite3_step (row) != SQLITE_ROW)
    return FALSE;
  *number = sqlite3_column_int64 (row, 0);
  return TRUE;
}

static gboolean
insert_record (JnStore *store,
               const char *key,
               const char *login,
               gint64 number,
               GBytes *sealed,
               guint8 *link,
               GError **error)
{
  g_autoptr (sqlite3_stmt) insert
             = prepare (store, "insert into record (seq, key, login, number, sealed, digest, link)"
                               " values (?, ?, ?, ?, ?, ?, ?)");
  gint64 seq = ask_number (store, "select coalesce (max (seq), 0) + 1 from record");
  guint8 digest[LINK_SIZE];

  digest_of (sealed, digest);
  make_link (store->head, seq, digest, link);
  sqlite3_bind_int64 (insert, 1, seq);
  bind_text (insert, 2, key);
  bind_text (insert, 3, login);
  sqlite3_bind_int64 (insert, 4, number);
  bind_bytes (insert, 5, sealed);
  sqlite3_bind_blob (insert, 6, digest, LINK_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_blob (insert, 7, link, LINK_SIZE, SQLITE_TRANSIENT);
  return run (store, insert, error);
}

gboolean
jn_store_keep (JnStore *store,
               const char *key,
               const char *login,
               gint64 *number,
               JnStoreSeal seal,
               gpointer data,
               GError **error)
{
  g_autoptr (GBytes) sealed = NULL;
  guint8 link[LINK_SIZE];

  if (has_key (store, key, number))
    return TRUE;
  if (!execute (store, "begin immediate", error))
    return FALSE;
  if (*number != 0)
    *number = ask_number (store, "update series set next = next + 1 returning next - 1");
  sealed = seal (*number, data);
  if (!insert_record (store, key, login, *number, sealed, link, error)
      || !execute (store, "commit", error))
    {
      execute (store, "rollback", NULL);
      return FALSE;
    }
  memcpy (store->head, link, LINK_SIZE);
  write_head (store);
  return TRUE;
}

static JnStoreRecord *
read_record (sqlite3_stmt *row)
{
  JnStoreRecord *record;

  if (sqlite3_step (row) != SQLITE_ROW)
    return NULL;
  record = g_new0 (JnStoreRecord, 1);
  record->seq = sqlite3_column_int64 (row, 0);
  record->key = column_string (row, 1);
  record->login = column_string (row, 2);
  record->sealed = column_bytes (row, 3);
  return record;
}

JnStoreRecord *
jn_store_get_next (JnStore *store, gint64 seq)
{
  g_autoptr (sqlite3_stmt) row
             = prepare (store, "select seq, key, login, sealed from record"
                               " where state = 0 and seq > ? order by seq limit 1");

  sqlite3_bind_int64 (row, 1, seq);
  return read_record (row);
}

GStrv
jn_store_open_all (JnStore *store, const char *login, const JnDataKey *key)
{
  g_autoptr (sqlite3_stmt) rows = prepare (
      store,
      "select seq, key, login, sealed from record where login = ? and state = 0 order by seq");
  GPtrArray *texts = g_ptr_array_new ();
  JnStoreRecord *record;

  bind_text (rows, 1, login);
  while ((record = read_record (rows)) != NULL)
    {
      g_autoptr (GBytes) plain = jn_data_key_open (key, record->sealed, record->key);

      if (plain != NULL)
        g_ptr_array_add (texts,
                         g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain)));
      jn_store_record_free (record);
    }
  g_ptr_array_add (texts, NULL);
  return (GStrv)g_ptr_array_free (texts, FALSE);
}

guint
jn_store_count_waiting (JnStore *store)
{
  return (guint)ask_number (store, "select count (*) from record where state = 0");
}

gboolean
jn_store_settle (JnStore *store, gint64 seq, gboolean in_tray, GError **error)
{
  g_autoptr (sqlite3_stmt) update
             = prepare (store, "update record set state = ?, sealed = null where seq = ?");

  sqlite3_bind_int (update, 1, in_tray ? STATE_TRAY : STATE_DELIVERED);
  sqlite3_bind_int64 (update, 2, seq);
  return run (store, update, error);
}

/* -- what else is kept -------------------------------------------------------------------------------------- */

gboolean
jn_store_put (JnStore *store,
              const char *kind,
              const char *name,
              const char *login,
              GBytes *sealed,
              GError **error)
{
  g_autoptr (sqlite3_stmt) insert
             = prepare (store, "insert or replace into kept values (?, ?, ?, ?)");

  bind_text (insert, 1, kind);
  bind_text (insert, 2, name);
  bind_text (insert, 3, login);
  bind_bytes (insert, 4, sealed);
  return run (store, insert, error);
}

GBytes *
jn_store_get (JnStore *store, const char *kind, const char *name, const char *login)
{
  g_autoptr (sqlite3_stmt) row
             = prepare (store, "select sealed from kept where kind = ? and name = ? and login = ?");

  bind_text (row, 1, kind);
  bind_text (row, 2, name);
  bind_text (row, 3, login);
  return sqlite3_step (row) == SQLITE_ROW ? column_bytes (row, 0) : NULL;
}

GBytes *
jn_store_get_any (JnStore *store, const char *kind, gint64 *place, char **name, char **login)
{
  g_autoptr (sqlite3_stmt) row
             = prepare (store, "select sealed, name, login, rowid from kept"
                               " where kind = ? and rowid > ? order by rowid limit 1");

  bind_text (row, 1, kind);
  sqlite3_bind_int64 (row, 2, *place);
  if (sqlite3_step (row) != SQLITE_ROW)
    return NULL;
  *place = sqlite3_column_int64 (row, 3);
  *name = column_string (row, 1);
  *login = column_string (row, 2);
  return column_bytes (row, 0);
}

guint
jn_store_count_kept (JnStore *store, const char *kind)
{
  g_autoptr (sqlite3_stmt) row = prepare (store, "select count (*) from kept where kind = ?");

  bind_text (row, 1, kind);
  return sqlite3_step (row) == SQLITE_ROW ? (guint)sqlite3_column_int64 (row, 0) : 0;
}

gboolean
jn_store_drop (JnStore *store, const char *kind, const char *name, GError **error)
{
  g_autoptr (sqlite3_stmt) remove = prepare (store, "delete from kept where kind = ? and name = ?");

  bind_text (remove, 1, kind);
  bind_text (remove, 2, name);
  return run (store, remove, error);
}

gboolean
jn_store_set_aside (JnStore *store, const char *kind, const char *name, GError **error)
{
  g_autoptr (sqlite3_stmt) update = prepare (
      store, "update or replace kept set kind = 'refused' where kind = ? and name = ?");

  bind_text (update, 1, kind);
  bind_text (update, 2, name);
  return run (store, update, error) && forget_refused (store, error);
}
