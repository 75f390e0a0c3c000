/* check-instances.c: whether paths into secondary instances find anything in them.
 *
 * Predicates are passed over: what no item has at all is a slip of the pen. Of an instance that is
 * not there, or has no items yet, nothing is said. */
#include "forms/check-private.h"

#include <string.h>

static xmlNode *
find_instance (const JnForm *form, const char *id)
{
  for (guint i = 0; i < form->instances->len; i++)
    {
      const JnInstance *instance = form->instances->pdata[i];

      if (strcmp (instance->id, id) == 0)
        return instance->root;
    }
  return NULL;
}

/* ---- following a path --------------------------------------------------------------------------- */

static gboolean
matches (const xmlNode *node, const JnXPathStep *step)
{
  return step->test == JN_XPATH_TEST_ANY || xmlStrEqual (node->name, BAD_CAST step->name);
}

static void
take_children (const xmlNode *node, const JnXPathStep *step, GPtrArray *result)
{
  for (xmlNode *child = jn_xml_first_element (node); child != NULL;
       child = jn_xml_next_element (child))
    if (matches (child, step))
      g_ptr_array_add (result, child);
}

static void
take_attributes (const xmlNode *node, const JnXPathStep *step, GPtrArray *result)
{
  if (node->type != XML_ELEMENT_NODE)
    return;
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (matches ((xmlNode *)attribute, step))
      g_ptr_array_add (result, attribute);
}

static void
take_parent (const xmlNode *node, GPtrArray *result)
{
  if (node->parent != NULL && !g_ptr_array_find (result, node->parent, NULL))
    g_ptr_array_add (result, node->parent);
}

/* FALSE: a step that is too rare to be followed. */
static gboolean
take_step (const xmlNode *node, const JnXPathStep *step, GPtrArray *result)
{
  gboolean named = step->test == JN_XPATH_TEST_NAME || step->test == JN_XPATH_TEST_ANY;

  if (step->axis == JN_XPATH_AXIS_CHILD && named)
    take_children (node, step, result);
  else if (step->axis == JN_XPATH_AXIS_ATTRIBUTE && named)
    take_attributes (node, step, result);
  else if (step->axis == JN_XPATH_AXIS_PARENT && step->test == JN_XPATH_TEST_NODE)
    take_parent (node, result);
  else if (step->axis == JN_XPATH_AXIS_SELF && step->test == JN_XPATH_TEST_NODE)
    g_ptr_array_add (result, (xmlNode *)node);
  else
    return FALSE;
  return TRUE;
}

static gboolean
have_children (const GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    if (jn_xml_first_element (nodes->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

static GPtrArray *
find_nodes (const JnForm *form, const JnXPathPath *path, gsize n_steps, const GPtrArray *context);

/* (transfer full) (nullable): where a path starts; %NULL: not in a secondary instance */
static GPtrArray *
start_path (const JnForm *form, const JnXPathPath *path, const GPtrArray *context)
{
  GPtrArray *start;
  xmlNode *root;

  if (path->base == JN_XPATH_BASE_CONTEXT && path->outer != NULL)
    return find_nodes (form, path->outer, (gsize)(path->outer_step + 1), context);
  if (path->base == JN_XPATH_BASE_CONTEXT && context != NULL)
    return g_ptr_array_copy ((GPtrArray *)context, NULL, NULL);
  if (path->base != JN_XPATH_BASE_INSTANCE || path->instance == NULL)
    return NULL;
  root = find_instance (form, path->instance);
  if (root == NULL)
    return NULL;
  start = g_ptr_array_new ();
  g_ptr_array_add (start, root);
  return start;
}

/* (transfer full) (nullable): after @n_steps; %NULL: there is nothing to say
 * @context: (nullable): what the context node may be */
static GPtrArray *
find_nodes (const JnForm *form, const JnXPathPath *path, gsize n_steps, const GPtrArray *context)
{
  g_autoptr(GPtrArray) nodes = start_path (form, path, context);

  for (gsize i = 0; nodes != NULL && i < n_steps; i++)
    {
      g_autoptr(GPtrArray) next = g_ptr_array_new ();

      for (guint k = 0; k < nodes->len; k++)
        if (!take_step (nodes->pdata[k], &path->steps[i], next))
          return NULL;
      if (next->len == 0 && !have_children (nodes))
        return NULL;
      g_ptr_array_unref (nodes);
      nodes = g_steal_pointer (&next);
    }
  return g_steal_pointer (&nodes);
}

/* ---- what is found ------------------------------------------------------------------------------ */

static void
check_paths (
    JnReader *reader, const JnXPath *xpath, const GPtrArray *context, gboolean error, long line)
{
  gsize n;
  const JnXPathPath *const *paths = jn_xpath_get_paths (xpath, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GPtrArray) found = find_nodes (reader->form, paths[i], paths[i]->n_steps, context);

      if (found != NULL && found->len == 0)
        jn_reader_find (reader, line, error,
                        "in \"%s\" the path at column %u finds nothing in its instance",
                        jn_xpath_get_text (xpath), paths[i]->column);
    }
}

void
jn_reader_check_data (JnReader *reader, const JnXPath *xpath, long line)
{
  check_paths (reader, xpath, NULL, FALSE, line);
}

/* (transfer full) (nullable): the items of a nodeset in a secondary instance */
static GPtrArray *
find_items (const JnForm *form, const JnXPath *nodeset)
{
  gsize n;
  const JnXPathPath *const *paths = jn_xpath_get_paths (nodeset, &n);

  for (gsize i = 0; i < n; i++)
    if (paths[i]->outer == NULL && paths[i]->base == JN_XPATH_BASE_INSTANCE)
      return find_nodes (form, paths[i], paths[i]->n_steps, NULL);
  return NULL;
}

/* Several chosen values are divided by spaces. */
static void
check_spaces (JnReader *reader, const JnXPath *value, const GPtrArray *items, long line)
{
  gsize n;
  const JnXPathPath *const *paths = jn_xpath_get_paths (value, &n);
  g_autoptr(GPtrArray) found
             = n == 1 ? find_nodes (reader->form, paths[0], paths[0]->n_steps, items) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      g_autofree char *text = jn_xml_text (found->pdata[i]);

      if (strpbrk (g_strstrip (text), " \t\n") != NULL)
        jn_reader_find (reader, line, TRUE, "the choice '%s' has a space in its value", text);
    }
}

void
jn_reader_check_items (JnReader *reader, const JnControl *control)
{
  const JnChoices *choices = control->choices;
  long line = jn_xml_line (control->element);
  g_autoptr(GPtrArray) items = find_items (reader->form, choices->nodeset);

  if (items == NULL || items->len == 0)
    return;
  if (choices->value != NULL)
    check_paths (reader, choices->value, items, TRUE, line);
  if (choices->value != NULL && control->kind != JN_CONTROL_SELECT1)
    check_spaces (reader, choices->value, items, line);
  if (choices->label != NULL && choices->label->ref != NULL)
    check_paths (reader, choices->label->ref, items, TRUE, line);
}
