/* words.h: codes and states in the words of the clerk's language: what it is, and what to do. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

/* "mother" → "Mother"; an unknown role as it is */
/* Between the names of a list: ", " */
const char *jn_words_comma (void);
const char *jn_words_role (const char *role);
const char *jn_words_document (const char *kind);
const char *jn_words_priority (JnPriority priority);
/* (transfer full): "held by DSI since 01/02/2026", "missing: may follow within 10 days" … */
char *jn_words_paper (JnVisitPaper *paper, JnVisit *visit);
const char *jn_words_paper_state (JnPaperState state);
/* (transfer full): where a known answer comes from: "DSI · 01/02/2026", "read at this counter" */
char *jn_words_source (const char *source, const char *as_of, JnVisit *visit);
/* (transfer full): "5 working days"; @days 0: none is published */
char *jn_words_pledge (guint days, gboolean working);
const char *jn_words_grade (JnGrade grade);
/* (transfer full): what happened, and how to go on */
char *jn_words_error (const GError *error);
/* (transfer full): how the line to the server stands */
char *jn_words_link (JnSession *session);
/* Why an answer is refused, where the form itself has no words for it. */
const char *jn_words_invalid (JnInvalid invalid, const char *type);

/* (transfer full): what is under a visit's name: "Birth of a child · 3 services · 12:05" */
char *jn_words_visit (JnVisit *visit);

G_END_DECLS
