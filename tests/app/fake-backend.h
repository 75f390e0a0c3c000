/* fake-backend.h: a backend that answers from a table of functions, and fails when told to. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

#define JN_TYPE_FAKE_BACKEND (jn_fake_backend_get_type ())
G_DECLARE_FINAL_TYPE (JnFakeBackend, jn_fake_backend, JN, FAKE_BACKEND, GObject)

/* @args: a{sv}. Returns: an a{sv}, sunk if floating; NULL with @error. */
typedef GVariant *(*JnFakeAnswer) (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error);

JnFakeBackend *jn_fake_backend_new (void);
/* Commands and queries alike. What nobody answers is NOT_FOUND `no-function`. "sign_in" answers a
 * sign-in with {login, password, terminal, counter, public_key} as args. */
void jn_fake_backend_on (JnFakeBackend *fake, const char *name, JnFakeAnswer answer, gpointer data);
/* A fixed answer, (transfer full) sunk if floating. */
void jn_fake_backend_always (JnFakeBackend *fake, const char *name, GVariant *answer);

/* The next @times answers to @name are lost after the work was done: UNKNOWN. */
void jn_fake_backend_lose_answers (JnFakeBackend *fake, const char *name, guint times);
/* @code: (nullable): with which the server does not let this terminal in again */
void jn_fake_backend_set_refusal (JnFakeBackend *fake, const char *code);
/* While cut everything is OFFLINE. */
void jn_fake_backend_cut_line (JnFakeBackend *fake, gboolean cut);

char *jn_fake_backend_keep_blob (JnFakeBackend *fake, GBytes *blob); /* (transfer full): its hash */
/* Whatever is put from now on is REJECTED `too-large`. */
void jn_fake_backend_refuse_blobs (JnFakeBackend *fake);
gboolean jn_fake_backend_has_blob (JnFakeBackend *fake, const char *hash);

/* How often @name reached the server, and how often it was done (a retry is not done again). */
guint jn_fake_backend_count_calls (JnFakeBackend *fake, const char *name);
guint jn_fake_backend_count_done (JnFakeBackend *fake, const char *name);
/* (transfer none) (nullable): args and key of the last command of that name that was sent */
GVariant *jn_fake_backend_last_args (JnFakeBackend *fake, const char *name);
const char *jn_fake_backend_last_key (JnFakeBackend *fake, const char *name);
/* Whether the last command of that name could have been kept, sent or not */
gboolean jn_fake_backend_last_deferrable (JnFakeBackend *fake, const char *name);
/* … after its answer was lost, too */
gboolean jn_fake_backend_last_repeatable (JnFakeBackend *fake, const char *name);

/* Runs the main loop until @result is there; the tests' way to wait. Aborts after a minute. */
GAsyncResult *jn_await (GAsyncResult **result);
/* For GAsyncReadyCallback: keeps the result where user_data points to. */
void jn_awaited_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Runs the main loop until @condition; aborts after a minute. */
void jn_await_until (gboolean (*condition) (gpointer data), gpointer data);
/* Drops the last reference and waits until the object is gone: a worker thread may hold it a moment
 * longer. Aborts after a minute: it leaks. */
void jn_await_finalized (gpointer object);

G_END_DECLS
