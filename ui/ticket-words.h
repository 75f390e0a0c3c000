/* ticket-words.h: a ticket in words: what it is for, and why it stands where it stands. */
#pragma once

#include "app/session.h"
#include "app/ticket.h"

G_BEGIN_DECLS

/* Each (transfer full), in the clerk's language. */

/* "Birth of a child · 3 services" */
char *jn_ticket_words_subject (JnTicket *ticket, JnSession *session);
/* "due 07:08 · priority: infant, 10 min earlier · waiting 24 min" */
char *jn_ticket_words_reason (JnTicket *ticket, JnSession *session);
/* "waiting 24 min" by the server's clock */
char *jn_ticket_words_waited (JnTicket *ticket, JnSession *session);
/* The names of services, in one line. */
char *jn_ticket_words_services (const char *const *codes, JnSession *session);
/* The same of patterns: a service's name, and "dsi-*" is "all of DSI". */
char *jn_ticket_words_patterns (const char *const *patterns, JnSession *session);
/* One name of a service or, where it is not known, its code. */
const char *jn_ticket_words_service (const char *code, JnSession *session);

/* Who came along, and what the citizen was sent for before; "": neither */
char *jn_ticket_words_more (JnTicket *ticket);
/* What was done last with it, by its event: "B011 did not come." */
char *jn_ticket_words_step (JnTicket *ticket, const char *step);

/* What a prepared reason is called; a reason that somebody typed, as it is. (transfer none) */
const char *jn_ticket_words_why (const char *reason);
/* The class by its code, "senior" → "65 or older" (transfer none) */
const char *jn_ticket_words_class (JnPriority priority);

G_END_DECLS
