/* person-private.h: how the visit makes persons; nobody else does. */
#pragma once

#include "app/person.h"

G_BEGIN_DECLS

JnFact *jn_fact_new (
    const char *property, const char *value, const char *source, const char *as_of, JnGrade grade);
void jn_fact_free (JnFact *fact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnFact, jn_fact_free)

/* @document, @number: (nullable) */
JnPerson *jn_person_new (const char *id,
                         const char *role,
                         const char *capacity,
                         const char *document,
                         const char *number);
/* @answer: a PERSON of assets/docs/backend.md */
JnPerson *jn_person_new_from_answer (GVariant *answer);
/* Takes @fact over; it replaces what was known of its property. */
void jn_person_take_fact (JnPerson *self, JnFact *fact);
void jn_person_set_read_here (JnPerson *self);
void jn_person_set_names (JnPerson *self, const char *zh, const char *latin);

G_END_DECLS
