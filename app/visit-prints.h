/* visit-prints.h: what a visit prints before its receipt: the notice of what is missing, the forms to sign. */
#pragma once

#include "app/papers/notice-document.h"
#include "app/prints.h"
#include "app/visit.h"

G_BEGIN_DECLS

/* Why one service of the visit is not accepted; the visit goes on without it. (transfer none) */
JnPrint *jn_visit_print_refusal (JnVisit *visit, JnPrints *prints, const JnRefusal *refusal);

/* The one-time notice, on the sheet printer where there is one, else on the roll. (transfer none) */
JnPrint *jn_visit_print_notice (JnVisit *visit, JnPrints *prints);

/**
 * jn_visit_print_forms:
 *
 * Each application of the visit as a form to sign, on the sheet printer; one is written each turn of the main
 * loop, so that the window does not wait. Returns: how many there are
 */
guint jn_visit_print_forms (JnVisit *visit, JnPrints *prints);

G_END_DECLS
