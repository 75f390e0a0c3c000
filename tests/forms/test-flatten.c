/* test-flatten.c: fragments taken into a form. forms/VOCABULARY.md, section 2. */
#include "forms/flatten.h"

#include <string.h>

#include <glib/gstdio.h>

#include "forms/form.h"

typedef struct
{
  char *folder;
} Fixture;

static char *
place (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_file (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = place (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("flatten-XXXXXX", NULL);
  write_file (fixture, "forms/fragments/person.xml",
              "<jn:fragment xmlns='http://www.w3.org/2002/xforms' "
              "xmlns:jn='https://janela.example/xforms' xmlns:xi='http://www.w3.org/2001/XInclude'>"
              "<jn:part xml:id='fields'><name/><phone/></jn:part>"
              "<jn:part xml:id='binds'><bind nodeset='/data/{role}/name' "
              "constraint=\"regex(., '^[0-9]{8}$')\"/></jn:part>"
              "<jn:part xml:id='texts'><text id='{role}-name'><value>Name of {role}</value></text>"
              "</jn:part><jn:part xml:id='both'><xi:include href='person.xml' xpointer='binds' "
              "jn:with='role={role}'/></jn:part>"
              "<jn:part xml:id='self'><xi:include href='person.xml' xpointer='self'/></jn:part>"
              "</jn:fragment>");
  write_file (fixture, "secret.xml", "<a xml:id='x'><b/></a>");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "forms/services/d/s.xml",
                                       "forms/fragments/person.xml",
                                       "secret.xml",
                                       "forms/services/d",
                                       "forms/services",
                                       "forms/fragments",
                                       "forms",
                                       "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = place (fixture, names[i]);

      g_remove (path);
    }
  g_free (fixture->folder);
}

static char *
flatten (Fixture *fixture, const char *content, GError **error)
{
  g_autofree char *text = g_strconcat (
      "<root xmlns='http://www.w3.org/2002/xforms' xmlns:xi='http://www.w3.org/2001/XInclude' "
      "xmlns:jn='https://janela.example/xforms'>",
      content, "</root>", NULL);
  g_autofree char *path = place (fixture, "forms/services/d/s.xml");
  g_autoptr(GBytes) bytes = NULL;
  gsize size;
  const char *data;

  write_file (fixture, "forms/services/d/s.xml", text);
  bytes = jn_flatten_file (path, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

#define INCLUDE(part, words)                                                                       \
  "<xi:include href='../../fragments/person.xml' xpointer='" part "' " words "/>"

static void
expect (Fixture *fixture, const char *content, const char *inside)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = flatten (fixture, content, &error);

  g_assert_no_error (error);
  if (strstr (text, inside) == NULL)
    g_error ("\"%s\" is not in %s", inside, text);
}

static void
test_children (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "<mother jn:role='mother'>" INCLUDE ("fields", "") "</mother>",
          "<mother jn:role=\"mother\"><name/><phone/></mother>");
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  expect (fixture, INCLUDE ("binds", "jn:with='role=mother'"),
          "<bind nodeset=\"/data/mother/name\" constraint=\"regex(., '^[0-9]{8}$')\"/>");
  expect (fixture, "<a>" INCLUDE ("texts", "jn:with='other=1 role=child'") "</a>",
          "<a><text id=\"child-name\"><value>Name of child</value></text></a>");
  expect (fixture, "<a>" INCLUDE ("both", "jn:with='role=x'") "</a>",
          "<a><bind nodeset=\"/data/x/name\"");
}

static void
expect_refused (Fixture *fixture, const char *content, JnFormError code, const char *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (flatten (fixture, content, &error));
  g_assert_error (error, JN_FORM_ERROR, (gint)code);
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" is not in \"%s\"", part, error->message);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  expect_refused (fixture, INCLUDE ("binds", ""), JN_FORM_ERROR_REFERENCE, "{role}");
  expect_refused (fixture, INCLUDE ("none", ""), JN_FORM_ERROR_REFERENCE, "none");
  expect_refused (fixture, "<xi:include href='gone.xml' xpointer='a'/>", JN_FORM_ERROR_REFERENCE,
                  "gone.xml");
  expect_refused (fixture, "<xi:include href='../../../secret.xml' xpointer='x'/>",
                  JN_FORM_ERROR_REFERENCE, "not below");
  expect_refused (fixture, "<xi:include href='/etc/hostname' xpointer='x'/>",
                  JN_FORM_ERROR_REFERENCE, "not below");
  expect_refused (fixture, "<xi:include href='s.xml'/>", JN_FORM_ERROR_SYNTAX, "xpointer");
  expect_refused (fixture, INCLUDE ("self", ""), JN_FORM_ERROR_LIMIT, "deep");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/forms/flatten/children", Fixture, NULL, set_up, test_children, tear_down);
  g_test_add ("/forms/flatten/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/forms/flatten/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
