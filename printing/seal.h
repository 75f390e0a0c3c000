/* seal.h: the receipt's seal: an Ed25519 signature that anyone can check, without network.
 *
 * The QR holds https://<host>/r# + base64url of an untagged COSE_Sign1 (RFC 9052) whose payload is
 * the CBOR array [receipt no., branch, counter, time, [application nos.], fee in avos, pick-up
 * day]. No name and no identity number is in it. It proves that the paper comes from this
 * terminal's key; it is no qualified signature. */
#pragma once

#include <gio/gio.h>

#include "printing/keys.h"

G_BEGIN_DECLS

/**
 * JnReceiptClaim:
 * @receipt: the receipt's number
 * @branch: the branch's number
 * @counter: the counter's number
 * @time: when it was issued, seconds since 1970 UTC
 * @applications: (nullable) (array zero-terminated=1): the numbers of up to 4 applications; %NULL
 * when there were more and only @digest is known
 * @n_applications: how many there are
 * @digest: BLAKE2b-128 of the numbers joined by "\n", where there are more than 4
 * @fee: in avos
 * @pick_up: (nullable) day of pick-up, days since 1970-01-01; 0 for none
 *
 * What a receipt says of itself.
 */
typedef struct
{
  char *receipt;
  guint branch;
  guint counter;
  gint64 time;
  GStrv applications;
  guint n_applications;
  guint8 digest[16];
  gint64 fee;
  gint32 pick_up;
} JnReceiptClaim;

JnReceiptClaim *jn_receipt_claim_new (const char *receipt,
                                      guint branch,
                                      guint counter,
                                      gint64 time,
                                      const char *const *applications,
                                      gint64 fee,
                                      gint32 pick_up);
JnReceiptClaim *jn_receipt_claim_copy (const JnReceiptClaim *claim);
void jn_receipt_claim_free (JnReceiptClaim *claim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnReceiptClaim, jn_receipt_claim_free)

/**
 * jn_receipt_claim_covers: Returns: whether exactly these applications are the ones sealed; this is
 * how a receipt with more than four is compared with the record
 */
gboolean jn_receipt_claim_covers (const JnReceiptClaim *claim, const char *const *applications);

#define JN_SEAL_ERROR (jn_seal_error_quark ())
GQuark jn_seal_error_quark (void);

/**
 * JnSealError: why a text is not a genuine receipt
 * @JN_SEAL_ERROR_MALFORMED: not a receipt of ours at all
 * @JN_SEAL_ERROR_TAMPERED: the signature does not fit what it says
 * @JN_SEAL_ERROR_UNKNOWN_KEY: no such key in the list
 * @JN_SEAL_ERROR_REVOKED: issued after its key was revoked
 * @JN_SEAL_ERROR_NOT_YET_VALID: issued before its key was valid
 * @JN_SEAL_ERROR_EXPIRED: issued after its key's last day
 * @JN_SEAL_ERROR_FUTURE: issued later than now
 */
typedef enum
{
  JN_SEAL_ERROR_MALFORMED,
  JN_SEAL_ERROR_TAMPERED,
  JN_SEAL_ERROR_UNKNOWN_KEY,
  JN_SEAL_ERROR_REVOKED,
  JN_SEAL_ERROR_NOT_YET_VALID,
  JN_SEAL_ERROR_EXPIRED,
  JN_SEAL_ERROR_FUTURE,
} JnSealError;

/**
 * jn_seal_receipt:
 * @host: of the page that shows a receipt's state ("janela.example")
 *
 * Signs @claim with the terminal's key. Ed25519 is deterministic: the same claim and key give the
 * same text; api.receipt_seal keeps the first all the same.
 *
 * Returns: (transfer full): the text of the QR
 */
char *jn_seal_receipt (const JnSealKey *key, const JnReceiptClaim *claim, const char *host);

/**
 * jn_seal_verify:
 * @text: the QR's text; any host is taken, the seal is what counts
 * @now: seconds since 1970; 5 minutes of clock difference are allowed
 * @kid: (out) (optional): who sealed it
 *
 * Returns: (transfer full): what the receipt says; %NULL with %JN_SEAL_ERROR when it is not genuine
 */
JnReceiptClaim *
jn_seal_verify (const char *text, const JnKeyList *keys, gint64 now, JnKeyId *kid, GError **error);

G_END_DECLS
