/* keys.h: who may seal: a terminal's own key, and the public list of all keys under the root's
 * hand.
 *
 * Every terminal has one enrolled Ed25519 key, so a stolen one is revoked alone. The list is a JWK
 * set (RFC 7517, RFC 8037) with each key's times; published it is the payload of a flattened JWS
 * (RFC 7515 section 7.2.2, EdDSA) signed by a root key that never goes online. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JN_KEY_PUBLIC_SIZE 32

/**
 * JnKeyId: the kid of COSE and JWK: 5 bytes, big-endian
 */
typedef struct
{
  guint16 branch;
  guint16 terminal;
  guint8 generation;
} JnKeyId;

/**
 * jn_key_id_to_string: Returns: (transfer full): "7-12-1", as kid in lists and on screens
 */
char *jn_key_id_to_string (JnKeyId id);
gboolean jn_key_id_from_string (const char *text, JnKeyId *id);
gboolean jn_key_id_equal (JnKeyId a, JnKeyId b);

/* -- a private key, in memory that is locked and wiped
 * ---------------------------------------------- */

typedef struct _JnSealKey JnSealKey;

JnSealKey *jn_seal_key_generate (JnKeyId id);

/**
 * jn_seal_key_new_from_seed:
 * @seed: 32 bytes, as RFC 8032 begins with
 */
JnSealKey *jn_seal_key_new_from_seed (JnKeyId id, const guint8 *seed);

/**
 * jn_seal_key_load:
 *
 * Returns: (transfer full): the key; %NULL with a %G_FILE_ERROR, or %G_FILE_ERROR_PERM when others
 * may read the file, or %G_FILE_ERROR_INVAL when it is no key
 */
JnSealKey *jn_seal_key_load (const char *path, GError **error);

/**
 * jn_seal_key_save: writes the file with mode 0600; an existing one is never overwritten
 */
gboolean jn_seal_key_save (const JnSealKey *key, const char *path, GError **error);
void jn_seal_key_free (JnSealKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnSealKey, jn_seal_key_free)

JnKeyId jn_seal_key_get_id (const JnSealKey *key);

/**
 * jn_seal_key_get_public: Returns: (transfer none): %JN_KEY_PUBLIC_SIZE bytes
 */
const guint8 *jn_seal_key_get_public (const JnSealKey *key);

/**
 * jn_seal_key_sign:
 * @signature: (out caller-allocates): 64 bytes
 */
void jn_seal_key_sign (const JnSealKey *key, const guint8 *data, gsize size, guint8 *signature);

/* -- the public list
 * -------------------------------------------------------------------------------- */

/**
 * JnPublicKey:
 * @id: whose it is
 * @key: the public key
 * @not_before: seconds since 1970, from when it may seal
 * @not_after: until when; 0 for no end
 * @revoked_at: what it sealed later is refused; 0 when it is not revoked
 */
typedef struct
{
  JnKeyId id;
  guint8 key[JN_KEY_PUBLIC_SIZE];
  gint64 not_before;
  gint64 not_after;
  gint64 revoked_at;
} JnPublicKey;

typedef struct _JnKeyList JnKeyList;

JnKeyList *jn_key_list_new (void);
JnKeyList *jn_key_list_ref (JnKeyList *list);
void jn_key_list_unref (JnKeyList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnKeyList, jn_key_list_unref)

/**
 * jn_key_list_add: adds @key, or replaces the one with the same id
 */
void jn_key_list_add (JnKeyList *list, const JnPublicKey *key);
const JnPublicKey *jn_key_list_find (const JnKeyList *list, JnKeyId id); /* (nullable) */
guint jn_key_list_get_size (const JnKeyList *list);
const JnPublicKey *jn_key_list_get (const JnKeyList *list, guint i);

/**
 * jn_key_list_to_json: Returns: (transfer full): the JWK set:
 * `{"keys":[{"kty":"OKP","crv":"Ed25519",
 * "alg":"EdDSA","use":"sig","kid":…,"x":…,"branch":…,"terminal":…,"not-before":…,"not-after":…,"revoked-at":…}]}`,
 * times in RFC 3339 UTC, what is not set left out, sorted by id
 */
char *jn_key_list_to_json (const JnKeyList *list);

/**
 * jn_key_list_new_from_json: Returns: (transfer full): the list of an unsigned JWK set; %NULL with
 * %G_IO_ERROR_INVALID_DATA
 */
JnKeyList *jn_key_list_new_from_json (const char *json, GError **error);

/**
 * jn_key_list_sign: Returns: (transfer full): the published list: a flattened JWS signed by @root
 */
char *jn_key_list_sign (const JnKeyList *list, const JnSealKey *root);

/**
 * jn_key_list_open:
 * @jws: what jn_key_list_sign() made
 * @root: the root's public key, pinned in the program or its settings
 *
 * Returns: (transfer full): the list; %NULL with %G_IO_ERROR_INVALID_DATA, or
 * %G_IO_ERROR_PERMISSION_DENIED when the root did not sign it
 */
JnKeyList *jn_key_list_open (const char *jws, const guint8 *root, GError **error);

G_END_DECLS
