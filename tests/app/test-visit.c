/* test-visit.c: a whole visit against a fake server with the real forms: the birth of a child. */
#include "app/dict.h"
#include "tests/app/birth.h"

static const JnProposal *
find_proposal (JnVisit *visit, const char *service)
{
  GPtrArray *proposals = jn_visit_get_proposals (visit);

  for (guint i = 0; i < proposals->len; i++)
    {
      const JnProposal *proposal = proposals->pdata[i];

      if (g_str_equal (jn_service_entry_get_code (proposal->service), service))
        return proposal;
    }
  return NULL;
}

static JnVisitPaper *
find_paper (JnVisit *visit, const char *code)
{
  GListModel *papers = jn_visit_get_papers (visit);

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      if (g_str_equal (jn_visit_paper_get_code (paper), code))
        return paper;
    }
  return NULL;
}

static JnReceipt *
submit (JnVisit *visit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &result);
  return jn_visit_submit_finish (visit, jn_await (&result), error);
}

static void
test_proposals (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  const JnProposal *proposal = find_proposal (visit, REG);

  g_assert_cmpstr (jn_visit_get_event (visit), ==, "birth");
  g_assert_cmpuint (jn_visit_get_n_chosen (visit), ==, 3);
  g_assert_true (proposal->chosen && proposal->servable && !proposal->optional);
  g_assert_cmpstr (proposal->why, ==, "The child is not registered yet; all else rests on it");
  g_assert_cmpuint (g_strv_length (proposal->needs), ==, 0);
  proposal = find_proposal (visit, BIR);
  g_assert_cmpstr (proposal->needs[0], ==, REG);
  /* without the registration the card rests on the certificate, a paper */
  jn_visit_choose (visit, REG, FALSE);
  proposal = find_proposal (visit, BIR);
  g_assert_cmpuint (g_strv_length (proposal->needs), ==, 0);
  g_assert_null (proposal->unmet);
  /* a service beside the event */
  g_assert_null (find_proposal (visit, "dsi-personal-data-cert"));
  jn_visit_choose (visit, "dsi-personal-data-cert", TRUE);
  g_assert_true (find_proposal (visit, "dsi-personal-data-cert")->chosen);
}

/* What is late after a sign-out works the proposals out again, and finds what they are. */
static void
test_signed_out (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_out_async (desk->session, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_out_finish (desk->session, jn_await (&result), NULL));
  jn_visit_set_form_language (visit, "pt");
  g_assert_nonnull (find_proposal (visit, REG));
}

static void
test_optional (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) mother = NULL;

  g_assert_null (find_proposal (visit, "dsi-passport-child"));
  mother = desk_identify (visit, "mother", "bir", "12345678"); /* of Chinese nationality */
  g_assert_nonnull (find_proposal (visit, "dsi-passport-child"));
  g_assert_false (find_proposal (visit, "dsi-passport-child")->chosen);
  g_assert_true (find_proposal (visit, "dsi-passport-child")->optional);
  g_assert_false (find_proposal (visit, "dsi-passport-child")->servable);
}

static void
test_known (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) mother = desk_identify (visit, "mother", "bir", "12345678");
  g_autofree char *name = NULL;
  g_autofree char *masked = jn_person_get_masked_number (mother);
  const JnFact *fact = NULL;
  JnApplication *reg;

  desk_start_forms (visit);
  reg = jn_visit_get_application (visit, REG);
  name = desk_get (visit, REG, "/data/mother/name_zh");
  g_assert_cmpstr (name, ==, "陳小美");
  g_assert_true (jn_application_is_known (reg, "/data/mother/name_zh", &fact));
  g_assert_cmpstr (fact->source, ==, "DSI");
  g_assert_cmpint (fact->grade, ==, JN_GRADE_A);
  g_assert_false (jn_application_is_known (reg, "/data/father/name_zh", NULL));
  g_assert_cmpstr (masked, ==, "1·····7(8)");
  /* a clerk who changes it makes it an answer of this form */
  desk_set (visit, REG, "/data/mother/name_zh", "陳小鳳");
  g_assert_false (jn_application_is_known (reg, "/data/mother/name_zh", NULL));
}

static void
test_crossing (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *back = NULL;
  g_autofree char *father = NULL;
  g_autofree char *entity = NULL;
  g_autofree char *entity_later = NULL;
  const JnFact *fact = NULL;

  birth_identify (visit);
  desk_start_forms (visit);
  desk_set (visit, REG, "/data/child/name_zh", "陳樂");
  first = desk_get (visit, BIR, "/data/child/name_zh");
  g_assert_cmpstr (first, ==, "陳樂");
  g_assert_true (jn_application_is_known (jn_visit_get_application (visit, BIR),
                                          "/data/child/name_zh", &fact));
  g_assert_cmpstr (fact->source, ==, "service:" REG);
  /* a change flows on, and back from the form that got it */
  desk_set (visit, REG, "/data/child/name_zh", "陳樂兒");
  again = desk_get (visit, FSS, "/data/child/name_zh");
  g_assert_cmpstr (again, ==, "陳樂兒");
  desk_set (visit, FSS, "/data/child/name_zh", "陳悅");
  back = desk_get (visit, REG, "/data/child/name_zh");
  g_assert_cmpstr (back, ==, "陳悅");
  /* never to another person */
  father = desk_get (visit, REG, "/data/father/name_zh");
  g_assert_cmpstr (father, ==, "");
  /* one child, whatever form speaks of it */
  entity = desk_get (visit, REG, "/data/child/meta/entity/@id");
  entity_later = desk_get (visit, BIR, "/data/child/meta/entity/@id");
  g_assert_cmpstr (entity, ==, entity_later);
}

static void
test_wrong_stays (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autofree char *elsewhere = NULL;

  birth_identify (visit);
  desk_start_forms (visit);
  desk_set (visit, REG, "/data/child/surname_latin", "S4MPLE");
  elsewhere = desk_get (visit, BIR, "/data/child/surname_latin");
  g_assert_cmpstr (elsewhere, ==, "");
}

static void
count_changes_cb (JnApplication *application, GPtrArray *refs, guint *count)
{
  g_assert_cmpuint (refs->len, >, 0);
  *count += 1;
}

static void
test_announced (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  guint here = 0;
  guint there = 0;

  birth_identify (visit);
  desk_start_forms (visit);
  g_signal_connect (jn_visit_get_application (visit, REG), "changed", G_CALLBACK (count_changes_cb),
                    &here);
  g_signal_connect (jn_visit_get_application (visit, BIR), "changed", G_CALLBACK (count_changes_cb),
                    &there);
  desk_set (visit, REG, "/data/child/name_zh", "陳樂");
  g_assert_cmpuint (here, ==, 1);
  g_assert_cmpuint (there, ==, 1);
  desk_set (visit, REG, "/data/record/copies", "2");
  g_assert_cmpuint (here, ==, 2);
  g_assert_cmpuint (there, ==, 1);
}

static void
test_stages (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) rated = NULL;

  g_assert_cmpint (jn_visit_get_stage (visit), ==, JN_STAGE_IDENTIFY);
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_EVENT));
  g_assert_false (jn_visit_go (visit, JN_STAGE_FORMS, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT);
  birth_identify (visit);
  g_assert_true (jn_visit_can_go (visit, JN_STAGE_EVENT));
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_FORMS));
  desk_start_forms (visit);
  g_assert_true (jn_visit_can_go (visit, JN_STAGE_FORMS));
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_RECEIPT));
  birth_answer (visit);
  desk_settle (visit);
  receipt = submit (visit, NULL);
  g_assert_cmpint (jn_visit_get_stage (visit), ==, JN_STAGE_RECEIPT);
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_FORMS));
  g_assert_true (jn_visit_may_rate (visit));
  jn_visit_rate_async (visit, 5, NULL, NULL, jn_awaited_cb, &rated);
  g_assert_true (jn_visit_rate_finish (visit, jn_await (&rated), NULL));
  g_assert_cmpint (jn_visit_get_stage (visit), ==, JN_STAGE_RATED);
}

static void
test_papers (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  JnVisitPaper *paper;

  birth_identify (visit);
  desk_start_forms (visit);
  birth_answer (visit);
  /* asked for once, for all three services */
  paper = find_paper (visit, "mother-id");
  g_assert_cmpuint (g_strv_length ((char **)jn_visit_paper_get_services (paper)), ==, 3);
  g_assert_cmpint (jn_visit_paper_get_state (paper), ==, JN_PAPER_ASKED);
  /* the passport was read here */
  paper = find_paper (visit, "father-id");
  g_assert_cmpint (jn_visit_paper_get_state (paper), ==, JN_PAPER_PRESENTED);
  g_assert_cmpstr (jn_visit_paper_get_source (paper), ==, "document");
  /* the registry holds the marriage */
  paper = find_paper (visit, "marriage-record");
  g_assert_cmpint (jn_visit_paper_get_state (paper), ==, JN_PAPER_HELD);
  g_assert_cmpstr (jn_visit_paper_get_source (paper), ==, "DSAJ");
  /* follows the answers */
  g_assert_null (find_paper (visit, "marriage-outside"));
  desk_set (visit, REG, "/data/parents/marriage_place", "outside");
  g_assert_nonnull (find_paper (visit, "marriage-outside"));
  g_assert_true (jn_visit_paper_may_follow (find_paper (visit, "marriage-outside")));
  g_assert_cmpuint (jn_visit_paper_get_follow_days (find_paper (visit, "marriage-outside")), ==,
                    15);
  /* the clerk's word stays */
  jn_visit_set_paper (visit, "mother-id", JN_PAPER_PRESENTED, NULL);
  desk_set (visit, REG, "/data/parents/marriage_place", "macau");
  g_assert_cmpint (jn_visit_paper_get_state (find_paper (visit, "mother-id")), ==,
                   JN_PAPER_PRESENTED);
}

static void
test_fees (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  GPtrArray *fees;
  JnFeeTotal total;
  guint unknown = 0;

  birth_identify (visit);
  desk_start_forms (visit);
  fees = jn_visit_get_fees (visit);
  total = jn_visit_get_fee_total (visit);
  for (guint i = 0; i < fees->len; i++)
    {
      const JnFee *fee = fees->pdata[i];

      if (g_str_equal (fee->code, "card"))
        {
          g_assert_cmpint (fee->amount, ==, 9000);
          g_assert_false (fee->confirmed); /* an encyclopaedia says so, not the bureau */
          g_assert_true (fee->later);
        }
      unknown += fee->amount < 0;
    }
  g_assert_cmpint (total.charged, ==, 0);
  g_assert_cmpint (total.unconfirmed, >=, 9000);
  g_assert_cmpuint (total.n_unknown, ==, unknown);
}

static void
test_problems (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (GPtrArray) empty = jn_visit_list_problems (visit);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;
  const JnProblem *problem;

  g_assert_cmpint (((JnProblem *)empty->pdata[0])->kind, ==, JN_PROBLEM_PERSON);
  birth_prepare (visit);
  left = desk_describe_problems (visit);
  g_assert_cmpstr (left, ==, "");
  desk_set (visit, REG, "/data/child/surname_latin", "");
  problems = jn_visit_list_problems (visit);
  g_assert_cmpuint (problems->len, ==, 2); /* and what was signed for is another one now */
  problem = problems->pdata[0];
  g_assert_cmpint (problem->kind, ==, JN_PROBLEM_ANSWER);
  g_assert_cmpint (problem->invalid, ==, JN_INVALID_REQUIRED);
  g_assert_true (problem->application == jn_visit_get_application (visit, REG));
  g_assert_cmpstr (problem->ref, ==, "/data/child/surname_latin");
  g_assert_cmpstr (problem->label, ==, "Surname in Latin letters");
  g_assert_null (submit (visit, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
  g_assert_cmpuint (jn_fake_backend_count_calls (desk->fake, "visit_submit"), ==, 0);
}

static void
test_submit (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) applications = NULL;
  g_autoptr (GVariant) second = NULL;
  g_auto (GStrv) needs = NULL;
  g_autoptr (GVariant) persons = NULL;
  GVariant *args;

  birth_prepare (visit);
  receipt = submit (visit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jn_receipt_get_number (receipt), ==, "07-2026-0000001");
  g_assert_cmpuint (jn_receipt_get_n_lines (receipt), ==, 3);
  g_assert_cmpstr (jn_receipt_get_line (receipt, 1)->state, ==, "waiting");
  g_assert_true (g_str_has_prefix (jn_receipt_get_seal (receipt), "https://janela.example/r#"));
  args = jn_fake_backend_last_args (desk->fake, "visit_submit");
  applications = jn_dict_list (args, "applications");
  second = jn_list_dict (applications, 1);
  needs = jn_dict_strings (second, "needs");
  g_assert_cmpstr (needs[0], ==, REG);
  persons = jn_dict_list (args, "persons");
  g_assert_cmpuint (jn_list_length (persons), ==, 2);
  g_assert_nonnull (strstr (jn_dict_string (second, "xml"), "<name_zh>陳樂</name_zh>"));
}

static void
test_lost_answer (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  birth_prepare (visit);
  jn_fake_backend_lose_answers (desk->fake, "visit_submit", 2);
  receipt = submit (visit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jn_fake_backend_count_calls (desk->fake, "visit_submit"), ==, 3);
  g_assert_cmpuint (jn_fake_backend_count_done (desk->fake, "visit_submit"), ==, 1);
  g_assert_cmpuint (desk->number, ==, 1);
}

/* Lost for good: the clerk may not change what may be done already, and the next try has its key. */
static void
test_unknown_outcome (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) none = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  birth_prepare (visit);
  jn_fake_backend_lose_answers (desk->fake, "visit_submit", 4);
  none = submit (visit, &error);
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN);
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_FORMS));
  key = g_strdup (jn_fake_backend_last_key (desk->fake, "visit_submit"));
  receipt = submit (visit, NULL);
  g_assert_nonnull (receipt);
  g_assert_cmpstr (jn_fake_backend_last_key (desk->fake, "visit_submit"), ==, key);
  g_assert_cmpuint (desk->number, ==, 1);
}

/* Lost for good, and then the line is down: it may be done still, so neither the answers nor the key change; and it is
 * not kept, for the citizen's paper would have another number than the receipt has at the server. */
static void
test_unknown_and_offline (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  birth_prepare (visit);
  jn_fake_backend_lose_answers (desk->fake, "visit_submit", 4);
  g_assert_null (submit (visit, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "send-again");
  g_clear_error (&error);
  key = g_strdup (jn_fake_backend_last_key (desk->fake, "visit_submit"));
  jn_fake_backend_cut_line (desk->fake, TRUE);
  g_assert_null (submit (visit, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "send-again");
  g_assert_false (jn_fake_backend_last_deferrable (desk->fake, "visit_submit"));
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_FORMS));
  jn_fake_backend_cut_line (desk->fake, FALSE);
  receipt = submit (visit, NULL);
  g_assert_nonnull (receipt);
  g_assert_cmpstr (jn_fake_backend_last_key (desk->fake, "visit_submit"), ==, key);
  g_assert_cmpuint (desk->number, ==, 1);
}

/* The first time it is lost on its way there, then it is refused. */
static GVariant *
lose_then_refuse (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  gboolean *lost = data;
  JnBackendError kind = *lost ? JN_BACKEND_ERROR_REJECTED : JN_BACKEND_ERROR_UNKNOWN;

  g_propagate_error (error,
                     jn_backend_error_new (kind, *lost ? "wrong-type" : "line-lost", NULL, NULL));
  *lost = TRUE;
  return NULL;
}

/* A refusal says that it was not done, whatever was lost before: it can be mended. */
static void
test_refused_after_loss (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  gboolean lost = FALSE;

  birth_prepare (visit);
  jn_fake_backend_on (desk->fake, "visit_submit", lose_then_refuse, &lost);
  g_assert_null (submit (visit, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
  g_assert_true (jn_visit_can_go (visit, JN_STAGE_FORMS));
  key = g_strdup (jn_fake_backend_last_key (desk->fake, "visit_submit"));
  jn_fake_backend_always (desk->fake, "visit_submit",
                          jn_dict_new ("offline", "b", TRUE, "number", "s", "07-T07-000031", NULL));
  receipt = submit (visit, NULL);
  g_assert_nonnull (receipt);
  g_assert_cmpstr (jn_fake_backend_last_key (desk->fake, "visit_submit"), !=, key);
}

/* A service that left the catalogue while its form was filled is applied for all the same. */
static void
test_kept_withdrawn (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (JnReceipt) receipt = NULL;

  birth_prepare (visit);
  jn_fake_backend_always (desk->fake, "visit_submit",
                          jn_dict_new ("offline", "b", TRUE, "number", "s", "07-T07-000031", NULL));
  jn_fake_backend_always (desk->fake, "catalogue", jn_dict_new ("version", "s", "2", NULL));
  jn_catalogue_load_async (jn_session_get_catalogue (desk->session), NULL, jn_awaited_cb, &loaded);
  g_assert_true (jn_catalogue_load_finish (jn_session_get_catalogue (desk->session),
                                           jn_await (&loaded), NULL));
  receipt = submit (visit, NULL);
  g_assert_cmpuint (jn_receipt_get_n_lines (receipt), ==, 3);
}

/* Kept by the journal: the receipt has the terminal's number, and what was sent. */
static void
test_kept (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) receipt = NULL;

  birth_prepare (visit);
  jn_fake_backend_always (desk->fake, "visit_submit",
                          jn_dict_new ("offline", "b", TRUE, "number", "s", "07-T07-000031", NULL));
  receipt = submit (visit, NULL);
  g_assert_true (jn_receipt_is_offline (receipt));
  g_assert_true (jn_fake_backend_last_deferrable (desk->fake, "visit_submit"));
  g_assert_cmpstr (jn_receipt_get_number (receipt), ==, "07-T07-000031");
  g_assert_cmpuint (jn_receipt_get_n_lines (receipt), ==, 3);
  g_assert_cmpstr (jn_receipt_get_line (receipt, 2)->number, ==, "07-T07-000031-3");
  g_assert_cmpstr (jn_receipt_get_line (receipt, 2)->state, ==, "waiting");
  g_assert_cmpstr (jn_receipt_get_line (receipt, 2)->department, ==, "fss");
  g_assert_nonnull (jn_receipt_get_seal (receipt));
}

static void
test_signature_first (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GBytes) strokes = g_bytes_new_static ("PNG", 3);
  g_autoptr (GVariant) signature = NULL;

  birth_prepare (visit);
  jn_visit_sign (visit, NULL, JN_SIGNATURE_PAD, strokes);
  receipt = submit (visit, NULL);
  signature = jn_dict_dict (jn_fake_backend_last_args (desk->fake, "visit_submit"), "signature");
  g_assert_true (jn_fake_backend_has_blob (desk->fake, jn_dict_string (signature, "blob")));
  g_assert_cmpstr (jn_dict_string (signature, "method"), ==, "pad");
}

/* Returns: (transfer full) */
static JnVisit *
prepare_certificate (Desk *desk)
{
  g_autoptr (JnPerson) person = NULL;
  JnVisit *visit;

  desk_set_ticket (desk, "A032", NULL, "dsi-personal-data-cert");
  visit = desk_open_visit (desk);
  g_assert_cmpuint (jn_visit_get_n_chosen (visit), ==, 1);
  person = desk_identify (visit, "applicant", "bir", "7000001(2)");
  desk_start_forms (visit);
  desk_set (visit, "dsi-personal-data-cert", "/data/certificate/items", "name birth");
  desk_set (visit, "dsi-personal-data-cert", "/data/certificate/purpose", "work");
  desk_set (visit, "dsi-personal-data-cert", "/data/declaration/true_data", "yes");
  desk_settle (visit);
  return visit;
}

/* A service that may not be done offline is not kept by the terminal; a set of papers and yes is. */
static void
test_needs_line (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = prepare_certificate (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  jn_fake_backend_cut_line (desk->fake, TRUE);
  g_assert_null (submit (visit, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_OFFLINE);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "needs-line");
  g_assert_false (jn_fake_backend_last_deferrable (desk->fake, "visit_submit"));
  g_assert_true (jn_visit_can_go (visit, JN_STAGE_FORMS));
  jn_fake_backend_cut_line (desk->fake, FALSE);
  receipt = submit (visit, NULL);
  g_assert_nonnull (receipt);
}

static void
test_one_service (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = prepare_certificate (desk);
  g_autoptr (JnReceipt) receipt = NULL;
  g_autofree char *left = desk_describe_problems (visit);

  g_assert_cmpstr (left, ==, "");
  receipt = submit (visit, NULL);
  g_assert_cmpuint (jn_receipt_get_n_lines (receipt), ==, 1);
}

static void
test_draft (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (GAsyncResult) saved = NULL;
  guint before;

  birth_identify (visit);
  desk_start_forms (visit);
  desk_set (visit, REG, "/data/child/name_zh", "陳樂");
  before = jn_fake_backend_count_calls (desk->fake, "draft_save");
  jn_visit_save_async (visit, NULL, jn_awaited_cb, &saved);
  g_assert_true (jn_visit_save_finish (visit, jn_await (&saved), NULL));
  g_assert_cmpuint (jn_fake_backend_count_calls (desk->fake, "draft_save"), ==, before + 3);
  g_assert_cmpint (jn_application_get_saved_at (jn_visit_get_application (visit, REG)), >, 0);
}

static gboolean
is_draft_kept (gpointer data)
{
  return jn_fake_backend_count_calls (data, "draft_save") > 0;
}

static void
test_draft_by_itself (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);

  birth_identify (visit);
  desk_start_forms (visit);
  desk_set (visit, REG, "/data/child/name_zh", "陳樂");
  jn_await_until (is_draft_kept, desk->fake);
}

/* Another counter takes the visit up with what was kept. */
static void
test_resume (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnVisit) later = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) draft = NULL;
  GVariant *args;

  birth_identify (visit);
  desk_start_forms (visit);
  desk_set (visit, REG, "/data/birth/hospital", "kiang-wu");
  jn_visit_save_async (visit, NULL, jn_awaited_cb, &saved);
  jn_await (&saved);
  args = jn_dict_new ("application", "s", "0190aaaa-0000-7000-8000-0000000000aa", "service", "s",
                      BIR, "version", "s", "0", "xml", "s", "<gone/>", NULL);
  draft = g_variant_ref_sink (args);
  /* the last draft kept is the allowance's: its answers come back, another version's do not */
  args = jn_fake_backend_last_args (desk->fake, "draft_save");
  jn_fake_backend_always (desk->fake, "visit",
                          jn_dict_new ("visit", "s", jn_visit_get_id (visit), "event", "s", "birth",
                                       "services", "^as", (const char *[]){ REG, FSS, NULL },
                                       "drafts", "@av",
                                       jn_list_new ((GVariant *[]){ args, draft }, 2), NULL));
  later = desk_open_visit (desk);
  g_assert_cmpint (jn_visit_get_stage (later), ==, JN_STAGE_FORMS);
  g_assert_nonnull (jn_visit_get_application (later, FSS));
  name = desk_get (later, FSS, "/data/mother/name_zh");
  g_assert_cmpstr (name, ==, "陳小美");
}

static void
test_same_person (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) mother = desk_identify (visit, "mother", "bir", "12345678");
  g_autoptr (JnPerson) applicant = desk_identify (visit, "applicant", "bir", "12345678");
  g_autofree char *phone = NULL;

  desk_start_forms (visit);
  desk_set (visit, REG, "/data/parents/declarant", "other");
  desk_set (visit, REG, "/data/mother/phone_no", "66009999");
  phone = desk_get (visit, REG, "/data/applicant/phone_no");
  g_assert_cmpstr (phone, ==, "66009999");
}

/* The new address is asked although the register has the old one, and is the one that other forms get. */
static void
test_fresh (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) person = desk_identify (visit, "applicant", "bir", "70000012");
  g_autofree char *old = NULL, *new = NULL, *moved = NULL;

  jn_visit_choose (visit, "dsi-contact-update", TRUE);
  jn_visit_choose (visit, "dsi-residence-cert", TRUE);
  desk_start_forms (visit);
  desk_set (visit, "dsi-contact-update", "/data/contact/what", "address");
  old = desk_get (visit, "dsi-residence-cert", "/data/applicant/address_street");
  new = desk_get (visit, "dsi-contact-update", "/data/new_address/address_street");
  g_assert_cmpstr (old, !=, "");
  g_assert_cmpstr (new, ==, "");
  desk_set (visit, "dsi-contact-update", "/data/new_address/address_street", "樣板新街");
  moved = desk_get (visit, "dsi-residence-cert", "/data/applicant/address_street");
  g_assert_cmpstr (moved, ==, "樣板新街");
}

/* What the citizen said once of his consent and of the answer holds in every form of the visit. */
static void
test_said_once (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) person = desk_identify (visit, "applicant", "bir", "70000012");
  g_autofree char *consent = NULL;

  jn_visit_choose (visit, "dsi-contact-update", TRUE);
  jn_visit_choose (visit, "dsi-residence-cert", TRUE);
  desk_start_forms (visit);
  desk_set (visit, "dsi-contact-update", "/data/declaration/data_consent", "no");
  consent = desk_get (visit, "dsi-residence-cert", "/data/declaration/data_consent");
  g_assert_cmpstr (consent, ==, "no");
}

static void
choose_event (JnVisit *visit, const char *event)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_visit_choose_event_async (visit, event, NULL, jn_awaited_cb, &result);
  jn_visit_choose_event_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
}

/* A need is met by a result of this visit, by a fact already held, or by a paper shown: who draws a
 * pension gives proof of life without applying for one. */
static void
test_needs (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = NULL, other = NULL;
  g_autoptr (JnPerson) stranger = NULL, pensioner = NULL;
  const JnProposal *proof;

  visit = desk_open_visit (desk);
  stranger = desk_identify (visit, "applicant", "bir", "70000012"); /* of 38 years */
  choose_event (visit, "old-age");
  jn_visit_choose (visit, "fss-old-age-pension", TRUE);
  jn_visit_choose (visit, "fss-proof-of-life", TRUE);
  proof = find_proposal (visit, "fss-proof-of-life");
  g_assert_cmpstr (proof->needs[0], ==, "fss-old-age-pension"); /* by a result of this visit */
  jn_visit_choose (visit, "fss-old-age-pension", FALSE);
  proof = find_proposal (visit, "fss-proof-of-life");
  g_assert_cmpuint (g_strv_length (proof->needs), ==, 0); /* by a paper: it is in the list */
  g_assert_null (proof->unmet);
  desk_start_forms (visit);
  g_assert_nonnull (find_paper (visit, "pension-proof"));

  desk_set_ticket (desk, "B012", "old-age", "fss-proof-of-life");
  other = desk_open_visit (desk);
  pensioner = desk_identify (other, "applicant", "bir", "50000034"); /* draws a pension */
  proof = find_proposal (other, "fss-proof-of-life");
  g_assert_null (find_proposal (other, "fss-old-age-pension"));
  g_assert_cmpuint (g_strv_length (proof->needs), ==, 0); /* by the fact */
  g_assert_null (proof->unmet);
  desk_start_forms (other);
  g_assert_cmpint (jn_visit_paper_get_state (find_paper (other, "pension-proof")), ==,
                   JN_PAPER_HELD);
}

static void
test_refused_documents (void)
{
  static const struct
  {
    const char *text;
    const char *code;
  } scans[] = { { "B011", "scan-ticket" },
                { "07-2026-0000001", "scan-receipt" },
                { "???", "scan-unknown" },
                { "A123456(4)", "document-number" } };
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      jn_visit_scan_async (visit, "mother", NULL, scans[i].text, NULL, jn_awaited_cb, &result);
      g_assert_null (jn_visit_scan_finish (visit, jn_await (&result), &error));
      g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
      g_assert_cmpstr (jn_backend_error_get_code (error), ==, scans[i].code);
    }
  g_assert_cmpuint (jn_fake_backend_count_calls (desk->fake, "visit_person"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/visit/proposals", test_proposals);
  g_test_add_func ("/app/visit/signed-out", test_signed_out);
  g_test_add_func ("/app/visit/optional", test_optional);
  g_test_add_func ("/app/visit/known", test_known);
  g_test_add_func ("/app/visit/crossing", test_crossing);
  g_test_add_func ("/app/visit/wrong-stays", test_wrong_stays);
  g_test_add_func ("/app/visit/announced", test_announced);
  g_test_add_func ("/app/visit/stages", test_stages);
  g_test_add_func ("/app/visit/papers", test_papers);
  g_test_add_func ("/app/visit/fees", test_fees);
  g_test_add_func ("/app/visit/problems", test_problems);
  g_test_add_func ("/app/visit/submit", test_submit);
  g_test_add_func ("/app/visit/lost-answer", test_lost_answer);
  g_test_add_func ("/app/visit/unknown-outcome", test_unknown_outcome);
  g_test_add_func ("/app/visit/unknown-and-offline", test_unknown_and_offline);
  g_test_add_func ("/app/visit/needs-line", test_needs_line);
  g_test_add_func ("/app/visit/refused-after-loss", test_refused_after_loss);
  g_test_add_func ("/app/visit/kept-withdrawn", test_kept_withdrawn);
  g_test_add_func ("/app/visit/kept", test_kept);
  g_test_add_func ("/app/visit/signature-first", test_signature_first);
  g_test_add_func ("/app/visit/one-service", test_one_service);
  g_test_add_func ("/app/visit/draft", test_draft);
  g_test_add_func ("/app/visit/draft-by-itself", test_draft_by_itself);
  g_test_add_func ("/app/visit/resume", test_resume);
  g_test_add_func ("/app/visit/same-person", test_same_person);
  g_test_add_func ("/app/visit/fresh", test_fresh);
  g_test_add_func ("/app/visit/said-once", test_said_once);
  g_test_add_func ("/app/visit/needs", test_needs);
  g_test_add_func ("/app/visit/refused-documents", test_refused_documents);
  return g_test_run ();
}
