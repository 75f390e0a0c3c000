/* test-follows.c: whatever is answered, in whatever order: what changed is told, all of it, and what stands there then is
 * what the answers alone would give, worked out from nothing. Each form of the catalogue, with answers drawn by lot; the
 * same ones each time ($JANELA_SEED=NUMBER: others).
 *
 * build/ holds what `make data` made. */
#include "forms/facts.h"
#include "forms/filling.h"

#include <stdlib.h>
#include <string.h>

#define STEPS 60
#define EACH 12 /* steps after which the whole is worked out again */

static JnFacts *vocabulary;

typedef struct
{
  JnForm *form;
  JnFilling *filling;
  JnFillingOptions options;
  GBytes *facts; /* what is known now; the options borrow it */
  GRand *lots;
  GString *story; /* the steps so far, for whoever has to mend what is found */
} Play;

/* ---- what stands there -------------------------------------------------------------------------- */

static char *
describe (const JnNodeState *state, gboolean typed)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text,
                   "value=%s relevant=%d readonly=%d required=%d label=%s hint=%s invalid=%d "
                   "message=%s choices=",
                   state->value, state->relevant, state->readonly, state->required, state->label,
                   state->hint, state->invalid, state->message);
  if (typed)
    g_string_append_printf (text, " typed=%s", state->typed);
  for (gsize i = 0; i < state->n_choices; i++)
    g_string_append_printf (text, "%s:%s,", state->choices[i].value, state->choices[i].label);
  return g_string_free (text, FALSE);
}

/* (transfer full) (element-type utf8 utf8): each node's state, by its ref; @typed: with what does not fit, which is not saved */
static GHashTable *
look (JnFilling *filling, gboolean typed)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GPtrArray) refs = jn_filling_list (filling);

  for (guint i = 0; i < refs->len; i++)
    {
      JnNodeState state;

      g_assert_true (jn_filling_get (filling, refs->pdata[i], &state));
      g_hash_table_insert (seen, g_strdup (refs->pdata[i]), describe (&state, typed));
    }
  return seen;
}

/* Each node of @now that is not as it was is among @told (%NULL: none may differ). */
static void
compare (Play *play, GHashTable *was, GHashTable *now, const GPtrArray *told)
{
  GHashTableIter iter;
  gpointer ref, state;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &ref, &state))
    {
      const char *before = g_hash_table_lookup (was, ref);

      if (g_strcmp0 (before, state) == 0
          || (told != NULL
              && g_ptr_array_find_with_equal_func ((GPtrArray *)told, ref, g_str_equal, NULL)))
        continue;
      g_test_message ("%s\n  %s: %s\n  was: %s\n  now: %s", play->story->str,
                      told != NULL ? "not told" : "not the same", (char *)ref, before,
                      (char *)state);
      g_test_fail ();
    }
}

/* ---- answers ------------------------------------------------------------------------------------ */

static char *
draw_choice (Play *play, const JnNodeState *state)
{
  return g_strdup (
      state->choices[g_rand_int_range (play->lots, 0, (gint32)state->n_choices)].value);
}

static char *
draw_value (Play *play, const JnNodeState *state)
{
  static const char *const words[]
      = { "",         "1234567(8)",    "CHAN",    "陳", "R. do Campo 12",
          "62345678", "a@example.org", "M123456", "0",  "12" };

  if (g_rand_int_range (play->lots, 0, 8) == 0)
    return g_strdup (g_rand_boolean (play->lots) ? "" : "12/2026");
  if (state->n_choices > 0)
    return draw_choice (play, state);
  if (strcmp (state->type, "date") == 0)
    return g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (play->lots, 1930, 2031),
                            g_rand_int_range (play->lots, 1, 13),
                            g_rand_int_range (play->lots, 1, 29));
  if (strcmp (state->type, "int") == 0 || strcmp (state->type, "decimal") == 0)
    return g_strdup_printf ("%d", g_rand_int_range (play->lots, -2, 40));
  if (strcmp (state->type, "boolean") == 0)
    return g_strdup (g_rand_boolean (play->lots) ? "true" : "false");
  if (strcmp (state->type, "string") == 0)
    return g_strdup (words[g_rand_int_range (play->lots, 0, G_N_ELEMENTS (words))]);
  return g_strdup ("");
}

/* Whether a person can answer it: a control of the form stands at @ref. */
static gboolean
is_asked (const JnControl *control, const char *path)
{
  for (control = jn_control_get_first_child (control); control != NULL;
       control = jn_control_get_next (control))
    if (jn_control_get_kind (control) <= JN_CONTROL_REPEAT
            ? is_asked (control, path)
            : strcmp (jn_control_get_ref (control), path) == 0)
      return TRUE;
  return FALSE;
}

/* (transfer full): without positions */
static char *
get_path (const char *ref)
{
  GString *path = g_string_new (NULL);

  for (; *ref != '\0'; ref++)
    if (*ref == '[')
      ref = strchr (ref, ']');
    else
      g_string_append_c (path, *ref);
  return g_string_free (path, FALSE);
}

/* (transfer full): what changed; %NULL: nothing was done */
static GPtrArray *
set_one (Play *play)
{
  g_autoptr(GPtrArray) refs = jn_filling_list (play->filling);
  const char *ref = refs->pdata[g_rand_int_range (play->lots, 0, (gint32)refs->len)];
  g_autofree char *path = get_path (ref), *value = NULL;
  GPtrArray *changed = NULL;
  JnNodeState state;

  g_assert_true (jn_filling_get (play->filling, ref, &state));
  if (state.readonly || !state.relevant || !is_asked (jn_form_get_body (play->form), path))
    return NULL;
  value = draw_value (play, &state);
  g_string_append_printf (play->story, "set %s \"%s\"\n", ref, value);
  jn_filling_set (play->filling, ref, value, &changed, NULL);
  return changed;
}

static GPtrArray *
change_rows (Play *play)
{
  g_autoptr(GPtrArray) ranges = jn_filling_list_ranges (play->filling);
  GPtrArray *changed = NULL;
  const char *range;
  gboolean fixed;
  gsize n;

  if (ranges->len == 0)
    return NULL;
  range = ranges->pdata[g_rand_int_range (play->lots, 0, (gint32)ranges->len)];
  n = jn_filling_count (play->filling, range, &fixed);
  if (fixed)
    return NULL;
  if (n > 0 && g_rand_boolean (play->lots))
    {
      g_autofree char *row
          = g_strdup_printf ("%s[%d]", range, g_rand_int_range (play->lots, 1, (gint32)n + 1));

      g_string_append_printf (play->story, "remove %s\n", row);
      jn_filling_remove (play->filling, row, &changed, NULL);
    }
  else if (n < 5)
    {
      g_string_append_printf (play->story, "add %s\n", range);
      jn_filling_add (play->filling, range, &changed, NULL);
    }
  return changed;
}

static GPtrArray *
set_language (Play *play)
{
  const char *const *languages = jn_form_get_languages (play->form);
  guint n = g_strv_length ((GStrv)languages);
  GPtrArray *changed = NULL;

  if (n < 2)
    return NULL;
  play->options.language = languages[g_rand_int_range (play->lots, 0, (gint32)n)];
  g_string_append_printf (play->story, "language %s\n", play->options.language);
  jn_filling_set_language (play->filling, play->options.language, &changed, NULL);
  return changed;
}

/* Each property, or not, of each of these, as once-only hands them over (DESIGN section 4). */
static GPtrArray *
set_facts (Play *play)
{
  static const char *const subjects[]
      = { "applicant", "child", "mother", "father", "death", "vehicle", "premises" };
  static const char *const values[] = { "1234567(8)", "CHAN", "2001-02-03", "F", "12", "yes" };
  const GPtrArray *properties = jn_facts_get_properties (vocabulary);
  g_autoptr(GString) xml = g_string_new ("<root>");
  GPtrArray *changed = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_string_append_printf (xml, "<item><subject>%s</subject>", subjects[i]);
      for (guint k = 0; k < properties->len; k++)
        {
          const JnProperty *property = properties->pdata[k];

          if (g_rand_boolean (play->lots))
            g_string_append_printf (xml, "<%s>%s</%s>", property->name,
                                    values[g_rand_int_range (play->lots, 0, G_N_ELEMENTS (values))],
                                    property->name);
        }
      g_string_append (xml, "</item>");
    }
  g_string_append (xml, "</root>");
  g_string_append_printf (play->story, "facts %s\n", xml->str);
  g_clear_pointer (&play->facts, g_bytes_unref);
  play->facts = g_bytes_new (xml->str, xml->len);
  play->options.facts = play->facts;
  jn_filling_set_facts (play->filling, play->facts, &changed, NULL);
  return changed;
}

static void
take_step (Play *play)
{
  g_autoptr(GHashTable) was = look (play->filling, TRUE);
  g_autoptr(GHashTable) now = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  int lot = g_rand_int_range (play->lots, 0, 20);

  changed = lot < 15   ? set_one (play)
            : lot < 18 ? change_rows (play)
            : lot < 19 ? set_language (play)
                       : set_facts (play);
  if (changed == NULL)
    return;
  now = look (play->filling, TRUE);
  compare (play, was, now, changed);
}

/* What was saved, read again: every rule runs anew. */
static void
work_out_again (Play *play)
{
  g_autoptr(GBytes) saved = jn_filling_save (play->filling);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnFilling) again = jn_filling_new_from_xml (play->form, saved, &play->options, &error);
  g_autoptr(GHashTable) was = look (play->filling, FALSE);
  g_autoptr(GHashTable) now = NULL;

  g_assert_no_error (error);
  now = look (again, FALSE);
  g_assert_cmpuint (g_hash_table_size (was), ==, g_hash_table_size (now));
  compare (play, was, now, NULL);
}

static void
play (const char *path, guint32 lots)
{
  const char *seed = g_getenv ("JANELA_SEED");
  g_autoptr(GError) error = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_utc (2026, 11, 26, 2, 0, 0);
  Play play = { .options = { .now = now } };

  play.lots = g_rand_new_with_seed (seed != NULL ? lots + (guint32)atoi (seed) : lots);
  play.story = g_string_new (NULL);
  play.form = jn_form_new_from_file (path, &error);
  g_assert_no_error (error);
  play.filling = jn_filling_new (play.form, &play.options, &error);
  g_assert_no_error (error);
  for (int i = 1; i <= STEPS && !g_test_failed (); i++)
    {
      take_step (&play);
      if (i % EACH == 0)
        work_out_again (&play);
    }
  jn_filling_free (play.filling);
  g_clear_pointer (&play.facts, g_bytes_unref);
  jn_form_unref (play.form);
  g_string_free (play.story, TRUE);
  g_rand_free (play.lots);
}

static void
test_follows (gconstpointer path)
{
  play (path, 20261126);
}

static void
test_all_kinds (gconstpointer lots)
{
  play ("tests/forms/follows.xml", GPOINTER_TO_UINT (lots));
}

static void
add_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (path);
      else if (g_str_has_suffix (name, ".xml"))
        {
          g_autofree char *test = g_strdup_printf ("/follows/%s", path);

          g_test_add_data_func_full (test, g_steal_pointer (&path), test_follows, g_free);
        }
    }
}

int
main (int argc, char **argv)
{
  g_autoptr(GBytes) xml = NULL;
  g_autofree char *text = NULL;
  gsize length;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_file_get_contents ("build/facts.xml", &text, &length, NULL));
  xml = g_bytes_new (text, length);
  vocabulary = jn_facts_new_from_bytes (xml, NULL);
  g_assert_nonnull (vocabulary);
  add_folder ("build/services");
  for (int i = 1; i <= 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("/follows/all-kinds/%d", i);

      g_test_add_data_func (name, GINT_TO_POINTER (i), test_all_kinds);
    }
  status = g_test_run ();
  jn_facts_unref (vocabulary);
  return status;
}
