/* print-private.h: how prints begin. For app/prints.c alone. */
#pragma once

#include "app/print.h"

G_BEGIN_DECLS

/* @profile: (nullable): none: it fails at once. @document: (nullable) where it was begun before. */
JnPrint *jn_print_new (JnBackend *backend,
                       JnPrintService *service,
                       const JnPrintOrder *order,
                       const char *use,
                       const JnPrinterProfile *profile,
                       JnDocument *document);
/* Of a PRINT of the backend: begun before a restart, or by another who signed in here. */
JnPrint *jn_print_new_from_answer (JnBackend *backend, JnPrintService *service, GVariant *print);

/* @copy: what is counted here, for when the line is down; @kick: the drawer opens */
void jn_print_begin (JnPrint *self, guint copy, gboolean kick);
/* Looks for the job of an attempt that was begun before: goes on with it, or asks. */
void jn_print_look_up (JnPrint *self);
const char *jn_print_medium_name (JnPaper paper);  /* as the backend calls it */
JnDocument *jn_print_get_document (JnPrint *self); /* (transfer none) (nullable) */
/* Cancels; once nothing can come of it any more, "moved" (use) is emitted. */
void jn_print_move (JnPrint *self, const char *use);

G_END_DECLS
