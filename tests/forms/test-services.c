/* test-services.c: plays the scripted fillings of tests/forms/services/ on the services' forms.
 *
 * A script is named for its service and holds JSON Lines: a line with "case" begins a filling (its
 * name, "now", "language", and "facts": role → property → value), the others are requests of
 * `janela-form run` (set, add, remove, validate, state) with what is expected of the answer:
 *   {"op":"validate","expect":{"valid":true}}
 *   {"op":"validate","expect":{"ref":REF,"condition":"constraint","message":TEXT}}
 *   {"op":"state","expect":{REF:VALUE or null where the node is not relevant}}
 */
#include "tests/forms/script.h"

#include <string.h>

typedef struct
{
  char *form;
  GPtrArray *lines; /* (element-type JsonObject): the head first */
} Case;

static void
case_free (Case *play)
{
  g_free (play->form);
  g_ptr_array_unref (play->lines);
  g_free (play);
}

static void
play_case (gconstpointer data)
{
  const Case *play = data;
  JsonObject *head = play->lines->pdata[0];
  g_autoptr(GError) error = NULL;
  g_autoptr(JnForm) form = jn_form_new_from_file (play->form, &error);
  g_autoptr(JnFilling) filling = NULL;

  g_assert_no_error (error);
  filling = script_begin (form, head,
                          json_object_has_member (head, "facts")
                              ? json_object_get_object_member (head, "facts")
                              : NULL);
  for (guint i = 1; i < play->lines->len; i++)
    script_play (filling, play->lines->pdata[i]);
}

static GPtrArray *
add_case (const char *service, const char *form, JsonObject *head)
{
  Case *play = g_new0 (Case, 1);
  g_autofree char *name = g_strdup (json_object_get_string_member (head, "case"));
  g_autofree char *path = NULL;

  g_strdelimit (name, "/", '-');
  path = g_strdup_printf ("/forms/services/%s/%s", service, name);
  play->form = g_strdup (form);
  play->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  g_test_add_data_func_full (path, play, play_case, (GDestroyNotify)case_free);
  return play->lines;
}

/* Whether @object is a step after which the filling must be good, or must be refused. */
static gboolean
expects (JsonObject *object, gboolean good)
{
  JsonObject *expect;

  if (g_strcmp0 (json_object_get_string_member_with_default (object, "op", ""), "validate") != 0)
    return FALSE;
  expect = json_object_get_object_member (object, "expect");
  return json_object_get_boolean_member_with_default (expect, "valid", FALSE) == good;
}

/* Every service has a whole filling that is good and one that is refused. */
static void
expect_both (const char *path, GPtrArray *objects)
{
  guint good = 0, refused = 0;

  for (guint i = 0; i < objects->len; i++)
    {
      good += expects (objects->pdata[i], TRUE);
      refused += expects (objects->pdata[i], FALSE);
    }
  if (good == 0 || refused == 0)
    g_error ("%s: no filling that is %s", path, good == 0 ? "good" : "refused");
}

/* Adds each case of a service's script as a test of its own. */
static void
add_script (const char *folder, const char *service, const char *form)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.jsonl", folder, service);
  g_autoptr(GPtrArray) objects = script_read (path);
  GPtrArray *lines = NULL;

  expect_both (path, objects);
  for (guint i = 0; i < objects->len; i++)
    {
      JsonObject *object = objects->pdata[i];

      if (json_object_has_member (object, "case"))
        lines = add_case (service, form, object);
      g_assert_nonnull (lines);
      g_ptr_array_add (lines, json_object_ref (object));
    }
}

static void
add_department (const char *scripts, const char *services, const char *department)
{
  g_autofree char *path = g_build_filename (services, department, NULL);
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
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
  const char *services = "build/services"; /* made by `make data` */
  const char *name;
  g_autofree char *scripts = NULL;
  g_autoptr(GDir) folder = NULL;

  g_test_init (&argc, &argv, NULL);
  scripts = g_test_build_filename (G_TEST_DIST, "services", NULL);
  folder = g_dir_open (services, 0, NULL);
  if (folder == NULL)
    g_error ("%s is missing: make data", services);
  while ((name = g_dir_read_name (folder)) != NULL)
    add_department (scripts, services, name);
  return g_test_run ();
}
