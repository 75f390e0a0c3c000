/* field-text.h: several lines. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_TEXT (jn_field_text_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldText, jn_field_text, JN, FIELD_TEXT, JnField)

G_END_DECLS
