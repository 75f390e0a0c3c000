/* test-submission.c: what is kept and what is sent. ODK XForms, "Bind Attributes", "Metadata". */
#include "tests/forms/sample.h"

#include <string.h>

#include <libxml/parser.h>

static char *
save (JnFilling *filling)
{
  g_autoptr(GBytes) xml = jn_filling_save (filling);
  gsize size;
  const char *data = g_bytes_get_data (xml, &size);

  return g_strndup (data, size);
}

static void
expect_part (const char *xml, const char *part)
{
  if (strstr (xml, part) == NULL)
    g_error ("\"%s\" is not in %s", part, xml);
}

static void
test_prunes_what_is_not_relevant (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t' version='3'><on>0</on><g><x>1</x></g><r><y>1</y></r>"
      "<r><y>2</y></r><meta><instanceID/></meta></data></instance>"
      "<bind nodeset='/data/g' relevant=\"/data/on = '1'\"/>"
      "<bind nodeset='/data/r' relevant='./y = 2'/>",
      "<input ref='/data/on'/><repeat nodeset='/data/r'><input ref='y'/></repeat>");
  g_autoptr(JnFilling) filling = sample_filling (form), again = NULL;
  g_autofree char *sent = submit (filling), *kept = save (filling);

  g_assert_null (strstr (sent, "<g>"));
  g_assert_null (strstr (sent, "<y>1</y>"));
  expect_part (sent, "<data id=\"t\" version=\"3\"><on>0</on><r><y>2</y></r><meta>");
  expect_part (kept, "<g><x>1</x></g><r><y>1</y></r><r><y>2</y></r>");

  /* what was pruned comes back as the form has it */
  again = sample_resume (form, sent);
  expect_blank (again, "/data/g/x");
  put (again, "/data/on", "1");
  expect (again, "/data/g/x", "1");
  g_assert_cmpuint (jn_filling_count (again, "/data/r", NULL), ==, 1);
}

static void
test_is_xml (void)
{
  const char *text = "<&>\"'\t\n ]]> 𠮷\u00a0é";
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><b at=''/></data></instance><bind nodeset='/data/b/@at'/>",
      "<input ref='/data/a'/>");
  g_autofree char *xml = NULL, *content = NULL, *attribute = NULL;
  xmlDoc *doc;
  xmlNode *first;

  put (filling, "/data/a", text);
  put (filling, "/data/b/@at", text);
  xml = submit (filling);
  doc = xmlReadDoc (BAD_CAST xml, NULL, NULL, XML_PARSE_NONET);
  g_assert_nonnull (doc);
  first = xmlDocGetRootElement (doc)->children;
  content = (char *)xmlNodeGetContent (first);
  attribute = (char *)xmlGetProp (first->next, BAD_CAST "at");
  g_assert_cmpstr (content, ==, text);
  g_assert_cmpstr (attribute, ==, text);
  xmlFreeDoc (doc);
}

/* XML 1.0, 2.2: what a document cannot hold is left out, also where it was pasted; else a saved answer could
 * not be read again. */
static void
test_characters (void)
{
  g_autoptr(JnForm) form = sample_form ("<instance><data id='t'><a/></data></instance>",
                                         "<input ref='/data/a'/>");

  for (gunichar c = 1; c < 0x11000; c = c == 0xff     ? 0xd7f0
                                        : c == 0xd7ff ? 0xe000
                                        : c == 0xe010 ? 0xfff0
                                                      : c + 1)
    {
      gboolean legal
          = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
      g_autoptr(JnFilling) filling = sample_filling (form), again = NULL;
      g_autofree char *kept = NULL;
      char text[16] = "長", wanted[16] = "長";
      gsize end = strlen (text);

      end += (gsize)g_unichar_to_utf8 (c, text + end);
      memcpy (wanted, text, legal ? end : strlen (wanted));
      g_strlcat (text, "b", sizeof text);
      g_strlcat (wanted, "b", sizeof wanted);
      put (filling, "/data/a", text);
      expect (filling, "/data/a", wanted);
      kept = save (filling);
      again = sample_resume (form, kept);
      expect (again, "/data/a", wanted);
    }
}

static void
test_instance_id (void)
{
  g_autoptr(JnFilling) missing = sample_fill ("<instance><data id='t'><a/></data></instance>", "");
  g_autoptr(JnFilling) blank = sample_fill (
      "<instance><data id='t'><a/><orx:meta><orx:instanceID/></orx:meta></data></instance>", "");
  g_autofree char *one = submit (missing), *other = submit (blank);

  expect_part (one, "<orx:meta><orx:instanceID>uuid:");
  expect_part (one, "xmlns:orx=\"http://openrosa.org/xforms\"");
  expect_part (other, "<orx:meta><orx:instanceID>uuid:");
}

static void
test_instance_name (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><meta><instanceID/><instanceName/></meta></data></instance>"
      "<bind nodeset='/data/meta/instanceName' calculate=\"concat('Case ', /data/a)\"/>",
      "<input ref='/data/a'/>");
  g_autofree char *xml = NULL;

  put (filling, "/data/a", "9");
  xml = submit (filling);
  expect_part (xml, "<instanceName>Case 9</instanceName>");
}

/* Spec, "Preload Attributes": the end is when the form is finished. */
static void
test_end_of_the_form (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><a/><e/></data></instance>"
      "<bind nodeset='/data/e' type='dateTime' jr:preload='timestamp' jr:preloadParams='end'/>",
      "<input ref='/data/a'/>");
  g_autofree char *kept = save (filling), *sent = submit (filling);

  expect_part (kept, "<e/>");
  expect_part (sent, "<e>2026-03-02T09:30:00.000+08:00</e>");
}

/* A template is no row, a choice that is not offered no answer. */
static void
test_leaves_out_what_is_no_answer (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><r jr:template=''><a>T</a></r><r><a>1</a></r><of>1</of><s>x</s>"
      "</data></instance><instance id='i'><root><item><k>1</k><v>x</v></item></root></instance>",
      "<repeat nodeset='/data/r'><input ref='a'/></repeat><input ref='/data/of'/>"
      "<select1 ref='/data/s'><itemset nodeset=\"instance('i')/root/item[k = /data/of]\">"
      "<value ref='v'/><label ref='v'/></itemset></select1>");
  g_autofree char *before = submit (filling), *after = NULL;

  expect_part (before, "<r><a>1</a></r><of>1</of><s>x</s>");
  g_assert_null (strstr (before, "T</a>"));
  put (filling, "/data/of", "2");
  after = submit (filling);
  expect_part (after, "<of>2</of><s/>");
}

static void
expect_edit (const char *meta)
{
  g_autofree char *model
      = g_strdup_printf ("<instance><data id='t'><a/>%s</data></instance>", meta);
  g_autoptr(JnForm) form = sample_form (model, "<input ref='/data/a'/>");
  static const char sent[] = "<data id='t'><a>1</a><meta><instanceID>uuid:old</instanceID></meta>"
                             "</data>";
  g_autoptr(GBytes) bytes = g_bytes_new_static (sent, sizeof sent - 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnFilling) edit = jn_filling_new_edit (form, bytes, NULL, &error), again = NULL;
  g_autofree char *xml = NULL, *resent = NULL;

  g_assert_no_error (error);
  put (edit, "/data/a", "2");
  xml = submit (edit);
  expect_part (xml, "<a>2</a>");
  expect_part (xml, "<deprecatedID>uuid:old</deprecatedID>");
  g_assert_null (strstr (xml, "<instanceID>uuid:old"));
  again = sample_resume (form, xml);
  resent = submit (again);
  expect_part (resent, "<deprecatedID>uuid:old</deprecatedID>");
}

static void
test_edit (void)
{
  expect_edit ("<meta><instanceID/></meta>");
  expect_edit ("<meta><instanceID/><deprecatedID/></meta>");
}

static void
test_save_and_load (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><r jr:template=''><a>t</a></r><n/></data></instance>"
      "<bind nodeset='/data/n' calculate='count(/data/r)'/>",
      "<repeat nodeset='/data/r'><input ref='a'/></repeat>");
  g_autoptr(JnFilling) filling = sample_filling (form), again = NULL;
  g_autofree char *kept = NULL, *twice = NULL;

  jn_filling_add (filling, "/data/r", NULL, NULL);
  jn_filling_add (filling, "/data/r", NULL, NULL);
  put (filling, "/data/r[2]/a", "mine");
  kept = save (filling);
  g_assert_null (strstr (kept, "template"));
  again = sample_resume (form, kept);
  expect (again, "/data/r[2]/a", "mine");
  expect (again, "/data/n", "2");
  twice = save (again);
  g_assert_cmpstr (kept, ==, twice);
}

static void
test_refuses_other_documents (void)
{
  static const struct
  {
    const char *xml;
    JnFormError code;
  } wrong[] = {
    { "<data id='other'><a/></data>", JN_FORM_ERROR_REJECTED },
    { "<else id='t'><a/></else>", JN_FORM_ERROR_REJECTED },
    { "<data id='t'><a/><b/></data>", JN_FORM_ERROR_REJECTED },
    { "<data id='t'><a><b/></a></data>", JN_FORM_ERROR_REJECTED },
    { "<data id='t'><a></data>", JN_FORM_ERROR_SYNTAX },
    { "", JN_FORM_ERROR_SYNTAX },
    { "<!DOCTYPE data [<!ENTITY e 'x'>]><data id='t'><a>&e;</a></data>",
      JN_FORM_ERROR_UNSUPPORTED },
  };
  g_autoptr(JnForm) form = sample_form ("<instance><data id='t'><a/></data></instance>",
                                         "<input ref='/data/a'/>");

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (wrong[i].xml, strlen (wrong[i].xml));
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_filling_new_from_xml (form, bytes, NULL, &error));
      g_assert_error (error, JN_FORM_ERROR, (gint)wrong[i].code);
    }
}

/* The server's check: what the form computes is computed again, whatever was sent. */
static void
test_resumes_what_was_sent (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><n/><fee/></data></instance><bind nodeset='/data/n' type='int'/>"
      "<bind nodeset='/data/fee' type='int' calculate='/data/n * 1500'/>",
      "<input ref='/data/n'/>");
  g_autoptr(JnFilling) filling = sample_resume (form, "<data id='t'><n>2</n><fee>1</fee></data>");

  expect (filling, "/data/fee", "3000");
}

static void
test_attachments (void)
{
  g_autoptr(JnFilling) filling = sample_fill (
      "<instance><data id='t'><on>1</on><p/><q/><s/></data></instance>"
      "<bind nodeset='/data/p' type='binary'/><bind nodeset='/data/q' relevant='/data/on = 2'/>",
      "<upload ref='/data/p' mediatype='image/*'/><upload ref='/data/q' mediatype='image/*'/>"
      "<upload ref='/data/s' mediatype='application/pdf'/>");
  g_autoptr(GPtrArray) names = NULL;
  g_autofree char *joined = NULL;

  put (filling, "/data/p", "photo.jpg");
  put (filling, "/data/q", "hidden.jpg");
  put (filling, "/data/s", "scan.pdf");
  names = jn_filling_list_attachments (filling);
  joined = join_refs (names);
  g_assert_cmpstr (joined, ==, "photo.jpg scan.pdf");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/submission/prunes", test_prunes_what_is_not_relevant);
  g_test_add_func ("/forms/submission/is-xml", test_is_xml);
  g_test_add_func ("/forms/submission/characters", test_characters);
  g_test_add_func ("/forms/submission/instance-id", test_instance_id);
  g_test_add_func ("/forms/submission/instance-name", test_instance_name);
  g_test_add_func ("/forms/submission/end-of-the-form", test_end_of_the_form);
  g_test_add_func ("/forms/submission/no-answers", test_leaves_out_what_is_no_answer);
  g_test_add_func ("/forms/submission/edit", test_edit);
  g_test_add_func ("/forms/submission/save-and-load", test_save_and_load);
  g_test_add_func ("/forms/submission/refuses-other-documents", test_refuses_other_documents);
  g_test_add_func ("/forms/submission/computes-again", test_resumes_what_was_sent);
  g_test_add_func ("/forms/submission/attachments", test_attachments);
  return g_test_run ();
}
