/* check-document.c: looks for what a form writes and nobody reads: elements, attributes, preloads. */
#include "forms/check-private.h"

#include <string.h>

static gboolean
is_among (const char *const *names, const xmlChar *name)
{
  return g_strv_contains (names, (const char *)name);
}

static gboolean
has_namespace (const xmlNs *ns, const char *href)
{
  return ns != NULL && xmlStrEqual (ns->href, BAD_CAST href);
}

/* Of other namespaces than the forms' own nothing is said. */
static void
check_element (JnForm *form, const xmlNode *element, const char *const *known)
{
  if (has_namespace (element->ns, JN_NS_ODK))
    {
      if (strcmp ((const char *)element->name, "rank") != 0)
        jn_form_add_finding (form, jn_xml_line (element), FALSE, "odk:%s is not done at a counter",
                             element->name);
    }
  else if ((element->ns == NULL || has_namespace (element->ns, JN_NS_XFORMS))
           && !is_among (known, element->name))
    jn_form_add_finding (form, jn_xml_line (element), FALSE, "nobody reads the element %s",
                         element->name);
}

static void
check_bind (JnForm *form, const xmlNode *bind)
{
  static const char *const plain[]
      = { "nodeset",  "ref",       "id",         "type",           "relevant", "required",
          "readonly", "calculate", "constraint", "saveIncomplete", NULL };
  static const char *const javarosa[]
      = { "requiredMsg", "constraintMsg", "preload", "preloadParams", "noAppErrorString", NULL };

  for (const xmlAttr *attribute = bind->properties; attribute != NULL; attribute = attribute->next)
    if ((attribute->ns == NULL && !is_among (plain, attribute->name))
        || (has_namespace (attribute->ns, JN_NS_JAVAROSA) && !is_among (javarosa, attribute->name)))
      jn_form_add_finding (form, jn_xml_line (bind), FALSE,
                           "nobody reads the attribute %s of a bind", attribute->name);
}

/* Spec, "Preload Attributes" */
static void
check_preload (JnForm *form, const JnNode *node)
{
  static const struct
  {
    const char *preload;
    const char *params; /* NULL: any */
  } known[] = { { "uid", NULL },
                { "timestamp", "start" },
                { "timestamp", "end" },
                { "date", "today" },
                { "property", NULL } };
  const char *params = node->preload_params != NULL ? node->preload_params : "";

  if (node->preload == NULL || *node->preload == '\0')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].preload, node->preload) == 0
        && (known[i].params == NULL || strcmp (known[i].params, params) == 0))
      return;
  jn_form_add_finding (form, node->line, FALSE, "%s: jr:preload '%s' of '%s' fills in nothing",
                       node->path, node->preload, params);
}

static void
check_model (JnForm *form, const xmlNode *model)
{
  static const char *const known[]
      = { "instance", "itext", "bind", "setvalue", "submission", NULL };

  for (xmlNode *child = jn_xml_first_element (model); child != NULL;
       child = jn_xml_next_element (child))
    {
      check_element (form, child, known);
      if (strcmp ((const char *)child->name, "bind") == 0)
        check_bind (form, child);
      if (jn_xml_attribute (child, "base64RsaPublicKey", NULL) != NULL)
        jn_form_add_finding (form, jn_xml_line (child), FALSE,
                             "the form asks for encryption: what is sent is not encrypted by it");
    }
}

static void
check_body (JnForm *form, const xmlNode *parent)
{
  static const char *const known[]
      = { "group",   "repeat", "input", "select1", "select", "range",    "upload",
          "trigger", "secret", "label", "hint",    "help",   "setvalue", NULL };

  for (xmlNode *child = jn_xml_first_element (parent); child != NULL;
       child = jn_xml_next_element (child))
    {
      check_element (form, child, known);
      if (strcmp ((const char *)child->name, "group") == 0
          || strcmp ((const char *)child->name, "repeat") == 0)
        check_body (form, child);
    }
}

/* Several texts of one id are shown one after the other: see DECISIONS.md. */
static void
check_text_forms (JnForm *form, const xmlNode *text)
{
  guint n = 0;

  for (xmlNode *value = jn_xml_first_element (text); value != NULL;
       value = jn_xml_next_element (value))
    {
      const char *of = jn_xml_attribute (value, "form", NULL);

      n += of == NULL || strcmp (of, "long") == 0 || strcmp (of, "short") == 0;
    }
  if (n > 1)
    jn_form_add_finding (form, jn_xml_line (text), FALSE,
                         "text '%s' is written %u times: all are shown, one after the other",
                         jn_xml_attribute (text, "id", NULL), n);
}

static void
check_texts (JnForm *form)
{
  for (guint i = 0; i < form->translations->len; i++)
    {
      GHashTableIter iter;
      gpointer text;

      g_hash_table_iter_init (&iter, ((JnTranslation *)form->translations->pdata[i])->texts);
      while (g_hash_table_iter_next (&iter, NULL, &text))
        check_text_forms (form, text);
    }
}

void
jn_form_check_document (JnForm *form)
{
  const xmlNode *model = jn_xml_find_child (form->head, "model", JN_NS_XFORMS);

  check_model (form, model);
  check_body (form, form->body->element);
  check_texts (form);
  for (guint i = 0; i < form->nodes->len; i++)
    check_preload (form, form->nodes->pdata[i]);
}
