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

static void
send_record (JnJournal *self, const JnStoreRecord *record)
{
  g_autoptr (GVariant) args = open_record (self, record);
  g_autoptr (JnCommand) command = NULL;
  Sending *sending;

  if (args == NULL)
    {
      g_warning ("A kept record does not open on this terminal; it stays for the supervisor");
      stop_delivery (self, FALSE);
      return;
    }
  sending = g_new0 (Sending, 1);
  sending->self = g_object_ref (self);
  sending->seq = record->seq;
  sending->key = g_strdup (record->key);
  sending->record = g_strdup (jn_dict_string (args, "record"));
  command = jn_command_new ("replay", args);
  jn_backend_run_async (self->inner, command, NULL, replayed_cb, sending);
}

/* A blob that was kept goes before the records that name it. */
static void
blob_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnJournal) self = user_data;
  g_autofree char *hash = jn_backend_put_blob_finish (JN_BACKEND (source), result, NULL);

  if (hash == NULL)
    {
      stop_delivery (self, TRUE);
      return;
    }
  jn_store_drop (self->store, "blob", hash);
  deliver_next (self);
}

/* Returns: whether there was one */
static gboolean
send_blob (JnJournal *self)
{
  g_autofree char *name = NULL;
  g_autofree char *login = NULL;
  g_autoptr (GBytes) sealed = jn_store_get_any (self->store, "blob", &name, &login);
  g_autoptr (JnDataKey) key = sealed != NULL ? find_key (self, login) : NULL;
  g_autoptr (GBytes) blob = key != NULL ? jn_data_key_open (key, sealed, name) : NULL;

  if (blob == NULL)
    return FALSE;
  jn_backend_put_blob_async (self->inner, blob, NULL, blob_put_cb, g_object_ref (self));
  return TRUE;
}

static void
deliver_next (JnJournal *self)
{
  g_autoptr (JnStoreRecord) record = NULL;

  if (!jn_journal_is_online (self))
    {
      stop_delivery (self, FALSE);
      return;
    }
  if (send_blob (self))
    return;
  record = jn_store_get_first (self->store);
  if (record == NULL)
    stop_delivery (self, FALSE);
  else
    send_record (self, record);
}

void
jn_journal_deliver (JnJournal *self)
{
  g_return_if_fail (JN_IS_JOURNAL (self));
  if (self->delivering || self->unsent == 0 || !jn_journal_is_online (self))
    return;
  g_clear_handle_id (&self->again_id, g_source_remove);
  self->delivering = TRUE;
  deliver_next (self);
}
