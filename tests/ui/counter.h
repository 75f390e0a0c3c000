/* counter.h: a desk whose queue behaves: tickets wait, one is called, comes, and is finished. */
#pragma once

#include "tests/app/desk.h"

G_BEGIN_DECLS

typedef struct
{
  Desk *desk;
  const char *event; /* of the ticket: "birth"; NULL: none */
  const char *services;
  const char *state; /* of the ticket at this counter: NULL, "called", "serving", "held" */
  guint waiting;     /* how many more wait */
  guint finished;
  char *done;       /* services that are settled, separated by spaces */
  const char *step; /* (nullable): the step of a service that can be taken back */
  char *own;        /* what services points to after such a step */
  char *former;     /* services and done before it */
  char *former_done;
} Counter;

Counter *counter_new (void);
Counter *counter_new_as (const char *roles); /* as for desk_new_as () */
Counter *counter_new_at (Desk *desk);        /* (transfer full) */
void counter_free (Counter *counter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counter, counter_free)

G_END_DECLS
