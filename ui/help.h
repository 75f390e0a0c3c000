/* help.h: a clerk calls a supervisor, aloud or silently, wherever he is. */
#pragma once

#include "app/queue.h"
#include "ui/page.h"

G_BEGIN_DECLS

/* @page says that somebody comes; of a silent alarm nothing is seen. */
void jn_help_call (JnQueue *queue, JnPage *page, gboolean alarm);

G_END_DECLS
