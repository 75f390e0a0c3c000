/* language.h: the language of the clerk's window, changed while it is open. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JnLanguage:
 * @code: as gettext names it: zh_HK, pt, en
 * @tag: as forms and data name it: zh-Hant, pt, en
 * @name: its own name
 */
typedef struct
{
  const char *code;
  const char *tag;
  const char *name;
} JnLanguage;

/* All three, ended by a code of NULL. */
const JnLanguage *jn_language_list (void);
/* By code or tag; NULL: there is no such language. */
const JnLanguage *jn_language_find (const char *name);
/* Sets the locale up and takes @name, or where NULL or unknown what the environment asks for. */
void jn_language_start (const char *locale_directory, const char *name);
/* From now on gettext answers in it; whoever shows words builds them again. */
void jn_language_set (const JnLanguage *language);
const JnLanguage *jn_language_get (void);

/* One of three texts, by the language of the window. */
const char *jn_language_pick (const char *zh, const char *pt, const char *en);

G_END_DECLS
