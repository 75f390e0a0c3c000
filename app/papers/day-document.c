/* day-document.c: the report of a day from what the backend counted. */
#include "app/papers/day-document.h"

#include <glib/gi18n.h>

#include "app/dict.h"
#include "app/papers/report-document.h"
#include "app/papers/sheet.h"

#define NOTHING JN_REPORT_NOTHING

/* A section whose lines are still added to. */
typedef struct
{
  GArray *lines; /* of JnReportLine */
  JnReportSection section;
} Section;

static Section *
section_new (const JnSheet *sheet, const char *heading, const char *second, gboolean total)
{
  Section *self = g_new0 (Section, 1);

  self->lines = g_array_new (FALSE, FALSE, sizeof (JnReportLine));
  self->section.heading = jn_sheet_say (sheet, heading);
  if (second != NULL)
    self->section.confirmed = jn_sheet_say (sheet, second);
  self->section.total = total;
  return self;
}

static void
section_free (gpointer data)
{
  Section *self = data;

  g_array_unref (self->lines);
  g_free (self);
}

static void
add (Section *self, JnWords label, gint64 count, gint64 confirmed, gint64 amount)
{
  const JnReportLine line = { label, count, confirmed, amount };

  g_array_append_val (self->lines, line);
}

typedef struct
{
  const char *name;
  const char *words;
} Word;

static JnWords
look_up (const JnSheet *sheet, const Word *words, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i].name, name) == 0)
      return jn_sheet_say (sheet, words[i].words);
  return jn_words (name, NULL);
}

static JnWords
say_outcome (const JnSheet *sheet, const char *outcome)
{
  /* clang-format off */
  static const Word words[] = {
    /* TRANSLATORS: what became of tickets, in the day's report */
    { "served", N_("Served") },
    { "no-show", N_("Did not come when called") },
    { "left-waiting", N_("Left while waiting") },
    { "left-serving", N_("Left during the service") },
    { "transferred", N_("Went on to another counter") },
    { "cancelled", N_("Cancelled") },
    { "closed-by-emergency", N_("Ended by an emergency") },
    { "unserved-at-close", N_("Not served when the day ended") },
    { "open", N_("Not finished yet") },
  };
  /* clang-format on */

  return look_up (sheet, words, G_N_ELEMENTS (words), outcome);
}

static JnWords
say_kind (const JnSheet *sheet, const char *kind)
{
  /* clang-format off */
  static const Word words[] = {
    { "ticket", N_("Ticket") },
    { "appointment", N_("Appointment") },
    { "receipt", N_("Receipt") },
    { "notice", N_("One-time notice") },
    { "not-accepted", N_("Notice: not accepted") },
    { "delivery", N_("Delivery receipt") },
    { "application", N_("Application form") },
    { "hand-over", N_("Hand-over slip") },
    { "report", N_("Report") },
  };
  /* clang-format on */

  return look_up (sheet, words, G_N_ELEMENTS (words), kind);
}

/* -- sections ------------------------------------------------------------------------------------------------ */

static Section *
make_visits (const JnSheet *sheet, GVariant *answer)
{
  Section *self = section_new (sheet, N_ ("Visits"), NULL, FALSE);
  g_autoptr (GVariant) visits = jn_dict_dict (answer, "visits");

  if (visits == NULL)
    return self;
  /* TRANSLATORS: visits that began at a counter */
  add (self, jn_sheet_say (sheet, N_ ("Begun")), jn_dict_int (visits, "opened", 0), NOTHING,
                           NOTHING);
  /* TRANSLATORS: visits that ended with a receipt */
  add (self, jn_sheet_say (sheet, N_ ("With a receipt")), jn_dict_int (visits, "submitted", 0),
                           NOTHING, NOTHING);
  return self;
}

static Section *
make_tickets (const JnSheet *sheet, GVariant *rows)
{
  Section *self = section_new (sheet, N_ ("Tickets"), NULL, TRUE);

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      add (self, say_outcome (sheet, jn_dict_string (row, "outcome")),
           jn_dict_int (row, "count", 0), NOTHING, NOTHING);
    }
  return self;
}

static Section *
make_applications (const JnSheet *sheet, GVariant *rows)
{
  Section *self = section_new (sheet, N_ ("Applications"), NULL, TRUE);

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      add (self, jn_sheet_name_department (sheet, jn_dict_string (row, "department")),
           jn_dict_int (row, "count", 0), NOTHING, NOTHING);
    }
  return self;
}

static Section *
make_prints (const JnSheet *sheet, GVariant *rows)
{
  /* TRANSLATORS: the column of papers of which a clerk said that they came out */
  Section *self = section_new (sheet, N_ ("Papers printed"), N_ ("Confirmed"), TRUE);

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      add (self, say_kind (sheet, jn_dict_string (row, "kind")), jn_dict_int (row, "printed", 0),
           jn_dict_int (row, "confirmed", 0), NOTHING);
    }
  return self;
}

static Section *
make_fees (const JnSheet *sheet, GVariant *rows)
{
  Section *self = section_new (sheet, N_ ("Fees confirmed by the department"), NULL, TRUE);

  for (gsize i = 0; i < jn_list_length (rows); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (rows, i);

      if (jn_dict_int (row, "charged", 0) > 0)
        add (self, jn_sheet_name_department (sheet, jn_dict_string (row, "department")),
             jn_dict_int (row, "charged", 0), NOTHING, jn_dict_int (row, "amount", 0));
    }
  return self;
}

static Section *
make_mismatches (const JnSheet *sheet, GVariant *answer)
{
  Section *self = section_new (sheet, N_ ("To be looked at"), NULL, FALSE);
  gint64 n = jn_dict_int (answer, "mismatches", 0);

  if (n > 0)
    add (self, jn_sheet_say (sheet, N_ ("Receipts and prints that do not match")), n, NOTHING,
                             NOTHING);
  return self;
}

/* What has no line is left out. */
static JnReportSection *
collect (GPtrArray *sections, guint *n_sections)
{
  JnReportSection *list = g_new0 (JnReportSection, sections->len + 1);

  *n_sections = 0;
  for (guint i = 0; i < sections->len; i++)
    {
      Section *section = sections->pdata[i];

      if (section->lines->len == 0)
        continue;
      section->section.lines = (const JnReportLine *)(gpointer)section->lines->data;
      section->section.n_lines = section->lines->len;
      list[(*n_sections)++] = section->section;
    }
  return list;
}

JnDocument *
jn_day_document_new (GVariant *answer, JnSession *session, const char *language, gint64 time)
{
  g_autoptr (GPtrArray) sections = g_ptr_array_new_with_free_func (section_free);
  g_autoptr (GVariant) tickets = jn_dict_list (answer, "tickets");
  g_autoptr (GVariant) applications = jn_dict_list (answer, "applications");
  g_autoptr (GVariant) prints = jn_dict_list (answer, "prints");
  g_autofree JnReportSection *list = NULL;
  JnSheet sheet = jn_sheet_speak (session, language);
  gboolean till = jn_dict_boolean (answer, "till", FALSE);
  JnReport report = { .language = language,
                      .day = jn_dict_string (answer, "day"),
                      .counter = (int)jn_dict_int (answer, "counter", 0),
                      .time = time,
                      .expected = till ? jn_dict_int (answer, "fee", 0) : NOTHING,
                      .counted = NOTHING };

  g_ptr_array_add (sections, make_visits (&sheet, answer));
  g_ptr_array_add (sections, make_tickets (&sheet, tickets));
  g_ptr_array_add (sections, make_applications (&sheet, applications));
  g_ptr_array_add (sections, make_prints (&sheet, prints));
  g_ptr_array_add (sections, make_fees (&sheet, applications));
  g_ptr_array_add (sections, make_mismatches (&sheet, answer));
  report.sections = list = collect (sections, &report.n_sections);
  return jn_report_document_new (&report, session, 0);
}
