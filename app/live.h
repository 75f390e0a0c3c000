/* live.h: a query that is asked again whenever the backend says that something changed.
 *
 * At once when it was quiet; what comes in the next moments is read together. Nothing polls: a lost
 * notice is mended by the backend itself (api.changes). */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

#define JN_TYPE_LIVE (jn_live_get_type ())
G_DECLARE_FINAL_TYPE (JnLive, jn_live, JN, LIVE, GObject)

/* @answer: an a{sv} in one block, kept by @self until the next: strings of it may be borrowed. */
typedef void (*JnLiveTake) (GVariant *answer, gpointer owner);

/**
 * jn_live_new:
 * @kinds: (array zero-terminated=1): kinds of changes that matter; static
 * @rest_ms: the least time between two looks
 * @take: called with each answer
 * @owner: not owned; it owns the live query and lets it go by jn_live_close()
 */
JnLive *jn_live_new (JnSession *session,
                     const char *query,
                     const char *const *kinds,
                     guint rest_ms,
                     JnLiveTake take,
                     gpointer owner);

/* @args: (nullable): of the next looks; sunk */
void jn_live_set_args (JnLive *self, GVariant *args);
/* No answer comes to the owner any more, not even of a look under way. */
void jn_live_close (JnLive *self);
void jn_live_look (JnLive *self); /* soon */

/* One look now; it ends @task, which is taken over, with %TRUE or the error. */
void jn_live_refresh_for (JnLive *self, GTask *task);
/* One look now, answered before the callback. */
void jn_live_refresh_async (JnLive *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean jn_live_refresh_finish (JnLive *self, GAsyncResult *result, GError **error);

G_END_DECLS
