/* test-check.c: what `janela-form check` finds, at which line. */
#include "forms/check.h"

#include <string.h>

#include <glib/gstdio.h>

#define HEAD                                                                                       \
  "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "          \
  "xmlns:jr='http://openrosa.org/javarosa' xmlns:jn='https://janela.example/xforms' "              \
  "xmlns:entities='http://www.opendatakit.org/xforms/entities'>\n"                                 \
  "<h:head><model>\n"
#define TEXTS                                                                                      \
  "<itext><translation lang='zh-Hant'><text id='a'><value>甲</value></text></translation>"        \
  "<translation lang='pt'><text id='a'><value>A</value></text></translation>"                      \
  "<translation lang='en'><text id='a'><value>A</value></text></translation></itext>\n"
#define SERVICE                                                                                    \
  "<jn:service code='s' department='d'><jn:name lang='zh-Hant'>甲</jn:name>"                      \
  "<jn:name lang='pt'>S</jn:name><jn:name lang='en'>S</jn:name>"                                   \
  "<jn:keywords lang='zh-Hant'>甲</jn:keywords><jn:keywords lang='pt'>s</jn:keywords>"            \
  "<jn:keywords lang='en'>s</jn:keywords><jn:who itext='a'/>"                                      \
  "<jn:result code='r' itext='a' kind='entry'/><jn:source href='x'/></jn:service>"
#define LABEL "<label ref=\"jr:itext('a')\"/>"
#define ITEM(value) "<item>" LABEL "<value>" value "</value></item>"
/* The instance stands in line 4, the binds begin in line 5, the body in the line behind them. */
#define MODEL(nodes, binds)                                                                        \
  HEAD TEXTS "<instance><data id='t'>" nodes "</data></instance>\n" binds "</model></h:head>"
#define BODY(controls) "<h:body>\n" controls "</h:body></h:html>"

/* (transfer full): "LINE: error|warning: text" of each finding in @text, a line each */
static char *
check (const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("check-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "form.xml", NULL);
  g_autoptr(GString) result = g_string_new (NULL);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  findings = jn_check_file (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const JnFinding *finding = findings->pdata[i];

      g_string_append_printf (result, "%ld: %s: %s\n", finding->line,
                              finding->error ? "error" : "warning", finding->text);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return g_strdup (result->str);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
  { "clean",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance>\n<bind nodeset='/data/a'/></model>"
               "</h:head><h:body><input ref='/data/a'>" LABEL "</input></h:body></h:html>",
    "" },
  { "bind-without-node",
    HEAD TEXTS "<instance><data id='t'/></instance>\n<bind nodeset='/data/a'/>\n</model></h:head>"
               "<h:body/></h:html>",
    "5: error: the bind for '/data/a' leads to no node\n" },
  { "node-without-bind",
    HEAD TEXTS "<instance><data id='t'>\n<a/></data></instance></model></h:head><h:body/></h:html>",
    "5: warning: /data/a has neither bind nor control\n" },
  { "control-without-node",
    HEAD TEXTS "<instance><data id='t'/></instance></model></h:head>\n<h:body>\n"
               "<input ref='/data/b'>" LABEL "</input></h:body></h:html>",
    "6: error: '/data/b' leads to no node\n" },
  { "control-without-label",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance><bind nodeset='/data/a'/></model>"
               "</h:head>\n<h:body><input ref='/data/a'/></h:body></h:html>",
    "5: warning: /data/a has no label\n" },
  { "syntax",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance>\n"
               "<bind nodeset='/data/a' calculate='1 +'/></model></h:head><h:body/></h:html>",
    "5: error: " },
  { "unknown-function",
    HEAD TEXTS
    "<instance><data id='t'><a/></data></instance>\n"
    "<bind nodeset='/data/a' calculate='nonsense(1)'/></model></h:head><h:body/></h:html>",
    "5: error: " },
  { "wrong-arity",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance>\n"
               "<bind nodeset='/data/a' calculate='round()'/></model></h:head><h:body/></h:html>",
    "5: error: " },
  { "reference-to-nothing",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance>\n"
               "<bind nodeset='/data/a' relevant='/data/gone = 1'/></model></h:head><h:body/>"
               "</h:html>",
    "5: error: /data/a: in \"/data/gone = 1\" the path at column 1 leads to no node\n" },
  { "no-such-instance",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance>\n"
               "<bind nodeset='/data/a' calculate=\"instance('x')/root/b\"/></model></h:head>"
               "<h:body/></h:html>",
    "5: error: there is no instance 'x'\n" },
  { "cycle",
    HEAD TEXTS "<instance><data id='t'><a/><b/></data></instance>\n"
               "<bind nodeset='/data/a' calculate='/data/b'/>\n"
               "<bind nodeset='/data/b' calculate='/data/a'/></model></h:head><h:body/></h:html>",
    "5: error: these depend on each other in a circle: /data/a → /data/b → /data/a\n" },
  { "missing-translation",
    HEAD "<itext><translation lang='zh-Hant'><text id='a'><value>甲</value></text>\n"
         "<text id='b'><value>乙</value></text></translation>"
         "<translation lang='pt'><text id='a'><value>A</value></text></translation>"
         "<translation lang='en'><text id='a'><value> </value></text><text id='b'><value>B</value>"
         "</text></translation></itext>\n<instance><data id='t'/></instance></model></h:head>"
         "<h:body/></h:html>",
    "4: warning: text 'a' is empty in 'en'\n4: warning: text 'b' is missing in 'pt'\n" },
  { "missing-language",
    HEAD "<itext><translation lang='zh-Hant'><text id='a'><value>甲</value></text></translation>"
         "</itext>\n<instance><data id='t'/></instance></model></h:head><h:body/></h:html>",
    "4: warning: no texts in 'en'\n4: warning: no texts in 'pt'\n" },
  { "languages-by-name",
    HEAD "<itext><translation lang='中文 (zh-Hant)'/><translation lang='Português (pt)'/>"
         "<translation lang='English'/></itext>\n<instance><data id='t'/></instance></model>"
         "</h:head><h:body/></h:html>",
    "4: warning: no texts in 'en'\n" },
  { "missing-text",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance><bind nodeset='/data/a'/></model>"
               "</h:head>\n<h:body><input ref='/data/a'><label ref=\"jr:itext('b')\"/></input>"
               "</h:body></h:html>",
    "5: error: no text 'b'\n" },
  { "choices",
    HEAD TEXTS "<instance><data id='t'><a/><b/></data></instance><bind nodeset='/data/a'/>"
               "<bind nodeset='/data/b'/></model></h:head>\n<h:body><select1 ref='/data/a'>" LABEL
               "</select1>\n<select ref='/data/b'>" LABEL "<item>" LABEL "<value>1</value></item>"
               "<item>" LABEL "<value>1</value></item><item>" LABEL "<value>a b</value></item>"
               "</select></h:body></h:html>",
    "5: error: /data/a has no choices\n6: error: /data/b offers '1' twice\n"
    "6: error: the choice 'a b' has a space in its value\n" },
  { "duplicate-ids",
    HEAD
    "<itext><translation lang='zh-Hant'><text id='a'><value>甲</value></text>\n<text id='a'>"
    "<value>乙</value></text></translation><translation lang='pt'><text id='a'><value>A</value>"
    "</text></translation><translation lang='en'><text id='a'><value>A</value></text>"
    "</translation></itext>\n<instance><data id='t'/></instance>\n<instance id='x'><root/>"
    "</instance>\n<instance id='x'><root/></instance></model></h:head><h:body/></h:html>",
    "4: error: text 'a' stands twice in 'zh-Hant'\n7: error: instance 'x' stands twice\n" },
  { "constraint-without-message",
    HEAD TEXTS "<instance><data id='t'><a/></data></instance>\n"
               "<bind nodeset='/data/a' constraint='. != 1'/></model></h:head><h:body/></h:html>",
    "5: warning: /data/a has a constraint without a message\n" },
  { "service",
    HEAD TEXTS "<instance><data id='t'/></instance></model>\n<jn:service code='s' department='d'>"
               "<jn:name lang='pt'>S</jn:name>\n<jn:fee code='f' ref='/data/gone' itext='b'/>\n"
               "<jn:paper code='p' relevant='/data/gone'/></jn:service></h:head><h:body/></h:html>",
    "5: warning: no keywords in 'en'\n5: warning: no keywords in 'pt'\n"
    "5: warning: no keywords in 'zh-Hant'\n5: warning: no name in 'en'\n"
    "5: warning: no name in 'zh-Hant'\n"
    "5: warning: nobody declares: no trigger has the appearance jn-declaration\n"
    "5: warning: the service does not say what the citizen gets (jn:result)\n"
    "5: warning: the service does not say where this was read (jn:source)\n"
    "5: warning: the service does not say who may apply (jn:who)\n"
    "5: error: the service is 's', but the form's id is 't'\n"
    "6: error: '/data/gone' leads to no node\n6: error: no text 'b'\n"
    "7: error: /data: in \"/data/gone\" the path at column 1 leads to no node\n" },
  /* a typed box is bounded or explained; long text, choices and what is calculated are not typed */
  { "boxes-that-take-anything",
    HEAD TEXTS "<instance><data id='s'><a/><b/><c/><d/><e/><f/><g/><h/></data></instance>"
               "<bind nodeset='/data/a' type='string'/><bind nodeset='/data/b' type='int'/>"
               "<bind nodeset='/data/c' type='date'/><bind nodeset='/data/d' type='string'/>"
               "<bind nodeset='/data/e' type='string'/>"
               "<bind nodeset='/data/f' type='date' constraint='. &lt;= today()'"
               " jr:constraintMsg=\"jr:itext('a')\"/>"
               "<bind nodeset='/data/g' type='string' readonly='true()'/><bind "
               "nodeset='/data/h'/></model>" SERVICE "</h:head>\n"
               "<h:body>\n<input ref='/data/a'>" LABEL "</input>\n<input ref='/data/b'>" LABEL
               "</input>\n<input ref='/data/c'>" LABEL "</input>\n<input ref='/data/d'>" LABEL
               "<hint>such as x</hint></input><input ref='/data/e' appearance='multiline'>" LABEL
               "</input><input ref='/data/f'>" LABEL "</input><input ref='/data/g'>" LABEL
               "</input><trigger ref='/data/h' appearance='jn-declaration'>" LABEL
               "</trigger></h:body></h:html>",
    "6: warning: /data/a takes any text: bound it, or say in a hint what to write\n"
    "7: warning: /data/b takes any number: bound it, or say in a hint what to write\n"
    "8: warning: /data/c takes any day: bound it, or say in a hint what to write\n" },
  { "calculated-and-asked",
    HEAD TEXTS "<instance><data id='s'><a/><b/><h/></data></instance>"
               "<bind nodeset='/data/a' calculate='1 + 1'/>"
               "<bind nodeset='/data/b' calculate='1 + 1' readonly='true()'/>"
               "<bind nodeset='/data/h'/></model>" SERVICE "</h:head>\n"
               "<h:body>\n<input ref='/data/a'>" LABEL "</input>\n<input ref='/data/b'>" LABEL
               "</input><trigger ref='/data/h' appearance='jn-declaration'>" LABEL
               "</trigger></h:body></h:html>",
    "6: warning: /data/a is calculated, so what is typed there does not last: make it "
    "read-only\n" },
  { "ids",
    HEAD TEXTS "<instance><data id='t'><a/><b/></data></instance>\n"
               "<bind nodeset='/data/a' id='x'/>\n<bind nodeset='/data/b' id='x' type='intt'/>"
               "</model></h:head><h:body><input ref='/data/a'>" LABEL "</input></h:body></h:html>",
    "6: error: the id 'x' stands twice\n6: warning: the type 'intt' is unknown: a string\n" },
  { "languages",
    HEAD TEXTS "<itext>\n<translation lang='pt'><text id='a'><value>A</value></text>"
               "</translation></itext><instance><data id='t'><a/></data></instance>"
               "<bind nodeset='/data/a'/></model></h:head><h:body><input ref='/data/a'>" LABEL
               "</input></h:body></h:html>",
    "5: error: the language 'pt' stands twice\n" },
  { "range",
    HEAD TEXTS "<instance><data id='t'><a/><b/></data></instance>"
               "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/b'/></model></h:head>"
               "<h:body>\n<range ref='/data/a' start='1' end='x' step='0'>" LABEL "</range>\n"
               "<range ref='/data/b' start='1' end='9' step='2'>" LABEL "</range>"
               "</h:body></h:html>",
    "5: error: a range needs a number for its end\n"
    "5: error: a range needs a number for its step\n"
    "6: error: /data/b is a range, but neither int nor decimal\n" },
  { "group-asked",
    HEAD TEXTS "<instance><data id='t'><g><a/></g></data></instance><bind nodeset='/data/g'/>"
               "<bind nodeset='/data/g/a'/></model></h:head><h:body>\n<input ref='/data/g'>" LABEL
               "</input></h:body></h:html>",
    "5: error: /data/g is a group: it cannot be asked\n" },
  { "new-repeat-outside",
    HEAD TEXTS "<instance><data id='t'><r><a/></r></data></instance><bind nodeset='/data/r/a'/>\n"
               "<setvalue event='odk-new-repeat' ref='/data/r/a'>x</setvalue></model></h:head>"
               "<h:body><repeat nodeset='/data/r'><input ref='a'>" LABEL
               "</input></repeat></h:body></h:html>",
    "5: error: odk-new-repeat is never told outside a repeat\n" },
  /* what calls name */
  { "choice-name",
    MODEL ("<a/><b/><c/>",
           "<bind nodeset='/data/a'/>\n"
           "<bind nodeset='/data/b' calculate=\"jr:choice-name(/data/a, '/data/x')\"/>"
           "\n<bind nodeset='/data/c' calculate=\"jr:choice-name(/data/a, ' ../b ')\"/>")
        BODY ("<select1 ref='/data/a'>" LABEL ITEM ("1") "</select1>"),
    "6: error: /data/b: jr:choice-name() names '/data/x', which leads to no node\n"
    "7: error: /data/c: jr:choice-name() names /data/b, which has no choices\n" },
  { "choice-name-good",
    MODEL ("<a/><b/>",
           "<bind nodeset='/data/a'/>\n"
           "<bind nodeset='/data/b' calculate=\"jr:choice-name(/data/a, ' /data/a ')\"/>")
        BODY ("<select1 ref='/data/a'>" LABEL ITEM ("1") "</select1>"),
    "" },
  { "digest",
    MODEL ("<a/><b/>",
           "<bind nodeset='/data/a' calculate=\"digest('x', 'MD6')\"/>\n"
           "<bind nodeset='/data/b' calculate=\"digest('x', 'MD5', 'octal')\"/>") BODY (""),
    "5: error: \"digest('x', 'MD6')\", column 1: digest() knows MD5, SHA-1, SHA-256, SHA-384 and "
    "SHA-512, not MD6\n6: error: \"digest('x', 'MD5', 'octal')\", column 1: digest() writes base64 "
    "or hex, not octal\n" },
  { "regular-expression",
    MODEL ("<a/>", "<bind nodeset='/data/a' calculate=\"regex('x', '[a')\"/>") BODY (""),
    "5: error: " },
  { "text-in-a-calculate",
    MODEL ("<a/>", "<bind nodeset='/data/a' calculate=\"jr:itext('gone')\"/>") BODY (""),
    "5: error: no text 'gone'\n" },
  { "pulldata",
    MODEL ("<a/>", "<bind nodeset='/data/a' calculate=\"pulldata('gone', 'a', 'b', 'c')\"/>")
        BODY (""),
    "5: error: there is no instance 'gone'\n" },
  /* actions */
  { "setvalue",
    MODEL ("<a/><b/>",
           "<bind nodeset='/data/a'/><bind nodeset='/data/b'/>\n"
           "<setvalue event='odk-instance-first-load' ref='/data/gone'/>\n"
           "<setvalue event='odk-instance-first-load' ref='/data/a' value='/data/none'/>\n"
           "<setvalue ref='/data/b'>1</setvalue>\n"
           "<setvalue event='xforms-value-changed' ref='/data/b'>1</setvalue>\n"
           "<setvalue event='load' ref='/data/b'>1</setvalue>") BODY (""),
    "6: error: '/data/gone' leads to no node\n"
    "7: error: /data/a: in \"/data/none\" the path at column 1 leads to no node\n"
    "8: error: the setvalue of /data/b waits for no event\n"
    "9: error: xforms-value-changed is never told outside a control\n"
    "10: error: the setvalue of /data/b waits for no event\n10: error: unknown event 'load'\n" },
  /* texts: of a question, of a group without a node, of a choice, of a message */
  { "outputs",
    MODEL ("<a/>", "<bind nodeset='/data/a' constraint='. != 1' jr:constraintMsg='m'/>")
        BODY ("<group><label>\n<output value='/data/x'/></label>\n"
              "<select1 ref='/data/a'><label>q <output value='/data/y'/></label><hint>\n"
              "<output value='/data/z'/></hint>\n<item><label><output value='../w'/></label>"
              "<value>1</value></item></select1></group>"),
    "6: error: /data: in \"/data/x\" the path at column 1 leads to no node\n"
    "8: error: /data/a: in \"/data/y\" the path at column 1 leads to no node\n"
    "8: error: /data/a: in \"/data/z\" the path at column 1 leads to no node\n"
    "10: error: /data/a: in \"../w\" the path at column 1 leads to no node\n" },
  { "label-that-is-a-path",
    MODEL ("<a/>", "<bind nodeset='/data/a'/>")
        BODY ("<input ref='/data/a'><label ref='/data/gone'/></input>"),
    "6: error: /data/a: in \"/data/gone\" the path at column 1 leads to no node\n" },
  { "long-and-short",
    HEAD "<itext><translation lang='zh-Hant'><text id='a'><value>甲</value></text></translation>"
         "<translation lang='pt'><text id='a'><value>A</value></text></translation>\n"
         "<translation lang='en'><text id='a'><value form='long'>A a</value>"
         "<value form='short'>A</value><value form='image'>x</value></text></translation></itext>"
         "<instance><data id='t'/></instance></model></h:head><h:body/></h:html>",
    "4: warning: text 'a' is written 2 times: all are shown, one after the other\n" },
  /* secondary instances */
  { "instance-paths",
    MODEL (
        "<a/><b/><c/><d/>",
        "<instance id='i'><root><item k='1'><n>x</n><l>X</l></item><item><n>y z</n></item></root>"
        "</instance><instance id='empty'><root/></instance>"
        "<bind nodeset='/data/a' calculate=\"instance('i')/root/item[n = 'x']/../item/l\"/>\n"
        "<bind nodeset='/data/b' calculate=\"instance('i')/root/item[m = 1]/@k\"/>\n"
        "<bind nodeset='/data/c' calculate=\"instance('empty')/root/item/gone\"/>"
        "<bind nodeset='/data/d'/>")
        BODY ("<select1 ref='/data/d'>" LABEL
              "<itemset nodeset=\"instance('i')/root/item[l = /data/a]\">"
              "<value ref='name'/><label ref='l'/></itemset></select1>"),
    "6: warning: in \"instance('i')/root/item[m = 1]/@k\" the path at column 25 finds nothing in "
    "its "
    "instance\n8: error: in \"name\" the path at column 1 finds nothing in its instance\n" },
  { "instance-labels",
    MODEL ("<d/>",
           "<instance id='i'><root><item><n>x y</n><l>X</l></item></root></instance>"
           "<bind nodeset='/data/d'/>")
        BODY ("<select ref='/data/d'>" LABEL
              "<itemset nodeset=\"randomize(instance('i')/root/item)\">"
              "<value ref='n'/><label ref='jr:itext(id)'/></itemset></select>"),
    "6: error: in \"jr:itext(id)\" the path at column 10 finds nothing in its instance\n"
    "6: error: the choice 'x y' has a space in its value\n" },
  /* repeats */
  { "count-to-nothing",
    MODEL ("<r><a/></r>", "<bind nodeset='/data/r/a'/>")
        BODY ("<repeat nodeset='/data/r' jr:count='/data/n'><input ref='/data/r/a'>" LABEL
              "</input></repeat>"),
    "6: error: /data/r: in \"/data/n\" the path at column 1 leads to no node\n" },
  { "repeat-without-nodeset",
    MODEL ("<a/>", "<bind nodeset='/data/a'/>")
        BODY ("<repeat><input ref='/data/a'>" LABEL "</input></repeat>"),
    "6: error: a repeat needs a nodeset\n" },
  { "controls-in-the-wrong-repeat",
    MODEL ("<r><a/></r><b/><c><d/></c><c><d/></c>",
           "<bind nodeset='/data/r/a'/><bind nodeset='/data/b'/><bind nodeset='/data/c/d'/>")
        BODY ("<group ref='/data/r'><repeat nodeset='/data/r'>\n<input ref='/data/b'>" LABEL
              "</input></repeat></group>\n<input ref='/data/r/a'>" LABEL "</input>"),
    "4: warning: /data/c stands there again, but is no repeat\n"
    "7: error: /data/b is not in the repeat /data/r, but its control is\n"
    "8: warning: /data/r/a is in the repeat /data/r, but its control is not\n" },
  { "asked-twice",
    MODEL ("<a/>", "<bind nodeset='/data/a'/>")
        BODY ("<input ref='/data/a'>" LABEL "</input>\n<input ref='/data/a'>" LABEL "</input>"),
    "7: warning: /data/a is asked twice: first in line 6\n" },
  /* circles */
  { "circle-through-relevance",
    MODEL ("<a/><b/>",
           "<bind nodeset='/data/a' calculate='/data/b'/>\n"
           "<bind nodeset='/data/b' relevant='/data/a = 1'/>") BODY (""),
    "5: error: these depend on each other in a circle: /data/a → /data/b → /data/a\n" },
  { "circle-through-a-group",
    MODEL ("<g><a/><b/></g><c/><h><d/></h>",
           "<bind nodeset='/data/g' relevant='/data/c = 1'/>\n<bind nodeset='/data/g/a'/>"
           "<bind nodeset='/data/g/b'/><bind nodeset='/data/c' calculate='/data/g/a + 1'/>\n"
           "<bind nodeset='/data/h' relevant='/data/h/d = 1'/><bind nodeset='/data/h/d'/>")
        BODY (""),
    "5: error: the relevance of these depends on each other in a circle: /data/g → /data/c → "
    "/data/g\n"
    "7: error: the relevance of these depends on each other in a circle: /data/h → /data/h\n" },
  { "reads-itself",
    MODEL ("<a/><b/><c/>",
           "<bind nodeset='/data/a' calculate='. + 1'/>\n"
           "<bind nodeset='/data/b' relevant=\". = ''\"/>\n"
           "<bind nodeset='/data/c' constraint='. != 1' jr:constraintMsg='m'/>") BODY (""),
    "5: warning: /data/a reads itself: other tools refuse that\n"
    "6: error: the relevance of /data/b depends on its own value\n" },
  /* entities */
  { "entity-declarations",
    MODEL ("<g><meta><entity/></meta></g><h><meta><entity dataset='d' create='1'><label/></entity>"
           "</meta></h><i><meta><entity dataset='d' id=''><label/></entity></meta></i><j><meta>"
           "<entity dataset='d' id='' update='1'/></meta></j>\n<k><meta>"
           "<entity dataset='__d' id='' create='1'/></meta></k>",
           "") BODY (""),
    "4: error: /data/g/meta/entity declares an entity without a dataset\n"
    "4: error: /data/h/meta/entity declares an entity without an id\n"
    "4: error: /data/i/meta/entity declares an entity without create or update\n"
    "4: error: /data/j/meta/entity declares an entity without a baseVersion to update\n"
    "4: warning: entities are declared, but the model has no entities-version\n"
    "5: error: '__d' cannot name a dataset\n"
    "5: error: /data/k/meta/entity declares an entity without a label\n" },
  { "saveto",
    MODEL ("<a/>\n<g><meta><entity dataset='d' id='' create='1'><label/></entity></meta>\n<b/>\n"
           "<r><c/></r></g>",
           "<bind nodeset='/data/a' entities:saveto='p'/><bind nodeset='/data/g/b' "
           "entities:saveto='name'/><bind nodeset='/data/g/r/c' entities:saveto='q'/>")
        BODY ("<repeat nodeset='/data/g/r'><input ref='/data/g/r/c'>" LABEL "</input></repeat>"),
    "4: error: /data/a is saved to 'p', but no entity is declared\n"
    "4: warning: entities are declared, but the model has no entities-version\n"
    "6: error: 'name' cannot name a property\n"
    "7: error: /data/g/r/c is saved to 'q' of one entity, but its repeat has many rows\n" },
  /* what nobody reads */
  { "nobody-reads",
    MODEL ("<a/>",
           "<bind nodeset='/data/a' relevent='true()' jr:preload='date' "
           "jr:preloadParams='tomorrow' jn:x='1'/>\n<bnid nodeset='/data/a'/>"
           "<submission base64RsaPublicKey='x'/>") BODY ("<group>\n<inptu ref='/data/a'/></group>"),
    "4: warning: /data/a: jr:preload 'date' of 'tomorrow' fills in nothing\n"
    "5: warning: nobody reads the attribute relevent of a bind\n"
    "6: warning: nobody reads the element bnid\n"
    "6: warning: the form asks for encryption: what is sent is not encrypted by it\n"
    "8: warning: nobody reads the element inptu\n" },
  { "not-xml", "<a>\n<b></a>", "2: error: " },
  { "doctype", "<!DOCTYPE a>\n<a/>", "1: error: a DOCTYPE is not accepted\n" },
  { "event",
    "<event xmlns='https://janela.example/xforms' code='e'>\n<name lang='en'>E</name>\n"
    "<service/></event>",
    "3: error: service: needs code\n" },
  { "facts", "<facts xmlns='https://janela.example/xforms'>\n<subject/></facts>",
    "2: error: subject: needs kind\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *with = data;
  g_autofree char *found = check (with->text);

  if (g_str_has_suffix (with->expected, "\n") || *with->expected == '\0')
    g_assert_cmpstr (found, ==, with->expected);
  else if (!g_str_has_prefix (found, with->expected))
    g_error ("\"%s\" does not begin with \"%s\"", found, with->expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/forms/check/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
