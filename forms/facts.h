/* facts.h: the vocabulary of facts: which are known of whom, who holds them, who may share them
 * (forms/facts.xml, forms/VOCABULARY.md section 4). */
#pragma once

#include "forms/form.h"
#include "forms/names.h"

G_BEGIN_DECLS

typedef struct _JnFacts JnFacts;

typedef enum
{
  JN_SENSITIVE_NONE,
  JN_SENSITIVE_HEALTH,
  JN_SENSITIVE_CONVICTION,
  JN_SENSITIVE_HARDSHIP,
} JnSensitive;

/**
 * JnProperty: one kind of fact. Owned by the vocabulary.
 * @subject: the kind of subject, "person"
 * @type: an ODK type
 * @authority: (nullable): the department that holds it
 * @basis: (nullable): "law", "permission" or "consent"; %NULL: it fills only its authority's forms
 * @reference: (nullable): the law, or the permission's number
 * @with: (nullable): codes of the departments it is shared with; %NULL: all
 * @on: whether sharing is on without a setting
 */
typedef struct
{
  const char *subject;
  const char *name;
  const char *type;
  const char *authority;
  JnNames labels;
  JnSensitive sensitive;
  const char *basis;
  const char *reference;
  const char *const *with;
  gboolean on;
} JnProperty;

/* Errors: %JN_FORM_ERROR_SYNTAX with the line. */
JnFacts *jn_facts_new_from_bytes (GBytes *xml, GError **error);
JnFacts *jn_facts_ref (JnFacts *facts);
void jn_facts_unref (JnFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnFacts, jn_facts_unref)

/* (nullable) */
const JnProperty *jn_facts_find (const JnFacts *facts, const char *subject, const char *property);
/* (transfer none) (element-type JnProperty): in the file's order */
GPtrArray *jn_facts_get_properties (const JnFacts *facts);

/**
 * jn_property_may_fill:
 * @department: whose form is to be filled
 * @sharing_on: whether the sharing rules are in force (the demonstration, or a setting)
 *
 * A sensitive fact never fills another department's form, whatever its rule says (DESIGN section 4).
 */
gboolean
jn_property_may_fill (const JnProperty *property, const char *department, gboolean sharing_on);

G_END_DECLS
