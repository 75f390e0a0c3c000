/* xpath.c: janela-form xpath: one expression on a document, or many from standard input. */
#include "forms/tool/commands.h"
#include "forms/tool/node-path.h"
#include "forms/xpath.h"

#include <json-glib/json-glib.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A document that an expression is evaluated on: what a form gives without being filled. */
typedef struct
{
  xmlDoc *doc;
  xmlNode *context;
  const char *language;
} Document;

static xmlNode *
next_in_document (xmlNode *node)
{
  if (node->children != NULL && node->type != XML_ENTITY_REF_NODE)
    return node->children;
  while (node != NULL && node->next == NULL)
    node = node->parent;
  return node == NULL ? NULL : node->next;
}

static gboolean
is_called (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *)node->name, name) == 0;
}

static gboolean
has_attribute (xmlNode *node, const char *name, const char *value)
{
  xmlChar *found = xmlGetNoNsProp (node, (const xmlChar *)name);
  gboolean same = found != NULL && (value == NULL || strcmp ((const char *)found, value) == 0);

  xmlFree (found);
  return same;
}

static xmlNode *
find_instance (const char *id, gpointer user_data)
{
  const Document *document = user_data;
  xmlNode *node = document->doc->children;

  while (node != NULL && !(is_called (node, "instance") && has_attribute (node, "id", id)))
    node = next_in_document (node);
  return node;
}

/* The translation in the language asked for, else the default, else the first. */
static xmlNode *
find_translation (const Document *document)
{
  xmlNode *first = NULL, *chosen = NULL;

  for (xmlNode *node = document->doc->children; node != NULL; node = next_in_document (node))
    {
      if (!is_called (node, "translation"))
        continue;
      if (document->language[0] != '\0' && has_attribute (node, "lang", document->language))
        return node;
      if (chosen == NULL && has_attribute (node, "default", NULL))
        chosen = node;
      if (first == NULL)
        first = node;
    }
  return chosen != NULL ? chosen : first;
}

static void
find_itext (const char *id, GPtrArray *nodes, gpointer user_data)
{
  xmlNode *translation = find_translation (user_data);

  if (translation == NULL)
    return;
  for (xmlNode *text = translation->children; text != NULL; text = text->next)
    if (is_called (text, "text") && has_attribute (text, "id", id))
      {
        for (xmlNode *value = text->children; value != NULL; value = value->next)
          if (is_called (value, "value"))
            g_ptr_array_add (nodes, value);
        return;
      }
}

static const char *
find_namespace (const xmlNode *node, const char *prefix)
{
  if (node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlNs *ns = node->nsDef; ns != NULL; ns = ns->next)
    if (ns->prefix != NULL && strcmp ((const char *)ns->prefix, prefix) == 0)
      return (const char *)ns->href;
  return NULL;
}

/* As declared around the context, else anywhere in the document. */
static const char *
resolve (const char *prefix, gpointer user_data)
{
  const Document *document = user_data;
  const char *ns;

  for (xmlNode *node = document->context; node != NULL; node = node->parent)
    if ((ns = find_namespace (node, prefix)) != NULL)
      return ns;
  for (xmlNode *node = document->doc->children; node != NULL; node = next_in_document (node))
    if ((ns = find_namespace (node, prefix)) != NULL)
      return ns;
  return NULL;
}

static const JnXPathHost host = { .instance = find_instance, .itext_nodes = find_itext };

/* ---- the answer -------------------------------------------------------------------------------- */

static void
add_number (JsonBuilder *json, double number)
{
  if (isnan (number))
    json_builder_add_string_value (json, "NaN");
  else if (isinf (number))
    json_builder_add_string_value (json, number > 0 ? "Infinity" : "-Infinity");
  else
    json_builder_add_double_value (json, number);
}

static void
add_nodes (JsonBuilder *json, const JnXPathScope *scope, const JnXPathValue *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  json_builder_begin_array (json);
  for (gsize i = 0; i < value->n_nodes; i++)
    {
      jn_xpath_node_text (scope, value->nodes[i], text);
      json_builder_add_string_value (json, text->str);
    }
  json_builder_end_array (json);
  json_builder_set_member_name (json, "nodes");
  json_builder_begin_array (json);
  for (gsize i = 0; i < value->n_nodes; i++)
    {
      g_autofree char *path = jn_node_get_path (value->nodes[i]);

      json_builder_add_string_value (json, path);
    }
  json_builder_end_array (json);
}

static void
add_value (JsonBuilder *json, const JnXPathScope *scope, const JnXPathValue *value)
{
  static const char *const names[] = { "number", "string", "boolean", "nodeset" };

  json_builder_set_member_name (json, "type");
  json_builder_add_string_value (json, names[value->type]);
  json_builder_set_member_name (json, "value");
  switch (value->type)
    {
    case JN_XPATH_NUMBER:
      add_number (json, value->number);
      break;
    case JN_XPATH_STRING:
      json_builder_add_string_value (json, value->string);
      break;
    case JN_XPATH_BOOLEAN:
      json_builder_add_boolean_value (json, value->boolean);
      break;
    case JN_XPATH_NODESET:
      add_nodes (json, scope, value);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Evaluates and converts as the caller wants: "number", "string", "boolean", "nodeset", "any". */
static gboolean
evaluate (const JnXPath *xpath,
          const JnXPathScope *scope,
          const char *as,
          JnXPathValue *value,
          GError **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  *value = (JnXPathValue){ 0 };
  if (strcmp (as, "number") == 0)
    {
      value->type = JN_XPATH_NUMBER;
      return jn_xpath_evaluate_number (xpath, scope, NULL, &value->number, error);
    }
  if (strcmp (as, "boolean") == 0)
    {
      value->type = JN_XPATH_BOOLEAN;
      return jn_xpath_evaluate_boolean (xpath, scope, NULL, &value->boolean, error);
    }
  if (strcmp (as, "string") == 0)
    {
      value->type = JN_XPATH_STRING;
      if (!jn_xpath_evaluate_text (xpath, scope, NULL, text, error))
        return FALSE;
      value->string = g_strdup (text->str);
      return TRUE;
    }
  if (!jn_xpath_evaluate (xpath, scope, NULL, value, error))
    return FALSE;
  if (strcmp (as, "nodeset") != 0 || value->type == JN_XPATH_NODESET)
    return TRUE;
  g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED, "\"%s\": gives no nodes",
               jn_xpath_get_text (xpath));
  return FALSE;
}

static gboolean
answer (JsonBuilder *json,
        Document *document,
        xmlNode *root,
        GTimeZone *zone,
        const char *expression,
        const char *as,
        GError **error)
{
  JnXPathScope scope = { .context = document->context,
                         .root = root,
                         .host = &host,
                         .host_data = document,
                         .zone = zone,
                         .language = document->language };
  g_autoptr(JnXPath) xpath
             = jn_xpath_new (expression, NULL, resolve, document, JN_XPATH_DEFAULT, error);
  g_auto (JnXPathValue) value = { 0 };

  if (xpath == NULL || !evaluate (xpath, &scope, as, &value, error))
    return FALSE;
  add_value (json, &scope, &value);
  return TRUE;
}

static void
add_error (JsonBuilder *json, const GError *error)
{
  json_builder_set_member_name (json, "error");
  json_builder_add_string_value (json, error->message);
}

static void
print_json (JsonBuilder *json)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (json);
  g_autofree char *line = NULL;

  json_generator_set_root (generator, root);
  line = json_generator_to_data (generator, NULL);
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

/* ---- many: JSON Lines -------------------------------------------------------------------------- */

static void
ignore_xml_error (void *user_data, xmlErrorPtr error)
{
}

/* Neither NOENT nor network: entities stay what they are. */
static xmlDoc *
parse_document (const char *xml, GError **error)
{
  xmlDoc *doc;

  xmlSetStructuredErrorFunc (NULL, ignore_xml_error);
  doc = xmlReadMemory (xml, (int)strlen (xml), "request.xml", NULL,
                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (doc == NULL)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX, "the document is not XML");
  else if (doc->intSubset != NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_UNSUPPORTED, "a document with a DOCTYPE");
      g_clear_pointer (&doc, xmlFreeDoc);
    }
  return doc;
}

static const char *
member (JsonObject *request, const char *name, const char *otherwise)
{
  JsonNode *node = json_object_get_member (request, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : otherwise;
}

static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone = name == NULL ? NULL : g_time_zone_new_identifier (name);

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static gboolean
answer_request (JsonBuilder *json, JsonObject *request, GError **error)
{
  const char *root_path = member (request, "root", "/");
  const char *context_path = member (request, "context", root_path);
  const char *expression = member (request, "expr", NULL),
             *xml = member (request, "xml", "<none/>");
  g_autoptr(GTimeZone) zone = find_zone (member (request, "tz", NULL));
  Document document = { .language = member (request, "language", "") };
  xmlNode *root;
  gboolean ok = FALSE;

  if (expression == NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_FAILED, "no expr");
      return FALSE;
    }
  document.doc = parse_document (xml, error);
  if (document.doc == NULL)
    return FALSE;
  root = jn_node_at_path (document.doc, root_path);
  document.context = jn_node_at_path (document.doc, context_path);
  if (root == NULL || document.context == NULL)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "no node at %s",
                 root == NULL ? root_path : context_path);
  else
    ok = answer (json, &document, root, zone, expression, member (request, "as", "any"), error);
  xmlFreeDoc (document.doc);
  return ok;
}

static void
answer_line (const char *line)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(GError) error = NULL;
  JsonNode *root;

  json_builder_begin_object (json);
  if (json_parser_load_from_data (parser, line, -1, &error))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
        {
          JsonObject *request = json_node_get_object (root);

          if (json_object_has_member (request, "id"))
            {
              json_builder_set_member_name (json, "id");
              json_builder_add_value (json, json_object_dup_member (request, "id"));
            }
          answer_request (json, request, &error);
        }
      else
        g_set_error (&error, JN_FORM_ERROR, JN_FORM_ERROR_FAILED, "not an object");
    }
  if (error != NULL)
    add_error (json, error);
  json_builder_end_object (json);
  print_json (json);
}

static int
run_batch (void)
{
  char *line = NULL;
  size_t room = 0;
  ssize_t length;

  while ((length = getline (&line, &room, stdin)) >= 0)
    {
      g_strstrip (line);
      if (*line != '\0')
        answer_line (line);
    }
  free (line);
  return 0;
}

/* ---- one --------------------------------------------------------------------------------------- */

/* The first instance of a form holds its answers; any other document is its own. */
static xmlNode *
primary_root (xmlDoc *doc, gboolean is_form)
{
  xmlNode *node = doc->children;

  while (is_form && node != NULL && !is_called (node, "instance"))
    node = next_in_document (node);
  return is_form && node != NULL ? node : (xmlNode *)doc;
}

static xmlNode *
find_context (Document *document, xmlNode *root, const char *path, GError **error)
{
  JnXPathScope scope = { .context = root, .root = root };
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr(JnXPath) xpath = NULL;

  document->context = root;
  xpath = jn_xpath_new (path, NULL, resolve, document, JN_XPATH_STRICT, error);
  if (xpath == NULL || !jn_xpath_evaluate_nodes (xpath, &scope, NULL, nodes, error))
    return NULL;
  if (nodes->len > 0)
    return nodes->pdata[0];
  g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "no node at %s", path);
  return NULL;
}

static gboolean
evaluate_file (JsonBuilder *json,
               const char *file,
               gboolean is_form,
               const char *context,
               const char *expression,
               GError **error)
{
  g_autofree char *xml = NULL;
  Document document = { .language = "" };
  xmlNode *root;
  gboolean ok;

  if (file == NULL)
    xml = g_strdup ("<none/>");
  else if (!g_file_get_contents (file, &xml, NULL, error))
    return FALSE;
  document.doc = parse_document (xml, error);
  if (document.doc == NULL)
    return FALSE;
  root = primary_root (document.doc, is_form);
  document.context = root;
  if (context != NULL)
    document.context = find_context (&document, root, context, error);
  ok = document.context != NULL && answer (json, &document, root, NULL, expression, "any", error);
  xmlFreeDoc (document.doc);
  return ok;
}

int
jn_tool_xpath (int argc, char **argv)
{
  g_autofree char *form = NULL, *instance = NULL, *context = NULL;
  gboolean batch = FALSE;
  const GOptionEntry entries[] = {
    { "batch", 0, 0, G_OPTION_ARG_NONE, &batch, "answer JSON Lines from standard input", NULL },
    { "form", 0, 0, G_OPTION_ARG_FILENAME, &form, "evaluate in this form's first instance",
      "FILE" },
    { "instance", 0, 0, G_OPTION_ARG_FILENAME, &instance, "evaluate in this document", "FILE" },
    { "context", 0, 0, G_OPTION_ARG_STRING, &context, "the context node", "PATH" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr(GOptionContext) options = g_option_context_new ("[EXPR]");
  g_autoptr(JsonBuilder) json = json_builder_new ();
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    {
      g_printerr ("janela-form xpath: %s\n", error->message);
      return 2;
    }
  if (batch ? argc != 1 : argc != 2 || (form != NULL && instance != NULL))
    {
      g_printerr ("janela-form xpath: one expression, and at most one document\n");
      return 2;
    }
  if (batch)
    return run_batch ();
  json_builder_begin_object (json);
  if (!evaluate_file (json, form != NULL ? form : instance, form != NULL, context, argv[1], &error))
    add_error (json, error);
  json_builder_end_object (json);
  print_json (json);
  return error == NULL ? 0 : 1;
}
