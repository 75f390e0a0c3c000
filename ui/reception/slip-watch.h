/* slip-watch.h: says on the page of who gave it that a slip did not come out. */
#pragma once

#include "app/print.h"
#include "ui/page.h"

G_BEGIN_DECLS

void jn_slip_watch (JnPage *page, JnPrint *print);

G_END_DECLS
