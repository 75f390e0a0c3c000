/* bar.h: the bottom edge: back, save for later, what is to be mended, and the way on. */
#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_BAR (jn_bar_get_type ())
G_DECLARE_FINAL_TYPE (JnBar, jn_bar, JN, BAR, GtkBin)

/* Shows what @page says from now on; hidden for a page without a primary button and way back. Its
 * buttons use the window's actions win.back, win.save and win.next. */
void jn_bar_set_page (JnBar *self, JnPage *page);
/* @visit: (nullable): says on every page of it but the review, which says so itself, when what was signed is to be signed
 * again. */
void jn_bar_set_visit (JnBar *self, JnVisit *visit);
void jn_bar_set_narrow (JnBar *self, gboolean narrow);
/* Papers and fees stand beside the page, or in a narrow window behind a button. */
void jn_bar_set_has_side (JnBar *self, gboolean has_side);

G_END_DECLS
