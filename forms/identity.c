/* identity.c: shapes and check signs. */
#include "forms/identity.h"

#include <stdio.h>
#include <string.h>

/* ---- reading ----------------------------------------------------------------------------------- */

/* Full-width signs become narrow, letters capitals; what is neither letter nor digit goes, unless it
 * stands in @kept. */
static char *
squeeze (const char *text, const char *kept)
{
  g_autofree char *narrow
      = g_utf8_validate (text, -1, NULL) ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL) : NULL;
  GString *out = g_string_new (NULL);

  for (const char *at = narrow; at != NULL && *at != '\0'; at++)
    if (g_ascii_isalnum (*at) || (*at != ' ' && strchr (kept, *at) != NULL))
      g_string_append_c (out, g_ascii_toupper (*at));
    else if ((guchar)*at >= 0x80)
      g_string_append_c (out, '?'); /* no number has it: the shape will not fit */
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

/* Hands @text over as the normal form, if it has the shape. */
static JnIdentityFault
finish (JnIdentityFault fault, char *text, char **normal)
{
  g_autofree char *owned = text;

  if (normal != NULL)
    *normal = fault == JN_IDENTITY_SHAPE ? g_strdup ("") : g_steal_pointer (&owned);
  return fault;
}

/* ---- people ------------------------------------------------------------------------------------ */

static JnIdentityFault
bir_fault (const char *n)
{
  if (strlen (n) != 8 || strchr ("157", n[0]) == NULL || !all_digits (n, 7))
    return JN_IDENTITY_SHAPE;
  return g_ascii_isdigit (n[7]) || n[7] == 'A' ? JN_IDENTITY_FITS : JN_IDENTITY_SHAPE;
}

JnIdentityFault
jn_bir_check (const char *text, char **normal)
{
  char *n = squeeze (text, "");

  return finish (bir_fault (n), n, normal);
}

char *
jn_bir_format (const char *text)
{
  g_autofree char *n = NULL;

  if (jn_bir_check (text, &n) != JN_IDENTITY_FITS)
    return g_strdup (text);
  return g_strdup_printf ("%.7s(%c)", n, n[7]);
}

/* Weights 9 to 2 over letters (A is 10, Z is 35) and digits; a missing first letter counts 36. The
 * check makes the sum a multiple of 11; 10 is written A. */
static JnIdentityFault
hkid_fault (const char *n)
{
  gsize letters = 0;
  int sum, weight, check;

  while (letters < 2 && g_ascii_isalpha (n[letters]))
    letters++;
  if (letters == 0 || strlen (n) != letters + 7 || !all_digits (n + letters, 6))
    return JN_IDENTITY_SHAPE;
  if (!g_ascii_isdigit (n[letters + 6]) && n[letters + 6] != 'A')
    return JN_IDENTITY_SHAPE;
  sum = letters == 1 ? 9 * 36 : 0;
  weight = letters == 1 ? 8 : 9;
  for (gsize i = 0; i < letters + 6; i++)
    sum += weight-- * (i < letters ? n[i] - 'A' + 10 : n[i] - '0');
  check = (11 - sum % 11) % 11;
  return n[letters + 6] == (check == 10 ? 'A' : '0' + check) ? JN_IDENTITY_FITS : JN_IDENTITY_CHECK;
}

JnIdentityFault
jn_hkid_check (const char *text, char **normal)
{
  char *n = squeeze (text, "");

  return finish (hkid_fault (n), n, normal);
}

static JnIdentityFault
mainland_fault (const char *n)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
  int year, month, day, sum = 0;

  if (strlen (n) != 18 || !all_digits (n, 17) || (!g_ascii_isdigit (n[17]) && n[17] != 'X'))
    return JN_IDENTITY_SHAPE;
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (n[i] - '0');
  if (n[17] != "10X98765432"[sum % 11])
    return JN_IDENTITY_CHECK;
  if (sscanf (n + 6, "%4d%2d%2d", &year, &month, &day) != 3 || year == 0
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return JN_IDENTITY_CHECK;
  return JN_IDENTITY_FITS;
}

JnIdentityFault
jn_mainland_id_check (const char *text, char **normal)
{
  char *n = squeeze (text, "");

  return finish (mainland_fault (n), n, normal);
}

gboolean
jn_mainland_id_read (const char *text, int *year, int *month, int *day, char *sex)
{
  g_autofree char *n = NULL;

  if (jn_mainland_id_check (text, &n) != JN_IDENTITY_FITS)
    return FALSE;
  sscanf (n + 6, "%4d%2d%2d", year, month, day);
  *sex = (n[16] - '0') % 2 == 1 ? 'M' : 'F';
  return TRUE;
}

JnIdentityFault
jn_home_return_permit_check (const char *text, char **normal)
{
  char *n = squeeze (text, "");
  gsize length = strlen (n);
  gboolean fits = (n[0] == 'H' || n[0] == 'M') && (length == 9 || length == 11)
                  && all_digits (n + 1, length - 1);

  return finish (fits ? JN_IDENTITY_FITS : JN_IDENTITY_SHAPE, n, normal);
}

JnIdentityFault
jn_passport_check (const char *text, char **normal)
{
  char *n = squeeze (text, "");
  gsize length = strlen (n);
  gboolean fits
      = length >= 5 && length <= 9 && strchr (n, '?') == NULL && strpbrk (n, "0123456789") != NULL;

  return finish (fits ? JN_IDENTITY_FITS : JN_IDENTITY_SHAPE, n, normal);
}

/* ---- telephones -------------------------------------------------------------------------------- */

/* Behind a country's code; of other countries only E.164's length is known. */
static gboolean
is_international (const char *n)
{
  gsize length = strlen (n);

  if (g_str_has_prefix (n, "853"))
    return length == 11 && strchr ("268", n[3]) != NULL;
  if (g_str_has_prefix (n, "852"))
    return length == 11;
  if (g_str_has_prefix (n, "86"))
    return length == 13 && n[2] == '1';
  return length >= 7 && length <= 15 && n[0] != '0';
}

/* (transfer full) (nullable): with its country's code */
static char *
international (const char *n)
{
  gsize length = strlen (n);

  if (n[0] == '+' || g_str_has_prefix (n, "00"))
    {
      const char *code = n + (n[0] == '+' ? 1 : 2);

      return all_digits (code, strlen (code)) && is_international (code) ? g_strdup (code) : NULL;
    }
  if (!all_digits (n, length))
    return NULL;
  if (length == 8 && strchr ("268", n[0]) != NULL)
    return g_strconcat ("853", n, NULL);
  if (length == 11 && n[0] == '1')
    return g_strconcat ("86", n, NULL);
  if ((g_str_has_prefix (n, "85") || g_str_has_prefix (n, "86")) && is_international (n)
      && length >= 11)
    return g_strdup (n);
  return NULL;
}

JnIdentityFault
jn_phone_check (const char *text, char **normal)
{
  g_autofree char *n = squeeze (text, "+");
  g_autofree char *whole = international (n);

  return finish (whole != NULL ? JN_IDENTITY_FITS : JN_IDENTITY_SHAPE,
                 g_strconcat ("+", whole, NULL), normal);
}

char *
jn_phone_format (const char *text)
{
  g_autofree char *n = NULL;

  if (jn_phone_check (text, &n) != JN_IDENTITY_FITS)
    return g_strdup (text);
  if (g_str_has_prefix (n, "+853"))
    return g_strdup_printf ("%.4s %s", n + 4, n + 8);
  if (g_str_has_prefix (n, "+852"))
    return g_strdup_printf ("+852 %.4s %s", n + 4, n + 8);
  if (g_str_has_prefix (n, "+86"))
    return g_strdup_printf ("+86 %s", n + 3);
  return g_steal_pointer (&n);
}

/* ---- cars, names, money ------------------------------------------------------------------------ */

static char *
plate_with_strokes (const char *n)
{
  gsize letters = 0, digits;

  while (g_ascii_isalpha (n[letters]))
    letters++;
  digits = strlen (n) - letters;
  if (letters == 0 || letters > 2 || digits == 0 || !all_digits (n + letters, digits))
    return NULL;
  if (g_str_has_prefix (n, "CM"))
    return digits <= 5 && n[2] != '0' ? g_strdup_printf ("CM-%s", n + 2) : NULL;
  if (digits != 4 || (n[0] != 'M' && !(n[0] == 'A' && letters == 2)))
    return NULL;
  return g_strdup_printf ("%.*s-%.2s-%s", (int)letters, n, n + letters, n + letters + 2);
}

JnIdentityFault
jn_plate_check (const char *text, char **normal)
{
  g_autofree char *n = squeeze (text, "");
  char *plate = plate_with_strokes (n);

  return finish (plate != NULL ? JN_IDENTITY_FITS : JN_IDENTITY_SHAPE, plate, normal);
}

static gboolean
is_variation_selector (gunichar c)
{
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

gboolean
jn_name_is_chinese (const char *text)
{
  gboolean any = FALSE;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      gboolean han = g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;

      if (!han && !(any && (c == 0xb7 || c == 0x30fb || is_variation_selector (c))))
        return FALSE;
      any = TRUE;
    }
  return any;
}

static gboolean
is_latin_mark (gunichar c)
{
  return g_unichar_ismark (c) || c == 0x2019 || (c < 0x80 && strchr (" -'.,", (int)c) != NULL);
}

gboolean
jn_name_is_latin (const char *text)
{
  gboolean any = FALSE;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      gboolean letter = g_unichar_isalpha (c) && g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN;

      if (!letter && !(any && is_latin_mark (c)))
        return FALSE;
      any = TRUE;
    }
  return any;
}

static gboolean
is_portuguese (const char *language)
{
  const char *bracket = language == NULL ? NULL : strrchr (language, '(');

  return language != NULL
         && (g_ascii_strncasecmp (language, "pt", 2) == 0
             || (bracket != NULL && g_ascii_strncasecmp (bracket, "(pt", 3) == 0));
}

char *
jn_money_format (gint64 avos, const char *language)
{
  gboolean portuguese = is_portuguese (language);
  guint64 amount = avos < 0 ? (guint64)(-(avos + 1)) + 1 : (guint64)avos;
  g_autofree char *patacas = g_strdup_printf ("%" G_GUINT64_FORMAT, amount / 100);
  gsize length = strlen (patacas);
  GString *text = g_string_new (avos < 0 ? "MOP -" : "MOP ");

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, portuguese ? '.' : ',');
      g_string_append_c (text, patacas[i]);
    }
  g_string_append_printf (text, "%c%02d", portuguese ? ',' : '.', (int)(amount % 100));
  return g_string_free (text, FALSE);
}

/* ---- addresses ---------------------------------------------------------------------------------- */

static const char *
area_name (const char *area, int language)
{
  static const struct
  {
    const char *code;
    const char *names[3];
  } areas[] = {
    { "macau", { "澳門", "Macau", "Macao" } },
    { "taipa", { "氹仔", "Taipa", "Taipa" } },
    { "coloane", { "路環", "Coloane", "Coloane" } },
    { "cotai", { "路氹", "Cotai", "Cotai" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (areas); i++)
    if (g_strcmp0 (area, areas[i].code) == 0)
      return areas[i].names[language];
  return "";
}

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

static char *
format_in_chinese (const JnAddress *address)
{
  GString *line = g_string_new (area_name (address->area, 0));

  if (is_said (address->street))
    g_string_append (line, address->street);
  if (is_said (address->door))
    g_string_append_printf (line, "%s%s", address->door,
                            g_str_has_suffix (address->door, "號") ? "" : "號");
  if (is_said (address->building))
    g_string_append (line, address->building);
  if (is_said (address->unit))
    g_string_append (line, address->unit);
  return g_string_free (line, FALSE);
}

static void
add_part (GString *line, const char *text)
{
  if (is_said (text))
    g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", text);
}

/* "n.º 52", "n.os 762-804" */
static void
add_door (GString *line, const char *door)
{
  if (is_said (door))
    g_string_append_printf (line, ", %s %s", strpbrk (door, "-–,") != NULL ? "n.os" : "n.º", door);
}

char *
jn_address_format (const JnAddress *address, const char *language)
{
  gboolean portuguese = is_portuguese (language);
  GString *line;

  if (language != NULL && g_str_has_prefix (language, "zh"))
    return format_in_chinese (address);
  line = g_string_new (NULL);
  if (portuguese)
    {
      add_part (line, address->street);
      add_door (line, address->door);
      add_part (line, address->building);
      add_part (line, address->unit);
    }
  else
    {
      add_part (line, address->unit);
      add_part (line, address->building);
      add_part (line, address->door);
      if (is_said (address->street))
        g_string_append_printf (line, "%s%s",
                                is_said (address->door) ? " "
                                : line->len > 0         ? ", "
                                                        : "",
                                address->street);
    }
  add_part (line, area_name (address->area, portuguese ? 1 : 2));
  return g_string_free (line, FALSE);
}
