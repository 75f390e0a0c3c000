/* flow.h: how an answer reaches the other forms of a visit, and how known facts reach each.
 *
 * Rules: only an answer that fits its question flows; the last one given counts; what a form
 * calculates is a fact only where nobody else said it. Sensitive facts fill no other form; a fact of
 * a register fills a form of its own authority, or any where its sharing is on. */
#pragma once

#include "app/application-private.h"

G_BEGIN_DECLS

typedef struct _JnFlow JnFlow;

/* @today: the day of an answer */
JnFlow *jn_flow_new (const char *today);
void jn_flow_free (JnFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnFlow, jn_flow_free)

/* @vocabulary: (nullable): none: nothing of a register is shared; @demo: what has a basis is on */
void jn_flow_set_policy (JnFlow *flow, JnFacts *vocabulary, gboolean demo);
JnKnown *jn_flow_get_known (JnFlow *flow);

/* instance('facts') for the form of @entry, before the application is made */
GBytes *jn_flow_make_facts (JnFlow *flow, const JnServiceEntry *entry);
/* The same for a life event, which shows nothing: it only reads */
GBytes *jn_flow_make_all_facts (JnFlow *flow);
/* From now on facts flow to and from it; it is filled with what is known. */
void jn_flow_add (JnFlow *flow, JnApplication *application);
void jn_flow_remove (JnFlow *flow, JnApplication *application);
/* A person came, or another one: known facts fill what is blank or was filled from there before. */
void jn_flow_set_person (JnFlow *flow, JnPerson *person);
/* Whether @fact may fill the form of @entry */
gboolean
jn_flow_may_share (JnFlow *flow, const JnServiceEntry *entry, const char *kind, const JnFact *fact);

G_END_DECLS
