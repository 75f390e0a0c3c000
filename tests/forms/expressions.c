/* expressions.c: a small form to evaluate expressions on. */
#include "tests/forms/expressions.h"

#include <libxml/parser.h>
#include <string.h>

static const char form[]
    = "<model xmlns='http://www.w3.org/2002/xforms' xmlns:jr='http://openrosa.org/javarosa'"
      " xmlns:h='http://www.w3.org/1999/xhtml'>"
      "<instance><data id='sheet' version='7'>"
      "<name>Ana</name><age>41</age><empty/><born>1982-02-28</born><hidden>secret</hidden>"
      "<group><a>1</a><b>2</b><c>x</c></group>"
      "<tags>red  blue green</tags><total/><h:note>html</h:note>"
      "<item jr:key='k1'><place>mo</place><qty>2</qty><part><size>1</size></part>"
      "<part><size>2</size></part></item>"
      "<item jr:key='k2'><place>hk</place><qty>3</qty><part><size>3</size></part></item>"
      "<item jr:key='k3'><place>pt</place><qty>5</qty></item>"
      "</data></instance>"
      "<instance id='places'><root>"
      "<item><code>mo</code><label>Macau</label><area>1</area></item>"
      "<item><code>hk</code><label>Hong Kong</label><area>2</area></item>"
      "<item><code>pt</code><label>Portugal</label><area>2</area></item>"
      "</root></instance></model>";

struct _Sheet
{
  xmlDoc *doc;
  xmlNode *primary;
  xmlNode *places;
  GTimeZone *zone;
  GRand *random;
  JnXPathScope scope;
};

static xmlNode *
find_instance (const char *id, gpointer user_data)
{
  Sheet *sheet = user_data;

  return strcmp (id, "places") == 0 ? sheet->places : NULL;
}

static gboolean
is_blank (const xmlNode *node, gpointer user_data)
{
  return strcmp ((const char *)node->name, "hidden") == 0;
}

static char *
give_itext (const char *id, gpointer user_data)
{
  return strcmp (id, "greeting") == 0 ? g_strdup ("Bom dia") : NULL;
}

static char *
give_choice_name (const char *value, const char *path, gpointer user_data)
{
  return g_strdup_printf ("label of %s in %s", value, path);
}

static char *
give_property (const char *name, gpointer user_data)
{
  return strcmp (name, "version") == 0 ? g_strdup ("7") : g_strdup_printf ("the %s", name);
}

static const JnXPathHost host = { .instance = find_instance,
                                  .is_blank = is_blank,
                                  .itext = give_itext,
                                  .choice_name = give_choice_name,
                                  .property = give_property };

Sheet *
sheet_new (void)
{
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->doc = xmlReadMemory (form, sizeof form - 1, "sheet.xml", NULL, XML_PARSE_NONET);
  g_assert_nonnull (sheet->doc);
  sheet->primary = xmlDocGetRootElement (sheet->doc)->children;
  sheet->places = sheet->primary->next;
  sheet->zone = g_time_zone_new_identifier ("Asia/Macau");
  sheet->random = g_rand_new_with_seed (7);
  sheet->scope = (JnXPathScope){ .root = sheet->primary,
                                 .host = &host,
                                 .host_data = sheet,
                                 .now = G_GINT64_CONSTANT (1709259630456000),
                                 .zone = sheet->zone,
                                 .random = sheet->random };
  return sheet;
}

void
sheet_free (Sheet *sheet)
{
  g_rand_free (sheet->random);
  g_time_zone_unref (sheet->zone);
  xmlFreeDoc (sheet->doc);
  g_free (sheet);
}

xmlDoc *
sheet_document (Sheet *sheet)
{
  return sheet->doc;
}

xmlNode *
sheet_find (Sheet *sheet, const char *path)
{
  JnXPathScope scope = { .context = sheet->primary, .root = sheet->primary };
  g_autoptr(GError) error = NULL;
  g_autoptr(JnXPath) xpath = jn_xpath_new (path, NULL, NULL, NULL, JN_XPATH_STRICT, &error);
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();

  g_assert_no_error (error);
  jn_xpath_evaluate_nodes (xpath, &scope, NULL, nodes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nodes->len, ==, 1);
  return nodes->pdata[0];
}

JnXPathScope *
sheet_scope (Sheet *sheet, const char *path)
{
  sheet->scope.context = sheet_find (sheet, path);
  return &sheet->scope;
}

static char *
describe (const GError *error)
{
  static const char *const codes[] = { "SYNTAX",      "REFERENCE", "CYCLE",    "LIMIT",
                                       "UNSUPPORTED", "NOT_FOUND", "REJECTED", "FAILED" };

  g_assert_true (error->domain == JN_FORM_ERROR);
  return g_strconcat ("error: ", codes[error->code], NULL);
}

char *
evaluate_text (JnXPathScope *scope, const char *expression)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnXPath) xpath = jn_xpath_new (expression, NULL, NULL, NULL, JN_XPATH_DEFAULT, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  if (xpath == NULL || !jn_xpath_evaluate_text (xpath, scope, NULL, text, &error))
    return describe (error);
  return g_strdup (text->str);
}

void
check_expectations (const Expectation *expectations)
{
  g_autoptr(Sheet) sheet = sheet_new ();

  for (; expectations->expression != NULL; expectations++)
    {
      const char *context = expectations->context != NULL ? expectations->context : "/data";
      g_autofree char *text
          = evaluate_text (sheet_scope (sheet, context), expectations->expression);

      if (strcmp (text, expectations->expected) == 0)
        continue;
      g_test_message ("%s at %s: expected \"%s\", got \"%s\"", expectations->expression, context,
                      expectations->expected, text);
      g_test_fail ();
    }
}
