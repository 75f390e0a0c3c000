/* open.h: makes the backend: the only place that knows which one it is. */
#pragma once

#include "app/backend.h"
#include "app/settings.h"

G_BEGIN_DECLS

/* The server of the settings with this terminal's journal around it. Nothing is connected before
 * sign-in. Returns: (transfer full); error: FAILED `journal` */
JnBackend *jn_open_backend (JnSettings *settings, GError **error);

/* Waits until what was to be kept lies on this terminal's disk: the last before the program ends. */
void jn_open_close (JnBackend *backend);

G_END_DECLS
