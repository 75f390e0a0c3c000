/* test-visit-services.c: services that come and go within a visit: forms follow, and nothing typed is lost. */
#include "app/dict.h"
#include "tests/app/birth.h"

#define CERT "dsi-personal-data-cert"
#define PURPOSE "/data/certificate/purpose"

/* What the server answers to the next step: the ticket as it is then. */
static void
set_answer (
    Desk *desk, const char *command, const char *services, const char *done, const char *unserved)
{
  g_autoptr (GVariant) ticket
             = g_variant_ref_sink (desk_make_ticket ("A032", "serving", NULL, services));
  g_autoptr (GVariantDict) answer = g_variant_dict_new (ticket);
  g_auto (GStrv) finished = g_strsplit (done, " ", -1);
  g_auto (GStrv) elsewhere = g_strsplit (unserved, " ", -1);

  g_variant_dict_insert (answer, "done", "^as", finished);
  g_variant_dict_insert (answer, "unserved", "^as", elsewhere);
  jn_fake_backend_always (desk->fake, command, g_variant_dict_end (answer));
}

static void
step (JnVisit *visit, const char *service, JnServiceStep what, const char *reason)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_visit_service_async (visit, service, what, reason, NULL, jn_awaited_cb, &result);
  jn_visit_service_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
undo (JnVisit *visit, const char *what)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_visit_undo_service_async (visit, what, NULL, jn_awaited_cb, &result);
  jn_visit_service_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
}

static char *
list_forms (JnVisit *visit)
{
  GListModel *applications = jn_visit_get_applications (visit);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (applications); i++)
    {
      g_autoptr (JnApplication) application = g_list_model_get_item (applications, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              jn_service_entry_get_code (jn_application_get_entry (application)));
    }
  return g_string_free (text, FALSE);
}

static void
assert_forms (JnVisit *visit, const char *wanted)
{
  g_autofree char *forms = list_forms (visit);

  g_assert_cmpstr (forms, ==, wanted);
}

static void
assert_purpose (JnVisit *visit, const char *wanted)
{
  g_autofree char *purpose = desk_get (visit, CERT, PURPOSE);

  g_assert_cmpstr (purpose, ==, wanted);
}

/* At the form of a certificate, with an answer in it. */
static JnVisit *
open_certificate (Desk *desk)
{
  g_autoptr (JnPerson) person = NULL;
  JnVisit *visit;

  desk_set_ticket (desk, "A032", NULL, CERT);
  visit = desk_open_visit (desk);
  person = desk_identify (visit, "applicant", "bir", "7000001(2)");
  desk_start_forms (visit);
  desk_set (visit, CERT, PURPOSE, "work");
  return visit;
}

static void
test_add (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = open_certificate (desk);
  guint papers = g_list_model_get_n_items (jn_visit_get_papers (visit));

  set_answer (desk, "ticket_service", CERT " " BIR, "", "");
  step (visit, BIR, JN_SERVICE_ADD, NULL);
  assert_forms (visit, CERT " " BIR);
  assert_purpose (visit, "work");
  g_assert_cmpuint (g_list_model_get_n_items (jn_visit_get_papers (visit)), >, papers);
  g_assert_cmpuint (g_strv_length ((GStrv)jn_ticket_get_services (jn_visit_get_ticket (visit))), ==,
                    2);
  set_answer (desk, "ticket_undo", CERT, "", "");
  undo (visit, "service-added");
  assert_forms (visit, CERT);
  g_assert_cmpstr (jn_dict_string (jn_fake_backend_last_args (desk->fake, "ticket_undo"), "step"),
                   ==, "service-added");
  g_assert_cmpuint (g_list_model_get_n_items (jn_visit_get_papers (visit)), ==, papers);
}

/* Not wanted, and wanted again: with the same answers, under the same number. */
static void
test_drop (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = open_certificate (desk);
  g_autofree char *id = g_strdup (jn_application_get_id (jn_visit_get_application (visit, CERT)));
  GVariant *draft;

  set_answer (desk, "ticket_service", CERT " " BIR, "", "");
  step (visit, BIR, JN_SERVICE_ADD, NULL);
  set_answer (desk, "ticket_service", BIR, "", "");
  step (visit, CERT, JN_SERVICE_DROP, "not-wanted");
  assert_forms (visit, BIR);
  g_assert_cmpstr (
      jn_dict_string (jn_fake_backend_last_args (desk->fake, "ticket_service"), "reason"), ==,
      "not-wanted");
  draft = jn_fake_backend_last_args (desk->fake, "draft_save"); /* the server has it too */
  g_assert_cmpstr (jn_dict_string (draft, "application"), ==, id);
  g_assert_nonnull (g_strstr_len (jn_dict_string (draft, "xml"), -1, "<purpose>work</purpose>"));
  set_answer (desk, "ticket_undo", CERT " " BIR, "", "");
  undo (visit, "service-dropped");
  assert_purpose (visit, "work");
  g_assert_cmpstr (jn_application_get_id (jn_visit_get_application (visit, CERT)), ==, id);
}

/* Settled without an application: no form, no paper, and the visit may end. */
static void
test_done (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = open_certificate (desk);

  set_answer (desk, "ticket_service", CERT, CERT, "");
  step (visit, CERT, JN_SERVICE_DONE, "answered");
  assert_forms (visit, "");
  g_assert_cmpuint (jn_visit_get_n_chosen (visit), ==, 0);
  g_assert_false (jn_visit_can_go (visit, JN_STAGE_FORMS));
  set_answer (desk, "ticket_service", CERT, "", "");
  step (visit, CERT, JN_SERVICE_ADD, NULL);
  desk_start_forms (visit);
  assert_purpose (visit, "work");
}

/* What this counter cannot serve stays with the ticket: no form is begun for it. */
static void
test_elsewhere (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnVisit) visit = open_certificate (desk);

  set_answer (desk, "ticket_service", CERT " " FSS, "", FSS);
  step (visit, FSS, JN_SERVICE_ADD, NULL);
  assert_forms (visit, CERT);
  g_assert_cmpuint (jn_visit_get_n_chosen (visit), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/visit-services/add", test_add);
  g_test_add_func ("/app/visit-services/drop", test_drop);
  g_test_add_func ("/app/visit-services/done", test_done);
  g_test_add_func ("/app/visit-services/elsewhere", test_elsewhere);
  return g_test_run ();
}
