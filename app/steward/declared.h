/* declared.h: instance('facts') as a form of a visit saw it: the register's facts, and what the
 * other applications of the same visit say. */
#pragma once

#include <gio/gio.h>
#include "forms/form.h"

G_BEGIN_DECLS

typedef struct _JnDeclared JnDeclared;

/* @register_facts: (nullable): root/item elements as the register held them */
JnDeclared *jn_declared_new (GBytes *register_facts);
void jn_declared_free (JnDeclared *declared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JnDeclared, jn_declared_free)

/* Adds the answers of @instance that are facts; one that does not load says nothing. */
void jn_declared_add (JnDeclared *declared, JnForm *form, GBytes *instance);

/* (transfer full): the document; what was declared stands in items of its own behind the register's */
GBytes *jn_declared_to_xml (JnDeclared *declared);

G_END_DECLS
