/* entity.c: entities that a form declares, and those that a filling makes.
 *
 * ODK Entities Specification, 2024.1 (offline) and 2025.1 (in groups and repeats). */
#include "forms/entity.h"

#include <string.h>

#include "forms/filling-private.h"

/* ---- reading ------------------------------------------------------------------------------------ */

static gboolean
is_declaration (const JnNode *node)
{
  return !node->attribute && strcmp ((const char *)node->name, "entity") == 0
         && node->parent != NULL && strcmp ((const char *)node->parent->name, "meta") == 0
         && node->parent->parent != NULL;
}

static gboolean
has_attribute (const JnNode *node, const char *name)
{
  return jn_xml_attribute (node->source, name, NULL) != NULL;
}

/* "Declaring that a form creates entities", "… updates entities" */
static void
check_declaration (JnReader *reader, const JnNode *node)
{
  gboolean create = has_attribute (node, "create"), update = has_attribute (node, "update");
  const char *missing = NULL;

  if (!has_attribute (node, "id"))
    missing = "an id";
  else if (!create && !update)
    missing = "create or update";
  else if (update && !has_attribute (node, "baseVersion"))
    missing = "a baseVersion to update";
  else if (create && jn_node_find_child (reader->form, node, BAD_CAST "label", NULL, FALSE) == NULL)
    missing = "a label";
  if (missing != NULL)
    jn_reader_find (reader, node->line, TRUE, "%s declares an entity without %s", node->path,
                    missing);
}

static void
declare (JnReader *reader, JnNode *node)
{
  JnNode *group = node->parent->parent;
  const char *dataset = jn_xml_attribute (node->source, "dataset", NULL);

  if (dataset == NULL)
    {
      jn_reader_find (reader, node->line, TRUE, "%s declares an entity without a dataset",
                      node->path);
      return;
    }
  check_declaration (reader, node);
  group->entity = node;
  group->dataset = dataset;
  group->role = jn_xml_attribute (group->source, "role", JN_NS_JANELA);
  if (xmlValidateNCName (BAD_CAST dataset, 0) != 0 || strchr (dataset, '.') != NULL
      || g_str_has_prefix (dataset, "__"))
    jn_reader_find (reader, node->line, TRUE, "'%s' cannot name a dataset", dataset);
}

static const JnNode *
find_declaring (const JnNode *node)
{
  while (node != NULL && node->entity == NULL)
    node = node->parent;
  return node;
}

static void
check_saveto (JnReader *reader, const JnNode *node)
{
  const char *name = node->saveto;
  const JnNode *group = find_declaring (node);

  if (group == NULL)
    jn_reader_find (reader, node->line, TRUE, "%s is saved to '%s', but no entity is declared",
                    node->path, name);
  else if (group->range != node->range)
    jn_reader_find (reader, node->line, TRUE,
                    "%s is saved to '%s' of one entity, but its repeat has many rows", node->path,
                    name);
  if (g_ascii_strcasecmp (name, "name") == 0 || g_ascii_strcasecmp (name, "label") == 0
      || g_str_has_prefix (name, "__") || xmlValidateNCName (BAD_CAST name, 0) != 0)
    jn_reader_find (reader, node->line, TRUE, "'%s' cannot name a property", name);
}

void
jn_reader_entities (JnReader *reader)
{
  const GPtrArray *nodes = reader->form->nodes;
  gboolean any = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    if (is_declaration (nodes->pdata[i]))
      {
        declare (reader, nodes->pdata[i]);
        any = TRUE;
      }
  for (guint i = 0; i < nodes->len; i++)
    if (((JnNode *)nodes->pdata[i])->saveto != NULL)
      check_saveto (reader, nodes->pdata[i]);
  if (any && reader->form->entities_version == NULL)
    jn_reader_find (reader, reader->form->root->line, FALSE,
                    "entities are declared, but the model has no entities-version");
}

gboolean
jn_form_get_fact (const JnForm *form,
                  const char *ref,
                  const char **subject,
                  const char **role,
                  const char **property)
{
  const JnNode *node = g_hash_table_lookup (form->by_path, ref);
  const JnNode *group = node != NULL && node->saveto != NULL ? find_declaring (node) : NULL;

  if (group == NULL)
    return FALSE;
  if (subject != NULL)
    *subject = group->dataset;
  if (role != NULL)
    *role = group->role;
  if (property != NULL)
    *property = node->saveto;
  return TRUE;
}

/* ---- what a filling makes ----------------------------------------------------------------------- */

static void
entity_free (gpointer data)
{
  JnEntity *entity = data;

  g_free (entity->dataset);
  g_free (entity->role);
  g_free (entity->ref);
  g_free (entity->id);
  g_free (entity->base_version);
  g_free (entity->trunk_version);
  g_free (entity->branch_id);
  g_free (entity->label);
  g_strfreev (entity->names);
  g_strfreev (entity->values);
  g_free (entity);
}

static char *
get_child (const JnAnswer *answer, const char *name)
{
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      const JnNode *child = answer->node->children->pdata[i];

      if (!child->repeat && strcmp ((const char *)child->name, name) == 0
          && answer->slots[i].one->visible)
        return g_strdup (jn_answer_get_text (answer->slots[i].one));
    }
  return g_strdup ("");
}

static gboolean
is_asked (const JnAnswer *declaration, const char *action)
{
  g_autofree char *text = get_child (declaration, action);

  return strcmp (text, "1") == 0 || strcmp (text, "true") == 0;
}

typedef struct
{
  const JnNode *group;
  GPtrArray *names;
  GPtrArray *values;
} Properties;

static void
add_property (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  Properties *properties = user_data;
  const JnNode *node = answer->node;

  if (node->saveto == NULL || !answer->visible || find_declaring (node) != properties->group)
    return;
  g_ptr_array_add (properties->names, g_strdup (node->saveto));
  g_ptr_array_add (properties->values, g_strdup (jn_answer_get_text (answer)));
}

static JnEntity *
make_entity (JnFilling *filling, JnAnswer *group, const JnAnswer *declaration)
{
  JnEntity *entity = g_new0 (JnEntity, 1);
  Properties properties = { group->node, g_ptr_array_new (), g_ptr_array_new () };

  entity->dataset = get_child (declaration, "dataset");
  entity->role = g_strdup (group->node->role);
  entity->ref = jn_answer_dup_ref (group);
  entity->id = get_child (declaration, "id");
  entity->create = is_asked (declaration, "create");
  entity->update = is_asked (declaration, "update");
  entity->base_version = get_child (declaration, "baseVersion");
  entity->trunk_version = get_child (declaration, "trunkVersion");
  entity->branch_id = get_child (declaration, "branchId");
  entity->label = get_child (declaration, "label");
  jn_answer_walk (filling, group, add_property, &properties);
  g_ptr_array_add (properties.names, NULL);
  g_ptr_array_add (properties.values, NULL);
  entity->names = (char **)g_ptr_array_free (properties.names, FALSE);
  entity->values = (char **)g_ptr_array_free (properties.values, FALSE);
  return entity;
}

static void
list_entity (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  JnAnswer *group = answer->parent != NULL ? answer->parent->parent : NULL;

  if (group == NULL || group->node->entity != answer->node || !answer->visible)
    return;
  if (is_asked (answer, "create") || is_asked (answer, "update"))
    g_ptr_array_add (user_data, make_entity (filling, group, answer));
}

GPtrArray *
jn_filling_list_entities (JnFilling *filling)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (entity_free);

  jn_answer_walk (filling, filling->root, list_entity, entities);
  return entities;
}

const char *
jn_entity_get (const JnEntity *entity, const char *property)
{
  for (guint i = 0; entity->names[i] != NULL; i++)
    if (strcmp (entity->names[i], property) == 0)
      return entity->values[i];
  return NULL;
}

gboolean
jn_entity_check (const JnEntity *entity, GError **error)
{
  const char *id = g_str_has_prefix (entity->id, "uuid:") ? entity->id + 5 : entity->id;

  if (!g_uuid_string_is_valid (id))
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED, "%s: '%s' is no UUID", entity->ref,
                 entity->id);
  else if (entity->create && *entity->label == '\0')
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED, "%s: a new %s has no label",
                 entity->ref, entity->dataset);
  else if (entity->update && *entity->base_version == '\0')
    g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_REJECTED,
                 "%s: an update of a %s has no baseVersion", entity->ref, entity->dataset);
  else
    return TRUE;
  return FALSE;
}

JnEntityConflict
jn_entity_find_conflict (const JnEntity *entity,
                         guint64 version,
                         const char *branch,
                         const char *const *changed,
                         GPtrArray **both)
{
  g_autoptr(GPtrArray) common = g_ptr_array_new_with_free_func (g_free);
  guint64 base = g_ascii_strtoull (entity->base_version, NULL, 10);
  gboolean own = branch != NULL && *branch != '\0' && strcmp (branch, entity->branch_id) == 0;
  gboolean conflict = entity->update && base < version && !own;

  for (guint i = 0; conflict && changed != NULL && changed[i] != NULL; i++)
    if (jn_entity_get (entity, changed[i]) != NULL)
      g_ptr_array_add (common, g_strdup (changed[i]));
  if (both != NULL)
    *both = g_ptr_array_ref (common);
  if (common->len > 0)
    return JN_ENTITY_HARD_CONFLICT;
  return conflict ? JN_ENTITY_SOFT_CONFLICT : JN_ENTITY_NO_CONFLICT;
}
