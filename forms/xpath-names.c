/* xpath-names.c: names that expressions know by themselves: prefixes, functions' prefixes, axes. */
#include "forms/xpath-private.h"

const char *
jn_name_known_namespace (const char *prefix)
{
  static const char *const known[][2] = {
    { "h", "http://www.w3.org/1999/xhtml" },
    { "xhtml", "http://www.w3.org/1999/xhtml" },
    { "html", "http://www.w3.org/1999/xhtml" },
    { "xf", JN_XFORMS_NS },
    { "xforms", JN_XFORMS_NS },
    { "jr", JN_JAVAROSA_NS },
    { "orx", "http://openrosa.org/xforms" },
    { "odk", "http://www.opendatakit.org/xforms" },
    { "entities", "http://www.opendatakit.org/xforms/entities" },
    { "ev", "http://www.w3.org/2001/xml-events" },
    { "xsd", "http://www.w3.org/2001/XMLSchema" },
    { "xml", "http://www.w3.org/XML/1998/namespace" },
    { "jn", JN_EXTENSION_NS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i][0], prefix) == 0)
      return known[i][1];
  return NULL;
}

char *
jn_name_of_function (const char *ns, const char *local)
{
  if (g_strcmp0 (ns, JN_XFORMS_NS) == 0)
    return g_strdup (local);
  if (g_strcmp0 (ns, JN_JAVAROSA_NS) == 0)
    return g_strconcat ("jr:", local, NULL);
  if (g_strcmp0 (ns, JN_EXTENSION_NS) == 0)
    return g_strconcat ("jn:", local, NULL);
  return NULL;
}

gboolean
jn_name_find_axis (const char *text, gsize length, JnXPathAxis *axis)
{
  static const char *const axes[] = {
    [JN_XPATH_AXIS_CHILD] = "child",
    [JN_XPATH_AXIS_PARENT] = "parent",
    [JN_XPATH_AXIS_SELF] = "self",
    [JN_XPATH_AXIS_ATTRIBUTE] = "attribute",
    [JN_XPATH_AXIS_DESCENDANT] = "descendant",
    [JN_XPATH_AXIS_DESCENDANT_OR_SELF] = "descendant-or-self",
    [JN_XPATH_AXIS_ANCESTOR] = "ancestor",
    [JN_XPATH_AXIS_ANCESTOR_OR_SELF] = "ancestor-or-self",
    [JN_XPATH_AXIS_FOLLOWING] = "following",
    [JN_XPATH_AXIS_FOLLOWING_SIBLING] = "following-sibling",
    [JN_XPATH_AXIS_PRECEDING] = "preceding",
    [JN_XPATH_AXIS_PRECEDING_SIBLING] = "preceding-sibling",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (axes); i++)
    if (strlen (axes[i]) == length && strncmp (axes[i], text, length) == 0)
      {
        *axis = (JnXPathAxis)i;
        return TRUE;
      }
  return FALSE;
}
