/* pause-strip.h: whether the counter is open, and the way to a pause and back. */
#pragma once

#include "app/queue.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_PAUSE_STRIP (jn_pause_strip_get_type ())
G_DECLARE_FINAL_TYPE (JnPauseStrip, jn_pause_strip, JN, PAUSE_STRIP, GtkBin)

/* @slot: where its question appears. Signals: "problem" (const GError *): a change was refused; "day-closes" (): the
 * counter is closed, and its clerk wants the day's papers. */
GtkWidget *jn_pause_strip_new (JnSession *session, JnQueue *queue, GtkWidget *slot);
void jn_pause_strip_refresh (JnPauseStrip *self);
/* Asks which pause; opens the counter where there is one. */
void jn_pause_strip_toggle (JnPauseStrip *self);

/* "break" → "break", in the clerk's language */
const char *jn_pause_words (const char *state);

G_END_DECLS
