/* functions-host.c: what only the form around an expression knows: texts, labels, tables, settings
 * (ODK XForms, "Select functions", "Languages"; JavaRosa's property() and version()). */
#include "forms/functions.h"

static gboolean
call_itext (JnEval *eval, const JnCall *call, JnValue *result)
{
  const JnXPathHost *host = eval->scope->host;
  const char *id = jn_arg_string (eval, call, 0);
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  JnNodes nodes = { NULL, 0, 0 };

  if (id == NULL)
    return FALSE;
  if (host == NULL || (host->itext_nodes == NULL && host->itext == NULL))
    return jn_return_string (result, "");
  if (host->itext_nodes == NULL)
    return jn_return_string (result, jn_eval_take (eval, host->itext (id, eval->scope->host_data)));
  host->itext_nodes (id, values, eval->scope->host_data);
  for (guint i = 0; i < values->len; i++)
    if (!jn_eval_push (eval, &nodes, values->pdata[i]))
      return FALSE;
  jn_eval_nodes_value (&nodes, result);
  return TRUE;
}

static gboolean
call_choice_name (JnEval *eval, const JnCall *call, JnValue *result)
{
  const JnXPathHost *host = eval->scope->host;
  const char *value = jn_arg_string (eval, call, 0);
  const char *path = value == NULL ? NULL : jn_arg_string (eval, call, 1);
  g_autofree char *trimmed = NULL;

  if (path == NULL)
    return FALSE;
  if (host == NULL || host->choice_name == NULL)
    return jn_return_string (result, "");
  trimmed = g_strstrip (g_strdup (path));
  return jn_return_string (
      result, jn_eval_take (eval, host->choice_name (value, trimmed, eval->scope->host_data)));
}

static const xmlNode *
next_called (const xmlNode *node, const char *name)
{
  while (node != NULL
         && (node->type != XML_ELEMENT_NODE || strcmp ((const char *)node->name, name) != 0))
    node = node->next;
  return node;
}

/* pulldata (instance, column, key column, key): instance('…')/root/item[key column = key]/column */
static gboolean
call_pulldata (JnEval *eval, const JnCall *call, JnValue *result)
{
  const JnXPathHost *host = eval->scope->host;
  const char *args[4], *key;
  const xmlNode *instance, *item, *cell;

  for (gsize i = 0; i < G_N_ELEMENTS (args); i++)
    if ((args[i] = jn_arg_string (eval, call, i)) == NULL)
      return FALSE;
  instance = host == NULL || host->instance == NULL
                 ? NULL
                 : host->instance (args[0], eval->scope->host_data);
  item = instance == NULL ? NULL : next_called (instance->children, "root");
  for (item = item == NULL ? NULL : next_called (item->children, "item"); item != NULL;
       item = next_called (item->next, "item"))
    {
      cell = next_called (item->children, args[2]);
      key = cell == NULL ? NULL : jn_eval_node_string (eval, cell);
      if (!jn_eval_spend (eval, 2))
        return FALSE;
      if (key == NULL || strcmp (key, args[3]) != 0)
        continue;
      cell = next_called (item->children, args[1]);
      return jn_return_string (result, cell == NULL ? "" : jn_eval_node_string (eval, cell));
    }
  return jn_return_string (result, "");
}

static const char *
property (JnEval *eval, const char *name)
{
  const JnXPathHost *host = eval->scope->host;

  if (host == NULL || host->property == NULL)
    return "";
  return jn_eval_take (eval, host->property (name, eval->scope->host_data));
}

static gboolean
call_property (JnEval *eval, const JnCall *call, JnValue *result)
{
  const char *name = jn_arg_string (eval, call, 0);

  return name != NULL && jn_return_string (result, property (eval, name));
}

static gboolean
call_version (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_return_string (result, property (eval, "version"));
}

/* The first argument; the others only say on what it depends. */
static gboolean
call_depend (JnEval *eval, const JnCall *call, JnValue *result)
{
  return jn_eval_expr (eval, call->args[0], result);
}

const JnFunction jn_host_functions[] = {
  { "jr:itext", 1, 1, JN_FUNCTION_HOST, call_itext },
  { "jr:choice-name", 2, 2, JN_FUNCTION_HOST, call_choice_name },
  { "pulldata", 4, 4, JN_FUNCTION_HOST, call_pulldata },
  { "property", 1, 1, JN_FUNCTION_HOST, call_property },
  { "version", 0, 0, JN_FUNCTION_HOST, call_version },
  { "depend", 1, -1, JN_FUNCTION_PURE, call_depend },
  { NULL },
};
