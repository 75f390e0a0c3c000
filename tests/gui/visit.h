/* visit.h: plays the first whole visit in the real window: a birth, from the clerk's sign-in to the receipt. */
#pragma once

#include "tests/gui/desk-driver.h"

G_BEGIN_DECLS

/**
 * VisitPlay:
 * @language: of the window: "en", "pt", "zh-Hant"
 * @pictures: (nullable): the folder for NN-page.LANGUAGE.png
 */
typedef struct
{
  JnDeskDriver *desk;
  const char *language;
  const char *pictures;
  int n_pictures;
} VisitPlay;

/* Starts janela on the database of JANELA_TEST_DSN at that counter. */
void visit_open (VisitPlay *play, int counter, const char *language, const char *pictures);
int visit_close (VisitPlay *play);

/* The window's own words in its language. */
const char *visit_words (VisitPlay *play, const char *msgid);

/* Step by step; each waits until its page stands. */
void visit_sign_in (VisitPlay *play, const char *login, const char *password);
/* The same where the desk stands with another button than "Call next". */
void
visit_sign_in_to (VisitPlay *play, const char *login, const char *password, const char *button);
/* Takes up the visit at the desk, up to its forms. */
void visit_continue (VisitPlay *play);
/* Ticket B011 up to its first form. */
void visit_begin_birth (VisitPlay *play);
void visit_call (VisitPlay *play);
void visit_identify (VisitPlay *play, const char *role, const char *number);
void visit_scan_passport (VisitPlay *play, const char *role, const char *first, const char *second);
void visit_next (VisitPlay *play);
/* Settles papers, consents and signature, submits, and waits for the receipt. */
void visit_papers (VisitPlay *play);
void visit_submit (VisitPlay *play);
/* Waits until the receipt is printed, and prints it on a sheet too. */
void visit_print_on_sheet (VisitPlay *play);
/* Rates and closes the visit; the desk stands again. */
void visit_finish (VisitPlay *play);

/* All of the birth visit of ticket B011, from the desk to the receipt. */
void visit_play_birth (VisitPlay *play);
/* One service for who has that identity card: identify, one page, receipt. */
void visit_play_certificate (VisitPlay *play, const char *number);

void visit_picture (VisitPlay *play, const char *page);

G_END_DECLS
