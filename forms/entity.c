/* entity.c: entities that a form declares, and those that a filling makes.
 *
 * ODK Entities Specification, 2024.1 (offline) and 2025.1 (in groups and repeats). */
#include <string.h>

#include "forms/filling-private.h"

/* ---- reading ------------------------------------------------------------------------------------ */

static gboolean
is_declaration (const JnNode *node)
{
  return !node->attribute && strcmp ((const char *)node->name, "entity") == 0
         && node->parent != NULL && strcmp ((const char *)node->parent->name, "meta") == 0
         && node->parent->parent != NULL
         && jn_xml_attribute (node->source, "dataset", NULL) != NULL;
}

static void
declare (JnReader *reader, JnNode *node)
{
  JnNode *group = node->parent->parent;
  const char *dataset = jn_xml_attribute (node->source, "dataset", NULL);

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

  if (find_declaring (node) == NULL)
    jn_reader_find (reader, node->line, TRUE, "%s is saved to '%s', but no entity is declared",
                    node->path, name);
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
