/* characters.h: which characters an answer may hold: those that an XML document can.
 *
 * Source of the rule: XML 1.0 (5th ed.), 2.2 "Characters": tab, line feed, carriage return, and all of
 * Unicode from the space on but surrogates, U+FFFE and U+FFFF; others cannot be written as a
 * reference either. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text: UTF-8. Returns: (transfer full) (nullable): without what no document can hold; %NULL: it is as
 * it should be */
char *jn_characters_clean (const char *text);

G_END_DECLS
