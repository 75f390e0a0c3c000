/* board.c: what hangs in the hall: who is called to which counter. */
#include "app/board.h"

#include "app/dict.h"
#include "app/live.h"

#define REST_MS 100 /* between two looks: a call is shown well within 200 ms */

struct _JnBoard
{
  GObject parent_instance;
  JnSession *session;
  JnLive *live;
  GArray *calling; /* of JnBoardCall, borrowing from the answer that live keeps */
  GArray *last;
  GArray *groups;    /* of JnBoardGroup */
  GHashTable *heard; /* "B011 7" → when it was called last: whom the voice called already */
  gint64 emergency;
  gboolean begun; /* the first look was taken */
};

enum
{
  CHANGED,
  CALLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (JnBoard, jn_board, G_TYPE_OBJECT)

static void
jn_board_dispose (GObject *object)
{
  JnBoard *self = JN_BOARD (object);

  if (self->live != NULL)
    jn_live_close (self->live);
  g_clear_object (&self->live);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_board_parent_class)->dispose (object);
}

static void
jn_board_finalize (GObject *object)
{
  JnBoard *self = JN_BOARD (object);

  g_array_unref (self->calling);
  g_array_unref (self->last);
  g_array_unref (self->groups);
  g_hash_table_unref (self->heard);
  G_OBJECT_CLASS (jn_board_parent_class)->finalize (object);
}

static void
jn_board_class_init (JnBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_board_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_board_finalize;
  signals[CHANGED] = g_signal_new ("changed", JN_TYPE_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[CALLED] = g_signal_new ("called", JN_TYPE_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
clear_call (gpointer data)
{
  g_clear_pointer (&((JnBoardCall *)data)->zone_names, g_variant_unref);
}

static void
clear_group (gpointer data)
{
  g_clear_pointer (&((JnBoardGroup *)data)->names, g_variant_unref);
}

static GArray *
new_array (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

static void
jn_board_init (JnBoard *self)
{
  self->calling = new_array (sizeof (JnBoardCall), clear_call);
  self->last = new_array (sizeof (JnBoardCall), clear_call);
  self->groups = new_array (sizeof (JnBoardGroup), clear_group);
  self->heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
read_calls (GArray *calls, GVariant *answer, const char *key)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, key);

  g_array_set_size (calls, 0);
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      g_autoptr (GVariant) zone = jn_dict_dict (row, "zone");
      JnBoardCall call = {
        .number = jn_dict_string (row, "number"),
        .counter = (int)jn_dict_int (row, "counter", 0),
        .zone = zone != NULL ? jn_dict_string (zone, "code") : NULL,
        .zone_names = zone != NULL ? jn_dict_dict (zone, "names") : NULL,
        .called = jn_dict_time (row, "called"),
        .recalls = (guint)jn_dict_int (row, "recalls", 0),
      };

      g_array_append_val (calls, call);
    }
}

static void
read_groups (JnBoard *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "groups");

  g_array_set_size (self->groups, 0);
  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);
      JnBoardGroup group = {
        .code = jn_dict_string (row, "group"),
        .names = jn_dict_dict (row, "names"),
        .waiting = (guint)jn_dict_int (row, "waiting", 0),
        .p50 = jn_dict_int (row, "p50_s", -1),
      };

      g_array_append_val (self->groups, group);
    }
}

/* Whoever is called, or called again, since the last look is named by "called"; nobody twice. */
static void
tell_calls (JnBoard *self, GVariant *answer)
{
  g_autoptr (GVariant) list = jn_dict_list (answer, "calling");

  for (guint i = self->calling->len; i > 0; i--)
    {
      const JnBoardCall *call = &g_array_index (self->calling, JnBoardCall, i - 1);
      g_autoptr (GVariant) row = jn_list_dict (list, i - 1);
      const char *called = jn_dict_string (row, "called");
      g_autofree char *key = g_strdup_printf ("%s %d", call->number, call->counter);

      if (g_strcmp0 (g_hash_table_lookup (self->heard, key), called) == 0)
        continue;
      g_hash_table_insert (self->heard, g_steal_pointer (&key), g_strdup (called));
      if (self->begun)
        g_signal_emit (self, signals[CALLED], 0, call);
    }
  self->begun = TRUE;
}

static void
take_answer (GVariant *answer, gpointer owner)
{
  JnBoard *self = owner;
  g_autoptr (GVariant) emergency = jn_dict_dict (answer, "emergency");

  read_calls (self->calling, answer, "calling");
  read_calls (self->last, answer, "last");
  read_groups (self, answer);
  self->emergency = emergency != NULL ? MAX (jn_dict_time (emergency, "since"), 1) : 0;
  g_signal_emit (self, signals[CHANGED], 0);
  tell_calls (self, answer);
}

JnBoard *
jn_board_new (JnSession *session)
{
  static const char *const kinds[] = { "ticket", "emergency", NULL };
  JnBoard *self = g_object_new (JN_TYPE_BOARD, NULL);

  self->session = g_object_ref (session);
  self->live = jn_live_new (session, "board", kinds, REST_MS, take_answer, self);
  return self;
}

void
jn_board_refresh_async (JnBoard *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (JN_IS_BOARD (self));
  jn_live_refresh_for (self->live, g_task_new (self, cancellable, callback, user_data));
}

gboolean
jn_board_refresh_finish (JnBoard *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- what is shown ------------------------------------------------------------------------------------ */

guint
jn_board_get_n_calling (JnBoard *self)
{
  g_return_val_if_fail (JN_IS_BOARD (self), 0);
  return self->calling->len;
}

const JnBoardCall *
jn_board_get_calling (JnBoard *self, guint i)
{
  g_return_val_if_fail (JN_IS_BOARD (self) && i < self->calling->len, NULL);
  return &g_array_index (self->calling, JnBoardCall, i);
}

guint
jn_board_get_n_last (JnBoard *self)
{
  g_return_val_if_fail (JN_IS_BOARD (self), 0);
  return self->last->len;
}

const JnBoardCall *
jn_board_get_last (JnBoard *self, guint i)
{
  g_return_val_if_fail (JN_IS_BOARD (self) && i < self->last->len, NULL);
  return &g_array_index (self->last, JnBoardCall, i);
}

guint
jn_board_get_n_groups (JnBoard *self)
{
  g_return_val_if_fail (JN_IS_BOARD (self), 0);
  return self->groups->len;
}

const JnBoardGroup *
jn_board_get_group (JnBoard *self, guint i)
{
  g_return_val_if_fail (JN_IS_BOARD (self) && i < self->groups->len, NULL);
  return &g_array_index (self->groups, JnBoardGroup, i);
}

gint64
jn_board_get_emergency (JnBoard *self)
{
  g_return_val_if_fail (JN_IS_BOARD (self), 0);
  return self->emergency;
}
