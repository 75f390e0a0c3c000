/* functions-logic.c: booleans and choices between values (ODK XForms, "Boolean functions"). */
#include "forms/functions.h"

#include <math.h>

static gboolean
call_true (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_boolean (result, TRUE);
}

static gboolean
call_false (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_boolean (result, FALSE);
}

static gboolean
call_boolean (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean boolean;

  return jn_eval_boolean (eval, call->args[0], &boolean) && jn_return_boolean (result, boolean);
}

static gboolean
call_not (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean boolean;

  return jn_eval_boolean (eval, call->args[0], &boolean) && jn_return_boolean (result, !boolean);
}

static gboolean
call_boolean_from_string (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_arg_string (eval, call, 0);

  return text != NULL
         && jn_return_boolean (result, strcmp (text, "1") == 0 || strcmp (text, "true") == 0);
}

/* Only the branch taken is evaluated; it may be nodes. */
static gboolean
call_if (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean condition;

  return jn_eval_boolean (eval, call->args[0], &condition)
         && jn_eval_expr (eval, call->args[condition ? 1 : 2], result);
}

/* A number that is none is as blank as an empty text. */
static gboolean
is_blank (JnEval *eval, const JnValue *value)
{
  const char *text;

  if (value->kind == VALUE_NUMBER)
    return isnan (value->number);
  text = jn_eval_to_string (eval, value);
  return text != NULL && text[0] == '\0';
}

/* The first value that is not blank, else the last. */
static gboolean
call_coalesce (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnValue value;

  for (gsize i = 0; i < call->pub.n_args; i++)
    {
      if (!jn_eval_expr (eval, call->args[i], &value))
        return FALSE;
      if (!is_blank (eval, &value))
        break;
    }
  return jn_return_string (result, jn_eval_to_string (eval, &value));
}

/* What the node holds already, else the argument. */
static gboolean
call_once (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *text = jn_eval_node_string (eval, eval->context);

  if (text != NULL && text[0] == '\0')
    text = jn_arg_string (eval, call, 0);
  return jn_return_string (result, text);
}

typedef struct
{
  double least;
  double most;
  double sum;
} Range;

/* -1 as the upper end means no end. */
static gboolean
read_range (JnEval *eval, const JnCall *call, Range *range)
{
  range->sum = 0;
  if (!jn_arg_number (eval, call, 0, &range->least) || !jn_arg_number (eval, call, 1, &range->most))
    return FALSE;
  if (range->most == -1)
    range->most = INFINITY;
  return TRUE;
}

static gboolean
return_range (const Range *range, JnValue *result)
{
  return jn_return_boolean (result, range->sum >= range->least && range->sum <= range->most);
}

/* A node counts as true when it holds any text but white space. */
static gboolean
item_is_true (JnEval *eval, const JnValue *item, gboolean *is_true)
{
  const char *text;

  if (item->kind != VALUE_NODES)
    {
      *is_true = jn_value_to_boolean (item);
      return TRUE;
    }
  text = jn_eval_to_string (eval, item);
  *is_true = text != NULL && text[strspn (text, " \t\r\n")] != '\0';
  return text != NULL;
}

static gboolean
call_checklist (JnEval *eval, const JnCall *call, JnValue *result)
{
  Range range;

  if (!read_range (eval, call, &range))
    return FALSE;
  for (gsize i = 2; i < call->pub.n_args; i++)
    {
      JnItems items;
      JnValue item;
      gboolean is_true;

      if (!jn_arg_items (eval, call, i, &items))
        return FALSE;
      while (jn_items_next (&items, &item))
        {
          if (!item_is_true (eval, &item, &is_true))
            return FALSE;
          range.sum += is_true;
        }
    }
  return return_range (&range, result);
}

/* Values and weights go in pairs, also node by node. */
static gboolean
add_weights (JnEval *eval, const JnCall *call, gsize arg, Range *range, gboolean *complete)
{
  JnItems values, weights;
  JnValue value, weight;
  gboolean is_true;

  if (!jn_arg_items (eval, call, arg, &values) || !jn_arg_items (eval, call, arg + 1, &weights))
    return FALSE;
  while (*complete && jn_items_next (&weights, &weight))
    {
      *complete = jn_items_next (&values, &value);
      if (!*complete)
        break;
      if (!item_is_true (eval, &value, &is_true))
        return FALSE;
      if (is_true)
        range->sum += jn_eval_to_number (eval, &weight);
    }
  return TRUE;
}

static gboolean
call_weighted_checklist (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean complete = TRUE;
  Range range;

  if (call->pub.n_args % 2 != 0)
    return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED,
                         "weighted-checklist() needs a weight for each value");
  if (!read_range (eval, call, &range))
    return FALSE;
  for (gsize i = 2; i < call->pub.n_args; i += 2)
    if (!add_weights (eval, call, i, &range, &complete))
      return FALSE;
  return complete ? return_range (&range, result) : jn_return_boolean (result, FALSE);
}

const JnFunction jn_logic_functions[] = {
  { "true", 0, 0, JN_FUNCTION_PURE, call_true },
  { "false", 0, 0, JN_FUNCTION_PURE, call_false },
  { "boolean", 1, 1, JN_FUNCTION_PURE, call_boolean },
  { "not", 1, 1, JN_FUNCTION_PURE, call_not },
  { "boolean-from-string", 1, 1, JN_FUNCTION_PURE, call_boolean_from_string },
  { "if", 3, 3, JN_FUNCTION_PURE, call_if },
  { "coalesce", 2, 2, JN_FUNCTION_PURE, call_coalesce },
  { "once", 1, 1, JN_FUNCTION_HOST, call_once },
  { "checklist", 2, -1, JN_FUNCTION_PURE, call_checklist },
  { "weighted-checklist", 2, -1, JN_FUNCTION_PURE, call_weighted_checklist },
  { NULL },
};
