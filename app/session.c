/* session.c: who works where: one clerk at one counter of one branch, and the line to the server. */
#include "app/session.h"

#include <sodium.h>
#include <string.h>
#include "app/call.h"
#include "app/catalogue.h"
#include "app/clock.h"
#include "app/dict.h"
#include "app/terminal-key.h"
#include "app/text.h"

struct _JnSession
{
  GObject parent_instance;
  JnBackend *backend;
  JnSettings *settings;
  JnCatalogue *catalogue;
  JnSessionState state;
  GVariant *answer; /* of session_open */
  char *login;
  char *terminal;
  char *counter_state;
  GStrv roles;
  GStrv equipment;
  GTimeZone *zone;
  JnSealKey *key;
  int counter;
  gint64 clock_lead;                          /* the server's: clock.h */
  char password_hash[crypto_pwhash_STRBYTES]; /* to unlock without line */
};

typedef enum
{
  PROP_STATE = 1,
  PROP_LINK_STATE,
  PROP_UNSENT,
  PROP_OFFLINE_SINCE,
  PROP_REFUSAL,
  PROP_COUNTER_STATE,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

G_DEFINE_TYPE (JnSession, jn_session, G_TYPE_OBJECT)

/* -- the backend's own properties, passed on ----------------------------------------------------- */

static void
on_link_notified_cb (JnSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK_STATE]);
}

static void
on_unsent_notified_cb (JnSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSENT]);
}

static void
on_offline_notified_cb (JnSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFLINE_SINCE]);
}

static void
on_refusal_notified_cb (JnSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSAL]);
}

static void
set_state (JnSession *self, JnSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_counter_state (JnSession *self, const char *state)
{
  g_free (self->counter_state);
  self->counter_state = g_strdup (state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNTER_STATE]);
}

static void
jn_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JnSession *self = JN_SESSION (object);

  switch ((Property)id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int)self->state);
      break;
    case PROP_LINK_STATE:
      g_value_set_int (value, (int)jn_session_get_link_state (self));
      break;
    case PROP_UNSENT:
      g_value_set_uint (value, jn_session_get_unsent (self));
      break;
    case PROP_OFFLINE_SINCE:
      g_value_set_int64 (value, jn_session_get_offline_since (self));
      break;
    case PROP_REFUSAL:
      g_value_take_string (value, jn_session_get_refusal (self));
      break;
    case PROP_COUNTER_STATE:
      g_value_set_string (value, self->counter_state);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

/* A session has a zone always: what is late after a sign-out still reads the branch's clock. */
static GTimeZone *
find_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name != NULL ? name : "Asia/Macau");

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static void
forget (JnSession *self)
{
  g_clear_object (&self->catalogue);
  g_clear_pointer (&self->answer, g_variant_unref);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->terminal, g_free);
  g_clear_pointer (&self->roles, g_strfreev);
  g_clear_pointer (&self->equipment, g_strfreev);
  g_clear_pointer (&self->key, jn_seal_key_free);
  sodium_memzero (self->password_hash, sizeof self->password_hash);
  self->counter = 0;
}

static void
jn_session_dispose (GObject *object)
{
  JnSession *self = JN_SESSION (object);

  if (self->backend != NULL)
    g_signal_handlers_disconnect_by_data (self->backend, self);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (jn_session_parent_class)->dispose (object);
}

static void
jn_session_finalize (GObject *object)
{
  JnSession *self = JN_SESSION (object);

  forget (self);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->settings);
  g_free (self->counter_state);
  G_OBJECT_CLASS (jn_session_parent_class)->finalize (object);
}

static void
jn_session_class_init (JnSessionClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = jn_session_get_property;
  object->dispose = jn_session_dispose;
  object->finalize = jn_session_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, JN_SESSION_CLOSED,
                                             JN_SESSION_LOCKED, JN_SESSION_CLOSED, flags);
  properties[PROP_LINK_STATE] = g_param_spec_int ("link-state", NULL, NULL, JN_LINK_OFFLINE,
                                                  JN_LINK_ONLINE, JN_LINK_OFFLINE, flags);
  properties[PROP_UNSENT] = g_param_spec_uint ("unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_OFFLINE_SINCE]
      = g_param_spec_int64 ("offline-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_REFUSAL] = g_param_spec_string ("refusal", NULL, NULL, NULL, flags);
  properties[PROP_COUNTER_STATE] = g_param_spec_string ("counter-state", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
jn_session_init (JnSession *self)
{
  self->counter_state = g_strdup ("closed");
  self->zone = find_zone (NULL);
  self->clock_lead = jn_clock_own_lead ();
}

JnSession *
jn_session_new (JnBackend *backend, JnSettings *settings)
{
  JnSession *self = g_object_new (JN_TYPE_SESSION, NULL);

  self->backend = g_object_ref (backend);
  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (backend, "notify::link-state", G_CALLBACK (on_link_notified_cb), self);
  g_signal_connect_swapped (backend, "notify::unsent", G_CALLBACK (on_unsent_notified_cb), self);
  g_signal_connect_swapped (backend, "notify::offline-since", G_CALLBACK (on_offline_notified_cb),
                            self);
  g_signal_connect_swapped (backend, "notify::refusal", G_CALLBACK (on_refusal_notified_cb), self);
  return self;
}

/* -- signing in ----------------------------------------------------------------------------------- */

typedef struct
{
  char *login;
  char *password;
  char *terminal;
  char *public_key;
  int counter;
  GError *error; /* (nullable): why it came to nothing after all */
} SignIn;

static void
sign_in_free (SignIn *in)
{
  g_free (in->login);
  g_free (in->terminal);
  g_free (in->public_key);
  g_clear_error (&in->error);
  sodium_memzero (in->password, strlen (in->password));
  g_free (in->password);
  g_free (in);
}

/* (transfer full) (nullable): lower-case hex */
static char *
read_public_key (JnSession *self)
{
  g_autoptr (GError) error = NULL;
  char *key = jn_terminal_key_get_public (jn_settings_get_state_folder (self->settings), &error);

  if (key == NULL)
    g_warning ("This terminal's key cannot be used: %s", error->message);
  return key;
}

/* Seals only under the name that the server enrolled it with. */
static void
load_key (JnSession *self)
{
  g_autoptr (GVariant) terminal = jn_dict_dict (self->answer, "terminal");
  const char *kid = terminal != NULL ? jn_dict_string (terminal, "kid") : NULL;
  JnKeyId id;

  if (kid != NULL && jn_key_id_from_string (kid, &id))
    self->key = jn_terminal_key_load (jn_settings_get_state_folder (self->settings), id, NULL);
  if (self->key == NULL)
    g_message ("This terminal's key is not enrolled: receipts are not sealed");
}

static void
take_answer (JnSession *self, const SignIn *in, GVariant *answer)
{
  g_autoptr (GVariant) staff = NULL;
  g_autoptr (GVariant) branch = NULL;
  g_autoptr (GVariant) counter = NULL;
  const char *time;

  forget (self);
  self->answer = g_variant_ref (answer);
  g_variant_get_data (
      self->answer); /* one block, before any look-up: what is borrowed lives as long */
  staff = jn_dict_dict (answer, "staff");
  branch = jn_dict_dict (answer, "branch");
  counter = jn_dict_dict (answer, "counter");
  time = jn_dict_string (answer, "time");
  self->login = g_strdup (in->login);
  self->terminal = g_strdup (in->terminal);
  self->roles = staff != NULL ? jn_dict_strings (staff, "roles") : g_new0 (char *, 1);
  self->equipment = counter != NULL ? jn_dict_strings (counter, "equipment") : g_new0 (char *, 1);
  self->counter = counter != NULL ? (int)jn_dict_int (counter, "number", 0) : 0;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = find_zone (branch != NULL ? jn_dict_string (branch, "zone") : NULL);
  jn_text_set_zone (self->zone);
  self->clock_lead
      = time != NULL ? jn_time_parse (time) - jn_clock_steady () : jn_clock_own_lead ();
  load_key (self);
}

/* A verifier that only this process holds: unlocking works while the line is down. */
static void
keep_verifier (JnSession *self, const char *password)
{
  if (crypto_pwhash_str (self->password_hash, password, strlen (password),
                         crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN)
      != 0)
    memset (self->password_hash, 0, sizeof self->password_hash);
}

static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!jn_backend_sign_out_finish (JN_BACKEND (source), result, &error))
    g_message ("The server was not told that nobody is here: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&in->error));
}

/* Without the catalogue nobody is signed in, at the server neither: the counter is free again. */
static void
catalogue_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnSession *self = g_task_get_source_object (task);
  SignIn *in = g_task_get_task_data (task);

  if (!jn_catalogue_load_finish (JN_CATALOGUE (source), result, &in->error))
    {
      forget (self);
      jn_backend_sign_out_async (self->backend, NULL, given_up_cb, g_steal_pointer (&task));
      return;
    }
  set_counter_state (self, self->counter > 0 ? "open" : "back-office");
  set_state (self, JN_SESSION_OPEN);
  g_task_return_boolean (task, TRUE);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnSession *self = g_task_get_source_object (task);
  SignIn *in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_sign_in_finish (JN_BACKEND (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_answer (self, in, answer);
  keep_verifier (self, in->password);
  self->catalogue = jn_catalogue_new (self->backend, jn_settings_get_state_folder (self->settings));
  jn_catalogue_load_async (self->catalogue, g_task_get_cancellable (task), catalogue_loaded_cb,
                           g_object_ref (task));
}

void
jn_session_sign_in_async (JnSession *self,
                          const char *login,
                          const char *password,
                          const char *terminal,
                          int counter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SignIn *in = g_new0 (SignIn, 1);
  JnCredentials credentials;

  g_return_if_fail (JN_IS_SESSION (self) && login != NULL && password != NULL);
  in->login = g_strdup (login);
  in->password = g_strdup (password);
  in->terminal = g_strdup (terminal != NULL ? terminal : jn_settings_get_terminal (self->settings));
  in->counter = counter > 0 ? counter : jn_settings_get_counter (self->settings);
  g_task_set_task_data (task, in, (GDestroyNotify)sign_in_free);
  in->public_key = read_public_key (self);
  credentials
      = (JnCredentials){ in->login, in->password, in->terminal, in->counter, in->public_key };
  jn_backend_sign_in_async (self->backend, &credentials, cancellable, signed_in_cb, task);
}

gboolean
jn_session_sign_in_finish (JnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!jn_backend_sign_out_finish (JN_BACKEND (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  set_state (self, JN_SESSION_CLOSED);
  set_counter_state (self, "closed");
  forget (self);
  g_task_return_boolean (task, TRUE);
}

void
jn_session_sign_out_async (JnSession *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_SESSION (self));
  jn_backend_sign_out_async (self->backend, cancellable, signed_out_cb, task);
}

gboolean
jn_session_sign_out_finish (JnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- locking ------------------------------------------------------------------------------------- */

void
jn_session_lock (JnSession *self)
{
  g_return_if_fail (JN_IS_SESSION (self));
  if (self->state == JN_SESSION_OPEN)
    set_state (self, JN_SESSION_LOCKED);
}

static void
verify_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JnSession *self = source;
  const char *password = data;

  if (crypto_pwhash_str_verify (self->password_hash, password, strlen (password)) == 0)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task,
                         jn_backend_error_new (JN_BACKEND_ERROR_DENIED, "password", NULL, NULL));
}

void
jn_session_unlock_async (JnSession *self,
                         const char *password,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (JN_IS_SESSION (self) && password != NULL);
  g_task_set_task_data (task, g_strdup (password), g_free);
  g_task_run_in_thread (task, verify_thread);
}

gboolean
jn_session_unlock_finish (JnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->state == JN_SESSION_LOCKED)
    set_state (self, JN_SESSION_OPEN);
  return TRUE;
}

/* -- the counter --------------------------------------------------------------------------------- */

static void
counter_set (GTask *task, GVariant *answer)
{
  const char *state = jn_dict_string (answer, "state");

  if (state == NULL)
    state = g_task_get_task_data (task);
  if (state != NULL)
    jn_session_take_counter_state (g_task_get_source_object (task), state);
  g_task_return_boolean (task, TRUE);
}

static void
send_counter_state (
    JnSession *self, const char *state, const char *reason, gboolean after, GTask *task)
{
  g_task_set_task_data (task, after ? NULL : g_strdup (state), g_free);
  jn_call_command (
      self->backend, "counter_state",
      jn_dict_new ("state", "s", state, "reason", "s", reason, "after_visit", "b", after, NULL),
      FALSE, task, counter_set);
}

void
jn_session_set_counter_state_async (JnSession *self,
                                    const char *state,
                                    const char *reason,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (JN_IS_SESSION (self) && state != NULL);
  send_counter_state (self, state, reason, FALSE,
                      g_task_new (self, cancellable, callback, user_data));
}

void
jn_session_set_counter_state_after_async (JnSession *self,
                                          const char *state,
                                          const char *reason,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_return_if_fail (JN_IS_SESSION (self) && state != NULL);
  send_counter_state (self, state, reason, TRUE,
                      g_task_new (self, cancellable, callback, user_data));
}

gboolean
jn_session_set_counter_state_finish (JnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- what is known -------------------------------------------------------------------------------- */

JnBackend *
jn_session_get_backend (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->backend;
}

JnSettings *
jn_session_get_settings (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->settings;
}

JnSessionState
jn_session_get_state (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), JN_SESSION_CLOSED);
  return self->state;
}

JnLinkState
jn_session_get_link_state (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), JN_LINK_OFFLINE);
  return jn_backend_get_link_state (self->backend);
}

guint
jn_session_get_unsent (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), 0);
  return jn_backend_get_unsent (self->backend);
}

char *
jn_session_get_refusal (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return jn_backend_get_refusal (self->backend);
}

gint64
jn_session_get_offline_since (JnSession *self)
{
  gint64 since = 0;

  g_return_val_if_fail (JN_IS_SESSION (self), 0);
  g_object_get (self->backend, "offline-since", &since, NULL);
  return since;
}

JnCatalogue *
jn_session_get_catalogue (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->catalogue;
}

const char *
jn_session_get_login (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->login;
}

const char *
jn_session_get_staff_name (JnSession *self, const char *language)
{
  g_autoptr (GVariant) staff = NULL;
  g_autoptr (GVariant) name = NULL;
  const char *zh, *latin;

  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  if (self->answer == NULL)
    return "";
  staff = jn_dict_dict (self->answer, "staff");
  name = staff != NULL ? jn_dict_dict (staff, "name") : NULL;
  zh = name != NULL ? jn_dict_string (name, "zh") : NULL;
  latin = name != NULL ? jn_dict_string (name, "latin") : NULL;
  if (zh != NULL && (g_strcmp0 (language, "zh-Hant") == 0 || latin == NULL))
    return zh; /* lives in the answer, which the session holds */
  return latin != NULL ? latin : self->login;
}

gboolean
jn_session_has_role (JnSession *self, const char *role)
{
  g_return_val_if_fail (JN_IS_SESSION (self), FALSE);
  return self->roles != NULL && g_strv_contains ((const char *const *)self->roles, role);
}

const char *
jn_session_get_branch (JnSession *self)
{
  g_autoptr (GVariant) branch = NULL;
  const char *code;

  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  branch = self->answer != NULL ? jn_dict_dict (self->answer, "branch") : NULL;
  code = branch != NULL ? jn_dict_string (branch, "code") : NULL;
  return code != NULL ? code : "";
}

char *
jn_session_get_branch_name (JnSession *self, const char *language)
{
  g_autoptr (GVariant) branch = NULL;
  g_autoptr (GVariant) names = NULL;

  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  branch = self->answer != NULL ? jn_dict_dict (self->answer, "branch") : NULL;
  names = branch != NULL ? jn_dict_dict (branch, "names") : NULL;
  return jn_text_name (language, names);
}

GTimeZone *
jn_session_get_zone (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->zone;
}

int
jn_session_get_counter (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), 0);
  return self->counter;
}

const char *const *
jn_session_get_equipment (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return (const char *const *)self->equipment;
}

gboolean
jn_session_can_serve (JnSession *self, const char *service)
{
  g_autoptr (GVariant) counter = NULL;
  g_auto (GStrv) profile = NULL;

  g_return_val_if_fail (JN_IS_SESSION (self), FALSE);
  counter = self->answer != NULL ? jn_dict_dict (self->answer, "counter") : NULL;
  if (counter == NULL)
    return FALSE;
  profile = jn_dict_strings (counter, "profile");
  return g_strv_contains ((const char *const *)profile, service);
}

void
jn_session_take_counter_state (JnSession *self, const char *state)
{
  g_return_if_fail (JN_IS_SESSION (self) && state != NULL);
  if (g_strcmp0 (self->counter_state, state) != 0)
    set_counter_state (self, state);
}

const char *
jn_session_get_counter_state (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->counter_state;
}

const char *
jn_session_get_terminal (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->terminal;
}

gboolean
jn_session_is_demo (JnSession *self)
{
  g_autoptr (GVariant) settings = NULL;

  g_return_val_if_fail (JN_IS_SESSION (self), FALSE);
  settings = self->answer != NULL ? jn_dict_dict (self->answer, "settings") : NULL;
  return settings != NULL && jn_dict_boolean (settings, "demo", FALSE);
}

const char *
jn_session_get_setting (JnSession *self, const char *name)
{
  g_autoptr (GVariant) settings = NULL;

  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  settings = self->answer != NULL ? jn_dict_dict (self->answer, "settings") : NULL;
  return settings != NULL ? jn_dict_string (settings, name) : NULL;
}

gboolean
jn_session_is_rating_excluded (JnSession *self, const char *event)
{
  g_autoptr (GVariant) settings = NULL;
  g_auto (GStrv) excluded = NULL;

  g_return_val_if_fail (JN_IS_SESSION (self), FALSE);
  if (event == NULL || self->answer == NULL)
    return FALSE;
  settings = jn_dict_dict (self->answer, "settings");
  if (settings == NULL)
    return g_str_equal (event, "death");
  excluded = jn_dict_strings (settings, "rating_excluded_events");
  return g_strv_contains ((const char *const *)excluded, event);
}

gint64
jn_session_now (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), 0);
  return (jn_clock_steady () + self->clock_lead) / G_USEC_PER_SEC;
}

char *
jn_session_today (JnSession *self)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  utc = g_date_time_new_from_unix_utc (jn_session_now (self));
  local = g_date_time_to_timezone (utc, self->zone);
  return g_date_time_format (local, "%F");
}

gboolean
jn_session_has_key (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), FALSE);
  return self->key != NULL;
}

const JnSealKey *
jn_session_get_key (JnSession *self)
{
  g_return_val_if_fail (JN_IS_SESSION (self), NULL);
  return self->key;
}
