/* desk.h: a desk for tests: a fake server with the real forms, the demonstration's people, one ticket. */
#pragma once

#include "app/catalogue.h"
#include "app/queue.h"
#include "app/session.h"
#include "tests/app/fake-backend.h"

G_BEGIN_DECLS

typedef struct
{
  JnFakeBackend *fake;
  JnSettings *settings;
  JnSession *session;
  JnQueue *queue;
  guint number; /* of the next receipt */
  gint64 fee;   /* what the last submission's receipt charges */
} Desk;

/* Signed in as kaian at counter 7 of branch 07; B011 waits for the birth of a child. */
Desk *desk_new (void);
/* @roles: "\"clerk\",\"supervisor\"" */
Desk *desk_new_as (const char *roles);
/* A desk whose server has published the form of that service ("dsi/dsi-…") cut off in its middle. */
Desk *desk_new_with_broken (const char *service);
void desk_free (Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* (transfer floating): a TICKET. @services: separated by spaces */
GVariant *
desk_make_ticket (const char *number, const char *state, const char *event, const char *services);
/* The waiting ticket: what ticket_call_next gives from now on. */
void desk_set_ticket (Desk *desk, const char *number, const char *event, const char *services);
/* What the counter has at the next sign-in: one word. */
void desk_set_equipment (Desk *desk, const char *equipment);
/* Calls and has the person come: (transfer full) */
JnVisit *desk_open_visit (Desk *desk);
/* (transfer full) */
JnPerson *
desk_identify (JnVisit *visit, const char *role, const char *document, const char *number);
JnPerson *desk_scan (JnVisit *visit, const char *role, const char *text);
void desk_start_forms (JnVisit *visit);
void desk_set (JnVisit *visit, const char *service, const char *ref, const char *value);
char *desk_get (JnVisit *visit, const char *service, const char *ref); /* (transfer full) */
/* Says that every paper was presented, gives consents and signs. */
void desk_settle (JnVisit *visit);
/* What still stands in the way, in one line; "": nothing. (transfer full) */
char *desk_describe_problems (JnVisit *visit);
void desk_flush (JnVisit *visit); /* until nothing is pending in the main loop */

G_END_DECLS
