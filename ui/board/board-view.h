/* board-view.h: what hangs in the hall: now calling, last calls, who waits; in three languages in
 * turn; and in an emergency, leave. */
#pragma once

#include "app/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_BOARD_VIEW (jn_board_view_get_type ())
G_DECLARE_FINAL_TYPE (JnBoardView, jn_board_view, JN, BOARD_VIEW, GtkBin)

/* @session: open, with the role "board" */
GtkWidget *jn_board_view_new (JnSession *session);
/* Seconds that each language stands; for tests and pictures: the next one now. */
void jn_board_view_turn (JnBoardView *self);

G_END_DECLS
