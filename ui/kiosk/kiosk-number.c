/* kiosk-number.c: the wait that is told, the number that is taken, and why there is none. */
#include "ui/kiosk/kiosk-private.h"

#include <glib/gi18n.h>

#include "app/slip.h"
#include "app/text.h"
#include "ui/kiosk/kiosk-pages.h"
#include "ui/kiosk/kiosk-slip.h"
#include "ui/language.h"
#include "ui/reception/wait-card.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- the wait, and the number -- */

void
jn_kiosk_say_sorry (JnKioskView *self, const GError *error)
{
  g_clear_error (&self->sorry);
  self->sorry = g_error_copy (error);
  jn_kiosk_go (self, JN_KIOSK_SORRY);
}

static void
print_slip (JnKioskView *self)
{
  JnTicketLine line = { -1, -1, -1 };

  g_clear_object (&self->slip);
  if (!jn_slip_has_printer (self->session))
    return;
  if (self->estimate != NULL && self->estimate->p50 >= 0)
    line = (JnTicketLine){ self->estimate->ahead, (int)((self->estimate->p50 + 59) / 60),
                           (int)((self->estimate->p90 + 59) / 60) };
  self->slip
      = g_object_ref (jn_slip_print_unattended (self->prints, self->session, self->ticket, &line));
}

/* Who came with a slip or an appointment said before which language is his. */
static void
speak_as (JnKioskView *self, const char *wanted)
{
  for (const JnLanguage *language = jn_language_list (); !self->spoken && language->code != NULL;
       language++)
    if (g_strcmp0 (language->tag, wanted) == 0)
      jn_language_set (language);
  self->spoken = TRUE;
}

static void
got_ticket_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnKioskView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_reception_ticket_finish (JN_RECEPTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (ticket == NULL)
    {
      jn_kiosk_say_sorry (self, error);
      return;
    }
  g_set_object (&self->ticket, ticket);
  speak_as (self, jn_ticket_get_language (ticket));
  if (self->event != NULL)
    jn_catalogue_note_use (self->catalogue, self->event);
  if (self->service != NULL)
    jn_catalogue_note_use (self->catalogue, self->service);
  print_slip (self);
  jn_kiosk_go (self, JN_KIOSK_DONE);
}

static void
take_clicked_cb (GtkButton *button, JnKioskView *self)
{
  const JnLanguage *language = g_object_get_data (G_OBJECT (button), "language");
  const char *const services[] = { self->service, NULL };
  JnTicketOrder order = {
    .event = self->event,
    .services = self->service != NULL ? services : NULL,
    .priority = self->priority,
    .language = language->tag,
    .pick_up = self->receipt,
    .seal = self->seal,
  };

  jn_language_set (language);
  self->spoken = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  jn_reception_issue_async (self->reception, &order, self->cancellable, got_ticket_cb,
                            g_object_ref (self));
}

static const char *
chosen_name (JnKioskView *self)
{
  const JnEventEntry *event
      = self->event != NULL ? jn_catalogue_get_event (self->catalogue, self->event) : NULL;

  if (self->receipt != NULL)
    return _("Fetch the results of a receipt");
  if (event != NULL)
    return jn_event_entry_get_name (event, tag ());
  return self->service != NULL ? jn_ticket_words_service (self->service, self->session) : "";
}

static void
add_wait (JnKioskView *self)
{
  g_autofree char *wait = jn_wait_words (self->estimate, tag ());
  g_autofree char *ahead = g_strdup_printf (
      ngettext ("%d number is before yours", "%d numbers are before yours", self->estimate->ahead),
      self->estimate->ahead);

  if (*wait == '\0')
    jn_kiosk_add (self, jn_text_new (_("No open counter takes it now: the wait is not known."),
                                        "kiosk-line"));
  else
    {
      jn_kiosk_add (self, jn_text_new (_("Expected wait"), "kiosk-line"));
      jn_kiosk_add (self, jn_text_new (wait, "kiosk-figure number"));
      jn_kiosk_add (self, jn_text_new (ahead, "kiosk-line"));
    }
  if (self->estimate->suspended[0] != NULL)
    jn_kiosk_add (
        self, jn_text_new (_("This service has a fault at the moment. Ask at reception what you "
                                 "can do, or take a number and wait."),
                              "notice soon kiosk-line"));
}

/* In whose words the citizen takes it is his language from here on.
 * @grid: (nullable): where it stands beside something */
static void
add_take (JnKioskView *self, GtkWidget *grid)
{
  GtkWidget *button = jn_kiosk_button_new ("document-print-symbolic", _("Take the number"), NULL,
                                                                         "kiosk-primary");

  g_object_set_data (G_OBJECT (button), "language", (gpointer)jn_language_get ());
  gtk_widget_set_valign (button, GTK_ALIGN_START); /* no higher for the lines beside it */
  jn_kiosk_add_button (self, grid, button, G_CALLBACK (take_clicked_cb));
}

/* In three languages on one screen: each button beside its words. */
static void
add_receipt (JnKioskView *self)
{
  GtkWidget *grid = jn_kiosk_grid_new (2);

  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (grid), 2);
  jn_kiosk_grid_add (grid, jn_kiosk_heading_new (chosen_name (self), self->receipt));
  add_take (self, grid);
  jn_kiosk_add (self, grid);
}

/* What the supervisor wants to be told, else the standard text. */
static void
add_full (JnKioskView *self)
{
  g_autofree char *words = jn_text_name (tag (), self->estimate->cap_words);

  jn_kiosk_add (
      self, jn_text_new (*words != '\0'
                             ? words
                             : _("There are no more numbers for this today. Book a day with One "
                                              "Account, or ask at reception."),
                                  "notice late kiosk-line"));
}

static void
add_confirm (JnKioskView *self)
{
  gboolean full = self->estimate != NULL && self->estimate->cap_left == 0;

  if (self->receipt != NULL)
    {
      add_receipt (self);
      return;
    }
  jn_kiosk_add (self, jn_kiosk_heading_new (chosen_name (self), NULL));
  if (self->estimate != NULL)
    add_wait (self);
  if (full)
    add_full (self);
  else
    add_take (self, NULL);
}

void
jn_kiosk_build_confirm (JnKioskView *self)
{
  jn_kiosk_in_every_language (self, add_confirm);
}

static void
estimated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnKioskView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnEstimate) estimate
             = jn_reception_estimate_finish (JN_RECEPTION (source), result, &error);

  if (estimate == NULL || self->page != JN_KIOSK_CONFIRM)
    return;
  g_clear_pointer (&self->estimate, jn_estimate_free);
  self->estimate = g_steal_pointer (&estimate);
  jn_kiosk_go (self, JN_KIOSK_CONFIRM);
}

void
jn_kiosk_ask_wait (JnKioskView *self)
{
  const char *const services[] = { self->service, NULL };

  g_clear_pointer (&self->estimate, jn_estimate_free);
  if (self->receipt == NULL)
    jn_reception_estimate_async (self->reception, self->event,
                                 self->service != NULL ? services : NULL, self->priority,
                                 self->cancellable, estimated_cb, g_object_ref (self));
}

void
jn_kiosk_check_in (JnKioskView *self, const char *text)
{
  jn_reception_check_in_async (self->reception, text, FALSE, self->cancellable, got_ticket_cb,
                               g_object_ref (self));
}

void
jn_kiosk_build_done (JnKioskView *self)
{
  const char *ticket = jn_ticket_get_number (self->ticket);
  GtkWidget *number = jn_text_new (ticket, "kiosk-number number");
  GtkWidget *slip;
  g_autofree char *name = g_strdup_printf ("%s: %s", _("Your number"), ticket);

  jn_set_name (number, name);
  jn_set_role (number, ATK_ROLE_LABEL);
  jn_kiosk_add (self, jn_kiosk_heading_new (_("Your number"), NULL));
  jn_kiosk_add (self, number);
  slip = jn_kiosk_slip_new (self->slip);
  g_signal_connect_swapped (slip, "asks", G_CALLBACK (jn_kiosk_note_touch), self);
  jn_kiosk_add (self, slip);
  jn_announce (number);
}

static void
add_sorry (JnKioskView *self)
{
  g_autofree char *words = jn_words_error (self->sorry);

  jn_kiosk_add (self, jn_kiosk_heading_new (_("This is not possible here"), words));
  jn_kiosk_add (self, jn_text_new (_("Please ask at reception."), "kiosk-line"));
}

void
jn_kiosk_build_sorry (JnKioskView *self)
{
  jn_kiosk_in_every_language (self, add_sorry);
}
