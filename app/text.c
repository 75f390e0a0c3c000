/* text.c: what a citizen reads, in the citizen's language whatever the clerk's is. */
#include "app/text.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include "app/dict.h"
#include "app/mo.h"
#include "printing/format.h"

static GMutex lock;
static char *folder;
static JnMo *catalogues[2]; /* zh_HK, pt; English is the msgid */
static gboolean tried[2];

static const char *const locales[] = { "zh_HK", "pt" };

/* build/MODE/bin/janela and build/MODE/tests/…/test-x find build/locale; an installed one share/locale */
static char *
find_folder (void)
{
  const char *named = g_getenv ("JANELA_LOCALE_DIR");
  g_autofree char *program = NULL;
  g_autofree char *at = NULL;

  if (named != NULL)
    return g_strdup (named);
  program = g_file_read_link ("/proc/self/exe", NULL);
  at = g_path_get_dirname (program != NULL ? program : "");
  for (guint up = 0; up < 4 && strlen (at) > 1; up++)
    {
      g_autofree char *here = g_build_filename (at, "locale", NULL);
      g_autofree char *share = g_build_filename (at, "share", "locale", NULL);
      char *parent;

      if (g_file_test (here, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&here);
      if (g_file_test (share, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&share);
      parent = g_path_get_dirname (at);
      g_free (at);
      at = parent;
    }
  return g_strdup ("/usr/share/locale");
}

static JnMo *
open_catalogue (guint i)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JnMo *mo;

  if (folder == NULL)
    folder = find_folder ();
  path = g_build_filename (folder, locales[i], "LC_MESSAGES", "janela.mo", NULL);
  mo = jn_mo_new (path, &error);
  if (mo == NULL)
    g_info ("No texts in %s: %s", locales[i], error->message);
  return mo;
}

/* (nullable) */
static const JnMo *
get_catalogue (const char *language)
{
  int i = g_strcmp0 (language, "zh-Hant") == 0 ? 0 : g_strcmp0 (language, "pt") == 0 ? 1 : -1;
  const JnMo *mo;

  if (i < 0)
    return NULL;
  g_mutex_lock (&lock);
  if (!tried[i])
    catalogues[i] = open_catalogue (i);
  tried[i] = TRUE;
  mo = catalogues[i];
  g_mutex_unlock (&lock);
  return mo;
}

void
jn_text_set_folder (const char *path)
{
  g_mutex_lock (&lock);
  g_free (folder);
  folder = g_strdup (path);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_clear_pointer (&catalogues[i], jn_mo_free);
      tried[i] = FALSE;
    }
  g_mutex_unlock (&lock);
}

const char *
jn_text (const char *language, const char *msgid)
{
  return jn_text_context (language, NULL, msgid);
}

const char *
jn_text_context (const char *language, const char *context, const char *msgid)
{
  const JnMo *mo = get_catalogue (language);
  const char *text = mo != NULL && *msgid != '\0' ? jn_mo_find (mo, context, msgid) : NULL;

  return text != NULL ? text : msgid;
}

const char *
jn_text_plural (const char *language, const char *one, const char *many, gulong n)
{
  const JnMo *mo = get_catalogue (language);
  const char *text = mo != NULL ? jn_mo_find_plural (mo, one, n) : NULL;

  if (text != NULL)
    return text;
  return n == 1 ? one : many;
}

static const char *
name_in (GVariant *names, const char *key)
{
  const char *name = NULL;
  g_autoptr (GVariant) value = g_variant_lookup_value (names, key, G_VARIANT_TYPE_STRING);

  if (value != NULL)
    name = g_variant_get_string (value, NULL);
  return name != NULL && *name != '\0' ? name : NULL;
}

char *
jn_text_name (const char *language, GVariant *names)
{
  static const char *const keys[] = { "zh_Hant", "pt", "en" };
  const char *own = g_strcmp0 (language, "zh-Hant") == 0 ? "zh_Hant" : language;
  const char *name;

  if (names == NULL)
    return g_strdup ("");
  name = own != NULL ? name_in (names, own) : NULL;
  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (keys); i++)
    name = name_in (names, keys[i]);
  return g_strdup (name != NULL ? name : "");
}

static gboolean
read_day (const char *day, int *year, int *month, int *of_month)
{
  int length = 0;

  return day != NULL && sscanf (day, "%4d-%2d-%2d%n", year, month, of_month, &length) == 3
         && day[length] == '\0' && g_date_valid_dmy (*of_month, *month, *year);
}

char *
jn_text_format_date (const char *language, const char *day)
{
  int y, m, d;

  return read_day (day, &y, &m, &d) ? jn_format_date (language, y, m, d)
                                    : g_strdup (day != NULL ? day : "");
}

char *
jn_text_format_day (const char *day)
{
  int y, m, d;

  return read_day (day, &y, &m, &d) ? g_strdup_printf ("%02d/%02d/%04d", d, m, y)
                                    : g_strdup (day != NULL ? day : "");
}

static GTimeZone *branch_zone;

void
jn_text_set_zone (GTimeZone *zone)
{
  g_clear_pointer (&branch_zone, g_time_zone_unref);
  branch_zone = g_time_zone_ref (zone);
}

static GDateTime *
moment_in (gint64 unix_seconds, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_seconds);

  if (zone == NULL && branch_zone == NULL)
    branch_zone = g_time_zone_new_identifier ("Asia/Macau");
  if (zone == NULL && branch_zone == NULL)
    branch_zone = g_time_zone_new_offset (8 * 60 * 60); /* a system without zones */
  return g_date_time_to_timezone (utc, zone != NULL ? zone : branch_zone);
}

char *
jn_text_format_time (const char *language, gint64 unix_seconds, GTimeZone *zone)
{
  g_autoptr (GDateTime) when = moment_in (unix_seconds, zone);

  return jn_format_time (language, when);
}

char *
jn_text_format_clock (gint64 unix_seconds, GTimeZone *zone)
{
  g_autoptr (GDateTime) when = moment_in (unix_seconds, zone);

  return g_date_time_format (when, "%H:%M");
}

char *
jn_text_format_moment (gint64 unix_seconds, gint64 now)
{
  g_autoptr (GDateTime) when = moment_in (unix_seconds, NULL);
  g_autoptr (GDateTime) today = moment_in (now, NULL);

  if (g_date_time_get_year (when) == g_date_time_get_year (today)
      && g_date_time_get_day_of_year (when) == g_date_time_get_day_of_year (today))
    return g_date_time_format (when, "%H:%M");
  return g_date_time_format (when, "%d/%m/%Y %H:%M");
}

char *
jn_text_format_money (const char *language, gint64 avos)
{
  if (avos < 0)
    /* TRANSLATORS: of a fee that no department confirmed */
    return g_strdup (jn_text (language, "to be confirmed"));
  if (avos == 0)
    /* TRANSLATORS: of a fee: costs nothing */
    return g_strdup (jn_text (language, "free"));
  return jn_format_money_mop (language, avos);
}

char *
jn_text_format_number (const char *language, gint64 number)
{
  const char *mark = g_strcmp0 (language, "pt") == 0 ? "\u00a0" : ",";
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, ABS (number));
  gsize length = strlen (digits);
  GString *text = g_string_new (number < 0 ? "−" : "");

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, mark);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
jn_text_format_tenths (const char *language, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.1f", number);
  return g_strdelimit (g_strdup (digits), ".", g_strcmp0 (language, "pt") == 0 ? ',' : '.');
}

char *
jn_text_format_duration (const char *language, gint64 seconds)
{
  gint64 minutes = MAX (seconds, 0) / 60;

  if (minutes < 60)
    /* TRANSLATORS: a duration in minutes */
    return g_strdup_printf (jn_text (language, "%d min"), (int)minutes);
  /* TRANSLATORS: a duration in hours and minutes */
  return g_strdup_printf (jn_text (language, "%d h %02d min"), (int)(minutes / 60),
                          (int)(minutes % 60));
}

char *
jn_text_mask (const char *number)
{
  glong length = number != NULL ? g_utf8_strlen (number, -1) : 0;
  glong signs = 0;
  glong seen = 0;
  GString *text = g_string_new (NULL);

  for (const char *p = number; length > 0 && *p != '\0'; p = g_utf8_next_char (p))
    signs += g_unichar_isalnum (g_utf8_get_char (p));
  for (const char *p = number; length > 0 && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar sign = g_utf8_get_char (p);
      gboolean counts = g_unichar_isalnum (sign);

      seen += counts;
      if (counts && seen > 1 && seen <= signs - (signs > 4 ? 2 : 1))
        g_string_append (text, "·");
      else
        g_string_append_unichar (text, sign);
    }
  return g_string_free (text, FALSE);
}

char *
jn_text_format_document (const char *kind, const char *number)
{
  if (g_strcmp0 (kind, "bir") == 0 && number != NULL && strlen (number) == 8)
    return g_strdup_printf ("%.7s(%c)", number, number[7]);
  return g_strdup (number != NULL ? number : "");
}
