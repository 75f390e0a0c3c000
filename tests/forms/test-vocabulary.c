/* test-vocabulary.c: services, life events and facts as forms/VOCABULARY.md says. */
#include "forms/event.h"
#include "forms/facts.h"
#include "forms/service.h"

#include <string.h>

#include "tests/forms/sample.h"

/* ---- the example of the document ------------------------------------------------------------------- */

/* (transfer full): the @index-th xml block of forms/VOCABULARY.md */
static GBytes *
get_example (guint index)
{
  g_autofree char *text = NULL;
  const char *start, *end;

  g_assert_true (g_file_get_contents ("forms/VOCABULARY.md", &text, NULL, NULL));
  start = strstr (text, "```xml\n");
  for (guint i = 0; i < index; i++)
    start = strstr (start + 7, "```xml\n");
  start += 7;
  end = strstr (start, "```");
  return g_bytes_new (start, (gsize)(end - start));
}

static JnService *
get_service (void)
{
  g_autoptr(GBytes) bytes = get_example (0);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);
  JnService *service;

  g_assert_no_error (error);
  g_assert_cmpuint (jn_form_get_warnings (form)->len, ==, 0);
  service = jn_service_new (form, &error);
  g_assert_no_error (error);
  return service;
}

static void
test_service (void)
{
  g_autoptr(JnService) service = get_service ();
  const JnPledge *pledge = jn_service_get_pledge (service);

  g_assert_cmpstr (jn_service_get_code (service), ==, "demo-certificate");
  g_assert_cmpstr (jn_service_get_department (service), ==, "demo");
  g_assert_true (jn_service_is_immediate (service));
  g_assert_false (jn_service_is_proxy_allowed (service));
  g_assert_cmpint (jn_service_get_offline (service), ==, JN_OFFLINE_PAPERS);
  g_assert_cmpstr (jn_service_get_equipment (service)[0], ==, "till");
  g_assert_cmpstr (jn_names_get (jn_service_get_names (service), "pt"), ==,
                   "Certificado de demonstração");
  g_assert_false (jn_service_get_names (service)->official[1]);
  g_assert_cmpstr (jn_service_get_keywords (service)[1], ==, "proof");
  g_assert_null (jn_service_get_keywords (service)[2]);
  g_assert_cmpuint (pledge->days, ==, 5);
  g_assert_true (pledge->working);
  g_assert_cmpstr (pledge->from, ==, "complete");
  g_assert_cmpint (pledge->origin.confidence, ==, JN_CONFIDENCE_ASSUMED);
  g_assert_cmpuint (jn_service_get_laws (service)->len, ==, 1);
  g_assert_cmpuint (jn_service_get_sources (service)->len, ==, 1);
}

static void
test_fees_and_papers (void)
{
  g_autoptr(JnService) service = get_service ();
  g_autoptr(JnFilling) filling = sample_filling (jn_service_get_form (service));
  g_autoptr(GPtrArray) fees = jn_service_list_fees (service, filling);
  g_autoptr(GPtrArray) none = jn_service_list_papers (service, filling), papers = NULL;
  g_autoptr(GPtrArray) declared = jn_service_list_fees (service, NULL), unpaid = NULL;
  g_autoptr(GPtrArray) results = NULL;
  const JnServiceFee *fee = fees->pdata[0];
  const JnServicePaper *paper;

  g_assert_cmpuint (fees->len, ==, 1);
  g_assert_cmpstr (fee->name, ==, "證明書");
  g_assert_cmpint (fee->amount, ==, 1500);
  g_assert_true (jn_service_fee_is_charged (fee));
  g_assert_cmpstr (fee->origin.confirmed, ==, "2026-05-01");
  g_assert_cmpint (((JnServiceFee *)declared->pdata[0])->amount, ==, -1);
  g_assert_false (jn_service_fee_is_charged (declared->pdata[0]));

  g_assert_cmpuint (none->len, ==, 0);
  put (filling, "/data/copies", "2");
  papers = jn_service_list_papers (service, filling);
  g_assert_cmpuint (papers->len, ==, 1);
  paper = papers->pdata[0];
  g_assert_cmpstr (paper->name, ==, "相片一張");
  g_assert_true (paper->original);
  g_assert_false (paper->copy);
  g_assert_true (paper->accept_missing);
  g_assert_cmpuint (paper->days, ==, 10);
  g_assert_cmpstr (paper->fact, ==, "applicant/photo");
  g_assert_cmpstr (paper->held_by, ==, "demo");

  results = jn_service_list_results (service, filling);
  g_assert_true (((JnServiceResult *)results->pdata[0])->pick_up);
  put (filling, "/data/copies", "");
  unpaid = jn_service_list_fees (service, filling);
  g_assert_cmpuint (unpaid->len, ==, 0);
}

static void
expect_refused (const char *service, const char *part)
{
  g_autofree char *text = g_strdup_printf (
      "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "
      "xmlns:jn='https://janela.example/xforms'><h:head><model><instance><data id='s'/></instance>"
      "</model>%s</h:head><h:body/></h:html>",
      service);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (jn_service_new (form, &error));
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_refused_services (void)
{
  expect_refused ("", "no jn:service");
  expect_refused ("<jn:service code='s'/>", "department");
  expect_refused ("<jn:service code='s' department='d'/>", "name");
  expect_refused ("<jn:service code='s' department='d' proxy='maybe'/>", "proxy");
  expect_refused ("<jn:service code='s' department='d'><jn:pledge days='soon'/></jn:service>",
                  "soon");
  expect_refused ("<jn:service code='s' department='d'><jn:fee/></jn:service>", "code");
  expect_refused ("<jn:service code='s' department='d'><jn:name lang='fr'>x</jn:name></jn:service>",
                  "fr");
  expect_refused ("<jn:service code='s' department='d'><jn:price/></jn:service>", "price");
  expect_refused ("<jn:service code='s' department='d'><jn:needs/></jn:service>", "needs");
}

/* ---- life events --------------------------------------------------------------------------------- */

static JnEvent *
get_event (void)
{
  g_autoptr(GBytes) bytes = get_example (2);
  g_autoptr(GError) error = NULL;
  JnEvent *event = jn_event_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  return event;
}

static void
test_event (void)
{
  static const char text[]
      = "<root><item><subject>child</subject><birth_date>2026-02-20</birth_date>"
        "</item><item><subject>mother</subject><bir_no>1</bir_no></item></root>";
  g_autoptr(GBytes) facts = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr(JnEvent) event = get_event ();
  g_autoptr(GPtrArray) known = jn_event_list_services (event, facts, NULL, NULL);
  g_autoptr(GPtrArray) unknown = jn_event_list_services (event, NULL, NULL, NULL);
  const JnEventService *first = known->pdata[0], *second = known->pdata[1];

  g_assert_cmpstr (jn_event_get_code (event), ==, "birth");
  g_assert_cmpstr (jn_names_get (jn_event_get_names (event), "en"), ==, "Birth of a child");
  g_assert_cmpstr (jn_event_get_services (event)[1], ==, "dsi-bir-first");
  g_assert_cmpuint (known->len, ==, 2);
  g_assert_true (first->relevant);
  g_assert_cmpstr (first->deadline_start, ==, "2026-02-20");
  g_assert_cmpstr (first->deadline, ==, "2026-03-22");
  g_assert_cmpint (first->deadline_origin.confidence, ==, JN_CONFIDENCE_PAGE);
  g_assert_true (second->relevant);
  g_assert_cmpuint (second->needs->len, ==, 1);
  g_assert_cmpstr (((JnNeed *)second->needs->pdata[0])->paper, ==, "birth-report");
  g_assert_false (((JnEventService *)unknown->pdata[1])->relevant);
  g_assert_null (((JnEventService *)unknown->pdata[0])->deadline);
}

static void
test_refused_events (void)
{
  static const char *const refused[] = {
    "<event/>",
    "<event xmlns='https://janela.example/xforms'/>",
    "<event xmlns='https://janela.example/xforms' code='e'/>",
    "<event xmlns='https://janela.example/xforms' code='e'><name lang='en'>E</name>"
    "<service code='s' relevant='1 +'/></event>",
    "<event xmlns='https://janela.example/xforms' code='e'><name lang='en'>E</name>"
    "<service code='s'><deadline/></service></event>",
    "<event xmlns='https://janela.example/xforms' code='e'><other/></event>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (refused[i], strlen (refused[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_event_new_from_bytes (bytes, &error));
      g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX);
    }
}

/* ---- facts --------------------------------------------------------------------------------------- */

static void
test_facts (void)
{
  g_autoptr(GBytes) bytes = get_example (3);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnFacts) facts = jn_facts_new_from_bytes (bytes, &error);
  const JnProperty *name, *grade;

  g_assert_no_error (error);
  g_assert_cmpuint (jn_facts_get_properties (facts)->len, ==, 2);
  name = jn_facts_find (facts, "person", "name_zh");
  grade = jn_facts_find (facts, "person", "disability_grade");
  g_assert_null (jn_facts_find (facts, "person", "shoe_size"));
  g_assert_cmpstr (name->authority, ==, "dsi");
  g_assert_cmpstr (name->basis, ==, "law");
  g_assert_false (name->on);
  g_assert_cmpstr (jn_names_get (&name->labels, "en"), ==, "Chinese name");
  g_assert_cmpint (grade->sensitive, ==, JN_SENSITIVE_HEALTH);
  g_assert_null (grade->basis);

  g_assert_true (jn_property_may_fill (name, "dsi", FALSE));
  g_assert_false (jn_property_may_fill (name, "fss", FALSE));
  g_assert_true (jn_property_may_fill (name, "fss", TRUE));
  g_assert_false (jn_property_may_fill (grade, "fss", TRUE));
}

static void
test_shared_with_some (void)
{
  static const char text[]
      = "<facts xmlns='https://janela.example/xforms'><subject kind='person'>"
        "<property name='a' authority='x'><share basis='permission' with='y z' default='on'/>"
        "</property><property name='b' authority='x' sensitive='hardship'><share basis='law' "
        "default='on'/></property></subject></facts>";
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr(JnFacts) facts = jn_facts_new_from_bytes (bytes, NULL);

  g_assert_true (jn_property_may_fill (jn_facts_find (facts, "person", "a"), "z", FALSE));
  g_assert_false (jn_property_may_fill (jn_facts_find (facts, "person", "a"), "w", TRUE));
  g_assert_false (jn_property_may_fill (jn_facts_find (facts, "person", "b"), "y", TRUE));
}

static void
test_refused_facts (void)
{
  static const char *const refused[] = {
    "<facts/>",
    "<facts xmlns='https://janela.example/xforms'><other/></facts>",
    "<facts xmlns='https://janela.example/xforms'><subject/></facts>",
    "<facts xmlns='https://janela.example/xforms'><subject kind='p'><property/></subject></facts>",
    "<facts xmlns='https://janela.example/xforms'><subject kind='p'><property name='a' "
    "sensitive='secret'/></subject></facts>",
    "<facts xmlns='https://janela.example/xforms'><subject kind='p'><property name='a'/>"
    "<property name='a'/></subject></facts>",
    "<facts xmlns='https://janela.example/xforms'><subject kind='p'><property name='a'>"
    "<share basis='habit'/></property></subject></facts>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (refused[i], strlen (refused[i]));
      g_autoptr(GError) error = NULL;

      g_assert_null (jn_facts_new_from_bytes (bytes, &error));
      g_assert_error (error, JN_FORM_ERROR, JN_FORM_ERROR_SYNTAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/service/reads", test_service);
  g_test_add_func ("/forms/service/fees-and-papers", test_fees_and_papers);
  g_test_add_func ("/forms/service/refused", test_refused_services);
  g_test_add_func ("/forms/event/reads", test_event);
  g_test_add_func ("/forms/event/refused", test_refused_events);
  g_test_add_func ("/forms/facts/reads", test_facts);
  g_test_add_func ("/forms/facts/shared-with-some", test_shared_with_some);
  g_test_add_func ("/forms/facts/refused", test_refused_facts);
  return g_test_run ();
}
