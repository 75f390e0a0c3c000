/* demo.c: janela-admin demo load FOLDER: the demonstration's invented people, staff and tickets. */
#include "app/admin/admin.h"

#include <stdio.h>
#include <string.h>

#include "app/dict.h"
#include "app/json.h"

#define USAGE "janela-admin demo load FOLDER"

static const char *const parts[] = { "calendar", "branch", "staff", "people", "tickets" };

static GVariant *
read_part (const char *folder, const char *part, GError **error)
{
  g_autofree char *name = g_strconcat (part, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  GVariant *dict;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  dict = jn_json_to_dict (text, -1, error);
  if (dict == NULL)
    g_prefix_error (error, "%s: ", path);
  return dict;
}

static GVariant *
read_folder (const char *folder, GError **error)
{
  GVariantDict all;

  g_variant_dict_init (&all, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GVariant) part = read_part (folder, parts[i], error);

      if (part == NULL)
        {
          g_variant_dict_clear (&all);
          return NULL;
        }
      g_variant_dict_insert_value (&all, parts[i], part);
    }
  return g_variant_dict_end (&all);
}

int
jn_admin_demo (JnAdmin *admin, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  GVariant *data;

  if (argc != 3 || !g_str_equal (argv[1], "load"))
    return jn_admin_usage (USAGE);
  data = read_folder (argv[2], &error);
  if (data == NULL)
    return jn_admin_fail (JN_EXIT_USAGE, "%s", error->message);
  answer = jn_admin_run (admin, "demo_load", data, &error);
  if (answer == NULL)
    return jn_admin_fail (JN_EXIT_FOUND, "%s", error->message);
  printf ("the demonstration's data is loaded\n");
  return JN_EXIT_OK;
}
