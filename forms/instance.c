/* instance.c: the primary instance as a tree of definitions, and the secondary instances.
 *
 * Spec, "Instance" and "Repeats". */
#include <string.h>

#include "forms/form-private.h"

/* ---- one node ----------------------------------------------------------------------------------- */

static const xmlNs *
get_namespace (const xmlNode *source)
{
  return source->type == XML_ATTRIBUTE_NODE ? ((const xmlAttr *)source)->ns : source->ns;
}

static char *
make_path (const JnNode *parent, const JnNode *node)
{
  return g_strconcat (parent != NULL ? parent->path : "", "/", node->attribute ? "@" : "",
                      node->prefix != NULL ? (const char *)node->prefix : "",
                      node->prefix != NULL ? ":" : "", (const char *)node->name, NULL);
}

JnNode *
jn_node_new (JnForm *form, JnNode *parent, const xmlNode *source)
{
  JnNode *node = g_new0 (JnNode, 1);
  const xmlNs *ns = get_namespace (source);

  node->name = source->name;
  if (ns != NULL && ns->prefix != NULL)
    {
      node->ns = ns->href;
      node->prefix = ns->prefix;
    }
  node->attribute = source->type == XML_ATTRIBUTE_NODE;
  node->source = (xmlNode *)source;
  node->line = jn_xml_line (source);
  node->parent = parent;
  node->path = make_path (parent, node);
  node->children = g_ptr_array_new ();
  node->edges = g_array_new (FALSE, FALSE, sizeof (JnEdge));
  node->structure = g_array_new (FALSE, FALSE, sizeof (JnEdge));
  node->type_name = g_strdup ("string");
  node->index = form->nodes->len;
  node->constant[JN_RULE_RELEVANT] = TRUE;
  node->depth = parent != NULL ? parent->depth + 1 : 0;
  node->chain = g_new (JnNode *, node->depth + 1);
  if (parent != NULL)
    {
      memcpy (node->chain, parent->chain, node->depth * sizeof (JnNode *));
      node->slot = parent->children->len;
      node->range = parent->range;
      g_ptr_array_add (parent->children, node);
    }
  node->chain[node->depth] = node;
  g_ptr_array_add (form->nodes, node);
  g_hash_table_insert (form->by_path, node->path, node);
  g_hash_table_add (form->by_parent, node);
  return node;
}

void
jn_node_free (JnNode *node)
{
  g_free (node->path);
  g_ptr_array_unref (node->children);
  g_array_unref (node->edges);
  g_array_unref (node->structure);
  g_clear_pointer (&node->changed_actions, g_ptr_array_unref);
  g_clear_pointer (&node->repeat_actions, g_ptr_array_unref);
  g_free (node->chain);
  g_free (node->type_name);
  g_free (node->preload);
  g_free (node->preload_params);
  g_free (node->saveto);
  g_free (node);
}

guint
jn_node_hash (gconstpointer key)
{
  const JnNode *node = key;

  return g_direct_hash (node->parent) ^ g_str_hash (node->name);
}

gboolean
jn_node_equal (gconstpointer a, gconstpointer b)
{
  const JnNode *one = a, *other = b;

  return one->parent == other->parent && one->attribute == other->attribute
         && xmlStrEqual (one->name, other->name) && xmlStrEqual (one->ns, other->ns);
}

JnNode *
jn_node_find_child (const JnForm *form,
                    const JnNode *parent,
                    const xmlChar *name,
                    const xmlChar *ns,
                    gboolean attribute)
{
  const JnNode wanted
      = { .parent = (JnNode *)parent, .name = name, .ns = ns, .attribute = attribute };

  return g_hash_table_lookup (form->by_parent, &wanted);
}

gboolean
jn_node_is_inside (const JnNode *node, const JnNode *ancestor)
{
  return node->depth >= ancestor->depth && node->chain[ancestor->depth] == ancestor;
}

gboolean
jn_node_has_elements (const JnNode *node)
{
  for (guint i = 0; i < node->children->len; i++)
    if (!((JnNode *)node->children->pdata[i])->attribute)
      return TRUE;
  return FALSE;
}

/* ---- the primary instance ----------------------------------------------------------------------- */

static gboolean
is_template (const xmlNode *element)
{
  return element->properties != NULL
         && jn_xml_attribute (element, "template", JN_NS_JAVAROSA) != NULL;
}

static void
add_attributes (JnForm *form, JnNode *node, const xmlNode *element)
{
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      const xmlChar *ns = attribute->ns != NULL ? attribute->ns->href : NULL;

      if (xmlStrEqual (ns, BAD_CAST JN_NS_JAVAROSA)
          && xmlStrEqual (attribute->name, BAD_CAST "template"))
        continue;
      if (jn_node_find_child (form, node, attribute->name, ns, TRUE) == NULL)
        jn_node_new (form, node, (xmlNode *)attribute);
    }
}

static void
set_repeat (JnNode *node)
{
  node->repeat = TRUE;
  node->range = node;
  for (guint i = 0; i < node->children->len; i++)
    {
      JnNode *child = node->children->pdata[i];

      if (!child->repeat)
        child->range = node;
    }
}

static void add_element (JnReader *reader, JnNode *parent, xmlNode *element, GHashTable *repeats);

/* Another element of the same name: a further row, a template, or what only rows may be. */
static void
add_again (JnReader *reader, JnNode *node, xmlNode *element)
{
  if (is_template (element))
    {
      node->template = element;
      node->explicit_template = TRUE;
    }
  if (!node->repeat)
    {
      set_repeat (node);
      node->fixed = TRUE;
      node->template = node->source;
      jn_reader_find (reader, jn_xml_line (element), FALSE,
                      "%s stands there again, but is no repeat", node->path);
    }
}

static void
add_children (JnReader *reader, JnNode *node, xmlNode *element, GHashTable *repeats)
{
  if (element->properties != NULL)
    add_attributes (reader->form, node, element);
  for (xmlNode *child = jn_xml_first_element (element); child != NULL;
       child = jn_xml_next_element (child))
    add_element (reader, node, child, repeats);
}

static JnNode *
start_element (JnReader *reader, JnNode *parent, xmlNode *element, GHashTable *repeats)
{
  JnNode *node = jn_node_new (reader->form, parent, element);

  if (g_hash_table_contains (repeats, node->path))
    set_repeat (node);
  if (node->repeat || is_template (element))
    {
      node->template = element;
      node->explicit_template = is_template (element);
    }
  if (node->explicit_template && !node->repeat)
    {
      set_repeat (node);
      node->fixed = TRUE;
      jn_reader_find (reader, node->line, FALSE, "%s has jr:template but no repeat", node->path);
    }
  return node;
}

static void
add_element (JnReader *reader, JnNode *parent, xmlNode *element, GHashTable *repeats)
{
  const xmlNs *ns = element->ns;
  const xmlChar *href = ns != NULL && ns->prefix != NULL ? ns->href : NULL;
  JnNode *node = jn_node_find_child (reader->form, parent, element->name, href, FALSE);

  if (reader->form->nodes->len >= JN_FORM_MAX_NODES)
    {
      jn_reader_fail (reader, jn_xml_line (element), JN_FORM_ERROR_LIMIT,
                      "more than %d nodes in the primary instance", JN_FORM_MAX_NODES);
      return;
    }
  /* an element met while another instance of its parent is read again is the same node, not a row */
  if (node == NULL)
    node = start_element (reader, parent, element, repeats);
  else if (node->source->parent == element->parent || is_template (element))
    add_again (reader, node, element);
  add_children (reader, node, element, repeats);
}

/* meta/instanceID is required of every record; where it is missing we add it, last in the root. */
static void
find_instance_id (JnForm *form)
{
  for (guint i = 0; i < form->root->children->len; i++)
    {
      JnNode *meta = form->root->children->pdata[i];

      if (strcmp ((const char *)meta->name, "meta") != 0)
        continue;
      for (guint k = 0; k < meta->children->len; k++)
        {
          JnNode *node = meta->children->pdata[k];

          if (strcmp ((const char *)node->name, "instanceID") == 0)
            form->instance_id = node;
          else if (strcmp ((const char *)node->name, "deprecatedID") == 0)
            form->deprecated_id = node;
        }
    }
}

static gboolean
has_openrosa_prefix (xmlNode *element)
{
  xmlNs *ns = xmlSearchNsByHref (element->doc, element, BAD_CAST JN_NS_OPENROSA);

  return ns != NULL && ns->prefix != NULL;
}

static xmlNs *
get_openrosa (xmlNode *element)
{
  xmlNs *ns = xmlSearchNsByHref (element->doc, element, BAD_CAST JN_NS_OPENROSA);

  if (ns != NULL && ns->prefix != NULL)
    return ns;
  return xmlNewNs (element, BAD_CAST JN_NS_OPENROSA, BAD_CAST "orx");
}

static xmlNode *
append_element (xmlNode *parent, xmlNs *ns, const char *name)
{
  return xmlAddChild (parent, xmlNewDocNode (parent->doc, ns, BAD_CAST name, NULL));
}

static xmlNode *
find_meta (xmlNode *root)
{
  for (xmlNode *child = jn_xml_first_element (root); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "meta") == 0)
      return child;
  return NULL;
}

static gboolean
has_instance_id (xmlNode *meta)
{
  for (xmlNode *child = jn_xml_first_element (meta); child != NULL;
       child = jn_xml_next_element (child))
    if (strcmp ((const char *)child->name, "instanceID") == 0)
      return TRUE;
  return FALSE;
}

/* Returns: whether it was missing */
static gboolean
complete_meta (xmlNode *root)
{
  xmlNode *meta = find_meta (root);
  xmlNs *ns;

  if (meta != NULL && has_instance_id (meta))
    return FALSE;
  if (meta == NULL)
    {
      ns = get_openrosa (root);
      meta = append_element (root, ns, "meta");
    }
  else
    ns = meta->ns != NULL && meta->ns->prefix != NULL ? meta->ns : NULL;
  append_element (meta, ns, "instanceID");
  return TRUE;
}

/* A form that has no prefix for OpenRosa knows the nodes that we add by their names alone. */
static void
drop_prefix (JnForm *form, JnNode *node)
{
  g_hash_table_remove (form->by_path, node->path);
  g_free (node->path);
  node->path = g_strconcat (node->parent->path, "/", (const char *)node->name, NULL);
  g_hash_table_insert (form->by_path, node->path, node);
}

static const char *
get_version (xmlNode *root)
{
  const char *version = jn_xml_attribute (root, "version", NULL);

  return version != NULL ? version : jn_xml_attribute (root, "version", JN_NS_OPENROSA);
}

void
jn_reader_primary (JnReader *reader, xmlNode *instance, GHashTable *repeats)
{
  JnForm *form = reader->form;
  xmlNode *root = jn_xml_first_element (instance);
  gboolean declared, added;

  if (root == NULL)
    {
      jn_reader_fail (reader, jn_xml_line (instance), JN_FORM_ERROR_REFERENCE,
                      "the primary instance is empty");
      return;
    }
  form->id = g_strdup (jn_xml_attribute (root, "id", NULL));
  form->version = g_strdup (get_version (root));
  if (form->id == NULL)
    {
      jn_reader_find (reader, jn_xml_line (root), TRUE, "the primary instance has no id");
      form->id = g_strdup ((const char *)(root->ns != NULL ? root->ns->href : root->name));
    }
  form->primary_id = g_strdup (jn_xml_attribute (instance, "id", NULL));
  declared = has_openrosa_prefix (root);
  added = complete_meta (root);
  form->root = jn_node_new (form, NULL, root);
  add_children (reader, form->root, root, repeats);
  find_instance_id (form);
  if (form->instance_id == NULL)
    return;
  if (added && !declared)
    {
      drop_prefix (form, form->instance_id->parent);
      drop_prefix (form, form->instance_id);
    }
  if (added)
    form->instance_id->preload = g_strdup ("uid");
}

/* ---- secondary instances ------------------------------------------------------------------------ */

void
jn_instance_free (JnInstance *instance)
{
  g_free (instance->id);
  g_clear_pointer (&instance->doc, xmlFreeDoc);
  g_free (instance);
}

static xmlDoc *
parse_external (JnReader *reader, const char *uri, GBytes *bytes, GError **error)
{
  xmlDict *dict = reader->form->doc->dict;

  if (g_str_has_prefix (uri, "jr://file-csv/") || g_str_has_suffix (uri, ".csv"))
    return jn_external_from_csv (bytes, dict, error);
  if (g_str_has_suffix (uri, ".geojson"))
    return jn_external_from_geojson (bytes, dict, error);
  return jn_xml_parse (bytes, dict, error);
}

static void
load_external (JnReader *reader, JnInstance *instance, const char *uri)
{
  g_autoptr(GBytes) bytes
             = reader->loader != NULL ? reader->loader (uri, reader->loader_data) : NULL;
  g_autoptr(GError) error = NULL;

  if (bytes != NULL)
    instance->doc = parse_external (reader, uri, bytes, &error);
  else if (strcmp (uri, "jr://instance/last-saved") != 0)
    jn_reader_find (reader, instance->line, FALSE, "instance '%s': %s is missing", instance->id,
                    uri);
  if (error != NULL)
    jn_reader_find (reader, instance->line, TRUE, "instance '%s': %s: %s", instance->id, uri,
                    error->message);
  if (instance->doc != NULL)
    instance->root = (xmlNode *)instance->doc;
}

static void
check_instance_id (JnReader *reader, const char *id, long line)
{
  for (guint i = 0; i < reader->form->instances->len; i++)
    {
      JnInstance *other = reader->form->instances->pdata[i];

      if (strcmp (other->id, id) == 0)
        jn_reader_find (reader, line, TRUE, "instance '%s' stands twice", id);
    }
}

void
jn_reader_secondary (JnReader *reader, xmlNode *element)
{
  const char *id = jn_xml_attribute (element, "id", NULL);
  const char *uri = jn_xml_attribute (element, "src", NULL);
  JnInstance *instance;

  if (id == NULL)
    {
      jn_reader_find (reader, jn_xml_line (element), TRUE, "a secondary instance needs an id");
      return;
    }
  if (reader->form->instances->len >= JN_FORM_MAX_INSTANCES)
    {
      jn_reader_fail (reader, jn_xml_line (element), JN_FORM_ERROR_LIMIT,
                      "more than %d secondary instances", JN_FORM_MAX_INSTANCES);
      return;
    }
  check_instance_id (reader, id, jn_xml_line (element));
  instance = g_new0 (JnInstance, 1);
  instance->id = g_strdup (id);
  instance->root = element;
  instance->line = jn_xml_line (element);
  g_ptr_array_add (reader->form->instances, instance);
  if (uri != NULL)
    load_external (reader, instance, uri);
}
