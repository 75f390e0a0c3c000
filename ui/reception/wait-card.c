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
  JnReception *reception;
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

/* (transfer full): that the day is full, and what to tell the citizen. @next: (nullable) */
static char *
describe_full (const char *next, GVariant *told)
{
  g_autofree char *day = next != NULL ? jn_text_format_day (next) : g_strdup ("–");
  g_autofree char *words = jn_text_name (jn_language_get ()->tag, told);

  if (*words != '\0')
    return g_strdup_printf (_("No more numbers today. Tell the citizen: %s"), words);
  return g_strdup_printf (_("No more numbers today. Tell the citizen: the next day with room is "
                                    "%s, or book an appointment."),
                             day);
}

/* How many are left today, or what to tell the citizen when there are none. */
static void
warn_cap (JnWaitCard *self, const JnEstimate *estimate)
{
  g_autofree char *day = NULL;
  g_autofree char *words = NULL;

  if (estimate->cap_left < 0 || estimate->cap_left > 5)
    return;
  if (estimate->cap_left == 0)
    {
      words = describe_full (estimate->cap_next, estimate->cap_words);
      warn (self, words, "notice late");
      return;
    }
  day = estimate->cap_next != NULL ? jn_text_format_day (estimate->cap_next) : g_strdup ("–");
  words = g_strdup_printf (ngettext ("%d more number today. After that the next day with room is "
                                     "%s.",
                                     "%d more numbers today. After that the next day with room "
                                     "is %s.",
                                     estimate->cap_left),
                           estimate->cap_left, day);
  warn (self, words, "notice soon");
}

/* Nothing is chosen yet: what cannot be had at all today. */
static void
warn_caps (JnWaitCard *self)
{
  GPtrArray *caps = jn_reception_get_caps (self->reception);

  for (guint i = 0; i < caps->len; i++)
    {
      const JnCap *cap = caps->pdata[i];
      const char *const patterns[] = { cap->service, NULL };
      g_autofree char *full = describe_full (cap->next, cap->words);
      g_autofree char *service = NULL;
      g_autofree char *words = NULL;

      if (!jn_cap_is_reached (cap))
        continue;
      service = jn_ticket_words_patterns (patterns, self->session);
      words = cap->service != NULL ? g_strdup_printf ("%s: %s", service, full)
                                   : g_steal_pointer (&full);
      warn (self, words, "notice late");
    }
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
      warn_caps (self);
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
  g_clear_object (&JN_WAIT_CARD (object)->reception);
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
}

GtkWidget *
jn_wait_card_new (JnSession *session, JnReception *reception)
{
  JnWaitCard *self = g_object_new (JN_TYPE_WAIT_CARD, NULL);

  self->session = g_object_ref (session);
  self->reception = g_object_ref (reception);
  jn_wait_card_set (self, NULL);
  return GTK_WIDGET (self);
}
