/* visit-persons.c: who is in a visit: looking a document up, scanning it, a person without one. */
#include "app/call.h"
#include "app/dict.h"
#include "app/person-private.h"
#include "app/scan.h"
#include "app/uuid.h"
#include "app/visit-private.h"

/* Letters of ICAO Doc 9303 part 3 section 5 to ISO 3166-1 alpha-2, as forms/fragments/countries.xml */
static const struct
{
  const char *three;
  const char *two;
} countries[] = {
  { "CHN", "CN" }, { "PRT", "PT" }, { "HKG", "HK" }, { "TWN", "TW" }, { "MAC", "MO" },
  { "PHL", "PH" }, { "VNM", "VN" }, { "IDN", "ID" }, { "MMR", "MM" }, { "NPL", "NP" },
  { "THA", "TH" }, { "MYS", "MY" }, { "SGP", "SG" }, { "JPN", "JP" }, { "KOR", "KR" },
  { "IND", "IN" }, { "BRA", "BR" }, { "AGO", "AO" }, { "MOZ", "MZ" }, { "CPV", "CV" },
  { "TLS", "TL" }, { "GBR", "GB" }, { "USA", "US" }, { "CAN", "CA" }, { "AUS", "AU" },
  { "NZL", "NZ" }, { "FRA", "FR" }, { "D", "DE" },   { "DEU", "DE" }, { "ITA", "IT" },
  { "ESP", "ES" }, { "RUS", "RU" }, { "ZAF", "ZA" },
};

static const char *
country_of (const char *three)
{
  for (guint i = 0; three != NULL && i < G_N_ELEMENTS (countries); i++)
    if (g_str_equal (countries[i].three, three))
      return countries[i].two;
  return "XX";
}

/* (nullable): for a passport only its zone says it */
static const char *
issuer_of (const char *document, const JnScan *scan)
{
  if (g_strcmp0 (document, "bir") == 0)
    return "MO";
  if (g_strcmp0 (document, "hkid") == 0)
    return "HK";
  if (g_strcmp0 (document, "mainland-id") == 0 || g_strcmp0 (document, "home-return-permit") == 0)
    return "CN";
  return scan != NULL && scan->issuer != NULL ? country_of (scan->issuer) : NULL;
}

/* One look-up: who is asked for, and what was read from the card beside the number. */
typedef struct
{
  char *role;
  char *capacity;
  char *document;
  char *number;
  char *issuer;
  char *person; /* id */
  JnScan *scan; /* (nullable) */
} Asked;

static void
asked_free (Asked *asked)
{
  g_free (asked->role);
  g_free (asked->capacity);
  g_free (asked->document);
  g_free (asked->number);
  g_free (asked->issuer);
  g_free (asked->person);
  g_clear_pointer (&asked->scan, jn_scan_free);
  g_free (asked);
}

static void
add_fact (JnPerson *person,
          const char *property,
          const char *value,
          const char *source,
          const char *day,
          JnGrade grade)
{
  if (value != NULL && *value != '\0' && jn_person_get_fact (person, property) == NULL)
    jn_person_take_fact (person, jn_fact_new (property, value, source, day, grade));
}

/* What the card says of its holder is seen by the clerk: grade B. A typed number is declared. */
static void
add_document_facts (JnPerson *person, const Asked *asked, const char *day)
{
  const char *source = asked->scan != NULL ? "document" : "clerk";
  JnGrade grade = asked->scan != NULL ? JN_GRADE_B : JN_GRADE_D;
  const JnScan *scan = asked->scan;

  if (asked->number == NULL)
    return;
  if (scan != NULL)
    jn_person_set_read_here (person);
  add_fact (person, "id_type", asked->document, source, day, grade);
  add_fact (person, "id_no", asked->number, source, day, grade);
  if (g_str_equal (asked->document, "bir"))
    add_fact (person, "bir_no", asked->number, source, day, grade);
  if (asked->issuer != NULL)
    add_fact (person, "id_country", asked->issuer, source, day, grade);
  if (scan == NULL || scan->kind != JN_SCAN_MRZ)
    return;
  add_fact (person, "surname_latin", scan->surname, source, day, grade);
  add_fact (person, "given_latin", scan->given, source, day, grade);
  add_fact (person, "birth_date", scan->birth, source, day, grade);
  add_fact (person, "id_expiry", scan->expiry, source, day, grade);
  if (g_strcmp0 (scan->sex, "X") != 0)
    add_fact (person, "sex", scan->sex, source, day, grade);
  add_fact (person, "nationality", country_of (scan->nationality), source, day, grade);
}

static const char *
value_of (JnPerson *person, const char *property)
{
  const JnFact *fact = jn_person_get_fact (person, property);

  return fact != NULL ? fact->value : NULL;
}

/* Who has no name in the registers is called by what the card says. */
static void
name_by_facts (JnPerson *person)
{
  const char *surname = value_of (person, "surname_latin");
  const char *given = value_of (person, "given_latin");
  g_autofree char *latin = NULL;

  if (jn_person_get_name_zh (person) != NULL || jn_person_get_name_latin (person) != NULL)
    return;
  if (surname != NULL)
    latin = given != NULL ? g_strconcat (surname, " ", given, NULL) : g_strdup (surname);
  if (latin != NULL || value_of (person, "name_zh") != NULL)
    jn_person_set_names (person, value_of (person, "name_zh"), latin);
}

void
jn_visit_take_person (JnVisit *self, JnPerson *person)
{
  GListModel *model = G_LIST_MODEL (self->persons);

  jn_flow_set_person (self->flow, person);
  jn_visit_mark_changed (self);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnPerson) former = g_list_model_get_item (model, i);
      gpointer additions[] = { person };

      if (!g_str_equal (jn_person_get_role (former), jn_person_get_role (person)))
        continue;
      g_list_store_splice (self->persons, i, 1, additions, 1);
      return;
    }
  g_list_store_append (self->persons, person);
}

static void
identified (GTask *task, GVariant *answer)
{
  JnVisit *self = g_task_get_source_object (task);
  Asked *asked = g_task_get_task_data (task);
  g_autofree char *today = jn_session_today (self->session);
  g_autoptr (JnPerson) person = NULL;

  jn_visit_end_busy (self);
  if (jn_dict_has (answer, "role"))
    person = jn_person_new_from_answer (answer);
  else /* kept while the line is down: nothing is known of anybody */
    person = jn_person_new (asked->person, asked->role, asked->capacity, asked->document,
                            asked->number);
  add_document_facts (person, asked, today);
  name_by_facts (person);
  jn_visit_take_person (self, person);
  g_task_return_pointer (task, g_steal_pointer (&person), g_object_unref);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnVisit *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL)
    {
      identified (task, answer);
      return;
    }
  jn_visit_end_busy (self);
  g_task_return_error (task, error);
}

/* Why the person's data are read (Law 8/2005): the public task at hand, logged with the ticket. */
static char *
make_basis (JnVisit *self)
{
  g_auto (GStrv) chosen = jn_bundle_list_chosen (self->bundle);
  g_autofree char *services = g_strjoinv (" ", chosen);

  if (*services != '\0')
    return g_strconcat ("public-task: ", services, NULL);
  return g_strconcat ("public-task: ticket ", jn_ticket_get_number (self->ticket), NULL);
}

static void
look_up (JnVisit *self, GTask *task)
{
  Asked *asked = g_task_get_task_data (task);
  JnPerson *former = jn_visit_get_person (self, asked->role);
  g_autofree char *basis = NULL;
  GVariant *document = NULL;
  g_autoptr (JnCommand) command = NULL;

  jn_visit_refresh (self);
  basis = make_basis (self);
  asked->person = former != NULL ? g_strdup (jn_person_get_id (former)) : jn_uuid_new ();
  if (asked->number != NULL)
    document = jn_dict_new ("kind", "s", asked->document, "number", "s", asked->number, "issuer",
                            "s", asked->issuer, NULL);
  command = jn_command_new (
      "visit_person", jn_dict_new ("visit", "s", self->id, "person", "s", asked->person, "role",
                                   "s", asked->role, "capacity", "s", asked->capacity, "document",
                                   "@a{sv}", document, "basis", "s", basis, NULL));
  jn_command_set_deferrable (command, TRUE);
  jn_visit_begin_busy (self);
  jn_backend_run_async (jn_visit_get_backend (self), command, g_task_get_cancellable (task),
                        answered_cb, task);
}

static Asked *
asked_new (const char *role, const char *capacity)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->role = g_strdup (role);
  asked->capacity = g_strdup (capacity);
  return asked;
}

void
jn_visit_identify_async (JnVisit *self,
                         const char *role,
                         const char *capacity,
                         const char *document,
                         const char *number,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Asked *asked = asked_new (role, capacity);
  const char *fault = NULL;

  g_return_if_fail (JN_IS_VISIT (self) && role != NULL);
  g_task_set_task_data (task, asked, (GDestroyNotify)asked_free);
  if (document != NULL)
    {
      fault = jn_scan_check_document (document, number != NULL ? number : "", &asked->number);
      asked->document = g_strdup (document);
      asked->issuer = g_strdup (issuer_of (document, NULL));
    }
  if (fault != NULL)
    g_task_return_error (
        task, jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "document-number", fault, NULL));
  else
    look_up (self, g_steal_pointer (&task));
}

JnPerson *
jn_visit_identify_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* (transfer full) (nullable): what makes the scan no person's document */
static GError *
refuse (const JnScan *scan)
{
  GVariant *args = jn_dict_new ("number", "s", scan->number, NULL);

  switch (scan->kind)
    {
    case JN_SCAN_TICKET:
      return jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "scan-ticket", NULL, args);
    case JN_SCAN_RECEIPT:
      return jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "scan-receipt", NULL, args);
    case JN_SCAN_NOTHING:
      return jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "scan-unknown", NULL, args);
    case JN_SCAN_DOCUMENT:
    case JN_SCAN_MRZ:
      break;
    }
  g_variant_unref (g_variant_ref_sink (args));
  if (scan->fault != NULL)
    return jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "document-number", scan->fault, NULL);
  return NULL;
}

void
jn_visit_scan_async (JnVisit *self,
                     const char *role,
                     const char *capacity,
                     const char *text,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *today = NULL;
  Asked *asked;
  GError *error;

  g_return_if_fail (JN_IS_VISIT (self) && role != NULL && text != NULL);
  today = jn_session_today (self->session);
  asked = asked_new (role, capacity);
  asked->scan = jn_scan_parse (text, today);
  g_task_set_task_data (task, asked, (GDestroyNotify)asked_free);
  error = refuse (asked->scan);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  asked->document = g_strdup (asked->scan->document);
  asked->number = g_strdup (asked->scan->number);
  asked->issuer = g_strdup (issuer_of (asked->document, asked->scan));
  look_up (self, g_steal_pointer (&task));
}

JnPerson *
jn_visit_scan_finish (JnVisit *self, GAsyncResult *result, GError **error)
{
  return jn_visit_identify_finish (self, result, error);
}

GListModel *
jn_visit_get_persons (JnVisit *self)
{
  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  return G_LIST_MODEL (self->persons);
}

JnPerson *
jn_visit_get_person (JnVisit *self, const char *role)
{
  GListModel *model;

  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  model = G_LIST_MODEL (self->persons);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (JnPerson) person = g_list_model_get_item (model, i);

      if (g_strcmp0 (jn_person_get_role (person), role) == 0)
        return person; /* the list holds it */
    }
  return NULL;
}

JnPerson *
jn_visit_get_applicant (JnVisit *self)
{
  g_autoptr (JnPerson) first = NULL;

  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  first = g_list_model_get_item (G_LIST_MODEL (self->persons), 0);
  return first; /* the list holds it */
}

/* Only persons whose questions are asked now: a proxy that a form does not want is not open. */
static void
add_open_roles (JnVisit *self, JnApplication *application, GPtrArray *roles)
{
  GPtrArray *facts = jn_application_get_fact_refs (application);

  for (guint i = 0; i < facts->len; i++)
    {
      const JnFactRef *about = facts->pdata[i];
      JnNodeState state;

      if (g_str_equal (about->subject, about->kind)
          || jn_visit_get_person (self, about->subject) != NULL
          || g_ptr_array_find_with_equal_func (roles, about->subject, g_str_equal, NULL)
          || !jn_filling_get (jn_application_get_filling (application), about->ref, &state)
          || !state.relevant)
        continue;
      g_ptr_array_add (roles, g_strdup (about->subject));
    }
}

GStrv
jn_visit_list_open_roles (JnVisit *self)
{
  GPtrArray *roles = g_ptr_array_new ();
  GListModel *applications;

  g_return_val_if_fail (JN_IS_VISIT (self), NULL);
  applications = G_LIST_MODEL (self->applications);
  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      add_open_roles (self, application, roles);
    }
  g_ptr_array_add (roles, NULL);
  return (GStrv)g_ptr_array_free (roles, FALSE);
}
