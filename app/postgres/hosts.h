/* hosts.h: a conninfo taken apart: one set of connection parameters a host.
 *
 * PQconnectPoll ignores connect_timeout and never goes on to the next host by itself
 * (research: verified with libpq 15), so hosts are tried one by one, each with a timer of ours. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _JnHosts JnHosts;

/* @dsn: a conninfo string or URI; "" means the default socket. REJECTED "dsn" when it is wrong.
 * Off the unix socket, what the dsn leaves open is TLS with verify-full and channel binding. */
JnHosts *jn_hosts_new (const char *dsn, const char *login, const char *password, GError **error);
JnHosts *jn_hosts_ref (JnHosts *hosts);
void jn_hosts_unref (JnHosts *hosts); /* wipes the password */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnHosts, jn_hosts_unref)

guint jn_hosts_count (const JnHosts *hosts);
/* (nullable): the name to be looked up before connecting; NULL for sockets and addresses. */
const char *jn_hosts_name (const JnHosts *hosts, guint i);
/* Parameters for PQconnectStartParams: NULL-terminated, the strings borrowed from @hosts and
 * @address. @address: (nullable): what the name was found to be. */
void jn_hosts_params (
    const JnHosts *hosts, guint i, const char *address, GPtrArray *keywords, GPtrArray *values);

G_END_DECLS
