/* test-queue.c: the line before a counter: why one is next, told and never polled. */
#include "app/dict.h"
#include "tests/app/desk.h"

static gboolean
has_next (gpointer data)
{
  return jn_queue_get_next (data) != NULL;
}

static void
test_ticket (void)
{
  g_autoptr (GVariant) answer
             = g_variant_ref_sink (desk_make_ticket ("B011", "waiting", "birth", "a b"));
  g_autoptr (JnTicket) ticket = jn_ticket_new (answer);
  g_autoptr (JnTicket) same = jn_ticket_new (answer);
  gint64 nine = 1795395600; /* 2026-11-23T09:00:00+08:00 */

  g_assert_cmpstr (jn_ticket_get_number (ticket), ==, "B011");
  g_assert_cmpint (jn_ticket_get_state (ticket), ==, JN_TICKET_WAITING);
  g_assert_cmpint (jn_ticket_get_priority (ticket), ==, JN_PRIORITY_INFANT);
  g_assert_cmpint (jn_ticket_get_arrived (ticket), ==, nine);
  g_assert_cmpint (jn_ticket_get_credit_minutes (ticket), ==, 10);
  g_assert_cmpint (jn_ticket_get_waited (ticket, nine + 600), ==, 600);
  g_assert_cmpint (jn_ticket_get_waited (ticket, nine - 600), ==, 0);
  g_assert_cmpstr (jn_ticket_get_services (ticket)[1], ==, "b");
  g_assert_true (jn_ticket_equal (ticket, same));
  g_assert_null (jn_ticket_new (NULL));
}

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
test_told (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint news = 0;

  g_signal_connect_swapped (desk->queue, "notify::next", G_CALLBACK (count_cb), &news);
  g_assert_null (jn_queue_get_next (desk->queue));
  for (guint i = 0; i < 50; i++)
    jn_backend_changed (JN_BACKEND (desk->fake), "ticket", "x");
  jn_backend_changed (JN_BACKEND (desk->fake), "print", "x");
  jn_await_until (has_next, desk->queue);
  g_assert_cmpstr (jn_ticket_get_number (jn_queue_get_next (desk->queue)), ==, "B011");
  g_assert_cmpuint (jn_queue_get_count (desk->queue), ==, 1);
  g_assert_cmpuint (news, ==, 1);
  g_assert_cmpuint (jn_fake_backend_count_calls (desk->fake, "queue"), ==, 1);
}

static void
test_nobody (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  jn_fake_backend_always (desk->fake, "ticket_call_next", jn_dict_new (NULL, NULL));
  jn_queue_call_next_async (desk->queue, NULL, jn_awaited_cb, &result);
  g_assert_null (jn_queue_call_next_finish (desk->queue, jn_await (&result), &error));
  g_assert_no_error (error);
}

static GVariant *
too_soon (JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT, "recall-too-soon",
                                                  NULL, jn_dict_new ("wait_s", "i", 20, NULL)));
  return NULL;
}

static void
test_steps (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GAsyncResult) none = NULL;
  g_autoptr (GAsyncResult) recalled = NULL;
  g_autoptr (GAsyncResult) missed = NULL;
  g_autoptr (GError) no_ticket = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnVisit) visit = NULL;
  g_autoptr (JnTicket) gone = NULL;

  jn_queue_step_async (desk->queue, JN_QUEUE_RECALL, NULL, NULL, jn_awaited_cb, &none);
  g_assert_null (jn_queue_step_finish (desk->queue, jn_await (&none), &no_ticket));
  g_assert_error (no_ticket, JN_BACKEND_ERROR, JN_BACKEND_ERROR_CONFLICT);
  visit = desk_open_visit (desk);
  jn_fake_backend_on (desk->fake, "ticket_recall", too_soon, NULL);
  jn_queue_step_async (desk->queue, JN_QUEUE_RECALL, NULL, NULL, jn_awaited_cb, &recalled);
  g_assert_null (jn_queue_step_finish (desk->queue, jn_await (&recalled), &error));
  g_assert_cmpint (jn_dict_int (jn_backend_error_get_args (error), "wait_s", 0), ==, 20);
  jn_fake_backend_always (desk->fake, "ticket_no_show",
                          desk_make_ticket ("B011", "done", "birth", "a"));
  jn_queue_step_async (desk->queue, JN_QUEUE_NO_SHOW, "not here", NULL, jn_awaited_cb, &missed);
  gone = jn_queue_step_finish (desk->queue, jn_await (&missed), NULL);
  g_assert_nonnull (gone);
  g_assert_null (jn_queue_get_mine (desk->queue));
}

static void
test_lock (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GAsyncResult) right = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (jn_session_get_staff_name (desk->session, "zh-Hant"), ==, "何嘉欣");
  g_assert_cmpstr (jn_session_get_staff_name (desk->session, "en"), ==, "Ho Ka Ian");
  g_assert_true (jn_session_has_role (desk->session, "clerk"));
  g_assert_false (jn_session_has_role (desk->session, "supervisor"));
  g_assert_true (jn_session_is_demo (desk->session));
  g_assert_true (jn_session_is_rating_excluded (desk->session, "death"));
  g_assert_cmpstr (jn_session_get_branch (desk->session), ==, "07");
  jn_session_lock (desk->session);
  g_assert_cmpint (jn_session_get_state (desk->session), ==, JN_SESSION_LOCKED);
  jn_fake_backend_cut_line (desk->fake, TRUE); /* no line is needed for it */
  jn_session_unlock_async (desk->session, "lotos", NULL, jn_awaited_cb, &wrong);
  g_assert_false (jn_session_unlock_finish (desk->session, jn_await (&wrong), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_DENIED);
  g_assert_cmpint (jn_session_get_state (desk->session), ==, JN_SESSION_LOCKED);
  jn_session_unlock_async (desk->session, "lotus-seven", NULL, jn_awaited_cb, &right);
  g_assert_true (jn_session_unlock_finish (desk->session, jn_await (&right), NULL));
  g_assert_cmpint (jn_session_get_state (desk->session), ==, JN_SESSION_OPEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/queue/ticket", test_ticket);
  g_test_add_func ("/app/queue/told", test_told);
  g_test_add_func ("/app/queue/nobody", test_nobody);
  g_test_add_func ("/app/queue/steps", test_steps);
  g_test_add_func ("/app/session/lock", test_lock);
  return g_test_run ();
}
