/* words.c: tables from codes to words. */
#include "ui/words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/dict.h"
#include "app/text.h"
#include "ui/language.h"

typedef struct
{
  const char *code;
  const char *words;
} JnWord;

static const char *
look_up (const JnWord *table, const char *code)
{
  for (const JnWord *word = table; code != NULL && word->code != NULL; word++)
    if (strcmp (word->code, code) == 0)
      return _ (word->words);
  return NULL;
}

const char *
jn_words_comma (void)
{
  /* TRANSLATORS: between the names of a list */
  return C_ ("list", ", ");
}

const char *
jn_words_role (const char *role)
{
  /* clang-format off */
  static const JnWord roles[] = {
    { "applicant", N_("Applicant") },
    { "child", N_("Child") },
    { "mother", N_("Mother") },
    { "father", N_("Father") },
    { "spouse", N_("Spouse") },
    { "deceased", N_("Deceased") },
    { "guardian", N_("Guardian") },
    { "proxy", N_("Proxy") },
    { "interpreter", N_("Interpreter") },
    { "witness", N_("Witness") },
    { "company", N_("Company") },
    { NULL, NULL },
  };
  /* clang-format on */
  const char *words = look_up (roles, role);

  return words != NULL ? words : role != NULL ? role : "";
}

const char *
jn_words_document (const char *kind)
{
  /* clang-format off */
  static const JnWord kinds[] = {
    { "bir", N_("Macao resident identity card") },
    { "passport", N_("Passport") },
    { "hkid", N_("Hong Kong identity card") },
    { "mainland-id", N_("Mainland identity card") },
    { "home-return-permit", N_("Home return permit") },
    { "other", N_("Another document") },
    { NULL, NULL },
  };
  /* clang-format on */
  const char *words = look_up (kinds, kind);

  return words != NULL ? words : _("No document");
}

const char *
jn_words_priority (JnPriority priority)
{
  switch (priority)
    {
    case JN_PRIORITY_NONE:
      return "";
    case JN_PRIORITY_INFANT:
      return _("priority: infant");
    case JN_PRIORITY_PREGNANCY:
      return _("priority: pregnancy");
    case JN_PRIORITY_DISABILITY:
      return _("priority: disability");
    case JN_PRIORITY_SENIOR:
      return _("priority: senior");
    case JN_PRIORITY_APPOINTED:
      return _("appointment");
    }
  g_return_val_if_reached ("");
}

const char *
jn_words_paper_state (JnPaperState state)
{
  switch (state)
    {
    case JN_PAPER_ASKED:
      return _("not seen yet");
    case JN_PAPER_PRESENTED:
      return _("original seen");
    case JN_PAPER_SCANNED:
      return _("scanned");
    case JN_PAPER_QR:
      return _("verified by its QR code");
    case JN_PAPER_HELD:
      return _("held already");
    case JN_PAPER_FETCHED:
      return _("fetched from the department");
    case JN_PAPER_MISSING:
      return _("missing");
    }
  g_return_val_if_reached ("");
}

static char *
missing_words (JnVisitPaper *paper)
{
  guint days = jn_visit_paper_get_follow_days (paper);

  if (!jn_visit_paper_may_follow (paper))
    return g_strdup (_("missing: cannot be submitted without it"));
  if (days == 0)
    return g_strdup (_("missing: may follow later"));
  return g_strdup_printf (
      ngettext ("missing: may follow within %u day", "missing: may follow within %u days", days),
      days);
}

char *
jn_words_paper (JnVisitPaper *paper, JnVisit *visit)
{
  JnPaperState state = jn_visit_paper_get_state (paper);
  const char *source = jn_visit_paper_get_source (paper);
  g_autofree char *from = NULL;

  if (state == JN_PAPER_MISSING)
    return missing_words (paper);
  if (state == JN_PAPER_ASKED && jn_visit_paper_is_optional (paper))
    return g_strdup (_("optional"));
  if (source == NULL || (state != JN_PAPER_HELD && state != JN_PAPER_FETCHED))
    return g_strdup (jn_words_paper_state (state));
  from = jn_words_source (source, jn_visit_paper_get_source_day (paper), visit);
  return g_strdup_printf (_("%s: %s"), jn_words_paper_state (state), from);
}

char *
jn_words_source (const char *source, const char *as_of, JnVisit *visit)
{
  JnCatalogue *catalogue
      = visit != NULL ? jn_session_get_catalogue (jn_visit_get_session (visit)) : NULL;
  const JnServiceEntry *entry = NULL;
  const char *mark = NULL;
  g_autofree char *day = NULL;

  if (source == NULL)
    return g_strdup ("");
  if (strcmp (source, "document") == 0)
    return g_strdup (_("read at this counter"));
  if (g_str_has_prefix (source, "service:"))
    {
      if (catalogue != NULL)
        entry = jn_catalogue_get_service (catalogue, source + strlen ("service:"));
      return g_strdup (entry != NULL ? jn_service_entry_get_name (entry, jn_language_get ()->tag)
                                     : _("another form of this visit"));
    }
  if (catalogue != NULL)
    mark = jn_catalogue_get_mark (catalogue, source, jn_language_get ()->tag);
  if (as_of == NULL || *as_of == '\0')
    return g_strdup (mark != NULL ? mark : source);
  day = jn_text_format_day (as_of);
  return g_strdup_printf ("%s · %s", mark != NULL ? mark : source, day);
}

char *
jn_words_pledge (guint days, gboolean working)
{
  if (days == 0)
    return g_strdup (_("no pledge is published"));
  if (working)
    return g_strdup_printf (ngettext ("%u working day", "%u working days", days), days);
  return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
}

const char *
jn_words_grade (JnGrade grade)
{
  switch (grade)
    {
    case JN_GRADE_A:
      return _("A: issued by the authority");
    case JN_GRADE_B:
      return _("B: original seen by a clerk");
    case JN_GRADE_C:
      return _("C: uploaded");
    case JN_GRADE_D:
      return _("D: declared");
    }
  g_return_val_if_reached ("");
}

/* -- errors -- */

static const char *
words_of_kind (int kind)
{
  switch ((JnBackendError)kind)
    {
    case JN_BACKEND_ERROR_OFFLINE:
      return _("There is no connection. Nothing was sent; try again when the line is back.");
    case JN_BACKEND_ERROR_CONFLICT:
      return _("Somebody was faster, or this is not possible now. Look again and decide anew.");
    case JN_BACKEND_ERROR_REJECTED:
      return _("An input was not accepted. Correct it and send it again.");
    case JN_BACKEND_ERROR_DENIED:
      return _("You are not allowed to do this. Call a supervisor.");
    case JN_BACKEND_ERROR_NOT_FOUND:
      return _("It was not found. Check the number.");
    case JN_BACKEND_ERROR_OUTDATED:
      return _("This program or form is too old for the server. Start it again to update.");
    case JN_BACKEND_ERROR_UNKNOWN:
      return _("It was sent, but the answer was lost. Look whether it is done before you do it again.");
    case JN_BACKEND_ERROR_FAILED:
      return _("The server has a fault. Try again; if it stays, tell the help desk.");
    }
  return _("Something went wrong. Try again.");
}

static const char *
words_of_code (const char *code)
{
  /* clang-format off */
  static const JnWord codes[] = {
    { "password", N_("The name or the password is wrong. Check Caps Lock and type it again.") },
    { "login-closed", N_("This name may not be signed in with any more. Call a supervisor.") },
    { "locked-out", N_("Too many wrong passwords. Wait five minutes or ask a supervisor.") },
    { "counter-taken", N_("Somebody is signed in at this counter already. Sign out there, or take another one.") },
    { "terminal-open", N_("Janela is open for this counter already, on this machine. Go on in its window, or close it first.") },
    { "has-ticket", N_("You have called somebody already. Finish that visit first.") },
    { "ticket-state", N_("This ticket has changed in the meantime. The list is up to date now.") },
    { "document-number", N_("This number does not fit the kind of document. Compare it with the card.") },
    { "scan-unknown", N_("This is neither an identity number nor a travel document. Scan it again or type it.") },
    { "scan-ticket", N_("This is a queue ticket. Scan the identity document.") },
    { "scan-receipt", N_("This is a receipt. Scan the identity document.") },
    { "dsn", N_("The address of the server in the settings is not valid. Ask the help desk.") },
    { "terminal-unknown", N_("This terminal is not enrolled. Ask the help desk to enrol it.") },
    { "terminal-key", N_("The key of this terminal is not the enrolled one. Ask the help desk.") },
    { "not-staff", N_("This name may not work at a counter. Sign in with another one.") },
    { "no-counter", N_("There is no such counter in this branch. Start the program with another counter number.") },
    { "no-branch", N_("Your name belongs to no branch. Ask the head office.") },
    { "not-your-ticket", N_("This ticket was called by another counter.") },
    { "not-your-visit", N_("This visit is at another counter now.") },
    { "ticket-done", N_("This ticket is finished already.") },
    { "no-ticket", N_("There is no such ticket today. Compare the number.") },
    { "checked-in-already", N_("This ticket is in the line already.") },
    { "counter-paused", N_("The counter has a pause. Open it first.") },
    { "not-servable", N_("Nothing of this ticket can be served at this counter.") },
    { "recall-first", N_("Call the number again before it counts as not come.") },
    { "undo-too-late", N_("It is too late to take this back.") },
    { "nothing-to-undo", N_("There is nothing to take back.") },
    { "undo-impossible", N_("This cannot be taken back: something was done since.") },
    { "emergency", N_("There is an emergency: nothing is called or submitted. Leave the building.") },
    { "slot-full", N_("Somebody was faster: this half hour is full. Choose another one.") },
    { "slot-closed", N_("Nothing can be booked at that time. Choose another one.") },
    { "slot-past", N_("That time is over. Choose a later one.") },
    { "appointment-not-booked", N_("This appointment is over or cancelled already.") },
    { "visit-submitted", N_("This visit is submitted already; nothing more can be changed.") },
    { "form-not-published", N_("This form has been replaced in the meantime. Start the forms again; the answers are kept.") },
    { "event-broken", N_("The list of services of this life event is damaged. Choose the services one by one, and tell the help desk.") },
    { "facts-broken", N_("The list of what is asked only once is damaged. Nothing can be opened; tell the help desk.") },
    { "no-blob", N_("A scan or the signature has not arrived. Scan the paper or sign again, and send it again.") },
    { "too-large", N_("This is too large to be sent. Use a smaller file.") },
    { "stage", N_("This step is not possible yet. Do the steps before it first.") },
    { "journal", N_("The store of this terminal cannot be opened. Ask the help desk; nothing is lost.") },
    { "send-again", N_("It was sent, but the answer was lost. Send it again: nothing is done twice.") },
    { "needs-line", N_("This cannot be submitted without connection: one of the services may not wait on this terminal. The answers are kept; submit it again when the header says that you are connected.") },
    { "not-ready", N_("Something is still to be done before it can be submitted.") },
    { "nothing-to-hand-over", N_("Nothing lies here that has to go there: another slip has taken it already.") },
    { "not-your-counter", N_("This is the report of another counter. A supervisor may read it.") },
    { "document-pruned", N_("What stood on this paper was kept for some weeks and is deleted by now. Make it anew where it came from: its visit, its ticket, the close of the day.") },
    { "no-document", N_("There is no paper of that number to print again. Look at the number; papers of other branches are printed there.") },
    { "printer", N_("No printer is set up for this. Show the receipt on the screen, or print it later at another counter.") },
    { "receipt-malformed", N_("This is no receipt of ours. Scan the symbol at the end of the receipt again.") },
    { "receipt-tampered", N_("This receipt is not as it was given out: its seal does not fit.") },
    { "receipt-unknown", N_("This receipt was not sealed by a counter of ours.") },
    { "no-receipt", N_("There is no such receipt in this branch. Compare the number.") },
    { NULL, NULL },
  };
  /* clang-format on */

  return look_up (codes, code);
}

static char *
recall_words (const GError *error)
{
  GVariant *args = jn_backend_error_get_args (error);
  int seconds = args != NULL ? (int)jn_dict_int (args, "wait_s", 0) : 0;

  return g_strdup_printf (ngettext ("It was called a moment ago. Call again in %d second.",
                                    "It was called a moment ago. Call again in %d seconds.",
                                    seconds),
                          seconds);
}

/* A receipt of another branch, or one whose results are not there yet: where or when. */
static char *
receipt_words (const GError *error)
{
  GVariant *args = jn_backend_error_get_args (error);
  const char *branch = args != NULL ? jn_dict_string (args, "branch") : NULL;
  const char *day = args != NULL ? jn_dict_string (args, "day") : NULL;
  g_autofree char *date = day != NULL ? jn_text_format_day (day) : NULL;

  if (branch != NULL)
    return g_strdup_printf (
        _("This receipt was given out in branch %s. Its results are fetched there."), branch);
  if (date != NULL)
    return g_strdup_printf (_("The results are not ready yet. They are expected on %s."), date);
  return g_strdup (_("The results are not ready yet."));
}

/* A day, or a moment of a day: with its day where that is not today. */
static char *
moment_words (const char *time)
{
  if (time == NULL)
    return g_strdup ("–");
  if (strchr (time, 'T') == NULL)
    return jn_text_format_day (time);
  return jn_text_format_moment (jn_time_parse (time) / G_USEC_PER_SEC,
                                g_get_real_time () / G_USEC_PER_SEC);
}

/* Check-in outside of its window: when it was or will be. */
static char *
window_words (const GError *error, const char *key, const char *words)
{
  GVariant *args = jn_backend_error_get_args (error);
  g_autofree char *moment = moment_words (args != NULL ? jn_dict_string (args, key) : NULL);

  return g_strdup_printf (words, moment);
}

/* No more numbers: with what a supervisor wants the citizen to be told. */
static char *
cap_words (const GError *error)
{
  GVariant *args = jn_backend_error_get_args (error);
  g_autoptr (GVariant) told = args != NULL ? jn_dict_dict (args, "words") : NULL;
  g_autofree char *words = jn_text_name (jn_language_get ()->tag, told);

  if (*words == '\0')
    return g_strdup (_("There are no more numbers for this today."));
  return g_strdup_printf (_("There are no more numbers for this today. Tell the citizen: %s"),
                             words);
}

/* What is wrong with the form of a service; its name goes in. */
static const char *
words_of_form (const char *code)
{
  /* clang-format off */
  static const JnWord codes[] = {
    { "form-syntax", N_("The form “%s” is damaged and cannot be used. Choose another service and tell the help desk.") },
    { "form-reference", N_("The form “%s” is not complete and cannot be used. Choose another service and tell the help desk.") },
    { "form-cycle", N_("In the form “%s” answers wait for each other; it cannot be used. Choose another service and tell the help desk.") },
    { "form-limit", N_("The form “%s” is too large to be used here. Choose another service and tell the help desk.") },
    { "form-unsupported", N_("The form “%s” needs a newer version of this program. Choose another service and tell the help desk.") },
    { "form-broken", N_("The form “%s” cannot be used. Choose another service and tell the help desk.") },
    { "draft-broken", N_("What was typed earlier in the form “%s” cannot be opened. It is kept; choose another service and tell the help desk.") },
    { "form-not-here", N_("There is no connection, and the form “%s” is not on this terminal yet. Go on with the other forms: what is typed is kept. Add it again when the header says that you are connected.") },
    { NULL, NULL },
  };
  /* clang-format on */

  return look_up (codes, code);
}

static char *
form_words (const GError *error, const char *words)
{
  GVariant *args = jn_backend_error_get_args (error);
  g_autoptr (GVariant) names = args != NULL ? jn_dict_dict (args, "names") : NULL;
  g_autofree char *name = jn_text_name (jn_language_get ()->tag, names);

  return g_strdup_printf (words, name);
}

static const char *
print_words (int code)
{
  switch (code)
    {
    case JN_PRINT_ERROR_OFFLINE:
      return _("The print server does not answer. The receipt is valid; print it later.");
    case JN_PRINT_ERROR_NOT_FOUND:
      return _("This printer is not known to the print server. Ask the help desk to set it up.");
    case JN_PRINT_ERROR_DENIED:
      return _("This counter may not use the printer. Ask the help desk.");
    default:
      return _("It could not be printed. The receipt is valid; try again or another printer.");
    }
}

char *
jn_words_error (const GError *error)
{
  const char *words = NULL;

  if (error->domain == JN_PRINT_ERROR)
    return g_strdup (print_words (error->code));
  if (error->domain == G_KEY_FILE_ERROR)
    return g_strdup_printf (
        _("The settings of this terminal cannot be used. The help desk mends them at: %s"),
           error->message);
  if (error->domain != JN_BACKEND_ERROR)
    return g_strdup (_("Something went wrong. Try again."));
  if (g_strcmp0 (jn_backend_error_get_code (error), "recall-too-soon") == 0)
    return recall_words (error);
  if (g_strcmp0 (jn_backend_error_get_code (error), "cap-reached") == 0)
    return cap_words (error);
  if (g_strcmp0 (jn_backend_error_get_code (error), "too-early") == 0)
    return window_words (error, "from", _("It is too early: check-in begins at %s."));
  if (g_strcmp0 (jn_backend_error_get_code (error), "too-late") == 0)
    return window_words (error, "until", _("It is too late: check-in ended at %s."));
  words = words_of_form (jn_backend_error_get_code (error));
  if (words != NULL)
    return form_words (error, words);
  if (g_strcmp0 (jn_backend_error_get_code (error), "receipt-elsewhere") == 0
      || g_strcmp0 (jn_backend_error_get_code (error), "results-not-ready") == 0)
    return receipt_words (error);
  words = words_of_code (jn_backend_error_get_code (error));
  return g_strdup (words != NULL ? words : words_of_kind (error->code));
}

/* -- the line -- */

/* The line stands, and the server does not let this terminal in: why, and what to do. */
static char *
refusal_words (JnSession *session, const char *code, guint unsent)
{
  int counter = jn_session_get_counter (session);

  if (g_str_equal (code, "counter-taken"))
    return g_strdup_printf (_("◌ Somebody else has counter %d: ask there, or sign out and take "
                              "another one (%u to send)"),
                               counter, unsent);
  if (jn_session_get_link_state (session) == JN_LINK_CONNECTING)
    return g_strdup_printf (
        _("◌ The server does not let this counter in: call a supervisor (%u to send)"), unsent);
  return g_strdup_printf (_("○ The server lets you in no more: sign in anew, or call a supervisor (%u to send)"), unsent);
}

char *
jn_words_link (JnSession *session)
{
  guint unsent = jn_session_get_unsent (session);
  gint64 since = jn_session_get_offline_since (session);
  g_autofree char *refusal = NULL;
  g_autofree char *clock = NULL;

  if (since == 0)
    return unsent == 0 ? g_strdup (_("● Connected"))
                       : g_strdup_printf (_("● Connected, %u to send"), unsent);
  refusal = jn_session_get_refusal (session);
  if (refusal != NULL)
    return refusal_words (session, refusal, unsent);
  clock = jn_text_format_clock (since, jn_session_get_zone (session));
  if (jn_session_get_link_state (session) == JN_LINK_CONNECTING)
    return g_strdup_printf (_("◌ Reconnecting since %s (%u to send)"), clock, unsent);
  return g_strdup_printf (_("○ Working offline since %s (%u to send)"), clock, unsent);
}

/* -- answers -- */

static const char *
type_words (const char *type)
{
  /* clang-format off */
  static const JnWord types[] = {
    { "int", N_("Enter a whole number.") },
    { "decimal", N_("Enter a number.") },
    { "date", N_("Enter a date that exists, as DD/MM/YYYY.") },
    { "time", N_("Enter a time from 00:00 to 23:59.") },
    { "dateTime", N_("Enter a date and a time.") },
    { NULL, NULL },
  };
  /* clang-format on */
  const char *words = look_up (types, type);

  return words != NULL ? words : _("This does not fit the question.");
}

const char *
jn_words_invalid (JnInvalid invalid, const char *type)
{
  switch (invalid)
    {
    case JN_VALID:
      return "";
    case JN_INVALID_REQUIRED:
      return _("An answer is needed.");
    case JN_INVALID_TYPE:
      return type_words (type);
    case JN_INVALID_CONSTRAINT:
      return _("This answer is not possible.");
    }
  g_return_val_if_reached ("");
}

char *
jn_words_visit (JnVisit *visit)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (jn_visit_get_session (visit));
  const char *code = jn_visit_get_event (visit);
  const JnEventEntry *event = code != NULL ? jn_catalogue_get_event (catalogue, code) : NULL;
  guint n = jn_visit_get_n_chosen (visit);
  gint64 age = MAX (0, jn_session_now (jn_visit_get_session (visit)) - jn_visit_get_began (visit));
  GString *text = g_string_new (NULL);

  if (event != NULL)
    g_string_append_printf (text, "%s · ",
                            jn_event_entry_get_name (event, jn_language_get ()->tag));
  if (n > 0)
    {
      g_string_append_printf (text, ngettext ("%u service", "%u services", n), n);
      g_string_append (text, " · ");
    }
  g_string_append_printf (text, "%02d:%02d", (int)(age / 60), (int)(age % 60));
  return g_string_free (text, FALSE);
}
