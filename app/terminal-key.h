/* terminal-key.h: this terminal's own key: its seed lies in the state folder and never leaves the machine.
 *
 * The administrator enrols the public half; the server answers with the name (kid) under which it seals. A new
 * seed is a new key: it seals again once it is enrolled. */
#pragma once

#include "printing/keys.h"

G_BEGIN_DECLS

/**
 * jn_terminal_key_get_public:
 * @folder: jn_settings_get_state_folder()
 *
 * Makes the seed where there is none. Returns: (transfer full): 64 lower-case hexadecimal digits; %NULL with a
 * %G_FILE_ERROR, %G_FILE_ERROR_PERM where others may read the seed
 */
char *jn_terminal_key_get_public (const char *folder, GError **error);

/* Returns: (transfer full): the key under the name that the server gave it; errors as above */
JnSealKey *jn_terminal_key_load (const char *folder, JnKeyId id, GError **error);

/* Puts a new seed in place of the old one, which is gone: what it sealed stays genuine by the public list. */
gboolean jn_terminal_key_renew (const char *folder, GError **error);

/* @key: %JN_KEY_PUBLIC_SIZE bytes. Returns: (transfer full) */
char *jn_terminal_key_to_hex (const guint8 *key);

G_END_DECLS
