/* appointments.h: slots of half an hour, and who has booked one. */
#pragma once

#include "app/session.h"
#include "app/ticket.h"

G_BEGIN_DECLS

typedef enum
{
  JN_APPOINTMENT_BOOKED,
  JN_APPOINTMENT_CHECKED_IN,
  JN_APPOINTMENT_CANCELLED,
  JN_APPOINTMENT_MISSED,
} JnAppointmentState;

/* JnAppointment: times are Unix seconds. */
typedef struct
{
  char *id;
  char *code; /* what the citizen brings, "K7QM-2XFP" */
  gint64 at;
  gint64 from;  /* check-in is possible from … */
  gint64 until; /* … until */
  char *event;  /* (nullable) */
  GStrv services;
  char *group;
  char *language;
  JnPriority priority;
  char *note;
  char *contact; /* (nullable) */
  char *ticket;  /* (nullable): id of the ticket, once checked in */
  JnAppointmentState state;
} JnAppointment;

JnAppointment *jn_appointment_new (GVariant *answer); /* (nullable); of an APPOINTMENT */
JnAppointment *jn_appointment_copy (const JnAppointment *appointment);
void jn_appointment_free (JnAppointment *appointment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnAppointment, jn_appointment_free)
GPtrArray *jn_appointment_list (GVariant *dict, const char *key); /* (transfer full) */
/* The text of its QR, "janela:appointment:K7QM-2XFP". (transfer full) */
char *jn_appointment_format_symbol (const JnAppointment *appointment);

/* JnSlotDay, JnSlot: a day's half hours. */
typedef struct
{
  gint64 at; /* Unix seconds */
  int capacity;
  int free;
} JnSlot;
typedef struct
{
  char *day; /* "YYYY-MM-DD" */
  gboolean open;
  GArray *slots; /* of JnSlot */
} JnSlotDay;

#define JN_TYPE_APPOINTMENTS (jn_appointments_get_type ())
G_DECLARE_FINAL_TYPE (JnAppointments, jn_appointments, JN, APPOINTMENTS, GObject)

/* Signal "changed": something was booked, moved or cancelled in this branch. */
JnAppointments *jn_appointments_new (JnSession *session);

/* @event or @services; @from, @to: days, at most 62 apart. Answers with (transfer full) an array of
 * JnSlotDay. */
void jn_appointments_list_slots_async (JnAppointments *self,
                                       const char *event,
                                       const char *const *services,
                                       const char *from,
                                       const char *to,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *
jn_appointments_list_slots_finish (JnAppointments *self, GAsyncResult *result, GError **error);

/* Those of a day: (transfer full), of JnAppointment. */
void jn_appointments_list_async (JnAppointments *self,
                                 const char *day,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *jn_appointments_list_finish (JnAppointments *self, GAsyncResult *result, GError **error);

/* JnBooking: what is booked; strings are borrowed during the call. */
typedef struct
{
  const char *event;           /* (nullable) */
  const char *const *services; /* (nullable) */
  gint64 at;                   /* of a slot */
  JnPriority priority;
  const char *language;
  const char *note;    /* (nullable) */
  const char *contact; /* (nullable) */
} JnBooking;

/* Each of the three answers with the appointment (transfer full). Errors: CONFLICT `slot-full`,
 * `slot-closed`, `slot-past`, `appointment-not-booked`. */
void jn_appointments_book_async (JnAppointments *self,
                                 const JnBooking *booking,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void jn_appointments_move_async (JnAppointments *self,
                                 const char *code,
                                 gint64 at,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void jn_appointments_cancel_async (JnAppointments *self,
                                   const char *code,
                                   const char *reason,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JnAppointment *jn_appointments_finish (JnAppointments *self, GAsyncResult *result, GError **error);

G_END_DECLS
