/* wait-card.c: what a citizen is told before a number is issued. */
#include "ui/reception/wait-card.h"

#include <glib/gi18n.h>

#include "app/text.h"
#include "ui/language.h"
#include "ui/ticket-words.h"
#include "ui/widgets.h"

struct _JnWaitCard
{
  GtkBin parent;

  GtkWidget *wait;
  GtkWidget *line;
  GtkWidget *warnings;
  JnSession *session;
};

G_DEFINE_TYPE (JnWaitCard, jn_wait_card, GTK_TYPE_BIN)

char *
jn_wait_words (const JnEstimate *estimate, const char *language)
{
  int least = (int)((estimate->p50 + 59) / 60);
  int most = (int)((estimate->p90 + 59) / 60);
  g_autofree char *last = NULL;

  if (estimate->p50 < 0 || estimate->p90 < 0)
    return g_strdup ("");
  last = jn_text_format_duration (language, (gint64)MAX (most, 1) * 60);
  if (least >= most || most >= 60)
    return g_steal_pointer (&last);
  return g_strdup_printf ("%d – %s", least, last);
}

static void
warn (JnWaitCard *self, const char *words, const char *classes)
{
  GtkWidget *label = jn_text_new (words, classes);

  jn_pack (self->warnings, label);
  jn_announce (label);
}

/* How many are left today, or what to tell the citizen when there are none. */
static void
warn_cap (JnWaitCard *self, const JnEstimate *estimate)
{
  g_autofree char *day = NULL;
  g_autofree char *words = NULL;

  if (estimate->cap_left < 0 || estimate->cap_left > 5)
    return;
  day = estimate->cap_next != NULL ? jn_text_format_day (estimate->cap_next) : g_strdup ("–");
  if (estimate->cap_left == 0)
    words
        = g_strdup_printf (_("No more numbers today. Tell the citizen: the next day with room is "
                                    "%s, or book an appointment."),
                              day);
  else
    words = g_strdup_printf (ngettext ("%d more number today. After that the next day with room is "
                                       "%s.",
                                       "%d more numbers today. After that the next day with room "
                                       "is %s.",
                                       estimate->cap_left),
                             estimate->cap_left, day);
  warn (self, words, estimate->cap_left == 0 ? "notice late" : "notice soon");
}

static void
show_warnings (JnWaitCard *self, const JnEstimate *estimate)
{
  jn_empty (self->warnings);
  warn_cap (self, estimate);
  if (estimate->suspended[0] != NULL)
    {
      g_autofree char *names
          = jn_ticket_words_services ((const char *const *)estimate->suspended, self->session);
      g_autofree char *words = g_strdup_printf (
          _("Not possible now, the department's system is down: %s. The citizen "
                                    "may wait, leave the papers, be called back or book a day."),
             names);

      warn (self, words, "notice soon");
    }
  if (estimate->counters > 0 && !estimate->whole)
    warn (self, _("No open counter serves all of it: the number goes to two counters, one after "
                     "the other. Tell the citizen."),
                   "notice soon");
}

static char *
describe (const JnEstimate *estimate)
{
  g_autofree char *ahead
      = g_strdup_printf (ngettext ("%d ahead", "%d ahead", estimate->ahead), estimate->ahead);
  g_autofree char *counters = g_strdup_printf (
      ngettext ("%d open counter", "%d open counters", estimate->counters), estimate->counters);

  return g_strdup_printf ("%s · %s", ahead, counters);
}

void
jn_wait_card_set (JnWaitCard *self, const JnEstimate *estimate)
{
  g_autofree char *wait = NULL;
  g_autofree char *line = NULL;

  if (estimate == NULL)
    {
      jn_empty (self->warnings);
      jn_label_set (self->wait, "–");
      jn_label_set (self->line, _("Choose what the citizen came for."));
      return;
    }
  wait = jn_wait_words (estimate, jn_language_get ()->tag);
  line = estimate->counters > 0
             ? describe (estimate)
             : g_strdup (_("No open counter takes it now: the wait is not known."));
  jn_label_set (self->wait, *wait != '\0' ? wait : "–");
  jn_label_set (self->line, line);
  show_warnings (self, estimate);
}

static void
jn_wait_card_dispose (GObject *object)
{
  g_clear_object (&JN_WAIT_CARD (object)->session);
  G_OBJECT_CLASS (jn_wait_card_parent_class)->dispose (object);
}

static void
jn_wait_card_class_init (JnWaitCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jn_wait_card_dispose;
}

static void
jn_wait_card_init (JnWaitCard *self)
{
  GtkWidget *card = jn_card_new (_("Expected wait"));

  self->wait = jn_text_new ("–", "figure number");
  self->line = jn_text_new (NULL, "small number");
  self->warnings = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  jn_set_role (self->line, ATK_ROLE_STATUSBAR);
  jn_pack (card, self->wait);
  jn_pack (card, self->line);
  jn_pack (card, self->warnings);
  gtk_container_add (GTK_CONTAINER (self), card);
  jn_wait_card_set (self, NULL);
}

GtkWidget *
jn_wait_card_new (JnSession *session)
{
  JnWaitCard *self = g_object_new (JN_TYPE_WAIT_CARD, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
