/* known.c: what is known in a visit of each subject: facts of the registers, and answers given here. */
#include "app/known.h"

#include <string.h>
#include "app/person-private.h"
#include "forms/characters.h"

typedef struct
{
  gatomicrefcount refs;
  char *kind;
  JnPerson *person;    /* (nullable) */
  GPtrArray *declared; /* of JnFact */
  char *entity;        /* (nullable): id that the form of entity_service made */
  char *entity_service;
} Subject;

struct _JnKnown
{
  GHashTable *subjects; /* name → Subject */
  GPtrArray *names;     /* in the order they came */
};

static Subject *
subject_new (const char *kind)
{
  Subject *subject = g_new0 (Subject, 1);

  g_atomic_ref_count_init (&subject->refs);
  subject->kind = g_strdup (kind);
  subject->declared = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_fact_free);
  return subject;
}

static void
subject_unref (Subject *subject)
{
  if (!g_atomic_ref_count_dec (&subject->refs))
    return;
  g_free (subject->kind);
  g_clear_object (&subject->person);
  g_ptr_array_unref (subject->declared);
  g_free (subject->entity);
  g_free (subject->entity_service);
  g_free (subject);
}

JnKnown *
jn_known_new (void)
{
  JnKnown *known = g_new0 (JnKnown, 1);

  known->subjects
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)subject_unref);
  known->names = g_ptr_array_new_with_free_func (g_free);
  return known;
}

void
jn_known_free (JnKnown *known)
{
  if (known == NULL)
    return;
  g_hash_table_unref (known->subjects);
  g_ptr_array_unref (known->names);
  g_free (known);
}

static void
put_subject (JnKnown *known, const char *name, Subject *subject)
{
  if (!g_hash_table_contains (known->subjects, name))
    g_ptr_array_add (known->names, g_strdup (name));
  g_hash_table_insert (known->subjects, g_strdup (name), subject);
}

static Subject *
ensure_subject (JnKnown *known, const char *name, const char *kind)
{
  Subject *subject = g_hash_table_lookup (known->subjects, name);

  if (subject != NULL)
    return subject;
  subject = subject_new (kind);
  put_subject (known, name, subject);
  return subject;
}

static gboolean
is_same_person (JnPerson *a, JnPerson *b)
{
  return a != NULL && jn_person_has_document (a) && jn_person_has_document (b)
         && g_strcmp0 (jn_person_get_document_kind (a), jn_person_get_document_kind (b)) == 0
         && g_str_equal (jn_person_get_number (a), jn_person_get_number (b));
}

/* (nullable): who has that document already, in whatever role */
static Subject *
find_same (JnKnown *known, JnPerson *person)
{
  GHashTableIter iter;
  gpointer subject;

  g_hash_table_iter_init (&iter, known->subjects);
  while (g_hash_table_iter_next (&iter, NULL, &subject))
    if (is_same_person (((Subject *)subject)->person, person))
      return subject;
  return NULL;
}

void
jn_known_set_person (JnKnown *known, JnPerson *person)
{
  const char *role = jn_person_get_role (person);
  Subject *same = find_same (known, person);
  Subject *former = g_hash_table_lookup (known->subjects, role);

  if (same != NULL)
    {
      if (same != former)
        {
          g_atomic_ref_count_inc (&same->refs);
          put_subject (known, role, same);
        }
    }
  else if (former == NULL || former->person != NULL)
    {
      same = subject_new ("person");
      put_subject (known, role, same);
    }
  else
    same = former; /* answers came before the person was identified: they are his */
  g_set_object (&same->person, person);
}

JnPerson *
jn_known_get_person (JnKnown *known, const char *role)
{
  Subject *subject = g_hash_table_lookup (known->subjects, role);

  return subject != NULL ? subject->person : NULL;
}

gboolean
jn_known_is_same (JnKnown *known, const char *subject, const char *other)
{
  gpointer found = g_hash_table_lookup (known->subjects, subject);

  return g_str_equal (subject, other)
         || (found != NULL && found == g_hash_table_lookup (known->subjects, other));
}

static JnFact *
find_declared (const Subject *subject, const char *property)
{
  for (guint i = 0; i < subject->declared->len; i++)
    {
      JnFact *fact = subject->declared->pdata[i];

      if (g_str_equal (fact->property, property))
        return fact;
    }
  return NULL;
}

static gboolean
is_declared_in (const JnFact *fact, const char *service)
{
  return service != NULL && g_str_has_prefix (fact->source, "service:")
         && g_str_equal (fact->source + strlen ("service:"), service);
}

const JnFact *
jn_known_find (JnKnown *known, const char *subject, const char *property, const char *except)
{
  Subject *found = g_hash_table_lookup (known->subjects, subject);
  const JnFact *fact = found != NULL ? find_declared (found, property) : NULL;

  if (fact != NULL && !is_declared_in (fact, except))
    return fact;
  return found != NULL && found->person != NULL ? jn_person_get_fact (found->person, property)
                                                : NULL;
}

gboolean
jn_known_declare (JnKnown *known,
                  const char *subject,
                  const char *kind,
                  const char *property,
                  const char *value,
                  const char *service,
                  const char *day)
{
  Subject *about = ensure_subject (known, subject, kind);
  JnFact *former = find_declared (about, property);
  g_autofree char *source = g_strconcat ("service:", service, NULL);
  gboolean taken_back = value == NULL || *value == '\0';

  if (taken_back && (former == NULL || !is_declared_in (former, service)))
    return FALSE;
  if (!taken_back && former != NULL && g_str_equal (former->value, value))
    return FALSE;
  if (former != NULL)
    g_ptr_array_remove (about->declared, former);
  if (!taken_back)
    g_ptr_array_add (about->declared, jn_fact_new (property, value, source, day, JN_GRADE_D));
  return TRUE;
}

void
jn_known_withdraw (JnKnown *known, const char *service)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, known->subjects);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Subject *subject = value;

      for (guint i = subject->declared->len; i > 0; i--)
        if (is_declared_in (subject->declared->pdata[i - 1], service))
          g_ptr_array_remove_index (subject->declared, i - 1);
      if (g_strcmp0 (subject->entity_service, service) == 0)
        {
          g_clear_pointer (&subject->entity, g_free);
          g_clear_pointer (&subject->entity_service, g_free);
        }
    }
}

void
jn_known_set_entity (
    JnKnown *known, const char *subject, const char *kind, const char *service, const char *id)
{
  Subject *about = ensure_subject (known, subject, kind);

  if (about->entity != NULL && g_strcmp0 (about->entity_service, service) != 0)
    return;
  g_free (about->entity);
  g_free (about->entity_service);
  about->entity = g_strdup (id);
  about->entity_service = g_strdup (service);
}

/* -- instance('facts') ----------------------------------------------------------------------------- */

static void
append_element (GString *xml, const char *name, const char *value)
{
  g_autofree char *clean = jn_characters_clean (value);
  g_autofree char *text = g_markup_escape_text (clean != NULL ? clean : value, -1);

  g_string_append_printf (xml, "<%s>%s</%s>", name, text, name);
}

/* The register's own id of a known person; else the one that another form of this visit made */
static const char *
id_for (const Subject *subject, const char *service)
{
  if (subject->person != NULL && jn_person_is_known (subject->person))
    return jn_person_get_id (subject->person);
  if (subject->entity != NULL && g_strcmp0 (subject->entity_service, service) != 0)
    return subject->entity;
  return "";
}

static void
append_facts (
    GString *xml, const Subject *subject, const char *service, JnMayShare may_share, gpointer data)
{
  GPtrArray *registered = subject->person != NULL ? jn_person_get_facts (subject->person) : NULL;

  for (guint i = 0; i < subject->declared->len; i++)
    {
      const JnFact *fact = subject->declared->pdata[i];

      if (!is_declared_in (fact, service) && may_share (subject->kind, fact, data))
        append_element (xml, fact->property, fact->value);
    }
  for (guint i = 0; registered != NULL && i < registered->len; i++)
    {
      const JnFact *fact = registered->pdata[i];
      const JnFact *declared = find_declared (subject, fact->property);

      if ((declared == NULL || is_declared_in (declared, service))
          && may_share (subject->kind, fact, data))
        append_element (xml, fact->property, fact->value);
    }
}

GBytes *
jn_known_to_xml (JnKnown *known, const char *service, JnMayShare may_share, gpointer data)
{
  GString *xml = g_string_new ("<root xmlns=\"\">");

  for (guint i = 0; i < known->names->len; i++)
    {
      const char *name = known->names->pdata[i];
      const Subject *subject = g_hash_table_lookup (known->subjects, name);
      const char *id = id_for (subject, service);

      g_string_append (xml, "<item>");
      append_element (xml, "subject", name);
      append_element (xml, "kind", subject->kind);
      append_element (xml, "id", id);
      append_element (xml, "version", *id != '\0' ? "1" : "");
      append_facts (xml, subject, service, may_share, data);
      g_string_append (xml, "</item>");
    }
  g_string_append (xml, "</root>");
  return g_string_free_to_bytes (xml);
}
