/* keys.c: a terminal's own key, in memory that is locked and wiped, and on disk for its owner alone. */
#include "printing/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAGIC "janela-seal-key 1"
#define FILE_MOST 256
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

struct _JnSealKey
{
  JnKeyId id;
  guint8 public[crypto_sign_PUBLICKEYBYTES];
  guint8 *secret; /* sodium_malloc() */
};

G_STATIC_ASSERT (JN_KEY_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES);

/* -- ids ----------------------------------------------------------------------------------------------- */

char *
jn_key_id_to_string (JnKeyId id)
{
  return g_strdup_printf ("%u-%u-%u", id.branch, id.terminal, id.generation);
}

static gboolean
read_part (const char *text, guint most, guint *value)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, most, &number, NULL))
    return FALSE;
  *value = number;
  return TRUE;
}

gboolean
jn_key_id_from_string (const char *text, JnKeyId *id)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  guint branch, terminal, generation;

  if (g_strv_length (parts) != 3 || !read_part (parts[0], G_MAXUINT16, &branch)
      || !read_part (parts[1], G_MAXUINT16, &terminal)
      || !read_part (parts[2], G_MAXUINT8, &generation))
    return FALSE;
  id->branch = branch;
  id->terminal = terminal;
  id->generation = generation;
  return TRUE;
}

gboolean
jn_key_id_equal (JnKeyId a, JnKeyId b)
{
  return a.branch == b.branch && a.terminal == b.terminal && a.generation == b.generation;
}

/* -- keys ---------------------------------------------------------------------------------------------- */

static void
init_sodium (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium finds no source of random numbers");
}

static JnSealKey *
new_key (JnKeyId id)
{
  JnSealKey *self;

  init_sodium ();
  self = g_new0 (JnSealKey, 1);
  self->id = id;
  self->secret = sodium_malloc (crypto_sign_SECRETKEYBYTES);
  g_assert (self->secret != NULL);
  return self;
}

JnSealKey *
jn_seal_key_generate (JnKeyId id)
{
  JnSealKey *self = new_key (id);

  crypto_sign_keypair (self->public, self->secret);
  return self;
}

JnSealKey *
jn_seal_key_new_from_seed (JnKeyId id, const guint8 *seed)
{
  JnSealKey *self = new_key (id);

  crypto_sign_seed_keypair (self->public, self->secret, seed);
  return self;
}

void
jn_seal_key_free (JnSealKey *self)
{
  sodium_free (self->secret);
  g_free (self);
}

JnKeyId
jn_seal_key_get_id (const JnSealKey *self)
{
  return self->id;
}

const guint8 *
jn_seal_key_get_public (const JnSealKey *self)
{
  return self->public;
}

void
jn_seal_key_sign (const JnSealKey *self, const guint8 *data, gsize size, guint8 *signature)
{
  crypto_sign_detached (signature, NULL, data, size, self->secret);
}

/* -- files --------------------------------------------------------------------------------------------- */

static void
set_errno_error (GError **error, const char *path, int code)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
}

/* The text is "janela-seal-key 1 <id> <seed in base64url>". */
static JnSealKey *
read_key (char *text)
{
  g_autofree char *id_text = g_new0 (char, FILE_MOST);
  guint8 seed[crypto_sign_SEEDBYTES];
  char seed_text[64 + 1] = "";
  JnSealKey *key = NULL;
  JnKeyId id;
  size_t size;

  init_sodium ();
  if (sscanf (text, FILE_MAGIC " %30[0-9-] %64[A-Za-z0-9_-]", id_text, seed_text) == 2
      && jn_key_id_from_string (id_text, &id)
      && sodium_base642bin (seed, sizeof seed, seed_text, strlen (seed_text), NULL, &size, NULL,
                            BASE64)
             == 0
      && size == sizeof seed)
    key = jn_seal_key_new_from_seed (id, seed);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (seed_text, sizeof seed_text);
  return key;
}

static JnSealKey *
load_from (int fd, const char *path, GError **error)
{
  char text[FILE_MOST] = "";
  JnSealKey *key = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0)
    {
      set_errno_error (error, path, errno);
      return NULL;
    }
  if ((status.st_mode & 077) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_PERM,
                   "%s: others may read this key; it is not used until its mode is 0600", path);
      return NULL;
    }
  if (read (fd, text, sizeof text - 1) > 0)
    key = read_key (text);
  sodium_memzero (text, sizeof text);
  if (key == NULL)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: not a terminal's key", path);
  return key;
}

JnSealKey *
jn_seal_key_load (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  JnSealKey *key;

  if (fd < 0)
    {
      set_errno_error (error, path, errno);
      return NULL;
    }
  key = load_from (fd, path, error);
  close (fd);
  return key;
}

static gboolean
write_key (const JnSealKey *self, int fd)
{
  guint8 seed[crypto_sign_SEEDBYTES];
  char seed_text[64];
  char text[FILE_MOST];
  g_autofree char *id = jn_key_id_to_string (self->id);
  gboolean done;
  int length;

  crypto_sign_ed25519_sk_to_seed (seed, self->secret);
  sodium_bin2base64 (seed_text, sizeof seed_text, seed, sizeof seed, BASE64);
  length = g_snprintf (text, sizeof text, FILE_MAGIC " %s %s\n", id, seed_text);
  done = write (fd, text, length) == length && fsync (fd) == 0;
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (seed_text, sizeof seed_text);
  sodium_memzero (text, sizeof text);
  return done;
}

gboolean
jn_seal_key_save (const JnSealKey *self, const char *path, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean done;
  int code;

  if (fd < 0)
    {
      set_errno_error (error, path, errno);
      return FALSE;
    }
  done = write_key (self, fd);
  code = errno;
  close (fd);
  if (!done)
    {
      g_unlink (path);
      set_errno_error (error, path, code);
    }
  return done;
}
