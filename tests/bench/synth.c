/* synth.c: see synth.h. */
#include "tests/bench/synth.h"

#define GROUPS 20
#define CHAINS 10
#define CALCULATES 20
#define RELEVANTS 10
#define FIELDS 1000

static const struct
{
  const char *lang;
  const char *word;
} languages[] = { { "zh-Hant", "題目" }, { "pt", "Pergunta" }, { "en", "Question" } };

/* The parts of a document under way. */
typedef struct
{
  GString *instance[GROUPS];
  GString *controls[GROUPS];
  GString *binds;
  GPtrArray *labels; /* ids of texts */
  guint n;
} Parts;

static Parts *
parts_new (void)
{
  Parts *parts = g_new0 (Parts, 1);

  for (guint i = 0; i < GROUPS; i++)
    {
      parts->instance[i] = g_string_new (NULL);
      parts->controls[i] = g_string_new (NULL);
    }
  parts->binds = g_string_new (NULL);
  parts->labels = g_ptr_array_new_with_free_func (g_free);
  return parts;
}

static void
parts_free (Parts *parts)
{
  for (guint i = 0; i < GROUPS; i++)
    {
      g_string_free (parts->instance[i], TRUE);
      g_string_free (parts->controls[i], TRUE);
    }
  g_string_free (parts->binds, TRUE);
  g_ptr_array_unref (parts->labels);
  g_free (parts);
}

/* Returns: (transfer full): the field's path */
static char *
add_field (Parts *parts,
           guint group,
           const char *name,
           const char *type,
           const char *first,
           const char *bind)
{
  char *path = g_strdup_printf ("/data/g%u/%s", group, name);

  g_string_append_printf (parts->instance[group], "<%s>%s</%s>", name, first, name);
  g_string_append_printf (parts->binds, "<bind nodeset='%s' type='%s' %s/>", path, type, bind);
  parts->n++;
  return path;
}

static void
add_input (Parts *parts, guint group, const char *path)
{
  g_string_append_printf (parts->controls[group],
                          "<input ref='%s'><label ref=\"jr:itext('%s:label')\"/></input>", path,
                          path);
  g_ptr_array_add (parts->labels, g_strdup (path));
}

static GString *
begin (const char *title)
{
  GString *out = g_string_new (
      "<?xml version='1.0'?><h:html xmlns='http://www.w3.org/2002/xforms' "
      "xmlns:h='http://www.w3.org/1999/xhtml' xmlns:jr='http://openrosa.org/javarosa' "
      "xmlns:orx='http://openrosa.org/xforms'><h:head>");

  g_string_append_printf (out, "<h:title>%s</h:title><model>", title);
  return out;
}

static void
append_itext (GString *out, const GPtrArray *labels, const char *more)
{
  g_string_append (out, "<itext>");
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_string_append_printf (out, "<translation lang='%s'>", languages[i].lang);
      for (guint k = 0; k < labels->len; k++)
        g_string_append_printf (out, "<text id='%s:label'><value>%s %s%s</value></text>",
                                (char *)labels->pdata[k], languages[i].word,
                                (char *)labels->pdata[k], more);
      g_string_append (out, "</translation>");
    }
  g_string_append (out, "</itext>");
}

static GBytes *
end (GString *out)
{
  g_string_append (out, "</h:body></h:html>");
  return g_string_free_to_bytes (out);
}

static GBytes *
join (Parts *parts, const char *id, const char *more)
{
  GString *out = begin (id);

  append_itext (out, parts->labels, more);
  g_string_append_printf (out, "<instance><data id='%s' version='1'>", id);
  for (guint i = 0; i < GROUPS; i++)
    g_string_append_printf (out, "<g%u>%s</g%u>", i, parts->instance[i]->str, i);
  g_string_append_printf (
      out,
      "<meta><instanceID/></meta></data></instance>%s"
      "<bind nodeset='/data/meta/instanceID' jr:preload='uid'/></model></h:head>"
      "<h:body>",
      parts->binds->str);
  for (guint i = 0; i < GROUPS; i++)
    g_string_append_printf (out, "<group ref='/data/g%u'>%s</group>", i, parts->controls[i]->str);
  parts_free (parts);
  return end (out);
}

/* ---- chains --------------------------------------------------------------------------------------- */

static void
add_calculates (Parts *parts, guint chain)
{
  g_autofree char *seed = g_strdup_printf ("c%u_seed", chain);
  char *before = add_field (parts, chain, seed, "int", "1", "");

  add_input (parts, chain, before);
  for (guint i = 0; i < CALCULATES; i++)
    {
      guint group = (chain + i) % GROUPS;
      g_autofree char *input = g_strdup_printf ("c%u_in%u", chain, i);
      g_autofree char *name = g_strdup_printf ("c%u_calc%u", chain, i);
      g_autofree char *first = g_strdup_printf ("%u", i);
      g_autofree char *from = add_field (parts, group, input, "int", first, "");
      g_autofree char *bind = g_strdup_printf (
          "calculate='%s + %s * 2 + if(/data/g0/root_in &gt; 5, 1, 0)' readonly='true()'", before,
          from);

      add_input (parts, group, from);
      g_free (before);
      before = add_field (parts, group, name, "int", "", bind);
    }
  g_free (before);
}

static void
add_relevants (Parts *parts, guint chain)
{
  guint first = (chain + 7) % GROUPS;
  g_autofree char *seed = g_strdup_printf ("r%u_seed", chain);
  char *before = add_field (parts, first, seed, "string", "x", "");

  add_input (parts, first, before);
  for (guint i = 0; i < RELEVANTS; i++)
    {
      guint group = (first + i) % GROUPS;
      g_autofree char *name = g_strdup_printf ("r%u_q%u", chain, i);
      g_autofree char *bind = g_strdup_printf (
          "relevant=\"%s != '' and /data/g0/root_in &gt;= 0 and string-length(%s) &lt; 50\" "
          "required='true()'",
          before, before);

      g_free (before);
      before = add_field (parts, group, name, "string", "y", bind);
      add_input (parts, group, before);
    }
  g_free (before);
}

GBytes *
synth_chains (void)
{
  Parts *parts = parts_new ();
  g_autofree char *root = add_field (parts, 0, "root_in", "int", "1", "");

  add_input (parts, 0, root);
  for (guint i = 0; i < CHAINS; i++)
    add_calculates (parts, i);
  for (guint i = 0; i < CHAINS; i++)
    add_relevants (parts, i);
  for (guint i = 0; parts->n < FIELDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);
      g_autofree char *path = add_field (
          parts, i % GROUPS, name, "string", "",
          i % 5 == 0 ? "constraint=\"string-length(.) &lt;= 40 and not(contains(., '#'))\" "
                       "jr:constraintMsg='too long'"
                     : "");

      add_input (parts, i % GROUPS, path);
    }
  return join (parts, "synth_chains", "");
}

/* ---- rows ----------------------------------------------------------------------------------------- */

static const char row_binds[]
    = "<bind nodeset='/data/item/qty' type='int' required='true()' constraint='. &gt;= 0'/>"
      "<bind nodeset='/data/item/price' type='decimal'/>"
      "<bind nodeset='/data/item/disc' type='decimal'/>"
      "<bind nodeset='/data/item/note' relevant='../flag = 1'/>"
      "<bind nodeset='/data/item/gross' type='decimal' calculate='../qty * ../price'/>"
      "<bind nodeset='/data/item/net' type='decimal' calculate='../gross - ../disc'/>"
      "<bind nodeset='/data/item/tax' type='decimal' calculate='round(../net * 0.05, 2)'/>"
      "<bind nodeset='/data/total' type='decimal' calculate='sum(/data/item/net)'/>"
      "<bind nodeset='/data/taxes' type='decimal' calculate='sum(/data/item/tax)'/>"
      "<bind nodeset='/data/n' type='int' calculate='count(/data/item)'/>"
      "<bind nodeset='/data/most' type='decimal' calculate='max(/data/item/net)'/>"
      "<bind nodeset='/data/a' type='int' calculate=\"count(/data/item[cat = 'a'])\"/>";

static void
append_row (GString *out, const char *attribute, guint i)
{
  g_string_append_printf (out,
                          "<item%s><name>n%u</name><qty>%u</qty><price>%u.5</price><disc>0</disc>"
                          "<cat>a</cat><note/><flag>1</flag><gross/><net/><tax/></item>",
                          attribute, i, i % 9 + 1, i % 13 + 1);
}

GBytes *
synth_rows (guint rows)
{
  static const char *const asked[] = { "name", "qty", "price", "disc", "cat", "note", "flag" };
  GString *out = begin ("synth_rows");

  g_string_append (out, "<instance><data id='synth_rows'>");
  append_row (out, " jr:template=''", 0);
  for (guint i = 0; i < rows; i++)
    append_row (out, "", i);
  g_string_append_printf (out,
                          "<total/><taxes/><n/><most/><a/></data></instance>%s</model></h:head>"
                          "<h:body><group ref='/data/item'><repeat nodeset='/data/item'>",
                          row_binds);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    g_string_append_printf (out, "<input ref='/data/item/%s'><label>%s</label></input>", asked[i],
                            asked[i]);
  g_string_append (out, "</repeat></group>");
  return end (out);
}

/* ---- an interview --------------------------------------------------------------------------------- */

static void
add_question (Parts *parts, guint i)
{
  guint group = i % GROUPS;
  g_autofree char *name = g_strdup_printf ("q%u", i);
  g_autofree char *bind = i % 4 == 0
                              ? g_strdup ("required='true()'")
                              : g_strdup_printf ("required='true()' relevant=\"selected("
                                                 "/data/g%u/q%u, 'yes') or /data/g0/q0 = 'all'\"",
                                                 (i - i % 4) % GROUPS, i - i % 4);
  g_autofree char *path = add_field (parts, group, name, "string", "", bind);
  GString *out = parts->controls[group];

  g_string_append_printf (out, "<select1 ref='%s'><label ref=\"jr:itext('%s:label')\"/>", path,
                          path);
  g_ptr_array_add (parts->labels, g_strdup (path));
  for (guint k = 0; k < (i % 5 < 3 ? 3 : 2); k++)
    {
      g_autofree char *choice = g_strdup_printf ("%s/%u", path, k);

      g_string_append_printf (
          out, "<item><label ref=\"jr:itext('%s:label')\"/><value>%s</value></item>", choice,
          k == 0   ? "yes"
          : k == 1 ? "no"
          : k == 2 ? "unsure"
          : k == 3 ? "all"
                   : "refused");
      g_ptr_array_add (parts->labels, g_steal_pointer (&choice));
    }
  g_string_append (out, "</select1>");
}

GBytes *
synth_interview (void)
{
  Parts *parts = parts_new ();

  for (guint i = 0; i < 551; i++)
    add_question (parts, i);
  return join (parts, "synth_interview",
               ", as the person who was there remembers it, or as it is written down in a "
               "paper that the family keeps, whichever is the surer of the two");
}
