/* drill-card.c: the tickets behind a figure of the hall, read again with every change. */
#include "ui/hall/drill-card.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/table.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

struct _JnDrillCard
{
  GtkBin parent;

  GtkWidget *heading;
  GtkWidget *family; /* the figures beside it */
  GtkWidget *none;
  GtkWidget *table;

  JnSession *session;
  JnHall *hall;
  GCancellable *cancellable;
  GListModel *tickets; /* (nullable): of JnTicket */
  char *figure;        /* (nullable): none is open */
  char *of;            /* (nullable) */
  char *group;         /* (nullable) */
  int counter;         /* 0: all */
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

/* -- figures -- */

#define FAMILY 3 /* figures that belong together, at most */

static const struct
{
  const char *code;
  const char *words;
} figures[] = {
  { "waiting", N_("Waiting now") },
    { "late", N_("Late") },
      { "called-hour", N_("Called in the last hour") },
        { "called", N_("Called") },
          { "held", N_("On hold") },
            { "expected", N_("Not here yet") },
              { "serving", N_("Being served") },
                { "served", N_("Served today") },
                  { "no-show", N_("Did not come") },
                    { "left", N_("Went away") },
                  };

const char *
jn_drill_card_get_words (const char *figure)
{
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    if (g_str_equal (figures[i].code, figure))
      return _ (figures[i].words);
  return figure;
}

/* (nullable): those of its family */
static const char *const *
get_family (const char *figure)
{
  static const char *const families[][FAMILY + 1] = { { "waiting", "late", "called-hour", NULL },
                                                      { "called", "held", "expected", NULL },
                                                      { "served", "no-show", "left", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_strv_contains (families[i], figure))
      return families[i];
  return NULL;
}

/* -- rows -- */

/* Until the first call; of who waits, until now. (transfer full) */
static char *
describe_wait (JnDrillCard *self, JnTicket *ticket)
{
  gint64 called = jn_ticket_get_called (ticket);

  if (called > 0)
    return jn_text_format_duration (jn_language_get ()->tag, jn_ticket_get_waited (ticket, called));
  if (jn_ticket_get_state (ticket) == JN_TICKET_WAITING)
    return jn_ticket_words_waited (ticket, self->session);
  return g_strdup ("–");
}

static void
show_row (JnDrillCard *self, guint row, JnTicket *ticket)
{
  JnTable *table = JN_TABLE (self->table);
  g_autofree char *subject = jn_ticket_words_subject (ticket, self->session);
  g_autofree char *due
      = jn_text_format_clock (jn_ticket_get_due (ticket), jn_session_get_zone (self->session));
  g_autofree char *wait = describe_wait (self, ticket);
  int counter = jn_ticket_get_counter (ticket);
  g_autofree char *at = counter > 0 ? g_strdup_printf ("%d", counter) : g_strdup ("–");
  g_autofree char *act
      = g_strdup_printf (_("%s: what can be done"), jn_ticket_get_number (ticket));

  jn_table_set_cell (table, row, COLUMN_NUMBER, jn_ticket_get_number (ticket));
  jn_table_set_cell (table, row, COLUMN_SUBJECT, subject);
  jn_table_set_tag (table, row, COLUMN_PRIORITY,
                    jn_words_priority (jn_ticket_get_priority (ticket)), NULL);
  jn_table_set_cell (table, row, COLUMN_DUE, due);
  jn_table_set_cell (table, row, COLUMN_WAIT, wait);
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
  gtk_widget_set_visible (self->table, n > 0);
  gtk_widget_set_visible (self->none, n == 0);
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
    jn_hall_list_tickets_async (self->hall, self->figure, self->group, self->counter,
                                self->cancellable, listed_cb, g_object_ref (self));
}

gboolean
jn_drill_card_close (JnDrillCard *self)
{
  gboolean open = self->figure != NULL;

  g_clear_pointer (&self->figure, g_free);
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->group, g_free);
  gtk_widget_hide (GTK_WIDGET (self));
  return open;
}

static void
family_clicked_cb (GtkButton *button, JnDrillCard *self)
{
  g_autofree char *of = g_strdup (self->of);
  g_autofree char *group = g_strdup (self->group);

  jn_drill_card_show (self, g_object_get_data (G_OBJECT (button), "figure"), of, group,
                      self->counter);
  gtk_widget_child_focus (self->family, GTK_DIR_TAB_FORWARD); /* the pressed one is gone */
}

static void
show_family (JnDrillCard *self)
{
  const char *const *family = get_family (self->figure);

  jn_empty (self->family);
  for (guint i = 0; family != NULL && family[i] != NULL; i++)
    {
      GtkWidget *button;

      if (g_str_equal (family[i], self->figure))
        continue;
      button = jn_button_new (jn_drill_card_get_words (family[i]), NULL, "act small-act");
      g_object_set_data (G_OBJECT (button), "figure", (gpointer)family[i]);
      g_signal_connect (button, "clicked", G_CALLBACK (family_clicked_cb), self);
      jn_pack (self->family, button);
    }
}

void
jn_drill_card_show (
    JnDrillCard *self, const char *figure, const char *of, const char *group, int counter)
{
  gboolean same = g_strcmp0 (self->figure, figure) == 0 && g_strcmp0 (self->group, group) == 0
                  && self->counter == counter;
  g_autofree char *heading = of != NULL
                                 ? g_strdup_printf ("%s: %s", jn_drill_card_get_words (figure), of)
                                 : g_strdup (jn_drill_card_get_words (figure));

  jn_drill_card_close (self);
  if (same)
    return;
  self->figure = g_strdup (figure);
  self->of = g_strdup (of);
  self->group = g_strdup (group);
  self->counter = counter;
  jn_label_set (self->heading, heading);
  show_family (self);
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
  g_clear_pointer (&self->of, g_free);
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
  self->family = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->none = jn_text_new (_("No ticket."), "small");
  self->table = jn_table_new (_("Tickets"), heads, COLUMN_SUBJECT,
                                 1 << COLUMN_DUE | 1 << COLUMN_WAIT | 1 << COLUMN_COUNTER);
  jn_set_role (self->heading, ATK_ROLE_HEADING);
  gtk_box_pack_start (GTK_BOX (row), self->heading, TRUE, TRUE, 0);
  gtk_widget_show (self->heading);
  jn_pack (row, self->family);
  jn_pack (row, close);
  jn_pack (card, row);
  gtk_box_pack_start (GTK_BOX (card), self->table, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), self->none, FALSE, FALSE, 0);
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
