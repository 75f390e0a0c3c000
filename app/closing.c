/* closing.c: the end of a day at a counter or a branch: its report, and the papers that leave it. */
#include "app/closing.h"

#include "app/call.h"
#include "app/dict.h"
#include "app/papers/day-document.h"
#include "app/papers/handover-document.h"
#include "app/uuid.h"

/* A slip that is being drawn up. */
typedef struct
{
  JnCommand *command;
  JnPrints *prints;
  char *language;
} HandOver;

struct _JnClosing
{
  GObject parent_instance;
  JnSession *session;
  int counter;
  GVariant *report;  /* (nullable): the answer of day_report */
  GVariant *lines;   /* (nullable): of hand_overs */
  GPtrArray *piles;  /* of JnClosingPile */
  GPtrArray *unsure; /* of HandOver: their answers were lost, and they may be done */
};

static guint changed_signal;

G_DEFINE_TYPE (JnClosing, jn_closing, G_TYPE_OBJECT)

static void
pile_free (gpointer data)
{
  JnClosingPile *pile = data;

  g_free (pile->department);
  g_free (pile);
}

static void
clear_hand_over (gpointer data)
{
  HandOver *hand_over = data;

  jn_command_unref (hand_over->command);
  g_object_unref (hand_over->prints);
  g_free (hand_over->language);
}

static void
hand_over_unref (gpointer data)
{
  g_rc_box_release_full (data, clear_hand_over);
}

static void
jn_closing_dispose (GObject *object)
{
  JnClosing *self = JN_CLOSING (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_closing_parent_class)->dispose (object);
}

static void
jn_closing_finalize (GObject *object)
{
  JnClosing *self = JN_CLOSING (object);

  g_clear_pointer (&self->report, g_variant_unref);
  g_clear_pointer (&self->lines, g_variant_unref);
  g_ptr_array_unref (self->piles);
  g_ptr_array_unref (self->unsure);
  G_OBJECT_CLASS (jn_closing_parent_class)->finalize (object);
}

static void
jn_closing_class_init (JnClosingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_closing_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_closing_finalize;
  changed_signal = g_signal_new ("changed", JN_TYPE_CLOSING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
jn_closing_init (JnClosing *self)
{
  self->piles = g_ptr_array_new_with_free_func (pile_free);
  self->unsure = g_ptr_array_new_with_free_func (hand_over_unref);
}

JnClosing *
jn_closing_new (JnSession *session)
{
  JnClosing *self = g_object_new (JN_TYPE_CLOSING, NULL);

  self->session = g_object_ref (session);
  self->counter = jn_session_get_counter (session);
  return self;
}

int
jn_closing_get_counter (JnClosing *self)
{
  g_return_val_if_fail (JN_IS_CLOSING (self), 0);
  return self->counter;
}

gboolean
jn_closing_may_see_branch (JnClosing *self)
{
  g_return_val_if_fail (JN_IS_CLOSING (self), FALSE);
  return jn_session_has_role (self->session, "supervisor");
}

/* -- reading ------------------------------------------------------------------------------------------------ */

static GVariant *
make_scope (JnClosing *self)
{
  return self->counter > 0 ? jn_dict_new ("counter", "i", self->counter, NULL)
                           : jn_dict_new (NULL, NULL);
}

static JnClosingPile *
find_pile (JnClosing *self, const char *department)
{
  JnClosingPile *pile = NULL;

  for (guint i = 0; i < self->piles->len; i++)
    {
      pile = self->piles->pdata[i];
      if (g_strcmp0 (pile->department, department) == 0)
        return pile;
    }
  pile = g_new0 (JnClosingPile, 1);
  pile->department = g_strdup (department);
  g_ptr_array_add (self->piles, pile);
  return pile;
}

static void
pile_up (JnClosing *self)
{
  g_ptr_array_set_size (self->piles, 0);
  for (gsize i = 0; i < jn_list_length (self->lines); i++)
    {
      g_autoptr (GVariant) line = jn_list_dict (self->lines, i);
      JnClosingPile *pile = find_pile (self, jn_dict_string (line, "department"));

      pile->n_applications++;
      pile->n_papers += (guint)jn_dict_int (line, "papers", 0);
    }
}

void
jn_closing_set_counter (JnClosing *self, int counter)
{
  g_return_if_fail (JN_IS_CLOSING (self));
  if (self->counter == counter)
    return;
  self->counter = counter;
  g_clear_pointer (&self->report, g_variant_unref); /* no paper of the other one under this name */
  g_clear_pointer (&self->lines, g_variant_unref);
  pile_up (self);
}

/* What was asked of another counter does not stand under the name of this one. Returns: TRUE where it is so */
static gboolean
is_late (JnClosing *self, GTask *task)
{
  if (GPOINTER_TO_INT (g_task_get_task_data (task)) == self->counter)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "another counter is read");
  return TRUE;
}

static void find_lost (JnClosing *self, GVariant *slips);

static void
listed (GTask *task, GVariant *answer)
{
  JnClosing *self = g_task_get_source_object (task);
  g_autoptr (GVariant) slips = jn_dict_list (answer, "slips");

  if (is_late (self, task))
    return;
  g_clear_pointer (&self->lines, g_variant_unref);
  self->lines = jn_dict_list (answer, "lines");
  pile_up (self);
  find_lost (self, slips);
  g_signal_emit (self, changed_signal, 0);
  g_task_return_boolean (task, TRUE);
}

static void
reported (GTask *task, GVariant *answer)
{
  JnClosing *self = g_task_get_source_object (task);
  g_autoptr (JnQuery) query = NULL;

  if (is_late (self, task))
    return;
  g_clear_pointer (&self->report, g_variant_unref);
  self->report = g_variant_ref (answer);
  query = jn_query_new ("hand_overs", make_scope (self));
  jn_call_ask (jn_session_get_backend (self->session), query, g_object_ref (task), listed);
}

void
jn_closing_refresh_async (JnClosing *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (JnQuery) query = NULL;
  GTask *task;

  g_return_if_fail (JN_IS_CLOSING (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (task, GINT_TO_POINTER (self->counter), NULL);
  query = jn_query_new ("day_report", make_scope (self));
  jn_call_ask (jn_session_get_backend (self->session), query, task, reported);
}

gboolean
jn_closing_refresh_finish (JnClosing *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
jn_closing_is_known (JnClosing *self)
{
  g_return_val_if_fail (JN_IS_CLOSING (self), FALSE);
  return self->report != NULL;
}

GPtrArray *
jn_closing_get_piles (JnClosing *self)
{
  g_return_val_if_fail (JN_IS_CLOSING (self), NULL);
  return self->piles;
}

/* -- papers -------------------------------------------------------------------------------------------------- */

JnDocument *
jn_closing_make_report (JnClosing *self, const char *language)
{
  g_return_val_if_fail (JN_IS_CLOSING (self) && self->report != NULL, NULL);
  return jn_day_document_new (self->report, self->session, language,
                              jn_session_now (self->session));
}

/* The strings are borrowed from @rows, which are kept in @hold. */
static GArray *
read_lines (GVariant *rows, const char *department, GPtrArray *hold)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (JnHandoverLine));

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      GVariant *row = jn_list_dict (rows, i);
      const JnHandoverLine line = { jn_dict_string (row, "no"), jn_dict_string (row, "service"),
                                    (guint)jn_dict_int (row, "papers", 0) };

      g_ptr_array_add (hold, row);
      if (department == NULL || g_strcmp0 (jn_dict_string (row, "department"), department) == 0)
        g_array_append_val (lines, line);
    }
  return lines;
}

static JnDocument *
make_slip (JnClosing *self,
           GVariant *rows,
           const char *number,
           const char *department,
           const char *language)
{
  g_autoptr (GPtrArray) hold = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  g_autoptr (GArray) lines = read_lines (rows, department, hold);
  const JnHandover slip = { .language = language,
                            .number = number,
                            .department = department,
                            .from = jn_session_get_staff_name (self->session, language),
                            .time = jn_session_now (self->session),
                            .lines = (const JnHandoverLine *)(gpointer)lines->data,
                            .n_lines = lines->len };

  return jn_handover_document_new (&slip, self->session, 0);
}

JnDocument *
jn_closing_make_slip (JnClosing *self, const char *department, const char *language)
{
  g_return_val_if_fail (JN_IS_CLOSING (self) && self->lines != NULL, NULL);
  return make_slip (self, self->lines, NULL, department, language);
}

/* -- printing ------------------------------------------------------------------------------------------------ */

const char *
jn_closing_find_use (JnClosing *self)
{
  static const char *const uses[] = { "report", "form", "receipt" };
  JnSettings *settings;

  g_return_val_if_fail (JN_IS_CLOSING (self), NULL);
  settings = jn_session_get_settings (self->session);
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    if (jn_settings_get_printer (settings, uses[i]) != NULL)
      return uses[i];
  return uses[0];
}

JnPrint *
jn_closing_print_report (JnClosing *self, JnPrints *prints, const char *language)
{
  const char *day = jn_dict_string (self->report, "day");
  g_autofree char *title
      = self->counter > 0 ? g_strdup_printf ("%s · %d", day, self->counter) : g_strdup (day);
  const JnPrintOrder order = { "report", NULL, title, NULL, FALSE };
  g_autoptr (JnDocument) report = jn_closing_make_report (self, language);

  return jn_prints_print (prints, report, &order, jn_closing_find_use (self));
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!jn_closing_refresh_finish (JN_CLOSING (source), result, &error))
    g_message ("The close of the day was not read again: %s", error->message);
}

/* Numbered and written down first, printed after. */
static void
print_slip (JnClosing *self, const HandOver *hand_over, GVariant *answer)
{
  g_autoptr (GVariant) rows = jn_dict_list (answer, "lines");
  const char *number = jn_dict_string (answer, "no");
  const JnPrintOrder order = { "hand-over", jn_dict_string (answer, "id"), number, NULL, FALSE };
  g_autoptr (JnDocument) slip = make_slip (
      self, rows, number, jn_dict_string (answer, "department"), hand_over->language);

  jn_prints_print (hand_over->prints, slip, &order, jn_closing_find_use (self));
  jn_closing_refresh_async (self, NULL, refreshed_cb, NULL);
}

static void
drawn_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JnClosing *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = jn_backend_run_finish (JN_BACKEND (source), result, &error);

  if (answer != NULL)
    {
      print_slip (self, g_task_get_task_data (task), answer);
      g_task_return_pointer (task, g_strdup (jn_dict_string (answer, "no")), g_free);
      return;
    }
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN))
    g_ptr_array_add (self->unsure, g_rc_box_acquire (g_task_get_task_data (task)));
  g_task_return_error (task, error);
}

/* Takes both. */
static void
send (GTask *task, HandOver *hand_over)
{
  JnClosing *self = g_task_get_source_object (task);

  g_task_set_task_data (task, hand_over, hand_over_unref);
  jn_backend_run_async (jn_session_get_backend (self->session), hand_over->command, NULL,
                        drawn_up_cb, task);
}

/* Lost once, asked for again by nobody: its number is known, so the next failure is only told. */
static void
found_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = jn_closing_hand_over_finish (JN_CLOSING (source), result, &error);

  if (number == NULL)
    g_message ("A hand-over slip was not found again: %s", error->message);
}

static gboolean
is_among (GVariant *slips, const HandOver *hand_over)
{
  const char *id = jn_dict_string (jn_command_get_args (hand_over->command), "id");

  for (gsize i = 0; i < jn_list_length (slips); i++)
    {
      g_autoptr (GVariant) slip = jn_list_dict (slips, i);

      if (g_strcmp0 (jn_dict_string (slip, "id"), id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What lies here is read anew: a slip whose answer was lost and that was drawn up all the same is printed now, for
 * nothing would lead to it any more. */
static void
find_lost (JnClosing *self, GVariant *slips)
{
  for (guint i = self->unsure->len; i > 0; i--)
    if (is_among (slips, self->unsure->pdata[i - 1]))
      send (g_task_new (self, NULL, found_again_cb, NULL),
            g_ptr_array_steal_index (self->unsure, i - 1));
}

/* (transfer full) */
static JnCommand *
make_command (JnClosing *self, const char *department)
{
  g_autofree char *id = jn_uuid_new ();
  GVariantDict args;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", id);
  if (department != NULL)
    g_variant_dict_insert (&args, "department", "s", department);
  if (self->counter > 0)
    g_variant_dict_insert (&args, "counter", "x", (gint64)self->counter);
  return jn_command_new ("hand_over", g_variant_dict_end (&args));
}

/* (transfer full) (nullable): the same slip, whose answer was lost: under its key it is not drawn up twice */
static HandOver *
take_unsure (JnClosing *self, const char *department)
{
  for (guint i = 0; i < self->unsure->len; i++)
    {
      HandOver *hand_over = self->unsure->pdata[i];
      GVariant *args = jn_command_get_args (hand_over->command);

      if (g_strcmp0 (jn_dict_string (args, "department"), department) == 0
          && jn_dict_int (args, "counter", 0) == self->counter)
        return g_ptr_array_steal_index (self->unsure, i);
    }
  return NULL;
}

void
jn_closing_hand_over_async (JnClosing *self,
                            JnPrints *prints,
                            const char *department,
                            const char *language,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  HandOver *hand_over;

  g_return_if_fail (JN_IS_CLOSING (self));
  hand_over = take_unsure (self, department);
  if (hand_over == NULL)
    {
      hand_over = g_rc_box_new0 (HandOver);
      hand_over->command = make_command (self, department);
      hand_over->prints = g_object_ref (prints);
      hand_over->language = g_strdup (language);
    }
  send (g_task_new (self, cancellable, callback, user_data), hand_over);
}

char *
jn_closing_hand_over_finish (JnClosing *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
