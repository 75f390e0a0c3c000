/* test-xpath-parser.c: what is refused and where, and what a tree tells of itself. */
#include "forms/xpath.h"

#include <string.h>

typedef struct
{
  const char *expression;
  JnFormError code;
  const char *message; /* part of it */
} Refusal;

static const Refusal refusals[] = {
  { "", JN_FORM_ERROR_SYNTAX, "column 1: expected a value, found the end" },
  { "1 +", JN_FORM_ERROR_SYNTAX, "column 4: expected a value, found the end" },
  { "1 + + 2", JN_FORM_ERROR_SYNTAX, "column 5: expected a value, found +" },
  { "(1 + 2", JN_FORM_ERROR_SYNTAX, "column 7: expected ), found the end" },
  { "1 2", JN_FORM_ERROR_SYNTAX, "column 3: expected an operator or the end, found 2" },
  { "/data/", JN_FORM_ERROR_SYNTAX, "column 7: expected the name of a node" },
  { "/data[", JN_FORM_ERROR_SYNTAX, "column 7: expected a value" },
  { "/data[1", JN_FORM_ERROR_SYNTAX, "column 8: expected ]" },
  { "concat(1, )", JN_FORM_ERROR_SYNTAX, "column 11: expected an argument" },
  { "concat(1 2)", JN_FORM_ERROR_SYNTAX, "column 10: expected a comma or )" },
  { "'abc", JN_FORM_ERROR_SYNTAX, "expected the closing '" },
  { "\"abc", JN_FORM_ERROR_SYNTAX, "expected the closing \"" },
  { "$a + 1", JN_FORM_ERROR_SYNTAX, "variables are no part of ODK XForms" },
  { "a ? 2", JN_FORM_ERROR_SYNTAX, "column 3" },
  { "1 &lt; 2", JN_FORM_ERROR_SYNTAX, "column 3" },
  { "1 OR 2", JN_FORM_ERROR_SYNTAX, "column 3" },
  { "up::a", JN_FORM_ERROR_SYNTAX, "expected an axis" },
  { "a/namespace::b", JN_FORM_ERROR_SYNTAX, "expected an axis" },
  { "..[1]]", JN_FORM_ERROR_SYNTAX, "column 6" },
  { "澳門 + ", JN_FORM_ERROR_SYNTAX, "column 6" },
  { "1.1e6", JN_FORM_ERROR_SYNTAX, "column 4" },
  { "zz:a", JN_FORM_ERROR_REFERENCE, "column 1: the prefix zz" },
  { "1 + nonsense(2)", JN_FORM_ERROR_REFERENCE, "column 5: there is no function nonsense()" },
  { "zz:true()", JN_FORM_ERROR_REFERENCE, "there is no function zz:true()" },
  { "itext('a')", JN_FORM_ERROR_REFERENCE, "there is no function itext()" },
  { "substr(1)", JN_FORM_ERROR_SYNTAX, "substr() takes 2 to 3 arguments, not 1" },
  { "not()", JN_FORM_ERROR_SYNTAX, "not() takes 1 argument, not 0" },
  { "join()", JN_FORM_ERROR_SYNTAX, "join() takes at least 1 argument, not 0" },
  { "regex(., '[')", JN_FORM_ERROR_SYNTAX, "column 1" },
};

static void
test_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr(GError) error = NULL;
  JnXPath *xpath = jn_xpath_new (refusal->expression, NULL, NULL, NULL, JN_XPATH_STRICT, &error);

  g_assert_null (xpath);
  g_assert_error (error, JN_FORM_ERROR, (int)refusal->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, refusal->message));
  g_assert_nonnull (strstr (error->message, refusal->expression));
}

static void
test_lenient (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnXPath) xpath = jn_xpath_new ("if(1, add-date(.), not())", NULL, NULL, NULL,
                                            JN_XPATH_DEFAULT, &error);

  g_assert_no_error (error);
  g_assert_error (jn_xpath_get_problem (xpath), JN_FORM_ERROR, JN_FORM_ERROR_REFERENCE);
  g_assert_nonnull (strstr (jn_xpath_get_problem (xpath)->message, "add-date()"));
}

static void
check_too_much (const char *expression)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (jn_xpath_new (expression, NULL, NULL, NULL, JN_XPATH_STRICT, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT);
}

static char *
repeat (const char *begin, int n, const char *middle, const char *end)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    g_string_append (text, begin);
  g_string_append (text, middle);
  for (int i = 0; i < n; i++)
    g_string_append (text, end);
  return g_strdup (text->str);
}

static void
test_limits (void)
{
  g_autofree char *deep = repeat ("(", 300, "1", ")"), *fine = repeat ("(", 200, "1", ")");
  g_autofree char *calls = repeat ("not(", 300, "1", ")"), *steps = repeat ("a[", 300, "1", "]");
  g_autofree char *chain = repeat ("1+", 5000, "1", ""), *sum = repeat ("1+", 3000, "1", "");
  g_autofree char *signs = repeat ("-", 50000, "1", ""), *text = repeat ("'", 1, "", "'");
  g_autofree char *huge = g_strnfill (JN_XPATH_MAX_LENGTH + 1, ' ');
  const char *const good[] = { fine, sum, signs, text };

  check_too_much (deep);
  check_too_much (calls);
  check_too_much (steps);
  check_too_much (chain);
  check_too_much (huge);
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JnXPath) xpath = jn_xpath_new (good[i], NULL, NULL, NULL, JN_XPATH_STRICT, &error);

      g_assert_no_error (error);
    }
}

static void
test_not_utf8 (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (jn_xpath_new ("'\xff'", NULL, NULL, NULL, JN_XPATH_STRICT, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX);
}

static const char *
resolve (const char *prefix, gpointer user_data)
{
  return strcmp (prefix, "own") == 0 ? "https://forms.example/own"
         : strcmp (prefix, "r") == 0 ? "http://openrosa.org/javarosa"
                                     : NULL;
}

static void
test_prefixes (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnXPath) xpath
             = jn_xpath_new ("r:itext(own:a/orx:b)", NULL, resolve, NULL, JN_XPATH_STRICT, &error);
  const JnXPathPath *const *paths;
  gsize n;

  g_assert_no_error (error);
  g_assert_true (jn_xpath_calls (xpath, "jr:itext"));
  paths = jn_xpath_get_paths (xpath, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (paths[0]->steps[0].ns, ==, "https://forms.example/own");
  g_assert_cmpstr (paths[0]->steps[1].ns, ==, "http://openrosa.org/xforms");
}

/* ---- introspection ----------------------------------------------------------------------------- */

static const char expression[] = "sum(/data/item[qty > ../least]/price) + "
                                 "count(instance('s')/root/item[name = current()/../k])"
                                 " + position(..) + (a | b)/c + if(true(), ., '')";

static void
test_paths (void)
{
  g_autoptr(JnXPath) xpath = jn_xpath_new (expression, NULL, NULL, NULL, JN_XPATH_STRICT, NULL);
  static const struct
  {
    JnXPathBase base;
    int n_steps;
    const char *last;
    int outer;
    int outer_step;
    const char *function;
  } expected[] = {
    { JN_XPATH_BASE_ROOT, 3, "price", -1, -1, "sum" },
    { JN_XPATH_BASE_CONTEXT, 1, "qty", 0, 1, NULL },
    { JN_XPATH_BASE_CONTEXT, 2, "least", 0, 1, NULL },
    { JN_XPATH_BASE_INSTANCE, 2, "item", -1, -1, "count" },
    { JN_XPATH_BASE_CONTEXT, 1, "name", 3, 1, NULL },
    { JN_XPATH_BASE_CURRENT, 2, "k", 3, 1, NULL },
    { JN_XPATH_BASE_CONTEXT, 1, NULL, -1, -1, "position" },
    { JN_XPATH_BASE_CONTEXT, 1, "a", -1, -1, NULL },
    { JN_XPATH_BASE_CONTEXT, 1, "b", -1, -1, NULL },
    { JN_XPATH_BASE_FILTER, 1, "c", -1, -1, NULL },
    { JN_XPATH_BASE_CONTEXT, 1, NULL, -1, -1, "if" },
  };
  const JnXPathPath *const *paths;
  gsize n;

  paths = jn_xpath_get_paths (xpath, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpint (paths[i]->base, ==, expected[i].base);
      g_assert_cmpuint (paths[i]->n_steps, ==, (guint)expected[i].n_steps);
      g_assert_cmpstr (paths[i]->steps[paths[i]->n_steps - 1].name, ==, expected[i].last);
      g_assert_true (paths[i]->outer == (expected[i].outer < 0 ? NULL : paths[expected[i].outer]));
      g_assert_cmpint (paths[i]->outer_step, ==, expected[i].outer_step);
      g_assert_cmpstr (paths[i]->function, ==, expected[i].function);
    }
  g_assert_cmpstr (paths[3]->instance, ==, "s");
  g_assert_true (paths[0]->steps[1].filtered);
  g_assert_false (paths[0]->steps[2].filtered);
  g_assert_cmpint (paths[2]->steps[0].axis, ==, JN_XPATH_AXIS_PARENT);
  g_assert_cmpuint (paths[0]->column, ==, 5);
  g_assert_cmpuint (paths[10]->argument, ==, 1);
}

static void
test_calls (void)
{
  g_autoptr(JnXPath) xpath
             = jn_xpath_new ("concat(jr:itext('greeting'), pulldata('t', 'a', 'b', c))", NULL, NULL,
                             NULL, JN_XPATH_STRICT, NULL);
  const JnXPathCall *const *calls;
  gsize n;

  calls = jn_xpath_get_calls (xpath, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (calls[1]->name, ==, "jr:itext");
  g_assert_cmpstr (calls[1]->literals[0], ==, "greeting");
  g_assert_cmpstr (calls[2]->literals[0], ==, "t");
  g_assert_cmpuint (calls[2]->n_args, ==, 4);
  g_assert_cmpuint (calls[2]->column, ==, 30);
  g_assert_null (calls[0]->literals[0]);
  g_assert_false (jn_xpath_calls (xpath, "once"));
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *expression;
    gboolean is_volatile;
    gboolean is_constant;
  } table[] = {
    { "1 + 2", FALSE, TRUE },
    { "concat('a', 'b')", FALSE, TRUE },
    { "today()", TRUE, FALSE },
    { "now() > 1", TRUE, FALSE },
    { "uuid()", TRUE, FALSE },
    { "randomize(a)", TRUE, FALSE },
    { "randomize(a, 3)", FALSE, FALSE },
    { ". + 1", FALSE, FALSE },
    { "position()", FALSE, FALSE },
    { "jr:itext('a')", FALSE, FALSE },
    { "date('2024-01-01')", FALSE, FALSE }, /* the zone's midnight */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr(JnXPath) xpath
                 = jn_xpath_new (table[i].expression, NULL, NULL, NULL, JN_XPATH_STRICT, NULL);

      g_test_message ("%s", table[i].expression);
      g_assert_cmpint (jn_xpath_is_volatile (xpath), ==, table[i].is_volatile);
      g_assert_cmpint (jn_xpath_is_constant (xpath), ==, table[i].is_constant);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *name = g_strdup_printf ("/forms/xpath-parser/refused/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (name, &refusals[i], test_refused);
    }
  g_test_add_func ("/forms/xpath-parser/lenient", test_lenient);
  g_test_add_func ("/forms/xpath-parser/limits", test_limits);
  g_test_add_func ("/forms/xpath-parser/not-utf8", test_not_utf8);
  g_test_add_func ("/forms/xpath-parser/prefixes", test_prefixes);
  g_test_add_func ("/forms/xpath-parser/paths", test_paths);
  g_test_add_func ("/forms/xpath-parser/calls", test_calls);
  g_test_add_func ("/forms/xpath-parser/kinds", test_kinds);
  return g_test_run ();
}
