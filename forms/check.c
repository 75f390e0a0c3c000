/* check.c: looks through a form for what ODK Validate finds, and for what our counters need. */
#include "forms/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "forms/check-private.h"
#include "forms/event.h"
#include "forms/facts.h"
#include "forms/flatten.h"
#include "forms/form-private.h"
#include "forms/names.h"
#include "forms/number.h"
#include "forms/service.h"

/* ---- texts -------------------------------------------------------------------------------------- */

static gboolean
is_blank_text (const xmlNode *text)
{
  g_autofree char *content = jn_xml_text (text);

  return *g_strstrip (content) == '\0';
}

static void
check_translation (JnForm *form, const JnTranslation *translation, const JnTranslation *other)
{
  GHashTableIter iter;
  gpointer id, element;

  g_hash_table_iter_init (&iter, other->texts);
  while (g_hash_table_iter_next (&iter, &id, &element))
    {
      xmlNode *own = g_hash_table_lookup (translation->texts, id);

      if (own == NULL)
        jn_form_add_finding (form, jn_xml_line (element), FALSE, "text '%s' is missing in '%s'",
                             (char *)id, translation->lang);
      else if (is_blank_text (own) && !is_blank_text (element))
        jn_form_add_finding (form, jn_xml_line (own), FALSE, "text '%s' is empty in '%s'",
                             (char *)id, translation->lang);
    }
}

/* A lang is a name for people, often with the tag behind it: "Português (pt)". */
static gboolean
speaks (const JnForm *form, const char *tag)
{
  g_autofree char *behind = g_strdup_printf ("(%s)", tag);

  for (guint i = 0; form->languages[i] != NULL; i++)
    if (strcmp (form->languages[i], tag) == 0 || g_str_has_suffix (form->languages[i], behind))
      return TRUE;
  return FALSE;
}

static void
check_languages (JnForm *form)
{
  long line = form->root != NULL ? form->root->line : 0;

  for (guint i = 0; jn_languages[i] != NULL; i++)
    if (!speaks (form, jn_languages[i]))
      jn_form_add_finding (form, line, FALSE, "no texts in '%s'", jn_languages[i]);
  for (guint i = 0; i < form->translations->len; i++)
    for (guint k = 0; k < form->translations->len; k++)
      if (i != k)
        check_translation (form, form->translations->pdata[i], form->translations->pdata[k]);
}

/* ---- controls ----------------------------------------------------------------------------------- */

static void
check_items (JnForm *form, const JnControl *control)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; control->choices != NULL && i < control->choices->items->len; i++)
    {
      const JnItem *item = control->choices->items->pdata[i];

      if (!g_hash_table_add (seen, item->value))
        jn_form_add_finding (form, jn_xml_line (control->element), TRUE, "%s offers '%s' twice",
                             control->ref != NULL ? control->ref : "", item->value);
      else if (strpbrk (item->value, " \t\n") != NULL && control->kind != JN_CONTROL_SELECT1)
        jn_form_add_finding (form, jn_xml_line (control->element), TRUE,
                             "the choice '%s' has a space in its value", item->value);
    }
}

/* Spec, "Body Attributes": start, end and step of numbers. */
static void
check_range (JnForm *form, const JnControl *control)
{
  static const char *const names[] = { "start", "end", "step" };
  const JnNode *node = control->node;
  long line = jn_xml_line (control->element);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = jn_xml_attribute (control->element, names[i], NULL);
      double number = text != NULL ? jn_number_from_text (text) : NAN;

      if (!isfinite (number) || (number == 0 && strcmp (names[i], "step") == 0))
        jn_form_add_finding (form, line, TRUE, "a range needs a number for its %s", names[i]);
    }
  if (node != NULL && node->type != JN_TYPE_INT && node->type != JN_TYPE_DECIMAL)
    jn_form_add_finding (form, line, TRUE, "%s is a range, but neither int nor decimal",
                         node->path);
}

static const JnControl *
find_repeat_around (const JnControl *control)
{
  for (control = control->parent; control != NULL; control = control->parent)
    if (control->kind == JN_CONTROL_REPEAT && control->node != NULL)
      return control;
  return NULL;
}

/* A control stands in the repeat that its node is in, and in no other. */
static void
check_place (JnForm *form, const JnControl *control)
{
  const JnNode *node = control->node;
  const JnControl *repeat = find_repeat_around (control);
  const JnNode *inside = repeat != NULL ? repeat->node : NULL;
  const JnNode *range;

  if (node == NULL || (control->kind == JN_CONTROL_GROUP && node->repeat))
    return;
  range = control->kind != JN_CONTROL_REPEAT ? node->range
          : node->parent != NULL             ? node->parent->range
                                             : NULL;
  if (inside != NULL && !jn_node_is_inside (node, inside))
    jn_form_add_finding (form, jn_xml_line (control->element), TRUE,
                         "%s is not in the repeat %s, but its control is", node->path,
                         inside->path);
  else if (range != inside && range != NULL && range->control != NULL
           && range->control->kind == JN_CONTROL_REPEAT)
    jn_form_add_finding (form, jn_xml_line (control->element), FALSE,
                         "%s is in the repeat %s, but its control is not", node->path, range->path);
}

static gboolean
is_question (const JnControl *control)
{
  return control->kind != JN_CONTROL_GROUP && control->kind != JN_CONTROL_REPEAT;
}

static void
check_control (JnForm *form, const JnControl *control)
{
  const char *ref = control->ref != NULL ? control->ref : "a control";
  long line = jn_xml_line (control->element);

  check_place (form, control);
  if (!is_question (control))
    return;
  if (control->node != NULL && control->node->control != control
      && is_question (control->node->control))
    jn_form_add_finding (form, line, FALSE, "%s is asked twice: first in line %ld", ref,
                         jn_xml_line (control->node->control->element));
  if (control->label == NULL
      || (control->label->itext == NULL && control->label->ref == NULL
          && control->label->pieces == NULL))
    jn_form_add_finding (form, line, FALSE, "%s has no label", ref);
  if (control->node != NULL && !control->node->bound)
    jn_form_add_finding (form, line, FALSE, "%s has no bind", ref);
  if (control->node != NULL && jn_node_has_elements (control->node))
    jn_form_add_finding (form, line, TRUE, "%s is a group: it cannot be asked", ref);
  if (control->kind == JN_CONTROL_RANGE)
    check_range (form, control);
  check_items (form, control);
}

/* ---- nodes -------------------------------------------------------------------------------------- */

static gboolean
is_in_meta (const JnNode *node)
{
  for (; node != NULL; node = node->parent)
    if (strcmp ((const char *)node->name, "meta") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_set (const JnForm *form, const JnNode *node)
{
  for (guint i = 0; i < form->actions->len; i++)
    if (((JnAction *)form->actions->pdata[i])->target == node)
      return TRUE;
  return FALSE;
}

static void
check_node (JnForm *form, const JnNode *node)
{
  if (jn_node_has_elements (node) && node->rules[JN_RULE_CALCULATE] != NULL)
    jn_form_add_finding (form, node->rules[JN_RULE_CALCULATE]->line, TRUE,
                         "%s is a group: it cannot be calculated", node->path);
  if (node->attribute || jn_node_has_elements (node) || is_in_meta (node))
    return;
  if (!node->bound && node->control == NULL && !is_set (form, node))
    jn_form_add_finding (form, node->line, FALSE, "%s has neither bind nor control", node->path);
  if (node->rules[JN_RULE_CONSTRAINT] != NULL && node->messages[1] == NULL)
    jn_form_add_finding (form, node->rules[JN_RULE_CONSTRAINT]->line, FALSE,
                         "%s has a constraint without a message", node->path);
}

/* ---- the service -------------------------------------------------------------------------------- */

/* The line that a message begins with is taken from it. */
static void
add_error (JnForm *form, const char *message)
{
  char *rest = NULL;
  long line = g_str_has_prefix (message, "line ") ? strtol (message + 5, &rest, 10) : 0;

  jn_form_add_finding (form, line, TRUE, "%s",
                       rest != NULL && g_str_has_prefix (rest, ": ") ? rest + 2 : message);
}

static void
check_itext (JnForm *form, const xmlNode *element)
{
  const char *id = jn_xml_attribute (element, "itext", NULL);
  const JnTranslation *first = form->translations->len > 0 ? form->translations->pdata[0] : NULL;

  if (id != NULL && (first == NULL || !g_hash_table_contains (first->texts, id)))
    jn_form_add_finding (form, jn_xml_line (element), TRUE, "no text '%s'", id);
}

static void
check_relevant (JnForm *form, const xmlNode *element)
{
  const char *text = jn_xml_attribute (element, "relevant", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnXPath) xpath = NULL;

  if (text == NULL)
    return;
  xpath = jn_xpath_new (text, NULL, NULL, NULL, JN_XPATH_STRICT, &error);
  if (xpath == NULL)
    jn_form_add_finding (form, jn_xml_line (element), TRUE, "%s", error->message);
  else
    jn_form_check_paths (form, xpath, jn_xml_line (element));
}

static void
check_service_element (JnForm *form, const xmlNode *element)
{
  const char *ref = jn_xml_attribute (element, "ref", NULL);

  check_itext (form, element);
  check_relevant (form, element);
  if (ref != NULL && !g_hash_table_contains (form->by_path, ref))
    jn_form_add_finding (form, jn_xml_line (element), TRUE, "'%s' leads to no node", ref);
}

static void
check_service (JnForm *form)
{
  const xmlNode *element = jn_form_get_extension (form, "service");
  g_autoptr(JnService) service = NULL;
  g_autoptr(GError) error = NULL;

  if (element == NULL)
    return;
  service = jn_service_new (form, &error);
  if (service == NULL)
    {
      add_error (form, error->message);
      return;
    }
  if (g_strcmp0 (jn_service_get_code (service), form->id) != 0)
    jn_form_add_finding (form, jn_xml_line (element), TRUE,
                         "the service is '%s', but the form's id is '%s'",
                         jn_service_get_code (service), form->id);
  for (guint i = 0; i < JN_N_LANGUAGES; i++)
    if (jn_service_get_names (service)->text[i] == NULL)
      jn_form_add_finding (form, jn_xml_line (element), FALSE, "no name in '%s'", jn_languages[i]);
  jn_form_check_questions (form, element);
  for (xmlNode *child = jn_xml_first_element (element); child != NULL;
       child = jn_xml_next_element (child))
    check_service_element (form, child);
}

/* ---- all of it ---------------------------------------------------------------------------------- */

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const JnFinding *one = *(JnFinding *const *)a, *other = *(JnFinding *const *)b;

  if (one->line != other->line)
    return one->line > other->line ? 1 : -1;
  return strcmp (one->text, other->text);
}

/* By line, and each said once. */
static void
put_in_order (GPtrArray *findings)
{
  g_ptr_array_sort (findings, compare_findings);
  for (guint i = findings->len; i > 1; i--)
    if (compare_findings (&findings->pdata[i - 2], &findings->pdata[i - 1]) == 0)
      g_ptr_array_remove_index (findings, i - 1);
}

static void
check_form (JnForm *form)
{
  check_languages (form);
  jn_form_check_document (form);
  for (guint i = 0; i < form->controls->len; i++)
    if (form->controls->pdata[i] != form->body)
      check_control (form, form->controls->pdata[i]);
  for (guint i = 0; i < form->nodes->len; i++)
    check_node (form, form->nodes->pdata[i]);
  check_service (form);
}

static GPtrArray *
check_document (xmlDoc *doc, const char *path)
{
  g_autoptr(GError) error = NULL;
  JnForm *form;
  GPtrArray *findings;
  gboolean whole = jn_flatten_document (doc, path, &error);

  form = jn_form_read_document (doc, path);
  if (!whole)
    add_error (form, error->message);
  else if (form->root != NULL)
    check_form (form);
  findings = g_ptr_array_ref (form->findings);
  jn_form_unref (form);
  put_in_order (findings);
  return findings;
}

static GPtrArray *
check_vocabulary (GBytes *bytes, gboolean event)
{
  g_autoptr(JnEvent) read = NULL;
  g_autoptr(JnFacts) facts = NULL;
  g_autoptr(GError) error = NULL;
  JnForm *none = jn_form_new_empty ();
  GPtrArray *findings = g_ptr_array_ref (none->findings);

  if (event)
    read = jn_event_new_from_bytes (bytes, &error);
  else
    facts = jn_facts_new_from_bytes (bytes, &error);
  if (error != NULL)
    add_error (none, error->message);
  jn_form_unref (none);
  return findings;
}

GPtrArray *
jn_check_file (const char *path, GError **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) broken = NULL;
  const xmlNode *root;
  GPtrArray *findings;
  xmlDoc *doc;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  doc = jn_xml_parse (bytes, NULL, &broken);
  if (doc == NULL)
    {
      JnForm *none = jn_form_new_empty ();

      add_error (none, broken->message);
      findings = g_ptr_array_ref (none->findings);
      jn_form_unref (none);
      return findings;
    }
  root = xmlDocGetRootElement (doc);
  if (jn_xml_is (root, "event", JN_NS_JANELA) || jn_xml_is (root, "facts", JN_NS_JANELA))
    {
      findings = check_vocabulary (bytes, jn_xml_is (root, "event", JN_NS_JANELA));
      xmlFreeDoc (doc);
      return findings;
    }
  return check_document (doc, path);
}
