/* ticket.h: one waiting number and all that is known of it. Immutable: a change is a new ticket. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  JN_TICKET_WAITING,
  JN_TICKET_CALLED,
  JN_TICKET_SERVING,
  JN_TICKET_HELD,
  JN_TICKET_DONE,
  JN_TICKET_EXPECTED, /* booked, remote or sent for a paper, and not here yet */
} JnTicketState;

typedef enum
{
  JN_PRIORITY_NONE,
  JN_PRIORITY_INFANT,
  JN_PRIORITY_PREGNANCY,
  JN_PRIORITY_DISABILITY,
  JN_PRIORITY_SENIOR,
  JN_PRIORITY_APPOINTED,
} JnPriority;

#define JN_TYPE_TICKET (jn_ticket_get_type ())
G_DECLARE_FINAL_TYPE (JnTicket, jn_ticket, JN, TICKET, GObject)

/* @answer: a TICKET of assets/docs/backend.md. Returns: (transfer full) (nullable): %NULL when it is
 * none */
JnTicket *jn_ticket_new (GVariant *answer);
/* The same below "ticket" where the answer holds it there. */
JnTicket *jn_ticket_new_from_answer (GVariant *answer);
/* (transfer full): @self with @service among what it waits for, and not finished */
JnTicket *jn_ticket_new_with_service (JnTicket *self, const char *service);
/* (transfer full): the JnTickets in the list below @key */
GPtrArray *jn_ticket_list (GVariant *answer, const char *key);
/* (transfer floating): arguments of ticket_transfer: to one of @services, @counter (0: none), @login */
GVariant *jn_ticket_route (JnTicket *self,
                           const char *const *services,
                           int counter,
                           const char *login,
                           const char *reason);
const char *jn_priority_get_word (JnPriority priority); /* "none", "infant" … */
JnPriority jn_priority_parse (const char *word);

const char *jn_ticket_get_id (JnTicket *self);
const char *jn_ticket_get_number (JnTicket *self); /* "B011" */
/* A citizen keeps his number: what goes on elsewhere is the next leg; 1 is the first */
guint jn_ticket_get_leg (JnTicket *self);
JnTicketState jn_ticket_get_state (JnTicket *self);
const char *jn_ticket_get_outcome (JnTicket *self); /* (nullable) "served" … */
const char *jn_ticket_get_event (JnTicket *self);   /* (nullable) "birth" */
const char *const *jn_ticket_get_services (JnTicket *self);
JnPriority jn_ticket_get_priority (JnTicket *self);
const char *jn_ticket_get_language (JnTicket *self); /* the citizen's */
const char *jn_ticket_get_note (JnTicket *self);
const char *jn_ticket_get_visit (JnTicket *self); /* (nullable) */
int jn_ticket_get_counter (JnTicket *self);       /* 0: none */
const char *
jn_ticket_get_channel (JnTicket *self); /* "clerk" "kiosk" "remote" "booked" "phone" "mail" */
/* Numbers of those who came along and have numbers of their own, and are not done yet */
const char *const *jn_ticket_get_with (JnTicket *self);
/* Their tickets, as they were issued with this one: (transfer none), of JnTicket */
GPtrArray *jn_ticket_get_party (JnTicket *self);
/* Sent for a missing paper and not back yet */
gboolean jn_ticket_is_return (JnTicket *self);
/* What the citizen was sent for, in his language */
const char *const *jn_ticket_get_missing (JnTicket *self);

/* Unix seconds; 0 where it did not happen */
gint64 jn_ticket_get_arrived (JnTicket *self);
gint64 jn_ticket_get_booked (JnTicket *self);
gint64 jn_ticket_get_due (JnTicket *self); /* later (arrived, booked) − credit (priority) */
gint64 jn_ticket_get_called (JnTicket *self);
gint64 jn_ticket_get_at_desk (JnTicket *self);
gint64 jn_ticket_get_finished (JnTicket *self);
gint64 jn_ticket_get_expected_until (JnTicket *self); /* the end of its check-in window */
gint64
jn_ticket_get_held (JnTicket *self); /* seconds on hold until now, without a hold that goes on */
/* Seconds since later (arrived, booked); 0 before the booked time */
gint64 jn_ticket_get_waited (JnTicket *self, gint64 now);
/* Minutes that the priority class moved it ahead */
int jn_ticket_get_credit_minutes (JnTicket *self);

/* Whether this counter can serve all of it; else which services it cannot */
gboolean jn_ticket_is_whole (JnTicket *self);
const char *const *jn_ticket_get_unserved (JnTicket *self);
const char *const *jn_ticket_get_done (JnTicket *self);      /* finished within the visit */
const char *const *jn_ticket_get_suspended (JnTicket *self); /* cannot be given now */
gboolean
jn_ticket_leaves_papers (JnTicket *self); /* chose to leave papers for a suspended service */
/* Same in everything that is shown */
gboolean jn_ticket_equal (JnTicket *a, JnTicket *b);

G_END_DECLS
