/* flatten.c: janela-form flatten: a form with its fragments inside, so that it is a plain XForm.
 *
 * VOCABULARY.md, "Fragments": an xi:include names a part of another file below forms/, whose children
 * take its place; {name} in their attributes and texts becomes what jn:with sets. */
#include "forms/tool/commands.h"

#include <gio/gio.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define XINCLUDE_NS "http://www.w3.org/2001/XInclude"
#define JANELA_NS "https://janela.example/xforms"
#define MAX_DEPTH 16
#define DROP_REDUNDANT_NS 1 /* libxml2's XML_DOM_RECONNS_REMOVEREDUND, which has no public name */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_COMPACT)

/* Fragments by path; nothing is read outside @top. */
typedef struct
{
  char *top;
  GHashTable *fragments;
} Library;

/* @words: (nullable): what {name} stands for; a form itself has none */
typedef struct
{
  Library *library;
  const char *file;
  GHashTable *words;
  guint depth;
} Place;

static gboolean include_below (const Place *place, xmlNode *node, GError **error);

static gboolean G_GNUC_PRINTF (3, 4)
    fail (const Place *place, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", place->file, what);
  return FALSE;
}

static char *
attribute (const xmlNode *node, const char *ns, const char *name)
{
  xmlChar *value = ns == NULL ? xmlGetNoNsProp (node, (const xmlChar *)name)
                              : xmlGetNsProp (node, (const xmlChar *)name, (const xmlChar *)ns);
  char *copy = g_strdup ((const char *)value);

  xmlFree (value);
  return copy;
}

/* ---- words ------------------------------------------------------------------------------------- */

static gsize
word_length (const char *at)
{
  gsize n = 1;

  while (g_ascii_islower (at[n]) || at[n] == '_' || (n > 1 && g_ascii_isdigit (at[n])))
    n++;
  return n > 1 && at[n] == '}' ? n + 1 : 0;
}

/* Returns: (transfer full): @text with its words; %NULL when one is not set */
static char *
replace_words (const Place *place, const char *text, GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize length = *text == '{' ? word_length (text) : 0;
      g_autofree char *word = length == 0 ? NULL : g_strndup (text + 1, length - 2);
      const char *value = word == NULL ? NULL : g_hash_table_lookup (place->words, word);

      if (word != NULL && value == NULL)
        {
          fail (place, error, "the word {%s} is not set", word);
          return NULL;
        }
      if (word == NULL)
        g_string_append_c (out, *text++);
      else
        g_string_append (out, value);
      text += length;
    }
  return g_strdup (out->str);
}

static gboolean
fill_text (const Place *place, xmlNode *node, GError **error)
{
  g_autofree char *filled = NULL;

  if (node->content == NULL || strchr ((const char *)node->content, '{') == NULL)
    return TRUE;
  filled = replace_words (place, (const char *)node->content, error);
  if (filled == NULL)
    return FALSE;
  xmlNodeSetContent (node, NULL);
  xmlNodeAddContent (node, (const xmlChar *)filled);
  return TRUE;
}

static gboolean
fill_words (const Place *place, xmlNode *node, GError **error)
{
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    return fill_text (place, node, error);
  if (node->type != XML_ELEMENT_NODE)
    return TRUE;
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    for (xmlNode *text = attr->children; text != NULL; text = text->next)
      if (!fill_text (place, text, error))
        return FALSE;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (!fill_words (place, child, error))
      return FALSE;
  return TRUE;
}

/* Those of the place around and those that the xi:include sets. */
static GHashTable *
make_words (const Place *place, const xmlNode *include)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *with = attribute (include, JANELA_NS, "with");
  g_auto (GStrv) pairs = g_strsplit_set (with == NULL ? "" : with, " \t\r\n", -1);
  GHashTableIter iter;
  gpointer name, value;

  if (place->words != NULL)
    {
      g_hash_table_iter_init (&iter, place->words);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_insert (words, g_strdup (name), g_strdup (value));
    }
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');

      if (equals != NULL)
        g_hash_table_insert (words, g_strndup (pairs[i], (gsize)(equals - pairs[i])),
                             g_strdup (equals + 1));
    }
  return words;
}

/* ---- fragments --------------------------------------------------------------------------------- */

/* (transfer full) (nullable): the file that @href means, when it lies in the library */
static char *
find_file (const Place *place, const char *href)
{
  g_autofree char *folder = g_path_get_dirname (place->file);
  g_autofree char *path = g_canonicalize_filename (href, folder);
  gsize length = strlen (place->library->top);

  if (strncmp (path, place->library->top, length) != 0 || path[length] != '/')
    return NULL;
  return g_steal_pointer (&path);
}

static xmlDoc *
load (const Place *place, const char *path, GError **error)
{
  xmlDoc *doc = g_hash_table_lookup (place->library->fragments, path);

  if (doc != NULL)
    return doc;
  doc = xmlReadFile (path, NULL, OPTIONS);
  if (doc == NULL)
    {
      fail (place, error, "cannot read %s", path);
      return NULL;
    }
  g_hash_table_insert (place->library->fragments, g_strdup (path), doc);
  return doc;
}

static xmlNode *
find_part (xmlDoc *doc, const char *id)
{
  xmlNode *root = xmlDocGetRootElement (doc);

  for (xmlNode *part = root->children; part != NULL; part = part->next)
    {
      g_autofree char *own = part->type != XML_ELEMENT_NODE
                                 ? NULL
                                 : attribute (part, (const char *)XML_XML_NAMESPACE, "id");

      if (g_strcmp0 (own, id) == 0)
        return part;
    }
  return NULL;
}

/* A copy of an element before @include, its namespaces those already declared there. */
static xmlNode *
copy_before (xmlNode *include, xmlNode *element)
{
  xmlNode *copy = xmlAddPrevSibling (include, xmlDocCopyNode (element, include->doc, 1));

  xmlDOMWrapReconcileNamespaces (NULL, copy, DROP_REDUNDANT_NS);
  return copy;
}

static gboolean
put_children (const Place *inner, xmlNode *part, xmlNode *include, GError **error)
{
  for (xmlNode *child = part->children; child != NULL; child = child->next)
    {
      xmlNode *copy;

      if (child->type == XML_TEXT_NODE)
        xmlAddPrevSibling (include, xmlNewText (child->content));
      if (child->type != XML_ELEMENT_NODE)
        continue;
      copy = copy_before (include, child);
      if (!fill_words (inner, copy, error) || !include_below (inner, copy, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
replace_include (const Place *place, xmlNode *include, GError **error)
{
  g_autofree char *href = attribute (include, NULL, "href");
  g_autofree char *id = attribute (include, NULL, "xpointer");
  g_autofree char *path = href == NULL ? NULL : find_file (place, href);
  g_autoptr(GHashTable) words = make_words (place, include);
  const Place inner
      = { .library = place->library, .file = path, .words = words, .depth = place->depth + 1 };
  xmlDoc *doc;
  xmlNode *part;

  if (path == NULL || id == NULL)
    return fail (place, error, "line %ld: an xi:include of a part below %s", xmlGetLineNo (include),
                 place->library->top);
  if (inner.depth > MAX_DEPTH)
    return fail (place, error, "parts include each other");
  doc = load (place, path, error);
  if (doc == NULL)
    return FALSE;
  part = find_part (doc, id);
  if (part == NULL)
    return fail (place, error, "there is no part %s in %s", id, path);
  if (!put_children (&inner, part, include, error))
    return FALSE;
  xmlUnlinkNode (include);
  xmlFreeNode (include);
  return TRUE;
}

static gboolean
is_include (const xmlNode *node)
{
  return node->type == XML_ELEMENT_NODE && node->ns != NULL
         && strcmp ((const char *)node->ns->href, XINCLUDE_NS) == 0
         && strcmp ((const char *)node->name, "include") == 0;
}

static gboolean
include_below (const Place *place, xmlNode *node, GError **error)
{
  xmlNode *next;

  if (is_include (node))
    return replace_include (place, node, error);
  if (node->type != XML_ELEMENT_NODE)
    return TRUE;
  for (xmlNode *child = node->children; child != NULL; child = next)
    {
      next = child->next;
      if (!include_below (place, child, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the command ------------------------------------------------------------------------------- */

/* The folder "forms" above a form; for a form elsewhere its own folder. */
static char *
find_top (const char *file)
{
  g_autofree char *folder = g_path_get_dirname (file);
  const char *forms = g_strrstr (folder, "/forms/");

  if (forms == NULL)
    return g_strdup (folder);
  return g_strndup (folder, (gsize)(forms - folder) + strlen ("/forms"));
}

static gboolean
flatten (const char *from, const char *to, GError **error)
{
  g_autofree char *file = g_canonicalize_filename (from, NULL);
  g_autofree char *top = find_top (file);
  g_autoptr(GHashTable) fragments
             = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)xmlFreeDoc);
  Library library = { .top = top, .fragments = fragments };
  const Place place = { .library = &library, .file = file };
  xmlDoc *doc = xmlReadFile (file, NULL, OPTIONS);
  gboolean ok;

  if (doc == NULL)
    return fail (&place, error, "not XML");
  ok = include_below (&place, xmlDocGetRootElement (doc), error);
  if (ok && xmlSaveFormatFileEnc (to, doc, "UTF-8", 0) < 0)
    ok = fail (&place, error, "cannot write %s", to);
  xmlFreeDoc (doc);
  return ok;
}

int
jn_tool_flatten (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  if (argc != 3)
    {
      g_printerr ("janela-form flatten: a form, and where to write it\n");
      return 2;
    }
  if (flatten (argv[1], argv[2], &error))
    return 0;
  g_printerr ("janela-form flatten: %s\n", error->message);
  return 1;
}
