/* open.h: makes the backend: the only place that knows which one it is. */
#pragma once

#include "app/backend.h"
#include "app/settings.h"

G_BEGIN_DECLS

/* The server of the settings with this terminal's journal around it. Nothing is connected before
 * sign-in. Returns: (transfer full) */
JnBackend *jn_open_backend (JnSettings *settings, GError **error);

G_END_DECLS
