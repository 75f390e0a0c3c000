/* wait-card.h: what a citizen is told before a number is issued: how long, how many before him, and
 * what is not possible today. */
#pragma once

#include "app/reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_WAIT_CARD (jn_wait_card_get_type ())
G_DECLARE_FINAL_TYPE (JnWaitCard, jn_wait_card, JN, WAIT_CARD, GtkBin)

GtkWidget *jn_wait_card_new (JnSession *session, JnReception *reception);
/* @estimate: (nullable): NULL: nothing is chosen */
void jn_wait_card_set (JnWaitCard *self, const JnEstimate *estimate);

/* "12 – 25 min", in @language; "" where no open counter can take it. (transfer full) */
char *jn_wait_words (const JnEstimate *estimate, const char *language);

G_END_DECLS
