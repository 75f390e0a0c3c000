/* pdf.h: a layout as PDF: sheets for a laser printer, a file for the citizen's own archive. */
#pragma once

#include "printing/layout.h"

G_BEGIN_DECLS

/**
 * jn_pdf_encode: Returns: (transfer full): the file; %NULL with %JN_PRINT_ERROR_FAILED
 *
 * The title in the file is the document's own; no name, user or path is written into it, and the
 * same document gives the same bytes.
 */
GBytes *jn_pdf_encode (const JnLayout *layout, GError **error);
gboolean jn_pdf_save (const JnLayout *layout, const char *path, GError **error);

G_END_DECLS
