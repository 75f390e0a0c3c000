/* desk-page.c: the next ticket with the reason why it is next, the line behind it, and the day. */
#include "ui/desk-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/catalogue.h"
#include "app/text.h"
#include "ui/language.h"
#include "ui/widgets.h"
#include "ui/words.h"

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
  GtkWidget *count;
  GtkWidget *counter;
  GtkWidget *counter_buttons;
  GtkWidget *groups;
  GtkWidget *waiting_heading;
  GtkWidget *waiting;
  GtkWidget *more;
  GtkWidget *day_heading;
  GtkWidget *day;
  GtkWidget *first_button;

  JnSession *session;
  JnQueue *queue;
  GCancellable *cancellable;
  guint timer;
  gboolean busy;
};

G_DEFINE_TYPE (JnDeskPage, jn_desk_page, JN_TYPE_PAGE)

static void refresh (JnDeskPage *self);

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- a ticket in words -- */

static char *
ticket_subject (JnDeskPage *self, JnTicket *ticket)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (self->session);
  const char *code = jn_ticket_get_event (ticket);
  const JnEventEntry *event = code != NULL ? jn_catalogue_get_event (catalogue, code) : NULL;
  const char *const *services = jn_ticket_get_services (ticket);
  guint n = g_strv_length ((char **)services);
  const JnServiceEntry *first = n > 0 ? jn_catalogue_get_service (catalogue, services[0]) : NULL;
  const char *name = event != NULL   ? jn_event_entry_get_name (event, tag ())
                     : first != NULL ? jn_service_entry_get_name (first, tag ())
                                     : _("To be asked at the desk");

  if (n < 2)
    return g_strdup (name);
  return g_strdup_printf (ngettext ("%s · %u service", "%s · %u services", n), name, n);
}

/* Why this one is next: the due time, and what moved it. */
static char *
ticket_reason (JnDeskPage *self, JnTicket *ticket)
{
  GTimeZone *zone = jn_session_get_zone (self->session);
  g_autofree char *due = jn_text_format_clock (jn_ticket_get_due (ticket), zone);
  g_autofree char *wait = jn_text_format_duration (
      tag (), jn_ticket_get_waited (ticket, jn_session_now (self->session)));
  int credit = jn_ticket_get_credit_minutes (ticket);
  g_autofree char *booked = NULL;

  if (jn_ticket_get_booked (ticket) > 0)
    {
      booked = jn_text_format_clock (jn_ticket_get_booked (ticket), zone);
      return g_strdup_printf (_("due %s · appointment %s · waiting %s"), due, booked, wait);
    }
  if (credit > 0)
    return g_strdup_printf (_("due %s · %s, %d min earlier · waiting %s"), due,
                               jn_words_priority (jn_ticket_get_priority (ticket)), credit, wait);
  return g_strdup_printf (_("due %s: the earliest of the line · waiting %s"), due, wait);
}

/* -- the hero: who is next, or who is here -- */

static void
say_error (JnDeskPage *self, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = jn_words_error (error);
  jn_page_say (JN_PAGE (self), words);
}

static void
set_busy (JnDeskPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->buttons, !busy);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_queue_call_next_finish (JN_QUEUE (source), result, &error);

  set_busy (self, FALSE);
  if (error != NULL)
    say_error (self, error);
  else if (ticket == NULL)
    jn_page_say (JN_PAGE (self), _("Nobody is waiting whom this counter can serve."));
  else
    jn_page_say (JN_PAGE (self), NULL);
}

static void
call_next (JnDeskPage *self)
{
  if (self->busy || jn_queue_get_mine (self->queue) != NULL)
    return;
  set_busy (self, TRUE);
  jn_queue_call_next_async (self->queue, self->cancellable, called_cb, g_object_ref (self));
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_queue_step_finish (JN_QUEUE (source), result, &error);

  set_busy (self, FALSE);
  if (error != NULL)
    say_error (self, error);
  else
    jn_page_say (JN_PAGE (self), NULL);
}

static void
step (JnDeskPage *self, JnQueueStep what, const char *reason)
{
  if (self->busy || jn_queue_get_mine (self->queue) == NULL)
    return;
  set_busy (self, TRUE);
  jn_queue_step_async (self->queue, what, reason, self->cancellable, stepped_cb,
                       g_object_ref (self));
}

static void
recall (JnDeskPage *self)
{
  step (self, JN_QUEUE_RECALL, NULL);
}

static void
arrived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnVisit) visit = jn_queue_arrive_finish (JN_QUEUE (source), result, &error);

  set_busy (self, FALSE);
  if (error != NULL)
    say_error (self, error);
  else
    jn_page_begin_visit (JN_PAGE (self), visit);
}

static void
arrive (JnDeskPage *self)
{
  if (self->busy || jn_queue_get_mine (self->queue) == NULL)
    return;
  set_busy (self, TRUE);
  jn_queue_arrive_async (self->queue, self->cancellable, arrived_cb, g_object_ref (self));
}

static void
no_show (JnDeskPage *self)
{
  step (self, JN_QUEUE_NO_SHOW, "did not come to the counter");
}

static void
resume (JnDeskPage *self)
{
  step (self, JN_QUEUE_RESUME, NULL);
}

static void
add_button (JnDeskPage *self,
            const char *label,
            const char *key,
            const char *classes,
            void (*clicked) (JnDeskPage *))
{
  GtkWidget *button = jn_button_new (label, key, classes);

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self);
  if (self->first_button == NULL)
    self->first_button = button;
  jn_pack (self->buttons, button);
}

static void
show_ticket (JnDeskPage *self, const char *caption, JnTicket *ticket)
{
  g_autofree char *subject = ticket_subject (self, ticket);
  g_autofree char *reason = ticket_reason (self, ticket);

  gtk_label_set_text (GTK_LABEL (self->caption), caption);
  gtk_label_set_text (GTK_LABEL (self->number), jn_ticket_get_number (ticket));
  gtk_label_set_text (GTK_LABEL (self->what), subject);
  gtk_widget_show (self->what);
  gtk_label_set_text (GTK_LABEL (self->why), reason);
}

static void
show_mine (JnDeskPage *self, JnTicket *mine)
{
  switch (jn_ticket_get_state (mine))
    {
    case JN_TICKET_CALLED:
      show_ticket (self, _("Called to your counter"), mine);
      add_button (self, _("The person is here"), "Ctrl ↵", "primary", arrive);
      add_button (self, _("Call again"), "F3", "act", recall);
      add_button (self, _("Did not come"), NULL, "act", no_show);
      break;
    case JN_TICKET_SERVING:
      show_ticket (self, _("At your desk"), mine);
      add_button (self, _("Continue the visit"), "Ctrl ↵", "primary", arrive);
      break;
    case JN_TICKET_HELD:
      show_ticket (self, _("On hold"), mine);
      add_button (self, _("Take it up again"), "Ctrl ↵", "primary", resume);
      break;
    case JN_TICKET_EXPECTED:
    case JN_TICKET_WAITING:
    case JN_TICKET_DONE:
      break;
    }
}

static void
show_hero (JnDeskPage *self)
{
  JnTicket *mine = jn_queue_get_mine (self->queue);
  JnTicket *next = jn_queue_get_next (self->queue);

  self->first_button = NULL;
  jn_empty (self->buttons);
  if (mine != NULL)
    {
      show_mine (self, mine);
      return;
    }
  add_button (self, _("Call next"), "F2", "primary", call_next);
  if (next != NULL)
    {
      show_ticket (self, _("Next for this counter"), next);
      return;
    }
  gtk_widget_set_sensitive (self->first_button, FALSE);
  gtk_label_set_text (GTK_LABEL (self->caption), _("Next for this counter"));
  gtk_label_set_text (GTK_LABEL (self->number), _("Nobody is waiting"));
  gtk_widget_hide (self->what);
  gtk_label_set_text (GTK_LABEL (self->why), _("A new ticket appears here by itself."));
}

/* -- the counter -- */

static void
counter_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_session_set_counter_state_finish (JN_SESSION (source), result, &error))
    say_error (self, error);
}

static void
counter_clicked_cb (GtkButton *button, JnDeskPage *self)
{
  const char *state = g_object_get_data (G_OBJECT (button), "state");

  jn_session_set_counter_state_async (self->session, state, NULL, self->cancellable, counter_set_cb,
                                      g_object_ref (self));
}

static void
add_counter_button (JnDeskPage *self, const char *label, const char *state)
{
  GtkWidget *button = jn_button_new (label, NULL, "act");

  g_object_set_data (G_OBJECT (button), "state", (gpointer)state);
  g_signal_connect (button, "clicked", G_CALLBACK (counter_clicked_cb), self);
  jn_pack (self->counter_buttons, button);
}

static void
show_counter (JnDeskPage *self)
{
  const char *state = jn_session_get_counter_state (self->session);
  gboolean open = g_strcmp0 (state, "open") == 0;
  const char *words = open ? _("The counter is open.")
                           : g_strcmp0 (state, "break") == 0
      ? _("The counter has a break.")
      : g_strcmp0 (state, "back-office") == 0
      ? _("You work in the back office.")
      : _("The counter is closed.");

  gtk_label_set_text (GTK_LABEL (self->counter), words);
  jn_empty (self->counter_buttons);
  if (!open)
    add_counter_button (self, _("Open the counter"), "open");
  if (open)
    add_counter_button (self, _("Break"), "break");
  if (open)
    add_counter_button (self, _("Back office"), "back-office");
  if (g_strcmp0 (state, "closed") != 0)
    add_counter_button (self, _("Close the counter"), "closed");
}

/* -- groups, line, day -- */

static GtkWidget *
make_group (const JnQueueGroup *group)
{
  GtkWidget *card = jn_box_new (GTK_ORIENTATION_VERTICAL, 4, "card");
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name = jn_text_name (tag (), group->names);
  g_autofree char *waiting = g_strdup_printf ("%u", group->waiting);
  g_autofree char *longest = jn_text_format_duration (tag (), group->longest);
  g_autofree char *line = g_strdup_printf (_("longest %s"), longest);
  gboolean late = group->pledge > 0 && group->longest > group->pledge;
  gboolean soon = group->pledge > 0 && !late && group->longest * 4 > group->pledge * 3;

  jn_pack (card, jn_text_new (*name != '\0' ? name : group->code, "strong"));
  jn_pack (figures, jn_label_new (waiting, "figure number"));
  jn_pack (figures, jn_label_new (_("waiting"), "small"));
  jn_pack (card, figures);
  jn_pack (state, jn_label_new (line, "small number"));
  if (group->waiting > 0)
    jn_pack (state, jn_label_new (late ? _("late")
                                       : soon
                                  ? _("late soon")
                                  : _("on time"), late   ? "tag late"
                                                   : soon ? "tag soon"
                                                          : "tag good"));
  jn_pack (card, state);
  return card;
}

static void
show_groups (JnDeskPage *self)
{
  guint n = jn_queue_get_n_groups (self->queue);

  jn_empty (self->groups);
  gtk_widget_set_visible (self->groups, n > 0);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_widget_set_can_focus (child, FALSE);
      gtk_container_add (GTK_CONTAINER (child), make_group (jn_queue_get_group (self->queue, i)));
      gtk_container_add (GTK_CONTAINER (self->groups), child);
      gtk_widget_show_all (child);
    }
}

static void
attach (JnDeskPage *self, GtkWidget *widget, int column, int row)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_BASELINE);
  gtk_grid_attach (GTK_GRID (self->waiting), widget, column, row, 1, 1);
  gtk_widget_show (widget);
}

static GtkWidget *
make_tag (const char *text, const char *classes)
{
  GtkWidget *tag = jn_label_new (text, classes);

  gtk_widget_set_halign (tag, GTK_ALIGN_END);
  return tag;
}

static void
show_row (JnDeskPage *self, JnTicket *ticket, int row)
{
  g_autofree char *subject = ticket_subject (self, ticket);
  g_autofree char *due
      = jn_text_format_clock (jn_ticket_get_due (ticket), jn_session_get_zone (self->session));
  g_autofree char *due_words = g_strdup_printf (_("due %s"), due);
  g_autofree char *wait = jn_text_format_duration (
      tag (), jn_ticket_get_waited (ticket, jn_session_now (self->session)));
  GtkWidget *what = jn_text_new (subject, NULL);
  GtkWidget *wait_label = jn_label_new (wait, "small number");

  gtk_widget_set_hexpand (what, TRUE);
  gtk_label_set_xalign (GTK_LABEL (wait_label), 1);
  attach (self, jn_label_new (jn_ticket_get_number (ticket), "strong number"), 0, row);
  attach (self, what, 1, row);
  if (!jn_ticket_is_whole (ticket))
    attach (self, make_tag (_("only in part here"), "tag soon"), 2, row);
  else if (jn_ticket_get_priority (ticket) != JN_PRIORITY_NONE)
    attach (self, make_tag (jn_words_priority (jn_ticket_get_priority (ticket)), "tag"), 2, row);
  attach (self, jn_label_new (due_words, "small number"), 3, row);
  attach (self, wait_label, 4, row);
}

static void
show_line (JnDeskPage *self)
{
  GListModel *waiting = jn_queue_get_waiting (self->queue);
  guint n = g_list_model_get_n_items (waiting);
  guint shown = MIN (n, SHOWN_TICKETS);
  guint count = MAX (jn_queue_get_count (self->queue), n);
  g_autofree char *more = NULL;

  jn_empty (self->waiting);
  for (guint i = 0; i < shown; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (waiting, i);

      show_row (self, ticket, (int)i);
    }
  if (n == 0)
    {
      GtkWidget *empty = jn_text_new (_("The line is empty. Nobody waits for a service that you "
                                        "handle."),
                                         "small");

      attach (self, empty, 0, 0);
    }
  more = g_strdup_printf (ngettext ("and %u more", "and %u more", count - shown), count - shown);
  gtk_label_set_text (GTK_LABEL (self->more), more);
  gtk_widget_set_visible (self->more, count > shown);
}

static void
show_count (JnDeskPage *self)
{
  guint count = jn_queue_get_count (self->queue);
  g_autofree char *words
      = count == 0 ? g_strdup (_("Nobody waits for a service you handle"))
                   : g_strdup_printf (ngettext ("%u person waits for services you handle",
                                                "%u people wait for services you handle", count),
                                      count);

  gtk_label_set_text (GTK_LABEL (self->count), words);
}

static void
add_figure (JnDeskPage *self, const char *figure, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  jn_pack (box, jn_label_new (figure, "figure number"));
  jn_pack (box, jn_label_new (words, "small"));
  jn_pack (self->day, box);
}

static void
show_day (JnDeskPage *self)
{
  JnQueueDay day = jn_queue_get_day (self->queue);
  g_autofree char *visits = g_strdup_printf ("%d", day.visits);
  g_autofree char *applications = g_strdup_printf ("%d", MAX (day.applications, 0));
  g_autofree char *median = NULL;
  g_autofree char *rating = NULL;

  jn_empty (self->day);
  if (day.visits <= 0)
    {
      jn_pack (self->day, jn_text_new (_("No visit yet today."), "small"));
      return;
    }
  add_figure (self, visits, ngettext ("visit", "visits", (gulong)day.visits));
  add_figure (self, applications,
              ngettext ("application", "applications", (gulong)MAX (day.applications, 0)));
  if (day.median_service >= 0)
    {
      median = g_strdup_printf ("%d:%02d", (int)(day.median_service / 60),
                                (int)(day.median_service % 60));
      add_figure (self, median, _("median service"));
    }
  if (day.rating >= 1)
    {
      rating = g_strdup_printf ("%.1f", day.rating);
      add_figure (self, rating, _("rating of 5"));
    }
}

static void
refresh (JnDeskPage *self)
{
  gboolean had_focus = gtk_container_get_focus_child (GTK_CONTAINER (self->buttons)) != NULL;

  show_hero (self);
  show_count (self);
  show_counter (self);
  show_groups (self);
  show_line (self);
  show_day (self);
  if (had_focus && self->first_button != NULL)
    gtk_widget_grab_focus (self->first_button);
}

static gboolean
waits_cb (gpointer user_data)
{
  JnDeskPage *self = JN_DESK_PAGE (user_data);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
  return G_SOURCE_CONTINUE;
}

/* -- the page -- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDeskPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_queue_refresh_finish (JN_QUEUE (source), result, &error))
    say_error (self, error);
}

static void
jn_desk_page_shown (JnPage *page)
{
  JnDeskPage *self = JN_DESK_PAGE (page);

  jn_queue_refresh_async (self->queue, self->cancellable, read_cb, g_object_ref (self));
  refresh (self);
  if (self->first_button != NULL)
    gtk_widget_grab_focus (self->first_button);
}

/* Ctrl+Enter: what the big button does, but never a call: that has its own key. */
static void
jn_desk_page_next (JnPage *page)
{
  JnDeskPage *self = JN_DESK_PAGE (page);
  JnTicket *mine = jn_queue_get_mine (self->queue);

  if (mine == NULL)
    return;
  if (jn_ticket_get_state (mine) == JN_TICKET_HELD)
    resume (self);
  else
    arrive (self);
}

static void
call_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  call_next (JN_DESK_PAGE (user_data));
}

static void
recall_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  recall (JN_DESK_PAGE (user_data));
}

static const GActionEntry actions[] = {
  { "call", call_cb },
  { "recall", recall_cb },
};

static void
jn_desk_page_dispose (GObject *object)
{
  JnDeskPage *self = JN_DESK_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->queue);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_desk_page_parent_class)->dispose (object);
}

static void
jn_desk_page_class_init (JnDeskPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_desk_page_dispose;
  JN_PAGE_CLASS (klass)->shown = jn_desk_page_shown;
  JN_PAGE_CLASS (klass)->next = jn_desk_page_next;

  gtk_widget_class_set_template_from_resource (widget_class, "/example/janela/desk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, caption);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, number);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, what);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, why);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, count);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, counter);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, counter_buttons);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, groups);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, waiting_heading);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, more);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, day_heading);
  gtk_widget_class_bind_template_child (widget_class, JnDeskPage, day);
}

static void
jn_desk_page_init (JnDeskPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jn_page_add_actions (JN_PAGE (self), actions, G_N_ELEMENTS (actions));
  self->cancellable = g_cancellable_new ();
  jn_set_role (self->waiting_heading, ATK_ROLE_HEADING);
  jn_set_role (self->day_heading, ATK_ROLE_HEADING);
  jn_set_name (self->groups, _("Groups of services"));
}

GtkWidget *
jn_desk_page_new (JnSession *session, JnQueue *queue)
{
  JnDeskPage *self = g_object_new (JN_TYPE_DESK_PAGE, NULL);

  self->session = g_object_ref (session);
  self->queue = g_object_ref (queue);
  g_signal_connect_swapped (queue, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (queue, "notify", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (session, "notify::counter-state", G_CALLBACK (refresh), self);
  self->timer = g_timeout_add_seconds (WAITS_EVERY_SECONDS, waits_cb, self);
  refresh (self);
  return GTK_WIDGET (self);
}
