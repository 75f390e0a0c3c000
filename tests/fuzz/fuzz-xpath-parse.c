/* fuzz-xpath-parse.c: any text is an expression or an error, and what a tree says of itself holds. */
#include "forms/xpath.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Every path names only paths before it as the one around it, and steps that are there. */
static void
check_paths (const JnXPath *xpath)
{
  gsize n;
  const JnXPathPath *const *paths = jn_xpath_get_paths (xpath, &n);

  for (gsize i = 0; i < n; i++)
    {
      const JnXPathPath *outer = paths[i]->outer;

      g_assert (outer == NULL || paths[i]->outer_step < (int)outer->n_steps);
      g_assert (paths[i]->column >= 1);
      for (gsize s = 0; s < paths[i]->n_steps; s++)
        g_assert ((paths[i]->steps[s].test == JN_XPATH_TEST_NAME)
                  <= (paths[i]->steps[s].name != NULL));
    }
}

static void
check_calls (const JnXPath *xpath)
{
  gsize n;
  const JnXPathCall *const *calls = jn_xpath_get_calls (xpath, &n);
  gboolean problem = FALSE;

  for (gsize i = 0; i < n; i++)
    problem = problem || calls[i]->problem != NULL;
  g_assert (problem == (jn_xpath_get_problem (xpath) != NULL));
}

static void
check_one (const char *text, xmlDict *dict, JnXPathFlags flags)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnXPath) xpath = jn_xpath_new (text, dict, NULL, NULL, flags, &error);

  g_assert ((xpath == NULL) == (error != NULL));
  if (xpath == NULL)
    return;
  g_assert_cmpstr (jn_xpath_get_text (xpath), ==, text);
  check_paths (xpath);
  check_calls (xpath);
  if ((flags & JN_XPATH_STRICT) != 0)
    g_assert_null (jn_xpath_get_problem (xpath));
  if (jn_xpath_is_constant (xpath))
    g_assert_false (jn_xpath_is_volatile (xpath));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  xmlDict *dict = xmlDictCreate ();

  check_one (text, NULL, JN_XPATH_DEFAULT);
  check_one (text, dict, JN_XPATH_STRICT);
  xmlDictFree (dict);
  return 0;
}
