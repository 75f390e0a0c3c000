/* nav.h: the left edge between visits: the places that this person may go to. */
#pragma once

#include "ui/places.h"

G_BEGIN_DECLS

#define JN_TYPE_NAV (jn_nav_get_type ())
G_DECLARE_FINAL_TYPE (JnNav, jn_nav, JN, NAV, GtkBin)

/* Signal "go" (int): a place was chosen. */

/* Lists the places of the table that are open; NULL empties it. */
void jn_nav_set_parts (JnNav *self, const JnPlaceParts *parts);
void jn_nav_set_place (JnNav *self, JnPlace place);
void jn_nav_set_narrow (JnNav *self, gboolean narrow);
/* How many it lists; one place is no choice. */
guint jn_nav_get_length (JnNav *self);
/* The one at that position, from 1; JN_N_PLACES: there is none. */
JnPlace jn_nav_get_nth (JnNav *self, guint position);

G_END_DECLS
