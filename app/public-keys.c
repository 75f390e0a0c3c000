/* public-keys.c: the keys whose seals are genuine, as the backend answers them. */
#include "app/public-keys.h"

#include <string.h>

#include <sodium.h>

#include "app/dict.h"

static gboolean
read_public (const char *text, guint8 *key)
{
  size_t size = 0;

  return sodium_hex2bin (key, JN_KEY_PUBLIC_SIZE, text, strlen (text), NULL, &size, NULL) == 0
         && size == JN_KEY_PUBLIC_SIZE;
}

static gboolean
add_key (JnKeyList *list, GVariant *row)
{
  JnPublicKey key = { .not_before = jn_dict_time (row, "not_before"),
                      .not_after = jn_dict_time (row, "not_after"),
                      .revoked_at = jn_dict_time (row, "revoked_at") };
  const char *text = jn_dict_string (row, "public_key");
  const char *kid = jn_dict_string (row, "kid");

  if (text == NULL || kid == NULL || !read_public (text, key.key)
      || !jn_key_id_from_string (kid, &key.id))
    return FALSE;
  jn_key_list_add (list, &key);
  return TRUE;
}

JnKeyList *
jn_public_keys_read (GVariant *answer)
{
  g_autoptr (GVariant) rows = jn_dict_list (answer, "keys");
  JnKeyList *list = jn_key_list_new ();

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      if (!add_key (list, row))
        g_warning ("keys: a row is no key: %s", jn_dict_string (row, "kid"));
    }
  return list;
}
