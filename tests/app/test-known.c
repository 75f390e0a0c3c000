/* test-known.c: facts of persons in roles: whose they are, who said them, what may be shared. */
#include <string.h>
#include "app/known.h"
#include "app/person-private.h"

static JnPerson *
add_person (JnKnown *known, const char *role, const char *number, const char *phone)
{
  JnPerson *person = jn_person_new (role, role, NULL, number != NULL ? "bir" : NULL, number);

  if (phone != NULL)
    jn_person_take_fact (person, jn_fact_new ("phone_no", phone, "IAM", "2026-01-20", JN_GRADE_A));
  jn_known_set_person (known, person);
  return person;
}

static const char *
phone_of (JnKnown *known, const char *role, const char *except)
{
  const JnFact *fact = jn_known_find (known, role, "phone_no", except);

  return fact != NULL ? fact->value : NULL;
}

static gboolean
say (JnKnown *known, const char *role, const char *phone, const char *service)
{
  return jn_known_declare (known, role, "person", "phone_no", phone, service, "2026-11-23");
}

static void
test_declared (void)
{
  g_autoptr (JnKnown) known = jn_known_new ();
  g_autoptr (JnPerson) mother = add_person (known, "mother", "12345678", "66001234");

  g_assert_cmpstr (phone_of (known, "mother", NULL), ==, "66001234");
  g_assert_true (say (known, "mother", "66009999", "a"));
  g_assert_false (say (known, "mother", "66009999", "b")); /* nothing new */
  g_assert_cmpstr (phone_of (known, "mother", NULL), ==, "66009999");
  g_assert_cmpstr (phone_of (known, "mother", "a"), ==,
                   "66001234");                    /* its own word is no news to it */
  g_assert_false (say (known, "mother", "", "b")); /* only who said it takes it back */
  g_assert_true (say (known, "mother", "", "a"));
  g_assert_cmpstr (phone_of (known, "mother", NULL), ==, "66001234");
  say (known, "mother", "66007777", "a");
  jn_known_withdraw (known, "a");
  g_assert_cmpstr (phone_of (known, "mother", NULL), ==, "66001234");
}

static void
test_never_crosses (void)
{
  g_autoptr (JnKnown) known = jn_known_new ();
  g_autoptr (JnPerson) mother = add_person (known, "mother", "12345678", "66001234");
  g_autoptr (JnPerson) father = add_person (known, "father", NULL, NULL);
  g_autoptr (JnPerson) child = add_person (known, "child", NULL, NULL);

  g_assert_null (phone_of (known, "father", NULL));
  say (known, "father", "66005555", "a");
  g_assert_null (phone_of (known, "child", NULL)); /* two without a number are not one */
  g_assert_cmpstr (phone_of (known, "mother", NULL), ==, "66001234");
}

static void
test_two_roles (void)
{
  g_autoptr (JnKnown) known = jn_known_new ();
  g_autoptr (JnPerson) mother = add_person (known, "mother", "12345678", "66001234");
  g_autoptr (JnPerson) applicant = add_person (known, "applicant", "12345678", "66001234");

  g_assert_true (jn_known_is_same (known, "mother", "applicant"));
  say (known, "mother", "66009999", "a");
  g_assert_cmpstr (phone_of (known, "applicant", NULL), ==, "66009999");
}

/* Answered before anybody was identified: theirs. Another person in the role: not theirs. */
static void
test_replaced (void)
{
  g_autoptr (JnKnown) known = jn_known_new ();
  g_autoptr (JnPerson) first = NULL;
  g_autoptr (JnPerson) second = NULL;

  say (known, "mother", "66009999", "a");
  first = add_person (known, "mother", "12345678", NULL);
  g_assert_cmpstr (phone_of (known, "mother", NULL), ==, "66009999");
  second = add_person (known, "mother", "70000012", NULL);
  g_assert_null (phone_of (known, "mother", NULL));
}

static gboolean
not_phones_cb (const char *kind, const JnFact *fact, gpointer data)
{
  return !g_str_equal (fact->property, "phone_no");
}

static gboolean
all_cb (const char *kind, const JnFact *fact, gpointer data)
{
  return TRUE;
}

static void
test_xml (void)
{
  g_autoptr (JnKnown) known = jn_known_new ();
  g_autoptr (JnPerson) mother = add_person (known, "mother", "12345678", "66001234");
  g_autoptr (GBytes) own = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GBytes) shy = NULL;

  jn_known_declare (known, "mother", "person", "name_zh", "A&B<陳>", "a", "2026-11-23");
  jn_known_set_entity (known, "child", "person", "a", "entity-1");
  own = jn_known_to_xml (known, "a", all_cb, NULL);
  other = jn_known_to_xml (known, "b", all_cb, NULL);
  shy = jn_known_to_xml (known, "b", not_phones_cb, NULL);
  g_assert_null (strstr (g_bytes_get_data (own, NULL), "name_zh"));
  g_assert_nonnull (
      strstr (g_bytes_get_data (other, NULL), "<name_zh>A&amp;B&lt;陳&gt;</name_zh>"));
  g_assert_nonnull (strstr (g_bytes_get_data (other, NULL), "<phone_no>66001234</phone_no>"));
  g_assert_null (strstr (g_bytes_get_data (shy, NULL), "phone_no"));
  /* the form that made the child's entity creates it, the others update it */
  g_assert_null (strstr (g_bytes_get_data (own, NULL), "entity-1"));
  g_assert_nonnull (strstr (g_bytes_get_data (other, NULL), "<id>entity-1</id>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/known/declared", test_declared);
  g_test_add_func ("/app/known/never-crosses", test_never_crosses);
  g_test_add_func ("/app/known/two-roles", test_two_roles);
  g_test_add_func ("/app/known/replaced", test_replaced);
  g_test_add_func ("/app/known/xml", test_xml);
  return g_test_run ();
}
