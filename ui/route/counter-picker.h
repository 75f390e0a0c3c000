/* counter-picker.h: one of the counters where somebody works: found by its number, zone, clerk or work. */
#pragma once

#include "app/counters.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_COUNTER_PICKER (jn_counter_picker_get_type ())
G_DECLARE_FINAL_TYPE (JnCounterPicker, jn_counter_picker, JN, COUNTER_PICKER, GtkBin)

/* @services: (nullable): of the ticket; the list says how much of it each counter can serve. The own
 * counter is not offered. */
GtkWidget *jn_counter_picker_new (JnSession *session, const char *const *services);
/* (transfer none) (nullable): what is chosen */
const JnCounterEntry *jn_counter_picker_get_chosen (JnCounterPicker *self);
void jn_counter_picker_grab_search (JnCounterPicker *self);

G_END_DECLS
