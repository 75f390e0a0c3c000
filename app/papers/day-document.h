/* day-document.h: the report of a day from what the backend counted. */
#pragma once

#include "app/session.h"
#include "printing/document.h"

G_BEGIN_DECLS

/**
 * jn_day_document_new:
 * @answer: of the query `day_report`
 * @language: of the clerks
 * @time: when it is drawn up, Unix seconds
 *
 * Visits, applications by department, tickets by outcome, papers printed against confirmed, confirmed fees, the till where
 * there is one, and how much does not match. No person is in it. Returns: (transfer full)
 */
JnDocument *
jn_day_document_new (GVariant *answer, JnSession *session, const char *language, gint64 time);

G_END_DECLS
