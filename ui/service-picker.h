/* service-picker.h: what a citizen came for: a life event or services, found by a search or among the
 * most common ones. */
#pragma once

#include <gtk/gtk.h>

#include "app/catalogue.h"

G_BEGIN_DECLS

#define JN_TYPE_SERVICE_PICKER (jn_service_picker_get_type ())
G_DECLARE_FINAL_TYPE (JnServicePicker, jn_service_picker, JN, SERVICE_PICKER, GtkBin)

/* Signals: "changed": something else is chosen; "scanned" (char *): a slip, an appointment or a
 * receipt was scanned or typed instead of a service's name. The first nine common ones carry
 * numbers: see jn_service_picker_choose_nth (). */
GtkWidget *jn_service_picker_new (JnCatalogue *catalogue);

/* Without the common ones, its search called @label: for one more person. */
GtkWidget *jn_service_picker_new_small (JnCatalogue *catalogue, const char *label);
/* Only a search for services, called @label: what is chosen is "changed", and for the caller to take. */
GtkWidget *jn_service_picker_new_search (JnCatalogue *catalogue, const char *label);

void jn_service_picker_clear (JnServicePicker *self);
void jn_service_picker_set_event (JnServicePicker *self, const char *event);
void jn_service_picker_add (JnServicePicker *self, const char *service);
/* The common one at @position, from 1; FALSE: there is none */
gboolean jn_service_picker_choose_nth (JnServicePicker *self, guint position);
/* What was typed and not chosen yet is taken as Enter takes it; FALSE: nothing was typed. */
gboolean jn_service_picker_take_typed (JnServicePicker *self);
/* What stands above the field. */
void jn_service_picker_set_hint (JnServicePicker *self, const char *hint);
void jn_service_picker_grab_search (JnServicePicker *self);

gboolean jn_service_picker_is_empty (JnServicePicker *self);
const char *jn_service_picker_get_event (JnServicePicker *self); /* (nullable) */
/* Ended by NULL; services that were added, beside those that the event brings with it. */
const char *const *jn_service_picker_get_services (JnServicePicker *self);
/* Notes what was chosen, so that it is among the common ones later. */
void jn_service_picker_note_use (JnServicePicker *self);
/* (transfer full) (nullable) and back: for a page that is built again in another language */
GVariant *jn_service_picker_keep (JnServicePicker *self);
void jn_service_picker_take (JnServicePicker *self, GVariant *kept);

G_END_DECLS
