/* test-number.c: numbers as text and back. */
#include "forms/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
test_to_text (void)
{
  static const struct
  {
    double number;
    const char *text;
  } table[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 1, "1" },
    { -1, "-1" },
    { 7507, "7507" },
    { 0.1, "0.1" },
    { -0.25, "-0.25" },
    { 123456789012.0, "123456789012" },
    { 1e21, "1000000000000000000000" },
    { 1.5e300 / 1.5e300, "1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" },
    { 100.0 / 3, "33.333333333333336" },
    { 1e-7, "0.0000001" },
    { 1.23e-18, "0.00000000000000000123" },
    { 12345678.9, "12345678.9" },
    { 9007199254740993.0, "9007199254740992" },
    { 0.000001, "0.000001" },
    { 1234567.891, "1234567.891" },
    { 5e-324, NULL },
    { 1.7976931348623157e308, NULL },
  };
  char text[JN_NUMBER_TEXT_MAX];

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize length = jn_number_to_text (table[i].number, text);

      g_assert_cmpuint (length, ==, strlen (text));
      if (table[i].text != NULL)
        g_assert_cmpstr (text, ==, table[i].text);
      g_assert_null (strchr (text, 'e'));
      g_assert_true (g_ascii_strtod (text, NULL) == table[i].number);
    }
  jn_number_to_text (NAN, text);
  g_assert_cmpstr (text, ==, "NaN");
  jn_number_to_text (INFINITY, text);
  g_assert_cmpstr (text, ==, "Infinity");
  jn_number_to_text (-INFINITY, text);
  g_assert_cmpstr (text, ==, "-Infinity");
}

/* Whatever bits a number has, it reads back the same. */
static void
test_round_trip (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (1);
  char text[JN_NUMBER_TEXT_MAX];

  for (int i = 0; i < 20000; i++)
    {
      guint64 bits = (guint64)g_rand_int (random) << 32 | g_rand_int (random);
      double number;

      memcpy (&number, &bits, sizeof number);
      if (!isfinite (number))
        continue;
      jn_number_to_text (number, text);
      g_assert_true (g_ascii_strtod (text, NULL) == number);
      g_assert_true (jn_number_from_text (text) == number);
    }
}

static void
test_from_text (void)
{
  static const struct
  {
    const char *text;
    double number;
  } table[] = {
    { "0", 0 },
    { "12", 12 },
    { "-12.5", -12.5 },
    { ".5", 0.5 },
    { "5.", 5 },
    { " \t\n 7 \r", 7 },
    { "0.000000000000000000000000000001", 1e-30 },
    { "123456789012345678901234567890", 123456789012345678901234567890.0 },
    { "0.30000000000000004", 0.30000000000000004 },
    { "007", 7 },
  };
  static const char *const wrong[]
      = { "",    " ",   ".",     "-",        "--1", "+1", "1.1e6", "1e3", "0x10",
          "1 2", "1,5", "1.2.3", "Infinity", "NaN", "x",  "1x",    "- 1", "１" };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_true (jn_number_from_text (table[i].text) == table[i].number);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("\"%s\"", wrong[i]);
      g_assert_true (isnan (jn_number_from_text (wrong[i])));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/number/to-text", test_to_text);
  g_test_add_func ("/forms/number/round-trip", test_round_trip);
  g_test_add_func ("/forms/number/from-text", test_from_text);
  return g_test_run ();
}
