/* demo-people.c: reads the demonstration's staff.json. */
#include "ui/demo-people.h"

#include <json-glib/json-glib.h>

static void
person_free (gpointer data)
{
  JnDemoPerson *person = data;

  g_free (person->login);
  g_free (person->password);
  g_free (person->name_zh);
  g_free (person->name_latin);
  g_free (person);
}

static gboolean
has_role (JsonObject *staff, const char *role)
{
  JsonArray *roles = json_object_get_array_member (staff, "roles");

  for (guint i = 0; roles != NULL && i < json_array_get_length (roles); i++)
    if (g_strcmp0 (json_array_get_string_element (roles, i), role) == 0)
      return TRUE;
  return FALSE;
}

static void
add_person (JsonArray *array, guint i, JsonNode *node, gpointer user_data)
{
  GPtrArray *people = user_data;
  JsonObject *staff = json_node_get_object (node);
  JsonObject *name = json_object_get_object_member (staff, "name");
  JnDemoPerson *person;

  if (!has_role (staff, "clerk"))
    return;
  person = g_new0 (JnDemoPerson, 1);
  person->login = g_strdup (json_object_get_string_member (staff, "login"));
  person->password = g_strdup (json_object_get_string_member (staff, "password"));
  person->name_zh = g_strdup (json_object_get_string_member (name, "zh"));
  person->name_latin = g_strdup (json_object_get_string_member (name, "latin"));
  person->supervisor = has_role (staff, "supervisor");
  g_ptr_array_add (people, person);
}

/* (transfer full): the list "staff" of the file; NULL where there is none. */
static JsonArray *
read_staff (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *path = g_getenv ("JANELA_DEMO_STAFF");
  g_autoptr (GError) error = NULL;
  JsonNode *root;

  if (path == NULL)
    return NULL;
  if (!json_parser_load_from_file (parser, path, &error))
    {
      g_warning ("the demonstration's staff cannot be read: %s", error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_OBJECT (root)
      || !json_object_has_member (json_node_get_object (root), "staff"))
    return NULL;
  return json_array_ref (json_object_get_array_member (json_node_get_object (root), "staff"));
}

GPtrArray *
jn_demo_people_list (void)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (person_free);
  g_autoptr (JsonArray) staff = read_staff ();

  if (staff != NULL)
    json_array_foreach_element (staff, add_person, people);
  return people;
}

char *
jn_demo_people_find_account (const char *role, char **password)
{
  g_autoptr (JsonArray) staff = read_staff ();

  for (guint i = 0; staff != NULL && i < json_array_get_length (staff); i++)
    {
      JsonObject *one = json_array_get_object_element (staff, i);

      if (!has_role (one, role))
        continue;
      *password = g_strdup (json_object_get_string_member (one, "password"));
      return g_strdup (json_object_get_string_member (one, "login"));
    }
  return NULL;
}
