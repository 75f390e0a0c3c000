/* typist.h: a clerk who has only the keyboard, looks at what has the focus, and counts every key. */
#pragma once

#include "tests/ui/counter.h"
#include "ui/window.h"

G_BEGIN_DECLS

/**
 * TypistCount: what a visit took, from the waiting desk to the waiting desk
 * @keys: presses, a modifier with its key as one; a Chinese character as three (Quick: two codes and
 *   a choice)
 * @pages: that were shown between
 */
typedef struct
{
  guint keys;
  guint pages;
} TypistCount;

/* The birth of ticket B011: two persons, three forms, papers, review, receipt. */
TypistCount typist_birth (JnWindow *window);
/* One service: a certificate. @counter's ticket is made one for it. */
TypistCount typist_certificate (JnWindow *window);

G_END_DECLS
