/* kiosk-view.c: a citizen takes a number by himself. */
#include "ui/kiosk/kiosk-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/catalogue.h"
#include "app/reception.h"
#include "app/scan.h"
#include "app/slip.h"
#include "app/text.h"
#include "ui/kiosk/kiosk-pages.h"
#include "ui/kiosk/kiosk-slip.h"
#include "ui/language.h"
#include "ui/reception/wait-card.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define PATIENCE_SECONDS 60
#define DONE_SECONDS 12
#define SCAN_PAUSE_US (2 * G_USEC_PER_SEC)
#define MOST_SCANNED 600
#define MOST_COMMON 6

typedef enum
{
  PAGE_WELCOME,
  PAGE_CHOOSE,
  PAGE_DEPARTMENT,
  PAGE_PRIORITY,
  PAGE_CONFIRM,
  PAGE_DONE,
  PAGE_SORRY,
  PAGE_EMERGENCY,
  PAGE_STAFF,
} Page;

struct _JnKioskView
{
  GtkBin parent;

  GtkWidget *content;
  GtkWidget *foot;
  GtkWidget *password;
  GtkWidget *first;

  JnSession *session;
  JnCatalogue *catalogue;
  JnReception *reception;
  JnPrints *prints;
  GCancellable *cancellable;

  Page page;
  char *department;
  char *event;
  char *service;
  char *receipt;
  JnPriority priority;
  JnEstimate *estimate;
  JnTicket *ticket;
  char *sorry;
  JnPrint *slip; /* (nullable): no printer */

  GString *scanned;
  gint64 scanned_at; /* monotonic, of the last sign */
  guint patience;
  guint idle;
};

G_DEFINE_TYPE (JnKioskView, jn_kiosk_view, GTK_TYPE_BIN)

static void go (JnKioskView *self, Page page);

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- beginning anew -- */

static void
forget (JnKioskView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->department, g_free);
  g_clear_pointer (&self->event, g_free);
  g_clear_pointer (&self->service, g_free);
  g_clear_pointer (&self->receipt, g_free);
  g_clear_pointer (&self->estimate, jn_estimate_free);
  g_clear_pointer (&self->sorry, g_free);
  g_clear_object (&self->ticket);
  self->priority = JN_PRIORITY_NONE;
  g_clear_object (&self->slip);
}

static void
begin_anew (JnKioskView *self)
{
  forget (self);
  go (self, jn_reception_is_emergency (self->reception) ? PAGE_EMERGENCY : PAGE_WELCOME);
}

static gboolean
idle_cb (gpointer user_data)
{
  JnKioskView *self = user_data;

  self->idle = 0;
  begin_anew (self);
  return G_SOURCE_REMOVE;
}

/* Somebody is here: the time begins again. */
static void
note_touch (JnKioskView *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->page == PAGE_WELCOME || self->page == PAGE_EMERGENCY)
    return;
  self->idle = g_timeout_add_seconds (
      self->page == PAGE_DONE ? MIN (DONE_SECONDS, self->patience) : self->patience, idle_cb, self);
}

/* -- pieces -- */

static void
add (JnKioskView *self, GtkWidget *widget)
{
  jn_pack (self->content, widget);
}

static GtkWidget *
add_button (JnKioskView *self, GtkWidget *grid, GtkWidget *button, GCallback clicked)
{
  g_signal_connect (button, "clicked", clicked, self);
  if (grid != NULL)
    jn_kiosk_grid_add (grid, button);
  else
    jn_pack (self->content, button);
  if (self->first == NULL)
    self->first = button;
  return button;
}

static void
anew_clicked_cb (GtkButton *button, JnKioskView *self)
{
  begin_anew (self);
}

static void
back_clicked_cb (GtkButton *button, JnKioskView *self)
{
  switch (self->page)
    {
    case PAGE_DEPARTMENT:
    case PAGE_PRIORITY:
      go (self, PAGE_CHOOSE);
      break;
    case PAGE_CONFIRM:
      go (self, self->receipt != NULL ? PAGE_CHOOSE : PAGE_PRIORITY);
      break;
    case PAGE_WELCOME:
    case PAGE_CHOOSE:
    case PAGE_DONE:
    case PAGE_SORRY:
    case PAGE_EMERGENCY:
    case PAGE_STAFF:
      begin_anew (self);
      break;
    }
}

static void
show_foot (JnKioskView *self)
{
  GtkWidget *back;
  GtkWidget *anew;

  jn_empty (self->foot);
  gtk_widget_set_visible (self->foot, self->page != PAGE_WELCOME && self->page != PAGE_EMERGENCY);
  if (!gtk_widget_get_visible (self->foot))
    return;
  back = jn_kiosk_button_new ("go-previous-symbolic", _("Back"), NULL, NULL);
  anew = jn_kiosk_button_new ("view-refresh-symbolic", _("Begin again"), NULL, NULL);
  g_signal_connect (back, "clicked", G_CALLBACK (back_clicked_cb), self);
  g_signal_connect (anew, "clicked", G_CALLBACK (anew_clicked_cb), self);
  if (self->page != PAGE_DONE)
    jn_pack (self->foot, back);
  jn_pack_end (self->foot, anew);
}

/* -- welcome -- */

static void
language_clicked_cb (GtkButton *button, JnKioskView *self)
{
  jn_language_set (g_object_get_data (G_OBJECT (button), "language"));
  go (self, PAGE_CHOOSE);
}

static void
build_welcome (JnKioskView *self)
{
  GtkWidget *grid = jn_kiosk_grid_new (3);

  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      g_autofree char *branch = jn_session_get_branch_name (self->session, language->tag);

      add (self, jn_kiosk_heading_new (jn_text (language->tag, N_ ("Take a number here")), branch));
    }
  add (self, grid);
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      GtkWidget *button
          = jn_kiosk_button_new (NULL, language->name, NULL, "kiosk-primary kiosk-language");

      g_object_set_data (G_OBJECT (button), "language", (gpointer)language);
      add_button (self, grid, button, G_CALLBACK (language_clicked_cb));
    }
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    add (self, jn_text_new (jn_text (language->tag,
                                     N_ ("Booked, or fetching a result? Scan the "
                                                      "appointment, the slip or the receipt.")),
                                     "kiosk-line"));
}

/* -- choosing -- */

static void
event_clicked_cb (GtkButton *button, JnKioskView *self)
{
  g_free (self->event);
  self->event = g_strdup (g_object_get_data (G_OBJECT (button), "code"));
  g_clear_pointer (&self->service, g_free);
  go (self, PAGE_PRIORITY);
}

static void
service_clicked_cb (GtkButton *button, JnKioskView *self)
{
  g_free (self->service);
  self->service = g_strdup (g_object_get_data (G_OBJECT (button), "code"));
  g_clear_pointer (&self->event, g_free);
  go (self, PAGE_PRIORITY);
}

static void
department_clicked_cb (GtkButton *button, JnKioskView *self)
{
  g_free (self->department);
  self->department = g_strdup (g_object_get_data (G_OBJECT (button), "code"));
  go (self, PAGE_DEPARTMENT);
}

static void
add_coded (JnKioskView *self,
           GtkWidget *grid,
           const char *icon,
           const char *name,
           const char *second,
           const char *code,
           GCallback clicked)
{
  GtkWidget *button = jn_kiosk_button_new (icon, name, second, NULL);

  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  add_button (self, grid, button, clicked);
}

static void
add_service (JnKioskView *self, GtkWidget *grid, const JnServiceEntry *service)
{
  add_coded (self, grid, NULL, jn_service_entry_get_name (service, tag ()),
             jn_catalogue_get_acronym (self->catalogue, jn_service_entry_get_department (service)),
             jn_service_entry_get_code (service), G_CALLBACK (service_clicked_cb));
}

static void
add_common (JnKioskView *self, GtkWidget *grid)
{
  g_autoptr (GPtrArray) common = jn_catalogue_list_common (self->catalogue, 0);

  for (guint i = 0; i < MIN (common->len, MOST_COMMON); i++)
    {
      const JnMatch *match = common->pdata[i];

      if (match->service != NULL && match->score > 0)
        add_service (self, grid, match->service);
    }
}

/* Departments in the order of their services. */
static void
add_departments (JnKioskView *self, GtkWidget *grid)
{
  GPtrArray *services = jn_catalogue_get_services (self->catalogue);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < services->len; i++)
    {
      const char *code = jn_service_entry_get_department (services->pdata[i]);
      const char *name = jn_catalogue_get_department_name (self->catalogue, code, tag ());

      if (code != NULL && g_hash_table_add (seen, (gpointer)code))
        add_coded (self, grid, NULL, name != NULL ? name : code,
                   jn_catalogue_get_acronym (self->catalogue, code), code,
                   G_CALLBACK (department_clicked_cb));
    }
}

static void
build_choose (JnKioskView *self)
{
  GPtrArray *events = jn_catalogue_get_events (self->catalogue);
  GtkWidget *first = jn_kiosk_grid_new (3);
  GtkWidget *second = jn_kiosk_grid_new (3);

  add (self, jn_kiosk_heading_new (_("What do you need?"), NULL));
  add (self, first);
  add_common (self, first);
  for (guint i = 0; i < events->len; i++)
    {
      const JnEventEntry *event = events->pdata[i];

      add_coded (self, first, jn_event_entry_get_icon (event),
                 jn_event_entry_get_name (event, tag ()), NULL, jn_event_entry_get_code (event),
                 G_CALLBACK (event_clicked_cb));
    }
  add (self, jn_kiosk_heading_new (_("Or by department"), NULL));
  add (self, second);
  add_departments (self, second);
}

static void
build_department (JnKioskView *self)
{
  GPtrArray *services = jn_catalogue_get_services (self->catalogue);
  const char *name = jn_catalogue_get_department_name (self->catalogue, self->department, tag ());
  GtkWidget *grid = jn_kiosk_grid_new (2);

  add (self, jn_kiosk_heading_new (name != NULL ? name : self->department, NULL));
  add (self, grid);
  for (guint i = 0; i < services->len; i++)
    if (g_strcmp0 (jn_service_entry_get_department (services->pdata[i]), self->department) == 0)
      add_service (self, grid, services->pdata[i]);
}

/* -- who goes first -- */

static void
priority_clicked_cb (GtkButton *button, JnKioskView *self)
{
  self->priority = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "priority"));
  go (self, PAGE_CONFIRM);
}

static void
build_priority (JnKioskView *self)
{
  GtkWidget *grid = jn_kiosk_grid_new (2);

  add (self, jn_kiosk_heading_new (_("Does one of these apply to you?"),
                                      _("Then you wait a little less.")));
  add (self, grid);
  for (JnPriority priority = JN_PRIORITY_NONE; priority < JN_PRIORITY_APPOINTED; priority++)
    {
      GtkWidget *button
          = jn_kiosk_button_new (NULL, priority == JN_PRIORITY_NONE
                                 ? _("None of these") : jn_ticket_words_class (priority), NULL,
                                      priority == JN_PRIORITY_NONE ? "kiosk-primary" : NULL);

      g_object_set_data (G_OBJECT (button), "priority", GUINT_TO_POINTER (priority));
      add_button (self, grid, button, G_CALLBACK (priority_clicked_cb));
    }
}

/* -- the wait, and the number -- */

static void
say_sorry (JnKioskView *self, const GError *error)
{
  g_free (self->sorry);
  self->sorry = jn_words_error (error);
  go (self, PAGE_SORRY);
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
      say_sorry (self, error);
      return;
    }
  g_set_object (&self->ticket, ticket);
  if (self->event != NULL)
    jn_catalogue_note_use (self->catalogue, self->event);
  if (self->service != NULL)
    jn_catalogue_note_use (self->catalogue, self->service);
  print_slip (self);
  go (self, PAGE_DONE);
}

static void
take_clicked_cb (GtkButton *button, JnKioskView *self)
{
  const char *const services[] = { self->service, NULL };
  JnTicketOrder order = {
    .event = self->event,
    .services = self->service != NULL ? services : NULL,
    .priority = self->priority,
    .language = tag (),
    .pick_up = self->receipt,
  };

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
build_wait (JnKioskView *self)
{
  g_autofree char *wait = jn_wait_words (self->estimate, tag ());
  g_autofree char *ahead = g_strdup_printf (
      ngettext ("%d ahead", "%d ahead", self->estimate->ahead), self->estimate->ahead);

  if (*wait == '\0')
    add (self,
         jn_text_new (_("No open counter takes it now: the wait is not known."), "kiosk-line"));
  else
    {
      add (self, jn_text_new (_("Expected wait"), "kiosk-line"));
      add (self, jn_text_new (wait, "kiosk-figure number"));
      add (self, jn_text_new (ahead, "kiosk-line"));
    }
  if (self->estimate->suspended[0] != NULL)
    add (self, jn_text_new (_("This service has a fault at the moment. Ask at reception what you "
                                 "can do, or take a number and wait."),
                               "notice soon"));
}

/* What the supervisor wants to be told, else the standard text. */
static void
build_full (JnKioskView *self)
{
  g_autofree char *words = jn_text_name (tag (), self->estimate->cap_words);

  add (self, jn_text_new (*words != '\0'
                              ? words
                              : _("There are no more numbers for this today. Book a day with One "
                                             "Account, or ask at reception."),
                                   "notice late"));
}

static void
build_confirm (JnKioskView *self)
{
  gboolean full = self->estimate != NULL && self->estimate->cap_left == 0;

  add (self, jn_kiosk_heading_new (chosen_name (self), self->receipt));
  if (self->estimate != NULL)
    build_wait (self);
  if (full)
    build_full (self);
  if (!full)
    add_button (self, NULL,
                jn_kiosk_button_new ("document-print-symbolic",
                                     _("Take the number"), NULL, "kiosk-primary"),
                                     G_CALLBACK (take_clicked_cb));
}

static void
estimated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnKioskView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnEstimate) estimate
             = jn_reception_estimate_finish (JN_RECEPTION (source), result, &error);

  if (estimate == NULL || self->page != PAGE_CONFIRM)
    return;
  g_clear_pointer (&self->estimate, jn_estimate_free);
  self->estimate = g_steal_pointer (&estimate);
  go (self, PAGE_CONFIRM);
}

static void
ask_wait (JnKioskView *self)
{
  const char *const services[] = { self->service, NULL };

  g_clear_pointer (&self->estimate, jn_estimate_free);
  if (self->receipt == NULL)
    jn_reception_estimate_async (self->reception, self->event,
                                 self->service != NULL ? services : NULL, self->priority,
                                 self->cancellable, estimated_cb, g_object_ref (self));
}

static void
build_done (JnKioskView *self)
{
  const char *ticket = jn_ticket_get_number (self->ticket);
  GtkWidget *number = jn_text_new (ticket, "kiosk-number number");
  GtkWidget *slip;
  g_autofree char *name = g_strdup_printf ("%s: %s", _("Your number"), ticket);

  jn_set_name (number, name);
  jn_set_role (number, ATK_ROLE_LABEL);
  add (self, jn_kiosk_heading_new (_("Your number"), NULL));
  add (self, number);
  slip = jn_kiosk_slip_new (self->slip);
  g_signal_connect_swapped (slip, "asks", G_CALLBACK (note_touch), self);
  add (self, slip);
  jn_announce (number);
}

static void
build_sorry (JnKioskView *self)
{
  add (self, jn_kiosk_heading_new (_("This is not possible here"), self->sorry));
  add (self, jn_text_new (_("Please ask at reception."), "kiosk-line"));
}

static void
build_emergency (JnKioskView *self)
{
  for (const JnLanguage *language = jn_language_list (); language->code != NULL; language++)
    {
      GtkWidget *words
          = jn_text_new (jn_text (language->tag, N_ ("Leave the building now.")), "board-leave");

      jn_set_role (words, ATK_ROLE_ALERT);
      add (self, words);
    }
}

/* -- the staff's way out -- */

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnKioskView) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  if (!jn_session_unlock_finish (JN_SESSION (source), result, &error))
    say_sorry (self, error);
  else
    gtk_widget_destroy (window);
}

static void
leave_cb (GtkWidget *widget, JnKioskView *self)
{
  jn_session_unlock_async (self->session, gtk_entry_get_text (GTK_ENTRY (self->password)), NULL,
                           unlocked_cb, g_object_ref (self));
}

static void
build_staff (JnKioskView *self)
{
  add (self, jn_kiosk_heading_new (_("For staff: close the kiosk"), NULL));
  self->password = gtk_entry_new ();
  gtk_entry_set_visibility (GTK_ENTRY (self->password), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->password), GTK_INPUT_PURPOSE_PASSWORD);
  jn_set_name (self->password, _("Password"));
  g_signal_connect (self->password, "activate", G_CALLBACK (leave_cb), self);
  add (self, self->password);
  add_button (self, NULL,
              jn_kiosk_button_new (NULL, _("Close the kiosk"), NULL, "kiosk-primary"),
                                   G_CALLBACK (leave_cb));
  self->first = self->password;
}

/* -- from page to page -- */

static void
build (JnKioskView *self)
{
  switch (self->page)
    {
    case PAGE_WELCOME:
      build_welcome (self);
      break;
    case PAGE_CHOOSE:
      build_choose (self);
      break;
    case PAGE_DEPARTMENT:
      build_department (self);
      break;
    case PAGE_PRIORITY:
      build_priority (self);
      break;
    case PAGE_CONFIRM:
      build_confirm (self);
      break;
    case PAGE_DONE:
      build_done (self);
      break;
    case PAGE_SORRY:
      build_sorry (self);
      break;
    case PAGE_EMERGENCY:
      build_emergency (self);
      break;
    case PAGE_STAFF:
      build_staff (self);
      break;
    }
}

/* Lists begin at the top; what is short stands in the middle, where the eye is. */
static gboolean
is_long (Page page)
{
  return page == PAGE_CHOOSE || page == PAGE_DEPARTMENT;
}

static void
go (JnKioskView *self, Page page)
{
  gboolean asks = page == PAGE_CONFIRM && self->page != PAGE_CONFIRM;

  self->page = page;
  self->first = NULL;
  self->password = NULL;
  jn_empty (self->content);
  build (self);
  show_foot (self);
  jn_set_class (GTK_WIDGET (self), "board-emergency", page == PAGE_EMERGENCY);
  gtk_widget_set_valign (self->content, is_long (page) ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  if (self->first != NULL)
    gtk_widget_grab_focus (self->first);
  note_touch (self);
  if (asks)
    ask_wait (self);
}

/* -- what a scanner types -- */

static void
take_scan (JnKioskView *self, const char *text)
{
  g_autofree char *today = jn_session_today (self->session);
  g_autoptr (JnScan) scan = jn_scan_parse (text, today);

  forget (self);
  if (scan->kind == JN_SCAN_RECEIPT)
    {
      self->receipt = g_strdup (scan->number);
      go (self, PAGE_CONFIRM);
      return;
    }
  jn_reception_check_in_async (self->reception, text, FALSE, self->cancellable, got_ticket_cb,
                               g_object_ref (self));
}

static gboolean
is_way_out (const GdkEventKey *event)
{
  const GdkModifierType chord = GDK_CONTROL_MASK | GDK_MOD1_MASK | GDK_SHIFT_MASK;

  return (event->state & chord) == chord
         && (event->keyval == GDK_KEY_q || event->keyval == GDK_KEY_Q);
}

static gboolean
on_key_cb (GtkWidget *window, GdkEventKey *event, JnKioskView *self)
{
  gint64 now = g_get_monotonic_time ();
  gunichar sign = gdk_keyval_to_unicode (event->keyval);
  gboolean enter = event->keyval == GDK_KEY_Return || event->keyval == GDK_KEY_KP_Enter;

  note_touch (self);
  if (is_way_out (event))
    {
      go (self, PAGE_STAFF);
      return TRUE;
    }
  if (self->page == PAGE_STAFF || self->page == PAGE_EMERGENCY)
    return FALSE;
  if (now - self->scanned_at > SCAN_PAUSE_US)
    g_string_truncate (self->scanned, 0);
  if (enter && self->scanned->len > 3)
    {
      g_autofree char *text = g_strdup (self->scanned->str);

      g_string_truncate (self->scanned, 0);
      take_scan (self, text);
      return TRUE;
    }
  if (sign <= ' ' || sign > '~' || self->scanned->len >= MOST_SCANNED)
    return FALSE;
  g_string_append_unichar (self->scanned, sign);
  self->scanned_at = now;
  return TRUE;
}

static gboolean
on_touched_cb (GtkWidget *window, GdkEvent *event, JnKioskView *self)
{
  note_touch (self);
  return FALSE;
}

static gboolean
on_delete_cb (GtkWidget *window, GdkEvent *event, JnKioskView *self)
{
  return TRUE; /* nobody closes it but staff */
}

static void
on_reception_changed_cb (JnReception *reception, JnKioskView *self)
{
  gboolean emergency = jn_reception_is_emergency (reception);

  if (emergency != (self->page == PAGE_EMERGENCY))
    begin_anew (self);
}

static void
on_anchored_cb (GtkWidget *widget, GtkWidget *before, JnKioskView *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (widget);

  if (!GTK_IS_WINDOW (window) || before == window)
    return;
  gtk_widget_add_events (window, GDK_BUTTON_PRESS_MASK | GDK_TOUCH_MASK);
  g_signal_connect_object (window, "key-press-event", G_CALLBACK (on_key_cb), self, 0);
  g_signal_connect_object (window, "button-press-event", G_CALLBACK (on_touched_cb), self, 0);
  g_signal_connect_object (window, "touch-event", G_CALLBACK (on_touched_cb), self, 0);
  g_signal_connect_object (window, "delete-event", G_CALLBACK (on_delete_cb), self, 0);
}

/* -- the widget -- */

static void
jn_kiosk_view_dispose (GObject *object)
{
  JnKioskView *self = JN_KIOSK_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->reception != NULL)
    g_signal_handlers_disconnect_by_data (self->reception, self);
  if (self->cancellable != NULL)
    forget (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reception);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_kiosk_view_parent_class)->dispose (object);
}

static void
jn_kiosk_view_finalize (GObject *object)
{
  g_string_free (JN_KIOSK_VIEW (object)->scanned, TRUE);
  G_OBJECT_CLASS (jn_kiosk_view_parent_class)->finalize (object);
}

static void
jn_kiosk_view_class_init (JnKioskViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_kiosk_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_kiosk_view_finalize;
}

static void
jn_kiosk_view_init (JnKioskView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);

  self->scanned = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  self->patience = PATIENCE_SECONDS;
  self->content = jn_box_new (GTK_ORIENTATION_VERTICAL, 22, "kiosk-content");
  self->foot = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 18, "kiosk-foot");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_container_add (GTK_CONTAINER (scroller), self->content);
  gtk_widget_show (self->content);
  gtk_box_pack_start (GTK_BOX (box), scroller, TRUE, TRUE, 0);
  gtk_widget_show_all (scroller);
  jn_pack (box, self->foot);
  gtk_widget_show (box);
  gtk_container_add (GTK_CONTAINER (self), box);
  g_signal_connect (self, "hierarchy-changed", G_CALLBACK (on_anchored_cb), self);
}

GtkWidget *
jn_kiosk_view_new (JnSession *session)
{
  JnKioskView *self = g_object_new (JN_TYPE_KIOSK_VIEW, NULL);

  self->session = g_object_ref (session);
  self->catalogue = g_object_ref (jn_session_get_catalogue (session));
  self->reception = jn_reception_new (session);
  self->prints = jn_prints_new (session);
  g_signal_connect (self->reception, "changed", G_CALLBACK (on_reception_changed_cb), self);
  jn_reception_refresh_async (self->reception, NULL, NULL, NULL);
  jn_prints_recover (self->prints);
  begin_anew (self);
  return GTK_WIDGET (self);
}

void
jn_kiosk_view_set_patience (JnKioskView *self, guint seconds)
{
  self->patience = seconds;
}
