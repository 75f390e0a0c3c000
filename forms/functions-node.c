/* functions-node.c: nodes, their places and names (XPath 1.0, 4.1; ODK XForms, "Node-set",
 * "Repeat" and "Utility functions"). current() and instance() are starts of paths: the parser makes
 * paths of them. */
#include "forms/functions.h"

#include <math.h>

static gboolean
call_count (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnValue nodes;

  return jn_eval_arg_nodes (eval, call, 0, &nodes) && jn_return_number (result, nodes.n);
}

static gboolean
call_count_non_empty (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnValue nodes;
  double n = 0;

  if (!jn_eval_arg_nodes (eval, call, 0, &nodes))
    return FALSE;
  for (gsize i = 0; i < nodes.n; i++)
    {
      const char *text = jn_eval_node_string (eval, jn_value_nodes (&nodes)[i]);

      if (text == NULL)
        return FALSE;
      n += text[0] != '\0';
    }
  return jn_return_number (result, n);
}

static gboolean
is_same_name (const xmlNode *a, const xmlNode *b)
{
  return xmlStrEqual (a->name, b->name)
         && (a->ns == b->ns
             || (a->ns != NULL && b->ns != NULL && xmlStrEqual (a->ns->href, b->ns->href)));
}

/* The place of an element among its neighbours of the same name. */
static double
place_of (JnEval *eval, const xmlNode *node)
{
  double place = 1;
  const xmlNode *other = node->type == XML_ELEMENT_NODE ? node->prev : NULL;

  for (; other != NULL && jn_eval_spend (eval, 1); other = other->prev)
    {
      if (other->type != XML_ELEMENT_NODE)
        continue;
      if (!is_same_name (other, node))
        break;
      place++;
    }
  return place;
}

static gboolean
call_position (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnValue nodes;

  if (call->pub.n_args == 0)
    return jn_return_number (result, (double)eval->position);
  if (!jn_eval_arg_nodes (eval, call, 0, &nodes))
    return FALSE;
  return jn_return_number (result,
                           nodes.n == 0 ? NAN : place_of (eval, jn_value_nodes (&nodes)[0]));
}

static gboolean
call_last (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_number (result, (double)eval->size);
}

/* ---- names ------------------------------------------------------------------------------------- */

/* The context node, or the argument's first. *@node is %NULL when there is none. */
static gboolean
named_node (JnEval *eval, const JnCall *call, const xmlNode **node)
{
  JnValue nodes;

  *node = eval->context;
  if (call->pub.n_args == 0)
    return TRUE;
  if (!jn_eval_arg_nodes (eval, call, 0, &nodes))
    return FALSE;
  *node = nodes.n == 0 ? NULL : jn_value_nodes (&nodes)[0];
  return TRUE;
}

static gboolean
has_name (const xmlNode *node)
{
  return node != NULL
         && (node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE
             || node->type == XML_PI_NODE);
}

static gboolean
call_local_name (JnEval *eval, const JnCall *call, JnValue *result)
{
  const xmlNode *node;

  return named_node (eval, call, &node)
         && jn_return_string (result, has_name (node) ? (const char *)node->name : "");
}

static gboolean
call_name (JnEval *eval, const JnCall *call, JnValue *result)
{
  const xmlNode *node;

  if (!named_node (eval, call, &node))
    return FALSE;
  if (!has_name (node))
    return jn_return_string (result, "");
  if (node->type == XML_PI_NODE || node->ns == NULL || node->ns->prefix == NULL)
    return jn_return_string (result, (const char *)node->name);
  return jn_return_string (
      result, jn_eval_take (eval, g_strdup_printf ("%s:%s", node->ns->prefix, node->name)));
}

static gboolean
call_namespace_uri (JnEval *eval, const JnCall *call, JnValue *result)
{
  const xmlNode *node;

  if (!named_node (eval, call, &node))
    return FALSE;
  if (!has_name (node) || node->type == XML_PI_NODE || node->ns == NULL || node->ns->href == NULL)
    return jn_return_string (result, "");
  return jn_return_string (result, (const char *)node->ns->href);
}

/* ---- randomize --------------------------------------------------------------------------------- */

#define PARK_MILLER_MODULUS 2147483647
#define PARK_MILLER_FACTOR 16807

/* A text that is no number is hashed to one; an empty one is 0. */
static double
seed_of_text (const char *text)
{
  g_autoptr(GChecksum) checksum = NULL;
  guint8 bytes[32];
  gsize n = sizeof bytes;
  guint64 first = 0;

  if (text[0] == '\0')
    return 0;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, bytes, &n);
  for (int i = 0; i < 8; i++)
    first = first << 8 | bytes[i];
  return (double)((gint64)first % PARK_MILLER_MODULUS);
}

static gint64
make_seed (double number)
{
  gint64 seed;

  if (isinf (number))
    seed = (number > 0 ? G_MAXINT64 : G_MININT64) % PARK_MILLER_MODULUS;
  else
    seed = (gint64)fmod (trunc (number), PARK_MILLER_MODULUS);
  return seed <= 0 ? seed + PARK_MILLER_MODULUS - 1 : seed;
}

static gboolean
read_seed (JnEval *eval, const JnCall *call, gint64 *seed)
{
  JnValue value;
  const char *text;
  double number;

  if (!jn_eval_expr (eval, call->args[1], &value))
    return FALSE;
  number = jn_eval_to_number (eval, &value);
  if (isnan (number) && value.kind == VALUE_NUMBER)
    number = 0; /* as Java has it */
  else if (isnan (number))
    {
      text = jn_eval_to_string (eval, &value);
      if (text == NULL)
        return FALSE;
      number = seed_of_text (text);
    }
  *seed = make_seed (number);
  return TRUE;
}

static double
next_random (JnEval *eval, gint64 *seed)
{
  if (*seed == 0)
    return jn_eval_random (eval);
  *seed = *seed * PARK_MILLER_FACTOR % PARK_MILLER_MODULUS;
  return (double)(*seed - 1) / (PARK_MILLER_MODULUS - 1);
}

/* Inside-out shuffle, driven by Park and Miller's generator when there is a seed. */
static gboolean
call_randomize (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnNodes shuffled = { NULL, 0, 0 };
  gint64 seed = 0;
  JnValue nodes;

  if (!jn_eval_arg_nodes (eval, call, 0, &nodes)
      || (call->pub.n_args == 2 && !read_seed (eval, call, &seed)))
    return FALSE;
  for (gsize i = 0; i < nodes.n; i++)
    {
      gsize j = (gsize)(next_random (eval, &seed) * (double)(i + 1));

      j = MIN (j, i);
      if (!jn_eval_push (eval, &shuffled, NULL))
        return FALSE;
      shuffled.nodes[i] = shuffled.nodes[j];
      shuffled.nodes[j] = jn_value_nodes (&nodes)[i];
    }
  jn_eval_nodes_value (&shuffled, result);
  return TRUE;
}

/* ---- indexed-repeat ---------------------------------------------------------------------------- */

typedef struct
{
  JnValue repeats;
  double index;
} Level;

static gboolean
read_level (JnEval *eval, const JnCall *call, gsize arg, Level *level)
{
  return jn_eval_arg_nodes (eval, call, arg, &level->repeats)
         && jn_arg_number (eval, call, arg + 1, &level->index);
}

static gboolean
is_inside (const Level *inner, const Level *outer)
{
  for (gsize i = 0; i < outer->repeats.n; i++)
    for (gsize j = 0; j < inner->repeats.n; j++)
      if (jn_node_contains (jn_value_nodes (&outer->repeats)[i],
                            jn_value_nodes (&inner->repeats)[j]))
        return TRUE;
  return FALSE;
}

/* Outer repeats first: they may be given in any order. */
static void
sort_levels (Level *levels, gsize n)
{
  for (gsize i = 1; i < n; i++)
    for (gsize j = i; j > 0 && is_inside (&levels[j - 1], &levels[j]); j--)
      {
        Level swapped = levels[j];

        levels[j] = levels[j - 1];
        levels[j - 1] = swapped;
      }
}

/* The index-th of the repeats inside @within, %NULL when there is none */
static xmlNode *
pick (const Level *level, const xmlNode *within)
{
  double place = 0;

  for (gsize i = 0; i < level->repeats.n; i++)
    {
      xmlNode *repeat = jn_value_nodes (&level->repeats)[i];

      if (within != NULL && !jn_node_contains (within, repeat))
        continue;
      if (++place == level->index)
        return repeat;
    }
  return NULL;
}

/* indexed-repeat (target, repeat, index, …): those of the target's nodes that are inside the
 * index-th instance of each repeat. Its paths name all instances, not those around the context. */
static gboolean
call_indexed_repeat (JnEval *eval, const JnCall *call, JnValue *result)
{
  JnNodes found = { NULL, 0, 0 };
  gsize n = (call->pub.n_args - 1) / 2;
  Level *levels = (Level *)jn_eval_alloc (eval, n * sizeof *levels);
  xmlNode *within = NULL;
  JnValue target;

  if (call->pub.n_args % 2 == 0)
    return jn_eval_fail (eval, JN_FORM_ERROR_REJECTED,
                         "indexed-repeat() needs an index for each repeat");
  if (levels == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!read_level (eval, call, 1 + 2 * i, &levels[i]))
      return FALSE;
  sort_levels (levels, n);
  for (gsize i = 0; i < n && (i == 0 || within != NULL); i++)
    within = pick (&levels[i], within);
  if (!jn_eval_arg_nodes (eval, call, 0, &target))
    return FALSE;
  for (gsize i = 0; i < target.n && within != NULL; i++)
    {
      xmlNode *node = jn_value_nodes (&target)[i];

      if (jn_node_contains (within, node) && !jn_eval_push (eval, &found, node))
        return FALSE;
    }
  jn_eval_nodes_value (&found, result);
  return TRUE;
}

const JnFunction jn_node_functions[] = {
  { "count", 1, 1, JN_FUNCTION_PURE, call_count },
  { "count-non-empty", 1, 1, JN_FUNCTION_PURE, call_count_non_empty },
  { "position", 0, 1, JN_FUNCTION_HOST, call_position },
  { "last", 0, 0, JN_FUNCTION_HOST, call_last },
  { "local-name", 0, 1, JN_FUNCTION_HOST, call_local_name },
  { "name", 0, 1, JN_FUNCTION_HOST, call_name },
  { "namespace-uri", 0, 1, JN_FUNCTION_HOST, call_namespace_uri },
  { "current", 0, 0, JN_FUNCTION_HOST, NULL },
  { "instance", 1, 1, JN_FUNCTION_HOST, NULL },
  { "randomize", 1, 2, JN_FUNCTION_VOLATILE, call_randomize },
  { "indexed-repeat", 3, -1, JN_FUNCTION_PURE, call_indexed_repeat },
  { NULL },
};
