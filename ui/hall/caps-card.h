/* caps-card.h: how many numbers a day may bring, of the branch and of services, set and taken away here. */
#pragma once

#include "app/hall.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_CAPS_CARD (jn_caps_card_get_type ())
G_DECLARE_FINAL_TYPE (JnCapsCard, jn_caps_card, JN, CAPS_CARD, GtkBin)

/* @page says what went wrong; not owned. @slot: where questions appear. */
GtkWidget *jn_caps_card_new (JnPage *page, JnSession *session, JnHall *hall, GtkWidget *slot);

G_END_DECLS
