/* external.c: secondary instances from outside as root/item documents.
 *
 * Spec, "Secondary instances from CSV" and "Secondary Instances from GeoJSON". */
#include <string.h>

#include <json-glib/json-glib.h>

#include "forms/form-private.h"
#include "forms/number.h"

static xmlDoc *
new_document (xmlDict *dict, xmlNode **root)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");

  if (dict != NULL)
    {
      doc->dict = dict;
      xmlDictReference (dict);
    }
  *root = xmlNewDocNode (doc, NULL, BAD_CAST "root", NULL);
  xmlDocSetRootElement (doc, *root);
  return doc;
}

static xmlNode *
add_element (xmlDoc *doc, xmlNode *parent, const char *name)
{
  return xmlAddChild (parent, xmlNewDocNode (doc, NULL, BAD_CAST name, NULL));
}

static void
add_value (xmlDoc *doc, xmlNode *parent, const char *name, const char *value)
{
  xmlNode *element = add_element (doc, parent, name);

  if (*value != '\0')
    xmlAddChild (element, xmlNewDocText (doc, BAD_CAST value));
}

/* ---- CSV ---------------------------------------------------------------------------------------- */

/* The first delimiter that stands in the header outside quotes; the comma where none does. */
static char
find_delimiter (const char *text)
{
  static const char delimiters[] = ",;\t|";

  for (const char *delimiter = delimiters; *delimiter != '\0'; delimiter++)
    {
      gboolean quoted = FALSE;

      for (const char *c = text; *c != '\0' && (quoted || (*c != '\n' && *c != '\r')); c++)
        {
          if (*c == '"')
            quoted = !quoted;
          if (*c == *delimiter && !quoted)
            return *delimiter;
        }
    }
  return ',';
}

/* Reads one cell from @text; the end of it is a delimiter, a line's end or the end of all.
 * Returns: (nullable): what follows; %NULL: a quotation has no end */
static const char *
read_cell (const char *text, char delimiter, GString *cell)
{
  g_string_truncate (cell, 0);
  if (*text == '"')
    {
      for (text++; *text != '\0' && (*text != '"' || text[1] == '"'); text++)
        {
          if (*text == '"')
            text++;
          g_string_append_c (cell, *text);
        }
      if (*text != '"')
        return NULL;
      text++;
    }
  while (*text != '\0' && *text != delimiter && *text != '\n' && *text != '\r')
    g_string_append_c (cell, *text++);
  return text;
}

/* (nullable): as read_cell() */
static const char *
read_row (const char *text, char delimiter, GPtrArray *cells)
{
  g_autoptr(GString) cell = g_string_new (NULL);

  g_ptr_array_set_size (cells, 0);
  for (;;)
    {
      text = read_cell (text, delimiter, cell);
      if (text == NULL)
        return NULL;
      g_ptr_array_add (cells, g_strdup (cell->str));
      if (*text != delimiter)
        break;
      text++;
    }
  if (*text == '\r')
    text++;
  if (*text == '\n')
    text++;
  return text;
}

static gboolean
is_blank_row (const GPtrArray *cells)
{
  return cells->len == 1 && *(char *)cells->pdata[0] == '\0';
}

static gboolean
check_header (const GPtrArray *header, GError **error)
{
  for (guint i = 0; i < header->len; i++)
    {
      const char *name = header->pdata[i];

      if (xmlValidateNCName (BAD_CAST name, 0) != 0)
        {
          g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX,
                       "column %u of the CSV file has no usable name", i + 1);
          return FALSE;
        }
      for (guint k = 0; k < i; k++)
        if (strcmp (name, header->pdata[k]) == 0)
          {
            g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX,
                         "column '%s' stands twice in the CSV file", name);
            return FALSE;
          }
    }
  return TRUE;
}

static void
strip_header (GPtrArray *header)
{
  for (guint i = 0; i < header->len; i++)
    g_strstrip (header->pdata[i]);
}

/* A row may be short, and end in blank cells; what has no column is an error. */
static gboolean
check_row (const GPtrArray *cells, const GPtrArray *header, guint number, GError **error)
{
  for (guint i = header->len; i < cells->len; i++)
    if (*(char *)cells->pdata[i] != '\0')
      {
        g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX,
                     "row %u of the CSV file has more cells than the %u of its header", number,
                     header->len);
        return FALSE;
      }
  return TRUE;
}

static void
add_item (xmlDoc *doc, xmlNode *root, const GPtrArray *cells, const GPtrArray *header)
{
  xmlNode *item = add_element (doc, root, "item");

  for (guint i = 0; i < header->len; i++)
    add_value (doc, item, header->pdata[i], i < cells->len ? cells->pdata[i] : "");
}

static gboolean
add_rows (
    xmlDoc *doc, xmlNode *root, const char *text, char delimiter, GPtrArray *header, GError **error)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint number = 2; *text != '\0'; number++)
    {
      text = read_row (text, delimiter, cells);
      if (text == NULL)
        {
          g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX,
                       "row %u of the CSV file begins a quotation without an end", number);
          return FALSE;
        }
      if (is_blank_row (cells))
        continue;
      if (!check_row (cells, header, number, error))
        return FALSE;
      add_item (doc, root, cells, header);
    }
  return TRUE;
}

xmlDoc *
jn_external_from_csv (GBytes *bytes, xmlDict *dict, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *copy = g_utf8_make_valid (size > 0 ? data : "", size);
  const char *text = g_str_has_prefix (copy, "\xef\xbb\xbf") ? copy + 3 : copy;
  char delimiter = find_delimiter (text);
  g_autoptr(GPtrArray) header = g_ptr_array_new_with_free_func (g_free);
  xmlNode *root;
  xmlDoc *doc;

  text = read_row (text, delimiter, header);
  strip_header (header);
  if (text == NULL)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX,
                 "the header of the CSV file has a quotation without an end");
  if (text == NULL || !check_header (header, error))
    return NULL;

  doc = new_document (dict, &root);
  if (add_rows (doc, root, text, delimiter, header, error))
    return doc;
  xmlFreeDoc (doc);
  return NULL;
}

/* ---- GeoJSON ------------------------------------------------------------------------------------ */

/* GeoJSON has longitude first, ODK latitude. */
static gboolean
append_position (JsonArray *position, GString *result)
{
  char latitude[JN_NUMBER_TEXT_MAX], longitude[JN_NUMBER_TEXT_MAX];

  if (position == NULL || json_array_get_length (position) < 2)
    return FALSE;
  jn_number_to_text (json_array_get_double_element (position, 1), latitude);
  jn_number_to_text (json_array_get_double_element (position, 0), longitude);
  if (result->len > 0)
    g_string_append (result, "; ");
  g_string_append_printf (result, "%s %s 0 0", latitude, longitude);
  return TRUE;
}

static JsonArray *
get_array (JsonArray *array, guint index)
{
  JsonNode *node
      = index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
append_line (JsonArray *line, GString *result)
{
  if (line == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (line); i++)
    if (!append_position (get_array (line, i), result))
      return FALSE;
  return TRUE;
}

static JsonNode *
get_member (JsonObject *object, const char *name, JsonNodeType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

static char *
read_geometry (JsonObject *feature)
{
  JsonNode *node = get_member (feature, "geometry", JSON_NODE_OBJECT);
  JsonObject *geometry = node != NULL ? json_node_get_object (node) : NULL;
  JsonNode *list = get_member (geometry, "coordinates", JSON_NODE_ARRAY);
  const char *kind;
  g_autoptr(GString) result = g_string_new (NULL);
  gboolean good = FALSE;

  if (list == NULL)
    return NULL;
  kind = json_object_get_string_member_with_default (geometry, "type", "");
  if (strcmp (kind, "Point") == 0)
    good = append_position (json_node_get_array (list), result);
  else if (strcmp (kind, "LineString") == 0)
    good = append_line (json_node_get_array (list), result);
  else if (strcmp (kind, "Polygon") == 0)
    good = append_line (get_array (json_node_get_array (list), 0), result);
  return good ? g_strdup (result->str) : NULL;
}

static char *
get_primitive (JsonNode *node)
{
  char number[JN_NUMBER_TEXT_MAX];

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      jn_number_to_text (json_node_get_double (node), number);
      return g_strdup (number);
    }
}

static void
add_property (xmlDoc *doc, xmlNode *item, const char *name, JsonNode *node)
{
  g_autofree char *value = get_primitive (node);

  if (value != NULL && xmlValidateNCName (BAD_CAST name, 0) == 0)
    add_value (doc, item, name, value);
}

static gboolean
add_feature (xmlDoc *doc, xmlNode *root, JsonObject *feature)
{
  g_autofree char *geometry = read_geometry (feature);
  xmlNode *item;
  JsonNode *node;

  if (geometry == NULL)
    return FALSE;
  item = add_element (doc, root, "item");
  add_value (doc, item, "geometry", geometry);
  node = json_object_get_member (feature, "id");
  if (node != NULL)
    add_property (doc, item, "id", node);
  node = get_member (feature, "properties", JSON_NODE_OBJECT);
  if (node != NULL)
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &value))
        add_property (doc, item, name, value);
    }
  return TRUE;
}

static gboolean
add_features (xmlDoc *doc, xmlNode *root, JsonNode *top)
{
  JsonObject *collection
      = top != NULL && JSON_NODE_HOLDS_OBJECT (top) ? json_node_get_object (top) : NULL;
  JsonNode *features = get_member (collection, "features", JSON_NODE_ARRAY);
  JsonArray *list;

  if (features == NULL
      || strcmp (json_object_get_string_member_with_default (collection, "type", ""),
                 "FeatureCollection")
             != 0)
    return FALSE;
  list = json_node_get_array (features);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *feature = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_OBJECT (feature)
          || !add_feature (doc, root, json_node_get_object (feature)))
        return FALSE;
    }
  return TRUE;
}

xmlDoc *
jn_external_from_geojson (GBytes *bytes, xmlDict *dict, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  xmlNode *root;
  xmlDoc *doc;

  if (!json_parser_load_from_data (parser, data, size, error))
    {
      g_prefix_error (error, "GeoJSON: ");
      return NULL;
    }
  doc = new_document (dict, &root);
  if (add_features (doc, root, json_parser_get_root (parser)))
    return doc;
  g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX,
               "the GeoJSON file is not a FeatureCollection of points, lines and polygons");
  xmlFreeDoc (doc);
  return NULL;
}
