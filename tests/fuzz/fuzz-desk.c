/* fuzz-desk.c: what comes to a desk from outside is read or refused, whatever it is: the first byte says as what the rest is
 * taken. What was read is written the same way again, where it is written at all. */
#include <gio/gio.h>
#include <string.h>

#include "app/json.h"
#include "app/mo.h"
#include "app/scan.h"
#include "app/settings.h"
#include "forms/departments.h"
#include "forms/event.h"
#include "forms/facts.h"
#include "forms/identity.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What a scanner or a keyboard gave. A number that was taken is in its normal form, which is its own. */
static void
read_scan (const char *text)
{
  static const char *const kinds[]
      = { "bir", "passport", "hkid", "mainland-id", "home-return-permit", "other" };
  g_autoptr(JnScan) scan = jn_scan_parse (text, "2026-11-26");

  g_assert_nonnull (scan);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *normal = NULL, *again = NULL;

      if (jn_scan_check_document (kinds[i], text, &normal) != NULL)
        continue;
      g_assert_null (jn_scan_check_document (kinds[i], normal, &again));
      g_assert_cmpstr (normal, ==, again);
    }
}

/* An answer of the server. */
static void
read_json (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) dict = jn_json_to_dict (text, -1, &error), again = NULL;
  g_autofree char *json = NULL;

  g_assert_true ((dict == NULL) == (error != NULL));
  if (dict == NULL)
    return;
  json = jn_json_from_dict (dict);
  again = jn_json_to_dict (json, -1, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_equal (dict, again));
}

static void
read_settings (const char *text)
{
  static char *state;
  g_autoptr(GError) error = NULL;
  g_autoptr(JnSettings) settings = NULL;

  if (state == NULL)
    {
      state = g_dir_make_tmp ("fuzz-XXXXXX", NULL); /* the terminals' own folders */
      g_setenv ("JANELA_STATE", state, TRUE);
    }
  settings = jn_settings_new_from_data (text, 0, &error);
  g_assert_true ((settings == NULL) == (error != NULL));
  if (settings == NULL)
    return;
  g_assert_nonnull (jn_settings_get_language (settings));
  g_assert_nonnull (jn_settings_get_terminal (settings));
  g_assert_cmpfloat (jn_settings_get_text_scale (settings), >=, 1.0);
  g_assert_cmpfloat (jn_settings_get_text_scale (settings), <=, 2.0);
}

static void
read_translation (const guint8 *data, gsize size)
{
  static char *path;
  g_autoptr(GError) error = NULL;
  g_autoptr(JnMo) mo = NULL;

  if (path == NULL)
    path = g_build_filename (g_dir_make_tmp ("fuzz-XXXXXX", NULL), "desk.mo", NULL);
  g_assert_true (g_file_set_contents_full (path, (const char *)data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  mo = jn_mo_new (path, &error);
  g_assert_true ((mo == NULL) == (error != NULL));
  if (mo == NULL)
    return;
  jn_mo_find (mo, NULL, "Next");
  jn_mo_find (mo, "page", "Next");
  for (gulong n = 0; n < 4; n++)
    jn_mo_find_plural (mo, "%u ticket", n);
}

static void
read_document (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr(GError) of_event = NULL, of_facts = NULL, of_departments = NULL;
  g_autoptr(JnEvent) event = jn_event_new_from_bytes (bytes, &of_event);
  g_autoptr(JnFacts) facts = jn_facts_new_from_bytes (bytes, &of_facts);
  g_autoptr(GPtrArray) departments = jn_departments_new_from_bytes (bytes, &of_departments);

  g_assert_true ((event == NULL) == (of_event != NULL));
  g_assert_true ((facts == NULL) == (of_facts != NULL));
  g_assert_true ((departments == NULL) == (of_departments != NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  text = g_strndup ((const char *)data + 1, size - 1);
  switch (data[0])
    {
    case 's':
      read_scan (text);
      break;
    case 'j':
      read_json (text);
      break;
    case 'k':
      read_settings (text);
      break;
    case 't':
      read_translation (data + 1, size - 1);
      break;
    case 'p':
      for (gulong n = 0; n < 3; n++)
        jn_plural_evaluate (text, n);
      break;
    case 'd':
      read_document (text);
      break;
    default:
      break;
    }
  return 0;
}
