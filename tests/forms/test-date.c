/* test-date.c: dates, times and moments, also where clocks change. */
#include "forms/date.h"

static GTimeZone *
zone_of (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static void
test_date (void)
{
  static const char *const right[] = { "2024-02-29", "2000-02-29", "0001-01-01", "2024-2-9" };
  static const char *const wrong[]
      = { "",           "2023-02-29", "1900-02-29", "2024-13-01",  "2024-00-01",  "2024-01-32",
          "2024-04-31", "24-01-01",   "2024-1",     "2024-01-01T", "2024-01-01 ", "2024/01/01",
          "x" };
  int year, month, day;

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (jn_date_parse (right[i], NULL, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (jn_date_parse (wrong[i], &year, &month, &day));
  g_assert_true (jn_date_parse ("2024-2-9", &year, &month, &day));
  g_assert_cmpint (year, ==, 2024);
  g_assert_cmpint (month, ==, 2);
  g_assert_cmpint (day, ==, 9);
}

static void
check_moment (GTimeZone *zone, const char *text, gint64 seconds, gboolean is_date)
{
  gint64 moment;
  gboolean date;

  g_test_message ("%s", text);
  g_assert_true (jn_moment_parse (text, zone, &moment, &date));
  g_assert_cmpint (moment / G_USEC_PER_SEC, ==, seconds);
  g_assert_cmpint (date, ==, is_date);
}

/* Seconds from `date -d … +%s`. */
static void
test_moment (void)
{
  g_autoptr(GTimeZone) macau = zone_of ("Asia/Macau"), lisbon = zone_of ("Europe/Lisbon");
  static const char *const wrong[] = { "2024-02-30T10:00:00",       "2024-02-29T24:00:00",
                                       "2024-02-29T10:60:00",       "2024-02-29T10:00:61",
                                       "2024-02-29T10:00:00+15:00", "2024-02-29T10:00:00+08:60",
                                       "2024-02-29T10:00:00+0800",  "2024-02-29T",
                                       "2024-02-29 10:00",          "2024-2-9T10:00",
                                       "2024-02-29T10:00:00.",      "10:00" };
  gint64 moment;

  check_moment (macau, "1970-01-01", -28800, TRUE);
  check_moment (macau, "2024-02-29", 1709136000, TRUE);
  check_moment (macau, "2024-02-29T12:30:15", 1709181015, FALSE);
  check_moment (macau, "2024-02-29T12:30:15Z", 1709209815, FALSE);
  check_moment (macau, "2024-02-29T12:30:15.999-03:30", 1709222415, FALSE);
  check_moment (macau, "2024-02-29T12:30", 1709181000, FALSE);
  check_moment (macau, "2024-02-29T12", 1709179200, FALSE);
  /* Lisbon: summer time from 31 March 2024, 01:00, to 27 October, 02:00 */
  check_moment (lisbon, "2024-03-31T00:30:00", 1711845000, FALSE);
  check_moment (lisbon, "2024-03-31T03:00:00", 1711850400, FALSE);
  check_moment (lisbon, "2024-10-27T03:00:00", 1729998000, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      g_assert_false (jn_moment_parse (wrong[i], macau, &moment, NULL));
    }
}

static void
test_time (void)
{
  g_autoptr(GTimeZone) macau = zone_of ("Asia/Macau");
  static const char *const wrong[] = { "", "10", "10:60", "24:00", "1:00", "10:00:00+15:00", "x" };
  gint64 usec;

  g_assert_true (jn_clock_parse ("13:45", macau, &usec));
  g_assert_cmpint (usec / G_USEC_PER_SEC, ==, 49500);
  g_assert_true (jn_clock_parse ("13:45:30.250", macau, &usec));
  g_assert_cmpint (usec, ==, G_GINT64_CONSTANT (49530250000));
  g_assert_true (jn_clock_parse ("20:00:00Z", macau, &usec));
  g_assert_cmpint (usec / G_USEC_PER_SEC, ==, 4 * 3600);
  g_assert_true (jn_clock_parse ("20:00:00+08:00", macau, &usec));
  g_assert_cmpint (usec / G_USEC_PER_SEC, ==, 20 * 3600);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (jn_clock_parse (wrong[i], macau, &usec));
}

static void
test_write (void)
{
  g_autoptr(GTimeZone) macau = zone_of ("Asia/Macau"), phoenix = zone_of ("America/Phoenix");
  const gint64 moment = G_GINT64_CONSTANT (1709181015250999);
  g_autofree char *date = jn_moment_to_date (moment, macau),
                  *text = jn_moment_to_text (moment, macau);
  g_autofree char *west = jn_moment_to_text (moment, phoenix),
                  *time = jn_moment_to_time (moment, macau);
  g_autofree char *early = jn_moment_to_text (-1, macau);

  g_assert_cmpstr (date, ==, "2024-02-29");
  g_assert_cmpstr (text, ==, "2024-02-29T12:30:15.250+08:00");
  g_assert_cmpstr (time, ==, "12:30:15.250+08:00");
  g_assert_cmpstr (west, ==, "2024-02-28T21:30:15.250-07:00");
  g_assert_cmpstr (early, ==, "1970-01-01T07:59:59.999+08:00");
  g_assert_cmpint (jn_zone_offset (macau, moment), ==, 8 * 3600);
}

/* Every day of four centuries comes back as itself, in order. */
static void
test_calendar (void)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) day = g_date_time_new_utc (1799, 12, 30, 0, 0, 0);

  for (int i = 0; i < 146100; i += 7)
    {
      g_autoptr(GDateTime) now = g_date_time_add_days (day, i);
      g_autofree char *expected = g_date_time_format (now, "%Y-%m-%d"), *written = NULL;
      gint64 moment;

      g_assert_true (jn_moment_parse (expected, utc, &moment, NULL));
      g_assert_cmpint (moment / G_USEC_PER_SEC, ==, g_date_time_to_unix (now));
      written = jn_moment_to_date (moment, utc);
      g_assert_cmpstr (written, ==, expected);
    }
}

static void
test_format (void)
{
  g_autoptr(GTimeZone) macau = zone_of ("Asia/Macau");
  const gint64 moment = G_GINT64_CONSTANT (1709181015250000);
  g_autofree char *all
      = jn_moment_format (moment, macau, "%Y %y %m %n %b %B %d %e %a %A %H %h %M %S %3 %%", NULL);
  g_autofree char *pt = jn_moment_format (moment, macau, "%e de %B de %Y, %A", "pt");
  g_autofree char *zh = jn_moment_format (moment, macau, "%Y年%n月%e日 %A", "zh-Hant");

  g_assert_cmpstr (all, ==, "2024 24 02 2 Feb February 29 29 Thu Thursday 12 12 30 15 250 %");
  g_assert_cmpstr (pt, ==, "29 de fevereiro de 2024, quinta-feira");
  g_assert_cmpstr (zh, ==, "2024年2月29日 星期四");
}

static void
test_midnight (void)
{
  g_autoptr(GTimeZone) macau = zone_of ("Asia/Macau"), lisbon = zone_of ("Europe/Lisbon");
  const gint64 moment = G_GINT64_CONSTANT (1709181015250999);

  g_assert_cmpint (jn_moment_midnight (moment, macau), ==, G_GINT64_CONSTANT (1709136000000000));
  /* noon of the day on which Lisbon's summer begins: midnight was still winter */
  g_assert_cmpint (jn_moment_midnight (G_GINT64_CONSTANT (1711882800000000), lisbon), ==,
                   G_GINT64_CONSTANT (1711843200000000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/date/date", test_date);
  g_test_add_func ("/forms/date/moment", test_moment);
  g_test_add_func ("/forms/date/time", test_time);
  g_test_add_func ("/forms/date/write", test_write);
  g_test_add_func ("/forms/date/calendar", test_calendar);
  g_test_add_func ("/forms/date/format", test_format);
  g_test_add_func ("/forms/date/midnight", test_midnight);
  return g_test_run ();
}
