/* ticket-list.c: today's tickets and appointments at reception, each with what can be done. */
#include "ui/reception/ticket-list.h"

#include <glib/gi18n.h>

#include "app/catalogue.h"
#include "app/text.h"
#include "ui/language.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define SHOWN_TICKETS 12
#define SHOWN_APPOINTMENTS 12

struct _JnTicketList
{
  GtkBin parent;

  GtkWidget *find;
  GtkWidget *tickets;
  GtkWidget *booked_card;
  GtkWidget *booked;

  JnSession *session;
  JnReception *reception;
  GtkWidget *menu; /* (nullable): open: its row stays as it is */
  guint catching_up;
  gboolean stale; /* something changed meanwhile */
};

G_DEFINE_TYPE (JnTicketList, jn_ticket_list, GTK_TYPE_BIN)

typedef enum
{
  ACT_CHECK_IN,
  ACT_REPRINT,
  ACT_CHANGE,
  ACT_MERGE,
  ACT_CANCEL,
  N_ACTS,
} Act;

static guint act_signals[N_ACTS];
static guint code_signal;
static const char *const act_names[N_ACTS] = { "check-in", "reprint", "change", "merge", "cancel" };

static const char *
act_words (Act act)
{
  switch (act)
    {
    case ACT_CHECK_IN:
      return _("Check in");
    case ACT_REPRINT:
      return _("Print again");
    case ACT_CHANGE:
      return _("Change");
    case ACT_MERGE:
      return _("Merge with another");
    case ACT_CANCEL:
      return _("Cancel the ticket");
    case N_ACTS:
      break;
    }
  g_return_val_if_reached ("");
}

static const char *
state_words (JnTicket *ticket)
{
  switch (jn_ticket_get_state (ticket))
    {
    case JN_TICKET_WAITING:
      return _("waiting");
    case JN_TICKET_CALLED:
      return _("called");
    case JN_TICKET_SERVING:
      return _("at a desk");
    case JN_TICKET_HELD:
      return _("on hold");
    case JN_TICKET_DONE:
      return _("finished");
    case JN_TICKET_EXPECTED:
      return _("expected");
    }
  g_return_val_if_reached ("");
}

static gboolean
is_possible (JnTicket *ticket, Act act)
{
  JnTicketState state = jn_ticket_get_state (ticket);
  gboolean before = state == JN_TICKET_WAITING || state == JN_TICKET_EXPECTED;

  switch (act)
    {
    case ACT_CHECK_IN:
      return state == JN_TICKET_EXPECTED;
    case ACT_REPRINT:
      return state != JN_TICKET_DONE;
    case ACT_CHANGE:
    case ACT_CANCEL:
      return before || state == JN_TICKET_CALLED;
    case ACT_MERGE:
      return state == JN_TICKET_WAITING;
    case N_ACTS:
      break;
    }
  return FALSE;
}

/* -- the menu of a ticket -- */

static void
act_clicked_cb (GtkButton *button, JnTicketList *self)
{
  JnTicket *ticket = g_object_get_data (G_OBJECT (button), "ticket");
  guint act = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "act"));
  g_autoptr (JnTicket) kept = g_object_ref (ticket);

  jn_pop_down (GTK_WIDGET (button));
  g_signal_emit (self, act_signals[act], 0, kept);
}

static GtkWidget *
make_act (JnTicketList *self, JnTicket *ticket, Act act)
{
  GtkWidget *button = jn_button_new (act_words (act), NULL, "act small-act");

  g_object_set_data_full (G_OBJECT (button), "ticket", g_object_ref (ticket), g_object_unref);
  g_object_set_data (G_OBJECT (button), "act", GUINT_TO_POINTER (act));
  g_signal_connect (button, "clicked", G_CALLBACK (act_clicked_cb), self);
  return button;
}

static void refresh (JnTicketList *self);

static gboolean
catch_up_cb (gpointer user_data)
{
  JnTicketList *self = JN_TICKET_LIST (user_data);

  self->catching_up = 0;
  if (self->stale && self->menu == NULL)
    refresh (self);
  return G_SOURCE_REMOVE;
}

/* Its row may be on its way off the screen, with all its neighbours: they are made anew after that. */
static void
menu_closed_cb (GtkPopover *menu, JnTicketList *self)
{
  if (GTK_WIDGET (menu) != self->menu)
    return; /* one fades while the next is open already */
  self->menu = NULL;
  if (self->stale && self->catching_up == 0)
    self->catching_up = g_idle_add (catch_up_cb, self);
}

/* A popover with all that is possible. */
static void
more_clicked_cb (GtkButton *button, JnTicketList *self)
{
  JnTicket *ticket = g_object_get_data (G_OBJECT (button), "ticket");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (Act act = 0; act < N_ACTS; act++)
    if (is_possible (ticket, act))
      jn_pack (box, make_act (self, ticket, act));
  self->menu = jn_pop_up (GTK_WIDGET (button), box, jn_ticket_get_number (ticket));
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, 0);
}

static GtkWidget *
make_more (JnTicketList *self, JnTicket *ticket)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *name
      = g_strdup_printf (_("%s: what can be done"), jn_ticket_get_number (ticket));

  gtk_container_add (GTK_CONTAINER (button), jn_icon_new ("view-more-symbolic", 16));
  gtk_widget_show_all (button);
  jn_add_classes (button, "act quiet");
  jn_set_name (button, name);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "ticket", g_object_ref (ticket), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (more_clicked_cb), self);
  gtk_widget_set_sensitive (button, jn_ticket_get_state (ticket) != JN_TICKET_DONE);
  return button;
}

/* -- rows -- */

/* "comes back until 18:00 · was sent for: …" */
static char *
describe_return (JnTicketList *self, JnTicket *ticket)
{
  g_autofree char *more = jn_ticket_words_more (ticket);
  g_autofree char *until = jn_text_format_clock (jn_ticket_get_expected_until (ticket),
                                                 jn_session_get_zone (self->session));
  g_autofree char *words = g_strdup_printf (_("comes back until %s"), until);

  return g_strconcat (words, *more != '\0' ? " · " : "", more, NULL);
}

static char *
describe (JnTicketList *self, JnTicket *ticket)
{
  g_autofree char *wait = jn_ticket_words_waited (ticket, self->session);
  g_autofree char *due
      = jn_text_format_clock (jn_ticket_get_due (ticket), jn_session_get_zone (self->session));
  int counter = jn_ticket_get_counter (ticket);

  if (jn_ticket_get_state (ticket) == JN_TICKET_WAITING)
    return g_strdup_printf (_("waiting %s · due %s"), wait, due);
  if (jn_ticket_is_return (ticket))
    return describe_return (self, ticket);
  if (counter > 0)
    return g_strdup_printf (_("%s · counter %d"), state_words (ticket), counter);
  return g_strdup (state_words (ticket));
}

static void
add_row (JnTicketList *self, JnTicket *ticket)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *number = jn_label_new (jn_ticket_get_number (ticket), "strong number");
  g_autofree char *subject = jn_ticket_words_subject (ticket, self->session);
  g_autofree char *state = describe (self, ticket);

  gtk_widget_set_valign (number, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (number), 5);
  jn_pack (words, jn_text_new (subject, NULL));
  jn_pack (words, jn_text_new (state, "small number"));
  jn_pack (row, number);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  if (is_possible (ticket, ACT_CHECK_IN))
    {
      GtkWidget *check_in = make_act (self, ticket, ACT_CHECK_IN);

      gtk_widget_set_valign (check_in, GTK_ALIGN_CENTER);
      jn_pack (row, check_in);
    }
  jn_pack (row, make_more (self, ticket));
  jn_pack (self->tickets, row);
}

static void
code_clicked_cb (GtkButton *button, JnTicketList *self)
{
  g_signal_emit (self, code_signal, 0, g_object_get_data (G_OBJECT (button), "code"));
}

static char *
appointment_subject (JnTicketList *self, const JnAppointment *appointment)
{
  const JnEventEntry *event
      = appointment->event != NULL
            ? jn_catalogue_get_event (jn_session_get_catalogue (self->session), appointment->event)
            : NULL;

  if (event != NULL)
    return g_strdup (jn_event_entry_get_name (event, jn_language_get ()->tag));
  return jn_ticket_words_services ((const char *const *)appointment->services, self->session);
}

static void
add_appointment (JnTicketList *self, const JnAppointment *appointment)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  g_autofree char *clock
      = jn_text_format_clock (appointment->at, jn_session_get_zone (self->session));
  g_autofree char *subject = appointment_subject (self, appointment);
  GtkWidget *button = jn_button_new (_("Check in"), NULL, "act small-act");
  g_autofree char *name = g_strdup_printf (_("Check in: %s"), appointment->code);
  GtkWidget *words = jn_text_new (subject, NULL);

  jn_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (appointment->code), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (code_clicked_cb), self);
  jn_pack (row, jn_label_new (clock, "strong number"));
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  jn_pack (row, jn_label_new (appointment->code, "small number"));
  jn_pack (row, button);
  jn_pack (self->booked, row);
}

static void
refresh (JnTicketList *self)
{
  GListModel *tickets = jn_reception_get_tickets (self->reception);
  GPtrArray *appointments = jn_reception_get_appointments (self->reception);
  guint n = MIN (g_list_model_get_n_items (tickets), SHOWN_TICKETS);
  guint booked = 0;

  self->stale = self->menu != NULL;
  if (self->stale)
    return;
  jn_empty (self->tickets);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (tickets, i);

      add_row (self, ticket);
    }
  if (n == 0)
    jn_pack (self->tickets, jn_text_new (*gtk_entry_get_text (GTK_ENTRY (self->find)) != '\0'
                                         ? _("No ticket of today is called that.")
                                         : _("No ticket yet today."), "small"));
  jn_empty (self->booked);
  for (guint i = 0; appointments != NULL && i < appointments->len; i++)
    {
      const JnAppointment *appointment = appointments->pdata[i];

      if (appointment->state == JN_APPOINTMENT_BOOKED && booked++ < SHOWN_APPOINTMENTS)
        add_appointment (self, appointment);
    }
  gtk_widget_set_visible (self->booked_card, booked > 0);
}

/* -- the widget -- */

static void
find_changed_cb (GtkEntry *entry, JnTicketList *self)
{
  jn_reception_set_find (self->reception, gtk_entry_get_text (entry));
}

void
jn_ticket_list_grab_find (JnTicketList *self)
{
  gtk_widget_grab_focus (self->find);
}

static void
jn_ticket_list_dispose (GObject *object)
{
  JnTicketList *self = JN_TICKET_LIST (object);

  g_clear_handle_id (&self->catching_up, g_source_remove);
  if (self->reception != NULL)
    g_signal_handlers_disconnect_by_data (self->reception, self);
  g_clear_object (&self->reception);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_ticket_list_parent_class)->dispose (object);
}

static void
jn_ticket_list_class_init (JnTicketListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_ticket_list_dispose;
  for (Act act = 0; act < N_ACTS; act++)
    act_signals[act] = g_signal_new (act_names[act], JN_TYPE_TICKET_LIST, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, JN_TYPE_TICKET);
  code_signal = g_signal_new ("check-in-code", JN_TYPE_TICKET_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jn_ticket_list_init (JnTicketList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *card = jn_card_new (_("Today's tickets"));

  self->find = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->find), _("Number or code"));
  jn_set_name (self->find, _("Find a ticket"));
  self->tickets = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->booked = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->booked_card = jn_card_new (_("Booked for today"));
  jn_pack (card, self->find);
  jn_pack (card, self->tickets);
  jn_pack (self->booked_card, self->booked);
  jn_pack (box, self->booked_card);
  jn_pack (box, card);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
}

GtkWidget *
jn_ticket_list_new (JnSession *session, JnReception *reception)
{
  JnTicketList *self = g_object_new (JN_TYPE_TICKET_LIST, NULL);

  self->session = g_object_ref (session);
  self->reception = g_object_ref (reception);
  g_signal_connect (self->find, "changed", G_CALLBACK (find_changed_cb), self);
  g_signal_connect_swapped (reception, "changed", G_CALLBACK (refresh), self);
  refresh (self);
  return GTK_WIDGET (self);
}
