/* field-upload.h: a file to attach. */
#pragma once

#include "ui/field.h"

G_BEGIN_DECLS

#define JN_TYPE_FIELD_UPLOAD (jn_field_upload_get_type ())
G_DECLARE_FINAL_TYPE (JnFieldUpload, jn_field_upload, JN, FIELD_UPLOAD, JnField)

G_END_DECLS
