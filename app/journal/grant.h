/* grant.h: under what a clerk works offline at a terminal: given at each sign-in on line. */
#pragma once

#include <glib.h>
#include "app/command.h"

G_BEGIN_DECLS

typedef struct _JnGrant JnGrant;

/* @answer: of session_open. (nullable): there is none in it */
JnGrant *jn_grant_new (GVariant *answer);
/* Shared with the journal's thread. */
JnGrant *jn_grant_ref (JnGrant *grant);
void jn_grant_unref (JnGrant *grant);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnGrant, jn_grant_unref)

const char *jn_grant_get_login (const JnGrant *grant);
/* The last number of the terminal's own series that the server has seen, 0: none */
gint64 jn_grant_get_last_number (const JnGrant *grant);
gboolean jn_grant_is_valid (const JnGrant *grant);
/* "07-T07-000031" */
char *jn_grant_format_number (const JnGrant *grant, gint64 number);

/**
 * jn_grant_make_record:
 * @number: (nullable)
 * @mac: (out) (transfer full): lower-case hex HMAC-SHA-256 of the text under the grant's secret
 *
 * The record of assets/docs/backend.md `replay`, as the text that is signed. (transfer full)
 */
char *
jn_grant_make_record (const JnGrant *grant, JnCommand *command, const char *number, char **mac);

G_END_DECLS
