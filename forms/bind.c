/* bind.c: what binds say of nodes. Spec, "Bindings". */
#include <string.h>

#include "forms/form-private.h"

static const struct
{
  const char *name;
  JnRuleKind kind;
} expressions[] = {
  { "relevant", JN_RULE_RELEVANT },     { "calculate", JN_RULE_CALCULATE },
  { "readonly", JN_RULE_READONLY },     { "required", JN_RULE_REQUIRED },
  { "constraint", JN_RULE_CONSTRAINT },
};

JnRule *
jn_node_add_rule (JnForm *form, JnNode *node, JnRuleKind kind, JnXPath *xpath, long line)
{
  JnRule *rule = node->rules[kind];

  if (rule == NULL)
    {
      rule = g_new0 (JnRule, 1);
      rule->node = node;
      rule->kind = kind;
      rule->references = g_array_new (FALSE, FALSE, sizeof (JnReference));
      node->rules[kind] = rule;
      g_ptr_array_add (form->rules, rule);
    }
  rule->xpath = xpath;
  rule->line = line;
  return rule;
}

/* What is written true() or false() needs no rule. */
static gboolean
take_constant (JnNode *node, JnRuleKind kind, const char *text)
{
  gboolean value;

  if (kind == JN_RULE_CALCULATE)
    return FALSE;
  if (strcmp (text, "true()") == 0)
    value = TRUE;
  else if (strcmp (text, "false()") == 0)
    value = FALSE;
  else
    return FALSE;
  if (kind == JN_RULE_CONSTRAINT && !value)
    return FALSE;
  node->constant[kind] = value;
  return TRUE;
}

static void
read_expressions (JnReader *reader, JnNode *node, const xmlNode *bind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expressions); i++)
    {
      const char *text = jn_xml_attribute (bind, expressions[i].name, NULL);
      JnXPath *xpath;

      if (text == NULL || *text == '\0' || take_constant (node, expressions[i].kind, text))
        continue;
      xpath = jn_reader_parse (reader, text, bind);
      if (xpath != NULL)
        jn_node_add_rule (reader->form, node, expressions[i].kind, xpath, jn_xml_line (bind));
    }
}

static void
read_type (JnReader *reader, JnNode *node, const xmlNode *bind)
{
  const char *type = jn_xml_attribute (bind, "type", NULL);
  const char *bare;

  if (type == NULL || *type == '\0')
    return;
  if (!jn_type_from_name (type, &node->type, &bare))
    jn_reader_find (reader, jn_xml_line (bind), FALSE, "the type '%s' is unknown: a string", type);
  g_free (node->type_name);
  node->type_name = g_strdup (bare);
}

static void
set_text (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

static void
read_javarosa (JnReader *reader, JnNode *node, const xmlNode *bind)
{
  static const char *const names[] = { "requiredMsg", "constraintMsg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *message = jn_xml_attribute (bind, names[i], JN_NS_JAVAROSA);

      if (message != NULL && *message != '\0')
        node->messages[i] = jn_reader_message (reader, message, bind);
    }
  set_text (&node->preload, jn_xml_attribute (bind, "preload", JN_NS_JAVAROSA));
  set_text (&node->preload_params, jn_xml_attribute (bind, "preloadParams", JN_NS_JAVAROSA));
}

static void
read_bind (JnReader *reader, const xmlNode *bind, const JnNode *context)
{
  const char *nodeset = jn_xml_attribute (bind, "nodeset", NULL);
  const char *id = jn_xml_attribute (bind, "id", NULL);
  const char *saveto;
  long line = jn_xml_line (bind);
  JnNode *node;

  if (nodeset == NULL)
    nodeset = jn_xml_attribute (bind, "ref", NULL);
  if (nodeset == NULL)
    {
      jn_reader_find (reader, line, TRUE, "a bind needs a nodeset");
      return;
    }
  node = jn_reader_resolve (reader, nodeset, context);
  if (node == NULL)
    {
      jn_reader_find (reader, line, TRUE, "the bind for '%s' leads to no node", nodeset);
      return;
    }
  if (node->bound)
    jn_reader_find (reader, line, FALSE, "%s has more than one bind", node->path);
  node->bound = TRUE;
  if (id != NULL && !g_hash_table_insert (reader->bind_ids, g_strdup (id), node))
    jn_reader_find (reader, line, TRUE, "the id '%s' stands twice", id);
  read_type (reader, node, bind);
  read_expressions (reader, node, bind);
  read_javarosa (reader, node, bind);
  saveto = jn_xml_attribute (bind, "saveto", JN_NS_ENTITIES);
  if (saveto != NULL && *saveto != '\0')
    set_text (&node->saveto, saveto);

  for (xmlNode *child = jn_xml_first_element (bind); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "bind") == 0)
      read_bind (reader, child, node);
}

void
jn_reader_binds (JnReader *reader, const xmlNode *model)
{
  for (xmlNode *child = jn_xml_first_element (model); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "bind") == 0)
      read_bind (reader, child, NULL);
}
