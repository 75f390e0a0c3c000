/* functions-geo.c: points, lines and areas on the globe (ODK XForms, "Geo functions").
 *
 * A point is "latitude longitude [altitude [accuracy]]" in degrees; a shape is points with ";"
 * between. Lengths are metres on a sphere. */
#include "forms/functions.h"

#include <math.h>

#define EARTH_RADIUS 6378100.0

typedef struct
{
  double latitude;
  double longitude;
} Point;

static double
read_degrees (const char *text, double most)
{
  double degrees = jn_number_from_text (text);

  return fabs (degrees) > most ? NAN : degrees;
}

static gboolean
read_point (const char *text, Point *point)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = g_regex_split_simple ("\\s+", trimmed, 0, 0);
  guint n = g_strv_length (parts);

  if (n < 2 || n > 4)
    return FALSE;
  point->latitude = read_degrees (parts[0], 90);
  point->longitude = read_degrees (parts[1], 180);
  return !isnan (point->latitude) && !isnan (point->longitude);
}

/* Returns: whether all points of @text are points; a ";" at the end is none */
static gboolean
read_points (const char *text, GArray *points)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      Point point;

      if (parts[i + 1] == NULL && i > 0 && parts[i][strspn (parts[i], " \t\r\n")] == '\0')
        break;
      if (!read_point (parts[i], &point))
        return FALSE;
      g_array_append_val (points, point);
    }
  return TRUE;
}

/* %NULL on error; *@valid says whether all of it were points */
static GArray *
arg_points (JnEval *eval, const JnCall *call, gsize first, gsize n_args, gboolean *valid)
{
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (Point));

  *valid = TRUE;
  for (gsize i = first; i < first + n_args; i++)
    {
      JnItems items;
      JnValue item;

      if (!jn_arg_items (eval, call, i, &items))
        return NULL;
      while (jn_items_next (&items, &item))
        {
          const char *text = jn_eval_to_string (eval, &item);

          if (text == NULL || !jn_eval_spend (eval, (gint64)strlen (text)))
            return NULL;
          *valid = read_points (text, points) && *valid;
        }
    }
  return g_steal_pointer (&points);
}

static const Point *
at (const GArray *points, guint i)
{
  return &g_array_index (points, Point, i);
}

static double
radians (double degrees)
{
  return degrees * G_PI / 180;
}

static double
to_centimetres (double metres)
{
  return fabs (floor (metres * 100 + 0.5) / 100);
}

static double
distance_between (const Point *a, const Point *b)
{
  double cosine = sin (radians (a->latitude)) * sin (radians (b->latitude))
                  + cos (radians (a->latitude)) * cos (radians (b->latitude))
                        * cos (radians (a->longitude - b->longitude));

  return acos (CLAMP (cosine, -1, 1)) * EARTH_RADIUS;
}

static gboolean
call_distance (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean valid;
  g_autoptr(GArray) points = arg_points (eval, call, 0, call->pub.n_args, &valid);
  double sum = 0;

  if (points == NULL)
    return FALSE;
  if (!valid || points->len < 2)
    return jn_return_number (result, NAN);
  for (guint i = 1; i < points->len; i++)
    sum += distance_between (at (points, i - 1), at (points, i));
  return jn_return_number (result, to_centimetres (sum));
}

static gboolean
call_area (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean valid;
  g_autoptr(GArray) points = arg_points (eval, call, 0, 1, &valid);
  double sum = 0;

  if (points == NULL)
    return FALSE;
  if (!valid)
    return jn_return_number (result, NAN);
  if (points->len < 3)
    return jn_return_number (result, 0);
  for (guint i = 0; i < points->len; i++)
    {
      const Point *a = at (points, i), *b = at (points, (i + 1) % points->len);

      sum += radians (b->longitude - a->longitude)
             * (2 + sin (radians (b->latitude)) + sin (radians (a->latitude)));
    }
  return jn_return_number (result, to_centimetres (sum * EARTH_RADIUS * EARTH_RADIUS / 2));
}

/* A fence ends where it began. */
static gboolean
is_closed (const GArray *shape)
{
  const Point *first = at (shape, 0), *last = at (shape, shape->len - 1);

  return first->latitude == last->latitude && first->longitude == last->longitude;
}

/* Whether a line from the point to the east crosses the shape's sides an odd number of times. */
static gboolean
call_geofence (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean valid_point, valid_shape, inside = FALSE;
  g_autoptr(GArray) point = arg_points (eval, call, 0, 1, &valid_point);
  g_autoptr(GArray) shape = point == NULL ? NULL : arg_points (eval, call, 1, 1, &valid_shape);
  const Point *p;

  if (shape == NULL)
    return FALSE;
  if (!valid_point || !valid_shape || point->len != 1 || shape->len < 3 || !is_closed (shape))
    return jn_return_boolean (result, FALSE);
  p = at (point, 0);
  for (guint i = 0; i < shape->len; i++)
    {
      const Point *a = at (shape, i), *b = at (shape, (i + 1) % shape->len);

      if ((a->latitude > p->latitude) == (b->latitude > p->latitude))
        continue;
      if (p->longitude < (b->longitude - a->longitude) * (p->latitude - a->latitude)
                                 / (b->latitude - a->latitude)
                             + a->longitude)
        inside = !inside;
    }
  return jn_return_boolean (result, inside);
}

/* > 0 when c lies left of the line from a to b, < 0 when right, 0 on it */
static double
turn (const Point *a, const Point *b, const Point *c)
{
  return (b->longitude - a->longitude) * (c->latitude - a->latitude)
         - (b->latitude - a->latitude) * (c->longitude - a->longitude);
}

static gboolean
is_between (const Point *a, const Point *b, const Point *c)
{
  return c->latitude >= MIN (a->latitude, b->latitude)
         && c->latitude <= MAX (a->latitude, b->latitude)
         && c->longitude >= MIN (a->longitude, b->longitude)
         && c->longitude <= MAX (a->longitude, b->longitude);
}

static gboolean
lines_cross (const Point *a, const Point *b, const Point *c, const Point *d)
{
  double c_side = turn (a, b, c), d_side = turn (a, b, d);
  double a_side = turn (c, d, a), b_side = turn (c, d, b);

  if (((c_side > 0 && d_side < 0) || (c_side < 0 && d_side > 0))
      && ((a_side > 0 && b_side < 0) || (a_side < 0 && b_side > 0)))
    return TRUE;
  return (c_side == 0 && is_between (a, b, c)) || (d_side == 0 && is_between (a, b, d))
         || (a_side == 0 && is_between (c, d, a)) || (b_side == 0 && is_between (c, d, b));
}

static gboolean
is_same_point (const Point *a, const Point *b)
{
  return a->latitude == b->latitude && a->longitude == b->longitude;
}

/* Whether a line crosses itself; that one side begins where the last ended is no crossing. */
static gboolean
call_intersects (JnEval *eval, const JnCall *call, JnValue *result)
{
  gboolean valid;
  g_autoptr(GArray) points = arg_points (eval, call, 0, 1, &valid);
  guint n;
  gboolean closed;

  if (points == NULL)
    return FALSE;
  if (!valid || points->len < 4)
    return jn_return_boolean (result, FALSE);
  n = points->len - 1;
  closed = is_same_point (at (points, 0), at (points, n));
  for (guint i = 0; i < n; i++)
    for (guint j = i + 2; j < n; j++)
      {
        if (!jn_eval_spend (eval, 1))
          return FALSE;
        if (closed && i == 0 && j == n - 1)
          continue;
        if (lines_cross (at (points, i), at (points, i + 1), at (points, j), at (points, j + 1)))
          return jn_return_boolean (result, TRUE);
      }
  return jn_return_boolean (result, FALSE);
}

const JnFunction jn_geo_functions[] = {
  { "area", 1, 1, JN_FUNCTION_PURE, call_area },
  { "distance", 1, -1, JN_FUNCTION_PURE, call_distance },
  { "geofence", 2, 2, JN_FUNCTION_PURE, call_geofence },
  { "intersects", 1, 1, JN_FUNCTION_PURE, call_intersects },
  { NULL },
};
