/* keys.c: janela-admin keys list|root|sign: whose seals are genuine, under the hand of a root that stays offline. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "app/public-keys.h"
#include "printing/keys.h"

#define USAGE "janela-admin keys list [--json] | root FILE | sign --root FILE [--page] [LIST|-]"
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

gboolean
jn_admin_read_public_key (const char *text, guint8 *key, GError **error)
{
  size_t size = 0;

  if (sodium_hex2bin (key, JN_KEY_PUBLIC_SIZE, text, strlen (text), NULL, &size, NULL) == 0
      && size == JN_KEY_PUBLIC_SIZE)
    return TRUE;
  if (sodium_base642bin (key, JN_KEY_PUBLIC_SIZE, text, strlen (text), NULL, &size, NULL, BASE64)
          == 0
      && size == JN_KEY_PUBLIC_SIZE)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "\"%s\" is no public key: 64 hexadecimal digits, or 43 characters of base64url",
               text);
  return FALSE;
}

/* -- the list -------------------------------------------------------------------------------------- */

static JnKeyList *
fetch_keys (JnAdmin *admin, GError **error)
{
  g_autoptr (GVariant) answer = jn_admin_ask (admin, "keys", NULL, error);

  return answer != NULL ? jn_public_keys_read (answer) : NULL;
}

static void
print_keys (const JnKeyList *list)
{
  for (guint i = 0; i < jn_key_list_get_size (list); i++)
    {
      const JnPublicKey *key = jn_key_list_get (list, i);
      g_autofree char *kid = jn_key_id_to_string (key->id);
      g_autoptr (GDateTime) from = g_date_time_new_from_unix_utc (key->not_before);
      g_autofree char *day = g_date_time_format (from, "%F");

      printf ("%-10s from %s%s\n", kid, day,
              key->revoked_at != 0  ? "  revoked"
              : key->not_after != 0 ? "  replaced"
                                    : "");
    }
}

static int
list_keys (JnAdmin *admin, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JnKeyList) list = fetch_keys (admin, &error);
  g_autofree char *text = NULL;

  if (list == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  text = jn_key_list_to_json (list);
  if (json)
    puts (text);
  else
    print_keys (list);
  return JN_EXIT_OK;
}

/* -- the root: made and used where no network is ---------------------------------------------------- */

static void
format_public (const JnSealKey *key, char text[64])
{
  sodium_bin2base64 (text, 64, jn_seal_key_get_public (key), JN_KEY_PUBLIC_SIZE, BASE64);
}

static int
make_root (const char *path)
{
  const JnKeyId id = { 0, 0, 1 };
  g_autoptr (JnSealKey) root = jn_seal_key_generate (id);
  g_autoptr (GError) error = NULL;
  char text[64];

  if (!jn_seal_key_save (root, path, &error))
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  format_public (root, text);
  puts (text);
  return JN_EXIT_OK;
}

static char *
read_all (FILE *stream)
{
  GString *text = g_string_new (NULL);
  char buffer[8192];
  size_t n;

  while ((n = fread (buffer, 1, sizeof buffer, stream)) > 0)
    g_string_append_len (text, buffer, (gssize)n);
  return g_string_free (text, FALSE);
}

/* From a file that `keys list --json` wrote, where the root is; else from the backend. */
static JnKeyList *
find_list (JnAdmin *admin, const char *path, GError **error)
{
  g_autofree char *json = NULL;

  if (path == NULL)
    return fetch_keys (admin, error);
  if (g_str_equal (path, "-"))
    json = read_all (stdin);
  else if (!g_file_get_contents (path, &json, NULL, error))
    return NULL;
  return jn_key_list_new_from_json (json, error);
}

/* @page: as assets/verify/ reads it */
static int
sign_list (JnAdmin *admin, const char *root_path, const char *list_path, gboolean page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JnSealKey) root = jn_seal_key_load (root_path, &error);
  g_autoptr (JnKeyList) list = root != NULL ? find_list (admin, list_path, &error) : NULL;
  g_autofree char *signed_list = NULL;
  char text[64];

  if (list == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  signed_list = jn_key_list_sign (list, root);
  format_public (root, text);
  if (page)
    printf ("janelaKeys = { root: \"%s\", list: %s };\n", text, signed_list);
  else
    puts (signed_list);
  return JN_EXIT_OK;
}

int
jn_admin_keys (JnAdmin *admin, int argc, char **argv)
{
  gboolean json = FALSE, page = FALSE;
  g_autofree char *root = NULL;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL },
                                   { "page", 0, 0, G_OPTION_ARG_NONE, &page, NULL, NULL },
                                   { "root", 0, 0, G_OPTION_ARG_FILENAME, &root, NULL, NULL },
                                   { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc < 2)
    return jn_admin_usage (USAGE);
  if (g_str_equal (argv[1], "list") && argc == 2)
    return list_keys (admin, json);
  if (g_str_equal (argv[1], "root") && argc == 3)
    return make_root (argv[2]);
  if (g_str_equal (argv[1], "sign") && root != NULL && argc <= 3)
    return sign_list (admin, root, argc == 3 ? argv[2] : NULL, page);
  return jn_admin_usage (USAGE);
}
