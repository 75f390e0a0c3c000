/* journal-place.c: a journal around a fake server, whose line can be cut. */
#include "tests/app/journal-place.h"

#include <sodium.h>
#include <string.h>
#include "app/dict.h"
#include "app/json.h"

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
  JournalPlace *fixture = data;
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
                                   "2099-01-01T00:00:00+08:00", "number", "x", fixture->used, NULL),
                      NULL);
}

/* What api.replay checks: the signature under the actor's grant; by GLib's own HMAC */
GVariant *
journal_place_answer_replay (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  JournalPlace *fixture = data;
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

void
journal_place_open (JournalPlace *fixture)
{
  static const char *const numbered[] = { "visit_submit", NULL };
  g_autoptr (GError) error = NULL;

  fixture->journal = jn_journal_new (JN_BACKEND (fixture->fake), fixture->folder, numbered, &error);
  g_assert_no_error (error);
}

void
journal_place_set_up (JournalPlace *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->fake = jn_fake_backend_new ();
  fixture->folder = g_dir_make_tmp ("journal-XXXXXX", &error);
  fixture->replayed = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  jn_fake_backend_on (fixture->fake, "sign_in", answer_sign_in, fixture);
  jn_fake_backend_on (fixture->fake, "replay", journal_place_answer_replay, fixture);
  jn_fake_backend_always (fixture->fake, "tray_put", jn_dict_new ("id", "s", "1", NULL));
  journal_place_open (fixture);
}

void
journal_place_tear_down (JournalPlace *fixture, gconstpointer data)
{
  jn_await_finalized (fixture->journal);
  jn_await_finalized (fixture->fake);
  g_ptr_array_unref (fixture->replayed);
  g_free (fixture->folder);
  g_free (fixture->refuse);
  g_free (fixture->recovery);
  g_free (fixture->scan);
}

void
journal_place_sign_in (JournalPlace *fixture, const char *login, const char *password)
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

void
journal_place_sign_out (JournalPlace *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_backend_sign_out_async (JN_BACKEND (fixture->journal), NULL, jn_awaited_cb, &result);
  g_assert_true (
      jn_backend_sign_out_finish (JN_BACKEND (fixture->journal), jn_await (&result), NULL));
}

/* (transfer full) (nullable) */
GVariant *
journal_place_run (JournalPlace *fixture, JnCommand *command, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_backend_run_async (JN_BACKEND (fixture->journal), command, NULL, jn_awaited_cb, &result);
  return jn_backend_run_finish (JN_BACKEND (fixture->journal), jn_await (&result), error);
}

/* A submission, or what else may wait; (transfer full): its key */
char *
journal_place_keep (JournalPlace *fixture, const char *name, const char *note)
{
  g_autoptr (JnCommand) command = jn_command_new (name, jn_dict_new ("note", "s", note, NULL));
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  jn_command_set_deferrable (command, TRUE);
  answer = journal_place_run (fixture, command, &error);
  g_assert_no_error (error);
  g_assert_true (jn_dict_boolean (answer, "offline", FALSE));
  return g_strdup (jn_command_get_key (command));
}

gboolean
journal_place_is_all_sent (gpointer data)
{
  return jn_backend_get_unsent (data) == 0;
}

const char *
journal_place_replayed (JournalPlace *fixture, guint i, const char *key)
{
  g_assert_cmpuint (i, <, fixture->replayed->len);
  return jn_dict_string (fixture->replayed->pdata[i], key);
}

/* (transfer full): its hash */
char *
journal_place_put_blob (JournalPlace *fixture, const char *text)
{
  g_autoptr (GBytes) blob = g_bytes_new_static (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;
  char *hash;

  jn_backend_put_blob_async (JN_BACKEND (fixture->journal), blob, NULL, jn_awaited_cb, &result);
  hash = jn_backend_put_blob_finish (JN_BACKEND (fixture->journal), jn_await (&result), NULL);
  g_assert_nonnull (hash);
  return hash;
}
