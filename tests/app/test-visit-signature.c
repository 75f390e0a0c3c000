/* test-visit-signature.c: what a signature and a consent stand for, and what takes them back. */
#include <string.h>

#include "tests/app/birth.h"

static JnReceipt *
submit (JnVisit *visit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &result);
  return jn_visit_submit_finish (visit, jn_await (&result), error);
}

static void
assert_signed (JnVisit *visit, gboolean is_signed)
{
  g_autofree char *problems = desk_describe_problems (visit);
  GBytes *strokes;

  g_assert_cmpint (jn_visit_get_signature (visit, &strokes) != JN_SIGNATURE_NONE, ==, is_signed);
  g_assert_cmpint (jn_visit_is_signature_outdated (visit), ==, !is_signed);
  g_assert_cmpint (strstr (problems, "[5 changed") == NULL, ==, is_signed);
}

/* The review after another answer, service, paper or person is not what was signed for. */
static void
test_signature_stands (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) other = NULL;
  g_autoptr (JnVisitPaper) paper = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *account = NULL;
  JnPaperState state;

  birth_prepare (visit);
  assert_signed (visit, TRUE);
  account = desk_get (visit, FSS, "/data/mother/bank_account");
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  assert_signed (visit, FALSE);
  g_assert_null (submit (visit, &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
  g_assert_cmpstr (jn_backend_error_get_code (error), ==, "not-ready");
  desk_set (visit, FSS, "/data/mother/bank_account", account); /* as it was */
  assert_signed (visit, TRUE);
  paper = g_list_model_get_item (jn_visit_get_papers (visit), 0);
  state = jn_visit_paper_get_state (paper);
  jn_visit_set_paper (visit, jn_visit_paper_get_code (paper), JN_PAPER_MISSING, NULL);
  assert_signed (visit, FALSE);
  jn_visit_set_paper (visit, jn_visit_paper_get_code (paper), state, NULL);
  assert_signed (visit, TRUE);
  jn_visit_set_consent (visit, "fss", JN_CONSENT_REFUSED);
  assert_signed (visit, FALSE);
  jn_visit_set_consent (visit, "fss", JN_CONSENT_GIVEN);
  jn_visit_choose (visit, FSS, FALSE);
  desk_start_forms (visit);
  assert_signed (visit, FALSE);
  jn_visit_choose (visit, FSS, TRUE);
  desk_start_forms (visit);
  assert_signed (visit, TRUE);
  other = desk_identify (visit, "mother", "bir", "7000001(2)");
  assert_signed (visit, FALSE);
  birth_answer (visit);
  desk_settle (visit);
  assert_signed (visit, TRUE);
  jn_visit_set_language (visit, "en"); /* the same in other words */
  jn_visit_set_form_language (visit, "pt");
  assert_signed (visit, TRUE);
  receipt = submit (visit, NULL);
  g_assert_nonnull (receipt);
}

/* Between the strokes and the rest: what is sent then was never signed. */
static void
test_changed_while_sent (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (GBytes) strokes = g_bytes_new_static ("PNG", 3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  birth_prepare (visit);
  jn_visit_sign (visit, NULL, JN_SIGNATURE_PAD, strokes);
  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &result);
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  g_assert_null (jn_visit_submit_finish (visit, jn_await (&result), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
  g_assert_cmpuint (jn_fake_backend_count_done (desk->fake, "visit_submit"), ==, 0);
}

/* A consent is one person's, for what a department does in this visit; an answer does not change that. */
static void
test_consent_stands (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = desk_open_visit (desk);
  g_autoptr (JnPerson) other = NULL;

  birth_prepare (visit);
  desk_set (visit, FSS, "/data/mother/bank_account", "0987654321");
  g_assert_cmpint (jn_visit_get_consent (visit, "fss"), ==, JN_CONSENT_GIVEN);
  jn_visit_choose (visit, FSS, FALSE);
  desk_start_forms (visit);
  g_assert_cmpint (jn_visit_get_consent (visit, "fss"), ==, JN_CONSENT_UNASKED);
  jn_visit_choose (visit, FSS, TRUE);
  desk_start_forms (visit);
  g_assert_cmpint (jn_visit_get_consent (visit, "fss"), ==, JN_CONSENT_GIVEN);
  other = desk_identify (visit, "mother", "bir", "7000001(2)");
  g_assert_cmpint (jn_visit_get_consent (visit, "fss"), ==, JN_CONSENT_UNASKED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/visit-signature/signature-stands-for-what-was-signed",
                   test_signature_stands);
  g_test_add_func ("/app/visit-signature/changed-while-sent", test_changed_while_sent);
  g_test_add_func ("/app/visit-signature/consent-stands-for-its-services", test_consent_stands);
  return g_test_run ();
}
