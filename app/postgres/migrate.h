/* migrate.h: brings a database's schema up to date.
 *
 * app/postgres/schema/NNN-name.sql make tables, types, policies and what these stand on: each is
 * applied once, in order, and never changes afterwards. app/postgres/schema/functions/name.sql hold
 * the functions: they are applied again, all changed ones at once, whenever they changed. Where a
 * function's signature changes, its file drops the old one first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * jn_migrate:
 * @dsn: a libpq conninfo of the database's owner: a superuser, or who may make roles
 * @folder: (nullable): where NNN-name.sql are; NULL: jn_migrate_folder ()
 * @n_applied: (out) (optional): how many files were new or changed
 *
 * Applies what is missing: each numbered file in a transaction of its own together with its line in
 * desk.migration (number, name, SHA-256, time), then the functions in one transaction with theirs in
 * desk.function_file. Blocking. One migration runs at a time.
 *
 * Errors: %JN_BACKEND_ERROR_OFFLINE when there is no connection; %JN_BACKEND_ERROR_CONFLICT
 * "migration-changed" or "migration-missing" when history is not what the database says;
 * %JN_BACKEND_ERROR_FAILED "migration-failed", with "file" and "message" in its arguments.
 */
gboolean jn_migrate (const char *dsn, const char *folder, guint *n_applied, GError **error);

/* Let the database say of itself that it is a demonstration: what is invented may be loaded. */
gboolean jn_migrate_mark_demo (const char *dsn, GError **error);

/* $JANELA_SCHEMA, else the source tree that this program was built in, else the installed one.
 * (transfer full) */
char *jn_migrate_folder (void);

G_END_DECLS
