/* vocabulary-private.h: what the readers of services, events and facts share. */
#pragma once

#include "forms/form-private.h"
#include "forms/names.h"
#include "forms/service.h"

G_BEGIN_DECLS

/* Reads attributes; the first that the vocabulary does not allow is kept in @error. */
typedef struct
{
  const xmlNode *element;
  GError **error;
} JnWords;

/* (nullable) */
const char *jn_words_get (const JnWords *words, const char *name);
/* (nullable): %NULL sets the error */
const char *jn_words_require (const JnWords *words, const char *name);
/* The place of the attribute among @allowed (NULL-terminated); @otherwise: where it is missing. */
gboolean jn_words_choose (const JnWords *words,
                          const char *name,
                          const char *const *allowed,
                          guint otherwise,
                          guint *choice);
gboolean jn_words_get_yes (const JnWords *words, const char *name, gboolean *yes);
gboolean jn_words_get_number (const JnWords *words, const char *name, guint *number);
gboolean jn_words_get_origin (const JnWords *words, JnOrigin *origin);
/* The element's own text. */
const char *jn_words_get_text (const JnWords *words);
gboolean jn_words_refuse (const JnWords *words, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Takes the text of one language; FALSE for a language that we do not have. */
gboolean jn_names_add (JnNames *names, const JnWords *words);
void jn_names_clear (JnNames *names);
/* @words is NULL-terminated and stays so; the text is divided by commas. */
void jn_keywords_add (GPtrArray *keywords, const char *text);

G_END_DECLS
