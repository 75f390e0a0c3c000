/* date.c: the calendar of ODK XForms: ISO 8601 in and out, in a given time zone. */
#include "forms/date.h"

#include <stdlib.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* A day of the proleptic Gregorian calendar in days since 1970-01-01: years begin in March, so that
 * the day of 29 February comes last. */
static gint64
days_from_date (int year, int month, int day)
{
  gint64 y = month > 2 ? year : year - 1;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - 719468;
}

typedef struct
{
  int year, month, day, weekday; /* weekday: 0 is Sunday */
  int hour, minute, second, usec;
  int offset; /* seconds east of Greenwich */
} Fields;

static void
date_from_days (gint64 days, Fields *fields)
{
  gint64 z = days + 719468, era, day_of_era, year_of_era, day_of_year, month;

  era = (z >= 0 ? z : z - 146096) / 146097;
  day_of_era = z - era * 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  month = (5 * day_of_year + 2) / 153;
  fields->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
  fields->month = (int)(month < 10 ? month + 3 : month - 9);
  fields->year = (int)(year_of_era + era * 400 + (fields->month <= 2));
  fields->weekday = (int)(((days + 4) % 7 + 7) % 7);
}

static gint64
floor_div (gint64 a, gint64 b)
{
  gint64 quotient = a / b;

  return a % b < 0 ? quotient - 1 : quotient;
}

int
jn_zone_offset (GTimeZone *zone, gint64 moment)
{
  g_autoptr(GTimeZone) local = zone == NULL ? g_time_zone_new_local () : NULL;
  GTimeZone *used = zone == NULL ? local : zone;
  int interval
      = g_time_zone_find_interval (used, G_TIME_TYPE_UNIVERSAL, floor_div (moment, SECOND));

  return interval < 0 ? 0 : g_time_zone_get_offset (used, interval);
}

static gint64
local_to_moment (gint64 local, GTimeZone *zone)
{
  g_autoptr(GTimeZone) process = zone == NULL ? g_time_zone_new_local () : NULL;
  GTimeZone *used = zone == NULL ? process : zone;
  gint64 seconds = floor_div (local, SECOND), rest = local - seconds * SECOND;
  int interval = g_time_zone_adjust_time (used, G_TIME_TYPE_STANDARD, &seconds);

  return (seconds - g_time_zone_get_offset (used, interval)) * SECOND + rest;
}

static void
split (gint64 moment, GTimeZone *zone, Fields *fields)
{
  gint64 local, days, rest;

  fields->offset = jn_zone_offset (zone, moment);
  local = moment + fields->offset * SECOND;
  days = floor_div (local, JN_DAY_USEC);
  rest = local - days * JN_DAY_USEC;
  date_from_days (days, fields);
  fields->hour = (int)(rest / HOUR);
  fields->minute = (int)(rest / MINUTE % 60);
  fields->second = (int)(rest / SECOND % 60);
  fields->usec = (int)(rest % SECOND);
}

gint64
jn_moment_midnight (gint64 moment, GTimeZone *zone)
{
  gint64 local = moment + (gint64)jn_zone_offset (zone, moment) * SECOND;

  return local_to_moment (floor_div (local, JN_DAY_USEC) * JN_DAY_USEC, zone);
}

/* ---- reading ----------------------------------------------------------------------------------- */

/* Between @least and @most digits. Returns: what follows them, %NULL when there are too few */
static const char *
read_digits (const char *at, int least, int most, int *number)
{
  int n = 0;

  *number = 0;
  for (; n < most && g_ascii_isdigit (at[n]); n++)
    *number = *number * 10 + (at[n] - '0');
  return n < least ? NULL : at + n;
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return month == 2 && leap ? 29 : days[month - 1];
}

static const char *
read_date (const char *at, int least, int *year, int *month, int *day)
{
  at = read_digits (at, 4, 4, year);
  if (at == NULL || *at != '-')
    return NULL;
  at = read_digits (at + 1, least, 2, month);
  if (at == NULL || *at != '-' || *month < 1 || *month > 12)
    return NULL;
  at = read_digits (at + 1, least, 2, day);
  if (at == NULL || *day < 1 || *day > days_in_month (*year, *month))
    return NULL;
  return at;
}

gboolean
jn_date_parse (const char *text, int *year, int *month, int *day)
{
  int y, m, d;
  const char *end = read_date (text, 1, &y, &m, &d);

  if (end == NULL || *end != '\0')
    return FALSE;
  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (day != NULL)
    *day = d;
  return TRUE;
}

static const char *
read_fraction (const char *at, gint64 *usec)
{
  gint64 unit = SECOND / 10;

  if (*at != '.')
    return at;
  if (!g_ascii_isdigit (*++at))
    return NULL;
  for (; g_ascii_isdigit (*at); at++, unit /= 10)
    *usec += (*at - '0') * unit;
  return at;
}

/* "HH", "HH:MM", "HH:MM:SS", "HH:MM:SS.fff" */
static const char *
read_clock (const char *at, gint64 *usec)
{
  int hour, minute = 0, second = 0;

  at = read_digits (at, 2, 2, &hour);
  if (at == NULL || hour > 23)
    return NULL;
  *usec = hour * HOUR;
  if (*at != ':')
    return at;
  at = read_digits (at + 1, 2, 2, &minute);
  if (at == NULL || minute > 59)
    return NULL;
  *usec += minute * MINUTE;
  if (*at != ':')
    return at;
  at = read_digits (at + 1, 2, 2, &second);
  if (at == NULL || second > 59)
    return NULL;
  *usec += second * SECOND;
  return read_fraction (at, usec);
}

/* "Z" or "+08:00"; real offsets stay within 14 hours. */
static const char *
read_offset (const char *at, gboolean *given, gint64 *offset)
{
  int hours, minutes, sign = *at == '-' ? -1 : 1;

  *given = *at == 'Z' || *at == '+' || *at == '-';
  *offset = 0;
  if (!*given || *at == 'Z')
    return at + (*at == 'Z');
  at = read_digits (at + 1, 2, 2, &hours);
  if (at == NULL || *at != ':' || hours > 14)
    return NULL;
  at = read_digits (at + 1, 2, 2, &minutes);
  if (at == NULL || minutes > 59)
    return NULL;
  *offset = sign * (hours * HOUR + minutes * MINUTE);
  return at;
}

gboolean
jn_moment_parse (const char *text, GTimeZone *zone, gint64 *moment, gboolean *is_date)
{
  int year, month, day;
  gint64 clock = 0, offset = 0, local;
  gboolean given = FALSE;
  const char *at = read_date (text, 2, &year, &month, &day);

  if (at == NULL || (*at != 'T' && *at != '\0'))
    return FALSE;
  if (is_date != NULL)
    *is_date = *at == '\0';
  if (*at == 'T')
    {
      at = read_clock (at + 1, &clock);
      at = at == NULL ? NULL : read_offset (at, &given, &offset);
      if (at == NULL || *at != '\0')
        return FALSE;
    }
  local = days_from_date (year, month, day) * JN_DAY_USEC + clock;
  *moment = given ? local - offset : local_to_moment (local, zone);
  return TRUE;
}

gboolean
jn_clock_parse (const char *text, GTimeZone *zone, gint64 *usec)
{
  gint64 clock = 0, offset, moment;
  gboolean given;
  const char *at
      = text[0] != '\0' && text[1] != '\0' && text[2] == ':' ? read_clock (text, &clock) : NULL;

  at = at == NULL ? NULL : read_offset (at, &given, &offset);
  if (at == NULL || *at != '\0')
    return FALSE;
  if (given)
    {
      moment = clock - offset;
      clock = moment + jn_zone_offset (zone, moment) * SECOND;
      clock -= floor_div (clock, JN_DAY_USEC) * JN_DAY_USEC;
    }
  *usec = clock;
  return TRUE;
}

/* ---- writing ----------------------------------------------------------------------------------- */

static void
append_clock (GString *text, const Fields *fields)
{
  int minutes = abs (fields->offset) / 60;

  g_string_append_printf (text, "%02d:%02d:%02d.%03d%c%02d:%02d", fields->hour, fields->minute,
                          fields->second, fields->usec / 1000, fields->offset < 0 ? '-' : '+',
                          minutes / 60, minutes % 60);
}

char *
jn_moment_to_date (gint64 moment, GTimeZone *zone)
{
  Fields fields;

  split (moment, zone, &fields);
  return g_strdup_printf ("%04d-%02d-%02d", fields.year, fields.month, fields.day);
}

char *
jn_moment_to_text (gint64 moment, GTimeZone *zone)
{
  GString *text = g_string_sized_new (32);
  Fields fields;

  split (moment, zone, &fields);
  g_string_append_printf (text, "%04d-%02d-%02dT", fields.year, fields.month, fields.day);
  append_clock (text, &fields);
  return g_string_free (text, FALSE);
}

char *
jn_moment_to_time (gint64 moment, GTimeZone *zone)
{
  GString *text = g_string_sized_new (24);
  Fields fields;

  split (moment, zone, &fields);
  append_clock (text, &fields);
  return g_string_free (text, FALSE);
}

/* The names that forms need in our three languages; any other language reads English. */
typedef struct
{
  const char *tag;
  const char *months[12];
  const char *short_months[12];
  const char *days[7];
  const char *short_days[7];
} Names;

static const Names names[] = {
  { "en",
    { "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December" },
    { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
    { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" },
    { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" } },
  { "pt",
    { "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
      "outubro", "novembro", "dezembro" },
    { "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez" },
    { "domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira",
      "sábado" },
    { "dom", "seg", "ter", "qua", "qui", "sex", "sáb" } },
  { "zh",
    { "一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月",
      "十二月" },
    { "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月" },
    { "星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六" },
    { "週日", "週一", "週二", "週三", "週四", "週五", "週六" } },
};

static gboolean
tag_begins (const char *text, const char *tag)
{
  return g_ascii_strncasecmp (text, tag, 2) == 0 && !g_ascii_isalpha (text[2]);
}

static const Names *
names_for (const char *language)
{
  const char *bracket = language == NULL ? NULL : strrchr (language, '(');

  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (names); i++)
    if (tag_begins (language, names[i].tag)
        || (bracket != NULL && tag_begins (bracket + 1, names[i].tag)))
      return &names[i];
  return &names[0];
}

static gboolean
append_date_field (GString *text, char letter, const Fields *fields, const Names *words)
{
  switch (letter)
    {
    case 'Y':
      g_string_append_printf (text, "%04d", fields->year);
      return TRUE;
    case 'y':
      g_string_append_printf (text, "%02d", ((fields->year % 100) + 100) % 100);
      return TRUE;
    case 'm':
      g_string_append_printf (text, "%02d", fields->month);
      return TRUE;
    case 'n':
      g_string_append_printf (text, "%d", fields->month);
      return TRUE;
    case 'b':
      g_string_append (text, words->short_months[fields->month - 1]);
      return TRUE;
    case 'B':
      g_string_append (text, words->months[fields->month - 1]);
      return TRUE;
    case 'd':
      g_string_append_printf (text, "%02d", fields->day);
      return TRUE;
    case 'e':
      g_string_append_printf (text, "%d", fields->day);
      return TRUE;
    case 'a':
      g_string_append (text, words->short_days[fields->weekday]);
      return TRUE;
    case 'A':
      g_string_append (text, words->days[fields->weekday]);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
append_time_field (GString *text, char letter, const Fields *fields)
{
  switch (letter)
    {
    case 'H':
      g_string_append_printf (text, "%02d", fields->hour);
      return TRUE;
    case 'h':
      g_string_append_printf (text, "%d", fields->hour);
      return TRUE;
    case 'M':
      g_string_append_printf (text, "%02d", fields->minute);
      return TRUE;
    case 'S':
      g_string_append_printf (text, "%02d", fields->second);
      return TRUE;
    case '3':
      g_string_append_printf (text, "%03d", fields->usec / 1000);
      return TRUE;
    default:
      return FALSE;
    }
}

char *
jn_moment_format (gint64 moment, GTimeZone *zone, const char *format, const char *language)
{
  GString *text = g_string_new (NULL);
  const Names *words = names_for (language);
  Fields fields;

  split (moment, zone, &fields);
  for (const char *at = format; *at != '\0'; at++)
    {
      if (*at != '%' || at[1] == '\0')
        g_string_append_c (text, *at);
      else if (at[1] == '%')
        g_string_append_c (text, *at++);
      else if (append_date_field (text, at[1], &fields, words)
               || append_time_field (text, at[1], &fields))
        at++;
      else
        g_string_append_c (text, *at);
    }
  return g_string_free (text, FALSE);
}
