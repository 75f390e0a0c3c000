/* names.c: texts in the three languages, and the words of our own vocabulary. */
#include "forms/names.h"

#include <string.h>

#include "forms/vocabulary-private.h"

const char *const jn_languages[] = { "zh-Hant", "pt", "en", NULL };

const char *
jn_names_get (const JnNames *names, const char *language)
{
  for (guint i = 0; i < JN_N_LANGUAGES; i++)
    if (g_strcmp0 (language, jn_languages[i]) == 0 && names->text[i] != NULL)
      return names->text[i];
  for (guint i = 0; i < JN_N_LANGUAGES; i++)
    if (names->text[i] != NULL)
      return names->text[i];
  return "";
}

void
jn_names_clear (JnNames *names)
{
  for (guint i = 0; i < JN_N_LANGUAGES; i++)
    g_clear_pointer (&names->text[i], g_free);
}

gboolean
jn_names_add (JnNames *names, const JnWords *words)
{
  static const char *const origins[] = { "ours", "official", NULL };
  guint language, origin;

  if (jn_words_require (words, "lang") == NULL
      || !jn_words_choose (words, "lang", jn_languages, 0, &language)
      || !jn_words_choose (words, "origin", origins, 0, &origin))
    return FALSE;
  g_free (names->text[language]);
  names->text[language] = g_strdup (jn_words_get_text (words));
  names->official[language] = origin == 1;
  return TRUE;
}

void
jn_keywords_add (GPtrArray *keywords, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_ptr_array_insert (keywords, (gint)keywords->len - 1, g_strdup (words[i]));
}

/* ---- attributes --------------------------------------------------------------------------------- */

const char *
jn_words_get (const JnWords *words, const char *name)
{
  return jn_xml_attribute (words->element, name, NULL);
}

gboolean
jn_words_refuse (const JnWords *words, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (words->error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX, "line %ld: %s: %s",
               jn_xml_line (words->element), words->element->name, text);
  return FALSE;
}

const char *
jn_words_require (const JnWords *words, const char *name)
{
  const char *value = jn_words_get (words, name);

  if (value == NULL || *value == '\0')
    {
      jn_words_refuse (words, "needs %s", name);
      return NULL;
    }
  return value;
}

gboolean
jn_words_choose (const JnWords *words,
                 const char *name,
                 const char *const *allowed,
                 guint otherwise,
                 guint *choice)
{
  const char *value = jn_words_get (words, name);

  *choice = otherwise;
  if (value == NULL)
    return TRUE;
  for (guint i = 0; allowed[i] != NULL; i++)
    if (strcmp (allowed[i], value) == 0)
      {
        *choice = i;
        return TRUE;
      }
  return jn_words_refuse (words, "%s cannot be '%s'", name, value);
}

gboolean
jn_words_get_yes (const JnWords *words, const char *name, gboolean *yes)
{
  static const char *const allowed[] = { "no", "yes", NULL };
  guint choice;
  gboolean good = jn_words_choose (words, name, allowed, 0, &choice);

  *yes = choice == 1;
  return good;
}

gboolean
jn_words_get_number (const JnWords *words, const char *name, guint *number)
{
  const char *value = jn_words_get (words, name);
  guint64 result = 0;

  *number = 0;
  if (value == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT, &result, NULL))
    return jn_words_refuse (words, "%s is no number: '%s'", name, value);
  *number = (guint)result;
  return TRUE;
}

gboolean
jn_words_get_origin (const JnWords *words, JnOrigin *origin)
{
  static const char *const allowed[]
      = { "assumed", "inferred", "recall", "page", "confirmed", NULL };
  guint confidence;
  gboolean good = jn_words_choose (words, "confidence", allowed, 0, &confidence);

  origin->confidence = (JnConfidence)confidence;
  origin->source = jn_words_get (words, "source");
  origin->confirmed = jn_words_get (words, "confirmed");
  return good;
}

const char *
jn_words_get_text (const JnWords *words)
{
  const xmlNode *text = words->element->children;

  return text != NULL && text->content != NULL ? (const char *)text->content : "";
}
