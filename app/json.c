/* json.c: a{sv} to JSON text and back, by json-glib. */
#include "app/json.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

char *
jn_json_from_dict (GVariant *dict)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);
  node = json_gvariant_serialize (dict);
  return json_to_string (node, FALSE);
}

GVariant *
jn_json_to_dict (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) problem = NULL;
  GVariant *dict = NULL;
  JsonNode *root;

  if (json_parser_load_from_data (parser, text, length, &problem))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        dict = json_gvariant_deserialize (root, "a{sv}", &problem);
    }
  if (dict != NULL)
    {
      g_variant_ref_sink (dict);
      g_variant_get_data (dict); /* one block: see jn_dict_string () */
      return dict;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       problem != NULL ? problem->message : "not a JSON object");
  return NULL;
}
