/* events.c: preloads and setvalue actions. Spec, "Preload Attributes", "Events and Actions". */
#include <string.h>

#include "forms/date.h"
#include "forms/filling-private.h"

/* ---- preload ------------------------------------------------------------------------------------ */

static char *
get_now (JnFilling *filling, gboolean date)
{
  gint64 now = filling->scope.now != 0 ? filling->scope.now : g_get_real_time ();

  return date ? jn_moment_to_date (now, filling->zone) : jn_moment_to_text (now, filling->zone);
}

static char *
get_property (JnFilling *filling, const char *name)
{
  const char *value = filling->properties != NULL && name != NULL
                          ? g_hash_table_lookup (filling->properties, name)
                          : NULL;

  return g_strdup (value);
}

static char *
compute_preload (JnFilling *filling, const JnNode *node)
{
  const char *what = node->preload, *params = node->preload_params;
  g_autofree char *uuid = NULL;

  if (strcmp (what, "uid") == 0)
    {
      uuid = g_uuid_string_random ();
      return g_strconcat ("uuid:", uuid, NULL);
    }
  if (strcmp (what, "timestamp") == 0)
    return g_strcmp0 (params, "end") == 0 ? NULL : get_now (filling, FALSE);
  if (strcmp (what, "date") == 0)
    return g_strcmp0 (params, "today") == 0 ? get_now (filling, TRUE) : NULL;
  if (strcmp (what, "property") == 0)
    return get_property (filling, params);
  return NULL;
}

static void
preload_one (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  g_autofree char *value = NULL;

  if (answer->node->preload == NULL)
    return;
  if (strcmp (answer->node->preload, "uid") == 0 && *jn_answer_get_text (answer) != '\0')
    return;
  value = compute_preload (filling, answer->node);
  if (value != NULL)
    jn_filling_put (filling, answer, value, TRUE);
}

void
jn_filling_preload (JnFilling *filling, JnAnswer *top)
{
  jn_answer_walk (filling, top, preload_one, NULL);
}

/* ---- actions ------------------------------------------------------------------------------------ */

/* At the start nothing is set where nothing is asked, and what is calculated from answers stays so:
 * JavaRosa and web-forms alike. */
static void
set_target (JnFilling *filling, JnAnswer *target, gpointer user_data)
{
  const JnAction *action = user_data;
  JnRule *calculate = target->node->rules[JN_RULE_CALCULATE];
  g_autoptr(GString) value = g_string_new (action->literal);

  if ((!target->visible && filling->source == NULL) || !jn_filling_take_step (filling))
    return;
  if (action->value != NULL && !jn_filling_compute (filling, action->value, target, value))
    return;
  jn_filling_tidy (filling, target, value);
  jn_filling_put (filling, target, value->str, TRUE);
  if (calculate != NULL && calculate->references->len > 0 && filling->source == NULL)
    jn_filling_enqueue (filling, calculate, target);
}

/* The innermost repeat that both nodes are in. */
static const JnNode *
get_common_range (const JnNode *one, const JnNode *other)
{
  const JnNode *range = one->range;

  while (range != NULL && !jn_node_is_inside (other, range))
    range = range->parent != NULL ? range->parent->range : NULL;
  return range;
}

static void
run_by_ref (JnFilling *filling, const JnAction *action, JnAnswer *source)
{
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();
  JnXPathScope scope = filling->scope;

  scope.context = source->xml;
  if (!jn_xpath_evaluate_nodes (action->ref, &scope, NULL, nodes, NULL))
    return;
  for (guint i = 0; i < nodes->len; i++)
    {
      const xmlNode *node = nodes->pdata[i];
      JnAnswer *answer = node->doc == filling->doc ? node->_private : NULL;

      if (answer != NULL && answer->node == action->target)
        set_target (filling, answer, (gpointer)action);
    }
}

static void
run_action (JnFilling *filling, const JnAction *action, JnAnswer *source)
{
  const JnNode *range = get_common_range (source->node, action->target);
  JnAnswer *top = range != NULL ? jn_answer_get_above (source, range) : filling->root;

  if (action->ref != NULL)
    run_by_ref (filling, action, source);
  else if (top != NULL)
    jn_answer_each (filling, top, action->target, set_target, (gpointer)action);
}

void
jn_filling_dispatch (JnFilling *filling, JnEvents event)
{
  const GPtrArray *actions = filling->form->actions;

  for (guint i = 0; i < actions->len; i++)
    if (((JnAction *)actions->pdata[i])->events & event)
      {
        run_action (filling, actions->pdata[i], filling->root);
        jn_filling_run (filling);
      }
}

/* An action may take the row away that its source is in. */
void
jn_filling_dispatch_changed (JnFilling *filling)
{
  const GPtrArray *actions = filling->source->node->changed_actions;

  for (guint i = 0; i < actions->len && filling->source != NULL; i++)
    {
      run_action (filling, actions->pdata[i], filling->source);
      jn_filling_settle (filling);
    }
}

static void
dispatch_new (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  const GPtrArray *actions = answer->node->repeat_actions;

  for (guint i = 0; actions != NULL && i < actions->len; i++)
    run_action (filling, actions->pdata[i], answer);
}

/* The rows that a new row begins with are new as well. */
void
jn_filling_dispatch_row (JnFilling *filling, JnAnswer *row)
{
  jn_answer_walk (filling, row, dispatch_new, NULL);
}
