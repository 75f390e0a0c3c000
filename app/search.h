/* search.h: words as people type them against texts in three languages. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters of a search: more are a page that was pasted, or a receipt that was scanned, and looking for each word in all that
 * is known would keep the window still. */
#define JN_SEARCH_MOST 200

/* Case, accents and width gone; what is neither letter nor digit becomes a space. (transfer full) */
char *jn_search_fold (const char *text);

/**
 * jn_search_score:
 * @query: folded; @texts: (array zero-terminated=1): folded
 *
 * Every word of @query must be found in some text: as a whole word (1.0), at the beginning of one
 * (0.8), inside (0.6; what is not Latin is found anywhere at 0.9), or, from five letters, with one
 * slip: a letter wrong, missing, too many, or two exchanged (0.4).
 * Returns: the mean over the words; 0 when one is not found
 */
double jn_search_score (const char *query, const char *const *texts);

G_END_DECLS
