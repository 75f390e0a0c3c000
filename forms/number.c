/* number.c: shortest decimals without exponent, and back. */
#include "forms/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_EXACT 9007199254740992.0 /* 2^53: integers up to here are exact in a double */

static const double powers[]
    = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

static gsize
write_integer (guint64 number, char *text)
{
  char digits[24];
  gsize n = 0;

  do
    digits[n++] = '0' + number % 10;
  while ((number /= 10) > 0);
  for (gsize i = 0; i < n; i++)
    text[i] = digits[n - 1 - i];
  text[n] = '\0';
  return n;
}

/* digits × 10^-decimals, digits < 2^53 */
static gsize
write_scaled (guint64 digits, guint decimals, char *text)
{
  char all[24];
  gsize n = write_integer (digits, all), whole;

  if (decimals == 0)
    return write_integer (digits, text);
  whole = n > decimals ? n - decimals : 0;
  if (whole > 0)
    memcpy (text, all, whole);
  else
    text[whole++] = '0';
  text[whole++] = '.';
  for (guint zeros = n < decimals ? decimals - n : 0; zeros > 0; zeros--)
    text[whole++] = '0';
  n = MIN (n, decimals);
  memcpy (text + whole, all + strlen (all) - n, n);
  text[whole + n] = '\0';
  return whole + n;
}

/* Most numbers of forms have few decimals: r / 10^k is rounded once, so it reads back as @number
 * exactly when it is @number. */
static gsize
write_short (double number, char *text)
{
  for (guint decimals = 0; decimals <= 6; decimals++)
    {
      double digits = nearbyint (number * powers[decimals]);

      if (digits >= MAX_EXACT)
        return 0;
      if (digits / powers[decimals] == number)
        return write_scaled ((guint64)digits, decimals, text);
    }
  return 0;
}

/* Writes the digits of "d.ddde±xx" without the exponent. */
static gsize
expand (const char *scientific, char *text)
{
  char digits[24];
  gsize n = 0, length = 0;
  int exponent = atoi (strchr (scientific, 'e') + 1);

  for (const char *at = scientific; *at != 'e'; at++)
    if (*at != '.' && *at != ',')
      digits[n++] = *at;
  while (n > 1 && digits[n - 1] == '0')
    n--;
  if (exponent < 0)
    {
      text[length++] = '0';
      text[length++] = '.';
      for (int i = -1; i > exponent; i--)
        text[length++] = '0';
    }
  for (gsize i = 0; i < n; i++)
    {
      if (exponent >= 0 && (int)i == exponent + 1)
        text[length++] = '.';
      text[length++] = digits[i];
    }
  for (int i = (int)n; i <= exponent; i++)
    text[length++] = '0';
  text[length] = '\0';
  return length;
}

static gsize
write_long (double number, char *text)
{
  char scientific[40];

  for (int digits = 15; digits <= 17; digits++)
    {
      g_ascii_formatd (scientific, sizeof scientific,
                       digits == 15   ? "%.14e"
                       : digits == 16 ? "%.15e"
                                      : "%.16e",
                       number);
      if (digits == 17 || g_ascii_strtod (scientific, NULL) == number)
        break;
    }
  return expand (scientific, text);
}

gsize
jn_number_to_text (double number, char text[JN_NUMBER_TEXT_MAX])
{
  gsize sign = 0, length;

  if (isnan (number))
    return g_strlcpy (text, "NaN", JN_NUMBER_TEXT_MAX);
  if (number < 0)
    {
      text[sign++] = '-';
      number = -number;
    }
  if (isinf (number))
    return sign + g_strlcpy (text + sign, "Infinity", JN_NUMBER_TEXT_MAX - sign);
  length = write_short (number == 0 ? 0 : number, text + sign);
  if (length == 0)
    length = write_long (number, text + sign);
  return sign + length;
}

static const char *
skip_space (const char *text)
{
  while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r')
    text++;
  return text;
}

double
jn_number_from_text (const char *text)
{
  const char *start = skip_space (text), *at = start, *end;
  guint64 digits = 0;
  guint n = 0, decimals = 0;
  gboolean negative = *at == '-', point = FALSE;
  double number;

  for (at += negative; g_ascii_isdigit (*at) || (*at == '.' && !point); at++)
    {
      if (*at == '.')
        {
          point = TRUE;
          continue;
        }
      decimals += point;
      if (++n <= 18)
        digits = digits * 10 + (guint64)(*at - '0');
    }
  end = at;
  if (n == 0 || *skip_space (end) != '\0')
    return NAN;
  if (n <= 15 && decimals <= 22)
    number = decimals == 0 ? (double)digits : (double)digits / powers[decimals];
  else
    return g_ascii_strtod (start, NULL);
  return negative ? -number : number;
}
