/* return-ask.h: what a citizen is sent for today: chosen among the visit's open papers, or written. */
#pragma once

#include "app/queue.h"
#include "ui/ask.h"

G_BEGIN_DECLS

/* The papers of the visit at the desk appear as soon as they are read. */
JnAsk *jn_return_ask_new (JnQueue *queue);
/* (transfer full): what was chosen and written, in the citizen's language; empty: nothing */
GStrv jn_return_ask_list_missing (JnAsk *ask);

G_END_DECLS
