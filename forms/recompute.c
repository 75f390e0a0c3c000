/* recompute.c: what follows from a change, in dependency order and no more than that.
 *
 * A rule waits for the answers that a change reaches; rules run by rank. Rules of rows that read
 * other rows may wake rules that have run already: they run again until nothing changes, within
 * JN_FORM_MAX_STEPS. */
#include <math.h>
#include <string.h>

#include "forms/filling-private.h"
#include "forms/number.h"

/* ---- waiting ------------------------------------------------------------------------------------ */

void
jn_filling_start (JnFilling *filling)
{
  filling->steps = 0;
  filling->operations = 0;
  filling->epoch++;
  g_clear_error (&filling->problem);
}

void
jn_filling_mark (JnFilling *filling, JnAnswer *answer)
{
  if (answer->changed)
    return;
  answer->changed = TRUE;
  g_ptr_array_add (filling->changes, answer);
}

/* The rule of a range waits for the parent, which may have several ranges: it has no bit. */
static guint
get_bit (const JnRule *rule)
{
  return rule->kind == JN_RULE_COUNT ? 0 : 1u << rule->kind;
}

void
jn_filling_enqueue (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  guint bit = get_bit (rule);

  if (answer->pending & bit || (gint)rule->rank > filling->loading)
    return;
  answer->pending |= bit;
  if (filling->waiting[rule->rank] == NULL)
    filling->waiting[rule->rank] = g_ptr_array_new ();
  if (bit == 0 && g_ptr_array_find (filling->waiting[rule->rank], answer, NULL))
    return;
  g_ptr_array_add (filling->waiting[rule->rank], answer);
  filling->waits[rule->rank / 64] |= G_GUINT64_CONSTANT (1) << (rule->rank % 64);
}

static void
enqueue_one (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  jn_filling_enqueue (filling, user_data, answer);
}

/* Where a rule runs: at its node, or, of a range, at the parent, which is there without rows. */
static const JnNode *
get_place (const JnRule *rule)
{
  return rule->kind == JN_RULE_COUNT ? rule->node->parent : rule->node;
}

void
jn_filling_enqueue_everywhere (JnFilling *filling, JnRule *rule)
{
  jn_answer_each (filling, filling->root, get_place (rule), enqueue_one, rule);
}

void
jn_filling_enqueue_edges (JnFilling *filling, JnAnswer *answer, const GArray *edges)
{
  for (guint i = 0; i < edges->len; i++)
    {
      const JnEdge *edge = &g_array_index (edges, JnEdge, i);
      const JnNode *node = get_place (edge->rule);
      JnAnswer *top = filling->root;

      if (node->range == NULL)
        {
          if (filling->single[node->index] != NULL)
            jn_filling_enqueue (filling, edge->rule, filling->single[node->index]);
          continue;
        }
      if (edge->scope != NULL)
        top = jn_answer_get_above (answer, edge->scope);
      if (top != NULL)
        jn_answer_each (filling, top, node, enqueue_one, edge->rule);
    }
}

static void
enqueue_own (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  const JnNode *node = answer->node;

  for (guint kind = 0; kind < JN_N_RULES; kind++)
    if (node->rules[kind] != NULL && kind != JN_RULE_TEXT && kind != JN_RULE_COUNT)
      jn_filling_enqueue (filling, node->rules[kind], answer);
  for (guint i = 0; i < node->children->len; i++)
    {
      JnNode *child = node->children->pdata[i];

      if (child->rules[JN_RULE_COUNT] != NULL)
        jn_filling_enqueue (filling, child->rules[JN_RULE_COUNT], answer);
    }
}

static void
mark_one (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  jn_filling_mark (filling, answer);
}

void
jn_filling_mark_below (JnFilling *filling, JnAnswer *top)
{
  jn_answer_walk (filling, top, mark_one, NULL);
}

/* A new row: all its own rules, and who counts or sums rows. */
void
jn_filling_enqueue_row (JnFilling *filling, JnAnswer *row)
{
  jn_filling_mark_below (filling, row);
  jn_answer_walk (filling, row, enqueue_own, NULL);
  jn_filling_enqueue_edges (filling, row->parent, row->node->structure);
}

/* An answer that goes away waits for nothing. */
void
jn_filling_forget (JnFilling *filling, JnAnswer *answer)
{
  for (guint kind = 0; answer->pending != 0 && kind < JN_N_RULES; kind++)
    if (answer->pending & (1u << kind))
      g_ptr_array_remove (filling->waiting[answer->node->rules[kind]->rank], answer);
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      const JnRule *count = ((JnNode *)answer->node->children->pdata[i])->rules[JN_RULE_COUNT];

      while (count != NULL && filling->waiting[count->rank] != NULL
             && g_ptr_array_remove (filling->waiting[count->rank], answer))
        continue;
    }
  if (answer->changed)
    g_ptr_array_remove (filling->changes, answer);
  if (answer->stirred)
    g_ptr_array_remove (filling->stirred, answer);
  if (answer == filling->source)
    filling->source = NULL;
  if (answer == filling->first)
    filling->first = NULL;
}

/* ---- evaluating --------------------------------------------------------------------------------- */

static JnXPathCache *
get_cache (JnAnswer *answer, const JnRule *rule)
{
  if (answer->caches == NULL)
    answer->caches = g_new0 (JnXPathCache *, JN_N_RULES);
  if (answer->caches[rule->kind] == NULL)
    answer->caches[rule->kind] = jn_xpath_cache_new (rule->xpath);
  return answer->caches[rule->kind];
}

/* Only the first problem is kept; a budget that is spent weighs more than any other. */
static void
keep_problem (JnFilling *filling, GError *error)
{
  if (filling->problem == NULL)
    {
      filling->problem = error;
      return;
    }
  if (g_error_matches (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT))
    {
      g_error_free (filling->problem);
      filling->problem = error;
      return;
    }
  g_error_free (error);
}

gboolean
jn_filling_compute (JnFilling *filling, const JnXPath *xpath, JnAnswer *answer, GString *result)
{
  JnXPathScope scope = filling->scope;
  xmlNode *outer = filling->here;
  GError *error = NULL;
  gboolean good;

  filling->here = scope.context = answer->xml;
  good = jn_xpath_evaluate_text (xpath, &scope, NULL, result, &error);
  filling->here = outer;
  if (good)
    return TRUE;
  g_string_truncate (result, 0);
  keep_problem (filling, error);
  return FALSE;
}

static gboolean
compute_boolean (JnFilling *filling, JnRule *rule, JnAnswer *answer, gboolean otherwise)
{
  gboolean result = otherwise;
  GError *error = NULL;

  filling->here = filling->scope.context = answer->xml;
  if (!jn_xpath_evaluate_boolean (rule->xpath, &filling->scope, get_cache (answer, rule), &result,
                                  &error))
    {
      keep_problem (filling, error);
      return otherwise;
    }
  return result;
}

/* ---- values ------------------------------------------------------------------------------------- */

/* Actions listen to it, however it came to change; what a new node begins with is no change. */
static void
stir (JnFilling *filling, JnAnswer *answer)
{
  if (answer->node->changed_actions == NULL || answer->stirred || answer->born == filling->epoch)
    return;
  answer->stirred = TRUE;
  g_ptr_array_add (filling->stirred, answer);
}

static void
value_changed (JnFilling *filling, JnAnswer *answer)
{
  JnRule *constraint = answer->node->rules[JN_RULE_CONSTRAINT];

  jn_filling_mark (filling, answer);
  if (!answer->visible)
    return;
  if (constraint != NULL)
    jn_filling_enqueue (filling, constraint, answer);
  jn_filling_enqueue_edges (filling, answer, answer->node->edges);
  stir (filling, answer);
}

static const char *
get_attribute (const JnControl *control, const char *name)
{
  const char *value = jn_xml_attribute (control->element, name, NULL);

  return value != NULL ? value : "";
}

/* What a range control cannot show does not fit it. Spec, "Body Attributes": start, end. */
static gboolean
is_in_range (const JnNode *node, const char *text)
{
  const JnControl *control = node->control;
  double value, start, end;

  if (control == NULL || control->kind != JN_CONTROL_RANGE || *text == '\0')
    return TRUE;
  value = jn_number_from_text (text);
  start = jn_number_from_text (get_attribute (control, "start"));
  end = jn_number_from_text (get_attribute (control, "end"));
  return !(value < MIN (start, end)) && !(value > MAX (start, end));
}

gboolean
jn_filling_fits (JnFilling *filling, const JnNode *node, const char *text)
{
  return jn_type_normalise (node->type, text, filling->zone, filling->text)
         && is_in_range (node, filling->text->str);
}

static gboolean
put_text (JnFilling *filling, JnAnswer *answer, const char *text, gboolean keep)
{
  gboolean good = jn_filling_fits (filling, answer->node, text);
  const char *value = good ? filling->text->str : "";
  const char *typed = !good && keep ? text : NULL;

  if (g_strcmp0 (answer->typed, typed) != 0)
    {
      g_free (answer->typed);
      answer->typed = g_strdup (typed);
      jn_filling_mark (filling, answer);
    }
  if (strcmp (jn_answer_get_text (answer), value) != 0)
    {
      jn_answer_set_text (filling, answer, value);
      value_changed (filling, answer);
    }
  return good;
}

/* What is not offered now is remembered, and comes back with the choice. */
static void
put_choice (JnFilling *filling, JnAnswer *answer, const char *text)
{
  g_autofree char *all = g_strdup (text), *offered = jn_filling_pick (filling, answer, all, FALSE);

  put_text (filling, answer, offered, FALSE);
  g_free (answer->chosen);
  answer->chosen = strcmp (offered, all) != 0 ? g_steal_pointer (&all) : NULL;
}

gboolean
jn_filling_put (JnFilling *filling, JnAnswer *answer, const char *text, gboolean keep)
{
  if (jn_node_has_elements (answer->node))
    return FALSE; /* a group holds nodes, no text */
  if (answer->node->rules[JN_RULE_CHOICES] == NULL)
    return put_text (filling, answer, text, keep);
  put_choice (filling, answer, text);
  return TRUE;
}

void
jn_filling_tidy (JnFilling *filling, const JnAnswer *answer, GString *result)
{
  if (strcmp (result->str, "NaN") == 0)
    g_string_truncate (result, 0); /* no number is stored as no answer, as in web-forms */
  jn_type_cast (answer->node->type, filling->zone, result);
}

/* ---- relevance ---------------------------------------------------------------------------------- */

/* A group that depends on what is inside it would never come to rest. */
#define MAX_TURNS 8

static void set_visible (JnFilling *filling, JnAnswer *answer, gboolean visible);

static void
update_below (JnFilling *filling, JnAnswer *answer)
{
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      JnSlot slot = answer->slots[i];

      if (!((JnNode *)answer->node->children->pdata[i])->repeat)
        {
          if (slot.one != NULL)
            set_visible (filling, slot.one, answer->visible && slot.one->relevant);
          continue;
        }
      for (guint k = 0; slot.rows != NULL && k < slot.rows->len; k++)
        {
          JnAnswer *row = slot.rows->pdata[k];

          set_visible (filling, row, answer->visible && row->relevant);
        }
    }
}

static void
set_visible (JnFilling *filling, JnAnswer *answer, gboolean visible)
{
  JnNode *node = answer->node;

  if (answer->visible == visible || answer->turns == MAX_TURNS)
    return;
  answer->turns++;
  answer->visible = visible;
  jn_filling_mark (filling, answer);
  g_clear_pointer (&answer->computed, g_free);
  if (visible && node->rules[JN_RULE_CALCULATE] != NULL)
    jn_filling_enqueue (filling, node->rules[JN_RULE_CALCULATE], answer);
  if (visible && node->rules[JN_RULE_CONSTRAINT] != NULL)
    jn_filling_enqueue (filling, node->rules[JN_RULE_CONSTRAINT], answer);
  if (answer->xml->children != NULL)
    {
      jn_filling_enqueue_edges (filling, answer, node->edges);
      stir (filling, answer);
    }
  update_below (filling, answer);
}

static void
run_relevant (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  answer->relevant = compute_boolean (filling, rule, answer, TRUE);
  set_visible (filling, answer,
               answer->relevant && (answer->parent == NULL || answer->parent->visible));
}

/* ---- calculates --------------------------------------------------------------------------------- */

static void
compute_answer (JnFilling *filling, JnRule *rule, JnAnswer *answer, GError **error)
{
  GString *result = filling->result;

  filling->here = filling->scope.context = answer->xml;
  if (!jn_xpath_evaluate_text (rule->xpath, &filling->scope, get_cache (answer, rule), result,
                               error))
    g_string_truncate (result, 0);
  jn_filling_tidy (filling, answer, result);
}

void
jn_filling_write_over (JnFilling *filling, JnAnswer *answer)
{
  JnRule *rule = answer->node->rules[JN_RULE_CALCULATE];

  if (rule == NULL || answer->computed != NULL || !answer->visible)
    return;
  compute_answer (filling, rule, answer, NULL);
  answer->computed = g_strdup (filling->result->str);
}

static void
run_calculate (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  GError *error = NULL;

  if (!answer->visible)
    return;
  compute_answer (filling, rule, answer, &error);
  if (error != NULL)
    keep_problem (filling, error);
  if (g_strcmp0 (answer->computed, filling->result->str) == 0)
    return; /* what a person wrote stands until something else is computed */
  g_clear_pointer (&answer->computed, g_free);
  jn_filling_put (filling, answer, filling->result->str, FALSE);
}

/* ---- choices ------------------------------------------------------------------------------------ */

/* What is no longer offered is hidden. */
static void
run_choices (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  const char *chosen = answer->chosen != NULL ? answer->chosen : jn_answer_get_text (answer);

  jn_answer_hide (answer);
  jn_filling_mark (filling, answer);
  if (*chosen != '\0')
    put_choice (filling, answer, chosen);
}

/* ---- rows by jr:count --------------------------------------------------------------------------- */

/* Where there is no row yet, the expression stands at a row that is there only for it. */
static gboolean
compute_count (JnFilling *filling, JnRule *rule, JnAnswer *parent, GString *result)
{
  GPtrArray *rows = parent->slots[rule->node->slot].rows;
  JnXPathScope scope = filling->scope;
  xmlNode *stand_in = NULL;
  gboolean good;
  GError *error = NULL;

  if (rows->len > 0)
    scope.context = ((JnAnswer *)rows->pdata[0])->xml;
  else
    {
      stand_in = xmlNewDocNodeEatName (filling->doc, NULL, (xmlChar *)rule->node->name, NULL);
      stand_in->parent = parent->xml;
      scope.context = stand_in;
    }
  good = jn_xpath_evaluate_text (rule->xpath, &scope, NULL, result, &error);
  if (!good)
    keep_problem (filling, error);
  if (stand_in != NULL)
    {
      stand_in->parent = NULL;
      xmlFreeNode (stand_in);
    }
  return good;
}

/* A count that turns blank leaves the rows as they are: a number that is being typed anew must not
 * throw answers away. */
static gboolean
read_count (const char *text, guint *count)
{
  double number;

  if (strcmp (text, "true") == 0 || strcmp (text, "false") == 0)
    number = *text == 't';
  else
    number = jn_number_from_text (text);
  if (!isfinite (number))
    return FALSE;
  *count = number < 0 ? 0 : number > JN_FORM_MAX_ROWS ? JN_FORM_MAX_ROWS + 1 : (guint)number;
  return TRUE;
}

static void
set_count (JnFilling *filling, JnAnswer *parent, JnNode *node, guint count)
{
  GPtrArray *rows = parent->slots[node->slot].rows;

  if (count > rows->len && filling->rows + count - rows->len > JN_FORM_MAX_ROWS)
    {
      keep_problem (filling, g_error_new (JN_FORM_ERROR, JN_FORM_ERROR_LIMIT,
                                          "%s: more than %d rows", node->path, JN_FORM_MAX_ROWS));
      return;
    }
  while (rows->len < count)
    {
      gboolean defined;
      JnAnswer *row = jn_answer_add_defined_row (filling, parent, node, &defined);

      jn_filling_preload (filling, row);
      if (!defined)
        jn_filling_dispatch_row (filling, row);
      jn_filling_enqueue_row (filling, row);
    }
  if (rows->len > count)
    jn_filling_enqueue_edges (filling, parent, node->structure);
  while (rows->len > count)
    {
      JnAnswer *row = rows->pdata[rows->len - 1];

      jn_filling_note_gone (filling, row);
      jn_answer_remove_row (filling, row);
    }
}

/* The rule of a range is run for the parent, which is there even when no row is. */
static void
run_count (JnFilling *filling, JnRule *rule, JnAnswer *parent)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint count;

  if (compute_count (filling, rule, parent, text) && read_count (text->str, &count))
    set_count (filling, parent, rule->node, count);
}

/* ---- running ------------------------------------------------------------------------------------ */

static void
run_readonly (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  gboolean readonly = compute_boolean (filling, rule, answer, FALSE);

  if (answer->readonly == readonly)
    return;
  answer->readonly = readonly;
  jn_filling_mark_below (filling, answer);
}

static void
run_required (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  gboolean required = compute_boolean (filling, rule, answer, FALSE);

  if (answer->required == required)
    return;
  answer->required = required;
  jn_filling_mark (filling, answer);
}

static void
run_constraint (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  gboolean violated = FALSE;

  if (answer->visible && *jn_answer_get_text (answer) != '\0')
    violated = !compute_boolean (filling, rule, answer, TRUE);
  if (answer->violated == violated)
    return;
  answer->violated = violated;
  jn_filling_mark (filling, answer);
}

static void
run_rule (JnFilling *filling, JnRule *rule, JnAnswer *answer)
{
  filling->steps++;
  switch (rule->kind)
    {
    case JN_RULE_RELEVANT:
      run_relevant (filling, rule, answer);
      break;
    case JN_RULE_COUNT:
      run_count (filling, rule, answer);
      break;
    case JN_RULE_CALCULATE:
      run_calculate (filling, rule, answer);
      break;
    case JN_RULE_CHOICES:
      run_choices (filling, rule, answer);
      break;
    case JN_RULE_READONLY:
      run_readonly (filling, rule, answer);
      break;
    case JN_RULE_REQUIRED:
      run_required (filling, rule, answer);
      break;
    case JN_RULE_CONSTRAINT:
      run_constraint (filling, rule, answer);
      break;
    case JN_RULE_TEXT:
      jn_answer_hide (answer);
      jn_filling_mark (filling, answer);
      break;
    case JN_N_RULES:
      g_assert_not_reached ();
    }
}

static gint
next_rank (const JnFilling *filling)
{
  for (guint i = 0; i < filling->n_words; i++)
    if (filling->waits[i] != 0)
      return i * 64 + __builtin_ctzll (filling->waits[i]);
  return -1;
}

static void
drop_all (JnFilling *filling)
{
  gint rank;

  while ((rank = next_rank (filling)) >= 0)
    {
      GPtrArray *list = filling->waiting[rank];

      for (guint i = 0; i < list->len; i++)
        ((JnAnswer *)list->pdata[i])->pending = 0;
      g_ptr_array_set_size (list, 0);
      filling->waits[rank / 64] &= ~(G_GUINT64_CONSTANT (1) << (rank % 64));
    }
  for (guint i = 0; i < filling->stirred->len; i++)
    ((JnAnswer *)filling->stirred->pdata[i])->stirred = FALSE;
  g_ptr_array_set_size (filling->stirred, 0);
}

/* FALSE, and the problem is kept, once a change has done too much. */
static gboolean
check_budget (JnFilling *filling)
{
  if (filling->steps <= JN_FORM_MAX_STEPS && filling->operations <= JN_FORM_MAX_OPERATIONS)
    return TRUE;
  keep_problem (filling, g_error_new (JN_FORM_ERROR, JN_FORM_ERROR_LIMIT,
                                      "one change takes more than %d steps or %d operations",
                                      JN_FORM_MAX_STEPS, JN_FORM_MAX_OPERATIONS));
  drop_all (filling);
  return FALSE;
}

gboolean
jn_filling_take_step (JnFilling *filling)
{
  filling->steps++;
  return check_budget (filling);
}

void
jn_filling_settle (JnFilling *filling)
{
  gint rank;

  while ((rank = next_rank (filling)) >= 0)
    {
      JnRule *rule = filling->form->rules->pdata[rank];
      GPtrArray *list = filling->waiting[rank];

      filling->waits[rank / 64] &= ~(G_GUINT64_CONSTANT (1) << (rank % 64));
      filling->waiting[rank] = NULL;
      for (guint i = 0; i < list->len; i++)
        ((JnAnswer *)list->pdata[i])->pending &= ~get_bit (rule);
      for (guint i = 0; i < list->len && check_budget (filling); i++)
        run_rule (filling, rule, list->pdata[i]);
      g_ptr_array_set_size (list, 0);
      if (filling->waiting[rank] == NULL)
        filling->waiting[rank] = list;
      else
        g_ptr_array_unref (list);
    }
}

void
jn_filling_run (JnFilling *filling)
{
  jn_filling_settle (filling);
  while (filling->stirred->len > 0)
    {
      filling->source = g_ptr_array_steal_index (filling->stirred, 0);
      filling->source->stirred = FALSE;
      jn_filling_dispatch_changed (filling);
    }
  filling->source = NULL;
}

static void
run_one (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  if (check_budget (filling))
    run_rule (filling, user_data, answer);
}

/* The first round: every rule once, in order; only what has been passed already waits. */
void
jn_filling_run_all (JnFilling *filling)
{
  for (guint rank = 0; rank < filling->form->rules->len && check_budget (filling); rank++)
    {
      JnRule *rule = filling->form->rules->pdata[rank];

      if (rule->kind == JN_RULE_TEXT)
        continue;
      filling->loading = (gint)rank;
      jn_answer_each (filling, filling->root, get_place (rule), run_one, rule);
    }
  filling->loading = G_MAXINT;
  jn_filling_run (filling);
}

/* ---- what changed ------------------------------------------------------------------------------- */

static void
note_one (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  g_ptr_array_add (filling->gone, jn_answer_dup_ref (answer));
}

void
jn_filling_note_gone (JnFilling *filling, JnAnswer *top)
{
  jn_answer_walk (filling, top, note_one, NULL);
}

void
jn_filling_finish (JnFilling *filling, GPtrArray **changed)
{
  JnAnswer *first = g_steal_pointer (&filling->first);
  GPtrArray *refs = changed != NULL ? g_ptr_array_new_with_free_func (g_free) : NULL;

  if (refs != NULL && first != NULL)
    g_ptr_array_add (refs, jn_answer_dup_ref (first));
  for (guint i = 0; i < filling->changes->len; i++)
    {
      JnAnswer *answer = filling->changes->pdata[i];

      answer->changed = FALSE;
      answer->turns = 0;
      jn_answer_hide (answer);
      if (refs != NULL && answer != first)
        g_ptr_array_add (refs, jn_answer_dup_ref (answer));
    }
  for (guint i = 0; refs != NULL && i < filling->gone->len; i++)
    g_ptr_array_add (refs, g_strdup (filling->gone->pdata[i]));
  g_ptr_array_set_size (filling->changes, 0);
  g_ptr_array_set_size (filling->gone, 0);
  if (changed != NULL)
    *changed = refs;
}
