/* flatten.c: puts the children of included parts in the place of xi:include. */
#include "forms/flatten.h"

#include <string.h>

#include "forms/form-private.h"

#define NS_XINCLUDE "http://www.w3.org/2001/XInclude"
#define MAX_DEPTH 8
#define MAX_INCLUDES 10000

typedef struct
{
  xmlDoc *doc;
  char *root;
  GHashTable *documents; /* path → xmlDoc */
  guint includes;
} Flattening;

static gboolean
expand_children (Flattening *self, xmlNode *parent, const char *path, guint depth, GError **error);

/* ---- words -------------------------------------------------------------------------------------- */

static gsize
get_word_length (const char *brace)
{
  gsize n = 1;

  if (!g_ascii_isalpha (brace[1]) && brace[1] != '_')
    return 0;
  while (g_ascii_isalnum (brace[n]) || brace[n] == '_' || brace[n] == '-')
    n++;
  return brace[n] == '}' ? n - 1 : 0;
}

/* (transfer full) (nullable): @text with {name} replaced */
static char *
replace_words (const char *text, GHashTable *words, long line, GError **error)
{
  g_autoptr(GString) result = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      gsize length = *text == '{' ? get_word_length (text) : 0;
      g_autofree char *name = g_strndup (text + 1, length);
      const char *value;

      if (length == 0)
        {
          g_string_append_c (result, *text);
          continue;
        }
      value = g_hash_table_lookup (words, name);
      if (value == NULL)
        {
          g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REFERENCE,
                       "line %ld: the word {%s} is not set", line, name);
          return NULL;
        }
      g_string_append (result, value);
      text += length + 1;
    }
  return g_strdup (result->str);
}

static gboolean
replace_in_text (xmlNode *text, GHashTable *words, long line, GError **error)
{
  g_autofree char *replaced = NULL;

  if (text->content == NULL || strchr ((const char *)text->content, '{') == NULL)
    return TRUE;
  replaced = replace_words ((const char *)text->content, words, line, error);
  if (replaced == NULL)
    return FALSE;
  xmlNodeSetContent (text, BAD_CAST replaced);
  return TRUE;
}

static gboolean
replace_in (xmlNode *node, GHashTable *words, GError **error)
{
  if (node->type == XML_TEXT_NODE)
    return replace_in_text (node, words, xmlGetLineNo (node), error);
  if (node->type != XML_ELEMENT_NODE)
    return TRUE;
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (attribute->children != NULL
        && !replace_in_text (attribute->children, words, jn_xml_line (node), error))
      return FALSE;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (!replace_in (child, words, error))
      return FALSE;
  return TRUE;
}

static GHashTable *
read_words (const xmlNode *include)
{
  const char *with = jn_xml_attribute (include, "with", JN_NS_JANELA);
  g_auto (GStrv) pairs = g_strsplit_set (with != NULL ? with : "", " \t\n", -1);
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');

      if (equals != NULL)
        g_hash_table_insert (words, g_strndup (pairs[i], equals - pairs[i]), g_strdup (equals + 1));
    }
  return words;
}

/* ---- files -------------------------------------------------------------------------------------- */

/* (transfer full): the nearest folder above @path that is named forms, else its own */
static char *
find_root (const char *path)
{
  g_autofree char *own = g_path_get_dirname (path);
  g_autofree char *folder = g_strdup (own);

  while (strlen (folder) > 1)
    {
      g_autofree char *name = g_path_get_basename (folder);
      char *above;

      if (strcmp (name, "forms") == 0)
        return g_steal_pointer (&folder);
      above = g_path_get_dirname (folder);
      g_free (folder);
      folder = above;
    }
  return g_steal_pointer (&own);
}

static gboolean
is_below (const char *path, const char *root)
{
  return g_str_has_prefix (path, root) && path[strlen (root)] == '/';
}

static GBytes *
read_bytes (const char *path, GError **error)
{
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  return g_bytes_new_take (data, size);
}

static xmlDoc *
get_document (Flattening *self, const char *path, long line, GError **error)
{
  xmlDoc *doc = g_hash_table_lookup (self->documents, path);
  g_autoptr(GBytes) bytes = NULL;

  if (doc != NULL)
    return doc;
  if (!is_below (path, self->root))
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REFERENCE, "line %ld: %s is not below %s",
                   line, path, self->root);
      return NULL;
    }
  bytes = read_bytes (path, NULL);
  if (bytes == NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REFERENCE, "line %ld: no file %s", line,
                   path);
      return NULL;
    }
  doc = jn_xml_parse (bytes, NULL, error);
  if (doc != NULL)
    g_hash_table_insert (self->documents, g_strdup (path), doc);
  else
    g_prefix_error (error, "%s: ", path);
  return doc;
}

static xmlNode *
find_part (xmlNode *element, const char *id)
{
  for (; element != NULL; element = jn_xml_next_element (element))
    {
      const char *own = jn_xml_attribute (element, "id", (const char *)XML_XML_NAMESPACE);
      xmlNode *found;

      if (own != NULL && strcmp (own, id) == 0)
        return element;
      found = find_part (jn_xml_first_element (element), id);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* ---- including ---------------------------------------------------------------------------------- */

static void
replace_ns (xmlNode *node, const xmlNs *old, xmlNs *ns)
{
  if (node->type != XML_ELEMENT_NODE)
    return;
  if (node->ns == old)
    node->ns = ns;
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (attribute->ns == old)
      attribute->ns = ns;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    replace_ns (child, old, ns);
}

/* A copy brings its namespaces along; those that hold at its new place already are dropped. */
static void
drop_namespaces (xmlNode *copy)
{
  xmlNs **link = &copy->nsDef;

  while (*link != NULL)
    {
      xmlNs *own = *link;
      xmlNs *outer = xmlSearchNs (copy->doc, copy->parent, own->prefix);

      if (outer == NULL || !xmlStrEqual (outer->href, own->href))
        {
          link = &own->next;
          continue;
        }
      replace_ns (copy, own, outer);
      *link = own->next;
      xmlFreeNs (own);
    }
}

static gboolean
copy_children (Flattening *self, xmlNode *part, xmlNode *place, GHashTable *words, GError **error)
{
  for (xmlNode *child = part->children; child != NULL; child = child->next)
    {
      xmlNode *copy;

      if (child->type != XML_ELEMENT_NODE && child->type != XML_TEXT_NODE)
        continue;
      copy = xmlDocCopyNode (child, self->doc, 1);
      if (child->type == XML_ELEMENT_NODE)
        copy->line = child->line;
      if (!replace_in (copy, words, error))
        {
          xmlFreeNode (copy);
          return FALSE;
        }
      /* two texts side by side become one: the copy of a text may be gone after this */
      copy = xmlAddPrevSibling (place, copy);
      if (copy->type == XML_ELEMENT_NODE)
        drop_namespaces (copy);
    }
  return TRUE;
}

static xmlNode *
find_included (
    Flattening *self, const xmlNode *include, const char *path, char **included, GError **error)
{
  const char *href = jn_xml_attribute (include, "href", NULL);
  const char *id = jn_xml_attribute (include, "xpointer", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  long line = jn_xml_line (include);
  xmlDoc *doc;
  xmlNode *part;

  if (href == NULL || id == NULL || ++self->includes > MAX_INCLUDES)
    {
      g_set_error (error, JN_FORM_ERROR,
                   href == NULL || id == NULL ? JN_FORM_ERROR_SYNTAX : JN_FORM_ERROR_LIMIT,
                   "line %ld: %s", line,
                   href == NULL || id == NULL ? "an include needs href and xpointer"
                                              : "too many includes");
      return NULL;
    }
  *included = g_canonicalize_filename (href, folder);
  doc = get_document (self, *included, line, error);
  if (doc == NULL)
    return NULL;
  part = find_part (xmlDocGetRootElement (doc), id);
  if (part == NULL)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REFERENCE, "line %ld: %s has no part '%s'",
                 line, href, id);
  return part;
}

static gboolean
include_part (Flattening *self, xmlNode *include, const char *path, guint depth, GError **error)
{
  g_autoptr(GHashTable) words = read_words (include);
  g_autofree char *included = NULL;
  xmlNode *part = find_included (self, include, path, &included, error);
  xmlNode *before = include->prev, *next;

  if (part == NULL)
    return FALSE;
  if (depth == MAX_DEPTH)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT, "line %ld: includes %d deep",
                   jn_xml_line (include), MAX_DEPTH);
      return FALSE;
    }
  if (!copy_children (self, part, include, words, error))
    return FALSE;
  for (xmlNode *node = before != NULL ? before->next : include->parent->children; node != include;
       node = next)
    {
      next = node->next;
      if (jn_xml_is (node, "include", NS_XINCLUDE)
              ? !include_part (self, node, included, depth + 1, error)
              : node->type == XML_ELEMENT_NODE
                    && !expand_children (self, node, included, depth + 1, error))
        return FALSE;
    }
  xmlUnlinkNode (include);
  xmlFreeNode (include);
  return TRUE;
}

static gboolean
expand_children (Flattening *self, xmlNode *parent, const char *path, guint depth, GError **error)
{
  xmlNode *next;

  for (xmlNode *child = parent->children; child != NULL; child = next)
    {
      next = child->next;
      if (child->type != XML_ELEMENT_NODE)
        continue;
      if (jn_xml_is (child, "include", NS_XINCLUDE)
              ? !include_part (self, child, path, depth, error)
              : !expand_children (self, child, path, depth, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
jn_flatten_document (xmlDoc *doc, const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  Flattening self = { .doc = doc, .root = find_root (absolute) };
  gboolean good;

  self.documents
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)xmlFreeDoc);
  good = expand_children (&self, xmlDocGetRootElement (doc), absolute, 0, error);
  g_hash_table_unref (self.documents);
  g_free (self.root);
  return good;
}

GBytes *
jn_flatten_file (const char *path, GError **error)
{
  g_autoptr(GBytes) bytes = read_bytes (path, error);
  xmlDoc *doc = bytes != NULL ? jn_xml_parse (bytes, NULL, error) : NULL;
  GBytes *result = NULL;
  xmlChar *text;
  int size;

  if (doc == NULL)
    return NULL;
  if (jn_flatten_document (doc, path, error))
    {
      xmlDocDumpMemoryEnc (doc, &text, &size, "UTF-8");
      result = g_bytes_new (text, size);
      xmlFree (text);
    }
  xmlFreeDoc (doc);
  return result;
}
