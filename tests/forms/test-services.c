/* test-services.c: plays the scripted fillings of tests/forms/services/ on the services' forms.
 *
 * A script is named for its service and holds JSON Lines: a line with "case" begins a filling (its
 * name, "now", "language", and "facts": role → property → value), the others are requests of
 * `janela-form run` (set, add, remove, validate, state) with what is expected of the answer:
 *   {"op":"validate","expect":{"valid":true}}
 *   {"op":"validate","expect":{"ref":REF,"condition":"constraint","message":TEXT}}
 *   {"op":"state","expect":{REF:VALUE or null where the node is not relevant}}
 */
#include "forms/filling.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  char *form;
  char *script;
  char *name;
  GPtrArray *lines; /* of JsonObject */
} Case;

static void
case_free (Case *play)
{
  g_free (play->form);
  g_free (play->script);
  g_free (play->name);
  g_ptr_array_unref (play->lines);
  g_free (play);
}

static const char *
condition_name (JnInvalid invalid)
{
  switch (invalid)
    {
    case JN_VALID:
      return "valid";
    case JN_INVALID_REQUIRED:
      return "required";
    case JN_INVALID_TYPE:
      return "type";
    case JN_INVALID_CONSTRAINT:
      return "constraint";
    }
  g_assert_not_reached ();
}

static void
add_fact (JsonObject *object, const char *name, JsonNode *value, gpointer user_data)
{
  g_string_append_printf (user_data, "<%s>", name);
  g_autofree char *text = g_markup_escape_text (json_node_get_string (value), -1);
  g_string_append_printf (user_data, "%s</%s>", text, name);
}

static void
add_subject (JsonObject *object, const char *subject, JsonNode *facts, gpointer user_data)
{
  g_string_append_printf (user_data,
                          "<item><subject>%s</subject><id>uuid:%s</id><version>1</version>",
                          subject, subject);
  json_object_foreach_member (json_node_get_object (facts), add_fact, user_data);
  g_string_append (user_data, "</item>");
}

static GBytes *
read_facts (JsonObject *head)
{
  g_autoptr (GString) xml = g_string_new ("<root>");

  if (json_object_has_member (head, "facts"))
    json_object_foreach_member (json_object_get_object_member (head, "facts"), add_subject, xml);
  g_string_append (xml, "</root>");
  return g_string_free_to_bytes (g_steal_pointer (&xml));
}

static JnFilling *
begin (JnForm *form, JsonObject *head)
{
  const char *now
      = json_object_get_string_member_with_default (head, "now", "2026-11-23T10:00:00+08:00");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr (GDateTime) instant = g_date_time_new_from_iso8601 (now, zone);
  g_autoptr (GBytes) facts = read_facts (head);
  g_autoptr (GError) error = NULL;
  JnFillingOptions options = {
    .language = json_object_get_string_member_with_default (head, "language", "en"),
    .now = instant,
    .zone = zone,
    .facts = facts,
  };
  JnFilling *filling = jn_filling_new (form, &options, &error);

  g_assert_no_error (error);
  return filling;
}

static void
expect_valid (JnFilling *filling)
{
  g_autoptr (GPtrArray) refs = jn_filling_validate (filling);
  JnNodeState state;

  for (guint i = 0; i < refs->len; i++)
    {
      g_assert_true (jn_filling_get (filling, refs->pdata[i], &state));
      g_test_message ("%s: %s, \"%s\"", state.ref, condition_name (state.invalid), state.value);
    }
  g_assert_cmpuint (refs->len, ==, 0);
}

static void
expect_refused (JnFilling *filling, JsonObject *expect)
{
  const char *ref = json_object_get_string_member (expect, "ref");
  g_autoptr (GPtrArray) refs = jn_filling_validate (filling);
  JnNodeState state;

  g_assert_true (jn_filling_get (filling, ref, &state));
  g_assert_cmpstr (condition_name (state.invalid), ==,
                   json_object_get_string_member (expect, "condition"));
  g_assert_true (g_ptr_array_find_with_equal_func (refs, ref, g_str_equal, NULL));
  if (json_object_has_member (expect, "message"))
    g_assert_cmpstr (state.message, ==, json_object_get_string_member (expect, "message"));
}

static void
validate (JnFilling *filling, JsonObject *expect)
{
  if (json_object_get_boolean_member_with_default (expect, "valid", FALSE))
    expect_valid (filling);
  else
    expect_refused (filling, expect);
}

static void
expect_value (JsonObject *expect, const char *ref, JsonNode *value, gpointer user_data)
{
  JnNodeState state;
  gboolean there = jn_filling_get (user_data, ref, &state);

  g_test_message ("%s", ref);
  if (JSON_NODE_HOLDS_NULL (value))
    g_assert_false (there && state.relevant);
  else
    {
      g_assert_true (there);
      g_assert_cmpstr (state.value, ==, json_node_get_string (value));
    }
}

static void
play_line (JnFilling *filling, JsonObject *line)
{
  const char *op = json_object_get_string_member (line, "op");
  const char *ref = json_object_get_string_member_with_default (line, "ref", NULL);
  g_autoptr (GError) error = NULL;

  if (g_str_equal (op, "set"))
    jn_filling_set (filling, ref, json_object_get_string_member (line, "value"), NULL, &error);
  else if (g_str_equal (op, "add"))
    jn_filling_add (filling, ref, NULL, &error);
  else if (g_str_equal (op, "remove"))
    jn_filling_remove (filling, ref, NULL, &error);
  else if (g_str_equal (op, "validate"))
    validate (filling, json_object_get_object_member (line, "expect"));
  else if (g_str_equal (op, "state"))
    json_object_foreach_member (json_object_get_object_member (line, "expect"), expect_value,
                                filling);
  else
    g_error ("%s is no step of a script", op);
  g_assert_no_error (error);
}

static void
play_case (gconstpointer data)
{
  const Case *play = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JnForm) form = jn_form_new_from_file (play->form, &error);
  g_autoptr (JnFilling) filling = NULL;

  g_assert_no_error (error);
  filling = begin (form, play->lines->pdata[0]);
  for (guint i = 1; i < play->lines->len; i++)
    play_line (filling, play->lines->pdata[i]);
}

static JsonObject *
parse_line (const char *script, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  if (node == NULL)
    g_error ("%s: %s: %s", script, text, error->message);
  return json_object_ref (json_node_get_object (node));
}

static Case *
case_new (const char *form, const char *script, JsonObject *head)
{
  Case *play = g_new0 (Case, 1);

  play->form = g_strdup (form);
  play->script = g_strdup (script);
  play->name = g_strdup (json_object_get_string_member (head, "case"));
  g_strdelimit (play->name, "/", '-');
  play->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  return play;
}

static void
add_case (Case *play)
{
  g_autofree char *path = g_strdup_printf ("/forms/services/%s/%s", play->script, play->name);

  g_test_add_data_func_full (path, play, play_case, (GDestroyNotify)case_free);
}

/* Adds each case of a script as a test of its own. */
static void
add_script (const char *folder, const char *service, const char *form)
{
  g_autofree char *name = g_strconcat (service, ".jsonl", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  Case *play = NULL;

  if (!g_file_get_contents (path, &content, NULL, &error))
    g_error ("every service has its script: %s", error->message);
  lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      if (**line == '\0')
        continue;
      JsonObject *object = parse_line (service, *line);
      if (json_object_has_member (object, "case"))
        {
          if (play != NULL)
            add_case (play);
          play = case_new (form, service, object);
        }
      g_ptr_array_add (play->lines, object);
    }
  add_case (play);
}

static void
add_department (const char *scripts, const char *services, const char *department)
{
  g_autofree char *path = g_build_filename (services, department, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *form = g_build_filename (path, name, NULL);
      g_autofree char *service = g_strndup (name, strlen (name) - strlen (".xml"));

      if (g_str_has_suffix (name, ".xml"))
        add_script (scripts, service, form);
    }
}

int
main (int argc, char **argv)
{
  const char *services = "build/services"; /* made by `make data` from forms/services */
  const char *name;
  g_autofree char *scripts = NULL;
  g_autoptr (GDir) folder = NULL;

  g_test_init (&argc, &argv, NULL);
  scripts = g_test_build_filename (G_TEST_DIST, "services", NULL);
  folder = g_dir_open (services, 0, NULL);
  if (folder == NULL)
    g_error ("%s is missing: make data", services);
  while ((name = g_dir_read_name (folder)) != NULL)
    add_department (scripts, services, name);
  return g_test_run ();
}
