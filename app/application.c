/* application.c: one service asked for in a visit: its form, the answers, and where they came from. */
#include "app/application-private.h"

#include <string.h>
#include "app/text.h"

struct _JnApplication
{
  GObject parent_instance;
  char *id;
  const JnServiceEntry *entry;
  JnForm *form;
  JnService *service;
  JnFilling *filling;
  char *language;
  GPtrArray *facts;        /* of JnFactRef */
  GHashTable *fact_by_ref; /* ref → JnFactRef */
  GHashTable *questions;   /* refs (without positions) that a control asks */
  GBytes *facts_xml;
  JnAnsweredHook hook;
  gpointer hook_data;
  JnKnown *known;
  JnMayShare may_share;
  gpointer share_data;
  gboolean unsaved;
  gint64 saved_at;
  int complete; /* -1: not known */
};

typedef enum
{
  PROP_COMPLETE = 1,
  PROP_SAVED_AT,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_TYPE (JnApplication, jn_application, G_TYPE_OBJECT)

static void
fact_ref_free (JnFactRef *fact)
{
  g_free (fact->ref);
  g_free (fact->subject);
  g_free (fact->kind);
  g_free (fact->property);
  g_free (fact);
}

static void
answer_free (JnAnswer *answer)
{
  g_free (answer->ref);
  g_free (answer->section);
  g_free (answer->label);
  g_free (answer->value);
  g_free (answer->source);
  g_free (answer->as_of);
  g_free (answer);
}

static void
jn_application_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnApplication *self = JN_APPLICATION (object);

  switch ((Property)id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, jn_application_is_complete (self));
      break;
    case PROP_SAVED_AT:
      g_value_set_int64 (value, self->saved_at);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
jn_application_finalize (GObject *object)
{
  JnApplication *self = JN_APPLICATION (object);

  g_free (self->id);
  g_clear_pointer (&self->filling, jn_filling_free);
  g_clear_pointer (&self->service, jn_service_unref);
  g_clear_pointer (&self->form, jn_form_unref);
  g_free (self->language);
  g_clear_pointer (&self->fact_by_ref, g_hash_table_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  g_clear_pointer (&self->facts_xml, g_bytes_unref);
  G_OBJECT_CLASS (jn_application_parent_class)->finalize (object);
}

static void
jn_application_class_init (JnApplicationClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object->get_property = jn_application_get_property;
  object->finalize = jn_application_finalize;
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_SAVED_AT] = g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", JN_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
jn_application_init (JnApplication *self)
{
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify)fact_ref_free);
  self->fact_by_ref = g_hash_table_new (g_str_hash, g_str_equal);
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->complete = -1;
}

/* -- what the form asks ---------------------------------------------------------------------------- */

/* Facts in repeats are many persons in one role: they are not shared. */
static void
index_facts (JnApplication *self)
{
  g_autoptr (GPtrArray) refs = jn_filling_list (self->filling);

  for (guint i = 0; i < refs->len; i++)
    {
      const char *ref = refs->pdata[i];
      const char *kind, *role, *property;
      JnFactRef *fact;

      if (strchr (ref, '[') != NULL || !jn_form_get_fact (self->form, ref, &kind, &role, &property))
        continue;
      fact = g_new0 (JnFactRef, 1);
      fact->ref = g_strdup (ref);
      fact->kind = g_strdup (kind);
      fact->subject = g_strdup (role != NULL ? role : kind);
      fact->property = g_strdup (property);
      g_ptr_array_add (self->facts, fact);
      g_hash_table_insert (self->fact_by_ref, fact->ref, fact);
    }
}

static void
index_question (JnApplication *self, const char *ref, gboolean fresh)
{
  JnFactRef *fact = g_hash_table_lookup (self->fact_by_ref, ref);

  g_hash_table_add (self->questions, g_strdup (ref));
  if (fact != NULL)
    fact->fresh = fresh;
}

static void
index_questions (JnApplication *self, const JnControl *control, gboolean fresh)
{
  for (; control != NULL; control = jn_control_get_next (control))
    {
      JnControlKind kind = jn_control_get_kind (control);
      gboolean anew = fresh || jn_control_has_appearance (control, "jn-fresh");

      if (kind == JN_CONTROL_GROUP || kind == JN_CONTROL_REPEAT)
        index_questions (self, jn_control_get_first_child (control), anew);
      else if (jn_control_get_ref (control) != NULL)
        index_question (self, jn_control_get_ref (control), anew);
    }
}

static char *
without_positions (const char *ref)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = ref; *p != '\0'; p++)
    {
      if (*p == '[')
        p += strcspn (p, "]");
      else
        g_string_append_c (plain, *p);
    }
  return g_string_free (plain, FALSE);
}

static gboolean
is_question (JnApplication *self, const char *ref)
{
  g_autofree char *plain = NULL;

  if (strchr (ref, '[') == NULL)
    return g_hash_table_contains (self->questions, ref);
  plain = without_positions (ref);
  return g_hash_table_contains (self->questions, plain);
}

JnApplication *
jn_application_new (const char *id,
                    const JnServiceEntry *entry,
                    JnForm *form,
                    JnService *service,
                    JnFilling *filling)
{
  JnApplication *self = g_object_new (JN_TYPE_APPLICATION, NULL);

  self->id = g_strdup (id);
  self->entry = entry;
  self->form = jn_form_ref (form);
  self->service = jn_service_ref (service);
  self->filling = filling;
  index_facts (self);
  index_questions (self, jn_control_get_first_child (jn_form_get_body (form)), FALSE);
  return self;
}

void
jn_application_set_hook (JnApplication *self, JnAnsweredHook hook, gpointer data)
{
  self->hook = hook;
  self->hook_data = data;
}

void
jn_application_set_known (JnApplication *self, JnKnown *known, JnMayShare may_share, gpointer data)
{
  self->known = known;
  self->may_share = may_share;
  self->share_data = data;
}

GPtrArray *
jn_application_get_fact_refs (JnApplication *self)
{
  return self->facts;
}

const JnFactRef *
jn_application_find_fact (JnApplication *self, const char *ref)
{
  return g_hash_table_lookup (self->fact_by_ref, ref);
}

/* -- answers --------------------------------------------------------------------------------------- */

static void
add_refs (GPtrArray *to, GPtrArray *refs)
{
  for (guint i = 0; refs != NULL && i < refs->len; i++)
    if (!g_ptr_array_find_with_equal_func (to, refs->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (to, g_strdup (refs->pdata[i]));
}

void
jn_application_announce (JnApplication *self, GPtrArray *refs)
{
  gboolean was = self->complete;

  if (refs->len == 0)
    return;
  self->unsaved = TRUE;
  self->complete = -1;
  g_signal_emit (self, changed_signal, 0, refs);
  if (jn_application_is_complete (self) != was)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

static gboolean
take_change (JnApplication *self, GPtrArray *changed)
{
  if (self->hook != NULL)
    self->hook (self, changed, self->hook_data);
  jn_application_announce (self, changed);
  return TRUE;
}

gboolean
jn_application_set (JnApplication *self, const char *ref, const char *value, GError **error)
{
  g_autoptr (GPtrArray) changed = NULL;

  g_return_val_if_fail (JN_IS_APPLICATION (self), FALSE);
  return jn_filling_set (self->filling, ref, value, &changed, error) && take_change (self, changed);
}

gboolean
jn_application_add (JnApplication *self, const char *ref, GError **error)
{
  g_autoptr (GPtrArray) changed = NULL;

  g_return_val_if_fail (JN_IS_APPLICATION (self), FALSE);
  return jn_filling_add (self->filling, ref, &changed, error) && take_change (self, changed);
}

gboolean
jn_application_remove (JnApplication *self, const char *ref, GError **error)
{
  g_autoptr (GPtrArray) changed = NULL;

  g_return_val_if_fail (JN_IS_APPLICATION (self), FALSE);
  return jn_filling_remove (self->filling, ref, &changed, error) && take_change (self, changed);
}

static gboolean
has_choice (const JnNodeState *state, const char *value)
{
  if (state->n_choices == 0 || strchr (value, ' ') != NULL || *value == '\0')
    return TRUE;
  for (gsize i = 0; i < state->n_choices; i++)
    if (g_strcmp0 (state->choices[i].value, value) == 0)
      return TRUE;
  return FALSE;
}

gboolean
jn_application_fill (JnApplication *self, const char *ref, const char *value, GPtrArray *changed)
{
  g_autoptr (GPtrArray) more = NULL;
  JnNodeState state;

  if (!jn_filling_get (self->filling, ref, &state) || !state.relevant || state.readonly
      || state.calculated || g_str_equal (state.value, value) || !has_choice (&state, value))
    return FALSE;
  if (!jn_filling_set (self->filling, ref, value, &more, NULL))
    return FALSE;
  add_refs (changed, more);
  return TRUE;
}

void
jn_application_set_facts (JnApplication *self, GBytes *xml, GPtrArray *changed)
{
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GError) error = NULL;

  if (self->facts_xml != NULL && g_bytes_equal (self->facts_xml, xml))
    return;
  if (!jn_filling_set_facts (self->filling, xml, &more, &error))
    {
      g_warning ("Facts could not be set: %s", error->message);
      return;
    }
  g_clear_pointer (&self->facts_xml, g_bytes_unref);
  self->facts_xml = g_bytes_ref (xml);
  add_refs (changed, more);
}

void
jn_application_set_language (JnApplication *self, const char *language)
{
  g_autoptr (GPtrArray) changed = NULL;
  gboolean unsaved = self->unsaved;

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  if (!jn_filling_set_language (self->filling, language, &changed, NULL))
    return; /* a form without this language stays as it is */
  jn_application_announce (self, changed);
  self->unsaved = unsaved;
}

/* -- what is known ---------------------------------------------------------------------------------- */

gboolean
jn_application_is_known (JnApplication *self, const char *ref, const JnFact **fact)
{
  const JnFactRef *about;
  const JnFact *found;
  JnNodeState state;

  g_return_val_if_fail (JN_IS_APPLICATION (self), FALSE);
  about = jn_application_find_fact (self, ref);
  if (about == NULL || self->known == NULL)
    return FALSE;
  found = jn_known_find (self->known, about->subject, about->property,
                         jn_service_entry_get_code (self->entry));
  if (found == NULL || !self->may_share (about->kind, found, self->share_data))
    return FALSE;
  if (!jn_filling_get (self->filling, ref, &state) || !state.relevant || state.invalid != JN_VALID
      || !g_str_equal (state.value, found->value))
    return FALSE;
  if (fact != NULL)
    *fact = found;
  return TRUE;
}

/* As people read it: labels of choices, days as DD/MM/YYYY, money in patacas */
static char *
show_value (const JnNodeState *state, gboolean money)
{
  g_auto (GStrv) words = NULL;
  GString *labels;

  if (state->typed != NULL)
    return g_strdup (state->typed);
  if (g_strcmp0 (state->type, "date") == 0)
    return jn_text_format_day (state->value);
  if (money)
    return jn_text_format_money ("en", g_ascii_strtoll (state->value, NULL, 10));
  if (state->n_choices == 0)
    return g_strdup (state->value);
  words = g_strsplit (state->value, " ", -1);
  labels = g_string_new (NULL);
  for (gsize i = 0; i < state->n_choices; i++)
    if (g_strv_contains ((const char *const *)words, state->choices[i].value))
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", state->choices[i].label);
  if (labels->len == 0)
    g_string_append (labels, state->value);
  return g_string_free (labels, FALSE);
}

static JnAnswer *
answer_new (JnApplication *self,
            const char *ref,
            const char *section,
            const JnControl *control,
            const JnNodeState *state)
{
  JnAnswer *answer = g_new0 (JnAnswer, 1);
  const JnFact *fact = NULL;

  answer->ref = g_strdup (ref);
  answer->section = g_strdup (section);
  answer->label = g_strdup (state->label != NULL && *state->label != '\0' ? state->label : ref);
  answer->value
      = show_value (state, control != NULL && jn_control_has_appearance (control, "jn-money"));
  answer->grade = JN_GRADE_D;
  answer->statement = control != NULL && jn_control_get_kind (control) == JN_CONTROL_TRIGGER;
  if (jn_application_is_known (self, ref, &fact))
    {
      answer->source = g_strdup (fact->source);
      answer->as_of = g_strdup (fact->as_of);
      answer->grade = fact->grade;
    }
  return answer;
}

/* Questions of @filling in the order of the body, with the label of the section each stands in */
typedef struct
{
  JnApplication *self;
  JnFilling *filling;
  const char *prefix;
  gboolean known_only;
  GPtrArray *answers;
} Listing;

static void
list_control (Listing *listing, const JnControl *control, const char *ref, const char *section)
{
  JnNodeState state;

  if (listing->prefix != NULL && !g_str_has_prefix (ref, listing->prefix))
    return;
  if (!jn_filling_get (listing->filling, ref, &state) || !state.relevant
      || (*state.value == '\0' && state.typed == NULL))
    return;
  if (listing->known_only && !jn_application_is_known (listing->self, ref, NULL))
    return;
  g_ptr_array_add (listing->answers, answer_new (listing->self, ref, section, control, &state));
}

/* @at: where a repeat stands: its path with positions in place of @plain */
static char *
place (const char *ref, const char *plain, const char *at)
{
  if (ref == NULL)
    return NULL;
  if (plain == NULL || !g_str_has_prefix (ref, plain))
    return g_strdup (ref);
  return g_strconcat (at, ref + strlen (plain), NULL);
}

static void
list_controls (Listing *listing,
               const JnControl *control,
               const char *section,
               const char *plain,
               const char *at)
{
  for (; control != NULL; control = jn_control_get_next (control))
    {
      JnControlKind kind = jn_control_get_kind (control);
      const char *own = jn_control_get_ref (control);
      g_autofree char *ref = place (own, plain, at);
      g_autofree char *label = NULL;

      if (kind != JN_CONTROL_GROUP && kind != JN_CONTROL_REPEAT)
        {
          if (ref != NULL)
            list_control (listing, control, ref, section);
          continue;
        }
      label = jn_filling_get_label (listing->filling, control, ref);
      if (kind == JN_CONTROL_GROUP)
        {
          list_controls (listing, jn_control_get_first_child (control),
                         *label != '\0' ? label : section, plain, at);
          continue;
        }
      for (gsize i = 1; i <= jn_filling_count (listing->filling, ref, NULL); i++)
        {
          g_autofree char *here = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", ref, i);

          list_controls (listing, jn_control_get_first_child (control),
                         *label != '\0' ? label : section, own, here);
        }
    }
}

static GPtrArray *
list_answers (JnApplication *self, JnFilling *filling, const char *prefix, gboolean known_only)
{
  Listing listing = { self, filling, prefix, known_only, NULL };

  listing.answers = g_ptr_array_new_with_free_func ((GDestroyNotify)answer_free);
  list_controls (&listing, jn_control_get_first_child (jn_form_get_body (self->form)), "", NULL,
                 NULL);
  return listing.answers;
}

GPtrArray *
jn_application_list_known (JnApplication *self, const char *prefix)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return list_answers (self, self->filling, prefix, TRUE);
}

/* Another language is read from a copy, so that the page before the clerk stays as it is. */
GPtrArray *
jn_application_list_answers (JnApplication *self, const char *language)
{
  g_autoptr (GBytes) xml = NULL;
  g_autoptr (JnFilling) copy = NULL;
  JnFillingOptions options = { .language = language, .facts = self->facts_xml };

  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  if (language == NULL || g_strcmp0 (language, self->language) == 0)
    return list_answers (self, self->filling, NULL, FALSE);
  xml = jn_filling_save (self->filling);
  copy = jn_filling_new_from_xml (self->form, xml, &options, NULL);
  return list_answers (self, copy != NULL ? copy : self->filling, NULL, FALSE);
}

/* -- how far it is ----------------------------------------------------------------------------------- */

void
jn_application_get_progress (JnApplication *self, guint *answered, guint *asked)
{
  g_autoptr (GPtrArray) refs = NULL;

  g_return_if_fail (JN_IS_APPLICATION (self));
  refs = jn_filling_list (self->filling);
  *answered = 0;
  *asked = 0;
  for (guint i = 0; i < refs->len; i++)
    {
      JnNodeState state;

      if (!is_question (self, refs->pdata[i])
          || !jn_filling_get (self->filling, refs->pdata[i], &state) || !state.relevant
          || !state.required || state.readonly || state.calculated)
        continue;
      *asked += 1;
      *answered += state.invalid == JN_VALID && *state.value != '\0';
    }
}

gboolean
jn_application_is_complete (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), FALSE);
  if (self->complete < 0)
    {
      g_autoptr (GPtrArray) wrong = jn_filling_validate (self->filling);

      self->complete = wrong->len == 0;
    }
  return self->complete;
}

gboolean
jn_application_is_unsaved (JnApplication *self)
{
  return self->unsaved;
}

GBytes *
jn_application_save (JnApplication *self)
{
  self->unsaved = FALSE;
  return jn_filling_save (self->filling);
}

void
jn_application_saved (JnApplication *self, gint64 at)
{
  if (at == 0)
    {
      self->unsaved = TRUE;
      return;
    }
  self->saved_at = at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
}

gint64
jn_application_get_saved_at (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), 0);
  return self->saved_at;
}

/* -- the rest ---------------------------------------------------------------------------------------- */

const char *
jn_application_get_id (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return self->id;
}

const JnServiceEntry *
jn_application_get_entry (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return self->entry;
}

const JnService *
jn_application_get_service (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return self->service;
}

JnForm *
jn_application_get_form (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return self->form;
}

JnFilling *
jn_application_get_filling (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return self->filling;
}

const char *
jn_application_get_title (JnApplication *self, const char *language)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return jn_service_entry_get_name (self->entry, language);
}

const char *
jn_application_get_department (JnApplication *self)
{
  g_return_val_if_fail (JN_IS_APPLICATION (self), NULL);
  return jn_service_entry_get_department (self->entry);
}
