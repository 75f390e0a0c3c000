/* affected-card.c: suspended services, who waits for one, and the pledges that run meanwhile. */
#include "ui/affected/affected-card.h"

#include <glib/gi18n.h>

#include "app/affected.h"
#include "app/text.h"
#include "ui/table.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

#define FEW 6 /* lines of a list before it is opened */

/* A line that says how many, the first of them, and a link to all. */
typedef struct
{
  GtkWidget *words;
  GtkWidget *table;
  GtkWidget *more;
  gboolean open;
} List;

struct _JnAffectedCard
{
  GtkBin parent;

  GtkWidget *suspensions;
  List waiting;
  List pledges;

  JnSession *session;
  JnAffected *affected;
  JnChoiceSteps *steps;
  gboolean lifts;
};

G_DEFINE_TYPE (JnAffectedCard, jn_affected_card, GTK_TYPE_BIN)

static guint resume_signal;

/* Returns: how many of @n lines are shown */
static guint
open_list (List *list, guint n, const char *words)
{
  guint shown = list->open ? n : MIN (n, FEW);
  g_autofree char *more = g_strdup_printf (ngettext ("%u more", "%u more", n - shown), n - shown);

  jn_label_set (list->words, words);
  gtk_widget_set_visible (list->table, n > 0);
  jn_table_set_n_rows (JN_TABLE (list->table), shown);
  gtk_button_set_label (GTK_BUTTON (list->more), more);
  gtk_widget_set_visible (list->more, shown < n);
  return shown;
}

/* -- what is suspended -- */

static void
resume_clicked_cb (GtkButton *button, JnAffectedCard *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "id"));

  g_signal_emit (self, resume_signal, 0, id);
}

static char *
describe_suspension (JnAffectedCard *self, const JnSuspension *suspension)
{
  GTimeZone *zone = jn_session_get_zone (self->session);
  g_autofree char *services
      = jn_ticket_words_patterns ((const char *const *)suspension->services, self->session);
  g_autofree char *since = jn_text_format_clock (suspension->since, zone);
  g_autofree char *until = NULL;

  if (suspension->until == 0)
    return g_strdup_printf (_("%s · %s · since %s"), services, suspension->reason, since);
  until = jn_text_format_clock (suspension->until, zone);
  return g_strdup_printf (_("%s · %s · since %s, expected until %s"), services, suspension->reason,
                             since, until);
}

/* Below the words, which would be squeezed beside it in a narrow window. */
static GtkWidget *
make_everywhere (void)
{
  GtkWidget *mark = jn_label_new (_("by the department, everywhere"), "tag");

  gtk_widget_set_halign (mark, GTK_ALIGN_START);
  return mark;
}

/* A department's own is the department's to lift. */
static void
add_suspension (JnAffectedCard *self, const JnSuspension *suspension)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 12, "notice soon");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *words = describe_suspension (self, suspension);
  GtkWidget *button;

  jn_pack (box, jn_text_new (words, NULL));
  gtk_box_pack_start (GTK_BOX (row), box, TRUE, TRUE, 0);
  gtk_widget_show (box);
  if (suspension->everywhere)
    jn_pack (box, make_everywhere ());
  else if (self->lifts)
    {
      button = jn_button_new (_("It works again"), NULL, "act small-act");
      g_object_set_data_full (G_OBJECT (button), "id", g_strdup (suspension->id), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (resume_clicked_cb), self);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      jn_pack (row, button);
    }
  jn_pack (self->suspensions, row);
}

static void
show_suspensions (JnAffectedCard *self)
{
  GPtrArray *suspensions = jn_affected_get_suspensions (self->affected);

  jn_empty (self->suspensions);
  for (guint i = 0; i < suspensions->len; i++)
    add_suspension (self, suspensions->pdata[i]);
}

/* -- who waits -- */

enum
{
  TICKET_NUMBER,
  TICKET_SERVICES,
  TICKET_CHOICE,
  TICKET_WAIT,
};

static const char *
choice_words (JnTicket *ticket)
{
  if (g_strcmp0 (jn_ticket_get_channel (ticket), "phone") == 0)
    return _("is called back");
  if (jn_ticket_leaves_papers (ticket))
    return _("leaves the papers");
  return NULL;
}

static void
show_ticket (JnAffectedCard *self, guint row, JnTicket *ticket)
{
  JnTable *table = JN_TABLE (self->waiting.table);
  const char *choice = choice_words (ticket);
  g_autofree char *services
      = jn_ticket_words_services (jn_ticket_get_suspended (ticket), self->session);
  g_autofree char *wait = jn_ticket_words_waited (ticket, self->session);
  g_autofree char *act
      = g_strdup_printf (_("%s: what the citizen chooses"), jn_ticket_get_number (ticket));

  jn_table_set_cell (table, row, TICKET_NUMBER, jn_ticket_get_number (ticket));
  jn_table_set_cell (table, row, TICKET_SERVICES, services);
  jn_table_set_tag (table, row, TICKET_CHOICE,
                    choice != NULL ? choice
                                   : _("not asked yet"), choice != NULL ? "good" : "soon");
  jn_table_set_cell (table, row, TICKET_WAIT, wait);
  jn_table_set_button (table, row, "view-more-symbolic", choice == NULL ? act : NULL);
}

static void
show_waiting (JnAffectedCard *self)
{
  GListModel *tickets = jn_affected_get_tickets (self->affected);
  guint n = g_list_model_get_n_items (tickets);
  guint waiting = jn_affected_get_n_waiting (self->affected);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u ticket waits for it. Ask each citizen what he wants.",
                "%u tickets wait for it. Ask each citizen what he wants.", waiting),
      waiting);

  n = open_list (&self->waiting, n, n > 0 ? words : _("Nobody waits for it."));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (tickets, i);

      show_ticket (self, i, ticket);
    }
}

typedef void (*Step) (JnChoiceSteps *steps, JnTicket *ticket);

static void
choice_clicked_cb (GtkButton *button, JnAffectedCard *self)
{
  g_autoptr (JnTicket) ticket = g_object_ref (g_object_get_data (G_OBJECT (button), "ticket"));
  Step step = (Step)g_object_get_data (G_OBJECT (button), "step");

  jn_pop_down (GTK_WIDGET (button));
  step (self->steps, ticket);
}

static void
on_row_cb (JnTable *table, guint row, GtkWidget *button, JnAffectedCard *self)
{
  const struct
  {
    const char *words;
    Step step;
  } choices[] = { { _("Leave the papers"), jn_choice_steps_leave_papers },
                    { _("Be called back"), jn_choice_steps_call_back },
                      { _("Book another day"), jn_choice_steps_rebook } };
  g_autoptr (JnTicket) ticket
             = g_list_model_get_item (jn_affected_get_tickets (self->affected), row);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *choice = jn_button_new (choices[i].words, NULL, "act small-act");

      g_object_set_data_full (G_OBJECT (choice), "ticket", g_object_ref (ticket), g_object_unref);
      g_object_set_data (G_OBJECT (choice), "step", (gpointer)choices[i].step);
      g_signal_connect (choice, "clicked", G_CALLBACK (choice_clicked_cb), self);
      jn_pack (box, choice);
    }
  jn_pop_up (button, box, jn_ticket_get_number (ticket));
}

/* -- what was applied for -- */

enum
{
  PLEDGE_NO,
  PLEDGE_SERVICE,
  PLEDGE_STATE,
  PLEDGE_DUE,
};

static void
show_pledge (JnAffectedCard *self, guint row, const JnFlaggedPledge *pledge)
{
  JnTable *table = JN_TABLE (self->pledges.table);
  g_autofree char *due = pledge->due != NULL ? jn_text_format_day (pledge->due) : g_strdup ("–");

  jn_table_set_cell (table, row, PLEDGE_NO, pledge->no);
  jn_table_set_cell (table, row, PLEDGE_SERVICE,
                     jn_ticket_words_service (pledge->service, self->session));
  jn_table_set_tag (table, row, PLEDGE_STATE, _("suspended"), "soon");
  jn_table_set_cell (table, row, PLEDGE_DUE, due);
}

static void
show_pledges (JnAffectedCard *self)
{
  guint n = jn_affected_get_n_pledges (self->affected);
  guint running = jn_affected_get_n_running (self->affected);
  g_autofree char *words = g_strdup_printf (
      ngettext ("%u application is not decided: its pledge is flagged, not withdrawn.",
                "%u applications are not decided: their pledges are flagged, not withdrawn.",
                running),
      running);

  n = open_list (&self->pledges, n, words);
  gtk_widget_set_visible (self->pledges.words, n > 0);
  for (guint i = 0; i < n; i++)
    show_pledge (self, i, jn_affected_get_pledge (self->affected, i));
}

static void
show (JnAffectedCard *self)
{
  show_suspensions (self);
  show_waiting (self);
  show_pledges (self);
  gtk_widget_set_visible (GTK_WIDGET (self), jn_affected_get_suspensions (self->affected)->len > 0);
}

void
jn_affected_card_refresh (JnAffectedCard *self)
{
  jn_affected_refresh_async (self->affected, NULL, NULL, NULL);
}

/* -- the widget -- */

static void
jn_affected_card_dispose (GObject *object)
{
  JnAffectedCard *self = JN_AFFECTED_CARD (object);

  if (self->steps != NULL)
    g_object_run_dispose (G_OBJECT (self->steps));
  g_clear_object (&self->steps);
  g_clear_object (&self->affected);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_affected_card_parent_class)->dispose (object);
}

static void
jn_affected_card_class_init (JnAffectedCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_affected_card_dispose;
  resume_signal = g_signal_new ("resume", JN_TYPE_AFFECTED_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
more_clicked_cb (GtkButton *button, JnAffectedCard *self)
{
  List *list = self->waiting.more == GTK_WIDGET (button) ? &self->waiting : &self->pledges;

  list->open = TRUE;
  show (self);
}

/* @heads: ended by NULL; the second column gets the room that is left, the last is a figure */
static void
add_list (
    JnAffectedCard *self, GtkWidget *card, List *list, const char *name, const char *const *heads)
{
  guint last = g_strv_length ((char **)heads) - 1;

  list->words = jn_text_new (NULL, NULL);
  list->table = jn_table_new (name, heads, 1, 1u << last);
  list->more = jn_link_new ("");
  g_signal_connect (list->more, "clicked", G_CALLBACK (more_clicked_cb), self);
  jn_pack (card, list->words);
  gtk_box_pack_start (GTK_BOX (card), list->table, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (card), list->more, FALSE, FALSE, 0);
}

static void
jn_affected_card_init (JnAffectedCard *self)
{
  const char *const ticket_heads[] = { _("Ticket"), _("Suspended"), "", _("Wait"), NULL };
  const char *const pledge_heads[] = { _("Application"), _("Service"), "", _("Due"), NULL };
  GtkWidget *card = jn_card_new (_("Suspended services"));

  self->suspensions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  jn_pack (card, self->suspensions);
  add_list (self, card, &self->waiting, _("Who waits for a suspended service"), ticket_heads);
  add_list (self, card, &self->pledges, _("Pledges of suspended services"), pledge_heads);
  g_signal_connect (self->waiting.table, "row", G_CALLBACK (on_row_cb), self);
  gtk_container_add (GTK_CONTAINER (self), card);
}

GtkWidget *
jn_affected_card_new (
    JnPage *page, JnSession *session, JnPrints *prints, GtkWidget *slot, gboolean lifts)
{
  JnAffectedCard *self = g_object_new (JN_TYPE_AFFECTED_CARD, NULL);

  self->session = g_object_ref (session);
  self->affected = jn_affected_new (session);
  self->steps = jn_choice_steps_new (page, session, self->affected, prints, slot);
  self->lifts = lifts;
  g_signal_connect_object (self->affected, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
