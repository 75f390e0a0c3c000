/* closing.h: the end of a day at a counter or a branch: its report, and the papers that leave it. */
#pragma once

#include "app/prints.h"
#include "app/session.h"

G_BEGIN_DECLS

/**
 * JnClosingPile: what lies here for one department
 * @department: its code
 */
typedef struct
{
  char *department;
  guint n_applications;
  guint n_papers;
} JnClosingPile;

#define JN_TYPE_CLOSING (jn_closing_get_type ())
G_DECLARE_FINAL_TYPE (JnClosing, jn_closing, JN, CLOSING, GObject)

/* Signal: "changed" (): what it says is other now. It begins with this counter, or without one with the branch. */
JnClosing *jn_closing_new (JnSession *session);

/* @counter: 0: the whole branch, which is a supervisor's alone. Nothing is known of another one until it is read. */
void jn_closing_set_counter (JnClosing *self, int counter);
int jn_closing_get_counter (JnClosing *self);
gboolean jn_closing_may_see_branch (JnClosing *self);

/* Reads it again. Errors: DENIED `not-your-counter` */
void jn_closing_refresh_async (JnClosing *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean jn_closing_refresh_finish (JnClosing *self, GAsyncResult *result, GError **error);

gboolean jn_closing_is_known (JnClosing *self); /* it was read once */
/* (element-type JnClosingPile) (transfer none): by department, sorted */
GPtrArray *jn_closing_get_piles (JnClosing *self);

/* What would be printed, in @language; (transfer full). @department: (nullable): to the next clerk. */
JnDocument *jn_closing_make_report (JnClosing *self, const char *language);
JnDocument *jn_closing_make_slip (JnClosing *self, const char *department, const char *language);

/* The use of the printer that prints them: "report", else "form", else "receipt". */
const char *jn_closing_find_use (JnClosing *self);
/* (transfer none) */
JnPrint *jn_closing_print_report (JnClosing *self, JnPrints *prints, const char *language);

/**
 * jn_closing_hand_over_async:
 * @department: (nullable): to the next clerk
 *
 * Draws up the slip, which then has a number, and prints it. After an answer that was lost (UNKNOWN) the same again
 * finds the slip that was drawn up then; so does a refresh. Errors: CONFLICT `nothing-to-hand-over`
 */
void jn_closing_hand_over_async (JnClosing *self,
                                 JnPrints *prints,
                                 const char *department,
                                 const char *language,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* (transfer full): the slip's number */
char *jn_closing_hand_over_finish (JnClosing *self, GAsyncResult *result, GError **error);

G_END_DECLS
