/* test-tool-xpath.c: janela-form xpath, as scripts use it. */
#include "tests/forms/tool.h"

#include <string.h>

#define XML                                                                                        \
  "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>"          \
  "<h:head><model><itext>"                                                                         \
  "<translation lang='pt' default=''><text id='t'><value>Um</value></text></translation>"          \
  "<translation lang='en'><text id='t'><value>One</value></text></translation>"                    \
  "</itext><instance><data><a p='1'>7</a><b>x<!--c--><?pi y?></b></data></instance>"               \
  "<instance id='s'><root><item>k</item></root></instance></model></h:head></h:html>"

#define ROOT "/*[1]/*[1]/*[1]/*[2]"

/* The answers to a request each, as JSON. */
static void
check_batch (const char *const (*table)[2], gsize n)
{
  g_autoptr(GString) input = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  g_auto (ToolRun) run = { 0 };

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (input, "%s\n", table[i][0]);
  run = tool_run (input->str, (const char *const[]){ "xpath", "--batch", NULL });
  g_assert_cmpint (run.status, ==, 0);
  lines = g_strsplit (run.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n + 1);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpstr (lines[i], ==, table[i][1]);
}

static void
test_batch (void)
{
  static const char *const table[][2] = {
    { "{\"id\":1,\"expr\":\"1 + 1\"}", "{\"id\":1,\"type\":\"number\",\"value\":2.0}" },
    { "{\"id\":\"a\",\"expr\":\"1 + 1\",\"as\":\"string\"}",
      "{\"id\":\"a\",\"type\":\"string\",\"value\":\"2\"}" },
    { "{\"id\":2,\"expr\":\"0 div 0\"}", "{\"id\":2,\"type\":\"number\",\"value\":\"NaN\"}" },
    { "{\"id\":3,\"expr\":\"-1 div 0\"}",
      "{\"id\":3,\"type\":\"number\",\"value\":\"-Infinity\"}" },
    { "{\"id\":4,\"expr\":\"'澳'\",\"as\":\"boolean\"}",
      "{\"id\":4,\"type\":\"boolean\",\"value\":true}" },
    { "{\"id\":5,\"expr\":\"'1'\",\"as\":\"nodeset\"}",
      "{\"id\":5,\"error\":\"\\\"'1'\\\": gives no nodes\"}" },
    { "{\"id\":6,\"expr\":\"nonsense()\"}",
      "{\"id\":6,\"error\":\"\\\"nonsense()\\\": column 1: there is no function nonsense()\"}" },
    { "{\"id\":7}", "{\"id\":7,\"error\":\"no expr\"}" },
    { "[1]", "{\"error\":\"not an object\"}" },
    { "{\"id\":8,\"expr\":\"/data/a + 1\",\"root\":\"" ROOT "\",\"xml\":\"" XML "\"}",
      "{\"id\":8,\"type\":\"number\",\"value\":8.0}" },
    { "{\"id\":9,\"expr\":\"../b/node() | @p\",\"root\":\"" ROOT "\",\"context\":\"" ROOT
      "/*[1]/*[1]\",\"xml\":\"" XML "\"}",
      "{\"id\":9,\"type\":\"nodeset\",\"value\":[\"1\",\"x\",\"c\",\"y\"],\"nodes\":["
      "\"" ROOT "/*[1]/*[1]/@p\",\"" ROOT "/*[1]/*[2]/text()[1]\",\"" ROOT
      "/*[1]/*[2]/comment()[1]\",\"" ROOT "/*[1]/*[2]/processing-instruction()[1]\"]}" },
    { "{\"id\":10,\"expr\":\".\",\"as\":\"string\",\"context\":\"" ROOT
      "/*[1]/*[1]/@p\",\"xml\":\"" XML "\"}",
      "{\"id\":10,\"type\":\"string\",\"value\":\"1\"}" },
    { "{\"id\":11,\"expr\":\".\",\"context\":\"/*[9]\",\"xml\":\"" XML "\"}",
      "{\"id\":11,\"error\":\"no node at /*[9]\"}" },
    { "{\"id\":12,\"expr\":\"jr:itext('t')\",\"as\":\"string\",\"xml\":\"" XML "\"}",
      "{\"id\":12,\"type\":\"string\",\"value\":\"Um\"}" },
    { "{\"id\":13,\"expr\":\"jr:itext('t')\",\"language\":\"en\",\"as\":\"string\",\"xml\":\"" XML
      "\"}",
      "{\"id\":13,\"type\":\"string\",\"value\":\"One\"}" },
    { "{\"id\":14,\"expr\":\"instance('s')/root/item\",\"as\":\"string\",\"xml\":\"" XML "\"}",
      "{\"id\":14,\"type\":\"string\",\"value\":\"k\"}" },
    { "{\"id\":15,\"expr\":\"date(0)\",\"tz\":\"Asia/Macau\"}",
      "{\"id\":15,\"type\":\"string\",\"value\":\"1970-01-01T08:00:00.000+08:00\"}" },
    { "{\"id\":16,\"expr\":\"date(0)\",\"tz\":\"Moon/Crater\"}",
      "{\"id\":16,\"type\":\"string\",\"value\":\"1970-01-01\"}" },
    { "{\"id\":17,\"expr\":\"1\",\"xml\":\"<a><b></a>\"}",
      "{\"id\":17,\"error\":\"the document is not XML\"}" },
    { "{\"id\":18,\"expr\":\"1\",\"xml\":\"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>\"}",
      "{\"id\":18,\"error\":\"a document with a DOCTYPE\"}" },
  };

  check_batch (table, G_N_ELEMENTS (table));
}

static void
test_broken_line (void)
{
  g_auto (ToolRun) run = tool_run ("{ broken\n\n{\"id\":1,\"expr\":\"2\"}\n",
                                   (const char *const[]){ "xpath", "--batch", NULL });
  g_auto (GStrv) lines = g_strsplit (run.out, "\n", -1);

  g_assert_cmpint (run.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "{\"error\":"));
  g_assert_cmpstr (lines[1], ==, "{\"id\":1,\"type\":\"number\",\"value\":2.0}");
}

static void
test_one (void)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-XXXXXX", NULL);
  g_autofree char *form = tool_write (folder, "form.xml", XML);
  g_autofree char *plain = tool_write (folder, "plain.xml", "<data><a>7</a></data>");

  tool_expect (0, "{\"type\":\"number\",\"value\":3.0}\n", ARGUMENTS ("xpath", "1 + 2"));
  tool_expect (1, NULL, ARGUMENTS ("xpath", "1 +"));
  tool_expect (1, NULL, ARGUMENTS ("xpath", "nonsense()"));
  tool_expect (2, NULL, ARGUMENTS ("xpath"));
  tool_expect (2, NULL, ARGUMENTS ("xpath", "1", "2"));
  tool_expect (2, NULL, ARGUMENTS ("xpath", "--wrong", "1"));
  tool_expect (2, NULL, ARGUMENTS ("xpath", "--form", form, "--instance", plain, "1"));
  tool_expect (0, "{\"type\":\"number\",\"value\":8.0}\n",
               ARGUMENTS ("xpath", "--form", form, "/data/a + 1"));
  tool_expect (0, "{\"type\":\"number\",\"value\":7.0}\n",
               ARGUMENTS ("xpath", "--instance", plain, "--context", "/data/a", "number()"));
  tool_expect (1, "{\"error\":\"no node at /data/z\"}\n",
               ARGUMENTS ("xpath", "--instance", plain, "--context", "/data/z", "."));
  tool_expect (1, NULL, ARGUMENTS ("xpath", "--instance", "/nonexistent", "1"));
  tool_expect (2, NULL, ARGUMENTS ("nonsense"));
  tool_expect (0, NULL, ARGUMENTS ("--help"));
  tool_expect (0, NULL, ARGUMENTS ("--version"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/tool-xpath/batch", test_batch);
  g_test_add_func ("/forms/tool-xpath/broken-line", test_broken_line);
  g_test_add_func ("/forms/tool-xpath/one", test_one);
  return g_test_run ();
}
