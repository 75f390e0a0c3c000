/* bundle.h: which services a life event brings, in which order, and which the clerk chose.
 *
 * Relevance, needs and deadlines are the event file's (forms/VOCABULARY.md section 3), read against
 * the facts of the visit. A need is met by a result of this visit, by a fact already held or by a
 * paper shown; it never forces a service that the person already has. */
#pragma once

#include "app/catalogue.h"
#include "app/flow.h"
#include "app/visit.h"

G_BEGIN_DECLS

typedef struct _JnBundle JnBundle;

JnBundle *jn_bundle_new (void);
void jn_bundle_free (JnBundle *bundle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnBundle, jn_bundle_free)

/* @event: (nullable) (transfer full) */
void jn_bundle_set_event (JnBundle *bundle, JnEvent *event);
/* The clerk's or the ticket's word on a service; it stands before what the event proposes. */
void jn_bundle_choose (JnBundle *bundle, const char *service, gboolean chosen);
/* The ticket names what is wanted: what its event proposes beside is not chosen beforehand. */
void jn_bundle_set_wanted (JnBundle *bundle, const char *const *services);

/* Works the proposals out again. @catalogue: the visit's own: the session has none after a sign-out */
void jn_bundle_update (JnBundle *bundle,
                       JnSession *session,
                       JnCatalogue *catalogue,
                       JnFlow *flow,
                       const char *language);
GPtrArray *jn_bundle_get_proposals (JnBundle *bundle); /* of JnProposal */
/* (transfer full): codes of the chosen ones, in order */
GStrv jn_bundle_list_chosen (JnBundle *bundle);
/* (transfer full): codes of the chosen ones that @service rests on */
GStrv jn_bundle_list_needs (JnBundle *bundle, const char *service);

G_END_DECLS
