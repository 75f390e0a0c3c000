/* test-journal.c: work kept while the line is down: numbered, sent once, and whose it is. */
#include <glib/gstdio.h>
#include <string.h>
#include "app/dict.h"
#include "tests/app/journal-place.h"

/* -- the path of the first issue: A's work, sent under B's session, is A's ---------------------- */

static void
test_hand_over (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "a birth");
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  journal_place_sign_out (fixture);
  journal_place_sign_in (fixture, "bo", "lotus-b");
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "actor"), ==, "ana");
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "grant"), ==, "grant-ana");
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "command"), ==, "visit_submit");
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, key);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "number"), ==, "07-T07-000001");
  g_assert_cmpuint (jn_fake_backend_count_done (fixture->fake, "replay"), ==, 1);
}

/* The machine was switched off between; the next clerk's session sends it all the same. */
static void
test_restart (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "a birth");
  jn_await_finalized (fixture->journal);
  journal_place_open (fixture);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  journal_place_sign_in (fixture, "bo", "lotus-b");
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, key);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "actor"), ==, "ana");
}

static void
test_order (JournalPlace *fixture, gconstpointer data)
{
  static const char *const names[]
      = { "draft_save", "visit_submit", "print_begin", "visit_submit" };
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (keys, journal_place_keep (fixture, names[i], "x"));
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (journal_place_replayed (fixture, i, "key"), ==, keys->pdata[i]);
  /* only what takes a number has one, and there is no gap */
  g_assert_null (journal_place_replayed (fixture, 0, "number"));
  g_assert_cmpstr (journal_place_replayed (fixture, 1, "number"), ==, "07-T07-000001");
  g_assert_cmpstr (journal_place_replayed (fixture, 3, "number"), ==, "07-T07-000002");
}

/* An answer lost on the way: the record goes out again, the server knows its key. */
static void
test_lost_answer (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "a birth");
  jn_fake_backend_lose_answers (fixture->fake, "replay", 1);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 2);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, key);
  g_assert_cmpstr (journal_place_replayed (fixture, 1, "key"), ==, key);
}

/* The answer to what was sent on the line was lost, and the line stands or went: a seal arrives all the same, under its own
 * key, once. A submission does not: its paper would have another number. */
static void
test_lost_online (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) seal = jn_command_new ("receipt_seal", NULL);
  g_autoptr (JnCommand) submission = jn_command_new ("visit_submit", NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_always (fixture->fake, "receipt_seal", jn_dict_new ("seal", "s", "x", NULL));
  jn_fake_backend_always (fixture->fake, "visit_submit", jn_dict_new (NULL, NULL));
  jn_fake_backend_lose_answers (fixture->fake, "receipt_seal", 1);
  jn_fake_backend_lose_answers (fixture->fake, "visit_submit", 1);
  jn_command_set_deferrable (seal, TRUE);
  jn_command_set_repeatable (seal, TRUE);
  jn_command_set_deferrable (submission, TRUE);
  answer = journal_place_run (fixture, seal, &error);
  g_assert_no_error (error);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, jn_command_get_key (seal));
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "command"), ==, "receipt_seal");
  g_assert_null (journal_place_run (fixture, submission, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
}

static void
test_tray (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *second = NULL;
  g_autoptr (GVariant) details = NULL;
  GVariant *args;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fixture->refuse = journal_place_keep (fixture, "visit_submit", "served elsewhere");
  second = journal_place_keep (fixture, "visit_submit", "good");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  args = jn_fake_backend_last_args (fixture->fake, "tray_put");
  g_assert_cmpstr (jn_dict_string (args, "key"), ==, fixture->refuse);
  g_assert_cmpstr (jn_dict_string (args, "code"), ==, "submitted-already");
  details = jn_dict_dict (args, "details");
  g_assert_nonnull (strstr (jn_dict_string (details, "record"), "served elsewhere"));
  g_assert_cmpstr (journal_place_replayed (fixture, 1, "key"), ==, second); /* it holds nobody up */
}

static void
moved_cb (JnBackend *backend, JournalPlace *fixture)
{
  g_assert_cmpuint (fixture->replayed->len, ==, 2);
  fixture->used = -1;
}

static gboolean
is_moved (gpointer fixture)
{
  return ((JournalPlace *)fixture)->used == -1;
}

/* The line is back: nobody is sent to look at the server before it has what was done meanwhile. */
static void
test_moved (JournalPlace *fixture, gconstpointer data)
{
  g_signal_connect (fixture->journal, "moved", G_CALLBACK (moved_cb), fixture);
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  g_free (journal_place_keep (fixture, "ticket_finish", "served"));
  g_free (journal_place_keep (fixture, "visit_rate", "5"));
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_backend_moved (JN_BACKEND (fixture->fake));
  jn_await_until (is_moved, fixture);
  fixture->used = 0;
  jn_backend_moved (JN_BACKEND (fixture->fake)); /* nothing is kept: at once */
  g_assert_true (is_moved (fixture));
}

/* Who stood in the way, or who delivers, is none of the record's business. */
static GVariant *
answer_replay_later (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  static const char *const passing[] = { "try-again", "no-session" };
  JournalPlace *fixture = data;
  guint before = fixture->replayed->len;
  GVariant *answer = journal_place_answer_replay (fake, name, args, data, error);

  if (before >= G_N_ELEMENTS (passing))
    return answer;
  g_variant_unref (g_variant_ref_sink (answer));
  g_propagate_error (error, jn_backend_error_new (before == 0 ? JN_BACKEND_ERROR_CONFLICT
                                                              : JN_BACKEND_ERROR_DENIED,
                                                  passing[before], NULL, NULL));
  return NULL;
}

static void
test_not_now (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  jn_fake_backend_on (fixture->fake, "replay", answer_replay_later, fixture);
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "a birth");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpuint (jn_fake_backend_count_calls (fixture->fake, "tray_put"), ==, 0);
  g_assert_cmpuint (fixture->replayed->len, ==, 3);
  g_assert_cmpstr (journal_place_replayed (fixture, 2, "key"), ==, key);
}

static void
test_not_deferrable (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("ticket_call_next", NULL);
  g_autoptr (GError) error = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  g_assert_null (journal_place_run (fixture, command, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 0);
}

/* What is asked while older work still waits goes after it. */
static void
test_after_older (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_rate", NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_always (fixture->fake, "visit_rate", jn_dict_new ("fine", "b", TRUE, NULL));
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  key = journal_place_keep (fixture, "visit_submit", "older");
  jn_command_set_deferrable (command, TRUE);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  answer = journal_place_run (fixture, command, NULL);
  g_assert_true (jn_dict_boolean (answer, "fine", FALSE));
  g_assert_cmpuint (fixture->replayed->len, ==, 1);
}

static void
test_same_key_once (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_submit", NULL);
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) again = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  jn_command_set_deferrable (command, TRUE);
  first = journal_place_run (fixture, command, NULL);
  again = journal_place_run (fixture, command, NULL);
  g_assert_cmpuint (jn_backend_get_unsent (JN_BACKEND (fixture->journal)), ==, 1);
  g_assert_cmpstr (jn_dict_string (first, "number"), ==, "07-T07-000001");
  g_assert_cmpstr (jn_dict_string (again, "number"), ==, "07-T07-000001");
}

static void
test_cached_answer (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnQuery) catalogue = jn_query_new ("catalogue", NULL);
  g_autoptr (JnQuery) queue = jn_query_new ("queue", NULL);

  jn_fake_backend_always (fixture->fake, "catalogue", jn_dict_new ("version", "i", 3, NULL));
  jn_fake_backend_always (fixture->fake, "queue", jn_dict_new ("count", "i", 3, NULL));
  jn_query_set_cacheable (catalogue, TRUE);
  journal_place_sign_in (fixture, "ana", "lotus-a");
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

static void
test_blob_first (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  hash = journal_place_put_blob (fixture, "strokes");
  key = journal_place_keep (fixture, "visit_submit", hash);
  g_assert_false (jn_fake_backend_has_blob (fixture->fake, hash));
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_true (jn_fake_backend_has_blob (fixture->fake, hash));
}

/* A scan that the server does not take keeps no work back: what names it is refused by itself. */
static void
test_blob_refused (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;
  g_autofree char *later = NULL;

  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  jn_fake_backend_refuse_blobs (fixture->fake);
  hash = journal_place_put_blob (fixture, "a scan of forty megabytes");
  key = journal_place_keep (fixture, "visit_submit", hash);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, key);
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  later = journal_place_keep (fixture, "visit_submit", "another day");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpstr (journal_place_replayed (fixture, 1, "key"), ==, later);
}

/* While the first record is on its way the line falters, and a scan is kept: it has the place in the file of the scan
 * that went. It goes before what names it. */
static GVariant *
answer_replay_scanned (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  JournalPlace *fixture = data;

  if (fixture->scan != NULL)
    g_assert_true (jn_fake_backend_has_blob (fake, fixture->scan));
  else
    {
      jn_fake_backend_cut_line (fake, TRUE);
      fixture->scan = journal_place_put_blob (fixture, "a second scan");
      g_free (journal_place_keep (fixture, "visit_submit", fixture->scan));
      jn_fake_backend_cut_line (fake, FALSE);
    }
  return journal_place_answer_replay (fake, name, args, data, error);
}

static void
test_blob_meanwhile (JournalPlace *fixture, gconstpointer data)
{
  g_autofree char *hash = NULL;
  g_autofree char *key = NULL;

  jn_fake_backend_on (fixture->fake, "replay", answer_replay_scanned, fixture);
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  hash = journal_place_put_blob (fixture, "a first scan");
  key = journal_place_keep (fixture, "visit_submit", hash);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_assert_cmpuint (fixture->replayed->len, ==, 2);
}

static gboolean
has_scan (gpointer data)
{
  JournalPlace *fixture = data;

  return jn_fake_backend_has_blob (fixture->fake, fixture->scan);
}

/* A scan that was kept, and no record: it goes when the line is back, and before what names it. */
static void
test_blob_alone (JournalPlace *fixture, gconstpointer data)
{
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fixture->scan = journal_place_put_blob (fixture, "a scan");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (has_scan, fixture);
}

static GVariant *
answer_submit_scanned (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  JournalPlace *fixture = data;

  g_assert_true (jn_fake_backend_has_blob (fake, fixture->scan));
  return jn_dict_new ("fine", "b", TRUE, NULL);
}

static void
test_blob_before_line (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (JnCommand) command = jn_command_new ("visit_submit", NULL);
  g_autoptr (GVariant) answer = NULL;

  jn_fake_backend_on (fixture->fake, "visit_submit", answer_submit_scanned, fixture);
  jn_command_set_deferrable (command, TRUE);
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  fixture->scan = journal_place_put_blob (fixture, "a scan");
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  answer = journal_place_run (fixture, command, NULL);
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
test_shut (JournalPlace *fixture, gconstpointer data)
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
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  scan = journal_place_put_blob (fixture, "ana's scan");
  shut = journal_place_keep (fixture, "visit_submit", scan);
  jn_await_finalized (fixture->journal);
  g_assert_cmpint (g_remove (path), ==, 0);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning is what is wanted here */
  journal_place_open (fixture);
  journal_place_sign_in (fixture, "bo", "lotus-b");
  answer = journal_place_run (fixture, command, NULL);
  g_assert_true (jn_dict_boolean (answer, "fine", FALSE)); /* on line, not kept behind ana's */
  jn_fake_backend_cut_line (fixture->fake, TRUE);
  hash = journal_place_put_blob (fixture, "bo's scan");
  key = journal_place_keep (fixture, "visit_submit", hash);
  jn_fake_backend_cut_line (fixture->fake, FALSE);
  jn_await_until (is_one_left, fixture->journal);
  g_assert_cmpstr (journal_place_replayed (fixture, 0, "key"), ==, key);
  g_assert_true (jn_fake_backend_has_blob (fixture->fake, hash));
  journal_place_sign_out (fixture);
  journal_place_sign_in (fixture, "ana", "lotus-a");
  jn_await_until (journal_place_is_all_sent, fixture->journal);
  g_log_set_always_fatal (fatal);
  g_assert_cmpstr (journal_place_replayed (fixture, 1, "key"), ==, shut);
  g_assert_true (jn_fake_backend_has_blob (fixture->fake, scan));
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/app/journal/" name, JournalPlace, data, journal_place_set_up, function,            \
              journal_place_tear_down)

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
  ADD ("moved", test_moved, NULL);
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
  return g_test_run ();
}
