/* body.c: controls, choices and actions. Spec, "Body", "Groups", "Repeats", "Events and Actions". */
#include <string.h>

#include "forms/form-private.h"

static const struct
{
  const char *name;
  JnControlKind kind;
} kinds[] = {
  { "group", JN_CONTROL_GROUP },     { "repeat", JN_CONTROL_REPEAT },
  { "input", JN_CONTROL_INPUT },     { "select1", JN_CONTROL_SELECT1 },
  { "select", JN_CONTROL_SELECT },   { "range", JN_CONTROL_RANGE },
  { "rank", JN_CONTROL_RANK },       { "upload", JN_CONTROL_UPLOAD },
  { "trigger", JN_CONTROL_TRIGGER }, { "secret", JN_CONTROL_SECRET },
};

static gboolean
get_kind (const xmlNode *element, JnControlKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, (const char *)element->name) == 0)
      {
        *kind = kinds[i].kind;
        return TRUE;
      }
  return FALSE;
}

static const char *
get_ref (const xmlNode *element)
{
  const char *ref = jn_xml_attribute (element, "ref", NULL);

  return ref != NULL ? ref : jn_xml_attribute (element, "nodeset", NULL);
}

/* ---- repeats, before there are nodes ------------------------------------------------------------ */

static void
find_repeats (const xmlNode *parent, const char *context, GHashTable *repeats)
{
  for (xmlNode *child = jn_xml_first_element (parent); child != NULL;
       child = jn_xml_next_element (child))
    {
      const char *ref = get_ref (child);
      JnControlKind kind;
      g_autofree char *path = NULL;

      if (!get_kind (child, &kind) || (kind != JN_CONTROL_GROUP && kind != JN_CONTROL_REPEAT))
        continue;
      path = ref != NULL ? jn_reader_join (ref, context) : g_strdup (context);
      if (kind == JN_CONTROL_REPEAT && ref != NULL)
        g_hash_table_add (repeats, g_strdup (path));
      find_repeats (child, path, repeats);
    }
}

GHashTable *
jn_reader_find_repeats (const xmlNode *body)
{
  GHashTable *repeats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (body != NULL)
    find_repeats (body, "", repeats);
  return repeats;
}

/* ---- actions ------------------------------------------------------------------------------------ */

static const struct
{
  const char *name;
  JnEvents event;
} events[] = {
  { "odk-instance-first-load", JN_EVENT_FIRST_LOAD },
  { "xforms-ready", JN_EVENT_FIRST_LOAD },
  { "odk-instance-load", JN_EVENT_LOAD },
  { "odk-new-repeat", JN_EVENT_NEW_REPEAT },
  { "xforms-value-changed", JN_EVENT_VALUE_CHANGED },
};

void
jn_action_free (JnAction *action)
{
  g_free (action->literal);
  g_free (action);
}

static JnEvents
read_events (JnReader *reader, const xmlNode *element)
{
  const char *names = jn_xml_attribute (element, "event", NULL);
  g_auto (GStrv) words = NULL;
  JnEvents result = 0;

  if (names == NULL)
    names = jn_xml_attribute (element, "event", "http://www.w3.org/2001/xml-events");
  words = g_strsplit_set (names != NULL ? names : "", " \t\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      JnEvents event = 0;

      for (gsize k = 0; k < G_N_ELEMENTS (events); k++)
        if (strcmp (events[k].name, words[i]) == 0)
          event = events[k].event;
      if (event == 0 && *words[i] != '\0')
        jn_reader_find (reader, jn_xml_line (element), TRUE, "unknown event '%s'", words[i]);
      result |= event;
    }
  return result;
}

/* (transfer full): @ref without predicates */
static char *
drop_predicates (const char *ref)
{
  GString *path = g_string_new (NULL);
  guint depth = 0;

  for (; *ref != '\0'; ref++)
    {
      if (*ref == '[')
        depth++;
      if (depth == 0)
        g_string_append_c (path, *ref);
      if (*ref == ']' && depth > 0)
        depth--;
    }
  return g_string_free (path, FALSE);
}

static JnNode *
find_target (JnReader *reader, const xmlNode *element, const JnNode *context)
{
  const char *ref = get_ref (element);
  const char *bind = jn_xml_attribute (element, "bind", NULL);
  g_autofree char *path = ref != NULL ? drop_predicates (ref) : NULL;
  JnNode *node = NULL;

  if (ref != NULL)
    node = jn_reader_resolve (reader, path, context);
  else if (bind != NULL)
    node = g_hash_table_lookup (reader->bind_ids, bind);
  if (node == NULL)
    jn_reader_find (reader, jn_xml_line (element), TRUE, "'%s' leads to no node",
                    ref != NULL    ? ref
                    : bind != NULL ? bind
                                   : "");
  return node;
}

static void
attach (GPtrArray **list, JnAction *action)
{
  if (*list == NULL)
    *list = g_ptr_array_new ();
  g_ptr_array_add (*list, action);
}

static void
read_setvalue (JnReader *reader, const xmlNode *element, JnNode *source)
{
  JnAction *action;
  JnNode *target = find_target (reader, element, source);
  const char *value = jn_xml_attribute (element, "value", NULL);
  const char *ref = get_ref (element);

  if (target == NULL)
    return;
  action = g_new0 (JnAction, 1);
  action->events = read_events (reader, element);
  if (action->events & JN_EVENT_NEW_REPEAT && (source == NULL || source->range == NULL))
    jn_reader_find (reader, jn_xml_line (element), TRUE,
                    "odk-new-repeat is never told outside a repeat");
  if (action->events == 0)
    jn_reader_find (reader, jn_xml_line (element), TRUE, "the setvalue of %s waits for no event",
                    target->path);
  else if (source == NULL && (action->events & ~JN_EVENT_VALUE_CHANGED) == 0)
    jn_reader_find (reader, jn_xml_line (element), TRUE,
                    "xforms-value-changed is never told outside a control");
  action->target = target;
  action->source = source;
  action->line = jn_xml_line (element);
  if (ref != NULL && strchr (ref, '[') != NULL)
    action->ref = jn_reader_parse (reader, ref, element);
  if (value != NULL && *value != '\0')
    action->value = jn_reader_parse (reader, value, element);
  else
    action->literal = jn_xml_text (element);
  g_ptr_array_add (reader->form->actions, action);
  if (source != NULL && action->events & JN_EVENT_VALUE_CHANGED)
    attach (&source->changed_actions, action);
  if (source != NULL && source->range != NULL && action->events & JN_EVENT_NEW_REPEAT)
    attach (&source->range->repeat_actions, action);
}

void
jn_reader_actions (JnReader *reader, const xmlNode *parent, JnNode *source)
{
  for (xmlNode *child = jn_xml_first_element (parent); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "setvalue") == 0)
      read_setvalue (reader, child, source);
}

/* ---- choices ------------------------------------------------------------------------------------ */

static void
item_free (gpointer data)
{
  JnItem *item = data;

  g_free (item->value);
  g_free (item);
}

static void
choices_free (JnChoices *choices)
{
  g_clear_pointer (&choices->items, g_ptr_array_unref);
  g_free (choices);
}

static void
read_item (JnReader *reader, JnChoices *choices, const xmlNode *element)
{
  JnItem *item = g_new0 (JnItem, 1);
  xmlNode *value = jn_xml_find_child (element, "value", JN_NS_XFORMS);
  xmlNode *label = jn_xml_find_child (element, "label", JN_NS_XFORMS);

  item->value = value != NULL ? g_strstrip (jn_xml_text (value)) : g_strdup ("");
  if (*item->value == '\0')
    jn_reader_find (reader, jn_xml_line (element), TRUE, "a choice needs a value");
  if (label != NULL)
    item->label = jn_reader_text (reader, label);
  else
    jn_reader_find (reader, jn_xml_line (element), FALSE, "the choice '%s' has no label",
                    item->value);
  g_ptr_array_add (choices->items, item);
}

static void
read_itemset (JnReader *reader, JnChoices *choices, const xmlNode *element)
{
  const char *nodeset = get_ref (element);
  xmlNode *value = jn_xml_find_child (element, "value", JN_NS_XFORMS);
  xmlNode *label = jn_xml_find_child (element, "label", JN_NS_XFORMS);
  const char *value_ref = value != NULL ? jn_xml_attribute (value, "ref", NULL) : NULL;

  if (nodeset == NULL || value_ref == NULL)
    {
      jn_reader_find (reader, jn_xml_line (element), TRUE,
                      "an itemset needs a nodeset and a value ref");
      return;
    }
  choices->nodeset = jn_reader_parse (reader, nodeset, element);
  choices->value = jn_reader_parse (reader, value_ref, value);
  if (label != NULL)
    choices->label = jn_reader_text (reader, label);
}

static void
read_choices (JnReader *reader, JnControl *control)
{
  JnChoices *choices = g_new0 (JnChoices, 1);

  control->choices = choices;
  choices->items = g_ptr_array_new_with_free_func (item_free);
  for (xmlNode *child = jn_xml_first_element (control->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      if (strcmp ((const char *)child->name, "item") == 0)
        read_item (reader, choices, child);
      else if (strcmp ((const char *)child->name, "itemset") == 0)
        read_itemset (reader, choices, child);
    }
  if (choices->items->len == 0 && choices->nodeset == NULL)
    jn_reader_find (reader, jn_xml_line (control->element), TRUE, "%s has no choices",
                    control->ref != NULL ? control->ref : "a select");
  /* a node that is asked twice is what its first control makes of it */
  if (control->node != NULL && control->node->control == control)
    jn_node_add_rule (reader->form, control->node, JN_RULE_CHOICES, choices->nodeset,
                      jn_xml_line (control->element));
}

/* ---- controls ----------------------------------------------------------------------------------- */

void
jn_control_free (JnControl *control)
{
  g_free (control->ref);
  g_strfreev (control->words);
  g_clear_pointer (&control->choices, choices_free);
  g_free (control);
}

static JnControl *
add_control (JnReader *reader, JnControl *parent, xmlNode *element, JnControlKind kind)
{
  JnControl *control = g_new0 (JnControl, 1);
  const char *words = jn_xml_attribute (element, "appearance", NULL);

  control->kind = kind;
  control->element = element;
  control->parent = parent;
  control->words = g_strsplit_set (words != NULL ? words : "", " \t\n", -1);
  g_ptr_array_add (reader->form->controls, control);
  if (parent == NULL)
    return control;
  if (parent->last != NULL)
    parent->last->next = control;
  else
    parent->first = control;
  parent->last = control;
  return control;
}

static void
bind_control (JnReader *reader, JnControl *control, const JnNode *context)
{
  const char *ref = get_ref (control->element);
  JnNode *node;

  if (ref == NULL && jn_xml_attribute (control->element, "bind", NULL) == NULL)
    {
      if (control->kind != JN_CONTROL_GROUP)
        jn_reader_find (reader, jn_xml_line (control->element), TRUE, "a %s needs a %s",
                        control->element->name,
                        control->kind == JN_CONTROL_REPEAT ? "nodeset" : "ref");
      return;
    }
  node = find_target (reader, control->element, context);
  if (node == NULL)
    return;
  control->node = node;
  control->ref = g_strdup (node->path);
  if (node->control == NULL || (node->control->kind == JN_CONTROL_GROUP && node->repeat))
    node->control = control;
}

static void
read_texts (JnReader *reader, JnControl *control)
{
  xmlNode *label = jn_xml_find_child (control->element, "label", JN_NS_XFORMS);
  xmlNode *hint = jn_xml_find_child (control->element, "hint", JN_NS_XFORMS);

  if (label != NULL)
    control->label = jn_reader_text (reader, label);
  if (hint != NULL)
    control->hint = jn_reader_text (reader, hint);
}

static void
read_repeat (JnReader *reader, JnControl *control)
{
  const char *count = jn_xml_attribute (control->element, "count", JN_NS_JAVAROSA);
  const char *fixed = jn_xml_attribute (control->element, "noAddRemove", JN_NS_JAVAROSA);
  JnNode *node = control->node;
  JnXPath *xpath;

  if (node == NULL)
    return;
  if (!node->repeat)
    {
      jn_reader_find (reader, jn_xml_line (control->element), TRUE, "%s cannot repeat", node->path);
      return;
    }
  if (fixed != NULL && g_str_has_prefix (fixed, "true"))
    node->fixed = TRUE;
  if (count == NULL || *count == '\0')
    return;
  node->fixed = TRUE;
  xpath = jn_reader_parse (reader, count, control->element);
  if (xpath != NULL)
    jn_node_add_rule (reader->form, node, JN_RULE_COUNT, xpath, jn_xml_line (control->element));
}

static void
read_controls (JnReader *reader, JnControl *parent, const xmlNode *element, JnNode *context)
{
  for (xmlNode *child = jn_xml_first_element (element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnControlKind kind;
      JnControl *control;

      if (!get_kind (child, &kind))
        continue;
      control = add_control (reader, parent, child, kind);
      bind_control (reader, control, context);
      read_texts (reader, control);
      if (kind == JN_CONTROL_REPEAT)
        read_repeat (reader, control);
      if (kind == JN_CONTROL_SELECT || kind == JN_CONTROL_SELECT1 || kind == JN_CONTROL_RANK)
        read_choices (reader, control);
      jn_reader_actions (reader, child, control->node != NULL ? control->node : context);
      if (kind == JN_CONTROL_GROUP || kind == JN_CONTROL_REPEAT)
        read_controls (reader, control, child, control->node != NULL ? control->node : context);
    }
}

void
jn_reader_body (JnReader *reader, const xmlNode *body)
{
  JnForm *form = reader->form;

  form->body = add_control (reader, NULL, (xmlNode *)body, JN_CONTROL_GROUP);
  read_controls (reader, form->body, body, NULL);
}

/* ---- what the window asks of a control ---------------------------------------------------------- */

JnControlKind
jn_control_get_kind (const JnControl *control)
{
  return control->kind;
}

const char *
jn_control_get_ref (const JnControl *control)
{
  return control->ref;
}

gboolean
jn_control_has_appearance (const JnControl *control, const char *word)
{
  return g_strv_contains ((const char *const *)control->words, word);
}

const char *
jn_control_get_attribute (const JnControl *control, const char *name)
{
  const char *colon = strchr (name, ':');
  const char *local = colon != NULL ? colon + 1 : name;

  for (xmlAttr *attribute = control->element->properties; attribute != NULL;
       attribute = attribute->next)
    {
      const char *prefix = attribute->ns != NULL ? (const char *)attribute->ns->prefix : NULL;

      if (strcmp ((const char *)attribute->name, local) != 0)
        continue;
      if (colon == NULL ? prefix != NULL
                        : prefix == NULL || strlen (prefix) != (gsize)(colon - name)
                              || strncmp (prefix, name, colon - name) != 0)
        continue;
      return attribute->children != NULL ? (const char *)attribute->children->content : "";
    }
  return NULL;
}

const JnControl *
jn_control_get_first_child (const JnControl *control)
{
  return control->first;
}

const JnControl *
jn_control_get_next (const JnControl *control)
{
  return control->next;
}

const JnControl *
jn_control_get_parent (const JnControl *control)
{
  return control->parent;
}
