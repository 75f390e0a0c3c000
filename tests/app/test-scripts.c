/* test-scripts.c: every scripted filling of tests/forms/ on a real server: what is good passes the
 * check of visit_submit and is verified by the steward, what is refused there is refused here too.
 *
 * A case of tests/forms/services/ is submitted as it stands at each of its "validate" lines; a bundle
 * of tests/forms/bundles/ goes as one visit, or as one before and one after each "result". The
 * register holds the facts that the script names. The database of JANELA_TEST_DSN holds the
 * catalogue. */
#include <string.h>

#include "app/catalogue.h"
#include "app/dict.h"
#include "app/json.h"
#include "app/postgres/postgres.h"
#include "app/postgres/pq.h"
#include "app/session.h"
#include "app/steward/steward.h"
#include "app/uuid.h"
#include "forms/service.h"
#include "tests/app/fake-backend.h"
#include "tests/forms/script.h"

/* Makes an open visit of kaian's, its persons and what the register holds of them: {visit, persons}. */
static const char visit_sql[]
    = "create function public.script_visit (facts jsonb) returns jsonb language plpgsql as $$"
      " declare v uuid := gen_random_uuid (); s record; made uuid; persons jsonb := '[]';"
      "  document jsonb;"
      " begin"
      "  insert into desk.visit (id, branch, day, login, counter, opened_at)"
      "  values (v, '07', current_date, 'kaian', 7, now ());"
      "  for s in select * from jsonb_each (facts) loop"
      "   made := gen_random_uuid ();"
      "   document := jsonb_build_object ('kind', 'other', 'issuer', 'XX', 'number', made);"
      "   insert into desk.person (id, kind) values (made, coalesce (s.value ->> 'kind', s.key));"
      "   insert into desk.document (kind, issuer, number, person)"
      "   values ('other', 'XX', desk.document_number ('other', made::text), made);"
      "   insert into desk.fact (person, property, value, source, as_of, grade)"
      "   select made, f.key, f.value, 'DSI', '2020-01-01', 'A' from jsonb_each_text (s.value) f"
      "   where f.key <> 'kind';"
      "   persons := persons || jsonb_build_object ("
      "    'id', gen_random_uuid (), 'role', s.key, 'capacity', '', 'document', document);"
      "  end loop;"
      "  return jsonb_build_object ('visit', v, 'persons', persons);"
      " end $$";

typedef struct
{
  PGconn *owner;
  JnBackend *backend;
  JnSettings *settings;
  JnSession *session;
} Place;

/* One filling that was sent, and what is to become of it. */
typedef struct
{
  char *id;
  char *name;
  GPtrArray *refs; /* (element-type utf8): what is wrong in it, in document order; empty: good */
  const char *condition; /* (nullable): of the first */
  char *refused_by_sql;  /* (nullable): code and node */
} Sent;

typedef struct
{
  Place *place;
  GPtrArray *sent;  /* (element-type Sent) */
  GPtrArray *files; /* (element-type GPtrArray): the scripts, whose texts Sent borrows */
} Play;

static void
sent_free (gpointer data)
{
  Sent *sent = data;

  g_free (sent->id);
  g_free (sent->name);
  g_clear_pointer (&sent->refs, g_ptr_array_unref);
  g_free (sent->refused_by_sql);
  g_free (sent);
}

/* ---- the server --------------------------------------------------------------------------------- */

/* (transfer full) (nullable): the first value; @value: (nullable): $1 */
static char *
value_of (Place *place, const char *sql, const char *value)
{
  g_autoptr (PGresult) result
             = PQexecParams (place->owner, sql, value != NULL, NULL, &value, NULL, NULL, 0);

  if (PQresultStatus (result) != PGRES_TUPLES_OK && PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s: %s", sql, PQerrorMessage (place->owner));
  if (PQntuples (result) == 0 || PQgetisnull (result, 0, 0))
    return NULL;
  return g_strdup (PQgetvalue (result, 0, 0));
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  place->owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_assert_cmpint (PQstatus (place->owner), ==, CONNECTION_OK);
  g_free (value_of (place, "drop function if exists public.script_visit", NULL));
  g_free (value_of (place, visit_sql, NULL));
  place->backend = JN_BACKEND (jn_postgres_new (g_getenv ("JANELA_TEST_DSN")));
  place->settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", 7, &error);
  g_assert_no_error (error);
  place->session = jn_session_new (place->backend, place->settings);
  jn_session_sign_in_async (place->session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  jn_session_sign_in_finish (place->session, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_out_async (place->session, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_out_finish (place->session, jn_await (&result), NULL));
  g_clear_object (&result);
  jn_await_finalized (place->session);
  jn_await_finalized (place->backend);
  g_clear_object (&place->settings);
  PQfinish (place->owner);
}

/* ---- sending ------------------------------------------------------------------------------------ */

/* What the till would take: confirmed amounts only. */
static gint64
charge (JnForm *form, JnFilling *filling)
{
  g_autoptr (JnService) service = jn_service_new (form, NULL);
  g_autoptr (GPtrArray) fees = jn_service_list_fees (service, filling);
  gint64 sum = 0;

  for (guint i = 0; i < fees->len; i++)
    if (jn_service_fee_is_charged (fees->pdata[i]))
      sum += ((const JnServiceFee *)fees->pdata[i])->amount;
  return sum;
}

/* (transfer floating): an application of visit_submit */
static GVariant *
make_application (Play *play, const char *service, JnForm *form, JnFilling *filling, Sent *sent)
{
  JnCatalogue *catalogue = jn_session_get_catalogue (play->place->session);
  const JnServiceEntry *entry = jn_catalogue_get_service (catalogue, service);
  g_autoptr (GBytes) xml = jn_filling_submit (filling, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (xml, NULL), g_bytes_get_size (xml));

  if (entry == NULL)
    g_error ("%s is not published", service);
  return jn_dict_new ("id", "s", sent->id, "service", "s", service, "version", "s",
                      jn_service_entry_get_version (entry), "hash", "s",
                      jn_service_entry_get_hash (entry), "xml", "s", text, "fee", "x",
                      charge (form, filling), NULL);
}

static char *
describe_fault (const GError *error)
{
  const char *code = jn_backend_error_get_code (error);
  const char *node = jn_backend_error_get_node (error);

  return g_strdup_printf ("%s %s", code != NULL ? code : error->message, node != NULL ? node : "");
}

/* Sends these as one visit of people of whom the register holds @facts; they are dated as the script
 * says, so that the steward's today() is the script's. */
static void
send (Play *play, JsonObject *head, JsonObject *facts, GPtrArray *applications, GPtrArray *sent)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *json = NULL, *made = NULL, *dated = NULL;
  g_autoptr (GVariant) visit = NULL, persons = NULL, answer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JnCommand) command = NULL;
  g_autoptr (GError) error = NULL;

  json_node_init_object (node, facts);
  json = json_to_string (node, FALSE);
  made = value_of (play->place, "select public.script_visit ($1::jsonb)", json);
  visit = g_variant_ref_sink (jn_json_to_dict (made, -1, NULL));
  persons = jn_dict_list (visit, "persons");
  command = jn_command_new (
      "visit_submit",
      jn_dict_new ("visit", "s", jn_dict_string (visit, "visit"), "language", "s", "zh-Hant",
                   "persons", "@av", persons, "applications", "@av",
                   jn_list_new ((GVariant *const *)applications->pdata, applications->len), NULL));
  jn_backend_run_async (play->place->backend, command, NULL, jn_awaited_cb, &result);
  answer = jn_backend_run_finish (play->place->backend, jn_await (&result), &error);
  dated = g_strdup_printf (
      "update desk.application set submitted_at = '%s' where visit = $1",
      json_object_get_string_member_with_default (head, "now", "2026-11-23T10:00:00+08:00"));
  g_free (value_of (play->place, dated, jn_dict_string (visit, "visit")));
  for (guint i = 0; i < sent->len; i++)
    {
      Sent *one = sent->pdata[i];

      one->refused_by_sql = error != NULL ? describe_fault (error) : NULL;
      g_ptr_array_add (play->sent, one);
    }
}

static Sent *
sent_new (const char *script, const char *name)
{
  Sent *sent = g_new0 (Sent, 1);

  sent->id = jn_uuid_new ();
  sent->name = g_strdup_printf ("%s: %s", script, name);
  return sent;
}

static JnForm *
load_form (const char *service)
{
  g_autofree char *department = g_strndup (service, strcspn (service, "-"));
  g_autofree char *path = g_strdup_printf ("build/services/%s/%s.xml", department, service);
  g_autoptr (GError) error = NULL;
  JnForm *form = jn_form_new_from_file (path, &error);

  g_assert_no_error (error);
  return form;
}

/* ---- the cases of a service ---------------------------------------------------------------------- */

typedef struct
{
  JsonObject *head;
  JsonObject *facts;
  JnForm *form;
  JnFilling *filling;
} Case;

static const char *
first_condition (JnFilling *filling, GPtrArray *refs)
{
  JnNodeState state;

  if (refs->len == 0)
    return NULL;
  g_assert_true (jn_filling_get (filling, refs->pdata[0], &state));
  switch (state.invalid)
    {
    case JN_INVALID_REQUIRED:
      return "required";
    case JN_INVALID_TYPE:
      return "type";
    case JN_INVALID_CONSTRAINT:
      return "constraint";
    case JN_VALID:
      break;
    }
  return NULL;
}

static void
send_case (Play *play, const char *service, Case *now)
{
  g_autoptr (GPtrArray) applications = g_ptr_array_new ();
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();
  Sent *one = sent_new (service, json_object_get_string_member (now->head, "case"));

  one->refs = jn_filling_validate (now->filling);
  one->condition = first_condition (now->filling, one->refs);
  g_ptr_array_add (sent, one);
  g_ptr_array_add (applications, make_application (play, service, now->form, now->filling, one));
  send (play, now->head, now->facts, applications, sent);
}

static void
begin_case (Case *now, JsonObject *head, JsonObject *nothing)
{
  g_clear_pointer (&now->filling, jn_filling_free);
  now->head = head;
  now->facts = json_object_has_member (head, "facts")
                   ? json_object_get_object_member (head, "facts")
                   : nothing;
  now->filling = script_begin (now->form, head, now->facts);
}

static void
play_service (Play *play, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *service = g_strndup (name, strlen (name) - strlen (".jsonl"));
  g_autoptr (JnForm) form = load_form (service);
  g_autoptr (JsonObject) nothing = json_object_new ();
  GPtrArray *lines = script_read (path);
  Case now = { .form = form };

  g_ptr_array_add (play->files, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *line = lines->pdata[i];

      if (json_object_has_member (line, "case"))
        begin_case (&now, line, nothing);
      else
        script_play (now.filling, line);
      if (g_strcmp0 (json_object_get_string_member_with_default (line, "op", ""), "validate") == 0)
        send_case (play, service, &now);
    }
  g_clear_pointer (&now.filling, jn_filling_free);
}

/* ---- the bundle of an event ---------------------------------------------------------------------- */

typedef struct
{
  Play *play;
  const char *event;
  JsonObject *head;
  JsonObject *known; /* in the register, when the visit began */
  JsonObject *facts; /* and what was answered since */
  JnForm *form;
  JnFilling *filling;
  char *service;
  GPtrArray *applications;
  GPtrArray *sent;
} Bundle;

static JsonObject *
get_subject (JsonObject *facts, const char *subject)
{
  if (!json_object_has_member (facts, subject))
    json_object_set_object_member (facts, subject, json_object_new ());
  return json_object_get_object_member (facts, subject);
}

static void
learn_one (JsonObject *object, const char *name, JsonNode *value, gpointer subject)
{
  json_object_set_member (subject, name, json_node_copy (value));
}

static void
learn_subject (JsonObject *object, const char *subject, JsonNode *facts, gpointer all)
{
  json_object_foreach_member (json_node_get_object (facts), learn_one, get_subject (all, subject));
}

static void
learn_answers (Bundle *bundle)
{
  g_autoptr (GPtrArray) refs = jn_filling_list (bundle->filling);
  const char *subject, *role, *property;
  JnNodeState state;

  for (guint i = 0; i < refs->len; i++)
    if (jn_form_get_fact (bundle->form, refs->pdata[i], &subject, &role, &property)
        && jn_filling_get (bundle->filling, refs->pdata[i], &state) && *state.value != '\0')
      json_object_set_string_member (get_subject (bundle->facts, role != NULL ? role : subject),
                                     property, state.value);
}

static void
finish_service (Bundle *bundle)
{
  Sent *one;

  if (bundle->filling == NULL)
    return;
  script_expect_valid (bundle->filling);
  one = sent_new (bundle->event, bundle->service);
  g_ptr_array_add (bundle->sent, one);
  g_ptr_array_add (bundle->applications, make_application (bundle->play, bundle->service,
                                                           bundle->form, bundle->filling, one));
  learn_answers (bundle);
  g_clear_pointer (&bundle->filling, jn_filling_free);
  g_clear_pointer (&bundle->form, jn_form_unref);
}

static void
finish_visit (Bundle *bundle)
{
  finish_service (bundle);
  if (bundle->sent->len > 0)
    send (bundle->play, bundle->head, bundle->known, bundle->applications, bundle->sent);
  g_ptr_array_set_size (bundle->applications, 0);
  g_ptr_array_set_size (bundle->sent, 0);
}

static void
begin_visit (Bundle *bundle, JsonObject *learnt)
{
  json_object_foreach_member (learnt, learn_subject, bundle->facts);
  json_object_foreach_member (bundle->facts, learn_subject, bundle->known);
}

static void
play_bundle_line (Bundle *bundle, JsonObject *line)
{
  if (json_object_has_member (line, "result"))
    {
      finish_visit (bundle);
      begin_visit (bundle, json_object_get_object_member (line, "result"));
    }
  else if (json_object_has_member (line, "service"))
    {
      finish_service (bundle);
      g_free (bundle->service);
      bundle->service = g_strdup (json_object_get_string_member (line, "service"));
      bundle->form = load_form (bundle->service);
      bundle->filling = script_begin (bundle->form, bundle->head, bundle->facts);
    }
  else
    script_play (bundle->filling, line);
}

static void
play_bundle (Play *play, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (JsonObject) known = json_object_new (), facts = json_object_new ();
  g_autoptr (GPtrArray) applications = g_ptr_array_new (), sent = g_ptr_array_new ();
  GPtrArray *lines = script_read (path);
  Bundle bundle = { .play = play,
                    .event = name,
                    .head = lines->pdata[0],
                    .known = known,
                    .facts = facts,
                    .applications = applications,
                    .sent = sent };

  g_ptr_array_add (play->files, lines);
  begin_visit (&bundle, json_object_get_object_member (bundle.head, "facts"));
  for (guint i = 1; i < lines->len; i++)
    play_bundle_line (&bundle, lines->pdata[i]);
  finish_visit (&bundle);
  g_free (bundle.service);
}

/* ---- the steward -------------------------------------------------------------------------------- */

static gboolean
is_judged (gpointer data)
{
  Place *place = data;
  g_autofree char *left
      = value_of (place, "select count (*) from desk.application where verdict is null", NULL);

  return g_str_equal (left, "0");
}

static void
round_done_cb (JnSteward *steward, guint verified, guint refused, gboolean *done)
{
  *done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return *(gboolean *)data;
}

static void
let_steward_work (Place *place)
{
  g_autofree char *dsn = g_strconcat (g_getenv ("JANELA_TEST_DSN"), " user=steward", NULL);
  JnBackend *backend = JN_BACKEND (jn_postgres_new (dsn));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr (GAsyncResult) result = NULL, left = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  JnCredentials credentials = { 0 };
  JnSteward *steward;
  gboolean done;

  jn_backend_sign_in_async (backend, &credentials, NULL, jn_awaited_cb, &result);
  answer = jn_backend_sign_in_finish (backend, jn_await (&result), &error);
  g_assert_no_error (error);
  steward = jn_steward_new (backend, zone);
  g_signal_connect (steward, "round-done", G_CALLBACK (round_done_cb), &done);
  jn_steward_start (steward);
  do
    {
      done = FALSE;
      jn_await_until (is_done, &done);
    }
  while (!is_judged (place));
  jn_await_finalized (steward);
  jn_backend_sign_out_async (backend, NULL, jn_awaited_cb, &left);
  g_assert_true (jn_backend_sign_out_finish (backend, jn_await (&left), NULL));
  g_clear_object (&result);
  g_clear_object (&left);
  jn_await_finalized (backend);
}

/* ---- what became of it -------------------------------------------------------------------------- */

/* The same node, whichever row: positions of rows do not stand in what SQL and steward say. */
static gboolean
is_same_node (const char *ref, const char *node)
{
  for (; *ref != '\0' && node != NULL; ref++, node++)
    {
      if (*ref == '[')
        ref = strchr (ref, ']') + 1;
      if (*node == '[')
        node = strchr (node, ']') + 1;
      if (*ref != *node)
        return FALSE;
      if (*ref == '\0')
        return TRUE;
    }
  return node != NULL && *node == '\0';
}

/* (transfer full) (nullable): what is wrong */
static char *
judge_good (const Sent *sent, const char *verdict, const char *reason, const char *node)
{
  if (sent->refused_by_sql != NULL)
    return g_strdup_printf ("%s: refused at submission: %s", sent->name, sent->refused_by_sql);
  if (g_strcmp0 (verdict, "verified") == 0)
    return NULL;
  return g_strdup_printf ("%s: %s: %s %s", sent->name, verdict, reason, node);
}

/* SQL names any of them, the steward the first. */
static char *
judge_bad (const Sent *sent, const char *verdict, const char *reason, const char *node)
{
  const char *at = sent->refused_by_sql != NULL ? strchr (sent->refused_by_sql, '/') : NULL;

  for (guint i = 0; at != NULL && i < sent->refs->len; i++)
    if (is_same_node (sent->refs->pdata[i], at))
      return NULL;
  if (sent->refused_by_sql != NULL)
    return g_strdup_printf ("%s: refused for another reason: %s", sent->name, sent->refused_by_sql);
  if (g_strcmp0 (verdict, "refused") == 0 && g_strcmp0 (reason, sent->condition) == 0
      && is_same_node (sent->refs->pdata[0], node))
    return NULL;
  return g_strdup_printf ("%s: %s %s %s, not %s %s", sent->name, verdict, reason, node,
                          sent->condition, (char *)sent->refs->pdata[0]);
}

static char *
judge (Place *place, const Sent *sent)
{
  g_autofree char *verdict
      = value_of (place, "select verdict from desk.application where id = $1", sent->id);
  g_autofree char *reason
      = value_of (place, "select verdict_reason from desk.application where id = $1", sent->id);
  g_autofree char *node
      = value_of (place, "select verdict_node from desk.application where id = $1", sent->id);

  return sent->refs != NULL && sent->refs->len > 0 ? judge_bad (sent, verdict, reason, node)
                                                   : judge_good (sent, verdict, reason, node);
}

typedef void (*PlayFile) (Play *play, const char *folder, const char *name);

static void
play_folder (Place *place, const char *name, PlayFile play_file)
{
  g_autofree char *folder
      = g_build_filename (g_getenv ("JANELA_TOP"), "tests", "forms", name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func (sent_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  Play play = { place, sent, files };
  const char *file;
  guint wrong = 0;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".jsonl"))
      play_file (&play, folder, file);
  let_steward_work (place);
  for (guint i = 0; i < sent->len; i++)
    {
      g_autofree char *fault = judge (place, sent->pdata[i]);

      if (fault == NULL)
        continue;
      g_test_message ("%s", fault);
      wrong++;
    }
  g_test_message ("%u fillings were sent", sent->len);
  g_assert_cmpuint (sent->len, >, 0);
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_services (Place *place, gconstpointer data)
{
  play_folder (place, "services", play_service);
}

static void
test_bundles (Place *place, gconstpointer data)
{
  play_folder (place, "bundles", play_bundle);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/scripts/" name, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("services", test_services);
  ADD ("bundles", test_bundles);
  return g_test_run ();
}
