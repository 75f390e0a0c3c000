/* desk-lists.c: what stands below the button that calls: groups, tickets, the clerk's own day. */
#include "ui/desk/desk-lists.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

/* -- groups -- */

#define MOST_BESIDE 4 /* cards in a row; fewer share the width */

static GtkWidget *
make_state (const JnQueueGroup *group)
{
  gboolean late = group->pledge > 0 && group->longest > group->pledge;
  gboolean soon = group->pledge > 0 && !late && group->longest * 4 > group->pledge * 3;

  if (late)
    return jn_label_new (_("late"), "tag late");
  if (soon)
    return jn_label_new (_("late soon"), "tag soon");
  return jn_label_new (_("on time"), "tag good");
}

static GtkWidget *
make_group (const JnQueueGroup *group)
{
  GtkWidget *card = jn_box_new (GTK_ORIENTATION_VERTICAL, 4, "card");
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *name = jn_text_name (tag (), group->names);
  g_autofree char *waiting = g_strdup_printf ("%u", group->waiting);
  g_autofree char *longest = jn_text_format_duration (tag (), group->longest);
  g_autofree char *line = g_strdup_printf (_("longest %s"), longest);

  jn_pack (card, jn_text_new (*name != '\0' ? name : group->code, "strong"));
  jn_pack (figures, jn_label_new (waiting, "figure number"));
  jn_pack (figures, jn_label_new (_("waiting"), "small"));
  jn_pack (card, figures);
  jn_pack (state, jn_label_new (line, "small number"));
  if (group->waiting > 0)
    jn_pack (state, make_state (group));
  jn_pack (card, state);
  return card;
}

void
jn_desk_lists_show_groups (GtkWidget *box, JnQueue *queue)
{
  guint n = jn_queue_get_n_groups (queue);

  jn_empty (box);
  gtk_widget_set_visible (box, n > 0);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (box), CLAMP (n, 1, MOST_BESIDE));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_widget_set_can_focus (child, FALSE);
      gtk_container_add (GTK_CONTAINER (child), make_group (jn_queue_get_group (queue, i)));
      gtk_container_add (GTK_CONTAINER (box), child);
      gtk_widget_show_all (child);
    }
}

/* -- tickets -- */

typedef struct
{
  JnTicketChosen chosen;
  gpointer owner;
  JnTicket *ticket;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->ticket);
  g_free (choice);
}

static void
clicked_cb (GtkButton *button, Choice *choice)
{
  choice->chosen (choice->owner, choice->ticket);
}

static GtkWidget *
make_button (const char *label, JnTicket *ticket, JnTicketChosen chosen, gpointer owner)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");
  Choice *choice = g_new0 (Choice, 1);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, jn_ticket_get_number (ticket));

  choice->chosen = chosen;
  choice->owner = owner;
  choice->ticket = g_object_ref (ticket);
  jn_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "ticket", g_strdup (jn_ticket_get_id (ticket)),
                          g_free);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), choice, choice_free, 0);
  return button;
}

static void
attach (GtkWidget *grid, GtkWidget *widget, int column, int row)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), widget, column, row, 1, 1);
  gtk_widget_show (widget);
}

/* The one thing about it that a clerk should know before. */
static GtkWidget *
make_mark (JnTicket *ticket)
{
  const char *const *suspended = jn_ticket_get_suspended (ticket);
  GtkWidget *mark = NULL;

  if (suspended != NULL && *suspended != NULL)
    mark = jn_label_new (_("service suspended"), "tag soon");
  else if (!jn_ticket_is_whole (ticket))
    mark = jn_label_new (_("only in part here"), "tag soon");
  else if (jn_ticket_get_leg (ticket) > 1)
    mark = jn_label_new (_("was here before"), "tag");
  else if (jn_ticket_get_priority (ticket) != JN_PRIORITY_NONE)
    mark = jn_label_new (jn_words_priority (jn_ticket_get_priority (ticket)), "tag");
  if (mark != NULL)
    gtk_widget_set_halign (mark, GTK_ALIGN_END);
  return mark;
}

static void
show_row (GtkWidget *grid, JnSession *session, JnTicket *ticket, int row)
{
  g_autofree char *subject = jn_ticket_words_subject (ticket, session);
  g_autofree char *due
      = jn_text_format_clock (jn_ticket_get_due (ticket), jn_session_get_zone (session));
  g_autofree char *due_words = g_strdup_printf (_("due %s"), due);
  g_autofree char *wait = jn_ticket_words_waited (ticket, session);
  GtkWidget *what = jn_text_new (subject, NULL);
  GtkWidget *wait_label = jn_label_new (wait, "small number");
  GtkWidget *mark = make_mark (ticket);

  gtk_widget_set_hexpand (what, TRUE);
  gtk_label_set_xalign (GTK_LABEL (wait_label), 1);
  attach (grid, jn_label_new (jn_ticket_get_number (ticket), "strong number"), 0, row);
  attach (grid, what, 1, row);
  if (mark != NULL)
    attach (grid, mark, 2, row);
  attach (grid, jn_label_new (due_words, "small number"), 3, row);
  attach (grid, wait_label, 4, row);
}

/* What the rows say: while it is the same they stay, with whatever is being pressed or read there. */
static char *
describe_rows (JnSession *session, GListModel *tickets, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (tickets, i);
      g_autofree char *wait = jn_ticket_words_waited (ticket, session);
      const char *const *suspended = jn_ticket_get_suspended (ticket);

      g_string_append_printf (
          text, "%s %s %d %u %" G_GINT64_FORMAT " %d %d\n", jn_ticket_get_id (ticket), wait,
          jn_ticket_is_whole (ticket), jn_ticket_get_leg (ticket), jn_ticket_get_due (ticket),
          suspended != NULL && *suspended != NULL, jn_ticket_get_priority (ticket));
    }
  return g_string_free (text, FALSE);
}

GtkWidget *
jn_desk_lists_show_tickets (GtkWidget *grid,
                            JnSession *session,
                            GListModel *tickets,
                            guint most,
                            const char *label,
                            JnTicketChosen chosen,
                            gpointer owner)
{
  guint n = MIN (g_list_model_get_n_items (tickets), most);
  g_autofree char *rows = describe_rows (session, tickets, n);
  GtkWidget *first = NULL;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (grid), "rows"), rows) == 0)
    return g_object_get_data (G_OBJECT (grid), "first");
  jn_empty (grid);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JnTicket) ticket = g_list_model_get_item (tickets, i);
      GtkWidget *button = make_button (label, ticket, chosen, owner);

      show_row (grid, session, ticket, (int)i);
      attach (grid, button, 5, (int)i);
      if (first == NULL)
        first = button;
    }
  g_object_set_data_full (G_OBJECT (grid), "rows", g_steal_pointer (&rows), g_free);
  g_object_set_data (G_OBJECT (grid), "first", first);
  return first;
}

/* -- the day -- */

void
jn_desk_lists_add_figure (GtkWidget *box, const char *figure, const char *words)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  jn_pack (pair, jn_label_new (figure, "figure number"));
  jn_pack (pair, jn_label_new (words, "small"));
  jn_pack (box, pair);
}

void
jn_desk_lists_show_day (GtkWidget *box, JnQueue *queue)
{
  JnQueueDay day = jn_queue_get_day (queue);
  g_autofree char *visits = g_strdup_printf ("%d", day.visits);
  g_autofree char *applications = g_strdup_printf ("%d", MAX (day.applications, 0));
  g_autofree char *median
      = g_strdup_printf ("%d:%02d", (int)(day.median_service / 60), (int)(day.median_service % 60));
  g_autofree char *rating = jn_text_format_tenths (tag (), day.rating);

  jn_empty (box);
  if (day.visits <= 0)
    {
      jn_pack (box, jn_text_new (_("No visit yet today."), "small"));
      return;
    }
  jn_desk_lists_add_figure (box, visits, ngettext ("visit", "visits", (gulong)day.visits));
  jn_desk_lists_add_figure (
      box, applications,
      ngettext ("application", "applications", (gulong)MAX (day.applications, 0)));
  if (day.median_service >= 0)
    jn_desk_lists_add_figure (box, median, _("median service"));
  if (day.rating >= 1)
    jn_desk_lists_add_figure (box, rating, _("rating of 5"));
}
