/* field.h: one question of a form: label above, control, hint, and the error below it in words.
 *
 * The base of all kinds. A field shows a node's state and says what was typed; it knows nothing of
 * fillings. Each kind is a file of its own, field-<kind>.c. */
#pragma once

#include <gtk/gtk.h>
#include "forms/filling.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD (jn_field_get_type ())
G_DECLARE_DERIVABLE_TYPE (JnField, jn_field, JN, FIELD, GtkBox)

/**
 * JnFieldClass:
 * @show: puts the node's value into the control, without saying that it was answered. What is being
 *   typed at this moment is left alone (jn_field_is_typing()).
 * @focus: puts the focus into the control
 *
 * Signals: "answered" (const char *value): on every change of the control; "left": the focus went
 * away from it; "entered": Enter was pressed in it, the next question may come; "attach" (GFile): a file was chosen, and its name is to become the answer.
 */
struct _JnFieldClass
{
  GtkBoxClass parent_class;

  void (*show) (JnField *self, const JnNodeState *state);
  void (*focus) (JnField *self);
};

/* Whether it is asked now and its answer is wrong or lacking; @must FALSE: also where nobody needs an
 * answer, and nobody has passed it over yet. */
gboolean jn_field_is_open (JnField *self, gboolean must);

/* The kind that suits the control, the node's type and the appearance. */
GtkWidget *jn_field_new (const JnControl *control, const JnNodeState *state);

const char *jn_field_get_ref (JnField *self);
const JnControl *jn_field_get_control (JnField *self); /* of the form */
/* Whether it takes a whole row: w2 and more, or a kind that needs it. */
gboolean jn_field_is_wide (JnField *self);

void jn_field_update (JnField *self, const JnNodeState *state);
/* Where a known answer comes from; NULL: it does not. */
void jn_field_set_source (JnField *self, const char *words, const char *grade);
/* Errors are shown once the field was left, or when the form is to be sent. */
void jn_field_reveal (JnField *self);
/* (transfer none) (nullable): the error that is on the screen */
const char *jn_field_get_error (JnField *self);
/* An error that the control itself found ("choose from the list"); NULL takes it away. */
void jn_field_complain (JnField *self, const char *words);
void jn_field_focus (JnField *self);
const char *jn_field_get_label (JnField *self);

/* For kinds */
void jn_field_set_widget (JnField *self, GtkWidget *widget, GtkWidget *focusable);
void jn_field_answer (JnField *self, const char *value);
gboolean jn_field_is_typing (JnField *self);
/* Enter in @widget, which has the keyboard, is "entered"; never while a word is composed. */
void jn_field_watch_enter (JnField *self, GtkWidget *widget);
gboolean jn_field_has_appearance (JnField *self, const char *word);
/* Shows the last state again, in its proper form, once nobody types any more. */
void jn_field_settle (JnField *self);

G_END_DECLS
