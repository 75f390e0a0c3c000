/* reception-page.c: where a citizen gets his number: issued, checked in, changed, merged, cancelled. */
#include "ui/reception-page.h"

#include <glib/gi18n.h>

#include "app/pick-up.h"
#include "app/reception.h"
#include "app/scan.h"
#include "app/slip.h"
#include "ui/affected/affected-card.h"
#include "ui/ask.h"
#include "ui/columns.h"
#include "ui/language.h"
#include "ui/reception/order-form.h"
#include "ui/reception/slip-watch.h"
#include "ui/reception/ticket-list.h"
#include "ui/reception/wait-card.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnReceptionPage
{
  JnPage parent;

  GtkWidget *slot;
  GtkWidget *affected;
  GtkWidget *form;
  GtkWidget *wait;
  GtkWidget *list;

  JnSession *session;
  JnReception *reception;
  JnPrints *prints;
  JnTicket *changed;    /* (nullable): the one that is being changed */
  JnEstimate *estimate; /* (nullable) */
  GCancellable *cancellable;
  GCancellable *estimating;
  gboolean busy;
};

G_DEFINE_TYPE (JnReceptionPage, jn_reception_page, JN_TYPE_PAGE)

/* -- what the bar says -- */

static void
show_bar (JnReceptionPage *self)
{
  JnPage *page = JN_PAGE (self);
  gboolean empty = jn_order_form_is_empty (JN_ORDER_FORM (self->form));
  g_autofree char *wait = self->estimate != NULL
                              ? jn_wait_words (self->estimate, jn_language_get ()->tag)
                              : g_strdup ("");
  g_autofree char *note = *wait != '\0' ? g_strdup_printf (_("expected wait %s"), wait) : NULL;
  g_autofree char *label = self->changed != NULL
      ? g_strdup_printf (_("Change %s"), jn_ticket_get_number (self->changed))
      : g_strdup (_("Issue the number"));

  jn_page_set_next_label (page, label);
  jn_page_set_back_label (page, self->changed != NULL ? _("Do not change") : NULL);
  jn_page_set_ready (page, !empty && !self->busy);
  jn_page_set_note (page, empty ? _("Choose at least one service") : note);
}

static void
set_busy (JnReceptionPage *self, gboolean busy)
{
  self->busy = busy;
  show_bar (self);
}

/* -- the wait before -- */

static void
estimated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceptionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnEstimate) estimate
             = jn_reception_estimate_finish (JN_RECEPTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->estimate, jn_estimate_free);
  self->estimate = g_steal_pointer (&estimate);
  jn_wait_card_set (JN_WAIT_CARD (self->wait), self->estimate);
  show_bar (self);
}

static void
stop_estimating (JnReceptionPage *self)
{
  g_cancellable_cancel (self->estimating);
  g_clear_object (&self->estimating);
}

static void
estimate (JnReceptionPage *self)
{
  JnTicketOrder order = jn_order_form_get_order (JN_ORDER_FORM (self->form));

  stop_estimating (self);
  show_bar (self);
  if (jn_order_form_is_empty (JN_ORDER_FORM (self->form)))
    {
      g_clear_pointer (&self->estimate, jn_estimate_free);
      jn_wait_card_set (JN_WAIT_CARD (self->wait), NULL);
      show_bar (self);
      return;
    }
  self->estimating = g_cancellable_new ();
  jn_reception_estimate_async (self->reception, order.event, order.services, order.priority,
                               self->estimating, estimated_cb, g_object_ref (self));
}

/* -- the slip -- */

static void
print_slip (JnReceptionPage *self, JnTicket *ticket, const JnEstimate *wait)
{
  JnTicketLine line = { -1, -1, -1 };

  if (wait != NULL && wait->p50 >= 0)
    line
        = (JnTicketLine){ wait->ahead, (int)((wait->p50 + 59) / 60), (int)((wait->p90 + 59) / 60) };
  jn_slip_watch (JN_PAGE (self), jn_slip_print (self->prints, self->session, ticket, &line));
}

/* A reception without a printer calls the number out. */
static void
print_new_slip (JnReceptionPage *self, JnTicket *ticket, const JnEstimate *wait)
{
  if (jn_slip_has_printer (self->session))
    print_slip (self, ticket, wait);
}

/* "A034", or "A034, B012" of who came together. (transfer full) */
static char *
list_numbers (JnTicket *ticket)
{
  GPtrArray *party = jn_ticket_get_party (ticket);
  GString *numbers = g_string_new (jn_ticket_get_number (ticket));

  for (guint i = 0; i < party->len; i++)
    g_string_append_printf (numbers, ", %s", jn_ticket_get_number (party->pdata[i]));
  return g_string_free (numbers, FALSE);
}

static void
print_new_slips (JnReceptionPage *self, JnTicket *ticket, const JnEstimate *wait)
{
  GPtrArray *party = jn_ticket_get_party (ticket);

  print_new_slip (self, ticket, wait);
  for (guint i = 0; i < party->len; i++)
    print_new_slip (self, party->pdata[i], NULL);
}

/* What reception says aloud: the number, and how long. */
static void
announce (JnReceptionPage *self, JnTicket *ticket, const JnEstimate *wait)
{
  g_autofree char *numbers = list_numbers (ticket);
  g_autofree char *subject = jn_ticket_words_subject (ticket, self->session);
  g_autofree char *minutes
      = wait != NULL ? jn_wait_words (wait, jn_language_get ()->tag) : g_strdup ("");
  g_autofree char *words = NULL;

  if (*minutes != '\0')
    words = g_strdup_printf (_("%s · %s · expected wait %s"), numbers, subject, minutes);
  else
    words = g_strdup_printf ("%s · %s", numbers, subject);
  jn_page_say (JN_PAGE (self), words);
}

/* -- issuing and changing -- */

static void
begin_anew (JnReceptionPage *self)
{
  g_clear_object (&self->changed);
  jn_order_form_clear (JN_ORDER_FORM (self->form));
  jn_order_form_grab_search (JN_ORDER_FORM (self->form));
}

static void
issued_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceptionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_reception_ticket_finish (JN_RECEPTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    {
      jn_page_say_error (JN_PAGE (self), error);
      return;
    }
  announce (self, ticket, self->estimate);
  print_new_slips (self, ticket, self->estimate);
  jn_order_form_note_use (JN_ORDER_FORM (self->form));
  begin_anew (self);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceptionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_reception_ticket_finish (JN_RECEPTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    {
      jn_page_say_error (JN_PAGE (self), error);
      return;
    }
  announce (self, ticket, NULL);
  begin_anew (self);
}

static void
jn_reception_page_next (JnPage *page)
{
  JnReceptionPage *self = JN_RECEPTION_PAGE (page);
  JnTicketOrder order;

  if (jn_order_form_take_typed (JN_ORDER_FORM (self->form)))
    return; /* it is seen first, with its wait */
  order = jn_order_form_get_order (JN_ORDER_FORM (self->form));
  if (self->busy || jn_order_form_is_empty (JN_ORDER_FORM (self->form)))
    return;
  jn_page_say (page, NULL);
  set_busy (self, TRUE);
  if (self->changed != NULL)
    jn_reception_change_async (self->reception, self->changed, &order, self->cancellable,
                               changed_cb, g_object_ref (self));
  else
    jn_reception_issue_async (self->reception, &order, self->cancellable, issued_cb,
                              g_object_ref (self));
}

static void
on_change_cb (JnTicketList *list, JnTicket *ticket, JnReceptionPage *self)
{
  g_set_object (&self->changed, ticket);
  jn_order_form_load (JN_ORDER_FORM (self->form), ticket);
  jn_order_form_grab_search (JN_ORDER_FORM (self->form));
  show_bar (self);
}

/* Alt+Left: an open question, or a change, is given up. */
static gboolean
jn_reception_page_back (JnPage *page)
{
  JnReceptionPage *self = JN_RECEPTION_PAGE (page);
  gboolean open = jn_ask_is_open (self->slot);

  jn_ask_clear (self->slot);
  if (!open && self->changed == NULL)
    return FALSE;
  if (!open)
    begin_anew (self);
  show_bar (self);
  return TRUE;
}

/* -- checking in -- */

static void check_in (JnReceptionPage *self, const char *text, gboolean as_walk_in);

static void
walk_in_answered_cb (JnAsk *ask, JnReceptionPage *self)
{
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (ask), "text"));

  jn_ask_clear (self->slot);
  check_in (self, text, TRUE);
}

/* Too early or too late for what was booked: from now on instead, if the citizen wants. */
static void
ask_walk_in (JnReceptionPage *self, const char *text, const GError *refusal)
{
  g_autofree char *words = jn_words_error (refusal);
  JnAsk *ask = jn_ask_new (_("Outside of the booked time"), words);

  jn_ask_set_answer (ask, _("Take a place in the line from now on"), FALSE);
  g_object_set_data_full (G_OBJECT (ask), "text", g_strdup (text), g_free);
  g_signal_connect (ask, "answered", G_CALLBACK (walk_in_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* What was scanned, while the server is asked about it. */
typedef struct
{
  JnReceptionPage *self;
  char *text;
} Scanned;

static void
scanned_free (Scanned *scanned)
{
  g_object_unref (scanned->self);
  g_free (scanned->text);
  g_free (scanned);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scanned, scanned_free)

static gboolean
is_outside (const GError *error)
{
  const char *code = jn_backend_error_get_code (error);

  return g_strcmp0 (code, "too-early") == 0 || g_strcmp0 (code, "too-late") == 0;
}

static void
checked_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Scanned) check = user_data;
  JnReceptionPage *self = check->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_reception_ticket_finish (JN_RECEPTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL && is_outside (error))
    ask_walk_in (self, check->text, error);
  else if (error != NULL)
    jn_page_say_error (JN_PAGE (self), error);
  else
    {
      announce (self, ticket, NULL);
      print_new_slip (self, ticket, NULL);
    }
}

static void
check_in (JnReceptionPage *self, const char *text, gboolean as_walk_in)
{
  Scanned *check;

  if (self->busy)
    return;
  check = g_new0 (Scanned, 1);
  check->self = g_object_ref (self);
  check->text = g_strdup (text);
  jn_page_say (JN_PAGE (self), NULL);
  set_busy (self, TRUE);
  jn_reception_check_in_async (self->reception, text, as_walk_in, self->cancellable, checked_in_cb,
                               check);
}

/* -- fetching results: a receipt is scanned, its seal checked, its number issued ------------------ */

static void
receipt_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Scanned) pick_up = user_data;
  JnReceptionPage *self = pick_up->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = jn_pick_up_read_finish (JN_SESSION (source), result, &error);
  JnTicketOrder order;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (number == NULL)
    {
      set_busy (self, FALSE);
      jn_page_say_error (JN_PAGE (self), error);
      return;
    }
  order = jn_order_form_get_order (JN_ORDER_FORM (self->form));
  order.event = NULL;
  order.services = NULL;
  order.pick_up = number;
  order.seal = g_str_equal (number, pick_up->text) ? NULL : pick_up->text;
  jn_reception_issue_async (self->reception, &order, self->cancellable, issued_cb,
                            g_object_ref (self));
}

static void
issue_pick_up (JnReceptionPage *self, const char *text)
{
  Scanned *pick_up = g_new (Scanned, 1);

  pick_up->self = g_object_ref (self);
  pick_up->text = g_strdup (text);
  jn_page_say (JN_PAGE (self), NULL);
  set_busy (self, TRUE);
  jn_pick_up_read_async (self->session, text, self->cancellable, receipt_read_cb, pick_up);
}

static void
on_scanned_cb (JnOrderForm *form, const char *text, JnReceptionPage *self)
{
  g_autofree char *today = jn_session_today (self->session);
  g_autoptr (JnScan) scan = jn_scan_parse (text, today);

  if (scan->kind == JN_SCAN_RECEIPT && !self->busy)
    issue_pick_up (self, scan->number);
  else
    check_in (self, text, FALSE);
}

static void
on_check_in_cb (JnTicketList *list, JnTicket *ticket, JnReceptionPage *self)
{
  check_in (self, jn_ticket_get_number (ticket), FALSE);
}

static void
on_code_cb (JnTicketList *list, const char *code, JnReceptionPage *self)
{
  check_in (self, code, FALSE);
}

/* -- printing again, cancelling, merging -- */

static void
on_reprint_cb (JnTicketList *list, JnTicket *ticket, JnReceptionPage *self)
{
  g_autofree char *words = g_strdup_printf (_("%s: printed again. The header tells how it goes."),
                                               jn_ticket_get_number (ticket));

  jn_page_say (JN_PAGE (self), words);
  print_slip (self, ticket, NULL);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceptionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = jn_reception_ticket_finish (JN_RECEPTION (source), result, &error);

  if (error != NULL)
    jn_page_say_error (JN_PAGE (self), error);
  else
    announce (self, ticket, NULL);
}

static void
cancel_answered_cb (JnAsk *ask, JnReceptionPage *self)
{
  JnTicket *ticket = g_object_get_data (G_OBJECT (ask), "ticket");
  const char *reason = jn_ask_get_reason (ask);

  jn_reception_cancel_async (self->reception, ticket, g_str_equal (reason, "does-not-want"), reason,
                             self->cancellable, ended_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

static void
on_cancel_cb (JnTicketList *list, JnTicket *ticket, JnReceptionPage *self)
{
  static const char *const reasons[] = { "does-not-want", "came-twice", "issued-wrongly", NULL };
  g_autofree char *question = g_strdup_printf (_("Cancel %s"), jn_ticket_get_number (ticket));
  JnAsk *ask = jn_ask_new (question, _("The place in the line is lost."));

  jn_ask_add_reasons (ask, reasons);
  jn_ask_set_answer (ask, question, TRUE);
  g_object_set_data_full (G_OBJECT (ask), "ticket", g_object_ref (ticket), g_object_unref);
  g_signal_connect (ask, "answered", G_CALLBACK (cancel_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

static JnTicket *
find_ticket (JnReceptionPage *self, const char *id)
{
  GListModel *tickets = jn_reception_get_tickets (self->reception);

  for (guint i = 0; i < g_list_model_get_n_items (tickets); i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (tickets, i);

      if (g_strcmp0 (jn_ticket_get_id (ticket), id) == 0)
        return g_steal_pointer (&ticket);
    }
  return NULL;
}

static void
merge_answered_cb (JnAsk *ask, JnReceptionPage *self)
{
  JnTicket *ticket = g_object_get_data (G_OBJECT (ask), "ticket");
  GtkWidget *others = g_object_get_data (G_OBJECT (ask), "others");
  const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (others));
  g_autoptr (JnTicket) into = id != NULL ? find_ticket (self, id) : NULL;

  if (into == NULL)
    {
      jn_ask_say (ask, _("There is no other ticket that waits."));
      return;
    }
  jn_reception_merge_async (self->reception, ticket, into, "came-twice", self->cancellable,
                            ended_cb, g_object_ref (self));
  jn_ask_clear (self->slot);
}

static void
on_merge_cb (JnTicketList *list, JnTicket *ticket, JnReceptionPage *self)
{
  GListModel *tickets = jn_reception_get_tickets (self->reception);
  g_autofree char *question = g_strdup_printf (_("Merge %s"), jn_ticket_get_number (ticket));
  JnAsk *ask = jn_ask_new (question, _("One visit instead of two: the services of both, at the "
                                            "earlier place. This number ends."));
  GtkWidget *others = jn_ask_add_list (ask, _("Goes on as"));

  for (guint i = 0; i < g_list_model_get_n_items (tickets); i++)
    {
      g_autoptr (JnTicket) other = g_list_model_get_item (tickets, i);
      g_autofree char *subject = jn_ticket_words_subject (other, self->session);
      g_autofree char *words = g_strdup_printf ("%s · %s", jn_ticket_get_number (other), subject);

      if (jn_ticket_get_state (other) == JN_TICKET_WAITING
          && g_strcmp0 (jn_ticket_get_id (other), jn_ticket_get_id (ticket)) != 0)
        jn_ask_add_row (others, jn_ticket_get_id (other), words);
    }
  g_object_set_data_full (G_OBJECT (ask), "ticket", g_object_ref (ticket), g_object_unref);
  g_object_set_data (G_OBJECT (ask), "others", others);
  g_signal_connect (ask, "answered", G_CALLBACK (merge_answered_cb), self);
  jn_ask_put (ask, self->slot);
}

/* -- keys -- */

static void
common_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JnReceptionPage *self = JN_RECEPTION_PAGE (user_data);

  jn_order_form_choose_nth (JN_ORDER_FORM (self->form), (guint)g_variant_get_int32 (parameter));
}

static void
priority_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_order_form_next_priority (JN_ORDER_FORM (JN_RECEPTION_PAGE (user_data)->form));
}

static void
language_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_order_form_next_language (JN_ORDER_FORM (JN_RECEPTION_PAGE (user_data)->form));
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_ticket_list_grab_find (JN_TICKET_LIST (JN_RECEPTION_PAGE (user_data)->list));
}

static void
companion_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_order_form_add_companion (JN_ORDER_FORM (JN_RECEPTION_PAGE (user_data)->form));
}

static const GActionEntry actions[] = {
  { "common", common_cb, "i" }, { "priority", priority_cb },   { "citizen-language", language_cb },
  { "find", find_cb },          { "companion", companion_cb },
};

/* -- the page -- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnReceptionPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_reception_refresh_finish (JN_RECEPTION (source), result, &error))
    jn_page_say_error (JN_PAGE (self), error);
}

static void
jn_reception_page_shown (JnPage *page)
{
  JnReceptionPage *self = JN_RECEPTION_PAGE (page);

  jn_reception_refresh_async (self->reception, self->cancellable, read_cb, g_object_ref (self));
  jn_affected_card_refresh (JN_AFFECTED_CARD (self->affected));
  jn_order_form_grab_search (JN_ORDER_FORM (self->form));
  show_bar (self);
}

static gboolean
jn_reception_page_search (JnPage *page)
{
  jn_order_form_grab_search (JN_ORDER_FORM (JN_RECEPTION_PAGE (page)->form));
  return TRUE;
}

static GVariant *
jn_reception_page_keep (JnPage *page)
{
  return jn_order_form_keep (JN_ORDER_FORM (JN_RECEPTION_PAGE (page)->form));
}

static void
jn_reception_page_take (JnPage *page, GVariant *kept)
{
  jn_order_form_take (JN_ORDER_FORM (JN_RECEPTION_PAGE (page)->form), kept);
}

/* Another number ahead, another counter open: the wait that is told is today's, now. */
static void
on_reception_changed_cb (JnReception *reception, JnReceptionPage *self)
{
  jn_order_form_show_credits (JN_ORDER_FORM (self->form), reception);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    estimate (self);
}

static void
jn_reception_page_dispose (GObject *object)
{
  JnReceptionPage *self = JN_RECEPTION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  stop_estimating (self);
  if (self->reception != NULL)
    g_signal_handlers_disconnect_by_data (self->reception, self);
  g_clear_pointer (&self->estimate, jn_estimate_free);
  g_clear_object (&self->changed);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reception);
  g_clear_object (&self->prints);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_reception_page_parent_class)->dispose (object);
}

static void
jn_reception_page_class_init (JnReceptionPageClass *klass)
{
  JnPageClass *page_class = JN_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jn_reception_page_dispose;
  page_class->shown = jn_reception_page_shown;
  page_class->next = jn_reception_page_next;
  page_class->back = jn_reception_page_back;
  page_class->search = jn_reception_page_search;
  page_class->keep = jn_reception_page_keep;
  page_class->take = jn_reception_page_take;
}

static void
jn_reception_page_init (JnReceptionPage *self)
{
  self->cancellable = g_cancellable_new ();
  jn_page_add_actions (JN_PAGE (self), actions, G_N_ELEMENTS (actions));
}

static void
connect_list (JnReceptionPage *self)
{
  g_signal_connect (self->list, "reprint", G_CALLBACK (on_reprint_cb), self);
  g_signal_connect (self->list, "change", G_CALLBACK (on_change_cb), self);
  g_signal_connect (self->list, "merge", G_CALLBACK (on_merge_cb), self);
  g_signal_connect (self->list, "cancel", G_CALLBACK (on_cancel_cb), self);
  g_signal_connect (self->list, "check-in", G_CALLBACK (on_check_in_cb), self);
  g_signal_connect (self->list, "check-in-code", G_CALLBACK (on_code_cb), self);
}

static void
build (JnReceptionPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));
  GtkWidget *columns = jn_columns_new ();
  GtkWidget *left = jn_card_new (_("New number"));
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->affected
      = jn_affected_card_new (JN_PAGE (self), self->session, self->prints, self->slot, FALSE);
  self->form = jn_order_form_new (self->session, self->reception);
  self->wait = jn_wait_card_new (self->session, self->reception);
  self->list = jn_ticket_list_new (self->session, self->reception);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  jn_pack (left, self->form);
  jn_pack (right, self->wait);
  gtk_box_pack_start (GTK_BOX (right), self->affected, FALSE, FALSE, 0);
  jn_pack (right, self->list);
  gtk_widget_show (right);
  jn_columns_add (JN_COLUMNS (columns), left, FALSE);
  jn_columns_add (JN_COLUMNS (columns), right, FALSE);
  gtk_box_pack_start (GTK_BOX (content), self->slot, FALSE, FALSE, 0);
  jn_pack (content, columns);
}

GtkWidget *
jn_reception_page_new (JnSession *session, JnPrints *prints)
{
  JnReceptionPage *self = g_object_new (JN_TYPE_RECEPTION_PAGE, NULL);

  self->session = g_object_ref (session);
  self->prints = g_object_ref (prints);
  self->reception = jn_reception_new (session);
  build (self);
  connect_list (self);
  g_signal_connect (self->form, "scanned", G_CALLBACK (on_scanned_cb), self);
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (estimate), self);
  g_signal_connect (self->reception, "changed", G_CALLBACK (on_reception_changed_cb), self);
  show_bar (self);
  return GTK_WIDGET (self);
}
