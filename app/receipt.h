/* receipt.h: the one receipt of a visit: committed first, then sealed, then printed.
 *
 * The terminal's key seals it; the backend keeps the first seal, so that a reprint is the same to
 * the byte. Every print is an attempt that the backend wrote down; nothing is printed a second time
 * by itself. */
#pragma once

#include "app/prints.h"
#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * JnReceiptLine: one application on the receipt.
 * @state: "submitted", or "waiting" for what it needs (no clock, no fee yet)
 * @pledge_days: 0: no pledge known; @due: (nullable) "YYYY-MM-DD"
 * @fee: avos; -1: not known, or not confirmed by the department, or not begun
 */
typedef struct
{
  const char *number;
  const char *service;
  const char *department;
  const char *state;
  guint pledge_days;
  const char *due;
  gint64 fee;
} JnReceiptLine;

#define JN_TYPE_RECEIPT (jn_receipt_get_type ())
G_DECLARE_FINAL_TYPE (JnReceipt, jn_receipt, JN, RECEIPT, GObject)

/* Property (notified): "seal" (string). */
const char *jn_receipt_get_id (JnReceipt *self);
const char *jn_receipt_get_number (JnReceipt *self); /* "07-2026-0000001" */
const char *jn_receipt_get_language (JnReceipt *self);
const char *jn_receipt_get_branch (JnReceipt *self);
int jn_receipt_get_counter (JnReceipt *self);
gint64 jn_receipt_get_time (JnReceipt *self);         /* Unix seconds */
const char *jn_receipt_get_pick_up (JnReceipt *self); /* (nullable) "YYYY-MM-DD" */
guint jn_receipt_get_n_lines (JnReceipt *self);
const JnReceiptLine *jn_receipt_get_line (JnReceipt *self, guint i);
gint64 jn_receipt_get_fee (JnReceipt *self);         /* avos charged */
gboolean jn_receipt_has_open_fees (JnReceipt *self); /* some are to be confirmed by a department */
gboolean jn_receipt_is_offline (JnReceipt *self);    /* taken while the line was down */
const char *
jn_receipt_get_seal (JnReceipt *self); /* (nullable): the QR's text; %NULL until sealed */

/* (transfer full): the page, for the preview in the window and for paper; @copy: 0, or what COPY n says. Has no QR
 * before it is sealed. */
JnDocument *jn_receipt_make_document (JnReceipt *self, guint copy);

/**
 * jn_receipt_print:
 * @use: the printer's use in the settings: "receipt" (roll), "form" (sheet)
 *
 * Returns: (transfer none): the print that begins; jn_prints_find () gives the last one by the receipt's id
 */
JnPrint *jn_receipt_print (JnReceipt *self, JnPrints *prints, const char *use);

G_END_DECLS
