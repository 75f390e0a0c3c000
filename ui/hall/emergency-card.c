/* emergency-card.c: what becomes of each ticket after an emergency. */
#include "ui/hall/emergency-card.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/table.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define FEW 12 /* lines before the list is opened */

typedef enum
{
  CHOICE_KEEP,
  CHOICE_REBOOK,
  CHOICE_CLOSE,
  N_CHOICES,
} Choice;

struct _JnEmergencyCard
{
  GtkBin parent;

  GtkWidget *heading;
  GtkWidget *lift; /* the choice, the day, and the button */
  GtkWidget *choices[N_CHOICES];
  GtkWidget *days;
  GtkWidget *words;
  GtkWidget *table;
  GtkWidget *more;
  gboolean open; /* all lines are shown */

  JnPage *page;
  JnSession *session;
  JnHall *hall;
  JnEmergencyPlan *plan; /* (nullable): nothing is known yet */
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnEmergencyCard, jn_emergency_card, GTK_TYPE_BIN)

enum
{
  COLUMN_NUMBER,
  COLUMN_SUBJECT,
  COLUMN_STATE,
  COLUMN_THEN,
};

static Choice
get_choice (JnEmergencyCard *self)
{
  for (Choice choice = 0; choice < N_CHOICES; choice++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->choices[choice])))
      return choice;
  return CHOICE_KEEP;
}

/* "YYYY-MM-DD"; NULL: there is none */
static const char *
get_day (JnEmergencyCard *self)
{
  return gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->days));
}

/* -- what happens to each -- */

/* (transfer full) */
static char *
plan_ticket (JnEmergencyCard *self)
{
  g_autofree char *day = get_day (self) != NULL ? jn_text_format_day (get_day (self)) : NULL;

  switch (get_choice (self))
    {
    case CHOICE_KEEP:
      return g_strdup (_("keeps its place"));
    case CHOICE_REBOOK:
      return g_strdup_printf (_("%s, before all others"), day != NULL ? day : "–");
    case CHOICE_CLOSE:
    case N_CHOICES:
      break;
    }
  return g_strdup (_("is closed"));
}

/* (transfer full) */
static char *
plan_appointment (JnEmergencyCard *self, const JnAppointment *appointment)
{
  g_autofree char *day = get_day (self) != NULL ? jn_text_format_day (get_day (self)) : NULL;
  g_autofree char *clock
      = jn_text_format_clock (appointment->at, jn_session_get_zone (self->session));

  switch (get_choice (self))
    {
    case CHOICE_KEEP:
      return g_strdup (_("may still check in"));
    case CHOICE_REBOOK:
      return g_strdup_printf ("%s %s", day != NULL ? day : "–", clock);
    case CHOICE_CLOSE:
    case N_CHOICES:
      break;
    }
  return g_strdup (_("is cancelled"));
}

/* (transfer full): what became of it */
static char *
tell_outcome (const JnEmergencyTicket *row)
{
  g_autofree char *day = NULL;

  if (row->next_number == NULL)
    return g_strdup (_("closed by the emergency"));
  day = jn_text_format_day (row->next_day);
  return g_strdup_printf (_("%s on %s"), row->next_number, day);
}

static const char *
state_words (JnTicket *ticket)
{
  if (jn_ticket_get_state (ticket) == JN_TICKET_EXPECTED)
    return _("not here yet");
  if (jn_ticket_get_state (ticket) == JN_TICKET_DONE)
    return _("closed");
  return jn_ticket_get_visit (ticket) != NULL ? _("was at a desk") : _("in the line");
}

static void
show_ticket (JnEmergencyCard *self, guint row, const JnEmergencyTicket *one)
{
  JnTable *table = JN_TABLE (self->table);
  g_autofree char *subject = jn_ticket_words_subject (one->ticket, self->session);
  g_autofree char *then = jn_ticket_get_state (one->ticket) == JN_TICKET_DONE ? tell_outcome (one)
                                                                              : plan_ticket (self);

  jn_table_set_cell (table, row, COLUMN_NUMBER, jn_ticket_get_number (one->ticket));
  jn_table_set_cell (table, row, COLUMN_SUBJECT, subject);
  jn_table_set_tag (table, row, COLUMN_STATE, state_words (one->ticket), "");
  jn_table_set_cell (table, row, COLUMN_THEN, then);
}

static void
show_appointment (JnEmergencyCard *self, guint row, const JnAppointment *appointment)
{
  JnTable *table = JN_TABLE (self->table);
  g_autofree char *services
      = jn_ticket_words_services ((const char *const *)appointment->services, self->session);
  g_autofree char *then = plan_appointment (self, appointment);

  jn_table_set_cell (table, row, COLUMN_NUMBER, appointment->code);
  jn_table_set_cell (table, row, COLUMN_SUBJECT, services);
  jn_table_set_tag (table, row, COLUMN_STATE, _("booked"), "");
  jn_table_set_cell (table, row, COLUMN_THEN, then);
}

static void
show_row (JnEmergencyCard *self, guint row)
{
  guint n = self->plan->tickets->len;

  if (row < n)
    show_ticket (self, row, self->plan->tickets->pdata[row]);
  else
    show_appointment (self, row, self->plan->appointments->pdata[row - n]);
}

static void
show_rows (JnEmergencyCard *self)
{
  guint n = self->plan->tickets->len + self->plan->appointments->len;
  guint shown = self->open ? n : MIN (n, FEW);
  g_autofree char *more = g_strdup_printf (ngettext ("%u more", "%u more", n - shown), n - shown);

  jn_table_set_n_rows (JN_TABLE (self->table), shown);
  gtk_widget_set_visible (self->table, n > 0);
  gtk_button_set_label (GTK_BUTTON (self->more), more);
  gtk_widget_set_visible (self->more, shown < n);
  for (guint row = 0; row < shown; row++)
    show_row (self, row);
}

static void
more_clicked_cb (GtkButton *button, JnEmergencyCard *self)
{
  self->open = TRUE;
  show_rows (self);
}

/* -- the card -- */

static void
show_days (JnEmergencyCard *self)
{
  g_autofree char *chosen = g_strdup (get_day (self));

  gtk_combo_box_text_remove_all (GTK_COMBO_BOX_TEXT (self->days));
  for (char **day = self->plan->days; *day != NULL; day++)
    {
      g_autofree char *words = jn_text_format_date (jn_language_get ()->tag, *day);

      gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->days), *day, words);
    }
  if (chosen == NULL || !gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->days), chosen))
    gtk_combo_box_set_active (GTK_COMBO_BOX (self->days), 0);
  gtk_widget_set_sensitive (self->choices[CHOICE_REBOOK], get_day (self) != NULL);
}

static char *
describe (JnEmergencyCard *self, gboolean on)
{
  guint n = self->plan->tickets->len + self->plan->appointments->len;

  if (!on)
    return g_strdup_printf (ngettext ("%u number was closed by the emergency today.",
                                      "%u numbers were closed by the emergency today.", n),
                            n);
  if (n == 0)
    return g_strdup (_("Nobody waits."));
  return g_strdup_printf (
      ngettext ("It concerns %u. Who is not here hears of it where he took his number or booked.",
                "It concerns %u. Who is not here hears of it where he took his number or booked.",
                n),
      n);
}

static void
show (JnEmergencyCard *self)
{
  gboolean on = jn_hall_get_emergency (self->hall) != 0;
  g_autofree char *words = describe (self, on);

  jn_label_set (self->heading, on ? _("When the emergency is over") : _("After the emergency"));
  jn_label_set (self->words, words);
  gtk_widget_set_visible (self->lift, on);
  if (on)
    show_days (self);
  show_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), on || self->plan->tickets->len > 0);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnEmergencyCard) self = user_data;
  g_autoptr (GError) error = NULL;
  JnEmergencyPlan *plan = jn_hall_plan_emergency_finish (JN_HALL (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (plan == NULL)
    {
      words = jn_words_error (error);
      jn_page_say (self->page, words);
      return;
    }
  g_clear_pointer (&self->plan, jn_emergency_plan_free);
  self->plan = plan;
  show (self);
}

void
jn_emergency_card_refresh (JnEmergencyCard *self)
{
  jn_hall_plan_emergency_async (self->hall, self->cancellable, planned_cb, g_object_ref (self));
}

/* With no emergency, and none before, nothing is asked for. */
static void
on_hall_changed_cb (JnHall *hall, JnEmergencyCard *self)
{
  if (jn_hall_get_emergency (hall) != 0 || gtk_widget_get_visible (GTK_WIDGET (self)))
    jn_emergency_card_refresh (self);
}

void
jn_emergency_card_grab (JnEmergencyCard *self)
{
  gtk_widget_grab_focus (self->choices[get_choice (self)]);
}

/* -- lifting it -- */

static void
choice_changed_cb (GtkWidget *widget, JnEmergencyCard *self)
{
  gtk_widget_set_sensitive (self->days, get_choice (self) == CHOICE_REBOOK);
  if (self->plan != NULL)
    show_rows (self);
}

static void
lifted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnEmergencyCard) self = user_data;
  g_autoptr (GError) error = NULL;

  jn_hall_finish (JN_HALL (source), result, &error);
  jn_page_say_error (self->page, error);
}

static void
lift_clicked_cb (GtkButton *button, JnEmergencyCard *self)
{
  Choice choice = get_choice (self);

  jn_hall_end_emergency_async (self->hall, choice == CHOICE_KEEP,
                               choice == CHOICE_REBOOK ? get_day (self) : NULL, self->cancellable,
                               lifted_cb, g_object_ref (self));
}

/* -- the widget -- */

static void
jn_emergency_card_dispose (GObject *object)
{
  JnEmergencyCard *self = JN_EMERGENCY_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->plan, jn_emergency_plan_free);
  g_clear_object (&self->hall);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_emergency_card_parent_class)->dispose (object);
}

static void
jn_emergency_card_class_init (JnEmergencyCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_emergency_card_dispose;
}

static GtkWidget *
make_lift (JnEmergencyCard *self)
{
  const char *const words[]
      = { _("Tickets keep their place"), _("They come on another day, before all others:"),
                                             _("They are closed") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *lift = jn_button_new (_("End the emergency"), NULL, "primary");

  self->days = gtk_combo_box_text_new ();
  jn_set_name (self->days, _("Day"));
  for (Choice choice = 0; choice < N_CHOICES; choice++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

      self->choices[choice] = gtk_radio_button_new_with_label_from_widget (
          choice > 0 ? GTK_RADIO_BUTTON (self->choices[0]) : NULL, words[choice]);
      g_signal_connect (self->choices[choice], "toggled", G_CALLBACK (choice_changed_cb), self);
      jn_pack (row, self->choices[choice]);
      if (choice == CHOICE_REBOOK)
        jn_pack (row, self->days);
      jn_pack (box, row);
    }
  gtk_widget_set_sensitive (self->days, FALSE);
  gtk_widget_set_halign (lift, GTK_ALIGN_END);
  g_signal_connect (self->days, "changed", G_CALLBACK (choice_changed_cb), self);
  g_signal_connect (lift, "clicked", G_CALLBACK (lift_clicked_cb), self);
  jn_pack (box, lift);
  return box;
}

static void
jn_emergency_card_init (JnEmergencyCard *self)
{
  const char *const heads[] = { _("Ticket"), _("Subject"), "", _("What happens"), NULL };
  GtkWidget *card = jn_card_new (NULL);

  self->cancellable = g_cancellable_new ();
  self->heading = jn_text_new (NULL, "section");
  self->words = jn_text_new (NULL, NULL);
  self->table = jn_table_new (_("What happens to each"), heads, COLUMN_SUBJECT, 0);
  self->lift = make_lift (self);
  self->more = jn_link_new ("");
  g_signal_connect (self->more, "clicked", G_CALLBACK (more_clicked_cb), self);
  jn_set_role (self->heading, ATK_ROLE_HEADING);
  jn_pack (card, self->heading);
  gtk_box_pack_start (GTK_BOX (card), self->lift, FALSE, FALSE, 0);
  jn_pack (card, self->words);
  gtk_box_pack_start (GTK_BOX (card), self->table, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), self->more, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (self), card);
}

GtkWidget *
jn_emergency_card_new (JnPage *page, JnSession *session, JnHall *hall)
{
  JnEmergencyCard *self = g_object_new (JN_TYPE_EMERGENCY_CARD, NULL);

  self->page = page;
  self->session = g_object_ref (session);
  self->hall = g_object_ref (hall);
  g_signal_connect_object (hall, "changed", G_CALLBACK (on_hall_changed_cb), self, 0);
  return GTK_WIDGET (self);
}
