/* monkey.h: somebody who presses, types and changes at random whatever the window has, and now and then goes on sensibly.
 *
 * The same seed does the same as long as the server answers in the same order. */
#pragma once

#include "tests/app/line-place.h"
#include "ui/window.h"

G_BEGIN_DECLS

typedef struct
{
  LinePlace *place;
  JnWindow *window;
  const char *login;
  const char *password;
  GRand *rand;
  GString *deed; /* what was done last, in words */
} Monkey;

/* One deed, and what follows from it at once. */
void monkey_step (Monkey *monkey);
/* Nobody is signed in or the screen is locked: signs in, waits until the desk is there. */
void monkey_enter (Monkey *monkey);

G_END_DECLS
