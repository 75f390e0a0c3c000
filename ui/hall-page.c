/* hall-page.c: figures, groups and counters of the hall, live; behind each figure its tickets. */
#include "ui/hall-page.h"

#include <glib/gi18n.h>

#include "app/hall.h"
#include "app/text.h"
#include "ui/ask.h"
#include "ui/desk/pause-strip.h"
#include "ui/hall/drill-card.h"
#include "ui/hall/hall-steps.h"
#include "ui/hall/service-times.h"
#include "ui/hall/table.h"
#include "ui/language.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"
#include "ui/words.h"

#define SINCE_EVERY_SECONDS 10
#define TIMES_EVERY_SECONDS (5 * 60)

typedef enum
{
  FIGURE_WAITING,
  FIGURE_LATE,
  FIGURE_CALLED,
  FIGURE_SERVING,
  FIGURE_SERVED,
  N_FIGURES,
} Figure;

static const char *const figure_codes[N_FIGURES]
    = { "waiting", "late", "called", "serving", "served" };

typedef struct
{
  GtkWidget *button;
  GtkWidget *figure;
  GtkWidget *tag;
  GtkWidget *line;
} Tile;

struct _JnHallPage
{
  JnPage parent;

  Tile tiles[N_FIGURES];
  GtkWidget *emergency;
  GtkWidget *calls;
  GtkWidget *suspensions;
  GtkWidget *slot;
  GtkWidget *groups;
  GtkWidget *counters;
  GtkWidget *absent;
  GtkWidget *drill;
  GtkWidget *emergency_button;

  JnSession *session;
  JnHall *hall;
  JnHallSteps *steps;
  JnServiceTimes *times;  /* (nullable): how long each kind of work took today */
  gint64 times_at;        /* monotonic: when that was read */
  GArray *shown_counters; /* of guint: which counter each row is */
  guint timer;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnHallPage, jn_hall_page, JN_TYPE_PAGE)

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

static char *
minutes (gint64 seconds)
{
  return seconds < 0 ? g_strdup ("–") : jn_text_format_duration (tag (), seconds);
}

static void
say_error (JnHallPage *self, const GError *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = jn_words_error (error);
  jn_page_say (JN_PAGE (self), words);
}

/* -- figures -- */

static const char *
figure_words (Figure figure)
{
  switch (figure)
    {
    case FIGURE_WAITING:
      return _("Waiting now");
    case FIGURE_LATE:
      return _("Late");
    case FIGURE_CALLED:
      return _("Called");
    case FIGURE_SERVING:
      return _("Being served");
    case FIGURE_SERVED:
      return _("Served today");
    case N_FIGURES:
      break;
    }
  g_return_val_if_reached ("");
}

static void
set_tile (JnHallPage *self, Figure figure, guint number, const char *line)
{
  Tile *tile = &self->tiles[figure];
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_autofree char *name = g_strdup_printf ("%s: %u, %s", figure_words (figure), number, line);

  jn_label_set (tile->figure, text);
  jn_label_set (tile->line, line);
  jn_set_name (tile->button, name);
}

static void
set_mark (Tile *tile, const char *words, const char *kind)
{
  jn_label_set (tile->tag, words);
  gtk_widget_set_visible (tile->tag, words != NULL);
  jn_set_class (tile->tag, "late", g_strcmp0 (kind, "late") == 0);
  jn_set_class (tile->tag, "good", g_strcmp0 (kind, "good") == 0);
}

static void
show_figures (JnHallPage *self)
{
  const JnHallFigures *figures = jn_hall_get_figures (self->hall);
  g_autofree char *longest = minutes (figures->longest);
  g_autofree char *waiting = g_strdup_printf (_("longest %s"), longest);
  g_autofree char *called
      = g_strdup_printf (ngettext ("%u on hold", "%u on hold", figures->held), figures->held);
  g_autofree char *open = g_strdup_printf (
      ngettext ("%u open counter", "%u open counters", figures->open), figures->open);
  g_autofree char *served
      = g_strdup_printf (_("%u no-shows · %u left"), figures->no_show, figures->left);

  set_tile (self, FIGURE_WAITING, figures->waiting, waiting);
  set_tile (self, FIGURE_LATE, figures->late, _("over their pledge"));
  set_mark (&self->tiles[FIGURE_LATE],
            figures->late > 0 ? _("late") : _("on time"), figures->late > 0 ? "late" : "good");
  set_tile (self, FIGURE_CALLED, figures->called, called);
  set_tile (self, FIGURE_SERVING, figures->serving, open);
  set_tile (self, FIGURE_SERVED, figures->served, served);
}

/* -- groups -- */

enum
{
  GROUP_NAME,
  GROUP_WAITING,
  GROUP_STATE,
  GROUP_LONGEST,
  GROUP_P50,
  GROUP_P90,
  GROUP_PLEDGE,
  GROUP_COUNTERS,
};

static void
show_group_state (JnHallPage *self, guint row, const JnHallGroup *group)
{
  g_autofree char *late
      = g_strdup_printf (ngettext ("%u late", "%u late", group->late), group->late);
  gboolean soon = group->pledge > 0 && group->longest * 4 > group->pledge * 3;

  if (group->late > 0)
    jn_table_set_tag (JN_TABLE (self->groups), row, GROUP_STATE, late, "late");
  else if (group->waiting == 0)
    jn_table_set_tag (JN_TABLE (self->groups), row, GROUP_STATE, "", NULL);
  else if (soon)
    jn_table_set_tag (JN_TABLE (self->groups), row, GROUP_STATE, _("late soon"), "soon");
  else
    jn_table_set_tag (JN_TABLE (self->groups), row, GROUP_STATE, _("on time"), "good");
}

static void
show_group (JnHallPage *self, guint row, const JnHallGroup *group)
{
  JnTable *table = JN_TABLE (self->groups);
  g_autofree char *name = jn_text_name (tag (), group->names);
  g_autofree char *waiting = g_strdup_printf ("%u", group->waiting);
  g_autofree char *longest = minutes (group->waiting > 0 ? group->longest : -1);
  g_autofree char *p50 = minutes (group->p50);
  g_autofree char *p90 = minutes (group->p90);
  g_autofree char *pledge = minutes (group->pledge > 0 ? group->pledge : -1);
  g_autofree char *counters = g_strdup_printf ("%u", group->counters);
  g_autofree char *look = NULL;
  gboolean late = group->pledge > 0 && group->p90 > group->pledge;

  jn_table_set_cell (table, row, GROUP_NAME, *name != '\0' ? name : group->code);
  jn_table_set_cell (table, row, GROUP_WAITING, waiting);
  show_group_state (self, row, group);
  jn_table_set_cell (table, row, GROUP_LONGEST, longest);
  jn_table_set_cell (table, row, GROUP_P50, p50);
  jn_table_set_tag (table, row, GROUP_P90, late ? p90 : "", late ? "late" : NULL);
  jn_table_set_cell (table, row, GROUP_P90, p90);
  jn_table_set_cell (table, row, GROUP_PLEDGE, pledge);
  jn_table_set_cell (table, row, GROUP_COUNTERS, counters);
  look = g_strdup_printf (_("The tickets that wait: %s"), *name != '\0' ? name : group->code);
  jn_table_set_button (table, row, "view-list-symbolic", group->waiting > 0 ? look : NULL);
}

static void
show_groups (JnHallPage *self)
{
  guint n = jn_hall_get_n_groups (self->hall);

  jn_table_set_n_rows (JN_TABLE (self->groups), n);
  for (guint i = 0; i < n; i++)
    show_group (self, i, jn_hall_get_group (self->hall, i));
}

/* -- counters -- */

enum
{
  COUNTER_NUMBER,
  COUNTER_CLERK,
  COUNTER_STATE,
  COUNTER_TICKET,
  COUNTER_SINCE,
  COUNTER_PROFILE,
  COUNTER_TODAY,
};

static const char *
counter_state (const JnHallCounter *counter, const char **kind)
{
  JnTicketState state
      = counter->ticket != NULL ? jn_ticket_get_state (counter->ticket) : JN_TICKET_DONE;

  *kind = "soon";
  if (state == JN_TICKET_SERVING)
    {
      *kind = "good";
      return _("serving");
    }
  if (state == JN_TICKET_CALLED)
    return _("calling");
  switch (counter->state)
    {
    case JN_COUNTER_OPEN:
      *kind = NULL;
      return _("free");
    case JN_COUNTER_BREAK:
      return jn_pause_words ("break");
    case JN_COUNTER_BACK_OFFICE:
      return jn_pause_words ("back-office");
    case JN_COUNTER_CLOSED:
      return jn_pause_words ("closed");
    case JN_COUNTER_ABSENT:
      break;
    }
  *kind = NULL;
  return _("nobody");
}

static char *
format_since (gint64 seconds)
{
  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                            (int)(seconds % 60));
  return g_strdup_printf ("%02d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/* Longer than nine of ten of its own kind today. */
static gboolean
is_long (JnHallPage *self, const JnHallCounter *counter, gint64 seconds)
{
  gint64 usual = -1;

  if (self->times != NULL && counter->ticket != NULL
      && jn_ticket_get_state (counter->ticket) == JN_TICKET_SERVING)
    usual = jn_service_times_get_p90 (self->times, counter->ticket);
  return usual >= 0 && seconds > usual;
}

static void
show_since (JnHallPage *self, guint row, const JnHallCounter *counter)
{
  gint64 since = counter->since > 0 ? MAX (0, jn_session_now (self->session) - counter->since) : -1;
  g_autofree char *text = since < 0 ? g_strdup ("") : format_since (since);
  g_autofree char *words = NULL;

  if (is_long (self, counter, since))
    {
      words = g_strdup_printf ("%s %s", text, _("long"));
      jn_table_set_tag (JN_TABLE (self->counters), row, COUNTER_SINCE, words, "late");
      return;
    }
  jn_table_set_tag (JN_TABLE (self->counters), row, COUNTER_SINCE, "", NULL);
  jn_table_set_cell (JN_TABLE (self->counters), row, COUNTER_SINCE, text);
}

static void
show_counter (JnHallPage *self, guint row, const JnHallCounter *counter)
{
  JnTable *table = JN_TABLE (self->counters);
  const char *kind = NULL;
  const char *state = counter_state (counter, &kind);
  g_autofree char *number = g_strdup_printf ("%d", counter->number);
  g_autofree char *profile = jn_text_name (tag (), counter->profile_names);
  g_autofree char *today = g_strdup_printf ("%u", counter->visits);
  g_autofree char *change = g_strdup_printf (_("Counter %d: what can be done"), counter->number);
  const char *zh = NULL, *latin = NULL;

  if (counter->clerk != NULL)
    {
      g_variant_lookup (counter->clerk, "zh", "&s", &zh);
      g_variant_lookup (counter->clerk, "latin", "&s", &latin);
    }
  jn_table_set_cell (table, row, COUNTER_NUMBER, number);
  jn_table_set_cell (table, row, COUNTER_CLERK, jn_language_pick (zh, latin, latin));
  jn_table_set_tag (table, row, COUNTER_STATE, state, kind);
  jn_table_set_cell (table, row, COUNTER_TICKET,
                     counter->ticket != NULL ? jn_ticket_get_number (counter->ticket) : "–");
  show_since (self, row, counter);
  jn_table_set_cell (table, row, COUNTER_PROFILE, *profile != '\0' ? profile : counter->profile);
  jn_table_set_cell (table, row, COUNTER_TODAY, today);
  jn_table_set_button (table, row, "view-more-symbolic", change);
}

static void
show_counters (JnHallPage *self)
{
  guint absent = 0;
  g_autofree char *words = NULL;

  g_array_set_size (self->shown_counters, 0);
  for (guint i = 0; i < jn_hall_get_n_counters (self->hall); i++)
    {
      if (jn_hall_get_counter (self->hall, i)->state == JN_COUNTER_ABSENT)
        absent++;
      else
        g_array_append_val (self->shown_counters, i);
    }
  jn_table_set_n_rows (JN_TABLE (self->counters), self->shown_counters->len);
  for (guint row = 0; row < self->shown_counters->len; row++)
    show_counter (
        self, row,
        jn_hall_get_counter (self->hall, g_array_index (self->shown_counters, guint, row)));
  words = g_strdup_printf (
      ngettext ("%u counter without a clerk", "%u counters without a clerk", absent), absent);
  jn_label_set (self->absent, words);
  gtk_widget_set_visible (self->absent, absent > 0);
}

/* -- calls, suspensions, emergency -- */

static void
acknowledge_cb (GtkButton *button, JnHallPage *self)
{
  jn_hall_steps_acknowledge (self->steps, g_object_get_data (G_OBJECT (button), "id"));
}

static void
resume_cb (GtkButton *button, JnHallPage *self)
{
  jn_hall_steps_resume (self->steps, g_object_get_data (G_OBJECT (button), "id"));
}

static void
add_notice (GtkWidget *box, const char *words, const char *classes, GtkWidget *button)
{
  GtkWidget *row = jn_box_new (GTK_ORIENTATION_HORIZONTAL, 12, classes);
  GtkWidget *label = jn_text_new (words, NULL);

  jn_set_role (label, ATK_ROLE_ALERT);
  gtk_box_pack_start (GTK_BOX (row), label, TRUE, TRUE, 0);
  gtk_widget_show (label);
  if (button != NULL)
    jn_pack (row, button);
  jn_pack (box, row);
}

static GtkWidget *
make_button (JnHallPage *self, const char *label, const char *id, GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");

  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

static char *
describe_call (JnHallPage *self, const JnHallCall *call)
{
  const char *zh = NULL, *latin = NULL;
  g_autofree char *clock = jn_text_format_clock (call->since, jn_session_get_zone (self->session));
  const char *name;

  if (call->clerk != NULL)
    {
      g_variant_lookup (call->clerk, "zh", "&s", &zh);
      g_variant_lookup (call->clerk, "latin", "&s", &latin);
    }
  name = jn_language_pick (zh, latin, latin);
  return g_strdup_printf (call->alarm ? _("Silent alarm: counter %d, %s, since %s")
                                      : _("Calls for help: counter %d, %s, since %s"),
                                           call->counter, name != NULL ? name : call->login, clock);
}

static void
show_calls (JnHallPage *self)
{
  guint open = 0;

  jn_empty (self->calls);
  for (guint i = 0; i < jn_hall_get_n_calls (self->hall); i++)
    {
      const JnHallCall *call = jn_hall_get_call (self->hall, i);
      g_autofree char *words = describe_call (self, call);

      if (call->acknowledged_by != NULL)
        continue;
      open++;
      add_notice (self->calls, words, call->alarm ? "notice late" : "notice soon",
                  make_button (self, _("I am coming"), call->id, G_CALLBACK (acknowledge_cb)));
    }
  gtk_widget_set_visible (self->calls, open > 0);
}

static void
show_suspensions (JnHallPage *self)
{
  GPtrArray *suspensions = jn_hall_get_suspensions (self->hall);

  jn_empty (self->suspensions);
  for (guint i = 0; suspensions != NULL && i < suspensions->len; i++)
    {
      const JnSuspension *one = suspensions->pdata[i];
      g_autofree char *services
          = jn_ticket_words_services ((const char *const *)one->services, self->session);
      g_autofree char *words = g_strdup_printf (_("Suspended: %s · %s"), services, one->reason);

      add_notice (self->suspensions, words, "notice soon",
                  make_button (self, _("It works again"), one->id, G_CALLBACK (resume_cb)));
    }
  gtk_widget_set_visible (self->suspensions, suspensions != NULL && suspensions->len > 0);
}

static void
show_emergency (JnHallPage *self)
{
  gint64 since = jn_hall_get_emergency (self->hall);
  g_autofree char *clock = jn_text_format_clock (since, jn_session_get_zone (self->session));
  g_autofree char *words
      = g_strdup_printf (_("Emergency since %s. The boards say leave; nobody is called."), clock);

  jn_label_set (self->emergency, words);
  gtk_widget_set_visible (self->emergency, since != 0);
  jn_button_set_label (self->emergency_button,
                       since != 0 ? _("End the emergency") : _("Emergency"));
}

/* -- the tickets behind a figure -- */

static void
tile_clicked_cb (GtkButton *button, JnHallPage *self)
{
  Figure figure = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "figure"));

  jn_drill_card_show (JN_DRILL_CARD (self->drill), figure_words (figure), figure_codes[figure],
                      NULL);
}

static void
on_group_row_cb (JnTable *table, guint row, GtkWidget *button, JnHallPage *self)
{
  const JnHallGroup *group = jn_hall_get_group (self->hall, row);
  g_autofree char *name = jn_text_name (tag (), group->names);
  g_autofree char *heading = g_strdup_printf ("%s: %s", figure_words (FIGURE_WAITING), name);

  jn_drill_card_show (JN_DRILL_CARD (self->drill), heading, figure_codes[FIGURE_WAITING],
                      group->code);
}

/* -- what can be done with a row -- */

static void
take_clicked_cb (GtkButton *button, JnHallPage *self)
{
  g_autoptr (JnTicket) ticket = g_object_ref (g_object_get_data (G_OBJECT (button), "ticket"));

  jn_pop_down (GTK_WIDGET (button));
  jn_hall_steps_take (self->steps, ticket);
}

static void
reroute_clicked_cb (GtkButton *button, JnHallPage *self)
{
  g_autoptr (JnTicket) ticket = g_object_ref (g_object_get_data (G_OBJECT (button), "ticket"));

  jn_pop_down (GTK_WIDGET (button));
  jn_hall_steps_reroute (self->steps, ticket);
}

static void
profile_clicked_cb (GtkButton *button, JnHallPage *self)
{
  int counter = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "counter"));

  jn_pop_down (GTK_WIDGET (button));
  jn_hall_steps_change_profile (self->steps, counter);
}

static void
add_act (GtkWidget *box, JnHallPage *self, const char *label, JnTicket *ticket, GCallback clicked)
{
  GtkWidget *button = jn_button_new (label, NULL, "act small-act");

  if (ticket != NULL)
    g_object_set_data_full (G_OBJECT (button), "ticket", g_object_ref (ticket), g_object_unref);
  g_signal_connect (button, "clicked", clicked, self);
  jn_pack (box, button);
}

static void
add_ticket_acts (GtkWidget *box, JnHallPage *self, JnTicket *ticket)
{
  JnTicketState state = jn_ticket_get_state (ticket);

  if (state == JN_TICKET_SERVING || state == JN_TICKET_HELD || state == JN_TICKET_CALLED)
    add_act (box, self, _("Take over"), ticket, G_CALLBACK (take_clicked_cb));
  if (state != JN_TICKET_DONE && state != JN_TICKET_EXPECTED)
    add_act (box, self, _("Send to a counter"), ticket, G_CALLBACK (reroute_clicked_cb));
}

static void
on_drill_row_cb (JnDrillCard *card, JnTicket *ticket, GtkWidget *button, JnHallPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_ticket_acts (box, self, ticket);
  jn_pop_up (button, box, jn_ticket_get_number (ticket));
}

static void
on_drill_problem_cb (JnDrillCard *card, const GError *error, JnHallPage *self)
{
  say_error (self, error);
}

static void
on_counter_row_cb (JnTable *table, guint row, GtkWidget *button, JnHallPage *self)
{
  const JnHallCounter *counter
      = jn_hall_get_counter (self->hall, g_array_index (self->shown_counters, guint, row));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *profile = jn_button_new (_("Change the profile"), NULL, "act small-act");
  g_autofree char *name = g_strdup_printf (_("Counter %d"), counter->number);

  g_object_set_data (G_OBJECT (profile), "counter", GINT_TO_POINTER (counter->number));
  g_signal_connect (profile, "clicked", G_CALLBACK (profile_clicked_cb), self);
  jn_pack (box, profile);
  if (counter->ticket != NULL)
    add_ticket_acts (box, self, counter->ticket);
  jn_pop_up (button, box, name);
}

/* -- the page -- */

static void
got_times_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnHallPage) self = user_data;
  g_autoptr (GListModel) served = jn_hall_list_tickets_finish (JN_HALL (source), result, NULL);

  if (served == NULL)
    return; /* nothing is marked then */
  g_clear_pointer (&self->times, jn_service_times_free);
  self->times = jn_service_times_new (served);
  show_counters (self);
}

static void
read_times (JnHallPage *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->times_at != 0 && now - self->times_at < TIMES_EVERY_SECONDS * G_USEC_PER_SEC)
    return;
  self->times_at = now;
  jn_hall_list_tickets_async (self->hall, figure_codes[FIGURE_SERVED], NULL, 0, self->cancellable,
                              got_times_cb, g_object_ref (self));
}

static void
refresh (JnHallPage *self)
{
  read_times (self);
  show_emergency (self);
  show_calls (self);
  show_suspensions (self);
  show_figures (self);
  show_groups (self);
  show_counters (self);
  jn_drill_card_refresh (JN_DRILL_CARD (self->drill));
}

static gboolean
since_cb (gpointer user_data)
{
  JnHallPage *self = JN_HALL_PAGE (user_data);

  for (guint row = 0; row < self->shown_counters->len; row++)
    show_since (self, row,
                jn_hall_get_counter (self->hall, g_array_index (self->shown_counters, guint, row)));
  return G_SOURCE_CONTINUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnHallPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jn_hall_refresh_finish (JN_HALL (source), result, &error))
    say_error (self, error);
}

static void
jn_hall_page_shown (JnPage *page)
{
  JnHallPage *self = JN_HALL_PAGE (page);

  jn_hall_refresh_async (self->hall, self->cancellable, read_cb, g_object_ref (self));
  refresh (self);
  gtk_widget_grab_focus (self->tiles[FIGURE_WAITING].button);
}

/* Alt+Left closes an open question, then the tickets behind a figure. */
static gboolean
jn_hall_page_back (JnPage *page)
{
  JnHallPage *self = JN_HALL_PAGE (page);

  if (!jn_ask_is_open (self->slot))
    return jn_drill_card_close (JN_DRILL_CARD (self->drill));
  jn_ask_clear (self->slot);
  return TRUE;
}

static void
emergency_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  jn_hall_steps_emergency (JN_HALL_PAGE (user_data)->steps);
}

static const GActionEntry actions[] = { { "emergency", emergency_cb } };

static void
jn_hall_page_dispose (GObject *object)
{
  JnHallPage *self = JN_HALL_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->hall != NULL)
    g_signal_handlers_disconnect_by_data (self->hall, self);
  if (self->steps != NULL)
    g_object_run_dispose (G_OBJECT (self->steps));
  g_clear_object (&self->steps);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hall);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_hall_page_parent_class)->dispose (object);
}

static void
jn_hall_page_finalize (GObject *object)
{
  g_array_unref (JN_HALL_PAGE (object)->shown_counters);
  g_clear_pointer (&JN_HALL_PAGE (object)->times, jn_service_times_free);
  G_OBJECT_CLASS (jn_hall_page_parent_class)->finalize (object);
}

static void
jn_hall_page_class_init (JnHallPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_hall_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_hall_page_finalize;
  JN_PAGE_CLASS (klass)->shown = jn_hall_page_shown;
  JN_PAGE_CLASS (klass)->back = jn_hall_page_back;
}

static void
jn_hall_page_init (JnHallPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->shown_counters = g_array_new (FALSE, FALSE, sizeof (guint));
  jn_page_add_actions (JN_PAGE (self), actions, G_N_ELEMENTS (actions));
}

/* -- building -- */

static void
add_tile (JnHallPage *self, GtkWidget *flow, Figure figure)
{
  Tile *tile = &self->tiles[figure];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *child = gtk_flow_box_child_new ();

  tile->button = gtk_button_new ();
  tile->figure = jn_label_new ("–", "figure number");
  tile->tag = jn_label_new (NULL, "tag");
  tile->line = jn_text_new (NULL, "small number");
  gtk_widget_set_valign (tile->tag, GTK_ALIGN_CENTER);
  jn_pack (box, jn_text_new (figure_words (figure), "strong"));
  jn_pack (row, tile->figure);
  gtk_box_pack_start (GTK_BOX (row), tile->tag, FALSE, FALSE, 0);
  jn_pack (box, row);
  jn_pack (box, tile->line);
  gtk_widget_show (box);
  jn_add_classes (tile->button, "tile");
  gtk_container_add (GTK_CONTAINER (tile->button), box);
  g_object_set_data (G_OBJECT (tile->button), "figure", GUINT_TO_POINTER (figure));
  g_signal_connect (tile->button, "clicked", G_CALLBACK (tile_clicked_cb), self);
  gtk_widget_show (tile->button);
  gtk_widget_set_can_focus (child, FALSE);
  gtk_container_add (GTK_CONTAINER (child), tile->button);
  gtk_container_add (GTK_CONTAINER (flow), child);
  gtk_widget_show (child);
}

static GtkWidget *
make_tiles (JnHallPage *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 14);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 14);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), N_FIGURES);
  jn_set_name (flow, _("The hall now"));
  for (Figure figure = 0; figure < N_FIGURES; figure++)
    add_tile (self, flow, figure);
  return flow;
}

static GtkWidget *
make_groups (JnHallPage *self)
{
  const char *const heads[] = {
    _("Group"),  _("Waiting"),  "",  _("Longest"), _("Wait p50"), _("Wait p90"),
                                                                         _("Pledge"), _("Counters"), NULL };
  GtkWidget *card = jn_card_new (_("Waits by group, last hour"));

  self->groups = jn_table_new (_("Waits by group, last hour"), heads, GROUP_NAME,
                                  1 << GROUP_WAITING | 1 << GROUP_LONGEST | 1 << GROUP_P50
                                      | 1 << GROUP_P90 | 1 << GROUP_PLEDGE | 1 << GROUP_COUNTERS);
  g_signal_connect (self->groups, "row", G_CALLBACK (on_group_row_cb), self);
  jn_pack (card, self->groups);
  return card;
}

static GtkWidget *
make_counters (JnHallPage *self)
{
  const char *const heads[] = {
    _("Counter"), _("Clerk"),   _("State"), _("Ticket"),
                                                  _("Since"),   _("Profile"), _("Today"), NULL };
  GtkWidget *card = jn_card_new (_("Counters"));

  self->counters = jn_table_new (_("Counters"), heads, COUNTER_PROFILE,
                                    1 << COUNTER_SINCE | 1 << COUNTER_TODAY);
  self->absent = jn_text_new (NULL, "small");
  g_signal_connect (self->counters, "row", G_CALLBACK (on_counter_row_cb), self);
  jn_pack (card, self->counters);
  gtk_box_pack_start (GTK_BOX (card), self->absent, FALSE, FALSE, 0);
  return card;
}

static GtkWidget *
make_steps (JnHallPage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *suspend = jn_button_new (_("Suspend a service"), NULL, "act");
  GtkWidget *close = jn_button_new (_("Close the day"), NULL, "act");

  self->emergency_button = jn_button_new (_("Emergency"), "⇧F12", "act danger");
  g_signal_connect_swapped (suspend, "clicked", G_CALLBACK (jn_hall_steps_suspend), self->steps);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (jn_hall_steps_close_day), self->steps);
  g_signal_connect_swapped (self->emergency_button, "clicked", G_CALLBACK (jn_hall_steps_emergency),
                            self->steps);
  jn_pack (row, suspend);
  jn_pack (row, close);
  jn_pack_end (row, self->emergency_button);
  return row;
}

static void
build (JnHallPage *self)
{
  GtkWidget *content = GTK_WIDGET (jn_page_get_content (JN_PAGE (self)));

  self->emergency = jn_text_new (NULL, "notice late");
  self->calls = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->suspensions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->drill = jn_drill_card_new (self->session, self->hall);
  g_signal_connect (self->drill, "row", G_CALLBACK (on_drill_row_cb), self);
  g_signal_connect (self->drill, "problem", G_CALLBACK (on_drill_problem_cb), self);
  gtk_box_pack_start (GTK_BOX (content), self->emergency, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), self->calls, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), self->suspensions, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (content), self->slot, FALSE, FALSE, 0);
  jn_pack (content, make_tiles (self));
  gtk_box_pack_start (GTK_BOX (content), self->drill, FALSE, FALSE, 0);
  jn_pack (content, make_groups (self));
  jn_pack (content, make_counters (self));
  jn_pack (content, make_steps (self));
}

GtkWidget *
jn_hall_page_new (JnSession *session, JnQueue *queue)
{
  JnHallPage *self = g_object_new (JN_TYPE_HALL_PAGE, NULL);

  self->session = g_object_ref (session);
  self->hall = jn_hall_new (session);
  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->steps = jn_hall_steps_new (JN_PAGE (self), session, self->hall, queue, self->slot);
  build (self);
  g_signal_connect_swapped (self->hall, "changed", G_CALLBACK (refresh), self);
  self->timer = g_timeout_add_seconds (SINCE_EVERY_SECONDS, since_cb, self);
  return GTK_WIDGET (self);
}
