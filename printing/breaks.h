/* breaks.h: places to break a line in words that no line holds.
 *
 * Pango looks for a break between the letters of a long word anew at each line, over all that is left of
 * it: what was pasted by accident, some thousand letters without a space, takes seconds to lay out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text: UTF-8. Returns: (transfer full) (nullable): with zero-width spaces in words of hundreds of letters;
 * %NULL: it has none such */
char *jn_breaks_add (const char *text);

G_END_DECLS
