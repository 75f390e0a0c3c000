/* field-checks.h: several of several, or one thing to acknowledge. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_CHECKS (jn_field_checks_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldChecks, jn_field_checks, JN, FIELD_CHECKS, JnField)

G_END_DECLS
