/* entry.h: a line with somebody signed in on it: connect, hello, session, LISTEN, in this order. */
#pragma once

#include "app/postgres/line.h"

G_BEGIN_DECLS

/* Who enters where; strings are copied. Without @terminal no session is opened. */
typedef struct
{
  const char *terminal;   /* (nullable) */
  int counter;            /* 0: none */
  const char *public_key; /* (nullable): the terminal's, hex */
} JnPlace;

/* What came of it. */
typedef struct
{
  GVariant *answer;  /* session_open's; hello's where there is no terminal */
  gint64 clock_lead; /* the server's: app/clock.h */
  char *session;     /* (nullable) */
  char *snapshot;    /* (nullable): what api.changes begins with */
} JnEntry;

void jn_entry_free (JnEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnEntry, jn_entry_free)

/* @line: not opened yet. Errors: of opening; DENIED `not-staff`, CONFLICT `counter-taken`, OUTDATED. */
void jn_entry_enter_async (JnLine *line,
                           const JnPlace *place,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
JnEntry *jn_entry_enter_finish (JnLine *line, GAsyncResult *result, GError **error);

/* The one value of an answer, as a dictionary; the error is FAILED "answer" when it is none. */
GVariant *jn_entry_read (const PGresult *answer, GError **error);

G_END_DECLS
