/* page.h: one page of the window: what it says to the frame around it, and what the frame asks.
 *
 * Properties (all readable and watched by the window): "next-label" (the primary button, NULL: the
 * page has none), "back-label" (NULL: no way back), "note" (a short text in the bar), "problems"
 * (how many answers are to be mended), "saves" (whether Save for later makes sense), "ready"
 * (whether the primary button may be pressed).
 * Signals: "go" (int): to a step or place of JnPlace; "visit" (JnVisit): a visit begins or is taken
 * up; "mend" (const JnProblem *): what it is about is to get the focus, on whichever page that is;
 * "moved" (guint at, guint of): inside the page, to another form; "slip" (JnTicket): its slip is
 * to be printed; "focus-next": the keyboard goes to the primary button.
 * Actions: what jn_page_add_actions () adds is "page.NAME" to keys and buttons while the page is on
 * the screen; the keys stand in keys.c. */
#pragma once

#include <gtk/gtk.h>
#include "app/visit.h"

G_BEGIN_DECLS

#define JN_TYPE_PAGE (jn_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (JnPage, jn_page, JN, PAGE, GtkBin)

/**
 * JnPlace: the places of the window, see places.h: sign-in; what stands in the navigation between
 * visits, in its order; and the six steps of a visit in theirs.
 */
typedef enum
{
  JN_PLACE_SIGN_IN,
  JN_PLACE_DESK,
  JN_PLACE_RECEPTION,
  JN_PLACE_APPOINTMENTS,
  JN_PLACE_HALL,
  JN_PLACE_PRINTERS,
  JN_PLACE_CLOSING,

  JN_PLACE_IDENTIFY,
  JN_PLACE_EVENT,
  JN_PLACE_FORMS,
  JN_PLACE_PAPERS,
  JN_PLACE_REVIEW,
  JN_PLACE_RECEIPT,
  JN_N_PLACES,
} JnPlace;
#define JN_PLACE_FIRST_STEP JN_PLACE_IDENTIFY

/**
 * JnPageClass:
 * @shown: the page is on the screen now: read again, put the focus
 * @next: the primary button or Ctrl+Enter
 * @back: Alt+Left; return FALSE to let the window go to the place before
 * @known: Alt+K: show or fold what is known
 * @search: Ctrl+F: the focus goes to the page's search field; FALSE: there is none
 * @keep: (transfer full) (nullable): what was typed and is not anywhere else yet, for a page that is
 *   built again in another language
 * @take: gets that back
 * @reach: puts the focus where that other place's work stands on this page; FALSE: it is not here
 * @mend: puts the focus on what that problem is about; FALSE: it is not here
 */
struct _JnPageClass
{
  GtkBinClass parent_class;

  void (*shown) (JnPage *self);
  void (*next) (JnPage *self);
  gboolean (*back) (JnPage *self);
  void (*known) (JnPage *self);
  gboolean (*search) (JnPage *self);
  GVariant *(*keep) (JnPage *self);
  void (*take) (JnPage *self, GVariant *kept);
  gboolean (*reach) (JnPage *self, JnPlace place);
  gboolean (*mend) (JnPage *self, const JnProblem *problem);
};

void jn_page_shown (JnPage *self);
void jn_page_next (JnPage *self);
gboolean jn_page_back (JnPage *self);
void jn_page_known (JnPage *self);
gboolean jn_page_search (JnPage *self);
GVariant *jn_page_keep (JnPage *self);
void jn_page_take (JnPage *self, GVariant *kept);
gboolean jn_page_reach (JnPage *self, JnPlace place);
gboolean jn_page_mend (JnPage *self, const JnProblem *problem);

/* For pages: what the frame shows */
void jn_page_set_next_label (JnPage *self, const char *label);
void jn_page_set_back_label (JnPage *self, const char *label);
void jn_page_set_note (JnPage *self, const char *note);
void jn_page_set_problems (JnPage *self, guint problems);
void jn_page_set_saves (JnPage *self, gboolean saves);
void jn_page_set_ready (JnPage *self, gboolean ready);
void jn_page_go (JnPage *self, JnPlace place);
void jn_page_go_mend (JnPage *self, const JnProblem *problem);
void jn_page_begin_visit (JnPage *self, JnVisit *visit);
void jn_page_print_slip (JnPage *self, JnTicket *ticket);
void jn_page_moved (JnPage *self, guint at, guint of);
void jn_page_focus_next (JnPage *self);
/* @entries are called with the page as their user data. */
void jn_page_add_actions (JnPage *self, const GActionEntry *entries, int n_entries);

const char *jn_page_get_next_label (JnPage *self);
const char *jn_page_get_back_label (JnPage *self);
const char *jn_page_get_note (JnPage *self);
guint jn_page_get_problems (JnPage *self);
gboolean jn_page_get_saves (JnPage *self);
gboolean jn_page_get_ready (JnPage *self);
GActionGroup *jn_page_get_actions (JnPage *self); /* (transfer none) (nullable) */

/* A line in words at the top of the page's content; NULL takes it away. A screen reader hears it. */
void jn_page_say (JnPage *self, const char *text);
/* The same of what went wrong; @error: (nullable): nothing did. What was cancelled changes nothing. */
void jn_page_say_error (JnPage *self, const GError *error);
/* It stands inside another page from now on: without an edge of its own. */
void jn_page_embed (JnPage *self);
/* The box into which a page puts its content, below that line. */
GtkBox *jn_page_get_content (JnPage *self);

G_END_DECLS
