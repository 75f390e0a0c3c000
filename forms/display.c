/* display.c: what is shown of an answer: labels, hints, messages, choices. */
#include <string.h>

#include "forms/filling-private.h"

/* ---- texts -------------------------------------------------------------------------------------- */

/* Whether a value is of @form; without @form a text to be shown: plain, long or short. */
static gboolean
is_of_form (const xmlNode *value, const char *form)
{
  static const char *const texts[] = { "long", "short", NULL };
  const char *own = jn_xml_attribute (value, "form", NULL);

  if (form != NULL)
    return g_strcmp0 (own, form) == 0;
  return own == NULL || g_strv_contains (texts, own);
}

static void
append_pieces (JnFilling *filling, const GArray *pieces, JnAnswer *answer, GString *result)
{
  g_autoptr(GString) output = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const JnPiece *piece = &g_array_index (pieces, JnPiece, i);

      if (piece->literal != NULL)
        g_string_append (result, piece->literal);
      else if (jn_filling_compute (filling, piece->output, answer, output)
               && strcmp (output->str, "NaN") != 0)
        g_string_append (result, output->str); /* no number is not worth a word */
    }
}

static void
append_value (JnFilling *filling, const xmlNode *value, JnAnswer *answer, GString *result)
{
  g_autofree char *content = NULL;

  if (value->_private != NULL)
    {
      append_pieces (filling, value->_private, answer, result);
      return;
    }
  content = jn_xml_text (value);
  g_string_append (result, content);
}

/* Several texts of one id stand one after the other, as in web-forms (DECISIONS.md).
 * Returns: whether there is any */
static gboolean
append_itext (
    JnFilling *filling, const char *id, JnAnswer *answer, const char *form, GString *result)
{
  const JnTranslation *translation = filling->translation;
  const xmlNode *text = translation != NULL ? g_hash_table_lookup (translation->texts, id) : NULL;
  gboolean any = FALSE;

  for (const xmlNode *value = text != NULL ? jn_xml_first_element (text) : NULL; value != NULL;
       value = jn_xml_next_element (value))
    if (is_of_form (value, form))
      {
        append_value (filling, value, answer, result);
        any = TRUE;
      }
  return any;
}

char *
jn_filling_get_text (JnFilling *filling, const JnText *text, JnAnswer *answer, const char *form)
{
  g_autoptr(GString) result = g_string_new (NULL);

  if (text->itext != NULL && append_itext (filling, text->itext, answer, form, result))
    return g_strdup (g_strstrip (result->str));
  if (form != NULL)
    return NULL;
  if (text->ref != NULL)
    jn_filling_compute (filling, text->ref, answer, result);
  else if (text->pieces != NULL)
    append_pieces (filling, text->pieces, answer, result);
  return g_strdup (g_strstrip (result->str));
}

/* ---- choices ------------------------------------------------------------------------------------ */

static void
choice_clear (gpointer data)
{
  JnChoice *choice = data;

  g_free ((char *)choice->value);
  g_free ((char *)choice->label);
}

static void
append_items (
    JnFilling *filling, const JnChoices *choices, JnAnswer *answer, gboolean labels, GArray *result)
{
  for (guint i = 0; i < choices->items->len; i++)
    {
      const JnItem *item = choices->items->pdata[i];
      JnChoice choice = { .value = g_strdup (item->value) };

      if (labels)
        choice.label = item->label != NULL
                           ? jn_filling_get_text (filling, item->label, answer, NULL)
                           : g_strdup (item->value);
      g_array_append_val (result, choice);
    }
}

static char *
compute_at (JnFilling *filling, const JnXPath *xpath, xmlNode *node, JnAnswer *answer)
{
  JnXPathScope scope = filling->scope;
  xmlNode *outer = filling->here;
  g_autoptr(GString) result = g_string_new (NULL);
  gboolean good;

  scope.context = node;
  filling->here = scope.current = answer->xml;
  good = jn_xpath_evaluate_text (xpath, &scope, NULL, result, NULL);
  filling->here = outer;
  return g_strdup (good ? result->str : "");
}

static void
append_node (JnFilling *filling,
             const JnChoices *choices,
             xmlNode *node,
             JnAnswer *answer,
             gboolean labels,
             GArray *result)
{
  JnChoice choice = { .value = compute_at (filling, choices->value, node, answer) };
  const JnText *label = choices->label;

  if (labels && label != NULL && label->ref != NULL)
    choice.label = g_strstrip (compute_at (filling, label->ref, node, answer));
  else if (labels && label != NULL)
    choice.label = jn_filling_get_text (filling, label, answer, NULL);
  else if (labels)
    choice.label = g_strdup (choice.value);
  g_array_append_val (result, choice);
}

static void
append_itemset (
    JnFilling *filling, const JnChoices *choices, JnAnswer *answer, gboolean labels, GArray *result)
{
  g_autoptr(GPtrArray) nodes = g_ptr_array_new ();
  JnXPathScope scope = filling->scope;

  scope.context = answer->xml;
  if (!jn_xpath_evaluate_nodes (choices->nodeset, &scope, NULL, nodes, NULL))
    return;
  for (guint i = 0; i < nodes->len; i++)
    append_node (filling, choices, nodes->pdata[i], answer, labels, result);
}

GArray *
jn_filling_list_choices (JnFilling *filling, JnAnswer *answer, gboolean labels)
{
  const JnChoices *choices = answer->node->control->choices;
  GArray *result = g_array_new (FALSE, FALSE, sizeof (JnChoice));

  g_array_set_clear_func (result, choice_clear);
  append_items (filling, choices, answer, labels, result);
  if (choices->nodeset != NULL && choices->value != NULL)
    append_itemset (filling, choices, answer, labels, result);
  return result;
}

static gboolean
is_word (const char *const *words, const char *value)
{
  return words != NULL && g_strv_contains (words, value);
}

static gboolean
is_offered (const GArray *choices, const char *value)
{
  for (guint i = 0; i < choices->len; i++)
    if (strcmp (g_array_index (choices, JnChoice, i).value, value) == 0)
      return TRUE;
  return FALSE;
}

static void
append_word (GString *result, const char *word)
{
  if (result->len > 0)
    g_string_append_c (result, ' ');
  g_string_append (result, word);
}

/* The words that are offered, as they stand. */
static void
append_offered (char **words, const GArray *choices, GString *result)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && is_offered (choices, words[i]))
      append_word (result, words[i]);
}

/* The choices that are among the words, or are not, as the list has them. */
static void
append_choices (const GArray *choices, char **words, gboolean among, GString *result)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const char *value = g_array_index (choices, JnChoice, i).value;

      if (is_word ((const char *const *)words, value) == among)
        append_word (result, value);
    }
}

/* A rank names everything that is offered, or nothing. */
char *
jn_filling_pick (JnFilling *filling, JnAnswer *answer, const char *text, gboolean sorted)
{
  JnControlKind kind = answer->node->control->kind;
  g_autoptr(GArray) choices = NULL;
  g_auto (GStrv) words = NULL;
  GString *result;

  if (*text == '\0')
    return g_strdup ("");
  choices = jn_filling_list_choices (filling, answer, FALSE);
  if (kind == JN_CONTROL_SELECT1)
    return g_strdup (is_offered (choices, text) ? text : "");
  words = g_strsplit_set (text, " \t\n\r", -1);
  result = g_string_new (NULL);
  if (kind == JN_CONTROL_SELECT && sorted)
    append_choices (choices, words, TRUE, result);
  else
    append_offered (words, choices, result);
  if (kind == JN_CONTROL_RANK)
    append_choices (choices, words, FALSE, result);
  return g_string_free (result, FALSE);
}

/* ---- validity ----------------------------------------------------------------------------------- */

gboolean
jn_answer_is_readonly (const JnAnswer *answer)
{
  for (; answer != NULL; answer = answer->parent)
    if (answer->readonly)
      return TRUE;
  return FALSE;
}

JnInvalid
jn_answer_get_invalid (const JnAnswer *answer)
{
  if (!answer->visible)
    return JN_VALID;
  if (answer->typed != NULL)
    return JN_INVALID_TYPE;
  if (answer->required && answer->xml->children == NULL)
    return JN_INVALID_REQUIRED;
  return answer->violated ? JN_INVALID_CONSTRAINT : JN_VALID;
}

/* ---- what is kept of it ------------------------------------------------------------------------- */

void
jn_shown_free (JnShown *shown)
{
  g_free (shown->label);
  g_free (shown->hint);
  g_free (shown->guidance);
  g_free (shown->message);
  g_clear_pointer (&shown->choices, g_array_unref);
  g_free (shown);
}

void
jn_answer_hide (JnAnswer *answer)
{
  g_clear_pointer (&answer->shown, jn_shown_free);
}

static char *
get_message (JnFilling *filling, JnAnswer *answer)
{
  const JnText *message = NULL;

  switch (jn_answer_get_invalid (answer))
    {
    case JN_INVALID_REQUIRED:
      message = answer->node->messages[0];
      break;
    case JN_INVALID_CONSTRAINT:
      message = answer->node->messages[1];
      break;
    case JN_INVALID_TYPE:
    case JN_VALID:
      break;
    }
  return message != NULL ? jn_filling_get_text (filling, message, answer, NULL) : NULL;
}

JnShown *
jn_filling_show (JnFilling *filling, JnAnswer *answer)
{
  const JnControl *control = answer->node->control;
  JnShown *shown;

  if (answer->shown != NULL)
    return answer->shown;
  shown = g_new0 (JnShown, 1);
  answer->shown = shown;
  shown->message = get_message (filling, answer);
  if (control == NULL)
    return shown;
  if (control->label != NULL)
    shown->label = jn_filling_get_text (filling, control->label, answer, NULL);
  if (control->hint != NULL)
    {
      shown->hint = jn_filling_get_text (filling, control->hint, answer, NULL);
      shown->guidance = jn_filling_get_text (filling, control->hint, answer, "guidance");
    }
  if (control->choices != NULL)
    shown->choices = jn_filling_list_choices (filling, answer, TRUE);
  return shown;
}

/* ---- what expressions ask of us ----------------------------------------------------------------- */

static xmlNode *
host_instance (const char *id, gpointer user_data)
{
  JnFilling *filling = user_data;
  JnForm *form = filling->form;

  if (filling->facts != NULL && strcmp (id, "facts") == 0)
    return (xmlNode *)filling->facts;
  for (guint i = 0; i < form->instances->len; i++)
    {
      JnInstance *instance = form->instances->pdata[i];

      if (strcmp (instance->id, id) == 0)
        return instance->root;
    }
  if (g_strcmp0 (id, form->primary_id) == 0 || g_strcmp0 (id, form->id) == 0)
    return (xmlNode *)filling->doc;
  return NULL;
}

static gboolean
host_is_blank (const xmlNode *node, gpointer user_data)
{
  const JnAnswer *answer = node->_private;
  const JnFilling *filling = user_data;

  return node->doc == filling->doc && answer != NULL && !answer->visible;
}

static gboolean
host_is_repeat (const xmlNode *node, gpointer user_data)
{
  const JnAnswer *answer = node->_private;
  const JnFilling *filling = user_data;

  return node->doc == filling->doc && answer != NULL && answer->node->repeat;
}

/* What the text says of the answers, it says of those beside the node that asks for it. */
static char *
host_itext (const char *id, gpointer user_data)
{
  JnFilling *filling = user_data;
  JnAnswer *answer = filling->here != NULL ? filling->here->_private : filling->root;
  g_autoptr(GString) result = g_string_new (NULL);

  if (!append_itext (filling, id, answer, NULL, result))
    return NULL;
  return g_strdup (g_strstrip (result->str));
}

static JnAnswer *
find_select (JnFilling *filling, const char *path)
{
  JnAnswer *here = filling->here != NULL ? filling->here->_private : NULL;
  g_autofree char *joined = jn_reader_join (path, here != NULL ? here->node->path : "");
  const JnNode *node = g_hash_table_lookup (filling->form->by_path, joined);
  JnAnswer *top = filling->root;

  if (node == NULL)
    return NULL;
  if (node->range == NULL)
    return filling->single[node->index];
  for (JnAnswer *above = here; above != NULL; above = above->parent)
    if (jn_node_is_inside (node, above->node))
      {
        top = above;
        break;
      }
  while (top != NULL && top->node != node)
    {
      const JnNode *next = node->chain[top->node->depth + 1];
      JnSlot slot = top->slots[next->slot];

      if (!next->repeat)
        top = slot.one;
      else
        top = slot.rows->len > 0 ? slot.rows->pdata[0] : NULL;
    }
  return top;
}

static char *
host_choice_name (const char *value, const char *path, gpointer user_data)
{
  JnFilling *filling = user_data;
  JnAnswer *answer = find_select (filling, path);
  g_autoptr(GArray) choices = NULL;

  if (answer == NULL || answer->node->control == NULL || answer->node->control->choices == NULL)
    return NULL;
  choices = jn_filling_list_choices (filling, answer, TRUE);
  for (guint i = 0; i < choices->len; i++)
    if (strcmp (g_array_index (choices, JnChoice, i).value, value) == 0)
      return g_strdup (g_array_index (choices, JnChoice, i).label);
  return NULL;
}

static char *
host_property (const char *name, gpointer user_data)
{
  JnFilling *filling = user_data;

  if (strcmp (name, "version") == 0)
    return g_strdup (filling->form->version);
  return filling->properties != NULL ? g_strdup (g_hash_table_lookup (filling->properties, name))
                                     : NULL;
}

const JnXPathHost jn_filling_host = {
  .instance = host_instance,
  .is_blank = host_is_blank,
  .is_repeat = host_is_repeat,
  .itext = host_itext,
  .choice_name = host_choice_name,
  .property = host_property,
};
