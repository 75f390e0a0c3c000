/* visit-paper-private.h: how the merged list makes and changes papers. */
#pragma once

#include "app/visit-paper.h"

G_BEGIN_DECLS

JnVisitPaper *jn_visit_paper_new (const char *code);
/* A further service that needs it: strictest form, optional only where all say so. @titles: (nullable)
 * names by language, sunk. */
void jn_visit_paper_add_service (JnVisitPaper *self,
                                 const char *service,
                                 GVariant *titles,
                                 JnPaperForm form,
                                 gboolean optional,
                                 gboolean may_follow,
                                 guint follow_days);
void jn_visit_paper_set_state (JnVisitPaper *self,
                               JnPaperState state,
                               const char *source,
                               const char *source_day,
                               const char *blob);
/* Whether all that is shown is the same. */
gboolean jn_visit_paper_equal (JnVisitPaper *a, JnVisitPaper *b);
/* As visit_submit wants it: "presented", "held" …; ASKED is "missing" */
const char *jn_visit_paper_state_name (JnPaperState state);

G_END_DECLS
