/* flatten.c: janela-form flatten: writes a form with its fragments taken in. */
#include "forms/flatten.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "forms/tool/commands.h"

int
jn_tool_flatten (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) form = NULL;
  g_autofree char *folder = NULL;
  const char *data;
  gsize size;

  if (argc != 3)
    {
      g_printerr ("Usage: janela-form flatten IN OUT\n");
      return 2;
    }
  form = jn_flatten_file (argv[1], &error);
  if (form == NULL)
    {
      g_printerr ("%s: %s\n", argv[1], error->message);
      return 1;
    }
  folder = g_path_get_dirname (argv[2]);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_printerr ("%s: %s\n", folder, g_strerror (errno));
      return 1;
    }
  data = g_bytes_get_data (form, &size);
  if (!g_file_set_contents (argv[2], data, size, &error))
    {
      g_printerr ("%s: %s\n", argv[2], error->message);
      return 1;
    }
  return 0;
}
