/* test-actions.c: what happens by itself. ODK XForms, "Events and Actions". */
#include "tests/forms/sample.h"

#define FIELD(name) "<input ref='/data/" name "'><label>" name "</label></input>"

static void
add (JnFilling *filling, const char *ref)
{
  g_autoptr(GError) error = NULL;

  jn_filling_add (filling, ref, NULL, &error);
  g_assert_no_error (error);
}

/* ---- Events: the first time an instance is loaded ------------------------------------------------- */

static void
test_first_load (void)
{
  const char *model
      = "<instance><data id='t'><a/><b/><c/><d/></data></instance>"
        "<setvalue event='odk-instance-first-load' ref='/data/a' value='today()'/>"
        "<setvalue event='xforms-ready' ref='/data/b'>text &amp; all</setvalue>"
        "<setvalue event='odk-instance-load' ref='/data/c' value=\"concat(/data/c, '+')\"/>"
        "<bind nodeset='/data/d' calculate='/data/a'/>";
  g_autoptr(JnForm) form = sample_form (model, FIELD ("a"));
  g_autoptr(JnFilling) filling = sample_filling (form), again = NULL;
  g_autoptr(GBytes) saved = NULL;

  expect (filling, "/data/a", "2026-03-02");
  expect (filling, "/data/b", "text & all");
  expect (filling, "/data/c", "+");
  expect (filling, "/data/d", "2026-03-02");
  put (filling, "/data/b", "mine");
  saved = jn_filling_save (filling);
  again = sample_resume (form, g_bytes_get_data (saved, NULL));
  expect (again, "/data/b", "mine");
  expect (again, "/data/c", "++");
}

/* What nothing feeds is computed once, before the action; what answers feed stays computed. */
static void
test_set_beside_calculate (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><b/><c/></data></instance>"
      "<bind nodeset='/data/b' calculate=\"'computed'\"/>"
      "<bind nodeset='/data/c' calculate=\"concat('from ', /data/a)\"/>"
      "<setvalue event='odk-instance-first-load' ref='/data/b'>set</setvalue>"
      "<setvalue event='odk-instance-first-load' ref='/data/c'>set</setvalue>",
      FIELD ("a"));

  expect (filling, "/data/b", "set");
  expect (filling, "/data/c", "from ");
}

static void
test_set_what_fits (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><d/><m/><n>7</n></data></instance>"
      "<bind nodeset='/data/d' type='date'/><bind nodeset='/data/m' type='dateTime'/>"
      "<setvalue event='odk-instance-first-load' ref='/data/d' value='now()'/>"
      "<setvalue event='odk-instance-first-load' ref='/data/m' value='today()'/>"
      "<setvalue event='odk-instance-first-load' ref='/data/n' value=\"number('x')\"/>",
      "");

  expect (filling, "/data/d", "2026-03-02");
  expect (filling, "/data/m", "2026-03-02T00:00:00.000+08:00");
  expect (filling, "/data/n", "");
}

/* ---- xforms-value-changed -------------------------------------------------------------------------- */

static void
test_value_changed (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a>1</a><seen/><n>0</n></data></instance>"
      "<bind nodeset='/data/n' type='int'/>",
      "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/seen'>yes</setvalue>"
      "<setvalue event='xforms-value-changed' ref='/data/n' value='. + 1'/></input>");

  expect (filling, "/data/seen", "");
  put (filling, "/data/a", "2");
  expect (filling, "/data/seen", "yes");
  expect (filling, "/data/n", "1");
  put (filling, "/data/a", "2");
  expect (filling, "/data/n", "1");
}

/* XForms 1.1, 4.4.2: whatever changed it, a calculate or another action too. */
static void
test_changed_by_the_form (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><b/><c/><d/></data></instance>"
      "<bind nodeset='/data/b' calculate='/data/a * 2'/>",
      FIELD (
          "a") "<input ref='/data/b'><label>b</label>"
               "<setvalue event='xforms-value-changed' ref='/data/c' value='/data/b + 1'/></input>"
               "<input ref='/data/c'><label>c</label>"
               "<setvalue event='xforms-value-changed' ref='/data/d' value='/data/c + "
               "1'/></input>");

  put (filling, "/data/a", "5");
  expect (filling, "/data/c", "11");
  expect (filling, "/data/d", "12");
}

static void
test_changed_by_relevance (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><on>1</on><a/><copy/></data></instance>"
                            "<bind nodeset='/data/a' relevant=\"/data/on = '1'\"/>",
                            FIELD ("on") "<input ref='/data/a'><label>a</label>"
                                         "<setvalue event='xforms-value-changed' ref='/data/copy' "
                                         "value='/data/a'/></input>");

  put (filling, "/data/a", "x");
  expect (filling, "/data/copy", "x");
  put (filling, "/data/on", "0");
  expect (filling, "/data/copy", "");
  put (filling, "/data/on", "1");
  expect (filling, "/data/copy", "x");
}

/* What is set while nobody asks for it is there when somebody does. */
static void
test_changed_sets_what_is_not_asked (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><on/><a/><b/></data></instance>"
      "<bind nodeset='/data/b' relevant=\"/data/on = '1'\"/>",
      FIELD (
          "on") "<input ref='/data/a'><label>a</label>"
                "<setvalue event='xforms-value-changed' ref='/data/b' value='/data/a'/></input>");

  put (filling, "/data/a", "x");
  expect_blank (filling, "/data/b");
  put (filling, "/data/on", "1");
  expect (filling, "/data/b", "x");
}

static void
test_changed_in_one_row (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><r><b/></r><r><b/></r></data></instance>",
      "<input ref='/data/a'><label>a</label><setvalue event='xforms-value-changed' "
      "ref='/data/r[position() = 2]/b' value='/data/a'/></input>"
      "<repeat nodeset='/data/r'><input ref='b'><label>b</label></input></repeat>");

  put (filling, "/data/a", "x");
  expect (filling, "/data/r[1]/b", "");
  expect (filling, "/data/r[2]/b", "x");
}

/* The action takes away the row that its own source is in. */
static void
test_changed_removes_its_row (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><n>2</n><r jr:template=''><a/></r><after/></data></instance>"
      "<bind nodeset='/data/n' type='int'/>",
      "<input ref='/data/n'><label>n</label></input>"
      "<repeat nodeset='/data/r' jr:count='/data/n'><input ref='a'><label>a</label>"
      "<setvalue event='xforms-value-changed' ref='/data/n'>1</setvalue>"
      "<setvalue event='xforms-value-changed' ref='/data/after'>late</setvalue></input></repeat>");

  put (filling, "/data/r[2]/a", "x");
  g_assert_cmpuint (jn_filling_count (filling, "/data/r", NULL), ==, 1);
  expect (filling, "/data/after", "");
}

/* What goes away with its own answer is told as gone, once. */
static void
test_changed_removes_its_row_and_tells (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><n>2</n><r jr:template=''><a/></r></data></instance>"
      "<bind nodeset='/data/n' type='int'/>",
      "<repeat nodeset='/data/r' jr:count='/data/n'><input ref='a'><label>a</label>"
      "<setvalue event='xforms-value-changed' ref='/data/n'>1</setvalue></input></repeat>");
  g_autofree char *changed = put_and_list (filling, "/data/r[2]/a", "x");

  g_assert_cmpstr (changed, ==, "/data/n /data/r[2] /data/r[2]/a");
}

static void
test_changed_without_end (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a>0</a><b>0</b></data></instance>",
      "<input ref='/data/a'><label>a</label>"
      "<setvalue event='xforms-value-changed' ref='/data/b' value='/data/a + 1'/></input>"
      "<input ref='/data/b'><label>b</label>"
      "<setvalue event='xforms-value-changed' ref='/data/a' value='/data/b + 1'/></input>");
  g_autoptr(GError) error = NULL;

  g_assert_false (jn_filling_set (filling, "/data/a", "1", NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT);
}

static void
test_action_skips_irrelevant (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><on/><a/></data></instance>"
      "<bind nodeset='/data/a' relevant=\"/data/on = '1'\"/>"
      "<setvalue event='odk-instance-first-load' ref='/data/a'>set</setvalue>",
      FIELD ("on"));

  put (filling, "/data/on", "1");
  expect (filling, "/data/a", "");
}

/* ---- The odk-new-repeat event ---------------------------------------------------------------------- */

static void
test_new_repeat_event (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><age>40</age><r><a/></r></data></instance>",
      "<input ref='/data/age'/><repeat nodeset='/data/r'>"
      "<setvalue event='odk-new-repeat' ref='/data/r/a' value='../../age + 2'/>"
      "<input ref='a'/></repeat>");

  expect (filling, "/data/r[1]/a", "");
  add (filling, "/data/r");
  expect (filling, "/data/r[2]/a", "42");
  put (filling, "/data/age", "50");
  add (filling, "/data/r");
  expect (filling, "/data/r[2]/a", "42");
  expect (filling, "/data/r[3]/a", "52");
}

static void
test_changed_stays_in_the_row (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><a/><b/></r><r><a/><b/></r></data></instance>",
      "<repeat nodeset='/data/r'><input ref='a'><setvalue event='xforms-value-changed' "
      "ref='/data/r/b' value='../a'/></input></repeat>");

  put (filling, "/data/r[2]/a", "v");
  expect (filling, "/data/r[1]/b", "");
  expect (filling, "/data/r[2]/b", "v");
}

static void
test_new_repeat_on_a_control (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r><a/></r></data></instance>"
      "<setvalue event='odk-instance-first-load' ref='/data/r/a'>first</setvalue>",
      "<repeat nodeset='/data/r'><input ref='a'><label>a</label>"
      "<setvalue event='odk-new-repeat' ref='/data/r/a'>later</setvalue></input></repeat>");

  add (filling, "/data/r");
  expect (filling, "/data/r[1]/a", "first");
  expect (filling, "/data/r[2]/a", "later");
}

/* A row that comes with the row around it is added, not defined. */
static void
test_new_repeat_within_a_new_row (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><o><a/><i><b/></i></o></data></instance>",
      "<repeat nodeset='/data/o'><input ref='a'><label>a</label></input>"
      "<repeat nodeset='/data/o/i'>"
      "<setvalue event='odk-new-repeat' ref='/data/o/i/b' value=\"concat(position(../..), '.', "
      "position(..))\"/><input ref='b'><label>b</label></input></repeat></repeat>");

  expect (filling, "/data/o[1]/i[1]/b", "");
  add (filling, "/data/o");
  expect (filling, "/data/o[2]/i[1]/b", "2.1");
  add (filling, "/data/o[2]/i");
  expect (filling, "/data/o[2]/i[1]/b", "2.1");
  expect (filling, "/data/o[2]/i[2]/b", "2.2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/actions/first-load", test_first_load);
  g_test_add_func ("/forms/actions/skips-irrelevant", test_action_skips_irrelevant);
  g_test_add_func ("/forms/actions/beside-calculate", test_set_beside_calculate);
  g_test_add_func ("/forms/actions/what-fits", test_set_what_fits);
  g_test_add_func ("/forms/actions/changed", test_value_changed);
  g_test_add_func ("/forms/actions/changed/by-the-form", test_changed_by_the_form);
  g_test_add_func ("/forms/actions/changed/by-relevance", test_changed_by_relevance);
  g_test_add_func ("/forms/actions/changed/not-asked", test_changed_sets_what_is_not_asked);
  g_test_add_func ("/forms/actions/changed/one-row", test_changed_in_one_row);
  g_test_add_func ("/forms/actions/changed/same-row", test_changed_stays_in_the_row);
  g_test_add_func ("/forms/actions/changed/removes-its-row", test_changed_removes_its_row);
  g_test_add_func ("/forms/actions/changed/removes-its-row-and-tells",
                   test_changed_removes_its_row_and_tells);
  g_test_add_func ("/forms/actions/changed/without-end", test_changed_without_end);
  g_test_add_func ("/forms/actions/new-repeat", test_new_repeat_event);
  g_test_add_func ("/forms/actions/new-repeat/within-a-new-row", test_new_repeat_within_a_new_row);
  g_test_add_func ("/forms/actions/new-repeat/on-a-control", test_new_repeat_on_a_control);
  return g_test_run ();
}
