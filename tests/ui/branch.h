/* branch.h: a whole branch's answers around a counter: reception, hall, board, appointments. */
#pragma once

#include "tests/ui/counter.h"

G_BEGIN_DECLS

typedef struct
{
  Counter *counter;
  gboolean held;    /* a ticket of this clerk is on hold */
  const char *undo; /* what can be taken back; NULL: nothing */
  gboolean emergency;
  gboolean closed; /* an emergency closed numbers today */
  gboolean full;   /* the day's numbers are used up */
  gboolean told;   /* and a supervisor wrote what to tell then */
  gboolean suspended;
  int left_at;       /* the counter at which the clerk's ticket is; 0: not said */
  gboolean split;    /* no counter serves all of the ticket */
  const char *pause; /* the counter's state as the server has it */
  const char *after; /* what follows the visit; NULL: nothing */
  guint issued;
  guint calling; /* how many the board shows as called */
} Branch;

/* @roles: as for desk_new_as () */
Branch *branch_new (const char *roles);
void branch_free (Branch *branch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Branch, branch_free)

/* Says to everybody that something of @kind changed. */
void branch_tell (Branch *branch, const char *kind);
/* What was sent last with @command; aborts where it never was. (transfer none) */
GVariant *branch_last_args (Branch *branch, const char *command);
/* @text as a dictionary; "@9@" stands for the time nine minutes ago, "@-9@" for in nine. */
GVariant *branch_dict (const char *text);

G_END_DECLS
