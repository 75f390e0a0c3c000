/* papers-page.h: one list of papers for all services, each with its state. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_PAPERS_PAGE (jn_papers_page_get_type ())
G_DECLARE_FINAL_TYPE (JnPapersPage, jn_papers_page, JN, PAPERS_PAGE, JnPage)

GtkWidget *jn_papers_page_new (JnVisit *visit);
/* As a part of another page: a card with a heading. */
GtkWidget *jn_papers_page_new_part (JnVisit *visit);

G_END_DECLS
