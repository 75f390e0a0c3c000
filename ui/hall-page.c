/* hall-page.c: figures, groups and counters of the hall, live; behind each figure its tickets. */
#include "ui/hall-page.h"

#include <glib/gi18n.h>

#include "app/hall.h"
#include "ui/affected/affected-card.h"
#include "ui/ask.h"
#include "ui/hall/caps-card.h"
#include "ui/hall/counters-card.h"
#include "ui/hall/drill-card.h"
#include "ui/hall/emergency-card.h"
#include "ui/hall/groups-card.h"
#include "ui/hall/hall-steps.h"
#include "ui/hall/notices.h"
#include "ui/hall/tiles.h"
#include "ui/widgets.h"

struct _JnHallPage
{
  JnPage parent;

  GtkWidget *slot;
  GtkWidget *emergency;
  GtkWidget *affected;
  GtkWidget *tiles;
  GtkWidget *drill;
  GtkWidget *counters;
  GtkWidget *emergency_button;

  JnSession *session;
  JnHall *hall;
  JnHallSteps *steps;
  JnPrints *prints;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnHallPage, jn_hall_page, JN_TYPE_PAGE)

/* -- the tickets behind a figure -- */

static void
on_tile_cb (JnHallTiles *tiles, const char *figure, JnHallPage *self)
{
  if (g_str_equal (figure, "open"))
    gtk_widget_child_focus (self->counters, GTK_DIR_TAB_FORWARD);
  else
    jn_drill_card_show (JN_DRILL_CARD (self->drill), figure, NULL, NULL, 0);
}

static void
on_group_cb (JnGroupsCard *card, const char *group, const char *name, JnHallPage *self)
{
  jn_drill_card_show (JN_DRILL_CARD (self->drill), "waiting", name, group, 0);
}

static void
day_clicked_cb (GtkButton *button, JnHallPage *self)
{
  int counter = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "counter"));
  g_autofree char *name = g_strdup_printf (_("Counter %d"), counter);

  jn_pop_down (GTK_WIDGET (button));
  jn_drill_card_show (JN_DRILL_CARD (self->drill), "served", name, NULL, counter);
}

static void
on_resume_cb (JnAffectedCard *card, const char *suspension, JnHallPage *self)
{
  jn_hall_steps_resume (self->steps, suspension);
}

/* -- what can be done with a row -- */

static void
take_clicked_cb (GtkButton *button, JnHallPage *self)
{
  g_autoptr (JnTicket) ticket = g_object_ref (g_object_get_data (G_OBJECT (button), "ticket"));

  jn_pop_down (GTK_WIDGET (button));
  jn_hall_steps_take (self->steps, ticket);
}

static void
reroute_clicked_cb (GtkButton *button, JnHallPage *self)
{
  g_autoptr (JnTicket) ticket = g_object_ref (g_object_get_data (G_OBJECT (button), "ticket"));

  jn_pop_down (GTK_WIDGET (button));
  jn_hall_steps_reroute (self->steps, ticket);
}

static void
profile_clicked_cb (GtkButton *button, JnHallPage *self)
{
  int counter = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "counter"));

  jn_pop_down (GTK_WIDGET (button));
  jn_hall_steps_change_profile (self->steps, counter);
}

static void
add_act (GtkWidget *box, JnHallPage *self, const char *label, JnTicket *ticket, GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");

  if (ticket != NULL)
    g_object_set_data_full (G_OBJECT (button), "ticket", g_object_ref (ticket), g_object_unref);
  g_signal_connect (button, "clicked", clicked, self);
  jn_pack (box, button);
}

static void
add_ticket_acts (GtkWidget *box, JnHallPage *self, JnTicket *ticket)
{
  JnTicketState state = jn_ticket_get_state (ticket);

  if (state == JN_TICKET_SERVING || state == JN_TICKET_HELD || state == JN_TICKET_CALLED)
    add_act (box, self, _("Take over"), ticket, G_CALLBACK (take_clicked_cb));
  if (state != JN_TICKET_DONE && state != JN_TICKET_EXPECTED)
    add_act (box, self, _("Send on"), ticket, G_CALLBACK (reroute_clicked_cb));
}

static void
on_drill_row_cb (JnDrillCard *card, JnTicket *ticket, GtkWidget *button, JnHallPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_ticket_acts (box, self, ticket);
  jn_pop_up (button, box, jn_ticket_get_number (ticket));
}

static void
on_drill_problem_cb (JnDrillCard *card, const GError *error, JnHallPage *self)
{
  jn_page_say_error (JN_PAGE (self), error);
}

static const JnHallCounter *
find_counter (JnHallPage *self, int number)
{
  for (guint i = 0; i < jn_hall_get_n_counters (self->hall); i++)
    if (jn_hall_get_counter (self->hall, i)->number == number)
      return jn_hall_get_counter (self->hall, i);
  return NULL;
}

static void
on_counter_cb (JnCountersCard *card, int number, GtkWidget *button, JnHallPage *self)
{
  const JnHallCounter *counter = find_counter (self, number);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *profile = jn_button_new (_("Change the profile"), NULL, "act small-act");
  GtkWidget *day = jn_button_new (_("Its tickets today"), NULL, "act small-act");
  g_autofree char *name = g_strdup_printf (_("Counter %d"), counter->number);

  g_object_set_data (G_OBJECT (profile), "counter", GINT_TO_POINTER (counter->number));
  g_signal_connect (profile, "clicked", G_CALLBACK (profile_clicked_cb), self);
  g_object_set_data (G_OBJECT (day), "counter", GINT_TO_POINTER (counter->number));
  g_signal_connect (day, "clicked", G_CALLBACK (day_clicked_cb), self);
  jn_pack (box, profile);
  jn_pack (box, day);
  if (counter->ticket != NULL)
    add_ticket_acts (box, self, counter->ticket);
  jn_pop_up (button, box, name);
}

/* -- the page -- */

static void
refresh (JnHallPage *self)
{
  jn_button_set_label (self->emergency_button,
                       jn_hall_get_emergency (self->hall) != 0 ? _("End the emergency")
                                                               : _("Emergency"));
  jn_drill_card_refresh (JN_DRILL_CARD (self->drill));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnHallPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_hall_refresh_finish (JN_HALL (source), result, &error))
    jn_page_say_error (JN_PAGE (self), error);
}

static void
jn_hall_page_shown (JnPage *page)
{
  JnHallPage *self = JN_HALL_PAGE (page);

  jn_hall_refresh_async (self->hall, self->cancellable, read_cb, g_object_ref (self));
  jn_emergency_card_refresh (JN_EMERGENCY_CARD (self->emergency));
  jn_affected_card_refresh (JN_AFFECTED_CARD (self->affected));
  jn_hall_tiles_grab (JN_HALL_TILES (self->tiles));
}

/* Alt+Left closes an open question, then the tickets behind a figure. */
static gboolean
jn_hall_page_back (JnPage *page)
{
  JnHallPage *self = JN_HALL_PAGE (page);

  if (!jn_ask_is_open (self->slot))
    return jn_drill_card_close (JN_DRILL_CARD (self->drill));
  jn_ask_clear (self->slot);
  return TRUE;
}

/* Begins it, or goes to where it is ended. */
static void
press_emergency (JnHallPage *self)
{
  if (jn_hall_get_emergency (self->hall) != 0)
    jn_emergency_card_grab (JN_EMERGENCY_CARD (self->emergency));
  else
    jn_hall_steps_emergency (self->steps);
}

static void
emergency_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  press_emergency (JN_HALL_PAGE (user_data));
}

static const GActionEntry actions[] = { { "emergency", emergency_cb } };

static void
jn_hall_page_dispose (GObject *object)
{
  JnHallPage *self = JN_HALL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->hall != NULL)
    g_signal_handlers_disconnect_by_data (self->hall, self);
  if (self->steps != NULL)
    g_object_run_dispose (G_OBJECT (self->steps));
  g_clear_object (&self->steps);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hall);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_hall_page_parent_class)->dispose (object);
}

static void
jn_hall_page_class_init (JnHallPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_hall_page_dispose;
  JN_PAGE_CLASS (klass)->shown = jn_hall_page_shown;
  JN_PAGE_CLASS (klass)->back = jn_hall_page_back;
}

static void
jn_hall_page_init (JnHallPage *self)
{
  self->cancellable = g_cancellable_new ();
  jn_page_add_actions (JN_PAGE (self), actions, G_N_ELEMENTS (actions));
}

/* -- building -- */

static GtkWidget *
make_steps (JnHallPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *suspend = jn_button_new (_("Suspend a service"), NULL, "act");
  GtkWidget *close = jn_button_new (_("Close the day"), NULL, "act");

  self->emergency_button = jn_button_new (_("Emergency"), "⇧F12", "act danger");
  g_signal_connect_swapped (suspend, "clicked", G_CALLBACK (jn_hall_steps_suspend), self->steps);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (jn_hall_steps_close_day), self->steps);
  g_signal_connect_swapped (self->emergency_button, "clicked", G_CALLBACK (press_emergency), self);
  jn_pack (row, suspend);
  jn_pack (row, close);
  jn_pack_end (row, self->emergency_button);
  return row;
}

static void
build (JnHallPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *notices = jn_hall_notices_new (self->session, self->hall, self->steps);
  GtkWidget *groups = jn_groups_card_new (self->hall);

  self->emergency = jn_emergency_card_new (JN_PAGE (self), self->session, self->hall);
  self->affected
      = jn_affected_card_new (JN_PAGE (self), self->session, self->prints, self->slot, TRUE);
  self->counters = jn_counters_card_new (self->session, self->hall);
  self->tiles = jn_hall_tiles_new (self->hall);
  g_signal_connect (self->affected, "resume", G_CALLBACK (on_resume_cb), self);
  self->drill = jn_drill_card_new (self->session, self->hall);
  g_signal_connect (self->tiles, "figure", G_CALLBACK (on_tile_cb), self);
  g_signal_connect (self->drill, "row", G_CALLBACK (on_drill_row_cb), self);
  g_signal_connect (self->drill, "problem", G_CALLBACK (on_drill_problem_cb), self);
  g_signal_connect (groups, "group", G_CALLBACK (on_group_cb), self);
  g_signal_connect (self->counters, "counter", G_CALLBACK (on_counter_cb), self);
  gtk_box_pack_start (GTK_BOX (content), notices, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), self->slot, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), self->emergency, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), self->affected, FALSE, FALSE, 0);
  jn_pack (content, self->tiles);
  gtk_box_pack_start (GTK_BOX (content), self->drill, FALSE, FALSE, 0);
  jn_pack (content, groups);
  jn_pack (content, self->counters);
  jn_pack (content, jn_caps_card_new (JN_PAGE (self), self->session, self->hall, self->slot));
  jn_pack (content, make_steps (self));
}

GtkWidget *
jn_hall_page_new (JnSession *session, JnQueue *queue, JnPrints *prints)
{
  JnHallPage *self = g_object_new (JN_TYPE_HALL_PAGE, NULL);

  self->session = g_object_ref (session);
  self->hall = jn_hall_new (session);
  self->prints = g_object_ref (prints);
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->steps = jn_hall_steps_new (JN_PAGE (self), session, self->hall, queue, self->slot);
  build (self);
  g_signal_connect_swapped (self->hall, "changed", G_CALLBACK (refresh), self);
  return GTK_WIDGET (self);
}
