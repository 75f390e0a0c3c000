/* field-note.h: something to read: a note, or a value that is computed. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_NOTE (jn_field_note_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldNote, jn_field_note, JN, FIELD_NOTE, JnField)

G_END_DECLS
