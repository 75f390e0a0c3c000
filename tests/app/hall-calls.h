/* hall-calls.h: many counters that call at once from one long line, timed and checked. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct HallCalls HallCalls;

/* Signs in clerks k0 … k<counters-1>, whom hall_make_clerks () made. Free with hall_calls_free (). */
HallCalls *hall_calls_new (guint counters);
void hall_calls_free (HallCalls *self);

/* A new line of @waiting tickets of twelve kinds of work; nothing else is left of any ticket. */
void hall_fill_line (guint waiting);

/* How a counter lets go whom it has called, to be free for the next. */
typedef enum
{
  HALL_NO_SHOW, /* by the desk's own command */
  HALL_LET_GO, /* by test.let_go (tests/bench/queue-rows.sql): an update of the row, as the bare script's */
} HallRelease;

/**
 * hall_calls_run:
 * @waiting: how many wait at first: more than are called
 * @p99: (out): ms that one call in a hundred took longer than
 *
 * Each counter calls and lets go for so many seconds. Then no ticket was called twice, and in the order in
 * which the lock let the calls through none was passed over; else it aborts.
 *
 * Returns: calls a second
 */
double
hall_calls_run (HallCalls *self, HallRelease release, guint waiting, guint seconds, double *p99);

G_END_DECLS
