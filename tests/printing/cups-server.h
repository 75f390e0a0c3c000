/* cups-server.h: a private cupsd on a socket of its own, as an unprivileged user, for one test. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _CupsServer CupsServer;

/**
 * cups_server_new:
 * @error_policy: "abort-job", "stop-printer", …
 *
 * Starts cupsd with one raw queue "pos" that prints into a folder by the fault-backend.
 */
CupsServer *cups_server_new (const char *error_policy);
void cups_server_free (CupsServer *self); /* kills what it started, wipes its folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CupsServer, cups_server_free)

const char *cups_server_get_socket (CupsServer *self);
const char *cups_server_get_folder (CupsServer *self);      /* the unprivileged user's own */
void cups_server_signal (CupsServer *self, int signal);     /* SIGKILL is waited for */
void cups_server_start (CupsServer *self);                  /* again, with what it has on disk */
void cups_server_forget_jobs (CupsServer *self);            /* while it is down */
void cups_server_set_port (CupsServer *self, guint16 port); /* restarts it, to listen there too */

/**
 * cups_server_run: runs a CUPS tool against this server; fails the test when the tool fails
 */
void cups_server_run (CupsServer *self, const char *const *command);

/**
 * cups_server_set_fault:
 * @fault: (nullable): lines for the fault-backend; %NULL cures what waits
 */
void cups_server_set_fault (CupsServer *self, const char *fault);

/**
 * cups_server_get_printed: Returns: (transfer full) (element-type GBytes): what came out, oldest first
 */
GPtrArray *cups_server_get_printed (CupsServer *self);

/**
 * spawn_unprivileged: Returns: (transfer full): @command, run as another user where the test is root's
 */
GSubprocess *
spawn_unprivileged (const char *const *command, const char *const *environment, const char *log);

/**
 * give_away: makes @path the unprivileged user's where the test is root's
 */
void give_away (const char *path);

/**
 * wait_until: until @condition holds; fails the test after a minute, which a busy machine may come near
 */
void wait_until (gboolean (*condition) (gpointer data), gpointer data);

G_END_DECLS
