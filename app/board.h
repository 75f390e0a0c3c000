/* board.h: what hangs in the hall: who is called to which counter. No personal data comes here. */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* JnBoardCall: one number that is or was called; strings and variants live until the next change. */
typedef struct
{
  const char *number;
  int counter;
  const char *zone;     /* (nullable): its code */
  GVariant *zone_names; /* (nullable): by language */
  gint64 called;        /* Unix seconds of the last call */
  guint recalls;
} JnBoardCall;

typedef struct
{
  const char *code;
  GVariant *names; /* (nullable): by language */
  guint waiting;
  gint64 p50; /* seconds that the last hour's waited; -1: not known */
} JnBoardGroup;

#define JN_TYPE_BOARD (jn_board_get_type ())
G_DECLARE_FINAL_TYPE (JnBoard, jn_board, JN, BOARD, GObject)

/* Signals "changed" (): anything is new; "called" (const JnBoardCall *): a number was called or
 * called again since the last look: for the chime and the voice. The first look calls nobody. */
JnBoard *jn_board_new (JnSession *session);

guint jn_board_get_n_calling (JnBoard *self); /* called, and not yet at the desk; newest first */
const JnBoardCall *jn_board_get_calling (JnBoard *self, guint i);
guint jn_board_get_n_last (JnBoard *self); /* who is at a desk, newest first, at most 8 */
const JnBoardCall *jn_board_get_last (JnBoard *self, guint i);
guint jn_board_get_n_groups (JnBoard *self);
const JnBoardGroup *jn_board_get_group (JnBoard *self, guint i);
gint64 jn_board_get_emergency (JnBoard *self); /* Unix seconds since when; 0: none */

void jn_board_refresh_async (JnBoard *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean jn_board_refresh_finish (JnBoard *self, GAsyncResult *result, GError **error);

G_END_DECLS
