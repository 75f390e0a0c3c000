/* catalogue-report.c: counts the catalogue: services, questions alone and as bundles, confidence. */
#include "app/admin/catalogue-report.h"

#include <string.h>

#include "app/admin/catalogue-meta.h"
#include "app/dict.h"
#include "forms/service.h"
#include "forms/shape.h"

#define N_CONFIDENCES (JN_CONFIDENCE_CONFIRMED + 1)

/* How a question is asked */
typedef enum
{
  ASKED_CHOICE,
  ASKED_DAY,
  ASKED_NUMBER,
  ASKED_TEXT, /* typed: with a bound or a hint, which janela-form check looks for */
  ASKED_LONG,
  ASKED_FILE,
  N_ASKED,
} Asked;

/* One service as it is counted: @questions is a map from the ref of a question to its key,
 * "mother/birth_date" for a fact, "dsi-passport:/data/…" else. */
typedef struct
{
  JnService *service;
  GHashTable *questions;
} Counted;

typedef struct
{
  GPtrArray *services;     /* (element-type Counted), as the files stand */
  GHashTable *by_code;     /* code → Counted */
  GHashTable *departments; /* a set of codes */
  guint confidences[N_CONFIDENCES];
  guint asked[N_ASKED];
} Count;

static void
counted_free (gpointer data)
{
  Counted *counted = data;

  jn_service_unref (counted->service);
  g_hash_table_unref (counted->questions);
  g_free (counted);
}

static void
clear_count (Count *count)
{
  g_ptr_array_unref (count->services);
  g_hash_table_unref (count->by_code);
  g_hash_table_unref (count->departments);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Count, clear_count)

/* ---- questions ---------------------------------------------------------------------------------- */

static gboolean
is_question (const JnControl *control, JnFilling *filling)
{
  JnNodeState state;

  switch (jn_control_get_kind (control))
    {
    case JN_CONTROL_GROUP:
    case JN_CONTROL_REPEAT:
    case JN_CONTROL_TRIGGER:
      return FALSE;
    case JN_CONTROL_INPUT:
    case JN_CONTROL_SELECT1:
    case JN_CONTROL_SELECT:
    case JN_CONTROL_RANGE:
    case JN_CONTROL_RANK:
    case JN_CONTROL_UPLOAD:
    case JN_CONTROL_SECRET:
      break;
    }
  if (jn_control_get_ref (control) == NULL)
    return FALSE;
  return !jn_filling_get (filling, jn_control_get_ref (control), &state)
         || (!state.readonly && !state.calculated);
}

/* (transfer full): the same for every form that asks for the same fact of the same person; what is
 * asked anew is a question of its own */
static char *
question_key (JnService *service, const char *ref, gboolean fresh)
{
  const char *subject, *role, *property;

  if (!fresh && jn_form_get_fact (jn_service_get_form (service), ref, &subject, &role, &property))
    return g_strdup_printf ("%s/%s", role != NULL ? role : subject, property);
  return g_strdup_printf ("%s:%s", jn_service_get_code (service), ref);
}

static void
add_questions (Counted *counted, const JnControl *control, JnFilling *filling, gboolean fresh)
{
  for (; control != NULL; control = jn_control_get_next (control))
    {
      gboolean anew = fresh || jn_control_has_appearance (control, "jn-fresh");

      if (is_question (control, filling))
        g_hash_table_insert (counted->questions, g_strdup (jn_control_get_ref (control)),
                             question_key (counted->service, jn_control_get_ref (control), anew));
      add_questions (counted, jn_control_get_first_child (control), filling, anew);
    }
}

static Asked
way_of (const JnControl *control, GHashTable *types)
{
  JnControlKind kind = jn_control_get_kind (control);
  const char *type = g_hash_table_lookup (types, jn_control_get_ref (control));

  if (kind == JN_CONTROL_UPLOAD)
    return ASKED_FILE;
  if (kind != JN_CONTROL_INPUT && kind != JN_CONTROL_SECRET)
    return ASKED_CHOICE;
  if (g_strcmp0 (type, "date") == 0 || g_strcmp0 (type, "time") == 0
      || g_strcmp0 (type, "dateTime") == 0)
    return ASKED_DAY;
  if (g_strcmp0 (type, "int") == 0 || g_strcmp0 (type, "decimal") == 0)
    return ASKED_NUMBER;
  return jn_control_has_appearance (control, "multiline") ? ASKED_LONG : ASKED_TEXT;
}

static void
note_type (const JnNodeShape *shape, gpointer types)
{
  g_hash_table_insert (types, g_strdup (shape->path), g_strdup (shape->type));
}

static void
add_ways (Count *count, GHashTable *types, const JnControl *control, JnFilling *filling)
{
  for (; control != NULL; control = jn_control_get_next (control))
    {
      if (is_question (control, filling))
        count->asked[way_of (control, types)]++;
      add_ways (count, types, jn_control_get_first_child (control), filling);
    }
}

/* ---- counting ----------------------------------------------------------------------------------- */

static void
add_confidences (Count *count, JnService *service, JnFilling *filling)
{
  g_autoptr (GPtrArray) fees = jn_service_list_fees (service, NULL);
  g_autoptr (GPtrArray) papers = jn_service_list_papers (service, filling);
  const JnPledge *pledge = jn_service_get_pledge (service);

  for (guint i = 0; i < fees->len; i++)
    count->confidences[((JnServiceFee *)g_ptr_array_index (fees, i))->origin.confidence]++;
  for (guint i = 0; i < papers->len; i++)
    count->confidences[((JnServicePaper *)g_ptr_array_index (papers, i))->origin.confidence]++;
  if (pledge->days > 0)
    count->confidences[pledge->origin.confidence]++;
}

static gboolean
add_service (Count *count, const JnCatalogueFile *file, GError **error)
{
  g_autoptr (JnForm) form = jn_form_new_from_bytes (file->bytes, NULL, NULL, error);
  g_autoptr (JnFilling) filling = form != NULL ? jn_filling_new (form, NULL, error) : NULL;
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JnService *service = filling != NULL ? jn_service_new (form, error) : NULL;
  Counted *counted;

  if (service == NULL)
    return FALSE;
  counted = g_new0 (Counted, 1);
  counted->service = service;
  counted->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  add_questions (counted, jn_form_get_body (form), filling, FALSE);
  jn_form_foreach_shape (form, note_type, types);
  add_ways (count, types, jn_form_get_body (form), filling);
  add_confidences (count, service, filling);
  g_ptr_array_add (count->services, counted);
  g_hash_table_insert (count->by_code, (gpointer)jn_service_get_code (service), counted);
  g_hash_table_add (count->departments, (gpointer)jn_service_get_department (service));
  return TRUE;
}

/* ---- a bundle ----------------------------------------------------------------------------------- */

/* (transfer full): instance('facts') with something for each fact that was asked so far */
static GBytes *
make_facts (GHashTable *known)
{
  GString *xml = g_string_new ("<root>");
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (key, "/", 2);

      if (strchr (key, ':') == NULL)
        g_string_append_printf (xml, "<item><subject>%s</subject><%s>2000-01-01</%s></item>",
                                parts[0], parts[1], parts[1]);
    }
  g_string_append (xml, "</root>");
  return g_string_free_to_bytes (xml);
}

static gboolean
is_blank (JnFilling *filling, const char *ref)
{
  JnNodeState state;

  return !jn_filling_get (filling, ref, &state) || *state.value == '\0';
}

/* What another form of the visit asked is not asked again: the same fact, or one from which this form
 * takes its first value. Returns: how many are still asked; they are known from now on */
static guint
ask_service (const Counted *counted, GHashTable *known)
{
  JnForm *form = jn_service_get_form (counted->service);
  g_autoptr (GBytes) facts = make_facts (known);
  JnFillingOptions options = { .facts = facts };
  g_autoptr (JnFilling) stranger = jn_filling_new (form, NULL, NULL);
  g_autoptr (JnFilling) filling = jn_filling_new (form, &options, NULL);
  g_autoptr (GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer ref, key;
  guint asked = 0;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (before, key);
  g_hash_table_iter_init (&iter, counted->questions);
  while (g_hash_table_iter_next (&iter, &ref, &key))
    {
      asked += !g_hash_table_contains (before, key)
               && !(is_blank (stranger, ref) && !is_blank (filling, ref));
      g_hash_table_add (known, key);
    }
  return asked;
}

/* ---- writing ------------------------------------------------------------------------------------ */

static void
write_event (GString *text,
             const Count *count,
             const JnCatalogueFile *file,
             guint *alone_sum,
             guint *bundle_sum)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GVariant) services = jn_dict_list (file->meta, "services");
  guint alone = 0, bundle = 0;

  for (gsize i = 0; i < jn_list_length (services); i++)
    {
      g_autoptr (GVariant) entry = jn_list_dict (services, i);
      const Counted *counted = g_hash_table_lookup (count->by_code, jn_dict_string (entry, "code"));

      if (counted == NULL)
        continue;
      alone += g_hash_table_size (counted->questions);
      bundle += ask_service (counted, known);
    }
  g_string_append_printf (text, "| %s | %s | %" G_GSIZE_FORMAT " | %u | %u | %.0f %% |\n",
                          jn_dict_text (file->meta, "names", "zh-Hant"),
                          jn_dict_text (file->meta, "names", "en"), jn_list_length (services),
                          alone, bundle, alone > 0 ? 100.0 * (alone - bundle) / alone : 0.0);
  *alone_sum += alone;
  *bundle_sum += bundle;
}

static void
write_events (GString *text, const Count *count, GPtrArray *files)
{
  guint alone = 0, bundle = 0;

  g_string_append (text, "\n## Questions of the life events\n"
                         "Alone: each form by itself. Bundle: what another form of the same visit "
                         "asked, or what follows from it, is not asked again.\n\n"
                         "| event | | services | alone | bundle | saved |\n"
                         "|---|---|---:|---:|---:|---:|\n");
  for (guint i = 0; i < files->len; i++)
    {
      const JnCatalogueFile *file = g_ptr_array_index (files, i);

      if (g_str_equal (file->kind, "event"))
        write_event (text, count, file, &alone, &bundle);
    }
  g_string_append_printf (text, "| **all** | | | **%u** | **%u** | **%.1f %%** |\n", alone, bundle,
                          alone > 0 ? 100.0 * (alone - bundle) / alone : 0.0);
}

static void
write_confidences (GString *text, const Count *count)
{
  static const char *const words[N_CONFIDENCES]
      = { "assumed", "inferred", "recall", "page", "confirmed" };
  guint sum = 0;

  for (guint i = 0; i < N_CONFIDENCES; i++)
    sum += count->confidences[i];
  g_string_append (text, "\n## How sure the figures are\n"
                         "Fees, papers of an empty form, and pledges by their confidence; only "
                         "confirmed fees are charged.\n\n| confidence | facts | share |\n"
                         "|---|---:|---:|\n");
  for (guint i = 0; i < N_CONFIDENCES; i++)
    g_string_append_printf (text, "| %s | %u | %.0f %% |\n", words[i], count->confidences[i],
                            sum > 0 ? 100.0 * count->confidences[i] / sum : 0.0);
}

static void
write_ways (GString *text, const Count *count)
{
  static const char *const words[N_ASKED] = {
    "a choice",      "a day or time", "a number or an amount", "typed, with a bound or a hint",
    "a longer text", "a file"
  };
  guint sum = 0;

  for (guint i = 0; i < N_ASKED; i++)
    sum += count->asked[i];
  g_string_append (text, "\n## How the questions are asked\n"
                         "Of all forms, each question as often as a form has it.\n\n"
                         "| | questions | share |\n|---|---:|---:|\n");
  for (guint i = 0; i < N_ASKED; i++)
    if (count->asked[i] > 0)
      g_string_append_printf (text, "| %s | %u | %.0f %% |\n", words[i], count->asked[i],
                              100.0 * count->asked[i] / sum);
}

static void
write_services (GString *text, const Count *count)
{
  g_string_append (text, "\n## Services\n"
                         "| code | 中文 | português | English | questions |\n"
                         "|---|---|---|---|---:|\n");
  for (guint i = 0; i < count->services->len; i++)
    {
      const Counted *counted = g_ptr_array_index (count->services, i);
      const JnNames *names = jn_service_get_names (counted->service);

      g_string_append_printf (text, "| `%s` | %s | %s | %s | %u |\n",
                              jn_service_get_code (counted->service),
                              jn_names_get (names, "zh-Hant"), jn_names_get (names, "pt"),
                              jn_names_get (names, "en"), g_hash_table_size (counted->questions));
    }
}

char *
jn_catalogue_report (GPtrArray *files, GError **error)
{
  g_auto (Count) count = { .services = g_ptr_array_new_with_free_func (counted_free),
                           .by_code = g_hash_table_new (g_str_hash, g_str_equal),
                           .departments = g_hash_table_new (g_str_hash, g_str_equal) };
  GString *text
      = g_string_new ("# The catalogue\nMade by `janela-admin catalogue report build`.\n\n");
  guint n_events = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const JnCatalogueFile *file = g_ptr_array_index (files, i);

      n_events += g_str_equal (file->kind, "event");
      if (g_str_equal (file->kind, "service") && !add_service (&count, file, error))
        {
          g_prefix_error (error, "%s: ", file->path);
          g_string_free (text, TRUE);
          return NULL;
        }
    }
  g_string_append_printf (text, "%u services of %u departments, %u life events.\n",
                          count.services->len, g_hash_table_size (count.departments), n_events);
  write_events (text, &count, files);
  write_ways (text, &count);
  write_confidences (text, &count);
  write_services (text, &count);
  return g_string_free (text, FALSE);
}
