/* test-verify.c: what the steward lets pass and what it refuses, with node and reason. */
#include "app/steward/verify.h"

#include <string.h>

static const char form_xml[]
    = "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'"
      " xmlns:jn='https://janela.example/xforms'><h:head><h:title>t</h:title><model>"
      "<instance><data id='demo' version='1'><copies/><delivery/><address/><fee_avos/>"
      "<meta><instanceID/></meta></data></instance>"
      "<bind nodeset='/data/copies' type='int' required='true()'"
      " constraint='. &gt;= 1 and . &lt;= 9'/>"
      "<bind nodeset='/data/delivery' type='string' required='true()'/>"
      "<bind nodeset='/data/address' type='string' relevant=\"/data/delivery = 'post'\""
      " required='true()'/>"
      "<bind nodeset='/data/fee_avos' type='int' calculate='/data/copies * 1500'/>"
      "<bind nodeset='/data/meta/instanceID' type='string' readonly='true()'/>"
      "</model><jn:service code='demo' department='demo'>"
      "<jn:name lang='en'>Demo</jn:name>"
      "<jn:fee code='copies' ref='/data/fee_avos' confidence='confirmed' confirmed='2026-05-01'/>"
      "</jn:service></h:head><h:body><input ref='/data/copies'><label>Copies</label></input>"
      "<select1 ref='/data/delivery'><label>How</label>"
      "<item><label>Here</label><value>here</value></item>"
      "<item><label>By post</label><value>post</value></item></select1>"
      "<input ref='/data/address'><label>Where</label></input></h:body></h:html>";

#define SENT(body)                                                                                 \
  "<data id='demo' version='1' xmlns='http://www.w3.org/2002/xforms'>" body                        \
  "<meta><instanceID>uuid:0190f0a0-0000-7000-8000-000000000001</instanceID></meta></data>"

typedef struct
{
  const char *name;
  const char *sent;
  gint64 fee;
  const char *reason; /* NULL: verified */
  const char *node;   /* its last step, NULL: whatever */
} Case;

static const Case cases[] = {
  { "good", SENT ("<copies>2</copies><delivery>here</delivery><fee_avos>3000</fee_avos>"), 3000,
    NULL, NULL },
  { "good-with-address",
    SENT ("<copies>1</copies><delivery>post</delivery><address>Rua</address>"
          "<fee_avos>1500</fee_avos>"),
    1500, NULL, NULL },
  { "fee-in-the-form-is-wrong",
    SENT ("<copies>2</copies><delivery>here</delivery><fee_avos>1</fee_avos>"), 1, "value-differs",
    "fee_avos" },
  { "fee-charged-is-wrong",
    SENT ("<copies>2</copies><delivery>here</delivery><fee_avos>3000</fee_avos>"), 100, "fee-wrong",
    NULL },
  { "constraint", SENT ("<copies>12</copies><delivery>here</delivery><fee_avos>18000</fee_avos>"),
    18000, "constraint", "copies" },
  { "choice-that-is-not-offered", /* it is no answer: spec, "Secondary Instances" */
    SENT ("<copies>2</copies><delivery>dove</delivery><fee_avos>3000</fee_avos>"), 3000, "required",
    "delivery" },
  { "required-is-empty", SENT ("<copies/><delivery>here</delivery><fee_avos/>"), 0, "required",
    "copies" },
  { "type", SENT ("<copies>two</copies><delivery>here</delivery><fee_avos/>"), 0, "type",
    "copies" },
  { "answer-that-is-not-relevant",
    SENT ("<copies>2</copies><delivery>here</delivery><address>x</address>"
          "<fee_avos>3000</fee_avos>"),
    3000, "unknown-node", "address" },
  { "node-that-no-form-has",
    SENT ("<copies>2</copies><delivery>here</delivery><fee_avos>3000</fee_avos><free>1</free>"),
    3000, "instance-broken", NULL },
  { "another-form", "<data id='demo' version='1'><x/></data>", 0, "instance-broken", NULL },
  { "no-xml", "copies=2", 0, "instance-broken", NULL },
};

static JnForm *
load_form (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (form_xml, strlen (form_xml));
  g_autoptr (GError) error = NULL;
  JnForm *form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return form;
}

static JnVerdict *
verify (JnForm *form, const char *sent, gint64 fee)
{
  g_autoptr (GBytes) instance = g_bytes_new_static (sent, strlen (sent));
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 2, 0, 0);
  JnSubmission submission = { .instance = instance, .happened_at = now, .fee = fee };

  return jn_verify_submission (form, &submission);
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (JnForm) form = load_form ();
  g_autoptr (JnVerdict) verdict = verify (form, test->sent, test->fee);

  g_assert_cmpstr (verdict->reason, ==, test->reason);
  g_assert_true (verdict->verified == (test->reason == NULL));
  if (test->node != NULL)
    g_assert_true (g_str_has_suffix (verdict->node, test->node));
}

/* ---- entities ---- */

static const char entity_form[]
    = "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'"
      " xmlns:entities='http://www.opendatakit.org/xforms/entities'"
      " xmlns:jn='https://janela.example/xforms'><h:head><h:title>t</h:title>"
      "<model entities:entities-version='2025.1.0'><instance><data id='demo' version='1'>"
      "<mother jn:role='mother'><name/><meta><entity dataset='person' id='' create='1'><label/>"
      "</entity></meta></mother><meta><instanceID/></meta></data></instance>"
      "<bind nodeset='/data/mother/name' type='string' entities:saveto='name'/>"
      "<bind nodeset='/data/mother/meta/entity/@id' calculate='once(uuid())'/>"
      "<bind nodeset='/data/mother/meta/entity/label' calculate='/data/mother/name'/>"
      "<bind nodeset='/data/meta/instanceID' type='string' readonly='true()'/>"
      "</model><jn:service code='demo' department='demo'><jn:name lang='en'>Demo</jn:name>"
      "</jn:service></h:head><h:body><input ref='/data/mother/name'><label>Name</label></input>"
      "</h:body></h:html>";

#define OTHERS_ID "0190f0a0-0000-7000-8000-00000000000b"

/* A mother who goes by OTHERS_ID, whose owner stands in @role (%NULL: it is nobody's). */
static JnVerdict *
verify_entity (const char *role, const char *attribute)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (entity_form, strlen (entity_form));
  g_autoptr (JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, NULL);
  g_autofree char *sent = g_strdup_printf (
      "<data id='demo' version='1' xmlns='http://www.w3.org/2002/xforms'"
      " xmlns:jn='https://janela.example/xforms'><mother jn:role='mother'%s><name>A</name>"
      "<meta><entity dataset='person' id='" OTHERS_ID "' create='1'><label>A</label></entity>"
      "</meta></mother><meta><instanceID>uuid:0190f0a0-0000-7000-8000-000000000001</instanceID>"
      "</meta></data>",
      attribute);
  g_autoptr (GBytes) instance = g_bytes_new (sent, strlen (sent));
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 2, 0, 0);
  g_autoptr (GHashTable) owners = g_hash_table_new (g_str_hash, g_str_equal);
  JnSubmission submission = { .instance = instance, .happened_at = now, .owners = owners };

  g_assert_nonnull (form);
  if (role != NULL)
    g_hash_table_insert (owners, (gpointer)OTHERS_ID, (gpointer)role);
  return jn_verify_submission (form, &submission);
}

static void
test_entity_of_another (void)
{
  static const char *const strangers[] = { "", "father" };

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (JnVerdict) verdict = verify_entity (strangers[i], "");

      g_assert_false (verdict->verified);
      g_assert_cmpstr (verdict->reason, ==, "entity-id");
      g_assert_cmpstr (verdict->node, ==, "/data/mother/meta/entity/@id");
    }
}

static void
test_entity_of_its_own (void)
{
  g_autoptr (JnVerdict) own = verify_entity ("mother", "");
  g_autoptr (JnVerdict) fresh = verify_entity (NULL, "");

  g_assert_cmpstr (own->reason, ==, NULL);
  g_assert_cmpstr (fresh->reason, ==, NULL);
}

static void
test_attribute_that_no_form_has (void)
{
  g_autoptr (JnVerdict) verdict = verify_entity (NULL, " free='1'");

  g_assert_cmpstr (verdict->reason, ==, "unknown-node");
  g_assert_cmpstr (verdict->node, ==, "/data/mother/@free");
}

static void
test_form_that_does_not_load (void)
{
  g_autoptr (JnVerdict) verdict = verify (NULL, cases[0].sent, 3000);

  g_assert_false (verdict->verified);
  g_assert_cmpstr (verdict->reason, ==, "form-broken");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/verify/entity-of-another", test_entity_of_another);
  g_test_add_func ("/app/verify/entity-of-its-own", test_entity_of_its_own);
  g_test_add_func ("/app/verify/attribute-that-no-form-has", test_attribute_that_no_form_has);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app/steward/verify/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/app/steward/verify/form-that-does-not-load", test_form_that_does_not_load);
  return g_test_run ();
}
