/* desk-page.c: the next ticket with the reason why it is next, the line behind it, and the day. */
#include "ui/desk-page.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/ask.h"
#include "ui/desk/desk-lists.h"
#include "ui/desk/desk-steps.h"
#include "ui/desk/pause-strip.h"
#include "ui/desk/undo-bar.h"
#include "ui/language.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define SHOWN_TICKETS 12
#define WAITS_EVERY_SECONDS 20

struct _JnDeskPage
{
  JnPage parent;

  GtkWidget *caption;
  GtkWidget *number;
  GtkWidget *what;
  GtkWidget *why;
  GtkWidget *buttons;
  GtkWidget *more_buttons;
  GtkWidget *count;
  GtkWidget *notices;
  GtkWidget *groups;
  GtkWidget *held_card;
  GtkWidget *held_heading;
  GtkWidget *held;
  GtkWidget *waiting_heading;
  GtkWidget *waiting;
  GtkWidget *empty;
  GtkWidget *more;
  GtkWidget *day_heading;
  GtkWidget *day;

  GtkWidget *emergency;
  GtkWidget *split;
  GtkWidget *undo;
  GtkWidget *slot;
  GtkWidget *pauses;
  GtkWidget *first_button;
  GtkWidget *first_call;

  JnSession *session;
  JnQueue *queue;
  JnDeskSteps *steps;
  GCancellable *cancellable;
  guint timer;
  gboolean gives_focus_back;
  gboolean owes_focus;    /* the big button could not take the keyboard: nobody was waiting */
  GtkWidget *owing_focus; /* (nullable) (not owned): who had it then; only compared */
};

G_DEFINE_TYPE (JnDeskPage, jn_desk_page, JN_TYPE_PAGE)

/* -- the hero: who is next, or who is here -- */

static void
add_button (JnDeskPage *self,
            const char *label,
            const char *key,
            gboolean primary,
            void (*clicked) (JnDeskSteps *))
{
  GtkWidget *button = jn_button_new (label, key, primary ? "primary" : "act");
  GtkWidget *child;

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self->steps);
  if (primary)
    {
      self->first_button = button;
      jn_pack (self->buttons, button);
      return;
    }
  child = gtk_flow_box_child_new ();
  gtk_widget_set_can_focus (child, FALSE);
  gtk_container_add (GTK_CONTAINER (child), button);
  gtk_container_add (GTK_CONTAINER (self->more_buttons), child);
  gtk_widget_show_all (child);
}

/* One alone is as wide as the big one above. */
static void
set_columns (JnDeskPage *self)
{
  gboolean several = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->more_buttons), 1) != NULL;

  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->more_buttons), several ? 2 : 1);
}

static void
show_ticket (JnDeskPage *self, const char *caption, JnTicket *ticket)
{
  g_autofree char *subject = jn_ticket_words_subject (ticket, self->session);
  g_autofree char *reason = jn_ticket_words_reason (ticket, self->session);
  const char *note = jn_ticket_get_note (ticket);
  g_autofree char *more = jn_ticket_words_more (ticket);
  g_autofree char *why = g_strconcat (reason, *more != '\0' ? "\n" : "", more,
                                      *note != '\0' ? "\n" : "", note, NULL);

  jn_label_set (self->caption, caption);
  jn_label_set (self->number, jn_ticket_get_number (ticket));
  jn_label_set (self->what, subject);
  gtk_widget_show (self->what);
  jn_label_set (self->why, why);
}

/* Its clerk sits here now: the ticket comes along, or somebody else goes on with it. */
static void
show_left_behind (JnDeskPage *self, JnTicket *mine)
{
  g_autofree char *caption
      = g_strdup_printf (_("Left at counter %d"), jn_ticket_get_counter (mine));

  show_ticket (self, caption, mine);
  jn_label_set (self->why,
                _("You sat there before. Take it along to this counter, or give it back "
                                "to the line: its place and what was typed are kept."));
  add_button (self, _("Take it along"), "Ctrl ↵", TRUE, jn_desk_steps_arrive);
  add_button (self, _("Back to the line"), "F7", FALSE, jn_desk_steps_return);
}

static void
show_mine (JnDeskPage *self, JnTicket *mine)
{
  if (jn_queue_is_left_behind (self->queue))
    {
      show_left_behind (self, mine);
      return;
    }
  switch (jn_ticket_get_state (mine))
    {
    case JN_TICKET_CALLED:
      show_ticket (self, _("Called to your counter"), mine);
      add_button (self, _("The person is here"), "Ctrl ↵", TRUE, jn_desk_steps_arrive);
      add_button (self, _("Call again"), "F3", FALSE, jn_desk_steps_recall);
      add_button (self, _("Did not come"), "F5", FALSE, jn_desk_steps_no_show);
      add_button (self, _("Transfer"), "F6", FALSE, jn_desk_steps_transfer);
      add_button (self, _("Back to the line"), "F7", FALSE, jn_desk_steps_return);
      break;
    case JN_TICKET_SERVING:
      show_ticket (self, _("At your desk"), mine);
      add_button (self, _("Continue the visit"), "Ctrl ↵", TRUE, jn_desk_steps_arrive);
      add_button (self, _("Put on hold"), "F4", FALSE, jn_desk_steps_hold);
      add_button (self, _("Transfer"), "F6", FALSE, jn_desk_steps_transfer);
      add_button (self, _("Comes back today"), "⇧F6", FALSE, jn_desk_steps_send);
      add_button (self, _("The person left"), "⇧F5", FALSE, jn_desk_steps_leave);
      break;
    case JN_TICKET_HELD:
      show_ticket (self, _("On hold"), mine);
      add_button (self, _("Take it up again"), "Ctrl ↵", TRUE, jn_desk_steps_arrive);
      break;
    case JN_TICKET_WAITING:
    case JN_TICKET_DONE:
    case JN_TICKET_EXPECTED:
      break;
    }
}

static void
show_nobody (JnDeskPage *self)
{
  gtk_widget_set_sensitive (self->first_button, FALSE);
  jn_label_set (self->caption, _("Next for this counter"));
  jn_label_set (self->number, _("Nobody is waiting"));
  gtk_widget_hide (self->what);
  jn_label_set (self->why, _("A new ticket appears here by itself."));
}

static void
show_next (JnDeskPage *self)
{
  JnTicket *next = jn_queue_get_next (self->queue);

  add_button (self, _("Call next"), "F2", TRUE, jn_desk_steps_call_next);
  add_button (self, _("Phone or mail"), "⇧F2", FALSE, jn_desk_steps_open_work);
  if (next == NULL)
    show_nobody (self);
  else
    show_ticket (self, _("Next for this counter"), next);
}

static void
show_hero (JnDeskPage *self)
{
  JnTicket *mine = jn_queue_get_mine (self->queue);

  self->first_button = NULL;
  jn_empty (self->buttons);
  jn_empty (self->more_buttons);
  if (mine != NULL)
    show_mine (self, mine);
  else
    show_next (self);
  set_columns (self);
  gtk_widget_set_sensitive (self->buttons, !jn_desk_steps_is_busy (self->steps));
  gtk_widget_set_sensitive (self->more_buttons, !jn_desk_steps_is_busy (self->steps));
}

static GtkWidget *
find_focus (JnDeskPage *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  return GTK_IS_WINDOW (window) ? gtk_window_get_focus (GTK_WINDOW (window)) : NULL;
}

/* The big button gets the keyboard; where it cannot yet, as soon as it can and nobody took it elsewhere. */
static void
focus_hero (JnDeskPage *self)
{
  self->owes_focus = self->first_button == NULL || !gtk_widget_is_sensitive (self->first_button);
  if (!self->owes_focus)
    gtk_widget_grab_focus (self->first_button);
  self->owing_focus = find_focus (self);
}

static gboolean
pays_focus (JnDeskPage *self)
{
  return self->owes_focus && find_focus (self) == self->owing_focus
         && gtk_widget_get_mapped (GTK_WIDGET (self));
}

/* -- what stands between -- */

/* A ticket that this counter serves in part only: the clerk is told, and tells the citizen. */
static void
show_split (JnDeskPage *self)
{
  JnTicket *ticket = jn_queue_get_mine (self->queue);
  g_autofree char *rest = NULL;
  g_autofree char *words = NULL;

  if (ticket == NULL)
    ticket = jn_queue_get_next (self->queue);
  gtk_widget_set_visible (self->split, ticket != NULL && !jn_ticket_is_whole (ticket));
  if (ticket == NULL || jn_ticket_is_whole (ticket))
    return;
  rest = jn_ticket_words_services (jn_ticket_get_unserved (ticket), self->session);
  words
      = g_strdup_printf (_("No open counter serves all of %s. Not here: %s. Tell the person: the "
                                "same number waits on for it after this visit, at its old time."),
                            jn_ticket_get_number (ticket), rest);
  jn_label_set (self->split, words);
}

static void
show_undo (JnDeskPage *self)
{
  const char *step = NULL;
  gint64 until = 0;
  JnTicket *ticket = jn_queue_get_undo (self->queue, &step, &until);
  g_autofree char *words = ticket != NULL ? jn_ticket_words_step (ticket, step) : NULL;

  jn_undo_bar_set (JN_UNDO_BAR (self->undo), words, until, jn_session_now (self->session));
}

static void
show_count (JnDeskPage *self)
{
  guint count = jn_queue_get_count (self->queue);
  g_autofree char *words
      = g_strdup_printf (ngettext ("%u person waits for services you handle",
                                   "%u people wait for services you handle", count),
                         count);

  jn_label_set (self->count, words);
  gtk_widget_set_visible (self->count, count > 0); /* it is said beside it already */
}

/* -- the lists -- */

static void
call_chosen (gpointer owner, JnTicket *ticket)
{
  jn_desk_steps_call (JN_DESK_PAGE (owner)->steps, ticket);
}

static void
resume_chosen (gpointer owner, JnTicket *ticket)
{
  jn_desk_steps_resume (JN_DESK_PAGE (owner)->steps, ticket);
}

/* The row whose button had the keyboard gets it back after the list was made again. */
static char *
focused_ticket (JnDeskPage *self)
{
  GtkWidget *focus = find_focus (self);

  return focus != NULL ? g_strdup (g_object_get_data (G_OBJECT (focus), "ticket")) : NULL;
}

static void
focus_ticket_cb (GtkWidget *widget, gpointer user_data)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), "ticket"), user_data) == 0)
    gtk_widget_grab_focus (widget);
}

static void
show_line (JnDeskPage *self)
{
  GListModel *waiting = jn_queue_get_waiting (self->queue);
  guint n = g_list_model_get_n_items (waiting);
  guint shown = MIN (n, SHOWN_TICKETS);
  guint count = MAX (jn_queue_get_count (self->queue), n);
  g_autofree char *more
      = g_strdup_printf (ngettext ("and %u more", "and %u more", count - shown), count - shown);
  g_autofree char *focused = focused_ticket (self);

  self->first_call = jn_desk_lists_show_tickets (self->waiting, self->session, waiting,
                                                 SHOWN_TICKETS, _("Call"), call_chosen, self);
  gtk_widget_set_visible (self->empty, n == 0);
  jn_label_set (self->more, more);
  gtk_widget_set_visible (self->more, count > shown);
  if (focused != NULL)
    gtk_container_foreach (GTK_CONTAINER (self->waiting), focus_ticket_cb, focused);
}

static void
show_held (JnDeskPage *self)
{
  GListModel *held = jn_queue_get_held (self->queue);

  gtk_widget_set_visible (self->held_card, g_list_model_get_n_items (held) > 0);
  jn_desk_lists_show_tickets (self->held, self->session, held, SHOWN_TICKETS,
                              _("Take it up again"), resume_chosen, self);
}

static gboolean
hero_has_focus (JnDeskPage *self)
{
  return gtk_container_get_focus_child (GTK_CONTAINER (self->buttons)) != NULL
         || gtk_container_get_focus_child (GTK_CONTAINER (self->more_buttons)) != NULL;
}

static void
refresh (JnDeskPage *self)
{
  gboolean had_focus = hero_has_focus (self) || pays_focus (self);

  show_hero (self);
  show_count (self);
  gtk_widget_set_visible (self->emergency, jn_queue_is_emergency (self->queue));
  show_split (self);
  show_undo (self);
  jn_desk_lists_show_groups (self->groups, self->queue);
  show_held (self);
  show_line (self);
  jn_desk_lists_show_day (self->day, self->queue);
  if (had_focus)
    focus_hero (self);
}

/* What is insensitive loses the keyboard: it comes back to the big button. */
static void
on_busy_changed_cb (JnDeskSteps *steps, GParamSpec *spec, JnDeskPage *self)
{
  gboolean busy = jn_desk_steps_is_busy (steps);

  if (busy)
    self->gives_focus_back = hero_has_focus (self);
  gtk_widget_set_sensitive (self->buttons, !busy);
  gtk_widget_set_sensitive (self->more_buttons, !busy);
  if (!busy && self->gives_focus_back)
    focus_hero (self);
}

static gboolean
waits_cb (gpointer user_data)
{
  JnDeskPage *self = JN_DESK_PAGE (user_data);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  return G_SOURCE_CONTINUE;
}

/* -- keys -- */

#define STEP_ACTION(name)                                                                          \
  static void name##_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)           \
  {                                                                                                \
    jn_desk_steps_##name (JN_DESK_PAGE (user_data)->steps);                                        \
  }

STEP_ACTION (call_next)
STEP_ACTION (recall)
STEP_ACTION (no_show)
STEP_ACTION (return )
STEP_ACTION (hold)
STEP_ACTION (transfer)
STEP_ACTION (send)
STEP_ACTION (leave)
STEP_ACTION (open_work)
STEP_ACTION (undo)

static void
pause_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_pause_strip_toggle (JN_PAUSE_STRIP (JN_DESK_PAGE (user_data)->pauses));
}

/* To the list, where arrows and Enter choose. */
static void
choose_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnDeskPage *self = JN_DESK_PAGE (user_data);

  if (self->first_call != NULL)
    gtk_widget_grab_focus (self->first_call);
}

static const GActionEntry actions[] = {
  { "call", call_next_cb }, { "recall", recall_cb }, { "no-show", no_show_cb },
  { "return", return_cb },  { "hold", hold_cb },     { "transfer", transfer_cb },
  { "send", send_cb },      { "leave", leave_cb },   { "open-work", open_work_cb },
  { "undo", undo_cb },      { "pause", pause_cb },   { "choose", choose_cb },
};

/* -- the page -- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_queue_refresh_finish (JN_QUEUE (source), result, &error))
    jn_page_say_error (JN_PAGE (self), error);
}

static void
on_day_closes_cb (GtkWidget *strip, JnDeskPage *self)
{
  jn_page_go (JN_PAGE (self), JN_PLACE_CLOSING);
}

static void
on_pause_problem_cb (GtkWidget *strip, const GError *error, JnDeskPage *self)
{
  jn_page_say_error (JN_PAGE (self), error);
}

static void
jn_desk_page_shown (JnPage *page)
{
  JnDeskPage *self = JN_DESK_PAGE (page);

  jn_queue_refresh_async (self->queue, self->cancellable, read_cb, g_object_ref (self));
  refresh (self);
  focus_hero (self);
}

/* Ctrl+Enter: what the big button does, but never a call: that has its own key. */
static void
jn_desk_page_next (JnPage *page)
{
  jn_desk_steps_arrive (JN_DESK_PAGE (page)->steps);
}

/* Answered or left: its widgets are gone, and the keyboard with them. */
static void
on_slot_hidden_cb (GtkWidget *slot, JnDeskPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && find_focus (self) == NULL)
    focus_hero (self);
}

/* Alt+Left leaves a question unanswered. */
static gboolean
jn_desk_page_back (JnPage *page)
{
  JnDeskPage *self = JN_DESK_PAGE (page);

  if (!jn_ask_is_open (self->slot))
    return FALSE;
  jn_ask_clear (self->slot);
  focus_hero (self);
  return TRUE;
}

static void
jn_desk_page_dispose (GObject *object)
{
  JnDeskPage *self = JN_DESK_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->slot != NULL)
    g_signal_handlers_disconnect_by_data (self->slot, self);
  self->slot = NULL;
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->steps != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->steps, self);
      g_object_run_dispose (G_OBJECT (self->steps));
    }
  g_clear_object (&self->steps);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->queue);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_desk_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/example/janela/desk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, caption);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, number);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, what);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, why);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, more_buttons);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, count);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, notices);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, groups);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, held_card);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, held_heading);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, held);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, waiting_heading);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, empty);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, more);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, day_heading);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, day);
}

static void
jn_desk_page_class_init (JnDeskPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_desk_page_dispose;
  page_class->shown = jn_desk_page_shown;
  page_class->next = jn_desk_page_next;
  page_class->back = jn_desk_page_back;
  bind_children (GTK_WIDGET_CLASS (klass));
}

static void
jn_desk_page_init (JnDeskPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->emergency
      = jn_text_new (_("Emergency: leave the building. Drafts and places in the line are "
                                      "kept."),
                        "notice late");
  jn_set_role (self->emergency, ATK_ROLE_ALERT);
  gtk_box_pack_start (GTK_BOX (self->notices), self->emergency, FALSE, FALSE, 0);
  self->split = jn_text_new (NULL, "notice soon");
  self->undo = jn_undo_bar_new ();
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_pack_start (GTK_BOX (self->notices), self->split, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->notices), self->undo, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->notices), self->slot, FALSE, FALSE, 0);
  g_signal_connect (self->slot, "hide", G_CALLBACK (on_slot_hidden_cb), self);
  jn_set_role (self->waiting_heading, ATK_ROLE_HEADING);
  jn_set_role (self->held_heading, ATK_ROLE_HEADING);
  jn_set_role (self->day_heading, ATK_ROLE_HEADING);
  jn_set_name (self->groups, _("Groups of services"));
  jn_page_add_actions (JN_PAGE (self), actions, G_N_ELEMENTS (actions));
}

GtkWidget *
jn_desk_page_new (JnSession *session, JnQueue *queue)
{
  JnDeskPage *self = g_object_new (JN_TYPE_DESK_PAGE, NULL);

  self->session = g_object_ref (session);
  self->queue = g_object_ref (queue);
  self->steps = jn_desk_steps_new (JN_PAGE (self), session, queue, self->slot);
  self->pauses = jn_pause_strip_new (session, queue, self->slot);
  jn_pack (self->notices, self->pauses);
  g_signal_connect (self->pauses, "problem", G_CALLBACK (on_pause_problem_cb), self);
  g_signal_connect (self->pauses, "day-closes", G_CALLBACK (on_day_closes_cb), self);
  g_signal_connect_swapped (self->undo, "undo", G_CALLBACK (jn_desk_steps_undo), self->steps);
  g_signal_connect (self->steps, "notify::busy", G_CALLBACK (on_busy_changed_cb), self);
  g_signal_connect_swapped (queue, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (queue, "notify", G_CALLBACK (refresh), self);
  self->timer = g_timeout_add_seconds (WAITS_EVERY_SECONDS, waits_cb, self);
  refresh (self);
  return GTK_WIDGET (self);
}
