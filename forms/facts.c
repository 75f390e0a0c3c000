/* facts.c: reads forms/facts.xml and says what may fill which form. */
#include "forms/facts.h"

#include <string.h>

#include "forms/vocabulary-private.h"

/* What is written is kept as the document has it; @with is ours. */
typedef struct
{
  JnProperty property;
  char **with;
} Entry;

struct _JnFacts
{
  gatomicrefcount references;
  xmlDoc *doc;
  GPtrArray *properties; /* (element-type JnProperty): owns the entries that they are part of */
  GHashTable *by_name;   /* "subject/property" */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  jn_names_clear (&entry->property.labels);
  g_strfreev (entry->with);
  g_free (entry);
}

static gboolean
read_share (Entry *entry, const JnWords *words)
{
  static const char *const bases[] = { "law", "permission", "consent", NULL };
  static const char *const defaults[] = { "off", "on", NULL };
  const char *with = jn_words_get (words, "with");
  guint basis, on;

  if (jn_words_require (words, "basis") == NULL
      || !jn_words_choose (words, "basis", bases, 0, &basis)
      || !jn_words_choose (words, "default", defaults, 0, &on))
    return FALSE;
  entry->property.basis = bases[basis];
  entry->property.reference = jn_words_get (words, "reference");
  entry->property.on = on == 1;
  if (with != NULL)
    entry->with = g_strsplit (with, " ", -1);
  entry->property.with = (const char *const *)entry->with;
  return TRUE;
}

static gboolean
read_property_child (Entry *entry, const JnWords *words)
{
  if (jn_xml_is (words->element, "label", JN_NS_JANELA))
    return jn_names_add (&entry->property.labels, words);
  if (jn_xml_is (words->element, "share", JN_NS_JANELA))
    return read_share (entry, words);
  return jn_words_refuse (words, "a property knows no such element");
}

static gboolean
read_property (JnFacts *self, const JnWords *words, const char *subject)
{
  static const char *const sensitive[] = { "", "health", "conviction", "hardship", NULL };
  Entry *entry = g_new0 (Entry, 1);
  JnProperty *property = &entry->property;
  const char *type = jn_words_get (words, "type");
  guint kind;

  g_ptr_array_add (self->properties, entry);
  property->subject = subject;
  property->name = jn_words_require (words, "name");
  property->type = type != NULL ? type : "string";
  property->authority = jn_words_get (words, "authority");
  if (property->name == NULL || !jn_words_choose (words, "sensitive", sensitive, 0, &kind))
    return FALSE;
  property->sensitive = (JnSensitive)kind;
  for (xmlNode *child = jn_xml_first_element (words->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnWords next = { child, words->error };

      if (!read_property_child (entry, &next))
        return FALSE;
    }
  return g_hash_table_insert (self->by_name, g_strdup_printf ("%s/%s", subject, property->name),
                              property)
         || jn_words_refuse (words, "%s/%s stands twice", subject, property->name);
}

static gboolean
read_subject (JnFacts *self, const JnWords *words)
{
  const char *kind;

  if (!jn_xml_is (words->element, "subject", JN_NS_JANELA))
    return jn_words_refuse (words, "is no subject");
  kind = jn_words_require (words, "kind");
  if (kind == NULL)
    return FALSE;
  for (xmlNode *child = jn_xml_first_element (words->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnWords next = { child, words->error };

      if (jn_xml_is (child, "property", JN_NS_JANELA) && !read_property (self, &next, kind))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_facts (JnFacts *self, const JnWords *words)
{
  if (!jn_xml_is (words->element, "facts", JN_NS_JANELA))
    return jn_words_refuse (words, "are no facts of %s", JN_NS_JANELA);
  for (xmlNode *child = jn_xml_first_element (words->element); child != NULL;
       child = jn_xml_next_element (child))
    {
      JnWords next = { child, words->error };

      if (!read_subject (self, &next))
        return FALSE;
    }
  return TRUE;
}

JnFacts *
jn_facts_new_from_bytes (GBytes *xml, GError **error)
{
  xmlDoc *doc = jn_xml_parse (xml, NULL, error);
  JnWords words = { NULL, error };
  JnFacts *self;

  if (doc == NULL)
    return NULL;
  words.element = xmlDocGetRootElement (doc);
  self = g_new0 (JnFacts, 1);
  g_atomic_ref_count_init (&self->references);
  self->doc = doc;
  self->properties = g_ptr_array_new_with_free_func (entry_free);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_facts (self, &words))
    g_clear_pointer (&self, jn_facts_unref);
  return self;
}

JnFacts *
jn_facts_ref (JnFacts *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
jn_facts_unref (JnFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->properties);
  xmlFreeDoc (self->doc);
  g_free (self);
}

const JnProperty *
jn_facts_find (const JnFacts *self, const char *subject, const char *property)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", subject, property);

  return g_hash_table_lookup (self->by_name, key);
}

GPtrArray *
jn_facts_get_properties (const JnFacts *self)
{
  return self->properties;
}

gboolean
jn_property_may_fill (const JnProperty *property, const char *department, gboolean sharing_on)
{
  if (g_strcmp0 (property->authority, department) == 0)
    return TRUE;
  if (property->sensitive != JN_SENSITIVE_NONE || property->basis == NULL)
    return FALSE;
  if (!property->on && !sharing_on)
    return FALSE;
  return property->with == NULL || g_strv_contains (property->with, department);
}
