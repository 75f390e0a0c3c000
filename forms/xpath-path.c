/* xpath-path.c: from a path to its nodes: axes, node tests, predicates, and what was found before. */
#include "forms/xpath-private.h"

/* ---- node tests -------------------------------------------------------------------------------- */

static gboolean
same (const JnEval *eval, const char *wanted, const xmlChar *name)
{
  if ((const xmlChar *)wanted == name)
    return TRUE;
  return !eval->scope->interned && strcmp (wanted, (const char *)name) == 0;
}

/* An unprefixed name is in no namespace, in that of XForms or in the primary instance's own. */
static gboolean
is_default_ns (JnEval *eval, const xmlNs *ns)
{
  const char *href;

  if (ns == NULL || ns == eval->known_ns)
    return TRUE;
  href = (const char *)ns->href;
  if (href == NULL)
    return TRUE;
  if (strcmp (href, JN_XFORMS_NS) != 0
      && (eval->scope->default_ns == NULL || strcmp (href, eval->scope->default_ns) != 0))
    return FALSE;
  eval->known_ns = ns;
  return TRUE;
}

static gboolean
is_in_ns (const xmlNode *node, const char *ns)
{
  return node->ns != NULL && node->ns->href != NULL
         && strcmp ((const char *)node->ns->href, ns) == 0;
}

static gboolean
is_principal (const JnXPathStep *step, const xmlNode *node)
{
  if (step->axis == JN_XPATH_AXIS_ATTRIBUTE)
    return node->type == XML_ATTRIBUTE_NODE;
  return node->type == XML_ELEMENT_NODE
         || (node->type == XML_ATTRIBUTE_NODE && step->axis == JN_XPATH_AXIS_SELF);
}

static gboolean
passes (JnEval *eval, const JnXPathStep *step, const xmlNode *node)
{
  switch (step->test)
    {
    case JN_XPATH_TEST_NAME:
      return is_principal (step, node) && same (eval, step->name, node->name)
             && (step->ns == NULL ? is_default_ns (eval, node->ns) : is_in_ns (node, step->ns));
    case JN_XPATH_TEST_ANY:
      return is_principal (step, node) && (step->ns == NULL || is_in_ns (node, step->ns));
    case JN_XPATH_TEST_NODE:
      return node->type != XML_DTD_NODE && node->type != XML_ENTITY_REF_NODE;
    case JN_XPATH_TEST_TEXT:
      return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
    case JN_XPATH_TEST_COMMENT:
      return node->type == XML_COMMENT_NODE;
    case JN_XPATH_TEST_PI:
      return node->type == XML_PI_NODE
             && (step->name == NULL || strcmp (step->name, (const char *)node->name) == 0);
    default:
      g_assert_not_reached ();
    }
}

/* ---- axes -------------------------------------------------------------------------------------- */

static gboolean
has_children (const xmlNode *node)
{
  return node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE;
}

static xmlNode *
parent_of (const JnEval *eval, xmlNode *node)
{
  return node == eval->root ? NULL : node->parent;
}

static gboolean
offer (JnEval *eval, const JnXPathStep *step, xmlNode *node, JnNodes *found)
{
  if (!jn_eval_spend (eval, 1))
    return FALSE;
  return !passes (eval, step, node) || jn_eval_push (eval, found, node);
}

static gboolean
walk_children (JnEval *eval, const JnXPathStep *step, xmlNode *node, JnNodes *found)
{
  gboolean by_name = step->test == JN_XPATH_TEST_NAME && eval->scope->interned;

  if (!has_children (node))
    return TRUE;
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (by_name && child->name != (const xmlChar *)step->name)
      eval->left--; /* the next one that is offered says when the budget is spent */
    else if (!offer (eval, step, child, found))
      return FALSE;
  return TRUE;
}

static gboolean
walk_attributes (JnEval *eval, const JnXPathStep *step, xmlNode *node, JnNodes *found)
{
  if (node->type != XML_ELEMENT_NODE)
    return TRUE;
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    if (!offer (eval, step, (xmlNode *)attr, found))
      return FALSE;
  return TRUE;
}

/* All below @top in document order, without @top. */
static gboolean
walk_descendants (JnEval *eval, const JnXPathStep *step, xmlNode *top, JnNodes *found)
{
  xmlNode *node = has_children (top) ? top->children : NULL;

  while (node != NULL)
    {
      if (!offer (eval, step, node, found))
        return FALSE;
      if (has_children (node) && node->children != NULL)
        {
          node = node->children;
          continue;
        }
      while (node != top && node->next == NULL)
        node = node->parent;
      node = node == top ? NULL : node->next;
    }
  return TRUE;
}

/* Nearest first. */
static gboolean
walk_ancestors (JnEval *eval, const JnXPathStep *step, xmlNode *node, JnNodes *found)
{
  while ((node = parent_of (eval, node)) != NULL)
    if (!offer (eval, step, node, found))
      return FALSE;
  return TRUE;
}

static gboolean
walk_siblings (
    JnEval *eval, const JnXPathStep *step, xmlNode *node, gboolean forwards, JnNodes *found)
{
  if (node->type == XML_ATTRIBUTE_NODE || node == eval->root)
    return TRUE;
  while ((node = forwards ? node->next : node->prev) != NULL)
    if (!offer (eval, step, node, found))
      return FALSE;
  return TRUE;
}

/* What comes after @node, or before it and is not around it; nearest first. */
static gboolean
walk_rest (JnEval *eval, const JnXPathStep *step, xmlNode *node, gboolean forwards, JnNodes *found)
{
  if (node->type == XML_ATTRIBUTE_NODE)
    {
      node = node->parent;
      if (forwards && !walk_descendants (eval, step, node, found))
        return FALSE;
    }
  for (; node != NULL && node != eval->root; node = node->parent)
    for (xmlNode *other = forwards ? node->next : node->prev; other != NULL;
         other = forwards ? other->next : other->prev)
      {
        gsize begin = found->n;

        if (!offer (eval, step, other, found) || !walk_descendants (eval, step, other, found))
          return FALSE;
        for (gsize i = begin, j = found->n; !forwards && i + 1 < j; i++)
          {
            xmlNode *swapped = found->nodes[i];

            found->nodes[i] = found->nodes[--j];
            found->nodes[j] = swapped;
          }
      }
  return TRUE;
}

static gboolean
walk_axis (JnEval *eval, const JnXPathStep *step, xmlNode *node, JnNodes *found)
{
  xmlNode *parent;

  switch (step->axis)
    {
    case JN_XPATH_AXIS_CHILD:
      return walk_children (eval, step, node, found);
    case JN_XPATH_AXIS_PARENT:
      parent = parent_of (eval, node);
      return parent == NULL || offer (eval, step, parent, found);
    case JN_XPATH_AXIS_SELF:
      return offer (eval, step, node, found);
    case JN_XPATH_AXIS_ATTRIBUTE:
      return walk_attributes (eval, step, node, found);
    case JN_XPATH_AXIS_DESCENDANT_OR_SELF:
      if (!offer (eval, step, node, found))
        return FALSE;
      return walk_descendants (eval, step, node, found);
    case JN_XPATH_AXIS_DESCENDANT:
      return walk_descendants (eval, step, node, found);
    case JN_XPATH_AXIS_ANCESTOR_OR_SELF:
      if (!offer (eval, step, node, found))
        return FALSE;
      return walk_ancestors (eval, step, node, found);
    case JN_XPATH_AXIS_ANCESTOR:
      return walk_ancestors (eval, step, node, found);
    case JN_XPATH_AXIS_FOLLOWING_SIBLING:
    case JN_XPATH_AXIS_PRECEDING_SIBLING:
      return walk_siblings (eval, step, node, step->axis == JN_XPATH_AXIS_FOLLOWING_SIBLING, found);
    case JN_XPATH_AXIS_FOLLOWING:
    case JN_XPATH_AXIS_PRECEDING:
      return walk_rest (eval, step, node, step->axis == JN_XPATH_AXIS_FOLLOWING, found);
    default:
      g_assert_not_reached ();
    }
}

/* ---- predicates -------------------------------------------------------------------------------- */

static gboolean
test_predicate (JnEval *eval, const JnExpr *predicate, gboolean *kept)
{
  JnValue value;

  if (predicate->kind == EXPR_NUMBER)
    {
      *kept = predicate->number == (double)eval->position;
      return TRUE;
    }
  if (predicate->kind != EXPR_CALL && predicate->kind != EXPR_PATH
      && !(predicate->kind >= EXPR_ADD && predicate->kind <= EXPR_NEGATE))
    return jn_eval_boolean (eval, predicate, kept);
  if (!jn_eval_expr (eval, predicate, &value))
    return FALSE;
  if (value.kind == VALUE_NUMBER || value.kind == VALUE_MOMENT)
    *kept = jn_eval_to_number (eval, &value) == (double)eval->position;
  else
    *kept = jn_value_to_boolean (&value);
  return TRUE;
}

/* Keeps those of @nodes from @first on that pass; their order gives position(). */
static gboolean
filter (JnEval *eval, const JnExpr *predicate, JnNodes *nodes, gsize first)
{
  xmlNode *context = eval->context;
  gsize position = eval->position, size = eval->size, kept = first;
  gboolean ok = TRUE;

  eval->size = nodes->n - first;
  for (gsize i = first; i < nodes->n && ok; i++)
    {
      JnArena mark = eval->arena;
      gboolean passed = FALSE;

      eval->context = nodes->nodes[i];
      eval->position = i - first + 1;
      ok = jn_eval_spend (eval, 1) && test_predicate (eval, predicate, &passed);
      jn_arena_release (&eval->arena, &mark);
      if (passed)
        nodes->nodes[kept++] = nodes->nodes[i];
    }
  nodes->n = kept;
  eval->context = context;
  eval->position = position;
  eval->size = size;
  return ok;
}

static gboolean
filter_all (JnEval *eval, const JnPredicates *predicates, JnNodes *nodes, gsize first)
{
  for (gsize i = 0; i < predicates->n; i++)
    if (!filter (eval, predicates->exprs[i], nodes, first))
      return FALSE;
  return TRUE;
}

/* ---- steps ------------------------------------------------------------------------------------- */

/* Whether the nodes of a step come out in document order without doubles when those before it do. */
static gboolean
keeps_order (JnXPathAxis axis, gsize n)
{
  switch (axis)
    {
    case JN_XPATH_AXIS_SELF:
    case JN_XPATH_AXIS_ATTRIBUTE:
      return TRUE;
    case JN_XPATH_AXIS_CHILD:
    case JN_XPATH_AXIS_DESCENDANT:
    case JN_XPATH_AXIS_DESCENDANT_OR_SELF:
    case JN_XPATH_AXIS_FOLLOWING_SIBLING:
    case JN_XPATH_AXIS_PARENT:
      return n <= 1;
    case JN_XPATH_AXIS_FOLLOWING:
    case JN_XPATH_AXIS_ANCESTOR:
    case JN_XPATH_AXIS_ANCESTOR_OR_SELF:
    case JN_XPATH_AXIS_PRECEDING:
    case JN_XPATH_AXIS_PRECEDING_SIBLING:
    default:
      return FALSE;
    }
}

/* Children of nodes that are not inside each other are in order; siblings never are. */
static gboolean
are_siblings (const JnNodes *nodes)
{
  for (gsize i = 1; i < nodes->n; i++)
    if (nodes->nodes[i]->parent != nodes->nodes[0]->parent)
      return FALSE;
  return TRUE;
}

static gboolean
is_disjoint_child_step (const JnXPathStep *step, const JnNodes *before, gboolean flat)
{
  return step->axis == JN_XPATH_AXIS_CHILD && (flat || are_siblings (before));
}

/* `//a` is the descendants called a when no predicate counts them by parent. */
static gboolean
is_descendant_shortcut (const JnPath *path, gsize step)
{
  const JnXPathStep *steps = path->pub.steps;

  return step + 1 < path->pub.n_steps && steps[step].axis == JN_XPATH_AXIS_DESCENDANT_OR_SELF
         && steps[step].test == JN_XPATH_TEST_NODE && !steps[step].filtered
         && steps[step + 1].axis == JN_XPATH_AXIS_CHILD && !steps[step + 1].filtered;
}

static gboolean
take_step (JnEval *eval,
           const JnXPathStep *step,
           const JnPredicates *predicates,
           JnNodes *nodes,
           gboolean *flat)
{
  JnNodes found = { NULL, 0, 0 };
  gboolean ordered
      = keeps_order (step->axis, nodes->n) || is_disjoint_child_step (step, nodes, *flat);

  for (gsize i = 0; i < nodes->n; i++)
    {
      gsize first = found.n;

      if (!walk_axis (eval, step, nodes->nodes[i], &found)
          || !filter_all (eval, predicates, &found, first))
        return FALSE;
    }
  *flat = step->axis == JN_XPATH_AXIS_CHILD && (*flat || nodes->n <= 1 || ordered);
  *nodes = found;
  return ordered || jn_eval_sort (eval, nodes);
}

/* The only node of a step from @node; %NULL when there is none. *@several: there are more. */
static xmlNode *
only_node (JnEval *eval, const JnXPathStep *step, xmlNode *node, gboolean *several)
{
  xmlNode *found = NULL, *one;

  switch (step->axis)
    {
    case JN_XPATH_AXIS_SELF:
      return passes (eval, step, node) ? node : NULL;
    case JN_XPATH_AXIS_PARENT:
      one = parent_of (eval, node);
      return one != NULL && passes (eval, step, one) ? one : NULL;
    case JN_XPATH_AXIS_CHILD:
      one = has_children (node) ? node->children : NULL;
      break;
    case JN_XPATH_AXIS_ATTRIBUTE:
      one = node->type == XML_ELEMENT_NODE ? (xmlNode *)node->properties : NULL;
      break;
    default:
      *several = TRUE;
      return NULL;
    }
  for (; one != NULL && jn_eval_spend (eval, 1); one = one->next)
    if (passes (eval, step, one))
      {
        *several = found != NULL;
        if (*several)
          return NULL;
        found = one;
      }
  return found;
}

/* The quick way: as long as each step leads from one node to one node. Returns: the steps taken */
static gsize
descend (JnEval *eval, const JnPath *path, gsize taken, JnNodes *nodes)
{
  for (; taken < path->pub.n_steps && nodes->n == 1; taken++)
    {
      const JnXPathStep *step = &path->pub.steps[taken];
      gboolean several = step->filtered;
      xmlNode *node = several ? NULL : only_node (eval, step, nodes->nodes[0], &several);

      if (several)
        break;
      nodes->nodes[0] = node;
      nodes->n = node != NULL;
    }
  return taken;
}

static gboolean
take_steps (JnEval *eval, const JnPath *path, gsize taken, JnNodes *nodes)
{
  gboolean flat = nodes->n <= 1; /* no node is inside another */

  for (gsize i = descend (eval, path, taken, nodes); i < path->pub.n_steps && nodes->n > 0; i++)
    {
      JnXPathStep step = path->pub.steps[i];

      if (is_descendant_shortcut (path, i))
        {
          step = path->pub.steps[++i];
          step.axis = JN_XPATH_AXIS_DESCENDANT;
        }
      if (!take_step (eval, &step, &path->predicates[i], nodes, &flat))
        return FALSE;
    }
  return eval->left >= 0;
}

/* ---- absolute paths inside repeats ------------------------------------------------------------- */

/* The ancestor of @node (or itself) that is a child of @parent. */
static xmlNode *
branch_of (xmlNode *node, const xmlNode *parent)
{
  while (node != NULL && node->parent != parent)
    node = node->parent;
  return node;
}

/* Follows an absolute path down to the current node as long as its steps name the same elements, so
 * that a repeat's instance stands for itself. Returns: the number of steps taken; @nodes is where */
static gsize
contextualise (JnEval *eval, const JnPath *path, JnNodes *nodes)
{
  const JnXPathHost *host = eval->scope->host;
  xmlNode *at = eval->root, *bound = NULL;
  gsize taken = 0;

  for (gsize i = 0; i + 1 < path->pub.n_steps; i++)
    {
      const JnXPathStep *step = &path->pub.steps[i];

      if (step->axis != JN_XPATH_AXIS_CHILD || step->filtered || step->test != JN_XPATH_TEST_NAME)
        break;
      at = branch_of (eval->current, at);
      if (at == NULL || !jn_eval_spend (eval, 1) || !passes (eval, step, at))
        break;
      if (host->is_repeat (at, eval->scope->host_data))
        {
          bound = at;
          taken = i + 1;
        }
    }
  if (bound != NULL)
    nodes->nodes[0] = bound;
  return taken;
}

/* ---- the start of a path ----------------------------------------------------------------------- */

static xmlNode *
find_instance (JnEval *eval, const JnPath *path)
{
  const JnXPathHost *host = eval->scope->host;
  const char *id = path->pub.instance;

  if (id == NULL)
    id = jn_eval_string (eval, path->start);
  if (id == NULL || host == NULL || host->instance == NULL)
    return NULL;
  return host->instance (id, eval->scope->host_data);
}

static gboolean
start_nodes (JnEval *eval, const JnPath *path, JnNodes *nodes)
{
  xmlNode *start = NULL;
  JnValue value;

  switch (path->pub.base)
    {
    case JN_XPATH_BASE_ROOT:
      start = eval->root;
      break;
    case JN_XPATH_BASE_CONTEXT:
      start = eval->context;
      break;
    case JN_XPATH_BASE_CURRENT:
      start = eval->current;
      break;
    case JN_XPATH_BASE_INSTANCE:
      start = find_instance (eval, path);
      if (path->pub.instance == NULL && eval->error != NULL && *eval->error != NULL)
        return FALSE;
      break;
    case JN_XPATH_BASE_FILTER:
      if (!jn_eval_expr (eval, path->start, &value))
        return FALSE;
      if (value.kind != VALUE_NODES)
        return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED,
                             "only nodes can have steps or predicates");
      for (gsize i = 0; i < value.n; i++)
        if (!jn_eval_push (eval, nodes, jn_value_nodes (&value)[i]))
          return FALSE;
      return TRUE;
    default:
      g_assert_not_reached ();
    }
  return start == NULL || jn_eval_push (eval, nodes, start);
}

static gboolean
find_nodes (JnEval *eval, const JnPath *path, JnNodes *nodes)
{
  const JnXPathHost *host = eval->scope->host;
  gsize taken = 0;

  if (!start_nodes (eval, path, nodes) || !filter_all (eval, &path->start_predicates, nodes, 0))
    return FALSE;
  if (path->pub.base == JN_XPATH_BASE_ROOT && !path->pub.all_rows && host != NULL
      && host->is_repeat != NULL)
    taken = contextualise (eval, path, nodes);
  return take_steps (eval, path, taken, nodes);
}

/* ---- what was found before --------------------------------------------------------------------- */

typedef struct
{
  gboolean known;
  guint n;
  guint room;
  union
  {
    xmlNode *node;
    xmlNode **nodes;
  };
} Slot;

struct _JnXPathCache
{
  guint64 generation;
  xmlNode *context;
  xmlNode *current;
  xmlNode *root;
  int n_slots;
  Slot slots[];
};

JnXPathCache *
jn_xpath_cache_new (JnXPath *xpath)
{
  gsize size = sizeof (JnXPathCache) + (gsize)xpath->n_slots * sizeof (Slot);
  JnXPathCache *cache = g_malloc0 (size);

  cache->n_slots = xpath->n_slots;
  return cache;
}

static void
forget (JnXPathCache *cache)
{
  for (int i = 0; i < cache->n_slots; i++)
    {
      if (cache->slots[i].room > 0)
        g_free (cache->slots[i].nodes);
      cache->slots[i] = (Slot){ 0 };
    }
}

void
jn_xpath_cache_free (JnXPathCache *cache)
{
  if (cache == NULL)
    return;
  forget (cache);
  g_free (cache);
}

static Slot *
slot_for (JnEval *eval, const JnPath *path)
{
  JnXPathCache *cache = eval->cache;
  const JnXPathScope *scope = eval->scope;

  if (cache == NULL || path->index < 0 || path->index >= cache->n_slots || scope->generation == 0)
    return NULL;
  if (cache->generation != scope->generation || cache->context != scope->context
      || cache->current != eval->current || cache->root != eval->root)
    {
      forget (cache);
      cache->generation = scope->generation;
      cache->context = scope->context;
      cache->current = eval->current;
      cache->root = eval->root;
    }
  return &cache->slots[path->index];
}

static void
remember (Slot *slot, const JnNodes *nodes)
{
  slot->known = TRUE;
  slot->n = (guint)nodes->n;
  if (nodes->n == 1)
    slot->node = nodes->nodes[0];
  else if (nodes->n > 1)
    {
      slot->room = (guint)nodes->n;
      slot->nodes = g_memdup2 (nodes->nodes, nodes->n * sizeof *nodes->nodes);
    }
}

gboolean
jn_eval_path (JnEval *eval, const JnPath *path, JnValue *value)
{
  Slot *slot = slot_for (eval, path);
  xmlNode *few[8];
  JnNodes nodes = { few, 0, G_N_ELEMENTS (few) };

  if (slot != NULL && slot->known)
    {
      value->kind = VALUE_NODES;
      value->n = slot->n;
      value->nodes = slot->nodes;
      return jn_eval_spend (eval, 1);
    }
  if (!jn_eval_spend (eval, 1) || !find_nodes (eval, path, &nodes))
    return FALSE;
  if (slot != NULL)
    remember (slot, &nodes);
  if (nodes.nodes == few && nodes.n > 1)
    {
      nodes.nodes = (xmlNode **)jn_eval_alloc (eval, nodes.n * sizeof *few);
      if (nodes.nodes == NULL)
        return FALSE;
      memcpy (nodes.nodes, few, nodes.n * sizeof *few);
    }
  jn_eval_nodes_value (&nodes, value);
  return TRUE;
}
