/* keys.c: janela-admin keys list: whose seals are genuine. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "app/dict.h"
#include "printing/keys.h"

#define USAGE "janela-admin keys list [--json]"

static gint64
seconds (GVariant *key, const char *name)
{
  return jn_time_parse (jn_dict_string (key, name)) / G_USEC_PER_SEC;
}

static gboolean
add_key (JnKeyList *list, GVariant *row)
{
  JnPublicKey key = { .not_before = seconds (row, "not_before"),
                      .not_after = seconds (row, "not_after"),
                      .revoked_at = seconds (row, "revoked_at") };
  const char *text = jn_dict_string (row, "public_key");
  gsize size = 0;
  g_autofree guchar *bytes = text != NULL ? g_base64_decode (text, &size) : NULL;

  if (size != JN_KEY_PUBLIC_SIZE || !jn_key_id_from_string (jn_dict_string (row, "kid"), &key.id))
    return FALSE;
  memcpy (key.key, bytes, size);
  jn_key_list_add (list, &key);
  return TRUE;
}

static JnKeyList *
fetch_keys (JnAdmin *admin, GError **error)
{
  g_autoptr (GVariant) answer = jn_admin_ask (admin, "keys", NULL, error);
  g_autoptr (GVariant) rows = answer != NULL ? jn_dict_list (answer, "keys") : NULL;
  g_autoptr (JnKeyList) list = NULL;

  if (answer == NULL)
    return NULL;
  list = jn_key_list_new ();
  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      if (!add_key (list, row))
        g_warning ("keys: a row is no key: %s", jn_dict_string (row, "kid"));
    }
  return g_steal_pointer (&list);
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

      printf ("%-10s from %s%s\n", kid, day, key->revoked_at != 0 ? "  revoked" : "");
    }
}

int
jn_admin_keys (JnAdmin *admin, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[]
      = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnKeyList) list = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2
      || !g_str_equal (argv[1], "list"))
    return jn_admin_usage (USAGE);
  list = fetch_keys (admin, &error);
  if (list == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  if (json)
    {
      g_autofree char *text = jn_key_list_to_json (list);

      puts (text);
    }
  else
    print_keys (list);
  return JN_EXIT_OK;
}
