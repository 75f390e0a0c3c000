/* mrz.c: reading a machine-readable zone and testing its check digits. */
#include "forms/mrz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- check digits ------------------------------------------------------------------------------ */

static int
value_of (char sign)
{
  if (g_ascii_isdigit (sign))
    return sign - '0';
  return g_ascii_isupper (sign) ? sign - 'A' + 10 : 0;
}

int
jn_mrz_check_digit (const char *text, gsize length)
{
  static const int weights[] = { 7, 3, 1 };
  int sum = 0;

  for (gsize i = 0; i < length; i++)
    sum += value_of (text[i]) * weights[i % 3];
  return sum % 10;
}

static gboolean
fits (const char *text, gsize length, char digit)
{
  return g_ascii_isdigit (digit) && jn_mrz_check_digit (text, length) == digit - '0';
}

/* ---- fields ------------------------------------------------------------------------------------ */

/* Without the filling around; inside it is a space. */
static void
copy_field (char *to, gsize room, const char *from, gsize length)
{
  gsize n = 0;

  while (length > 0 && from[length - 1] == '<')
    length--;
  for (; length > 0 && *from == '<'; from++)
    length--;
  for (; n < length && n + 1 < room; n++)
    to[n] = from[n] == '<' ? ' ' : from[n];
  to[n] = '\0';
}

static void
read_names (JnMrz *mrz, const char *field, gsize length)
{
  const char *gap = g_strstr_len (field, (gssize)length, "<<");
  gsize surname = gap == NULL ? length : (gsize)(gap - field);

  copy_field (mrz->surname, sizeof mrz->surname, field, surname);
  copy_field (mrz->given, sizeof mrz->given, field + surname, length - surname);
}

/* Two digits of a year, by what a birth or an expiry can be. */
static int
whole_year (int year, int month, int day, const char *today, gboolean birth)
{
  int this_year = atoi (today);
  char date[16];

  year += this_year / 100 * 100;
  if (!birth)
    return year > this_year + 20 ? year - 100 : year <= this_year - 80 ? year + 100 : year;
  g_snprintf (date, sizeof date, "%04d-%02d-%02d", year, month, day);
  return strcmp (date, today) > 0 ? year - 100 : year;
}

static void
read_date (char date[11], const char *field, const char *today, gboolean birth)
{
  int year, month, day;

  date[0] = '\0';
  for (int i = 0; i < 6; i++)
    if (!g_ascii_isdigit (field[i]))
      return;
  sscanf (field, "%2d%2d%2d", &year, &month, &day);
  year = whole_year (year, month, day, today, birth);
  if (year > 0 && g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    g_snprintf (date, 11, "%04d-%02d-%02d", year, month, day);
}

/* A number of more than nine signs leaves its check place empty and goes on at the start of the
 * optional field, its check digit last. Returns: how much of the optional field it took */
static gsize
read_number (JnMrz *mrz, const char *field, const char *optional, gsize n_optional)
{
  char whole[32];
  gsize more = 0;

  while (field[9] == '<' && more < n_optional && optional[more] != '<')
    more++;
  if (more < 2)
    {
      copy_field (mrz->number, sizeof mrz->number, field, 9);
      if (!fits (field, 9, field[9]))
        mrz->faults |= JN_MRZ_FAULT_NUMBER;
      return 0;
    }
  g_snprintf (whole, sizeof whole, "%.9s%.*s", field, (int)more - 1, optional);
  copy_field (mrz->number, sizeof mrz->number, whole, strlen (whole));
  if (!fits (whole, strlen (whole), optional[more - 1]))
    mrz->faults |= JN_MRZ_FAULT_NUMBER;
  return more;
}

/* Birth 6 + check, sex, expiry 6 + check: together in all three formats. */
static void
read_person (JnMrz *mrz, const char *field, const char *today)
{
  read_date (mrz->birth, field, today, TRUE);
  read_date (mrz->expiry, field + 8, today, FALSE);
  mrz->sex[0] = field[7] == 'M' || field[7] == 'F' ? field[7] : 'X';
  if (!fits (field, 6, field[6]))
    mrz->faults |= JN_MRZ_FAULT_BIRTH;
  else if (mrz->birth[0] == '\0' && g_ascii_isdigit (field[0]) && g_ascii_isdigit (field[5]))
    mrz->faults |= JN_MRZ_FAULT_DATE;
  if (!fits (field + 8, 6, field[14]))
    mrz->faults |= JN_MRZ_FAULT_EXPIRY;
}

static void
check_composite (JnMrz *mrz, const char *signs, char digit)
{
  if (!fits (signs, strlen (signs), digit))
    mrz->faults |= JN_MRZ_FAULT_COMPOSITE;
}

static void
read_head (JnMrz *mrz, const char *zone)
{
  copy_field (mrz->type, sizeof mrz->type, zone, 2);
  copy_field (mrz->issuer, sizeof mrz->issuer, zone + 2, 3);
}

/* Part 5 */
static void
read_td1 (JnMrz *mrz, const char *zone, const char *today)
{
  const char *second = zone + 30;
  char signs[64];
  gsize taken = read_number (mrz, zone + 5, zone + 15, 15);

  mrz->format = JN_MRZ_TD1;
  read_person (mrz, second, today);
  copy_field (mrz->nationality, sizeof mrz->nationality, second + 15, 3);
  copy_field (mrz->optional, sizeof mrz->optional, zone + 15 + taken, 15 - taken);
  read_names (mrz, zone + 60, 30);
  g_snprintf (signs, sizeof signs, "%.25s%.7s%.7s%.11s", zone + 5, second, second + 8, second + 18);
  check_composite (mrz, signs, second[29]);
}

/* Part 6 */
static void
read_td2 (JnMrz *mrz, const char *zone, const char *today)
{
  const char *second = zone + 36;
  char signs[64];
  gsize taken = read_number (mrz, second, second + 28, 7);

  mrz->format = JN_MRZ_TD2;
  read_person (mrz, second + 13, today);
  copy_field (mrz->nationality, sizeof mrz->nationality, second + 10, 3);
  copy_field (mrz->optional, sizeof mrz->optional, second + 28 + taken, 7 - taken);
  read_names (mrz, zone + 5, 31);
  g_snprintf (signs, sizeof signs, "%.10s%.7s%.14s", second, second + 13, second + 21);
  check_composite (mrz, signs, second[35]);
}

/* Part 4; the optional field's check may be filling when the field is empty. */
static void
read_td3 (JnMrz *mrz, const char *zone, const char *today)
{
  const char *second = zone + 44;
  char signs[64];

  mrz->format = JN_MRZ_TD3;
  read_number (mrz, second, "", 0);
  read_person (mrz, second + 13, today);
  copy_field (mrz->nationality, sizeof mrz->nationality, second + 10, 3);
  copy_field (mrz->optional, sizeof mrz->optional, second + 28, 14);
  read_names (mrz, zone + 5, 39);
  if (!fits (second + 28, 14, second[42]) && !(mrz->optional[0] == '\0' && second[42] == '<'))
    mrz->faults |= JN_MRZ_FAULT_OPTIONAL;
  g_snprintf (signs, sizeof signs, "%.10s%.7s%.22s", second, second + 13, second + 21);
  check_composite (mrz, signs, second[43]);
}

/* ---- the zone ---------------------------------------------------------------------------------- */

/* The lines joined. Returns: their length, 0 when something in them is no sign of a zone */
static gsize
join_lines (const char *text, char zone[91])
{
  gsize n = 0;

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isspace (*text))
        continue;
      if (n == 90 || (!g_ascii_isalnum (*text) && *text != '<'))
        return 0;
      zone[n++] = g_ascii_toupper (*text);
    }
  zone[n] = '\0';
  return n;
}

gboolean
jn_mrz_parse (const char *text, const char *today, JnMrz *mrz)
{
  char zone[91];
  gsize length = join_lines (text, zone);

  *mrz = (JnMrz){ 0 };
  if ((length != 90 && length != 88 && length != 72) || !g_ascii_isupper (zone[0]))
    return FALSE;
  read_head (mrz, zone);
  if (length == 90)
    read_td1 (mrz, zone, today);
  else if (length == 88)
    read_td3 (mrz, zone, today);
  else
    read_td2 (mrz, zone, today);
  return TRUE;
}
