/* delivery.c: what was kept goes out again: in order, each once, whoever is signed in. */
#include "app/dict.h"
#include "app/journal/journal-private.h"
#include "app/json.h"

#define AGAIN_MS 1000 /* before a delivery that failed is tried again on a line that stands */

static void deliver_next (JnJournal *self);

static gboolean
again_cb (gpointer user_data)
{
  JnJournal *self = user_data;

  self->again_id = 0;
  jn_journal_deliver (self);
  return G_SOURCE_REMOVE;
}

/* @soon: the line stands, the server did not want it now */
static void
stop_delivery (JnJournal *self, gboolean soon)
{
  self->delivering = FALSE;
  if (soon && self->again_id == 0)
    self->again_id = g_timeout_add (AGAIN_MS, again_cb, self);
  jn_journal_release_waiting (self);
}

static void
settle (JnJournal *self, gint64 seq, gboolean in_tray)
{
  g_autoptr (GError) error = NULL;

  if (!jn_store_settle (self->store, seq, in_tray, &error))
    {
      g_warning ("%s", error->message);
      stop_delivery (self, FALSE);
      return;
    }
  jn_journal_count_unsent (self);
  deliver_next (self);
}

/* One record on its way. */
typedef struct
{
  JnJournal *self;
  gint64 seq;
  char *key;
  char *record;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->self);
  g_free (sending->key);
  g_free (sending->record);
  g_free (sending);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static gboolean
is_refusal (const GError *error)
{
  return error->domain == JN_BACKEND_ERROR && error->code != JN_BACKEND_ERROR_OFFLINE
         && error->code != JN_BACKEND_ERROR_UNKNOWN && error->code != JN_BACKEND_ERROR_FAILED;
}

static void
put_in_tray_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL)
    settle (sending->self, sending->seq, TRUE);
  else
    stop_delivery (sending->self, TRUE); /* it stays the first until somebody has it */
}

/* The server does not take it: whole, with the reason, to the supervisor. */
static void
put_in_tray (Sending *sending, const GError *refusal)
{
  g_autoptr (JnCommand) command = jn_command_new (
      "tray_put", jn_dict_new ("key", "s", sending->key, "code", "s",
                               jn_backend_error_get_code (refusal), "details", "@a{sv}",
                               jn_dict_new ("record", "s", sending->record, "node", "s",
                                            jn_backend_error_get_node (refusal), NULL),
                               NULL));

  jn_backend_run_async (sending->self->inner, command, NULL, put_in_tray_cb, sending);
}

static void
replayed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL)
    settle (sending->self, sending->seq, FALSE);
  else if (is_refusal (error))
    put_in_tray (g_steal_pointer (&sending), error);
  else
    stop_delivery (sending->self, TRUE);
}

/* (transfer full) (nullable): the data key of who kept it: who is signed in, or the terminal's way */
static JnDataKey *
find_key (JnJournal *self, const char *login)
{
  g_autoptr (JnWraps) wraps = NULL;

  if (self->key != NULL && self->grant != NULL
      && g_str_equal (jn_grant_get_login (self->grant), login))
    return jn_data_key_copy (self->key);
  wraps = jn_store_get_wraps (self->store, login);
  return wraps != NULL ? jn_vault_open_terminal (self->vault, wraps) : NULL;
}

/* (transfer full) (nullable): the arguments of `replay` */
static GVariant *
open_record (JnJournal *self, const JnStoreRecord *record)
{
  g_autoptr (JnDataKey) key = find_key (self, record->login);
  g_autoptr (GBytes) plain
             = key != NULL ? jn_data_key_open (key, record->sealed, record->key) : NULL;

  if (plain == NULL)
    return NULL;
  return jn_json_to_dict (g_bytes_get_data (plain, NULL), (gssize)g_bytes_get_size (plain), NULL);
}

/* Takes @args. */
static void
send_record (JnJournal *self, const JnStoreRecord *record, GVariant *args)
{
  g_autoptr (JnCommand) command = NULL;
  Sending *sending = g_new0 (Sending, 1);

  sending->self = g_object_ref (self);
  sending->seq = record->seq;
  sending->key = g_strdup (record->key);
  sending->record = g_strdup (jn_dict_string (args, "record"));
  command = jn_command_new ("replay", args);
  g_variant_unref (args);
  jn_backend_run_async (self->inner, command, NULL, replayed_cb, sending);
}

/* The next that opens: what does not waits for its clerk, or for the supervisor, and keeps nobody else's back.
 * Returns: whether there was one */
static gboolean
send_next_record (JnJournal *self)
{
  JnStoreRecord *next;

  while ((next = jn_store_get_next (self->store, self->past_record)) != NULL)
    {
      g_autoptr (JnStoreRecord) record = next;
      GVariant *args = open_record (self, record);

      self->past_record = record->seq;
      if (args != NULL)
        {
          send_record (self, record, args);
          return TRUE;
        }
      self->shut++;
    }
  if (self->shut > self->told_shut)
    g_warning ("%u kept records do not open on this terminal; they stay for who kept them",
               self->shut);
  self->told_shut = self->shut;
  return FALSE;
}

/* One blob on its way. */
typedef struct
{
  JnJournal *self;
  char *hash;
} Putting;

/* A blob that was kept goes before the records that name it. What the server does not take is set aside: it will
 * refuse the records that name it, each by itself. */
static void
blob_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Putting *putting = user_data;
  g_autoptr (JnJournal) self = putting->self;
  g_autofree char *hash = putting->hash;
  g_autoptr (GError) error = NULL;
  g_autofree char *put = jn_backend_put_blob_finish (JN_BACKEND (source), result, &error);

  if (put != NULL)
    jn_store_drop (self->store, "blob", hash);
  else if (is_refusal (error))
    jn_store_set_aside (self->store, "blob", hash);
  else
    {
      stop_delivery (self, TRUE);
      return;
    }
  deliver_next (self);
}

/* Returns: whether there was one that opens */
static gboolean
send_next_blob (JnJournal *self)
{
  char *name = NULL;
  char *login = NULL;
  GBytes *next;

  while ((next = jn_store_get_any (self->store, "blob", &self->past_blob, &name, &login)) != NULL)
    {
      g_autoptr (GBytes) sealed = next;
      g_autofree char *hash = g_steal_pointer (&name);
      g_autofree char *whose = g_steal_pointer (&login);
      g_autoptr (JnDataKey) key = find_key (self, whose);
      g_autoptr (GBytes) blob = key != NULL ? jn_data_key_open (key, sealed, hash) : NULL;
      Putting *putting;

      if (blob == NULL)
        continue;
      putting = g_new (Putting, 1);
      *putting = (Putting){ g_object_ref (self), g_steal_pointer (&hash) };
      jn_backend_put_blob_async (self->inner, blob, NULL, blob_put_cb, putting);
      return TRUE;
    }
  return FALSE;
}

static void
deliver_next (JnJournal *self)
{
  if (!jn_journal_is_online (self) || (!send_next_blob (self) && !send_next_record (self)))
    stop_delivery (self, FALSE);
}

void
jn_journal_deliver (JnJournal *self)
{
  g_return_if_fail (JN_IS_JOURNAL (self));
  if (self->delivering || self->unsent == 0 || !jn_journal_is_online (self))
    return;
  g_clear_handle_id (&self->again_id, g_source_remove);
  self->delivering = TRUE;
  self->shut = 0;
  self->past_record = 0;
  self->past_blob = 0;
  deliver_next (self);
}
