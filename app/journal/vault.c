/* vault.c: the keys of a journal: what one clerk kept is sealed from the eyes of the next. */
#include "app/journal/vault.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (JN_VAULT_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

struct _JnDataKey
{
  gatomicrefcount refs;
  guint8 bytes[JN_VAULT_KEY_SIZE];
};

struct _JnVault
{
  guint8 public[crypto_box_PUBLICKEYBYTES];
  guint8 *secret; /* locked */
};

/* -- one key ------------------------------------------------------------------------------------- */

static JnDataKey *
key_alloc (void)
{
  JnDataKey *key;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  key = sodium_malloc (sizeof *key);
  if (key == NULL)
    g_error ("no locked memory for a key");
  g_atomic_ref_count_init (&key->refs);
  return key;
}

JnDataKey *
jn_data_key_new (void)
{
  JnDataKey *key = key_alloc ();

  randombytes_buf (key->bytes, sizeof key->bytes);
  return key;
}

JnDataKey *
jn_data_key_ref (JnDataKey *key)
{
  g_atomic_ref_count_inc (&key->refs);
  return key;
}

void
jn_data_key_unref (JnDataKey *key)
{
  if (g_atomic_ref_count_dec (&key->refs))
    sodium_free (key); /* wipes it */
}

GBytes *
jn_data_key_seal (const JnDataKey *key, GBytes *plain, const char *name)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  guint8 *sealed = g_malloc (NONCE_SIZE + size + TAG_SIZE);

  randombytes_buf (sealed, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_SIZE, NULL, data, size,
                                              (const guint8 *)name, strlen (name), NULL, sealed,
                                              key->bytes);
  return g_bytes_new_take (sealed, NONCE_SIZE + size + TAG_SIZE);
}

GBytes *
jn_data_key_open (const JnDataKey *key, GBytes *sealed, const char *name)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  g_autofree guint8 *plain = NULL;
  unsigned long long length = 0;

  if (size < NONCE_SIZE + TAG_SIZE)
    return NULL;
  plain = g_malloc (size - NONCE_SIZE - TAG_SIZE + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, &length, NULL, data + NONCE_SIZE,
                                                  size - NONCE_SIZE, (const guint8 *)name,
                                                  strlen (name), data, key->bytes)
      != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), length);
}

/* -- the terminal's pair ------------------------------------------------------------------------- */

/* What is no pair does not open what waits here, but the help desk may mend it: it is set aside, never written over. */
static gboolean
set_aside (const char *path, GError **error)
{
  g_autofree char *aside
      = g_strdup_printf ("%s.broken-%" G_GINT64_FORMAT, path, g_get_real_time ());

  if (g_rename (path, aside) == 0)
    {
      g_warning ("%s is no key: set aside as %s", path, aside);
      return TRUE;
    }
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

JnVault *
jn_vault_new (const char *path, GError **error)
{
  g_autoptr (JnVault) vault = g_new0 (JnVault, 1);
  g_autoptr (GError) reading = NULL;
  g_autofree char *kept = NULL;
  gsize size = 0;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  vault->secret = sodium_malloc (crypto_box_SECRETKEYBYTES);
  if (g_file_get_contents (path, &kept, &size, &reading) && size == crypto_box_SECRETKEYBYTES)
    {
      memcpy (vault->secret, kept, size);
      sodium_memzero (kept, size);
      crypto_scalarmult_base (vault->public, vault->secret);
      return g_steal_pointer (&vault);
    }
  /* it is there, and perhaps only now not to be read */
  if (reading != NULL && !g_error_matches (reading, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&reading));
      return NULL;
    }
  if (reading == NULL && !set_aside (path, error))
    return NULL;
  crypto_box_keypair (vault->public, vault->secret);
  if (!g_file_set_contents_full (path, (const char *)vault->secret, crypto_box_SECRETKEYBYTES,
                                 G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return NULL;
  return g_steal_pointer (&vault);
}

void
jn_vault_free (JnVault *vault)
{
  if (vault == NULL)
    return;
  sodium_free (vault->secret);
  g_free (vault);
}

/* -- wrapping ------------------------------------------------------------------------------------ */

/* (nullable): argon2id of the password */
static JnDataKey *
derive (const char *password, GBytes *salt)
{
  JnDataKey *key = key_alloc ();

  if (g_bytes_get_size (salt) == crypto_pwhash_SALTBYTES
      && crypto_pwhash (key->bytes, sizeof key->bytes, password, strlen (password),
                        g_bytes_get_data (salt, NULL), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13)
             == 0)
    return key;
  jn_data_key_unref (key);
  return NULL;
}

static GBytes *
seal_for (const guint8 *public, const JnDataKey *key)
{
  guint8 sealed[JN_VAULT_KEY_SIZE + crypto_box_SEALBYTES];

  if (crypto_box_seal (sealed, key->bytes, sizeof key->bytes, public) != 0)
    return NULL; /* not a point of the curve */
  return g_bytes_new (sealed, sizeof sealed);
}

static JnDataKey *
open_for (const guint8 *public, const guint8 *secret, GBytes *sealed)
{
  g_autoptr (JnDataKey) key = NULL;

  if (sealed == NULL || g_bytes_get_size (sealed) != JN_VAULT_KEY_SIZE + crypto_box_SEALBYTES)
    return NULL;
  key = key_alloc ();
  if (crypto_box_seal_open (key->bytes, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                            public, secret)
      != 0)
    return NULL;
  return g_steal_pointer (&key);
}

static GBytes *
key_bytes (const JnDataKey *key)
{
  return g_bytes_new_static (key->bytes, sizeof key->bytes);
}

JnWraps *
jn_vault_wrap (const JnVault *vault,
               const JnDataKey *key,
               const char *password,
               const guint8 *recovery)
{
  g_autoptr (JnWraps) wraps = g_new0 (JnWraps, 1);
  guint8 salt[crypto_pwhash_SALTBYTES];
  g_autoptr (JnDataKey) derived = NULL;
  g_autoptr (GBytes) plain = key_bytes (key);

  randombytes_buf (salt, sizeof salt);
  wraps->salt = g_bytes_new (salt, sizeof salt);
  derived = derive (password, wraps->salt);
  if (derived == NULL)
    g_error ("no memory to derive a key");
  wraps->password = jn_data_key_seal (derived, plain, "password");
  wraps->terminal = seal_for (vault->public, key);
  wraps->recovery = recovery != NULL ? seal_for (recovery, key) : NULL;
  return g_steal_pointer (&wraps);
}

void
jn_wraps_free (JnWraps *wraps)
{
  if (wraps == NULL)
    return;
  g_clear_pointer (&wraps->salt, g_bytes_unref);
  g_clear_pointer (&wraps->password, g_bytes_unref);
  g_clear_pointer (&wraps->recovery, g_bytes_unref);
  g_clear_pointer (&wraps->terminal, g_bytes_unref);
  g_free (wraps);
}

JnDataKey *
jn_wraps_open_password (const JnWraps *wraps, const char *password)
{
  g_autoptr (JnDataKey) derived = derive (password, wraps->salt);
  g_autoptr (GBytes) plain = NULL;
  JnDataKey *key;

  if (derived == NULL)
    return NULL;
  plain = jn_data_key_open (derived, wraps->password, "password");
  if (plain == NULL || g_bytes_get_size (plain) != JN_VAULT_KEY_SIZE)
    return NULL;
  key = key_alloc ();
  memcpy (key->bytes, g_bytes_get_data (plain, NULL), sizeof key->bytes);
  return key;
}

JnDataKey *
jn_wraps_open_recovery (const JnWraps *wraps, const guint8 *public, const guint8 *secret)
{
  return open_for (public, secret, wraps->recovery);
}

JnDataKey *
jn_vault_open_terminal (const JnVault *vault, const JnWraps *wraps)
{
  return open_for (vault->public, vault->secret, wraps->terminal);
}
