/* functions.c: the functions' register, and what is made of their literal arguments before
 * they are called. */
#include "forms/functions.h"

static const JnFunction *const tables[]
    = { jn_text_functions, jn_number_functions, jn_logic_functions,
        jn_date_functions, jn_node_functions,   jn_select_functions,
        jn_host_functions, jn_geo_functions,    jn_identity_functions };

static gpointer
make_register (gpointer unused)
{
  GHashTable *all = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const JnFunction *function = tables[i]; function->name != NULL; function++)
      g_hash_table_insert (all, (gpointer)function->name, (gpointer)function);
  return all;
}

const JnFunction *
jn_function_find (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_lookup (g_once (&once, make_register, NULL), name);
}

gboolean
jn_function_prepare (JnCall *call, GError **error)
{
  const char *const *literals = call->pub.literals;

  if (strcmp (call->function->name, "digest") == 0)
    return jn_digest_check (literals[1], call->pub.n_args == 3 ? literals[2] : NULL, error);
  if (strcmp (call->function->name, "regex") != 0 || literals[1] == NULL)
    return TRUE;
  call->data = jn_regex_compile (literals[1], error);
  return call->data != NULL;
}

void
jn_function_unprepare (JnCall *call)
{
  g_clear_pointer ((GRegex **)&call->data, g_regex_unref);
}

gboolean
jn_arg_items (JnEval *eval, const JnCall *call, gsize arg, JnItems *items)
{
  items->next = 0;
  return jn_eval_expr (eval, call->args[arg], &items->value);
}

gboolean
jn_items_next (JnItems *items, JnValue *item)
{
  if (items->value.kind != VALUE_NODES)
    {
      *item = items->value;
      return items->next++ == 0;
    }
  if (items->next >= items->value.n)
    return FALSE;
  *item = (JnValue){ VALUE_NODES, 1, .node = jn_value_nodes (&items->value)[items->next++] };
  return TRUE;
}

const char *
jn_arg_string (JnEval *eval, const JnCall *call, gsize arg)
{
  if (arg < call->pub.n_args)
    return jn_eval_string (eval, call->args[arg]);
  return jn_eval_node_string (eval, eval->context);
}
