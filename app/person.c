/* person.c: one person of a visit, in a role. */
#include "app/person-private.h"

#include "app/dict.h"
#include "app/text.h"

struct _JnPerson
{
  GObject parent_instance;
  char *id;
  char *role;
  char *capacity;
  char *document;
  char *number;
  char *name_zh;
  char *name_latin;
  gboolean known;
  gboolean read_here;
  GPtrArray *facts; /* of JnFact */
};

G_DEFINE_TYPE (JnPerson, jn_person, G_TYPE_OBJECT)

JnFact *
jn_fact_new (
    const char *property, const char *value, const char *source, const char *as_of, JnGrade grade)
{
  JnFact *fact = g_new0 (JnFact, 1);

  fact->property = g_strdup (property);
  fact->value = g_strdup (value);
  fact->source = g_strdup (source);
  fact->as_of = g_strdup (as_of);
  fact->grade = grade;
  return fact;
}

void
jn_fact_free (JnFact *fact)
{
  g_free (fact->property);
  g_free (fact->value);
  g_free (fact->source);
  g_free (fact->as_of);
  g_free (fact);
}

static void
jn_person_finalize (GObject *object)
{
  JnPerson *self = JN_PERSON (object);

  g_free (self->id);
  g_free (self->role);
  g_free (self->capacity);
  g_free (self->document);
  g_free (self->number);
  g_free (self->name_zh);
  g_free (self->name_latin);
  g_ptr_array_unref (self->facts);
  G_OBJECT_CLASS (jn_person_parent_class)->finalize (object);
}

static void
jn_person_class_init (JnPersonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jn_person_finalize;
}

static void
jn_person_init (JnPerson *self)
{
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_fact_free);
}

JnPerson *
jn_person_new (const char *id,
               const char *role,
               const char *capacity,
               const char *document,
               const char *number)
{
  JnPerson *self = g_object_new (JN_TYPE_PERSON, NULL);

  self->id = g_strdup (id);
  self->role = g_strdup (role);
  self->capacity = g_strdup (capacity);
  self->document = g_strdup (document);
  self->number = g_strdup (number);
  return self;
}

static JnGrade
read_grade (const char *text)
{
  return text != NULL && *text >= 'A' && *text <= 'D' ? (JnGrade)(*text - 'A') : JN_GRADE_D;
}

static void
read_facts (JnPerson *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "facts");

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      const char *property = row != NULL ? jn_dict_string (row, "property") : NULL;
      const char *value = row != NULL ? jn_dict_string (row, "value") : NULL;

      if (property != NULL && value != NULL)
        jn_person_take_fact (self, jn_fact_new (property, value, jn_dict_string (row, "source"),
                                                jn_dict_string (row, "as_of"),
                                                read_grade (jn_dict_string (row, "grade"))));
    }
}

JnPerson *
jn_person_new_from_answer (GVariant *answer)
{
  g_autoptr (GVariant) document = jn_dict_dict (answer, "document");
  g_autoptr (GVariant) name = jn_dict_dict (answer, "name");
  JnPerson *self = jn_person_new (jn_dict_string (answer, "id"), jn_dict_string (answer, "role"),
                                  jn_dict_string (answer, "capacity"),
                                  document ? jn_dict_string (document, "kind") : NULL,
                                  document ? jn_dict_string (document, "number") : NULL);

  self->known = jn_dict_boolean (answer, "known", FALSE);
  self->name_zh = name != NULL ? g_strdup (jn_dict_string (name, "zh")) : NULL;
  self->name_latin = name != NULL ? g_strdup (jn_dict_string (name, "latin")) : NULL;
  read_facts (self, answer);
  return self;
}

void
jn_person_take_fact (JnPerson *self, JnFact *fact)
{
  for (guint i = 0; i < self->facts->len; i++)
    if (g_str_equal (((JnFact *)self->facts->pdata[i])->property, fact->property))
      {
        jn_fact_free (self->facts->pdata[i]);
        self->facts->pdata[i] = fact;
        return;
      }
  g_ptr_array_add (self->facts, fact);
}

void
jn_person_set_names (JnPerson *self, const char *zh, const char *latin)
{
  g_free (self->name_zh);
  g_free (self->name_latin);
  self->name_zh = g_strdup (zh);
  self->name_latin = g_strdup (latin);
}

const char *
jn_person_get_id (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->id;
}

const char *
jn_person_get_role (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->role;
}

const char *
jn_person_get_capacity (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->capacity;
}

gboolean
jn_person_is_known (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), FALSE);
  return self->known;
}

gboolean
jn_person_has_document (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), FALSE);
  return self->number != NULL;
}

const char *
jn_person_get_document_kind (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->document;
}

const char *
jn_person_get_number (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->number;
}

char *
jn_person_get_masked_number (JnPerson *self)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  number = jn_text_format_document (self->document, self->number);
  return jn_text_mask (number);
}

gboolean
jn_person_was_read_here (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), FALSE);
  return self->read_here;
}

void
jn_person_set_read_here (JnPerson *self)
{
  self->read_here = TRUE;
}

const char *
jn_person_get_name_zh (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->name_zh;
}

const char *
jn_person_get_name_latin (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->name_latin;
}

char *
jn_person_get_display_name (JnPerson *self, const char *language)
{
  const char *zh;
  const char *latin;

  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  zh = self->name_zh != NULL ? self->name_zh : "";
  latin = self->name_latin != NULL ? self->name_latin : "";
  if (*zh == '\0' || *latin == '\0')
    return g_strconcat (zh, latin, NULL);
  if (g_strcmp0 (language, "zh-Hant") == 0)
    return g_strconcat (zh, " ", latin, NULL);
  return g_strconcat (latin, " ", zh, NULL);
}

const JnFact *
jn_person_get_fact (JnPerson *self, const char *property)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  for (guint i = 0; i < self->facts->len; i++)
    if (g_str_equal (((JnFact *)self->facts->pdata[i])->property, property))
      return self->facts->pdata[i];
  return NULL;
}

GPtrArray *
jn_person_get_facts (JnPerson *self)
{
  g_return_val_if_fail (JN_IS_PERSON (self), NULL);
  return self->facts;
}
