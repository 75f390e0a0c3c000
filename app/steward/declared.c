/* declared.c: gathers what the applications of a visit say of each subject. */
#include "app/steward/declared.h"

#include <string.h>

#include "forms/filling.h"

struct _JnDeclared
{
  GString *xml; /* "<root>…" without its end */
};

static const char root_end[] = "</root>";

JnDeclared *
jn_declared_new (GBytes *register_facts)
{
  JnDeclared *declared = g_new0 (JnDeclared, 1);
  gsize size = 0;
  const char *text = register_facts != NULL ? g_bytes_get_data (register_facts, &size) : NULL;

  declared->xml = g_string_new_len (text, (gssize)size);
  if (g_str_has_suffix (declared->xml->str, root_end))
    g_string_truncate (declared->xml, declared->xml->len - strlen (root_end));
  else
    g_string_assign (declared->xml, "<root>");
  return declared;
}

void
jn_declared_free (JnDeclared *declared)
{
  g_string_free (declared->xml, TRUE);
  g_free (declared);
}

static void
add_answer (GString *xml, JnForm *form, const JnNodeState *state)
{
  const char *kind, *role, *property;
  g_autofree char *value = NULL;

  if (!state->relevant || *state->value == '\0'
      || !jn_form_get_fact (form, state->ref, &kind, &role, &property))
    return;
  value = g_markup_escape_text (state->value, -1);
  g_string_append_printf (xml, "<item><subject>%s</subject><kind>%s</kind><%s>%s</%s></item>",
                          role != NULL ? role : kind, kind, property, value, property);
}

void
jn_declared_add (JnDeclared *declared, JnForm *form, GBytes *instance)
{
  g_autoptr (JnFilling) filling = jn_filling_new_from_xml (form, instance, NULL, NULL);
  g_autoptr (GPtrArray) refs = filling != NULL ? jn_filling_list (filling) : NULL;

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      JnNodeState state;

      if (jn_filling_get (filling, g_ptr_array_index (refs, i), &state))
        add_answer (declared->xml, form, &state);
    }
}

GBytes *
jn_declared_to_xml (JnDeclared *declared)
{
  g_autofree char *text = g_strconcat (declared->xml->str, root_end, NULL);

  return g_bytes_new (text, strlen (text));
}
