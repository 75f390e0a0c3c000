/* test-journal.c: work kept while the line is down: sealed, numbered, sent once, and whose it is. */
#include <glib/gstdio.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include "app/dict.h"
#include "app/journal/journal.h"
#include "app/journal/store.h"
#include "app/journal/vault.h"
#include "app/json.h"
#include "tests/app/fake-backend.h"

typedef struct
{
  JnFakeBackend *fake;
  JnJournal *journal;
  char *folder;
  GPtrArray *replayed; /* of GVariant: the records */
  char *refuse;        /* (nullable): the key of a record that the server does not want */
  char *recovery;      /* (nullable): hex */
  char *scan;          /* (nullable): the hash of what was kept meanwhile */
} Fixture;

/* The grant's secret ends differently for each clerk */
static char *
make_secret (const char *login)
{
  return g_strdup_printf ("%02x%062x", login[0], 7);
}

static GVariant *
answer_sign_in (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Fixture *fixture = data;
  const char *login = jn_dict_string (args, "login");
  g_autofree char *secret = make_secret (login);
  g_autofree char *grant = g_strdup_printf ("grant-%s", login);
  GVariant *details = NULL;

  if (fixture->recovery != NULL)
    details = jn_dict_new ("recovery_key", "s", fixture->recovery, NULL);
  return jn_dict_new ("staff", "@a{sv}", jn_dict_new ("login", "s", login, NULL), "branch",
                      "@a{sv}", jn_dict_new ("code", "s", "07", "details", "@a{sv}", details, NULL),
                      "terminal", "@a{sv}", jn_dict_new ("code", "s", "T07", NULL), "grant",
                      "@a{sv}",
                      jn_dict_new ("id", "s", grant, "secret", "s", secret, "expires", "s",
                                   "2099-01-01T00:00:00+08:00", NULL),
                      NULL);
}

/* What api.replay checks: the signature under the actor's grant; by GLib's own HMAC */
static GVariant *
answer_replay (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Fixture *fixture = data;
  const char *text = jn_dict_string (args, "record");
  GVariant *record = jn_json_to_dict (text, -1, error);
  g_autofree char *secret = make_secret (jn_dict_string (record, "actor"));
  guint8 key[32];
  g_autofree char *mac = NULL;

  g_assert_nonnull (record);
  g_ptr_array_add (fixture->replayed, record);
  sodium_hex2bin (key, sizeof key, secret, strlen (secret), NULL, NULL, NULL);
  mac = g_compute_hmac_for_data (G_CHECKSUM_SHA256, key, sizeof key, (const guint8 *)text,
                                 strlen (text));
  g_assert_cmpstr (mac, ==, jn_dict_string (args, "mac"));
  if (g_strcmp0 (fixture->refuse, jn_dict_string (record, "key")) == 0)
    {
      g_propagate_error (
          error, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "submitted-already", NULL, NULL));
      return NULL;
    }
  return jn_dict_new ("done", "b", TRUE, NULL);
}

static void
open_journal (Fixture *fixture)
{
  static const char *const numbered[] = { "visit_submit", NULL };
  g_autoptr (GError) error = NULL;

  fixture->journal = jn_journal_new (JN_BACKEND (fixture->fake), fixture->folder, numbered, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->fake = jn_fake_backend_new ();
  fixture->folder = g_dir_make_tmp ("journal-XXXXXX", &error);
  fixture->replayed = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  jn_fake_backend_on (fixture->fake, "sign_in", answer_sign_in, fixture);
  jn_fake_backend_on (fixture->fake, "replay", answer_replay, fixture);
  jn_fake_backend_always (fixture->fake, "tray_put", jn_dict_new ("id", "s", "1", NULL));
  open_journal (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jn_await_finalized (fixture->journal);
  jn_await_finalized (fixture->fake);
  g_ptr_array_unref (fixture->replayed);
  g_free (fixture->folder);
  g_free (fixture->refuse);
  g_free (fixture->recovery);
  g_free (fixture->scan);
}

static void
sign_in (Fixture *fixture, const char *login, const char *password)
{
  JnCredentials credentials = { login, password, "T07", 7, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  jn_backend_sign_in_async (JN_BACKEND (fixture->journal), &credentials, NULL, jn_awaited_cb,
                            &result);
  answer = jn_backend_sign_in_finish (JN_BACKEND (fixture->journal), jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
sign_out (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_backend_sign_out_async (JN_BACKEND (fixture->journal), NULL, jn_awaited_cb, &result);
  g_assert_true (
      jn_backend_sign_out_finish (JN_BACKEND (fixture->journal), jn_await (&result), NULL));
}

/* (transfer full) (nullable) */
static GVariant *
run (Fixture *fixture, JnCommand *command, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_backend_run_async (JN_BACKEND (fixture->journal), command, NULL, jn_awaited_cb, &result);
  return jn_backend_run_finish (JN_BACKEND (fixture->journal), jn_await (&result), error);
}

/* A submission, or what else may wait; (transfer full): its key */
static char *
keep (Fixture *fixture, const char *name, const char *note)
{
  g_autoptr (JnCommand) command = jn_command_new (name, jn_dict_new ("note", "s", note, NULL));
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  jn_command_set_deferrable (command, TRUE);
  answer = run (fixture, command, &error);
  g_assert_no_error (error);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  return g_strdup (jn_command_get_key (command));
}

static gboolean
is_all_sent (gpointer data)
{
  return jn_backend_get_unsent (data) == 0;
}

static const char *
replayed (Fixture *fixture, guint i, const char *key)
{
  g_assert_cmpuint (i, <, fixture->replayed->len);
  return jn_dict_string (fixture->replayed->pdata[i], key);
}

/* -- the path of the first issue: A's work, sent under B's session, is A's ---------------------- */

static void
test_hand_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "a birth");
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  sign_out (fixture);
  sign_in (fixture, "bo", "lotus-b");
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
  g_assert_cmpstr (replayed (fixture, 0, "actor"), ==, "ana");
  g_assert_cmpstr (replayed (fixture, 0, "grant"), ==, "grant-ana");
  g_assert_cmpstr (replayed (fixture, 0, "command"), ==, "visit_submit");
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, key);
  g_assert_cmpstr (replayed (fixture, 0, "number"), ==, "07-T07-000001");
  g_assert_cmpuint (jn_fake_backend_count_done (fixture->fake, "replay"), ==, 1);
}

/* The machine was switched off between; the next clerk's session sends it all the same. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "a birth");
  jn_await_finalized (fixture->journal);
  open_journal (fixture);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  sign_in (fixture, "bo", "lotus-b");
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, key);
  g_assert_cmpstr (replayed (fixture, 0, "actor"), ==, "ana");
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  static const char *const names[]
      = { "draft_save", "visit_submit", "print_begin", "visit_submit" };
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (keys, keep (fixture, names[i], "x"));
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (replayed (fixture, i, "key"), ==, keys->pdata[i]);
  /* only what takes a number has one, and there is no gap */
  g_assert_null (replayed (fixture, 0, "number"));
  g_assert_cmpstr (replayed (fixture, 1, "number"), ==, "07-T07-000001");
  g_assert_cmpstr (replayed (fixture, 3, "number"), ==, "07-T07-000002");
}

/* An answer lost on the way: the record goes out again, the server knows its key. */
static void
test_lost_answer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "a birth");
  jn_fake_backend_lose_answers (fixture->fake, "replay", 1);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 2);
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, key);
  g_assert_cmpstr (replayed (fixture, 1, "key"), ==, key);
}

/* The answer to what was sent on the line was lost, and the line stands or went: a seal arrives all the same, under its own
 * key, once. A submission does not: its paper would have another number. */
static void
test_lost_online (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) seal = jn_command_new ("receipt_seal", NULL);
  g_autoptr (JnCommand) submission = jn_command_new ("visit_submit", NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_always (fixture->fake, "receipt_seal", jn_dict_new ("seal", "s", "x", NULL));
  jn_fake_backend_always (fixture->fake, "visit_submit", jn_dict_new (NULL, NULL));
  jn_fake_backend_lose_answers (fixture->fake, "receipt_seal", 1);
  jn_fake_backend_lose_answers (fixture->fake, "visit_submit", 1);
  jn_command_set_deferrable (seal, TRUE);
  jn_command_set_repeatable (seal, TRUE);
  jn_command_set_deferrable (submission, TRUE);
  answer = run (fixture, seal, &error);
  g_assert_no_error (error);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, jn_command_get_key (seal));
  g_assert_cmpstr (replayed (fixture, 0, "command"), ==, "receipt_seal");
  g_assert_null (run (fixture, submission, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
}

static void
test_tray (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autoptr (GVariant) details = NULL;
  GVariant *args;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fixture->refuse = keep (fixture, "visit_submit", "served elsewhere");
  second = keep (fixture, "visit_submit", "good");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  args = jn_fake_backend_last_args (fixture->fake, "tray_put");
  g_assert_cmpstr (jn_dict_string (args, "key"), ==, fixture->refuse);
  g_assert_cmpstr (jn_dict_string (args, "code"), ==, "submitted-already");
  details = jn_dict_dict (args, "details");
  g_assert_nonnull (strstr (jn_dict_string (details, "record"), "served elsewhere"));
  g_assert_cmpstr (replayed (fixture, 1, "key"), ==, second); /* it holds nobody up */
}

/* Who stood in the way, or who delivers, is none of the record's business. */
static GVariant *
answer_replay_later (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  static const char *const passing[] = { "try-again", "no-session" };
  Fixture *fixture = data;
  guint before = fixture->replayed->len;
  GVariant *answer = answer_replay (fake, name, args, data, error);

  if (before >= G_N_ELEMENTS (passing))
    return answer;
  g_variant_unref (g_variant_ref_sink (answer));
  g_propagate_error (error, jn_backend_error_new (before == 0 ? JN_BACKEND_ERROR_CONFLICT
                                                              : JN_BACKEND_ERROR_DENIED,
                                                  passing[before], NULL, NULL));
  return NULL;
}

static void
test_not_now (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  jn_fake_backend_on (fixture->fake, "replay", answer_replay_later, fixture);
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "a birth");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpuint (jn_fake_backend_count_calls (fixture->fake, "tray_put"), ==, 0);
  g_assert_cmpuint (fixture->replayed->len, ==, 3);
  g_assert_cmpstr (replayed (fixture, 2, "key"), ==, key);
}

static void
test_not_deferrable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("ticket_call_next", NULL);
  g_autoptr (GError) error = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  g_assert_null (run (fixture, command, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
}

/* What is asked while older work still waits goes after it. */
static void
test_after_older (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_rate", NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_always (fixture->fake, "visit_rate", jn_dict_new ("fine", "b", TRUE, NULL));
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "older");
  jn_command_set_deferrable (command, TRUE);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  answer = run (fixture, command, NULL);
  g_assert_true (jn_dict_boolean (answer, "fine", FALSE));
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
}

static void
test_same_key_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_submit", NULL);
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) again = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  jn_command_set_deferrable (command, TRUE);
  first = run (fixture, command, NULL);
  again = run (fixture, command, NULL);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  g_assert_cmpstr (jn_dict_string (first, "number"), ==, "07-T07-000001");
  g_assert_cmpstr (jn_dict_string (again, "number"), ==, "07-T07-000001");
}

static void
test_cached_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnQuery) catalogue = jn_query_new ("catalogue", NULL);
  g_autoptr (JnQuery) queue = jn_query_new ("queue", NULL);

  jn_fake_backend_always (fixture->fake, "catalogue", jn_dict_new ("version", "i", 3, NULL));
  jn_fake_backend_always (fixture->fake, "queue", jn_dict_new ("count", "i", 3, NULL));
  jn_query_set_cacheable (catalogue, TRUE);
  sign_in (fixture, "ana", "lotus-a");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) kept = NULL;
      g_autoptr (GAsyncResult) live = NULL;
      g_autoptr (GVariant) answer = NULL;
      g_autoptr (GVariant) none = NULL;

      jn_backend_ask_async (JN_BACKEND (fixture->journal), catalogue, NULL, jn_awaited_cb, &kept);
      answer = jn_backend_ask_finish (JN_BACKEND (fixture->journal), jn_await (&kept), NULL);
      g_assert_cmpint (jn_dict_int (answer, "version", 0), ==, 3);
      jn_backend_ask_async (JN_BACKEND (fixture->journal), queue, NULL, jn_awaited_cb, &live);
      none = jn_backend_ask_finish (JN_BACKEND (fixture->journal), jn_await (&live), NULL);
      g_assert_true ((none != NULL) == (i == 0));
      jn_fake_backend_cut_line (fixture->fake, TRUE);
    }
}

/* (transfer full): its hash */
static char *
put_blob (Fixture *fixture, const char *text)
{
  g_autoptr (GBytes) blob = g_bytes_new_static (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  char *hash;

  jn_backend_put_blob_async (JN_BACKEND (fixture->journal), blob, NULL, jn_awaited_cb, &result);
  hash = jn_backend_put_blob_finish (JN_BACKEND (fixture->journal), jn_await (&result), NULL);
  g_assert_nonnull (hash);
  return hash;
}

static void
test_blob_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  hash = put_blob (fixture, "strokes");
  key = keep (fixture, "visit_submit", hash);
  g_assert_false (jn_fake_backend_has_blob (fixture->fake, hash));
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_true (jn_fake_backend_has_blob (fixture->fake, hash));
}

/* A scan that the server does not take keeps no work back: what names it is refused by itself. */
static void
test_blob_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;
  g_autofree char *later = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  jn_fake_backend_refuse_blobs (fixture->fake);
  hash = put_blob (fixture, "a scan of forty megabytes");
  key = keep (fixture, "visit_submit", hash);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, key);
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  later = keep (fixture, "visit_submit", "another day");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpstr (replayed (fixture, 1, "key"), ==, later);
}

/* While the first record is on its way the line falters, and a scan is kept: it has the place in the file of the scan
 * that went. It goes before what names it. */
static GVariant *
answer_replay_scanned (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Fixture *fixture = data;

  if (fixture->scan != NULL)
    g_assert_true (jn_fake_backend_has_blob (fake, fixture->scan));
  else
    {
      jn_fake_backend_cut_line (fake, TRUE);
      fixture->scan = put_blob (fixture, "a second scan");
      g_free (keep (fixture, "visit_submit", fixture->scan));
      jn_fake_backend_cut_line (fake, FALSE);
    }
  return answer_replay (fake, name, args, data, error);
}

static void
test_blob_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;

  jn_fake_backend_on (fixture->fake, "replay", answer_replay_scanned, fixture);
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  hash = put_blob (fixture, "a first scan");
  key = keep (fixture, "visit_submit", hash);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 2);
}

static gboolean
has_scan (gpointer data)
{
  Fixture *fixture = data;

  return jn_fake_backend_has_blob (fixture->fake, fixture->scan);
}

/* A scan that was kept, and no record: it goes when the line is back, and before what names it. */
static void
test_blob_alone (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fixture->scan = put_blob (fixture, "a scan");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (has_scan, fixture);
}

static GVariant *
answer_submit_scanned (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Fixture *fixture = data;

  g_assert_true (jn_fake_backend_has_blob (fake, fixture->scan));
  return jn_dict_new ("fine", "b", TRUE, NULL);
}

static void
test_blob_before_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_submit", NULL);
  g_autoptr (GVariant) answer = NULL;

  jn_fake_backend_on (fixture->fake, "visit_submit", answer_submit_scanned, fixture);
  jn_command_set_deferrable (command, TRUE);
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fixture->scan = put_blob (fixture, "a scan");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  answer = run (fixture, command, NULL);
  g_assert_true (jn_dict_boolean (answer, "fine", FALSE));
}

static gboolean
is_one_left (gpointer data)
{
  return jn_backend_get_unsent (data) == 1;
}

/* The terminal's key is gone, so what ana kept opens for her alone: it waits for her, and everybody else's work and
 * scans go on. */
static void
test_shut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_rate", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "journal.key", NULL);
  g_autofree char *scan = NULL;
  g_autofree char *shut = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GVariant) answer = NULL;
  GLogLevelFlags fatal;

  jn_fake_backend_always (fixture->fake, "visit_rate", jn_dict_new ("fine", "b", TRUE, NULL));
  jn_command_set_deferrable (command, TRUE);
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  scan = put_blob (fixture, "ana's scan");
  shut = keep (fixture, "visit_submit", scan);
  jn_await_finalized (fixture->journal);
  g_assert_cmpint (g_remove (path), ==, 0);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  open_journal (fixture);
  sign_in (fixture, "bo", "lotus-b");
  answer = run (fixture, command, NULL);
  g_assert_true (jn_dict_boolean (answer, "fine", FALSE)); /* on line, not kept behind ana's */
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  hash = put_blob (fixture, "bo's scan");
  key = keep (fixture, "visit_submit", hash);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_one_left, fixture->journal);
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, key);
  g_assert_true (jn_fake_backend_has_blob (fixture->fake, hash));
  sign_out (fixture);
  sign_in (fixture, "ana", "lotus-a");
  jn_await_until (is_all_sent, fixture->journal);
  g_log_set_always_fatal (fatal);
  g_assert_cmpstr (replayed (fixture, 1, "key"), ==, shut);
  g_assert_true (jn_fake_backend_has_blob (fixture->fake, scan));
}

/* -- a slow disk: the main loop goes on, and nothing is told before it is written ----------------- */

/* Until it is closed nobody else writes the file. */
static sqlite3 *
hold_disk (Fixture *fixture)
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
test_slow_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = deferrable ("visit_submit");
  g_autoptr (GBytes) blob = g_bytes_new_static ("strokes", 7);
  g_autoptr (GAsyncResult) ran = NULL;
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *hash = NULL;
  sqlite3 *disk;

  sign_in (fixture, "ana", "lotus-a");
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
test_slow_disk_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) older = deferrable ("visit_submit");
  g_autoptr (JnCommand) newer = deferrable ("visit_rate");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (GVariant) rated = NULL;
  sqlite3 *disk;

  jn_fake_backend_always (fixture->fake, "visit_rate", jn_dict_new ("fine", "b", TRUE, NULL));
  sign_in (fixture, "ana", "lotus-a");
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
test_close (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  GAsyncResult *results[PRESSED_LAST] = { NULL };
  g_autoptr (JnStore) store = NULL;

  sign_in (fixture, "ana", "lotus-a");
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
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "CHAN Siu Mei");
  g_assert_false (file_has (fixture->folder, "journal.db", "CHAN Siu Mei"));
  g_assert_false (file_has (fixture->folder, "journal.db-wal", "CHAN Siu Mei"));
  g_assert_true (file_has (fixture->folder, "journal.db-wal", key));
}

/* The disk took the record, and then nothing more: what was kept is not denied, for it will be sent. */
static void
test_head_not_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *head = g_build_filename (fixture->folder, "journal.db.head", NULL);
  g_autofree char *key = NULL;
  GLogLevelFlags fatal;

  g_assert_cmpint (g_mkdir (head, 0700), ==, 0);
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  key = keep (fixture, "visit_submit", "a birth");
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

/* A row changed by another hand, or an older copy of the file: set aside, and said aloud. */
static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "journal.db", NULL);
  const char *harm = data;
  GLogLevelFlags fatal;
  sqlite3 *db = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  first = keep (fixture, "visit_submit", "one");
  second = keep (fixture, "visit_submit", "two");
  jn_await_finalized (fixture->journal);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, harm, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  open_journal (fixture);
  g_log_set_always_fatal (fatal);
  g_assert_true (has_file (fixture->folder, "journal.db.broken-"));
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
}

static void
test_recovery (Fixture *fixture, gconstpointer data)
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
  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "left behind");
  g_assert_null (jn_journal_read_unsent (fixture->journal, "ana", public, other));
  texts = jn_journal_read_unsent (fixture->journal, "ana", public, secret);
  g_assert_cmpuint (g_strv_length (texts), ==, 1);
  g_assert_nonnull (strstr (texts[0], "left behind"));
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
test_new_password (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = keep (fixture, "visit_submit", "before");
  jn_await_finalized (fixture->journal);
  open_journal (fixture);
  sign_in (fixture, "ana", "lotus-new");
  jn_await_until (is_all_sent, fixture->journal);
  g_assert_cmpstr (replayed (fixture, 0, "key"), ==, key);
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/app/journal/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hand-over", test_hand_over, NULL);
  ADD ("restart", test_restart, NULL);
  ADD ("order", test_order, NULL);
  ADD ("lost-answer", test_lost_answer, NULL);
  ADD ("lost-online", test_lost_online, NULL);
  ADD ("tray", test_tray, NULL);
  ADD ("not-now", test_not_now, NULL);
  ADD ("not-deferrable", test_not_deferrable, NULL);
  ADD ("after-older", test_after_older, NULL);
  ADD ("same-key-once", test_same_key_once, NULL);
  ADD ("cached-answer", test_cached_answer, NULL);
  ADD ("blob-first", test_blob_first, NULL);
  ADD ("blob-refused", test_blob_refused, NULL);
  ADD ("blob-meanwhile", test_blob_meanwhile, NULL);
  ADD ("blob-alone", test_blob_alone, NULL);
  ADD ("blob-before-line", test_blob_before_line, NULL);
  ADD ("shut", test_shut, NULL);
  ADD ("slow-disk/answer", test_slow_disk, NULL);
  ADD ("slow-disk/order", test_slow_disk_order, NULL);
  ADD ("close", test_close, NULL);
  ADD ("sealed", test_sealed, NULL);
  ADD ("head-not-written", test_head_not_written, NULL);
  ADD ("tampered/changed", test_tampered, "update record set sealed = x'00' where seq = 1");
  ADD ("tampered/taken-out", test_tampered, "delete from record where seq = 1");
  ADD ("tampered/rolled-back", test_tampered, "delete from record where seq = 2");
  ADD ("recovery", test_recovery, NULL);
  ADD ("new-password", test_new_password, NULL);
  g_test_add_func ("/app/journal/wraps", test_wraps);
  return g_test_run ();
}
