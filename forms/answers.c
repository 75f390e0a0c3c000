/* answers.c: the tree of existing nodes: growing, finding, rows of repeats. */
#include <string.h>

#include "forms/filling-private.h"

/* ---- text --------------------------------------------------------------------------------------- */

const char *
jn_answer_get_text (const JnAnswer *answer)
{
  const xmlNode *text = answer->xml->children;

  return text != NULL && text->type == XML_TEXT_NODE && text->content != NULL
             ? (const char *)text->content
             : "";
}

void
jn_answer_set_text (JnFilling *filling, JnAnswer *answer, const char *text)
{
  xmlNode *xml = answer->xml, *child = xml->children;

  if (child != NULL && child->type != XML_TEXT_NODE)
    return; /* nodes are never written over */
  if ((child != NULL) != (*text != '\0') && filling->form->reads_text_nodes)
    filling->scope.generation++; /* what was found before may be gone, or is not all */
  if (child != NULL)
    {
      if (*text != '\0')
        {
          xmlNodeSetContent (child, BAD_CAST text);
          return;
        }
      xmlUnlinkNode (child);
      xmlFreeNode (child);
      return;
    }
  if (*text == '\0')
    return;
  child = xmlNewDocText (xml->doc, BAD_CAST text);
  child->parent = xml;
  xml->children = xml->last = child;
}

/* ---- growing ------------------------------------------------------------------------------------ */

static xmlNs *
get_ns (JnFilling *filling, const JnNode *node)
{
  xmlNode *root = xmlDocGetRootElement (filling->doc);
  xmlNs *ns;

  if (node->ns == NULL || root == NULL)
    return NULL;
  for (guint i = 0; i < filling->namespaces->len; i++)
    {
      ns = filling->namespaces->pdata[i];
      if (xmlStrEqual (ns->href, node->ns) && xmlStrEqual (ns->prefix, node->prefix))
        return ns;
    }
  ns = xmlNewNs (root, node->ns, node->prefix);
  if (ns != NULL)
    g_ptr_array_add (filling->namespaces, ns);
  return ns;
}

static xmlNode *
new_xml (JnFilling *filling, JnNode *node, JnAnswer *parent)
{
  xmlNode *xml;

  if (node->attribute)
    {
      xml = (xmlNode *)xmlNewNsPropEatName (parent->xml, get_ns (filling, node),
                                            (xmlChar *)node->name, NULL);
      return xml;
    }
  xml = xmlNewDocNodeEatName (filling->doc, get_ns (filling, node), (xmlChar *)node->name, NULL);
  if (parent == NULL)
    {
      xmlDocSetRootElement (filling->doc, xml);
      xmlSetNs (xml, get_ns (filling, node));
    }
  return xml;
}

/* A new row stands after the row before it, else before what the definition has next. */
static void
link_xml (JnAnswer *parent, const JnNode *node, xmlNode *xml)
{
  const GPtrArray *rows = node->repeat ? parent->slots[node->slot].rows : NULL;
  xmlNode *next = NULL;

  if (rows != NULL && rows->len > 0)
    {
      xmlAddNextSibling (((JnAnswer *)rows->pdata[rows->len - 1])->xml, xml);
      return;
    }
  if (parent->growing)
    {
      xmlAddChild (parent->xml, xml);
      return;
    }
  for (guint i = node->slot + 1; i < parent->node->children->len && next == NULL; i++)
    {
      const JnNode *sibling = parent->node->children->pdata[i];
      JnSlot slot = parent->slots[i];

      if (sibling->attribute)
        continue;
      if (sibling->repeat)
        next = slot.rows != NULL && slot.rows->len > 0 ? ((JnAnswer *)slot.rows->pdata[0])->xml
                                                       : NULL;
      else if (slot.one != NULL)
        next = slot.one->xml;
    }
  if (next != NULL)
    xmlAddPrevSibling (next, xml);
  else
    xmlAddChild (parent->xml, xml);
}

static const char *
get_source_text (const xmlNode *source, char **owned)
{
  const xmlNode *child = source->children;

  *owned = NULL;
  if (child == NULL)
    return "";
  if (child->next == NULL && child->type == XML_TEXT_NODE)
    return (const char *)child->content;
  *owned = jn_xml_text (source);
  return *owned;
}

static void
set_first_text (JnFilling *filling, JnAnswer *answer, const xmlNode *source)
{
  g_autofree char *owned = NULL;
  const char *text = get_source_text (source, &owned);

  if (source->type == XML_ELEMENT_NODE && source->properties != NULL)
    answer->typed = g_strdup (jn_xml_attribute (source, "typed", JN_NS_JANELA));
  if (*text == '\0' || (filling->blank && source->type == XML_ELEMENT_NODE))
    return;
  if (jn_filling_fits (filling, answer->node, text))
    jn_answer_set_text (filling, answer, filling->text->str);
  else if (answer->typed == NULL)
    answer->typed = g_strdup (text);
}

static gboolean
is_source_of (const JnNode *node, const xmlNode *element)
{
  const xmlChar *ns = element->ns != NULL && element->ns->prefix != NULL ? element->ns->href : NULL;

  return xmlStrEqual (element->name, node->name) && (node->ns == ns || xmlStrEqual (node->ns, ns))
         && (element->properties == NULL
             || jn_xml_attribute (element, "template", JN_NS_JAVAROSA) == NULL);
}

/* The first or next element of @node in @source; @from: where the one before it stood. */
static const xmlNode *
find_source (const JnNode *node, const xmlNode *source, const xmlNode *from)
{
  const xmlNode *child = from != NULL ? jn_xml_next_element (from) : jn_xml_first_element (source);

  while (child != NULL && !is_source_of (node, child))
    child = jn_xml_next_element (child);
  return child;
}

static const xmlNode *
find_source_attribute (const JnNode *node, const xmlNode *source)
{
  for (const xmlAttr *attribute = source->properties; attribute != NULL;
       attribute = attribute->next)
    if (xmlStrEqual (attribute->name, node->name)
        && xmlStrEqual (attribute->ns != NULL ? attribute->ns->href : NULL, node->ns))
      return (const xmlNode *)attribute;
  return NULL;
}

static void
add_row (JnFilling *filling, JnAnswer *parent, JnNode *node, const xmlNode *source)
{
  JnAnswer *row = jn_answer_grow (filling, node, source, parent);
  GPtrArray *rows = parent->slots[node->slot].rows;

  g_ptr_array_add (rows, row);
  row->position = rows->len;
  filling->rows++;
}

static void
grow_child (JnFilling *filling,
            JnAnswer *parent,
            JnNode *node,
            const xmlNode *source,
            const xmlNode **cursor)
{
  JnSlot *slot = &parent->slots[node->slot];
  const xmlNode *found;

  if (node->attribute)
    {
      found = find_source_attribute (node, source);
      slot->one = jn_answer_grow (filling, node, found != NULL ? found : node->source, parent);
      return;
    }
  found = find_source (node, source, *cursor);
  if (found == NULL && *cursor != NULL)
    found = find_source (node, source, NULL);
  if (!node->repeat)
    {
      slot->one = jn_answer_grow (filling, node, found != NULL ? found : node->source, parent);
      if (found != NULL)
        *cursor = found;
      return;
    }
  slot->rows = g_ptr_array_new ();
  /* without a template the row that the form writes is one; jr:count says how many there are */
  if (node->rules[JN_RULE_COUNT] != NULL && !node->explicit_template
      && source->doc == filling->form->doc)
    return;
  for (; found != NULL; found = find_source (node, source, found))
    {
      add_row (filling, parent, node, found);
      *cursor = found;
    }
}

JnAnswer *
jn_answer_grow (JnFilling *filling, JnNode *node, const xmlNode *source, JnAnswer *parent)
{
  guint n = node->children->len;
  JnAnswer *answer = g_malloc0 (sizeof (JnAnswer) + n * sizeof (JnSlot));
  const xmlNode *cursor = NULL;
  gboolean leaf = TRUE;

  answer->node = node;
  answer->parent = parent;
  answer->born = filling->epoch;
  answer->relevant = node->constant[JN_RULE_RELEVANT];
  answer->visible = answer->relevant && (parent == NULL || parent->visible);
  answer->readonly = node->constant[JN_RULE_READONLY];
  answer->required = node->constant[JN_RULE_REQUIRED];
  answer->xml = new_xml (filling, node, parent);
  answer->xml->_private = answer;
  if (parent != NULL && !node->attribute)
    link_xml (parent, node, answer->xml);
  if (node->range == NULL)
    filling->single[node->index] = answer;
  answer->growing = TRUE;
  for (guint i = 0; i < n; i++)
    {
      leaf = leaf && ((JnNode *)node->children->pdata[i])->attribute;
      grow_child (filling, answer, node->children->pdata[i], source, &cursor);
    }
  answer->growing = FALSE;
  if (leaf)
    set_first_text (filling, answer, source);
  return answer;
}

/* ---- going -------------------------------------------------------------------------------------- */

static void
free_caches (JnAnswer *answer)
{
  if (answer->caches == NULL)
    return;
  for (guint i = 0; i < JN_N_RULES; i++)
    g_clear_pointer (&answer->caches[i], jn_xpath_cache_free);
  g_free (answer->caches);
}

void
jn_answer_free (JnFilling *filling, JnAnswer *answer)
{
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      JnNode *child = answer->node->children->pdata[i];
      JnSlot slot = answer->slots[i];

      if (child->repeat && slot.rows != NULL)
        {
          for (guint k = 0; k < slot.rows->len; k++)
            jn_answer_free (filling, slot.rows->pdata[k]);
          g_ptr_array_unref (slot.rows);
        }
      else if (!child->repeat && slot.one != NULL)
        jn_answer_free (filling, slot.one);
    }
  jn_filling_forget (filling, answer);
  if (answer->node->repeat)
    filling->rows--;
  free_caches (answer);
  g_clear_pointer (&answer->shown, jn_shown_free);
  g_free (answer->typed);
  g_free (answer->chosen);
  g_free (answer->computed);
  g_free (answer->ref);
  g_free (answer);
}

/* ---- names -------------------------------------------------------------------------------------- */

/* The ref of a row is kept, for all that is below it. */
static const char *
get_row_ref (JnAnswer *row)
{
  JnAnswer *above = row->parent;
  const char *rest = row->node->path;

  if (row->ref != NULL)
    return row->ref;
  if (above->node->range != NULL)
    {
      above = jn_answer_get_above (above, above->node->range);
      rest += strlen (above->node->path);
      row->ref = g_strdup_printf ("%s%s[%u]", get_row_ref (above), rest, row->position);
    }
  else
    row->ref = g_strdup_printf ("%s[%u]", rest, row->position);
  return row->ref;
}

char *
jn_answer_dup_ref (JnAnswer *answer)
{
  const JnNode *node = answer->node;
  JnAnswer *row;

  if (node->range == NULL)
    return g_strdup (node->path);
  row = jn_answer_get_above (answer, node->range);
  if (row == answer)
    return g_strdup (get_row_ref (row));
  return g_strconcat (get_row_ref (row), node->path + strlen (row->node->path), NULL);
}

const char *
jn_answer_get_ref (JnAnswer *answer)
{
  if (answer->node->range == NULL)
    return answer->node->path;
  if (answer->ref == NULL)
    answer->ref = jn_answer_dup_ref (answer);
  return answer->ref;
}

static void
forget_ref (JnFilling *filling, JnAnswer *answer, gpointer user_data)
{
  g_clear_pointer (&answer->ref, g_free);
}

void
jn_answer_forget_refs (JnAnswer *answer)
{
  jn_answer_walk (NULL, answer, forget_ref, NULL);
}

/* Cuts "/data/item[2]/qty" into a path and at most @n positions; FALSE when that cannot be. */
static gboolean
split_ref (const char *ref, GString *path, guint *positions, guint n, guint *n_positions)
{
  *n_positions = 0;
  while (*ref != '\0')
    {
      char *end;
      guint64 position;

      if (*ref != '[')
        {
          g_string_append_c (path, *ref++);
          continue;
        }
      position = g_ascii_strtoull (ref + 1, &end, 10);
      if (*end != ']' || *n_positions == n || position == 0 || position > G_MAXINT)
        return FALSE;
      positions[(*n_positions)++] = position;
      ref = end + 1;
    }
  return TRUE;
}

#define MAX_LEVELS 64

/* Goes down to @node through the rows of @positions; its own row is not taken when @whole. */
static JnAnswer *
go_down (JnFilling *filling, const JnNode *node, const guint *positions, guint n, gboolean whole)
{
  JnAnswer *answer = filling->root;
  guint used = 0;

  for (guint depth = 1; depth <= node->depth && answer != NULL; depth++)
    {
      const JnNode *next = node->chain[depth];
      JnSlot slot = answer->slots[next->slot];

      if (whole && next == node)
        break;
      if (!next->repeat)
        answer = slot.one;
      else if (used < n && positions[used] <= slot.rows->len)
        answer = slot.rows->pdata[positions[used++] - 1];
      else
        return NULL;
    }
  return used == n ? answer : NULL;
}

JnAnswer *
jn_filling_find (JnFilling *filling, const char *ref)
{
  JnNode *node = g_hash_table_lookup (filling->form->by_path, ref);
  guint positions[MAX_LEVELS], n;
  g_autoptr(GString) path = NULL;

  if (node != NULL)
    return node->range == NULL ? filling->single[node->index] : NULL;
  path = g_string_new (NULL);
  if (!split_ref (ref, path, positions, MAX_LEVELS, &n))
    return NULL;
  node = g_hash_table_lookup (filling->form->by_path, path->str);
  return node != NULL ? go_down (filling, node, positions, n, FALSE) : NULL;
}

GPtrArray *
jn_filling_find_rows (JnFilling *filling, const char *ref, JnNode **node, JnAnswer **parent)
{
  guint positions[MAX_LEVELS], n;
  g_autoptr(GString) path = g_string_new (NULL);

  if (!split_ref (ref, path, positions, MAX_LEVELS, &n))
    return NULL;
  *node = g_hash_table_lookup (filling->form->by_path, path->str);
  if (*node == NULL || !(*node)->repeat)
    return NULL;
  *parent = go_down (filling, *node, positions, n, TRUE);
  return *parent != NULL ? (*parent)->slots[(*node)->slot].rows : NULL;
}

JnAnswer *
jn_answer_get_above (JnAnswer *answer, const JnNode *node)
{
  while (answer != NULL && answer->node != node)
    answer = answer->parent;
  return answer;
}

/* ---- walking ------------------------------------------------------------------------------------ */

void
jn_answer_each (
    JnFilling *filling, JnAnswer *top, const JnNode *node, JnAnswerFunc func, gpointer user_data)
{
  const JnNode *next;
  JnSlot slot;

  while (top->node != node)
    {
      next = node->chain[top->node->depth + 1];
      slot = top->slots[next->slot];
      if (next->repeat)
        {
          for (guint i = 0; slot.rows != NULL && i < slot.rows->len; i++)
            jn_answer_each (filling, slot.rows->pdata[i], node, func, user_data);
          return;
        }
      if (slot.one == NULL)
        return;
      top = slot.one;
    }
  func (filling, top, user_data);
}

void
jn_answer_walk (JnFilling *filling, JnAnswer *answer, JnAnswerFunc func, gpointer user_data)
{
  func (filling, answer, user_data);
  for (guint i = 0; i < answer->node->children->len; i++)
    {
      JnSlot slot = answer->slots[i];

      if (!((JnNode *)answer->node->children->pdata[i])->repeat)
        {
          if (slot.one != NULL)
            jn_answer_walk (filling, slot.one, func, user_data);
          continue;
        }
      for (guint k = 0; slot.rows != NULL && k < slot.rows->len; k++)
        jn_answer_walk (filling, slot.rows->pdata[k], func, user_data);
    }
}

/* ---- rows --------------------------------------------------------------------------------------- */

/* (nullable): the row that the form itself writes at place @index */
static const xmlNode *
find_defined_row (const JnNode *node, guint index)
{
  const xmlNode *row = find_source (node, node->parent->source, NULL);

  for (guint i = 0; i < index && row != NULL; i++)
    row = find_source (node, node->parent->source, row);
  return row;
}

/* Spec, "Default Values in Repeats": without a template a new row begins blank. */
static void
add_row_like_template (JnFilling *filling, JnAnswer *parent, JnNode *node)
{
  filling->blank = !node->explicit_template;
  add_row (filling, parent, node, node->template);
  filling->blank = FALSE;
}

JnAnswer *
jn_answer_add_row (JnFilling *filling, JnAnswer *parent, JnNode *node)
{
  GPtrArray *rows = parent->slots[node->slot].rows;

  add_row_like_template (filling, parent, node);
  filling->scope.generation++;
  return rows->pdata[rows->len - 1];
}

JnAnswer *
jn_answer_add_defined_row (JnFilling *filling, JnAnswer *parent, JnNode *node, gboolean *defined)
{
  GPtrArray *rows = parent->slots[node->slot].rows;
  const xmlNode *source = find_defined_row (node, rows->len);

  *defined = source != NULL;
  if (source != NULL)
    add_row (filling, parent, node, source);
  else
    add_row_like_template (filling, parent, node);
  filling->scope.generation++;
  return rows->pdata[rows->len - 1];
}

void
jn_answer_remove_row (JnFilling *filling, JnAnswer *row)
{
  GPtrArray *rows = row->parent->slots[row->node->slot].rows;
  xmlNode *xml = row->xml;

  g_ptr_array_remove_index (rows, row->position - 1);
  for (guint i = row->position - 1; i < rows->len; i++)
    {
      JnAnswer *next = rows->pdata[i];

      next->position = i + 1;
      jn_answer_forget_refs (next);
    }
  jn_answer_free (filling, row);
  xmlUnlinkNode (xml);
  xmlFreeNode (xml);
  filling->scope.generation++;
}
