/* types.c: the data types of binds: what fits, and how it is stored. Spec, "Data Types". */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "forms/date.h"
#include "forms/form-private.h"
#include "forms/number.h"

static const struct
{
  const char *name;
  JnType type;
} types[] = {
  { "string", JN_TYPE_STRING },     { "int", JN_TYPE_INT },
  { "integer", JN_TYPE_INT },       { "long", JN_TYPE_INT },
  { "decimal", JN_TYPE_DECIMAL },   { "double", JN_TYPE_DECIMAL },
  { "float", JN_TYPE_DECIMAL },     { "boolean", JN_TYPE_BOOLEAN },
  { "date", JN_TYPE_DATE },         { "time", JN_TYPE_TIME },
  { "dateTime", JN_TYPE_DATETIME }, { "geopoint", JN_TYPE_GEOPOINT },
  { "geotrace", JN_TYPE_GEOTRACE }, { "geoshape", JN_TYPE_GEOSHAPE },
  { "binary", JN_TYPE_OTHER },      { "barcode", JN_TYPE_OTHER },
  { "intent", JN_TYPE_OTHER },      { "select", JN_TYPE_OTHER },
  { "select1", JN_TYPE_OTHER },     { "rank", JN_TYPE_OTHER },
};

gboolean
jn_type_from_name (const char *name, JnType *type, const char **bare)
{
  const char *colon = strchr (name, ':');

  if (colon != NULL)
    name = colon + 1;
  *bare = name;
  *type = JN_TYPE_STRING;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, name) == 0)
      {
        *type = types[i].type;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_digits (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return length > 0;
}

/* A whole number of 64 bits; what stands behind a point is dropped, as in the peers. */
static gboolean
normalise_int (const char *value, GString *result)
{
  const char *digits = value + (*value == '-' || *value == '+');
  gsize length = strcspn (digits, ".");
  char *end;
  gint64 number;

  if (!is_digits (digits, length))
    return FALSE;
  if (digits[length] == '.' && !is_digits (digits + length + 1, strlen (digits + length + 1)))
    return FALSE;
  errno = 0;
  number = g_ascii_strtoll (value, &end, 10);
  if (errno != 0)
    return FALSE;
  g_string_printf (result, "%" G_GINT64_FORMAT, number);
  return TRUE;
}

/* A whole number is written "10.0", as web-forms does (DECISIONS.md). */
static gboolean
append_decimal (const char *value, double limit, GString *result)
{
  char text[JN_NUMBER_TEXT_MAX];
  double number = jn_number_from_text (*value == '+' ? value + 1 : value);

  if (!isfinite (number) || fabs (number) > limit)
    return FALSE;
  jn_number_to_text (number, text);
  g_string_append (result, text);
  if (strchr (text, '.') == NULL)
    g_string_append (result, ".0");
  return TRUE;
}

/* What follows @form at the beginning of @text, where 0 stands for any digit; NULL: it differs. */
static const char *
match (const char *text, const char *form)
{
  for (; *form != '\0'; text++, form++)
    if (*form == '0' ? !g_ascii_isdigit (*text) : *text != *form)
      return NULL;
  return text;
}

/* XML Schema's time, "10:20:30.250+08:00": hours to seconds in two digits each. */
static gboolean
looks_like_time (const char *text, gboolean may_have_offset)
{
  const char *at = match (text, "00:00:00");

  if (at != NULL && *at == '.')
    for (at = match (at, ".0"); at != NULL && g_ascii_isdigit (*at);)
      at++;
  if (at == NULL || *at == '\0')
    return at != NULL;
  if (!may_have_offset)
    return FALSE;
  if (strcmp (at, "Z") == 0)
    return TRUE;
  at = *at == '+' || *at == '-' ? match (at + 1, "00:00") : NULL;
  return at != NULL && *at == '\0';
}

/* A time of day is cut off; a moment of another zone is no date. */
static gboolean
normalise_date (const char *value, GString *result)
{
  g_autofree char *date = g_strndup (value, MIN (10, strlen (value)));
  const char *rest = match (value, "0000-00-00");

  if (rest == NULL || !jn_date_parse (date, NULL, NULL, NULL))
    return FALSE;
  if (*rest != '\0' && (*rest != 'T' || !looks_like_time (rest + 1, FALSE)))
    return FALSE;
  g_string_assign (result, date);
  return TRUE;
}

static gboolean
normalise_time (const char *value, GTimeZone *zone, GString *result)
{
  gint64 usec;

  if (!looks_like_time (value, TRUE) || !jn_clock_parse (value, zone, &usec))
    return FALSE;
  g_string_assign (result, value);
  return TRUE;
}

static gboolean
normalise_datetime (const char *value, GTimeZone *zone, GString *result)
{
  const char *time = match (value, "0000-00-00T");
  gint64 moment;

  if (time == NULL || !looks_like_time (time, TRUE)
      || !jn_moment_parse (value, zone, &moment, NULL))
    return FALSE;
  g_string_assign (result, value);
  return TRUE;
}

/* "latitude longitude altitude accuracy": the latter two may be missing, and are not invented. */
static gboolean
append_geopoint (const char *value, GString *result)
{
  static const double limits[] = { 90, 180, G_MAXDOUBLE, G_MAXDOUBLE };
  g_auto (GStrv) words = g_strsplit_set (value, " \t\n", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (n == G_N_ELEMENTS (limits))
        return FALSE;
      if (n > 0)
        g_string_append_c (result, ' ');
      if (!append_decimal (words[i], limits[n++], result))
        return FALSE;
    }
  return n >= 2;
}

/* (transfer full): latitude and longitude of a point as append_geopoint() writes it */
static char *
get_place (const char *point)
{
  const char *second = strchr (point, ' ') + 1;

  return g_strndup (point, second - point + strcspn (second, " "));
}

/* A line has two points and does not end where it began; a shape has three and does. */
static gboolean
normalise_points (const char *value, gboolean closed, GString *result)
{
  g_auto (GStrv) points = g_strsplit (value, ";", -1);
  g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  g_string_truncate (result, 0);
  for (guint i = 0; points[i] != NULL; i++)
    {
      const char *point = g_strstrip (points[i]);
      gsize start;

      if (*point == '\0' && points[i + 1] == NULL)
        break;
      if (i > 0)
        g_string_append_c (result, ';');
      start = result->len;
      if (!append_geopoint (point, result))
        return FALSE;
      g_ptr_array_add (seen, get_place (result->str + start));
    }
  if (seen->len < (closed ? 3u : 2u))
    return FALSE;
  return closed == (strcmp (seen->pdata[0], seen->pdata[seen->len - 1]) == 0);
}

static gboolean
normalise_boolean (const char *value, GString *result)
{
  static const char *const words[] = { "true", "false", "1", "0", NULL };

  g_string_assign (result, value);
  return g_strv_contains (words, value);
}

static gboolean
fits (JnType type, const char *value, GTimeZone *zone, GString *result)
{
  switch (type)
    {
    case JN_TYPE_INT:
      return normalise_int (value, result);
    case JN_TYPE_DECIMAL:
      g_string_truncate (result, 0);
      return append_decimal (value, G_MAXDOUBLE, result);
    case JN_TYPE_BOOLEAN:
      return normalise_boolean (value, result);
    case JN_TYPE_DATE:
      return normalise_date (value, result);
    case JN_TYPE_TIME:
      return normalise_time (value, zone, result);
    case JN_TYPE_DATETIME:
      return normalise_datetime (value, zone, result);
    case JN_TYPE_GEOPOINT:
      g_string_truncate (result, 0);
      return append_geopoint (value, result);
    case JN_TYPE_GEOTRACE:
      return normalise_points (value, FALSE, result);
    case JN_TYPE_GEOSHAPE:
      return normalise_points (value, TRUE, result);
    case JN_TYPE_STRING:
    case JN_TYPE_OTHER:
      break;
    }
  g_string_assign (result, value);
  return TRUE;
}

gboolean
jn_type_normalise (JnType type, const char *value, GTimeZone *zone, GString *result)
{
  g_autofree char *trimmed = NULL;

  if (type == JN_TYPE_STRING || type == JN_TYPE_OTHER)
    {
      g_string_assign (result, value);
      return TRUE;
    }
  trimmed = g_strstrip (g_strdup (value));
  if (*trimmed == '\0')
    {
      g_string_truncate (result, 0);
      return TRUE;
    }
  if (fits (type, trimmed, zone, result))
    return TRUE;
  g_string_assign (result, value);
  return FALSE;
}

void
jn_type_cast (JnType type, GTimeZone *zone, GString *text)
{
  g_autofree char *other = NULL;
  gint64 moment;
  gboolean is_date;

  if ((type != JN_TYPE_DATE && type != JN_TYPE_DATETIME)
      || !jn_moment_parse (text->str, zone, &moment, &is_date))
    return;
  if (type == JN_TYPE_DATE && !is_date)
    other = jn_moment_to_date (moment, zone);
  else if (type == JN_TYPE_DATETIME && is_date)
    other = jn_moment_to_text (moment, zone);
  if (other != NULL)
    g_string_assign (text, other);
}
