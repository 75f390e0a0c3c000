/* vault.h: the keys of a journal: what one clerk kept is sealed from the eyes of the next.
 *
 * Every clerk has a data key of his own at a terminal. It lies there wrapped three times: for the
 * clerk (argon2id of the password), for the branch's recovery key (crypto_box_seal), and for this
 * terminal, which delivers what a clerk left without showing it to anybody. Keys stand in locked
 * memory. Sealing is XChaCha20-Poly1305 with a name as associated data: a record under another name
 * does not open. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JN_VAULT_KEY_SIZE 32

typedef struct _JnDataKey JnDataKey;

/* A clerk's data key as it lies on disk; @recovery may be NULL. */
typedef struct
{
  GBytes *salt;
  GBytes *password;
  GBytes *recovery;
  GBytes *terminal;
} JnWraps;

JnDataKey *jn_data_key_new (void);
JnDataKey *jn_data_key_ref (JnDataKey *key);
void jn_data_key_unref (JnDataKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnDataKey, jn_data_key_unref)

/* Nonce and sealed text in one. */
GBytes *jn_data_key_seal (const JnDataKey *key, GBytes *plain, const char *name);
/* (nullable): NULL: another key, another name, or changed since */
GBytes *jn_data_key_open (const JnDataKey *key, GBytes *sealed, const char *name);

/* -- the terminal's own pair ------------------------------------------------------------------ */

typedef struct _JnVault JnVault;

/* Reads the terminal's pair from @path, or makes it (0600) where there is none. One that is there and cannot be read is an
 * error (G_FILE_ERROR); what is none is set aside as @path.broken-TIME. */
JnVault *jn_vault_new (const char *path, GError **error);
void jn_vault_free (JnVault *vault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnVault, jn_vault_free)

/* argon2id takes about a tenth of a second: not on the main loop. @recovery: (nullable): the branch's
 * public key, 32 bytes. (transfer full) */
JnWraps *jn_vault_wrap (const JnVault *vault,
                        const JnDataKey *key,
                        const char *password,
                        const guint8 *recovery);
void jn_wraps_free (JnWraps *wraps);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnWraps, jn_wraps_free)

/* (nullable): each way to the key; NULL: not with this one */
JnDataKey *jn_wraps_open_password (const JnWraps *wraps, const char *password);
JnDataKey *
jn_wraps_open_recovery (const JnWraps *wraps, const guint8 *public, const guint8 *secret);
JnDataKey *jn_vault_open_terminal (const JnVault *vault, const JnWraps *wraps);

G_END_DECLS
