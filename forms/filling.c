/* filling.c: one person's answers to a form: making, asking, changing. */
#include <string.h>

#include "forms/date.h"
#include "forms/characters.h"
#include "forms/filling-private.h"

/* ---- making ------------------------------------------------------------------------------------- */

static xmlDoc *
new_document (JnForm *form)
{
  xmlDoc *doc = xmlNewDoc (BAD_CAST "1.0");

  doc->dict = xmlDictCreateSub (form->doc->dict);
  return doc;
}

static gboolean
set_facts (JnFilling *filling, GBytes *facts, GError **error)
{
  xmlDoc *doc = NULL;

  if (facts != NULL)
    {
      doc = jn_xml_parse (facts, filling->doc->dict, error);
      if (doc == NULL)
        return FALSE;
    }
  g_clear_pointer (&filling->facts, xmlFreeDoc);
  filling->facts = doc;
  filling->scope.generation++;
  return TRUE;
}

static void
choose_language (JnFilling *filling, const char *language)
{
  const JnForm *form = filling->form;
  const JnTranslation *translation = jn_form_get_translation (form, language);

  if (translation == NULL)
    translation = jn_form_get_translation (form, form->default_language);
  filling->translation = translation;
  g_free (filling->language);
  filling->language = g_strdup (translation != NULL ? translation->lang : language);
  filling->scope.language = filling->language;
}

static void
set_scope (JnFilling *filling)
{
  filling->scope.root = (xmlNode *)filling->doc;
  filling->scope.host = &jn_filling_host;
  filling->scope.host_data = filling;
  filling->scope.zone = filling->zone;
  filling->scope.generation = 1;
  filling->scope.interned = TRUE;
  filling->scope.spent = &filling->operations;
  if (filling->now != NULL)
    filling->scope.now = g_date_time_to_unix (filling->now) * G_USEC_PER_SEC
                         + g_date_time_get_microsecond (filling->now);
}

static JnFilling *
filling_new (JnForm *form, const JnFillingOptions *options, GError **error)
{
  static const JnFillingOptions none = { 0 };
  JnFilling *filling = g_new0 (JnFilling, 1);

  if (options == NULL)
    options = &none;
  filling->form = jn_form_ref (form);
  filling->doc = new_document (form);
  filling->namespaces = g_ptr_array_new ();
  filling->single = g_new0 (JnAnswer *, form->nodes->len);
  filling->zone
      = options->zone != NULL ? g_time_zone_ref (options->zone) : g_time_zone_new_local ();
  filling->now = options->now != NULL ? g_date_time_ref (options->now) : NULL;
  filling->properties = options->properties != NULL ? g_hash_table_ref (options->properties) : NULL;
  filling->waiting = g_new0 (GPtrArray *, form->rules->len + 1);
  filling->n_words = form->rules->len / 64 + 1;
  filling->waits = g_new0 (guint64, filling->n_words);
  filling->changes = g_ptr_array_new ();
  filling->gone = g_ptr_array_new_with_free_func (g_free);
  filling->stirred = g_ptr_array_new ();
  filling->text = g_string_new (NULL);
  filling->result = g_string_new (NULL);
  filling->loading = -1;
  set_scope (filling);
  choose_language (filling, options->language);
  if (!set_facts (filling, options->facts, error))
    g_clear_pointer (&filling, jn_filling_free);
  return filling;
}

void
jn_filling_free (JnFilling *filling)
{
  if (filling->root != NULL)
    jn_answer_free (filling, filling->root);
  for (guint i = 0; i < filling->form->rules->len; i++)
    g_clear_pointer (&filling->waiting[i], g_ptr_array_unref);
  g_free (filling->waiting);
  g_free (filling->waits);
  g_free (filling->single);
  g_ptr_array_unref (filling->namespaces);
  g_ptr_array_unref (filling->changes);
  g_ptr_array_unref (filling->gone);
  g_ptr_array_unref (filling->stirred);
  g_string_free (filling->text, TRUE);
  g_string_free (filling->result, TRUE);
  g_clear_error (&filling->problem);
  g_clear_pointer (&filling->properties, g_hash_table_unref);
  g_clear_pointer (&filling->now, g_date_time_unref);
  g_time_zone_unref (filling->zone);
  g_free (filling->language);
  g_free (filling->deprecated);
  g_clear_pointer (&filling->facts, xmlFreeDoc);
  xmlFreeDoc (filling->doc);
  jn_form_unref (filling->form);
  g_free (filling);
}

static gboolean
take_problem (JnFilling *filling, GError **error)
{
  if (!g_error_matches (filling->problem, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&filling->problem));
  return FALSE;
}

static gboolean
start (JnFilling *filling, const xmlNode *source, gboolean first, GError **error)
{
  jn_filling_start (filling);
  filling->root = jn_answer_grow (filling, filling->form->root, source, NULL);
  if (first)
    jn_filling_preload (filling, filling->root);
  jn_filling_run_all (filling);
  jn_filling_dispatch (filling, first ? JN_EVENT_FIRST_LOAD | JN_EVENT_LOAD : JN_EVENT_LOAD);
  jn_filling_finish (filling, NULL);
  return take_problem (filling, error);
}

JnFilling *
jn_filling_new (JnForm *form, const JnFillingOptions *options, GError **error)
{
  JnFilling *filling = filling_new (form, options, error);

  if (filling == NULL)
    return NULL;
  if (!start (filling, form->root->source, TRUE, error))
    g_clear_pointer (&filling, jn_filling_free);
  return filling;
}

/* ---- resuming ----------------------------------------------------------------------------------- */

/* meta/deprecatedID comes with every edit, whether the form knows it or not. */
static gboolean
is_deprecated_id (const JnNode *node, const xmlNode *element)
{
  return strcmp ((const char *)node->name, "meta") == 0
         && strcmp ((const char *)element->name, "deprecatedID") == 0;
}

static gboolean
check_known (const JnForm *form, const JnNode *node, const xmlNode *element, GError **error)
{
  for (xmlNode *child = jn_xml_first_element (element); child != NULL;
       child = jn_xml_next_element (child))
    {
      const xmlChar *ns = child->ns != NULL && child->ns->prefix != NULL ? child->ns->href : NULL;
      JnNode *known = jn_node_find_child (form, node, child->name, ns, FALSE);

      if (known == NULL && is_deprecated_id (node, child))
        continue;
      if (known == NULL)
        {
          g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED,
                       "line %ld: the form has no node %s/%s", jn_xml_line (child), node->path,
                       child->name);
          return FALSE;
        }
      if (!check_known (form, known, child, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_document (JnForm *form, const xmlNode *root, GError **error)
{
  const char *id = jn_xml_attribute (root, "id", NULL);

  if (!xmlStrEqual (root->name, form->root->name) || g_strcmp0 (id, form->id) != 0)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED,
                   "the document is no instance of the form '%s'", form->id);
      return FALSE;
    }
  return check_known (form, form->root, root, error);
}

static void
keep_deprecated_id (JnFilling *filling, const xmlNode *root)
{
  for (xmlNode *meta = jn_xml_first_element (root); meta != NULL; meta = jn_xml_next_element (meta))
    for (xmlNode *child = jn_xml_first_element (meta); child != NULL;
         child = jn_xml_next_element (child))
      if (strcmp ((const char *)meta->name, "meta") == 0
          && strcmp ((const char *)child->name, "deprecatedID") == 0)
        {
          g_free (filling->deprecated);
          filling->deprecated = jn_xml_text (child);
        }
}

JnFilling *
jn_filling_new_from_xml (JnForm *form, GBytes *xml, const JnFillingOptions *options, GError **error)
{
  JnFilling *filling = filling_new (form, options, error);
  xmlDoc *saved;
  gboolean good;

  if (filling == NULL)
    return NULL;
  saved = jn_xml_parse (xml, filling->doc->dict, error);
  good = saved != NULL && check_document (form, xmlDocGetRootElement (saved), error)
         && start (filling, xmlDocGetRootElement (saved), FALSE, error);
  if (good && form->deprecated_id == NULL)
    keep_deprecated_id (filling, xmlDocGetRootElement (saved));
  g_clear_pointer (&saved, xmlFreeDoc);
  if (!good)
    g_clear_pointer (&filling, jn_filling_free);
  return filling;
}

/* ---- asking ------------------------------------------------------------------------------------- */

gboolean
jn_filling_get (JnFilling *filling, const char *ref, JnNodeState *state)
{
  JnAnswer *answer = jn_filling_find (filling, ref);
  const JnShown *shown;

  if (answer == NULL)
    return FALSE;
  shown = jn_filling_show (filling, answer);
  *state = (JnNodeState){
    .ref = jn_answer_get_ref (answer),
    .type = answer->node->type_name,
    .value = answer->visible ? jn_answer_get_text (answer) : "",
    .typed = answer->typed,
    .relevant = answer->visible,
    .readonly = jn_answer_is_readonly (answer),
    .required = answer->required,
    .calculated = answer->node->rules[JN_RULE_CALCULATE] != NULL,
    .label = shown->label,
    .hint = shown->hint,
    .guidance = shown->guidance,
    .invalid = jn_answer_get_invalid (answer),
    .message = shown->message,
  };
  if (shown->choices != NULL)
    {
      state->choices = (const JnChoice *)shown->choices->data;
      state->n_choices = shown->choices->len;
    }
  return TRUE;
}

static void
list_one (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  if (!answer->node->attribute)
    g_ptr_array_add (user_data, jn_answer_dup_ref (answer));
}

GPtrArray *
jn_filling_list (JnFilling *filling)
{
  GPtrArray *refs = g_ptr_array_new_with_free_func (g_free);

  jn_answer_walk (filling, filling->root, list_one, refs);
  return refs;
}

static void
list_ranges_of (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      const JnNode *node = answer->node->children->pdata[i];

      if (node->repeat)
        g_ptr_array_add (user_data,
                         g_strconcat (jn_answer_get_ref (answer), strrchr (node->path, '/'), NULL));
    }
}

GPtrArray *
jn_filling_list_ranges (JnFilling *filling)
{
  GPtrArray *refs = g_ptr_array_new_with_free_func (g_free);

  jn_answer_walk (filling, filling->root, list_ranges_of, refs);
  return refs;
}

char *
jn_filling_get_label (JnFilling *filling, const JnControl *control, const char *ref)
{
  JnAnswer *answer = ref != NULL ? jn_filling_find (filling, ref) : filling->root;

  if (control->label == NULL)
    return g_strdup ("");
  return jn_filling_get_text (filling, control->label, answer != NULL ? answer : filling->root,
                              NULL);
}

gsize
jn_filling_count (JnFilling *filling, const char *ref, gboolean *fixed)
{
  JnNode *node;
  JnAnswer *parent;
  GPtrArray *rows = jn_filling_find_rows (filling, ref, &node, &parent);

  if (fixed != NULL)
    *fixed = rows == NULL || node->fixed;
  return rows != NULL ? rows->len : 0;
}

static void
list_invalid (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  if (jn_answer_get_invalid (answer) != JN_VALID)
    g_ptr_array_add (user_data, jn_answer_dup_ref (answer));
}

GPtrArray *
jn_filling_validate (JnFilling *filling)
{
  GPtrArray *refs = g_ptr_array_new_with_free_func (g_free);

  jn_answer_walk (filling, filling->root, list_invalid, refs);
  return refs;
}

/* The expression's names are kept in the filling's own dictionary: the form's is shared. */
char *
jn_filling_evaluate (JnFilling *filling, const char *expression, const char *ref, GError **error)
{
  JnAnswer *answer = ref != NULL ? jn_filling_find (filling, ref) : filling->root;
  g_autoptr(JnXPath) xpath = NULL;
  g_autoptr(GString) result = g_string_new (NULL);
  JnXPathScope scope = filling->scope;

  if (answer == NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "there is no node %s", ref);
      return NULL;
    }
  xpath = jn_xpath_new (expression, filling->doc->dict, NULL, NULL, JN_XPATH_STRICT, error);
  if (xpath == NULL)
    return NULL;
  filling->here = scope.context = answer->xml;
  if (!jn_xpath_evaluate_text (xpath, &scope, NULL, result, error))
    return NULL;
  return g_strdup (result->str);
}

/* ---- changing ----------------------------------------------------------------------------------- */

static JnAnswer *
find_open (JnFilling *filling, const char *ref, GError **error)
{
  JnAnswer *answer = jn_filling_find (filling, ref);

  if (answer == NULL)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "there is no node %s", ref);
  else if (jn_node_has_elements (answer->node))
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED, "%s is a group", ref);
  else if (jn_answer_is_readonly (answer))
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED, "%s is read-only", ref);
  else
    return answer;
  return NULL;
}

gboolean
jn_filling_set (
    JnFilling *filling, const char *ref, const char *value, GPtrArray **changed, GError **error)
{
  JnAnswer *answer = find_open (filling, ref, error);
  g_autofree char *clean = jn_characters_clean (value);
  g_autofree char *picked = NULL;

  if (answer == NULL)
    return FALSE;
  if (clean != NULL)
    value = clean;
  jn_filling_start (filling);
  filling->first = answer;
  jn_filling_write_over (filling, answer);
  if (answer->node->control != NULL && answer->node->control->choices != NULL)
    picked = jn_filling_pick (filling, answer, value, TRUE);
  jn_filling_put (filling, answer, picked != NULL ? picked : value, TRUE);
  jn_filling_run (filling);
  jn_filling_finish (filling, changed);
  return take_problem (filling, error);
}

static gboolean
check_open_rows (const GPtrArray *rows, const JnNode *node, const char *ref, GError **error)
{
  if (rows == NULL)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "there is no repeat %s", ref);
  else if (node->fixed)
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED, "the rows of %s are fixed", ref);
  else
    return TRUE;
  return FALSE;
}

gboolean
jn_filling_add (JnFilling *filling, const char *ref, GPtrArray **changed, GError **error)
{
  JnNode *node = NULL;
  JnAnswer *parent = NULL, *row;
  GPtrArray *rows = jn_filling_find_rows (filling, ref, &node, &parent);

  if (!check_open_rows (rows, node, ref, error))
    return FALSE;
  if (filling->rows >= JN_FORM_MAX_ROWS)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_LIMIT, "%s: more than %d rows", ref,
                   JN_FORM_MAX_ROWS);
      return FALSE;
    }
  jn_filling_start (filling);
  filling->first = row = jn_answer_add_row (filling, parent, node);
  jn_filling_preload (filling, row);
  jn_filling_dispatch_row (filling, row);
  jn_filling_enqueue_row (filling, row);
  jn_filling_run (filling);
  jn_filling_finish (filling, changed);
  return take_problem (filling, error);
}

static gboolean
look_alike (const JnAnswer *one, const JnAnswer *other)
{
  return strcmp (jn_answer_get_text (one), jn_answer_get_text (other)) == 0
         && g_strcmp0 (one->typed, other->typed) == 0 && one->visible == other->visible
         && one->readonly == other->readonly && one->required == other->required
         && one->violated == other->violated && one->node->rules[JN_RULE_TEXT] == NULL
         && one->node->rules[JN_RULE_CHOICES] == NULL;
}

/* A row that moves up takes another's place: what differs there has changed. */
static void
mark_moved (JnFilling *filling, JnAnswer *moved, JnAnswer *place)
{
  if (!look_alike (moved, place))
    jn_filling_mark (filling, moved);
  for (guint i = 0; i < moved->node->children->len; i++)
    {
      JnSlot from = moved->slots[i], to = place->slots[i];

      if (((JnNode *)moved->node->children->pdata[i])->repeat)
        {
          for (guint k = 0; k < from.rows->len; k++)
            if (k < to.rows->len)
              mark_moved (filling, from.rows->pdata[k], to.rows->pdata[k]);
            else
              jn_filling_mark_below (filling, from.rows->pdata[k]);
          for (guint k = from.rows->len; k < to.rows->len; k++)
            jn_filling_note_gone (filling, to.rows->pdata[k]);
        }
      else
        mark_moved (filling, from.one, to.one);
    }
}

gboolean
jn_filling_remove (JnFilling *filling, const char *ref, GPtrArray **changed, GError **error)
{
  JnAnswer *row = jn_filling_find (filling, ref), *parent;
  GPtrArray *rows;
  JnNode *node;

  if (row == NULL || !row->node->repeat)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "there is no row %s", ref);
      return FALSE;
    }
  node = row->node;
  parent = row->parent;
  rows = parent->slots[node->slot].rows;
  if (!check_open_rows (rows, node, ref, error))
    return FALSE;
  jn_filling_start (filling);
  for (guint i = row->position; i < rows->len; i++)
    mark_moved (filling, rows->pdata[i], rows->pdata[i - 1]);
  jn_filling_note_gone (filling, rows->pdata[rows->len - 1]);
  jn_answer_remove_row (filling, row);
  jn_filling_enqueue_edges (filling, parent, node->structure);
  jn_filling_run (filling);
  jn_filling_finish (filling, changed);
  return take_problem (filling, error);
}

static gboolean
speaks (const JnXPath *xpath)
{
  return xpath != NULL
         && (jn_xpath_calls (xpath, "jr:itext") || jn_xpath_calls (xpath, "jr:choice-name"));
}

static void
mark_shown (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  jn_answer_hide (answer);
  if (answer->node->control != NULL)
    jn_filling_mark (filling, answer);
}

gboolean
jn_filling_set_language (JnFilling *filling,
                         const char *language,
                         GPtrArray **changed,
                         GError **error)
{
  if (jn_form_get_translation (filling->form, language) == NULL)
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "the form does not speak '%s'",
                   language);
      return FALSE;
    }
  jn_filling_start (filling);
  choose_language (filling, language);
  jn_answer_walk (filling, filling->root, mark_shown, NULL);
  for (guint i = 0; i < filling->form->rules->len; i++)
    if (speaks (((JnRule *)filling->form->rules->pdata[i])->xpath))
      jn_filling_enqueue_everywhere (filling, filling->form->rules->pdata[i]);
  jn_filling_run (filling);
  jn_filling_finish (filling, changed);
  return take_problem (filling, error);
}

static gboolean
reads_facts (const JnXPath *xpath)
{
  gsize n;
  const JnXPathPath *const *paths;

  if (xpath == NULL)
    return FALSE;
  paths = jn_xpath_get_paths (xpath, &n);
  for (gsize i = 0; i < n; i++)
    if (paths[i]->base == JN_XPATH_BASE_INSTANCE
        && (paths[i]->instance == NULL || strcmp (paths[i]->instance, "facts") == 0))
      return TRUE;
  return jn_xpath_calls (xpath, "pulldata");
}

gboolean
jn_filling_set_facts (JnFilling *filling, GBytes *facts, GPtrArray **changed, GError **error)
{
  if (!set_facts (filling, facts, error))
    return FALSE;
  jn_filling_start (filling);
  for (guint i = 0; i < filling->form->rules->len; i++)
    if (reads_facts (((JnRule *)filling->form->rules->pdata[i])->xpath))
      jn_filling_enqueue_everywhere (filling, filling->form->rules->pdata[i]);
  jn_answer_walk (filling, filling->root, mark_shown, NULL);
  jn_filling_run (filling);
  jn_filling_finish (filling, changed);
  return take_problem (filling, error);
}
