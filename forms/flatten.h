/* flatten.h: shared blocks taken into a form: XInclude with words, as VOCABULARY.md says. */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/**
 * jn_flatten_file:
 * @path: a form with xi:include elements
 *
 * What is included must lie below the folder named `forms` that @path is in (or beside @path, where
 * there is none).
 *
 * Returns: (transfer full) (nullable): the whole form. Errors: as of jn_form_new_from_bytes();
 * REFERENCE: no such file or part, or a word that is not set; LIMIT: includes that do not end
 */
GBytes *jn_flatten_file (const char *path, GError **error);

/* The same upon a document that was read from @path. */
gboolean jn_flatten_document (xmlDoc *doc, const char *path, GError **error);

G_END_DECLS
