/* counters.h: who works where now: the counters to which somebody can be sent on. */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

typedef struct
{
  int number;
  GVariant *zone_names; /* (nullable): by language */
  char *login;
  GVariant *clerk; /* (nullable): {zh, latin} */
  char *state;     /* "open", "break", "back-office", "closed" */
  char *profile;
  GVariant *profile_names; /* (nullable): by language */
  gboolean own;            /* it is this counter */
  gboolean busy;           /* somebody is called there, or at the desk */
  guint n_services;        /* of those that were asked for, how many can be served there */
  gboolean whole;          /* all of them */
} JnCounterEntry;

void jn_counter_entry_free (JnCounterEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnCounterEntry, jn_counter_entry_free)

/**
 * jn_counters_list_async:
 * @services: (nullable): of the ticket that goes on
 *
 * Answers with (transfer full) an array of JnCounterEntry: who can serve all of it first, then who is
 * open. A counter without a clerk is not among them.
 */
void jn_counters_list_async (JnSession *session,
                             const char *const *services,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *jn_counters_list_finish (JnSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
