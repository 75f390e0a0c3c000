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
  if (self->moved)
    {
      self->moved = FALSE;
      jn_backend_moved (JN_BACKEND (self));
    }
}

/* The server does not want what is delivered; what it says of this moment, or of who delivers, is no word on that. */
static gboolean
is_refused (const GError *error)
{
  static const char *const passing[] = { "try-again", "no-session", "not-staff", NULL };

  return jn_backend_error_is_refusal (error)
         && !g_strv_contains (passing, jn_backend_error_get_code (error));
}

/* What became of a record, on its way to the disk. */
typedef struct
{
  JnJournal *self;
  gint64 seq;
  gboolean in_tray;
  guint unsent;
  GError *error;
} Settling;

static void
settling_free (Settling *settling)
{
  g_object_unref (settling->self);
  g_clear_error (&settling->error);
  g_free (settling);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settling, settling_free)

static void
write_settled (JnStore *store, gpointer data)
{
  Settling *settling = data;

  jn_store_settle (store, settling->seq, settling->in_tray, &settling->error);
  settling->unsent = jn_store_count_waiting (store);
}

static void
settled_cb (gpointer data)
{
  g_autoptr (Settling) settling = data;

  if (settling->error != NULL)
    {
      g_warning ("%s", settling->error->message);
      stop_delivery (settling->self, FALSE);
      return;
    }
  jn_journal_set_unsent (settling->self, settling->unsent);
  deliver_next (settling->self);
}

static void
settle (JnJournal *self, gint64 seq, gboolean in_tray)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->self = g_object_ref (self);
  settling->seq = seq;
  settling->in_tray = in_tray;
  jn_writer_ask (self->writer, write_settled, settled_cb, settling);
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
  else if (is_refused (error))
    put_in_tray (g_steal_pointer (&sending), error);
  else
    stop_delivery (sending->self, TRUE);
}

/* One blob on its way. */
typedef struct
{
  JnJournal *self;
  char *hash;
  guint left; /* blobs, after it */
  GError *error;
} Putting;

static void
putting_free (Putting *putting)
{
  g_object_unref (putting->self);
  g_free (putting->hash);
  g_clear_error (&putting->error);
  g_free (putting);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Putting, putting_free)

static void
drop_blob (JnStore *store, gpointer data)
{
  Putting *putting = data;

  jn_store_drop (store, "blob", putting->hash, &putting->error);
  putting->left = jn_store_count_kept (store, "blob");
}

static void
set_blob_aside (JnStore *store, gpointer data)
{
  Putting *putting = data;

  jn_store_set_aside (store, "blob", putting->hash, &putting->error);
  putting->left = jn_store_count_kept (store, "blob");
}

static void
blob_settled_cb (gpointer data)
{
  g_autoptr (Putting) putting = data;

  if (putting->error == NULL)
    {
      putting->self->blobs = putting->left;
      deliver_next (putting->self);
      return;
    }
  g_warning ("%s", putting->error->message);
  stop_delivery (putting->self, FALSE);
}

/* A blob that was kept goes before the records that name it. What the server does not take is set aside: it will
 * refuse the records that name it, each by itself. */
static void
blob_put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Putting) putting = user_data;
  JnWriter *writer = putting->self->writer;
  g_autoptr (GError) error = NULL;
  g_autofree char *put = jn_backend_put_blob_finish (JN_BACKEND (source), result, &error);

  if (put != NULL)
    jn_writer_ask (writer, drop_blob, blob_settled_cb, g_steal_pointer (&putting));
  else if (is_refused (error))
    jn_writer_ask (writer, set_blob_aside, blob_settled_cb, g_steal_pointer (&putting));
  else
    stop_delivery (putting->self, TRUE);
}

/* -- what is next ------------------------------------------------------------------------------- */

/* Found in the thread: a blob, or a record, or neither. */
typedef struct
{
  JnJournal *self;
  JnDataKey *own;     /* (nullable): of who is signed in */
  char *login;        /* (nullable) */
  gint64 past_record; /* where the delivery is */
  guint shut;         /* records passed by */
  guint shut_blobs;
  GBytes *blob;
  GVariant *args; /* of `replay` */
  char *name;     /* the blob's hash, the record's key */
  gint64 seq;
} Next;

static void
next_free (Next *next)
{
  g_object_unref (next->self);
  g_clear_pointer (&next->own, jn_data_key_unref);
  g_free (next->login);
  g_clear_pointer (&next->blob, g_bytes_unref);
  g_clear_pointer (&next->args, g_variant_unref);
  g_free (next->name);
  g_free (next);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Next, next_free)

/* (transfer full) (nullable): what @whose kept: by the key of who is signed in, or the terminal's way */
static GBytes *
open_kept (JnStore *store, Next *next, const char *whose, GBytes *sealed, const char *name)
{
  g_autoptr (JnWraps) wraps = NULL;
  g_autoptr (JnDataKey) key = NULL;

  if (next->own != NULL && g_str_equal (next->login, whose))
    return jn_data_key_open (next->own, sealed, name);
  wraps = jn_store_get_wraps (store, whose);
  key = wraps != NULL ? jn_vault_open_terminal (next->self->vault, wraps) : NULL;
  return key != NULL ? jn_data_key_open (key, sealed, name) : NULL;
}

/* Returns: whether there was one that opens */
static gboolean
find_blob (JnStore *store, Next *next)
{
  gint64 place
      = 0; /* from the first again: a row that went gives its place to the next that comes */
  char *name = NULL;
  char *login = NULL;
  GBytes *found;

  while ((found = jn_store_get_any (store, "blob", &place, &name, &login)) != NULL)
    {
      g_autoptr (GBytes) sealed = found;
      g_autofree char *hash = g_steal_pointer (&name);
      g_autofree char *whose = g_steal_pointer (&login);

      next->blob = open_kept (store, next, whose, sealed, hash);
      if (next->blob != NULL)
        {
          next->name = g_steal_pointer (&hash);
          return TRUE;
        }
      next->shut_blobs++;
    }
  return FALSE;
}

/* What does not open waits for its clerk, or for the supervisor, and keeps nobody else's back. */
static void
find_record (JnStore *store, Next *next)
{
  JnStoreRecord *found;

  while (next->args == NULL && (found = jn_store_get_next (store, next->past_record)) != NULL)
    {
      g_autoptr (JnStoreRecord) record = found;
      g_autoptr (GBytes) plain
                 = open_kept (store, next, record->login, record->sealed, record->key);

      next->past_record = record->seq;
      if (plain != NULL)
        next->args = jn_json_to_dict (g_bytes_get_data (plain, NULL),
                                      (gssize)g_bytes_get_size (plain), NULL);
      if (next->args == NULL)
        {
          next->shut++;
          continue;
        }
      next->seq = record->seq;
      next->name = g_strdup (record->key);
    }
}

static void
find_next (JnStore *store, gpointer data)
{
  if (!find_blob (store, data))
    find_record (store, data);
}

static void
send_blob (Next *next)
{
  Putting *putting = g_new0 (Putting, 1);

  putting->self = g_object_ref (next->self);
  putting->hash = g_strdup (next->name);
  jn_backend_put_blob_async (next->self->inner, next->blob, NULL, blob_put_cb, putting);
}

static void
send_record (Next *next)
{
  g_autoptr (JnCommand) command = jn_command_new ("replay", next->args);
  Sending *sending = g_new0 (Sending, 1);

  sending->self = g_object_ref (next->self);
  sending->seq = next->seq;
  sending->key = g_strdup (next->name);
  sending->record = g_strdup (jn_dict_string (next->args, "record"));
  jn_backend_run_async (next->self->inner, command, NULL, replayed_cb, sending);
}

static void
tell_shut (JnJournal *self)
{
  if (self->shut > self->told_shut)
    g_warning ("%u kept records do not open on this terminal; they stay for who kept them",
               self->shut);
  self->told_shut = self->shut;
}

static void
found_cb (gpointer data)
{
  g_autoptr (Next) next = data;
  JnJournal *self = next->self;

  self->past_record = next->past_record;
  self->shut += next->shut;
  self->shut_blobs = next->shut_blobs;
  if (!jn_journal_is_online (self))
    stop_delivery (self, FALSE);
  else if (next->blob != NULL)
    send_blob (next);
  else if (next->args != NULL)
    send_record (next);
  else
    {
      tell_shut (self);
      stop_delivery (self, FALSE);
    }
}

static void
deliver_next (JnJournal *self)
{
  Next *next = g_new0 (Next, 1);

  next->self = g_object_ref (self);
  next->own = self->key != NULL ? jn_data_key_ref (self->key) : NULL;
  next->login = self->grant != NULL ? g_strdup (jn_grant_get_login (self->grant)) : NULL;
  next->past_record = self->past_record;
  jn_writer_ask (self->writer, find_next, found_cb, next);
}

void
jn_journal_deliver (JnJournal *self)
{
  g_return_if_fail (JN_IS_JOURNAL (self));
  if (self->delivering || (self->unsent == 0 && self->blobs == 0) || !jn_journal_is_online (self))
    return;
  g_clear_handle_id (&self->again_id, g_source_remove);
  self->delivering = TRUE;
  self->shut = 0;
  self->past_record = 0;
  deliver_next (self);
}
