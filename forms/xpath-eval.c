/* xpath-eval.c: a tree becomes a value: operators, the budget, and the ways in. */
#include "forms/xpath-private.h"

#include <math.h>

/* ---- the evaluation's means -------------------------------------------------------------------- */

gboolean
jn_eval_fail (JnEval *eval, JnFormError code, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  if (eval->error == NULL || *eval->error != NULL)
    return FALSE;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (eval->error, JN_FORM_ERROR, code, "\"%.200s\": %s", eval->xpath->text, what);
  return FALSE;
}

gboolean
jn_eval_exhausted (JnEval *eval)
{
  return jn_eval_fail (eval, JN_FORM_ERROR_LIMIT, "takes more than %" G_GUINT64_FORMAT " steps",
                       eval->scope->operations == 0 ? (guint64)JN_XPATH_OPERATIONS
                                                    : eval->scope->operations);
}

char *
jn_eval_alloc (JnEval *eval, gsize size)
{
  return jn_eval_spend (eval, (gint64)(size >> 4)) ? jn_arena_alloc (&eval->arena, size) : NULL;
}

const char *
jn_eval_copy (JnEval *eval, const char *text, gsize length)
{
  char *copy = jn_eval_alloc (eval, length + 1);

  if (copy == NULL)
    return NULL;
  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

const char *
jn_eval_take (JnEval *eval, char *text)
{
  g_autofree char *owned = text;

  return owned == NULL ? "" : jn_eval_copy (eval, owned, strlen (owned));
}

GTimeZone *
jn_eval_zone (JnEval *eval)
{
  if (eval->zone == NULL)
    {
      eval->zone = g_time_zone_new_local ();
      eval->owns_zone = TRUE;
    }
  return eval->zone;
}

gint64
jn_eval_now (JnEval *eval)
{
  return eval->scope->now != 0 ? eval->scope->now : g_get_real_time ();
}

double
jn_eval_random (JnEval *eval)
{
  return eval->scope->random != NULL ? g_rand_double (eval->scope->random) : g_random_double ();
}

/* ---- operators --------------------------------------------------------------------------------- */

static double
calculate (JnExprKind kind, double a, double b)
{
  switch (kind)
    {
    case EXPR_ADD:
      return a + b;
    case EXPR_SUBTRACT:
      return a - b;
    case EXPR_MULTIPLY:
      return a * b;
    case EXPR_DIVIDE:
      return a / b;
    default:
      return fmod (a, b);
    }
}

static gboolean
eval_arithmetic (JnEval *eval, const JnExpr *expr, double *number)
{
  double a, b;

  if (!jn_eval_spend (eval, 1) || !jn_eval_number (eval, expr->operands[0], &a))
    return FALSE;
  if (expr->kind == EXPR_NEGATE)
    {
      *number = -a;
      return TRUE;
    }
  if (!jn_eval_number (eval, expr->operands[1], &b))
    return FALSE;
  *number = calculate (expr->kind, a, b);
  return TRUE;
}

static gboolean
eval_logic (JnEval *eval, const JnExpr *expr, gboolean *boolean)
{
  if (!jn_eval_spend (eval, 1) || !jn_eval_boolean (eval, expr->operands[0], boolean))
    return FALSE;
  if (*boolean == (expr->kind == EXPR_OR))
    return TRUE;
  return jn_eval_boolean (eval, expr->operands[1], boolean);
}

static gboolean
eval_comparison (JnEval *eval, const JnExpr *expr, gboolean *boolean)
{
  JnValue a, b;

  if (!jn_eval_spend (eval, 1) || !jn_eval_expr (eval, expr->operands[0], &a)
      || !jn_eval_expr (eval, expr->operands[1], &b))
    return FALSE;
  return jn_eval_compare (eval, expr->kind, &a, &b, boolean);
}

static gboolean
eval_union (JnEval *eval, const JnExpr *expr, JnValue *value)
{
  JnNodes nodes = { NULL, 0, 0 };

  for (int side = 0; side < 2; side++)
    {
      if (!jn_eval_spend (eval, 1) || !jn_eval_expr (eval, expr->operands[side], value))
        return FALSE;
      if (value->kind != VALUE_NODES)
        return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED, "| joins nodes only");
      for (gsize i = 0; i < value->n; i++)
        if (!jn_eval_push (eval, &nodes, jn_value_nodes (value)[i]))
          return FALSE;
    }
  if (!jn_eval_sort (eval, &nodes))
    return FALSE;
  jn_eval_nodes_value (&nodes, value);
  return TRUE;
}

static gboolean
eval_call (JnEval *eval, const JnCall *call, JnValue *value)
{
  if (call->pub.problem != NULL)
    return jn_eval_fail (eval,
                         call->function == NULL ? JN_FORM_ERROR_REFERENCE : JN_FORM_ERROR_SYNTAX,
                         "column %u: %s", call->pub.column, call->pub.problem);
  return jn_eval_spend (eval, 1) && call->function->call (eval, call, value);
}

gboolean
jn_eval_expr (JnEval *eval, const JnExpr *expr, JnValue *value)
{
  switch (expr->kind)
    {
    case EXPR_NUMBER:
      return jn_return_number (value, expr->number);
    case EXPR_STRING:
      return jn_return_string (value, expr->string);
    case EXPR_OR:
    case EXPR_AND:
      value->kind = VALUE_BOOLEAN;
      return eval_logic (eval, expr, &value->boolean);
    case EXPR_EQUAL:
    case EXPR_UNEQUAL:
    case EXPR_LESS:
    case EXPR_LESS_EQUAL:
    case EXPR_GREATER:
    case EXPR_GREATER_EQUAL:
      value->kind = VALUE_BOOLEAN;
      return eval_comparison (eval, expr, &value->boolean);
    case EXPR_ADD:
    case EXPR_SUBTRACT:
    case EXPR_MULTIPLY:
    case EXPR_DIVIDE:
    case EXPR_MODULO:
    case EXPR_NEGATE:
      value->kind = VALUE_NUMBER;
      return eval_arithmetic (eval, expr, &value->number);
    case EXPR_UNION:
      return eval_union (eval, expr, value);
    case EXPR_CALL:
      return eval_call (eval, expr->call, value);
    case EXPR_PATH:
      return jn_eval_path (eval, expr->path, value);
    default:
      g_assert_not_reached ();
    }
}

gboolean
jn_eval_number (JnEval *eval, const JnExpr *expr, double *number)
{
  JnValue value;

  if (expr->kind == EXPR_NUMBER)
    {
      *number = expr->number;
      return TRUE;
    }
  if (expr->kind >= EXPR_ADD && expr->kind <= EXPR_NEGATE)
    return eval_arithmetic (eval, expr, number);
  if (!jn_eval_expr (eval, expr, &value))
    return FALSE;
  *number = jn_eval_to_number (eval, &value);
  return TRUE;
}

gboolean
jn_eval_boolean (JnEval *eval, const JnExpr *expr, gboolean *boolean)
{
  JnValue value;

  if (expr->kind == EXPR_OR || expr->kind == EXPR_AND)
    return eval_logic (eval, expr, boolean);
  if (expr->kind >= EXPR_EQUAL && expr->kind <= EXPR_GREATER_EQUAL)
    return eval_comparison (eval, expr, boolean);
  if (!jn_eval_expr (eval, expr, &value))
    return FALSE;
  *boolean = jn_value_to_boolean (&value);
  return TRUE;
}

const char *
jn_eval_string (JnEval *eval, const JnExpr *expr)
{
  JnValue value;

  return jn_eval_expr (eval, expr, &value) ? jn_eval_to_string (eval, &value) : NULL;
}

gboolean
jn_eval_arg_nodes (JnEval *eval, const JnCall *call, gsize arg, JnValue *value)
{
  if (!jn_eval_expr (eval, call->args[arg], value))
    return FALSE;
  if (value->kind != VALUE_NODES)
    return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED,
                         "column %u: argument %" G_GSIZE_FORMAT " of %s() must be nodes",
                         call->pub.column, arg + 1, call->pub.name);
  return TRUE;
}

/* ---- the ways in ------------------------------------------------------------------------------- */

static xmlNode *
document_of (xmlNode *node)
{
  return node->doc != NULL ? (xmlNode *)node->doc : node;
}

static gint64
get_budget (const JnXPathScope *scope)
{
  return scope->operations == 0 ? JN_XPATH_OPERATIONS : (gint64)MIN (scope->operations, G_MAXINT64);
}

static void
begin (JnEval *eval,
       const JnXPath *xpath,
       const JnXPathScope *scope,
       JnXPathCache *cache,
       GError **error)
{
  eval->xpath = xpath;
  eval->scope = scope;
  eval->cache = cache;
  eval->error = error;
  eval->context = scope->context;
  eval->current = scope->current != NULL ? scope->current : scope->context;
  eval->root = scope->root != NULL ? scope->root : document_of (scope->context);
  eval->position = MAX (scope->position, 1);
  eval->size = MAX (scope->size, 1);
  eval->left = get_budget (scope);
  eval->zone = scope->zone;
  eval->owns_zone = FALSE;
  eval->known_ns = NULL;
}

static void
end (JnEval *eval)
{
  if (eval->scope->spent != NULL)
    *eval->scope->spent += (guint64)(get_budget (eval->scope) - eval->left);
  jn_arena_clear (&eval->arena);
  if (eval->owns_zone)
    g_time_zone_unref (eval->zone);
}

/* Errors after which a value was still made: a budget spent in a conversion. */
static gboolean
is_sound (const JnEval *eval)
{
  return *eval->error == NULL;
}

#define BEGIN(eval, room)                                                                          \
  JnEval eval;                                                                                     \
  g_autoptr(GError) problem = NULL;                                                               \
  guint64 room[64];                                                                                \
  g_return_val_if_fail (xpath != NULL && scope != NULL && scope->context != NULL, FALSE);          \
  begin (&eval, xpath, scope, cache, &problem);                                                    \
  jn_arena_init (&eval.arena, room, sizeof room)

static gboolean
finish (JnEval *eval, gboolean ok, GError **error)
{
  ok = ok && is_sound (eval);
  if (!ok)
    g_propagate_error (error, g_steal_pointer (eval->error));
  end (eval);
  return ok;
}

static gboolean
export_value (JnEval *eval, const JnValue *from, JnXPathValue *value)
{
  const char *string;

  switch (from->kind)
    {
    case VALUE_NUMBER:
      value->type = JN_XPATH_NUMBER;
      value->number = from->number;
      return TRUE;
    case VALUE_BOOLEAN:
      value->type = JN_XPATH_BOOLEAN;
      value->boolean = from->boolean;
      return TRUE;
    case VALUE_MOMENT:
      value->number = jn_eval_to_number (eval, from);
      G_GNUC_FALLTHROUGH;
    case VALUE_STRING:
      string = jn_eval_to_string (eval, from);
      value->type = JN_XPATH_STRING;
      value->string = g_strdup (string);
      return string != NULL;
    case VALUE_NODES:
      value->type = JN_XPATH_NODESET;
      value->n_nodes = from->n;
      value->nodes = g_memdup2 (jn_value_nodes (from), from->n * sizeof (xmlNode *));
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

gboolean
jn_xpath_evaluate (const JnXPath *xpath,
                   const JnXPathScope *scope,
                   JnXPathCache *cache,
                   JnXPathValue *value,
                   GError **error)
{
  JnValue result;
  gboolean ok;
  BEGIN (eval, room);

  *value = (JnXPathValue){ 0 };
  ok = jn_eval_expr (&eval, xpath->root, &result) && export_value (&eval, &result, value);
  if (finish (&eval, ok, error))
    return TRUE;
  jn_xpath_value_clear (value);
  return FALSE;
}

gboolean
jn_xpath_evaluate_boolean (const JnXPath *xpath,
                           const JnXPathScope *scope,
                           JnXPathCache *cache,
                           gboolean *result,
                           GError **error)
{
  BEGIN (eval, room);

  return finish (&eval, jn_eval_boolean (&eval, xpath->root, result), error);
}

gboolean
jn_xpath_evaluate_number (const JnXPath *xpath,
                          const JnXPathScope *scope,
                          JnXPathCache *cache,
                          double *result,
                          GError **error)
{
  BEGIN (eval, room);

  return finish (&eval, jn_eval_number (&eval, xpath->root, result), error);
}

gboolean
jn_xpath_evaluate_text (const JnXPath *xpath,
                        const JnXPathScope *scope,
                        JnXPathCache *cache,
                        GString *result,
                        GError **error)
{
  const char *text;
  BEGIN (eval, room);

  text = jn_eval_string (&eval, xpath->root);
  if (text != NULL)
    g_string_assign (result, text);
  return finish (&eval, text != NULL, error);
}

gboolean
jn_xpath_evaluate_nodes (const JnXPath *xpath,
                         const JnXPathScope *scope,
                         JnXPathCache *cache,
                         GPtrArray *result,
                         GError **error)
{
  JnValue value;
  gboolean ok;
  BEGIN (eval, room);

  ok = jn_eval_expr (&eval, xpath->root, &value);
  if (ok && value.kind != VALUE_NODES)
    ok = jn_eval_fail (&eval, JN_FORM_ERROR_REJECTED, "gives no nodes");
  if (ok)
    {
      g_ptr_array_set_size (result, (int)value.n);
      if (value.n > 0)
        memcpy (result->pdata, jn_value_nodes (&value), value.n * sizeof (xmlNode *));
    }
  return finish (&eval, ok, error);
}

void
jn_xpath_node_text (const JnXPathScope *scope, const xmlNode *node, GString *result)
{
  g_string_truncate (result, 0);
  jn_node_append_text (scope, node, result);
}
