/* test-journal-disk.c: the journal's file: sealed, on a slow disk, harmed, and the keys of those who wrote it. */
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include "app/dict.h"
#include "app/journal/store.h"
#include "app/journal/vault.h"
#include "tests/app/journal-place.h"

/* -- a slow disk: the main loop goes on, and nothing is told before it is written ----------------- */

/* Until it is closed nobody else writes the file. */
static sqlite3 *
hold_disk (JournalPlace *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "begin immediate", NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

static gboolean
turned_cb (gpointer turned)
{
  *(gboolean *)turned = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *)flag;
}

/* The loop comes round while the disk is held. */
static void
turn_loop (void)
{
  gboolean turned = FALSE;

  g_timeout_add (20, turned_cb, &turned);
  jn_await_until (is_set, &turned);
}

static JnCommand *
deferrable (const char *name)
{
  JnCommand *command = jn_command_new (name, NULL);

  jn_command_set_deferrable (command, TRUE);
  return command;
}

static void
test_slow_disk (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = deferrable ("visit_submit");
  g_autoptr (GBytes) blob = g_bytes_new_static ("strokes", 7);
  g_autoptr (GAsyncResult) ran = NULL;
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *hash = NULL;
  sqlite3 *disk;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  disk = hold_disk (fixture);
  jn_backend_put_blob_async (JN_BACKEND (fixture->journal), blob, NULL, jn_awaited_cb, &put);
  jn_backend_run_async (JN_BACKEND (fixture->journal), command, NULL, jn_awaited_cb, &ran);
  turn_loop ();
  g_assert_null (put);
  g_assert_null (ran);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
  sqlite3_close (disk);
  answer = jn_backend_run_finish (JN_BACKEND (fixture->journal), jn_await (&ran), NULL);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  hash = jn_backend_put_blob_finish (JN_BACKEND (fixture->journal), jn_await (&put), NULL);
  g_assert_nonnull (hash);
}

/* The line is back before the disk has what was kept: what comes then goes after it all the same. */
static void
test_slow_disk_order (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) older = deferrable ("visit_submit");
  g_autoptr (JnCommand) newer = deferrable ("visit_rate");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (GVariant) rated = NULL;
  sqlite3 *disk;

  jn_fake_backend_always (fixture->fake, "visit_rate", jn_dict_new ("fine", "b", TRUE, NULL));
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  disk = hold_disk (fixture);
  jn_backend_run_async (JN_BACKEND (fixture->journal), older, NULL, jn_awaited_cb, &first);
  turn_loop ();
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_backend_run_async (JN_BACKEND (fixture->journal), newer, NULL, jn_awaited_cb, &second);
  turn_loop ();
  g_assert_cmpuint (jn_fake_backend_count_calls (fixture->fake, "visit_rate"), ==, 0);
  sqlite3_close (disk);
  kept = jn_backend_run_finish (JN_BACKEND (fixture->journal), jn_await (&first), NULL);
  g_assert_true (jn_dict_boolean (kept, "offline", FALSE));
  rated = jn_backend_run_finish (JN_BACKEND (fixture->journal), jn_await (&second), NULL);
  g_assert_true (jn_dict_boolean (rated, "fine", FALSE));
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
}

#define PRESSED_LAST 20

/* The window is closed the moment after a press: the loop does not turn again, and all of it is kept. */
static void
test_close (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  GAsyncResult *results[PRESSED_LAST] = { NULL };
  g_autoptr (JnStore) store = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  for (guint i = 0; i < PRESSED_LAST; i++)
    {
      g_autoptr (JnCommand) command = deferrable ("visit_submit");

      jn_backend_run_async (JN_BACKEND (fixture->journal), command, NULL, jn_awaited_cb,
                            &results[i]);
    }
  jn_journal_close (fixture->journal);
  store = jn_store_new (path, NULL);
  g_assert_nonnull (store);
  g_assert_cmpuint (jn_store_count_waiting (store), ==, PRESSED_LAST);
  for (guint i = 0; i < PRESSED_LAST; i++)
    g_object_unref (jn_await (&results[i]));
}

/* -- on the disk ------------------------------------------------------------------------------------ */

static gboolean
file_has (const char *folder, const char *name, const char *word)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &data, &size, NULL)
         && memmem (data, size, word, strlen (word)) != NULL;
}

static void
test_sealed (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "CHAN Siu Mei");
  g_assert_false (file_has (fixture->folder, "journal.db", "CHAN Siu Mei"));
  g_assert_false (file_has (fixture->folder, "journal.db-wal", "CHAN Siu Mei"));
  g_assert_true (file_has (fixture->folder, "journal.db-wal", key));
}

/* The disk took the record, and then nothing more: what was kept is not denied, for it will be sent. */
static void
test_head_not_written (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *head = g_build_filename (fixture->folder, "journal.db.head", NULL);
  g_autofree char *key = NULL;
  GLogLevelFlags fatal;

  g_assert_cmpint (g_mkdir (head, 0700), ==, 0);
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  key = journal_place_keep (fixture, "visit_submit", "a birth");
  g_log_set_always_fatal (fatal);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
}

static gboolean
has_file (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      return TRUE;
  return FALSE;
}

static char *
ask_file (JournalPlace *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  char *value = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  if (sqlite3_step (row) == SQLITE_ROW)
    value = g_strdup ((const char *)sqlite3_column_text (row, 0));
  g_assert_cmpint (sqlite3_finalize (row), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return value;
}

#define REFUSED "select count (*) from kept where kind = 'refused'"

/* A scan that the server refused is kept for a month, also one that a program of before had set aside. */
static void
test_refused (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *young = NULL;
  g_autofree char *before = NULL;
  g_autofree char *old = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  jn_fake_backend_refuse_blobs (fixture->fake);
  hash = journal_place_put_blob (fixture, "a scan of forty megabytes");
  g_free (journal_place_keep (fixture, "visit_submit", hash));
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  jn_await_finalized (fixture->journal);
  journal_place_open (fixture);
  young = ask_file (fixture, REFUSED);
  g_assert_cmpstr (young, ==, "1");
  jn_await_finalized (fixture->journal);
  g_free (ask_file (fixture, "drop table refused"));
  journal_place_open (fixture);
  before = ask_file (fixture, REFUSED);
  g_assert_cmpstr (before, ==, "1");
  jn_await_finalized (fixture->journal);
  g_free (ask_file (fixture, "update refused set since = since - 31 * 86400"));
  journal_place_open (fixture);
  old = ask_file (fixture, REFUSED);
  g_assert_cmpstr (old, ==, "0");
}

/* Keeps a submission at a new sign-in, and has it sent. (transfer none): its number */
static const char *
give_number (JournalPlace *fixture)
{
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "the next");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  return journal_place_replayed (fixture, fixture->replayed->len - 1, "number");
}

/* A row changed by another hand, or an older copy of the file: set aside, and said aloud. */
static void
test_tampered (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  const char *harm = data;
  GLogLevelFlags fatal;
  sqlite3 *db = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  first = journal_place_keep (fixture, "visit_submit", "one");
  second = journal_place_keep (fixture, "visit_submit", "two");
  jn_await_finalized (fixture->journal);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, harm, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  journal_place_open (fixture);
  g_log_set_always_fatal (fatal);
  g_assert_true (has_file (fixture->folder, "journal.db.broken-"));
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
  g_assert_cmpstr (give_number (fixture), ==, "07-T07-000003"); /* two papers are out there */
}

/* A power cut left something that is no journal, and a log beside it: the desk opens all the same. Which numbers it gave
 * the server knows. */
static void
test_ruined (JournalPlace *fixture, gconstpointer data)
{
  static const char *const names[] = { "journal.db", "journal.db-wal" };
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  GLogLevelFlags fatal;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "one");
  jn_await_finalized (fixture->journal);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, "what is left of it, and no more", -1, &error));
      g_assert_no_error (error);
    }
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  journal_place_open (fixture);
  g_log_set_always_fatal (fatal);
  g_assert_true (has_file (fixture->folder, "journal.db.broken-"));
  g_assert_false (file_has (fixture->folder, "journal.db-wal", "what is left of it"));
  fixture->used = 41;
  g_assert_cmpstr (give_number (fixture), ==, "07-T07-000042");
  fixture->used = 41; /* older than what was given since */
  g_assert_cmpstr (give_number (fixture), ==, "07-T07-000043");
}

static void
test_recovery (JournalPlace *fixture, gconstpointer data)
{
  guint8 public[crypto_box_PUBLICKEYBYTES];
  guint8 secret[crypto_box_SECRETKEYBYTES];
  guint8 other[crypto_box_SECRETKEYBYTES] = { 1 };
  char hex[2 * sizeof public + 1];
  g_autofree char *key = NULL;
  g_auto (GStrv) texts = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  crypto_box_keypair (public, secret);
  fixture->recovery = g_strdup (sodium_bin2hex (hex, sizeof hex, public, sizeof public));
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "left behind");
  g_assert_null (jn_journal_read_unsent (fixture->journal, "ana", public, other));
  texts = jn_journal_read_unsent (fixture->journal, "ana", public, secret);
  g_assert_cmpuint (g_strv_length (texts), ==, 1);
  g_assert_nonnull (strstr (texts[0], "left behind"));
}

/* What waits on this terminal opens with its key alone: it is made anew only where there is none. */
static void
test_key_unread (void)
{
  g_autofree char *folder = g_dir_make_tmp ("vault-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autoptr (GError) error = NULL;
  JnVault *vault;
  GLogLevelFlags fatal;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0); /* there, and not to be read */
  g_assert_null (jn_vault_new (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "half a key", -1, NULL));
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  vault = jn_vault_new (path, NULL);
  g_log_set_always_fatal (fatal);
  g_assert_nonnull (vault);
  g_assert_true (has_file (folder, "key.broken-"));
  jn_vault_free (vault);
}

static void
test_wraps (void)
{
  g_autofree char *folder = g_dir_make_tmp ("vault-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autoptr (JnVault) vault = jn_vault_new (path, NULL);
  g_autoptr (JnDataKey) key = jn_data_key_new ();
  g_autoptr (JnWraps) wraps = jn_vault_wrap (vault, key, "lotus", NULL);
  g_autoptr (JnDataKey) wrong = jn_wraps_open_password (wraps, "lotos");
  g_autoptr (JnDataKey) right = jn_wraps_open_password (wraps, "lotus");
  g_autoptr (GBytes) plain = g_bytes_new_static ("text", 4);
  g_autoptr (GBytes) sealed = jn_data_key_seal (key, plain, "name");
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GBytes) renamed = jn_data_key_open (key, sealed, "other");
  GStatBuf info;

  g_assert_null (wrong);
  g_assert_nonnull (right);
  opened = jn_data_key_open (right, sealed, "name");
  g_assert_true (g_bytes_equal (opened, plain));
  g_assert_null (renamed);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* The password was changed at another terminal: the same key under a new wrap. */
static void
test_new_password (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "before");
  jn_await_finalized (fixture->journal);
  journal_place_open (fixture);
  journal_place_sign_in (fixture, "ana", "lotus-new");
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, key);
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/app/journal-disk/" name, JournalPlace, data, journal_place_set_up, function,       \
              journal_place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("slow-disk/answer", test_slow_disk, NULL);
  ADD ("slow-disk/order", test_slow_disk_order, NULL);
  ADD ("close", test_close, NULL);
  ADD ("sealed", test_sealed, NULL);
  ADD ("head-not-written", test_head_not_written, NULL);
  ADD ("tampered/changed", test_tampered, "update record set sealed = x'00' where seq = 1");
  ADD ("tampered/taken-out", test_tampered, "delete from record where seq = 1");
  ADD ("tampered/rolled-back", test_tampered, "delete from record where seq = 2");
  ADD ("refused", test_refused, NULL);
  ADD ("ruined", test_ruined, NULL);
  ADD ("recovery", test_recovery, NULL);
  ADD ("new-password", test_new_password, NULL);
  g_test_add_func ("/app/journal-disk/wraps", test_wraps);
  g_test_add_func ("/app/journal-disk/key-unread", test_key_unread);
  return g_test_run ();
}
