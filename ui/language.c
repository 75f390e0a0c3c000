/* language.c: setlocale once, then LANGUAGE: gettext reads it again when its domain is bound. */
#include "ui/language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static const JnLanguage languages[] = {
  { "zh_HK", "zh-Hant", "繁體中文" },
  { "pt", "pt", "Português" },
  { "en", "en", "English" },
  { NULL, NULL, NULL },
};

static const JnLanguage *current = &languages[0];
static char *directory;

const JnLanguage *
jn_language_list (void)
{
  return languages;
}

const JnLanguage *
jn_language_find (const char *name)
{
  for (const JnLanguage *language = languages; name != NULL && language->code != NULL; language++)
    if (strcmp (language->code, name) == 0 || strcmp (language->tag, name) == 0)
      return language;
  return NULL;
}

static const JnLanguage *
from_environment (void)
{
  const char *const *names = g_get_language_names ();

  for (; *names != NULL; names++)
    {
      if (g_str_has_prefix (*names, "zh"))
        return &languages[0];
      if (g_str_has_prefix (*names, "pt"))
        return &languages[1];
      if (g_str_has_prefix (*names, "en"))
        return &languages[2];
    }
  return &languages[0];
}

void
jn_language_start (const char *locale_directory, const char *name)
{
  const JnLanguage *language = jn_language_find (name);

  if (setlocale (LC_ALL, "") == NULL || g_strcmp0 (setlocale (LC_CTYPE, NULL), "C") == 0
      || g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0)
    setlocale (LC_ALL, "C.UTF-8"); /* in "C" gettext would not even look at LANGUAGE */
  setlocale (LC_NUMERIC, "C");
  g_free (directory);
  directory = g_strdup (locale_directory);
  jn_language_set (language != NULL ? language : from_environment ());
}

void
jn_language_set (const JnLanguage *language)
{
  g_return_if_fail (language != NULL);
  current = language;
  g_setenv ("LANGUAGE", language->code, TRUE);
  bindtextdomain ("janela", directory); /* also makes gettext forget what it has cached */
  bind_textdomain_codeset ("janela", "UTF-8");
  textdomain ("janela");
}

const JnLanguage *
jn_language_get (void)
{
  return current;
}

const char *
jn_language_pick (const char *zh, const char *pt, const char *en)
{
  const char *first = current == &languages[0] ? zh : current == &languages[1] ? pt : en;

  if (first != NULL && *first != '\0')
    return first;
  return zh != NULL && *zh != '\0' ? zh : pt != NULL && *pt != '\0' ? pt : en != NULL ? en : "";
}
