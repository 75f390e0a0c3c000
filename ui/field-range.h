/* field-range.h: a number between two ends, on a slider. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_RANGE (jn_field_range_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldRange, jn_field_range, JN, FIELD_RANGE, JnField)

G_END_DECLS
