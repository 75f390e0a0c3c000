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

/* -- a hand-over slip whose answer is lost ------------------------------------------------------------------------ */

/* What the server has drawn up: one slip to dsaj, and then nothing lies here any more. */
typedef struct
{
  Desk *desk;
  JnClosing *closing;
  JnPrints *prints;
  char *slip; /* (nullable): its id */
} Slips;

static GVariant *
answer_hand_over (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Slips *slips = data;
  g_autoptr (GVariant) line = g_variant_ref_sink (
      jn_dict_new ("no", "s", "07-2026-0000001-1", "service", "s", "dsaj-birth-reg", "department",
                   "s", "dsaj", "papers", "i", 1, NULL));

  if (slips->slip != NULL)
    {
      g_propagate_error (error, jn_backend_error_new (JN_BACKEND_ERROR_CONFLICT,
                                                      "nothing-to-hand-over", NULL, NULL));
      return NULL;
    }
  slips->slip = g_strdup (jn_dict_string (args, "id"));
  return jn_dict_new ("id", "s", slips->slip, "no", "s", "07-E-20260105-01", "department", "s",
                      "dsaj", "lines", "@av", jn_list_new (&line, 1), NULL);
}

static GVariant *
answer_hand_overs (
    JnFakeBackend *fake, const char *name, GVariant *args, gpointer data, GError **error)
{
  Slips *slips = data;
  g_autoptr (GVariant) slip = NULL;

  if (slips->slip != NULL)
    slip = g_variant_ref_sink (jn_dict_new ("id", "s", slips->slip, NULL));
  return jn_dict_new ("lines", "@av", jn_list_new (NULL, 0), "slips", "@av",
                      jn_list_new (&slip, slip != NULL ? 1 : 0), NULL);
}

/* The slip is drawn up, and nobody here hears of it. */
static void
slips_lose (Slips *slips)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  slips->desk = desk_new ();
  slips->closing = make_closing (slips->desk);
  slips->prints = jn_prints_new (slips->desk->session);
  jn_fake_backend_always (slips->desk->fake, "print_begin", jn_dict_new ("copy", "i", 0, NULL));
  jn_fake_backend_always (slips->desk->fake, "print_end", jn_dict_new (NULL, NULL));
  jn_fake_backend_on (slips->desk->fake, "hand_over", answer_hand_over, slips);
  jn_fake_backend_on (slips->desk->fake, "hand_overs", answer_hand_overs, slips);
  jn_fake_backend_lose_answers (slips->desk->fake, "hand_over", 1);
  jn_closing_hand_over_async (slips->closing, slips->prints, "dsaj", "pt", NULL, jn_awaited_cb,
                              &result);
  g_assert_null (jn_closing_hand_over_finish (slips->closing, jn_await (&result), &error));
  g_assert_error (error, JN_BACKEND_ERROR, JN_BACKEND_ERROR_UNKNOWN);
  g_assert_null (jn_prints_find (slips->prints, slips->slip));
}

static gboolean
is_printed (gpointer data)
{
  Slips *slips = data;

  return jn_prints_find (slips->prints, slips->slip) != NULL;
}

static void
slips_assert_printed (Slips *slips)
{
  const JnPrintOrder *order;

  jn_await_until (is_printed, slips);
  order = jn_print_get_order (jn_prints_find (slips->prints, slips->slip));
  g_assert_cmpstr (order->kind, ==, "hand-over");
  g_assert_cmpstr (order->title, ==, "07-E-20260105-01");
  g_assert_cmpuint (jn_fake_backend_count_done (slips->desk->fake, "hand_over"), ==, 1);
  desk_flush (NULL);
  g_object_unref (slips->closing);
  jn_await_finalized (slips->prints);
  desk_free (slips->desk);
  g_free (slips->slip);
}

static void
test_press_again (void)
{
  Slips slips = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;

  slips_lose (&slips);
  jn_closing_hand_over_async (slips.closing, slips.prints, "dsaj", "pt", NULL, jn_awaited_cb,
                              &result);
  number = jn_closing_hand_over_finish (slips.closing, jn_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (number, ==, "07-E-20260105-01");
  g_clear_object (&result);
  slips_assert_printed (&slips);
}

/* What lay here is gone from the page, and with it the button. */
static void
test_read_again (void)
{
  Slips slips = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  slips_lose (&slips);
  jn_closing_refresh_async (slips.closing, NULL, jn_awaited_cb, &result);
  g_assert_true (jn_closing_refresh_finish (slips.closing, jn_await (&result), NULL));
  g_clear_object (&result);
  slips_assert_printed (&slips);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/closing/read", test_read);
  g_test_add_func ("/app/closing/read-late", test_read_late);
  g_test_add_func ("/app/closing/hand-over/press-again", test_press_again);
  g_test_add_func ("/app/closing/hand-over/read-again", test_read_again);
  return g_test_run ();
}
