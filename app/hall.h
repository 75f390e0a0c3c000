/* hall.h: what a supervisor sees and does: figures, groups, counters, calls for help, and the few
 * commands that change the hall. Live. */
#pragma once

#include "app/appointments.h"
#include "app/cap.h"
#include "app/session.h"
#include "app/ticket.h"
#include "app/visit.h"

G_BEGIN_DECLS

typedef struct
{
  guint waiting, called, serving, held, expected; /* now */
  guint late;                                     /* wait above the pledge of their group */
  gint64 longest;                                 /* seconds that the first has waited */
  guint open, paused, closed;                     /* counters */
  guint served, no_show, left;                    /* today */
} JnHallFigures;

/* Strings and variants live until the next "changed". */
typedef struct
{
  const char *code;
  GVariant *names; /* by language */
  guint waiting;
  guint late;
  gint64 longest; /* seconds */
  gint64 pledge;  /* seconds */
  gint64 p50;     /* seconds, of the waits that ended in the last hour; -1: none did */
  gint64 p90;
  guint called;   /* in the last hour */
  guint counters; /* open, and able to serve any of it */
} JnHallGroup;

typedef enum
{
  JN_COUNTER_ABSENT, /* nobody is signed in */
  JN_COUNTER_OPEN,
  JN_COUNTER_BREAK,
  JN_COUNTER_BACK_OFFICE,
  JN_COUNTER_CLOSED,
} JnCounterState;

typedef struct
{
  int number;
  GVariant *names;  /* (nullable) */
  const char *zone; /* (nullable): its code */
  const char *profile;
  GVariant *profile_names;
  GStrv equipment;
  JnCounterState state;
  const char *reason;    /* (nullable): of the pause */
  gint64 since;          /* Unix seconds: in this state, or with this ticket */
  const char *after;     /* (nullable): the state that follows this visit */
  const char *login;     /* (nullable) */
  GVariant *clerk;       /* (nullable): {zh, latin} */
  JnTicket *ticket;      /* (nullable) */
  guint visits;          /* today */
  gint64 median_service; /* seconds; -1: none yet */
} JnHallCounter;

typedef struct
{
  const char *id;
  gboolean alarm; /* silent: only supervisors see it */
  int counter;    /* 0: none */
  const char *login;
  GVariant *clerk; /* (nullable) */
  const char *note;
  gint64 since;
  const char *acknowledged_by; /* (nullable) */
} JnHallCall;

#define JN_TYPE_HALL (jn_hall_get_type ())
G_DECLARE_FINAL_TYPE (JnHall, jn_hall, JN, HALL, GObject)

/* Signals "changed" (): anything is new; "help" (const JnHallCall *): a call came since the last look. */
JnHall *jn_hall_new (JnSession *session);

const JnHallFigures *jn_hall_get_figures (JnHall *self);
guint jn_hall_get_n_groups (JnHall *self);
const JnHallGroup *jn_hall_get_group (JnHall *self, guint i);
guint jn_hall_get_n_counters (JnHall *self);
const JnHallCounter *jn_hall_get_counter (JnHall *self, guint i);
guint jn_hall_get_n_calls (JnHall *self); /* not yet acknowledged first */
const JnHallCall *jn_hall_get_call (JnHall *self, guint i);
guint jn_hall_get_n_profiles (JnHall *self);
const char *
jn_hall_get_profile (JnHall *self, guint i, GVariant **names); /* @names: (out) (optional) */
GPtrArray *jn_hall_get_caps (JnHall *self);                    /* of JnCap, (transfer none) */
gint64 jn_hall_get_emergency (JnHall *self); /* Unix seconds since when; 0: none */

void jn_hall_refresh_async (JnHall *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean jn_hall_refresh_finish (JnHall *self, GAsyncResult *result, GError **error);

/* The tickets behind a figure: "waiting", "called", "serving", "held", "expected", "late", "called-hour",
 * "served", "no-show", "left". @group: (nullable); @counter: 0: all. Answers with (transfer full) a list of
 * JnTicket, at most 200. */
void jn_hall_list_tickets_async (JnHall *self,
                                 const char *figure,
                                 const char *group,
                                 int counter,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GListModel *jn_hall_list_tickets_finish (JnHall *self, GAsyncResult *result, GError **error);

/* JnEmergencyTicket, JnEmergencyPlan: whom an emergency concerns: while it lasts, who waits or is
 * expected and who booked for its time; afterwards what became of those that it closed today. */
typedef struct
{
  JnTicket *ticket;
  char *next_number; /* (nullable): of another day */
  char *next_day;    /* (nullable): "YYYY-MM-DD" */
} JnEmergencyTicket;
typedef struct
{
  GPtrArray *tickets;      /* of JnEmergencyTicket, in the order of the line; at most 200 */
  GPtrArray *appointments; /* of JnAppointment */
  GStrv days;              /* the next working days, "YYYY-MM-DD" */
} JnEmergencyPlan;
void jn_emergency_plan_free (JnEmergencyPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnEmergencyPlan, jn_emergency_plan_free)

void jn_hall_plan_emergency_async (JnHall *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) */
JnEmergencyPlan *jn_hall_plan_emergency_finish (JnHall *self, GAsyncResult *result, GError **error);

/* -- what a supervisor does; each with a reason, each an event; all end in jn_hall_finish() --------- */

void jn_hall_set_profile_async (JnHall *self,
                                int counter,
                                const char *profile,
                                const char *reason,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* To one of @services, @counter (0: none) or @login; the others are NULL. The due time is kept. */
void jn_hall_reroute_async (JnHall *self,
                            JnTicket *ticket,
                            const char *const *services,
                            int counter,
                            const char *login,
                            const char *reason,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Takes over what another clerk has; it is then the queue's "mine". */
void jn_hall_take_async (JnHall *self,
                         JnTicket *ticket,
                         const char *reason,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
void jn_hall_acknowledge_async (JnHall *self,
                                const char *call,
                                const char *note,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* @services: patterns; @until: Unix seconds, 0: not known */
void jn_hall_suspend_async (JnHall *self,
                            const char *const *services,
                            const char *reason,
                            gint64 until,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void jn_hall_resume_async (JnHall *self,
                           const char *suspension,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void jn_hall_begin_emergency_async (JnHall *self,
                                    const char *reason,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* @keep: tickets keep their place; else they are closed, and with @rebook (nullable, a day) each may
 * come on that day. So do appointments for the time of the emergency. */
void jn_hall_end_emergency_async (JnHall *self,
                                  gboolean keep,
                                  const char *rebook,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* JnCapWords: what a citizen is told when a cap is reached: all three languages, or NULL. */
typedef struct
{
  const char *zh;
  const char *pt;
  const char *en;
} JnCapWords;

/* @service: (nullable): a pattern, or all; @per_day: -1: no cap; @words: (nullable): the standard text */
void jn_hall_set_cap_async (JnHall *self,
                            const char *service,
                            int per_day,
                            const JnCapWords *words,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Leftovers get their own outcome. */
void jn_hall_close_day_async (JnHall *self,
                              const char *reason,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean jn_hall_finish (JnHall *self, GAsyncResult *result, GError **error);

G_END_DECLS
