/* xml.c: small helpers over libxml2: careful reading, and walking elements. */
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "forms/form-private.h"

static void
refuse_doctype (void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  xmlParserCtxt *parser = context;

  xmlStopParser (parser);
  parser->_private = parser;
}

static void
keep_quiet (void *data, xmlErrorPtr problem)
{
}

/* What libxml2 has to say of bytes that no encoding knows goes past the parser to standard error, the
 * bytes too: they may be somebody's. */
static xmlDoc *
read_quietly (xmlParserCtxt *parser, const char *data, gsize size)
{
  xmlStructuredErrorFunc before = xmlStructuredError;
  void *context = xmlStructuredErrorContext;
  xmlDoc *doc;

  xmlSetStructuredErrorFunc (NULL, keep_quiet);
  doc = xmlCtxtReadMemory (parser, data, (int)size, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES
                               | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlSetStructuredErrorFunc (context, before);
  return doc;
}

static void
set_syntax_error (GError **error, xmlParserCtxt *parser)
{
  const xmlError *last = xmlCtxtGetLastError (parser);
  g_autofree char *text = NULL;

  if (parser->_private != NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_UNSUPPORTED,
                   "line %d: a DOCTYPE is not accepted",
                   parser->input != NULL ? parser->input->line : 1);
      return;
    }
  text = g_strchomp (g_strdup (last != NULL && last->message != NULL ? last->message : "empty"));
  g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX, "line %d: not XML: %s",
               last != NULL ? last->line : 1, text);
}

static void
share_dictionary (xmlParserCtxt *parser, xmlDict *dict)
{
  xmlDictFree (parser->dict);
  parser->dict = dict;
  xmlDictReference (dict);
  parser->str_xml = xmlDictLookup (dict, BAD_CAST "xml", 3);
  parser->str_xmlns = xmlDictLookup (dict, BAD_CAST "xmlns", 5);
  parser->str_xml_ns = xmlDictLookup (dict, XML_XML_NAMESPACE, 36);
}

xmlDoc *
jn_xml_parse (GBytes *bytes, xmlDict *dict, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  xmlParserCtxt *parser;
  xmlDoc *doc;
  gboolean refused;

  if (size > JN_FORM_MAX_BYTES)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT,
                   "the document has %" G_GSIZE_FORMAT " bytes, more than %d", size,
                   JN_FORM_MAX_BYTES);
      return NULL;
    }

  parser = xmlNewParserCtxt ();
  if (dict != NULL)
    share_dictionary (parser, dict);
  parser->sax->internalSubset = refuse_doctype;
  parser->sax->serror = keep_quiet;
  doc = read_quietly (parser, size > 0 ? data : "", size);
  refused = parser->_private != NULL;
  if (doc == NULL || refused || xmlDocGetRootElement (doc) == NULL)
    {
      set_syntax_error (error, parser);
      g_clear_pointer (&doc, xmlFreeDoc);
    }
  xmlFreeParserCtxt (parser);
  return doc;
}

gboolean
jn_xml_is (const xmlNode *node, const char *name, const char *href)
{
  return node->type == XML_ELEMENT_NODE && xmlStrEqual (node->name, BAD_CAST name)
         && node->ns != NULL && xmlStrEqual (node->ns->href, BAD_CAST href);
}

xmlNode *
jn_xml_next_element (const xmlNode *node)
{
  xmlNode *next = node->next;

  while (next != NULL && next->type != XML_ELEMENT_NODE)
    next = next->next;
  return next;
}

xmlNode *
jn_xml_first_element (const xmlNode *parent)
{
  xmlNode *child = parent->children;

  if (child == NULL || child->type == XML_ELEMENT_NODE)
    return child;
  return jn_xml_next_element (child);
}

xmlNode *
jn_xml_find_child (const xmlNode *parent, const char *name, const char *href)
{
  for (xmlNode *child = jn_xml_first_element (parent); child != NULL;
       child = jn_xml_next_element (child))
    if (jn_xml_is (child, name, href))
      return child;
  return NULL;
}

const char *
jn_xml_attribute (const xmlNode *element, const char *name, const char *href)
{
  for (const xmlAttr *attribute = element->properties; attribute != NULL;
       attribute = attribute->next)
    {
      if (!xmlStrEqual (attribute->name, BAD_CAST name))
        continue;
      if (href == NULL ? attribute->ns != NULL
                       : attribute->ns == NULL || !xmlStrEqual (attribute->ns->href, BAD_CAST href))
        continue;
      if (attribute->children == NULL || attribute->children->content == NULL)
        return "";
      return (const char *)attribute->children->content;
    }
  return NULL;
}

char *
jn_xml_text (const xmlNode *node)
{
  xmlChar *content = xmlNodeGetContent (node);
  char *text = g_strdup (content != NULL ? (const char *)content : "");

  xmlFree (content);
  return text;
}

long
jn_xml_line (const xmlNode *node)
{
  if (node->type == XML_ATTRIBUTE_NODE)
    node = node->parent;
  return xmlGetLineNo (node);
}
