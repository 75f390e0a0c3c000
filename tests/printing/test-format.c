/* test-format.c: dates, times and money in three languages. */
#include "printing/format.h"

static void
assert_takes (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_dates (void)
{
  assert_takes (jn_format_date ("zh-Hant", 2026, 11, 3), "2026年11月3日");
  assert_takes (jn_format_date ("pt", 2026, 3, 1), "1.º de Março de 2026");
  assert_takes (jn_format_date ("pt", 2026, 12, 31), "31 de Dezembro de 2026");
  assert_takes (jn_format_date ("en", 2026, 5, 9), "9 May 2026");
  assert_takes (jn_format_date ("fr", 2026, 5, 9), "9 May 2026");
}

static void
test_times (void)
{
  g_autoptr(GTimeZone) macau = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr(GDateTime) when = g_date_time_new (macau, 2026, 11, 3, 9, 5, 59);

  assert_takes (jn_format_time ("zh-Hant", when), "2026年11月3日 09:05");
  assert_takes (jn_format_time ("pt", when), "03/11/2026 09:05");
  assert_takes (jn_format_time ("en", when), "03/11/2026 09:05");
}

static void
test_money (void)
{
  assert_takes (jn_format_money (0), "0.00");
  assert_takes (jn_format_money (5), "0.05");
  assert_takes (jn_format_money (99999), "999.99");
  assert_takes (jn_format_money (100000), "1,000.00");
  assert_takes (jn_format_money (123456789), "1,234,567.89");
  assert_takes (jn_format_money (-10550), "−105.50");
  assert_takes (jn_format_money (G_MININT64), "−92,233,720,368,547,758.08");
  assert_takes (jn_format_money_mop ("zh-Hant", 10500), "澳門元 105.00");
  assert_takes (jn_format_money_mop ("pt", 10500), "MOP 105.00");
}

static void
test_marks (void)
{
  assert_takes (jn_format_copy ("zh-Hant", 2), "副本 2");
  assert_takes (jn_format_copy ("pt", 2), "CÓPIA 2");
  assert_takes (jn_format_copy ("en", 2), "COPY 2");
  assert_takes (jn_format_page ("zh-Hant", 1, 2), "第 1 頁，共 2 頁");
  assert_takes (jn_format_page ("pt", 1, 2), "Página 1 de 2");
  assert_takes (jn_format_page ("en", 1, 2), "Page 1 of 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printing/format/dates", test_dates);
  g_test_add_func ("/printing/format/times", test_times);
  g_test_add_func ("/printing/format/money", test_money);
  g_test_add_func ("/printing/format/marks", test_marks);
  return g_test_run ();
}
