/* scan.h: what a scanner or a keyboard gave: a card, a passport, a ticket or a receipt.
 *
 * Shapes and check digits are those of forms/identity.h and forms/mrz.h. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JN_SCAN_NOTHING,  /* none of these */
  JN_SCAN_DOCUMENT, /* a number only: typed, or from a bar code */
  JN_SCAN_MRZ,      /* number, names, birth date, sex, expiry */
  JN_SCAN_TICKET,   /* "B011", "B1000" or the text of a slip's QR */
  JN_SCAN_RECEIPT,  /* https://…/r#… or a receipt number */
} JnScanKind;

/**
 * JnScan:
 * @document: "bir", "passport", "hkid", "mainland-id", "home-return-permit", "other" for DOCUMENT, MRZ
 * @number: normal form: BIR eight signs without brackets; ticket or receipt number; a receipt's text
 * @id: (nullable): the ticket that a slip's QR names: numbers come again every day
 * @surname, @given, @birth ("YYYY-MM-DD"), @sex ("M", "F", "X"), @expiry, @issuer, @nationality:
 * (nullable): as the MRZ says
 * @fault: (nullable): what is wrong with it: "check-digit", "shape", "date"
 */
typedef struct
{
  JnScanKind kind;
  const char *document;
  char *number;
  char *id;
  char *issuer;
  char *nationality;
  char *surname;
  char *given;
  char *birth;
  char *sex;
  char *expiry;
  const char *fault;
} JnScan;

/* @today: "YYYY-MM-DD", decides the century of two-digit years. Returns: (transfer full) */
JnScan *jn_scan_parse (const char *text, const char *today);
void jn_scan_free (JnScan *scan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnScan, jn_scan_free)

/**
 * jn_scan_check_document:
 * @number: as typed: brackets, spaces, strokes, full-width signs allowed
 * @normal: (out) (optional) (transfer full): as it is kept
 *
 * Returns: %NULL when it fits, else "shape" or "check-digit"
 */
const char *jn_scan_check_document (const char *kind, const char *number, char **normal);

G_END_DECLS
