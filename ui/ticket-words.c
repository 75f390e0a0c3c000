/* ticket-words.c: a ticket in words: what it is for, and why it stands where it stands. */
#include "ui/ticket-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/catalogue.h"
#include "app/text.h"
#include "ui/language.h"
#include "ui/words.h"

static const char *
tag (void)
{
  return jn_language_get ()->tag;
}

const char *
jn_ticket_words_service (const char *code, JnSession *session)
{
  const JnServiceEntry *entry = jn_catalogue_get_service (jn_session_get_catalogue (session), code);

  return entry != NULL ? jn_service_entry_get_name (entry, tag ()) : code;
}

char *
jn_ticket_words_services (const char *const *codes, JnSession *session)
{
  GString *names = g_string_new (NULL);

  for (const char *const *code = codes; code != NULL && *code != NULL; code++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? jn_words_comma () : "",
                            jn_ticket_words_service (*code, session));
  return g_string_free (names, FALSE);
}

/* (transfer full): "dsi-*" → "all of DSI"; any other pattern as a service. */
static char *
name_pattern (const char *pattern, JnSession *session)
{
  g_autofree char *department = NULL;
  const char *mark;

  if (!g_str_has_suffix (pattern, "-*"))
    return g_strdup (jn_ticket_words_service (pattern, session));
  department = g_strndup (pattern, strlen (pattern) - strlen ("-*"));
  mark = jn_catalogue_get_mark (jn_session_get_catalogue (session), department,
                                jn_language_get ()->tag);
  return g_strdup_printf (_("all of %s"), mark != NULL ? mark : department);
}

char *
jn_ticket_words_patterns (const char *const *patterns, JnSession *session)
{
  GString *names = g_string_new (NULL);

  for (const char *const *pattern = patterns; *pattern != NULL; pattern++)
    {
      g_autofree char *name = name_pattern (*pattern, session);

      g_string_append_printf (names, "%s%s", names->len > 0 ? jn_words_comma () : "", name);
    }
  return g_string_free (names, FALSE);
}

char *
jn_ticket_words_subject (JnTicket *ticket, JnSession *session)
{
  const char *code = jn_ticket_get_event (ticket);
  const JnEventEntry *event
      = code != NULL ? jn_catalogue_get_event (jn_session_get_catalogue (session), code) : NULL;
  const char *const *services = jn_ticket_get_services (ticket);
  guint n = g_strv_length ((char **)services);
  const char *name = event != NULL ? jn_event_entry_get_name (event, tag ())
                     : n > 0       ? jn_ticket_words_service (services[0], session)
                                   : _("To be asked at the desk");

  if (n < 2)
    return g_strdup (name);
  return g_strdup_printf (ngettext ("%s · %u service", "%s · %u services", n), name, n);
}

char *
jn_ticket_words_waited (JnTicket *ticket, JnSession *session)
{
  return jn_text_format_duration (tag (), jn_ticket_get_waited (ticket, jn_session_now (session)));
}

char *
jn_ticket_words_reason (JnTicket *ticket, JnSession *session)
{
  GTimeZone *zone = jn_session_get_zone (session);
  g_autofree char *due = jn_text_format_clock (jn_ticket_get_due (ticket), zone);
  g_autofree char *wait = jn_ticket_words_waited (ticket, session);
  int credit = jn_ticket_get_credit_minutes (ticket);
  g_autofree char *booked = NULL;

  if (jn_ticket_get_booked (ticket) > 0)
    {
      booked = jn_text_format_clock (jn_ticket_get_booked (ticket), zone);
      return g_strdup_printf (_("due %s · appointment %s · waiting %s"), due, booked, wait);
    }
  if (jn_ticket_get_leg (ticket) > 1)
    return g_strdup_printf (_("due %s: keeps its old place · waiting %s"), due, wait);
  if (credit > 0)
    return g_strdup_printf (_("due %s · %s, %d min earlier · waiting %s"), due,
                               jn_words_priority (jn_ticket_get_priority (ticket)), credit, wait);
  return g_strdup_printf (_("due %s: the earliest of the line · waiting %s"), due, wait);
}

char *
jn_ticket_words_more (JnTicket *ticket)
{
  g_autofree char *with = g_strjoinv (jn_words_comma (), (GStrv)jn_ticket_get_with (ticket));
  g_autofree char *missing = g_strjoinv (jn_words_comma (), (GStrv)jn_ticket_get_missing (ticket));
  GString *words = g_string_new (NULL);

  if (*with != '\0')
    g_string_append_printf (words, _("came together with %s"), with);
  if (*missing != '\0')
    {
      g_string_append (words, words->len > 0 ? " · " : "");
      g_string_append_printf (words, _("was sent for: %s"), missing);
    }
  return g_string_free (words, FALSE);
}

char *
jn_ticket_words_step (JnTicket *ticket, const char *step)
{
  /* clang-format off */
  static const char *const words[][2] = {
    { "called", N_("%s was called.") },
    { "recalled", N_("%s was called again.") },
    { "arrived", N_("%s is at your desk.") },
    { "no-show", N_("%s did not come.") },
    { "returned", N_("%s is back in the line.") },
    { "held", N_("%s is on hold.") },
    { "resumed", N_("%s was taken up again.") },
    { "transferred", N_("%s was transferred.") },
    { "sent", N_("%s comes back today.") },
    { "served", N_("%s is finished.") },
    { "left-serving", N_("%s left before the end.") },
    { "taken", N_("%s came along to this counter.") },
    { "service-added", N_("%s: a service was added.") },
    { "service-done", N_("%s: a service was settled.") },
    { "service-dropped", N_("%s: a service was removed.") },
  };
  /* clang-format on */

  const char *format = _("The last step of %s can be taken back.");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], step) == 0)
      format = _ (words[i][1]);
  return g_strdup_printf (format, jn_ticket_get_number (ticket));
}

const char *
jn_ticket_words_why (const char *reason)
{
  /* clang-format off */
  static const char *const reasons[][2] = {
    { "did-not-come", N_("did not come to the counter") },
    { "called-by-mistake", N_("called by mistake") },
    { "fetches-paper", N_("fetches a paper or a copy") },
    { "pays-elsewhere", N_("pays or takes a photo") },
    { "asks-somebody", N_("waits for somebody's answer") },
    { "needs-help", N_("needs help at once") },
    { "was-here-before", N_("was here before, comes back") },
    { "language", N_("speaks a language that this counter speaks") },
    { "belongs-elsewhere", N_("belongs to another counter") },
    { "known-case", N_("another person knows the case") },
    { "went-away", N_("went away before the end") },
    { "does-not-want", N_("does not want to wait") },
    { "came-twice", N_("has two tickets") },
    { "issued-wrongly", N_("the ticket was wrong") },
    { "moved", N_("its clerk sits at another counter now") },
    { "came-together", N_("came together with the one called") },
    { "missing-paper", N_("fetches a missing paper") },
    { "answered", N_("a question, and it was answered") },
    { "done-elsewhere", N_("it was done elsewhere already") },
    { "not-wanted", N_("it is not wanted any more") },
    { "another-day", N_("comes for it another day") },
    { "chosen-wrongly", N_("it was chosen by mistake") },
    { "not-chosen", N_("it was not chosen at the desk") },
    { "meal", N_("meal") },
    { "rest", N_("rest") },
    { "training", N_("training or meeting") },
    { "paperwork", N_("paperwork of earlier visits") },
    { "no-service", N_("the system or a device does not work") },
    { "end-of-shift", N_("end of the shift") },
    { "more-waiting", N_("many are waiting") },
    { "clerk-absent", N_("the clerk is absent") },
    { "conflict", N_("a conflict or a complaint") },
    { "fire", N_("fire or smoke") },
    { "threat", N_("somebody is threatened or hurt") },
    { "typhoon", N_("typhoon or flood") },
    { "drill", N_("a drill") },
  };
  /* clang-format on */

  for (gsize i = 0; reason != NULL && i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i][0], reason))
      return _ (reasons[i][1]);
  return reason != NULL ? reason : "";
}

const char *
jn_ticket_words_class (JnPriority priority)
{
  switch (priority)
    {
    case JN_PRIORITY_NONE:
      return _("none");
    case JN_PRIORITY_INFANT:
      return _("with an infant");
    case JN_PRIORITY_PREGNANCY:
      return _("pregnant");
    case JN_PRIORITY_DISABILITY:
      return _("with a disability");
    case JN_PRIORITY_SENIOR:
      return _("65 or older");
    case JN_PRIORITY_APPOINTED:
      return _("with an appointment");
    }
  g_return_val_if_reached ("");
}
