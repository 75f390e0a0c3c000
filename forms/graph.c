/* graph.c: in which order rules run, and whom a change reaches.
 *
 * Cycles are named; a node that reads itself, or another row of its own repeat, is none. */
#include "forms/form-private.h"

/* ---- order -------------------------------------------------------------------------------------- */

/* Why one rule waits for another.
 * @STEP_LOOSE: it may be another row's, or only the number of rows
 * @STEP_ABOVE: of a group that it stands in: relevance goes down
 * @STEP_WRITTEN: its expression says so */
typedef enum
{
  STEP_LOOSE,
  STEP_ABOVE,
  STEP_WRITTEN,
} Step;

typedef struct
{
  JnReader *reader;
  GPtrArray *order;
  GPtrArray *path; /* the rules under way */
  GArray *steps;   /* (element-type Step): from the one before in @path */
} Sort;

static void visit (Sort *sort, JnRule *rule, Step step);

/* So many nodes of a circle are named. */
#define MOST_NAMED 20

/* Only what is written as a circle of calculates keeps a form from being used. */
static void
name_cycle (Sort *sort, const JnRule *rule, Step last)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint first = 0;
  gboolean calculates = FALSE;
  Step weakest = last;

  while (sort->path->pdata[first] != rule)
    first++;
  for (guint i = first + 1; i < sort->steps->len; i++)
    weakest = MIN (weakest, g_array_index (sort->steps, Step, i));
  if (weakest == STEP_LOOSE)
    return;
  for (guint i = first; i < sort->path->len; i++)
    {
      const JnRule *next = sort->path->pdata[i];

      if (i - first < MOST_NAMED)
        g_string_append_printf (text, "%s → ", next->node->path);
      else if (i - first == MOST_NAMED)
        g_string_append (text, "… → ");
      calculates = calculates || next->kind == JN_RULE_CALCULATE;
    }
  g_string_append (text, rule->node->path);
  if (calculates && weakest == STEP_WRITTEN)
    jn_reader_fail (sort->reader, rule->line, JN_FORM_ERROR_CYCLE,
                    "these depend on each other in a circle: %s", text->str);
  else
    jn_reader_find (sort->reader, rule->line, TRUE,
                    "the relevance of these depends on each other in a circle: %s", text->str);
}

static void
visit_if (Sort *sort, JnRule *rule, Step step)
{
  if (rule == NULL)
    return;
  if (rule->state == 1)
    name_cycle (sort, rule, step);
  if (rule->state == 0)
    visit (sort, rule, step);
}

static void
visit_relevance_above (Sort *sort, const JnNode *node, Step step)
{
  for (const JnNode *above = node->parent; above != NULL; above = above->parent)
    visit_if (sort, above->rules[JN_RULE_RELEVANT], step);
}

/* A value is known after its calculate, its choices, and the relevance of all above it. */
static void
visit_value (Sort *sort, const JnNode *node, Step step)
{
  visit_if (sort, node->rules[JN_RULE_RELEVANT], step);
  visit_relevance_above (sort, node, MIN (step, STEP_ABOVE));
  for (const JnNode *above = node; above != NULL; above = above->parent)
    visit_if (sort, above->rules[JN_RULE_COUNT], STEP_LOOSE);
  visit_if (sort, node->rules[JN_RULE_CALCULATE], step);
  visit_if (sort, node->rules[JN_RULE_CHOICES], STEP_LOOSE);
}

static void
visit_references (Sort *sort, const JnRule *rule)
{
  for (guint i = 0; i < rule->references->len; i++)
    {
      const JnReference *reference = &g_array_index (rule->references, JnReference, i);
      /* another row of a repeat that both are in: the order between rows is not ours to decide */
      gboolean across = rule->node->range != NULL && reference->node->range != NULL
                        && jn_node_is_inside (rule->node, reference->node->range)
                        && reference->scope != reference->node->range;

      if (reference->node == rule->node)
        continue;
      if (reference->structure)
        visit_if (sort, reference->node->rules[JN_RULE_COUNT], STEP_LOOSE);
      else
        visit_value (sort, reference->node, across || reference->loose ? STEP_LOOSE : STEP_WRITTEN);
    }
}

static void
visit (Sort *sort, JnRule *rule, Step step)
{
  if (sort->path->len >= JN_FORM_MAX_CHAIN && sort->reader->fatal == NULL)
    jn_reader_fail (sort->reader, rule->line, JN_FORM_ERROR_LIMIT,
                    "more than %d expressions wait for each other", JN_FORM_MAX_CHAIN);
  rule->state = 1;
  g_ptr_array_add (sort->path, rule);
  g_array_append_val (sort->steps, step);
  if (rule->kind != JN_RULE_RELEVANT)
    visit_if (sort, rule->node->rules[JN_RULE_RELEVANT], STEP_LOOSE);
  visit_relevance_above (sort, rule->node, STEP_ABOVE);
  if (sort->path->len <= JN_FORM_MAX_CHAIN)
    visit_references (sort, rule);
  g_ptr_array_set_size (sort->path, sort->path->len - 1);
  g_array_set_size (sort->steps, sort->steps->len - 1);
  rule->state = 2;
  g_ptr_array_add (sort->order, rule);
}

/* ODK Validate refuses what we allow: a constraint alone may read its own node there. */
static void
find_self_references (JnReader *reader)
{
  for (guint i = 0; i < reader->form->rules->len; i++)
    {
      const JnRule *rule = reader->form->rules->pdata[i];
      gboolean relevant = rule->kind == JN_RULE_RELEVANT;

      if (!relevant && rule->kind != JN_RULE_CALCULATE && rule->kind != JN_RULE_READONLY
          && rule->kind != JN_RULE_REQUIRED)
        continue;
      for (guint k = 0; k < rule->references->len; k++)
        {
          const JnReference *reference = &g_array_index (rule->references, JnReference, k);

          if (reference->node == rule->node && reference->scope == rule->node->range
              && !reference->structure)
            jn_reader_find (reader, rule->line, relevant,
                            relevant ? "the relevance of %s depends on its own value"
                                     : "%s reads itself: other tools refuse that",
                            rule->node->path);
        }
    }
}

static void
sort_rules (JnReader *reader)
{
  GPtrArray *rules = reader->form->rules;
  Sort sort = { .reader = reader };

  sort.order = g_ptr_array_new ();
  sort.path = g_ptr_array_new ();
  sort.steps = g_array_new (FALSE, FALSE, sizeof (Step));
  for (guint i = 0; i < rules->len; i++)
    if (((JnRule *)rules->pdata[i])->kind < JN_RULE_READONLY)
      visit_if (&sort, rules->pdata[i], STEP_LOOSE);
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
  g_array_unref (sort.steps);
}

/* ---- edges -------------------------------------------------------------------------------------- */

static void
add_edge (GArray *edges, JnRule *rule, JnNode *scope)
{
  JnEdge edge = { rule, scope };

  /* the edges of one rule are added one after the other */
  for (guint i = edges->len; i > 0; i--)
    {
      JnEdge *other = &g_array_index (edges, JnEdge, i - 1);

      if (other->rule != rule)
        break;
      if (other->scope == scope)
        return;
      if (other->scope == NULL || (scope != NULL && jn_node_is_inside (scope, other->scope)))
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
      else if (reference->scope == NULL || !jn_node_is_inside (reference->scope, above))
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
  find_self_references (reader);
  sort_rules (reader);
  add_edges (reader->form);
}
