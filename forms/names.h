/* names.h: a text in the three languages of our own files, official or our own translation. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JN_N_LANGUAGES 3

/* "zh-Hant", "pt", "en": the languages of every text, in this order; NULL-terminated. */
extern const char *const jn_languages[];

/**
 * JnNames:
 * @text: (array fixed-size=3): by language as in jn_languages; %NULL where missing
 * @official: (array fixed-size=3): whether the department itself calls it so
 */
typedef struct
{
  char *text[JN_N_LANGUAGES];
  gboolean official[JN_N_LANGUAGES];
} JnNames;

/* The text in @language, else in any language that has one; "" where none has. */
const char *jn_names_get (const JnNames *names, const char *language);

G_END_DECLS
