/* day.c: reads and writes days and times as people type them. */
#include "ui/day.h"

#include <stdio.h>
#include <string.h>

static gboolean
only_digits (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}

static gboolean
split_day (const char *text, int *day, int *month, int *year)
{
  int end = 0;

  if (only_digits (text, 8))
    return sscanf (text, "%2d%2d%4d", day, month, year) == 3;
  if (sscanf (text, "%4d-%2d-%2d%n", year, month, day, &end) == 3 && text[end] == '\0')
    return TRUE;
  end = 0;
  return sscanf (text, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", day, month, year, &end) == 3
         && text[end] == '\0' && *year >= 1000;
}

char *
jn_day_from_text (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  int day = 0, month = 0, year = 0;

  if (!split_day (plain, &day, &month, &year)
      || !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
jn_day_to_text (const char *day)
{
  int year, month, date, end = 0;

  if (sscanf (day, "%4d-%2d-%2d%n", &year, &month, &date, &end) != 3 || day[end] != '\0')
    return g_strdup (day);
  return g_strdup_printf ("%02d/%02d/%04d", date, month, year);
}

char *
jn_clock_from_text (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  int hour = -1, minute = -1, end = 0;

  if (only_digits (plain, 4))
    sscanf (plain, "%2d%2d%n", &hour, &minute, &end);
  else
    sscanf (plain, "%2d:%2d%n", &hour, &minute, &end);
  if (end == 0 || plain[end] != '\0' || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return NULL;
  return g_strdup_printf ("%02d:%02d", hour, minute);
}

gboolean
jn_day_wants_stroke (const char *text)
{
  gsize length = strlen (text);

  if (length == 2)
    return only_digits (text, 2);
  return length == 5 && text[2] == '/' && g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]);
}
