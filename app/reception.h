/* reception.h: where a citizen gets his number: the wait told before, tickets issued, checked in,
 * changed, merged, cancelled and printed again. The desk of the reception and the kiosk use it. */
#pragma once

#include "app/appointments.h"
#include "app/cap.h"
#include "app/session.h"
#include "app/suspension.h"
#include "app/ticket.h"

G_BEGIN_DECLS

#define JN_TYPE_RECEPTION (jn_reception_get_type ())
G_DECLARE_FINAL_TYPE (JnReception, jn_reception, JN, RECEPTION, GObject)

/* Signal "changed": anything below is new. At a kiosk there are no lists. */
JnReception *jn_reception_new (JnSession *session);

/* What is looked for: a number, an appointment's code, the text of a slip; "": today's, newest first */
void jn_reception_set_find (JnReception *self, const char *text);
GListModel *jn_reception_get_tickets (JnReception *self); /* of JnTicket, at most 50 */
GPtrArray *
jn_reception_get_appointments (JnReception *self); /* of JnAppointment, (transfer none) */
gboolean jn_reception_is_emergency (JnReception *self);
/* Minutes that a class is put forward in this branch; -1: the branch has no such class */
int jn_reception_get_credit_minutes (JnReception *self, JnPriority priority);

GPtrArray *jn_reception_get_caps (JnReception *self); /* of JnCap, (transfer none) */

void jn_reception_refresh_async (JnReception *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean jn_reception_refresh_finish (JnReception *self, GAsyncResult *result, GError **error);

/* -- before ------------------------------------------------------------------------------------- */

/* JnEstimate: what a new ticket would have to expect now. */
typedef struct
{
  gint64 p50;          /* seconds; -1: no open counter can take it */
  gint64 p90;          /* seconds; -1 as above */
  int ahead;           /* tickets before it that the same counters serve */
  int counters;        /* open and able to take it */
  gboolean whole;      /* one counter can take all of it; else it will be split */
  GStrv suspended;     /* services that cannot be served now; never NULL */
  char *cap_service;   /* (nullable) */
  int cap_left;        /* how many more today; -1: no cap */
  char *cap_next;      /* (nullable): the next day with room */
  GVariant *cap_words; /* (nullable): what a citizen is told, by language */
} JnEstimate;
JnEstimate *jn_estimate_new (GVariant *answer); /* of an ESTIMATE */
void jn_estimate_free (JnEstimate *estimate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnEstimate, jn_estimate_free)

/* @event or @services. */
void jn_reception_estimate_async (JnReception *self,
                                  const char *event,
                                  const char *const *services,
                                  JnPriority priority,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
JnEstimate *jn_reception_estimate_finish (JnReception *self, GAsyncResult *result, GError **error);

/* -- tickets: each answers with the ticket (transfer full) by jn_reception_ticket_finish() --------- */

/* JnCompanion: who came along, needs something else and gets a number of his own; event or services. */
typedef struct
{
  const char *event;           /* (nullable) */
  const char *const *services; /* (nullable) */
} JnCompanion;

/* JnTicketOrder: what is issued; event or services; strings are borrowed during the call. */
typedef struct
{
  const char *event;           /* (nullable) */
  const char *const *services; /* (nullable) */
  JnPriority priority;
  const char *language; /* the citizen's */
  const char *note;     /* (nullable) */
  const char *channel;  /* (nullable): "clerk", "kiosk"; else by who is signed in */
  const char *pick_up;  /* (nullable): number of the receipt whose results are fetched */
  const char *seal;     /* (nullable): the text of its QR, where that was scanned */
  const char *const *const *companions; /* (nullable): NULL-ended: the services of each companion */
  const JnCompanion *own;               /* (nullable): those with numbers of their own */
  guint n_own;
} JnTicketOrder;

/* Numbers of companions come with the ticket: jn_ticket_get_party(). Errors: CONFLICT `cap-reached` (args
 * service, per_day, next), `emergency`, `results-not-ready` (args day), NOT_FOUND `no-receipt`,
 * REJECTED `receipt-tampered` (the seal is not the one given out). */
void jn_reception_issue_async (JnReception *self,
                               const JnTicketOrder *order,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* @text: of a slip's or an appointment's QR, a code, or a number. Errors: NOT_FOUND `no-ticket`,
 * CONFLICT `too-early` (args from), `too-late` (args until), `checked-in-already`. */
void jn_reception_check_in_async (JnReception *self,
                                  const char *text,
                                  gboolean as_walk_in,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* @order: what is to be changed; NULL fields and a priority of -1 stay as they are */
void jn_reception_change_async (JnReception *self,
                                JnTicket *ticket,
                                const JnTicketOrder *order,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* @left: the person went away; else it was cancelled */
void jn_reception_cancel_async (JnReception *self,
                                JnTicket *ticket,
                                gboolean left,
                                const char *reason,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* One visit instead of two: answers with @into. */
void jn_reception_merge_async (JnReception *self,
                               JnTicket *ticket,
                               JnTicket *into,
                               const char *reason,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JnTicket *jn_reception_ticket_finish (JnReception *self, GAsyncResult *result, GError **error);

G_END_DECLS
