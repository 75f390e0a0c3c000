/* affected.h: whom a suspended service concerns: the suspensions of this branch, who waits for such a
 * service and what each chose, and the pledges of applications that run meanwhile. Live. Reception and
 * the hall show it. */
#pragma once

#include "app/appointments.h"
#include "app/session.h"
#include "app/suspension.h"
#include "app/ticket.h"

G_BEGIN_DECLS

/* What a citizen chooses whose service cannot be given now; waiting on is no choice. */
typedef enum
{
  JN_AFFECTED_LEAVE_PAPERS, /* a counter that knows the service takes them, as soon as it is his turn */
  JN_AFFECTED_CALL_BACK, /* the number stays open as work by phone until the service is back */
  JN_AFFECTED_REBOOK,    /* the number ends; an appointment instead */
} JnAffectedChoice;

/* JnFlaggedPledge: an application that is not decided, of a suspended service. Lives until the next
 * "changed". */
typedef struct
{
  const char *no; /* "07-2026-0000001-3" */
  const char *service;
  const char *department;
  const char *due; /* (nullable): "YYYY-MM-DD"; its clock does not run yet */
  gint64 since;    /* Unix seconds: suspended since */
  const char *reason;
} JnFlaggedPledge;

#define JN_TYPE_AFFECTED (jn_affected_get_type ())
G_DECLARE_FINAL_TYPE (JnAffected, jn_affected, JN, AFFECTED, GObject)

/* Signal "changed" (): anything below is new. */
JnAffected *jn_affected_new (JnSession *session);

GPtrArray *jn_affected_get_suspensions (JnAffected *self); /* of JnSuspension, (transfer none) */
/* Of JnTicket, at most 200: who was not asked yet before who leaves papers (jn_ticket_leaves_papers ())
 * or is called back (the channel "phone"); each in the order of the line. */
GListModel *jn_affected_get_tickets (JnAffected *self);
guint jn_affected_get_n_waiting (JnAffected *self); /* of all */
guint jn_affected_get_n_pledges (JnAffected *self); /* shown: at most 200, the first due first */
const JnFlaggedPledge *jn_affected_get_pledge (JnAffected *self, guint i);
guint jn_affected_get_n_running (JnAffected *self); /* pledges of all */

void jn_affected_refresh_async (JnAffected *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean jn_affected_refresh_finish (JnAffected *self, GAsyncResult *result, GError **error);

/**
 * jn_affected_choose_async:
 * @contact: (nullable): a call back wants it; of an appointment it is kept
 * @at: of a slot, in Unix seconds; to book
 *
 * Errors: CONFLICT `not-suspended`, `ticket-not-waiting`; of a slot `slot-full`, `slot-closed`,
 * `slot-past`.
 */
void jn_affected_choose_async (JnAffected *self,
                               JnTicket *ticket,
                               JnAffectedChoice choice,
                               const char *contact,
                               gint64 at,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* @appointment: (out) (nullable) (transfer full): what was booked. Returns: (transfer full) */
JnTicket *jn_affected_choose_finish (JnAffected *self,
                                     GAsyncResult *result,
                                     JnAppointment **appointment,
                                     GError **error);

G_END_DECLS
