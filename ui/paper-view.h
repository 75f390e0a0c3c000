/* paper-view.h: pages as they will be printed, by the same drawing. */
#pragma once

#include <gtk/gtk.h>
#include "printing/layout.h"
#include "printing/printer.h"

G_BEGIN_DECLS

#define JN_TYPE_PAPER_VIEW (jn_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (JnPaperView, jn_paper_view, JN, PAPER_VIEW, GtkDrawingArea)

/* @width: in pixels; the height follows from what stands on the paper. */
GtkWidget *jn_paper_view_new (int width);
/* @document: (nullable): an empty sheet. @profile: (nullable): of the printer that will make it: its paper, its head; else
 * @paper. Returns FALSE where it cannot be set on that paper. */
gboolean jn_paper_view_set_document (JnPaperView *self,
                                     JnDocument *document,
                                     const JnPrinterProfile *profile,
                                     JnPaper paper,
                                     GError **error);

G_END_DECLS
