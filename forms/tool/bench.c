/* bench.c: janela-form bench: how long a form takes to load and an answer to be worked in. */
#include <malloc.h>
#include <string.h>

#include <json-glib/json-glib.h>
#include <libxml/parser.h>

#include "forms/filling.h"
#include "forms/tool/commands.h"

#define LOADS 21
#define SETS 1001

typedef struct
{
  JnForm *form;
  JnFilling *filling;
  JsonBuilder *out;
} Bench;

/* ---- figures ------------------------------------------------------------------------------------ */

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

static gint64
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

/* Median and 99th percentile of @n times, in @unit nanoseconds. */
static void
add_figures (
    JsonBuilder *out, const char *name, gint64 *times, gsize n, double unit, const char *suffix)
{
  g_autofree char *median = g_strdup_printf ("%s_%s", name, suffix);
  g_autofree char *p99 = g_strdup_printf ("%s_p99_%s", name, suffix);

  qsort (times, n, sizeof *times, compare);
  json_builder_set_member_name (out, median);
  json_builder_add_double_value (out, (double)times[n / 2] / unit);
  json_builder_set_member_name (out, p99);
  json_builder_add_double_value (out, (double)times[n * 99 / 100] / unit);
}

static gsize
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

/* ---- loading ------------------------------------------------------------------------------------ */

static gint64
time_parse (const char *data, gsize size)
{
  gint64 start = now_ns ();
  xmlDoc *doc = xmlReadMemory (data, (int)size, NULL, NULL, XML_PARSE_NONET);
  gint64 took = now_ns () - start;

  xmlFreeDoc (doc);
  return took;
}

static gboolean
open_form (Bench *bench, const char *path, GError **error)
{
  bench->form = jn_form_new_from_file (path, error);
  if (bench->form == NULL)
    return FALSE;
  bench->filling = jn_filling_new (bench->form, NULL, error);
  return bench->filling != NULL;
}

static void
close_form (Bench *bench)
{
  g_clear_pointer (&bench->filling, jn_filling_free);
  g_clear_pointer (&bench->form, jn_form_unref);
}

static gboolean
measure_load (Bench *bench, const char *path, GError **error)
{
  gint64 loads[LOADS], parses[LOADS];
  g_autofree char *data = NULL;
  gsize size, before, after;

  if (!g_file_get_contents (path, &data, &size, error))
    return FALSE;
  for (guint i = 0; i < LOADS; i++)
    {
      gint64 start;

      parses[i] = time_parse (data, size);
      start = now_ns ();
      if (!open_form (bench, path, error))
        return FALSE;
      loads[i] = now_ns () - start;
      close_form (bench);
    }
  malloc_trim (0);
  before = get_allocated ();
  if (!open_form (bench, path, error))
    return FALSE;
  after = get_allocated ();
  add_figures (bench->out, "load", loads, LOADS, 1e6, "ms");
  add_figures (bench->out, "parse", parses, LOADS, 1e6, "ms");
  json_builder_set_member_name (bench->out, "memory_mb");
  json_builder_add_double_value (bench->out, (double)(after - before) / (1024 * 1024));
  return TRUE;
}

/* ---- changes ------------------------------------------------------------------------------------ */

/* Sets the node to @value and back again, so that each time something changes. */
static gboolean
measure_set (Bench *bench, const char *pair, GError **error)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *ref = equals != NULL ? g_strndup (pair, equals - pair) : g_strdup (pair);
  g_autofree char *name = g_strconcat ("set ", ref, NULL);
  g_autofree char *first = NULL;
  gint64 times[SETS];
  JnNodeState state;
  guint changes = 0;

  if (!jn_filling_get (bench->filling, ref, &state))
    {
      g_set_error (error, JN_FORM_ERROR, JN_FORM_ERROR_NOT_FOUND, "there is no node %s", ref);
      return FALSE;
    }
  first = g_strdup (state.value);
  for (guint i = 0; i < SETS; i++)
    {
      const char *value = i % 2 == 0 && equals != NULL ? equals + 1 : first;
      g_autoptr(GPtrArray) changed = NULL;
      gint64 start = now_ns ();

      if (!jn_filling_set (bench->filling, ref, value, &changed, error))
        return FALSE;
      times[i] = now_ns () - start;
      changes = changed->len;
    }
  add_figures (bench->out, name, times, SETS, 1e3, "us");
  g_free (g_steal_pointer (&name));
  name = g_strconcat ("set ", ref, "_changes", NULL);
  json_builder_set_member_name (bench->out, name);
  json_builder_add_int_value (bench->out, changes);
  return TRUE;
}

/* Adds a row at the end and removes the one in the middle. */
static gboolean
measure_rows (Bench *bench, const char *range, GError **error)
{
  gint64 adds[SETS], removes[SETS];

  for (guint i = 0; i < SETS; i++)
    {
      g_autoptr(GPtrArray) added = NULL, removed = NULL;
      g_autofree char *row = g_strdup_printf (
          "%s[%" G_GSIZE_FORMAT "]", range, jn_filling_count (bench->filling, range, NULL) / 2 + 1);
      gint64 start = now_ns ();

      if (!jn_filling_add (bench->filling, range, &added, error))
        return FALSE;
      adds[i] = now_ns () - start;
      start = now_ns ();
      if (!jn_filling_remove (bench->filling, row, &removed, error))
        return FALSE;
      removes[i] = now_ns () - start;
    }
  add_figures (bench->out, "add", adds, SETS, 1e3, "us");
  add_figures (bench->out, "remove", removes, SETS, 1e3, "us");
  return TRUE;
}

/* ---- the command -------------------------------------------------------------------------------- */

static void
print (JsonBuilder *out)
{
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (out);
  root = json_builder_get_root (out);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static gboolean
measure (Bench *bench, const char *path, char **sets, char **rows, GError **error)
{
  if (!measure_load (bench, path, error))
    return FALSE;
  for (guint i = 0; sets != NULL && sets[i] != NULL; i++)
    if (!measure_set (bench, sets[i], error))
      return FALSE;
  for (guint i = 0; rows != NULL && rows[i] != NULL; i++)
    if (!measure_rows (bench, rows[i], error))
      return FALSE;
  return TRUE;
}

int
jn_tool_bench (int argc, char **argv)
{
  g_auto (GStrv) sets = NULL, rows = NULL;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &sets, "Time this answer", "PATH=VALUE" },
    { "row", 0, 0, G_OPTION_ARG_STRING_ARRAY, &rows, "Time a row more and less", "PATH" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr(GError) error = NULL;
  Bench bench = { 0 };
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    {
      g_printerr ("Usage: janela-form bench FILE [--set PATH=VALUE]… [--row PATH]…\n");
      return 2;
    }
  bench.out = json_builder_new ();
  json_builder_begin_object (bench.out);
  good = measure (&bench, argv[1], sets, rows, &error);
  if (good)
    print (bench.out);
  else
    g_printerr ("%s: %s\n", argv[1], error->message);
  close_form (&bench);
  g_object_unref (bench.out);
  return good ? 0 : 1;
}
