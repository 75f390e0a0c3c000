/* identify-page.h: who is here, and for whom: persons in roles, each with a document of their own. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_IDENTIFY_PAGE (jn_identify_page_get_type ())
G_DECLARE_FINAL_TYPE (JnIdentifyPage, jn_identify_page, JN, IDENTIFY_PAGE, JnPage)

GtkWidget *jn_identify_page_new (JnVisit *visit);

G_END_DECLS
