/* order-form.h: what a ticket is for: services, who goes first, language, companions, a note. */
#pragma once

#include "app/reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JN_TYPE_ORDER_FORM (jn_order_form_get_type ())
G_DECLARE_FINAL_TYPE (JnOrderForm, jn_order_form, JN, ORDER_FORM, GtkBin)

/* Signals: "changed": what the wait depends on is another; "scanned" (char *): a slip, an appointment
 * or a receipt was typed or scanned into the search. */
GtkWidget *jn_order_form_new (JnSession *session, JnReception *reception);

void jn_order_form_clear (JnOrderForm *self);
/* As the ticket is. */
void jn_order_form_load (JnOrderForm *self, JnTicket *ticket);
gboolean jn_order_form_is_empty (JnOrderForm *self);
gboolean jn_order_form_choose_nth (JnOrderForm *self, guint position);
void jn_order_form_next_priority (JnOrderForm *self);
void jn_order_form_next_language (JnOrderForm *self);
/* One more person, with other needs and a number of their own. */
void jn_order_form_add_companion (JnOrderForm *self);
void jn_order_form_grab_search (JnOrderForm *self);
gboolean jn_order_form_take_typed (JnOrderForm *self); /* as jn_service_picker_take_typed () */
void jn_order_form_note_use (JnOrderForm *self);
/* The minutes that each class is put forward, as the reception knows them now. */
void jn_order_form_show_credits (JnOrderForm *self, JnReception *reception);

/* Borrowed until something changes. */
JnTicketOrder jn_order_form_get_order (JnOrderForm *self);
GVariant *jn_order_form_keep (JnOrderForm *self);
void jn_order_form_take (JnOrderForm *self, GVariant *kept);

G_END_DECLS
