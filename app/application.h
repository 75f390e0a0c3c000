/* application.h: one service asked for in a visit: its form, the answers, and where they came from.
 *
 * An answer that is a fact of a person flows on to the other applications of the visit at once: a
 * question is asked once. The draft is kept in the backend half a second after the last change. */
#pragma once

#include "app/catalogue.h"
#include "app/person.h"
#include "forms/filling.h"

G_BEGIN_DECLS

/**
 * JnAnswer: what is answered, as people read it.
 * @section: the group's label; "" outside a group
 * @value: as shown: a choice's label, a date as DD/MM/YYYY, money in patacas
 * @source: (nullable): for what was not typed here: as in JnFact
 * @statement: @label is a sentence that was agreed to; @value says nothing more
 */
typedef struct
{
  char *ref;
  char *section;
  char *label;
  char *value;
  char *source;
  char *as_of;
  JnGrade grade;
  gboolean statement;
} JnAnswer;

#define JN_TYPE_APPLICATION (jn_application_get_type ())
G_DECLARE_FINAL_TYPE (JnApplication, jn_application, JN, APPLICATION, GObject)

/* Signal "changed" (GPtrArray *refs): state of these nodes changed, by an answer here, by a fact from
 * another application, by a new language; refs that no longer exist are among them. Property (notified):
 * "complete" (boolean), "saved-at" (int64: when the draft was last kept). */
const char *jn_application_get_id (JnApplication *self);
const JnServiceEntry *jn_application_get_entry (JnApplication *self);
const JnService *jn_application_get_service (JnApplication *self); /* forms/service.h */
JnForm *jn_application_get_form (JnApplication *self);
/* To read: never set a value in it by yourself. */
JnFilling *jn_application_get_filling (JnApplication *self);
const char *jn_application_get_title (JnApplication *self, const char *language);
const char *jn_application_get_department (JnApplication *self);

/**
 * jn_application_set:
 *
 * An answer by the clerk. Text that does not fit the type is kept and is no error. "changed" is
 * emitted here and on every other application that the answer reaches.
 * Errors: JN_FORM_ERROR NOT_FOUND, REJECTED, LIMIT.
 */
gboolean
jn_application_set (JnApplication *self, const char *ref, const char *value, GError **error);
gboolean jn_application_add (JnApplication *self, const char *ref, GError **error);
gboolean jn_application_remove (JnApplication *self, const char *ref, GError **error);

/* Whether the answer at @ref was known and not typed here; such answers are folded away. A clerk who
 * changes one makes it an answer of this form. @fact: (out) (optional) (transfer none) */
gboolean jn_application_is_known (JnApplication *self, const char *ref, const JnFact **fact);
/* (transfer full) (element-type JnAnswer): the known ones under @prefix (%NULL: all), visible or not */
GPtrArray *jn_application_list_known (JnApplication *self, const char *prefix);
/* (transfer full) (element-type JnAnswer): all that has a value, in @language, for the review */
GPtrArray *jn_application_list_answers (JnApplication *self, const char *language);

/* Questions that need an answer, and how many have a good one */
void jn_application_get_progress (JnApplication *self, guint *answered, guint *asked);
gboolean jn_application_is_complete (JnApplication *self);
gint64 jn_application_get_saved_at (JnApplication *self); /* Unix seconds; 0: not yet */

G_END_DECLS
