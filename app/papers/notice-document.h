/* notice-document.h: what is missing, said once and completely; and why something is not accepted. */
#pragma once

#include "app/visit.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * jn_notice_document_new:
 * @time: when it is given, Unix seconds: jn_session_now ()
 * @copy: 0: the first print
 *
 * The one-time notice (一次性告知書) of a visit, in the visit's language: every paper that is missing for any
 * of its services, and by when; then what was shown or is held already, so that nobody brings it again. The
 * ticket's symbol is on it. The identity number is masked.
 * Returns: (transfer full)
 */
JnDocument *jn_notice_document_new (JnVisit *visit, gint64 time, guint copy);

/**
 * JnRefusal: why one application is not accepted.
 * @service: its code
 * @reason: in the visit's two languages; @reason.second may be %NULL where the clerk wrote it in one
 * @basis: (nullable in @basis.first): the law and its article
 * @remedy: (nullable in @remedy.first): what the citizen may do so that it can be accepted
 */
typedef struct
{
  const char *service;
  JnWords reason;
  JnWords basis;
  JnWords remedy;
} JnRefusal;

/**
 * jn_refusal_document_new:
 *
 * The notice that an application is not accepted, with reason, basis and remedy (Administrative Procedure
 * Code: reasons are owed). Returns: (transfer full)
 */
JnDocument *
jn_refusal_document_new (JnVisit *visit, const JnRefusal *refusal, gint64 time, guint copy);

G_END_DECLS
