/* slot-picker.h: the half hours of the next days in which something is free. */
#pragma once

#include "app/appointments.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_SLOT_PICKER (jn_slot_picker_get_type ())
G_DECLARE_FINAL_TYPE (JnSlotPicker, jn_slot_picker, JN, SLOT_PICKER, GtkBin)

/* Signal "changed": another half hour, or none. */
GtkWidget *jn_slot_picker_new (JnSession *session);
/* @days: (nullable): of JnSlotDay; NULL: nothing is asked yet */
void jn_slot_picker_set_days (JnSlotPicker *self, GPtrArray *days);
gint64 jn_slot_picker_get_at (JnSlotPicker *self); /* Unix seconds; 0: none is chosen */

G_END_DECLS
