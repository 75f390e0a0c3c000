/* prints.c: the prints of this terminal, and its printers: what is under way, what asks for the clerk. */
#include "app/prints.h"

#include <string.h>

#include "app/call.h"
#include "app/dict.h"
#include "app/print-private.h"

#define KEEP 20 /* prints that are shown although nothing is to be done about them */

struct _JnPrints
{
  GObject parent_instance;
  JnSession *session;
  JnPrintService *service;
  GPtrArray *prints;    /* of JnPrint, the newest first */
  GPtrArray *printers;  /* (nullable): of JnPrinter */
  GError *server_error; /* (nullable) */
  GCancellable *cancellable;
  guint watch;
  gboolean asking;
};

static guint changed_signal, printers_signal;

static void implement_list (GListModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (JnPrints,
                         jn_prints,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, implement_list))

/* -- the list -------------------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return JN_TYPE_PRINT;
}

static guint
get_n_items (GListModel *model)
{
  return JN_PRINTS (model)->prints->len;
}

static gpointer
get_item (GListModel *model, guint i)
{
  GPtrArray *prints = JN_PRINTS (model)->prints;

  return i < prints->len ? g_object_ref (prints->pdata[i]) : NULL;
}

static void
implement_list (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
forget_old (JnPrints *self)
{
  for (guint i = self->prints->len; i > KEEP; i--)
    {
      JnPrint *print = self->prints->pdata[i - 1];

      if (jn_print_is_busy (print) || jn_print_needs_clerk (print))
        continue;
      g_signal_handlers_disconnect_by_data (print, self);
      g_ptr_array_remove_index (self->prints, i - 1);
      g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
    }
}

static void
on_print_changed_cb (JnPrint *print, JnPrints *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
on_print_moved_cb (JnPrint *print, const char *use, JnPrints *self)
{
  jn_prints_again (self, print, use);
}

/* Takes @print. */
static void
add (JnPrints *self, JnPrint *print)
{
  g_ptr_array_insert (self->prints, 0, print);
  g_signal_connect (print, "changed", G_CALLBACK (on_print_changed_cb), self);
  g_signal_connect (print, "moved", G_CALLBACK (on_print_moved_cb), self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  forget_old (self);
}

static gboolean
has_attempt (JnPrints *self, const char *attempt)
{
  for (guint i = 0; i < self->prints->len; i++)
    if (g_strcmp0 (jn_print_get_attempt (self->prints->pdata[i]), attempt) == 0)
      return TRUE;
  return FALSE;
}

/* -- the object -------------------------------------------------------------------------------------------- */

static void
forget_prints (JnPrints *self)
{
  guint n = self->prints->len;

  for (guint i = 0; i < n; i++)
    g_signal_handlers_disconnect_by_data (self->prints->pdata[i], self);
  g_ptr_array_set_size (self->prints, 0);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static void
jn_prints_dispose (GObject *object)
{
  JnPrints *self = JN_PRINTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch, g_source_remove);
  forget_prints (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jn_prints_parent_class)->dispose (object);
}

static void
jn_prints_finalize (GObject *object)
{
  JnPrints *self = JN_PRINTS (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->prints);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_clear_error (&self->server_error);
  G_OBJECT_CLASS (jn_prints_parent_class)->finalize (object);
}

static void
jn_prints_class_init (JnPrintsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_prints_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_prints_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_PRINTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  printers_signal = g_signal_new ("printers", JN_TYPE_PRINTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
jn_prints_init (JnPrints *self)
{
  self->prints = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/* Another clerk's prints are taken up again by what the backend knows of this terminal. */
static void
on_state_changed_cb (JnSession *session, GParamSpec *pspec, JnPrints *self)
{
  if (jn_session_get_state (session) == JN_SESSION_CLOSED)
    forget_prints (self);
}

JnPrints *
jn_prints_new (JnSession *session)
{
  JnPrints *self = g_object_new (JN_TYPE_PRINTS, NULL);

  self->session = g_object_ref (session);
  self->service
      = jn_print_service_new (jn_settings_get_print_server (jn_session_get_settings (session)));
  g_signal_connect (session, "notify::state", G_CALLBACK (on_state_changed_cb), self);
  return self;
}

JnPrintService *
jn_prints_get_service (JnPrints *self)
{
  g_return_val_if_fail (JN_IS_PRINTS (self), NULL);
  return self->service;
}

/* -- printing ----------------------------------------------------------------------------------------------- */

static guint
count_prints (JnPrints *self, const JnPrintOrder *order)
{
  guint n = 0;

  for (guint i = 0; i < self->prints->len; i++)
    {
      const JnPrintOrder *other = jn_print_get_order (self->prints->pdata[i]);
      JnPrintStep step = jn_print_get_step (self->prints->pdata[i]);

      n += order->subject != NULL && g_strcmp0 (order->subject, other->subject) == 0
           && g_str_equal (order->kind, other->kind)
           && g_strcmp0 (order->edition, other->edition) == 0 && step != JN_PRINT_STEP_FAILED
           && step != JN_PRINT_STEP_CANCELLED;
    }
  return n;
}

JnPrint *
jn_prints_print_on (JnPrints *self,
                    JnDocument *document,
                    const JnPrintOrder *order,
                    const char *use,
                    const JnPrinterProfile *profile)
{
  gboolean till;
  JnPrint *print;
  guint copy;

  g_return_val_if_fail (JN_IS_PRINTS (self) && document != NULL && order->kind != NULL, NULL);
  till = g_strv_contains (jn_session_get_equipment (self->session), "till");
  copy = count_prints (self, order);
  print = jn_print_new (jn_session_get_backend (self->session), self->service, order, use, profile,
                        document);
  add (self, print);
  jn_print_begin (print, copy, till && order->money);
  return print;
}

JnPrint *
jn_prints_print (JnPrints *self, JnDocument *document, const JnPrintOrder *order, const char *use)
{
  g_return_val_if_fail (JN_IS_PRINTS (self), NULL);
  return jn_prints_print_on (
      self, document, order, use,
      jn_settings_get_printer (jn_session_get_settings (self->session), use));
}

/* What of a paper was printed elsewhere comes from the spool. */
typedef struct
{
  JnPrints *prints;
  JnPrintOrder order; /* owns its strings */
  char *use;
} Again;

static void
again_free (gpointer data)
{
  Again *again = data;

  g_object_unref (again->prints);
  g_free ((char *)again->order.kind);
  g_free ((char *)again->order.subject);
  g_free ((char *)again->order.title);
  g_free ((char *)again->order.edition);
  g_free (again->use);
  g_free (again);
}

static Again *
again_new (JnPrints *self, const JnPrintOrder *order, const char *use)
{
  Again *again = g_new0 (Again, 1);

  again->prints = g_object_ref (self);
  again->order.kind = g_strdup (order->kind);
  again->order.subject = g_strdup (order->subject);
  again->order.title = g_strdup (order->title);
  again->order.edition = g_strdup (order->edition);
  again->use = g_strdup (use);
  return again;
}

static void
spooled (GTask *task, GVariant *answer)
{
  JnPrints *self = g_task_get_source_object (task);
  Again *again = g_task_get_task_data (task);
  const char *json = jn_dict_string (answer, "document");
  GError *error = NULL;
  g_autoptr (JnDocument) document = jn_document_new_from_json (json != NULL ? json : "", &error);

  if (document == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (
        task, g_object_ref (jn_prints_print (self, document, &again->order, again->use)),
        g_object_unref);
}

/* Takes @task, whose data is an Again. */
static void
fetch_document (JnPrints *self, const char *attempt, GTask *task)
{
  g_autoptr (JnQuery) query = jn_query_new ("spool", jn_dict_new ("attempt", "s", attempt, NULL));

  jn_call_ask (jn_session_get_backend (self->session), query, task, spooled);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JnPrint) print = g_task_propagate_pointer (G_TASK (result), &error);

  if (print == NULL)
    g_message ("A paper cannot be printed again: %s", error->message);
}

void
jn_prints_again (JnPrints *self, JnPrint *print, const char *use)
{
  JnDocument *document;
  GTask *task;

  g_return_if_fail (JN_IS_PRINTS (self) && JN_IS_PRINT (print));
  document = jn_print_get_document (print);
  jn_print_dismiss (print);
  if (document != NULL)
    {
      jn_prints_print (self, document, jn_print_get_order (print), use);
      return;
    }
  task = g_task_new (self, self->cancellable, fetched_cb, NULL);
  g_task_set_task_data (task, again_new (self, jn_print_get_order (print), use), again_free);
  fetch_document (self, jn_print_get_attempt (print), task);
}

void
jn_prints_move (JnPrints *self, JnPrint *print, const char *use)
{
  g_return_if_fail (JN_IS_PRINTS (self) && JN_IS_PRINT (print));
  jn_print_move (print, use);
}

static void
found (GTask *task, GVariant *answer)
{
  JnPrints *self = g_task_get_source_object (task);
  g_autoptr (GVariant) rows = jn_dict_list (answer, "prints");
  const char *use = g_task_get_task_data (task);

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);
      JnPrintOrder order = { .kind = jn_dict_string (row, "kind"),
                             .subject = jn_dict_string (row, "subject"),
                             .title = jn_dict_string (row, "title"),
                             .edition = jn_dict_string (row, "edition") };
      Again *again;

      if (!jn_dict_has (row, "document") || order.kind == NULL)
        continue;
      again = again_new (self, &order, use);
      g_task_set_task_data (task, again, again_free);
      fetch_document (self, jn_dict_string (row, "attempt"), g_object_ref (task));
      return;
    }
  g_task_return_error (
      task, jn_backend_error_new (JN_BACKEND_ERROR_NOT_FOUND, "no-document", NULL, NULL));
}

void
jn_prints_reprint_async (JnPrints *self,
                         const char *title,
                         const char *use,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JnQuery) query = jn_query_new ("prints", jn_dict_new ("title", "s", title, NULL));

  g_task_set_task_data (task, g_strdup (use), g_free);
  jn_call_ask (jn_session_get_backend (self->session), query, task, found);
}

JnPrint *
jn_prints_reprint_finish (JnPrints *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- into a file ---------------------------------------------------------------------------------------------- */

typedef struct
{
  JnDocument *document;
  JnPaper paper;
  GFile *file;
  char *kind;
  char *subject;
  char *title;
  GOutputStream *open; /* (nullable): the new file, until all of it is written */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  if (save->open != NULL) /* it came to nothing */
    g_file_delete_async (save->file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&save->open);
  jn_document_unref (save->document);
  g_object_unref (save->file);
  g_free (save->kind);
  g_free (save->subject);
  g_free (save->title);
  g_free (save);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_object (&save->open);
  g_task_return_boolean (task, TRUE);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) pages = NULL;
  g_autoptr (GBytes) bytes
             = jn_print_service_encode_finish (JN_PRINT_SERVICE (source), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  pages = g_memory_input_stream_new_from_bytes (bytes);
  g_output_stream_splice_async (save->open, pages, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, g_task_get_cancellable (task), written_cb,
                                g_object_ref (task));
}

/* Noted before it is written: a file that nobody knows of is worse than a note without a file. */
static void
noted (GTask *task, GVariant *answer)
{
  JnPrints *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autoptr (JnPrinterProfile) profile = jn_printer_profile_new ("", JN_PRINTER_PDF, save->paper);

  jn_print_service_encode_async (self->service, save->document, profile,
                                 g_task_get_cancellable (task), drawn_cb, g_object_ref (task));
}

/* Only what can be kept there is noted. */
static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  JnPrints *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  GError *error = NULL;
  GFileOutputStream *stream = g_file_create_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  save->open = G_OUTPUT_STREAM (stream);
  jn_call_command (jn_session_get_backend (self->session), "print_saved",
                   jn_dict_new ("kind", "s", save->kind, "subject", "s", save->subject, "title",
                                "s", save->title, "medium", "s", jn_print_medium_name (save->paper),
                                NULL),
                   TRUE, task, noted);
}

void
jn_prints_save_async (JnPrints *self,
                      JnDocument *document,
                      const JnPrintOrder *order,
                      JnPaper paper,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task;
  Save *save;

  g_return_if_fail (JN_IS_PRINTS (self) && document != NULL && G_IS_FILE (file));
  task = g_task_new (self, cancellable, callback, user_data);
  save = g_new0 (Save, 1);
  save->document = jn_document_ref (document);
  save->paper = paper;
  save->file = g_object_ref (file);
  save->kind = g_strdup (order->kind);
  save->subject = g_strdup (order->subject);
  save->title = g_strdup (order->title);
  g_task_set_task_data (task, save, save_free);
  g_file_create_async (file, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, cancellable, created_cb,
                       task);
}

gboolean
jn_prints_save_finish (JnPrints *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- after a restart ------------------------------------------------------------------------------------------ */

static void
take_up (JnPrints *self, GVariant *row)
{
  JnPrint *print;

  if (has_attempt (self, jn_dict_string (row, "attempt")))
    return;
  print = jn_print_new_from_answer (jn_session_get_backend (self->session), self->service, row);
  add (self, print);
  jn_print_look_up (print);
}

static void
recovered (GTask *task, GVariant *answer)
{
  JnPrints *self = g_task_get_source_object (task);
  g_autoptr (GVariant) rows = jn_dict_list (answer, "prints");

  for (gsize i = jn_list_length (rows); i > 0; i--) /* the oldest first: the newest goes on top */
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i - 1);

      take_up (self, row);
    }
  g_signal_emit (self, changed_signal, 0);
  g_task_return_boolean (task, TRUE);
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("This terminal's open prints are not known: %s", error->message);
}

void
jn_prints_recover (JnPrints *self)
{
  g_autoptr (JnQuery) query = jn_query_new ("prints", NULL);

  g_return_if_fail (JN_IS_PRINTS (self));
  jn_call_ask (jn_session_get_backend (self->session), query,
               g_task_new (self, self->cancellable, recovered_cb, NULL), recovered);
}

/* -- what asks for the clerk ----------------------------------------------------------------------------------- */

JnPrint *
jn_prints_find (JnPrints *self, const char *subject)
{
  g_return_val_if_fail (JN_IS_PRINTS (self), NULL);
  for (guint i = 0; i < self->prints->len; i++)
    if (g_strcmp0 (jn_print_get_order (self->prints->pdata[i])->subject, subject) == 0)
      return self->prints->pdata[i];
  return NULL;
}

JnPrint *
jn_prints_get_foremost (JnPrints *self)
{
  JnPrint *busy = NULL;

  g_return_val_if_fail (JN_IS_PRINTS (self), NULL);
  for (guint i = 0; i < self->prints->len; i++)
    {
      if (jn_print_needs_clerk (self->prints->pdata[i]))
        return self->prints->pdata[i];
      if (busy == NULL && jn_print_is_busy (self->prints->pdata[i]))
        busy = self->prints->pdata[i];
    }
  return busy;
}

guint
jn_prints_count_needy (JnPrints *self)
{
  guint n = 0;

  g_return_val_if_fail (JN_IS_PRINTS (self), 0);
  for (guint i = 0; i < self->prints->len; i++)
    n += jn_print_needs_clerk (self->prints->pdata[i]);
  return n;
}

/* -- printers -------------------------------------------------------------------------------------------------- */

const char *const *
jn_prints_list_uses (void)
{
  static const char *const uses[] = { "receipt", "ticket", "form", "report", NULL };

  return uses;
}

static gboolean
is_same_printer (const JnPrinter *a, const JnPrinter *b)
{
  return g_strcmp0 (a->queue, b->queue) == 0 && g_strcmp0 (a->model, b->model) == 0
         && a->state == b->state && a->reasons == b->reasons && a->accepting == b->accepting;
}

/* What has not changed is not told: who reads the page would hear it every few seconds. */
static gboolean
are_same_printers (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return a == b;
  for (guint i = 0; i < a->len; i++)
    if (!is_same_printer (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPrints) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *printers = jn_print_service_list_finish (JN_PRINT_SERVICE (source), result, &error);

  gboolean same = are_same_printers (printers, self->printers)
                  && (error != NULL) == (self->server_error != NULL);

  self->asking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (&self->server_error);
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  self->printers = printers;
  self->server_error = g_steal_pointer (&error);
  if (!same)
    g_signal_emit (self, printers_signal, 0);
}

static gboolean
ask_cb (gpointer user_data)
{
  JnPrints *self = user_data;

  if (self->asking)
    return G_SOURCE_CONTINUE;
  self->asking = TRUE;
  jn_print_service_list_async (self->service, self->cancellable, listed_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

void
jn_prints_watch (JnPrints *self, guint seconds)
{
  g_return_if_fail (JN_IS_PRINTS (self));
  g_clear_handle_id (&self->watch, g_source_remove);
  ask_cb (self);
  if (seconds > 0)
    self->watch = g_timeout_add_seconds (seconds, ask_cb, self);
}

gboolean
jn_prints_is_server_known (JnPrints *self)
{
  g_return_val_if_fail (JN_IS_PRINTS (self), FALSE);
  return self->printers != NULL || self->server_error != NULL;
}

const GError *
jn_prints_get_server_error (JnPrints *self)
{
  g_return_val_if_fail (JN_IS_PRINTS (self), NULL);
  return self->server_error;
}

GPtrArray *
jn_prints_get_printers (JnPrints *self)
{
  g_return_val_if_fail (JN_IS_PRINTS (self), NULL);
  return self->printers;
}

JnPrinterUse
jn_prints_get_use (JnPrints *self, const char *use)
{
  JnPrinterUse answer = { .use = use };

  g_return_val_if_fail (JN_IS_PRINTS (self), answer);
  answer.profile = jn_settings_get_printer (jn_session_get_settings (self->session), use);
  for (guint i = 0; answer.profile != NULL && self->printers != NULL && i < self->printers->len;
       i++)
    {
      JnPrinter *printer = self->printers->pdata[i];

      if (g_strcmp0 (printer->queue, answer.profile->queue) == 0)
        answer.printer = printer;
    }
  if (answer.profile != NULL && strstr (answer.profile->queue, "://") == NULL)
    answer.fit = jn_printer_compare (answer.printer, answer.profile);
  return answer;
}
