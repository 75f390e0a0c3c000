/* seal.c: receipts as COSE_Sign1 (RFC 9052) in a URL: made and checked. */
#include "printing/seal.h"

#include <cbor.h>
#include <sodium.h>
#include <string.h>

G_DEFINE_QUARK (jn - seal - error - quark, jn_seal_error)

#define PATH "/r#"
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define TEXT_MOST 4096  /* a QR symbol holds less than 3 kB */
#define NAMED_MOST 4    /* more application numbers than that are sealed as a digest */
#define CLOCK_SLACK 300 /* seconds that two honest clocks may differ */
#define KID_SIZE 5

/* -- the claim ----------------------------------------------------------------------------------------- */

static void
digest_numbers (const char *const *applications, guint8 *digest)
{
  g_autofree char *joined = g_strjoinv ("\n", (char **)applications);

  crypto_generichash (digest, 16, (const guint8 *)joined, strlen (joined), NULL, 0);
}

JnReceiptClaim *
jn_receipt_claim_new (const char *receipt,
                      guint branch,
                      guint counter,
                      gint64 time,
                      const char *const *applications,
                      gint64 fee,
                      gint32 pick_up)
{
  JnReceiptClaim *claim;

  g_return_val_if_fail (receipt != NULL && applications != NULL, NULL);
  g_return_val_if_fail (time >= 0 && fee >= 0 && pick_up >= 0, NULL);
  claim = g_new0 (JnReceiptClaim, 1);
  claim->receipt = g_strdup (receipt);
  claim->branch = branch;
  claim->counter = counter;
  claim->time = time;
  claim->n_applications = g_strv_length ((char **)applications);
  claim->applications = g_strdupv ((char **)applications);
  claim->fee = fee;
  claim->pick_up = pick_up;
  if (claim->n_applications > NAMED_MOST)
    digest_numbers (applications, claim->digest);
  return claim;
}

JnReceiptClaim *
jn_receipt_claim_copy (const JnReceiptClaim *claim)
{
  JnReceiptClaim *copy = g_memdup2 (claim, sizeof *claim);

  copy->receipt = g_strdup (claim->receipt);
  copy->applications = g_strdupv (claim->applications);
  return copy;
}

void
jn_receipt_claim_free (JnReceiptClaim *claim)
{
  g_free (claim->receipt);
  g_strfreev (claim->applications);
  g_free (claim);
}

gboolean
jn_receipt_claim_covers (const JnReceiptClaim *claim, const char *const *applications)
{
  guint8 digest[16];

  if (claim->n_applications != g_strv_length ((char **)applications))
    return FALSE;
  if (claim->n_applications <= NAMED_MOST)
    return g_strv_equal ((const char *const *)claim->applications, applications);
  digest_numbers (applications, digest);
  return memcmp (digest, claim->digest, sizeof digest) == 0;
}

/* -- CBOR, written: the shortest form of each number (RFC 8949 section 4.2) -------------------------------- */

static void
put_uint (GByteArray *out, guint64 value)
{
  guint8 head[9];

  g_byte_array_append (out, head, cbor_encode_uint (value, head, sizeof head));
}

static void
put_array (GByteArray *out, guint n)
{
  guint8 head[9];

  g_byte_array_append (out, head, cbor_encode_array_start (n, head, sizeof head));
}

static void
put_bytes (GByteArray *out, const guint8 *data, gsize size)
{
  guint8 head[9];

  g_byte_array_append (out, head, cbor_encode_bytestring_start (size, head, sizeof head));
  g_byte_array_append (out, data, size);
}

static void
put_text (GByteArray *out, const char *text)
{
  guint8 head[9];

  g_byte_array_append (out, head, cbor_encode_string_start (strlen (text), head, sizeof head));
  g_byte_array_append (out, (const guint8 *)text, strlen (text));
}

static void
put_applications (GByteArray *out, const JnReceiptClaim *claim)
{
  if (claim->n_applications > NAMED_MOST)
    {
      put_array (out, 2);
      put_uint (out, claim->n_applications);
      put_bytes (out, claim->digest, sizeof claim->digest);
      return;
    }
  put_array (out, claim->n_applications);
  for (guint i = 0; i < claim->n_applications; i++)
    put_text (out, claim->applications[i]);
}

static GByteArray *
encode_claim (const JnReceiptClaim *claim)
{
  GByteArray *out = g_byte_array_new ();

  put_array (out, 7);
  put_text (out, claim->receipt);
  put_uint (out, claim->branch);
  put_uint (out, claim->counter);
  put_uint (out, claim->time);
  put_applications (out, claim);
  put_uint (out, claim->fee);
  put_uint (out, claim->pick_up);
  return out;
}

/* The protected header {1: -8 (EdDSA), 4: kid}. */
#define HEADER_SIZE 10
static void
encode_header (JnKeyId id, guint8 *header)
{
  const guint8 bytes[HEADER_SIZE] = { 0xa2,
                                      0x01,
                                      0x27,
                                      0x04,
                                      0x40 | KID_SIZE,
                                      (guint8)(id.branch >> 8),
                                      (guint8)(id.branch & 0xff),
                                      (guint8)(id.terminal >> 8),
                                      (guint8)(id.terminal & 0xff),
                                      id.generation };

  memcpy (header, bytes, HEADER_SIZE);
}

/* Sig_structure, RFC 9052 section 4.4 */
static GByteArray *
encode_signed (const guint8 *header, const guint8 *payload, gsize size)
{
  GByteArray *out = g_byte_array_new ();

  put_array (out, 4);
  put_text (out, "Signature1");
  put_bytes (out, header, HEADER_SIZE);
  put_bytes (out, NULL, 0);
  put_bytes (out, payload, size);
  return out;
}

static GByteArray *
encode_sign1 (const guint8 *header, const guint8 *payload, gsize size, const guint8 *signature)
{
  static const guint8 empty_map = 0xa0;
  GByteArray *out = g_byte_array_new ();

  put_array (out, 4);
  put_bytes (out, header, HEADER_SIZE);
  g_byte_array_append (out, &empty_map, 1);
  put_bytes (out, payload, size);
  put_bytes (out, signature, crypto_sign_BYTES);
  return out;
}

char *
jn_seal_receipt (const JnSealKey *key, const JnReceiptClaim *claim, const char *host)
{
  g_autoptr(GByteArray) payload = encode_claim (claim);
  g_autoptr(GByteArray) input = NULL;
  g_autoptr(GByteArray) sealed = NULL;
  g_autofree char *text = NULL;
  guint8 header[HEADER_SIZE];
  guint8 signature[crypto_sign_BYTES];
  gsize length;

  encode_header (jn_seal_key_get_id (key), header);
  input = encode_signed (header, payload->data, payload->len);
  jn_seal_key_sign (key, input->data, input->len, signature);
  sealed = encode_sign1 (header, payload->data, payload->len, signature);
  length = sodium_base64_encoded_len (sealed->len, BASE64);
  text = g_malloc (length);
  sodium_bin2base64 (text, length, sealed->data, sealed->len, BASE64);
  return g_strconcat ("https://", host, PATH, text, NULL);
}

/* -- CBOR, read ---------------------------------------------------------------------------------------- */

static cbor_item_t *
at (const cbor_item_t *array, gsize i)
{
  return cbor_array_handle (array)[i]; /* borrowed, unlike cbor_array_get() */
}

static gboolean
is_array (const cbor_item_t *item, gsize n)
{
  return cbor_isa_array (item) && cbor_array_is_definite (item) && cbor_array_size (item) == n;
}

static gboolean
is_bytes (const cbor_item_t *item)
{
  return cbor_isa_bytestring (item) && cbor_bytestring_is_definite (item);
}

static char *
get_text (const cbor_item_t *item)
{
  const char *text;
  gsize size;

  if (!cbor_isa_string (item) || !cbor_string_is_definite (item))
    return NULL;
  text = (const char *)cbor_string_handle (item);
  size = cbor_string_length (item);
  return g_utf8_validate_len (text, size, NULL) ? g_strndup (text, size) : NULL;
}

static gboolean
get_uint (const cbor_item_t *item, guint64 most, guint64 *value)
{
  if (!cbor_isa_uint (item))
    return FALSE;
  *value = cbor_get_int (item);
  return *value <= most;
}

static gboolean
read_digest (JnReceiptClaim *claim, const cbor_item_t *item)
{
  guint64 n;

  if (!is_array (item, 2) || !get_uint (at (item, 0), G_MAXUINT16, &n) || n <= NAMED_MOST)
    return FALSE;
  if (!is_bytes (at (item, 1)) || cbor_bytestring_length (at (item, 1)) != sizeof claim->digest)
    return FALSE;
  claim->n_applications = n;
  memcpy (claim->digest, cbor_bytestring_handle (at (item, 1)), sizeof claim->digest);
  return TRUE;
}

static gboolean
read_applications (JnReceiptClaim *claim, const cbor_item_t *item)
{
  gsize n;

  if (!cbor_isa_array (item) || !cbor_array_is_definite (item))
    return FALSE;
  n = cbor_array_size (item);
  if (n > 0 && cbor_isa_uint (at (item, 0)))
    return read_digest (claim, item);
  if (n > NAMED_MOST)
    return FALSE;
  claim->n_applications = n;
  claim->applications = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    if ((claim->applications[i] = get_text (at (item, i))) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
read_fields (JnReceiptClaim *claim, const cbor_item_t *item)
{
  guint64 branch, counter, time, fee, pick_up;

  if (!is_array (item, 7) || (claim->receipt = get_text (at (item, 0))) == NULL
      || !get_uint (at (item, 1), G_MAXUINT16, &branch)
      || !get_uint (at (item, 2), G_MAXUINT16, &counter)
      || !get_uint (at (item, 3), G_MAXINT64, &time) || !read_applications (claim, at (item, 4))
      || !get_uint (at (item, 5), G_MAXINT64, &fee)
      || !get_uint (at (item, 6), G_MAXINT32, &pick_up))
    return FALSE;
  claim->branch = branch;
  claim->counter = counter;
  claim->time = time;
  claim->fee = fee;
  claim->pick_up = pick_up;
  return TRUE;
}

/* The head at @at (RFC 8949, section 3): how long it is, 0 for one that we never write; @value: its number */
static gsize
read_head (const guint8 *data, gsize size, gsize at, guint64 *value)
{
  guint info = data[at] & 31;
  gsize length = info < 24 ? 0 : (gsize)1 << (info - 24);

  if (info > 27 || length >= size - at)
    return 0;
  *value = info < 24 ? info : 0;
  for (gsize i = 1; i <= length; i++)
    *value = *value << 8 | data[at + i];
  return 1 + length;
}

/* libcbor makes room for as many items as an array's head announces, which a few bytes can say are billions: no
 * head may announce more than bytes are left. */
static gboolean
is_modest (const guint8 *data, gsize size)
{
  guint64 value;

  for (gsize at = 0; at < size;)
    {
      guint major = data[at] >> 5;
      gsize head = read_head (data, size, at, &value);

      if (head == 0)
        return FALSE;
      at += head;
      if (major >= 2 && major <= 5 && value > size - at)
        return FALSE;
      if (major == 2 || major == 3)
        at += value;
    }
  return TRUE;
}

static cbor_item_t *
load (const guint8 *data, gsize size)
{
  struct cbor_load_result result;
  cbor_item_t *item = is_modest (data, size) ? cbor_load (data, size, &result) : NULL;

  if (item != NULL && result.read == size)
    return item;
  if (item != NULL)
    cbor_decref (&item);
  return NULL;
}

static JnReceiptClaim *
read_claim (const guint8 *payload, gsize size)
{
  g_autoptr(JnReceiptClaim) claim = g_new0 (JnReceiptClaim, 1);
  cbor_item_t *item = load (payload, size);
  gboolean read = item != NULL && read_fields (claim, item);

  if (item != NULL)
    cbor_decref (&item);
  return read ? g_steal_pointer (&claim) : NULL;
}

/* -- checking ------------------------------------------------------------------------------------------ */

/* The four parts of a COSE_Sign1; they point into the item. */
typedef struct
{
  const guint8 *header;
  const guint8 *payload;
  gsize payload_size;
  const guint8 *signature;
} Sign1;

static gboolean
read_parts (const cbor_item_t *item, Sign1 *parts)
{
  if (!is_array (item, 4) || !is_bytes (at (item, 0)) || !is_bytes (at (item, 2))
      || !is_bytes (at (item, 3)) || !cbor_isa_map (at (item, 1))
      || cbor_map_size (at (item, 1)) != 0)
    return FALSE;
  if (cbor_bytestring_length (at (item, 0)) != HEADER_SIZE
      || cbor_bytestring_length (at (item, 3)) != crypto_sign_BYTES)
    return FALSE;
  parts->header = cbor_bytestring_handle (at (item, 0));
  parts->payload = cbor_bytestring_handle (at (item, 2));
  parts->payload_size = cbor_bytestring_length (at (item, 2));
  parts->signature = cbor_bytestring_handle (at (item, 3));
  return TRUE;
}

static gboolean
read_kid (const guint8 *header, JnKeyId *id)
{
  guint8 expected[HEADER_SIZE];

  id->branch = header[5] << 8 | header[6];
  id->terminal = header[7] << 8 | header[8];
  id->generation = header[9];
  encode_header (*id, expected);
  return memcmp (header, expected, HEADER_SIZE) == 0;
}

/* Outside the signature, the same parts can be written in more than one way; only ours is taken, so that
 * one receipt has one text. */
static gboolean
is_canonical (const Sign1 *parts, const guint8 *data, gsize size)
{
  g_autoptr(GByteArray) again
             = encode_sign1 (parts->header, parts->payload, parts->payload_size, parts->signature);

  return again->len == size && memcmp (again->data, data, size) == 0;
}

static gboolean
fail (GError **error, JnSealError code, const char *message)
{
  g_set_error_literal (error, JN_SEAL_ERROR, code, message);
  return FALSE;
}

static gboolean
check_signature (const Sign1 *parts, const JnPublicKey *key, GError **error)
{
  g_autoptr(GByteArray) input = encode_signed (parts->header, parts->payload, parts->payload_size);

  if (key == NULL)
    return fail (error, JN_SEAL_ERROR_UNKNOWN_KEY, "No key in the list made this seal");
  if (crypto_sign_verify_detached (parts->signature, input->data, input->len, key->key) != 0)
    return fail (error, JN_SEAL_ERROR_TAMPERED, "The seal does not fit what the receipt says");
  return TRUE;
}

static gboolean
check_times (const JnReceiptClaim *claim, const JnPublicKey *key, gint64 now, GError **error)
{
  if (key->revoked_at != 0 && claim->time >= key->revoked_at)
    return fail (error, JN_SEAL_ERROR_REVOKED, "The key was revoked before this was sealed");
  if (claim->time < key->not_before)
    return fail (error, JN_SEAL_ERROR_NOT_YET_VALID, "The key was not valid yet at that time");
  if (key->not_after != 0 && claim->time > key->not_after)
    return fail (error, JN_SEAL_ERROR_EXPIRED, "The key was not valid any more at that time");
  if (claim->time > now + CLOCK_SLACK)
    return fail (error, JN_SEAL_ERROR_FUTURE, "The receipt says that it was issued in the future");
  return TRUE;
}

static JnReceiptClaim *
open_parts (const Sign1 *parts, const JnKeyList *keys, gint64 now, JnKeyId *kid, GError **error)
{
  g_autoptr(JnReceiptClaim) claim = NULL;
  const JnPublicKey *key;
  JnKeyId id;

  if (!read_kid (parts->header, &id))
    {
      fail (error, JN_SEAL_ERROR_MALFORMED, "The seal's header is not one of ours");
      return NULL;
    }
  key = jn_key_list_find (keys, id);
  if (!check_signature (parts, key, error))
    return NULL;
  claim = read_claim (parts->payload, parts->payload_size);
  if (claim == NULL)
    fail (error, JN_SEAL_ERROR_MALFORMED, "What was sealed is no receipt");
  if (claim == NULL || !check_times (claim, key, now, error))
    return NULL;
  if (kid != NULL)
    *kid = id;
  return g_steal_pointer (&claim);
}

static JnReceiptClaim *
open_sealed (
    const guint8 *data, gsize size, const JnKeyList *keys, gint64 now, JnKeyId *kid, GError **error)
{
  cbor_item_t *item = load (data, size);
  JnReceiptClaim *claim = NULL;
  Sign1 parts;

  if (item != NULL && read_parts (item, &parts) && is_canonical (&parts, data, size))
    claim = open_parts (&parts, keys, now, kid, error);
  else
    fail (error, JN_SEAL_ERROR_MALFORMED, "The text holds no seal");
  if (item != NULL)
    cbor_decref (&item);
  return claim;
}

JnReceiptClaim *
jn_seal_verify (const char *text, const JnKeyList *keys, gint64 now, JnKeyId *kid, GError **error)
{
  const char *fragment = strstr (text, PATH);
  guint8 data[TEXT_MOST];
  gsize length = fragment != NULL ? strlen (fragment + strlen (PATH)) : 0;
  size_t size;

  if (sodium_init () < 0 || !g_str_has_prefix (text, "https://") || length == 0
      || sodium_base642bin (data, sizeof data, fragment + strlen (PATH), length, NULL, &size, NULL,
                            BASE64)
             != 0)
    {
      fail (error, JN_SEAL_ERROR_MALFORMED, "The text is not a receipt's");
      return NULL;
    }
  return open_sealed (data, size, keys, now, kid, error);
}
