/* form-view.h: one application's form: its groups as cards, its questions as fields.
 *
 * Only what a change reaches is touched: the application says which nodes those are. */
#pragma once

#include <gtk/gtk.h>
#include "app/visit.h"

G_BEGIN_DECLS

#define JN_TYPE_FORM_VIEW (jn_form_view_get_type ())
G_DECLARE_FINAL_TYPE (JnFormView, jn_form_view, JN, FORM_VIEW, GtkBox)

/* Signal "filled" (): Enter was pressed and no question is open any more. "errors-changed" (): which errors are on the screen. @visit: names the sources. */
GtkWidget *jn_form_view_new (JnVisit *visit, JnApplication *application);
JnApplication *jn_form_view_get_application (JnFormView *self);

/* Puts the focus there, unfolding what is folded; FALSE: no such field is asked now. */
gboolean jn_form_view_focus (JnFormView *self, const char *ref);
void jn_form_view_focus_first (JnFormView *self);
/* Shows or folds the known answers of all cards. */
void jn_form_view_toggle_known (JnFormView *self);
/* From now on every error is shown, also of what was never touched. */
void jn_form_view_reveal (JnFormView *self);
guint jn_form_view_count_errors (JnFormView *self);
/* (nullable): what stands above the field, and the error below it */
const char *jn_form_view_get_label (JnFormView *self, const char *ref);
/* (nullable): the heading of the card that it stands on */
const char *jn_form_view_get_section (JnFormView *self, const char *ref);
const char *jn_form_view_get_error (JnFormView *self, const char *ref);

G_END_DECLS
