/* bench-forms-xpath.c: nanoseconds an evaluation, on the synthetic form's shape: 1,000 fields, 200 rows. */
#include "forms/xpath.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#define FIELDS 1000
#define ROWS 200

typedef struct
{
  const char *name;
  const char *expression;
  const char *context; /* an expression for the context node */
  gboolean is_boolean;
  double target;
} Case;

static const Case cases[] = {
  { "calculate", "/data/f500 + 1", "/data/f501", FALSE, 1000 },
  { "relevant", "/data/f10 > 5 and /data/f20 != ''", "/data/f21", TRUE, 1000 },
  { "constraint", ". >= 0 and . <= 150", "/data/f30", TRUE, 1000 },
  { "selected", "selected(../f40, '7') or selected(../f41, '8')", "/data/f42", TRUE, 1000 },
  { "text", "concat(../f1, ' ', ../f2)", "/data/f3", FALSE, 1000 },
  { "date", ". <= today()", "/data/day", TRUE, 3000 },
  { "row", "../qty * ../price", "/data/item[100]/total", FALSE, 1000 },
  { "sum-200", "sum(/data/item/qty)", "/data/f1", FALSE, 40000 },
  { "choice-1000", "instance('s')/root/item[name = /data/f500]/label", "/data/f1", FALSE, 200000 },
};

static xmlDoc *
make_document (void)
{
  g_autoptr(GString) xml = g_string_new ("<data><day>2024-02-29</day>");
  xmlDoc *doc;

  for (int i = 0; i < FIELDS; i++)
    g_string_append_printf (xml, "<f%d>%d</f%d>", i, i % 97, i);
  for (int i = 0; i < ROWS; i++)
    g_string_append_printf (xml, "<item><qty>%d</qty><price>12.5</price><total/></item>", i % 9);
  g_string_append (xml, "</data>");
  doc = xmlReadMemory (xml->str, (int)xml->len, "bench.xml", NULL, 0);
  return doc;
}

static xmlDoc *
make_choices (xmlDict *dict)
{
  g_autoptr(GString) xml = g_string_new ("<root>");
  xmlParserCtxt *parser = xmlNewParserCtxt ();
  xmlDoc *doc;

  for (int i = 0; i < FIELDS; i++)
    g_string_append_printf (xml, "<item><name>%d</name><label>L%d</label></item>", i, i);
  g_string_append (xml, "</root>");
  xmlDictFree (parser->dict);
  parser->dict = dict;
  xmlDictReference (dict);
  doc = xmlCtxtReadMemory (parser, xml->str, (int)xml->len, "choices.xml", NULL, 0);
  xmlFreeParserCtxt (parser);
  return doc;
}

static xmlDoc *choices;

static xmlNode *
find_instance (const char *id, gpointer user_data)
{
  return (xmlNode *)choices;
}

static const JnXPathHost host = { .instance = find_instance };

static xmlNode *
find_context (xmlDoc *doc, const char *path)
{
  JnXPathScope scope = { .context = (xmlNode *)doc };
  g_autoptr(JnXPath) xpath = jn_xpath_new (path, NULL, NULL, NULL, JN_XPATH_STRICT, NULL);
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();

  jn_xpath_evaluate_nodes (xpath, &scope, NULL, nodes, NULL);
  return nodes->pdata[0];
}

static void
evaluate (const Case *c, JnXPath *xpath, JnXPathScope *scope, JnXPathCache *cache, GString *text)
{
  gboolean boolean;

  if (c->is_boolean)
    jn_xpath_evaluate_boolean (xpath, scope, cache, &boolean, NULL);
  else
    jn_xpath_evaluate_text (xpath, scope, cache, text, NULL);
}

/* The best of some rounds: what the machine does beside makes it only slower. */
static double
measure (const Case *c, JnXPath *xpath, JnXPathScope *scope, JnXPathCache *cache)
{
  g_autoptr(GString) text = g_string_new (NULL);
  double best = G_MAXDOUBLE;

  for (int round = 0; round < 15; round++)
    {
      gint64 begin = g_get_monotonic_time ();
      int n = 0;

      while (g_get_monotonic_time () - begin < 4000)
        for (int i = 0; i < 10; i++, n++)
          evaluate (c, xpath, scope, cache, text);
      best = MIN (best, 1000.0 * (double)(g_get_monotonic_time () - begin) / n);
    }
  return best;
}

static void
print_row (const char *name, double value, double target)
{
  printf ("{\"name\":\"forms/xpath-%s\",\"value\":%.0f,\"unit\":\"ns\",\"against\":null,"
          "\"ratio\":null,\"target\":\"≤ %.0f ns\",\"meets\":%s}\n",
          name, value, target, value <= target ? "true" : "false");
}

int
main (int argc, char **argv)
{
  xmlDoc *doc = make_document ();
  GTimeZone *zone = g_time_zone_new_identifier ("Asia/Macau");

  choices = make_choices (doc->dict);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JnXPathScope scope = { .context = find_context (doc, cases[i].context),
                             .root = (xmlNode *)doc,
                             .host = &host,
                             .zone = zone,
                             .generation = 1,
                             .interned = TRUE };
      g_autoptr(JnXPath) xpath
                 = jn_xpath_new (cases[i].expression, doc->dict, NULL, NULL, JN_XPATH_STRICT, NULL);
      g_autoptr(JnXPathCache) cache = jn_xpath_cache_new (xpath);

      print_row (cases[i].name, measure (&cases[i], xpath, &scope, cache), cases[i].target);
    }
  g_time_zone_unref (zone);
  xmlFreeDoc (choices);
  xmlFreeDoc (doc);
  return 0;
}
