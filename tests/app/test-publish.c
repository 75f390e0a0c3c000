/* test-publish.c: a form's life on a real server: published by janela-admin, fetched by a terminal,
 * published anew under a visit that has begun, withdrawn; its old version stays readable.
 *
 * The database of JANELA_TEST_DSN holds the catalogue and the demonstration. */
#include <glib/gstdio.h>
#include <string.h>

#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "app/postgres/pq.h"
#include "app/steward/steward.h"
#include "tests/app/desk.h"

#define CODE "dsi-personal-data-cert"
#define FILE_IN_BUILD "services/dsi/" CODE ".xml"
#define NEW_VERSION "2099010101"

typedef struct
{
  PGconn *owner;
  JnBackend *backend;
  JnSettings *settings;
  JnSession *session;
  JnQueue *queue;
  char *folder; /* what is published */
} Place;

static char *
value_of (Place *place, const char *sql)
{
  g_autoptr (PGresult) result = PQexec (place->owner, sql);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (place->owner));
  return PQntuples (result) > 0 ? g_strdup (PQgetvalue (result, 0, 0)) : NULL;
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("publish-XXXXXX", &error);
  g_assert_no_error (error);
  place->owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_assert_cmpint (PQstatus (place->owner), ==, CONNECTION_OK);
  place->backend = JN_BACKEND (jn_postgres_new (g_getenv ("JANELA_TEST_DSN")));
  place->settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", 7, &error);
  g_assert_no_error (error);
  place->session = jn_session_new (place->backend, place->settings);
  place->queue = jn_queue_new (place->session);
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
  jn_await_finalized (place->queue);
  jn_await_finalized (place->session);
  jn_await_finalized (place->backend);
  g_clear_object (&place->settings);
  PQfinish (place->owner);
  g_free (place->folder);
}

/* ---- janela-admin ------------------------------------------------------------------------------- */

/* Runs `janela-admin catalogue ARGS`. Returns: (transfer full): what it said, on either stream */
static char *
catalogue (int status_wanted, const char *const *args)
{
  g_autofree char *program = g_build_filename (g_getenv ("JANELA_BIN"), "janela-admin", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *out = NULL, *err = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (char *)"--dsn");
  g_ptr_array_add (argv, (char *)g_getenv ("JANELA_TEST_OWNER"));
  g_ptr_array_add (argv, (char *)"catalogue");
  for (gsize i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)args[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", out, err);
  g_assert_cmpint (WEXITSTATUS (status), ==, status_wanted);
  return g_strconcat (out, err, NULL);
}

static char *
publish (Place *place, int status, const char *option)
{
  return catalogue (status, (const char *const[]){ "publish", place->folder, option, NULL });
}

/* Puts the form into the folder, with @version, and with @find replaced. */
static void
write_form (Place *place, const char *version, const char *find, const char *put)
{
  g_autofree char *path = g_build_filename (place->folder, FILE_IN_BUILD, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autofree char *numbered = g_strdup_printf ("<data id=\"" CODE "\" version=\"%s\"", version);
  g_autoptr (GRegex) regex = g_regex_new ("<data id=\"" CODE "\" version=\"[0-9]*\"", 0, 0, NULL);
  g_autofree char *with_version = NULL;
  g_autoptr (GString) made = NULL;

  g_assert_true (g_file_get_contents ("build/" FILE_IN_BUILD, &text, NULL, NULL));
  with_version = g_regex_replace_literal (regex, text, -1, 0, numbered, 0, NULL);
  made = g_string_new (with_version);
  if (find != NULL)
    g_assert_cmpuint (g_string_replace (made, find, put, 0), >, 0);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, made->str, -1, NULL));
}

/* ---- the terminal ------------------------------------------------------------------------------- */

static const JnServiceEntry *
look_up (Place *place)
{
  JnCatalogue *shelf = jn_session_get_catalogue (place->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_catalogue_load_async (shelf, NULL, jn_awaited_cb, &result);
  jn_catalogue_load_finish (shelf, jn_await (&result), &error);
  g_assert_no_error (error);
  return jn_catalogue_get_service (shelf, CODE);
}

static JnForm *
fetch (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JnForm *form;

  jn_catalogue_load_form_async (jn_session_get_catalogue (place->session), CODE, NULL,
                                jn_awaited_cb, &result);
  form = jn_catalogue_load_form_finish (jn_session_get_catalogue (place->session),
                                        jn_await (&result), &error);
  g_assert_no_error (error);
  return form;
}

static gboolean
is_kept (Place *place, const char *hash)
{
  g_autofree char *path
      = g_build_filename (jn_settings_get_state_folder (place->settings), "forms", hash, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static JnVisit *
open_visit (Place *place)
{
  g_autoptr (GAsyncResult) called = NULL, arrived = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnTicket) ticket = NULL;
  JnVisit *visit;

  jn_queue_call_next_async (place->queue, NULL, jn_awaited_cb, &called);
  ticket = jn_queue_call_next_finish (place->queue, jn_await (&called), &error);
  g_assert_no_error (error);
  jn_queue_arrive_async (place->queue, NULL, jn_awaited_cb, &arrived);
  visit = jn_queue_arrive_finish (place->queue, jn_await (&arrived), &error);
  g_assert_no_error (error);
  return visit;
}

static JnVisit *
begin_visit (Place *place)
{
  JnVisit *visit = open_visit (place);
  g_autoptr (JnPerson) person = desk_identify (visit, "applicant", "bir", "70000012");
  GPtrArray *proposals = jn_visit_get_proposals (visit);

  for (guint i = 0; i < proposals->len; i++)
    jn_visit_choose (
        visit, jn_service_entry_get_code (((JnProposal *)proposals->pdata[i])->service), FALSE);
  jn_visit_choose (visit, CODE, TRUE);
  desk_start_forms (visit);
  desk_set (visit, CODE, "/data/certificate/items", "name birth");
  desk_set (visit, CODE, "/data/certificate/purpose", "work");
  desk_set (visit, CODE, "/data/declaration/true_data", "OK");
  return visit;
}

static void
submit (JnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) finished = NULL;

  desk_settle (visit);
  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &result);
  receipt = jn_visit_submit_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
  jn_visit_finish_async (visit, "served", NULL, jn_awaited_cb, &finished);
  g_assert_true (jn_visit_finish_finish (visit, jn_await (&finished), NULL));
}

static void
round_done_cb (JnSteward *steward, guint verified, guint refused, guint *judged)
{
  *judged += verified + refused;
}

static gboolean
is_judged (gpointer judged)
{
  return *(guint *)judged > 0;
}

static void
let_steward_work (void)
{
  g_autofree char *dsn = g_strconcat (g_getenv ("JANELA_TEST_DSN"), " user=steward", NULL);
  JnBackend *backend = JN_BACKEND (jn_postgres_new (dsn));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr (GAsyncResult) result = NULL, left = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  JnCredentials credentials = { 0 };
  JnSteward *steward;
  guint judged = 0;

  jn_backend_sign_in_async (backend, &credentials, NULL, jn_awaited_cb, &result);
  answer = jn_backend_sign_in_finish (backend, jn_await (&result), &error);
  g_assert_no_error (error);
  steward = jn_steward_new (backend, zone);
  g_signal_connect (steward, "round-done", G_CALLBACK (round_done_cb), &judged);
  jn_steward_start (steward);
  jn_await_until (is_judged, &judged);
  jn_await_finalized (steward);
  jn_backend_sign_out_async (backend, NULL, jn_awaited_cb, &left);
  g_assert_true (jn_backend_sign_out_finish (backend, jn_await (&left), NULL));
  g_clear_object (&result);
  g_clear_object (&left);
  jn_await_finalized (backend);
}

/* ---- the tests ---------------------------------------------------------------------------------- */

/* A visit that has begun keeps its form; the next one gets the new version, which the terminal
 * fetches because it lacks it. */
static void
test_new_version (Place *place, gconstpointer data)
{
  g_autofree char *old = g_strdup (jn_service_entry_get_version (look_up (place)));
  g_autoptr (JnVisit) visit = begin_visit (place);
  g_autofree char *said = NULL, *again = NULL, *wanted = NULL, *stored = NULL;
  g_autoptr (JnForm) form = NULL;
  const JnServiceEntry *entry;

  write_form (place, NEW_VERSION, "What it is for", "What it will be used for");
  said = publish (place, 0, NULL);
  wanted = g_strdup_printf ("changed  service " CODE " %s → " NEW_VERSION, old);
  g_assert_nonnull (strstr (said, wanted));
  g_assert_nonnull (strstr (said, "texts only"));
  g_assert_nonnull (strstr (said, "others are offered beside"));
  g_assert_nonnull (strstr (said, "catalogue: 1 of 1 are new"));
  entry = look_up (place);
  g_assert_cmpstr (jn_service_entry_get_version (entry), ==, NEW_VERSION);
  g_assert_false (is_kept (place, jn_service_entry_get_hash (entry)));
  form = fetch (place);
  g_assert_cmpstr (jn_form_get_version (form), ==, NEW_VERSION);
  g_assert_true (is_kept (place, jn_service_entry_get_hash (entry)));
  submit (visit);
  let_steward_work ();
  stored = value_of (place, "select version || ' ' || verdict from desk.application"
                            " where service = '" CODE "'");
  wanted = (g_free (wanted), g_strdup_printf ("%s verified", old));
  g_assert_cmpstr (stored, ==, wanted);
  again = publish (place, 0, NULL);
  g_assert_nonnull (strstr (again, "catalogue: 0 of 1 are new"));
}

/* What is refused leaves everything as it was: a version with another content, a form that does not
 * hold; and what is only looked at. */
static void
test_refused (Place *place, gconstpointer data)
{
  g_autofree char *old = g_strdup (jn_service_entry_get_version (look_up (place)));
  g_autofree char *hash = g_strdup (jn_service_entry_get_hash (look_up (place)));
  g_autofree char *taken = NULL, *broken = NULL, *dry = NULL;

  write_form (place, old, "What it is for", "What it may be for");
  taken = publish (place, 1, NULL);
  g_assert_nonnull (strstr (taken, "is published with another content: number it anew"));
  g_assert_cmpstr (jn_service_entry_get_hash (look_up (place)), ==, hash);

  write_form (place, "2099010102", "ref=\"/data/certificate/purpose\"",
              "ref=\"/data/certificate/nowhere\"");
  broken = publish (place, 1, NULL);
  g_assert_nonnull (strstr (broken, "nothing is published"));
  g_assert_nonnull (strstr (broken, "leads to no node"));
  g_assert_cmpstr (jn_service_entry_get_hash (look_up (place)), ==, hash);

  write_form (place, "2099010103", "<copies>1</copies>", "<copies>1</copies><reason/>");
  dry = publish (place, 0, "--dry-run");
  g_assert_nonnull (strstr (dry, "questions +1 -0 ~0: +/data/certificate/reason"));
  g_assert_nonnull (strstr (dry, "nothing is published"));
  g_assert_cmpstr (jn_service_entry_get_hash (look_up (place)), ==, hash);
}

/* Withdrawn: nobody is offered it any more, and the case that rests on it can be read for ever. */
static void
test_withdrawn (Place *place, gconstpointer data)
{
  g_autofree char *hash = g_strdup (jn_service_entry_get_hash (look_up (place)));
  g_autoptr (JnVisit) visit = begin_visit (place);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) blob = NULL;
  g_autoptr (JnForm) form = NULL;
  g_autoptr (JnFilling) filling = NULL;
  g_autoptr (GBytes) xml = NULL;
  g_autofree char *said = NULL, *stored = NULL;

  submit (visit);
  said = catalogue (
      0, (const char *const[]){ "withdraw", "service", CODE, "--reason", "no more", NULL });
  g_assert_nonnull (strstr (said, "is withdrawn"));
  g_assert_null (look_up (place));
  jn_backend_get_blob_async (place->backend, hash, NULL, jn_awaited_cb, &result);
  blob = jn_backend_get_blob_finish (place->backend, jn_await (&result), NULL);
  g_assert_nonnull (blob);
  form = jn_form_new_from_bytes (blob, NULL, NULL, NULL);
  stored = value_of (place, "select xml from desk.application where service = '" CODE
                            "' order by submitted_at desc limit 1");
  xml = g_bytes_new (stored, strlen (stored));
  filling = jn_filling_new_from_xml (form, xml, NULL, NULL);
  g_assert_nonnull (filling);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/publish/" name, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("refused", test_refused);
  ADD ("new-version", test_new_version);
  ADD ("withdrawn", test_withdrawn);
  return g_test_run ();
}
