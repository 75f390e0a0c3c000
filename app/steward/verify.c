/* verify.c: fills a submitted instance again and compares it with what was sent. */
#include "app/steward/verify.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "forms/entity.h"
#include "forms/service.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

static JnVerdict *
refuse (const char *reason, const char *node)
{
  JnVerdict *verdict = g_new0 (JnVerdict, 1);

  verdict->reason = g_strdup (reason);
  verdict->node = g_strdup (node);
  return verdict;
}

/* Documents from outside: no entities, no network, no repairs, nothing on standard error. */
static xmlDoc *
read_xml (GBytes *bytes)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  return xmlReadMemory (data, (int)size, NULL, NULL,
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                            | XML_PARSE_NOBLANKS);
}

static const char *
invalid_reason (JnInvalid invalid)
{
  switch (invalid)
    {
    case JN_INVALID_REQUIRED:
      return "required";
    case JN_INVALID_TYPE:
      return "type";
    case JN_INVALID_CONSTRAINT:
      return "constraint";
    case JN_VALID:
      break;
    }
  return NULL;
}

static gboolean
is_offered (const JnNodeState *state, const char *value)
{
  for (gsize i = 0; i < state->n_choices; i++)
    if (g_str_equal (state->choices[i].value, value))
      return TRUE;
  return FALSE;
}

/* A select holds values separated by spaces; each must be among the choices as they stand. */
static gboolean
is_chosen_from_choices (const JnNodeState *state)
{
  g_auto (GStrv) values = NULL;

  if (state->choices == NULL || *state->value == '\0' || is_offered (state, state->value))
    return TRUE;
  values = g_strsplit (state->value, " ", -1);
  for (gsize i = 0; values[i] != NULL; i++)
    if (!is_offered (state, values[i]))
      return FALSE;
  return TRUE;
}

/* (nullable): the first node that its own bind or choices forbid */
static JnVerdict *
check_nodes (JnFilling *filling)
{
  g_autoptr (GPtrArray) refs = jn_filling_list (filling);

  for (guint i = 0; i < refs->len; i++)
    {
      const char *ref = g_ptr_array_index (refs, i);
      JnNodeState state;

      if (!jn_filling_get (filling, ref, &state) || !state.relevant)
        continue;
      if (state.invalid != JN_VALID)
        return refuse (invalid_reason (state.invalid), ref);
      if (!is_chosen_from_choices (&state))
        return refuse ("choice", ref);
    }
  return NULL;
}

static xmlNode *
next_element (xmlNode *node)
{
  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

/* An instance stands in no namespace or in that of XForms, as its writer pleases. */
static const xmlChar *
space_of (const xmlNode *node)
{
  static const xmlChar *const xforms = (const xmlChar *)"http://www.w3.org/2002/xforms";

  return node->ns != NULL && !xmlStrEqual (node->ns->href, xforms) ? node->ns->href
                                                                   : (const xmlChar *)"";
}

static gboolean
same_name (const xmlNode *a, const xmlNode *b)
{
  return xmlStrEqual (a->name, b->name) && xmlStrEqual (space_of (a), space_of (b));
}

static char *
text_of (xmlNode *node)
{
  xmlChar *content;
  char *text;

  if (next_element (node->children) != NULL)
    return g_strdup ("");
  content = xmlNodeGetContent (node);
  text = g_strdup ((const char *)content);
  xmlFree (content);
  return text;
}

/* (transfer full): /data/child/name, @id for an attribute; without positions, as binds have it */
static char *
path_of (const xmlNode *node)
{
  g_autofree char *above = NULL;

  if (node == NULL || (node->type != XML_ELEMENT_NODE && node->type != XML_ATTRIBUTE_NODE))
    return g_strdup ("");
  above = path_of (node->parent);
  return g_strdup_printf ("%s/%s%s", above, node->type == XML_ATTRIBUTE_NODE ? "@" : "",
                          (const char *)node->name);
}

static JnVerdict *
refuse_node (const char *reason, xmlNode *node)
{
  g_autofree char *path = path_of (node);

  return refuse (reason, path);
}

/* (nullable): the value of the attribute of the same name; xmlFree () it */
static xmlChar *
get_attribute (xmlNode *node, const xmlAttr *like)
{
  return like->ns != NULL ? xmlGetNsProp (node, like->name, like->ns->href)
                          : xmlGetNoNsProp (node, like->name);
}

static JnVerdict *
compare_attributes (xmlNode *sent, xmlNode *made)
{
  for (xmlAttr *attribute = made->properties; attribute != NULL; attribute = attribute->next)
    {
      xmlChar *want = xmlNodeGetContent ((xmlNode *)attribute);
      xmlChar *got = get_attribute (sent, attribute);
      gboolean same = got != NULL && xmlStrEqual (got, want);

      xmlFree (want);
      xmlFree (got);
      if (!same)
        return refuse_node ("value-differs", (xmlNode *)attribute);
    }
  for (xmlAttr *attribute = sent->properties; attribute != NULL; attribute = attribute->next)
    {
      xmlChar *known = get_attribute (made, attribute);

      if (known == NULL)
        return refuse_node ("unknown-node", (xmlNode *)attribute);
      xmlFree (known);
    }
  return NULL;
}

/* Which entity it is and in which version is the register's to say, when it takes the answers; here only
 * that it is nobody else (check_entities). */
static gboolean
is_entity (const xmlNode *node)
{
  return xmlStrEqual (node->name, (const xmlChar *)"entity") && node->parent != NULL
         && xmlStrEqual (node->parent->name, (const xmlChar *)"meta");
}

/* Walks both trees together: the one that was sent and the one that the form makes of it. */
static JnVerdict *
compare (xmlNode *sent, xmlNode *made)
{
  g_autofree char *sent_text = text_of (sent);
  g_autofree char *made_text = text_of (made);
  xmlNode *a = next_element (sent->children);
  xmlNode *b = next_element (made->children);
  JnVerdict *verdict = is_entity (made) ? NULL : compare_attributes (sent, made);

  if (verdict != NULL)
    return verdict;
  if (!g_str_equal (sent_text, made_text))
    return refuse_node ("value-differs", made);
  while (a != NULL && b != NULL)
    {
      if (!same_name (a, b))
        return refuse_node ("unknown-node", a);
      verdict = compare (a, b);
      if (verdict != NULL)
        return verdict;
      a = next_element (a->next);
      b = next_element (b->next);
    }
  if (a != NULL)
    return refuse_node ("unknown-node", a);
  return b != NULL ? refuse_node ("missing-node", b) : NULL;
}

static JnVerdict *
compare_documents (GBytes *sent_bytes, GBytes *made_bytes)
{
  g_autoptr (xmlDoc) sent = read_xml (sent_bytes);
  g_autoptr (xmlDoc) made = read_xml (made_bytes);
  xmlNode *sent_root = sent != NULL ? xmlDocGetRootElement (sent) : NULL;
  xmlNode *made_root = made != NULL ? xmlDocGetRootElement (made) : NULL;

  if (sent_root == NULL || made_root == NULL)
    return refuse ("instance-broken", NULL);
  if (!same_name (sent_root, made_root))
    return refuse_node ("unknown-node", sent_root);
  return compare (sent_root, made_root);
}

/* What is charged: confirmed amounts only. */
static gint64
sum_fees (JnForm *form, JnFilling *filling)
{
  g_autoptr (JnService) service = jn_service_new (form, NULL);
  g_autoptr (GPtrArray) fees = NULL;
  gint64 sum = 0;

  if (service == NULL)
    return 0;
  fees = jn_service_list_fees (service, filling);
  for (guint i = 0; i < fees->len; i++)
    {
      const JnServiceFee *fee = g_ptr_array_index (fees, i);

      if (jn_service_fee_is_charged (fee))
        sum += fee->amount;
    }
  return sum;
}

/* (nullable): the first entity that goes by the id of somebody who does not stand in its role */
static JnVerdict *
check_entities (JnFilling *filling, GHashTable *owners)
{
  g_autoptr (GPtrArray) entities = jn_filling_list_entities (filling);

  for (guint i = 0; owners != NULL && i < entities->len; i++)
    {
      const JnEntity *entity = entities->pdata[i];
      const char *owner = g_hash_table_lookup (owners, entity->id);
      g_autofree char *node = g_strconcat (entity->ref, "/meta/entity/@id", NULL);

      if (owner != NULL && g_strcmp0 (owner, entity->role) != 0)
        return refuse ("entity-id", node);
    }
  return NULL;
}

static JnVerdict *
accept (void)
{
  JnVerdict *verdict = g_new0 (JnVerdict, 1);

  verdict->verified = TRUE;
  return verdict;
}

static JnVerdict *
check_filling (JnFilling *filling, const JnSubmission *submission, gint64 fee)
{
  JnVerdict *verdict = check_nodes (filling);
  g_autoptr (GBytes) made = NULL;

  if (verdict != NULL)
    return verdict;
  made = jn_filling_submit (filling, NULL);
  if (made == NULL)
    return refuse ("instance-broken", NULL);
  verdict = compare_documents (submission->instance, made);
  if (verdict == NULL)
    verdict = check_entities (filling, submission->owners);
  if (verdict != NULL)
    return verdict;
  return fee == submission->fee ? accept () : refuse ("fee-wrong", NULL);
}

JnVerdict *
jn_verify_submission (JnForm *form, const JnSubmission *submission)
{
  JnFillingOptions options = { .now = submission->happened_at, .facts = submission->facts };
  g_autoptr (JnFilling) filling = NULL;
  JnVerdict *verdict;
  gint64 fee;

  if (form == NULL)
    return refuse ("form-broken", NULL);
  filling = jn_filling_new_from_xml (form, submission->instance, &options, NULL);
  if (filling == NULL)
    return refuse ("instance-broken", NULL);
  fee = sum_fees (form, filling);
  verdict = check_filling (filling, submission, fee);
  verdict->fee = fee;
  return verdict;
}

void
jn_verdict_free (JnVerdict *verdict)
{
  g_free (verdict->node);
  g_free (verdict->reason);
  g_free (verdict);
}
