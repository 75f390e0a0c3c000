/* counters-card.c: every counter with its clerk, state, ticket, since when, profile, and its day. */
#include "ui/hall/counters-card.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/desk/pause-strip.h"
#include "ui/hall/service-times.h"
#include "ui/table.h"
#include "ui/language.h"
#include "ui/widgets.h"

#define SINCE_EVERY_SECONDS 10
#define TIMES_EVERY_SECONDS (5 * 60)

struct _JnCountersCard
{
  GtkBin parent;

  GtkWidget *table;
  GtkWidget *absent;

  JnSession *session;
  JnHall *hall;
  JnServiceTimes *times; /* (nullable): how long each kind of work took today */
  gint64 times_at;       /* monotonic: when that was read */
  GArray *shown;         /* of guint: which counter each row is */
  guint timer;
  GCancellable *cancellable;
};

G_DEFINE_TYPE (JnCountersCard, jn_counters_card, GTK_TYPE_BIN)

static guint counter_signal;

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

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
      return C_ ("counter", "free");
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
is_long (JnCountersCard *self, const JnHallCounter *counter, gint64 seconds)
{
  gint64 usual = -1;

  if (self->times != NULL && counter->ticket != NULL
      && jn_ticket_get_state (counter->ticket) == JN_TICKET_SERVING)
    usual = jn_service_times_get_p90 (self->times, counter->ticket);
  return usual >= 0 && seconds > usual;
}

static void
show_since (JnCountersCard *self, guint row, const JnHallCounter *counter)
{
  gint64 since = counter->since > 0 ? MAX (0, jn_session_now (self->session) - counter->since) : -1;
  g_autofree char *text = since < 0 ? g_strdup ("") : format_since (since);
  g_autofree char *words = NULL;

  if (is_long (self, counter, since))
    {
      words = g_strdup_printf ("%s %s", text, _("long"));
      jn_table_set_tag (JN_TABLE (self->table), row, COUNTER_SINCE, words, "late");
      return;
    }
  jn_table_set_tag (JN_TABLE (self->table), row, COUNTER_SINCE, "", NULL);
  jn_table_set_cell (JN_TABLE (self->table), row, COUNTER_SINCE, text);
}

static void
show_counter (JnCountersCard *self, guint row, const JnHallCounter *counter)
{
  JnTable *table = JN_TABLE (self->table);
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
show_counters (JnCountersCard *self)
{
  guint absent = 0;
  g_autofree char *words = NULL;

  g_array_set_size (self->shown, 0);
  for (guint i = 0; i < jn_hall_get_n_counters (self->hall); i++)
    {
      if (jn_hall_get_counter (self->hall, i)->state == JN_COUNTER_ABSENT)
        absent++;
      else
        g_array_append_val (self->shown, i);
    }
  jn_table_set_n_rows (JN_TABLE (self->table), self->shown->len);
  for (guint row = 0; row < self->shown->len; row++)
    show_counter (self, row,
                  jn_hall_get_counter (self->hall, g_array_index (self->shown, guint, row)));
  words = g_strdup_printf (
      ngettext ("%u counter without a clerk", "%u counters without a clerk", absent), absent);
  jn_label_set (self->absent, words);
  gtk_widget_set_visible (self->absent, absent > 0);
}

static void
got_times_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JnCountersCard) self = user_data;
  g_autoptr (GListModel) served = jn_hall_list_tickets_finish (JN_HALL (source), result, NULL);

  if (served == NULL)
    return; /* nothing is marked then */
  g_clear_pointer (&self->times, jn_service_times_free);
  self->times = jn_service_times_new (served);
  show_counters (self);
}

static void
read_times (JnCountersCard *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->times_at != 0 && now - self->times_at < TIMES_EVERY_SECONDS * G_USEC_PER_SEC)
    return;
  self->times_at = now;
  jn_hall_list_tickets_async (self->hall, "served", NULL, 0, self->cancellable, got_times_cb,
                              g_object_ref (self));
}

static gboolean
since_cb (gpointer user_data)
{
  JnCountersCard *self = JN_COUNTERS_CARD (user_data);

  for (guint row = 0; row < self->shown->len; row++)
    show_since (self, row,
                jn_hall_get_counter (self->hall, g_array_index (self->shown, guint, row)));
  return G_SOURCE_CONTINUE;
}

static void
refresh (JnCountersCard *self)
{
  read_times (self);
  show_counters (self);
}

static void
on_row_cb (JnTable *table, guint row, GtkWidget *button, JnCountersCard *self)
{
  const JnHallCounter *counter
      = jn_hall_get_counter (self->hall, g_array_index (self->shown, guint, row));

  g_signal_emit (self, counter_signal, 0, counter->number, button);
}

/* -- the widget -- */

static void
jn_counters_card_dispose (GObject *object)
{
  JnCountersCard *self = JN_COUNTERS_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hall);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jn_counters_card_parent_class)->dispose (object);
}

static void
jn_counters_card_finalize (GObject *object)
{
  g_array_unref (JN_COUNTERS_CARD (object)->shown);
  g_clear_pointer (&JN_COUNTERS_CARD (object)->times, jn_service_times_free);
  G_OBJECT_CLASS (jn_counters_card_parent_class)->finalize (object);
}

static void
jn_counters_card_class_init (JnCountersCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_counters_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = jn_counters_card_finalize;
  counter_signal = g_signal_new ("counter", JN_TYPE_COUNTERS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_INT, GTK_TYPE_WIDGET);
}

static void
jn_counters_card_init (JnCountersCard *self)
{
  const char *const heads[] = {
    _("Counter"), _("Clerk"),   _("State"), _("Ticket"),
                                                  _("Since"),   _("Profile"), _("Today"), NULL };
  GtkWidget *card = jn_card_new (_("Counters"));

  self->table = jn_table_new (_("Counters"), heads, COUNTER_PROFILE,
                                 1 << COUNTER_SINCE | 1 << COUNTER_TODAY);
  self->absent = jn_text_new (NULL, "small");
  self->cancellable = g_cancellable_new ();
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect (self->table, "row", G_CALLBACK (on_row_cb), self);
  jn_pack (card, self->table);
  gtk_box_pack_start (GTK_BOX (card), self->absent, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (self), card);
}

GtkWidget *
jn_counters_card_new (JnSession *session, JnHall *hall)
{
  JnCountersCard *self = g_object_new (JN_TYPE_COUNTERS_CARD, NULL);

  self->session = g_object_ref (session);
  self->hall = g_object_ref (hall);
  self->timer = g_timeout_add_seconds (SINCE_EVERY_SECONDS, since_cb, self);
  g_signal_connect_object (hall, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_counters (self);
  return GTK_WIDGET (self);
}
