/* sign-in-page.h: name and password; the same page covers the work of a clerk who locked it. */
#pragma once

#include "app/session.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_SIGN_IN_PAGE (jn_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (JnSignInPage, jn_sign_in_page, JN, SIGN_IN_PAGE, JnPage)

GtkWidget *jn_sign_in_page_new (JnSession *session);

G_END_DECLS
