/* clock.c: another machine's clock, beside this one's, which may be set while we run. */
#include "app/clock.h"

#include <time.h>

/* g_get_monotonic_time () stands while the machine sleeps. */
gint64
jn_clock_steady (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

gint64
jn_clock_own_lead (void)
{
  return g_get_real_time () - jn_clock_steady ();
}

gint64
jn_clock_offset (gint64 lead)
{
  return lead - jn_clock_own_lead ();
}
