/* document-json.c: a document as JSON, so that any terminal can print the same paper again. */
#include <json-glib/json-glib.h>

#include "printing/block.h"
#include "printing/error.h"

static const char *const kinds[]
    = { "ticket",      "receipt",   "notice", "not-accepted", "delivery",
        "application", "hand-over", "cash",   "test" };
static const char *const types[JN_N_BLOCK_TYPES]
    = { "masthead", "title", "number", "heading", "field",    "paragraph",
        "item",     "table", "rule",   "qr",      "signature" };

/* -- writing ------------------------------------------------------------------------------------ */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/* One text is a string, a pair is an array of two. */
static JsonNode *
words_to_node (JnWords words)
{
  JsonArray *pair;
  JsonNode *node;

  if (words.second == NULL)
    return json_node_init_string (json_node_alloc (), words.first != NULL ? words.first : "");
  pair = json_array_new ();
  json_array_add_string_element (pair, words.first != NULL ? words.first : "");
  json_array_add_string_element (pair, words.second);
  node = json_node_init_array (json_node_alloc (), pair);
  json_array_unref (pair);
  return node;
}

static void
set_words (JsonObject *object, const char *name, JnWords words)
{
  if (words.first != NULL || words.second != NULL)
    json_object_set_member (object, name, words_to_node (words));
}

static void
set_columns (JsonObject *object, const JnBlock *block)
{
  JsonArray *columns = json_array_new ();

  for (guint i = 0; i < block->columns->len; i++)
    {
      const JnColumn *column = &g_array_index (block->columns, JnColumn, i);
      JsonObject *entry = json_object_new ();

      set_words (entry, "header", column->header);
      json_object_set_int_member (entry, "align", column->align);
      json_object_set_boolean_member (entry, "grow", column->grow);
      json_array_add_object_element (columns, entry);
    }
  json_object_set_array_member (object, "columns", columns);
}

static void
set_rows (JsonObject *object, const JnBlock *block)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < block->rows->len; i++)
    {
      const JnRow *row = &g_array_index (block->rows, JnRow, i);
      JsonObject *entry = json_object_new ();
      JsonArray *cells = json_array_new ();

      for (guint j = 0; j < block->columns->len; j++)
        json_array_add_element (cells, words_to_node (row->cells[j]));
      json_object_set_array_member (entry, "cells", cells);
      json_object_set_boolean_member (entry, "total", row->total);
      json_array_add_object_element (rows, entry);
    }
  json_object_set_array_member (object, "rows", rows);
}

static void
set_png (JsonObject *object, GBytes *png)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  g_autofree char *text = g_base64_encode (data, size);

  json_object_set_string_member (object, "png", text);
}

static JsonObject *
block_to_object (const JnBlock *block)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", types[block->type]);
  set_words (object, "head", block->head);
  set_words (object, "body", block->body);
  if (block->style != 0)
    json_object_set_int_member (object, "style", block->style);
  if (block->png != NULL)
    set_png (object, block->png);
  if (block->columns != NULL)
    {
      set_columns (object, block);
      set_rows (object, block);
    }
  return object;
}

char *
jn_document_to_json (const JnDocument *document)
{
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *blocks = json_array_new ();

  json_object_set_int_member (object, "janela-document", 1);
  json_object_set_string_member (object, "kind", kinds[jn_document_get_kind (document)]);
  json_object_set_string_member (object, "language", jn_document_get_language (document));
  set_text (object, "second-language", jn_document_get_second_language (document));
  set_text (object, "model", jn_document_get_model (document));
  for (guint i = 0; i < jn_document_get_n_blocks (document); i++)
    json_array_add_object_element (blocks, block_to_object (jn_document_get_block (document, i)));
  json_object_set_array_member (object, "blocks", blocks);
  json_node_take_object (root, object);
  return json_to_string (root, FALSE);
}

/* -- reading: what is stored may have been stored by another version, so nothing is trusted -------- */

static JsonNode *
get_member (JsonObject *object, const char *name, JsonNodeType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_TYPE (node) == type ? node : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL ? json_node_get_string (node) : NULL;
}

static gint64
get_int (JsonObject *object, const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL ? json_node_get_int (node) : 0;
}

static const char *
get_element_text (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static JnWords
node_to_words (JsonNode *node)
{
  JsonArray *pair;

  if (node == NULL)
    return jn_words (NULL, NULL);
  if (JSON_NODE_HOLDS_VALUE (node))
    return jn_words (json_node_get_string (node), NULL);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return jn_words (NULL, NULL);
  pair = json_node_get_array (node);
  if (json_array_get_length (pair) != 2)
    return jn_words (NULL, NULL);
  return jn_words (get_element_text (pair, 0), get_element_text (pair, 1));
}

static int
index_of (const char *const *names, guint n_names, const char *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;
  return -1;
}

static gboolean
read_columns (JsonArray *array, JnColumn *columns)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return FALSE;
      object = json_node_get_object (node);
      columns[i].header = node_to_words (json_object_get_member (object, "header"));
      columns[i].align = CLAMP (get_int (object, "align"), JN_ALIGN_START, JN_ALIGN_END);
      columns[i].grow = json_object_get_boolean_member_with_default (object, "grow", FALSE);
    }
  return TRUE;
}

static gboolean
read_row (JnDocument *document, JsonNode *node, guint n_columns)
{
  JnWords cells[JN_MAX_COLUMNS];
  JsonNode *list;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  list = get_member (json_node_get_object (node), "cells", JSON_NODE_ARRAY);
  if (list == NULL)
    return FALSE;
  array = json_node_get_array (list);
  if (json_array_get_length (array) != n_columns)
    return FALSE;
  for (guint i = 0; i < n_columns; i++)
    cells[i] = node_to_words (json_array_get_element (array, i));
  jn_document_add_row (
      document, cells,
      json_object_get_boolean_member_with_default (json_node_get_object (node), "total", FALSE));
  return TRUE;
}

static gboolean
read_table (JnDocument *document, JsonObject *object)
{
  JnColumn columns[JN_MAX_COLUMNS];
  JsonNode *head = get_member (object, "columns", JSON_NODE_ARRAY);
  JsonNode *body = get_member (object, "rows", JSON_NODE_ARRAY);
  guint n_columns = head != NULL ? json_array_get_length (json_node_get_array (head)) : 0;

  if (body == NULL || n_columns == 0 || n_columns > JN_MAX_COLUMNS)
    return FALSE;
  if (!read_columns (json_node_get_array (head), columns))
    return FALSE;
  jn_document_add_table (document, columns, n_columns);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (body)); i++)
    if (!read_row (document, json_array_get_element (json_node_get_array (body), i), n_columns))
      return FALSE;
  return TRUE;
}

static void
read_signature (JnDocument *document, JsonObject *object, JnWords head, JnWords body)
{
  const char *text = get_text (object, "png");
  g_autoptr(GBytes) png = NULL;
  gsize size;

  if (text != NULL)
    {
      guchar *data = g_base64_decode (text, &size);

      png = g_bytes_new_take (data, size);
    }
  jn_document_add_signature (document, head, body.first, png);
}

static gboolean
read_block (JnDocument *document, JsonObject *object)
{
  int type = index_of (types, JN_N_BLOCK_TYPES, get_text (object, "type"));
  JnWords head = node_to_words (json_object_get_member (object, "head"));
  JnWords body = node_to_words (json_object_get_member (object, "body"));
  int style = CLAMP (get_int (object, "style"), 0, 2);

  switch (type)
    {
    case JN_BLOCK_MASTHEAD:
      jn_document_add_masthead (document, head, body);
      return TRUE;
    case JN_BLOCK_TITLE:
      jn_document_add_title (document, head);
      return TRUE;
    case JN_BLOCK_NUMBER:
      jn_document_add_number (document, head, body.first);
      return TRUE;
    case JN_BLOCK_HEADING:
      jn_document_add_heading (document, head);
      return TRUE;
    case JN_BLOCK_FIELD:
      jn_document_add_field (document, head, body);
      return TRUE;
    case JN_BLOCK_PARAGRAPH:
      jn_document_add_paragraph (document, style, head);
      return TRUE;
    case JN_BLOCK_ITEM:
      jn_document_add_item (document, style, head, body);
      return TRUE;
    case JN_BLOCK_TABLE:
      return read_table (document, object);
    case JN_BLOCK_RULE:
      jn_document_add_rule (document);
      return TRUE;
    case JN_BLOCK_QR:
      jn_document_add_qr (document, body.first, head);
      return body.first != NULL;
    case JN_BLOCK_SIGNATURE:
      read_signature (document, object, head, body);
      return TRUE;
    default:
      return FALSE;
    }
}

static JnDocument *
read_document (JsonObject *object)
{
  int kind = index_of (kinds, G_N_ELEMENTS (kinds), get_text (object, "kind"));
  const char *language = get_text (object, "language");
  JsonNode *blocks = get_member (object, "blocks", JSON_NODE_ARRAY);
  g_autoptr(JnDocument) document = NULL;

  if (get_int (object, "janela-document") != 1 || kind < 0 || language == NULL || blocks == NULL)
    return NULL;
  document = jn_document_new (kind, language, get_text (object, "second-language"));
  jn_document_set_model (document, get_text (object, "model"));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (blocks)); i++)
    {
      JsonNode *node = json_array_get_element (json_node_get_array (blocks), i);

      if (!JSON_NODE_HOLDS_OBJECT (node) || !read_block (document, json_node_get_object (node)))
        return NULL;
    }
  return g_steal_pointer (&document);
}

JnDocument *
jn_document_new_from_json (const char *json, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;
  JnDocument *document = NULL;

  if (json_parser_load_from_data (parser, json, -1, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    document = read_document (json_node_get_object (root));
  if (document == NULL)
    g_set_error_literal (error, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED,
                         "This is no stored document of a version that is known here");
  return document;
}
