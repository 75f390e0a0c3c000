/* entity.h: the entities that a filling creates or updates: the base of once-only.
 *
 * ODK Entities Specification 2022.1 to 2025.1 (declarations in groups and repeats). */
#pragma once

#include "forms/filling.h"

G_BEGIN_DECLS

/**
 * JnEntity: one entity as a filling has it. Owned by the list it came with.
 * @dataset: `person`, `birth` …
 * @role: (nullable): the role in the visit
 * @ref: the group that declares it
 * @create, @update: what is asked for; both may be, and then one of them fails
 * @base_version: the version that the form had before it; "" with a new one
 * @trunk_version, @branch_id: of updates made offline upon each other; "" without
 * @names, @values: (array zero-terminated=1): the properties that are answered and relevant; a blank
 *   answer is a property emptied
 */
typedef struct
{
  char *dataset;
  char *role;
  char *ref;
  char *id;
  gboolean create;
  gboolean update;
  char *base_version;
  char *trunk_version;
  char *branch_id;
  char *label;
  char **names;
  char **values;
} JnEntity;

/* (transfer full) (element-type JnEntity): document order; only those that create or update, in
 * groups that are relevant */
GPtrArray *jn_filling_list_entities (JnFilling *filling);

/* (nullable): the value of a property */
const char *jn_entity_get (const JnEntity *entity, const char *property);

/* Whether a server may take it. Errors: REJECTED: no UUID, no label for a new one, no baseVersion
 * for an update. */
gboolean jn_entity_check (const JnEntity *entity, GError **error);

/**
 * JnEntityConflict:
 * @JN_ENTITY_SOFT_CONFLICT: others changed the entity meanwhile, but nothing that this changes
 * @JN_ENTITY_HARD_CONFLICT: others changed what this changes: somebody must decide
 */
typedef enum
{
  JN_ENTITY_NO_CONFLICT,
  JN_ENTITY_SOFT_CONFLICT,
  JN_ENTITY_HARD_CONFLICT,
} JnEntityConflict;

/**
 * jn_entity_find_conflict:
 * @version: the entity's version now
 * @branch: (nullable): the branch that made that version; one's own earlier offline edits are none
 *   of other people's
 * @changed: (array zero-terminated=1): the properties changed since @entity's base version
 * @both: (out) (optional) (element-type utf8) (transfer full): those changed on both sides
 */
JnEntityConflict jn_entity_find_conflict (const JnEntity *entity,
                                          guint64 version,
                                          const char *branch,
                                          const char *const *changed,
                                          GPtrArray **both);

G_END_DECLS
