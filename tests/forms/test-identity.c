/* test-identity.c: numbers of people, cars and money, by published examples. */
#include "forms/identity.h"

#include <string.h>

typedef JnIdentityFault (*Check) (const char *text, char **normal);

typedef struct
{
  const char *name;
  Check check;
  const char *text;
  JnIdentityFault fault;
  const char *normal;
} Vector;

static const Vector vectors[] = {
  { "bir", jn_bir_check, "1234567(8)", JN_IDENTITY_FITS, "12345678" },
  { "bir", jn_bir_check, "12345678", JN_IDENTITY_FITS, "12345678" },
  { "bir", jn_bir_check, "1/234567/8", JN_IDENTITY_FITS, "12345678" },
  { "bir", jn_bir_check, " 7234567 （Ａ） ", JN_IDENTITY_FITS, "7234567A" },
  { "bir", jn_bir_check, "５２３４５６７（０）", JN_IDENTITY_FITS, "52345670" },
  { "bir", jn_bir_check, "2234567(8)", JN_IDENTITY_SHAPE, "" },
  { "bir", jn_bir_check, "123456(7)", JN_IDENTITY_SHAPE, "" },
  { "bir", jn_bir_check, "1234567(B)", JN_IDENTITY_SHAPE, "" },
  { "bir", jn_bir_check, "12345678澳", JN_IDENTITY_SHAPE, "" },
  { "bir", jn_bir_check, "", JN_IDENTITY_SHAPE, "" },
  { "hkid", jn_hkid_check, "A123456(3)", JN_IDENTITY_FITS, "A1234563" },
  { "hkid", jn_hkid_check, "H856249(2)", JN_IDENTITY_FITS, "H8562492" },
  { "hkid", jn_hkid_check, "h856249(2)", JN_IDENTITY_FITS, "H8562492" },
  { "hkid", jn_hkid_check, "H856049(A)", JN_IDENTITY_FITS, "H856049A" },
  { "hkid", jn_hkid_check, "Z683365(A)", JN_IDENTITY_FITS, "Z683365A" },
  { "hkid", jn_hkid_check, "A123456(4)", JN_IDENTITY_CHECK, "A1234564" },
  { "hkid", jn_hkid_check, "Z683365(5)", JN_IDENTITY_CHECK, "Z6833655" },
  { "hkid", jn_hkid_check, "ABC123456(3)", JN_IDENTITY_SHAPE, "" },
  { "hkid", jn_hkid_check, "A12345(3)", JN_IDENTITY_SHAPE, "" },
  { "hkid", jn_hkid_check, "A123456(B)", JN_IDENTITY_SHAPE, "" },
  /* two letters: 10×9 + 11×8 + 1×7 + 2×6 + 3×5 + 4×4 + 5×3 + 6×2 = 255; 255 mod 11 = 2; 9 */
  { "hkid", jn_hkid_check, "AB123456(9)", JN_IDENTITY_FITS, "AB1234569" },
  { "mainland", jn_mainland_id_check, "11010519491231002X", JN_IDENTITY_FITS,
    "11010519491231002X" },
  { "mainland", jn_mainland_id_check, "110105 19491231 002x", JN_IDENTITY_FITS,
    "11010519491231002X" },
  { "mainland", jn_mainland_id_check, "440524188001010014", JN_IDENTITY_FITS,
    "440524188001010014" },
  { "mainland", jn_mainland_id_check, "820000199001010010", JN_IDENTITY_FITS,
    "820000199001010010" },
  { "mainland", jn_mainland_id_check, "110105194912310021", JN_IDENTITY_CHECK,
    "110105194912310021" },
  /* a right check sign, and no such day: 31 February 1949 */
  { "mainland", jn_mainland_id_check, "110105194902310026", JN_IDENTITY_CHECK,
    "110105194902310026" },
  { "mainland", jn_mainland_id_check, "1101051949123100", JN_IDENTITY_SHAPE, "" },
  { "mainland", jn_mainland_id_check, "X1010519491231002X", JN_IDENTITY_SHAPE, "" },
  { "permit", jn_home_return_permit_check, "M12345678", JN_IDENTITY_FITS, "M12345678" },
  { "permit", jn_home_return_permit_check, "h12345678 01", JN_IDENTITY_FITS, "H1234567801" },
  { "permit", jn_home_return_permit_check, "M1234567", JN_IDENTITY_SHAPE, "" },
  { "permit", jn_home_return_permit_check, "C12345678", JN_IDENTITY_SHAPE, "" },
  { "passport", jn_passport_check, "ma1234567", JN_IDENTITY_FITS, "MA1234567" },
  { "passport", jn_passport_check, "E12345678", JN_IDENTITY_FITS, "E12345678" },
  { "passport", jn_passport_check, "L898902C3", JN_IDENTITY_FITS, "L898902C3" },
  { "passport", jn_passport_check, "ABCDEF", JN_IDENTITY_SHAPE, "" },
  { "passport", jn_passport_check, "1234", JN_IDENTITY_SHAPE, "" },
  { "passport", jn_passport_check, "1234567890", JN_IDENTITY_SHAPE, "" },
  { "phone", jn_phone_check, "6612 3456", JN_IDENTITY_FITS, "+85366123456" },
  { "phone", jn_phone_check, "2853 2850", JN_IDENTITY_FITS, "+85328532850" },
  { "phone", jn_phone_check, "+853 8866-8866", JN_IDENTITY_FITS, "+85388668866" },
  { "phone", jn_phone_check, "00853 6612 3456", JN_IDENTITY_FITS, "+85366123456" },
  { "phone", jn_phone_check, "(853) 66123456", JN_IDENTITY_FITS, "+85366123456" },
  { "phone", jn_phone_check, "６６１２３４５６", JN_IDENTITY_FITS, "+85366123456" },
  { "phone", jn_phone_check, "13812345678", JN_IDENTITY_FITS, "+8613812345678" },
  { "phone", jn_phone_check, "+86 138 1234 5678", JN_IDENTITY_FITS, "+8613812345678" },
  { "phone", jn_phone_check, "+852 9123 4567", JN_IDENTITY_FITS, "+85291234567" },
  { "phone", jn_phone_check, "+351 912 345 678", JN_IDENTITY_FITS, "+351912345678" },
  { "phone", jn_phone_check, "9123 4567", JN_IDENTITY_SHAPE, "" },
  { "phone", jn_phone_check, "6612 345", JN_IDENTITY_SHAPE, "" },
  { "phone", jn_phone_check, "+853 5123 4567", JN_IDENTITY_SHAPE, "" },
  { "phone", jn_phone_check, "+86 2812345678", JN_IDENTITY_SHAPE, "" },
  { "phone", jn_phone_check, "66+123456", JN_IDENTITY_SHAPE, "" },
  { "phone", jn_phone_check, "", JN_IDENTITY_SHAPE, "" },
  { "plate", jn_plate_check, "ma 12 34", JN_IDENTITY_FITS, "MA-12-34" },
  { "plate", jn_plate_check, "M-12-34", JN_IDENTITY_FITS, "M-12-34" },
  { "plate", jn_plate_check, "AB1234", JN_IDENTITY_FITS, "AB-12-34" },
  { "plate", jn_plate_check, "CM-12345", JN_IDENTITY_FITS, "CM-12345" },
  { "plate", jn_plate_check, "CM-7", JN_IDENTITY_FITS, "CM-7" },
  { "plate", jn_plate_check, "AA-12-34", JN_IDENTITY_FITS, "AA-12-34" },
  { "plate", jn_plate_check, "MZ-12-34", JN_IDENTITY_FITS, "MZ-12-34" },
  { "plate", jn_plate_check, "MA-00-01", JN_IDENTITY_FITS, "MA-00-01" }, /* the government's */
  { "plate", jn_plate_check, "M-183", JN_IDENTITY_SHAPE, "" }, /* the earliest: a form only warns */
  { "plate", jn_plate_check, "CM-0123", JN_IDENTITY_SHAPE, "" },
  { "plate", jn_plate_check, "A-12-34", JN_IDENTITY_SHAPE, "" },
  { "plate", jn_plate_check, "BA-12-34", JN_IDENTITY_SHAPE, "" },
  { "plate", jn_plate_check, "MA-12-345", JN_IDENTITY_SHAPE, "" },
};

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autofree char *normal = NULL;

  g_test_message ("%s", vector->text);
  g_assert_cmpint (vector->check (vector->text, &normal), ==, vector->fault);
  g_assert_cmpstr (normal, ==, vector->normal);
  g_assert_cmpint (vector->check (vector->text, NULL), ==, vector->fault);
}

/* Each mistyped digit and each exchange of neighbours is noticed: what check signs are for. */
static void
test_slips (void)
{
  static const char number[] = "11010519491231002X";

  for (gsize i = 0; i < 17; i++)
    for (char digit = '0'; digit <= '9'; digit++)
      {
        char slip[sizeof number];

        memcpy (slip, number, sizeof number);
        slip[i] = digit;
        if (digit != number[i])
          g_assert_cmpint (jn_mainland_id_check (slip, NULL), ==, JN_IDENTITY_CHECK);
      }
}

static void
test_mainland_read (void)
{
  int year, month, day;
  char sex;

  g_assert_true (jn_mainland_id_read ("11010519491231002X", &year, &month, &day, &sex));
  g_assert_cmpint (year * 10000 + month * 100 + day, ==, 19491231);
  g_assert_cmpint (sex, ==, 'F');
  g_assert_true (jn_mainland_id_read ("820000199001010010", &year, &month, &day, &sex));
  g_assert_cmpint (sex, ==, 'M');
  g_assert_false (jn_mainland_id_read ("820000199001010011", &year, &month, &day, &sex));
}

static void
check_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_format (void)
{
  check_text (jn_bir_format ("12345678"), "1234567(8)");
  check_text (jn_bir_format ("no"), "no");
  check_text (jn_phone_format ("+85366123456"), "6612 3456");
  check_text (jn_phone_format ("+85291234567"), "+852 9123 4567");
  check_text (jn_phone_format ("+8613812345678"), "+86 13812345678");
  check_text (jn_phone_format ("+351912345678"), "+351912345678");
  check_text (jn_phone_format ("none"), "none");
}

static void
test_money (void)
{
  check_text (jn_money_format (0, NULL), "MOP 0.00");
  check_text (jn_money_format (5, "en"), "MOP 0.05");
  check_text (jn_money_format (9000, "zh-Hant"), "MOP 90.00");
  check_text (jn_money_format (123456789, "en"), "MOP 1,234,567.89");
  check_text (jn_money_format (240000, "pt"), "MOP 2.400,00");
  check_text (jn_money_format (240000, "Português (pt)"), "MOP 2.400,00");
  check_text (jn_money_format (-150050, "en"), "MOP -1,500.50");
  check_text (jn_money_format (G_MININT64, "en"), "MOP -92,233,720,368,547,758.08");
}

/* The Social Security Fund's own address, as its pages print it in both languages. */
static void
test_address (void)
{
  const JnAddress zh = { "macau", "黑沙環新街", "52", "", "1樓P區" };
  const JnAddress pt = { "macau", "Rua Nova da Areia Preta", "52", "", "1.º andar, Área P" };
  const JnAddress range = { "taipa", "Avenida Exemplo", "762-804", "Edf. Exemplo, Bl. 2", "3.º A" };
  const JnAddress bare = { "coloane", NULL, NULL, "Casa Exemplo", NULL };

  check_text (jn_address_format (&zh, "zh-Hant"), "澳門黑沙環新街52號1樓P區");
  check_text (jn_address_format (&pt, "pt"),
              "Rua Nova da Areia Preta, n.º 52, 1.º andar, Área P, Macau");
  check_text (jn_address_format (&range, "pt"),
              "Avenida Exemplo, n.os 762-804, Edf. Exemplo, Bl. 2, 3.º A, Taipa");
  check_text (jn_address_format (&range, "en"),
              "3.º A, Edf. Exemplo, Bl. 2, 762-804 Avenida Exemplo, Taipa");
  check_text (jn_address_format (&bare, "zh-Hant"), "路環Casa Exemplo");
  check_text (jn_address_format (&bare, "en"), "Casa Exemplo, Coloane");
}

static void
test_names (void)
{
  static const char *const chinese[] = { "陳大文", "歐陽小明", "𠮷田",
                                         "葛\xf3\xa0\x84\x80"
                                         "城",
                                         "阿依古麗·買買提" };
  static const char *const not_chinese[] = { "", "CHAN", "陳A", "陳 大文", "·陳", "123" };
  static const char *const latin[]
      = { "CHAN TAI MAN", "João d'Assunção", "Maria-José", "Silva Jr.", "O’Neil" };
  static const char *const not_latin[] = { "", " ", "陳", "Ana1", "-Ana", "Ana@" };

  for (gsize i = 0; i < G_N_ELEMENTS (chinese); i++)
    g_assert_true (jn_name_is_chinese (chinese[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (not_chinese); i++)
    g_assert_false (jn_name_is_chinese (not_chinese[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (latin); i++)
    g_assert_true (jn_name_is_latin (latin[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (not_latin); i++)
    g_assert_false (jn_name_is_latin (not_latin[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *name
          = g_strdup_printf ("/forms/identity/%s/%" G_GSIZE_FORMAT, vectors[i].name, i);

      g_test_add_data_func (name, &vectors[i], test_vector);
    }
  g_test_add_func ("/forms/identity/slips", test_slips);
  g_test_add_func ("/forms/identity/mainland-read", test_mainland_read);
  g_test_add_func ("/forms/identity/format", test_format);
  g_test_add_func ("/forms/identity/money", test_money);
  g_test_add_func ("/forms/identity/address", test_address);
  g_test_add_func ("/forms/identity/names", test_names);
  return g_test_run ();
}
