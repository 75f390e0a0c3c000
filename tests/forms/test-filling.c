/* test-filling.c: what follows from an answer. ODK XForms, "Bindings", "Groups", "Events". */
#include "tests/forms/sample.h"

#include <string.h>

#define FIELD(name) "<input ref='/data/" name "'><label>" name "</label></input>"

/* ---- Bind attributes: calculate, relevant, readonly, required ----------------------------------- */

static void
test_calculate_chain (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><a>1</a><b/><c/><d>x</d></data></instance>"
                            "<bind nodeset='/data/a' type='int'/>"
                            "<bind nodeset='/data/c' type='int' calculate='/data/b + 1'/>"
                            "<bind nodeset='/data/b' type='int' calculate='/data/a * 2'/>",
                            FIELD ("a") FIELD ("d"));
  g_autofree char *changed = NULL, *none = NULL;

  expect (filling, "/data/b", "2");
  expect (filling, "/data/c", "3");
  changed = put_and_list (filling, "/data/a", "5");
  g_assert_cmpstr (changed, ==, "/data/a /data/b /data/c");
  expect (filling, "/data/c", "11");
  none = put_and_list (filling, "/data/d", "y");
  g_assert_cmpstr (none, ==, "/data/d");
}

static void
test_same_result_stops (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><a>1</a><b/><c/></data></instance>"
                            "<bind nodeset='/data/b' calculate='/data/a &gt; 0'/>"
                            "<bind nodeset='/data/c' calculate='concat(/data/b, uuid())'/>",
                            FIELD ("a"));
  g_autofree char *before = g_strdup (state_of (filling, "/data/c").value);
  g_autofree char *changed = put_and_list (filling, "/data/a", "2");

  g_assert_cmpstr (changed, ==, "/data/a");
  expect (filling, "/data/c", before);
}

static void
test_self_reference (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><step/><n>1</n><first/></data></instance>"
      "<bind nodeset='/data/n' type='int' calculate='. + number(/data/step &gt;= 0)'/>"
      "<bind nodeset='/data/first' calculate='once(/data/step)'/>",
      FIELD ("step"));

  expect (filling, "/data/n", "1");
  put (filling, "/data/step", "3");
  expect (filling, "/data/n", "2");
  put (filling, "/data/step", "4");
  expect (filling, "/data/first", "3");
}

static void
test_relevance_is_inherited (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><ask>yes</ask><g><x>kept</x><h><y>deep</y></h></g><copy/></data>"
      "</instance><bind nodeset='/data/g' relevant=\"/data/ask = 'yes'\"/>"
      "<bind nodeset='/data/g/h/y' relevant=\"../../x != ''\"/>"
      "<bind nodeset='/data/copy' calculate='concat(/data/g/x, /data/g/h/y)'/>",
      FIELD ("ask"));
  g_autofree char *changed = NULL;

  expect (filling, "/data/copy", "keptdeep");
  changed = put_and_list (filling, "/data/ask", "no");
  g_assert_nonnull (strstr (changed, "/data/g/h/y"));
  expect_blank (filling, "/data/g/x");
  expect_blank (filling, "/data/g/h/y");
  expect (filling, "/data/copy", "");
  put (filling, "/data/ask", "yes");
  expect (filling, "/data/g/x", "kept");
  expect (filling, "/data/copy", "keptdeep");
}

static void
test_calculate_waits_for_relevance (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><on/><a>1</a><sum/></data></instance>"
      "<bind nodeset='/data/sum' calculate='/data/a + 1' relevant=\"/data/on = '1'\"/>",
      FIELD ("on") FIELD ("a"));

  put (filling, "/data/a", "7");
  expect_blank (filling, "/data/sum");
  put (filling, "/data/on", "1");
  expect (filling, "/data/sum", "8");
}

static void
test_readonly_is_inherited (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><lock/><g><x>1</x></g></data></instance>"
                            "<bind nodeset='/data/g' readonly=\"/data/lock = 'yes'\"/>",
                            FIELD ("lock") FIELD ("g/x"));
  g_autoptr(GError) error = NULL;

  put (filling, "/data/g/x", "2");
  put (filling, "/data/lock", "yes");
  g_assert_true (state_of (filling, "/data/g/x").readonly);
  g_assert_false (jn_filling_set (filling, "/data/g/x", "3", NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
  expect (filling, "/data/g/x", "2");
}

static void
test_bind_on_attribute (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><a>1</a><e at='' off='x'/></data></instance>"
                            "<bind nodeset='/data/e/@at' calculate='/data/a * 3'/>"
                            "<bind nodeset='/data/e/@off' relevant='/data/a &gt; 1'/>",
                            FIELD ("a"));
  g_autofree char *xml = NULL;

  expect (filling, "/data/e/@at", "3");
  expect_blank (filling, "/data/e/@off");
  xml = submit (filling);
  g_assert_nonnull (strstr (xml, "<e at=\"3\"/>"));
}

static void
test_errors (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><g><x/></g></data></instance>", FIELD ("g/x"));
  g_autoptr(GError) missing = NULL, group = NULL;

  g_assert_false (jn_filling_set (filling, "/data/nowhere", "1", NULL, &missing));
  g_assert_error (missing, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND);
  g_assert_false (jn_filling_set (filling, "/data/g", "1", NULL, &group));
  g_assert_error (group, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED);
}

/* Found by fuzzing: a group holds nodes, whatever a bind or an action would write into it. */
static void
test_groups_hold_no_text (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><g><x>1</x></g><r><y>2</y></r></data></instance>"
      "<bind nodeset='/data/g' calculate='/data/r/y'/><bind nodeset='/data/r' calculate='1 + 1'/>"
      "<bind nodeset='/data' jr:preload='uid'/>"
      "<setvalue event='odk-instance-first-load' ref='/data/g'>text</setvalue>",
      "<repeat nodeset='/data/r'><input ref='y'/></repeat>" FIELD ("g/x"));
  g_autofree char *xml = submit (filling);

  expect (filling, "/data/g/x", "1");
  g_assert_nonnull (strstr (xml, "<g><x>1</x></g><r><y>2</y></r>"));
}

/* Found by fuzzing: the text node that an expression found before is gone when it is blank again. */
static void
test_text_nodes_come_and_go (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><n>7</n><a/><b/><c/></data></instance>"
                            "<bind nodeset='/data/a' calculate='count(/data/n/text())'/>"
                            "<bind nodeset='/data/b' calculate=\"//. &gt; /data/n\"/>"
                            "<bind nodeset='/data/c' calculate='string(/data/n/node())'/>",
                            FIELD ("n"));

  expect (filling, "/data/c", "7");
  put (filling, "/data/n", "");
  expect (filling, "/data/a", "0");
  expect (filling, "/data/c", "");
  put (filling, "/data/n", "8");
  expect (filling, "/data/a", "1");
  expect (filling, "/data/c", "8");
}

/* What a person writes over a calculate stands until something else is computed. */
static void
test_written_over (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a>2</a><b/><r><c/></r></data></instance>"
      "<bind nodeset='/data/b' type='decimal' calculate='/data/a * 2'/>"
      "<bind nodeset='/data/r/c' calculate='position(..)'/>",
      FIELD ("a") FIELD ("b") "<repeat nodeset='/data/r'><input ref='c'/></repeat>");

  put (filling, "/data/b", "99");
  put (filling, "/data/a", "2.0");
  expect (filling, "/data/b", "99.0");
  put (filling, "/data/a", "3");
  expect (filling, "/data/b", "6.0");
  put (filling, "/data/r[1]/c", "mine");
  g_assert_true (jn_filling_add (filling, "/data/r", NULL, NULL));
  expect (filling, "/data/r[1]/c", "mine");
  expect (filling, "/data/r[2]/c", "2");
}

/* What does not fit, or is not offered, is something computed too. */
static void
test_written_over_what_does_not_fit (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a>2</a><b/><c/></data></instance>"
      "<bind nodeset='/data/b' type='int' calculate=\"if(/data/a &lt; 9, 'none', 1)\"/>"
      "<bind nodeset='/data/c' calculate=\"if(/data/a &lt; 9, 'none', 'x')\"/>",
      FIELD ("a") FIELD ("b") "<select1 ref='/data/c'><item><label>X</label><value>x</value></item>"
                              "<item><label>Y</label><value>y</value></item></select1>");

  put (filling, "/data/b", "7");
  put (filling, "/data/c", "y");
  put (filling, "/data/a", "3");
  expect (filling, "/data/b", "7");
  expect (filling, "/data/c", "y");
  put (filling, "/data/a", "9");
  expect (filling, "/data/b", "1");
  expect (filling, "/data/c", "x");
}

/* A node that is asked again holds what its calculate gives. */
static void
test_written_over_and_not_relevant (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><on>1</on><g><b/></g></data></instance>"
                            "<bind nodeset='/data/g' relevant='/data/on = 1'/>"
                            "<bind nodeset='/data/g/b' calculate=\"'given'\"/>",
                            FIELD ("on") "<group ref='/data/g'><input ref='/data/g/b'/></group>");

  put (filling, "/data/g/b", "mine");
  put (filling, "/data/on", "0");
  put (filling, "/data/on", "1");
  expect (filling, "/data/g/b", "given");
}

/* ---- Preload attributes ---------------------------------------------------------------------------- */

static void
test_preload (void)
{
  g_autoptr(GHashTable) properties = g_hash_table_new (g_str_hash, g_str_equal);
  JnFillingOptions options = sample_options ();
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><s/><e/><d/><u/><x/><meta><instanceID/></meta></data></instance>"
      "<bind nodeset='/data/s' jr:preload='timestamp' jr:preloadParams='start'/>"
      "<bind nodeset='/data/e' jr:preload='timestamp' jr:preloadParams='end'/>"
      "<bind nodeset='/data/d' jr:preload='date' jr:preloadParams='today'/>"
      "<bind nodeset='/data/u' jr:preload='property' jr:preloadParams='username'/>"
      "<bind nodeset='/data/x' jr:preload='property' jr:preloadParams='deviceid'/>"
      "<bind nodeset='/data/meta/instanceID' jr:preload='uid'/>",
      "");
  g_autoptr(JnFilling) filling = NULL;
  g_autofree char *xml = NULL;

  g_hash_table_insert (properties, "username", "kaian");
  options.properties = properties;
  filling = jn_filling_new (form, &options, NULL);
  expect (filling, "/data/s", "2026-03-02T09:30:00.000+08:00");
  expect (filling, "/data/d", "2026-03-02");
  expect (filling, "/data/u", "kaian");
  expect (filling, "/data/x", "");
  g_assert_true (g_str_has_prefix (state_of (filling, "/data/meta/instanceID").value, "uuid:"));
  expect (filling, "/data/e", "");
  xml = submit (filling);
  g_assert_nonnull (strstr (xml, "<e>2026-03-02T09:30:00.000+08:00</e>"));
}

/* ---- Languages ----------------------------------------------------------------------------------- */

#define ITEXT                                                                                        \
  "<itext><translation lang='zh-Hant'><text id='q'><value>問</value>"                               \
  "<value form='image'>jr://images/q.png</value></text><text id='h'><value>提示 <output "          \
  "value='/data/a'/></value>"                                                                        \
  "<value form='guidance'>指引</value></text><text id='c'><value>甲</value></text></translation>" \
  "<translation lang='pt' default='true()'><text id='q'><value>Pergunta</value></text>"              \
  "<text id='h'><value>Dica <output value='/data/a'/></value></text>"                                \
  "<text id='c'><value>A</value></text></translation></itext>"

static void
test_languages (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      ITEXT "<instance><data id='t'><a>7</a><s/></data></instance>",
      "<input ref='/data/a'><label ref=\"jr:itext('q')\"/><hint ref=\"jr:itext('h')\"/></input>"
      "<select1 ref='/data/s'><label ref=\"jr:itext('none')\">written</label>"
      "<item><label ref=\"jr:itext('c')\"/><value>1</value></item></select1>");
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *refs = NULL;

  g_assert_cmpstr (state_of (filling, "/data/a").label, ==, "Pergunta");
  g_assert_cmpstr (state_of (filling, "/data/a").hint, ==, "Dica 7");
  g_assert_null (state_of (filling, "/data/a").guidance);
  g_assert_cmpstr (state_of (filling, "/data/s").label, ==, "written");
  g_assert_true (jn_filling_set_language (filling, "zh-Hant", &changed, NULL));
  refs = join_refs (changed);
  g_assert_cmpstr (refs, ==, "/data/a /data/s");
  g_assert_cmpstr (state_of (filling, "/data/a").label, ==, "問");
  g_assert_cmpstr (state_of (filling, "/data/a").guidance, ==, "指引");
  g_assert_cmpstr (state_of (filling, "/data/s").choices[0].label, ==, "甲");
  put (filling, "/data/a", "8");
  g_assert_cmpstr (state_of (filling, "/data/a").hint, ==, "提示 8");
  g_assert_false (jn_filling_set_language (filling, "xx", NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND);
}

/* Spec, "Languages": a text has a long and a short form; DECISIONS.md says why both are shown. */
static void
test_text_forms (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<itext><translation lang='en'><text id='q'><value form='long'>How old is "
      "<output value='/data/a'/>?</value><value form='audio'>jr://audio/q.mp3</value>"
      "<value form='short'> (age)</value></text></translation></itext>"
      "<instance><data id='t'><a>Ann</a><b/></data></instance>",
      FIELD ("a") "<input ref='/data/b'><label ref=\"jr:itext('q')\"/></input>");

  g_assert_cmpstr (state_of (filling, "/data/b").label, ==, "How old is Ann? (age)");
}

static void
test_output_follows (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><name>A</name><q/></data></instance>",
      FIELD ("name") "<input ref='/data/q'><label>Is <output value='/data/name'/> here?</label>"
                     "</input>");
  g_autofree char *changed = NULL;

  g_assert_cmpstr (state_of (filling, "/data/q").label, ==, "Is A here?");
  changed = put_and_list (filling, "/data/name", "B");
  g_assert_cmpstr (changed, ==, "/data/name /data/q");
  g_assert_cmpstr (state_of (filling, "/data/q").label, ==, "Is B here?");
}

static void
test_itext_in_a_calculate (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill (ITEXT "<instance><data id='t'><a/><w/></data></instance>"
                                  "<bind nodeset='/data/w' calculate=\"jr:itext('q')\"/>",
                            FIELD ("a"));

  expect (filling, "/data/w", "Pergunta");
  jn_filling_set_language (filling, "zh-Hant", NULL, NULL);
  expect (filling, "/data/w", "問");
}

/* ---- Facts --------------------------------------------------------------------------------------- */

static void
test_facts (void)
{
  static const char text[] = "<root><item><subject>mother</subject><bir>1</bir></item></root>";
  g_autoptr(GBytes) facts = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><bir/><n/></data></instance><instance id='facts'><root/></instance>"
      "<bind nodeset='/data/bir' calculate=\"instance('facts')/root/item[subject='mother']/bir\"/>"
      "<bind nodeset='/data/n' calculate=\"count(instance('facts')/root/item)\"/>",
      "");
  g_autoptr(GPtrArray) changed = NULL;
  g_autofree char *refs = NULL;

  expect (filling, "/data/n", "0");
  g_assert_true (jn_filling_set_facts (filling, facts, &changed, NULL));
  refs = join_refs (changed);
  g_assert_cmpstr (refs, ==, "/data/bir /data/n");
  expect (filling, "/data/bir", "1");
}

static void
test_evaluate (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><a>1</a></r><r><a>2</a></r></data></instance>",
      "<repeat nodeset='/data/r'><input ref='a'/></repeat>");
  g_autofree char *sum = jn_filling_evaluate (filling, "sum(/data/r/a)", NULL, NULL);
  g_autofree char *own = jn_filling_evaluate (filling, ". + 1", "/data/r[2]/a", NULL);
  g_autoptr(GError) syntax = NULL, missing = NULL;

  g_assert_cmpstr (sum, ==, "3");
  g_assert_cmpstr (own, ==, "3");
  g_assert_null (jn_filling_evaluate (filling, "1 +", NULL, &syntax));
  g_assert_error (syntax, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX);
  g_assert_null (jn_filling_evaluate (filling, "1", "/data/r[3]/a", &missing));
  g_assert_error (missing, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/filling/calculate-chain", test_calculate_chain);
  g_test_add_func ("/forms/filling/same-result-stops", test_same_result_stops);
  g_test_add_func ("/forms/filling/self-reference", test_self_reference);
  g_test_add_func ("/forms/filling/relevance-is-inherited", test_relevance_is_inherited);
  g_test_add_func ("/forms/filling/calculate-waits-for-relevance",
                   test_calculate_waits_for_relevance);
  g_test_add_func ("/forms/filling/readonly-is-inherited", test_readonly_is_inherited);
  g_test_add_func ("/forms/filling/bind-on-attribute", test_bind_on_attribute);
  g_test_add_func ("/forms/filling/errors", test_errors);
  g_test_add_func ("/forms/filling/groups-hold-no-text", test_groups_hold_no_text);
  g_test_add_func ("/forms/filling/text-nodes", test_text_nodes_come_and_go);
  g_test_add_func ("/forms/filling/written-over", test_written_over);
  g_test_add_func ("/forms/filling/written-over-what-does-not-fit",
                   test_written_over_what_does_not_fit);
  g_test_add_func ("/forms/filling/written-over-and-not-relevant",
                   test_written_over_and_not_relevant);
  g_test_add_func ("/forms/filling/preload", test_preload);
  g_test_add_func ("/forms/filling/languages", test_languages);
  g_test_add_func ("/forms/filling/text-forms", test_text_forms);
  g_test_add_func ("/forms/filling/output-follows", test_output_follows);
  g_test_add_func ("/forms/filling/itext-in-a-calculate", test_itext_in_a_calculate);
  g_test_add_func ("/forms/filling/facts", test_facts);
  g_test_add_func ("/forms/filling/evaluate", test_evaluate);
  return g_test_run ();
}
