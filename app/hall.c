/* hall.c: what a supervisor sees of the hall: figures, groups, counters, calls for help. */
#include "app/hall.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/hall-private.h"

#define REST_MS 500 /* between two looks */

enum
{
  CHANGED,
  HELP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (JnHall, jn_hall, G_TYPE_OBJECT)

static void
jn_hall_dispose (GObject *object)
{
  JnHall *self = JN_HALL (object);

  if (self->live != NULL)
    jn_live_close (self->live);
  g_clear_object (&self->live);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_hall_parent_class)->dispose (object);
}

static void
jn_hall_finalize (GObject *object)
{
  JnHall *self = JN_HALL (object);

  g_array_unref (self->groups);
  g_array_unref (self->counters);
  g_array_unref (self->calls);
  g_array_unref (self->profiles);
  g_ptr_array_unref (self->caps);
  g_hash_table_unref (self->heard);
  G_OBJECT_CLASS (jn_hall_parent_class)->finalize (object);
}

static void
jn_hall_class_init (JnHallClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_hall_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_hall_finalize;
  signals[CHANGED] = g_signal_new ("changed", JN_TYPE_HALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[HELP] = g_signal_new ("help", JN_TYPE_HALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
clear_group (gpointer data)
{
  g_clear_pointer (&((JnHallGroup *)data)->names, g_variant_unref);
}

static void
clear_counter (gpointer data)
{
  JnHallCounter *counter = data;

  g_clear_pointer (&counter->names, g_variant_unref);
  g_clear_pointer (&counter->profile_names, g_variant_unref);
  g_clear_pointer (&counter->clerk, g_variant_unref);
  g_clear_pointer (&counter->equipment, g_strfreev);
  g_clear_object (&counter->ticket);
}

static void
clear_call (gpointer data)
{
  g_clear_pointer (&((JnHallCall *)data)->clerk, g_variant_unref);
}

static void
clear_profile (gpointer data)
{
  g_clear_pointer (&((JnHallProfile *)data)->names, g_variant_unref);
}

static GArray *
new_array (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

static void
jn_hall_init (JnHall *self)
{
  self->groups = new_array (sizeof (JnHallGroup), clear_group);
  self->counters = new_array (sizeof (JnHallCounter), clear_counter);
  self->calls = new_array (sizeof (JnHallCall), clear_call);
  self->profiles = new_array (sizeof (JnHallProfile), clear_profile);
  self->caps = g_ptr_array_new ();
  self->heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* -- reading ------------------------------------------------------------------------------------------ */

static void
read_figures (JnHall *self, GVariant *answer)
{
  g_autoptr (GVariant) row = jn_dict_dict (answer, "figures");
  JnHallFigures none = { 0 };
  struct
  {
    const char *key;
    guint *figure;
  } figures[] = {
    { "waiting", &self->figures.waiting },   { "called", &self->figures.called },
    { "serving", &self->figures.serving },   { "held", &self->figures.held },
    { "expected", &self->figures.expected }, { "late", &self->figures.late },
    { "open", &self->figures.open },         { "paused", &self->figures.paused },
    { "closed", &self->figures.closed },     { "served", &self->figures.served },
    { "no_show", &self->figures.no_show },   { "left", &self->figures.left },
  };

  self->figures = none;
  if (row == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    *figures[i].figure = (guint)jn_dict_int (row, figures[i].key, 0);
  self->figures.longest = jn_dict_int (row, "longest_s", 0);
}

static JnHallGroup
read_group (GVariant *row)
{
  return (JnHallGroup){
    .code = jn_dict_string (row, "group"),
    .names = jn_dict_dict (row, "names"),
    .waiting = (guint)jn_dict_int (row, "waiting", 0),
    .late = (guint)jn_dict_int (row, "late", 0),
    .longest = jn_dict_int (row, "longest_s", 0),
    .pledge = jn_dict_int (row, "pledge_s", 0),
    .p50 = jn_dict_int (row, "p50_s", -1),
    .p90 = jn_dict_int (row, "p90_s", -1),
    .called = (guint)jn_dict_int (row, "called_hour", 0),
    .counters = (guint)jn_dict_int (row, "counters", 0),
  };
}

static JnCounterState
read_counter_state (GVariant *row)
{
  static const char *const words[] = { "absent", "open", "break", "back-office", "closed" };
  const char *word = jn_dict_string (row, "state");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return (JnCounterState)i;
  return JN_COUNTER_ABSENT;
}

static JnHallCounter
read_counter (GVariant *row)
{
  g_autoptr (GVariant) ticket = jn_dict_dict (row, "ticket");

  return (JnHallCounter){
    .number = (int)jn_dict_int (row, "counter", 0),
    .names = jn_dict_dict (row, "names"),
    .zone = jn_dict_string (row, "zone"),
    .profile = jn_dict_string (row, "profile"),
    .profile_names = jn_dict_dict (row, "profile_names"),
    .equipment = jn_dict_strings (row, "equipment"),
    .state = read_counter_state (row),
    .reason = jn_dict_string (row, "reason"),
    .since = jn_dict_time (row, "since"),
    .after = jn_dict_string (row, "after"),
    .login = jn_dict_string (row, "login"),
    .clerk = jn_dict_dict (row, "clerk"),
    .ticket = jn_ticket_new (ticket),
    .visits = (guint)jn_dict_int (row, "visits", 0),
    .median_service = jn_dict_int (row, "median_service_s", -1),
  };
}

static JnHallCall
read_call (GVariant *row)
{
  g_autoptr (GVariant) acknowledged = jn_dict_dict (row, "acknowledged");

  return (JnHallCall){
    .id = jn_dict_string (row, "id"),
    .alarm = g_strcmp0 (jn_dict_string (row, "kind"), "alarm") == 0,
    .counter = (int)jn_dict_int (row, "counter", 0),
    .login = jn_dict_string (row, "login"),
    .clerk = jn_dict_dict (row, "clerk"),
    .note = jn_dict_string (row, "note"),
    .since = jn_dict_time (row, "since"),
    .acknowledged_by = acknowledged != NULL ? jn_dict_string (acknowledged, "login") : NULL,
  };
}

/* Fills @array with what @READ makes of each row of the list. */
#define READ_LIST(array, answer, key, READ)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GVariant) list = jn_dict_list (answer, key);                                        \
                                                                                                   \
    g_array_set_size (array, 0);                                                                   \
    for (gsize n = 0; n < jn_list_length (list); n++)                                              \
      {                                                                                            \
        g_autoptr (GVariant) row = jn_list_dict (list, n);                                         \
        __auto_type entry = READ (row);                                                            \
                                                                                                   \
        g_array_append_val (array, entry);                                                         \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static JnHallProfile
read_profile (GVariant *row)
{
  return (JnHallProfile){ jn_dict_string (row, "code"), jn_dict_dict (row, "names") };
}

/* Each call that nobody has answered is told once. */
static void
tell_calls (JnHall *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      const JnHallCall *call = &g_array_index (self->calls, JnHallCall, i);

      if (call->acknowledged_by == NULL && g_hash_table_add (self->heard, g_strdup (call->id)))
        g_signal_emit (self, signals[HELP], 0, call);
    }
}

static void
take_answer (GVariant *answer, gpointer owner)
{
  JnHall *self = owner;
  g_autoptr (GVariant) emergency = jn_dict_dict (answer, "emergency");

  read_figures (self, answer);
  READ_LIST (self->groups, answer, "groups", read_group);
  READ_LIST (self->counters, answer, "counters", read_counter);
  READ_LIST (self->calls, answer, "calls", read_call);
  READ_LIST (self->profiles, answer, "profiles", read_profile);
  g_ptr_array_unref (self->caps);
  self->caps = jn_cap_list (answer, "caps");
  self->emergency = emergency != NULL ? MAX (jn_dict_time (emergency, "since"), 1) : 0;
  g_signal_emit (self, signals[CHANGED], 0);
  tell_calls (self);
}

JnHall *
jn_hall_new (JnSession *session)
{
  static const char *const kinds[]
      = { "ticket", "counter", "help", "emergency", "appointment", NULL };
  JnHall *self = g_object_new (JN_TYPE_HALL, NULL);

  self->session = g_object_ref (session);
  self->live = jn_live_new (session, "hall", kinds, REST_MS, take_answer, self);
  return self;
}

void
jn_hall_refresh_async (JnHall *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (JN_IS_HALL (self));
  jn_live_refresh_for (self->live, g_task_new (self, cancellable, callback, user_data));
}

gboolean
jn_hall_refresh_finish (JnHall *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- the tickets behind a figure ------------------------------------------------------------------------ */

static void
tickets_answered (GTask *task, GVariant *answer)
{
  g_autoptr (GPtrArray) tickets = jn_ticket_list (answer, "tickets");
  GListStore *store = g_list_store_new (JN_TYPE_TICKET);

  g_list_store_splice (store, 0, 0, tickets->pdata, tickets->len);
  g_task_return_pointer (task, store, g_object_unref);
}

void
jn_hall_list_tickets_async (JnHall *self,
                            const char *figure,
                            const char *group,
                            int counter,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (JnQuery) query = NULL;

  g_return_if_fail (JN_IS_HALL (self) && figure != NULL);
  query = jn_query_new ("hall_tickets", jn_dict_new ("figure", "s", figure, "group", "s", group,
                                                     "counter", "i", counter, NULL));
  jn_call_ask (jn_session_get_backend (self->session), query,
               g_task_new (self, cancellable, callback, user_data), tickets_answered);
}

GListModel *
jn_hall_list_tickets_finish (JnHall *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- what is shown ------------------------------------------------------------------------------------- */

const JnHallFigures *
jn_hall_get_figures (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), NULL);
  return &self->figures;
}

guint
jn_hall_get_n_groups (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), 0);
  return self->groups->len;
}

const JnHallGroup *
jn_hall_get_group (JnHall *self, guint i)
{
  g_return_val_if_fail (JN_IS_HALL (self) && i < self->groups->len, NULL);
  return &g_array_index (self->groups, JnHallGroup, i);
}

guint
jn_hall_get_n_counters (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), 0);
  return self->counters->len;
}

const JnHallCounter *
jn_hall_get_counter (JnHall *self, guint i)
{
  g_return_val_if_fail (JN_IS_HALL (self) && i < self->counters->len, NULL);
  return &g_array_index (self->counters, JnHallCounter, i);
}

guint
jn_hall_get_n_calls (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), 0);
  return self->calls->len;
}

const JnHallCall *
jn_hall_get_call (JnHall *self, guint i)
{
  g_return_val_if_fail (JN_IS_HALL (self) && i < self->calls->len, NULL);
  return &g_array_index (self->calls, JnHallCall, i);
}

guint
jn_hall_get_n_profiles (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), 0);
  return self->profiles->len;
}

const char *
jn_hall_get_profile (JnHall *self, guint i, GVariant **names)
{
  const JnHallProfile *profile;

  g_return_val_if_fail (JN_IS_HALL (self) && i < self->profiles->len, NULL);
  profile = &g_array_index (self->profiles, JnHallProfile, i);
  if (names != NULL)
    *names = profile->names;
  return profile->code;
}

GPtrArray *
jn_hall_get_caps (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), NULL);
  return self->caps;
}

gint64
jn_hall_get_emergency (JnHall *self)
{
  g_return_val_if_fail (JN_IS_HALL (self), 0);
  return self->emergency;
}
