/* scan.c: what a scanner or a keyboard gave: a card, a passport, a ticket or a receipt. */
#include "app/scan.h"

#include <stdio.h>
#include <string.h>

/* -- numbers of identity documents --------------------------------------------------------------- */

/* Full-width signs to ASCII, upper case, only letters and digits (brackets, strokes, spaces go). */
static char *
squeeze (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString *out = g_string_new (NULL);

  for (const char *p = plain; p != NULL && *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (out, g_ascii_toupper (*p));
    else if ((guchar)*p >= 0x80)
      g_string_append_c (out, '?'); /* no number of ours has it: the shape will not fit */
  return g_string_free (out, FALSE);
}

static gboolean
all_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* Seven digits, first 1, 5 or 7; then a check sign 0-9 or A whose rule is not published. */
static const char *
check_bir (const char *n)
{
  if (strlen (n) != 8 || strchr ("157", n[0]) == NULL || !all_digits (n, 7))
    return "shape";
  return g_ascii_isdigit (n[7]) || n[7] == 'A' ? NULL : "shape";
}

/* One or two letters, six digits, check 0-9 or A: weights 9 … 2 over A=10 … Z=35, a missing first
 * letter counts as 36; modulo 11. */
static const char *
check_hkid (const char *n)
{
  gsize letters = g_ascii_isalpha (n[0]) + (g_ascii_isalpha (n[0]) && g_ascii_isalpha (n[1]));
  int sum = letters == 1 ? 9 * 36 : 0;
  int weight = letters == 1 ? 8 : 9;
  int rest;

  if (letters == 0 || strlen (n) != letters + 7 || !all_digits (n + letters, 6))
    return "shape";
  for (gsize i = 0; i < letters + 6; i++)
    sum += weight-- * (i < letters ? n[i] - 'A' + 10 : n[i] - '0');
  rest = (11 - sum % 11) % 11;
  if (!g_ascii_isdigit (n[letters + 6]) && n[letters + 6] != 'A')
    return "shape";
  return n[letters + 6] == (rest == 10 ? 'A' : '0' + rest) ? NULL : "check-digit";
}

/* GB 11643-1999: area 6, birth date 8, sequence 3, check. */
static const char *
check_mainland (const char *n)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int year, month, day;
  int sum = 0;

  if (strlen (n) != 18 || !all_digits (n, 17) || (!g_ascii_isdigit (n[17]) && n[17] != 'X')
      || sscanf (n + 6, "%4d%2d%2d", &year, &month, &day) != 3
      || !g_date_valid_dmy (day, month, year))
    return "shape";
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (n[i] - '0');
  return n[17] == "10X98765432"[sum % 11] ? NULL : "check-digit";
}

/* H or M, eight digits kept for life, on older prints two more that count the issues. */
static const char *
check_permit (const char *n)
{
  gsize length = strlen (n);

  if ((n[0] != 'H' && n[0] != 'M') || (length != 9 && length != 11))
    return "shape";
  return all_digits (n + 1, length - 1) ? NULL : "shape";
}

static const char *
check_other (const char *n)
{
  gsize length = strlen (n);

  return length >= 4 && length <= 24 && strchr (n, '?') == NULL ? NULL : "shape";
}

const char *
jn_scan_check_document (const char *kind, const char *number, char **normal)
{
  g_autofree char *n = squeeze (number);
  const char *fault;

  if (g_strcmp0 (kind, "bir") == 0)
    fault = check_bir (n);
  else if (g_strcmp0 (kind, "hkid") == 0)
    fault = check_hkid (n);
  else if (g_strcmp0 (kind, "mainland-id") == 0)
    fault = check_mainland (n);
  else if (g_strcmp0 (kind, "home-return-permit") == 0)
    fault = check_permit (n);
  else
    fault = check_other (n);
  if (normal != NULL)
    *normal = g_steal_pointer (&n);
  return fault;
}

/* -- machine-readable zones: ICAO Doc 9303 -------------------------------------------------------- */

typedef struct
{
  const char *text; /* the whole zone, lines joined */
  int weight;       /* of a running check */
  int sum;
} Check;

static int
value_of (char sign)
{
  if (g_ascii_isdigit (sign))
    return sign - '0';
  return g_ascii_isalpha (sign) ? sign - 'A' + 10 : 0;
}

static void
add_to_check (Check *check, const char *text, gsize length)
{
  static const int weights[] = { 7, 3, 1 };

  for (gsize i = 0; i < length; i++)
    check->sum += value_of (text[i]) * weights[check->weight++ % 3];
}

static gboolean
check_fits (const char *text, gsize length, char digit)
{
  Check check = { text, 0, 0 };

  add_to_check (&check, text, length);
  return check.sum % 10 == value_of (digit) && digit != '<';
}

/* Without filling at the end; inner < become spaces */
static char *
trim_field (const char *text, gsize length)
{
  char *field = g_strndup (text, length);

  g_strdelimit (field, "<", ' ');
  return g_strstrip (field);
}

/* YYMMDD; a birth is never in the future, an expiry at most 20 years ahead */
static char *
read_date (const char *text, const char *today, gboolean birth)
{
  int year, month, day;
  int now = atoi (today);

  if (!all_digits (text, 6) || sscanf (text, "%2d%2d%2d", &year, &month, &day) != 3)
    return NULL;
  year += now / 100 * 100;
  if (birth)
    {
      g_autofree char *full = g_strdup_printf ("%04d-%02d-%02d", year, month, day);

      if (strcmp (full, today) > 0)
        year -= 100;
    }
  else if (year > now + 20)
    year -= 100;
  if (!g_date_valid_dmy (day, month, year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

static void
read_names (JnScan *scan, const char *text, gsize length)
{
  g_autofree char *field = g_strndup (text, length);
  char *gap = strstr (field, "<<");

  scan->surname = trim_field (field, gap != NULL ? (gsize)(gap - field) : length);
  scan->given = gap != NULL ? trim_field (gap, strlen (gap)) : g_strdup ("");
}

/* A number of more than nine signs goes on in the optional field, its check digit after it. */
static gboolean
read_number (JnScan *scan, const char *field, const char *optional, gsize n_optional)
{
  gsize more;
  g_autofree char *whole = NULL;

  if (field[9] != '<')
    {
      scan->number = trim_field (field, 9);
      return check_fits (field, 9, field[9]);
    }
  for (more = 0; more < n_optional && optional[more] != '<'; more++)
    ;
  if (more < 2)
    {
      scan->number = trim_field (field, 9);
      return FALSE;
    }
  whole = g_strdup_printf ("%.9s%.*s", field, (int)more - 1, optional);
  scan->number = g_strdup (whole);
  return check_fits (whole, strlen (whole), optional[more - 1]);
}

static void
read_rest (JnScan *scan,
           const char *birth,
           const char *sex,
           const char *expiry,
           const char *nation,
           const char *today)
{
  scan->birth = read_date (birth, today, TRUE);
  scan->expiry = read_date (expiry, today, FALSE);
  scan->sex = g_strndup (*sex == '<' ? "X" : sex, 1);
  scan->nationality = trim_field (nation, 3);
  if (!check_fits (birth, 6, birth[6]) || !check_fits (expiry, 6, expiry[6]))
    scan->fault = "check-digit";
  else if (scan->birth == NULL)
    scan->fault = "date";
}

static gboolean
composite_fits (const char *digit,
                const char *a,
                gsize n_a,
                const char *b,
                gsize n_b,
                const char *c,
                gsize n_c,
                const char *d,
                gsize n_d)
{
  Check check = { NULL, 0, 0 };

  add_to_check (&check, a, n_a);
  add_to_check (&check, b, n_b);
  add_to_check (&check, c, n_c);
  add_to_check (&check, d, n_d);
  return check.sum % 10 == value_of (*digit);
}

/* Part 5: 3 × 30 */
static void
read_td1 (JnScan *scan, const char *z, const char *today)
{
  const char *second = z + 30;
  gboolean number = read_number (scan, z + 5, z + 15, 15);

  scan->issuer = trim_field (z + 2, 3);
  read_names (scan, z + 60, 30);
  read_rest (scan, second, second + 7, second + 8, second + 15, today);
  if (!number
      || !composite_fits (second + 29, z + 5, 25, second, 7, second + 8, 7, second + 18, 11))
    scan->fault = "check-digit";
}

/* Part 6: 2 × 36 */
static void
read_td2 (JnScan *scan, const char *z, const char *today)
{
  const char *second = z + 36;
  gboolean number = read_number (scan, second, second + 28, 7);

  scan->issuer = trim_field (z + 2, 3);
  read_names (scan, z + 5, 31);
  read_rest (scan, second + 13, second + 20, second + 21, second + 10, today);
  if (!number || !composite_fits (second + 35, second, 10, second + 13, 7, second + 21, 14, "", 0))
    scan->fault = "check-digit";
}

/* Part 4: 2 × 44 */
static void
read_td3 (JnScan *scan, const char *z, const char *today)
{
  const char *second = z + 44;
  gboolean number = read_number (scan, second, "", 0);

  scan->issuer = trim_field (z + 2, 3);
  read_names (scan, z + 5, 39);
  read_rest (scan, second + 13, second + 20, second + 21, second + 10, today);
  if (!number || !composite_fits (second + 43, second, 10, second + 13, 7, second + 21, 22, "", 0))
    scan->fault = "check-digit";
}

/* (nullable): the lines joined and in upper case when all its signs are those of a zone */
static char *
join_zone (const char *text)
{
  g_autoptr (GString) zone = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        continue;
      if (!g_ascii_isalnum (*p) && *p != '<')
        return NULL;
      g_string_append_c (zone, g_ascii_toupper (*p));
    }
  if (zone->len != 88 && zone->len != 90 && zone->len != 72)
    return NULL;
  return strchr (zone->str, '<') != NULL ? g_strdup (zone->str) : NULL;
}

/* A Macau card in TD1 carries the BIR number with its check sign. */
static const char *
kind_of_zone (const JnScan *scan, const char *zone)
{
  if (zone[0] == 'P')
    return "passport";
  if (g_strcmp0 (scan->issuer, "MAC") == 0 || g_strcmp0 (scan->issuer, "MO") == 0)
    return check_bir (scan->number) == NULL ? "bir" : "other";
  return "other";
}

static gboolean
scan_zone (JnScan *scan, const char *text, const char *today)
{
  g_autofree char *zone = join_zone (text);

  if (zone == NULL)
    return FALSE;
  scan->kind = JN_SCAN_MRZ;
  if (strlen (zone) == 88)
    read_td3 (scan, zone, today);
  else if (strlen (zone) == 90)
    read_td1 (scan, zone, today);
  else
    read_td2 (scan, zone, today);
  scan->document = kind_of_zone (scan, zone);
  return TRUE;
}

/* -- tickets, receipts, bare numbers --------------------------------------------------------------- */

/* A letter and three digits, as called out; or a slip's QR: janela:ticket:B011 */
static gboolean
scan_ticket (JnScan *scan, const char *text)
{
  const char *number = g_str_has_prefix (text, "janela:ticket:") ? text + 14 : text;

  if (number != text
      || (strlen (number) == 4 && g_ascii_isalpha (*number) && all_digits (number + 1, 3)))
    {
      scan->kind = JN_SCAN_TICKET;
      scan->number = g_ascii_strup (number, -1);
      return TRUE;
    }
  return FALSE;
}

/* The text of a receipt's QR, or its number: branch, year or terminal, serial */
static gboolean
scan_receipt (JnScan *scan, const char *text)
{
  gboolean sealed = g_str_has_prefix (text, "https://") && strstr (text, "/r#") != NULL;

  if (!sealed && !g_regex_match_simple ("^\\d{2}-(\\d{4}-\\d{7}|T\\d{2}-\\d{6})$", text, 0, 0))
    return FALSE;
  scan->kind = JN_SCAN_RECEIPT;
  scan->number = g_strdup (text);
  return TRUE;
}

static gboolean
scan_number (JnScan *scan, const char *text)
{
  static const char *const kinds[] = { "bir", "hkid", "mainland-id", "home-return-permit" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *normal = NULL;
      const char *fault = jn_scan_check_document (kinds[i], text, &normal);

      if (g_strcmp0 (fault, "shape") == 0)
        continue;
      scan->kind = JN_SCAN_DOCUMENT;
      scan->document = kinds[i];
      scan->number = g_steal_pointer (&normal);
      scan->fault = fault;
      return TRUE;
    }
  return FALSE;
}

JnScan *
jn_scan_parse (const char *text, const char *today)
{
  JnScan *scan = g_new0 (JnScan, 1);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  g_return_val_if_fail (text != NULL && today != NULL, scan);
  if (*trimmed == '\0' || scan_zone (scan, trimmed, today) || scan_receipt (scan, trimmed)
      || scan_ticket (scan, trimmed) || scan_number (scan, trimmed))
    return scan;
  scan->kind = JN_SCAN_NOTHING;
  return scan;
}

void
jn_scan_free (JnScan *scan)
{
  if (scan == NULL)
    return;
  g_free (scan->number);
  g_free (scan->issuer);
  g_free (scan->nationality);
  g_free (scan->surname);
  g_free (scan->given);
  g_free (scan->birth);
  g_free (scan->sex);
  g_free (scan->expiry);
  g_free (scan);
}
