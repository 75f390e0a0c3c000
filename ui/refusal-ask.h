/* refusal-ask.h: why a service of the visit is not accepted, for the notice that the citizen takes home. */
#pragma once

#include "app/visit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts the question into @slot; answered, the window's action "print-refusal" prints the notice. */
void jn_refusal_ask_put (JnVisit *visit, GtkWidget *slot);

G_END_DECLS
