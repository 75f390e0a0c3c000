/* header.h: the top edge: whose turn it is, the line to the server, the printers, the counter and its clerk. */
#pragma once

#include "ui/places.h"
#include "ui/print-status.h"

G_BEGIN_DECLS

#define JN_TYPE_HEADER (jn_header_get_type ())
G_DECLARE_FINAL_TYPE (JnHeader, jn_header, JN, HEADER, GtkBox)

/* Once; what it says of the session follows it from then on. */
void jn_header_set_session (JnHeader *self, JnSession *session);
/* @visit: (nullable): whose ticket, person and time are said while the session is open; else the place's name. */
void jn_header_set_visit (JnHeader *self, JnVisit *visit);
void jn_header_set_place (JnHeader *self, JnPlace place);
/* Everything in the clerk's language again. */
void jn_header_speak (JnHeader *self);
void jn_header_open_menu (JnHeader *self);
/* (transfer none): the button that a menu hangs from */
GtkWidget *jn_header_get_clerk (JnHeader *self);
/* (transfer none) */
JnPrintStatus *jn_header_get_print_status (JnHeader *self);

G_END_DECLS
