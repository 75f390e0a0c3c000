/* checks.h: what every page has to keep: names for readers, contrast, no text cut off. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* Each focusable widget on the screen has a name or a label. */
void check_names (gpointer window);
/* WCAG 2.1, 1.4.3: text stands out at least 4.5 : 1 from what is behind it. */
void check_contrast (gpointer window);
/* The window fits into that size, nothing scrolls sideways, and no label is cut short. */
void check_fits (gpointer window, int width, int height);

/* All three as the page stands now, in the language that is on: in each look, at twice the text size, on a
 * small and on a large screen. Kept as pictures NAME.LANGUAGE[.VARIANT]. */
void check_looks (JnWindow *window, const char *name);
/* The same, its words in each language, for a page that stays as it is when another one is chosen; ends in
 * English. */
void check_languages (JnWindow *window, const char *name);
/* The same of a screen that nobody sits at, as it stands now: on a small and on a large screen that lies, then
 * again as it stood. */
void check_standing (gpointer window, const char *name);

G_END_DECLS
