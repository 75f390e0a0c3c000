/* shelf.c: the whole catalogue of build/, as a server answers it. */
#include "tests/app/shelf.h"

#include "app/dict.h"
#include "forms/departments.h"
#include "forms/event.h"
#include "forms/service.h"

static GVariant *
make_names (const JnNames *names)
{
  return jn_dict_new ("zh_Hant", "s", names->text[0], "pt", "s", names->text[1], "en", "s",
                      names->text[2], NULL);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, &error))
    g_error ("%s: make data", error->message);
  return g_bytes_new_take (text, size);
}

static void
add_service (GPtrArray *rows, const char *path)
{
  g_autoptr (GBytes) bytes = read_file (path);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);
  g_autoptr (JnService) service = form != NULL ? jn_service_new (form, &error) : NULL;

  g_assert_no_error (error);
  g_ptr_array_add (rows,
                   jn_dict_new ("code", "s", jn_service_get_code (service), "department", "s",
                                jn_service_get_department (service), "version", "s",
                                jn_form_get_version (form), "hash", "s", hash, "names", "@a{sv}",
                                make_names (jn_service_get_names (service)), "group", "s",
                                jn_service_get_department (service), "immediate", "b",
                                jn_service_is_immediate (service), "offline", "s", "no", "keywords",
                                "^as", jn_service_get_keywords (service), NULL));
}

static void
add_event (GPtrArray *rows, const char *path)
{
  g_autoptr (GBytes) bytes = read_file (path);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JnEvent) event = jn_event_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_ptr_array_add (rows, jn_dict_new ("code", "s", jn_event_get_code (event), "version", "s", "1",
                                      "hash", "s", hash, "names", "@a{sv}",
                                      make_names (jn_event_get_names (event)), "keywords", "^as",
                                      jn_event_get_keywords (event), "services", "^as",
                                      jn_event_get_services (event), NULL));
}

typedef void (*AddFile) (GPtrArray *rows, const char *path);

static void
add_files (GPtrArray *rows, const char *folder, AddFile add)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    g_error ("%s is missing: make data", folder);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_files (rows, path, add);
      else if (g_str_has_suffix (name, ".xml"))
        add (rows, path);
    }
}

/* By code, as a server has them */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (jn_dict_string (*(GVariant *const *)a, "code"),
                    jn_dict_string (*(GVariant *const *)b, "code"));
}

static void
add_departments (GPtrArray *rows)
{
  g_autoptr (GBytes) bytes = read_file ("build/departments.xml");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) departments = jn_departments_new_from_bytes (bytes, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < departments->len; i++)
    {
      const JnDepartment *department = departments->pdata[i];

      g_ptr_array_add (rows, jn_dict_new ("code", "s", department->code, "acronym", "s",
                                          department->acronym, "names", "@a{sv}",
                                          make_names (&department->names), NULL));
    }
}

static GVariant *
make_catalogue (void)
{
  g_autoptr (GPtrArray) services = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autoptr (GPtrArray) departments = g_ptr_array_new ();

  add_files (services, "build/services", add_service);
  add_files (events, "build/events", add_event);
  g_ptr_array_sort (services, compare_rows);
  g_ptr_array_sort (events, compare_rows);
  add_departments (departments);
  return jn_dict_new ("version", "s", "1", "departments", "@av",
                      jn_list_new ((GVariant *const *)departments->pdata, departments->len),
                      "services", "@av",
                      jn_list_new ((GVariant *const *)services->pdata, services->len), "events",
                      "@av", jn_list_new ((GVariant *const *)events->pdata, events->len), NULL);
}

void
shelf_stock (JnFakeBackend *fake)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  JnCredentials credentials = { .login = "kaian" };

  jn_fake_backend_always (fake, "sign_in", jn_dict_new ("session", "s", "s", NULL));
  jn_fake_backend_always (fake, "catalogue", make_catalogue ());
  jn_backend_sign_in_async (JN_BACKEND (fake), &credentials, NULL, jn_awaited_cb, &result);
  answer = jn_backend_sign_in_finish (JN_BACKEND (fake), jn_await (&result), &error);
  g_assert_no_error (error);
}
