/* command.h: what is asked of the backend: a command changes something, a query reads.
 *
 * A command carries a key made here (UUIDv7) and the time when it happened; the same key sent again
 * gets the first answer, so a retry is harmless. Arguments are a{sv}: strings, int64, booleans,
 * doubles, nested a{sv} and av; they travel as JSON. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _JnCommand JnCommand;
typedef struct _JnQuery JnQuery;

/* @args: (nullable): a{sv}, sunk if floating. @name: the function in api, "ticket_call_next". */
JnCommand *jn_command_new (const char *name, GVariant *args);
/* As it was: from the journal, with its own key and time. */
JnCommand *
jn_command_new_full (const char *name, GVariant *args, const char *key, gint64 happened_at_us);
JnCommand *jn_command_ref (JnCommand *command);
void jn_command_unref (JnCommand *command);
const char *jn_command_get_name (const JnCommand *command);
const char *jn_command_get_key (const JnCommand *command);
gint64
jn_command_get_happened_at (const JnCommand *command);    /* µs since 1970, this machine's clock */
GVariant *jn_command_get_args (const JnCommand *command); /* (transfer none) */
/* Whether it may be kept and sent later (visit_submit, print …); calling a ticket may not. */
void jn_command_set_deferrable (JnCommand *command, gboolean deferrable);
gboolean jn_command_is_deferrable (const JnCommand *command);
/* Whether it may be kept, too, when its answer was lost: it was perhaps done, and nobody needs the answer; when it comes again,
 * behind later ones, it takes nothing of theirs back (a receipt's seal, the end of a print). */
void jn_command_set_repeatable (JnCommand *command, gboolean repeatable);
gboolean jn_command_is_repeatable (const JnCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnCommand, jn_command_unref)

JnQuery *jn_query_new (const char *name, GVariant *args);
JnQuery *jn_query_ref (JnQuery *query);
void jn_query_unref (JnQuery *query);
const char *jn_query_get_name (const JnQuery *query);
GVariant *jn_query_get_args (const JnQuery *query); /* (transfer none) */
/* Whether a kept answer may serve while the line is down (catalogue, calendar, profile). */
void jn_query_set_cacheable (JnQuery *query, gboolean cacheable);
gboolean jn_query_is_cacheable (const JnQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnQuery, jn_query_unref)

G_END_DECLS
