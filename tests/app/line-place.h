/* line-place.h: a terminal on a real server, with its journal, whose line can be cut and mended.
 *
 * The database is that of JANELA_TEST_DSN, as JANELA_TEST_OWNER reads it. The line is the name of the
 * server's socket: it is cut by taking the name away and ending the server's process for us. */
#pragma once

#include "app/journal/journal.h"
#include "app/postgres/postgres.h"
#include "app/session.h"
#include "tests/app/value.h"

G_BEGIN_DECLS

typedef struct
{
  char *socket; /* the server's own folder */
  char *room;   /* where its name stands for us */
  char *dsn;
  PGconn *owner;
  JnPostgres *server;
  JnJournal *journal;
  JnSettings *settings;
  JnSession *session; /* signed out */
} LinePlace;

/* @counter: 0: none */
void line_place_open (LinePlace *place, int counter);
/* Whoever else holds the session has let it go. */
void line_place_close (LinePlace *place);

/* Until it is mended nobody comes through. */
void line_place_cut (LinePlace *place);
void line_place_mend (LinePlace *place);
/* As a server that starts again: all that was on the line is lost, and it can be taken up at once. */
void line_place_break (LinePlace *place);
gboolean line_place_is_cut (LinePlace *place);
gboolean line_place_is_down (gpointer place);     /* for jn_await_until () */
gboolean line_place_is_all_sent (gpointer place); /* … nothing is left in the journal */

G_END_DECLS
