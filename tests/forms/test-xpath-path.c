/* test-xpath-path.c: paths: axes, predicates, instances, repeats, what is remembered. */
#include "tests/forms/expressions.h"

#include <libxml/parser.h>
#include <string.h>

static void
test_steps (void)
{
  static const Expectation table[] = {
    { NULL, "name", "Ana" },
    { NULL, "/data/name", "Ana" },
    { NULL, "child::name", "Ana" },
    { "/data/group/a", "../b", "2" },
    { "/data/group/a", "../../name", "Ana" },
    { "/data/group/a", "parent::node()/c", "x" },
    { "/data/group/a", ".", "1" },
    { "/data/group/a", "self::a + 1", "2" },
    { "/data/group/a", "self::b", "" },
    { NULL, "group", "12x" },
    { NULL, "@id", "sheet" },
    { NULL, "attribute::version", "7" },
    { NULL, "item[2]/@jr:key", "k2" },
    { NULL, "item[2]/@key", "" },
    { NULL, "//size[. = 3]", "3" },
    { NULL, "count(//size)", "3" },
    { NULL, "count(.//part)", "3" },
    { NULL, "count(/)", "1" },
    { NULL, "count(/..)", "0" },
    { NULL, "count(../..)", "0" },
    { NULL, "count(item/part)", "3" },
    { NULL, "count(item/*)", "9" },
    { NULL, "count(*)", "12" },
    { NULL, "count(@*)", "2" },
    { NULL, "count(item/@jr:*)", "3" },
    { NULL, "count(name/text())", "1" },
    { NULL, "count(name | age | name)", "2" },
    { NULL, "(age | name)", "Ana" },
    { NULL, "(name | age)[2]", "41" },
    { NULL, "count(name/ancestor::*)", "2" },
    { NULL, "name(//size[1]/ancestor-or-self::*[2])", "part" },
    { NULL, "age/preceding-sibling::*", "Ana" },
    { NULL, "age/following-sibling::*[2]", "1982-02-28" },
    { NULL, "born/preceding-sibling::*[1]", "" },
    { NULL, "count(group/a/following::item)", "3" },
    { NULL, "count(item[3]/preceding::part)", "3" },
    { NULL, "count(group/descendant::*)", "3" },
    { NULL, "count(group/descendant-or-self::*)", "4" },
    { NULL, "missing/also", "" },
    { NULL, "'a'/b", "error: REJECTED" },
    { NULL, "(1 + 1)[1]", "error: REJECTED" },
    { NULL, "1 | 2", "error: REJECTED" },
    { NULL },
  };

  check_expectations (table);
}

/* ODK forms: names without prefix are XForms' or in no namespace, never XHTML's. */
static void
test_namespaces (void)
{
  static const Expectation table[] = {
    { NULL, "note", "" },
    { NULL, "h:note", "html" },
    { NULL, "xhtml:note", "html" },
    { NULL, "xf:name", "Ana" },
    { NULL, "local-name(h:note)", "note" },
    { NULL, "name(h:note)", "h:note" },
    { NULL, "namespace-uri(h:note)", "http://www.w3.org/1999/xhtml" },
    { NULL, "nowhere:note", "error: REFERENCE" },
    { NULL, "nowhere:note()", "error: REFERENCE" },
    { NULL },
  };

  check_expectations (table);
}

static void
test_own_namespace (void)
{
  static const char xml[] = "<data xmlns='https://forms.example/own'><a>1</a></data>";
  xmlDoc *doc = xmlReadMemory (xml, sizeof xml - 1, "own.xml", NULL, 0);
  JnXPathScope scope = { .context = (xmlNode *)doc };
  g_autofree char *without = evaluate_text (&scope, "/data/a"), *with = NULL;

  g_assert_cmpstr (without, ==, "");
  scope.default_ns = "https://forms.example/own";
  with = evaluate_text (&scope, "/data/a");
  g_assert_cmpstr (with, ==, "1");
  xmlFreeDoc (doc);
}

static void
test_predicates (void)
{
  static const Expectation table[] = {
    { NULL, "item[1]/qty", "2" },
    { NULL, "item[position() = 2]/qty", "3" },
    { NULL, "item[last()]/qty", "5" },
    { NULL, "item[qty > 2][1]/qty", "3" },
    { NULL, "item[qty > 2][2]/qty", "5" },
    { NULL, "item[4]/qty", "" },
    { NULL, "item[place = 'hk']/qty", "3" },
    { NULL, "item[place = 'hk' or place = 'pt'][last()]/qty", "5" },
    { NULL, "item[part]/qty", "2" },
    { NULL, "count(item[part])", "2" },
    { NULL, "item[part/size = 3]/qty", "3" },
    { NULL, "item[count(part) = 2]/qty", "2" },
    /* for each parent: the first part of every item */
    { NULL, "count(item/part[1])", "2" },
    { NULL, "count((item/part)[1])", "1" },
    { NULL, "count(//part[1])", "2" },
    { NULL, "item/part[2]/size", "2" },
    { NULL, "string(item[true()])", "mo212" },
    { NULL, "item['']/qty", "" },
    { NULL, "item[string(group/a)]/qty", "" },
    { "/data/item[2]", "position(..)", "1" },
    { "/data/item[2]/qty", "position(..)", "2" },
    { NULL, "item[position() = current()/group/b]/qty", "3" },
    { NULL },
  };

  check_expectations (table);
}

/* ODK XForms, "Secondary instances": / inside their predicates is the primary instance. */
static void
test_instances (void)
{
  static const Expectation table[] = {
    { NULL, "instance('places')/root/item[code = 'hk']/label", "Hong Kong" },
    { NULL, "instance('places')/root/item[code = /data/item[2]/place]/label", "Hong Kong" },
    { "/data/item[3]/qty", "instance('places')/root/item[code = current()/../place]/label",
      "Portugal" },
    { NULL, "count(instance('places')/root/item)", "3" },
    { NULL, "count(instance('places')/root/item[area = 2])", "2" },
    { NULL, "instance(concat('pla', 'ces'))/root/item[2]/code", "hk" },
    { NULL, "count(instance('nowhere')/root/item)", "0" },
    { NULL, "current()/name", "Ana" },
    { "/data/item[2]/qty", "/data/item[place = current()/../place]/qty", "3" },
    { "/data/item[2]/qty", "pulldata('places', 'label', 'code', ../place)", "Hong Kong" },
    { NULL, "pulldata('places', 'label', 'code', 'xx')", "" },
    { NULL, "pulldata('places', 'colour', 'code', 'hk')", "" },
    { NULL, "pulldata('nowhere', 'label', 'code', 'hk')", "" },
    { NULL },
  };

  check_expectations (table);
}

static void
test_blank (void)
{
  static const Expectation table[] = {
    { NULL, "hidden", "" },
    { NULL, "hidden = ''", "true" },
    { NULL, "string-length(hidden)", "0" },
    { NULL, "count(hidden)", "1" },
    { NULL, "count-non-empty(hidden | name)", "1" },
    { NULL, "contains(/, 'secret')", "false" },
    { NULL, "contains(/, 'Ana')", "true" },
    /* the document itself is never asked for */
    { NULL, "contains(instance('places')/../.., 'Ana')", "true" },
    { NULL, "contains(instance('places')/../.., 'secret')", "false" },
    { NULL },
  };

  check_expectations (table);
}

/* ---- repeats ----------------------------------------------------------------------------------- */

static gboolean
is_repeat (const xmlNode *node, gpointer user_data)
{
  return strcmp ((const char *)node->name, "item") == 0
         || strcmp ((const char *)node->name, "part") == 0;
}

/* JavaRosa's rule: an absolute path through the repeat that holds the current node stays in it. */
static void
test_contextualised (void)
{
  static const JnXPathHost host = { .is_repeat = is_repeat };
  static const Expectation table[] = {
    { "/data/item[2]/qty", "/data/item/qty", "3" },
    { "/data/item[2]/qty", "/data/item/place", "hk" },
    { "/data/item[2]/qty", "count(/data/item)", "3" },
    { "/data/item[2]/qty", "count(/data/item/qty)", "1" },
    { "/data/item[2]/qty", "/data/item[1]/qty", "2" },
    { "/data/item[1]/part[2]/size", "/data/item/part/size", "2" },
    { "/data/item[1]/part[2]/size", "count(/data/item/part)", "2" },
    { "/data/item[1]/part[2]/size", "/data/item/qty", "2" },
    { "/data/item[2]/part[1]/size", "/data/item/part/size", "3" },
    { "/data/name", "/data/item/qty", "2" },
    { "/data/name", "count(/data/item/part)", "3" },
    { "/data/item[2]/qty", "/data/group/a", "1" },
    { "/data/item[2]/qty", "count(/data/item[place = 'pt']/qty)", "1" },
    { NULL },
  };
  g_autoptr(Sheet) sheet = sheet_new ();

  for (const Expectation *at = table; at->expression != NULL; at++)
    {
      JnXPathScope scope = *sheet_scope (sheet, at->context);
      g_autofree char *text = NULL;

      scope.host = &host;
      text = evaluate_text (&scope, at->expression);
      g_test_message ("%s at %s", at->expression, at->context);
      g_assert_cmpstr (text, ==, at->expected);
    }
}

static char *
cached_text (JnXPath *xpath, const JnXPathScope *scope, JnXPathCache *cache)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  jn_xpath_evaluate_text (xpath, scope, cache, text, &error);
  g_assert_no_error (error);
  return g_strdup (text->str);
}

/* Nodes are remembered, values are not; a new generation forgets the nodes. */
static void
test_cache (void)
{
  g_autoptr(Sheet) sheet = sheet_new ();
  JnXPathScope *scope = sheet_scope (sheet, "/data");
  g_autoptr(JnXPath) xpath
             = jn_xpath_new ("concat(sum(/data/item/qty), ';', name, ';', ../data/age)", NULL, NULL,
                             NULL, JN_XPATH_STRICT, NULL);
  g_autoptr(JnXPathCache) cache = jn_xpath_cache_new (xpath);
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *fourth = NULL, *fifth = NULL;
  xmlNode *item;

  scope->generation = 1;
  first = cached_text (xpath, scope, cache);
  g_assert_cmpstr (first, ==, "10;Ana;41");
  xmlNodeSetContent (sheet_find (sheet, "/data/name"), (const xmlChar *)"Rui");
  second = cached_text (xpath, scope, cache);
  g_assert_cmpstr (second, ==, "10;Rui;41");
  item = sheet_find (sheet, "/data/item[3]");
  xmlUnlinkNode (item);
  xmlFreeNode (item);
  scope->generation = 2;
  third = cached_text (xpath, scope, cache);
  g_assert_cmpstr (third, ==, "5;Rui;41");
  sheet_scope (sheet, "/data/group");
  fourth = cached_text (xpath, scope, cache);
  g_assert_cmpstr (fourth, ==, "5;;");
  scope->generation = 0;
  fifth = cached_text (xpath, scope, cache);
  g_assert_cmpstr (fifth, ==, "5;;");
}

/* With one dictionary names are compared as pointers, and nothing else changes. */
static void
test_interned (void)
{
  g_autoptr(Sheet) sheet = sheet_new ();
  JnXPathScope *scope = sheet_scope (sheet, "/data");
  xmlDict *dict = sheet_document (sheet)->dict;
  g_autoptr(JnXPath) xpath = jn_xpath_new ("item[place = 'hk']/qty + age", dict, NULL, NULL,
                                            JN_XPATH_STRICT, NULL);
  g_autofree char *text = NULL;

  scope->interned = TRUE;
  text = cached_text (xpath, scope, NULL);
  g_assert_cmpstr (text, ==, "44");
}

/* More nodes than are sorted one by one; both ways give the document's order. */
static void
test_order (void)
{
  g_autoptr(GString) xml = g_string_new ("<data>");
  xmlDoc *doc;
  JnXPathScope scope = { 0 };
  g_autofree char *many = NULL, *few = NULL;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (xml, "<a n='%d'><b>%d</b></a>", i, i);
  g_string_append (xml, "</data>");
  doc = xmlReadMemory (xml->str, (int)xml->len, "order.xml", NULL, 0);
  scope.context = (xmlNode *)doc;
  many = evaluate_text (&scope, "count(//b[preceding::b] | //a | //b | //@n)");
  few = evaluate_text (&scope, "join(' ', (//a[3]/@n | //a[2]/b | //a[1] | //a[2]/b))");
  g_assert_cmpstr (many, ==, "300");
  g_assert_cmpstr (few, ==, "0 1 2");
  xmlFreeDoc (doc);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/xpath-path/steps", test_steps);
  g_test_add_func ("/forms/xpath-path/namespaces", test_namespaces);
  g_test_add_func ("/forms/xpath-path/own-namespace", test_own_namespace);
  g_test_add_func ("/forms/xpath-path/predicates", test_predicates);
  g_test_add_func ("/forms/xpath-path/instances", test_instances);
  g_test_add_func ("/forms/xpath-path/blank", test_blank);
  g_test_add_func ("/forms/xpath-path/contextualised", test_contextualised);
  g_test_add_func ("/forms/xpath-path/cache", test_cache);
  g_test_add_func ("/forms/xpath-path/interned", test_interned);
  g_test_add_func ("/forms/xpath-path/order", test_order);
  return g_test_run ();
}
