/* visit-services.c: the services of the visit at any of its steps: added, settled, dropped, taken back. */
#include "ui/desk/visit-services.h"

#include <glib/gi18n.h>

#include "ui/ask.h"
#include "ui/desk/undo-bar.h"
#include "ui/page.h"
#include "ui/service-picker.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define MOST_PIXELS 400 /* of the card: then it scrolls */

struct _JnVisitServices
{
  GtkBin parent;

  GtkWidget *undo;
  GtkWidget *card;
  GtkWidget *rows;
  GtkWidget *slot;
  GtkWidget *problem;
  GtkWidget *picker;
  GtkWidget *end;
  GtkWidget *before; /* (nullable) (weak): had the keyboard before it was opened */

  JnVisit *visit;
  JnQueue *queue;
  GSimpleActionGroup *actions;
  char *shown; /* what the rows say */
  gboolean busy;
};

G_DEFINE_TYPE (JnVisitServices, jn_visit_services, GTK_TYPE_BIN)

static guint go_signal;

static void refresh (JnVisitServices *self);

static void
go (JnVisitServices *self, JnPlace place)
{
  g_signal_emit (self, go_signal, 0, (int)place);
}

static void
say (JnVisitServices *self, const char *words)
{
  jn_label_set (self->problem, words);
  gtk_widget_set_visible (self->problem, words != NULL);
  if (words != NULL)
    jn_announce (self->problem);
}

static JnTicket *
ticket_of (JnVisitServices *self)
{
  return jn_visit_get_ticket (self->visit);
}

static gboolean
has_form (JnVisitServices *self)
{
  return g_list_model_get_n_items (jn_visit_get_applications (self->visit)) > 0;
}

/* -- steps -- */

typedef struct
{
  JnVisitServices *self;
  gboolean had_form;
} Step;

/* (transfer full): without the line only what is already here can be added. */
static char *
step_words (const GError *error)
{
  if (g_error_matches (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE)
      && g_strcmp0 (jn_backend_error_get_code (error), "form-not-here") != 0)
    return g_strdup (
        _("There is no connection, and the services of this visit cannot be changed "
                       "in this way until it is back. Go on with the forms: what is typed is kept. "
                       "Try again when the header says that you are connected."));
  return jn_words_error (error);
}

/* The last form went: there is nothing to fill in where the clerk is. */
static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Step *step = user_data;
  g_autoptr (JnVisitServices) self = step->self;
  g_autoptr (GError) error = NULL;
  gboolean done = jn_visit_service_finish (JN_VISIT (source), result, &error);
  g_autofree char *words = done ? NULL : step_words (error);

  self->busy = FALSE;
  if (self->visit != JN_VISIT (source))
    return;
  say (self, words);
  refresh (self);
  if (done && step->had_form && !has_form (self))
    go (self, JN_PLACE_EVENT);
  if (gtk_widget_get_visible (self->card))
    jn_service_picker_grab_search (JN_SERVICE_PICKER (self->picker));
}

static Step *
begin (JnVisitServices *self)
{
  Step *step = g_new (Step, 1);

  step->self = g_object_ref (self);
  step->had_form = has_form (self);
  self->busy = TRUE;
  jn_ask_clear (self->slot);
  say (self, NULL);
  return step;
}

static void
take (JnVisitServices *self, const char *service, JnServiceStep what, const char *reason)
{
  if (!self->busy)
    jn_visit_service_async (self->visit, service, what, reason, NULL, stepped_cb, begin (self));
}

/* -- the question why -- */

static void
answered_cb (JnAsk *ask, JnVisitServices *self)
{
  g_autofree char *service = g_strdup (g_object_get_data (G_OBJECT (ask), "service"));
  JnServiceStep what = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (ask), "step"));
  g_autofree char *reason = g_strdup (jn_ask_get_reason (ask));

  take (self, service, what, reason);
}

static void
ask_why (JnVisitServices *self, const char *service, JnServiceStep what)
{
  static const char *const settled[] = { "answered", "done-elsewhere", NULL };
  static const char *const dropped[] = { "not-wanted", "another-day", "chosen-wrongly", NULL };
  const char *name = jn_ticket_words_service (service, jn_visit_get_session (self->visit));
  gboolean done = what == JN_SERVICE_DONE;
  g_autofree char *question = g_strdup_printf (done ? _("Settled without an application: %s")
                                                    : _("Not wanted any more: %s"), name);
  JnAsk *ask = jn_ask_new (question, _("What was typed for it is kept."));

  jn_ask_add_reasons (ask, done ? settled : dropped);
  jn_ask_set_answer (ask, done ? _("Settled") : _("Remove"), FALSE);
  g_object_set_data_full (G_OBJECT (ask), "service", g_strdup (service), g_free);
  g_object_set_data (G_OBJECT (ask), "step", GINT_TO_POINTER (what));
  g_signal_connect (ask, "answered", G_CALLBACK (answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- the rows -- */

static void
row_clicked_cb (GtkButton *button, JnVisitServices *self)
{
  g_autofree char *service = g_strdup (g_object_get_data (G_OBJECT (button), "service"));
  JnServiceStep what = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step"));

  if (what == JN_SERVICE_ADD)
    take (self, service, what, NULL);
  else
    ask_why (self, service, what);
}

static void
add_button (JnVisitServices *self,
            GtkWidget *row,
            const char *label,
            const char *service,
            JnServiceStep what)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");
  const char *name = jn_ticket_words_service (service, jn_visit_get_session (self->visit));
  g_autofree char *full = g_strdup_printf ("%s: %s", label, name);

  jn_set_name (button, full);
  g_object_set_data_full (G_OBJECT (button), "service", g_strdup (service), g_free);
  g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER (what));
  g_signal_connect (button, "clicked", G_CALLBACK (row_clicked_cb), self);
  jn_pack (row, button);
}

static void
add_row (JnVisitServices *self, const char *service)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *label
      = jn_text_new (jn_ticket_words_service (service, jn_visit_get_session (self->visit)), NULL);
  gboolean done = g_strv_contains (jn_ticket_get_done (ticket_of (self)), service);
  gboolean elsewhere = g_strv_contains (jn_ticket_get_unserved (ticket_of (self)), service);
  GtkWidget *mark = NULL;

  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  gtk_widget_show (label);
  if (done)
    mark = jn_label_new (_("settled"), "tag good");
  else if (elsewhere)
    mark = jn_label_new (_("not here: the number waits on for it"), "tag soon");
  if (mark != NULL)
    gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  if (mark != NULL)
    jn_pack (row, mark);
  if (done)
    add_button (self, row, _("Take up again"), service, JN_SERVICE_ADD);
  else
    {
      add_button (self, row, _("Settled"), service, JN_SERVICE_DONE);
      add_button (self, row, _("Remove"), service, JN_SERVICE_DROP);
    }
  jn_pack (self->rows, row);
}

static char *
describe (JnTicket *ticket)
{
  g_autofree char *services = g_strjoinv (" ", (GStrv)jn_ticket_get_services (ticket));
  g_autofree char *done = g_strjoinv (" ", (GStrv)jn_ticket_get_done (ticket));
  g_autofree char *elsewhere = g_strjoinv (" ", (GStrv)jn_ticket_get_unserved (ticket));

  return g_strdup_printf ("%s/%s/%s", services, done, elsewhere);
}

static void
show_rows (JnVisitServices *self)
{
  g_autofree char *text = describe (ticket_of (self));

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  jn_empty (self->rows);
  for (const char *const *code = jn_ticket_get_services (ticket_of (self)); *code != NULL; code++)
    add_row (self, *code);
}

/* -- ending without an application -- */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnVisitServices) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  self->busy = FALSE;
  if (self->visit != JN_VISIT (source))
    return;
  if (jn_visit_finish_finish (JN_VISIT (source), result, &error))
    go (self, JN_PLACE_DESK);
  else
    {
      words = jn_words_error (error);
      say (self, words);
    }
}

static void
end_clicked_cb (GtkButton *button, JnVisitServices *self)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  jn_visit_finish_async (self->visit, "served", NULL, ended_cb, g_object_ref (self));
}

/* -- adding -- */

static void
chosen_cb (JnServicePicker *picker, JnVisitServices *self)
{
  g_autofree char *service = g_strdup (jn_service_picker_get_services (picker)[0]);

  if (service == NULL)
    return;
  jn_service_picker_note_use (picker);
  jn_service_picker_clear (picker);
  if (g_strv_contains (jn_ticket_get_services (ticket_of (self)), service)
      && !g_strv_contains (jn_ticket_get_done (ticket_of (self)), service))
    say (self, _("This service is among them already."));
  else
    take (self, service, JN_SERVICE_ADD, NULL);
}

/* -- taking back -- */

/* (nullable): the last step of this visit's ticket, where it was one of these */
static const char *
find_undo (JnVisitServices *self, gint64 *until)
{
  const char *step = NULL;
  JnTicket *ticket = jn_queue_get_undo (self->queue, &step, until);

  if (ticket == NULL || step == NULL || !g_str_has_prefix (step, "service-")
      || !g_str_equal (jn_ticket_get_id (ticket), jn_ticket_get_id (ticket_of (self))))
    return NULL;
  return step;
}

static void
show_undo (JnVisitServices *self)
{
  gint64 until = 0;
  const char *step = find_undo (self, &until);
  g_autofree char *words = step != NULL ? jn_ticket_words_step (ticket_of (self), step) : NULL;

  jn_undo_bar_set (JN_UNDO_BAR (self->undo), words, until,
                   jn_session_now (jn_visit_get_session (self->visit)));
}

static void
take_back (JnVisitServices *self)
{
  gint64 until = 0;
  const char *step = self->visit != NULL ? find_undo (self, &until) : NULL;

  if (step != NULL && !self->busy)
    jn_visit_undo_service_async (self->visit, step, NULL, stepped_cb, begin (self));
}

static void
refresh (JnVisitServices *self)
{
  if (self->visit == NULL)
    return;
  if (gtk_widget_get_visible (self->card))
    show_rows (self);
  gtk_widget_set_visible (self->end, jn_visit_get_n_chosen (self->visit) == 0 && !has_form (self));
  show_undo (self);
}

/* -- opening -- */

/* Where that is gone too, the window's keeper finds something on the page. */
static void
give_back (JnVisitServices *self)
{
  if (self->before != NULL && gtk_widget_get_mapped (self->before))
    gtk_widget_grab_focus (self->before);
  g_clear_weak_pointer (&self->before);
}

static void
toggle (JnVisitServices *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self)));
  gboolean open = self->visit != NULL && !gtk_widget_get_visible (self->card)
                  && jn_visit_get_receipt (self->visit) == NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (open)
    g_set_weak_pointer (&self->before, gtk_window_get_focus (window));
  gtk_widget_set_visible (self->card, open);
  jn_ask_clear (self->slot);
  say (self, NULL);
  if (!open)
    {
      give_back (self);
      return;
    }
  refresh (self);
  jn_service_picker_grab_search (JN_SERVICE_PICKER (self->picker));
}

static void
services_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  toggle (JN_VISIT_SERVICES (user_data));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  take_back (JN_VISIT_SERVICES (user_data));
}

static const GActionEntry actions[] = { { "services", services_cb }, { "undo", undo_cb } };

/* -- the widget -- */

static void
build (JnVisitServices *self)
{
  GtkWidget *box = jn_box_new (GTK_ORIENTATION_VERTICAL, 10, "visit-services");
  GtkWidget *card = jn_card_new (NULL);
  GtkWidget *scroller = jn_scroll_new (card);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *title = jn_text_new (_("Services: add, settle, remove"), "section");
  GtkWidget *close = jn_button_new (_("Close"), "⇧F8", "act");

  jn_set_role (title, ATK_ROLE_HEADING);
  self->undo = jn_undo_bar_new ();
  self->card = card;
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->problem = jn_text_new (NULL, "error");
  self->picker = jn_service_picker_new_search (
      jn_session_get_catalogue (jn_visit_get_session (self->visit)), _("Add a service"));
  self->end = jn_button_new (_("End the visit without an application"), NULL, "primary");
  jn_set_role (self->problem, ATK_ROLE_ALERT);
  jn_add_classes (self->card, "ask");
  gtk_widget_hide (self->card);
  gtk_box_pack_start (GTK_BOX (head), title, TRUE, TRUE, 0);
  gtk_widget_show (title);
  jn_pack (head, close);
  jn_pack (body, self->picker);
  jn_pack (body, self->rows);
  gtk_box_pack_start (GTK_BOX (body), self->end, FALSE, FALSE, 0);
  jn_pack (self->card, head);
  gtk_box_pack_start (GTK_BOX (self->card), self->problem, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->card), self->slot, FALSE, FALSE, 0);
  jn_pack (self->card, body);
  /* a question stands alone, so that the page below keeps its room */
  g_object_bind_property (self->slot, "visible", body, "visible",
                          G_BINDING_INVERT_BOOLEAN | G_BINDING_SYNC_CREATE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_PIXELS);
  g_object_bind_property (self->card, "visible", scroller, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_pack_start (GTK_BOX (box), self->undo, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), scroller, FALSE, FALSE, 0);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (toggle), self);
  g_signal_connect_swapped (self->undo, "undo", G_CALLBACK (take_back), self);
  g_signal_connect (self->picker, "changed", G_CALLBACK (chosen_cb), self);
  g_signal_connect (self->end, "clicked", G_CALLBACK (end_clicked_cb), self);
}

static void
forget (JnVisitServices *self)
{
  GtkWidget *child = gtk_bin_get_child (GTK_BIN (self));

  if (child != NULL)
    gtk_widget_destroy (child);
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->visit);
  g_clear_object (&self->queue);
  g_clear_weak_pointer (&self->before);
  g_clear_pointer (&self->shown, g_free);
  self->busy = FALSE;
}

void
jn_visit_services_set (JnVisitServices *self, JnVisit *visit, JnQueue *queue)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  forget (self);
  gtk_widget_insert_action_group (window, "visit",
                                  visit != NULL ? G_ACTION_GROUP (self->actions) : NULL);
  if (visit == NULL)
    return;
  self->visit = g_object_ref (visit);
  self->queue = g_object_ref (queue);
  build (self);
  g_signal_connect_swapped (visit, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (queue, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

static void
jn_visit_services_dispose (GObject *object)
{
  forget (JN_VISIT_SERVICES (object));
  g_clear_object (&JN_VISIT_SERVICES (object)->actions);
  G_OBJECT_CLASS (jn_visit_services_parent_class)->dispose (object);
}

static void
jn_visit_services_class_init (JnVisitServicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_visit_services_dispose;
  go_signal = g_signal_new ("go", JN_TYPE_VISIT_SERVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                            G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
jn_visit_services_init (JnVisitServices *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
}
