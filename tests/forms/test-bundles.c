/* test-bundles.c: plays whole life events: one form after another, each question asked once.
 *
 * A script of tests/forms/bundles/ is named for its event. Its first line has "case", "facts" (what
 * the register holds of the persons in roles) and "questions": how many are asked in the bundle
 * and how many the same forms ask one by one. A line with "service" begins that form with all that
 * is known so far; the next one, or the end, submits it, and its answers become facts. A line with
 * "result" is what a department decided in between: { role: { property: value } }.
 */
#include "tests/forms/script.h"

#include <string.h>

typedef struct
{
  JsonObject *head;
  JsonObject *facts; /* role → property → value */
  JnForm *form;
  JnFilling *filling;
  gint64 asked; /* without an answer when its form began */
  gint64 alone; /* with nothing known */
} Bundle;

static char *
find_form (const char *service)
{
  g_autofree char *department = g_strndup (service, strcspn (service, "-"));

  return g_strdup_printf ("build/services/%s/%s.xml", department, service);
}

/* ---- what is known ------------------------------------------------------------------------------ */

static JsonObject *
get_subject (Bundle *bundle, const char *subject)
{
  if (!json_object_has_member (bundle->facts, subject))
    json_object_set_object_member (bundle->facts, subject, json_object_new ());
  return json_object_get_object_member (bundle->facts, subject);
}

static void
learn_one (JsonObject *object, const char *name, JsonNode *value, gpointer subject)
{
  json_object_set_member (subject, name, json_node_copy (value));
}

static void
learn_subject (JsonObject *object, const char *subject, JsonNode *facts, gpointer bundle)
{
  json_object_foreach_member (json_node_get_object (facts), learn_one,
                              get_subject (bundle, subject));
}

static void
learn_answers (Bundle *bundle)
{
  g_autoptr(GPtrArray) refs = jn_filling_list (bundle->filling);
  const char *subject, *role, *property;
  JnNodeState state;

  for (guint i = 0; i < refs->len; i++)
    if (jn_form_get_fact (bundle->form, refs->pdata[i], &subject, &role, &property)
        && jn_filling_get (bundle->filling, refs->pdata[i], &state) && *state.value != '\0')
      json_object_set_string_member (get_subject (bundle, role != NULL ? role : subject), property,
                                     state.value);
}

/* ---- questions ---------------------------------------------------------------------------------- */

static gboolean
is_question (const JnControl *control)
{
  switch (jn_control_get_kind (control))
    {
    case JN_CONTROL_INPUT:
    case JN_CONTROL_SELECT1:
    case JN_CONTROL_SELECT:
    case JN_CONTROL_RANGE:
    case JN_CONTROL_RANK:
    case JN_CONTROL_UPLOAD:
    case JN_CONTROL_SECRET:
      return TRUE;
    case JN_CONTROL_GROUP:
    case JN_CONTROL_REPEAT:
    case JN_CONTROL_TRIGGER:
      return FALSE;
    }
  g_assert_not_reached ();
}

/* Questions that stand open now: relevant, to be answered, and blank. */
static gint64
count_open (JnFilling *filling, const JnControl *control)
{
  JnNodeState state;
  gint64 sum = 0;

  for (; control != NULL; control = jn_control_get_next (control))
    {
      if (is_question (control) && jn_filling_get (filling, jn_control_get_ref (control), &state))
        sum += state.relevant && !state.readonly && *state.value == '\0';
      sum += count_open (filling, jn_control_get_first_child (control));
    }
  return sum;
}

/* ---- playing ------------------------------------------------------------------------------------ */

static void
finish_service (Bundle *bundle)
{
  g_autoptr(GBytes) sent = NULL;
  g_autoptr(GError) error = NULL;

  if (bundle->filling == NULL)
    return;
  script_expect_valid (bundle->filling);
  sent = jn_filling_submit (bundle->filling, &error);
  g_assert_no_error (error);
  learn_answers (bundle);
  g_clear_pointer (&bundle->filling, jn_filling_free);
  g_clear_pointer (&bundle->form, jn_form_unref);
}

static void
begin_service (Bundle *bundle, const char *service)
{
  g_autofree char *path = find_form (service);
  g_autoptr(JnFilling) stranger = NULL;
  g_autoptr(GError) error = NULL;

  finish_service (bundle);
  g_test_message ("%s", service);
  bundle->form = jn_form_new_from_file (path, &error);
  g_assert_no_error (error);
  bundle->filling = script_begin (bundle->form, bundle->head, bundle->facts);
  stranger = script_begin (bundle->form, bundle->head, NULL);
  bundle->asked
      += count_open (bundle->filling, jn_control_get_first_child (jn_form_get_body (bundle->form)));
  bundle->alone
      += count_open (stranger, jn_control_get_first_child (jn_form_get_body (bundle->form)));
}

static void
play_line (Bundle *bundle, JsonObject *line)
{
  if (json_object_has_member (line, "service"))
    begin_service (bundle, json_object_get_string_member (line, "service"));
  else if (json_object_has_member (line, "result"))
    {
      finish_service (bundle);
      json_object_foreach_member (json_object_get_object_member (line, "result"), learn_subject,
                                  bundle);
    }
  else
    script_play (bundle->filling, line);
}

static void
play_bundle (gconstpointer path)
{
  g_autoptr(GPtrArray) lines = script_read (path);
  g_autoptr(JsonObject) facts = json_object_new ();
  JsonObject *head = lines->pdata[0], *questions;
  Bundle bundle = { .head = head, .facts = facts };

  json_object_foreach_member (json_object_get_object_member (head, "facts"), learn_subject,
                              &bundle);
  for (guint i = 1; i < lines->len; i++)
    play_line (&bundle, lines->pdata[i]);
  finish_service (&bundle);
  questions = json_object_get_object_member (head, "questions");
  g_assert_cmpint (bundle.asked, ==, json_object_get_int_member (questions, "asked"));
  g_assert_cmpint (bundle.alone, ==, json_object_get_int_member (questions, "alone"));
}

/* Every event has its script. */
static void
add_event (const char *folder, const char *file)
{
  g_autofree char *event = g_strndup (file, strlen (file) - strlen (".xml"));
  g_autofree char *name = g_strdup_printf ("/forms/bundles/%s", event);
  char *path = g_strdup_printf ("%s/%s.jsonl", folder, event);

  g_test_add_data_func_full (name, path, play_bundle, g_free);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) events = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "bundles", NULL);
  events = g_dir_open ("build/events", 0, NULL);
  if (events == NULL)
    g_error ("build/events is missing: make data");
  while ((name = g_dir_read_name (events)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      add_event (folder, name);
  return g_test_run ();
}
