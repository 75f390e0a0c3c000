/* test-choices.c: what selects and ranks offer and take. ODK XForms, "Body Elements", "Secondary
 * Instances". */
#include "tests/forms/sample.h"

#define FIELD(name) "<input ref='/data/" name "'><label>" name "</label></input>"
#define ITEM(value) "<item><label>" value "</label><value>" value "</value></item>"
#define ABC ITEM ("a") ITEM ("b") ITEM ("c")

#define CITIES                                                                                     \
  "<instance id='cities'><root><item><name>mac</name><label>Macau</label><c>mo</c></item>"         \
  "<item><name>tai</name><label>Taipa</label><c>mo</c></item>"                                     \
  "<item><name>lis</name><label>Lisboa</label><c>pt</c></item></root></instance>"
#define CITY(control)                                                                              \
  "<" control                                                                                      \
  " ref='/data/city'><itemset nodeset=\"instance('cities')/root/item[c = /data/country]\">"        \
  "<value ref='name'/><label ref='label'/></itemset></" control ">"

static void
test_choice_filter (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><country>mo</country><city/></data></instance>" CITIES,
      FIELD ("country") CITY ("select1"));
  JnNodeState state = state_of (filling, "/data/city");

  g_assert_cmpuint (state.n_choices, ==, 2);
  g_assert_cmpstr (state.choices[1].value, ==, "tai");
  g_assert_cmpstr (state.choices[1].label, ==, "Taipa");
  put (filling, "/data/city", "tai");
  put (filling, "/data/country", "pt");
  expect (filling, "/data/city", "");
  g_assert_cmpuint (state_of (filling, "/data/city").n_choices, ==, 1);
}

static void
test_choice_filter_keeps_what_is_left (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><no/><city/></data></instance>" CITIES,
      FIELD ("no") "<select ref='/data/city'><itemset "
                   "nodeset=\"instance('cities')/root/item[name != /data/no]\"><value ref='name'/>"
                   "<label ref='label'/></itemset></select>");

  put (filling, "/data/city", "mac lis");
  put (filling, "/data/no", "mac");
  expect (filling, "/data/city", "lis");
}

static void
test_choice_name (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><country>mo</country><city/><name/></data></instance>" CITIES
      "<bind nodeset='/data/name' calculate=\"jr:choice-name(/data/city, '/data/city')\"/>",
      CITY ("select1"));

  put (filling, "/data/city", "mac");
  expect (filling, "/data/name", "Macau");
}

/* The same value is another choice when the list is filtered anew. */
static void
test_choice_name_follows_the_filter (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><k>1</k><r><s>a</s></r><r><s>a</s></r><one/></data></instance>"
      "<instance id='i'><root><item><k>1</k><v>a</v><l>One</l></item><item><k>2</k><v>a</v>"
      "<l>Two</l></item></root></instance><bind nodeset='/data/one' "
      "calculate=\"jr:choice-name('a', '/data/r/s')\"/>",
      FIELD ("k") "<repeat nodeset='/data/r'><select1 ref='/data/r/s'><itemset "
                  "nodeset=\"instance('i')/root/item[k = /data/k]\"><value ref='v'/>"
                  "<label ref='l'/></itemset></select1></repeat>");

  expect (filling, "/data/one", "One");
  put (filling, "/data/k", "2");
  expect (filling, "/data/one", "Two");
}

/* A node that is asked twice is what its first control makes of it. */
static void
test_another_control_first (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><b/></data></instance>"
      "<instance id='i'><root><item><v>9</v></item></root></instance>"
      "<bind nodeset='/data/a' type='int'/>",
      "<range ref='/data/a' start='1' end='5' step='1'/>"
      "<select ref='/data/a'>" ITEM ("9") "</select><select1 ref='/data/b'>" ABC "</select1>"
                                          "<select1 ref='/data/b'><itemset "
                                          "nodeset=\"instance('i')/root/item\"><value ref='v'/>"
                                          "<label ref='v'/></itemset></select1>");

  put (filling, "/data/a", "3");
  expect (filling, "/data/a", "3");
  put (filling, "/data/b", "c");
  expect (filling, "/data/b", "c");
}

/* Who names a choice may also have a say in what is offered. */
static void
test_choice_name_is_no_circle (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><s>a</s><n/><m/></data></instance>"
      "<instance id='i'><root><item><v>a</v><l>One</l></item><item><v>b</v><l>Two</l></item></root>"
      "</instance><bind nodeset='/data/n' calculate=\"jr:choice-name(/data/s, '/data/s')\"/>"
      "<bind nodeset='/data/m' calculate=\"concat(/data/n, '!')\"/>",
      "<select1 ref='/data/s'><itemset nodeset=\"instance('i')/root/item[l != /data/m]\">"
      "<value ref='v'/><label ref='l'/></itemset></select1>");

  put (filling, "/data/s", "b");
  expect (filling, "/data/m", "Two!");
}

/* The text of a choice that its item names shows the answer that it repeats. */
static void
test_label_with_an_answer (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<itext><translation lang='en'><text id='n'><value>as <output value='/data/name'/></value>"
      "</text></translation></itext><instance><data id='t'><name>A</name><s/></data></instance>"
      "<instance id='i'><root><item><id>n</id><v>1</v></item></root></instance>",
      FIELD ("name") "<select1 ref='/data/s'><itemset nodeset=\"instance('i')/root/item\">"
                     "<value ref='v'/><label ref='jr:itext(id)'/></itemset></select1>");

  g_assert_cmpstr (state_of (filling, "/data/s").choices[0].label, ==, "as A");
  put (filling, "/data/name", "B");
  g_assert_cmpstr (state_of (filling, "/data/s").choices[0].label, ==, "as B");
}

/* ---- What is taken ---------------------------------------------------------------------------------- */

static void
test_only_what_is_offered (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><one>z</one><some>c z a</some></data></instance>",
      "<select1 ref='/data/one'>" ABC "</select1><select ref='/data/some'>" ABC "</select>");

  expect (filling, "/data/one", "");
  expect (filling, "/data/some", "c a");
  put (filling, "/data/one", "b");
  expect (filling, "/data/one", "b");
  put (filling, "/data/one", "z");
  expect (filling, "/data/one", "");
}

static void
test_in_the_order_of_the_list (void)
{
  g_autoptr(JnFilling) filling = sample_fill ("<instance><data id='t'><s/></data></instance>",
                                               "<select ref='/data/s'>" ABC "</select>");

  put (filling, "/data/s", "c  a c z");
  expect (filling, "/data/s", "a c");
}

static void
test_comes_back_with_the_choice (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><country>mo</country><city/><copy/></data></instance>" CITIES
      "<bind nodeset='/data/copy' calculate='/data/city'/>",
      FIELD ("country") CITY ("select1"));

  put (filling, "/data/city", "tai");
  put (filling, "/data/country", "pt");
  expect (filling, "/data/copy", "");
  put (filling, "/data/country", "mo");
  expect (filling, "/data/copy", "tai");
  put (filling, "/data/country", "pt");
  put (filling, "/data/city", "lis");
  put (filling, "/data/country", "mo");
  expect (filling, "/data/city", "");
}

/* ---- odk:rank --------------------------------------------------------------------------------------- */

static void
test_rank_is_whole (void)
{
  g_autoptr(JnFilling) filling = sample_fill ("<instance><data id='t'><k>b</k></data></instance>",
                                               "<odk:rank ref='/data/k'>" ABC "</odk:rank>");

  expect (filling, "/data/k", "b a c");
  put (filling, "/data/k", "c a b");
  expect (filling, "/data/k", "c a b");
  put (filling, "/data/k", "c");
  expect (filling, "/data/k", "c a b");
  put (filling, "/data/k", "");
  expect (filling, "/data/k", "");
}

static void
test_rank_follows_its_filter (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><some/><k/></data></instance>" CITIES,
      "<select ref='/data/some'>" ITEM ("mac") ITEM ("tai")
          ITEM ("lis") "</select>"
                       "<odk:rank ref='/data/k'><itemset nodeset=\"instance('cities')/root/item"
                       "[selected(/data/some, name)]\"><value ref='name'/><label "
                       "ref='label'/></itemset></odk:rank>");

  put (filling, "/data/some", "mac tai");
  expect (filling, "/data/k", "");
  put (filling, "/data/k", "tai mac");
  put (filling, "/data/some", "mac tai lis");
  expect (filling, "/data/k", "tai mac lis");
  put (filling, "/data/some", "mac");
  expect (filling, "/data/k", "mac");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/choices/filter", test_choice_filter);
  g_test_add_func ("/forms/choices/filter-keeps-what-is-left",
                   test_choice_filter_keeps_what_is_left);
  g_test_add_func ("/forms/choices/name", test_choice_name);
  g_test_add_func ("/forms/choices/name-follows-the-filter", test_choice_name_follows_the_filter);
  g_test_add_func ("/forms/choices/another-control-first", test_another_control_first);
  g_test_add_func ("/forms/choices/name-is-no-circle", test_choice_name_is_no_circle);
  g_test_add_func ("/forms/choices/label-with-an-answer", test_label_with_an_answer);
  g_test_add_func ("/forms/choices/only-what-is-offered", test_only_what_is_offered);
  g_test_add_func ("/forms/choices/order", test_in_the_order_of_the_list);
  g_test_add_func ("/forms/choices/comes-back", test_comes_back_with_the_choice);
  g_test_add_func ("/forms/choices/rank-is-whole", test_rank_is_whole);
  g_test_add_func ("/forms/choices/rank-follows-its-filter", test_rank_follows_its_filter);
  return g_test_run ();
}
