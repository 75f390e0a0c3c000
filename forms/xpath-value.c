/* xpath-value.c: what a value is as a number, a boolean, a text; and how two compare.
 *
 * XPath 1.0, 3.4 and 4, with ODK's dates: a text in the form of a date is a number of days, so that
 * `. >= today()` and `../end - ../begin` work. A moment compares as a number. */
#include "forms/xpath-private.h"

#include <math.h>

/* JavaRosa compares numbers with this tolerance, so that 6.1 - 7.8 = -1.7. */
#define TOLERANCE 1e-12

/* ---- the text of nodes ------------------------------------------------------------------------- */

static gboolean
is_blank (const JnXPathScope *scope, const xmlNode *node)
{
  return scope->host != NULL && scope->host->is_blank != NULL
         && scope->host->is_blank (node, scope->host_data);
}

static gboolean
is_text (const xmlNode *node)
{
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static const char *
content_of (const xmlNode *node)
{
  return node->content == NULL ? "" : (const char *)node->content;
}

/* The next node in document order within @top; not into @node's children unless @enter. */
static const xmlNode *
next_node (const xmlNode *top, const xmlNode *node, gboolean enter)
{
  if (enter && node->children != NULL)
    return node->children;
  while (node != top && node->next == NULL)
    node = node->parent;
  return node == top ? NULL : node->next;
}

gsize
jn_node_append_text (const JnXPathScope *scope, const xmlNode *top, GString *text)
{
  const xmlNode *node = top;
  gboolean enter;
  gsize visited = 0;

  for (; node != NULL; node = next_node (top, node, enter), visited++)
    {
      enter = node->type == XML_DOCUMENT_NODE
              || ((node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE)
                  && !is_blank (scope, node));
      if (is_text (node)
          || (node == top && !enter && node->type != XML_ELEMENT_NODE
              && node->type != XML_ATTRIBUTE_NODE))
        g_string_append (text, content_of (node));
    }
  return visited;
}

static const char *
collect_text (JnEval *eval, const xmlNode *node)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (!jn_eval_spend (eval, (gint64)jn_node_append_text (eval->scope, node, text)))
    return NULL;
  return jn_eval_copy (eval, text->str, text->len);
}

/* Most nodes hold one text: no copy. Returns: %NULL when the budget is spent */
const char *
jn_eval_node_string (JnEval *eval, const xmlNode *node)
{
  const xmlNode *child;

  switch (node->type)
    {
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE:
    case XML_COMMENT_NODE:
    case XML_PI_NODE:
      return content_of (node);
    case XML_ELEMENT_NODE:
    case XML_ATTRIBUTE_NODE:
      child = node->children;
      if (child == NULL || is_blank (eval->scope, node))
        return "";
      if (child->next == NULL && is_text (child))
        return content_of (child);
      return collect_text (eval, node);
    case XML_DOCUMENT_NODE:
      return collect_text (eval, node);
    default:
      return "";
    }
}

/* ---- numbers ----------------------------------------------------------------------------------- */

double
jn_moment_to_days (gint64 moment)
{
  gint64 milliseconds = moment / 1000 - (moment % 1000 < 0);

  return (double)milliseconds / 86400000.0;
}

/* Days that a calendar can name: the years 1 to 9999 and some. */
gint64
jn_days_to_moment (double days)
{
  if (!(fabs (days) < 4000000))
    return JN_NO_MOMENT;
  return (gint64)floor (days * 86400000.0 + 1e-6) * 1000;
}

/* A date is the only text of digits with a "-" behind four of them. */
static gboolean
looks_like_date (const char *text)
{
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return text[4] == '-';
}

double
jn_eval_string_number (JnEval *eval, const char *text)
{
  gint64 moment;

  if (!looks_like_date (text))
    return jn_number_from_text (text);
  if (!jn_moment_parse (text, jn_eval_zone (eval), &moment, NULL))
    return NAN;
  return jn_moment_to_days (moment);
}

double
jn_eval_node_number (JnEval *eval, const xmlNode *node)
{
  const char *text = jn_eval_node_string (eval, node);

  return text == NULL ? NAN : jn_eval_string_number (eval, text);
}

double
jn_eval_to_number (JnEval *eval, const JnValue *value)
{
  switch (value->kind)
    {
    case VALUE_NUMBER:
      return value->number;
    case VALUE_BOOLEAN:
      return value->boolean ? 1 : 0;
    case VALUE_STRING:
      return jn_eval_string_number (eval, value->string);
    case VALUE_MOMENT:
      return value->moment == JN_NO_MOMENT ? NAN : jn_moment_to_days (value->moment);
    case VALUE_NODES:
      return value->n == 0 ? NAN : jn_eval_node_number (eval, jn_value_nodes (value)[0]);
    default:
      g_assert_not_reached ();
    }
}

/* ---- booleans and texts ------------------------------------------------------------------------ */

gboolean
jn_value_to_boolean (const JnValue *value)
{
  switch (value->kind)
    {
    case VALUE_NUMBER:
      return value->number != 0 && !isnan (value->number);
    case VALUE_BOOLEAN:
      return value->boolean;
    case VALUE_STRING:
      return value->string[0] != '\0';
    case VALUE_MOMENT:
      return value->moment != JN_NO_MOMENT && value->moment != 0;
    case VALUE_NODES:
      return value->n > 0;
    default:
      g_assert_not_reached ();
    }
}

/* A date where it is midnight, else date, time and offset. */
static const char *
moment_to_string (JnEval *eval, gint64 moment)
{
  GTimeZone *zone = jn_eval_zone (eval);
  gint64 local;

  if (moment == JN_NO_MOMENT)
    return "Invalid Date";
  local = moment / 1000 * 1000 + (gint64)jn_zone_offset (zone, moment) * G_USEC_PER_SEC;
  if (local % JN_DAY_USEC == 0)
    return jn_eval_take (eval, jn_moment_to_date (moment, zone));
  return jn_eval_take (eval, jn_moment_to_text (moment, zone));
}

const char *
jn_eval_to_string (JnEval *eval, const JnValue *value)
{
  char text[JN_NUMBER_TEXT_MAX];

  switch (value->kind)
    {
    case VALUE_NUMBER:
      return jn_eval_copy (eval, text, jn_number_to_text (value->number, text));
    case VALUE_BOOLEAN:
      return value->boolean ? "true" : "false";
    case VALUE_STRING:
      return value->string;
    case VALUE_MOMENT:
      return moment_to_string (eval, value->moment);
    case VALUE_NODES:
      return value->n == 0 ? "" : jn_eval_node_string (eval, jn_value_nodes (value)[0]);
    default:
      g_assert_not_reached ();
    }
}

gint64
jn_eval_to_moment (JnEval *eval, const JnValue *value)
{
  const char *text;
  gint64 moment;

  if (value->kind == VALUE_MOMENT)
    return value->moment;
  if (value->kind == VALUE_NUMBER)
    return jn_days_to_moment (value->number);
  if (value->kind == VALUE_BOOLEAN)
    return JN_NO_MOMENT;
  text = jn_eval_to_string (eval, value);
  if (text == NULL || !jn_moment_parse (text, jn_eval_zone (eval), &moment, NULL))
    return JN_NO_MOMENT;
  return moment;
}

/* ---- comparison -------------------------------------------------------------------------------- */

static gboolean
compare_numbers (JnExprKind kind, double a, double b)
{
  switch (kind)
    {
    case EXPR_EQUAL:
      return a == b || fabs (a - b) <= TOLERANCE;
    case EXPR_UNEQUAL:
      return !(a == b || fabs (a - b) <= TOLERANCE);
    case EXPR_LESS:
      return a < b;
    case EXPR_LESS_EQUAL:
      return a <= b;
    case EXPR_GREATER:
      return a > b;
    default:
      return a >= b;
    }
}

static gboolean
is_equality (JnExprKind kind)
{
  return kind == EXPR_EQUAL || kind == EXPR_UNEQUAL;
}

static gboolean
is_numeric (const JnValue *value)
{
  return value->kind == VALUE_NUMBER || value->kind == VALUE_MOMENT;
}

static gboolean
is_single (const JnValue *value)
{
  return value->kind != VALUE_NODES || value->n == 1;
}

/* Both are single. */
static gboolean
compare_single (JnEval *eval, JnExprKind kind, const JnValue *a, const JnValue *b)
{
  const char *left, *right;

  if (!is_equality (kind) || is_numeric (a) || is_numeric (b))
    return compare_numbers (kind, jn_eval_to_number (eval, a), jn_eval_to_number (eval, b));
  left = jn_eval_to_string (eval, a);
  right = jn_eval_to_string (eval, b);
  if (left == NULL || right == NULL)
    return FALSE;
  return (strcmp (left, right) == 0) == (kind == EXPR_EQUAL);
}

/* ---- comparison of node-sets: whether any node will do ------------------------------------------ */

/* The least and the most of a value's numbers; NaN is none. */
typedef struct
{
  double least;
  double most;
} Span;

static gboolean
find_span (JnEval *eval, const JnValue *value, Span *span)
{
  gsize n = value->kind == VALUE_NODES ? value->n : 1;

  *span = (Span){ NAN, NAN };
  for (gsize i = 0; i < n; i++)
    {
      double number = value->kind == VALUE_NODES
                          ? jn_eval_node_number (eval, jn_value_nodes (value)[i])
                          : jn_eval_to_number (eval, value);

      if (!jn_eval_spend (eval, 1))
        return FALSE;
      span->least = fmin (span->least, number);
      span->most = fmax (span->most, number);
    }
  return TRUE;
}

static gboolean
compare_spans (JnEval *eval, JnExprKind kind, const JnValue *a, const JnValue *b, gboolean *result)
{
  gboolean less = kind == EXPR_LESS || kind == EXPR_LESS_EQUAL;
  Span left, right;

  if (!find_span (eval, a, &left) || !find_span (eval, b, &right))
    return FALSE;
  *result = compare_numbers (kind, less ? left.least : left.most, less ? right.most : right.least);
  return TRUE;
}

/* @nodes with one value, whose kind says how. */
static gboolean
compare_each (
    JnEval *eval, JnExprKind kind, const JnValue *nodes, const JnValue *one, gboolean *result)
{
  *result = FALSE;
  for (gsize i = 0; i < nodes->n && !*result; i++)
    {
      const JnValue node = { VALUE_NODES, 1, .node = jn_value_nodes (nodes)[i] };

      if (!jn_eval_spend (eval, 1))
        return FALSE;
      *result = compare_single (eval, kind, &node, one);
    }
  return TRUE;
}

/* Two sets: each node of one with the other's texts */
static gboolean
compare_sets (JnEval *eval, JnExprKind kind, const JnValue *a, const JnValue *b, gboolean *result)
{
  *result = FALSE;
  for (gsize i = 0; i < b->n && !*result; i++)
    {
      const JnValue text
          = { VALUE_STRING, 0, .string = jn_eval_node_string (eval, jn_value_nodes (b)[i]) };

      if (text.string == NULL || !compare_each (eval, kind, a, &text, result))
        return FALSE;
    }
  return TRUE;
}

/* XPath 1.0, 3.4; a node-set is less or more than something when any of its nodes is, also beside a
 * boolean. */
gboolean
jn_eval_compare (
    JnEval *eval, JnExprKind kind, const JnValue *a, const JnValue *b, gboolean *result)
{
  if (is_equality (kind) && (a->kind == VALUE_BOOLEAN || b->kind == VALUE_BOOLEAN))
    {
      *result = (jn_value_to_boolean (a) == jn_value_to_boolean (b)) == (kind == EXPR_EQUAL);
      return TRUE;
    }
  if (is_single (a) && is_single (b))
    *result = compare_single (eval, kind, a, b);
  else if (!is_equality (kind))
    return compare_spans (eval, kind, a, b, result);
  else if (a->kind == VALUE_NODES && b->kind == VALUE_NODES)
    return compare_sets (eval, kind, a, b, result);
  else
    return compare_each (eval, kind, a->kind == VALUE_NODES ? a : b, a->kind == VALUE_NODES ? b : a,
                         result);
  return TRUE;
}
