/* slip-watch.c: says on the page of who gave it that a slip did not come out. */
#include "ui/reception/slip-watch.h"

#include <glib/gi18n.h>

static void
on_changed_cb (JnPrint *print, JnPage *page)
{
  if (jn_print_get_step (print) == JN_PRINT_STEP_FAILED && jn_print_needs_clerk (print))
    jn_page_say (page, _("The slip did not come out. Print it again, or write the number down for "
                         "the citizen."));
}

void
jn_slip_watch (JnPage *page, JnPrint *print)
{
  g_signal_connect_object (print, "changed", G_CALLBACK (on_changed_cb), page, 0);
  on_changed_cb (print, page); /* without a printer it is over already */
}
