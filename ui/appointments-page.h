/* appointments-page.h: who has booked, day by day; and booking, moving, cancelling for a citizen. */
#pragma once

#include "app/session.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_APPOINTMENTS_PAGE (jn_appointments_page_get_type ())
G_DECLARE_FINAL_TYPE (JnAppointmentsPage, jn_appointments_page, JN, APPOINTMENTS_PAGE, JnPage)

GtkWidget *jn_appointments_page_new (JnSession *session);

G_END_DECLS
