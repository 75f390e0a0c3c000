/* test-document.h: a printer's test page: width, cut, letters of three languages and a symbol. */
#pragma once

#include "printing/document.h"
#include "printing/printer.h"

G_BEGIN_DECLS

/* @place: (nullable): where the printer stands: "T07". Returns: (transfer full) */
JnDocument *jn_test_document_new (const JnPrinterProfile *profile, const char *place);

G_END_DECLS
