/* form-card.h: one card of a form: its heading, what is known and folded away, its fields in columns. */
#pragma once

#include "app/visit.h"
#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FORM_CARD (jn_form_card_get_type ())
G_DECLARE_FINAL_TYPE (JnFormCard, jn_form_card, JN, FORM_CARD, GtkBox)

/* Signal "toggled" (): known answers are to be shown, or folded again. */

/* @ref: (nullable): the group's node; @heading: (nullable) */
GtkWidget *jn_form_card_new (const char *ref, const char *heading);
const char *jn_form_card_get_heading (JnFormCard *self); /* (nullable) */

void jn_form_card_add_field (JnFormCard *self, JnField *field);
/* Something over the whole width that is no field. */
void jn_form_card_add_line (JnFormCard *self, GtkWidget *line);
/* A heading for the fields that are added until it is closed: it stands while one of them is on the screen.
 * Returns: what to close it by */
guint jn_form_card_open_heading (JnFormCard *self, const char *text);
void jn_form_card_close_heading (JnFormCard *self, guint heading);
/* The card stands even while none of its fields does: something can be added to it. */
void jn_form_card_keep (JnFormCard *self);
/* (transfer none): of JnField, in order */
GPtrArray *jn_form_card_get_fields (JnFormCard *self);

/* After its fields were shown or hidden: the fold, the headings and the card itself.
 * @visit: (nullable): names the sources */
void jn_form_card_refresh (JnFormCard *self,
                           JnApplication *application,
                           JnVisit *visit,
                           gboolean unfolded);

G_END_DECLS
