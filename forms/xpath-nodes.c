/* xpath-nodes.c: sets of nodes: collecting them, and the document's order. */
#include "forms/xpath-private.h"

/* Above this many nodes a walk over the document is cheaper than comparing places. */
#define SORT_BY_WALK 32

gboolean
jn_eval_push (JnEval *eval, JnNodes *nodes, xmlNode *node)
{
  if (nodes->n == nodes->room)
    {
      gsize room = MAX (8, nodes->room * 2);
      xmlNode **grown = (xmlNode **)jn_eval_alloc (eval, room * sizeof *grown);

      if (grown == NULL)
        return FALSE;
      if (nodes->n > 0)
        memcpy (grown, nodes->nodes, nodes->n * sizeof *grown);
      nodes->nodes = grown;
      nodes->room = room;
    }
  nodes->nodes[nodes->n++] = node;
  return TRUE;
}

void
jn_eval_nodes_value (const JnNodes *nodes, JnValue *value)
{
  value->kind = VALUE_NODES;
  value->n = (guint)nodes->n;
  if (nodes->n == 1)
    value->node = nodes->nodes[0];
  else
    value->nodes = nodes->nodes;
}

gboolean
jn_node_contains (const xmlNode *outer, const xmlNode *node)
{
  for (node = node->parent; node != NULL; node = node->parent)
    if (node == outer)
      return TRUE;
  return FALSE;
}

static guint
depth_of (const xmlNode *node)
{
  guint depth = 0;

  for (; node->parent != NULL; node = node->parent)
    depth++;
  return depth;
}

static gboolean
is_before (const xmlNode *a, const xmlNode *b)
{
  guint depth_a = depth_of (a), depth_b = depth_of (b);
  gboolean deeper = depth_a > depth_b;

  for (; depth_a > depth_b; depth_a--)
    a = a->parent;
  for (; depth_b > depth_a; depth_b--)
    b = b->parent;
  if (a == b)
    return !deeper;
  while (a->parent != b->parent)
    {
      a = a->parent;
      b = b->parent;
    }
  if (a->parent == NULL || (a->type == XML_ATTRIBUTE_NODE) != (b->type == XML_ATTRIBUTE_NODE))
    return a->parent == NULL ? a < b : a->type == XML_ATTRIBUTE_NODE;
  for (a = a->next; a != NULL; a = a->next)
    if (a == b)
      return TRUE;
  return FALSE;
}

static gboolean
sort_by_place (JnEval *eval, JnNodes *nodes)
{
  gsize kept = 0;

  for (gsize i = 0; i < nodes->n; i++)
    {
      xmlNode *node = nodes->nodes[i];
      gsize at = kept;

      while (at > 0 && nodes->nodes[at - 1] != node && is_before (node, nodes->nodes[at - 1]))
        at--;
      if (at > 0 && nodes->nodes[at - 1] == node)
        continue;
      if (!jn_eval_spend (eval, 4))
        return FALSE;
      memmove (nodes->nodes + at + 1, nodes->nodes + at, (kept - at) * sizeof (xmlNode *));
      nodes->nodes[at] = node;
      kept++;
    }
  nodes->n = kept;
  return TRUE;
}

static xmlNode *
next_in_document (xmlNode *node)
{
  if (node->type != XML_ATTRIBUTE_NODE && node->type != XML_ENTITY_REF_NODE
      && node->children != NULL)
    return node->children;
  while (node != NULL && node->next == NULL)
    node = node->parent;
  return node == NULL ? NULL : node->next;
}

static void
take_wanted (GHashTable *wanted, xmlNode *node, JnNodes *nodes)
{
  if (g_hash_table_remove (wanted, node))
    nodes->nodes[nodes->n++] = node;
  if (node->type != XML_ELEMENT_NODE)
    return;
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (g_hash_table_remove (wanted, attr))
      nodes->nodes[nodes->n++] = (xmlNode *)attr;
}

static gboolean
sort_by_walk (JnEval *eval, JnNodes *nodes)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  gsize n = nodes->n;
  xmlNode **all = nodes->nodes;

  for (gsize i = 0; i < n; i++)
    g_hash_table_add (wanted, all[i]);
  nodes->nodes = (xmlNode **)jn_eval_alloc (eval, n * sizeof *all);
  nodes->n = 0;
  for (gsize i = 0; i < n && nodes->nodes != NULL; i++)
    if (g_hash_table_contains (wanted, all[i]))
      {
        xmlNode *node = all[i];

        while (node->parent != NULL)
          node = node->parent;
        for (; node != NULL && g_hash_table_size (wanted) > 0; node = next_in_document (node))
          {
            if (!jn_eval_spend (eval, 1))
              return FALSE;
            take_wanted (wanted, node, nodes);
          }
      }
  return nodes->nodes != NULL;
}

gboolean
jn_eval_sort (JnEval *eval, JnNodes *nodes)
{
  if (nodes->n < 2)
    return TRUE;
  return nodes->n <= SORT_BY_WALK ? sort_by_place (eval, nodes) : sort_by_walk (eval, nodes);
}
