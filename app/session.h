/* session.h: who works where: one clerk at one counter of one branch, and the line to the server.
 *
 * Owns the backend that it is given. Signing in opens the session, loads the catalogue and this
 * terminal's key; everything else in app/ is made from an open session. */
#pragma once

#include "app/backend.h"
#include "app/settings.h"
#include "printing/keys.h"

G_BEGIN_DECLS

typedef struct _JnCatalogue JnCatalogue;

typedef enum
{
  JN_SESSION_CLOSED,
  JN_SESSION_OPEN,
  JN_SESSION_LOCKED, /* the same clerk comes back with the password; work stays as it is */
} JnSessionState;

#define JN_TYPE_SESSION (jn_session_get_type ())
G_DECLARE_FINAL_TYPE (JnSession, jn_session, JN, SESSION, GObject)

/* Properties (notified): "state" (JnSessionState as int), "link-state" (JnLinkState as int),
 * "unsent" (uint), "offline-since" (int64), "counter-state" (string: "open", "break", "back-office",
 * "closed"). */
JnSession *jn_session_new (JnBackend *backend, JnSettings *settings);

/**
 * jn_session_sign_in_async:
 * @terminal: (nullable): as the settings say
 * @counter: 0: as the settings say
 *
 * Opens the session and loads the catalogue. Errors: DENIED `password`, CONFLICT `counter-taken`,
 * OFFLINE, OUTDATED. A terminal whose key is not enrolled signs in and cannot seal: has_key is
 * %FALSE and the window says so.
 */
void jn_session_sign_in_async (JnSession *self,
                               const char *login,
                               const char *password,
                               const char *terminal,
                               int counter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean jn_session_sign_in_finish (JnSession *self, GAsyncResult *result, GError **error);
void jn_session_sign_out_async (JnSession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean jn_session_sign_out_finish (JnSession *self, GAsyncResult *result, GError **error);

void jn_session_lock (JnSession *self);
/* Errors: DENIED `password`. Works without line too: the password is compared here. */
void jn_session_unlock_async (JnSession *self,
                              const char *password,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean jn_session_unlock_finish (JnSession *self, GAsyncResult *result, GError **error);

/* @state: "open", "break", "back-office", "closed"; _after_async: once the visit at the desk is over */
void jn_session_set_counter_state_async (JnSession *self,
                                         const char *state,
                                         const char *reason,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
void jn_session_set_counter_state_after_async (JnSession *self,
                                               const char *state,
                                               const char *reason,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
gboolean
jn_session_set_counter_state_finish (JnSession *self, GAsyncResult *result, GError **error);

/* For JnQueue: what the server says that the counter is, after a pause that began by itself. */
void jn_session_take_counter_state (JnSession *self, const char *state);

/* Of the backend, and kept up to date by its signals */
JnBackend *jn_session_get_backend (JnSession *self);   /* (transfer none) */
JnSettings *jn_session_get_settings (JnSession *self); /* (transfer none) */
JnSessionState jn_session_get_state (JnSession *self);
JnLinkState jn_session_get_link_state (JnSession *self);
guint jn_session_get_unsent (JnSession *self);
/* (transfer full) (nullable): the code with which the server does not let this terminal in again */
char *jn_session_get_refusal (JnSession *self);
gint64 jn_session_get_offline_since (JnSession *self); /* Unix seconds; 0: connected */

/* What is known once signed in; %NULL, "" or 0 before. Strings are borrowed until sign-out. */
JnCatalogue *jn_session_get_catalogue (JnSession *self);
const char *jn_session_get_login (JnSession *self);
const char *jn_session_get_staff_name (JnSession *self, const char *language); /* zh or latin */
gboolean jn_session_has_role (JnSession *self, const char *role); /* "clerk", "supervisor" … */
const char *jn_session_get_branch (JnSession *self);              /* its code, "07" */
char *jn_session_get_branch_name (JnSession *self, const char *language); /* (transfer full) */
GTimeZone *jn_session_get_zone (JnSession *self); /* the branch's, which decides the business day */
int jn_session_get_counter (JnSession *self);
const char *const *jn_session_get_equipment (JnSession *self); /* camera fingerprint till … */
/* Whether this counter's profile has @service; the clerk's authorisations are the server's to check */
gboolean jn_session_can_serve (JnSession *self, const char *service);
const char *jn_session_get_counter_state (JnSession *self);
const char *jn_session_get_terminal (JnSession *self);
gboolean jn_session_is_demo (JnSession *self);
/* (nullable): a setting of the server: "receipt_host", "official_pair" … as text */
const char *jn_session_get_setting (JnSession *self, const char *name);
/* Whether @event is never rated (a death): settings.rating_excluded_events */
gboolean jn_session_is_rating_excluded (JnSession *self, const char *event);

gint64 jn_session_now (JnSession *self);  /* Unix seconds by the server's clock */
char *jn_session_today (JnSession *self); /* (transfer full): "YYYY-MM-DD" in the branch's zone */
gboolean jn_session_has_key (JnSession *self);
const JnSealKey *jn_session_get_key (JnSession *self); /* (nullable) */

G_END_DECLS
