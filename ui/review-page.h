/* review-page.h: each application in the citizen's language, fees, consent, signature; then submit. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_REVIEW_PAGE (jn_review_page_get_type ())
G_DECLARE_FINAL_TYPE (JnReviewPage, jn_review_page, JN, REVIEW_PAGE, JnPage)

GtkWidget *jn_review_page_new (JnVisit *visit);
/* As a part of another page: what the citizen reads is folded away. */
GtkWidget *jn_review_page_new_part (JnVisit *visit);

G_END_DECLS
