/* published.h: the list of keys as a page gets it, with times to try. */
#pragma once

#include "printing/keys.h"

G_BEGIN_DECLS

/* The sample's key alone, with these times. Returns: (transfer full) */
JnKeyList *published_keys (gint64 not_before, gint64 not_after, gint64 revoked_at);

/* The root's public key and the list that it signed, as keys.js has them. Returns: (transfer full): JSON */
char *publish_keys (const JnKeyList *keys);

G_END_DECLS
