/* field-choice.h: one of several: a list that is searched by typing, or a few radio buttons. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_CHOICE (jn_field_choice_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldChoice, jn_field_choice, JN, FIELD_CHOICE, JnField)

G_END_DECLS
