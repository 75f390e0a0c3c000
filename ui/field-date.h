/* field-date.h: a date, a time, or both: typed as digits, or taken from a calendar. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_DATE (jn_field_date_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldDate, jn_field_date, JN, FIELD_DATE, JnField)

G_END_DECLS
