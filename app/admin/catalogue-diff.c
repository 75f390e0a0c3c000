/* catalogue-diff.c: what another version of a form asks otherwise. */
#include "app/admin/catalogue-diff.h"

#include "forms/form.h"
#include "forms/shape.h"

#define MAX_NAMED 6 /* paths that are named in the line; the rest is counted */

static void
note_node (const JnNodeShape *shape, gpointer user_data)
{
  g_autofree char *choices
      = shape->choices != NULL ? g_strjoinv (" ", (char **)shape->choices) : g_strdup ("");

  if (shape->leaf)
    g_hash_table_insert (user_data, g_strdup (shape->path),
                         g_strdup_printf ("%s|%d|%s", shape->type, shape->required, choices));
}

/* (transfer full) (nullable): path → what it takes */
static GHashTable *
list_nodes (GBytes *xml)
{
  g_autoptr (JnForm) form = jn_form_new_from_bytes (xml, NULL, NULL, NULL);
  GHashTable *nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (form == NULL)
    g_clear_pointer (&nodes, g_hash_table_unref);
  else
    jn_form_foreach_shape (form, note_node, nodes);
  return nodes;
}

typedef struct
{
  guint added;
  guint removed;
  guint changed;
  GPtrArray *names;
} Count;

static void
count_one (Count *count, guint *which, char sign, const char *path)
{
  (*which)++;
  g_ptr_array_add (count->names, g_strdup_printf ("%c%s", sign, path));
}

static void
compare (Count *count, GHashTable *before, GHashTable *after)
{
  GHashTableIter iter;
  gpointer path, takes;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &path, &takes))
    {
      const char *former = g_hash_table_lookup (before, path);

      if (former == NULL)
        count_one (count, &count->added, '+', path);
      else if (!g_str_equal (former, takes))
        count_one (count, &count->changed, '~', path);
    }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (after, path))
      count_one (count, &count->removed, '-', path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

char *
jn_catalogue_diff (GBytes *before, GBytes *after)
{
  g_autoptr (GHashTable) old = list_nodes (before);
  g_autoptr (GHashTable) new = list_nodes (after);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Count count = { .names = names };
  GString *line;

  if (old == NULL || new == NULL)
    return g_strdup ("unreadable");
  compare (&count, old, new);
  if (names->len == 0)
    return g_strdup ("texts only");
  g_ptr_array_sort (names, compare_names);
  line = g_string_new (NULL);
  g_string_printf (line, "questions +%u -%u ~%u:", count.added, count.removed, count.changed);
  for (guint i = 0; i < names->len && i < MAX_NAMED; i++)
    g_string_append_printf (line, " %s", (char *)names->pdata[i]);
  if (names->len > MAX_NAMED)
    g_string_append (line, " …");
  return g_string_free (line, FALSE);
}
