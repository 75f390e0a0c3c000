/* service-times.h: how long each kind of work takes at the desk today: what is long is long for its kind. */
#pragma once

#include "app/ticket.h"

G_BEGIN_DECLS

typedef struct _JnServiceTimes JnServiceTimes;

/* @served: of JnTicket: those that were served */
JnServiceTimes *jn_service_times_new (GListModel *served);
void jn_service_times_free (JnServiceTimes *times);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnServiceTimes, jn_service_times_free)

/* Seconds that nine of ten of the same services took; -1: fewer than five are known */
gint64 jn_service_times_get_p90 (JnServiceTimes *times, JnTicket *ticket);

G_END_DECLS
