/* key-list.c: the public list of keys as a JWK set, and under the root's signature. */
#include "printing/keys.h"

#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define PROTECTED "{\"alg\":\"EdDSA\"}"

struct _JnKeyList
{
  GArray *keys; /* of JnPublicKey, by id */
};

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const JnKeyId *x = &((const JnPublicKey *)a)->id, *y = &((const JnPublicKey *)b)->id;

  if (x->branch != y->branch)
    return x->branch < y->branch ? -1 : 1;
  if (x->terminal != y->terminal)
    return x->terminal < y->terminal ? -1 : 1;
  return x->generation < y->generation ? -1 : x->generation > y->generation;
}

JnKeyList *
jn_key_list_new (void)
{
  JnKeyList *self = g_atomic_rc_box_new0 (JnKeyList);

  self->keys = g_array_new (FALSE, FALSE, sizeof (JnPublicKey));
  return self;
}

JnKeyList *
jn_key_list_ref (JnKeyList *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_list (gpointer data)
{
  g_array_unref (((JnKeyList *)data)->keys);
}

void
jn_key_list_unref (JnKeyList *self)
{
  g_atomic_rc_box_release_full (self, clear_list);
}

void
jn_key_list_add (JnKeyList *self, const JnPublicKey *key)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (jn_key_id_equal (g_array_index (self->keys, JnPublicKey, i).id, key->id))
      {
        g_array_index (self->keys, JnPublicKey, i) = *key;
        return;
      }
  g_array_append_val (self->keys, *key);
  g_array_sort (self->keys, compare_ids);
}

const JnPublicKey *
jn_key_list_find (const JnKeyList *self, JnKeyId id)
{
  JnPublicKey wanted = { .id = id };
  guint i;

  if (!g_array_binary_search (self->keys, &wanted, compare_ids, &i))
    return NULL;
  return &g_array_index (self->keys, JnPublicKey, i);
}

guint
jn_key_list_get_size (const JnKeyList *self)
{
  return self->keys->len;
}

const JnPublicKey *
jn_key_list_get (const JnKeyList *self, guint i)
{
  g_return_val_if_fail (i < self->keys->len, NULL);
  return &g_array_index (self->keys, JnPublicKey, i);
}

/* -- base64url ----------------------------------------------------------------------------------------- */

static char *
encode (const guint8 *data, gsize size)
{
  gsize length = sodium_base64_encoded_len (size, BASE64);

  return sodium_bin2base64 (g_malloc (length), length, data, size, BASE64);
}

static GBytes *
decode (const char *text)
{
  gsize most = strlen (text) / 4 * 3 + 3;
  guint8 *data = g_malloc (most);
  size_t size;

  if (sodium_base642bin (data, most, text, strlen (text), NULL, &size, NULL, BASE64) == 0)
    return g_bytes_new_take (data, size);
  g_free (data);
  return NULL;
}

/* -- writing ------------------------------------------------------------------------------------------- */

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autoptr(GDateTime) when = NULL;
  g_autofree char *text = NULL;

  if (time == 0)
    return;
  when = g_date_time_new_from_unix_utc (time);
  text = g_date_time_format (when, "%Y-%m-%dT%H:%M:%SZ");
  json_object_set_string_member (object, name, text);
}

static JsonObject *
key_to_object (const JnPublicKey *key)
{
  JsonObject *object = json_object_new ();
  g_autofree char *kid = jn_key_id_to_string (key->id);
  g_autofree char *x = encode (key->key, sizeof key->key);

  json_object_set_string_member (object, "kty", "OKP");
  json_object_set_string_member (object, "crv", "Ed25519");
  json_object_set_string_member (object, "alg", "EdDSA");
  json_object_set_string_member (object, "use", "sig");
  json_object_set_string_member (object, "kid", kid);
  json_object_set_string_member (object, "x", x);
  json_object_set_int_member (object, "branch", key->id.branch);
  json_object_set_int_member (object, "terminal", key->id.terminal);
  set_time (object, "not-before", key->not_before);
  set_time (object, "not-after", key->not_after);
  set_time (object, "revoked-at", key->revoked_at);
  return object;
}

char *
jn_key_list_to_json (const JnKeyList *self)
{
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *keys = json_array_new ();

  for (guint i = 0; i < self->keys->len; i++)
    json_array_add_object_element (keys,
                                   key_to_object (&g_array_index (self->keys, JnPublicKey, i)));
  json_object_set_array_member (object, "keys", keys);
  json_node_take_object (root, object);
  return json_to_string (root, FALSE);
}

/* -- reading ------------------------------------------------------------------------------------------- */

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* A time before 1970 is a slip of the pen, and "0" is what no time is kept as. */
static gboolean
read_time (JsonObject *object, const char *name, gint64 *time)
{
  const char *text = get_text (object, name);
  g_autoptr(GDateTime) when = NULL;

  if (!json_object_has_member (object, name))
    return TRUE;
  if (text != NULL)
    when = g_date_time_new_from_iso8601 (text, NULL);
  if (when == NULL)
    return FALSE;
  *time = g_date_time_to_unix (when);
  return *time > 0;
}

static gboolean
read_public (const char *text, guint8 *key)
{
  g_autoptr(GBytes) bytes = text != NULL ? decode (text) : NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) != JN_KEY_PUBLIC_SIZE)
    return FALSE;
  memcpy (key, g_bytes_get_data (bytes, NULL), JN_KEY_PUBLIC_SIZE);
  return TRUE;
}

static gboolean
read_key (JsonNode *node, JnPublicKey *key)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *kid = object != NULL ? get_text (object, "kid") : NULL;

  return kid != NULL && jn_key_id_from_string (kid, &key->id)
         && g_strcmp0 (get_text (object, "kty"), "OKP") == 0
         && g_strcmp0 (get_text (object, "crv"), "Ed25519") == 0
         && read_public (get_text (object, "x"), key->key)
         && read_time (object, "not-before", &key->not_before)
         && read_time (object, "not-after", &key->not_after)
         && read_time (object, "revoked-at", &key->revoked_at);
}

static gboolean
read_keys (JnKeyList *self, JsonNode *root)
{
  JsonNode *member = JSON_NODE_HOLDS_OBJECT (root)
                         ? json_object_get_member (json_node_get_object (root), "keys")
                         : NULL;
  JsonArray *keys;

  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return FALSE;
  keys = json_node_get_array (member);
  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      JnPublicKey key = { 0 };

      if (!read_key (json_array_get_element (keys, i), &key))
        return FALSE;
      jn_key_list_add (self, &key);
    }
  return TRUE;
}

static JsonNode *
parse (const char *json, gssize size)
{
  g_autoptr(JsonParser) parser = json_parser_new ();

  if (!json_parser_load_from_data (parser, json, size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static JnKeyList *
fail (GError **error, int code, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, code, message);
  return NULL;
}

static JnKeyList *
read_list (const char *json, gssize size, GError **error)
{
  g_autoptr(JsonNode) root = parse (json, size);
  g_autoptr(JnKeyList) self = jn_key_list_new ();

  if (root == NULL || !read_keys (self, root))
    return fail (error, G_IO_ERROR_INVALID_DATA, "This is no list of keys");
  return g_steal_pointer (&self);
}

JnKeyList *
jn_key_list_new_from_json (const char *json, GError **error)
{
  return read_list (json, -1, error);
}

/* -- under the root's hand (RFC 7515, section 7.2.2) ------------------------------------------------------ */

char *
jn_key_list_sign (const JnKeyList *self, const JnSealKey *root)
{
  g_autofree char *json = jn_key_list_to_json (self);
  g_autofree char *payload = encode ((const guint8 *)json, strlen (json));
  g_autofree char *header = encode ((const guint8 *)PROTECTED, strlen (PROTECTED));
  g_autofree char *input = g_strconcat (header, ".", payload, NULL);
  guint8 signature[crypto_sign_BYTES];
  g_autofree char *signature_text = NULL;

  jn_seal_key_sign (root, (const guint8 *)input, strlen (input), signature);
  signature_text = encode (signature, sizeof signature);
  return g_strdup_printf ("{\"payload\":\"%s\",\"protected\":\"%s\",\"signature\":\"%s\"}", payload,
                          header, signature_text);
}

static gboolean
is_signed (const char *header, const char *payload, const char *signature, const guint8 *root)
{
  g_autofree char *input = g_strconcat (header, ".", payload, NULL);
  g_autofree char *expected = encode ((const guint8 *)PROTECTED, strlen (PROTECTED));
  g_autoptr(GBytes) bytes = decode (signature);

  /* one algorithm, one header: nobody chooses another for us */
  return g_strcmp0 (header, expected) == 0 && bytes != NULL
         && g_bytes_get_size (bytes) == crypto_sign_BYTES
         && crypto_sign_verify_detached (g_bytes_get_data (bytes, NULL), (const guint8 *)input,
                                         strlen (input), root)
                == 0;
}

JnKeyList *
jn_key_list_open (const char *jws, const guint8 *root, GError **error)
{
  g_autoptr(JsonNode) node = parse (jws, -1);
  JsonObject *object
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *header = object != NULL ? get_text (object, "protected") : NULL;
  const char *payload = object != NULL ? get_text (object, "payload") : NULL;
  const char *signature = object != NULL ? get_text (object, "signature") : NULL;
  g_autoptr(GBytes) json = payload != NULL ? decode (payload) : NULL;

  if (header == NULL || signature == NULL || json == NULL)
    return fail (error, G_IO_ERROR_INVALID_DATA, "This is no signed list of keys");
  if (!is_signed (header, payload, signature, root))
    return fail (error, G_IO_ERROR_PERMISSION_DENIED,
                 "The root key did not sign this list of keys");
  return read_list (g_bytes_get_data (json, NULL), g_bytes_get_size (json), error);
}
