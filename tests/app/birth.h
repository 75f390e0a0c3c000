/* birth.h: the answers of the first whole visit: a mother at the desk, a father from abroad, a newborn. */
#pragma once

#include "tests/app/desk.h"

G_BEGIN_DECLS

#define REG "dsaj-birth-reg"
#define BIR "dsi-bir-first"
#define FSS "fss-birth-allowance"

/* The mother by her card, the father by his passport's machine-readable zone. */
void birth_identify (JnVisit *visit);
/* All that the three forms ask, each question once. */
void birth_answer (JnVisit *visit);
/* From a fresh visit to one that is ready to submit. */
void birth_prepare (JnVisit *visit);

G_END_DECLS
