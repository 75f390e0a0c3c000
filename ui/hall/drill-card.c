/* drill-card.c: the tickets behind a figure of the hall, read again with every change. */
#include "ui/hall/drill-card.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/table.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnDrillCard
{
  GtkBin parent;

  GtkWidget *heading;
  GtkWidget *table;

  JnSession *session;
  JnHall *hall;
  GCancellable *cancellable;
  GListModel *tickets; /* (nullable): of JnTicket */
  char *figure;        /* (nullable): none is open */
  char *group;         /* (nullable) */
};

G_DEFINE_TYPE (JnDrillCard, jn_drill_card, GTK_TYPE_BIN)

static guint row_signal;
static guint problem_signal;

enum
{
  COLUMN_NUMBER,
  COLUMN_SUBJECT,
  COLUMN_PRIORITY,
  COLUMN_DUE,
  COLUMN_WAIT,
  COLUMN_COUNTER,
};

static void
show_row (JnDrillCard *self, guint row, JnTicket *ticket)
{
  JnTable *table = JN_TABLE (self->table);
  g_autofree char *subject = jn_ticket_words_subject (ticket, self->session);
  g_autofree char *due
      = jn_text_format_clock (jn_ticket_get_due (ticket), jn_session_get_zone (self->session));
  g_autofree char *wait = jn_ticket_words_waited (ticket, self->session);
  int counter = jn_ticket_get_counter (ticket);
  g_autofree char *at = counter > 0 ? g_strdup_printf ("%d", counter) : g_strdup ("–");
  g_autofree char *act
      = g_strdup_printf (_("%s: what can be done"), jn_ticket_get_number (ticket));

  jn_table_set_cell (table, row, COLUMN_NUMBER, jn_ticket_get_number (ticket));
  jn_table_set_cell (table, row, COLUMN_SUBJECT, subject);
  jn_table_set_tag (table, row, COLUMN_PRIORITY,
                    jn_words_priority (jn_ticket_get_priority (ticket)), NULL);
  jn_table_set_cell (table, row, COLUMN_DUE, due);
  jn_table_set_cell (table, row, COLUMN_WAIT,
                     jn_ticket_get_state (ticket) == JN_TICKET_WAITING ? wait : "–");
  jn_table_set_cell (table, row, COLUMN_COUNTER, at);
  jn_table_set_button (table, row, "view-more-symbolic",
                       jn_ticket_get_state (ticket) == JN_TICKET_DONE ? NULL : act);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnDrillCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) tickets = jn_hall_list_tickets_finish (JN_HALL (source), result, &error);
  guint n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->figure == NULL)
    return;
  if (tickets == NULL)
    {
      g_signal_emit (self, problem_signal, 0, error);
      return;
    }
  g_set_object (&self->tickets, tickets);
  n = g_list_model_get_n_items (tickets);
  jn_table_set_n_rows (JN_TABLE (self->table), n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (tickets, i);

      show_row (self, i, ticket);
    }
  gtk_widget_show (GTK_WIDGET (self));
}

void
jn_drill_card_refresh (JnDrillCard *self)
{
  if (self->figure != NULL)
    jn_hall_list_tickets_async (self->hall, self->figure, self->group, 0, self->cancellable,
                                listed_cb, g_object_ref (self));
}

gboolean
jn_drill_card_close (JnDrillCard *self)
{
  gboolean open = self->figure != NULL;

  g_clear_pointer (&self->figure, g_free);
  g_clear_pointer (&self->group, g_free);
  gtk_widget_hide (GTK_WIDGET (self));
  return open;
}

void
jn_drill_card_show (JnDrillCard *self, const char *heading, const char *figure, const char *group)
{
  gboolean same = g_strcmp0 (self->figure, figure) == 0 && g_strcmp0 (self->group, group) == 0;

  jn_drill_card_close (self);
  if (same)
    return;
  self->figure = g_strdup (figure);
  self->group = g_strdup (group);
  jn_label_set (self->heading, heading);
  jn_drill_card_refresh (self);
}

static void
on_row_cb (JnTable *table, guint row, GtkWidget *button, JnDrillCard *self)
{
  g_autoptr (JnTicket) ticket = g_list_model_get_item (self->tickets, row);

  if (ticket != NULL)
    g_signal_emit (self, row_signal, 0, ticket, button);
}

static void
close_clicked_cb (GtkButton *button, JnDrillCard *self)
{
  jn_drill_card_close (self);
}

static void
jn_drill_card_dispose (GObject *object)
{
  JnDrillCard *self = JN_DRILL_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->tickets);
  g_clear_object (&self->hall);
  g_clear_object (&self->session);
  g_clear_pointer (&self->figure, g_free);
  g_clear_pointer (&self->group, g_free);
  G_OBJECT_CLASS (jn_drill_card_parent_class)->dispose (object);
}

static void
jn_drill_card_class_init (JnDrillCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_drill_card_dispose;
  row_signal = g_signal_new ("row", JN_TYPE_DRILL_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 2, JN_TYPE_TICKET, GTK_TYPE_WIDGET);
  problem_signal = g_signal_new ("problem", JN_TYPE_DRILL_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
jn_drill_card_init (JnDrillCard *self)
{
  const char *const heads[]
      = { _("Ticket"), _("Subject"), "", _("Due"), _("Wait"), _("Counter"), NULL };
  GtkWidget *card = jn_card_new (NULL);
  GtkWidget *close = jn_button_new (_("Close"), "Alt ←", "act small-act");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->cancellable = g_cancellable_new ();
  self->heading = jn_text_new (NULL, "section");
  self->table = jn_table_new (_("Tickets"), heads, COLUMN_SUBJECT,
                                 1 << COLUMN_DUE | 1 << COLUMN_WAIT | 1 << COLUMN_COUNTER);
  jn_set_role (self->heading, ATK_ROLE_HEADING);
  gtk_box_pack_start (GTK_BOX (row), self->heading, TRUE, TRUE, 0);
  gtk_widget_show (self->heading);
  jn_pack (row, close);
  jn_pack (card, row);
  jn_pack (card, self->table);
  gtk_container_add (GTK_CONTAINER (self), card);
  g_signal_connect (self->table, "row", G_CALLBACK (on_row_cb), self);
  g_signal_connect (close, "clicked", G_CALLBACK (close_clicked_cb), self);
}

GtkWidget *
jn_drill_card_new (JnSession *session, JnHall *hall)
{
  JnDrillCard *self = g_object_new (JN_TYPE_DRILL_CARD, NULL);

  self->session = g_object_ref (session);
  self->hall = g_object_ref (hall);
  return GTK_WIDGET (self);
}
