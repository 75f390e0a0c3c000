/* departments.h: the bureaux whose services the catalogue holds (forms/departments.xml). */
#pragma once

#include "forms/form.h"
#include "forms/names.h"

G_BEGIN_DECLS

/**
 * JnDepartment:
 * @code: what a service names, "dsi"
 * @acronym: what people call it, "DSI"
 */
typedef struct
{
  char *code;
  char *acronym;
  JnNames names;
} JnDepartment;

/* Errors: %JN_FORM_ERROR_SYNTAX with the line. Returns: (transfer full) (element-type JnDepartment):
 * in the file's order */
GPtrArray *jn_departments_new_from_bytes (GBytes *xml, GError **error);

G_END_DECLS
