/* references.c: where the paths of expressions lead.
 *
 * Every path of every expression is followed through the definition of the primary instance. A
 * candidate is a node that a path may lead to, with the innermost repeat whose instance it is sure
 * to share with the node of the expression: absolute paths stay in the same row of a repeat that
 * both are in (spec, "A Big Deviation with XForms"). */
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
  JnNode *here; /* the node that the expression stands at */
  const JnXPathPath *const *paths;
  gsize n_paths;
  const GArray *start; /* (element-type Candidate): what the context is */
  gboolean loose;      /* see JnReference */
} Walk;

static JnNode *
get_scope (const Candidate *candidate)
{
  if (!candidate->same)
    return candidate->scope;
  return candidate->node != NULL ? candidate->node->range : NULL;
}

/* ---- following a path --------------------------------------------------------------------------- */

/* Looking for what is there already takes time: a form must not ask for more than is good. */
static gboolean
spend (const Walk *walk, guint comparisons)
{
  JnReader *reader = walk->reader;

  if (reader->comparisons > JN_FORM_MAX_COMPARISONS)
    return FALSE;
  reader->comparisons += comparisons + 1;
  if (reader->comparisons <= JN_FORM_MAX_COMPARISONS)
    return TRUE;
  jn_reader_fail (reader, walk->rule->line, JN_FORM_ERROR_LIMIT,
                  "the paths of the form's expressions lead to too many nodes");
  return FALSE;
}

static void
add_candidate (const Walk *walk, GArray *result, JnNode *node, JnNode *scope, gboolean same)
{
  Candidate candidate = { node, scope, same };

  if (!spend (walk, result->len))
    return;
  for (guint i = 0; i < result->len; i++)
    {
      Candidate *other = &g_array_index (result, Candidate, i);

      if (other->node == node && other->same == same && other->scope == scope)
        return;
    }
  g_array_append_val (result, candidate);
}

static GArray *
start_at (JnNode *node)
{
  GArray *start = g_array_new (FALSE, FALSE, sizeof (Candidate));
  Candidate candidate = { node, NULL, TRUE };

  g_array_append_val (start, candidate);
  return start;
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
descend (const Walk *walk, const Candidate *from, JnNode *child, gboolean stay, GArray *result)
{
  if (from->same && (!child->repeat || stay))
    add_candidate (walk, result, child, NULL, TRUE);
  else
    add_candidate (walk, result, child, get_scope (from), FALSE);
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
        add_candidate (walk, result, root, NULL, TRUE);
      return;
    }
  if (step->test == JN_XPATH_TEST_NAME)
    {
      JnNode *child = jn_node_find_child (walk->reader->form, from->node, BAD_CAST step->name,
                                          BAD_CAST step->ns, attribute);

      if (child != NULL)
        descend (walk, from, child, contextual && jn_node_is_inside (walk->here, child), result);
      return;
    }
  for (guint i = 0; i < from->node->children->len; i++)
    {
      JnNode *child = from->node->children->pdata[i];
      gboolean stay = contextual && jn_node_is_inside (walk->here, child);

      if (child->attribute == attribute && matches (child, step))
        descend (walk, from, child, stay, result);
    }
}

static void
add_below (const Walk *walk, const Candidate *from, GArray *result)
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
      descend (walk, from, child, FALSE, result);
      for (guint k = first; k < result->len; k++)
        {
          Candidate next = g_array_index (result, Candidate, k);

          if (next.node == child)
            add_below (walk, &next, result);
        }
    }
}

static void
step_up (const Walk *walk, const Candidate *from, GArray *result)
{
  JnNode *parent = from->node != NULL ? from->node->parent : NULL;

  if (from->node != NULL)
    add_candidate (walk, result, parent, from->scope, from->same);
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
        add_candidate (walk, result, from->node, from->scope, from->same);
      if (step->test != JN_XPATH_TEST_TEXT)
        step_down (walk, from, step, contextual, result);
      break;
    case JN_XPATH_AXIS_PARENT:
      step_up (walk, from, result);
      break;
    case JN_XPATH_AXIS_SELF:
      add_candidate (walk, result, from->node, from->scope, from->same);
      break;
    case JN_XPATH_AXIS_DESCENDANT_OR_SELF:
    case JN_XPATH_AXIS_DESCENDANT:
      {
        Candidate start = *from;

        if (start.node == NULL)
          start = (Candidate){ walk->reader->form->root, NULL, TRUE };
        add_candidate (walk, result, from->node, from->scope, from->same);
        add_candidate (walk, result, start.node, start.scope, start.same);
        add_below (walk, &start, result);
        break;
      }
    default:
      {
        /* the rare axes: anything may be meant */
        Candidate start = { walk->reader->form->root, NULL, FALSE };

        add_candidate (walk, result, start.node, NULL, FALSE);
        add_below (walk, &start, result);
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
      add_candidate (walk, result, NULL, NULL, TRUE);
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
      add_candidate (walk, result, walk->here, NULL, TRUE);
      break;
    case JN_XPATH_BASE_INSTANCE:
      if (path->instance != NULL
          && (g_strcmp0 (path->instance, walk->reader->form->primary_id) == 0
              || g_strcmp0 (path->instance, walk->reader->form->id) == 0))
        add_candidate (walk, result, NULL, NULL, TRUE);
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
add_reference (const Walk *walk, JnNode *node, JnNode *scope, gboolean structure)
{
  JnRule *rule = walk->rule;
  JnReference reference = { node, scope, structure, walk->loose };

  if (!spend (walk, rule->references->len))
    return;
  for (guint i = 0; i < rule->references->len; i++)
    {
      JnReference *other = &g_array_index (rule->references, JnReference, i);

      if (other->node == node && other->scope == scope && other->structure == structure)
        {
          other->loose = other->loose && walk->loose;
          return;
        }
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
refer_to (const Walk *walk, const Candidate *candidate, gboolean structure)
{
  g_autoptr(GArray) below = NULL;
  gboolean leaf = candidate->node->children->len == 0;

  add_reference (walk, candidate->node, get_scope (candidate), !leaf || structure);
  if (leaf || structure)
    return;
  below = g_array_new (FALSE, FALSE, sizeof (Candidate));
  add_below (walk, candidate, below);
  if (below->len == 0)
    add_reference (walk, candidate->node, get_scope (candidate), FALSE);
  for (guint i = 0; i < below->len; i++)
    {
      Candidate *next = &g_array_index (below, Candidate, i);

      add_reference (walk, next->node, get_scope (next), FALSE);
    }
}

/* @id: (nullable): known only when the form is filled */
static void
check_instance (JnReader *reader, const char *id, long line)
{
  JnForm *form = reader->form;

  if (id == NULL || g_strcmp0 (id, form->primary_id) == 0 || g_strcmp0 (id, form->id) == 0)
    return;
  for (guint i = 0; i < form->instances->len; i++)
    if (strcmp (((JnInstance *)form->instances->pdata[i])->id, id) == 0)
      return;
  jn_reader_find (reader, line, TRUE, "there is no instance '%s'", id);
}

/* What a path leads to. Returns: whether it leads anywhere */
static gboolean
refer_to_path (const Walk *walk, const JnXPathPath *path)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  /* of an expression that stands in another row, any row may be meant */
  gboolean elsewhere
      = walk->here->range != NULL && !jn_node_is_inside (walk->rule->node, walk->here->range);

  follow (walk, path, path->n_steps, found);
  for (guint i = 0; i < found->len; i++)
    {
      Candidate candidate = g_array_index (found, Candidate, i);

      if (elsewhere)
        candidate = (Candidate){ candidate.node, NULL, FALSE };
      if (candidate.node != NULL)
        refer_to (walk, &candidate, asks_structure (path));
    }
  return found->len > 0;
}

/* The name of a choice may change with what the select offers. */
static void
refer_to_choices (JnReader *reader, JnRule *rule, JnNode *select)
{
  const JnXPath *nodeset = select->control->choices->nodeset;
  g_autoptr(GArray) start = start_at (select);
  Walk walk = { .reader = reader, .rule = rule, .here = select, .start = start, .loose = TRUE };

  if (nodeset == NULL)
    return;
  walk.paths = jn_xpath_get_paths (nodeset, &walk.n_paths);
  for (gsize i = 0; i < walk.n_paths; i++)
    refer_to_path (&walk, walk.paths[i]);
}

static void
refer_to_select (JnReader *reader, JnRule *rule, const char *path, long line)
{
  const JnNode *here = rule->node;
  g_autofree char *joined = jn_reader_join (path, here->path);
  JnNode *node = g_hash_table_lookup (reader->form->by_path, joined);

  if (node == NULL)
    jn_reader_find (reader, line, TRUE, "%s: jr:choice-name() names '%s', which leads to no node",
                    here->path, path);
  else if (node->control == NULL || node->control->choices == NULL)
    jn_reader_find (reader, line, TRUE, "%s: jr:choice-name() names %s, which has no choices",
                    here->path, node->path);
  else
    refer_to_choices (reader, rule, node);
}

/* Texts, instances and selects that calls name by literals. */
static void
refer_from_calls (JnReader *reader, JnRule *rule, const JnXPath *xpath, long line)
{
  gsize n;
  const JnXPathCall *const *calls = jn_xpath_get_calls (xpath, &n);

  for (gsize i = 0; i < n; i++)
    {
      const char *const *literals = calls[i]->literals;

      if (calls[i]->problem != NULL)
        continue;
      if (strcmp (calls[i]->name, "jr:itext") == 0 && literals[0] != NULL)
        jn_reader_check_itext (reader, literals[0], line);
      else if (strcmp (calls[i]->name, "pulldata") == 0)
        check_instance (reader, literals[0], line);
      else if (strcmp (calls[i]->name, "jr:choice-name") == 0 && literals[1] != NULL)
        refer_to_select (reader, rule, literals[1], line);
    }
}

/* Whether a path must lead to a node of the primary instance. */
static gboolean
must_lead (const JnXPathPath *path)
{
  return path->outer == NULL && path->base != JN_XPATH_BASE_INSTANCE
         && path->base != JN_XPATH_BASE_FILTER;
}

static void
add_references (
    JnReader *reader, JnRule *rule, const JnXPath *xpath, const GArray *start, long line)
{
  Walk walk = { .reader = reader, .rule = rule, .here = rule->node, .start = start };

  refer_from_calls (reader, rule, xpath, line);
  if (reader->thorough)
    jn_reader_check_data (reader, xpath, line);
  walk.paths = jn_xpath_get_paths (xpath, &walk.n_paths);
  for (gsize i = 0; i < walk.n_paths; i++)
    {
      const JnXPathPath *path = walk.paths[i];

      note_text_nodes (reader->form, path);
      if (path->base == JN_XPATH_BASE_INSTANCE)
        check_instance (reader, path->instance, line);
      if (!refer_to_path (&walk, path) && must_lead (path))
        jn_reader_find (reader, line, TRUE, "%s: in \"%s\" the path at column %u leads to no node",
                        rule->node->path, jn_xpath_get_text (xpath), path->column);
    }
}

/* Where the expressions of an itemset's value and label start: at the nodes of its nodeset. */
static GArray *
follow_nodeset (JnReader *reader, JnRule *rule, const JnXPath *nodeset, const GArray *start)
{
  Walk walk = { .reader = reader, .rule = rule, .here = rule->node, .start = start };
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
  if (reader->thorough)
    jn_reader_check_items (reader, rule->node->control);
  items = follow_nodeset (reader, rule, choices->nodeset, start);
  if (items->len == 0)
    return;
  if (choices->value != NULL)
    add_references (reader, rule, choices->value, items, rule->line);
  if (choices->label != NULL && choices->label->ref != NULL)
    add_references (reader, rule, choices->label->ref, items, rule->line);
}

/* ---- texts -------------------------------------------------------------------------------------- */

/* @aside: (nullable): instead of the node's own rule, where nothing is to be shown again */
typedef struct
{
  JnReader *reader;
  JnNode *node;
  JnRule *aside;
  GArray *start;
} TextWalk;

static void
refer_from_output (const TextWalk *walk, const JnXPath *output, long line)
{
  JnRule *rule = walk->aside != NULL ? walk->aside : walk->node->rules[JN_RULE_TEXT];

  if (rule == NULL)
    rule = jn_node_add_rule (walk->reader->form, walk->node, JN_RULE_TEXT, NULL, line);
  add_references (walk->reader, rule, output, walk->start, line);
}

static void
refer_from_pieces (const TextWalk *walk, const GArray *pieces, long line)
{
  for (guint i = 0; pieces != NULL && i < pieces->len; i++)
    {
      const JnPiece *piece = &g_array_index (pieces, JnPiece, i);

      if (piece->output != NULL)
        refer_from_output (walk, piece->output, line);
    }
}

static void
refer_from_itext (const TextWalk *walk, const JnText *text)
{
  const GPtrArray *translations = walk->reader->form->translations;

  for (guint i = 0; i < translations->len; i++)
    {
      JnTranslation *translation = translations->pdata[i];
      xmlNode *element = g_hash_table_lookup (translation->texts, text->itext);

      if (element == NULL)
        continue;
      for (xmlNode *value = jn_xml_first_element (element); value != NULL;
           value = jn_xml_next_element (value))
        if (value->_private != NULL)
          refer_from_pieces (walk, value->_private, text->line);
    }
}

/* Which text a computed id names is not known before it is asked for: any with an output may be meant. */
static void
refer_from_any_itext (const TextWalk *walk, const JnText *text)
{
  const GPtrArray *pieces = walk->reader->form->pieces;

  if (!jn_xpath_calls (text->ref, "jr:itext"))
    return;
  for (guint i = 0; i < pieces->len; i++)
    refer_from_pieces (walk, pieces->pdata[i], text->line);
}

static void
refer_from_text (const TextWalk *walk, const JnText *text)
{
  if (text == NULL)
    return;
  if (text->itext != NULL)
    refer_from_itext (walk, text);
  if (text->ref != NULL)
    {
      refer_from_output (walk, text->ref, text->line);
      refer_from_any_itext (walk, text);
    }
  refer_from_pieces (walk, text->pieces, text->line);
}

static void
refer_from_choices (const TextWalk *walk, const JnChoices *choices)
{
  for (guint i = 0; i < choices->items->len; i++)
    refer_from_text (walk, ((JnItem *)choices->items->pdata[i])->label);
  if (choices->label != NULL && choices->label->ref != NULL)
    refer_from_any_itext (walk, choices->label);
}

static void
refer_from_messages (JnReader *reader)
{
  for (guint i = 0; i < reader->form->nodes->len; i++)
    {
      JnNode *node = reader->form->nodes->pdata[i];
      g_autoptr(GArray) start = NULL;
      TextWalk walk;

      if (node->messages[0] == NULL && node->messages[1] == NULL)
        continue;
      start = start_at (node);
      walk = (TextWalk){ reader, node, NULL, start };
      refer_from_text (&walk, node->messages[0]);
      refer_from_text (&walk, node->messages[1]);
    }
}

static void
refer_from_control (const TextWalk *walk, const JnControl *control)
{
  refer_from_text (walk, control->label);
  refer_from_text (walk, control->hint);
  if (control->choices != NULL)
    refer_from_choices (walk, control->choices);
}

/* (nullable): what the expressions of a control without a node stand at */
static JnNode *
get_node_around (const JnControl *control)
{
  while (control != NULL && control->node == NULL)
    control = control->parent;
  return control != NULL ? control->node : NULL;
}

static void
refer_from_controls (JnReader *reader)
{
  g_autoptr(GArray) nobody = g_array_new (FALSE, FALSE, sizeof (JnReference));

  for (guint i = 0; i < reader->form->controls->len; i++)
    {
      JnControl *control = reader->form->controls->pdata[i];
      JnNode *around = get_node_around (control);
      JnNode *node = around != NULL ? around : reader->form->root;
      g_autoptr(GArray) start = start_at (node);
      JnRule aside = { .node = node, .references = nobody };
      TextWalk walk = { reader, node, control->node == NULL ? &aside : NULL, start };

      refer_from_control (&walk, control);
    }
}

/* ---- all of it ---------------------------------------------------------------------------------- */

/* Nobody runs them when something changes: what they name is only looked at. */
static void
refer_from_actions (JnReader *reader)
{
  g_autoptr(GArray) nobody = g_array_new (FALSE, FALSE, sizeof (JnReference));

  for (guint i = 0; i < reader->form->actions->len; i++)
    {
      const JnAction *action = reader->form->actions->pdata[i];
      JnRule aside = { .node = action->target, .references = nobody };
      g_autoptr(GArray) start = start_at (action->target);

      if (action->value != NULL)
        add_references (reader, &aside, action->value, start, action->line);
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

void
jn_reader_references (JnReader *reader)
{
  refer_from_rules (reader);
  refer_from_controls (reader);
  refer_from_messages (reader);
  refer_from_actions (reader);
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
