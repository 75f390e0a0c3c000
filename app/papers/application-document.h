/* application-document.h: one application as a form to sign: what was answered, in the citizen's words. */
#pragma once

#include "app/visit.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * jn_application_document_new:
 * @application: one of @visit's
 * @time: when it is given, Unix seconds: jn_session_now ()
 * @copy: 0: the first print
 *
 * For A4, in the visit's language: the department's head, every answer under its section, statements, the
 * papers handed in, fees, and lines to sign; the form's model and version stand at each page's foot. A
 * signature that was given on the pad is on it; who signs at request has lines for two witnesses.
 * Returns: (transfer full)
 */
JnDocument *
jn_application_document_new (JnVisit *visit, JnApplication *application, gint64 time, guint copy);

G_END_DECLS
