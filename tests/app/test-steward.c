/* test-steward.c: the steward on a real server: it verifies an honest visit, refuses a crafted one
 * with node and reason, seals the chain, and forgets what was typed for nothing.
 *
 * The database of JANELA_TEST_DSN holds the catalogue and the demonstration. */
#include <string.h>

#include "app/dict.h"
#include "app/postgres/postgres.h"
#include "app/postgres/pq.h"
#include "app/steward/steward.h"
#include "tests/app/birth.h"

#define CERTIFICATE "dsi-personal-data-cert"

typedef struct
{
  PGconn *owner;
  JnBackend *backend;
  JnSettings *settings;
  JnSession *session;
  JnQueue *queue;
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
sign_in (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_session_sign_in_async (place->session, "kaian", "lotus-seven", NULL, 0, NULL, jn_awaited_cb,
                            &result);
  jn_session_sign_in_finish (place->session, jn_await (&result), &error);
  g_assert_no_error (error);
}

static void
sign_out (Place *place)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_session_sign_out_async (place->session, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_session_sign_out_finish (place->session, jn_await (&result), NULL));
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->owner = PQconnectdb (g_getenv ("JANELA_TEST_OWNER"));
  g_assert_cmpint (PQstatus (place->owner), ==, CONNECTION_OK);
  place->backend = JN_BACKEND (jn_postgres_new (g_getenv ("JANELA_TEST_DSN")));
  place->settings = jn_settings_new_from_data ("[janela]\nlanguage=en\n", 7, &error);
  g_assert_no_error (error);
  place->session = jn_session_new (place->backend, place->settings);
  place->queue = jn_queue_new (place->session);
  sign_in (place);
}

static void
tear_down (Place *place, gconstpointer data)
{
  sign_out (place);
  jn_await_finalized (place->queue);
  jn_await_finalized (place->session);
  jn_await_finalized (place->backend);
  g_clear_object (&place->settings);
  PQfinish (place->owner);
}

/* Calls the next one, who comes: (transfer full) */
static JnVisit *
open_visit (Place *place)
{
  g_autoptr (GAsyncResult) called = NULL;
  g_autoptr (GAsyncResult) arrived = NULL;
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

static void
finish (JnVisit *visit, const char *outcome)
{
  g_autoptr (GAsyncResult) result = NULL;

  jn_visit_finish_async (visit, outcome, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_visit_finish_finish (visit, jn_await (&result), NULL));
}

static void
submit (JnVisit *visit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnReceipt) receipt = NULL;

  jn_visit_submit_async (visit, NULL, jn_awaited_cb, &result);
  receipt = jn_visit_submit_finish (visit, jn_await (&result), &error);
  g_assert_no_error (error);
}

/* What a program that is not ours may send: the honest form with one value changed by hand. */
static void
submit_crafted (Place *place, JnVisit *visit, const char *find, const char *put)
{
  JnApplication *application = jn_visit_get_application (visit, CERTIFICATE);
  const JnServiceEntry *entry = jn_application_get_entry (application);
  g_autoptr (GBytes) honest = jn_filling_submit (jn_application_get_filling (application), NULL);
  g_autoptr (GString) xml = g_string_new_len (g_bytes_get_data (honest, NULL),
                                              (gssize)g_bytes_get_size (honest));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (JnCommand) command = NULL;
  GVariant *sent;

  g_assert_cmpuint (g_string_replace (xml, find, put, 1), ==, 1);
  sent = jn_dict_new ("id", "s", jn_application_get_id (application), "service", "s", CERTIFICATE,
                      "version", "s", jn_service_entry_get_version (entry), "hash", "s",
                      jn_service_entry_get_hash (entry), "xml", "s", xml->str, "fee", "i", 0, NULL);
  command = jn_command_new ("visit_submit", jn_dict_new ("visit", "s", jn_visit_get_id (visit),
                                                         "language", "s", "zh-Hant", "applications",
                                                         "@av", jn_list_new (&sent, 1), NULL));
  jn_backend_run_async (place->backend, command, NULL, jn_awaited_cb, &result);
  answer = jn_backend_run_finish (place->backend, jn_await (&result), &error);
  g_assert_no_error (error);
}

/* ---- the steward -------------------------------------------------------------------------------- */

static void
round_done_cb (JnSteward *steward, guint verified, guint refused, guint *judged)
{
  *judged += verified + refused;
}

#define UNSEALED "select coalesce (sum (desk.unsealed (code)), 0) from desk.branch"

typedef struct
{
  Place *place;
  guint judged;
  guint wanted;
  const char *left; /* SQL: how much is left to do */
} Wait;

static gboolean
is_all_done (gpointer data)
{
  Wait *wait = data;
  g_autofree char *left = value_of (wait->place, wait->left);

  return wait->judged >= wait->wanted && g_str_equal (left, "0");
}

/* Works until @wanted applications are judged and @left says that nothing is. */
static void
let_steward_work (Place *place, guint wanted, const char *left)
{
  g_autofree char *dsn = g_strconcat (g_getenv ("JANELA_TEST_DSN"), " user=steward", NULL);
  JnBackend *backend = JN_BACKEND (jn_postgres_new (dsn));
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) gone = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  JnCredentials credentials = { 0 };
  Wait wait = { place, 0, wanted, left };
  JnSteward *steward;

  jn_backend_sign_in_async (backend, &credentials, NULL, jn_awaited_cb, &result);
  answer = jn_backend_sign_in_finish (backend, jn_await (&result), &error);
  g_assert_no_error (error);
  steward = jn_steward_new (backend, zone);
  g_signal_connect (steward, "round-done", G_CALLBACK (round_done_cb), &wait.judged);
  jn_steward_start (steward);
  jn_await_until (is_all_done, &wait);
  jn_await_finalized (steward);
  jn_backend_sign_out_async (backend, NULL, jn_awaited_cb, &gone);
  g_assert_true (jn_backend_sign_out_finish (backend, jn_await (&gone), NULL));
  g_clear_object (&result); /* a result holds what it came from */
  g_clear_object (&gone);
  jn_await_finalized (backend);
}

static void
test_honest (Place *place, gconstpointer data)
{
  g_autoptr (JnVisit) visit = open_visit (place);
  g_autofree char *verdicts = NULL;
  g_autofree char *chain = NULL;

  birth_prepare (visit);
  submit (visit);
  finish (visit, "served");
  let_steward_work (place, 3, UNSEALED);
  verdicts = value_of (
      place,
      "select string_agg (verdict || coalesce (' ' || verdict_reason || ' ' || verdict_node, ''),"
      " ', ' order by no) from desk.application");
  g_assert_cmpstr (verdicts, ==, "verified, verified, verified");
  chain = value_of (place, "select count (*) > 0 from desk.chain_batch where branch = '07'");
  g_assert_cmpstr (chain, ==, "t");
}

static void
test_crafted (Place *place, gconstpointer data)
{
  g_autoptr (JnVisit) visit = open_visit (place);
  g_autoptr (JnPerson) person = NULL;
  g_autofree char *verdict = NULL;
  g_autofree char *tray = NULL;

  person = desk_identify (visit, "applicant", "bir", "7000001(2)");
  jn_visit_choose (visit, CERTIFICATE, TRUE);
  desk_start_forms (visit);
  desk_set (visit, CERTIFICATE, "/data/certificate/items", "name birth");
  desk_set (visit, CERTIFICATE, "/data/certificate/purpose", "work");
  desk_set (visit, CERTIFICATE, "/data/declaration/true_data", "yes");
  desk_settle (visit);
  submit_crafted (place, visit, "<copies>1</copies>", "<copies>12</copies>");
  let_steward_work (place, 1, UNSEALED);
  verdict = value_of (place, "select verdict || ' ' || verdict_reason || ' ' || verdict_node"
                             " from desk.application where service = '" CERTIFICATE "'");
  g_assert_cmpstr (verdict, ==, "refused constraint /data/certificate/copies");
  tray = value_of (place, "select kind || ' ' || code from desk.tray where kind = 'verdict'");
  g_assert_cmpstr (tray, ==, "verdict constraint");
}

/* Who leaves in the middle comes back today or not at all: what he typed, and a scan that nobody used, go a week later. */
static void
test_abandoned (Place *place, gconstpointer data)
{
  g_autoptr (JnVisit) visit = open_visit (place);
  g_autoptr (GBytes) scan = g_bytes_new_static ("a scan", 6);
  g_autoptr (JnPerson) person = NULL;
  g_autoptr (GAsyncResult) put = NULL;
  g_autoptr (GAsyncResult) saved = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *drafts = NULL;
  g_autofree char *said = NULL;
  g_autofree char *told = NULL;

  person = desk_identify (visit, "applicant", "bir", "7000001(2)");
  jn_visit_choose (visit, CERTIFICATE, TRUE);
  desk_start_forms (visit);
  desk_set (visit, CERTIFICATE, "/data/certificate/purpose", "work");
  jn_visit_save_async (visit, NULL, jn_awaited_cb, &saved);
  g_assert_true (jn_visit_save_finish (visit, jn_await (&saved), NULL));
  jn_backend_put_blob_async (place->backend, scan, NULL, jn_awaited_cb, &put);
  hash = jn_backend_put_blob_finish (place->backend, jn_await (&put), NULL);
  g_assert_nonnull (hash);
  finish (visit, "left-serving");
  drafts = value_of (place, "select nullif (count (*), 0) from desk.draft");
  g_free (value_of (place,
                    "with d as (update desk.draft set saved_at = now () - interval '8 days'),"
                    " b as (update desk.blob set wanted_at = now () - interval '8 days'"
                    " where branch = '07') select 1"));
  let_steward_work (place, 0,
                    "select (select count (*) from desk.draft)"
                    " + (select count (*) from desk.blob where branch = '07')"
                    " + (select count (*) from desk.blob_chunk where branch = '07')");
  told = value_of (place, "select string_agg (kind || ' ' || what || ' ' || details::text, ', '"
                          " order by id) from desk.event where what = 'pruned'");
  said = g_strdup_printf ("draft pruned {\"days\": 7, \"drafts\": %s}, "
                          "blob pruned {\"days\": 7, \"blobs\": 1}",
                          drafts);
  g_assert_cmpstr (told, ==, said);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/steward/" name, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("verifies-an-honest-visit", test_honest);
  ADD ("forgets-an-abandoned-one", test_abandoned);
  ADD ("refuses-a-crafted-one", test_crafted); /* stays at the desk */
  return g_test_run ();
}
