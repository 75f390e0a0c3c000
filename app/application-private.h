/* application-private.h: how the visit makes applications and lets answers flow between them. */
#pragma once

#include "app/application.h"
#include "app/known.h"

G_BEGIN_DECLS

/**
 * JnFactRef: an answer of a form that is a fact.
 * @subject: the role, or the dataset where the entity is no person in a role
 * @fresh: asked anew although a register knows it (appearance jn-fresh: the address that a person
 *   moves to); what was said in this visit fills it all the same
 */
typedef struct
{
  char *ref;
  char *subject;
  char *kind;
  char *property;
  gboolean fresh;
} JnFactRef;

/* What the clerk did: refs that changed, the one that was set first. */
typedef void (*JnAnsweredHook) (JnApplication *application, GPtrArray *changed, gpointer data);

/* @filling: taken over. @form and @service are borrowed references that it takes. */
JnApplication *jn_application_new (const char *id,
                                   const JnServiceEntry *entry,
                                   JnForm *form,
                                   JnService *service,
                                   JnFilling *filling);
void jn_application_set_hook (JnApplication *self, JnAnsweredHook hook, gpointer data);
/* For is_known(): where facts come from, and which may come */
void
jn_application_set_known (JnApplication *self, JnKnown *known, JnMayShare may_share, gpointer data);

GPtrArray *jn_application_get_fact_refs (JnApplication *self); /* of JnFactRef */
/* (nullable): the fact that @ref is */
const JnFactRef *jn_application_find_fact (JnApplication *self, const char *ref);
/* Sets without hook and signal: for the flow of facts. Refs that changed are added to @changed. */
gboolean
jn_application_fill (JnApplication *self, const char *ref, const char *value, GPtrArray *changed);
void jn_application_set_facts (JnApplication *self, GBytes *xml, GPtrArray *changed);
void jn_application_set_language (JnApplication *self, const char *language);
/* Announces @refs: "changed", and the draft is to be kept. */
void jn_application_announce (JnApplication *self, GPtrArray *refs);
/* The draft: whether it must be kept, the whole instance, and when it was */
gboolean jn_application_is_unsaved (JnApplication *self);
GBytes *jn_application_save (JnApplication *self);          /* marks it as being saved */
void jn_application_saved (JnApplication *self, gint64 at); /* 0: it failed */

G_END_DECLS
