/* public-keys.h: the keys whose seals are genuine, as the backend answers them. */
#pragma once

#include <glib.h>

#include "printing/keys.h"

G_BEGIN_DECLS

/**
 * jn_public_keys_read:
 * @answer: of the query `keys`
 *
 * A row that is no key is left out, and noted in the log. Returns: (transfer full)
 */
JnKeyList *jn_public_keys_read (GVariant *answer);

G_END_DECLS
