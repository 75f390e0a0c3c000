/* chime.h: what the hall hears: a chime, and where the settings want it the number, spoken. Without a
 * sound card, a sound theme or speech-dispatcher it stays silent, and the board goes on. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JN_TYPE_CHIME (jn_chime_get_type ())
G_DECLARE_FINAL_TYPE (JnChime, jn_chime, JN, CHIME, GObject)

JnChime *jn_chime_new (void);
void jn_chime_play (JnChime *self);
/* @words in @language ("zh-Hant", "pt", "en"), after what was said before. */
void jn_chime_speak (JnChime *self, const char *language, const char *words);

G_END_DECLS
