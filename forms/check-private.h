/* check-private.h: what the parts of the check share. */
#pragma once

#include "forms/form-private.h"

G_BEGIN_DECLS

/* What a clerk would miss in the form of a service: boxes that take anything, nobody who declares,
 * no word on who may apply. Adds warnings to the form's findings. @service: jn:service */
void jn_form_check_questions (JnForm *form, const xmlNode *service);

/* What the form writes and nobody reads. Adds warnings. */
void jn_form_check_document (JnForm *form);

G_END_DECLS
