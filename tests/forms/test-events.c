/* test-events.c: what each life event proposes, to one of whom nothing is known and to one whose facts are. */
#include "forms/event.h"

#include <json-glib/json-glib.h>
#include "tests/forms/script.h"

/* @facts: as in the scripts, role → property → value; @proposed: what is chosen beforehand, in order;
 * @offered: what may be chosen beside it must be among the offers; @withheld: must not be offered */
typedef struct
{
  const char *name;
  const char *event;
  const char *facts;
  const char *proposed;
  const char *offered;
  const char *withheld;
} Case;

static const Case cases[] = {
  /* to a stranger nothing is withheld for want of facts */
  { "birth/stranger", "birth", "{}", "dsaj-birth-reg dsi-bir-first fss-birth-allowance", "",
    "dsaj-paternity dsi-passport-child" },
  { "birth/registered", "birth", "{\"birth\":{\"record_no\":\"2026/1\",\"father_named\":\"no\"}}",
    "dsi-bir-first fss-birth-allowance", "dsaj-paternity", "dsaj-birth-reg" },
  { "marriage/stranger", "marriage", "{}",
    "dsaj-marriage-reg dsi-bir-data-change fss-marriage-allowance", "dsaj-birth-cert", "" },
  { "marriage/both-born-here", "marriage",
    "{\"applicant\":{\"birth_place\":\"macau\"},\"spouse\":{\"birth_place\":\"macau\"}}",
    "dsaj-marriage-reg dsi-bir-data-change fss-marriage-allowance", "", "dsaj-birth-cert" },
  { "marriage/married-already", "marriage", "{\"marriage\":{\"record_no\":\"2026/7\"}}",
    "dsi-bir-data-change fss-marriage-allowance", "", "dsaj-marriage-reg" },
  { "death/stranger", "death", "{}", "dsaj-death-reg fss-funeral-allowance",
    "dsi-bir-data-change fss-cpf-heir", "" },
  { "death/a-brother's", "death", "{\"death\":{\"record_no\":\"2026/3\",\"relation\":\"sibling\"}}",
    "fss-funeral-allowance", "", "dsaj-death-reg dsi-bir-data-change" },
  { "old-age/stranger", "old-age", "{}", "fss-old-age-pension ias-senior-subsidy ias-senior-card",
    "fss-proof-of-life", "" },
  { "old-age/at-62", "old-age", "{\"applicant\":{\"birth_date\":\"1964-05-05\"}}",
    "fss-old-age-pension", "", "ias-senior-subsidy ias-senior-card" },
  { "old-age/non-permanent", "old-age",
    "{\"applicant\":{\"birth_date\":\"1955-05-05\",\"bir_kind\":\"non-permanent\"}}",
    "fss-old-age-pension ias-senior-card", "", "ias-senior-subsidy" },
  { "old-age/draws-a-pension", "old-age",
    "{\"applicant\":{\"birth_date\":\"1955-05-05\",\"pension\":\"old-age\"}}",
    "ias-senior-subsidy ias-senior-card", "fss-proof-of-life", "fss-old-age-pension" },
  { "work/stranger", "work", "{}", "dsal-job-seeker fss-unemployment", "safp-exam", "" },
  { "work/registered", "work", "{\"applicant\":{\"job_seeker_no\":\"1\"}}", "fss-unemployment", "",
    "dsal-job-seeker" },
  { "travel/stranger", "travel", "{}", "dsi-passport", "", "" },
  { "travel/portuguese", "travel", "{\"applicant\":{\"nationality\":\"PT\"}}", "", "",
    "dsi-passport" },
  { "travel/non-permanent", "travel",
    "{\"applicant\":{\"nationality\":\"CN\",\"bir_kind\":\"non-permanent\"}}", "",
    "dsi-travel-permit", "dsi-passport" },
  { "disability/stranger", "disability", "{}", "ias-disability-card ias-disability-subsidy", "",
    "" },
  { "identity/a-child", "identity", "{\"applicant\":{\"birth_date\":\"2014-02-03\"}}",
    "dsi-bir-renew", "dsi-minor-record", "dsi-criminal-record" },
  { "identity/stranger", "identity", "{}", "dsi-bir-renew", "dsi-minor-record dsi-criminal-record",
    "" },
  { "illness/has-the-card", "illness", "{\"applicant\":{\"user_card_no\":\"1\"}}", "fss-sickness",
    "", "ssm-user-card" },
  { "business/stranger", "business", "{}", "dsf-business-start", "iam-fnb-licence", "" },
  { "business/registered", "business", "{\"company\":{\"tax_no\":\"1\"}}", "", "iam-fnb-licence",
    "dsf-business-start" },
};

static GPtrArray *
list_services (JnEvent *event, const char *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  g_autoptr(GBytes) facts = script_facts (json_node_get_object (node));
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr(GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-23T10:00:00+08:00", zone);
  g_autoptr(GError) error = NULL;
  GPtrArray *services = jn_event_list_services (event, facts, now, &error);

  g_assert_no_error (error);
  return services;
}

static gboolean
is_offered (GPtrArray *services, const char *code)
{
  for (guint i = 0; i < services->len; i++)
    {
      const JnEventService *service = services->pdata[i];

      if (g_str_equal (service->code, code))
        return service->relevant;
    }
  g_error ("the event has no %s", code);
}

static void
expect_offers (GPtrArray *services, const char *codes, gboolean offered)
{
  g_auto (GStrv) list = g_strsplit (codes, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0' && is_offered (services, list[i]) != offered)
      g_error ("%s is %s", list[i], offered ? "not offered" : "offered");
}

static JnEvent *
load_event (const char *code)
{
  g_autofree char *path = g_strdup_printf ("build/events/%s.xml", code);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  JnEvent *event;
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    g_error ("%s: make data", error->message);
  bytes = g_bytes_new_take (text, size);
  event = jn_event_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return event;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(JnEvent) event = load_event (test->event);
  g_autoptr(GPtrArray) services = list_services (event, test->facts);
  g_autoptr(GString) proposed = g_string_new (NULL);

  for (guint i = 0; i < services->len; i++)
    {
      const JnEventService *service = services->pdata[i];

      if (service->relevant && !service->optional)
        g_string_append_printf (proposed, "%s%s", proposed->len > 0 ? " " : "", service->code);
    }
  g_assert_cmpstr (proposed->str, ==, test->proposed);
  expect_offers (services, test->offered, TRUE);
  expect_offers (services, test->withheld, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/forms/events/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
