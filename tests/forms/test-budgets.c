/* test-budgets.c: what a form from outside may ask for, and that more is refused and not endured. */
#include "tests/forms/sample.h"

#include <string.h>

/* Appends @format, which has one %u, or several of the same, for each number from 0. */
#define REPEAT(text, n, ...)                                                                       \
  for (guint i = 0; i < (n); i++)                                                                  \
  g_string_append_printf (text, __VA_ARGS__)

static void
refused (const GString *model, const char *part)
{
  sample_fails (model->str, "", JN_FORM_ERROR_LIMIT, part);
}

/* A rule in a chain is a call inside a call: without an end to it the stack would find one. */
static void
test_chain (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'>");

  REPEAT (model, 5001, "<n%u/>", i);
  g_string_append (model, "</data></instance>");
  REPEAT (model, 5000, "<bind nodeset='/data/n%u' calculate='/data/n%u'/>", i, i + 1);
  refused (model, "wait for each other");
}

static void
test_languages (void)
{
  g_autoptr(GString) model = g_string_new ("<itext>");

  REPEAT (model, 101, "<translation lang='l%u'/>", i);
  g_string_append (model, "</itext><instance><data id='t'/></instance>");
  refused (model, "languages");
}

static void
test_instances (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'/></instance>");

  REPEAT (model, 1001, "<instance id='i%u'/>", i);
  refused (model, "secondary instances");
}

static void
test_paths_to_everything (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'>");

  REPEAT (model, 2000, "<n%u/>", i);
  g_string_append (model, "</data></instance>");
  REPEAT (model, 2000, "<bind nodeset='/data/n%u' calculate='count(//*)'/>", i);
  refused (model, "too many nodes");
}

/* Each expression stays within its own budget, all of them together do not. */
static void
test_operations (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'>");
  g_autoptr(JnForm) form = NULL;
  g_autoptr(GError) error = NULL;

  REPEAT (model, 200, "<n%u/>", i);
  g_string_append (model, "</data></instance><instance id='i'><root>");
  REPEAT (model, 1500, "<item>%u</item>", i);
  g_string_append (model, "</root></instance>");
  REPEAT (
      model, 200,
      "<bind nodeset='/data/n%u' calculate=\"count(instance('i')/root/item[count(../item[. &lt; "
      "5]) = 5])\"/>",
      i);
  form = sample_form (model->str, "");
  g_assert_null (jn_filling_new (form, NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT);
}

/* Many nodes side by side are no reason to refuse a form, nor to read it again and again. */
static void
test_wide (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'>");
  g_autoptr(JnFilling) filling = NULL;

  REPEAT (model, 20000, "<n%u/>", i);
  g_string_append (model, "</data></instance>"
                          "<bind nodeset='/data/n0' calculate='/data/n19999 + 1'/>");
  filling = sample_fill (model->str, "");
  put (filling, "/data/n19999", "1");
  expect (filling, "/data/n0", "2");
}

/* A circle of many is named by its first. */
static void
test_long_circle (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'>");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  REPEAT (model, 100, "<n%u/>", i);
  g_string_append (model, "</data></instance>");
  REPEAT (model, 100, "<bind nodeset='/data/n%u' calculate='/data/n%u'/>", i, (i + 1) % 100);
  bytes = sample_bytes (model->str, "");
  g_assert_null (jn_form_new_from_bytes (bytes, NULL, NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_CYCLE);
  g_assert_nonnull (strstr (error->message, "/data/n19 → … → /data/n0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/budgets/chain", test_chain);
  g_test_add_func ("/forms/budgets/languages", test_languages);
  g_test_add_func ("/forms/budgets/instances", test_instances);
  g_test_add_func ("/forms/budgets/paths-to-everything", test_paths_to_everything);
  g_test_add_func ("/forms/budgets/operations", test_operations);
  g_test_add_func ("/forms/budgets/wide", test_wide);
  g_test_add_func ("/forms/budgets/long-circle", test_long_circle);
  return g_test_run ();
}
