/* test-form.c: reading a form. ODK XForms, "Structure", "Instance", "Body"; what is refused. */
#include "tests/forms/sample.h"

#include <string.h>

#include <glib/gstdio.h>

/* ---- what a document says of itself ------------------------------------------------------------- */

static void
test_itself (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<itext><translation lang='zh-Hant'><text id='a'><value>甲</value></text></translation>"
      "<translation lang='pt' default='true()'><text id='a'><value>A</value></text></translation>"
      "</itext><instance><data id='demo' orx:version='2026'><x/></data></instance>",
      "<input ref='/data/x'><label ref=\"jr:itext('a')\"/></input>");

  g_assert_cmpstr (jn_form_get_id (form), ==, "demo");
  g_assert_cmpstr (jn_form_get_version (form), ==, "2026");
  g_assert_cmpstr (jn_form_get_title (form), ==, "Sample");
  g_assert_cmpstr (jn_form_get_languages (form)[0], ==, "zh-Hant");
  g_assert_cmpstr (jn_form_get_languages (form)[1], ==, "pt");
  g_assert_null (jn_form_get_languages (form)[2]);
  g_assert_cmpstr (jn_form_get_default_language (form), ==, "pt");
  g_assert_cmpuint (jn_form_get_warnings (form)->len, ==, 0);
  g_assert_null (jn_form_get_extension (form, "service"));
}

static void
test_body (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><g><a/><r><b/></r></g><c/></data></instance>",
      "<group ref='/data/g' appearance='field-list  w2'><input ref='a' appearance='multiline' "
      "rows='5' jn:width='3'/><repeat nodeset='r'><secret ref='b'/></repeat></group>"
      "<odk:rank ref='/data/c'><item><value>1</value></item></odk:rank><trigger ref='/data/c'/>");
  const JnControl *group = jn_control_get_first_child (jn_form_get_body (form));
  const JnControl *input = jn_control_get_first_child (group), *repeat, *rank;

  g_assert_cmpint (jn_control_get_kind (group), ==, JN_CONTROL_GROUP);
  g_assert_cmpstr (jn_control_get_ref (group), ==, "/data/g");
  g_assert_true (jn_control_has_appearance (group, "w2"));
  g_assert_false (jn_control_has_appearance (group, "w"));
  g_assert_cmpstr (jn_control_get_ref (input), ==, "/data/g/a");
  g_assert_cmpstr (jn_control_get_attribute (input, "rows"), ==, "5");
  g_assert_cmpstr (jn_control_get_attribute (input, "jn:width"), ==, "3");
  g_assert_null (jn_control_get_attribute (input, "width"));
  g_assert_true (jn_control_get_parent (input) == group);
  repeat = jn_control_get_next (input);
  g_assert_cmpint (jn_control_get_kind (repeat), ==, JN_CONTROL_REPEAT);
  g_assert_cmpstr (jn_control_get_ref (jn_control_get_first_child (repeat)), ==, "/data/g/r/b");
  g_assert_null (jn_control_get_next (repeat));
  rank = jn_control_get_next (group);
  g_assert_cmpint (jn_control_get_kind (rank), ==, JN_CONTROL_RANK);
  g_assert_cmpint (jn_control_get_kind (jn_control_get_next (rank)), ==, JN_CONTROL_TRIGGER);
}

static void
test_relative_refs (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><g><h><a/></h></g><b/></data></instance>"
      "<bind id='bb' nodeset=' /data/b ' type='int'/>",
      "<group ref='/data/g'><group ref='./h'><input ref='../h/a'/></group></group>"
      "<input bind='bb'/>");
  const JnControl *group = jn_control_get_first_child (jn_form_get_body (form));
  const JnControl *inner = jn_control_get_first_child (group);

  g_assert_cmpstr (jn_control_get_ref (inner), ==, "/data/g/h");
  g_assert_cmpstr (jn_control_get_ref (jn_control_get_first_child (inner)), ==, "/data/g/h/a");
  g_assert_cmpstr (jn_control_get_ref (jn_control_get_next (group)), ==, "/data/b");
}

/* ---- secondary instances from outside ----------------------------------------------------------- */

static GBytes *
load (const char *uri, gpointer user_data)
{
  static const struct
  {
    const char *uri;
    const char *text;
  } files[] = {
    { "jr://file-csv/plain.csv", "name,label\nm,Macau\nt,\"Ilha, \"\"Taipa\"\"\"\n" },
    { "jr://file-csv/semi.csv", "\xef\xbb\xbfname;label\r\nm;Macau, SAR\r\n\r\nt;\r\n" },
    { "jr://file-csv/twice.csv", "name,name\n1,2\n" },
    { "jr://file-csv/bar.csv", "name|label\nm|Macau, SAR\nt\n" },
    { "jr://file-csv/tab.csv", "name\tlabel\rm\tMacau\rt\tTaipa" },
    { "jr://file-csv/wide.csv", "name,label\nm,Macau\nt,Taipa,Ilha\n" },
    { "jr://file-csv/trail.csv", "name,label\nm,Macau,,\n" },
    { "jr://file-csv/open.csv", "name,label\nm,\"Macau\n" },
    { "jr://file/one.geojson", "{\"type\":\"Feature\",\"features\":[]}" },
    { "jr://file/places.geojson",
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"x\","
      "\"properties\":{\"name\":\"m\",\"n\":2,\"none\":null},\"geometry\":{\"type\":\"Point\","
      "\"coordinates\":[113.5,22.2]}},{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
      "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}}]}" },
    { "jr://file/list.xml", "<root><item><name>m</name></item></root>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (strcmp (files[i].uri, uri) == 0)
      return g_bytes_new_static (files[i].text, strlen (files[i].text));
  return NULL;
}

static char *
ask (const char *uri, const char *expression, guint *n_warnings)
{
  g_autofree char *model = g_strdup_printf (
      "<instance><data id='t'><a/></data></instance><instance id='x' src='%s'/>", uri);
  g_autoptr(GBytes) bytes = sample_bytes (model, "<input ref='/data/a'/>");
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, load, NULL, NULL);
  g_autoptr(JnFilling) filling = sample_filling (form);
  g_autoptr(GError) error = NULL;
  char *result = jn_filling_evaluate (filling, expression, NULL, &error);

  g_assert_no_error (error);
  *n_warnings = jn_form_get_warnings (form)->len;
  return result;
}

static void
test_external (void)
{
  static const struct
  {
    const char *uri;
    const char *expression;
    const char *value;
    guint warnings;
  } asked[] = {
    { "jr://file-csv/plain.csv", "instance('x')/root/item[name='t']/label", "Ilha, \"Taipa\"", 0 },
    { "jr://file-csv/semi.csv", "instance('x')/root/item[name='m']/label", "Macau, SAR", 0 },
    { "jr://file-csv/semi.csv", "count(instance('x')/root/item)", "2", 0 },
    { "jr://file-csv/semi.csv", "count(instance('x')/root/item[2]/label)", "1", 0 },
    { "jr://file-csv/twice.csv", "count(instance('x')/root/item)", "0", 1 },
    { "jr://file-csv/bar.csv", "instance('x')/root/item[name='m']/label", "Macau, SAR", 0 },
    { "jr://file-csv/bar.csv", "instance('x')/root/item[name='t']/label", "", 0 },
    { "jr://file-csv/tab.csv", "instance('x')/root/item[name='t']/label", "Taipa", 0 },
    { "jr://file-csv/wide.csv", "count(instance('x')/root/item)", "0", 1 },
    { "jr://file-csv/trail.csv", "count(instance('x')/root/item/*)", "2", 0 },
    { "jr://file-csv/open.csv", "count(instance('x')/root/item)", "0", 1 },
    { "jr://file/one.geojson", "count(instance('x')/root/item)", "0", 1 },
    { "jr://file-csv/missing.csv", "count(instance('x')/root/item)", "0", 1 },
    { "jr://file/places.geojson", "instance('x')/root/item[name='m']/geometry", "22.2 113.5 0 0",
      0 },
    { "jr://file/places.geojson", "instance('x')/root/item[1]/id", "x", 0 },
    { "jr://file/places.geojson", "count(instance('x')/root/item[1]/none)", "0", 0 },
    { "jr://file/places.geojson", "instance('x')/root/item[2]/geometry", "2 1 0 0; 4 3 0 0", 0 },
    { "jr://file/list.xml", "instance('x')/root/item/name", "m", 0 },
    { "jr://instance/last-saved", "count(instance('x')/data)", "0", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      guint warnings;
      g_autofree char *value = ask (asked[i].uri, asked[i].expression, &warnings);

      g_assert_cmpstr (value, ==, asked[i].value);
      g_assert_cmpuint (warnings, ==, asked[i].warnings);
    }
}

/* ---- cycles --------------------------------------------------------------------------------------- */

static void
test_cycle_is_named (void)
{
  sample_fails ("<instance><data id='t'><a/><b/><c/></data></instance>"
                "<bind nodeset='/data/a' calculate='/data/b + 1'/>"
                "<bind nodeset='/data/b' calculate='/data/c + 1'/>"
                "<bind nodeset='/data/c' relevant='/data/a &gt; 1'/>",
                "", JN_FORM_ERROR_CYCLE, "/data/a → /data/b → /data/c → /data/a");
}

static void
test_cycle_in_a_row (void)
{
  sample_fails ("<instance><data id='t'><r><a/><b/></r></data></instance>"
                "<bind nodeset='/data/r/a' calculate='../b'/>"
                "<bind nodeset='/data/r/b' calculate='/data/r/a'/>",
                "<repeat nodeset='/data/r'/>", JN_FORM_ERROR_CYCLE, "/data/r/a");
}

/* What looks like a circle and is none: itself, another row, a constraint, its own group. */
static void
test_no_cycle (void)
{
  g_autoptr(JnForm) form = sample_form (
      "<instance><data id='t'><a/><b/><g><x/></g><r><s/><p/></r></data></instance>"
      "<bind nodeset='/data/a' calculate='. + 1' constraint='. &lt; /data/b'/>"
      "<bind nodeset='/data/b' constraint='. &gt; /data/a' required='/data/a = 1'/>"
      "<bind nodeset='/data/g' relevant=\"/data/g/x != '-'\"/>"
      "<bind nodeset='/data/r/s' calculate='../../r[position() = 1]/p'/>"
      "<bind nodeset='/data/r/p' calculate='../../r[position() = 2]/s'/>",
      "<repeat nodeset='/data/r'/>");
  g_autoptr(JnFilling) filling = sample_filling (form);

  expect (filling, "/data/g/x", "");
}

static void
test_restless_relevance_ends (void)
{
  g_autoptr(JnFilling) filling
             = sample_fill ("<instance><data id='t'><g><x>1</x></g></data></instance>"
                            "<bind nodeset='/data/g' relevant=\"/data/g/x != '1'\"/>",
                            "<input ref='/data/g/x'/>");

  put (filling, "/data/g/x", "2");
  put (filling, "/data/g/x", "1");
  g_assert_true (jn_filling_get (filling, "/data/g/x", &(JnNodeState){ 0 }));
}

/* ---- what is refused -------------------------------------------------------------------------------- */

/* Bytes of a document that no encoding knows stay out of standard error. */
static void
test_reads_quietly (void)
{
  static const char text[] = "<?xml version='1.0' encoding='EUC-JP'?><a>\xff\xff\x80\x90</a>";

  if (g_test_subprocess ())
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);

      g_assert_null (jn_form_new_from_bytes (bytes, NULL, NULL, NULL));
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*encod*");
}

static void
test_refused_documents (void)
{
  static const struct
  {
    const char *text;
    JnFormError code;
  } refused[] = {
    { "", JN_FORM_ERROR_SYNTAX },
    { "not xml", JN_FORM_ERROR_SYNTAX },
    { "<a><b></a>", JN_FORM_ERROR_SYNTAX },
    { "<root/>", JN_FORM_ERROR_REFERENCE },
    { "<!DOCTYPE a><a/>", JN_FORM_ERROR_UNSUPPORTED },
    { "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
      JN_FORM_ERROR_UNSUPPORTED },
    { "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;'>]><a>&z;</a>",
      JN_FORM_ERROR_UNSUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (refused[i].text, strlen (refused[i].text));
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_form_new_from_bytes (bytes, NULL, NULL, &error));
      g_assert_error (error, JN_FORM_ERROR, (gint)refused[i].code);
    }
}

static void
test_too_large (void)
{
  gsize size = 11 * 1024 * 1024;
  char *text = g_malloc (size);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, size);
  g_autoptr(GError) error = NULL;

  memset (text, ' ', size);
  g_assert_null (jn_form_new_from_bytes (bytes, NULL, NULL, &error));
  g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT);
}

static void
test_too_deep (void)
{
  g_autoptr(GString) model = g_string_new ("<instance><data id='t'>");

  for (guint i = 0; i < 400; i++)
    g_string_append (model, "<g>");
  for (guint i = 0; i < 400; i++)
    g_string_append (model, "</g>");
  g_string_append (model, "</data></instance>");
  sample_fails (model->str, "", JN_FORM_ERROR_SYNTAX, "line 1");
}

static void
test_newer_versions (void)
{
  static const char *const newer[]
      = { "odk:xforms-version='2.0.0'", "entities:entities-version='2026.1.0'",
          "entities:entities-version='2025.2.0'" };

  for (gsize i = 0; i < G_N_ELEMENTS (newer); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "
          "xmlns:odk='http://www.opendatakit.org/xforms' "
          "xmlns:entities='http://www.opendatakit.org/xforms/entities'><h:head><model %s>"
          "<instance><data id='t'/></instance></model></h:head><h:body/></h:html>",
          newer[i]);
      g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_form_new_from_bytes (bytes, NULL, NULL, &error));
      g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_UNSUPPORTED);
    }
}

static void
test_wrong_expression (void)
{
  sample_fails ("<instance><data id='t'><a/></data></instance>"
                "<bind nodeset='/data/a' calculate='1 +'/>",
                "", JN_FORM_ERROR_SYNTAX, "1 +");
}

/* A file beside the form only: no path leads out of its folder. */
static void
test_files_stay_in_the_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("forms-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *secret = g_build_filename (folder, "secret.csv", NULL);
  g_autofree char *path = g_build_filename (inner, "form.xml", NULL);
  g_autoptr(GBytes) bytes = sample_bytes ("<instance><data id='t'><a/></data></instance>"
                                           "<instance id='x' src='jr://file-csv/../secret.csv'/>"
                                           "<instance id='y' src='jr://file-csv/..'/>",
                                           "");
  g_autoptr(JnForm) form = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (secret, "name\nx\n", -1, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  form = jn_form_new_from_file (path, NULL);
  g_assert_nonnull (form);
  g_assert_cmpuint (jn_form_get_warnings (form)->len, ==, 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (secret), ==, 0);
  g_assert_cmpint (g_rmdir (inner), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/form/itself", test_itself);
  g_test_add_func ("/forms/form/body", test_body);
  g_test_add_func ("/forms/form/relative-refs", test_relative_refs);
  g_test_add_func ("/forms/form/external", test_external);
  g_test_add_func ("/forms/form/cycle-is-named", test_cycle_is_named);
  g_test_add_func ("/forms/form/cycle-in-a-row", test_cycle_in_a_row);
  g_test_add_func ("/forms/form/no-cycle", test_no_cycle);
  g_test_add_func ("/forms/form/restless-relevance-ends", test_restless_relevance_ends);
  g_test_add_func ("/forms/form/refused-documents", test_refused_documents);
  g_test_add_func ("/forms/form/reads-quietly", test_reads_quietly);
  g_test_add_func ("/forms/form/too-large", test_too_large);
  g_test_add_func ("/forms/form/too-deep", test_too_deep);
  g_test_add_func ("/forms/form/newer-versions", test_newer_versions);
  g_test_add_func ("/forms/form/wrong-expression", test_wrong_expression);
  g_test_add_func ("/forms/form/files-stay-in-the-folder", test_files_stay_in_the_folder);
  return g_test_run ();
}
