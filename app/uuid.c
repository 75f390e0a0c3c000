/* uuid.c: UUID version 7, rising strictly within the process. */
#include "app/uuid.h"

#include <sodium.h>

#define FRACTIONS 4096 /* rand_a has 12 bits */

/* Milliseconds since 1970 and 4096ths of one, always above the one before. */
static guint64
next_tick (void)
{
  static GMutex mutex;
  static guint64 last;
  guint64 us = (guint64)g_get_real_time ();
  guint64 tick = us / 1000 * FRACTIONS + us % 1000 * FRACTIONS / 1000;

  g_mutex_lock (&mutex);
  last = MAX (tick, last + 1);
  tick = last;
  g_mutex_unlock (&mutex);
  return tick;
}

char *
jn_uuid_new (void)
{
  guint64 tick = next_tick ();
  guint64 ms = tick / FRACTIONS;
  guint64 tail;

  randombytes_buf (&tail, sizeof tail);
  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%012" G_GINT64_MODIFIER "x",
                          (guint)(ms >> 16 & 0xffffffff), (guint)(ms & 0xffff),
                          (guint)(tick % FRACTIONS), (guint)(0x8000 | (tail >> 48 & 0x3fff)),
                          tail & G_GUINT64_CONSTANT (0xffffffffffff));
}

gboolean
jn_uuid_is_valid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}
