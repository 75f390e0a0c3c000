/* print-place.h: a counter on a real backend with a real print server, whose printer errs as told.
 *
 * The backend is the database of JANELA_TEST_DSN, as JANELA_TEST_OWNER reads it. */
#pragma once

#include "app/postgres/postgres.h"
#include "app/receipt.h"
#include "tests/app/value.h"
#include "tests/printing/cups-server.h"
#include "tests/ui/screen.h"

G_BEGIN_DECLS

/* Settings of a place: receipts go to the raw queue "pos". */
#define PRINT_PLACE_ROLL                                                                           \
  "[use]\nreceipt=roll\n[printer roll]\nqueue=pos\nkind=escpos\npaper=roll-80\n"

/* @socket: (nullable): set before it is opened: the line to @cups, where another stands between */
typedef struct
{
  CupsServer *cups;
  const char *socket;
  PGconn *owner;
  JnPostgres *server;
  JnSettings *settings;
  JnSession *session;
  JnWindow *window;
} PrintPlace;

/* Signs in and opens the window of counter 7; @printers: settings. */
void
print_place_open (PrintPlace *place, const char *login, const char *password, const char *printers);
/* The same without a window: for a screen that nobody sits at; its session is signed out. */
void print_place_prepare (PrintPlace *place, int counter, const char *printers);
void print_place_sign_in (PrintPlace *place, const char *login, const char *password);
void print_place_open_window (PrintPlace *place);
void print_place_close (PrintPlace *place);
/* Time-outs of a patient test: watchdog after 1 s. */
void print_place_hurry (JnPrintService *service);

/* A receipt that was committed: its row, and what the window holds of it. (transfer full) */
JnReceipt *print_place_commit_receipt (PrintPlace *place);

/* "printed media-empty clerk": outcome, reason, who settled it. (transfer full) (nullable) */
char *print_place_read_record (PrintPlace *place, const char *attempt);
/* Waits until the record of the attempt says so, and that its events are these. */
void print_place_assert_record (PrintPlace *place,
                                const char *attempt,
                                const char *record,
                                const char *events);

/* -- the window -- */

void print_place_wait_no_text (gpointer window, const char *text);
void print_place_open_list (PrintPlace *place); /* Shift+F9 */
/* The picture of that name ("media-empty") stands on the screen. */
void print_place_assert_picture (gpointer window, const char *picture);

gboolean print_place_is_over (gpointer print);     /* a JnPrint is not busy */
gboolean print_place_needs_clerk (gpointer print); /* … needs the clerk */
gboolean print_place_is_asked (gpointer print);    /* … is unconfirmed */

G_END_DECLS
