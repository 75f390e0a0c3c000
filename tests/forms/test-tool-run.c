/* test-tool-run.c: janela-form run and janela-form check, as scripts use them. */
#include "tests/forms/tool.h"

#include <string.h>

#define FORM(model, body)                                                                          \
  "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "          \
  "xmlns:jr='http://openrosa.org/javarosa'>\n<h:head><h:title>T</h:title><model>" model            \
  "</model></h:head><h:body>" body "</h:body></h:html>\n"

#define SAMPLE                                                                                     \
  FORM ("<itext><translation lang='pt' default='true()'><text id='q'><value>Idade</value></text>"  \
        "</translation><translation lang='en'><text id='q'><value>Age</value></text>"              \
        "</translation></itext><instance><data id='t'><age/><r jr:template=''><x>1</x></r><day/>"  \
        "<s/><meta><instanceID>uuid:1</instanceID></meta></data></instance>"                       \
        "<bind nodeset='/data/age' type='int' required='true()' constraint='. &lt; 100' "          \
        "jr:constraintMsg='old'/><bind nodeset='/data/day' calculate='today()'/>"                  \
        "<bind nodeset='/data/s' relevant='/data/age &gt; 1'/>",                                   \
        "<input ref='/data/age'><label ref=\"jr:itext('q')\"/></input><repeat nodeset='/data/r'>"  \
        "<input ref='/data/r/x'/></repeat><select1 ref='/data/s'><item><label>A</label><value>a"   \
        "</value></item></select1>")

#define AGE(value, more) "\"/data/age\":{\"type\":\"int\",\"value\":\"" value "\"" more
#define XML "<?xml version=\\\"1.0\\\" encoding=\\\"UTF-8\\\"?>\\n"
#define META "<meta><instanceID>uuid:1</instanceID></meta></data>\"}"

/* A line asked, and the line answered. */
static const char *const session[][2] = {
  { "{\"op\":\"state\"}", "{\"ok\":true,\"state\":{\"/"
                          "data\":{\"type\":\"string\",\"value\":\"\"}," AGE (
                              "",
                              ",\"required\":true,\"label\":\"Idade\",\"invalid\":[\"required\","
                              "\"\"]},") "\"/data/"
                                         "day\":{\"type\":\"string\",\"value\":\"2026-03-02\"},"
                                         "\"/data/"
                                         "s\":{\"type\":\"string\",\"value\":\"\",\"relevant\":"
                                         "false,"
                                         "\"choices\":[[\"a\",\"A\"]]},\"/data/"
                                         "meta\":{\"type\":\"string\",\"value\":\"\"},"
                                         "\"/data/meta/"
                                         "instanceID\":{\"type\":\"string\",\"value\":\"uuid:1\"}},"
                                         "\"repeats\":{\"/data/"
                                         "r\":{\"count\":0,\"fixed\":false}}}" },
  { "{\"op\":\"set\",\"ref\":\"/data/age\",\"value\":\"200\"}",
    "{\"ok\":true,\"changed\":{" AGE ("200",
                                      ",\"required\":true,\"label\":\"Idade\",\"invalid\":["
                                      "\"constraint\",\"old\"]},") "\"/data/"
                                                                   "s\":{\"type\":\"string\","
                                                                   "\"value\":\"\",\"choices\":[["
                                                                   "\"a\",\"A\"]]}}}" },
  { "{\"op\":\"validate\"}",
    "{\"ok\":true,\"valid\":false,\"violations\":[{\"ref\":\"/data/age\",\"condition\":"
    "\"constraint\",\"message\":\"old\"}]}" },
  { "{\"op\":\"set\",\"ref\":\"/data/age\",\"value\":\"x\"}",
    "{\"ok\":true,\"changed\":{" AGE (
        "",
        ",\"typed\":\"x\",\"required\":true,\"label\":\"Idade\","
        "\"invalid\":[\"type\",\"\"]},") "\"/data/"
                                         "s\":{\"type\":\"string\",\"value\":\"\",\"relevant\":"
                                         "false,"
                                         "\"choices\":[[\"a\",\"A\"]]}}}" },
  { "{\"op\":\"add\",\"ref\":\"/data/r\"}",
    "{\"ok\":true,\"changed\":{\"/data/r[1]\":{\"type\":\"string\",\"value\":\"\"},"
    "\"/data/r[1]/x\":{\"type\":\"string\",\"value\":\"1\"}}}" },
  { "{\"op\":\"save\"}",
    "{\"ok\":true,\"xml\":\"" XML "<data xmlns:jn=\\\"https://janela.example/xforms\\\" "
    "id=\\\"t\\\"><age jn:typed=\\\"x\\\"/><r><x>1</x></r><day>2026-03-02</day><s/>" META },
  { "{\"op\":\"remove\",\"ref\":\"/data/r[1]\"}",
    "{\"ok\":true,\"changed\":{\"/data/r[1]\":null,\"/data/r[1]/x\":null}}" },
  { "{\"op\":\"language\",\"language\":\"en\"}",
    "{\"ok\":true,\"changed\":{" AGE (
        "",
        ",\"typed\":\"x\",\"required\":true,\"label\":\"Age\","
        "\"invalid\":[\"type\",\"\"]},") "\"/data/"
                                         "s\":{\"type\":\"string\",\"value\":\"\",\"relevant\":"
                                         "false,"
                                         "\"choices\":[[\"a\",\"A\"]]}}}" },
  { "{\"op\":\"load\",\"xml\":\"<data id='t'><age>7</age><s>a</s><meta><instanceID>uuid:1"
    "</instanceID></meta></data>\"}",
    "{\"ok\":true}" },
  { "{\"op\":\"submit\"}", "{\"ok\":true,\"xml\":\"" XML
                           "<data id=\\\"t\\\"><age>7</age><day>2026-03-02</day><s>a</s>" META },
  { "{\"op\":\"set\",\"ref\":\"/data/gone\",\"value\":\"1\"}",
    "{\"ok\":false,\"error\":\"there is no node /data/gone\"}" },
  { "{\"op\":\"set\",\"ref\":\"/data/age\",\"value\":8}",
    "{\"ok\":false,\"error\":\"a value is a text\"}" },
  { "{\"op\":\"language\",\"language\":\"xx\"}",
    "{\"ok\":false,\"error\":\"the form does not speak 'xx'\"}" },
  { "{\"op\":\"dance\"}", "{\"ok\":false,\"error\":\"unknown op\"}" },
  { "{\"op\":", "{\"ok\":false,\"error\":\"not a JSON object\"}" },
  { "{\"op\":\"validate\"}", "{\"ok\":true,\"valid\":true,\"violations\":[]}" },
};

static void
test_session (void)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-XXXXXX", NULL);
  g_autofree char *form = tool_write (folder, "form.xml", SAMPLE);
  g_autoptr(GString) input = g_string_new (NULL);
  g_auto (ToolRun) run = { 0 };
  g_auto (GStrv) lines = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (session); i++)
    g_string_append_printf (input, "%s\n", session[i][0]);
  run = tool_run (input->str, ARGUMENTS ("run", form, "--now", "2026-03-02T09:30:00.5+08:00"));
  g_assert_cmpint (run.status, ==, 0);
  lines = g_strsplit (run.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (session) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (session); i++)
    g_assert_cmpstr (lines[i], ==, session[i][1]);
}

/* What a form names lies beside it; what is missing is no reason to stop. */
static void
test_files_beside (void)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-XXXXXX", NULL);
  g_autofree char *csv = tool_write (folder, "list.csv", "k,v\n1,one\n");
  g_autofree char *form = tool_write (
      folder, "form.xml",
      FORM ("<instance><data id='t'><a/><b/><meta><instanceID>1</instanceID></meta></data>"
            "</instance><instance id='l' src='jr://file-csv/list.csv'/>"
            "<instance id='m' src='jr://file/gone.xml'/><bind nodeset='/data/a' "
            "calculate=\"instance('l')/root/item[k = 1]/v\"/><bind nodeset='/data/b' "
            "calculate=\"count(instance('m')/root/item)\"/>",
            ""));
  g_auto (ToolRun) run = tool_run ("{\"op\":\"submit\"}\n", ARGUMENTS ("run", form));

  g_assert_cmpint (run.status, ==, 0);
  g_assert_nonnull (strstr (run.out, "<a>one</a><b>0</b>"));
}

static void
test_wrong_use (void)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-XXXXXX", NULL);
  g_autofree char *form = tool_write (folder, "form.xml", SAMPLE);
  g_autofree char *wrong = tool_write (folder, "wrong.xml", "<a>");

  tool_expect (0, "", ARGUMENTS ("run", form));
  tool_expect (0, "", ARGUMENTS ("run", form, "--language", "xx"));
  tool_expect (1, "", ARGUMENTS ("run", wrong));
  tool_expect (1, "", ARGUMENTS ("run", "/nonexistent"));
  tool_expect (2, "", ARGUMENTS ("run"));
  tool_expect (2, "", ARGUMENTS ("run", form, "--now", "noon"));
  tool_expect (2, "", ARGUMENTS ("check"));
  tool_expect (2, "", ARGUMENTS ("check", "/nonexistent"));
}

static void
test_check (void)
{
  g_autofree char *folder = g_dir_make_tmp ("janela-XXXXXX", NULL);
  g_autofree char *warned = tool_write (folder, "warned.xml",
                                        FORM ("<instance><data id='t'/></instance>\n<bnid/>", ""));
  g_autofree char *refused
      = tool_write (folder, "refused.xml",
                    FORM ("<instance><data id='t'/></instance>\n<bind nodeset='/data/x'/>", ""));
  g_auto (ToolRun) good = tool_run (NULL, ARGUMENTS ("check", warned));
  g_auto (ToolRun) bad = tool_run (NULL, ARGUMENTS ("check", warned, refused));
  g_autofree char *warning
      = g_strconcat (warned, ":3: warning: nobody reads the element bnid\n", NULL);
  g_autofree char *error
      = g_strconcat (refused, ":3: error: the bind for '/data/x' leads to no node\n", NULL);

  g_assert_cmpint (good.status, ==, 0);
  g_assert_nonnull (strstr (good.out, warning));
  g_assert_cmpint (bad.status, ==, 1);
  g_assert_nonnull (strstr (bad.out, warning));
  g_assert_nonnull (strstr (bad.out, error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/tool-run/session", test_session);
  g_test_add_func ("/forms/tool-run/files-beside", test_files_beside);
  g_test_add_func ("/forms/tool-run/wrong-use", test_wrong_use);
  g_test_add_func ("/forms/tool-run/check", test_check);
  return g_test_run ();
}
