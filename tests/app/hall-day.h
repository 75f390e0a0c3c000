/* hall-day.h: a whole day of a hall played through real connections in virtual time, and checked. */
#pragma once

#include "app/board.h"
#include "app/postgres/pq.h"

G_BEGIN_DECLS

/**
 * HallDay: yesterday from 09:00, so that all of it has happened.
 * @tickets, @counters, @seed: given; the same seed plays the same day
 * @calls, @served, @no_shows: what came of it
 * @wrong_clocks: tickets whose wait, way, service or hold is not what was played
 * @passed_over: calls that did not take the first in line
 * @differences: what rebuild_check found
 */
typedef struct
{
  guint tickets;
  guint counters;
  guint32 seed;
  guint calls;
  guint served;
  guint no_shows;
  guint wrong_clocks;
  guint passed_over;
  guint differences;
} HallDay;

/* Clerks k0 … k<n-1> of branch 91, once a database; they may serve everything. */
void hall_make_clerks (guint n);
/* Signed in with a session at terminal T<terminal>; @counter 0: none. */
PGconn *hall_connect (const char *name, guint terminal, guint counter);
/* A session object signed in through @backend, without a counter. (transfer full) */
JnSession *hall_session (JnBackend *backend, const char *name, const char *terminal);
void hall_refresh_board (JnBoard *board);

void hall_day_play (HallDay *day);

G_END_DECLS
