/* run.c: janela-form run: fills a form by JSON Lines on standard input. */
#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "forms/filling.h"
#include "forms/tool/commands.h"

typedef struct
{
  JnForm *form;
  JnFilling *filling;
  JnFillingOptions options;
} Session;

/* ---- answers ------------------------------------------------------------------------------------ */

static void
add_flag (JsonBuilder *out, const char *name, gboolean value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_boolean_value (out, value);
}

static void
add_text (JsonBuilder *out, const char *name, const char *value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_string_value (out, value);
}

static void
add_text_if (JsonBuilder *out, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    add_text (out, name, value);
}

static void
add_choices (JsonBuilder *out, const JnNodeState *state)
{
  if (state->choices == NULL)
    return;
  json_builder_set_member_name (out, "choices");
  json_builder_begin_array (out);
  for (gsize i = 0; i < state->n_choices; i++)
    {
      json_builder_begin_array (out);
      json_builder_add_string_value (out, state->choices[i].value);
      json_builder_add_string_value (out, state->choices[i].label);
      json_builder_end_array (out);
    }
  json_builder_end_array (out);
}

static const char *
get_condition (JnInvalid invalid)
{
  switch (invalid)
    {
    case JN_INVALID_REQUIRED:
      return "required";
    case JN_INVALID_TYPE:
      return "type";
    case JN_INVALID_CONSTRAINT:
      return "constraint";
    case JN_VALID:
      break;
    }
  return NULL;
}

static void
add_node (JsonBuilder *out, const JnNodeState *state)
{
  json_builder_begin_object (out);
  add_text (out, "type", state->type);
  add_text (out, "value", state->value);
  add_text_if (out, "typed", state->typed);
  if (!state->relevant)
    add_flag (out, "relevant", FALSE);
  if (state->readonly)
    add_flag (out, "readonly", TRUE);
  if (state->required)
    add_flag (out, "required", TRUE);
  add_text_if (out, "label", state->label);
  add_text_if (out, "hint", state->hint);
  add_text_if (out, "guidance", state->guidance);
  add_choices (out, state);
  if (state->invalid != JN_VALID)
    {
      json_builder_set_member_name (out, "invalid");
      json_builder_begin_array (out);
      json_builder_add_string_value (out, get_condition (state->invalid));
      json_builder_add_string_value (out, state->message != NULL ? state->message : "");
      json_builder_end_array (out);
    }
  json_builder_end_object (out);
}

static void
add_nodes (Session *session, JsonBuilder *out, const char *name, const GPtrArray *refs)
{
  json_builder_set_member_name (out, name);
  json_builder_begin_object (out);
  for (guint i = 0; i < refs->len; i++)
    {
      JnNodeState state;

      json_builder_set_member_name (out, refs->pdata[i]);
      if (jn_filling_get (session->filling, refs->pdata[i], &state))
        add_node (out, &state);
      else
        json_builder_add_null_value (out);
    }
  json_builder_end_object (out);
}

static void
add_repeat (JsonBuilder *out, const char *ref, gsize count, gboolean fixed)
{
  json_builder_set_member_name (out, ref);
  json_builder_begin_object (out);
  json_builder_set_member_name (out, "count");
  json_builder_add_int_value (out, count);
  add_flag (out, "fixed", fixed);
  json_builder_end_object (out);
}

static void
add_error (JsonBuilder *out, const char *message)
{
  add_flag (out, "ok", FALSE);
  add_text (out, "error", message);
}

/* ---- requests ----------------------------------------------------------------------------------- */

static gboolean
has_text (JsonObject *request, const char *name)
{
  JsonNode *node = json_object_get_member (request, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

static const char *
get_text (JsonObject *request, const char *name)
{
  return has_text (request, name) ? json_object_get_string_member (request, name) : "";
}

static void
answer_state (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GPtrArray) refs = jn_filling_list (session->filling);
  g_autoptr(GPtrArray) ranges = jn_filling_list_ranges (session->filling);

  add_flag (out, "ok", TRUE);
  add_nodes (session, out, "state", refs);
  json_builder_set_member_name (out, "repeats");
  json_builder_begin_object (out);
  for (guint i = 0; i < ranges->len; i++)
    {
      gboolean fixed;
      gsize count = jn_filling_count (session->filling, ranges->pdata[i], &fixed);

      add_repeat (out, ranges->pdata[i], count, fixed);
    }
  json_builder_end_object (out);
}

static void
answer_change (
    Session *session, JsonBuilder *out, gboolean good, GPtrArray *changed, const GError *error)
{
  if (!good)
    {
      add_error (out, error->message);
      return;
    }
  add_flag (out, "ok", TRUE);
  add_nodes (session, out, "changed", changed);
}

static void
answer_set (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  gboolean good;

  if (!has_text (request, "value"))
    {
      add_error (out, "a value is a text");
      return;
    }
  good = jn_filling_set (session->filling, get_text (request, "ref"), get_text (request, "value"),
                         &changed, &error);
  answer_change (session, out, good, changed, error);
}

static void
answer_add (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  gboolean good = jn_filling_add (session->filling, get_text (request, "ref"), &changed, &error);

  answer_change (session, out, good, changed, error);
}

static void
answer_remove (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  gboolean good = jn_filling_remove (session->filling, get_text (request, "ref"), &changed, &error);

  answer_change (session, out, good, changed, error);
}

static void
answer_language (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;
  gboolean good = jn_filling_set_language (session->filling, get_text (request, "language"),
                                           &changed, &error);

  answer_change (session, out, good, changed, error);
}

static void
add_violation (Session *session, JsonBuilder *out, const char *ref)
{
  JnNodeState state;

  if (!jn_filling_get (session->filling, ref, &state))
    return;
  json_builder_begin_object (out);
  add_text (out, "ref", ref);
  add_text (out, "condition", get_condition (state.invalid));
  add_text (out, "message", state.message != NULL ? state.message : "");
  json_builder_end_object (out);
}

static void
answer_validate (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GPtrArray) refs = jn_filling_validate (session->filling);

  add_flag (out, "ok", TRUE);
  add_flag (out, "valid", refs->len == 0);
  json_builder_set_member_name (out, "violations");
  json_builder_begin_array (out);
  for (guint i = 0; i < refs->len; i++)
    add_violation (session, out, refs->pdata[i]);
  json_builder_end_array (out);
}

static void
add_xml (JsonBuilder *out, GBytes *xml)
{
  gsize size;
  const char *data = g_bytes_get_data (xml, &size);
  g_autofree char *text = g_strndup (data, size);

  add_flag (out, "ok", TRUE);
  add_text (out, "xml", text);
}

static void
answer_submit (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) xml = jn_filling_submit (session->filling, &error);

  if (xml == NULL)
    add_error (out, error->message);
  else
    add_xml (out, xml);
}

static void
answer_save (Session *session, JsonObject *request, JsonBuilder *out)
{
  g_autoptr(GBytes) xml = jn_filling_save (session->filling);

  add_xml (out, xml);
}

static void
answer_load (Session *session, JsonObject *request, JsonBuilder *out)
{
  const char *text = get_text (request, "xml");
  g_autoptr(GBytes) xml = g_bytes_new (text, strlen (text));
  g_autoptr(GError) error = NULL;
  JnFilling *filling = jn_filling_new_from_xml (session->form, xml, &session->options, &error);

  if (filling == NULL)
    {
      add_error (out, error->message);
      return;
    }
  jn_filling_free (session->filling);
  session->filling = filling;
  add_flag (out, "ok", TRUE);
}

static const struct
{
  const char *op;
  void (*answer) (Session *session, JsonObject *request, JsonBuilder *out);
} operations[] = {
  { "state", answer_state },   { "set", answer_set },           { "add", answer_add },
  { "remove", answer_remove }, { "language", answer_language }, { "validate", answer_validate },
  { "submit", answer_submit }, { "save", answer_save },         { "load", answer_load },
};

static void
dispatch (Session *session, JsonObject *request, JsonBuilder *out)
{
  const char *op = get_text (request, "op");

  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].op, op) == 0)
      {
        operations[i].answer (session, request, out);
        return;
      }
  add_error (out, "unknown op");
}

static void
answer_line (Session *session, const char *line)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(JsonBuilder) out = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;
  JsonNode *request;

  json_builder_begin_object (out);
  request
      = json_parser_load_from_data (parser, line, -1, NULL) ? json_parser_get_root (parser) : NULL;
  if (request != NULL && JSON_NODE_HOLDS_OBJECT (request))
    dispatch (session, json_node_get_object (request), out);
  else
    add_error (out, "not a JSON object");
  json_builder_end_object (out);
  root = json_builder_get_root (out);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

static void
answer_all (Session *session)
{
  g_autofree char *line = NULL;
  size_t room = 0;

  while (getline (&line, &room, stdin) > 0)
    answer_line (session, line);
}

/* ---- the command -------------------------------------------------------------------------------- */

static gboolean
open_form (Session *session, const char *path, const char *language)
{
  g_autoptr(GError) error = NULL;
  const GPtrArray *warnings;

  session->form = jn_form_new_from_file (path, &error);
  if (session->form != NULL)
    session->filling = jn_filling_new (session->form, &session->options, &error);
  if (session->filling == NULL)
    {
      g_printerr ("%s: %s\n", path, error->message);
      return FALSE;
    }
  warnings = jn_form_get_warnings (session->form);
  for (guint i = 0; i < warnings->len; i++)
    g_printerr ("%s: %s\n", path, (char *)warnings->pdata[i]);
  if (language != NULL && !g_strv_contains (jn_form_get_languages (session->form), language))
    g_printerr ("%s: the form does not speak '%s'\n", path, language);
  return TRUE;
}

static void
close_form (Session *session)
{
  g_clear_pointer (&session->filling, jn_filling_free);
  g_clear_pointer (&session->form, jn_form_unref);
  g_clear_pointer (&session->options.now, g_date_time_unref);
}

int
jn_tool_run (int argc, char **argv)
{
  g_autofree char *language = NULL, *now = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, "Show texts in this language", "L" },
    { "now", 0, 0, G_OPTION_ARG_STRING, &now, "Let the clock stand at this time", "TIME" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("FILE");
  Session session = { 0 };
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    {
      g_printerr ("Usage: janela-form run FILE [--language L] [--now TIME]\n");
      return 2;
    }
  session.options.language = language;
  if (now != NULL)
    session.options.now = g_date_time_new_from_iso8601 (now, NULL);
  if (now != NULL && session.options.now == NULL)
    {
      g_printerr ("%s is not a time\n", now);
      return 2;
    }
  good = open_form (&session, argv[1], language);
  if (good)
    answer_all (&session);
  close_form (&session);
  return good ? 0 : 1;
}
