/* choice-steps.c: what a citizen chooses whose service is suspended, and the slip he goes away with. */
#include "ui/affected/choice-steps.h"

#include <glib/gi18n.h>

#include "app/slip.h"
#include "app/text.h"
#include "ui/ask.h"
#include "ui/language.h"
#include "ui/reception/slip-watch.h"
#include "ui/reception/slot-picker.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define DAYS_AHEAD 28

struct _JnChoiceSteps
{
  GObject parent;

  JnPage *page;
  GtkWidget *slot;
  JnSession *session;
  JnAffected *affected;
  JnAppointments *appointments;
  JnPrints *prints;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnChoiceSteps, jn_choice_steps, G_TYPE_OBJECT)

/* -- the slip -- */

static void
print (JnChoiceSteps *self, JnTicket *ticket, const JnAppointment *booked)
{
  JnPrint *slip;

  if (!jn_slip_has_printer (self->session))
    return;
  slip = booked != NULL ? jn_slip_print_appointment (self->prints, self->session, booked)
                        : jn_slip_print (self->prints, self->session, ticket, NULL);
  jn_slip_watch (self->page, slip);
}

/* -- what came of it -- */

static char *
describe (JnChoiceSteps *self, JnTicket *ticket, const JnAppointment *booked)
{
  const char *number = jn_ticket_get_number (ticket);
  g_autofree char *time = NULL;

  if (booked != NULL)
    {
      time = jn_text_format_time (jn_language_get ()->tag, booked->at,
                                  jn_session_get_zone (self->session));
      return g_strdup_printf (_("%s is booked: %s · code %s. Tell it to the citizen."), number,
                                 time, booked->code);
    }
  if (jn_ticket_leaves_papers (ticket))
    return g_strdup_printf (_("%s keeps its place: a counter takes the papers."), number);
  return g_strdup_printf (_("%s is called back when the service works again."), number);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnChoiceSteps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnAppointment) booked = NULL;
  g_autoptr (JnTicket) ticket
             = jn_affected_choose_finish (JN_AFFECTED (source), result, &booked, &error);
  g_autofree char *words = NULL;

  if (ticket == NULL)
    {
      jn_page_say_error (self->page, error);
      return;
    }
  words = describe (self, ticket, booked);
  jn_page_say (self->page, words);
  print (self, ticket, booked);
}

static void
choose (
    JnChoiceSteps *self, JnTicket *ticket, JnAffectedChoice choice, const char *contact, gint64 at)
{
  jn_page_say (self->page, NULL);
  jn_affected_choose_async (self->affected, ticket, choice, contact, at, self->cancellable,
                            chosen_cb, g_object_ref (self));
}

void
jn_choice_steps_leave_papers (JnChoiceSteps *self, JnTicket *ticket)
{
  choose (self, ticket, JN_AFFECTED_LEAVE_PAPERS, NULL, 0);
}

/* -- called back -- */

static void
call_back_answered_cb (JnAsk *ask, JnChoiceSteps *self)
{
  GtkWidget *contact = g_object_get_data (G_OBJECT (ask), "contact");

  choose (self, g_object_get_data (G_OBJECT (ask), "ticket"), JN_AFFECTED_CALL_BACK,
          gtk_entry_get_text (GTK_ENTRY (contact)), 0);
  jn_ask_clear (self->slot);
}

static JnAsk *
ask_for (JnChoiceSteps *self, JnTicket *ticket, const char *question, const char *words)
{
  JnAsk *ask = jn_ask_new (question, words);

  g_object_set_data_full (G_OBJECT (ask), "ticket", g_object_ref (ticket), g_object_unref);
  return ask;
}

void
jn_choice_steps_call_back (JnChoiceSteps *self, JnTicket *ticket)
{
  g_autofree char *question = g_strdup_printf (_("Call %s back"), jn_ticket_get_number (ticket));
  JnAsk *ask
      = ask_for (self, ticket, question,
                 _("The citizen goes home. The number stays open as work by phone, at its place, "
                          "until the service works again."));

  g_object_set_data (G_OBJECT (ask), "contact",
                     jn_ask_add_entry (ask, _("Telephone number"), TRUE));
  g_signal_connect (ask, "answered", G_CALLBACK (call_back_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- booked for another time -- */

static void
slots_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) slots = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) days
             = jn_appointments_list_slots_finish (JN_APPOINTMENTS (source), result, &error);
  GtkWidget *ask = gtk_widget_get_ancestor (slots, JN_TYPE_ASK);
  g_autofree char *words = NULL;

  if (ask == NULL) /* it was left meanwhile */
    return;
  if (days != NULL)
    {
      jn_slot_picker_set_days (JN_SLOT_PICKER (slots), days);
      return;
    }
  words = jn_words_error (error);
  jn_ask_say (JN_ASK (ask), words);
}

/* From tomorrow: today it does not work. */
static void
list_slots (JnChoiceSteps *self, JnTicket *ticket, GtkWidget *slots)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (jn_session_now (self->session));
  g_autoptr (GDateTime) here = g_date_time_to_timezone (now, jn_session_get_zone (self->session));
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (here, 1);
  g_autoptr (GDateTime) last = g_date_time_add_days (here, DAYS_AHEAD);
  g_autofree char *from = g_date_time_format (tomorrow, "%Y-%m-%d");
  g_autofree char *to = g_date_time_format (last, "%Y-%m-%d");

  jn_appointments_list_slots_async (self->appointments, NULL, jn_ticket_get_services (ticket), from,
                                    to, self->cancellable, slots_cb, g_object_ref (slots));
}

static void
rebook_answered_cb (JnAsk *ask, JnChoiceSteps *self)
{
  GtkWidget *slots = g_object_get_data (G_OBJECT (ask), "slots");
  GtkWidget *contact = g_object_get_data (G_OBJECT (ask), "contact");
  gint64 at = jn_slot_picker_get_at (JN_SLOT_PICKER (slots));
  const char *number = gtk_entry_get_text (GTK_ENTRY (contact));

  if (at == 0)
    {
      jn_ask_say (ask, _("Choose a half hour first."));
      return;
    }
  choose (self, g_object_get_data (G_OBJECT (ask), "ticket"), JN_AFFECTED_REBOOK,
          *number != '\0' ? number : NULL, at);
  jn_ask_clear (self->slot);
}

void
jn_choice_steps_rebook (JnChoiceSteps *self, JnTicket *ticket)
{
  g_autofree char *question
      = g_strdup_printf (_("Book another day for %s"), jn_ticket_get_number (ticket));
  JnAsk *ask
      = ask_for (self, ticket, question, _("This number ends; the appointment is for the same."));
  GtkWidget *slots = jn_slot_picker_new (self->session);

  jn_ask_add (ask, slots);
  g_object_set_data (G_OBJECT (ask), "slots", slots);
  g_object_set_data (G_OBJECT (ask), "contact",
                     jn_ask_add_entry (ask, _("Telephone number, if the citizen wants"), FALSE));
  g_signal_connect (ask, "answered", G_CALLBACK (rebook_answered_cb), self);
  jn_ask_put (ask, self->slot);
  list_slots (self, ticket, slots);
}

/* -- the object -- */

static void
jn_choice_steps_dispose (GObject *object)
{
  JnChoiceSteps *self = JN_CHOICE_STEPS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->appointments);
  g_clear_object (&self->affected);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_choice_steps_parent_class)->dispose (object);
}

static void
jn_choice_steps_finalize (GObject *object)
{
  g_object_unref (JN_CHOICE_STEPS (object)->cancellable);
  G_OBJECT_CLASS (jn_choice_steps_parent_class)->finalize (object);
}

static void
jn_choice_steps_class_init (JnChoiceStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_choice_steps_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_choice_steps_finalize;
}

static void
jn_choice_steps_init (JnChoiceSteps *self)
{
  self->cancellable = g_cancellable_new ();
}

JnChoiceSteps *
jn_choice_steps_new (
    JnPage *page, JnSession *session, JnAffected *affected, JnPrints *prints, GtkWidget *slot)
{
  JnChoiceSteps *self = g_object_new (JN_TYPE_CHOICE_STEPS, NULL);

  self->page = page;
  self->slot = slot;
  self->session = g_object_ref (session);
  self->affected = g_object_ref (affected);
  self->appointments = jn_appointments_new (session);
  self->prints = g_object_ref (prints);
  return self;
}
