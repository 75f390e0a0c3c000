/* server.h: a test's own database with two small branches (fixture.sql), and calls that wait. */
#pragma once

#include "app/backend.h"
#include "tests/app/value.h"

G_BEGIN_DECLS

/* Loads the fixture once a program; every test of the program shares the database. */
PGconn *server_owner (void);
const char *server_dsn (void);
/* "ana" → "ana.<database>" (transfer full) */
char *server_login (const char *name);

/* Runs the file at @path, as seen from the top. */
void server_read (const char *path);

/* Spins the main loop until *@done, at most a minute. */
void server_wait (gboolean *done);

/* As the pairs of JnBackend, waiting; @dict is sunk. */
GVariant *server_sign_in (
    JnBackend *backend, const char *name, const char *terminal, int counter, GError **error);
GVariant *server_sign_in_as (JnBackend *backend, const JnCredentials *credentials, GError **error);
void server_sign_out (JnBackend *backend);
GVariant *server_run (JnBackend *backend, const char *command, GVariant *dict, GError **error);
GVariant *server_run_command (JnBackend *backend, JnCommand *command, GError **error);
GVariant *server_ask (JnBackend *backend, const char *query, GVariant *dict, GError **error);

/* A call that goes on while the test does something else: waited for with server_wait (&call.done). */
typedef struct
{
  gboolean done;
  GVariant *answer;
  GError *error;
} ServerCall;
void server_ran_cb (GObject *source, GAsyncResult *result, gpointer call);

/* A ticket for a birth of three services: its id. (transfer full) */
char *server_issue (JnBackend *backend);
/* Issues, calls and receives a ticket: the visit's id. (transfer full) */
char *server_begin_visit (JnBackend *backend);
/* Arguments of visit_submit for a birth of three services (test.submission). */
GVariant *server_submission (const char *visit);

G_END_DECLS
