/* test-mrz.c: machine-readable zones: the specimens of ICAO Doc 9303. */
#include "forms/mrz.h"

#include <string.h>

#define TODAY "2024-03-01"

/* Part 4, appendix A */
#define PASSPORT                                                                                   \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                                 \
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
/* Part 5, appendix A; and the example of a number of more than nine signs */
#define CARD                                                                                       \
  "I<UTOD231458907<<<<<<<<<<<<<<<\n"                                                               \
  "7408122F1204159UTO<<<<<<<<<<<6\n"                                                               \
  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define LONG_CARD                                                                                  \
  "I<UTOD23145890<7349<<<<<<<<<<<\n"                                                               \
  "3407127M9507122UTO<<<<<<<<<<<2\n"                                                               \
  "STEVENSON<<PETER<JOHN<<<<<<<<<"
/* Part 6, appendix A */
#define TD2                                                                                        \
  "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"                                                         \
  "D231458907UTO7408122F1204159<<<<<<<6"

static void
test_check_digit (void)
{
  g_assert_cmpint (jn_mrz_check_digit ("L898902C3", 9), ==, 6);
  g_assert_cmpint (jn_mrz_check_digit ("740812", 6), ==, 2);
  g_assert_cmpint (jn_mrz_check_digit ("120415", 6), ==, 9);
  g_assert_cmpint (jn_mrz_check_digit ("ZE184226B<<<<<", 14), ==, 1);
  g_assert_cmpint (jn_mrz_check_digit ("D23145890", 9), ==, 7);
  g_assert_cmpint (jn_mrz_check_digit ("", 0), ==, 0);
}

static void
check_specimen (const char *text,
                JnMrzFormat format,
                const char *type,
                const char *number,
                const char *optional)
{
  JnMrz mrz;

  g_assert_true (jn_mrz_parse (text, TODAY, &mrz));
  g_assert_cmpuint (mrz.faults, ==, 0);
  g_assert_cmpint (mrz.format, ==, format);
  g_assert_cmpstr (mrz.type, ==, type);
  g_assert_cmpstr (mrz.issuer, ==, "UTO");
  g_assert_cmpstr (mrz.nationality, ==, "UTO");
  g_assert_cmpstr (mrz.number, ==, number);
  g_assert_cmpstr (mrz.surname, ==, "ERIKSSON");
  g_assert_cmpstr (mrz.given, ==, "ANNA MARIA");
  g_assert_cmpstr (mrz.birth, ==, "1974-08-12");
  g_assert_cmpstr (mrz.sex, ==, "F");
  g_assert_cmpstr (mrz.expiry, ==, "2012-04-15");
  g_assert_cmpstr (mrz.optional, ==, optional);
}

static void
test_specimens (void)
{
  check_specimen (PASSPORT, JN_MRZ_TD3, "P", "L898902C3", "ZE184226B");
  check_specimen (CARD, JN_MRZ_TD1, "I", "D23145890", "");
  check_specimen (TD2, JN_MRZ_TD2, "I", "D23145890", "");
}

static void
test_long_number (void)
{
  JnMrz mrz;

  g_assert_true (jn_mrz_parse (LONG_CARD, TODAY, &mrz));
  g_assert_cmpuint (mrz.faults, ==, 0);
  g_assert_cmpstr (mrz.number, ==, "D23145890734");
  g_assert_cmpstr (mrz.optional, ==, "");
  g_assert_cmpstr (mrz.surname, ==, "STEVENSON");
  g_assert_cmpstr (mrz.birth, ==, "1934-07-12");
  g_assert_cmpstr (mrz.sex, ==, "M");
}

/* As a reader sends it: one line, small letters */
static void
test_loose (void)
{
  g_autofree char *small = g_ascii_strdown (PASSPORT, -1);
  g_autofree char *spaced = g_strconcat ("  ", small, "\r\n", NULL);

  check_specimen (spaced, JN_MRZ_TD3, "P", "L898902C3", "ZE184226B");
}

static guint
faults_with (gsize place, char sign)
{
  g_autofree char *text = g_strdup (PASSPORT);
  JnMrz mrz;

  text[place] = sign;
  g_assert_true (jn_mrz_parse (text, TODAY, &mrz));
  return mrz.faults;
}

/* Places in the second line begin at 45. */
static void
test_faults (void)
{
  g_assert_cmpuint (faults_with (45, 'K'), ==, JN_MRZ_FAULT_NUMBER | JN_MRZ_FAULT_COMPOSITE);
  g_assert_cmpuint (faults_with (45 + 14, '5'), ==, JN_MRZ_FAULT_BIRTH | JN_MRZ_FAULT_COMPOSITE);
  g_assert_cmpuint (faults_with (45 + 22, '3'), ==, JN_MRZ_FAULT_EXPIRY | JN_MRZ_FAULT_COMPOSITE);
  g_assert_cmpuint (faults_with (45 + 30, '2'), ==, JN_MRZ_FAULT_OPTIONAL | JN_MRZ_FAULT_COMPOSITE);
  g_assert_cmpuint (faults_with (45 + 43, '1'), ==, JN_MRZ_FAULT_COMPOSITE);
  g_assert_cmpuint (faults_with (45 + 9, '<'), ==, JN_MRZ_FAULT_NUMBER | JN_MRZ_FAULT_COMPOSITE);
  /* names and nationality have no check digit */
  g_assert_cmpuint (faults_with (6, 'X'), ==, 0);
  g_assert_cmpuint (faults_with (45 + 10, 'X'), ==, 0);
}

/* Every single wrong digit among those that are checked is noticed. */
static void
test_slips (void)
{
  static const gsize checked[]
      = { 1, 2, 3, 4, 5, 6, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26 };

  for (gsize i = 0; i < G_N_ELEMENTS (checked); i++)
    for (char digit = '0'; digit <= '9'; digit++)
      if (PASSPORT[45 + checked[i]] != digit)
        g_assert_cmpuint (faults_with (45 + checked[i], digit), !=, 0);
}

static void
check_dates (
    const char *birth, const char *expiry, const char *born, const char *until, guint faults)
{
  g_autofree char *text = g_strdup_printf ("I<UTOD231458907<<<<<<<<<<<<<<<%s%dF%s%dUTO<<<<<<<<<<<0"
                                           "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
                                           birth, jn_mrz_check_digit (birth, 6), expiry,
                                           jn_mrz_check_digit (expiry, 6));
  JnMrz mrz;

  g_assert_true (jn_mrz_parse (text, TODAY, &mrz));
  g_assert_cmpstr (mrz.birth, ==, born);
  g_assert_cmpstr (mrz.expiry, ==, until);
  g_assert_cmpuint (mrz.faults & ~(guint)JN_MRZ_FAULT_COMPOSITE, ==, faults);
}

/* Today is 2024-03-01. */
static void
test_centuries (void)
{
  check_dates ("240301", "340301", "2024-03-01", "2034-03-01", 0);
  check_dates ("240302", "440301", "1924-03-02", "2044-03-01", 0);
  check_dates ("000229", "450301", "2000-02-29", "1945-03-01", 0);
  check_dates ("990101", "990101", "1999-01-01", "1999-01-01", 0);
  check_dates ("991301", "300101", "", "2030-01-01", JN_MRZ_FAULT_DATE);
  check_dates ("990229", "300101", "", "2030-01-01", JN_MRZ_FAULT_DATE);
  /* unknown parts of a birth are filling; a card without end has no expiry */
  check_dates ("74<<<<", "<<<<<<", "", "", 0);
}

static void
test_not_zones (void)
{
  static const char *const texts[] = {
    "",
    "12345678",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    PASSPORT "<",
    "P<UTOERIKSSON<<ANNA*MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "1<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "陳大文",
  };
  g_autofree char *huge = g_strnfill (100000, '<');
  JnMrz mrz;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (jn_mrz_parse (texts[i], TODAY, &mrz));
  g_assert_false (jn_mrz_parse (huge, TODAY, &mrz));
}

/* A name that fills its field, and a person with one name. */
static void
test_names (void)
{
  JnMrz mrz;

  g_assert_true (jn_mrz_parse ("P<UTOABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM"
                               "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
                               TODAY, &mrz));
  g_assert_cmpstr (mrz.surname, ==, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM");
  g_assert_cmpstr (mrz.given, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/mrz/check-digit", test_check_digit);
  g_test_add_func ("/forms/mrz/specimens", test_specimens);
  g_test_add_func ("/forms/mrz/long-number", test_long_number);
  g_test_add_func ("/forms/mrz/loose", test_loose);
  g_test_add_func ("/forms/mrz/faults", test_faults);
  g_test_add_func ("/forms/mrz/slips", test_slips);
  g_test_add_func ("/forms/mrz/centuries", test_centuries);
  g_test_add_func ("/forms/mrz/not-zones", test_not_zones);
  g_test_add_func ("/forms/mrz/names", test_names);
  return g_test_run ();
}
