/* closing-page.h: the close of the day: its report, and the slips with which papers go to the departments. */
#pragma once

#include "app/prints.h"
#include "app/session.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_CLOSING_PAGE (jn_closing_page_get_type ())
G_DECLARE_FINAL_TYPE (JnClosingPage, jn_closing_page, JN, CLOSING_PAGE, JnPage)

GtkWidget *jn_closing_page_new (JnSession *session, JnPrints *prints);

G_END_DECLS
