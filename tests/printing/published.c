/* published.c: the list of keys as a page gets it, with times to try. */
#include "tests/printing/published.h"

#include <sodium.h>
#include <string.h>

#include "tests/printing/samples.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

JnKeyList *
published_keys (gint64 not_before, gint64 not_after, gint64 revoked_at)
{
  g_autoptr(JnSealKey) key = sample_key ();
  JnKeyList *list = jn_key_list_new ();
  JnPublicKey entry = { .id = jn_seal_key_get_id (key),
                        .not_before = not_before,
                        .not_after = not_after,
                        .revoked_at = revoked_at };

  memcpy (entry.key, jn_seal_key_get_public (key), sizeof entry.key);
  jn_key_list_add (list, &entry);
  return list;
}

static JnSealKey *
root_key (void)
{
  const guint8 seed[32] = { 9, 9, 9 };

  return jn_seal_key_new_from_seed ((JnKeyId){ 0, 0, 1 }, seed);
}

char *
publish_keys (const JnKeyList *keys)
{
  g_autoptr(JnSealKey) root = root_key ();
  g_autofree char *list = jn_key_list_sign (keys, root);
  char x[64];

  sodium_bin2base64 (x, sizeof x, jn_seal_key_get_public (root), 32, BASE64);
  return g_strdup_printf ("{\"root\":\"%s\",\"list\":%s}", x, list);
}
