/* field-entry.h: one line: text, a number, money, a secret. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_ENTRY (jn_field_entry_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldEntry, jn_field_entry, JN, FIELD_ENTRY, JnField)

G_END_DECLS
