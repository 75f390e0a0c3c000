/* mo.h: a compiled gettext catalogue, read by ourselves: several languages at once.
 *
 * Source of the format: GNU gettext manual, "The Format of GNU MO Files"; of the plural rule:
 * "Additional functions for plural forms". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _JnMo JnMo;

/* Returns: (transfer full): G_FILE_ERROR, or G_IO_ERROR_INVALID_DATA for a file that is none */
JnMo *jn_mo_new (const char *path, GError **error);
void jn_mo_free (JnMo *mo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnMo, jn_mo_free)

/* @context: (nullable). Returns: (transfer none) (nullable): %NULL: not translated */
const char *jn_mo_find (const JnMo *mo, const char *context, const char *msgid);
const char *jn_mo_find_plural (const JnMo *mo, const char *msgid, gulong n);

/**
 * jn_plural_evaluate:
 * @rule: a C expression over n, "n%10==1 ? 0 : 1"
 *
 * Returns: which form, -1 for a rule that does not parse
 */
int jn_plural_evaluate (const char *rule, gulong n);

G_END_DECLS
