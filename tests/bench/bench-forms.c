/* bench-forms.c: how long forms take to load, and an answer to be worked in.
 *
 * bench-forms [PREFIX]       the measurements
 * bench-forms --print FORM   the form itself: chains, rows, interview
 * bench-forms --count PATH   goes once along a hot path, inside counted(), for callgrind */
#include <libxml/parser.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "forms/filling.h"
#include "tests/bench/synth.h"

#define LOADS 15
#define SETS 401

static double
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;

  return (one > other) - (one < other);
}

static double
median (double *values, gsize n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static void
print_row (const char *name, double value, const char *unit, double target)
{
  printf ("{\"name\":\"forms/%s\",\"value\":%.3f,\"unit\":\"%s\",\"against\":null,\"ratio\":null,"
          "\"target\":\"≤ %g %s\",\"meets\":%s}\n",
          name, value, unit, target, unit, value <= target ? "true" : "false");
}

static void
print_ratio (const char *name,
             double value,
             const char *unit,
             const char *against,
             double ratio,
             double target)
{
  printf ("{\"name\":\"forms/%s\",\"value\":%.3f,\"unit\":\"%s\",\"against\":\"%s\","
          "\"ratio\":%.2f,\"target\":\"≤ %g times\",\"meets\":%s}\n",
          name, value, unit, against, ratio, target, ratio <= target ? "true" : "false");
}

static JnFilling *
fill (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);
  JnFilling *filling = form != NULL ? jn_filling_new (form, NULL, &error) : NULL;

  if (filling == NULL)
    g_error ("%s", error->message);
  return filling;
}

/* Medians in milliseconds: a whole load, and libxml2's reading of the same text beside it. */
static void
time_load (GBytes *bytes, double *load, double *parse)
{
  double loads[LOADS], parses[LOADS];
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < LOADS; i++)
    {
      double start = now_us ();
      xmlDoc *doc = xmlReadMemory (data, (int)size, NULL, NULL, XML_PARSE_NONET);
      JnFilling *filling;

      parses[i] = now_us () - start;
      xmlFreeDoc (doc);
      start = now_us ();
      filling = fill (bytes);
      loads[i] = now_us () - start;
      jn_filling_free (filling);
    }
  *load = median (loads, LOADS) / 1e3;
  *parse = median (parses, LOADS) / 1e3;
}

static double
get_memory (GBytes *bytes)
{
  struct mallinfo2 before, after;
  JnFilling *filling;

  malloc_trim (0);
  before = mallinfo2 ();
  filling = fill (bytes);
  after = mallinfo2 ();
  jn_filling_free (filling);
  return (double)(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) / (1024 * 1024);
}

/* One value and the other, so that each time something follows. */
static double
time_set (JnFilling *filling, const char *ref, const char *one, const char *other)
{
  double times[SETS];

  for (guint i = 0; i < SETS; i++)
    {
      g_autoptr(GPtrArray) changed = NULL;
      double start = now_us ();

      if (!jn_filling_set (filling, ref, i % 2 == 0 ? one : other, &changed, NULL))
        g_error ("%s cannot be set", ref);
      times[i] = now_us () - start;
    }
  return median (times, SETS);
}

/* A row more at the end, a row less in the middle: medians, and the best of each, which tells how
 * the work grows where the median also tells what else the machine does. */
static void
time_rows (JnFilling *filling, double *add, double *less, double *best_add, double *best_less)
{
  g_autofree char *middle = g_strdup_printf (
      "/data/item[%" G_GSIZE_FORMAT "]", jn_filling_count (filling, "/data/item", NULL) / 2 + 1);
  double adds[SETS], removes[SETS];

  for (guint i = 0; i < SETS; i++)
    {
      g_autoptr(GPtrArray) added = NULL, removed = NULL;
      double start = now_us ();

      if (!jn_filling_add (filling, "/data/item", &added, NULL))
        g_error ("no row more");
      adds[i] = now_us () - start;
      start = now_us ();
      if (!jn_filling_remove (filling, middle, &removed, NULL))
        g_error ("no row less");
      removes[i] = now_us () - start;
    }
  *add = median (adds, SETS);
  *less = median (removes, SETS);
  *best_add = adds[0];
  *best_less = removes[0];
}

static void
measure_chains (void)
{
  g_autoptr(GBytes) bytes = synth_chains ();
  g_autoptr(JnFilling) filling = fill (bytes);
  double load, parse;

  time_load (bytes, &load, &parse);
  print_ratio ("load-synth-b", load, "ms", "xmlReadMemory of the same text", load / parse, 4);
  print_row ("chain-20", time_set (filling, "/data/g0/c0_seed", "2", "3"), "us", 60);
  print_row ("feed-300", time_set (filling, "/data/g0/root_in", "9", "-1"), "us", 900);
  print_row ("feed-none", time_set (filling, "/data/g1/p1", "abc", "def"), "us", 2);
  print_row ("memory-synth-b", get_memory (bytes), "MB", 16);
}

static void
measure_rows (void)
{
  g_autoptr(GBytes) few = synth_rows (200), many = synth_rows (400);
  g_autoptr(JnFilling) filling = fill (few), large = fill (many);
  double add, less, best_add, best_less, add_more, less_more, best_add_more, best_less_more;

  print_row ("aggregate-200", time_set (filling, "/data/item[100]/qty", "7", "8"), "us", 120);
  time_rows (filling, &add, &less, &best_add, &best_less);
  time_rows (large, &add_more, &less_more, &best_add_more, &best_less_more);
  print_row ("row-add", add, "us", 200);
  print_row ("row-remove", less, "us", 200);
  print_ratio ("row-add-400", best_add_more, "us", "the same with 200 rows",
               best_add_more / best_add, 2.5);
  print_ratio ("row-remove-400", best_less_more, "us", "the same with 200 rows",
               best_less_more / best_less, 2.5);
}

static void
measure_interview (void)
{
  g_autoptr(GBytes) bytes = synth_interview ();
  double load, parse;

  time_load (bytes, &load, &parse);
  print_row ("load-whova", load, "ms", 40);
}

/* ---- for other measurements --------------------------------------------------------------------- */

static void
print_form (const char *name)
{
  g_autoptr(GBytes) bytes = NULL;
  gsize size;
  const char *data;

  if (strcmp (name, "chains") == 0)
    bytes = synth_chains ();
  else if (strcmp (name, "rows") == 0)
    bytes = synth_rows (200);
  else
    bytes = synth_interview ();
  data = g_bytes_get_data (bytes, &size);
  fwrite (data, 1, size, stdout);
}

/* callgrind collects what happens in here and nothing else. */
static void __attribute__ ((noipa))
counted (GBytes *bytes, JnFilling *filling, const char *ref, const char *value)
{
  if (filling == NULL)
    jn_filling_free (fill (bytes));
  else if (!jn_filling_set (filling, ref, value, NULL, NULL))
    g_error ("%s cannot be set", ref);
}

/* Once before, so that what is made once is there. */
static void
count_path (const char *name)
{
  gboolean rows = strcmp (name, "aggregate-200") == 0;
  gboolean load = strcmp (name, "load-synth-b") == 0;
  const char *ref = rows ? "/data/item[100]/qty" : "/data/g0/c0_seed";
  g_autoptr(GBytes) bytes = rows ? synth_rows (200) : synth_chains ();
  g_autoptr(JnFilling) filling = fill (bytes);

  if (!load && !jn_filling_set (filling, ref, "7", NULL, NULL))
    g_error ("%s cannot be set", ref);
  counted (bytes, load ? NULL : filling, ref, "8");
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--print") == 0)
    {
      print_form (argv[2]);
      return 0;
    }
  if (argc == 3 && strcmp (argv[1], "--count") == 0)
    {
      count_path (argv[2]);
      return 0;
    }
  measure_chains ();
  measure_rows ();
  measure_interview ();
  return 0;
}
