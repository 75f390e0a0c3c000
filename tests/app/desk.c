/* desk.c: a desk for tests: a fake server with the real forms, the demonstration's people, one ticket. */
#include "tests/app/desk.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include "app/dict.h"
#include "app/json.h"

#define VISIT "0190aaaa-0000-7000-8000-000000000001"

static const char *const services[]
    = { "dsaj/dsaj-birth-reg",    "dsi/dsi-bir-first",          "fss/fss-birth-allowance",
        "dsi/dsi-passport-child", "dsi/dsi-personal-data-cert", "dsi/dsi-contact-update",
        "dsi/dsi-residence-cert", "fss/fss-old-age-pension",    "fss/fss-proof-of-life",
        "dsi/dsi-kinship-cert" };

static const char *broken; /* what of the catalogue is cut off */

static char *
keep_file (Desk *desk, const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes
      = g_bytes_new_take (data, broken != NULL && strstr (path, broken) != NULL ? size / 2 : size);
  return jn_fake_backend_keep_blob (desk->fake, bytes);
}

static GVariant *
make_names (const JnNames *names)
{
  return jn_dict_new ("zh_Hant", "s", names->text[0], "pt", "s", names->text[1], "en", "s",
                      names->text[2], NULL);
}

static const char *const offline_words[]
    = { [JN_OFFLINE_NO] = "no", [JN_OFFLINE_PAPERS] = "papers", [JN_OFFLINE_YES] = "yes" };

static GVariant *
make_service (Desk *desk, const char *name)
{
  g_autofree char *path = g_strdup_printf ("build/services/%s.xml", name);
  g_autofree char *hash = keep_file (desk, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnForm) form = jn_form_new_from_file (path, &error);
  g_autoptr (JnService) service = form != NULL ? jn_service_new (form, &error) : NULL;

  g_assert_no_error (error);
  return jn_dict_new ("code", "s", jn_service_get_code (service), "department", "s",
                      jn_service_get_department (service), "version", "s",
                      jn_form_get_version (form), "hash", "s", hash, "names", "@a{sv}",
                      make_names (jn_service_get_names (service)), "group", "s", "civil",
                      "immediate", "b", jn_service_is_immediate (service), "offline", "s",
                      offline_words[jn_service_get_offline (service)], "keywords", "^as",
                      jn_service_get_keywords (service), NULL);
}

static GVariant *
make_event (Desk *desk, const char *code)
{
  g_autofree char *path = g_strdup_printf ("build/events/%s.xml", code);
  g_autofree char *hash = keep_file (desk, path);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JnEvent) event = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (data, size);
  event = jn_event_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return jn_dict_new ("code", "s", code, "version", "s", "1", "hash", "s", hash, "names", "@a{sv}",
                      make_names (jn_event_get_names (event)), "services", "^as",
                      jn_event_get_services (event), NULL);
}

static GVariant *
make_department (
    const char *code, const char *acronym, const char *zh, const char *pt, const char *en)
{
  return jn_dict_new ("code", "s", code, "acronym", "s", acronym, "names", "@a{sv}",
                      jn_dict_new ("zh_Hant", "s", zh, "pt", "s", pt, "en", "s", en, NULL), NULL);
}

static GVariant *
make_catalogue (Desk *desk)
{
  GVariant *rows[G_N_ELEMENTS (services)];
  GVariant *departments[]
      = { make_department ("dsi", "DSI", "身份證明局", "Direcção dos Serviços de Identificação",
                           "Identification Services Bureau"),
          make_department ("dsaj", "DSAJ", "法務局", "Direcção dos Serviços de Assuntos de Justiça",
                           "Legal Affairs Bureau"),
          make_department ("fss", "FSS", "社會保障基金", "Fundo de Segurança Social",
                           "Social Security Fund") };
  GVariant *events[] = { make_event (desk, "birth"), make_event (desk, "old-age") };
  g_autofree char *facts = keep_file (desk, "build/facts.xml");

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    rows[i] = make_service (desk, services[i]);
  return jn_dict_new ("version", "i", 1, "departments", "@av", jn_list_new (departments, 3),
                      "services", "@av", jn_list_new (rows, G_N_ELEMENTS (rows)), "events", "@av",
                      jn_list_new (events, G_N_ELEMENTS (events)), "facts", "@a{sv}",
                      jn_dict_new ("hash", "s", facts, NULL), NULL);
}

static GVariant *
make_session (const char *roles, const char *equipment)
{
  g_autofree char *text = g_strdup_printf (
      "{\"session\":\"s\",\"staff\":{\"login\":\"kaian\",\"name\":{\"zh\":\"何嘉欣\",\"latin\":"
      "\"Ho Ka Ian\"},\"roles\":[%s],\"languages\":[\"zh-Hant\"]},\"branch\":{\"code\":"
      "\"07\",\"names\":{\"zh_Hant\":\"示範中心\",\"pt\":\"Centro de demonstração\",\"en\":"
      "\"Demonstration centre\"},\"zone\":\"Asia/Macau\"},\"counter\":{\"number\":7,\"profile\":["
      "\"dsaj-birth-reg\",\"dsi-bir-first\",\"fss-birth-allowance\",\"dsi-personal-data-cert\","
      "\"dsi-kinship-cert\"],"
      "\"equipment\":[\"%s\"]},\"terminal\":{\"code\":\"T07\",\"kid\":\"7-7-1\","
      "\"generation\":1},\"grant\":{\"id\":\"0190aaaa-0000-7000-8000-00000000000a\",\"secret\":"
      "\"0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20\",\"expires\":"
      "\"2099-01-01T00:00:00+08:00\"},\"settings\":{\"receipt_host\":\"janela.example\",\"demo\":"
      "true,\"rating_excluded_events\":[\"death\"]}}",
      roles, equipment);

  return g_variant_ref_sink (jn_json_to_dict (text, -1, NULL));
}

/* -- persons: assets/demo/people.json ------------------------------------------------------------ */

static void
add_facts (JsonObject *person, GPtrArray *rows)
{
  JsonArray *sources = json_object_get_array_member (person, "facts");

  for (guint i = 0; i < json_array_get_length (sources); i++)
    {
      JsonObject *group = json_array_get_object_element (sources, i);
      JsonObject *values = json_object_get_object_member (group, "values");
      g_autoptr (GList) members = json_object_get_members (values);

      for (GList *l = members; l != NULL; l = l->next)
        g_ptr_array_add (rows,
                         jn_dict_new ("property", "s", l->data, "value", "s",
                                      json_object_get_string_member (values, l->data), "source",
                                      "s", json_object_get_string_member (group, "source"), "as_of",
                                      "s", json_object_get_string_member (group, "as_of"), "grade",
                                      "s", json_object_get_string_member (group, "grade"), NULL));
    }
}

static JsonObject *
find_person (JsonParser *parser, const char *number)
{
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *people = json_object_get_array_member (root, "people");

  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      JsonObject *person = json_array_get_object_element (people, i);
      JsonObject *document = json_object_has_member (person, "document")
                                     && !json_object_get_null_member (person, "document")
                                 ? json_object_get_object_member (person, "document")
                                 : NULL;

      if (document != NULL
          && g_strcmp0 (json_object_get_string_member (document, "number"), number) == 0)
        return person;
    }
  return NULL;
}

static GVariant *
answer_person (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GVariant) document = jn_dict_dict (args, "document");
  const char *number = document != NULL ? jn_dict_string (document, "number") : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  JsonObject *person;

  g_assert_true (json_parser_load_from_file (parser, "assets/demo/people.json", NULL));
  person = number != NULL ? find_person (parser, number) : NULL;
  if (person != NULL)
    add_facts (person, rows);
  return jn_dict_new ("id", "s", jn_dict_string (args, "person"), "role", "s",
                      jn_dict_string (args, "role"), "capacity", "s",
                      jn_dict_string (args, "capacity"), "document", "@a{sv}", document, "known",
                      "b", person != NULL, "facts", "@av",
                      jn_list_new ((GVariant *const *)rows->pdata, rows->len), NULL);
}

/* -- tickets ----------------------------------------------------------------------------------------- */

GVariant *
desk_make_ticket (const char *number, const char *state, const char *event, const char *codes)
{
  g_auto (GStrv) wanted = g_strsplit (codes, " ", -1);

  return jn_dict_new ("id", "s", "0190aaaa-0000-7000-8000-000000000002", "number", "s", number,
                      "state", "s", state, "event", "s", event, "services", "^as", wanted,
                      "priority", "s", "infant", "language", "s", "zh-Hant", "arrived", "s",
                      "2026-11-23T09:00:00+08:00", "due", "s", "2026-11-23T08:50:00+08:00", "whole",
                      "b", TRUE, NULL);
}

void
desk_set_ticket (Desk *desk, const char *number, const char *event, const char *codes)
{
  jn_fake_backend_always (
      desk->fake, "ticket_call_next",
      jn_dict_new ("ticket", "@a{sv}", desk_make_ticket (number, "called", event, codes), NULL));
  jn_fake_backend_always (desk->fake, "ticket_arrive",
                          jn_dict_new ("ticket", "@a{sv}",
                                       desk_make_ticket (number, "serving", event, codes), "visit",
                                       "s", VISIT, NULL));
  jn_fake_backend_always (desk->fake, "ticket_finish",
                          desk_make_ticket (number, "done", event, codes));
}

/* -- the submission ------------------------------------------------------------------------------------ */

static GVariant *
answer_submit (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Desk *desk = data;
  g_autoptr (GVariant) sent = jn_dict_list (args, "applications");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *no = g_strdup_printf ("07-2026-%07u", ++desk->number);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  desk->fee = 0;
  for (gsize i = 0; i < jn_list_length (sent); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (sent, i);
      g_auto (GStrv) needs = jn_dict_strings (row, "needs");
      char *one = g_strdup_printf ("%s-%u", no, (guint)i + 1);

      g_ptr_array_add (numbers, one);
      desk->fee += *needs == NULL ? jn_dict_int (row, "fee", 0) : 0;
      g_ptr_array_add (rows, jn_dict_new ("id", "s", jn_dict_string (row, "id"), "no", "s", one,
                                          "service", "s", jn_dict_string (row, "service"),
                                          "department", "s", "dsi", "state", "s",
                                          *needs != NULL ? "waiting" : "submitted", "fee", "x",
                                          jn_dict_int (row, "fee", 0), NULL));
    }
  g_ptr_array_add (numbers, NULL);
  return jn_dict_new (
      "receipt", "@a{sv}",
      jn_dict_new ("id", "s", jn_dict_string (args, "receipt"), "no", "s", no, "time", "s",
                   "2026-11-23T10:00:00+08:00", "branch", "s", "07", "counter", "i", 7, "fee", "x",
                   desk->fee, "applications", "^as", numbers->pdata, "visit", "s",
                   jn_dict_string (args, "visit"), NULL),
      "applications", "@av", jn_list_new ((GVariant *const *)rows->pdata, rows->len), NULL);
}

static GVariant *
answer_seal (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  return jn_dict_new ("seal", "s", jn_dict_string (args, "seal"), NULL);
}

/* -- the desk ---------------------------------------------------------------------------------------------- */

static void
set_answers (Desk *desk, const char *roles)
{
  GVariant *none = g_variant_ref_sink (jn_dict_new (NULL, NULL));

  jn_fake_backend_always (desk->fake, "sign_in", make_session (roles, "camera"));
  jn_fake_backend_always (desk->fake, "prints", jn_dict_new (NULL, NULL));
  jn_fake_backend_always (desk->fake, "catalogue", make_catalogue (desk));
  jn_fake_backend_always (desk->fake, "visit", jn_dict_new ("visit", "s", VISIT, NULL));
  jn_fake_backend_always (
      desk->fake, "queue",
      jn_dict_new ("next", "@a{sv}",
                   desk_make_ticket ("B011", "waiting", "birth", "dsaj-birth-reg"), "count", "i", 1,
                   NULL));
  jn_fake_backend_always (desk->fake, "visit_bundle", none);
  jn_fake_backend_always (desk->fake, "draft_save", none);
  jn_fake_backend_always (desk->fake, "visit_rate", none);
  jn_fake_backend_always (desk->fake, "print_end", none);
  g_variant_unref (none);
  jn_fake_backend_on (desk->fake, "visit_person", answer_person, desk);
  jn_fake_backend_on (desk->fake, "visit_submit", answer_submit, desk);
  jn_fake_backend_on (desk->fake, "receipt_seal", answer_seal, desk);
  desk_set_ticket (desk, "B011", "birth", "dsaj-birth-reg dsi-bir-first fss-birth-allowance");
}

Desk *
desk_new (void)
{
  return desk_new_as ("\"clerk\"");
}

Desk *
desk_new_as (const char *roles)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  desk->fake = jn_fake_backend_new ();
  set_answers (desk, roles);
  desk->settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", 7, &error);
  g_assert_no_error (error);
  desk->session = jn_session_new (JN_BACKEND (desk->fake), desk->settings);
  jn_session_sign_in_async (desk->session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  jn_session_sign_in_finish (desk->session, jn_await (&result), &error);
  g_assert_no_error (error);
  desk->queue = jn_queue_new (desk->session);
  return desk;
}

void
desk_free (Desk *desk)
{
  g_clear_object (&desk->queue);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  jn_await_finalized (desk->session);
  g_clear_object (&desk->settings);
  g_clear_object (&desk->fake);
  g_free (desk);
}

JnVisit *
desk_open_visit (Desk *desk)
{
  g_autoptr (GAsyncResult) called = NULL;
  g_autoptr (GAsyncResult) arrived = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  JnVisit *visit;

  jn_queue_call_next_async (desk->queue, NULL, jn_awaited_cb, &called);
  ticket = jn_queue_call_next_finish (desk->queue, jn_await (&called), &error);
  g_assert_no_error (error);
  jn_queue_arrive_async (desk->queue, NULL, jn_awaited_cb, &arrived);
  visit = jn_queue_arrive_finish (desk->queue, jn_await (&arrived), &error);
  g_assert_no_error (error);
  return visit;
}

JnPerson *
desk_identify (JnVisit *visit, const char *role, const char *document, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JnPerson *person;

  jn_visit_identify_async (visit, role, NULL, document, number, NULL, jn_awaited_cb, &result);
  person = jn_visit_identify_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
  return person;
}

JnPerson *
desk_scan (JnVisit *visit, const char *role, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JnPerson *person;

  jn_visit_scan_async (visit, role, NULL, text, NULL, jn_awaited_cb, &result);
  person = jn_visit_scan_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
  return person;
}

void
desk_start_forms (JnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_visit_start_forms_async (visit, NULL, jn_awaited_cb, &result);
  jn_visit_start_forms_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
}

void
desk_set (JnVisit *visit, const char *service, const char *ref, const char *value)
{
  JnApplication *application = jn_visit_get_application (visit, service);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (application);
  jn_application_set (application, ref, value, &error);
  g_assert_no_error (error);
}

char *
desk_get (JnVisit *visit, const char *service, const char *ref)
{
  JnApplication *application = jn_visit_get_application (visit, service);
  JnNodeState state;

  g_assert_nonnull (application);
  if (!jn_filling_get (jn_application_get_filling (application), ref, &state))
    g_error ("%s has no %s", service, ref);
  return g_strdup (state.value);
}

void
desk_settle (JnVisit *visit)
{
  g_auto (GStrv) departments = jn_visit_list_consents (visit);
  GListModel *papers = jn_visit_get_papers (visit);

  for (guint i = 0; i < g_list_model_get_n_items (papers); i++)
    {
      g_autoptr (JnVisitPaper) paper = g_list_model_get_item (papers, i);

      if (!jn_visit_paper_is_settled (paper))
        jn_visit_set_paper (visit, jn_visit_paper_get_code (paper), JN_PAPER_PRESENTED, NULL);
    }
  for (guint i = 0; departments[i] != NULL; i++)
    jn_visit_set_consent (visit, departments[i], JN_CONSENT_GIVEN);
  jn_visit_sign (visit, NULL, JN_SIGNATURE_INK, NULL);
}

char *
desk_describe_problems (JnVisit *visit)
{
  g_autoptr (GPtrArray) problems = jn_visit_list_problems (visit);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const JnProblem *problem = problems->pdata[i];

      g_string_append_printf (text, "[%d %s %s]", problem->kind, problem->ref, problem->message);
    }
  return g_string_free (text, FALSE);
}

void
desk_set_equipment (Desk *desk, const char *equipment)
{
  jn_fake_backend_always (desk->fake, "sign_in", make_session ("\"clerk\"", equipment));
}

void
desk_flush (JnVisit *visit)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

Desk *
desk_new_with_broken (const char *service)
{
  Desk *desk;

  broken = service;
  desk = desk_new ();
  broken = NULL;
  return desk;
}
