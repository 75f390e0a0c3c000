/* queue.h: the line before this counter: who is next and why, and the one who is here.
 *
 * Live: the backend says that something changed and the queue asks again, at most every 300 ms;
 * nothing polls. */
#pragma once

#include "app/session.h"
#include "app/ticket.h"
#include "app/visit.h"

G_BEGIN_DECLS

#define JN_TYPE_QUEUE (jn_queue_get_type ())
G_DECLARE_FINAL_TYPE (JnQueue, jn_queue, JN, QUEUE, GObject)

/**
 * JnQueueGroup: the tickets of one group of services.
 */
typedef struct
{
  const char *code;
  guint waiting;
  gint64 longest;  /* seconds */
  gint64 pledge;   /* seconds; 0: none */
  GVariant *names; /* by language: jn_text_name() */
} JnQueueGroup;

/* The clerk's own day; -1 where there is nothing to count yet. */
typedef struct
{
  int visits;
  int applications;
  gint64 median_service; /* seconds */
  double rating;         /* 1 … 5 */
} JnQueueDay;

/* Properties (notified): "next" (JnTicket, nullable), "mine" (JnTicket, nullable: called, at the
 * desk or held), "count" (uint). Signal "changed": groups, day or waiting list are new. */
JnQueue *jn_queue_new (JnSession *session);

JnTicket *jn_queue_get_next (JnQueue *self); /* (transfer none) (nullable) */
JnTicket *jn_queue_get_mine (JnQueue *self); /* (transfer none) (nullable) */
/* Whether mine was left at another counter, where this clerk sat before */
gboolean jn_queue_is_left_behind (JnQueue *self);
GListModel *jn_queue_get_waiting (JnQueue *self); /* of JnTicket, by due time, at most 50 */
guint jn_queue_get_count (JnQueue *self);         /* all that this clerk can serve here */
guint jn_queue_get_n_groups (JnQueue *self);
const JnQueueGroup *jn_queue_get_group (JnQueue *self, guint i);
JnQueueDay jn_queue_get_day (JnQueue *self);
GListModel *jn_queue_get_held (JnQueue *self); /* of JnTicket: mine, on hold */
/* What can still be taken back: (transfer none) (nullable). @step: (out) (optional) (nullable): the
 * event, "called", "no-show", "served" …; @until: (out) (optional): Unix seconds */
JnTicket *jn_queue_get_undo (JnQueue *self, const char **step, gint64 *until);
const char *jn_queue_get_pause_after (JnQueue *self); /* (nullable): the state after this visit */
gboolean jn_queue_is_emergency (JnQueue *self);       /* the branch is locked: leave */

void jn_queue_refresh_async (JnQueue *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean jn_queue_refresh_finish (JnQueue *self, GAsyncResult *result, GError **error);

/* Calls the best ticket (F2). Returns: (transfer full) (nullable): %NULL without an error: nobody
 * waits. Errors: CONFLICT `has-ticket`, OFFLINE. */
void jn_queue_call_next_async (JnQueue *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JnTicket *jn_queue_call_next_finish (JnQueue *self, GAsyncResult *result, GError **error);

/* Recall, no-show, return to the line, hold, resume: of the ticket that is mine. Each answers with
 * it (transfer full). Errors: CONFLICT `recall-too-soon` (args wait_s), `ticket-state`. */
typedef enum
{
  JN_QUEUE_RECALL,
  JN_QUEUE_NO_SHOW,
  JN_QUEUE_RETURN,
  JN_QUEUE_HOLD,
  JN_QUEUE_RESUME,
} JnQueueStep;

/* @reason: (nullable): needed for all but recall and resume */
void jn_queue_step_async (JnQueue *self,
                          JnQueueStep step,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
JnTicket *jn_queue_step_finish (JnQueue *self, GAsyncResult *result, GError **error);

/* The called person is at the desk: the visit opens, or, where it was begun before (a held ticket, a
 * restart of the program), is taken up again. Returns: (transfer full) */
void jn_queue_arrive_async (JnQueue *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
JnVisit *jn_queue_arrive_finish (JnQueue *self, GAsyncResult *result, GError **error);

/* @outcome: "served" or "left-serving". jn_visit_finish_async() does it after a receipt. */
void jn_queue_finish_async (JnQueue *self,
                            const char *outcome,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean jn_queue_finish_finish (JnQueue *self, GAsyncResult *result, GError **error);

/* -- more of the clerk's steps: each answers with the ticket (transfer full) by _step_finish() ------- */

/* One that is waiting, out of turn. Errors: DENIED `not-servable`, CONFLICT `has-ticket`. */
void jn_queue_call_ticket_async (JnQueue *self,
                                 JnTicket *ticket,
                                 const char *reason,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* The one that is mine to one of @services, @counter (0: none) or @login; the due time is kept. */
void jn_queue_transfer_async (JnQueue *self,
                              const char *const *services,
                              int counter,
                              const char *login,
                              const char *reason,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Sent for missing @papers, in the citizen's language: the answer is the return ticket, expected until
 * closing. */
void jn_queue_send_async (JnQueue *self,
                          const char *const *papers,
                          const char *reason,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* Takes the last step of jn_queue_get_undo() back. Errors: CONFLICT `undo-too-late`. */
void jn_queue_undo_async (JnQueue *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* The one that is mine was left at another counter: it comes along to this one. */
void jn_queue_along_async (JnQueue *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Or it goes back to the line, with its visit and drafts, at its old due time. */
void jn_queue_release_async (JnQueue *self,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* A held ticket is taken up again. */
void jn_queue_resume_ticket_async (JnQueue *self,
                                   JnTicket *ticket,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* Work that came by @channel "phone" or "mail": opens its visit, as jn_queue_arrive_finish(). */
void jn_queue_open_async (JnQueue *self,
                          const char *channel,
                          const char *event,
                          const char *const *services,
                          const char *language,
                          const char *note,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* Calls a supervisor; @alarm: silently. */
void jn_queue_help_async (JnQueue *self,
                          gboolean alarm,
                          const char *note,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean jn_queue_help_finish (JnQueue *self, GAsyncResult *result, GError **error);

G_END_DECLS
