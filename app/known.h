/* known.h: what is known in a visit of each subject: facts of the registers, and answers given here.
 *
 * A subject is a role ("mother") or, for what is no person, a dataset ("birth"). Two roles of one
 * person (same document) share their facts; facts never cross from one person to another. An answer
 * given in this visit stands before what a register says; taken back, the register counts again. */
#pragma once

#include "app/person.h"

G_BEGIN_DECLS

typedef struct _JnKnown JnKnown;

JnKnown *jn_known_new (void);
void jn_known_free (JnKnown *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnKnown, jn_known_free)

/* The person in @person's role; what was declared of another one in that role is forgotten. */
void jn_known_set_person (JnKnown *known, JnPerson *person);

/* (transfer none) (nullable) */
JnPerson *jn_known_get_person (JnKnown *known, const char *role);

/* Whether two roles are one person's */
gboolean jn_known_is_same (JnKnown *known, const char *subject, const char *other);

/**
 * jn_known_find:
 * @except: (nullable): a service: what was declared there does not count
 *
 * Returns: (transfer none) (nullable)
 */
const JnFact *
jn_known_find (JnKnown *known, const char *subject, const char *property, const char *except);

/* @value: NULL or "": @service takes back what it declared. Returns: whether anything changed */
gboolean jn_known_declare (JnKnown *known,
                           const char *subject,
                           const char *kind,
                           const char *property,
                           const char *value,
                           const char *service,
                           const char *day);
/* A service left the visit: all that it declared is gone. */
void jn_known_withdraw (JnKnown *known, const char *service);

/* The id of a new entity, made by the form of @service, so that later forms update the same one. */
void jn_known_set_entity (
    JnKnown *known, const char *subject, const char *kind, const char *service, const char *id);

/* Whether a fact may fill a form of @service; @data as given to jn_known_to_xml () */
typedef gboolean (*JnMayShare) (const char *kind, const JnFact *fact, gpointer data);

/**
 * jn_known_to_xml:
 * @service: whose own answers are left out
 *
 * instance('facts') of a filling: root/item with subject, kind, id, version and one element a
 * property (forms/VOCABULARY.md section 1). Returns: (transfer full)
 */
GBytes *jn_known_to_xml (JnKnown *known, const char *service, JnMayShare may_share, gpointer data);

G_END_DECLS
