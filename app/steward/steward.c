/* steward.c: the rounds of the steward: verify, then seal. */
#include "app/steward/steward.h"

#include "app/dict.h"
#include "app/steward/declared.h"
#include "app/steward/verify.h"

#include <string.h>

#define ROUND_SECONDS                                                                              \
  2 /* the latest beginning of the next round; a missed notice waits no longer */
#define TIDY_SECONDS 3600
#define BATCH 64 /* applications a round, so that one round never holds the line for long */

struct _JnSteward
{
  GObject parent_instance;
  JnBackend *backend;
  GTimeZone *zone;
  GCancellable *cancellable;
  GHashTable
      *forms; /* blob hash → JnForm or NULL: what is published never changes under its hash */
  GPtrArray *submitted; /* GVariant a{sv}: this round's applications */
  GPtrArray *branches;  /* char *: branches with an unsealed tail */
  guint timer;
  gint64 tidied; /* monotonic time of the last housekeeping, 0: never */
  guint verified;
  guint refused;
  gboolean working;
  gboolean again;    /* something changed while a round was under way */
  gboolean mine;     /* we hold the cluster's lock */
  gboolean days_due; /* a day is over whose tickets are not, or an appointment was missed */
};

G_DEFINE_TYPE (JnSteward, jn_steward, G_TYPE_OBJECT)

enum
{
  ROUND_DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void begin_round (JnSteward *self);
static void verify_next (JnSteward *self);
static void seal_next (JnSteward *self);

static gboolean
round_due_cb (gpointer user_data)
{
  JnSteward *self = user_data;

  self->timer = 0;
  begin_round (self);
  return G_SOURCE_REMOVE;
}

static void
rest (JnSteward *self)
{
  self->working = FALSE;
  if (self->timer != 0 || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->again)
    self->timer = g_idle_add (round_due_cb, self);
  else
    self->timer = g_timeout_add_seconds (ROUND_SECONDS, round_due_cb, self);
  self->again = FALSE;
}

/* A round that fails is not lost: the next one asks for the same work again. */
static void
give_up_round (JnSteward *self, const char *what, GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("steward: %s: %s", what, error->message);
  self->mine = FALSE;
  rest (self);
}

static void
end_round (JnSteward *self)
{
  if (self->verified + self->refused > 0)
    g_info ("steward: %u verified, %u refused", self->verified, self->refused);
  g_signal_emit (self, signals[ROUND_DONE], 0, self->verified, self->refused);
  rest (self);
}

static void
tidied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSteward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      give_up_round (self, "tidying", error);
      return;
    }
  self->tidied = g_get_monotonic_time ();
  end_round (self);
}

/* The housekeeping of the hour comes last: nobody waits for it. */
static void
tidy (JnSteward *self)
{
  g_autoptr (JnCommand) command = NULL;

  if (self->tidied != 0
      && g_get_monotonic_time () - self->tidied < TIDY_SECONDS * (gint64)G_USEC_PER_SEC)
    {
      end_round (self);
      return;
    }
  command = jn_command_new ("steward_tidy", NULL);
  jn_backend_run_async (self->backend, command, self->cancellable, tidied_cb, g_object_ref (self));
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSteward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      give_up_round (self, "sealing", error);
      return;
    }
  g_ptr_array_remove_index (self->branches, 0);
  seal_next (self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSteward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    give_up_round (self, "closing a day", error);
  else
    tidy (self);
}

/* Leftovers of days that are over get their own outcome; nobody is served by it. */
static void
close_days (JnSteward *self)
{
  g_autoptr (JnCommand) command = NULL;

  if (!self->days_due)
    {
      tidy (self);
      return;
    }
  self->days_due = FALSE;
  command = jn_command_new ("queue_due", NULL);
  jn_backend_run_async (self->backend, command, self->cancellable, closed_cb, g_object_ref (self));
}

static void
seal_next (JnSteward *self)
{
  g_autoptr (JnCommand) command = NULL;

  if (self->branches->len == 0)
    {
      close_days (self);
      return;
    }
  command = jn_command_new (
      "chain_seal", jn_dict_new ("branch", "s", g_ptr_array_index (self->branches, 0), NULL));
  jn_backend_run_async (self->backend, command, self->cancellable, sealed_cb, g_object_ref (self));
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSteward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      give_up_round (self, "recording a verdict", error);
      return;
    }
  g_ptr_array_remove_index (self->submitted, 0);
  verify_next (self);
}

static void
record (JnSteward *self, GVariant *application, const JnVerdict *verdict)
{
  g_autoptr (JnCommand) command = NULL;

  if (verdict->verified)
    self->verified++;
  else
    self->refused++;
  command = jn_command_new ("steward_verdict",
                            jn_dict_new ("application", "s", jn_dict_string (application, "id"),
                                         "verdict", "s", verdict->verified ? "verified" : "refused",
                                         "fee", "x", verdict->fee, "node", "s", verdict->node,
                                         "reason", "s", verdict->reason, NULL));
  jn_backend_run_async (self->backend, command, self->cancellable, recorded_cb,
                        g_object_ref (self));
}

static GBytes *
bytes_of (GVariant *dict, const char *name)
{
  const char *text = jn_dict_string (dict, name);

  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static GDateTime *
happened_at (JnSteward *self, GVariant *application)
{
  const char *text = jn_dict_string (application, "happened_at");
  g_autoptr (GDateTime) time
             = text != NULL ? g_date_time_new_from_iso8601 (text, self->zone) : NULL;

  return time != NULL ? g_date_time_to_timezone (time, self->zone)
                      : g_date_time_new_now (self->zone);
}

/* What the register held, and what the other applications of the visit say. */
static GBytes *
make_facts (JnSteward *self, GVariant *application)
{
  g_autoptr (GBytes) register_facts = bytes_of (application, "facts_xml");
  g_autoptr (GVariant) others = jn_dict_list (application, "others");
  g_autoptr (JnDeclared) declared = jn_declared_new (register_facts);

  for (gsize i = 0; i < jn_list_length (others); i++)
    {
      g_autoptr (GVariant) other = jn_list_dict (others, i);
      JnForm *form = g_hash_table_lookup (self->forms, jn_dict_string (other, "hash"));
      g_autoptr (GBytes) instance = bytes_of (other, "xml");

      if (form != NULL && instance != NULL)
        jn_declared_add (declared, form, instance);
    }
  return jn_declared_to_xml (declared);
}

/* Ids in the instance that somebody has: {id, role}, a role where he is of this visit. */
static GHashTable *
read_owners (GVariant *application)
{
  g_autoptr (GVariant) rows = jn_dict_list (application, "owners");
  GHashTable *owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);
      const char *role = jn_dict_string (row, "role");

      g_hash_table_insert (owners, g_strdup (jn_dict_string (row, "id")),
                           g_strdup (role != NULL ? role : ""));
    }
  return owners;
}

static void
verify (JnSteward *self, GVariant *application)
{
  JnForm *form = g_hash_table_lookup (self->forms, jn_dict_string (application, "hash"));
  g_autoptr (GBytes) instance = bytes_of (application, "xml");
  g_autoptr (GBytes) facts = make_facts (self, application);
  g_autoptr (GDateTime) time = happened_at (self, application);
  g_autoptr (GHashTable) owners = read_owners (application);
  JnSubmission submission = { .instance = instance,
                              .facts = facts,
                              .happened_at = time,
                              .fee = jn_dict_int (application, "fee", 0),
                              .owners = owners };
  g_autoptr (JnVerdict) verdict = jn_verify_submission (form, &submission);

  record (self, application, verdict);
}

/* ---- the forms that a verdict needs ------------------------------------------------------------ */

typedef struct
{
  JnSteward *self;
  char *hash;
} Fetch;

/* A form that does not load is kept as NULL: its applications are refused, not tried for ever. */
static void
form_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Fetch *fetch = user_data;
  g_autoptr (JnSteward) self = fetch->self;
  g_autofree char *hash = fetch->hash;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) xml = jn_backend_get_blob_finish (JN_BACKEND (source), result, &error);
  JnForm *form;

  if (xml == NULL)
    {
      give_up_round (self, "fetching a form", error);
      return;
    }
  form = jn_form_new_from_bytes (xml, NULL, NULL, &error);
  if (form == NULL)
    g_warning ("steward: a published form does not load: %s", error->message);
  g_hash_table_insert (self->forms, g_steal_pointer (&hash), form);
  verify_next (self);
}

/* (transfer full) (nullable): a form that the verdict needs and that is not here yet */
static char *
find_missing_form (JnSteward *self, GVariant *application)
{
  g_autoptr (GVariant) others = jn_dict_list (application, "others");
  const char *own = jn_dict_string (application, "hash");

  if (!g_hash_table_contains (self->forms, own))
    return g_strdup (own);
  for (gsize i = 0; i < jn_list_length (others); i++)
    {
      g_autoptr (GVariant) other = jn_list_dict (others, i);
      const char *hash = jn_dict_string (other, "hash");

      if (!g_hash_table_contains (self->forms, hash))
        return g_strdup (hash);
    }
  return NULL;
}

static void
verify_next (JnSteward *self)
{
  GVariant *application;
  Fetch *fetch;
  char *missing;

  if (self->submitted->len == 0)
    {
      seal_next (self);
      return;
    }
  application = g_ptr_array_index (self->submitted, 0);
  missing = find_missing_form (self, application);
  if (missing == NULL)
    {
      verify (self, application);
      return;
    }
  fetch = g_new (Fetch, 1);
  *fetch = (Fetch){ g_object_ref (self), missing };
  jn_backend_get_blob_async (self->backend, missing, self->cancellable, form_fetched_cb, fetch);
}

static void
take_work (JnSteward *self, GVariant *answer)
{
  g_autoptr (GVariant) applications = jn_dict_list (answer, "applications");
  g_autoptr (GVariant) tails = jn_dict_list (answer, "tails");

  for (gsize i = 0; i < jn_list_length (applications); i++)
    g_ptr_array_add (self->submitted, jn_list_dict (applications, i));
  for (gsize i = 0; i < jn_list_length (tails); i++)
    {
      g_autoptr (GVariant) tail = jn_list_dict (tails, i);

      g_ptr_array_add (self->branches, g_strdup (jn_dict_string (tail, "branch")));
    }
  self->again = jn_list_length (applications) == BATCH;
  self->days_due = jn_dict_boolean (answer, "queue_due", FALSE);
}

static void
pending_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSteward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      give_up_round (self, "asking for work", error);
      return;
    }
  take_work (self, answer);
  verify_next (self);
}

static void
ask_for_work (JnSteward *self)
{
  g_autoptr (JnQuery) query
             = jn_query_new ("steward_pending", jn_dict_new ("limit", "i", BATCH, NULL));

  jn_backend_ask_async (self->backend, query, self->cancellable, pending_cb, g_object_ref (self));
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnSteward) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_ask_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      give_up_round (self, "claiming the work", error);
      return;
    }
  self->mine = jn_dict_boolean (answer, "mine", FALSE);
  if (self->mine)
    ask_for_work (self);
  else
    rest (self);
}

static void
begin_round (JnSteward *self)
{
  g_autoptr (JnQuery) query = NULL;

  self->working = TRUE;
  self->verified = self->refused = 0;
  g_ptr_array_set_size (self->submitted, 0);
  g_ptr_array_set_size (self->branches, 0);
  if (self->mine)
    {
      ask_for_work (self);
      return;
    }
  query = jn_query_new ("steward_claim", NULL);
  jn_backend_ask_async (self->backend, query, self->cancellable, claimed_cb, g_object_ref (self));
}

static void
on_backend_changed_cb (JnBackend *backend, const char *kind, const char *id, JnSteward *self)
{
  if (!g_str_equal (kind, "application"))
    return;
  if (self->working)
    self->again = TRUE;
  else
    begin_round (self);
}

/* After a reconnect the lock of the old connection is gone. */
static void
on_backend_moved_cb (JnBackend *backend, JnSteward *self)
{
  self->mine = FALSE;
}

static void
jn_steward_dispose (GObject *object)
{
  JnSteward *self = JN_STEWARD (object);

  g_cancellable_cancel (self->cancellable); /* a call under way ends, and no round begins */
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->backend != NULL)
    g_signal_handlers_disconnect_by_data (self->backend, self);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->forms, g_hash_table_unref);
  g_clear_pointer (&self->submitted, g_ptr_array_unref);
  g_clear_pointer (&self->branches, g_ptr_array_unref);
  G_OBJECT_CLASS (jn_steward_parent_class)->dispose (object);
}

static void
jn_steward_finalize (GObject *object)
{
  g_object_unref (JN_STEWARD (object)->cancellable);
  G_OBJECT_CLASS (jn_steward_parent_class)->finalize (object);
}

static void
jn_steward_class_init (JnStewardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_steward_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_steward_finalize;
  signals[ROUND_DONE] = g_signal_new ("round-done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
free_form (gpointer form)
{
  if (form != NULL)
    jn_form_unref (form);
}

static void
jn_steward_init (JnSteward *self)
{
  self->cancellable = g_cancellable_new ();
  self->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_form);
  self->submitted = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  self->branches = g_ptr_array_new_with_free_func (g_free);
}

JnSteward *
jn_steward_new (JnBackend *backend, GTimeZone *zone)
{
  JnSteward *self = g_object_new (JN_TYPE_STEWARD, NULL);

  self->backend = g_object_ref (backend);
  self->zone = g_time_zone_ref (zone);
  g_signal_connect (backend, "changed", G_CALLBACK (on_backend_changed_cb), self);
  g_signal_connect (backend, "moved", G_CALLBACK (on_backend_moved_cb), self);
  return self;
}

void
jn_steward_start (JnSteward *self)
{
  g_return_if_fail (!self->working);
  begin_round (self);
}
