/* route-form.h: where a ticket goes on: to a counter, to whoever can serve another service, to a person. */
#pragma once

#include "app/session.h"
#include "app/ticket.h"
#include "ui/ask.h"

G_BEGIN_DECLS

/* JnRoute: one of the three; what is not chosen is NULL or 0. Borrowed until something changes. */
typedef struct
{
  const char *const *services;
  int counter;
  const char *login;
} JnRoute;

#define JN_TYPE_ROUTE_FORM (jn_route_form_get_type ())
G_DECLARE_FINAL_TYPE (JnRouteForm, jn_route_form, JN, ROUTE_FORM, GtkBin)

/* Puts its fields into @ask, as the first. (transfer none) */
JnRouteForm *jn_route_form_add (JnAsk *ask, JnSession *session, JnTicket *ticket);
/* FALSE: nothing is chosen yet; @ask says so and the search has the keyboard. */
gboolean jn_route_form_read (JnRouteForm *self, JnRoute *route);

G_END_DECLS
