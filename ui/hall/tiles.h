/* tiles.h: the figures of the hall now, large: each a button to the tickets behind it. */
#pragma once

#include "app/hall.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_HALL_TILES (jn_hall_tiles_get_type ())
G_DECLARE_FINAL_TYPE (JnHallTiles, jn_hall_tiles, JN, HALL_TILES, GtkBin)

/* Signal "figure" (const char *figure): what was pressed, as for jn_hall_list_tickets_async (), or
 * "open": the counters. It shows what the hall says at its next "changed". */
GtkWidget *jn_hall_tiles_new (JnHall *hall);
void jn_hall_tiles_grab (JnHallTiles *self); /* the keyboard to the first */

G_END_DECLS
