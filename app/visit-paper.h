/* visit-paper.h: one paper of the merged list: asked for once, whatever number of services needs it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  JN_PAPER_ASKED,     /* nobody said anything yet */
  JN_PAPER_PRESENTED, /* original compared by the clerk */
  JN_PAPER_SCANNED,
  JN_PAPER_QR,      /* verified by its QR */
  JN_PAPER_HELD,    /* the government holds it already: not asked for */
  JN_PAPER_FETCHED, /* fetched from a department */
  JN_PAPER_MISSING,
} JnPaperState;

typedef enum
{
  JN_PAPER_ORIGINAL = 1 << 0,
  JN_PAPER_COPY = 1 << 1,
} JnPaperForm;

#define JN_TYPE_VISIT_PAPER (jn_visit_paper_get_type ())
G_DECLARE_FINAL_TYPE (JnVisitPaper, jn_visit_paper, JN, VISIT_PAPER, GObject)

/* Property (notified): "state" (int). */
const char *jn_visit_paper_get_code (JnVisitPaper *self);
/* (transfer full): the title in "zh-Hant", "pt" or "en" */
char *jn_visit_paper_get_title (JnVisitPaper *self, const char *language);
const char *const *jn_visit_paper_get_services (JnVisitPaper *self); /* codes of who needs it */
JnPaperForm jn_visit_paper_get_form (JnVisitPaper *self);
JnPaperState jn_visit_paper_get_state (JnVisitPaper *self);
gboolean jn_visit_paper_is_optional (JnVisitPaper *self);
/* Whether every service that needs it takes the application without it for now; within how many
 * days it must follow (0: not said) */
gboolean jn_visit_paper_may_follow (JnVisitPaper *self);
guint jn_visit_paper_get_follow_days (JnVisitPaper *self);
/* What makes it unnecessary or where it came from: a department's code, "document", "service:CODE";
 * (nullable). For HELD the day of the fact beside it. */
const char *jn_visit_paper_get_source (JnVisitPaper *self);
const char *jn_visit_paper_get_source_day (JnVisitPaper *self); /* (nullable) */
const char *jn_visit_paper_get_blob (JnVisitPaper *self);       /* (nullable): the scan's hash */
/* Whether nothing more is to be said about it */
gboolean jn_visit_paper_is_settled (JnVisitPaper *self);

G_END_DECLS
