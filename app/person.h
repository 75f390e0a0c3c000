/* person.h: one person of a visit, in a role: identity document, names, and what is known of them.
 *
 * Facts never cross from one person to another. A person without a number (a newborn, a foreigner)
 * is valid. Immutable but for "changed": the visit replaces what the backend answers. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JnGrade: how far a fact is trusted.
 */
typedef enum
{
  JN_GRADE_A, /* issued by the authority */
  JN_GRADE_B, /* original seen by a clerk */
  JN_GRADE_C, /* uploaded */
  JN_GRADE_D, /* declared */
} JnGrade;

/**
 * JnFact: one thing known of one person.
 * @source: a department ("dsi"), "document" (read from the card here), "clerk" (typed when the person
 *   was identified), or "service:CODE": declared in this visit in the form of that service
 * @as_of: "YYYY-MM-DD"
 */
typedef struct
{
  char *property;
  char *value;
  char *source;
  char *as_of;
  JnGrade grade;
} JnFact;

#define JN_TYPE_PERSON (jn_person_get_type ())
G_DECLARE_FINAL_TYPE (JnPerson, jn_person, JN, PERSON, GObject)

const char *jn_person_get_id (JnPerson *self);       /* UUID, made here */
const char *jn_person_get_role (JnPerson *self);     /* "mother", "child", "applicant" … */
const char *jn_person_get_capacity (JnPerson *self); /* (nullable) "parent", "guardian", "self" … */
gboolean jn_person_is_known (JnPerson *self);        /* whether the registers know the document */

gboolean jn_person_has_document (JnPerson *self);
const char *jn_person_get_document_kind (JnPerson *self); /* (nullable) "bir", "passport" … */
const char *jn_person_get_number (JnPerson *self);        /* (nullable): only where it is needed */
char *jn_person_get_masked_number (JnPerson *self); /* (transfer full): "1·····7(8)"; "" if none */
/* Whether the document itself was read at this counter (scanned), not only typed */
gboolean jn_person_was_read_here (JnPerson *self);
const char *jn_person_get_name_zh (JnPerson *self);    /* (nullable) */
const char *jn_person_get_name_latin (JnPerson *self); /* (nullable) */
/* "CHAN Siu Mei 陳小美"; Chinese first in zh-Hant; "" while nobody knows it. (transfer full) */
char *jn_person_get_display_name (JnPerson *self, const char *language);

const JnFact *jn_person_get_fact (JnPerson *self, const char *property); /* (nullable) */
GPtrArray *jn_person_get_facts (JnPerson *self); /* (transfer none) (element-type JnFact) */

G_END_DECLS
