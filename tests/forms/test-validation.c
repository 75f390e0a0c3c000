/* test-validation.c: what is refused, with which words. ODK XForms, "Bind Attributes", "Data Types". */
#include "tests/forms/sample.h"

static void
expect_invalid (JnFilling *filling, const char *ref, JnInvalid invalid, const char *message)
{
  JnNodeState state = state_of (filling, ref);

  g_assert_cmpint (state.invalid, ==, invalid);
  g_assert_cmpstr (state.message, ==, message);
}

static char *
validate (JnFilling *filling)
{
  g_autoptr(GPtrArray) refs = jn_filling_validate (filling);

  return join_refs (refs);
}

static void
test_required (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><a/><b/><c/></data></instance>"
                            "<bind nodeset='/data/a' required='true()' jr:requiredMsg='Say a'/>"
                            "<bind nodeset='/data/b' required=\"/data/c = 'x'\"/>",
                            "<input ref='/data/a'/><input ref='/data/b'/><input ref='/data/c'/>");
  g_autofree char *first = validate (filling), *then = NULL, *at_last = NULL;

  g_assert_cmpstr (first, ==, "/data/a");
  expect_invalid (filling, "/data/a", JN_INVALID_REQUIRED, "Say a");
  put (filling, "/data/c", "x");
  then = validate (filling);
  g_assert_cmpstr (then, ==, "/data/a /data/b");
  expect_invalid (filling, "/data/b", JN_INVALID_REQUIRED, NULL);
  put (filling, "/data/a", "1");
  put (filling, "/data/b", "1");
  at_last = validate (filling);
  g_assert_cmpstr (at_last, ==, "");
}

static void
test_constraint (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><n/><max>9</max></data></instance>"
                            "<bind nodeset='/data/n' type='int' constraint='. &lt;= /data/max' "
                            "jr:constraintMsg='At most'/>",
                            "<input ref='/data/n'/><input ref='/data/max'/>");
  g_autofree char *changed = NULL;

  expect_invalid (filling, "/data/n", JN_VALID, NULL);
  put (filling, "/data/n", "10");
  expect_invalid (filling, "/data/n", JN_INVALID_CONSTRAINT, "At most");
  changed = put_and_list (filling, "/data/max", "20");
  g_assert_cmpstr (changed, ==, "/data/max /data/n");
  expect_invalid (filling, "/data/n", JN_VALID, NULL);
}

static void
test_message_follows_the_language (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<itext><translation lang='zh-Hant'><text id='m'><value>太大</value></text></translation>"
      "<translation lang='en'><text id='m'><value>Too big: <output value='.'/></value></text>"
      "</translation></itext><instance><data id='t'><n>5</n></data></instance>"
      "<bind nodeset='/data/n' constraint='. &lt; 3' jr:constraintMsg=\"jr:itext('m')\"/>",
      "<input ref='/data/n'/>");

  expect_invalid (filling, "/data/n", JN_INVALID_CONSTRAINT, "太大");
  g_assert_true (jn_filling_set_language (filling, "en", NULL, NULL));
  expect_invalid (filling, "/data/n", JN_INVALID_CONSTRAINT, "Too big: 5");
}

/* "jr:itext": its argument may be any expression; an output is evaluated where the text is shown. */
static void
test_message_of_a_computed_id (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<itext><translation lang='en'><text id='m:small'><value>Sorry <output value='../name'/>, "
      "too small</value></text></translation></itext>"
      "<instance><data id='t'><row><name>A</name><n>1</n></row><row><name>B</name><n>1</n></row>"
      "</data></instance><bind nodeset='/data/row/n' constraint='. &gt; 3' "
      "jr:constraintMsg=\"jr:itext(concat('m:', 'small'))\"/>",
      "<repeat nodeset='/data/row'><input ref='/data/row/name'/><input ref='/data/row/n'/>"
      "</repeat>");
  g_autofree char *changed = NULL;

  expect_invalid (filling, "/data/row[1]/n", JN_INVALID_CONSTRAINT, "Sorry A, too small");
  expect_invalid (filling, "/data/row[2]/n", JN_INVALID_CONSTRAINT, "Sorry B, too small");
  changed = put_and_list (filling, "/data/row[2]/name", "C");
  g_assert_cmpstr (changed, ==, "/data/row[2]/name /data/row[2]/n");
  expect_invalid (filling, "/data/row[2]/n", JN_INVALID_CONSTRAINT, "Sorry C, too small");
}

static void
test_not_relevant_is_never_invalid (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><on/><a/><b>7</b></data></instance>"
      "<bind nodeset='/data/a' required='true()' relevant=\"/data/on = '1'\"/>"
      "<bind nodeset='/data/b' constraint='. = 1' relevant=\"/data/on = '1'\"/>",
      "<input ref='/data/on'/><input ref='/data/a'/><input ref='/data/b'/>");
  g_autofree char *first = validate (filling), *then = NULL;

  g_assert_cmpstr (first, ==, "");
  put (filling, "/data/on", "1");
  then = validate (filling);
  g_assert_cmpstr (then, ==, "/data/a /data/b");
}

static void
test_constraint_spares_blank (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' constraint='false()'/>",
      "<input ref='/data/a'/>");

  expect_invalid (filling, "/data/a", JN_VALID, NULL);
  put (filling, "/data/a", "x");
  expect_invalid (filling, "/data/a", JN_INVALID_CONSTRAINT, NULL);
}

/* What a message says may hold an answer; required is said before constraint, one at a time. */
static void
test_message_with_an_answer (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<itext><translation lang='en'><text id='m'><value>at most <output value='/data/most'/>"
      "</value></text></translation></itext>"
      "<instance><data id='t'><most>3</most><a/></data></instance>"
      "<bind nodeset='/data/a' type='int' required='true()' jr:requiredMsg='how many'"
      " constraint='. &lt;= /data/most' jr:constraintMsg=\"jr:itext('m')\"/>",
      "<input ref='/data/most'/><input ref='/data/a'/>");

  expect_invalid (filling, "/data/a", JN_INVALID_REQUIRED, "how many");
  put (filling, "/data/a", "5");
  expect_invalid (filling, "/data/a", JN_INVALID_CONSTRAINT, "at most 3");
  put (filling, "/data/most", "4");
  expect_invalid (filling, "/data/a", JN_INVALID_CONSTRAINT, "at most 4");
  put (filling, "/data/most", "5");
  expect_invalid (filling, "/data/a", JN_VALID, NULL);
}

static void
test_document_order (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><z/><r><y/></r><r><y/></r><a/></data></instance>"
      "<bind nodeset='/data/a' required='true()'/><bind nodeset='/data/r/y' required='true()'/>"
      "<bind nodeset='/data/z' required='true()'/>",
      "<input ref='/data/a'/><repeat nodeset='/data/r'><input ref='y'/></repeat>");
  g_autofree char *refs = validate (filling);

  g_assert_cmpstr (refs, ==, "/data/z /data/r[1]/y /data/r[2]/y /data/a");
}

/* ---- types --------------------------------------------------------------------------------------- */

typedef struct
{
  const char *type;
  const char *text;
  const char *stored; /* NULL: does not fit */
} Typed;

/* Lexical forms are XML Schema's; decimals and what is cut off an int follow web-forms. */
static const Typed typed[] = {
  { "int", "42", "42" },
  { "int", "-7", "-7" },
  { "int", "007", "7" },
  { "int", " 5 ", "5" },
  { "int", "9223372036854775807", "9223372036854775807" },
  { "int", "9223372036854775808", NULL },
  { "int", "3.9", "3" },
  { "int", "1e3", NULL },
  { "int", "x", NULL },
  { "xsd:int", "8", "8" },
  { "decimal", "1.50", "1.5" },
  { "decimal", "10", "10.0" },
  { "decimal", "-0.25", "-0.25" },
  { "decimal", "1,5", NULL },
  { "boolean", "true", "true" },
  { "boolean", "yes", NULL },
  { "date", "2024-02-29", "2024-02-29" },
  { "date", "2023-02-29", NULL },
  { "date", "29/02/2024", NULL },
  { "date", "2024-2-9", NULL },
  { "date", "2024-02-29T23:30:00", "2024-02-29" },
  { "date", "2024-02-29T23:30:00+08:00", NULL },
  { "date", "2024-02-29Z", NULL },
  { "time", "07:35:00", "07:35:00" },
  { "time", "07:35:00Z", "07:35:00Z" },
  { "time", "07:35", NULL },
  { "time", "07:35:00.", NULL },
  { "time", "07:35:00+0800", NULL },
  { "time", "07:35:60", NULL },
  { "time", "23:59:59.999+08:00", "23:59:59.999+08:00" },
  { "time", "24:00:00", NULL },
  { "time", "7:35", NULL },
  { "dateTime", "2024-02-29T07:35:00.000+08:00", "2024-02-29T07:35:00.000+08:00" },
  { "dateTime", "2024-02-29T07:35:00", "2024-02-29T07:35:00" },
  { "dateTime", "2024-02-29", NULL },
  { "dateTime", "2024-02-29 07:35:00", NULL },
  { "dateTime", "2024-02-29T07:61:00Z", NULL },
  { "dateTime", "2024-02-30T07:00:00Z", NULL },
  { "geopoint", "22.19 113.54 3 5", "22.19 113.54 3.0 5.0" },
  { "geopoint", "22.19 113.54", "22.19 113.54" },
  { "geopoint", " 22.19   113.54 3 ", "22.19 113.54 3.0" },
  { "geopoint", "22.19 113.54 3 5 7", NULL },
  { "geopoint", "91 0 0 0", NULL },
  { "geopoint", "22.19", NULL },
  { "geotrace", "1 2 0 0; 3 4 0 0", "1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0" },
  { "geotrace", "1 2 0 0", NULL },
  { "geotrace", "1 2 0 0; 3 4 0 0; 1 2 9 0", NULL },
  { "geoshape", "1 2 0 0; 3 4 0 0; 1 2 0 0", "1.0 2.0 0.0 0.0;3.0 4.0 0.0 0.0;1.0 2.0 0.0 0.0" },
  { "geoshape", "1 2 0 0; 3 4 0 0; 5 6 0 0", NULL },
  { "string", " as it is ", " as it is " },
  { "barcode", "01-x", "01-x" },
  { "something", "1,5", "1,5" },
};

static void
test_type (gconstpointer data)
{
  const Typed *with = data;
  g_autofree char *model = g_strdup_printf ("<instance><data id='t'><v/></data></instance>"
                                            "<bind nodeset='/data/v' type='%s'/>",
                                            with->type);
  g_autoptr(JnFilling) filling = sample_fill (model, "<input ref='/data/v'/>");
  JnNodeState state;

  put (filling, "/data/v", with->text);
  state = state_of (filling, "/data/v");
  g_assert_cmpstr (state.value, ==, with->stored != NULL ? with->stored : "");
  g_assert_cmpstr (state.typed, ==, with->stored != NULL ? NULL : with->text);
  g_assert_cmpint (state.invalid, ==, with->stored != NULL ? JN_VALID : JN_INVALID_TYPE);
}

static void
test_typing_is_never_lost (void)
{
  const char *model = "<instance><data id='t'><d/><copy/></data></instance>"
                      "<bind nodeset='/data/d' type='date' required='true()'/>"
                      "<bind nodeset='/data/copy' calculate='/data/d'/>";
  g_autoptr(JnForm) form = sample_form (model, "<input ref='/data/d'/>");
  g_autoptr(JnFilling) filling = sample_filling (form), again = NULL;
  g_autoptr(GBytes) saved = NULL;
  g_autofree char *sent = NULL;

  put (filling, "/data/d", "31/02/2024 <?>");
  expect_invalid (filling, "/data/d", JN_INVALID_TYPE, NULL);
  expect (filling, "/data/copy", "");
  saved = jn_filling_save (filling);
  again = sample_resume (form, g_bytes_get_data (saved, NULL));
  g_assert_cmpstr (state_of (again, "/data/d").typed, ==, "31/02/2024 <?>");
  sent = submit (again);
  g_assert_null (g_strstr_len (sent, -1, "31/02"));
  put (again, "/data/d", "2024-02-28");
  g_assert_null (state_of (again, "/data/d").typed);
  expect (again, "/data/copy", "2024-02-28");
}

static void
test_range (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><v/></data></instance><bind nodeset='/data/v' type='int'/>",
      "<range ref='/data/v' start='1' end='5' step='1'><label>v</label></range>");

  put (filling, "/data/v", "5");
  expect (filling, "/data/v", "5");
  put (filling, "/data/v", "6");
  expect_invalid (filling, "/data/v", JN_INVALID_TYPE, NULL);
  g_assert_cmpstr (state_of (filling, "/data/v").typed, ==, "6");
}

static void
test_range_of_the_form (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><v>50</v></data></instance><bind nodeset='/data/v' type='int'/>",
      "<range ref='/data/v' start='1' end='5' step='1'><label>v</label></range>");

  expect_invalid (filling, "/data/v", JN_INVALID_TYPE, NULL);
  expect (filling, "/data/v", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/validation/required", test_required);
  g_test_add_func ("/forms/validation/constraint", test_constraint);
  g_test_add_func ("/forms/validation/message-language", test_message_follows_the_language);
  g_test_add_func ("/forms/validation/message-of-a-computed-id", test_message_of_a_computed_id);
  g_test_add_func ("/forms/validation/not-relevant", test_not_relevant_is_never_invalid);
  g_test_add_func ("/forms/validation/constraint-spares-blank", test_constraint_spares_blank);
  g_test_add_func ("/forms/validation/message-with-an-answer", test_message_with_an_answer);
  g_test_add_func ("/forms/validation/document-order", test_document_order);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/forms/validation/type/%s/%" G_GSIZE_FORMAT, typed[i].type, i);

      g_test_add_data_func (path, &typed[i], test_type);
    }
  g_test_add_func ("/forms/validation/typing-is-never-lost", test_typing_is_never_lost);
  g_test_add_func ("/forms/validation/range", test_range);
  g_test_add_func ("/forms/validation/range-of-the-form", test_range_of_the_form);
  return g_test_run ();
}
