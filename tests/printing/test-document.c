/* test-document.c: documents keep what they are given, clean it, and come back from JSON the same. */
#include "printing/block.h"
#include "printing/error.h"
#include "tests/printing/samples.h"

static void
test_keeps (void)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "pt", NULL);
  char text[] = "Título";
  const JnBlock *block;

  jn_document_add_title (document, jn_words (text, NULL));
  jn_document_set_copy (document, 3);
  text[0] = 'X';
  block = jn_document_get_block (document, 0);
  g_assert_cmpuint (jn_document_get_n_blocks (document), ==, 1);
  g_assert_cmpint (block->type, ==, JN_BLOCK_TITLE);
  g_assert_cmpstr (block->head.first, ==, "Título");
  g_assert_null (block->head.second);
  g_assert_cmpint (jn_document_get_kind (document), ==, JN_DOCUMENT_NOTICE);
  g_assert_cmpstr (jn_document_get_language (document), ==, "pt");
  g_assert_null (jn_document_get_second_language (document));
  g_assert_cmpuint (jn_document_get_copy (document), ==, 3);
}

static const struct
{
  const char *given;
  const char *kept;
} texts[] = {
  { "plain", "plain" },
  { "<b>&amp;", "<b>&amp;" }, /* markup is text */
  { "a\tb", "a b" },          /* tabs are no layout */
  { "two\nlines", "two\nlines" },
  { "\x1b@\x1dV", "@V" }, /* no command reaches a printer */
  { "abc\xe2\x80\xae"
    "def",
    "abcdef" },                           /* right-to-left override */
  { "x\xe2\x81\xa6y\xe2\x81\xa9", "xy" }, /* isolates */
  { "bad \xff byte", "bad \xef\xbf\xbd byte" },
  { "𠮷𨭎", "𠮷𨭎" },
};

static void
test_cleans (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_NOTICE, "en", NULL);

      jn_document_add_heading (document, jn_words (texts[i].given, NULL));
      g_assert_cmpstr (jn_document_get_block (document, 0)->head.first, ==, texts[i].kept);
    }
}

static void
test_json (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr(JnDocument) document = sample->make ();
  g_autofree char *json = jn_document_to_json (document);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnDocument) again = jn_document_new_from_json (json, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  json_again = jn_document_to_json (again);
  g_assert_cmpstr (json_again, ==, json);
  g_assert_cmpuint (jn_document_get_n_blocks (again), ==, jn_document_get_n_blocks (document));
  g_assert_cmpuint (jn_document_get_copy (again), ==, 0);
}

static void
test_json_signature (void)
{
  g_autoptr(JnDocument) document = jn_document_new (JN_DOCUMENT_APPLICATION, "en", NULL);
  g_autoptr(GBytes) png = g_bytes_new_static ("\x89PNG\0\1", 6);
  g_autoptr(JnDocument) again = NULL;
  g_autofree char *json = NULL;

  jn_document_add_signature (document, jn_words ("Applicant", NULL), "Demo", png);
  json = jn_document_to_json (document);
  again = jn_document_new_from_json (json, NULL);
  g_assert_true (g_bytes_equal (jn_document_get_block (again, 0)->png, png));
}

#define HEAD "{\"janela-document\":1,\"kind\":\"receipt\",\"language\":\"pt\",\"blocks\":"
static const char *const wrong[] = {
  "",
  "null",
  "[]",
  "{}",
  "{\"janela-document\":2,\"kind\":\"receipt\",\"language\":\"pt\",\"blocks\":[]}",
  "{\"janela-document\":1,\"kind\":\"poem\",\"language\":\"pt\",\"blocks\":[]}",
  "{\"janela-document\":1,\"kind\":\"receipt\",\"blocks\":[]}",
  HEAD "{}}",
  HEAD "[1]}",
  HEAD "[{\"type\":\"dance\"}]}",
  HEAD "[{\"type\":\"qr\"}]}",
  HEAD "[{\"type\":\"table\"}]}",
  HEAD "[{\"type\":\"table\",\"columns\":[],\"rows\":[]}]}",
  HEAD "[{\"type\":\"table\",\"columns\":[{},{},{},{},{},{},{},{},{}],\"rows\":[]}]}",
  HEAD "[{\"type\":\"table\",\"columns\":[{}],\"rows\":[{\"cells\":[\"a\",\"b\"]}]}]}",
  HEAD "[{\"type\":\"table\",\"columns\":[{}],\"rows\":[{\"cells\":7}]}]}",
};

static void
test_json_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_document_new_from_json (wrong[i], &error));
      g_assert_error (error, JN_PRINT_ERROR, JN_PRINT_ERROR_REJECTED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/document/keeps", test_keeps);
  g_test_add_func ("/printing/document/cleans", test_cleans);
  for (guint i = 0; i < n_samples; i++)
    {
      g_autofree char *path = g_strdup_printf ("/printing/document/json/%s", samples[i].name);

      g_test_add_data_func (path, &samples[i], test_json);
    }
  g_test_add_func ("/printing/document/json-signature", test_json_signature);
  g_test_add_func ("/printing/document/json-wrong", test_json_wrong);
  return g_test_run ();
}
