/* uuid.h: keys made by the client: UUID version 7 (RFC 9562 section 5.7). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * jn_uuid_new:
 * A new UUIDv7 in lower case. Those of one process rise strictly, also within a millisecond and
 * when the clock is set back (RFC 9562 section 6.2, method 3: the fraction of the millisecond
 * stands in rand_a). Safe from any thread. Returns: (transfer full): 36 characters
 */
char *jn_uuid_new (void);

/* Whether @text is a UUID of any version in the usual 36 characters. */
gboolean jn_uuid_is_valid (const char *text);

G_END_DECLS
