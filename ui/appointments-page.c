/* appointments-page.c: who has booked, day by day; and booking, moving, cancelling for a citizen. */
#include "ui/appointments-page.h"

#include <glib/gi18n.h>

#include "app/appointments.h"
#include "app/catalogue.h"
#include "app/text.h"
#include "ui/ask.h"
#include "ui/columns.h"
#include "ui/language.h"
#include "ui/reception/slot-picker.h"
#include "ui/service-picker.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define DAYS_AHEAD 28

struct _JnAppointmentsPage
{
  JnPage parent;

  GtkWidget *slot;
  GtkWidget *heading;
  GtkWidget *picker;
  GtkWidget *slots;
  GtkWidget *languages;
  GtkWidget *contact;
  GtkWidget *note;
  GtkWidget *day_label;
  GtkWidget *rows;

  JnSession *session;
  JnCatalogue *catalogue;
  JnAppointments *appointments;
  JnAppointment *moved; /* (nullable): the one that gets another time */
  char *day;            /* "YYYY-MM-DD": which is listed */
  GCancellable *cancellable;
  GCancellable *asking; /* for the slots */
  gboolean busy;
};

G_DEFINE_TYPE (JnAppointmentsPage, jn_appointments_page, JN_TYPE_PAGE)

/* "YYYY-MM-DD", @n days later. (transfer full) */
static char *
add_days (const char *day, int n)
{
  g_autofree char *text = g_strdup_printf ("%sT00:00:00Z", day);
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) later = from != NULL ? g_date_time_add_days (from, n) : NULL;

  return later != NULL ? g_date_time_format (later, "%Y-%m-%d") : g_strdup (day);
}

static char *
subject_of (JnAppointmentsPage *self, const JnAppointment *appointment)
{
  const JnEventEntry *event = appointment->event != NULL
                                  ? jn_catalogue_get_event (self->catalogue, appointment->event)
                                  : NULL;

  if (event != NULL)
    return g_strdup (jn_event_entry_get_name (event, jn_language_get ()->tag));
  return jn_ticket_words_services ((const char *const *)appointment->services, self->session);
}

/* -- the bar -- */

static void
show_bar (JnAppointmentsPage *self)
{
  JnPage *page = JN_PAGE (self);
  gint64 at = jn_slot_picker_get_at (JN_SLOT_PICKER (self->slots));
  gboolean chosen
      = self->moved != NULL || !jn_service_picker_is_empty (JN_SERVICE_PICKER (self->picker));
  g_autofree char *time = at != 0 ? jn_text_format_time (jn_language_get ()->tag, at,
                                                         jn_session_get_zone (self->session))
                                  : NULL;

  jn_page_set_next_label (page, self->moved != NULL ? _("Move the appointment")
                                                    : _("Book the appointment"));
  jn_page_set_back_label (page, self->moved != NULL ? _("Do not move") : NULL);
  jn_page_set_ready (page, chosen && at != 0 && !self->busy);
  jn_page_set_note (
      page,
      time != NULL ? time : chosen ? _("Choose a half hour") : _("Choose at least one service"));
}

/* -- what is free -- */

static void
slots_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnAppointmentsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) days
             = jn_appointments_list_slots_finish (JN_APPOINTMENTS (source), result, &error);

  if (days == NULL)
    jn_page_say_error (JN_PAGE (self), error);
  else
    jn_slot_picker_set_days (JN_SLOT_PICKER (self->slots), days);
}

static void
stop_asking (JnAppointmentsPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask_slots (JnAppointmentsPage *self)
{
  JnServicePicker *picker = JN_SERVICE_PICKER (self->picker);
  const char *const *services = self->moved != NULL ? (const char *const *)self->moved->services
                                                    : jn_service_picker_get_services (picker);
  const char *event
      = self->moved != NULL ? self->moved->event : jn_service_picker_get_event (picker);
  g_autofree char *today = jn_session_today (self->session);
  g_autofree char *last = add_days (today, DAYS_AHEAD);

  stop_asking (self);
  show_bar (self);
  if (event == NULL && (services == NULL || *services == NULL))
    {
      jn_slot_picker_set_days (JN_SLOT_PICKER (self->slots), NULL);
      return;
    }
  self->asking = g_cancellable_new ();
  jn_appointments_list_slots_async (self->appointments, event, *services != NULL ? services : NULL,
                                    today, last, self->asking, slots_cb, g_object_ref (self));
}

/* -- booking and moving -- */

static void
begin_anew (JnAppointmentsPage *self)
{
  g_clear_pointer (&self->moved, jn_appointment_free);
  gtk_entry_set_text (GTK_ENTRY (self->contact), "");
  gtk_entry_set_text (GTK_ENTRY (self->note), "");
  gtk_widget_set_sensitive (self->picker, TRUE);
  jn_label_set (self->heading, _("New appointment"));
  jn_service_picker_clear (JN_SERVICE_PICKER (self->picker));
}

/* The code is what the citizen writes down. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnAppointmentsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnAppointment) made
             = jn_appointments_finish (JN_APPOINTMENTS (source), result, &error);
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  if (made == NULL)
    {
      jn_page_say_error (JN_PAGE (self), error);
      ask_slots (self);
      return;
    }
  time = jn_text_format_time (jn_language_get ()->tag, made->at,
                              jn_session_get_zone (self->session));
  words = made->state == JN_APPOINTMENT_CANCELLED
      ? g_strdup_printf (_("%s is cancelled."), made->code)
      : g_strdup_printf (_("%s · code %s. Tell it to the citizen."), time, made->code);
  jn_page_say (JN_PAGE (self), words);
  begin_anew (self);
}

static void
jn_appointments_page_next (JnPage *page)
{
  JnAppointmentsPage *self = JN_APPOINTMENTS_PAGE (page);
  JnServicePicker *picker = JN_SERVICE_PICKER (self->picker);
  const char *const *services = jn_service_picker_get_services (picker);
  JnBooking booking = {
    .event = jn_service_picker_get_event (picker),
    .services = *services != NULL ? services : NULL,
    .at = jn_slot_picker_get_at (JN_SLOT_PICKER (self->slots)),
    .language = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->languages)),
    .note = gtk_entry_get_text (GTK_ENTRY (self->note)),
    .contact = gtk_entry_get_text (GTK_ENTRY (self->contact)),
  };

  if (!jn_page_get_ready (page) || jn_service_picker_take_typed (picker))
    return;
  self->busy = TRUE;
  show_bar (self);
  if (self->moved != NULL)
    jn_appointments_move_async (self->appointments, self->moved->code, booking.at,
                                self->cancellable, done_cb, g_object_ref (self));
  else
    jn_appointments_book_async (self->appointments, &booking, self->cancellable, done_cb,
                                g_object_ref (self));
}

static void
move_clicked_cb (GtkButton *button, JnAppointmentsPage *self)
{
  const JnAppointment *appointment = g_object_get_data (G_OBJECT (button), "appointment");
  g_autofree char *heading = g_strdup_printf (_("Another time for %s"), appointment->code);

  g_clear_pointer (&self->moved, jn_appointment_free);
  self->moved = jn_appointment_copy (appointment);
  gtk_widget_set_sensitive (self->picker, FALSE);
  jn_label_set (self->heading, heading);
  ask_slots (self);
}

static void
cancel_answered_cb (JnAsk *ask, JnAppointmentsPage *self)
{
  jn_appointments_cancel_async (self->appointments, g_object_get_data (G_OBJECT (ask), "code"),
                                jn_ask_get_reason (ask), self->cancellable, done_cb,
                                g_object_ref (self));
  jn_ask_clear (self->slot);
}

static void
cancel_clicked_cb (GtkButton *button, JnAppointmentsPage *self)
{
  static const char *const reasons[] = { "does-not-want", "issued-wrongly", NULL };
  const JnAppointment *appointment = g_object_get_data (G_OBJECT (button), "appointment");
  g_autofree char *question = g_strdup_printf (_("Cancel %s"), appointment->code);
  JnAsk *ask = jn_ask_new (question, _("The half hour is free again for others."));

  jn_ask_add_reasons (ask, reasons);
  jn_ask_set_answer (ask, question, TRUE);
  g_object_set_data_full (G_OBJECT (ask), "code", g_strdup (appointment->code), g_free);
  g_signal_connect (ask, "answered", G_CALLBACK (cancel_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- the day's list -- */

static const char *
state_words (JnAppointmentState state)
{
  switch (state)
    {
    case JN_APPOINTMENT_BOOKED:
      return _("booked");
    case JN_APPOINTMENT_CHECKED_IN:
      return _("checked in");
    case JN_APPOINTMENT_CANCELLED:
      return _("cancelled");
    case JN_APPOINTMENT_MISSED:
      return _("did not come");
    }
  g_return_val_if_reached ("");
}

static GtkWidget *
make_button (JnAppointmentsPage *self,
             const char *label,
             const JnAppointment *appointment,
             GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");
  g_autofree char *name = g_strdup_printf ("%s: %s", label, appointment->code);

  jn_set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "appointment", jn_appointment_copy (appointment),
                          (GDestroyNotify)jn_appointment_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static void
add_row (JnAppointmentsPage *self, const JnAppointment *appointment)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 10, "row");
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *clock
      = jn_text_format_clock (appointment->at, jn_session_get_zone (self->session));
  g_autofree char *subject = subject_of (self, appointment);
  g_autofree char *line
      = g_strdup_printf ("%s · %s", appointment->code, state_words (appointment->state));
  GtkWidget *time = jn_label_new (clock, "strong number");

  gtk_widget_set_valign (time, GTK_ALIGN_START);
  jn_pack (words, jn_text_new (subject, NULL));
  jn_pack (words, jn_text_new (line, "small number"));
  jn_pack (row, time);
  gtk_box_pack_start (GTK_BOX (row), words, TRUE, TRUE, 0);
  gtk_widget_show (words);
  if (appointment->state == JN_APPOINTMENT_BOOKED)
    {
      jn_pack (row, make_button (self, _("Move"), appointment, G_CALLBACK (move_clicked_cb)));
      jn_pack (row, make_button (self, _("Cancel"), appointment, G_CALLBACK (cancel_clicked_cb)));
    }
  jn_pack (self->rows, row);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnAppointmentsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list
             = jn_appointments_list_finish (JN_APPOINTMENTS (source), result, &error);

  if (list == NULL)
    {
      jn_page_say_error (JN_PAGE (self), error);
      return;
    }
  jn_empty (self->rows);
  for (guint i = 0; i < list->len; i++)
    add_row (self, list->pdata[i]);
  if (list->len == 0)
    jn_pack (self->rows, jn_text_new (_("Nobody has booked for this day."), "small"));
}

static void
list_day (JnAppointmentsPage *self)
{
  g_autofree char *date = jn_text_format_date (jn_language_get ()->tag, self->day);

  jn_label_set (self->day_label, date);
  jn_appointments_list_async (self->appointments, self->day, self->cancellable, listed_cb,
                              g_object_ref (self));
}

static void
turn_day (JnAppointmentsPage *self, int n)
{
  char *day = add_days (self->day, n);

  g_free (self->day);
  self->day = day;
  list_day (self);
}

static void
earlier_cb (GtkButton *button, JnAppointmentsPage *self)
{
  turn_day (self, -1);
}

static void
later_cb (GtkButton *button, JnAppointmentsPage *self)
{
  turn_day (self, 1);
}

/* -- the page -- */

static void
jn_appointments_page_shown (JnPage *page)
{
  JnAppointmentsPage *self = JN_APPOINTMENTS_PAGE (page);

  list_day (self);
  show_bar (self);
  jn_service_picker_grab_search (JN_SERVICE_PICKER (self->picker));
}

static gboolean
jn_appointments_page_search (JnPage *page)
{
  jn_service_picker_grab_search (JN_SERVICE_PICKER (JN_APPOINTMENTS_PAGE (page)->picker));
  return TRUE;
}

static gboolean
jn_appointments_page_back (JnPage *page)
{
  JnAppointmentsPage *self = JN_APPOINTMENTS_PAGE (page);

  if (jn_ask_is_open (self->slot))
    jn_ask_clear (self->slot);
  else if (self->moved != NULL)
    begin_anew (self);
  else
    return FALSE;
  return TRUE;
}

static void
jn_appointments_page_dispose (GObject *object)
{
  JnAppointmentsPage *self = JN_APPOINTMENTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  stop_asking (self);
  if (self->appointments != NULL)
    g_signal_handlers_disconnect_by_data (self->appointments, self);
  g_clear_pointer (&self->moved, jn_appointment_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->appointments);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_appointments_page_parent_class)->dispose (object);
}

static void
jn_appointments_page_class_init (JnAppointmentsPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_appointments_page_dispose;
  page_class->shown = jn_appointments_page_shown;
  page_class->next = jn_appointments_page_next;
  page_class->back = jn_appointments_page_back;
  page_class->search = jn_appointments_page_search;
}

static void
jn_appointments_page_init (JnAppointmentsPage *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkWidget *
add_field (GtkWidget *card, const char *label, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *name = jn_text_new (label, "small");

  jn_label_for (name, field);
  jn_pack (box, name);
  jn_pack (box, field);
  jn_pack (card, box);
  return field;
}

static GtkWidget *
make_form (JnAppointmentsPage *self)
{
  GtkWidget *card = jn_card_new (NULL);

  self->heading = jn_text_new (_("New appointment"), "section");
  jn_set_role (self->heading, ATK_ROLE_HEADING);
  self->picker = jn_service_picker_new (self->catalogue);
  self->slots = jn_slot_picker_new (self->session);
  self->languages = gtk_combo_box_text_new ();
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (self->languages), language->tag, language->name);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->languages), 0);
  jn_pack (card, self->heading);
  jn_pack (card, self->picker);
  jn_pack (card, self->slots);
  add_field (card, _("Language of the citizen"), self->languages);
  self->contact = add_field (card, _("Phone or e-mail of the citizen"), gtk_entry_new ());
  self->note = add_field (card, _("Note for the counter"), gtk_entry_new ());
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  return card;
}

static GtkWidget *
make_turner (JnAppointmentsPage *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new ();

  gtk_container_add (GTK_CONTAINER (button), jn_icon_new (icon, 16));
  gtk_widget_show_all (button);
  jn_add_classes (button, "act quiet");
  jn_set_name (button, name);
  gtk_widget_set_tooltip_text (button, name);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static GtkWidget *
make_list (JnAppointmentsPage *self)
{
  GtkWidget *card = jn_card_new (NULL);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->day_label = jn_text_new (NULL, "section");
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  jn_set_role (self->day_label, ATK_ROLE_HEADING);
  gtk_box_pack_start (GTK_BOX (head), self->day_label, TRUE, TRUE, 0);
  gtk_widget_show (self->day_label);
  jn_pack (head, make_turner (self, "go-previous-symbolic",
                              _("The day before"), G_CALLBACK (earlier_cb)));
  jn_pack (head,
           make_turner (self, "go-next-symbolic", _("The day after"), G_CALLBACK (later_cb)));
  jn_pack (card, head);
  jn_pack (card, self->rows);
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  return card;
}

GtkWidget *
jn_appointments_page_new (JnSession *session)
{
  JnAppointmentsPage *self = g_object_new (JN_TYPE_APPOINTMENTS_PAGE, NULL);
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *columns = jn_columns_new ();

  self->session = g_object_ref (session);
  self->catalogue = g_object_ref (jn_session_get_catalogue (session));
  self->appointments = jn_appointments_new (session);
  self->day = jn_session_today (session);
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_pack_start (GTK_BOX (content), self->slot, FALSE, FALSE, 0);
  jn_columns_add (JN_COLUMNS (columns), make_form (self), FALSE);
  jn_columns_add (JN_COLUMNS (columns), make_list (self), FALSE);
  jn_pack (content, columns);
  g_signal_connect_swapped (self->picker, "changed", G_CALLBACK (ask_slots), self);
  g_signal_connect_swapped (self->slots, "changed", G_CALLBACK (show_bar), self);
  g_signal_connect_swapped (self->appointments, "changed", G_CALLBACK (list_day), self);
  return GTK_WIDGET (self);
}
