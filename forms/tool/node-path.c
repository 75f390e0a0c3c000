/* node-path.c: nodes named by their places. */
#include "forms/tool/node-path.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *test;
  xmlElementType types[2];
} Kind;

static const Kind kinds[] = {
  { "*", { XML_ELEMENT_NODE, XML_ELEMENT_NODE } },
  { "text()", { XML_TEXT_NODE, XML_CDATA_SECTION_NODE } },
  { "comment()", { XML_COMMENT_NODE, XML_COMMENT_NODE } },
  { "processing-instruction()", { XML_PI_NODE, XML_PI_NODE } },
};

static gboolean
is_kind (const xmlNode *node, const Kind *kind)
{
  return node->type == kind->types[0] || node->type == kind->types[1];
}

static const Kind *
kind_of (const xmlNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (is_kind (node, &kinds[i]))
      return &kinds[i];
  return NULL;
}

static xmlNode *
find_attribute (xmlNode *node, const char *name)
{
  const char *colon = strchr (name, ':');

  if (node->type != XML_ELEMENT_NODE)
    return NULL;
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    {
      const char *prefix
          = attr->ns == NULL || attr->ns->prefix == NULL ? "" : (const char *)attr->ns->prefix;
      g_autofree char *full = g_strconcat (prefix, *prefix == '\0' ? "" : ":", attr->name, NULL);

      if (strcmp (full, name) == 0
          || (colon == NULL && *prefix == '\0' && strcmp ((const char *)attr->name, name) == 0))
        return (xmlNode *)attr;
    }
  return NULL;
}

static xmlNode *
find_child (xmlNode *node, const char *step)
{
  const char *bracket = strchr (step, '[');
  gint64 place = bracket == NULL ? 0 : g_ascii_strtoll (bracket + 1, NULL, 10);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && bracket != NULL; i++)
    {
      gsize length = strlen (kinds[i].test);

      if ((gsize)(bracket - step) != length || strncmp (step, kinds[i].test, length) != 0)
        continue;
      for (xmlNode *child = node->children; child != NULL; child = child->next)
        if (is_kind (child, &kinds[i]) && --place == 0)
          return child;
    }
  return NULL;
}

xmlNode *
jn_node_at_path (xmlDoc *doc, const char *path)
{
  g_auto (GStrv) steps = NULL;
  xmlNode *node = (xmlNode *)doc;

  if (*path != '/')
    return NULL;
  steps = g_strsplit (path + 1, "/", -1);
  for (guint i = 0; steps[i] != NULL && node != NULL && path[1] != '\0'; i++)
    node = steps[i][0] == '@' ? find_attribute (node, steps[i] + 1) : find_child (node, steps[i]);
  return node;
}

static void
prepend_step (GString *path, const xmlNode *node)
{
  const Kind *kind = kind_of (node);
  guint place = 1;
  g_autofree char *step = NULL;

  if (node->type == XML_ATTRIBUTE_NODE)
    {
      const char *prefix
          = node->ns == NULL || node->ns->prefix == NULL ? NULL : (const char *)node->ns->prefix;

      step = prefix == NULL ? g_strdup_printf ("/@%s", node->name)
                            : g_strdup_printf ("/@%s:%s", prefix, node->name);
    }
  else if (kind != NULL)
    {
      for (const xmlNode *other = node->prev; other != NULL; other = other->prev)
        place += is_kind (other, kind);
      step = g_strdup_printf ("/%s[%u]", kind->test, place);
    }
  if (step != NULL)
    g_string_prepend (path, step);
}

char *
jn_node_get_path (const xmlNode *node)
{
  GString *path = g_string_new (NULL);

  for (; node != NULL && node->parent != NULL; node = node->parent)
    prepend_step (path, node);
  if (path->len == 0)
    g_string_append_c (path, '/');
  return g_string_free (path, FALSE);
}
