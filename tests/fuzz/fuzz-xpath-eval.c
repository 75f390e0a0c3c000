/* fuzz-xpath-eval.c: any expression gives a value or an error within its budget, the same one again
 * from remembered nodes, and nodes in no order but the document's own. */
#include "forms/xpath.h"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char form[]
    = "<model xmlns='http://www.w3.org/2002/xforms' xmlns:jr='http://openrosa.org/javarosa'>"
      "<instance><data id='f' version='1'><a>1</a><b>two three</b><d>2024-02-29</d>"
      "<t>2024-02-29T13:45:00.250+08:00</t><e/><p>22.19 113.54 0 0; 22.2 113.55 0 0</p>"
      "<item jr:x='1'><k>x</k><q>2</q><n><m>1</m></n><n><m>2</m></n></item><!-- c --><?pi x?>"
      "<item><k>y</k><q>3.5</q><n><m>3</m></n></item><item><k>z</k><q/><c><![CDATA[<]]></c></item>"
      "</data></instance>"
      "<instance id='s'><root><item><name>x</name><label>Ex</label></item>"
      "<item><name>y</name><label>Why</label></item></root></instance></model>";

static xmlDoc *doc;
static xmlNode *contexts[8];

static xmlNode *
find_instance (const char *id, gpointer user_data)
{
  return strcmp (id, "s") == 0 ? xmlDocGetRootElement (doc)->children->next : NULL;
}

static gboolean
is_blank (const xmlNode *node, gpointer user_data)
{
  return strcmp ((const char *)node->name, "b") == 0;
}

static gboolean
is_repeat (const xmlNode *node, gpointer user_data)
{
  return strcmp ((const char *)node->name, "item") == 0;
}

static char *
give_text (const char *id, gpointer user_data)
{
  return g_strdup (id);
}

static char *
give_label (const char *value, const char *path, gpointer user_data)
{
  return g_strconcat (path, value, NULL);
}

static const JnXPathHost host = { .instance = find_instance,
                                  .is_blank = is_blank,
                                  .is_repeat = is_repeat,
                                  .itext = give_text,
                                  .choice_name = give_label,
                                  .property = give_text };

static void
prepare (void)
{
  xmlNode *data;
  gsize n = 0;

  doc = xmlReadMemory (form, sizeof form - 1, "form.xml", NULL, XML_PARSE_NONET);
  g_assert_nonnull (doc);
  data = xmlDocGetRootElement (doc)->children->children;
  contexts[n++] = data->parent;
  contexts[n++] = data;
  contexts[n++] = (xmlNode *)data->properties;
  for (xmlNode *child = data->children; child != NULL && n < G_N_ELEMENTS (contexts);
       child = child->next->next)
    contexts[n++] = child;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (contexts));
}

static gboolean
is_same_value (const JnXPathValue *a, const JnXPathValue *b)
{
  if (a->type != b->type)
    return FALSE;
  switch (a->type)
    {
    case JN_XPATH_NUMBER:
      return a->number == b->number || (isnan (a->number) && isnan (b->number));
    case JN_XPATH_BOOLEAN:
      return a->boolean == b->boolean;
    case JN_XPATH_STRING:
      return strcmp (a->string, b->string) == 0;
    case JN_XPATH_NODESET:
      return a->n_nodes == b->n_nodes
             && (a->n_nodes == 0
                 || memcmp (a->nodes, b->nodes, a->n_nodes * sizeof *a->nodes) == 0);
    default:
      return FALSE;
    }
}

static void
evaluate (JnXPath *xpath, JnXPathScope *scope)
{
  g_autoptr(JnXPathCache) cache = jn_xpath_cache_new (xpath);
  g_auto (JnXPathValue) first = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean boolean;

  for (int round = 0; round < 3; round++)
    {
      g_auto (JnXPathValue) value = { 0 };
      g_autoptr(GError) error = NULL;
      gboolean ok = jn_xpath_evaluate (xpath, scope, cache, &value, &error);

      g_assert (ok == (error == NULL));
      if (!ok)
        return;
      if (value.type == JN_XPATH_STRING)
        g_assert (g_utf8_validate (value.string, -1, NULL));
      if (round == 0)
        {
          first = value;
          value = (JnXPathValue){ 0 };
        }
      else if (!jn_xpath_is_volatile (xpath))
        g_assert (is_same_value (&first, &value));
    }
  jn_xpath_evaluate_boolean (xpath, scope, cache, &boolean, NULL);
  jn_xpath_evaluate_text (xpath, scope, NULL, text, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = NULL;
  g_autoptr(JnXPath) xpath = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (8 * 3600);
  JnXPathScope scope = { .host = &host,
                         .now = G_GINT64_CONSTANT (1700000000000000),
                         .zone = zone,
                         .generation = 1,
                         .operations = 200000 };

  if (doc == NULL)
    prepare ();
  if (size == 0)
    return 0;
  text = g_strndup ((const char *)data + 1, size - 1);
  xpath = jn_xpath_new (text, NULL, NULL, NULL, JN_XPATH_DEFAULT, NULL);
  if (xpath == NULL)
    return 0;
  scope.context = contexts[data[0] % G_N_ELEMENTS (contexts)];
  scope.root = contexts[0];
  evaluate (xpath, &scope);
  return 0;
}
