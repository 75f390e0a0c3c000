/* catalogue.c: what this house can do: departments, services, life events; and their forms. */
#include "app/catalogue.h"

#include <math.h>
#include <string.h>
#include "app/blobs.h"
#include "app/call.h"
#include "app/dict.h"
#include "app/form-fault.h"
#include "app/search.h"
#include "app/text.h"
#include "forms/event.h"
#include "forms/facts.h"

#define N_LANGUAGES 3
static const char *const languages[N_LANGUAGES] = { "zh-Hant", "pt", "en" };

struct _JnServiceEntry
{
  char *code;
  char *department;
  char *version;
  char *hash;
  char *group;
  char *offline;
  char *names[N_LANGUAGES];
  gboolean immediate;
  GStrv folded; /* all that it is found by */
};

struct _JnEventEntry
{
  char *code;
  char *hash;
  char *names[N_LANGUAGES];
  GStrv services;
  GStrv folded;
};

typedef struct
{
  char *code;
  char *acronym;
  char *names[N_LANGUAGES];
} Department;

/* What one answer of the backend said. */
typedef struct
{
  GPtrArray *services;
  GPtrArray *events;
  GPtrArray *departments;
  char *facts_hash;
} Entries;

struct _JnCatalogue
{
  GObject parent_instance;
  JnBackend *backend;
  JnBlobs *blobs;
  GVariant *answer; /* (nullable): what the entries were read of */
  Entries *entries;
  GPtrArray *former; /* of Entries: what was borrowed stays valid as long as the catalogue */
  GHashTable *forms; /* hash → JnForm */
  GHashTable *uses;  /* service → count */
  char *uses_path;
  gboolean uses_saving;  /* being written */
  gboolean uses_unsaved; /* changed while it was */
  JnFacts *facts;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (JnCatalogue, jn_catalogue, G_TYPE_OBJECT)

/* -- reading the answer ------------------------------------------------------------------------ */

static guint
language_index (const char *language)
{
  for (guint i = 0; i < N_LANGUAGES; i++)
    if (g_strcmp0 (language, languages[i]) == 0)
      return i;
  return N_LANGUAGES - 1;
}

static void
read_names (GVariant *row, char **names)
{
  g_autoptr (GVariant) dict = jn_dict_dict (row, "names");

  for (guint i = 0; i < N_LANGUAGES; i++)
    names[i] = jn_text_name (languages[i], dict);
}

static char *
dup_string (GVariant *row, const char *key)
{
  const char *text = jn_dict_string (row, key);

  return g_strdup (text != NULL ? text : "");
}

static void
fold_all (GStrvBuilder *builder, char *const *texts, guint count)
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *folded = jn_search_fold (texts[i]);

      g_strv_builder_add (builder, folded);
    }
}

static const Department *
find_department (Entries *entries, const char *code)
{
  for (guint i = 0; i < entries->departments->len; i++)
    {
      const Department *department = entries->departments->pdata[i];

      if (code != NULL && g_ascii_strcasecmp (department->code, code) == 0)
        return department;
    }
  return NULL;
}

static JnServiceEntry *
read_service (GVariant *row, Entries *entries)
{
  JnServiceEntry *entry = g_new0 (JnServiceEntry, 1);
  g_auto (GStrv) keywords = jn_dict_strings (row, "keywords");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const Department *department;

  entry->code = dup_string (row, "code");
  entry->department = dup_string (row, "department");
  entry->version = dup_string (row, "version");
  entry->hash = dup_string (row, "hash");
  entry->group = dup_string (row, "group");
  entry->offline = dup_string (row, "offline");
  entry->immediate = jn_dict_boolean (row, "immediate", FALSE);
  read_names (row, entry->names);
  department = find_department (entries, entry->department);
  fold_all (builder, entry->names, N_LANGUAGES);
  fold_all (builder, &entry->code, 1);
  fold_all (builder, &entry->department, 1);
  fold_all (builder, keywords, g_strv_length (keywords));
  if (department != NULL)
    {
      fold_all (builder, &department->acronym, 1);
      fold_all (builder, department->names, N_LANGUAGES);
    }
  entry->folded = g_strv_builder_end (builder);
  return entry;
}

static void
service_entry_free (JnServiceEntry *entry)
{
  g_free (entry->code);
  g_free (entry->department);
  g_free (entry->version);
  g_free (entry->hash);
  g_free (entry->group);
  g_free (entry->offline);
  for (guint i = 0; i < N_LANGUAGES; i++)
    g_free (entry->names[i]);
  g_strfreev (entry->folded);
  g_free (entry);
}

static JnEventEntry *
read_event (GVariant *row)
{
  JnEventEntry *entry = g_new0 (JnEventEntry, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keywords = jn_dict_strings (row, "keywords");

  entry->code = dup_string (row, "code");
  entry->hash = dup_string (row, "hash");
  entry->services = jn_dict_strings (row, "services");
  read_names (row, entry->names);
  fold_all (builder, entry->names, N_LANGUAGES);
  fold_all (builder, &entry->code, 1);
  fold_all (builder, keywords, g_strv_length (keywords));
  entry->folded = g_strv_builder_end (builder);
  return entry;
}

static void
event_entry_free (JnEventEntry *entry)
{
  g_free (entry->code);
  g_free (entry->hash);
  for (guint i = 0; i < N_LANGUAGES; i++)
    g_free (entry->names[i]);
  g_strfreev (entry->services);
  g_strfreev (entry->folded);
  g_free (entry);
}

static Department *
read_department (GVariant *row)
{
  Department *department = g_new0 (Department, 1);

  department->code = dup_string (row, "code");
  department->acronym = dup_string (row, "acronym");
  read_names (row, department->names);
  return department;
}

static void
department_free (Department *department)
{
  g_free (department->code);
  g_free (department->acronym);
  for (guint i = 0; i < N_LANGUAGES; i++)
    g_free (department->names[i]);
  g_free (department);
}

static void
entries_free (Entries *entries)
{
  if (entries == NULL)
    return;
  g_ptr_array_unref (entries->services);
  g_ptr_array_unref (entries->events);
  g_ptr_array_unref (entries->departments);
  g_free (entries->facts_hash);
  g_free (entries);
}

static Entries *
entries_new (void)
{
  Entries *entries = g_new0 (Entries, 1);

  entries->departments = g_ptr_array_new_with_free_func ((GDestroyNotify)department_free);
  entries->services = g_ptr_array_new_with_free_func ((GDestroyNotify)service_entry_free);
  entries->events = g_ptr_array_new_with_free_func ((GDestroyNotify)event_entry_free);
  return entries;
}

static Entries *
read_entries (GVariant *answer)
{
  Entries *entries = entries_new ();
  g_autoptr (GVariant) departments = jn_dict_list (answer, "departments");
  g_autoptr (GVariant) services = jn_dict_list (answer, "services");
  g_autoptr (GVariant) events = jn_dict_list (answer, "events");
  g_autoptr (GVariant) facts = jn_dict_dict (answer, "facts");

  entries->facts_hash = facts != NULL ? g_strdup (jn_dict_string (facts, "hash")) : NULL;
  for (gsize i = 0; i < jn_list_length (departments); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (departments, i);

      g_ptr_array_add (entries->departments, read_department (row));
    }
  for (gsize i = 0; i < jn_list_length (services); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (services, i);

      g_ptr_array_add (entries->services, read_service (row, entries));
    }
  for (gsize i = 0; i < jn_list_length (events); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (events, i);

      g_ptr_array_add (entries->events, read_event (row));
    }
  return entries;
}

/* -- entries ------------------------------------------------------------------------------------ */

const char *
jn_service_entry_get_code (const JnServiceEntry *entry)
{
  return entry->code;
}

const char *
jn_service_entry_get_department (const JnServiceEntry *entry)
{
  return entry->department;
}

const char *
jn_service_entry_get_version (const JnServiceEntry *entry)
{
  return entry->version;
}

const char *
jn_service_entry_get_hash (const JnServiceEntry *entry)
{
  return entry->hash;
}

const char *
jn_service_entry_get_name (const JnServiceEntry *entry, const char *language)
{
  return entry->names[language_index (language)];
}

const char *
jn_service_entry_get_offline (const JnServiceEntry *entry)
{
  return entry->offline;
}

const char *
jn_event_entry_get_code (const JnEventEntry *entry)
{
  return entry->code;
}

const char *
jn_event_entry_get_name (const JnEventEntry *entry, const char *language)
{
  return entry->names[language_index (language)];
}

const char *const *
jn_event_entry_get_services (const JnEventEntry *entry)
{
  return (const char *const *)entry->services;
}

const char *
jn_event_entry_get_icon (const JnEventEntry *entry)
{
  static const struct
  {
    const char *event;
    const char *icon;
  } icons[] = {
    { "birth", "jn-event-birth-symbolic" },
    { "business", "x-office-spreadsheet-symbolic" },
    { "community", "mark-location-symbolic" },
    { "death", "weather-overcast-symbolic" },
    { "disability", "preferences-desktop-accessibility-symbolic" },
    { "driving", "auth-smartcard-symbolic" },
    { "family", "system-users-symbolic" },
    { "housing", "user-home-symbolic" },
    { "identity", "avatar-default-symbolic" },
    { "illness", "jn-event-illness-symbolic" },
    { "marriage", "emblem-favorite-symbolic" },
    { "old-age", "jn-event-old-age-symbolic" },
    { "schooling", "accessories-dictionary-symbolic" },
    { "travel", "airplane-mode-symbolic" },
    { "vehicles", "power-profile-performance-symbolic" },
    { "work", "applications-engineering-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (entry->code, icons[i].event))
      return icons[i].icon;
  return "folder-documents-symbolic";
}

/* -- the object --------------------------------------------------------------------------------- */

static void
on_backend_changed_cb (JnBackend *backend, const char *kind, const char *id, JnCatalogue *self)
{
  if (g_strcmp0 (kind, "catalogue") == 0)
    jn_catalogue_load_async (self, NULL, NULL, NULL);
}

/* What was published while the line was down, nobody tells any more. */
static void
on_backend_moved_cb (JnBackend *backend, JnCatalogue *self)
{
  jn_catalogue_load_async (self, NULL, NULL, NULL);
}

static void
jn_catalogue_dispose (GObject *object)
{
  JnCatalogue *self = JN_CATALOGUE (object);

  if (self->backend != NULL)
    g_signal_handlers_disconnect_by_data (self->backend, self);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (jn_catalogue_parent_class)->dispose (object);
}

static void
jn_catalogue_finalize (GObject *object)
{
  JnCatalogue *self = JN_CATALOGUE (object);

  jn_blobs_free (self->blobs);
  g_clear_pointer (&self->answer, g_variant_unref);
  entries_free (self->entries);
  g_ptr_array_unref (self->former);
  g_hash_table_unref (self->forms);
  g_hash_table_unref (self->uses);
  g_free (self->uses_path);
  g_clear_pointer (&self->facts, jn_facts_unref);
  G_OBJECT_CLASS (jn_catalogue_parent_class)->finalize (object);
}

static void
jn_catalogue_class_init (JnCatalogueClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->dispose = jn_catalogue_dispose;
  object->finalize = jn_catalogue_finalize;
  signals[CHANGED] = g_signal_new ("changed", JN_TYPE_CATALOGUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
jn_catalogue_init (JnCatalogue *self)
{
  self->entries = entries_new ();
  self->former = g_ptr_array_new_with_free_func ((GDestroyNotify)entries_free);
  self->forms
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jn_form_unref);
  self->uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* -- how often each service was taken here ------------------------------------------------------- */

static void
read_uses (JnCatalogue *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;

  g_key_file_load_from_file (file, self->uses_path, G_KEY_FILE_NONE, NULL);
  keys = g_key_file_get_keys (file, "uses", NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_hash_table_insert (self->uses, g_strdup (keys[i]),
                         GINT_TO_POINTER (g_key_file_get_integer (file, "uses", keys[i], NULL)));
}

static int
count_uses (JnCatalogue *self, const char *service)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->uses, service));
}

static void save_uses (JnCatalogue *self);

static void
uses_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnCatalogue) self = user_data;

  g_file_replace_contents_finish (G_FILE (source), result, NULL,
                                  NULL); /* a lost count does no harm */
  self->uses_saving = FALSE;
  if (self->uses_unsaved)
    save_uses (self);
}

/* One write at a time, off the main loop; what changes meanwhile is written by the next. */
static void
save_uses (JnCatalogue *self)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GFile) file = g_file_new_for_path (self->uses_path);
  g_autoptr (GBytes) bytes = NULL;
  GHashTableIter iter;
  gpointer key, value;
  gsize length;
  char *text;

  self->uses_unsaved = self->uses_saving;
  if (self->uses_saving)
    return;
  g_hash_table_iter_init (&iter, self->uses);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_key_file_set_integer (keys, "uses", key, GPOINTER_TO_INT (value));
  text = g_key_file_to_data (keys, &length, NULL);
  bytes = g_bytes_new_take (text, length);
  self->uses_saving = TRUE;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       uses_saved_cb, g_object_ref (self));
}

void
jn_catalogue_note_use (JnCatalogue *self, const char *service)
{
  g_return_if_fail (JN_IS_CATALOGUE (self));
  g_hash_table_insert (self->uses, g_strdup (service),
                       GINT_TO_POINTER (count_uses (self, service) + 1));
  save_uses (self);
}

JnCatalogue *
jn_catalogue_new (JnBackend *backend, const char *state_folder)
{
  JnCatalogue *self = g_object_new (JN_TYPE_CATALOGUE, NULL);
  g_autofree char *folder = g_build_filename (state_folder, "forms", NULL);

  self->backend = g_object_ref (backend);
  self->blobs = jn_blobs_new (backend, folder);
  self->uses_path = g_build_filename (state_folder, "uses.conf", NULL);
  g_signal_connect (backend, "changed", G_CALLBACK (on_backend_changed_cb), self);
  g_signal_connect (backend, "moved", G_CALLBACK (on_backend_moved_cb), self);
  read_uses (self);
  return self;
}

/* -- loading ------------------------------------------------------------------------------------ */

/* Each line that comes back brings the same again. It is not read anew: what was borrowed of the former stays, and in
 * weeks that would be much. */
static gboolean
is_known (JnCatalogue *self, GVariant *answer)
{
  return self->answer != NULL && g_variant_equal (self->answer, answer);
}

static void
take_entries (JnCatalogue *self, GVariant *answer)
{
  g_clear_pointer (&self->answer, g_variant_unref);
  self->answer = g_variant_ref (answer);
  g_ptr_array_add (self->former, self->entries);
  self->entries = read_entries (answer);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
got_facts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnCatalogue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) xml = jn_blobs_load_finish (self->blobs, result, &error);
  JnFacts *facts = xml != NULL ? jn_facts_new_from_bytes (xml, &error) : NULL;

  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED))
    {
      g_error_free (error);
      g_task_return_boolean (task, TRUE); /* a kiosk or a board reads no forms and no facts */
      return;
    }
  if (facts == NULL)
    {
      g_task_return_error (task,
                           jn_form_fault_new_file (error, "facts-broken", "The list of facts"));
      return;
    }
  g_clear_pointer (&self->facts, jn_facts_unref);
  self->facts = facts;
  g_task_return_boolean (task, TRUE);
}

static void
loaded (GTask *task, GVariant *answer)
{
  JnCatalogue *self = g_task_get_source_object (task);

  if (!is_known (self, answer))
    take_entries (self, answer);
  else if (self->facts != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->entries->facts_hash == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  jn_blobs_load_async (self->blobs, self->entries->facts_hash, g_task_get_cancellable (task),
                       got_facts_cb, g_object_ref (task));
}

void
jn_catalogue_load_async (JnCatalogue *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JnQuery) query = jn_query_new ("catalogue", NULL);

  jn_query_set_cacheable (query, TRUE);
  jn_call_ask (self->backend, query, task, loaded);
}

gboolean
jn_catalogue_load_finish (JnCatalogue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

const JnServiceEntry *
jn_catalogue_get_service (JnCatalogue *self, const char *code)
{
  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  for (guint i = 0; i < self->entries->services->len; i++)
    {
      const JnServiceEntry *entry = self->entries->services->pdata[i];

      if (g_strcmp0 (entry->code, code) == 0)
        return entry;
    }
  return NULL;
}

const JnEventEntry *
jn_catalogue_get_event (JnCatalogue *self, const char *code)
{
  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  for (guint i = 0; i < self->entries->events->len; i++)
    {
      const JnEventEntry *entry = self->entries->events->pdata[i];

      if (g_strcmp0 (entry->code, code) == 0)
        return entry;
    }
  return NULL;
}

GPtrArray *
jn_catalogue_get_services (JnCatalogue *self)
{
  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  return self->entries->services;
}

GPtrArray *
jn_catalogue_get_events (JnCatalogue *self)
{
  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  return self->entries->events;
}

const char *
jn_catalogue_get_acronym (JnCatalogue *self, const char *department)
{
  const Department *found;

  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  found = find_department (self->entries, department);
  return found != NULL ? found->acronym : NULL;
}

const char *
jn_catalogue_get_mark (JnCatalogue *self, const char *department, const char *language)
{
  const char *name = g_strcmp0 (language, "zh-Hant") == 0
                         ? jn_catalogue_get_department_name (self, department, language)
                         : NULL;

  return name != NULL ? name : jn_catalogue_get_acronym (self, department);
}

const char *
jn_catalogue_get_department_name (JnCatalogue *self, const char *department, const char *language)
{
  const Department *found;

  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  found = find_department (self->entries, department);
  return found != NULL ? found->names[language_index (language)] : NULL;
}

JnFacts *
jn_catalogue_get_facts (JnCatalogue *self)
{
  g_return_val_if_fail (JN_IS_CATALOGUE (self), NULL);
  return self->facts;
}

/* -- search ------------------------------------------------------------------------------------- */

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const JnMatch *one = *(JnMatch *const *)a;
  const JnMatch *other = *(JnMatch *const *)b;

  return (one->score < other->score) - (one->score > other->score);
}

static void
add_match (GPtrArray *matches,
           const JnServiceEntry *service,
           const JnEventEntry *event,
           double score)
{
  JnMatch *match = g_new (JnMatch, 1);

  match->service = service;
  match->event = event;
  match->score = score;
  g_ptr_array_add (matches, match);
}

/* Use at this counter decides between what fits equally well, and never more. */
static double
rank_use (JnCatalogue *self, const char *service)
{
  return MIN (log1p (count_uses (self, service)) * 0.01, 0.09);
}

/* Whose whole name was typed stands before all that only have it in theirs, however often they are
 * taken; whose name begins so decides where nothing else does. The names are the first texts. */
static double
rank_name (const char *query, const char *const *folded)
{
  double best = 0;

  for (guint i = 0; i < N_LANGUAGES; i++)
    if (g_str_equal (folded[i], query))
      return 0.1;
    else if (*query != '\0' && g_str_has_prefix (folded[i], query))
      best = MAX (best, 0.005 * (double)strlen (query) / (double)strlen (folded[i]));
  return best;
}

GPtrArray *
jn_catalogue_search (JnCatalogue *self, const char *text, guint limit)
{
  g_autofree char *query = NULL;
  GPtrArray *matches = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (JN_IS_CATALOGUE (self), matches);
  if (g_utf8_strlen (text, -1) > JN_SEARCH_MOST)
    return matches;
  query = jn_search_fold (text);
  for (guint i = 0; i < self->entries->services->len; i++)
    {
      const JnServiceEntry *entry = self->entries->services->pdata[i];
      double score = jn_search_score (query, (const char *const *)entry->folded);

      if (score > 0)
        add_match (matches, entry, NULL,
                   score + rank_name (query, (const char *const *)entry->folded)
                       + rank_use (self, entry->code));
    }
  for (guint i = 0; i < self->entries->events->len; i++)
    {
      const JnEventEntry *entry = self->entries->events->pdata[i];
      double score = jn_search_score (query, (const char *const *)entry->folded);

      if (score > 0)
        add_match (matches, NULL, entry, score);
    }
  g_ptr_array_sort (matches, compare_matches);
  if (limit > 0 && matches->len > limit)
    g_ptr_array_set_size (matches, (int)limit);
  return matches;
}

GPtrArray *
jn_catalogue_list_common (JnCatalogue *self, guint limit)
{
  GPtrArray *matches = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (JN_IS_CATALOGUE (self), matches);
  for (guint i = 0; i < self->entries->events->len; i++)
    {
      const JnEventEntry *entry = self->entries->events->pdata[i];

      add_match (matches, NULL, entry, count_uses (self, entry->code));
    }
  for (guint i = 0; i < self->entries->services->len; i++)
    {
      const JnServiceEntry *entry = self->entries->services->pdata[i];

      add_match (matches, entry, NULL, count_uses (self, entry->code));
    }
  g_ptr_array_sort (matches, compare_matches); /* stable: what was never used keeps its order */
  if (limit > 0 && matches->len > limit)
    g_ptr_array_set_size (matches, (int)limit);
  return matches;
}

/* -- forms and events ---------------------------------------------------------------------------- */

static void
got_form_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnCatalogue *self = g_task_get_source_object (task);
  const JnServiceEntry *entry = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) xml = jn_blobs_load_finish (self->blobs, result, &error);
  JnForm *form = xml != NULL ? jn_form_new_from_bytes (xml, NULL, NULL, &error) : NULL;

  if (form == NULL)
    {
      g_task_return_error (task, jn_form_fault_new (error, entry));
      return;
    }
  g_hash_table_insert (self->forms, g_strdup (entry->hash), jn_form_ref (form));
  g_task_return_pointer (task, form, (GDestroyNotify)jn_form_unref);
}

void
jn_catalogue_load_form_async (JnCatalogue *self,
                              const char *service,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const JnServiceEntry *entry = jn_catalogue_get_service (self, service);
  JnForm *form;

  if (entry == NULL)
    {
      g_task_return_error (
          task, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "service", service, NULL));
      return;
    }
  form = g_hash_table_lookup (self->forms, entry->hash);
  if (form != NULL)
    {
      g_task_return_pointer (task, jn_form_ref (form), (GDestroyNotify)jn_form_unref);
      return;
    }
  g_task_set_task_data (task, (gpointer)entry, NULL); /* stays as long as the catalogue */
  jn_blobs_load_async (self->blobs, entry->hash, cancellable, got_form_cb, g_steal_pointer (&task));
}

JnForm *
jn_catalogue_load_form_finish (JnCatalogue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
got_event_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnCatalogue *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) xml = jn_blobs_load_finish (self->blobs, result, &error);
  JnEvent *event = xml != NULL ? jn_event_new_from_bytes (xml, &error) : NULL;

  if (event != NULL)
    g_task_return_pointer (task, event, (GDestroyNotify)jn_event_unref);
  else
    g_task_return_error (
        task, jn_form_fault_new_file (error, "event-broken", g_task_get_task_data (task)));
}

void
jn_catalogue_load_event_async (JnCatalogue *self,
                               const char *event,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const JnEventEntry *entry = jn_catalogue_get_event (self, event);

  if (entry == NULL)
    {
      g_task_return_error (task,
                           jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "event", event, NULL));
      return;
    }
  g_task_set_task_data (task, g_strdup_printf ("The life event %s", event), g_free);
  jn_blobs_load_async (self->blobs, entry->hash, cancellable, got_event_cb,
                       g_steal_pointer (&task));
}

JnEvent *
jn_catalogue_load_event_finish (JnCatalogue *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
