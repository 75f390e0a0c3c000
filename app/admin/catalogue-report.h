/* catalogue-report.h: what the catalogue holds, and what asking once saves, as Markdown. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * jn_catalogue_report:
 * @files: (element-type JnCatalogueFile): all of them, read
 *
 * A question is a control that a person answers. Alone, a form asks each of its questions once;
 * as a bundle, an answer that is a fact of a person (jn_form_get_fact()) is asked in the first form
 * only. Hidden questions count too, on both sides.
 *
 * Returns: (transfer full): the report; %NULL with an error when a form does not load
 */
char *jn_catalogue_report (GPtrArray *files, GError **error);

G_END_DECLS
