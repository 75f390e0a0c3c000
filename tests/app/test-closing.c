/* test-closing.c: what is read of a day's end stands under the counter that it was asked of. */
#include "app/closing.h"
#include "app/dict.h"
#include "tests/app/desk.h"

static JnClosing *
make_closing (Desk *desk)
{
  jn_fake_backend_always (desk->fake, "day_report", jn_dict_new ("day", "s", "2026-01-05", NULL));
  jn_fake_backend_always (desk->fake, "hand_overs",
                          jn_dict_new ("lines", "@av", jn_list_new (NULL, 0), NULL));
  return jn_closing_new (desk->session);
}

static void
test_read (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnClosing) closing = make_closing (desk);
  g_autoptr (GAsyncResult) read = NULL;

  jn_closing_refresh_async (closing, NULL, jn_awaited_cb, &read);
  g_assert_true (jn_closing_refresh_finish (closing, jn_await (&read), NULL));
  g_assert_true (jn_closing_is_known (closing));
}

/* The choice goes to another counter while the first one is read. */
static void
test_read_late (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JnClosing) closing = make_closing (desk);
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GError) error = NULL;

  jn_closing_refresh_async (closing, NULL, jn_awaited_cb, &read);
  jn_closing_set_counter (closing, jn_closing_get_counter (closing) + 1);
  g_assert_false (jn_closing_refresh_finish (closing, jn_await (&read), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (jn_closing_is_known (closing));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/closing/read", test_read);
  g_test_add_func ("/app/closing/read-late", test_read_late);
  return g_test_run ();
}
