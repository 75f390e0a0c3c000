/* backend.h: the few verbs by which everything reaches the shared backend.
 *
 * JnBackend is an interface. JnPostgres (app/postgres/) speaks to a server, JnJournal
 * (app/journal/) stands around another backend and keeps work while the line is down, JnFakeBackend
 * (tests/app/) answers from a table. None of them knows what a command means: a command V runs
 * api.V (key, args) and a query Q runs api.Q (args); assets/docs/backend.md lists both. */
#pragma once

#include <gio/gio.h>
#include "app/command.h"

G_BEGIN_DECLS

#define JN_BACKEND_ERROR (jn_backend_error_quark ())
GQuark jn_backend_error_quark (void);

/**
 * JnBackendError: named for what the clerk can do.
 * @JN_BACKEND_ERROR_OFFLINE: not sent; try again when the line is back
 * @JN_BACKEND_ERROR_CONFLICT: somebody was faster, or the state does not allow it; look again
 * @JN_BACKEND_ERROR_REJECTED: an input is wrong; the details name code, node and arguments
 * @JN_BACKEND_ERROR_DENIED: not allowed for this clerk; call a supervisor
 * @JN_BACKEND_ERROR_NOT_FOUND: there is no such ticket, person, receipt …
 * @JN_BACKEND_ERROR_OUTDATED: this program or form version is too old; update
 * @JN_BACKEND_ERROR_UNKNOWN: sent, but the answer was lost; the same command may be sent again
 * @JN_BACKEND_ERROR_FAILED: a fault of the server
 *
 * The error's message is the code of the fault ("ticket-not-waiting"), never prose: the window has
 * the words. jn_backend_error_get_node () and _get_args () give the rest.
 */
typedef enum
{
  JN_BACKEND_ERROR_OFFLINE,
  JN_BACKEND_ERROR_CONFLICT,
  JN_BACKEND_ERROR_REJECTED,
  JN_BACKEND_ERROR_DENIED,
  JN_BACKEND_ERROR_NOT_FOUND,
  JN_BACKEND_ERROR_OUTDATED,
  JN_BACKEND_ERROR_UNKNOWN,
  JN_BACKEND_ERROR_FAILED,
} JnBackendError;

/* An extended domain: code ("fee-wrong"), node ("/data/fee_avos", or NULL), args (a{sv}, or NULL). */
GError *
jn_backend_error_new (JnBackendError kind, const char *code, const char *node, GVariant *args);
const char *jn_backend_error_get_code (const GError *error);
const char *jn_backend_error_get_node (const GError *error);
GVariant *jn_backend_error_get_args (const GError *error);

/* The server has answered and says no: the same again is refused again. */
gboolean jn_backend_error_is_refusal (const GError *error);

typedef enum
{
  JN_LINK_OFFLINE,    /* nobody is signed in, or the line is down and nothing is tried */
  JN_LINK_CONNECTING, /* the line is down and being tried again */
  JN_LINK_ONLINE,
} JnLinkState;

#define JN_TYPE_LINK_STATE (jn_link_state_get_type ())
GType jn_link_state_get_type (void);

/* Who signs in where. Strings are borrowed during the call. Without a terminal (the steward, the
 * administration) no session is opened. */
typedef struct
{
  const char *login;
  const char *password;
  const char *terminal;   /* "T07", or NULL */
  int counter;            /* 0: none (reception, hall) */
  const char *public_key; /* (nullable): this terminal's sealing key, lower-case hex */
} JnCredentials;

#define JN_TYPE_BACKEND (jn_backend_get_type ())
G_DECLARE_INTERFACE (JnBackend, jn_backend, JN, BACKEND, GObject)

/**
 * JnBackendInterface:
 * Properties: "link-state" (JnLinkState), "unsent" (guint: commands kept and not yet delivered),
 * "offline-since" (gint64, Unix seconds, 0 when online), "refusal" (string: the code with which a server that
 * answers does not let this terminal in again, "counter-taken"; NULL: nothing of the kind).
 * Signals: "changed" (const char *kind, const char *id): something of this branch changed: kind is
 * "ticket", "counter", "application", "print", "catalogue" …; id may be ""; "moved" (): the whole
 * state must be read again (after a reconnect).
 */
struct _JnBackendInterface
{
  GTypeInterface parent;

  void (*sign_in_async) (JnBackend *self,
                         const JnCredentials *credentials,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GVariant *(*sign_in_finish) (JnBackend *self, GAsyncResult *result, GError **error);
  void (*sign_out_async) (JnBackend *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  gboolean (*sign_out_finish) (JnBackend *self, GAsyncResult *result, GError **error);
  void (*run_async) (JnBackend *self,
                     JnCommand *command,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  GVariant *(*run_finish) (JnBackend *self, GAsyncResult *result, GError **error);
  void (*ask_async) (JnBackend *self,
                     JnQuery *query,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  GVariant *(*ask_finish) (JnBackend *self, GAsyncResult *result, GError **error);
  void (*put_blob_async) (JnBackend *self,
                          GBytes *blob,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  char *(*put_blob_finish) (JnBackend *self, GAsyncResult *result, GError **error);
  void (*get_blob_async) (JnBackend *self,
                          const char *hash,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  GBytes *(*get_blob_finish) (JnBackend *self, GAsyncResult *result, GError **error);
};

/* Answers are a{sv} (transfer full, never floating). A blob's hash is lower-case hex SHA-256. */
void jn_backend_sign_in_async (JnBackend *self,
                               const JnCredentials *credentials,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GVariant *jn_backend_sign_in_finish (JnBackend *self, GAsyncResult *result, GError **error);
void jn_backend_sign_out_async (JnBackend *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean jn_backend_sign_out_finish (JnBackend *self, GAsyncResult *result, GError **error);
void jn_backend_run_async (JnBackend *self,
                           JnCommand *command,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GVariant *jn_backend_run_finish (JnBackend *self, GAsyncResult *result, GError **error);
void jn_backend_ask_async (JnBackend *self,
                           JnQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GVariant *jn_backend_ask_finish (JnBackend *self, GAsyncResult *result, GError **error);
void jn_backend_put_blob_async (JnBackend *self,
                                GBytes *blob,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
char *jn_backend_put_blob_finish (JnBackend *self, GAsyncResult *result, GError **error);
void jn_backend_get_blob_async (JnBackend *self,
                                const char *hash,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GBytes *jn_backend_get_blob_finish (JnBackend *self, GAsyncResult *result, GError **error);

JnLinkState jn_backend_get_link_state (JnBackend *self);
guint jn_backend_get_unsent (JnBackend *self);
char *jn_backend_get_refusal (JnBackend *self); /* (transfer full) (nullable) */

/* For implementations: emit the signals. */
void jn_backend_changed (JnBackend *self, const char *kind, const char *id);
void jn_backend_moved (JnBackend *self);

G_END_DECLS
