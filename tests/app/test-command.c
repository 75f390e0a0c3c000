/* test-command.c: keys, commands, dictionaries and their JSON, and the errors' details. */
#include "app/backend.h"
#include "app/command.h"
#include "app/dict.h"
#include "app/json.h"
#include "app/uuid.h"

static void
test_uuid_rises (void)
{
  g_autofree char *before = jn_uuid_new ();

  g_assert_cmpuint (strlen (before), ==, 36);
  for (int i = 0; i < 20000; i++)
    {
      char *after = jn_uuid_new ();

      g_assert_true (jn_uuid_is_valid (after));
      g_assert_cmpint (after[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", after[19]));
      g_assert_cmpstr (before, <, after);
      g_free (before);
      before = after;
    }
  g_assert_false (jn_uuid_is_valid (NULL));
  g_assert_false (jn_uuid_is_valid ("B011"));
}

static void
test_uuid_time (void)
{
  g_autofree char *uuid = jn_uuid_new ();
  g_autofree char *hex = g_strdup_printf ("%.8s%.4s", uuid, uuid + 9);
  gint64 ms = (gint64)g_ascii_strtoull (hex, NULL, 16);

  g_assert_cmpint (ABS (ms - g_get_real_time () / 1000), <, 2000);
}

static void
test_command (void)
{
  g_autoptr (JnCommand) command
             = jn_command_new ("ticket_recall", jn_dict_new ("ticket", "s", "t", NULL));
  g_autoptr (JnCommand) bare = jn_command_new ("ticket_call_next", NULL);
  g_autoptr (JnCommand) again = jn_command_new_full ("x", NULL, jn_command_get_key (command), 42);
  g_autoptr (JnQuery) query = jn_query_new ("queue", NULL);

  g_assert_cmpstr (jn_command_get_name (command), ==, "ticket_recall");
  g_assert_cmpstr (jn_dict_string (jn_command_get_args (command), "ticket"), ==, "t");
  g_assert_cmpuint (g_variant_n_children (jn_command_get_args (bare)), ==, 0);
  g_assert_cmpstr (jn_command_get_key (again), ==, jn_command_get_key (command));
  g_assert_cmpint (jn_command_get_happened_at (again), ==, 42);
  g_assert_false (jn_command_is_deferrable (command));
  jn_command_set_deferrable (command, TRUE);
  g_assert_true (jn_command_is_deferrable (command));
  g_assert_false (jn_command_is_repeatable (command));
  jn_command_set_repeatable (command, TRUE);
  g_assert_true (jn_command_is_repeatable (command));
  g_assert_false (jn_query_is_cacheable (query));
  jn_query_set_cacheable (query, TRUE);
  g_assert_true (jn_query_is_cacheable (query));
  g_assert_cmpstr (jn_query_get_name (query), ==, "queue");
}

static void
test_dict (void)
{
  const char *codes[] = { "a", "b", NULL };
  g_autoptr (GVariant) dict = g_variant_ref_sink (
      jn_dict_new ("text", "s", "陳", "none", "s", NULL, "counter", "i", 7, "big", "x",
                   G_GINT64_CONSTANT (9007199254740993), "yes", "b", TRUE, "codes", "^as", codes,
                   "in", "@a{sv}", jn_dict_new ("k", "s", "v", NULL), NULL));
  g_autoptr (GVariant) inner = jn_dict_dict (dict, "in");
  g_auto (GStrv) strings = jn_dict_strings (dict, "codes");

  g_assert_cmpstr (jn_dict_string (dict, "text"), ==, "陳");
  g_assert_false (jn_dict_has (dict, "none"));
  g_assert_cmpint (jn_dict_int (dict, "counter", 0), ==, 7);
  g_assert_cmpint (jn_dict_int (dict, "text", -1), ==, -1);
  g_assert_true (jn_dict_boolean (dict, "yes", FALSE));
  g_assert_cmpfloat (jn_dict_double (dict, "counter", 0), ==, 7);
  g_assert_cmpstr (jn_dict_string (inner, "k"), ==, "v");
  g_assert_cmpstrv (strings, codes);
  g_assert_null (jn_dict_dict (dict, "text"));
  g_assert_null (jn_dict_list (NULL, "x"));
}

static void
test_json (void)
{
  const char *text
      = "{\"a\":1,\"b\":[{\"c\":\"\\u9673\"},2.5,true,null],\"d\":null,\"e\":{},\"f\":[],"
        "\"names\":{\"zh_Hant\":\"窗\",\"en\":\"window\"}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) dict = jn_json_to_dict (text, -1, &error);
  g_autoptr (GVariant) list = jn_dict_list (dict, "b");
  g_autoptr (GVariant) first = jn_list_dict (list, 0);
  g_autofree char *back = NULL;

  g_assert_no_error (error);
  g_assert_false (g_variant_is_floating (dict));
  g_assert_cmpint (jn_dict_int (dict, "a", 0), ==, 1);
  g_assert_cmpstr (jn_dict_string (first, "c"), ==, "陳");
  g_assert_false (jn_dict_has (dict, "d"));
  g_assert_cmpstr (jn_dict_text (dict, "names", "zh-Hant"), ==, "窗");
  g_assert_cmpstr (jn_dict_text (dict, "names", "en"), ==, "window");
  g_assert_cmpstr (jn_dict_text (dict, "names", "pt"), ==, "窗");
  back = jn_json_from_dict (dict);
  g_assert_cmpstr (back, ==,
                   "{\"a\":1,\"b\":[{\"c\":\"陳\"},2.5,true,null],\"d\":null,\"e\":{},\"f\":[],"
                   "\"names\":{\"zh_Hant\":\"窗\",\"en\":\"window\"}}");
}

/* A string borrowed before the answer is kept must be the one that is there afterwards. */
static void
test_json_is_one_block (void)
{
  g_autoptr (GVariant) dict
             = jn_json_to_dict ("{\"time\":\"2026-11-23T09:00:00+08:00\",\"n\":[1,2]}", -1, NULL);
  const char *time = jn_dict_string (dict, "time");
  const char *block = g_variant_get_data (dict);

  g_assert_true (time >= block && time < block + g_variant_get_size (dict));
}

static void
test_json_wrong (void)
{
  const char *wrong[] = { "", "[1]", "{\"a\":", "7" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (jn_json_to_dict (wrong[i], -1, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_time (void)
{
  g_autofree char *text = jn_time_format (G_GINT64_CONSTANT (1764000000123456));

  g_assert_cmpint (jn_time_parse (text), ==, G_GINT64_CONSTANT (1764000000123456));
  g_assert_cmpint (jn_time_parse ("2026-05-01T09:00:00+08:00"), ==,
                   jn_time_parse ("2026-05-01T01:00:00Z"));
  g_assert_cmpint (jn_time_parse ("yesterday"), ==, 0);
}

static void
test_error (void)
{
  g_autoptr (GError) error = jn_backend_error_new (JN_BACKEND_ERROR_REJECTED, "fee-wrong",
                                                   "/data/fee", jn_dict_new ("want", "i", 5, NULL));
  g_autoptr (GError) copy = g_error_copy (error);

  g_assert_error (copy, JN_BACKEND_ERROR, JN_BACKEND_ERROR_REJECTED);
  g_assert_cmpstr (jn_backend_error_get_code (copy), ==, "fee-wrong");
  g_assert_cmpstr (jn_backend_error_get_node (copy), ==, "/data/fee");
  g_assert_cmpint (jn_dict_int (jn_backend_error_get_args (copy), "want", 0), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/uuid/rises", test_uuid_rises);
  g_test_add_func ("/app/uuid/time", test_uuid_time);
  g_test_add_func ("/app/command/keeps-what-it-got", test_command);
  g_test_add_func ("/app/dict/build-and-look-up", test_dict);
  g_test_add_func ("/app/json/round-trip", test_json);
  g_test_add_func ("/app/json/is-one-block", test_json_is_one_block);
  g_test_add_func ("/app/json/refuses-what-is-no-object", test_json_wrong);
  g_test_add_func ("/app/dict/time", test_time);
  g_test_add_func ("/app/backend/error-details", test_error);
  return g_test_run ();
}
