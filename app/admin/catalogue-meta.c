/* catalogue-meta.c: makes of each file of the catalogue what the backend is told of it. */
#include "app/admin/catalogue-meta.h"

#include "app/dict.h"
#include "forms/departments.h"
#include "forms/event.h"
#include "forms/facts.h"
#include "forms/service.h"
#include "forms/shape.h"

static GVariant *
names_dict (const JnNames *names)
{
  return jn_dict_new ("zh_Hant", "s", names->text[0], "pt", "s", names->text[1], "en", "s",
                      names->text[2], NULL);
}

/* ---- services ----------------------------------------------------------------------------------- */

static void
add_node (const JnNodeShape *shape, gpointer user_data)
{
  GVariantDict *nodes = user_data;

  g_variant_dict_insert_value (nodes, shape->path,
                               jn_dict_new ("type", "s", shape->leaf ? shape->type : "group",
                                            "required", "b", shape->required, "choices", "^as",
                                            shape->choices, "multiple", "b", shape->multiple,
                                            NULL));
}

static GVariant *
fees_list (JnService *service)
{
  g_autoptr (GPtrArray) fees = jn_service_list_fees (service, NULL);
  g_autoptr (GPtrArray) dicts = g_ptr_array_new ();

  for (guint i = 0; i < fees->len; i++)
    {
      const JnServiceFee *fee = g_ptr_array_index (fees, i);

      g_ptr_array_add (dicts,
                       jn_dict_new ("code", "s", fee->code, "ref", "s", fee->ref, "confirmed", "b",
                                    fee->origin.confidence == JN_CONFIDENCE_CONFIRMED, NULL));
    }
  return jn_list_new ((GVariant *const *)dicts->pdata, dicts->len);
}

static char **
needs_codes (JnService *service)
{
  g_autoptr (GPtrArray) needs = jn_service_list_needs (service, NULL);
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < needs->len; i++)
    {
      const JnNeed *need = g_ptr_array_index (needs, i);

      if (need->service != NULL)
        g_ptr_array_add (codes, g_strdup (need->service));
    }
  g_ptr_array_add (codes, NULL);
  return (char **)g_ptr_array_free (codes, FALSE);
}

static gboolean
is_picked_up (JnService *service)
{
  g_autoptr (GPtrArray) results = jn_service_list_results (service, NULL);

  for (guint i = 0; i < results->len; i++)
    if (((const JnServiceResult *)g_ptr_array_index (results, i))->pick_up)
      return TRUE;
  return FALSE;
}

static GVariant *
pledge_dict (const JnPledge *pledge)
{
  if (pledge->days == 0)
    return NULL;
  return jn_dict_new ("days", "i", (int)pledge->days, "kind", "s",
                      pledge->working ? "working" : "calendar", "from", "s", pledge->from, NULL);
}

static const char *
offline_word (JnOffline offline)
{
  switch (offline)
    {
    case JN_OFFLINE_NO:
      return "no";
    case JN_OFFLINE_PAPERS:
      return "papers";
    case JN_OFFLINE_YES:
      return "yes";
    }
  return "no";
}

/* Services wait in groups of their department: its names are the group's. */
static GVariant *
group_names (GPtrArray *files, const char *department)
{
  const JnCatalogueFile *first = files->len > 0 ? g_ptr_array_index (files, 0) : NULL;
  g_autoptr (GVariant) departments = first != NULL && first->meta != NULL
                                         ? jn_dict_list (first->meta, "departments")
                                         : NULL;

  for (gsize i = 0; i < jn_list_length (departments); i++)
    {
      g_autoptr (GVariant) entry = jn_list_dict (departments, i);

      if (g_strcmp0 (jn_dict_string (entry, "code"), department) == 0)
        return jn_dict_dict (entry, "names");
    }
  return NULL;
}

static GVariant *
service_meta (JnService *service, GPtrArray *files)
{
  const char *department = jn_service_get_department (service);
  g_autoptr (GVariant) group = group_names (files, department);
  g_auto (GStrv) needs = needs_codes (service);
  GVariantDict nodes;

  g_variant_dict_init (&nodes, NULL);
  jn_form_foreach_shape (jn_service_get_form (service), add_node, &nodes);
  return g_variant_ref_sink (jn_dict_new (
      "department", "s", department, "names", "@a{sv}", names_dict (jn_service_get_names (service)),
      "group", "s", department, "group_names", "@a{sv}", group, "keywords", "^as",
      jn_service_get_keywords (service), "immediate", "b", jn_service_is_immediate (service),
      "offline", "s", offline_word (jn_service_get_offline (service)), "equipment", "^as",
      jn_service_get_equipment (service), "pledge", "@a{sv}",
      pledge_dict (jn_service_get_pledge (service)), "pick_up", "b", is_picked_up (service),
      "needs", "^as", needs, "fees", "@av", fees_list (service), "nodes", "@a{sv}",
      g_variant_dict_end (&nodes), NULL));
}

static gboolean
read_service (JnCatalogueFile *file, GPtrArray *files, GError **error)
{
  g_autoptr (JnForm) form = jn_form_new_from_file (file->path, error);
  g_autoptr (JnService) service = form != NULL ? jn_service_new (form, error) : NULL;
  const char *version;

  if (service == NULL)
    return FALSE;
  version = jn_form_get_version (form);
  file->code = g_strdup (jn_service_get_code (service));
  file->version = version != NULL ? g_strdup (version) : g_strndup (file->hash, 12);
  file->meta = service_meta (service, files);
  return TRUE;
}

/* ---- events, facts, departments ----------------------------------------------------------------- */

static GVariant *
event_services (JnEvent *event)
{
  const char *const *codes = jn_event_get_services (event);
  g_autoptr (GPtrArray) dicts = g_ptr_array_new ();

  for (gsize i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (dicts, jn_dict_new ("code", "s", codes[i], NULL));
  return jn_list_new ((GVariant *const *)dicts->pdata, dicts->len);
}

static gboolean
read_event (JnCatalogueFile *file, GError **error)
{
  g_autoptr (JnEvent) event = jn_event_new_from_bytes (file->bytes, error);

  if (event == NULL)
    return FALSE;
  file->code = g_strdup (jn_event_get_code (event));
  file->version = g_strndup (file->hash, 12);
  file->meta = g_variant_ref_sink (
      jn_dict_new ("names", "@a{sv}", names_dict (jn_event_get_names (event)), "keywords", "^as",
                   jn_event_get_keywords (event), "services", "@av", event_services (event), NULL));
  return TRUE;
}

static const char *
sensitive_word (JnSensitive sensitive)
{
  switch (sensitive)
    {
    case JN_SENSITIVE_NONE:
      return NULL;
    case JN_SENSITIVE_HEALTH:
      return "health";
    case JN_SENSITIVE_CONVICTION:
      return "conviction";
    case JN_SENSITIVE_HARDSHIP:
      return "hardship";
    }
  return NULL;
}

static gboolean
read_facts (JnCatalogueFile *file, GError **error)
{
  g_autoptr (JnFacts) facts = jn_facts_new_from_bytes (file->bytes, error);
  GPtrArray *properties;
  GVariantDict dict;

  if (facts == NULL)
    return FALSE;
  g_variant_dict_init (&dict, NULL);
  properties = jn_facts_get_properties (facts);
  for (guint i = 0; i < properties->len; i++)
    {
      const JnProperty *property = g_ptr_array_index (properties, i);

      g_variant_dict_insert_value (
          &dict, property->name,
          jn_dict_new ("sensitive", "s", sensitive_word (property->sensitive), NULL));
    }
  file->code = g_strdup ("facts");
  file->version = g_strndup (file->hash, 12);
  file->meta
      = g_variant_ref_sink (jn_dict_new ("properties", "@a{sv}", g_variant_dict_end (&dict), NULL));
  return TRUE;
}

static gboolean
read_departments (JnCatalogueFile *file, GError **error)
{
  g_autoptr (GPtrArray) departments = jn_departments_new_from_bytes (file->bytes, error);
  g_autoptr (GPtrArray) dicts = g_ptr_array_new ();

  if (departments == NULL)
    return FALSE;
  for (guint i = 0; i < departments->len; i++)
    {
      const JnDepartment *department = g_ptr_array_index (departments, i);

      g_ptr_array_add (dicts, jn_dict_new ("code", "s", department->code, "acronym", "s",
                                           department->acronym, "names", "@a{sv}",
                                           names_dict (&department->names), NULL));
    }
  file->code = g_strdup ("departments");
  file->version = g_strndup (file->hash, 12);
  file->meta = g_variant_ref_sink (jn_dict_new (
      "departments", "@av", jn_list_new ((GVariant *const *)dicts->pdata, dicts->len), NULL));
  return TRUE;
}

/* ---- any file ----------------------------------------------------------------------------------- */

JnCatalogueFile *
jn_catalogue_file_new (const char *kind, const char *path)
{
  JnCatalogueFile *file = g_new0 (JnCatalogueFile, 1);

  file->kind = kind;
  file->path = g_strdup (path);
  return file;
}

void
jn_catalogue_file_free (JnCatalogueFile *file)
{
  g_free (file->path);
  g_free (file->code);
  g_free (file->version);
  g_free (file->hash);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_clear_pointer (&file->meta, g_variant_unref);
  g_free (file);
}

gboolean
jn_catalogue_file_read (JnCatalogueFile *file, GPtrArray *files, GError **error)
{
  char *text = NULL;
  gsize size = 0;

  if (!g_file_get_contents (file->path, &text, &size, error))
    return FALSE;
  file->bytes = g_bytes_new_take (text, size);
  file->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
  if (g_str_equal (file->kind, "service"))
    return read_service (file, files, error);
  if (g_str_equal (file->kind, "event"))
    return read_event (file, error);
  if (g_str_equal (file->kind, "facts"))
    return read_facts (file, error);
  return read_departments (file, error);
}
