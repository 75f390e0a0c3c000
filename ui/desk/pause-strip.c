/* pause-strip.c: whether the counter is open, and the way to a pause and back. */
#include "ui/desk/pause-strip.h"

#include <glib/gi18n.h>

#include "ui/ask.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

struct _JnPauseStrip
{
  GtkBin parent;

  GtkWidget *words;
  GtkWidget *buttons;
  GtkWidget *closing;
  GtkWidget *slot;
  char *shown; /* the state that the buttons are for */

  JnSession *session;
  JnQueue *queue;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnPauseStrip, jn_pause_strip, GTK_TYPE_BIN)

static guint problem_signal, day_closes_signal;

static const char *const reasons[]
    = { "meal", "rest", "training", "paperwork", "no-service", "end-of-shift", NULL };

const char *
jn_pause_words (const char *state)
{
  if (g_strcmp0 (state, "break") == 0)
    return C_ ("counter", "break");
  if (g_strcmp0 (state, "back-office") == 0)
    return C_ ("counter", "back office");
  if (g_strcmp0 (state, "closed") == 0)
    return C_ ("counter", "closed");
  return C_ ("counter", "open");
}

static gboolean
is_open (JnPauseStrip *self)
{
  return g_strcmp0 (jn_session_get_counter_state (self->session), "open") == 0;
}

static gboolean
has_ticket (JnPauseStrip *self)
{
  return jn_queue_get_mine (self->queue) != NULL;
}

/* -- changing it -- */

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnPauseStrip) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jn_session_set_counter_state_finish (JN_SESSION (source), result, &error))
    jn_queue_refresh_async (self->queue, self->cancellable, NULL, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, problem_signal, 0, error);
}

static void
set_state (JnPauseStrip *self, const char *state, const char *reason, gboolean after)
{
  if (after)
    jn_session_set_counter_state_after_async (self->session, state, reason, self->cancellable,
                                              set_cb, g_object_ref (self));
  else
    jn_session_set_counter_state_async (self->session, state, reason, self->cancellable, set_cb,
                                        g_object_ref (self));
}

static void
open_counter (JnPauseStrip *self)
{
  set_state (self, "open", NULL, FALSE);
}

static void
answered_cb (JnAsk *ask, JnPauseStrip *self)
{
  GtkWidget *states = g_object_get_data (G_OBJECT (ask), "states");

  set_state (self, gtk_combo_box_get_active_id (GTK_COMBO_BOX (states)), jn_ask_get_reason (ask),
             has_ticket (self));
  jn_ask_clear (self->slot);
}

static void
ask_pause (JnPauseStrip *self)
{
  JnAsk *ask = jn_ask_new (has_ticket (self)
                           ? _("Pause after this visit")
                           : _("Pause"), has_ticket (self)
                                ? _("The visit goes on; when it is over, nobody is called here.")
                                : _("Nobody is called here until you open the counter again."));
  GtkWidget *states = jn_ask_add_list (ask, _("What the counter does"));

  jn_ask_add_row (states, "break", jn_pause_words ("break"));
  jn_ask_add_row (states, "back-office", jn_pause_words ("back-office"));
  jn_ask_add_row (states, "closed", jn_pause_words ("closed"));
  jn_ask_add_reasons (ask, reasons);
  g_object_set_data (G_OBJECT (ask), "states", states);
  g_signal_connect (ask, "answered", G_CALLBACK (answered_cb), self);
  jn_ask_put (ask, self->slot);
}

void
jn_pause_strip_toggle (JnPauseStrip *self)
{
  if (!is_open (self) || jn_queue_get_pause_after (self->queue) != NULL)
    open_counter (self);
  else
    ask_pause (self);
}

/* -- saying it -- */

static char *
describe (JnPauseStrip *self)
{
  const char *after = jn_queue_get_pause_after (self->queue);
  const char *state = jn_session_get_counter_state (self->session);

  if (after != NULL)
    return g_strdup_printf (_("The counter is open. After this visit: %s."),
                               jn_pause_words (after));
  if (is_open (self))
    return g_strdup (_("The counter is open."));
  if (g_strcmp0 (state, "break") == 0)
    return g_strdup (_("The counter has a break."));
  if (g_strcmp0 (state, "back-office") == 0)
    return g_strdup (_("You work in the back office."));
  return g_strdup (_("The counter is closed."));
}

static void
show_button (JnPauseStrip *self)
{
  gboolean pausing = is_open (self) && jn_queue_get_pause_after (self->queue) == NULL;
  const char *label = !pausing && is_open (self) ? _("Stay open")
                                                 : !pausing
      ? _("Open the counter")
      : has_ticket (self)
      ? _("Pause after this visit")
      : _("Pause");
  GtkWidget *button;

  if (g_strcmp0 (self->shown, label) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (label);
  jn_empty (self->buttons);
  button = jn_button_new (label, "F9", "act");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (jn_pause_strip_toggle), self);
  jn_pack (self->buttons, button);
}

static void
closing_cb (GtkButton *button, JnPauseStrip *self)
{
  g_signal_emit (self, day_closes_signal, 0);
}

void
jn_pause_strip_refresh (JnPauseStrip *self)
{
  g_autofree char *words = describe (self);
  gboolean closed = g_strcmp0 (jn_session_get_counter_state (self->session), "closed") == 0;

  jn_label_set (self->words, words);
  jn_set_class (self->words, "strong", !is_open (self));
  gtk_widget_set_visible (self->closing, closed);
  show_button (self);
}

/* -- the widget -- */

static void
jn_pause_strip_dispose (GObject *object)
{
  JnPauseStrip *self = JN_PAUSE_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->queue);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (jn_pause_strip_parent_class)->dispose (object);
}

static void
jn_pause_strip_class_init (JnPauseStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_pause_strip_dispose;
  problem_signal = g_signal_new ("problem", JN_TYPE_PAUSE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  day_closes_signal = g_signal_new ("day-closes", JN_TYPE_PAUSE_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
jn_pause_strip_init (JnPauseStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->cancellable = g_cancellable_new ();
  self->words = jn_text_new (NULL, NULL);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_box_pack_start (GTK_BOX (row), self->words, TRUE, TRUE, 0);
  gtk_widget_show (self->words);
  jn_pack_end (row, self->buttons);
  self->closing = jn_button_new (_("Close of day"), NULL, "act");
  gtk_widget_set_no_show_all (self->closing, TRUE);
  g_signal_connect (self->closing, "clicked", G_CALLBACK (closing_cb), self);
  gtk_box_pack_end (GTK_BOX (row), self->closing, FALSE, FALSE, 0);
  gtk_widget_show (row);
  gtk_container_add (GTK_CONTAINER (self), row);
  gtk_widget_show (GTK_WIDGET (self));
}

GtkWidget *
jn_pause_strip_new (JnSession *session, JnQueue *queue, GtkWidget *slot)
{
  JnPauseStrip *self = g_object_new (JN_TYPE_PAUSE_STRIP, NULL);

  self->session = g_object_ref (session);
  self->queue = g_object_ref (queue);
  self->slot = slot;
  g_signal_connect_swapped (session, "notify::counter-state", G_CALLBACK (jn_pause_strip_refresh),
                            self);
  g_signal_connect_swapped (queue, "changed", G_CALLBACK (jn_pause_strip_refresh), self);
  g_signal_connect_swapped (queue, "notify::mine", G_CALLBACK (jn_pause_strip_refresh), self);
  jn_pause_strip_refresh (self);
  return GTK_WIDGET (self);
}
