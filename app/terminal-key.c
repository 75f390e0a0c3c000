/* terminal-key.c: this terminal's own key: its seed lies in the state folder and never leaves the machine. */
#include "app/terminal-key.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <glib/gstdio.h>

static char *
seed_path (const char *folder)
{
  return g_build_filename (folder, "terminal.seed", NULL);
}

static gboolean
write_seed (const char *path, guint8 *seed, GError **error)
{
  randombytes_buf (seed, crypto_sign_SEEDBYTES);
  return g_file_set_contents_full (path, (const char *)seed, crypto_sign_SEEDBYTES,
                                   G_FILE_SET_CONTENTS_DURABLE | G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}

static gboolean
check_mode (const char *path, GError **error)
{
  GStatBuf status;

  if (g_stat (path, &status) == 0 && (status.st_mode & 077) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
               "%s: others may read this key; it is not used until its mode is 0600", path);
  return FALSE;
}

/* What is there and is no seed is left as it is: it may be what somebody looks for. */
static gboolean
read_seed (const char *folder, guint8 *seed, GError **error)
{
  g_autofree char *path = seed_path (folder);
  g_autofree char *data = NULL;
  g_autoptr (GError) missing = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, &missing))
    {
      if (g_error_matches (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return write_seed (path, seed, error);
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (!check_mode (path, error))
    return FALSE;
  if (size != crypto_sign_SEEDBYTES)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not a terminal's seed", path);
      return FALSE;
    }
  memcpy (seed, data, size);
  sodium_memzero (data, size);
  return TRUE;
}

JnSealKey *
jn_terminal_key_load (const char *folder, JnKeyId id, GError **error)
{
  guint8 seed[crypto_sign_SEEDBYTES];
  JnSealKey *key;

  if (!read_seed (folder, seed, error))
    return NULL;
  key = jn_seal_key_new_from_seed (id, seed);
  sodium_memzero (seed, sizeof seed);
  return key;
}

char *
jn_terminal_key_get_public (const char *folder, GError **error)
{
  const JnKeyId nobody = { 0, 0, 0 };
  g_autoptr (JnSealKey) key = jn_terminal_key_load (folder, nobody, error);

  return key != NULL ? jn_terminal_key_to_hex (jn_seal_key_get_public (key)) : NULL;
}

gboolean
jn_terminal_key_renew (const char *folder, GError **error)
{
  g_autofree char *path = seed_path (folder);
  guint8 seed[crypto_sign_SEEDBYTES];
  gboolean done = write_seed (path, seed, error);

  sodium_memzero (seed, sizeof seed);
  return done;
}

char *
jn_terminal_key_to_hex (const guint8 *key)
{
  char hex[2 * JN_KEY_PUBLIC_SIZE + 1];

  return g_strdup (sodium_bin2hex (hex, sizeof hex, key, JN_KEY_PUBLIC_SIZE));
}
