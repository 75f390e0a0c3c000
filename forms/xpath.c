/* xpath.c: an expression as its users hold it: made, read, shared, dropped. */
#include "forms/xpath-private.h"

static JnXPath *
new_empty (const char *expression, xmlDict *dict)
{
  JnXPath *xpath = g_new0 (JnXPath, 1);

  xpath->ref_count = 1;
  xpath->text = g_strdup (expression);
  xpath->dict = dict;
  if (dict != NULL)
    xmlDictReference (dict);
  jn_arena_init (&xpath->arena, NULL, 0);
  xpath->paths = g_ptr_array_new ();
  xpath->calls = g_ptr_array_new ();
  return xpath;
}

JnXPath *
jn_xpath_new (const char *expression,
              xmlDict *dict,
              JnXPathResolver resolver,
              gpointer user_data,
              JnXPathFlags flags,
              GError **error)
{
  g_autoptr(JnXPath) xpath = NULL;

  g_return_val_if_fail (expression != NULL, NULL);

  if (strlen (expression) > JN_XPATH_MAX_LENGTH)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT,
                   "an expression of %" G_GSIZE_FORMAT " bytes: no more than %d are read",
                   strlen (expression), JN_XPATH_MAX_LENGTH);
      return NULL;
    }
  if (!g_utf8_validate (expression, -1, NULL))
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX, "an expression that is not UTF-8");
      return NULL;
    }
  xpath = new_empty (expression, dict);
  xpath->root = jn_xpath_parse (xpath, resolver, user_data, flags, error);
  return xpath->root == NULL ? NULL : g_steal_pointer (&xpath);
}

JnXPath *
jn_xpath_ref (JnXPath *xpath)
{
  g_return_val_if_fail (xpath != NULL, NULL);
  g_atomic_int_inc (&xpath->ref_count);
  return xpath;
}

void
jn_xpath_unref (JnXPath *xpath)
{
  g_return_if_fail (xpath != NULL);

  if (!g_atomic_int_dec_and_test (&xpath->ref_count))
    return;
  for (guint i = 0; i < xpath->calls->len; i++)
    jn_function_unprepare (xpath->calls->pdata[i]);
  g_ptr_array_unref (xpath->calls);
  g_ptr_array_unref (xpath->paths);
  jn_arena_clear (&xpath->arena);
  if (xpath->dict != NULL)
    xmlDictFree (xpath->dict);
  g_clear_error (&xpath->problem);
  g_free (xpath->text);
  g_free (xpath);
}

const char *
jn_xpath_get_text (const JnXPath *xpath)
{
  return xpath->text;
}

const GError *
jn_xpath_get_problem (const JnXPath *xpath)
{
  return xpath->problem;
}

/* ---- reading the tree -------------------------------------------------------------------------- */

const JnXPathPath *const *
jn_xpath_get_paths (const JnXPath *xpath, gsize *n_paths)
{
  *n_paths = xpath->paths->len;
  return (const JnXPathPath *const *)xpath->paths->pdata; /* a JnPath begins with its JnXPathPath */
}

const JnXPathCall *const *
jn_xpath_get_calls (const JnXPath *xpath, gsize *n_calls)
{
  *n_calls = xpath->calls->len;
  return (const JnXPathCall *const *)xpath->calls->pdata;
}

gboolean
jn_xpath_calls (const JnXPath *xpath, const char *function)
{
  for (guint i = 0; i < xpath->calls->len; i++)
    {
      const JnCall *call = xpath->calls->pdata[i];

      if (call->function != NULL && strcmp (call->function->name, function) == 0)
        return TRUE;
    }
  return FALSE;
}

/* randomize() with a seed gives the same order again. */
static gboolean
is_volatile_call (const JnCall *call)
{
  if (call->function == NULL || (call->function->flags & JN_FUNCTION_VOLATILE) == 0)
    return FALSE;
  return strcmp (call->function->name, "randomize") != 0 || call->pub.n_args < 2;
}

gboolean
jn_xpath_is_volatile (const JnXPath *xpath)
{
  for (guint i = 0; i < xpath->calls->len; i++)
    if (is_volatile_call (xpath->calls->pdata[i]))
      return TRUE;
  return FALSE;
}

gboolean
jn_xpath_is_constant (const JnXPath *xpath)
{
  if (xpath->paths->len > 0 || jn_xpath_is_volatile (xpath))
    return FALSE;
  for (guint i = 0; i < xpath->calls->len; i++)
    {
      const JnCall *call = xpath->calls->pdata[i];

      if (call->function == NULL || (call->function->flags & JN_FUNCTION_HOST) != 0)
        return FALSE;
    }
  return TRUE;
}

void
jn_xpath_value_clear (JnXPathValue *value)
{
  g_clear_pointer (&value->string, g_free);
  g_clear_pointer (&value->nodes, g_free);
  value->n_nodes = 0;
}
