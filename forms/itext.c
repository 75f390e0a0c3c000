/* itext.c: texts of a form: translations, labels with outputs, messages. Spec, "Languages". */
#include <string.h>

#include "forms/form-private.h"

static void
piece_clear (gpointer data)
{
  JnPiece *piece = data;

  g_free (piece->literal);
  g_clear_pointer (&piece->output, jn_xpath_unref);
}

void
jn_text_free (JnText *text)
{
  g_free (text->itext);
  g_clear_pointer (&text->ref, jn_xpath_unref);
  g_clear_pointer (&text->pieces, g_array_unref);
  g_free (text);
}

static void
append_literal (GArray *pieces, const char *text)
{
  JnPiece piece = { .literal = g_strdup (text) };

  g_array_append_val (pieces, piece);
}

static void
append_output (JnReader *reader, GArray *pieces, const xmlNode *output)
{
  JnPiece piece = { 0 };
  const char *value = jn_xml_attribute (output, "value", NULL);
  JnXPath *xpath;

  if (value == NULL)
    value = jn_xml_attribute (output, "ref", NULL);
  if (value == NULL)
    {
      jn_reader_find (reader, jn_xml_line (output), TRUE, "an output needs a value");
      return;
    }
  xpath = jn_reader_parse (reader, value, output);
  if (xpath == NULL)
    return;
  piece.output = jn_xpath_ref (xpath);
  g_array_append_val (pieces, piece);
}

static void
append_pieces (JnReader *reader, GArray *pieces, const xmlNode *element)
{
  for (const xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        append_literal (pieces, (const char *)child->content);
      else if (child->type != XML_ELEMENT_NODE)
        continue;
      else if (strcmp ((const char *)child->name, "output") == 0)
        append_output (reader, pieces, child);
      else
        append_pieces (reader, pieces, child);
    }
}

static GArray *
read_pieces (JnReader *reader, const xmlNode *element)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (JnPiece));

  g_array_set_clear_func (pieces, piece_clear);
  append_pieces (reader, pieces, element);
  return pieces;
}

/* (transfer full) (nullable): the id in jr:itext('id'), when @expression is nothing else */
static char *
get_itext_id (const char *expression)
{
  const char *start = expression, *end;
  char quote;

  while (g_ascii_isspace (*start))
    start++;
  if (!g_str_has_prefix (start, "jr:itext("))
    return NULL;
  start += strlen ("jr:itext(");
  while (g_ascii_isspace (*start))
    start++;
  quote = *start++;
  if (quote != '\'' && quote != '"')
    return NULL;
  end = strchr (start, quote);
  if (end == NULL)
    return NULL;
  for (const char *rest = end + 1; *rest != '\0'; rest++)
    if (!g_ascii_isspace (*rest) && *rest != ')')
      return NULL;
  return g_strndup (start, end - start);
}

static JnText *
add_text (JnReader *reader, long line)
{
  JnText *text = g_new0 (JnText, 1);

  text->line = line;
  g_ptr_array_add (reader->form->texts, text);
  return text;
}

void
jn_reader_check_itext (JnReader *reader, const char *id, long line)
{
  for (guint i = 0; i < reader->form->translations->len; i++)
    {
      JnTranslation *translation = reader->form->translations->pdata[i];

      if (g_hash_table_contains (translation->texts, id))
        return;
    }
  jn_reader_find (reader, line, TRUE, "no text '%s'", id);
}

static void
set_ref (JnReader *reader, JnText *text, const char *expression, const xmlNode *where)
{
  text->itext = get_itext_id (expression);
  if (text->itext != NULL)
    {
      jn_reader_check_itext (reader, text->itext, text->line);
      return;
    }
  text->ref = jn_reader_parse (reader, expression, where);
  if (text->ref != NULL)
    jn_xpath_ref (text->ref);
}

JnText *
jn_reader_text (JnReader *reader, const xmlNode *element)
{
  JnText *text = add_text (reader, jn_xml_line (element));
  const char *ref = jn_xml_attribute (element, "ref", NULL);

  if (ref != NULL && *ref != '\0')
    set_ref (reader, text, ref, element);
  if (element->children != NULL)
    text->pieces = read_pieces (reader, element);
  return text;
}

JnText *
jn_reader_message (JnReader *reader, const char *message, const xmlNode *where)
{
  JnText *text = add_text (reader, jn_xml_line (where));

  if (strstr (message, "jr:itext(") != NULL)
    set_ref (reader, text, message, where);
  else
    {
      text->pieces = g_array_new (FALSE, FALSE, sizeof (JnPiece));
      g_array_set_clear_func (text->pieces, piece_clear);
      append_literal (text->pieces, message);
    }
  return text;
}

const JnTranslation *
jn_form_get_translation (const JnForm *form, const char *language)
{
  for (guint i = 0; language != NULL && i < form->translations->len; i++)
    {
      const JnTranslation *translation = form->translations->pdata[i];

      if (strcmp (translation->lang, language) == 0)
        return translation;
    }
  return NULL;
}

static void
read_translation (JnReader *reader, const xmlNode *element)
{
  JnTranslation *translation = g_new0 (JnTranslation, 1);
  const char *lang = jn_xml_attribute (element, "lang", NULL);

  if (lang != NULL && jn_form_get_translation (reader->form, lang) != NULL)
    jn_reader_find (reader, jn_xml_line (element), TRUE, "the language '%s' stands twice", lang);
  translation->lang = g_strdup (lang != NULL ? lang : "");
  translation->texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (reader->form->translations, translation);
  if (jn_xml_attribute (element, "default", NULL) != NULL && reader->form->default_language == NULL)
    reader->form->default_language = g_strdup (translation->lang);

  for (xmlNode *text = jn_xml_first_element (element); text != NULL;
       text = jn_xml_next_element (text))
    {
      const char *id = jn_xml_attribute (text, "id", NULL);

      if (id == NULL)
        jn_reader_find (reader, jn_xml_line (text), TRUE, "a text needs an id");
      else if (!g_hash_table_insert (translation->texts, (char *)id, text))
        jn_reader_find (reader, jn_xml_line (text), TRUE, "text '%s' stands twice in '%s'", id,
                        translation->lang);
    }
}

/* The expressions in texts are parsed now; which value they belong to is kept at its element. */
static void
read_outputs_of (JnReader *reader, const xmlNode *text)
{
  for (xmlNode *value = jn_xml_first_element (text); value != NULL;
       value = jn_xml_next_element (value))
    {
      GArray *pieces;

      if (jn_xml_first_element (value) == NULL)
        continue;
      pieces = read_pieces (reader, value);
      g_ptr_array_add (reader->form->pieces, pieces);
      value->_private = pieces;
    }
}

void
jn_reader_outputs (JnReader *reader)
{
  for (guint i = 0; i < reader->form->translations->len; i++)
    {
      JnTranslation *translation = reader->form->translations->pdata[i];
      GHashTableIter iter;
      gpointer text;

      g_hash_table_iter_init (&iter, translation->texts);
      while (g_hash_table_iter_next (&iter, NULL, &text))
        read_outputs_of (reader, text);
    }
}

void
jn_reader_itext (JnReader *reader, const xmlNode *itext)
{
  JnForm *form = reader->form;

  for (xmlNode *child = jn_xml_first_element (itext); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "translation") != 0)
      continue;
    else if (form->translations->len < JN_FORM_MAX_LANGUAGES)
      read_translation (reader, child);
    else
      {
        jn_reader_fail (reader, jn_xml_line (child), JN_FORM_ERROR_LIMIT, "more than %d languages",
                        JN_FORM_MAX_LANGUAGES);
        break;
      }

  g_clear_pointer (&form->languages, g_strfreev);
  form->languages = g_new0 (char *, form->translations->len + 1);
  for (guint i = 0; i < form->translations->len; i++)
    form->languages[i] = g_strdup (((JnTranslation *)form->translations->pdata[i])->lang);
  if (form->default_language == NULL && form->translations->len > 0)
    form->default_language = g_strdup (form->languages[0]);
}
