/* test-repeats.c: rows. ODK XForms, "Repeats". */
#include "tests/forms/sample.h"

#include <string.h>

#define BODY "<group ref='/data/r'><repeat nodeset='/data/r'><input ref='a'/></repeat></group>"

static char *
add (JnFilling *filling, const char *ref)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;

  jn_filling_add (filling, ref, &changed, &error);
  g_assert_no_error (error);
  return join_refs (changed);
}

static char *
take_away (JnFilling *filling, const char *ref)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;

  jn_filling_remove (filling, ref, &changed, &error);
  g_assert_no_error (error);
  return join_refs (changed);
}

static gsize
count (JnFilling *filling, const char *ref)
{
  return jn_filling_count (filling, ref, NULL);
}

/* ---- Creation, removal --------------------------------------------------------------------------- */

static void
test_template (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><a>new</a><b/></r><r><a>John</a><b/></r>"
      "<n/></data></instance><bind nodeset='/data/n' calculate='count(/data/r)'/>",
      BODY);
  g_autofree char *changed = NULL;
  gboolean fixed;

  g_assert_cmpuint (jn_filling_count (filling, "/data/r", &fixed), ==, 1);
  g_assert_false (fixed);
  expect (filling, "/data/r[1]/a", "John");
  changed = add (filling, "/data/r");
  g_assert_cmpstr (changed, ==, "/data/r[2] /data/r[2]/a /data/r[2]/b /data/n");
  expect (filling, "/data/r[2]/a", "new");
  expect (filling, "/data/n", "2");
}

/* Spec, "Default Values in Repeats": what a row of the form holds is of that row alone. */
static void
test_without_a_template (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r v='1'><a>John</a><s><b>x</b></s></r></data></instance>", BODY);

  g_free (add (filling, "/data/r"));
  expect (filling, "/data/r[1]/a", "John");
  expect (filling, "/data/r[2]/a", "");
  expect (filling, "/data/r[2]/s/b", "");
  expect (filling, "/data/r[2]/@v", "1");
}

static void
test_only_a_template (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><a/></r></data></instance>", BODY);
  g_autoptr(GPtrArray) refs = jn_filling_list (filling);
  g_autoptr(GPtrArray) ranges = jn_filling_list_ranges (filling);

  g_assert_cmpuint (count (filling, "/data/r"), ==, 0);
  g_assert_cmpstr (refs->pdata[1], ==, "/data/orx:meta");
  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpstr (ranges->pdata[0], ==, "/data/r");
}

static void
test_remove_in_the_middle (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><a>1</a><p/></r><r><a>2</a><p/></r><r><a>2</a><p/></r><s/></data>"
      "</instance><bind nodeset='/data/r/p' calculate='position(..)'/>"
      "<bind nodeset='/data/s' calculate='sum(/data/r/a)'/>",
      BODY);
  g_autofree char *changed = take_away (filling, "/data/r[1]");

  /* what stood in the second place stands in the first; what is third no longer exists */
  g_assert_nonnull (strstr (changed, "/data/r[1]/a"));
  g_assert_null (strstr (changed, "/data/r[2]/a"));
  g_assert_nonnull (strstr (changed, "/data/r[3]/a"));
  expect (filling, "/data/r[1]/a", "2");
  expect (filling, "/data/r[2]/p", "2");
  expect (filling, "/data/s", "4");
  g_assert_cmpuint (count (filling, "/data/r"), ==, 2);
}

static void
test_remove_and_add_all (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><a>x</a></r><end/></data></instance>", BODY);
  g_autofree char *xml = NULL;

  for (guint i = 0; i < 3; i++)
    g_free (add (filling, "/data/r"));
  for (guint i = 0; i < 3; i++)
    g_free (take_away (filling, "/data/r[1]"));
  g_free (add (filling, "/data/r"));
  xml = submit (filling);
  g_assert_nonnull (strstr (xml, "<r><a>x</a></r><end/>"));
}

static void
test_fixed (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><a/></r></data></instance>",
      "<repeat nodeset='/data/r' jr:noAddRemove='true()'><input ref='a'/></repeat>");
  g_autoptr(GError) added = NULL, removed = NULL;
  gboolean fixed;

  g_assert_cmpuint (jn_filling_count (filling, "/data/r", &fixed), ==, 1);
  g_assert_true (fixed);
  g_assert_false (jn_filling_add (filling, "/data/r", NULL, &added));
  g_assert_error (added, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
  g_assert_false (jn_filling_remove (filling, "/data/r[1]", NULL, &removed));
  g_assert_error (removed, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
}

static void
test_no_such_row (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><r><a/></r></data></instance>", BODY);
  static const char *const refs[]
      = { "/data/r[2]", "/data/r[0]", "/data/r", "/data/r[1]/a", "/data/r[1][1]", "/data/r[x]" };

  for (gsize i = 0; i < G_N_ELEMENTS (refs); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (jn_filling_remove (filling, refs[i], NULL, &error));
      g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND);
    }
}

/* ---- jr:count ------------------------------------------------------------------------------------ */

static void
test_count (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><n>2</n><r jr:template=''><a>t</a></r><r><a>first</a></r></data>"
      "</instance><bind nodeset='/data/n' type='int'/>",
      "<input ref='/data/n'/><repeat nodeset='/data/r' jr:count='/data/n'><input "
      "ref='a'/></repeat>");
  g_autofree char *changed = NULL;

  g_assert_cmpuint (count (filling, "/data/r"), ==, 2);
  expect (filling, "/data/r[1]/a", "first");
  expect (filling, "/data/r[2]/a", "t");
  put (filling, "/data/r[2]/a", "mine");
  put (filling, "/data/n", "");
  g_assert_cmpuint (count (filling, "/data/r"), ==, 2);
  changed = put_and_list (filling, "/data/n", "1");
  g_assert_cmpstr (changed, ==, "/data/n /data/r[2] /data/r[2]/a");
  put (filling, "/data/n", "-3");
  g_assert_cmpuint (count (filling, "/data/r"), ==, 0);
}

static void
test_blank_count_at_the_start (void)
{
  static const char body[] = "<input ref='/data/n'/><repeat nodeset='/data/r' jr:count='/data/n'>"
                             "<input ref='a'/></repeat>";
  g_autoptr(JnFilling) bare
             = sample_fill ("<instance><data id='t'><n/><r><a/></r></data></instance>", body);
  g_autoptr(JnFilling) beside = sample_fill (
      "<instance><data id='t'><n/><r jr:template=''><a/></r><r><a>own</a></r></data></instance>",
      body);

  g_assert_cmpuint (count (bare, "/data/r"), ==, 0);
  g_assert_cmpuint (count (beside, "/data/r"), ==, 1);
  expect (beside, "/data/r[1]/a", "own");
}

static void
test_count_limit (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><n>1</n><r><a/></r></data></instance>",
                            "<input ref='/data/n'/><repeat nodeset='/data/r' "
                            "jr:count='/data/n'><input ref='a'/></repeat>");
  g_autoptr(GError) error = NULL;

  g_assert_false (jn_filling_set (filling, "/data/n", "100000000", NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT);
  g_assert_cmpuint (count (filling, "/data/r"), ==, 1);
}

/* A count that each row makes larger ends at the budget, and soon. Found by fuzzing. */
static void
test_count_of_itself (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><n>3</n><r jr:template=''><a>1</a></r></data></instance>",
      "<input ref='/data/n'/><repeat nodeset='/data/r' jr:count='count(/data/r) + 1'><input "
      "ref='a'/></repeat>");
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  JnFilling *filling = jn_filling_new (form, NULL, &error);

  g_assert_null (filling);
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static void
test_nested_count (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data "
      "id='t'><r><n>1</n><s><a/></s></r><r><n>2</n><s><a/></s></r></data></instance>",
      "<repeat nodeset='/data/r'><input ref='n'/><repeat nodeset='s' jr:count='../n'>"
      "<input ref='a'/></repeat></repeat>");

  g_assert_cmpuint (count (filling, "/data/r[1]/s"), ==, 1);
  g_assert_cmpuint (count (filling, "/data/r[2]/s"), ==, 2);
  put (filling, "/data/r[1]/n", "3");
  g_assert_cmpuint (count (filling, "/data/r[1]/s"), ==, 3);
  g_assert_cmpuint (count (filling, "/data/r[2]/s"), ==, 2);
}

/* ---- A big deviation with XForms ------------------------------------------------------------------ */

static void
test_absolute_paths_stay_in_the_row (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><a>1</a><b/><all/></r><r><a>2</a><b/><all/></r></data></instance>"
      "<bind nodeset='/data/r/b' calculate='/data/r/a * 10'/>"
      "<bind nodeset='/data/r/all' calculate='count(/data/r)'/>",
      BODY);
  g_autofree char *changed = NULL;

  expect (filling, "/data/r[1]/b", "10");
  expect (filling, "/data/r[2]/b", "20");
  expect (filling, "/data/r[2]/all", "2");
  changed = put_and_list (filling, "/data/r[2]/a", "3");
  g_assert_cmpstr (changed, ==, "/data/r[2]/a /data/r[2]/b");
}

static void
test_rows_that_read_rows (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data "
      "id='t'><r><a>1</a><sum/></r><r><a>2</a><sum/></r><r><a>3</a><sum/></r></data>"
      "</instance><bind nodeset='/data/r/sum' calculate=\"../a + coalesce("
      "../../r[position() = position(current()/..) - 1]/sum, 0)\"/>",
      BODY);

  expect (filling, "/data/r[3]/sum", "6");
  put (filling, "/data/r[1]/a", "10");
  expect (filling, "/data/r[2]/sum", "12");
  expect (filling, "/data/r[3]/sum", "15");
  g_free (take_away (filling, "/data/r[1]"));
  expect (filling, "/data/r[1]/sum", "2");
  expect (filling, "/data/r[2]/sum", "5");
}

static void
test_indexed_repeat (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><i>1</i><r><a>x</a></r><r><a>y</a></r><v/></data></instance>"
      "<bind nodeset='/data/v' calculate='indexed-repeat(/data/r/a, /data/r, /data/i)'/>",
      "<input ref='/data/i'/>" BODY);

  expect (filling, "/data/v", "x");
  put (filling, "/data/i", "2");
  expect (filling, "/data/v", "y");
  put (filling, "/data/r[2]/a", "z");
  expect (filling, "/data/v", "z");
}

static void
test_aggregates_heed_relevance (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><on>1</on><a>5</a></r><r><on>1</on><a>6</a></r><m/></data>"
      "</instance><bind nodeset='/data/r/a' relevant='../on = 1'/>"
      "<bind nodeset='/data/m' calculate='join(&quot; &quot;, /data/r/a)'/>",
      "<repeat nodeset='/data/r'><input ref='on'/><input ref='a'/></repeat>");

  expect (filling, "/data/m", "5 6");
  put (filling, "/data/r[1]/on", "0");
  expect (filling, "/data/m", " 6");
}

/* ---- Nested rows ------------------------------------------------------------------------------------ */

/* The nodes of indexed-repeat() are of all rows, its index is of the row around. */
static void
test_indexed_repeat_in_a_row (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><a/><k/><last/><kth/></r></data></instance>"
      "<bind nodeset='/data/r/last'"
      " calculate='indexed-repeat(/data/r/a, /data/r, position(..) - 1)'/>"
      "<bind nodeset='/data/r/kth' calculate='indexed-repeat(/data/r/a, /data/r, /data/r/k)'/>",
      "<repeat nodeset='/data/r'><input ref='a'/><input ref='k'/></repeat>");

  g_free (add (filling, "/data/r"));
  g_free (add (filling, "/data/r"));
  put (filling, "/data/r[1]/a", "x");
  put (filling, "/data/r[2]/a", "y");
  put (filling, "/data/r[1]/k", "2");
  put (filling, "/data/r[2]/k", "1");
  expect (filling, "/data/r[2]/last", "x");
  expect (filling, "/data/r[1]/kth", "y");
  expect (filling, "/data/r[2]/kth", "x");
  g_free (take_away (filling, "/data/r[1]"));
  expect (filling, "/data/r[1]/last", "");
}

static void
test_nested (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><s jr:template=''><a>1</a></s><n/></r><all/></data>"
      "</instance><bind nodeset='/data/r/n' calculate='count(../s)'/>"
      "<bind nodeset='/data/all' calculate='sum(/data/r/s/a)'/>",
      "<repeat nodeset='/data/r'><repeat nodeset='/data/r/s'><input ref='a'/></repeat></repeat>");

  g_free (add (filling, "/data/r"));
  g_free (add (filling, "/data/r"));
  g_free (add (filling, "/data/r[2]/s"));
  g_free (add (filling, "/data/r[2]/s"));
  put (filling, "/data/r[2]/s[2]/a", "5");
  expect (filling, "/data/r[1]/n", "0");
  expect (filling, "/data/r[2]/n", "2");
  expect (filling, "/data/all", "6");
  g_free (take_away (filling, "/data/r[1]"));
  expect (filling, "/data/r[1]/s[2]/a", "5");
  expect (filling, "/data/all", "6");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/repeats/template", test_template);
  g_test_add_func ("/forms/repeats/without-a-template", test_without_a_template);
  g_test_add_func ("/forms/repeats/only-a-template", test_only_a_template);
  g_test_add_func ("/forms/repeats/indexed-repeat-in-a-row", test_indexed_repeat_in_a_row);
  g_test_add_func ("/forms/repeats/remove-in-the-middle", test_remove_in_the_middle);
  g_test_add_func ("/forms/repeats/remove-and-add-all", test_remove_and_add_all);
  g_test_add_func ("/forms/repeats/fixed", test_fixed);
  g_test_add_func ("/forms/repeats/no-such-row", test_no_such_row);
  g_test_add_func ("/forms/repeats/count", test_count);
  g_test_add_func ("/forms/repeats/blank-count", test_blank_count_at_the_start);
  g_test_add_func ("/forms/repeats/count-limit", test_count_limit);
  g_test_add_func ("/forms/repeats/count-of-itself", test_count_of_itself);
  g_test_add_func ("/forms/repeats/nested-count", test_nested_count);
  g_test_add_func ("/forms/repeats/absolute-paths", test_absolute_paths_stay_in_the_row);
  g_test_add_func ("/forms/repeats/rows-that-read-rows", test_rows_that_read_rows);
  g_test_add_func ("/forms/repeats/indexed-repeat", test_indexed_repeat);
  g_test_add_func ("/forms/repeats/aggregates-heed-relevance", test_aggregates_heed_relevance);
  g_test_add_func ("/forms/repeats/nested", test_nested);
  return g_test_run ();
}
