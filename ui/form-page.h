/* form-page.h: the forms of a visit, one after another: cards of fields, what is known folded away. */
#pragma once

#include "app/visit.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define JN_TYPE_FORM_PAGE (jn_form_page_get_type ())
G_DECLARE_FINAL_TYPE (JnFormPage, jn_form_page, JN, FORM_PAGE, JnPage)

/* Tells by "moved" which of the visit's forms is shown; from 1. */
GtkWidget *jn_form_page_new (JnVisit *visit);

G_END_DECLS
