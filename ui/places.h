/* places.h: the table of the window's places: what each is called, who may go there, what makes it.
 *
 * A new place is one value of JnPlace and one row of the table in places.c; the navigation at the
 * left, the header, Alt+1 … and the way there follow from it. */
#pragma once

#include "app/prints.h"
#include "app/queue.h"
#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

/**
 * JnPlaceParts: what pages are made of; owned by the window
 * @queue: (nullable): while the session is open
 * @visit: (nullable): while there is one
 * @prints: (nullable): while the session is open
 */
typedef struct
{
  JnSession *session;
  JnQueue *queue;
  JnVisit *visit;
  JnPrints *prints;
} JnPlaceParts;

/* In the clerk's language. */
const char *jn_place_get_title (JnPlace place);
/* (nullable): of a place that stands in the navigation between visits: a symbolic icon */
const char *jn_place_get_icon (JnPlace place);
/* One of the six steps of a visit. */
gboolean jn_place_is_step (JnPlace place);
JnStage jn_place_get_stage (JnPlace place); /* of a step */
JnPlace jn_place_of_stage (JnStage stage);
/* Whether the person who is signed in may go there, and what it needs is at hand. */
gboolean jn_place_is_open (JnPlace place, const JnPlaceParts *parts);
/* Whether its page prints, so that JnPlaceParts.prints must be there. */
gboolean jn_place_prints (JnPlace place);
/* Where this person's day begins: the first place of the navigation that is open to them. */
JnPlace jn_place_get_first (const JnPlaceParts *parts);
/* (transfer floating): a JnPage */
GtkWidget *jn_place_make_page (JnPlace place, JnPlaceParts *parts);

G_END_DECLS
