/* graph.c: who depends on whom, and in which order rules run.
 *
 * Every path of every expression is followed through the definition of the primary instance. A
 * candidate is a node that a path may lead to, with the innermost repeat whose instance it is sure
 * to share with the node of the expression: absolute paths stay in the same row of a repeat that
 * both are in (spec, "A Big Deviation with XForms"). Cycles are named; a node that reads itself,
 * or another row of its own repeat, is none. */
#include <string.h>

#include "forms/form-private.h"

typedef struct
{
  JnNode *node;  /* (nullable): the document above the root element */
  JnNode *scope; /* the innermost repeat surely shared, once @same is lost */
  gboolean same; /* every repeat above @node is the same row as the expression's */
} Candidate;

typedef struct
{
  JnReader *reader;
  JnRule *rule;
  const JnXPathPath *const *paths;
  gsize n_paths;
  const GArray *start; /* (element-type Candidate): what the context is */
} Walk;

static JnNode *
get_scope (const Candidate *candidate)
{
  if (!candidate->same)
    return candidate->scope;
  return candidate->node != NULL ? candidate->node->range : NULL;
}

static gboolean
is_inside (const JnNode *node, const JnNode *ancestor)
{
  return node->depth >= ancestor->depth && node->chain[ancestor->depth] == ancestor;
}

/* ---- following a path --------------------------------------------------------------------------- */

static void
add_candidate (GArray *result, JnNode *node, JnNode *scope, gboolean same)
{
  Candidate candidate = { node, scope, same };

  for (guint i = 0; i < result->len; i++)
    {
      Candidate *other = &g_array_index (result, Candidate, i);

      if (other->node == node && other->same == same && other->scope == scope)
        return;
    }
  g_array_append_val (result, candidate);
}

static gboolean
matches (const JnNode *node, const JnXPathStep *step)
{
  if (step->test == JN_XPATH_TEST_NODE)
    return TRUE;
  if (step->test == JN_XPATH_TEST_ANY)
    return step->ns == NULL || xmlStrEqual (node->ns, BAD_CAST step->ns);
  if (step->test != JN_XPATH_TEST_NAME)
    return FALSE;
  return xmlStrEqual (node->name, BAD_CAST step->name)
         && (step->ns == NULL ? node->ns == NULL : xmlStrEqual (node->ns, BAD_CAST step->ns));
}

/* One step down to @child, which may be any row of a repeat, or the one that we are in. */
static void
descend (const Candidate *from, JnNode *child, gboolean stay, GArray *result)
{
  if (from->same && (!child->repeat || stay))
    add_candidate (result, child, NULL, TRUE);
  else
    add_candidate (result, child, get_scope (from), FALSE);
}

static void
step_down (const Walk *walk,
           const Candidate *from,
           const JnXPathStep *step,
           gboolean contextual,
           GArray *result)
{
  gboolean attribute = step->axis == JN_XPATH_AXIS_ATTRIBUTE;

  if (from->node == NULL)
    {
      JnNode *root = walk->reader->form->root;

      if (!attribute && matches (root, step))
        add_candidate (result, root, NULL, TRUE);
      return;
    }
  for (guint i = 0; i < from->node->children->len; i++)
    {
      JnNode *child = from->node->children->pdata[i];
      gboolean stay = contextual && is_inside (walk->rule->node, child);

      if (child->attribute == attribute && matches (child, step))
        descend (from, child, stay, result);
    }
}

static void
add_below (const Candidate *from, GArray *result)
{
  guint first;

  if (from->node == NULL)
    return;
  for (guint i = 0; i < from->node->children->len; i++)
    {
      JnNode *child = from->node->children->pdata[i];

      if (child->attribute)
        continue;
      first = result->len;
      descend (from, child, FALSE, result);
      for (guint k = first; k < result->len; k++)
        {
          Candidate next = g_array_index (result, Candidate, k);

          if (next.node == child)
            add_below (&next, result);
        }
    }
}

static void
step_up (const Candidate *from, GArray *result)
{
  JnNode *parent = from->node != NULL ? from->node->parent : NULL;

  if (from->node != NULL)
    add_candidate (result, parent, from->scope, from->same);
}

static void
take_step (const Walk *walk,
           const Candidate *from,
           const JnXPathStep *step,
           gboolean contextual,
           GArray *result)
{
  switch (step->axis)
    {
    case JN_XPATH_AXIS_CHILD:
    case JN_XPATH_AXIS_ATTRIBUTE:
      /* text is what a node holds, no node of the definition */
      if (step->test == JN_XPATH_TEST_TEXT || step->test == JN_XPATH_TEST_NODE)
        add_candidate (result, from->node, from->scope, from->same);
      if (step->test != JN_XPATH_TEST_TEXT)
        step_down (walk, from, step, contextual, result);
      break;
    case JN_XPATH_AXIS_PARENT:
      step_up (from, result);
      break;
    case JN_XPATH_AXIS_SELF:
      add_candidate (result, from->node, from->scope, from->same);
      break;
    case JN_XPATH_AXIS_DESCENDANT_OR_SELF:
    case JN_XPATH_AXIS_DESCENDANT:
      {
        Candidate start = *from;

        if (start.node == NULL)
          start = (Candidate){ walk->reader->form->root, NULL, TRUE };
        add_candidate (result, from->node, from->scope, from->same);
        add_candidate (result, start.node, start.scope, start.same);
        add_below (&start, result);
        break;
      }
    default:
      {
        /* the rare axes: anything may be meant */
        Candidate start = { walk->reader->form->root, NULL, FALSE };

        add_candidate (result, start.node, NULL, FALSE);
        add_below (&start, result);
      }
    }
}

static const GArray *
follow (const Walk *walk, const JnXPathPath *path, gsize n_steps, GArray *result);

static void
start_path (const Walk *walk, const JnXPathPath *path, GArray *result)
{
  switch (path->base)
    {
    case JN_XPATH_BASE_ROOT:
      add_candidate (result, NULL, NULL, TRUE);
      break;
    case JN_XPATH_BASE_CONTEXT:
      if (path->outer != NULL)
        {
          follow (walk, path->outer, path->outer_step + 1, result);
          break;
        }
      g_array_append_vals (result, walk->start->data, walk->start->len);
      break;
    case JN_XPATH_BASE_CURRENT:
      add_candidate (result, walk->rule->node, NULL, TRUE);
      break;
    case JN_XPATH_BASE_INSTANCE:
      if (path->instance != NULL
          && (g_strcmp0 (path->instance, walk->reader->form->primary_id) == 0
              || g_strcmp0 (path->instance, walk->reader->form->id) == 0))
        add_candidate (result, NULL, NULL, TRUE);
      break;
    case JN_XPATH_BASE_FILTER:
      break;
    }
}

/* Replaces @result by the candidates after @n_steps of @path. */
static const GArray *
follow (const Walk *walk, const JnXPathPath *path, gsize n_steps, GArray *result)
{
  gboolean absolute = path->base == JN_XPATH_BASE_ROOT && !path->all_rows;

  g_array_set_size (result, 0);
  start_path (walk, path, result);
  for (gsize i = 0; i < n_steps; i++)
    {
      g_autoptr(GArray) next = g_array_new (FALSE, FALSE, sizeof (Candidate));
      const JnXPathStep *step = &path->steps[i];
      gboolean contextual = absolute && !step->filtered && i + 1 < path->n_steps;

      for (guint k = 0; k < result->len; k++)
        take_step (walk, &g_array_index (result, Candidate, k), step, contextual, next);
      g_array_set_size (result, 0);
      g_array_append_vals (result, next->data, next->len);
    }
  return result;
}

/* Whether a step may end at a text node. `//name` passes them only on its way to an element. */
static gboolean
ends_at_text (const JnXPathPath *path, gsize i)
{
  const JnXPathStep *step = &path->steps[i];
  const JnXPathStep *next = i + 1 < path->n_steps ? step + 1 : NULL;

  if (step->test == JN_XPATH_TEST_TEXT)
    return TRUE;
  if (step->test != JN_XPATH_TEST_NODE || step->axis == JN_XPATH_AXIS_PARENT
      || step->axis == JN_XPATH_AXIS_SELF || step->axis == JN_XPATH_AXIS_ATTRIBUTE)
    return FALSE;
  return next == NULL || step->filtered || next->test == JN_XPATH_TEST_NODE
         || next->test == JN_XPATH_TEST_TEXT;
}

static void
note_text_nodes (JnForm *form, const JnXPathPath *path)
{
  for (gsize i = 0; i < path->n_steps; i++)
    form->reads_text_nodes = form->reads_text_nodes || ends_at_text (path, i);
}

/* ---- references --------------------------------------------------------------------------------- */

static void
add_reference (JnRule *rule, JnNode *node, JnNode *scope, gboolean structure)
{
  JnReference reference = { node, scope, structure };

  for (guint i = 0; i < rule->references->len; i++)
    {
      JnReference *other = &g_array_index (rule->references, JnReference, i);

      if (other->node == node && other->scope == scope && other->structure == structure)
        return;
    }
  g_array_append_val (rule->references, reference);
}

static gboolean
asks_structure (const JnXPathPath *path)
{
  static const char *const functions[] = { "count", "position", "local-name", "name", NULL };

  if (path->all_rows && path->argument > 0)
    return TRUE; /* the repeats of indexed-repeat() */
  return path->function != NULL && g_strv_contains (functions, path->function)
         && (path->n_steps == 0 || !ends_at_text (path, path->n_steps - 1));
}

/* The node, and what is below it where its text is asked for. */
static void
refer_to (JnRule *rule, const Candidate *candidate, gboolean structure)
{
  g_autoptr(GArray) below = NULL;
  gboolean leaf = candidate->node->children->len == 0;

  add_reference (rule, candidate->node, get_scope (candidate), !leaf || structure);
  if (leaf || structure)
    return;
  below = g_array_new (FALSE, FALSE, sizeof (Candidate));
  add_below (candidate, below);
  if (below->len == 0)
    add_reference (rule, candidate->node, get_scope (candidate), FALSE);
  for (guint i = 0; i < below->len; i++)
    {
      Candidate *next = &g_array_index (below, Candidate, i);

      add_reference (rule, next->node, get_scope (next), FALSE);
    }
}

static gboolean
leads_nowhere (const JnXPathPath *path, const GArray *found)
{
  return found->len == 0 && path->outer == NULL && path->base != JN_XPATH_BASE_INSTANCE
         && path->base != JN_XPATH_BASE_FILTER;
}

static void
check_instance (JnReader *reader, const JnXPathPath *path, long line)
{
  JnForm *form = reader->form;

  if (path->instance == NULL || g_strcmp0 (path->instance, form->primary_id) == 0
      || g_strcmp0 (path->instance, form->id) == 0)
    return;
  for (guint i = 0; i < form->instances->len; i++)
    if (strcmp (((JnInstance *)form->instances->pdata[i])->id, path->instance) == 0)
      return;
  jn_reader_find (reader, line, TRUE, "there is no instance '%s'", path->instance);
}

static void
add_references (
    JnReader *reader, JnRule *rule, const JnXPath *xpath, const GArray *start, long line)
{
  Walk walk = { .reader = reader, .rule = rule, .start = start };
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));

  walk.paths = jn_xpath_get_paths (xpath, &walk.n_paths);
  for (gsize i = 0; i < walk.n_paths; i++)
    {
      const JnXPathPath *path = walk.paths[i];

      follow (&walk, path, path->n_steps, found);
      note_text_nodes (reader->form, path);
      if (path->base == JN_XPATH_BASE_INSTANCE)
        check_instance (reader, path, line);
      if (leads_nowhere (path, found))
        jn_reader_find (reader, line, TRUE, "%s: in \"%s\" the path at column %u leads to no node",
                        rule->node->path, jn_xpath_get_text (xpath), path->column);
      for (guint k = 0; k < found->len; k++)
        {
          Candidate *candidate = &g_array_index (found, Candidate, k);

          if (candidate->node != NULL)
            refer_to (rule, candidate, asks_structure (path));
        }
    }
}

/* Where the expressions of an itemset's value and label start: at the nodes of its nodeset. */
static GArray *
follow_nodeset (JnReader *reader, JnRule *rule, const JnXPath *nodeset, const GArray *start)
{
  Walk walk = { .reader = reader, .rule = rule, .start = start };
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Candidate));

  walk.paths = jn_xpath_get_paths (nodeset, &walk.n_paths);
  for (gsize i = 0; i < walk.n_paths; i++)
    if (walk.paths[i]->outer == NULL && walk.paths[i]->base != JN_XPATH_BASE_INSTANCE)
      {
        follow (&walk, walk.paths[i], walk.paths[i]->n_steps, found);
        break;
      }
  return found;
}

static void
add_choice_references (JnReader *reader, JnRule *rule, const GArray *start)
{
  const JnChoices *choices = rule->node->control != NULL ? rule->node->control->choices : NULL;
  g_autoptr(GArray) items = NULL;

  if (choices == NULL || choices->nodeset == NULL)
    return;
  items = follow_nodeset (reader, rule, choices->nodeset, start);
  if (items->len == 0)
    return;
  if (choices->value != NULL)
    add_references (reader, rule, choices->value, items, rule->line);
  if (choices->label != NULL && choices->label->ref != NULL)
    add_references (reader, rule, choices->label->ref, items, rule->line);
}

/* ---- texts -------------------------------------------------------------------------------------- */

static JnRule *
get_text_rule (JnReader *reader, JnNode *node, long line)
{
  if (node->rules[JN_RULE_TEXT] != NULL)
    return node->rules[JN_RULE_TEXT];
  return jn_node_add_rule (reader->form, node, JN_RULE_TEXT, NULL, line);
}

static void
refer_from_pieces (
    JnReader *reader, JnNode *node, const GArray *pieces, const GArray *start, long line)
{
  for (guint i = 0; pieces != NULL && i < pieces->len; i++)
    {
      const JnPiece *piece = &g_array_index (pieces, JnPiece, i);

      if (piece->output != NULL)
        add_references (reader, get_text_rule (reader, node, line), piece->output, start, line);
    }
}

static void
refer_from_itext (JnReader *reader, JnNode *node, const JnText *text, const GArray *start)
{
  for (guint i = 0; i < reader->form->translations->len; i++)
    {
      JnTranslation *translation = reader->form->translations->pdata[i];
      xmlNode *element = g_hash_table_lookup (translation->texts, text->itext);

      if (element == NULL)
        continue;
      for (xmlNode *value = jn_xml_first_element (element); value != NULL;
           value = jn_xml_next_element (value))
        if (value->_private != NULL)
          refer_from_pieces (reader, node, value->_private, start, text->line);
    }
}

static void
refer_from_text (JnReader *reader, JnNode *node, const JnText *text, const GArray *start)
{
  if (text == NULL)
    return;
  if (text->itext != NULL)
    refer_from_itext (reader, node, text, start);
  if (text->ref != NULL)
    add_references (reader, get_text_rule (reader, node, text->line), text->ref, start, text->line);
  refer_from_pieces (reader, node, text->pieces, start, text->line);
}

static GArray *
start_at (JnNode *node)
{
  GArray *start = g_array_new (FALSE, FALSE, sizeof (Candidate));

  add_candidate (start, node, NULL, TRUE);
  return start;
}

/* Which texts the items name is not known before they are read: any with an output may be meant. */
static void
refer_from_choices (JnReader *reader, JnNode *node, const JnChoices *choices, const GArray *start)
{
  const GPtrArray *pieces = reader->form->pieces;

  for (guint i = 0; i < choices->items->len; i++)
    refer_from_text (reader, node, ((JnItem *)choices->items->pdata[i])->label, start);
  if (choices->label == NULL || choices->label->ref == NULL
      || !jn_xpath_calls (choices->label->ref, "jr:itext"))
    return;
  for (guint i = 0; i < pieces->len; i++)
    refer_from_pieces (reader, node, pieces->pdata[i], start, choices->label->line);
}

static void
refer_from_messages (JnReader *reader)
{
  for (guint i = 0; i < reader->form->nodes->len; i++)
    {
      JnNode *node = reader->form->nodes->pdata[i];
      g_autoptr(GArray) start = NULL;

      if (node->messages[0] == NULL && node->messages[1] == NULL)
        continue;
      start = start_at (node);
      refer_from_text (reader, node, node->messages[0], start);
      refer_from_text (reader, node, node->messages[1], start);
    }
}

static void
refer_from_controls (JnReader *reader)
{
  for (guint i = 0; i < reader->form->controls->len; i++)
    {
      JnControl *control = reader->form->controls->pdata[i];
      g_autoptr(GArray) start = NULL;

      if (control->node == NULL || control->node->control != control)
        continue;
      start = start_at (control->node);
      refer_from_text (reader, control->node, control->label, start);
      refer_from_text (reader, control->node, control->hint, start);
      if (control->choices != NULL)
        refer_from_choices (reader, control->node, control->choices, start);
    }
}

static void
refer_from_rules (JnReader *reader)
{
  for (guint i = 0; i < reader->form->rules->len; i++)
    {
      JnRule *rule = reader->form->rules->pdata[i];
      g_autoptr(GArray) start = start_at (rule->node);

      if (rule->xpath != NULL)
        add_references (reader, rule, rule->xpath, start, rule->line);
      if (rule->kind == JN_RULE_CHOICES)
        add_choice_references (reader, rule, start);
    }
}

/* ---- order -------------------------------------------------------------------------------------- */

typedef struct
{
  JnReader *reader;
  GPtrArray *order;
  GPtrArray *path; /* the rules under way */
  GArray *strict;  /* whether the step from the one before in @path is written in the form */
} Sort;

static void visit (Sort *sort, JnRule *rule, gboolean strict);

static void
name_cycle (Sort *sort, const JnRule *rule)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint first = 0;
  gboolean calculates = FALSE;

  while (sort->path->pdata[first] != rule)
    first++;
  for (guint i = first + 1; i < sort->strict->len; i++)
    if (!g_array_index (sort->strict, gboolean, i))
      return;
  for (guint i = first; i < sort->path->len; i++)
    {
      const JnRule *next = sort->path->pdata[i];

      g_string_append_printf (text, "%s → ", next->node->path);
      calculates = calculates || next->kind == JN_RULE_CALCULATE;
    }
  g_string_append (text, rule->node->path);
  if (calculates)
    jn_reader_fail (sort->reader, rule->line, JN_FORM_ERROR_CYCLE,
                    "these depend on each other in a circle: %s", text->str);
  else
    jn_reader_find (sort->reader, rule->line, TRUE,
                    "the relevance of these depends on each other in a circle: %s", text->str);
}

static void
visit_if (Sort *sort, JnRule *rule, gboolean strict)
{
  if (rule == NULL)
    return;
  if (rule->state == 1 && strict)
    name_cycle (sort, rule);
  if (rule->state == 0)
    visit (sort, rule, strict);
}

/* A value is known after its calculate, its choices, and the relevance of all above it. */
static void
visit_value (Sort *sort, const JnNode *node, gboolean strict)
{
  for (const JnNode *above = node; above != NULL; above = above->parent)
    {
      visit_if (sort, above->rules[JN_RULE_RELEVANT], strict && above == node);
      visit_if (sort, above->rules[JN_RULE_COUNT], FALSE);
    }
  visit_if (sort, node->rules[JN_RULE_CALCULATE], strict);
  visit_if (sort, node->rules[JN_RULE_CHOICES], FALSE);
}

static void
visit_references (Sort *sort, const JnRule *rule)
{
  for (guint i = 0; i < rule->references->len; i++)
    {
      const JnReference *reference = &g_array_index (rule->references, JnReference, i);
      /* another row of a repeat that both are in: the order between rows is not ours to decide */
      gboolean across = rule->node->range != NULL && reference->node->range != NULL
                        && is_inside (rule->node, reference->node->range)
                        && reference->scope != reference->node->range;

      if (reference->node == rule->node)
        continue;
      if (reference->structure)
        visit_if (sort, reference->node->rules[JN_RULE_COUNT], FALSE);
      else
        visit_value (sort, reference->node, !across);
    }
}

static void
visit (Sort *sort, JnRule *rule, gboolean strict)
{
  rule->state = 1;
  g_ptr_array_add (sort->path, rule);
  g_array_append_val (sort->strict, strict);
  if (rule->kind != JN_RULE_RELEVANT)
    for (const JnNode *above = rule->node; above != NULL; above = above->parent)
      visit_if (sort, above->rules[JN_RULE_RELEVANT], FALSE);
  else if (rule->node->parent != NULL)
    for (const JnNode *above = rule->node->parent; above != NULL; above = above->parent)
      visit_if (sort, above->rules[JN_RULE_RELEVANT], FALSE);
  visit_references (sort, rule);
  g_ptr_array_set_size (sort->path, sort->path->len - 1);
  g_array_set_size (sort->strict, sort->strict->len - 1);
  rule->state = 2;
  g_ptr_array_add (sort->order, rule);
}

static void
sort_rules (JnReader *reader)
{
  GPtrArray *rules = reader->form->rules;
  Sort sort = { .reader = reader };

  sort.order = g_ptr_array_new ();
  sort.path = g_ptr_array_new ();
  sort.strict = g_array_new (FALSE, FALSE, sizeof (gboolean));
  for (guint i = 0; i < rules->len; i++)
    if (((JnRule *)rules->pdata[i])->kind < JN_RULE_READONLY)
      visit_if (&sort, rules->pdata[i], FALSE);
  for (guint i = 0; i < rules->len; i++)
    if (((JnRule *)rules->pdata[i])->kind >= JN_RULE_READONLY)
      g_ptr_array_add (sort.order, rules->pdata[i]);
  for (guint i = 0; i < rules->len; i++)
    {
      rules->pdata[i] = sort.order->pdata[i];
      ((JnRule *)rules->pdata[i])->rank = i;
    }
  g_ptr_array_unref (sort.order);
  g_ptr_array_unref (sort.path);
  g_array_unref (sort.strict);
}

/* ---- edges -------------------------------------------------------------------------------------- */

static void
add_edge (GArray *edges, JnRule *rule, JnNode *scope)
{
  JnEdge edge = { rule, scope };

  for (guint i = 0; i < edges->len; i++)
    {
      JnEdge *other = &g_array_index (edges, JnEdge, i);

      if (other->rule != rule)
        continue;
      if (other->scope == scope)
        return;
      if (other->scope == NULL || (scope != NULL && is_inside (scope, other->scope)))
        return; /* the wider one is there already */
      other->scope = scope;
      return;
    }
  g_array_append_val (edges, edge);
}

/* A row more or less reaches who looks into the repeat from outside that row. */
static void
add_structure_edges (JnRule *rule, const JnReference *reference)
{
  for (JnNode *above = reference->node; above != NULL; above = above->parent)
    {
      JnNode *outside = above->parent != NULL ? above->parent->range : NULL;

      if (!above->repeat)
        continue;
      if (reference->node == above)
        add_edge (above->structure, rule, outside);
      else if (reference->scope == NULL || !is_inside (reference->scope, above))
        add_edge (above->structure, rule, reference->scope);
    }
}

static void
add_edges (JnForm *form)
{
  for (guint i = 0; i < form->rules->len; i++)
    {
      JnRule *rule = form->rules->pdata[i];

      for (guint k = 0; k < rule->references->len; k++)
        {
          const JnReference *reference = &g_array_index (rule->references, JnReference, k);

          /* `. + 1` is computed again when something else asks for it, not by its own result */
          if (!reference->structure
              && !(rule->kind == JN_RULE_CALCULATE && reference->node == rule->node
                   && reference->scope == rule->node->range))
            add_edge (reference->node->edges, rule, reference->scope);
          add_structure_edges (rule, reference);
        }
    }
}

void
jn_reader_graph (JnReader *reader)
{
  refer_from_rules (reader);
  refer_from_controls (reader);
  refer_from_messages (reader);
  sort_rules (reader);
  add_edges (reader->form);
}

void
jn_form_check_paths (JnForm *form, JnXPath *xpath, long line)
{
  JnReader reader = { .form = form };
  JnRule rule = { .node = form->root, .xpath = xpath };
  g_autoptr(GArray) start = start_at (form->root);

  rule.references = g_array_new (FALSE, FALSE, sizeof (JnReference));
  add_references (&reader, &rule, xpath, start, line);
  g_array_unref (rule.references);
}
