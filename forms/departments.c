/* departments.c: reads forms/departments.xml. */
#include "forms/departments.h"

#include "forms/vocabulary-private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

static void
department_free (gpointer data)
{
  JnDepartment *department = data;

  g_free (department->code);
  g_free (department->acronym);
  jn_names_clear (&department->names);
  g_free (department);
}

static gboolean
read_names (JnDepartment *department, const xmlNode *element, GError **error)
{
  for (const xmlNode *node = jn_xml_first_element (element); node != NULL;
       node = jn_xml_next_element (node))
    {
      const JnWords words = { node, error };

      if (!jn_xml_is (node, "name", JN_NS_JANELA))
        return jn_words_refuse (&words, "a department knows no such element");
      if (!jn_names_add (&department->names, &words))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_department (GPtrArray *departments, const xmlNode *element, GError **error)
{
  const JnWords words = { element, error };
  JnDepartment *department = g_new0 (JnDepartment, 1);

  g_ptr_array_add (departments, department);
  if (!jn_xml_is (element, "department", JN_NS_JANELA))
    return jn_words_refuse (&words, "only departments stand here");
  department->code = g_strdup (jn_words_require (&words, "code"));
  if (department->code == NULL)
    return FALSE;
  department->acronym = g_strdup (jn_words_require (&words, "acronym"));
  return department->acronym != NULL && read_names (department, element, error);
}

GPtrArray *
jn_departments_new_from_bytes (GBytes *xml, GError **error)
{
  g_autoptr (GPtrArray) departments = g_ptr_array_new_with_free_func (department_free);
  g_autoptr (xmlDoc) doc = jn_xml_parse (xml, NULL, error);

  if (doc == NULL)
    return NULL;
  for (const xmlNode *node = jn_xml_first_element (xmlDocGetRootElement (doc)); node != NULL;
       node = jn_xml_next_element (node))
    if (!read_department (departments, node, error))
      return NULL;
  return g_steal_pointer (&departments);
}
