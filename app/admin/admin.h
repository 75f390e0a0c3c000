/* admin.h: what the subcommands of janela-admin share: options, the line to the backend, output. */
#pragma once

#include "app/backend.h"

G_BEGIN_DECLS

/**
 * JnAdmin: the options that stand before the subcommand. Owned by main ().
 * @dsn: --dsn, else JANELA_DSN: a libpq connection string without password
 * @login: --login: the role; default: the one in @dsn
 * @password: from --password-file, or NULL
 */
typedef struct
{
  char *dsn;
  char *login;
  char *password;
  JnBackend *backend; /* (nullable) until jn_admin_connect () */
} JnAdmin;

/* Exit statuses of the command line (DESIGN section 9). */
enum
{
  JN_EXIT_OK = 0,
  JN_EXIT_FOUND = 1, /* not genuine, findings, refused */
  JN_EXIT_USAGE = 2,
};

/* The first line of a file. */
gboolean jn_admin_read_password (const char *path, char **password, GError **error);

/* Signs in and waits for it. Everything below waits too: a command line has nothing else to do. */
gboolean jn_admin_connect (JnAdmin *admin, GError **error);
GVariant *jn_admin_run (JnAdmin *admin, const char *command, GVariant *args, GError **error);
GVariant *jn_admin_ask (JnAdmin *admin, const char *query, GVariant *args, GError **error);
char *jn_admin_put_blob (JnAdmin *admin, GBytes *blob, GError **error);
GBytes *jn_admin_get_blob (JnAdmin *admin, const char *hash, GError **error);

/* A public key as hexadecimal digits or base64url; @key: 32 bytes */
gboolean jn_admin_read_public_key (const char *text, guint8 *key, GError **error);

/* Prints "janela-admin: …" on standard error. Returns: the exit status given */
int jn_admin_fail (int status, const char *format, ...) G_GNUC_PRINTF (2, 3);
int jn_admin_usage (const char *usage);

/* The subcommands: argv[0] is the subcommand's own name. */
int jn_admin_serve (JnAdmin *admin, int argc, char **argv);
int jn_admin_migrate (JnAdmin *admin, int argc, char **argv);
int jn_admin_catalogue (JnAdmin *admin, int argc, char **argv);
int jn_admin_receipt (JnAdmin *admin, int argc, char **argv);
int jn_admin_keys (JnAdmin *admin, int argc, char **argv);
int jn_admin_terminal (JnAdmin *admin, int argc, char **argv);
int jn_admin_audit (JnAdmin *admin, int argc, char **argv);
int jn_admin_staff (JnAdmin *admin, int argc, char **argv);
int jn_admin_printers (JnAdmin *admin, int argc, char **argv);
int jn_admin_reconcile (JnAdmin *admin, int argc, char **argv);
int jn_admin_rebuild (JnAdmin *admin, int argc, char **argv);
int jn_admin_demo (JnAdmin *admin, int argc, char **argv);

G_END_DECLS
