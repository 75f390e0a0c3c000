/* shape.c: walks a form's definition and tells what holds for every filling of it. */
#include "forms/shape.h"

#include "forms/form-private.h"

static gboolean
is_always (const JnNode *node, JnRuleKind kind)
{
  return node->rules[kind] == NULL && node->constant[kind];
}

static gboolean
is_always_relevant (const JnNode *node)
{
  for (; node != NULL; node = node->parent)
    if (!is_always (node, JN_RULE_RELEVANT) || node->repeat)
      return FALSE;
  return TRUE;
}

/* (nullable) (transfer container): NULL-terminated values; an itemset may change with the answers */
static const char **
list_choices (const JnNode *node)
{
  const JnChoices *choices = node->control != NULL ? node->control->choices : NULL;
  const char **values;

  if (choices == NULL || choices->items == NULL || choices->nodeset != NULL)
    return NULL;
  values = g_new0 (const char *, choices->items->len + 1);
  for (guint i = 0; i < choices->items->len; i++)
    values[i] = ((JnItem *)g_ptr_array_index (choices->items, i))->value;
  return values;
}

void
jn_form_foreach_shape (JnForm *form, JnNodeShapeFunc func, gpointer user_data)
{
  for (guint i = 0; i < form->nodes->len; i++)
    {
      const JnNode *node = g_ptr_array_index (form->nodes, i);
      g_autofree const char **choices = list_choices (node);
      JnNodeShape shape = {
        .path = node->path,
        .type = node->type_name != NULL ? node->type_name : "string",
        .leaf = node->children == NULL || node->children->len == 0,
        .required = is_always (node, JN_RULE_REQUIRED) && is_always_relevant (node),
        .choices = choices,
        .multiple = node->control != NULL && node->control->kind != JN_CONTROL_SELECT1,
      };

      func (&shape, user_data);
    }
}
