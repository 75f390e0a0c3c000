/* synth.h: forms of known shape and size, the same each time. */
#pragma once

#include <glib.h>

/* (transfer full): 1,000 fields in 20 groups, texts in three languages: 10 chains of 20 calculates
 * (/data/g0/c0_seed feeds the first, /data/g0/root_in all), 10 chains of 10 relevants, the rest
 * plain with some constraints (/data/g1/p1 feeds nothing). */
GBytes *synth_chains (void);
/* (transfer full): @rows rows of 10 fields with 3 calculates each, and 5 aggregates of them */
GBytes *synth_rows (guint rows);
/* (transfer full): 551 binds, 420 of them relevant by an earlier answer, 1,433 choices, in
 * three languages with long texts: 1.5 MB, as a verbal autopsy is. */
GBytes *synth_interview (void);
