/* clock.h: another machine's clock, beside this one's, which may be set while we run. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* µs that pass whatever the clock is set to, and while the machine sleeps */
gint64 jn_clock_steady (void);
/* @lead: another clock's time less jn_clock_steady (), both in µs and of one moment.
 * Returns: what to add to g_get_real_time () now to have its time: other than before, where this clock was set since. */
gint64 jn_clock_offset (gint64 lead);
/* The @lead of this machine's own clock. */
gint64 jn_clock_own_lead (void);

G_END_DECLS
