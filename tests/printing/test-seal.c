/* test-seal.c: receipts sealed and checked: vectors, every tampered bit, every reason to refuse. */
#include <sodium.h>
#include <string.h>

#include "printing/seal.h"
#include "tests/printing/samples.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define NOW (SAMPLE_TIME + 60)

static JnReceiptClaim *
verify (const char *text, gint64 now, GError **error)
{
  g_autoptr(JnKeyList) keys = sample_keys ();

  return jn_seal_verify (text, keys, now, NULL, error);
}

/* -- what is sealed ---------------------------------------------------------------------------------------- */

static void
test_round_trip (void)
{
  g_autoptr(JnKeyList) keys = sample_keys ();
  g_autoptr(GError) error = NULL;
  JnKeyId kid;
  g_autoptr(JnReceiptClaim) claim = jn_seal_verify (sample_seal (), keys, NOW, &kid, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (claim->receipt, ==, "07-2026-0041287");
  g_assert_cmpuint (claim->branch, ==, 7);
  g_assert_cmpuint (claim->counter, ==, 12);
  g_assert_cmpint (claim->time, ==, SAMPLE_TIME);
  g_assert_cmpuint (claim->n_applications, ==, 3);
  g_assert_cmpstr (claim->applications[1], ==, "DSI-26-00417");
  g_assert_cmpint (claim->fee, ==, 10500);
  g_assert_cmpint (claim->pick_up, ==, 20790);
  g_assert_cmpuint (kid.branch, ==, 7);
  g_assert_cmpuint (kid.terminal, ==, 12);
  g_assert_cmpuint (kid.generation, ==, 1);
}

/* The bytes as RFC 9052 and RFC 8949 have them, written by hand: an array of four, the protected header
 * {1: -8, 4: h'0007000c01'}, an empty map, the payload, the signature. */
static void
test_bytes (void)
{
  static const char *const numbers[] = { "A1", NULL };
  static const guint8 expected[] = {
    0x84, 0x4a, 0xa2, 0x01, 0x27, 0x04, 0x45, 0x00, 0x07, 0x00, 0x0c, 0x01, 0xa0, 0x52, /* 18 bytes */
    0x87, 0x62, 'N',  '1',  0x07, 0x0c, 0x1a, 0x6b, 0x03, 0xd7, 0x8c, 0x81, 0x62, 'A',  '1',
    0x18, 0x64, 0x00,
  };
  g_autoptr(JnSealKey) key = sample_key ();
  g_autoptr(JnReceiptClaim) claim
             = jn_receipt_claim_new ("N1", 7, 12, SAMPLE_TIME, numbers, 100, 0);
  g_autofree char *text = jn_seal_receipt (key, claim, "h");
  guint8 data[512];
  size_t size;

  g_assert_true (g_str_has_prefix (text, "https://h/r#"));
  g_assert_cmpint (sodium_base642bin (data, sizeof data, text + strlen ("https://h/r#"),
                                      strlen (text) - strlen ("https://h/r#"), NULL, &size, NULL,
                                      BASE64),
                   ==, 0);
  g_assert_cmpuint (size, ==, sizeof expected + 2 + 64);
  g_assert_cmpmem (data, 14, expected, 14);
  g_assert_cmpmem (data + 14, sizeof expected - 14, expected + 14, sizeof expected - 14);
  g_assert_cmphex (data[sizeof expected], ==, 0x58);
  g_assert_cmphex (data[sizeof expected + 1], ==, 64);
}

static void
test_deterministic (void)
{
  static const char *const numbers[] = { "A1", NULL };
  g_autoptr(JnSealKey) key = sample_key ();
  g_autoptr(JnReceiptClaim) claim = jn_receipt_claim_new ("N1", 1, 1, 9, numbers, 0, 0);
  g_autoptr(JnReceiptClaim) copy = jn_receipt_claim_copy (claim);
  g_autofree char *first = jn_seal_receipt (key, claim, "h");
  g_autofree char *second = jn_seal_receipt (key, copy, "h");

  g_assert_cmpstr (first, ==, second);
}

static void
test_many (void)
{
  static const char *const numbers[] = { "A1", "A2", "A3", "A4", "A5", "A6", NULL };
  static const char *const others[] = { "A1", "A2", "A3", "A4", "A5", "A7", NULL };
  g_autoptr(JnSealKey) key = sample_key ();
  g_autoptr(JnReceiptClaim) claim = jn_receipt_claim_new ("N1", 7, 12, SAMPLE_TIME, numbers, 0, 0);
  g_autofree char *text = jn_seal_receipt (key, claim, "janela.example");
  g_autoptr(JnReceiptClaim) read = verify (text, NOW, NULL);

  g_assert_cmpuint (read->n_applications, ==, 6);
  g_assert_null (read->applications);
  g_assert_true (jn_receipt_claim_covers (read, numbers));
  g_assert_false (jn_receipt_claim_covers (read, others));
  g_assert_false (jn_receipt_claim_covers (read, numbers + 1));
  g_assert_cmpuint (strlen (text), <, 250);
}

static void
test_covers_few (void)
{
  static const char *const numbers[] = { "A1", "A2", NULL };
  static const char *const others[] = { "A2", "A1", NULL };
  g_autoptr(JnReceiptClaim) claim = jn_receipt_claim_new ("N1", 1, 1, 9, numbers, 0, 0);

  g_assert_true (jn_receipt_claim_covers (claim, numbers));
  g_assert_false (jn_receipt_claim_covers (claim, others));
  g_assert_false (jn_receipt_claim_covers (claim, numbers + 1));
}

static void
test_none (void)
{
  static const char *const numbers[] = { NULL };
  g_autoptr(JnSealKey) key = sample_key ();
  g_autoptr(JnReceiptClaim) claim
             = jn_receipt_claim_new ("N1", 7, 12, SAMPLE_TIME, numbers, G_MAXINT64, G_MAXINT32);
  g_autofree char *text = jn_seal_receipt (key, claim, "janela.example");
  g_autoptr(JnReceiptClaim) read = verify (text, NOW, NULL);

  g_assert_cmpuint (read->n_applications, ==, 0);
  g_assert_cmpint (read->fee, ==, G_MAXINT64);
  g_assert_cmpint (read->pick_up, ==, G_MAXINT32);
}

/* -- tampering --------------------------------------------------------------------------------------------- */

static void
assert_refused (const char *text)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (verify (text, NOW, &error));
  g_assert_cmpuint (error->domain, ==, JN_SEAL_ERROR);
  g_assert_true (error->code == JN_SEAL_ERROR_MALFORMED || error->code == JN_SEAL_ERROR_TAMPERED
                 || error->code == JN_SEAL_ERROR_UNKNOWN_KEY);
}

static void
test_every_bit (void)
{
  const char *fragment = strchr (sample_seal (), '#') + 1;
  guint8 data[512];
  char text[1024] = "https://janela.example/r#";
  gsize start = strlen (text);
  size_t size;

  g_assert_cmpint (
      sodium_base642bin (data, sizeof data, fragment, strlen (fragment), NULL, &size, NULL, BASE64),
      ==, 0);
  for (gsize bit = 0; bit < size * 8; bit++)
    {
      data[bit / 8] ^= 1 << bit % 8;
      sodium_bin2base64 (text + start, sizeof text - start, data, size, BASE64);
      assert_refused (text);
      data[bit / 8] ^= 1 << bit % 8;
    }
}

static void
test_every_character (void)
{
  g_autofree char *text = g_strdup (sample_seal ());

  for (char *p = strchr (text, '#') + 1; *p != '\0'; p++)
    {
      char was = *p;

      *p = was == 'A' ? 'B' : 'A';
      assert_refused (text);
      *p = '=';
      assert_refused (text);
      *p = was;
    }
}

static void
test_every_length (void)
{
  for (gsize n = 0; n < strlen (sample_seal ()); n++)
    {
      g_autofree char *text = g_strndup (sample_seal (), n);

      assert_refused (text);
    }
}

/* -- reasons ----------------------------------------------------------------------------------------------- */

static void
put (GByteArray *out, const char *bytes, gsize size)
{
  g_byte_array_append (out, (const guint8 *)bytes, size);
}

static char *
to_text (GByteArray *data)
{
  char text[8192];

  sodium_bin2base64 (text, sizeof text, data->data, data->len, BASE64);
  return g_strconcat ("https://janela.example/r#", text, NULL);
}

/* Signed by a key that is in the list, but no receipt: a signature alone is not enough. */
static void
test_signed_nonsense (void)
{
  static const char *const payloads[]
      = { "\xf6", "\x80", "\x87\x01\x07\x0c\x1a\x6b\x03\xd7\x8c\x80\x00", "\x61\xff",
          "\x9f\x01\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr(JnSealKey) key = sample_key ();
      g_autoptr(GByteArray) input = g_byte_array_new ();
      g_autoptr(GByteArray) sealed = g_byte_array_new ();
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;
      char length = 0x40 | strlen (payloads[i]);
      guint8 signature[64];

      put (input, "\x84\x6aSignature1\x4a\xa2\x01\x27\x04\x45\x00\x07\x00\x0c\x01\x40", 24);
      put (input, &length, 1);
      put (input, payloads[i], strlen (payloads[i]));
      jn_seal_key_sign (key, input->data, input->len, signature);
      put (sealed, "\x84\x4a\xa2\x01\x27\x04\x45\x00\x07\x00\x0c\x01\xa0", 13);
      put (sealed, &length, 1);
      put (sealed, payloads[i], strlen (payloads[i]));
      put (sealed, "\x58\x40", 2);
      g_byte_array_append (sealed, signature, 64);
      text = to_text (sealed);
      g_assert_null (verify (text, NOW, &error));
      g_assert_error (error, JN_SEAL_ERROR, JN_SEAL_ERROR_MALFORMED);
    }
}

static void
test_malformed (void)
{
  static const char *const texts[]
      = { "", "hello", "https://janela.example/r", "https://janela.example/r#",
          "https://janela.example/r#AAAA", "https://janela.example/r#not base64",
          "http://janela.example/r#hEqi", "https://janela.example/x#hEqi",
          "https://janela.example/r#n_______",
          /* an array of 51 thousand million items, in nine bytes */
          "https://janela.example/r#mwAAAAwPvjIA" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (verify (texts[i], NOW, &error));
      g_assert_error (error, JN_SEAL_ERROR, JN_SEAL_ERROR_MALFORMED);
    }
}

typedef struct
{
  const char *name;
  gint64 not_before;
  gint64 not_after;
  gint64 revoked_at;
  gint64 now;
  int code; /* -1: genuine */
} Times;

static const Times times[] = {
  { "plain", 0, 0, 0, NOW, -1 },
  { "first-second", SAMPLE_TIME, 0, 0, NOW, -1 },
  { "last-second", 0, SAMPLE_TIME, 0, NOW, -1 },
  { "not-yet-valid", SAMPLE_TIME + 1, 0, 0, NOW, JN_SEAL_ERROR_NOT_YET_VALID },
  { "expired", 0, SAMPLE_TIME - 1, 0, NOW, JN_SEAL_ERROR_EXPIRED },
  { "revoked-before", 0, 0, SAMPLE_TIME - 1, NOW, JN_SEAL_ERROR_REVOKED },
  { "revoked-at-once", 0, 0, SAMPLE_TIME, NOW, JN_SEAL_ERROR_REVOKED },
  { "revoked-later", 0, 0, SAMPLE_TIME + 1, NOW, -1 },
  { "clock-behind", 0, 0, 0, SAMPLE_TIME - 300, -1 },
  { "future", 0, 0, 0, SAMPLE_TIME - 301, JN_SEAL_ERROR_FUTURE },
};

static void
test_times (gconstpointer data)
{
  const Times *one = data;
  g_autoptr(JnSealKey) key = sample_key ();
  g_autoptr(JnKeyList) keys = jn_key_list_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(JnReceiptClaim) claim = NULL;
  JnPublicKey entry = { .id = jn_seal_key_get_id (key),
                        .not_before = one->not_before,
                        .not_after = one->not_after,
                        .revoked_at = one->revoked_at };

  memcpy (entry.key, jn_seal_key_get_public (key), sizeof entry.key);
  jn_key_list_add (keys, &entry);
  claim = jn_seal_verify (sample_seal (), keys, one->now, NULL, &error);
  if (one->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, JN_SEAL_ERROR, one->code);
  g_assert_true ((claim != NULL) == (one->code < 0));
}

static void
test_keys (void)
{
  g_autoptr(JnSealKey) stranger = jn_seal_key_generate ((JnKeyId){ 7, 12, 1 });
  g_autoptr(JnKeyList) empty = jn_key_list_new ();
  g_autoptr(JnKeyList) wrong = jn_key_list_new ();
  g_autoptr(GError) error = NULL;
  JnPublicKey entry = { .id = { 7, 12, 1 } };

  g_assert_null (jn_seal_verify (sample_seal (), empty, NOW, NULL, &error));
  g_assert_error (error, JN_SEAL_ERROR, JN_SEAL_ERROR_UNKNOWN_KEY);
  g_clear_error (&error);
  memcpy (entry.key, jn_seal_key_get_public (stranger), sizeof entry.key);
  jn_key_list_add (wrong, &entry);
  g_assert_null (jn_seal_verify (sample_seal (), wrong, NOW, NULL, &error));
  g_assert_error (error, JN_SEAL_ERROR, JN_SEAL_ERROR_TAMPERED);
}

static void
test_any_host (void)
{
  const char *fragment = strchr (sample_seal (), '#');
  g_autofree char *text = g_strconcat ("https://other.example/sub/r", fragment, NULL);
  g_autoptr(JnReceiptClaim) claim = verify (text, NOW, NULL);

  g_assert_nonnull (claim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/seal/round-trip", test_round_trip);
  g_test_add_func ("/printing/seal/bytes", test_bytes);
  g_test_add_func ("/printing/seal/deterministic", test_deterministic);
  g_test_add_func ("/printing/seal/many", test_many);
  g_test_add_func ("/printing/seal/covers-few", test_covers_few);
  g_test_add_func ("/printing/seal/none", test_none);
  g_test_add_func ("/printing/seal/every-bit", test_every_bit);
  g_test_add_func ("/printing/seal/every-character", test_every_character);
  g_test_add_func ("/printing/seal/every-length", test_every_length);
  g_test_add_func ("/printing/seal/signed-nonsense", test_signed_nonsense);
  g_test_add_func ("/printing/seal/malformed", test_malformed);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *path = g_strdup_printf ("/printing/seal/times/%s", times[i].name);

      g_test_add_data_func (path, &times[i], test_times);
    }
  g_test_add_func ("/printing/seal/keys", test_keys);
  g_test_add_func ("/printing/seal/any-host", test_any_host);
  return g_test_run ();
}
