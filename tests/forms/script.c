/* script.c: what the scripted fillings of tests/forms/ share: facts, steps and what they expect. */
#include "tests/forms/script.h"

#include <string.h>

static JsonObject *
parse_line (const char *path, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (text, &error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    g_error ("%s: %s: %s", path, text, error != NULL ? error->message : "no object");
  return json_object_ref (json_node_get_object (node));
}

GPtrArray *
script_read (const char *path)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &content, NULL, &error))
    g_error ("a script is missing: %s", error->message);
  lines = g_strsplit (content, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_ptr_array_add (objects, parse_line (path, *line));
  return objects;
}

/* ---- facts -------------------------------------------------------------------------------------- */

static void
add_fact (JsonObject *object, const char *name, JsonNode *value, gpointer user_data)
{
  g_autofree char *text = g_markup_escape_text (json_node_get_string (value), -1);

  g_string_append_printf (user_data, "<%s>%s</%s>", name, text, name);
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

GBytes *
script_facts (JsonObject *facts)
{
  g_autoptr(GString) xml = g_string_new ("<root>");

  if (facts != NULL)
    json_object_foreach_member (facts, add_subject, xml);
  g_string_append (xml, "</root>");
  return g_string_free_to_bytes (g_steal_pointer (&xml));
}

JnFilling *
script_begin (JnForm *form, JsonObject *head, JsonObject *known)
{
  const char *now
      = json_object_get_string_member_with_default (head, "now", "2026-11-23T10:00:00+08:00");
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Macau");
  g_autoptr(GDateTime) instant = g_date_time_new_from_iso8601 (now, zone);
  g_autoptr(GBytes) facts = script_facts (known);
  g_autoptr(GError) error = NULL;
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

/* ---- steps -------------------------------------------------------------------------------------- */

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

void
script_expect_valid (JnFilling *filling)
{
  g_autoptr(GPtrArray) refs = jn_filling_validate (filling);
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
  g_autoptr(GPtrArray) refs = jn_filling_validate (filling);
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
    script_expect_valid (filling);
  else
    expect_refused (filling, expect);
}

static void
expect_value (JsonObject *expect, const char *ref, JsonNode *value, gpointer user_data)
{
  JnNodeState state;
  gboolean there = jn_filling_get (user_data, ref, &state);

  if (JSON_NODE_HOLDS_NULL (value))
    {
      if (there && state.relevant)
        g_error ("%s is asked and should not be", ref);
      return;
    }
  if (!there)
    g_error ("there is no %s", ref);
  if (strcmp (state.value, json_node_get_string (value)) != 0)
    g_error ("%s is \"%s\", not \"%s\"", ref, state.value, json_node_get_string (value));
}

void
script_play (JnFilling *filling, JsonObject *line)
{
  const char *op = json_object_get_string_member (line, "op");
  const char *ref = json_object_get_string_member_with_default (line, "ref", NULL);
  g_autoptr(GError) error = NULL;

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
