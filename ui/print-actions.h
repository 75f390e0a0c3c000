/* print-actions.h: the window's actions that print papers of the visit: win.print-notice,
 * win.print-forms, win.print-refusal. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

/* They do nothing without a visit, or while the screen is locked. */
void jn_print_actions_add (JnWindow *window);

G_END_DECLS
