/* printer-editor.h: which queue serves a use, what its printer is sent, and how it feeds, cuts and kicks. */
#pragma once

#include <gtk/gtk.h>

#include "app/prints.h"

G_BEGIN_DECLS

#define JN_TYPE_PRINTER_EDITOR (jn_printer_editor_get_type ())
G_DECLARE_FINAL_TYPE (JnPrinterEditor, jn_printer_editor, JN, PRINTER_EDITOR, GtkBin)

/* Signals: "save" (), "test" (), "forget" (), "closed" (). */
GtkWidget *jn_printer_editor_new (void);

/* @profile: (nullable): none yet: guessed from the first queue. @printers: (nullable) (element-type JnPrinter) */
void jn_printer_editor_edit (JnPrinterEditor *self,
                             const char *use,
                             const JnPrinterProfile *profile,
                             GPtrArray *printers);
const char *jn_printer_editor_get_use (JnPrinterEditor *self); /* (nullable) */
/* (transfer full) (nullable): what is chosen; %NULL: no queue */
JnPrinterProfile *jn_printer_editor_get_profile (JnPrinterEditor *self);

G_END_DECLS
