/* test-xpath-eval.c: operators, conversions and comparison (XPath 1.0, 3; ODK XForms, "Operators"). */
#include "tests/forms/expressions.h"

#include <math.h>

static void
test_arithmetic (void)
{
  static const Expectation table[] = {
    { NULL, "1 + 2 * 3", "7" },
    { NULL, "(1 + 2) * 3", "9" },
    { NULL, "7 - 2 - 1", "4" },
    { NULL, "8 div 2 div 2", "2" },
    { NULL, "5 mod 2", "1" },
    { NULL, "5 mod -2", "1" },
    { NULL, "-5 mod 2", "-1" },
    { NULL, "1.5 mod 0.5", "0" },
    { NULL, "1 div 0", "Infinity" },
    { NULL, "-1 div 0", "-Infinity" },
    { NULL, "0 div 0", "NaN" },
    { NULL, "- - 3", "3" },
    { NULL, "---3", "-3" },
    { NULL, "2-1", "1" },
    { NULL, "2div1", "2" },
    { NULL, "4mod3", "1" },
    { NULL, "age + 1", "42" },
    { NULL, "age - 1", "40" },
    { NULL, "age -1", "40" },
    { NULL, "empty + 1", "NaN" },
    { NULL, "name * 2", "NaN" },
    { NULL, "'3' + '4'", "7" },
    { NULL, "true() + 1", "2" },
    { NULL, "missing + 1", "NaN" },
    { NULL, "* * 2", "NaN" },
    { NULL, "age * 2", "82" },
    { NULL },
  };

  check_expectations (table);
}

static void
test_logic (void)
{
  static const Expectation table[] = {
    { NULL, "true() and false()", "false" },
    { NULL, "true() or false()", "true" },
    { NULL, "false() or true() and false()", "false" },
    { NULL, "1 = 1 and 2 = 2", "true" },
    { NULL, "1and1", "true" },
    { NULL, "'a' or missing", "true" },
    { NULL, "'' or missing", "false" },
    { NULL, "name and age", "true" },
    /* an empty node is there, so it is true as a node-set */
    { NULL, "empty and true()", "true" },
    { NULL, "0 or 0 div 0", "false" },
    /* what decides is on the left: the right is not looked at */
    { NULL, "false() and nonsense()", "false" },
    { NULL, "true() or substr(1)", "true" },
    { NULL, "true() and nonsense()", "error: REFERENCE" },
    { NULL, "false() or substr(1)", "error: SYNTAX" },
    { NULL },
  };

  check_expectations (table);
}

static void
test_comparison (void)
{
  static const Expectation table[] = {
    { NULL, "1 = 1.0", "true" },
    { NULL, "'1' = '1.0'", "false" },
    { NULL, "1 = '1.0'", "true" },
    { NULL, "'b' > 'a'", "false" },
    { NULL, "'2' > '1'", "true" },
    { NULL, "1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3", "true" },
    { NULL, "3 < 4 < 5", "true" },
    { NULL, "5 > 4 > 3", "false" },
    { NULL, "true() = 1", "true" },
    { NULL, "true() = 'false'", "true" },
    { NULL, "false() = ''", "true" },
    { NULL, "0 div 0 = 0 div 0", "false" },
    { NULL, "0 div 0 != 0 div 0", "true" },
    { NULL, "name = 'Ana'", "true" },
    { NULL, "name != 'Ana'", "false" },
    { NULL, "missing = ''", "false" },
    { NULL, "missing != ''", "false" },
    { NULL, "empty = ''", "true" },
    { NULL, "age = 41", "true" },
    { NULL, "age = '41'", "true" },
    { NULL, "age >= 18", "true" },
    /* any node of a set */
    { NULL, "item/qty = 3", "true" },
    { NULL, "item/qty != 3", "true" },
    { NULL, "item/qty > 4", "true" },
    { NULL, "item/qty > 5", "false" },
    { NULL, "group/a = item/qty", "false" },
    { NULL, "group/b = item/qty", "true" },
    { NULL, "missing = item/qty", "false" },
    { NULL, "true() = item/qty", "true" },
    { NULL, "false() = missing", "true" },
    { NULL, "name != item/qty", "true" },
    { NULL, "group/b != group/b", "false" },
    { NULL, "item/qty < group/b", "false" },
    { NULL, "item/qty <= group/b", "true" },
    { NULL, "group/a < item/qty", "true" },
    { NULL, "item/qty < name", "false" },
    { NULL, "* >= name", "false" },
    { NULL, "6 > item/qty and 5 >= item/qty and not(2 > item/qty)", "true" },
    { NULL, "missing < 1 or 1 < missing", "false" },
    { NULL, "name != 3", "true" },
    { NULL, "3 != name", "true" },
    /* decimals that binary numbers miss by a hair */
    { NULL, "0.1 + 0.2 = 0.3", "true" },
    { NULL, "6.1 - 7.8 = -1.7", "true" },
    { NULL, "0.1 + 0.2 != 0.3", "false" },
    { NULL, "1000.001 = 1000.002", "false" },
    { NULL },
  };

  check_expectations (table);
}

/* ODK XForms, "Operators": dates compare and count as days. 1970-01-01 in Macau begins 8 hours before
 * it does in Greenwich: -8 / 24 days. */
static void
test_dates (void)
{
  static const Expectation table[] = {
    { NULL, "'2024-01-02' > '2024-01-01'", "true" },
    { NULL, "'2024-01-02' < '2024-01-01'", "false" },
    { NULL, "born < today()", "true" },
    { NULL, "'2024-03-01' = today()", "true" },
    { NULL, "'2024-03-02' > now() and '2024-03-01' < now()", "true" },
    { NULL, "date('2024-03-01') - date('2024-02-01')", "29" },
    { NULL, "'2024-03-01' - '2024-02-01'", "29" },
    { NULL, "today() - born", "15342" },
    { NULL, "int((today() - born) div 365.25)", "42" },
    { NULL, "date('2024-02-28') + 2 = date('2024-03-01')", "true" },
    { NULL, "date(date('2024-02-28') + 2)", "2024-03-01" },
    { NULL, "number('1970-01-01')", "-0.3333333333333333" },
    { NULL, "number('1970-01-01T00:00:00Z')", "0" },
    { NULL, "'1970-01-01' + 0.5", "0.16666666666666669" },
    { NULL, "'2024-02-30' > '2024-02-01'", "false" },
    { NULL, "'2024-06-25' = '2024-06-25T00:00:00.000+08:00'", "false" },
    { NULL, "date('2024-06-25') = date('2024-06-25T00:00:00.000+08:00')", "true" },
    { NULL, "'2024-06-25T08:00:00+08:00' <= '2024-06-25T00:00:00Z'", "true" },
    { NULL },
  };

  check_expectations (table);
}

static void
test_conversions (void)
{
  g_autoptr(Sheet) sheet = sheet_new ();
  JnXPathScope *scope = sheet_scope (sheet, "/data");
  static const struct
  {
    const char *expression;
    JnXPathType type;
    double number;
    gboolean boolean;
  } table[] = {
    { "1 + 1", JN_XPATH_NUMBER, 2, TRUE },
    { "0", JN_XPATH_NUMBER, 0, FALSE },
    { "'41'", JN_XPATH_STRING, 41, TRUE },
    { "''", JN_XPATH_STRING, NAN, FALSE },
    { "1 = 1", JN_XPATH_BOOLEAN, 1, TRUE },
    { "1 = 2", JN_XPATH_BOOLEAN, 0, FALSE },
    { "age", JN_XPATH_NODESET, 41, TRUE },
    { "missing", JN_XPATH_NODESET, NAN, FALSE },
    { "item/qty", JN_XPATH_NODESET, 2, TRUE },
    { "empty", JN_XPATH_NODESET, NAN, TRUE },
    { "0 div 0", JN_XPATH_NUMBER, NAN, FALSE },
    { "date('1970-01-01T00:00:00Z')", JN_XPATH_STRING, 0, FALSE },
    { "'false'", JN_XPATH_STRING, NAN, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(JnXPath) xpath
                 = jn_xpath_new (table[i].expression, NULL, NULL, NULL, JN_XPATH_STRICT, NULL);
      g_auto (JnXPathValue) value = { 0 };
      g_autoptr(GError) error = NULL;
      double number;
      gboolean boolean;

      g_test_message ("%s", table[i].expression);
      g_assert_true (jn_xpath_evaluate (xpath, scope, NULL, &value, &error));
      g_assert_cmpint (value.type, ==, table[i].type);
      g_assert_true (jn_xpath_evaluate_number (xpath, scope, NULL, &number, &error));
      g_assert_true (number == table[i].number || (isnan (number) && isnan (table[i].number)));
      g_assert_true (jn_xpath_evaluate_boolean (xpath, scope, NULL, &boolean, &error));
      g_assert_cmpint (boolean, ==, table[i].boolean);
    }
}

static void
test_not_nodes (void)
{
  g_autoptr(Sheet) sheet = sheet_new ();
  g_autoptr(JnXPath) xpath = jn_xpath_new ("1 + 1", NULL, NULL, NULL, JN_XPATH_STRICT, NULL);
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (
      jn_xpath_evaluate_nodes (xpath, sheet_scope (sheet, "/data"), NULL, nodes, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
}

/* ---- budgets ----------------------------------------------------------------------------------- */

static void
check_limit (const char *expression, guint64 operations, gboolean allowed)
{
  g_autoptr(Sheet) sheet = sheet_new ();
  JnXPathScope *scope = sheet_scope (sheet, "/data");
  g_autofree char *text = NULL;

  scope->operations = operations;
  text = evaluate_text (scope, expression);
  g_test_message ("%.60s: %s", expression, text);
  g_assert_cmpint (g_strcmp0 (text, "error: LIMIT") != 0, ==, allowed);
}

static void
test_operations (void)
{
  check_limit ("count(//node()[count(//node()[count(//node()) > 0]) > 0])", 100000, FALSE);
  check_limit ("count(//node())", 100000, TRUE);
  check_limit ("count(//node())", 10, FALSE);
  check_limit ("item/qty = 7", 3, FALSE);
  /* comparing sets, and the texts of what holds much, are work too */
  check_limit ("//node()[//node() = 'nothing']", 2000, FALSE);
  check_limit ("//node()[//. > 99]", 2000, FALSE);
}

/* Texts that double with each step would fill the memory long before they count as steps. */
static void
test_memory (void)
{
  g_autoptr(GString) expression = g_string_new ("'0123456789abcdef'");

  for (int i = 0; i < 40; i++)
    {
      g_string_prepend (expression, "translate(join(',', ");
      g_string_append (expression, ", 1), ',', ',')");
    }
  check_limit (expression->str, 0, TRUE);
  check_limit ("concat(uuid(60000), uuid(60000), uuid(60000), uuid(60000))", 5000, FALSE);
}

/* As deep a chain as is read can also be evaluated. */
static void
test_chain (void)
{
  g_autoptr(Sheet) sheet = sheet_new ();
  g_autoptr(GString) expression = g_string_new ("1");
  g_autofree char *text = NULL;

  for (int i = 1; i < 3900; i++)
    g_string_append (expression, "+1");
  text = evaluate_text (sheet_scope (sheet, "/data"), expression->str);
  g_assert_cmpstr (text, ==, "3900");
}

static void
test_pattern (void)
{
  check_limit ("regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '^(a+)+$')", 0, FALSE);
  check_limit ("regex('aaaaaaaaaaaaaaab', '^a+b$')", 0, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/xpath-eval/arithmetic", test_arithmetic);
  g_test_add_func ("/forms/xpath-eval/logic", test_logic);
  g_test_add_func ("/forms/xpath-eval/comparison", test_comparison);
  g_test_add_func ("/forms/xpath-eval/dates", test_dates);
  g_test_add_func ("/forms/xpath-eval/conversions", test_conversions);
  g_test_add_func ("/forms/xpath-eval/not-nodes", test_not_nodes);
  g_test_add_func ("/forms/xpath-eval/operations", test_operations);
  g_test_add_func ("/forms/xpath-eval/memory", test_memory);
  g_test_add_func ("/forms/xpath-eval/chain", test_chain);
  g_test_add_func ("/forms/xpath-eval/pattern", test_pattern);
  return g_test_run ();
}
