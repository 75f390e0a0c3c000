/* test-keys.c: keys on disk, and the public list with and without the root's signature. */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "printing/keys.h"

static const JnKeyId here = { 7, 12, 1 };

static void
from_hex (const char *hex, guint8 *data, gsize size)
{
  size_t length;

  g_assert_cmpint (sodium_hex2bin (data, size, hex, strlen (hex), NULL, &length, NULL), ==, 0);
  g_assert_cmpuint (length, ==, size);
}

/* RFC 8032, section 7.1, test 2 */
static void
test_vector (void)
{
  guint8 seed[32], public[32], expected[64], signature[64];
  g_autoptr(JnSealKey) key = NULL;

  from_hex ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed, 32);
  from_hex ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", public, 32);
  from_hex ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            expected, 64);
  key = jn_seal_key_new_from_seed (here, seed);
  g_assert_cmpmem (jn_seal_key_get_public (key), 32, public, 32);
  jn_seal_key_sign (key, (const guint8 *)"\x72", 1, signature);
  g_assert_cmpmem (signature, 64, expected, 64);
}

static void
test_ids (void)
{
  static const char *const wrong[] = { "",       "7",         "7-12",    "7-12-1-2", "7-12-x",
                                       "-1-2-3", "70000-1-1", "1-1-256", "1--1",     " 1-2-3" };
  g_autofree char *text = jn_key_id_to_string (here);
  JnKeyId id = { 0 };

  g_assert_cmpstr (text, ==, "7-12-1");
  g_assert_true (jn_key_id_from_string ("65535-0-255", &id));
  g_assert_true (jn_key_id_equal (id, (JnKeyId){ 65535, 0, 255 }));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (jn_key_id_from_string (wrong[i], &id));
}

/* -- files ------------------------------------------------------------------------------------------------- */

static char *
path_of (const char *name)
{
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

  g_unlink (path);
  return path;
}

static void
test_file (void)
{
  g_autofree char *path = path_of ("terminal.key");
  g_autoptr(JnSealKey) key = jn_seal_key_generate (here);
  g_autoptr(JnSealKey) other = jn_seal_key_generate (here);
  g_autoptr(JnSealKey) again = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf status;

  g_assert_true (jn_seal_key_save (key, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  again = jn_seal_key_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (jn_key_id_equal (jn_seal_key_get_id (again), here));
  g_assert_cmpmem (jn_seal_key_get_public (again), 32, jn_seal_key_get_public (key), 32);
  g_assert_false (jn_seal_key_save (other, path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
}

static void
test_file_open_to_others (void)
{
  g_autofree char *path = path_of ("open.key");
  g_autoptr(JnSealKey) key = jn_seal_key_generate (here);
  g_autoptr(GError) error = NULL;

  g_assert_true (jn_seal_key_save (key, path, NULL));
  g_chmod (path, 0640);
  g_assert_null (jn_seal_key_load (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM);
}

static void
test_file_wrong (void)
{
  static const char *const texts[]
      = { "",
          "janela-seal-key 1",
          "janela-seal-key 2 7-12-1 AAAA",
          "janela-seal-key 1 7-12-1 AAAA",
          "janela-seal-key 1 x AAAA",
          "janela-seal-key 1 7-12-1 "
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = path_of ("wrong.key");
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents_full (path, texts[i], -1, 0, 0600, NULL));
      g_assert_null (jn_seal_key_load (path, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    }
}

static void
test_file_missing (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (jn_seal_key_load ("/nonexistent/key", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* -- the list ---------------------------------------------------------------------------------------------- */

static JnKeyList *
make_list (void)
{
  JnKeyList *list = jn_key_list_new ();

  for (guint i = 0; i < 3; i++)
    {
      JnPublicKey key = { .id = { 7, 3 - i, 1 },
                          .not_before = 1767196800,
                          .not_after = i == 0 ? 0 : 1798732800,
                          .revoked_at = i == 1 ? 1795413900 : 0 };

      memset (key.key, i + 1, sizeof key.key);
      jn_key_list_add (list, &key);
    }
  return list;
}

static void
test_list (void)
{
  g_autoptr(JnKeyList) list = make_list ();
  JnPublicKey again = *jn_key_list_find (list, (JnKeyId){ 7, 2, 1 });

  g_assert_cmpuint (jn_key_list_get_size (list), ==, 3);
  g_assert_cmpuint (jn_key_list_get (list, 0)->id.terminal, ==, 1);
  g_assert_cmpuint (jn_key_list_get (list, 2)->id.terminal, ==, 3);
  g_assert_null (jn_key_list_find (list, (JnKeyId){ 7, 2, 2 }));
  again.revoked_at = 42;
  jn_key_list_add (list, &again);
  g_assert_cmpuint (jn_key_list_get_size (list), ==, 3);
  g_assert_cmpint (jn_key_list_find (list, again.id)->revoked_at, ==, 42);
}

static void
test_json (void)
{
  g_autoptr(JnKeyList) list = make_list ();
  g_autofree char *json = jn_key_list_to_json (list);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnKeyList) again = jn_key_list_new_from_json (json, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  json_again = jn_key_list_to_json (again);
  g_assert_cmpstr (json, ==, json_again);
  g_assert_nonnull (strstr (json, "\"kid\":\"7-2-1\""));
  g_assert_nonnull (strstr (json, "\"revoked-at\":\"2026-11-23T06:05:00Z\""));
  g_assert_nonnull (strstr (json, "\"x\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\""));
}

static void
test_json_wrong (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{}",
    "{\"keys\":{}}",
    "{\"keys\":[1]}",
    "{\"keys\":[{\"kid\":\"7-1-1\"}]}",
    "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"7-1-1\",\"x\":\"AQ\"}]}",
    "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"7-1-1\",\"revoked-at\":\"soon\","
    "\"x\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"}]}",
    "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"7-1-1\","
    "\"not-before\":\"0026-01-27T06:05:00Z\",\"x\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"}"
    "]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_key_list_new_from_json (texts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_signed (void)
{
  g_autoptr(JnKeyList) list = make_list ();
  g_autoptr(JnSealKey) root = jn_seal_key_generate ((JnKeyId){ 0, 0, 1 });
  g_autoptr(JnSealKey) thief = jn_seal_key_generate ((JnKeyId){ 0, 0, 1 });
  g_autofree char *jws = jn_key_list_sign (list, root);
  g_autofree char *forged = jn_key_list_sign (list, thief);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnKeyList) opened = jn_key_list_open (jws, jn_seal_key_get_public (root), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (jn_key_list_get_size (opened), ==, 3);
  g_assert_null (jn_key_list_open (forged, jn_seal_key_get_public (root), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

/* One changed letter anywhere in the payload or the header: the root did not sign that. */
static void
test_signed_tampered (void)
{
  g_autoptr(JnKeyList) list = make_list ();
  g_autoptr(JnSealKey) root = jn_seal_key_generate ((JnKeyId){ 0, 0, 1 });
  g_autofree char *jws = jn_key_list_sign (list, root);

  for (char *p = strstr (jws, "payload\":\"") + 10; *p != '"'; p++)
    {
      g_autoptr(GError) error = NULL;
      char was = *p;

      *p = was == 'A' ? 'B' : 'A';
      g_assert_null (jn_key_list_open (jws, jn_seal_key_get_public (root), &error));
      g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
      *p = was;
    }
}

/* "alg":"none" and its like are not even looked at. */
static void
test_signed_other_algorithm (void)
{
  static const char *const texts[]
      = { "", "{}",
          "{\"payload\":\"e30\",\"protected\":\"eyJhbGciOiJub25lIn0\",\"signature\":\"\"}",
          "{\"payload\":\"e30\",\"protected\":\"eyJhbGciOiJFZERTQSJ9\",\"signature\":\"\"}",
          "{\"payload\":7,\"protected\":8,\"signature\":9}" };
  g_autoptr(JnSealKey) root = jn_seal_key_generate ((JnKeyId){ 0, 0, 1 });

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_key_list_open (texts[i], jn_seal_key_get_public (root), &error));
      g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/printing/keys/vector", test_vector);
  g_test_add_func ("/printing/keys/ids", test_ids);
  g_test_add_func ("/printing/keys/file", test_file);
  g_test_add_func ("/printing/keys/file-open-to-others", test_file_open_to_others);
  g_test_add_func ("/printing/keys/file-wrong", test_file_wrong);
  g_test_add_func ("/printing/keys/file-missing", test_file_missing);
  g_test_add_func ("/printing/keys/list", test_list);
  g_test_add_func ("/printing/keys/json", test_json);
  g_test_add_func ("/printing/keys/json-wrong", test_json_wrong);
  g_test_add_func ("/printing/keys/signed", test_signed);
  g_test_add_func ("/printing/keys/signed-tampered", test_signed_tampered);
  g_test_add_func ("/printing/keys/signed-other-algorithm", test_signed_other_algorithm);
  return g_test_run ();
}
