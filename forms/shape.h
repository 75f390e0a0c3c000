/* shape.h: what can be said of a form's nodes without filling it in: the base of the backend's own
 * checks (DESIGN section 3: no unknown node, lexical types, always-required nodes, static choices). */
#pragma once

#include "forms/form.h"

G_BEGIN_DECLS

/**
 * JnNodeShape:
 * @path: without positions; attributes as /data/meta/entity/@id
 * @type: as the bind says; "string" where nothing does
 * @leaf: whether it holds a value and not other nodes
 * @required: never left out: required and relevant whatever is answered
 * @choices: (nullable): the only values that it can hold, for a select with written items
 * @multiple: a value is a list of @choices separated by spaces
 *
 * Owned by the form but for @choices, which live during the call.
 */
typedef struct
{
  const char *path;
  const char *type;
  gboolean leaf;
  gboolean required;
  const char *const *choices;
  gboolean multiple;
} JnNodeShape;

typedef void (*JnNodeShapeFunc) (const JnNodeShape *shape, gpointer user_data);

/* All nodes of the primary instance in document order. */
void jn_form_foreach_shape (JnForm *form, JnNodeShapeFunc func, gpointer user_data);

G_END_DECLS
