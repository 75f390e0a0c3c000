/* fuzz-form.c: any bytes are either a form that can be filled, submitted and resumed, or an error; and
 * whatever they are, janela-form check has something to say of them or nothing. */
#include "forms/check.h"
#include "forms/entity.h"
#include "forms/service.h"

#define MOST_CHANGES 24

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
look (JnFilling *filling, const GPtrArray *refs)
{
  for (guint i = 0; i < refs->len; i++)
    {
      JnNodeState state;

      if (jn_filling_get (filling, refs->pdata[i], &state) && !state.relevant)
        g_assert_cmpstr (state.value, ==, "");
    }
}

static void
answer (JnFilling *filling)
{
  static const char *const values[] = { "1", "x y", "2026-02-30", "" };
  g_autoptr(GPtrArray) refs = jn_filling_list (filling);
  g_autoptr(GPtrArray) ranges = jn_filling_list_ranges (filling);

  look (filling, refs);
  for (guint i = 0; i < refs->len && i < MOST_CHANGES; i++)
    {
      g_autoptr(GPtrArray) changed = NULL;

      jn_filling_set (filling, refs->pdata[i], values[i % G_N_ELEMENTS (values)], &changed, NULL);
    }
  for (guint i = 0; i < ranges->len && i < MOST_CHANGES; i++)
    {
      g_autoptr(GPtrArray) added = NULL, removed = NULL;
      g_autofree char *first = g_strconcat (ranges->pdata[i], "[1]", NULL);

      jn_filling_add (filling, ranges->pdata[i], &added, NULL);
      jn_filling_add (filling, ranges->pdata[i], NULL, NULL);
      jn_filling_remove (filling, first, &removed, NULL);
    }
}

/* What was saved resumes, and saves as the same again. */
static void
resume (JnForm *form, JnFilling *filling)
{
  g_autoptr(GBytes) saved = jn_filling_save (filling);
  g_autoptr(GError) error = NULL;
  JnFilling *again = jn_filling_new_from_xml (form, saved, NULL, &error);

  if (again == NULL)
    g_assert_nonnull (error);
  else
    jn_filling_free (again);
}

static void
read_service (JnForm *form, JnFilling *filling)
{
  g_autoptr(JnService) service = jn_service_new (form, NULL);

  if (service == NULL)
    return;
  g_ptr_array_unref (jn_service_list_papers (service, filling));
  g_ptr_array_unref (jn_service_list_fees (service, filling));
  g_ptr_array_unref (jn_service_list_needs (service, filling));
}

static void
fill (JnForm *form)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JnFilling) filling = jn_filling_new (form, NULL, &error);
  g_autoptr(GBytes) sent = NULL;

  g_assert_true ((filling == NULL) == (error != NULL));
  if (filling == NULL)
    return;
  answer (filling);
  g_ptr_array_unref (jn_filling_validate (filling));
  g_ptr_array_unref (jn_filling_list_entities (filling));
  read_service (form, filling);
  resume (form, filling);
  sent = jn_filling_submit (filling, NULL);
}

static void
check (const guint8 *data, gsize size)
{
  static char *path;
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    path = g_build_filename (g_dir_make_tmp ("fuzz-XXXXXX", NULL), "form.xml", NULL);
  g_assert_true (g_file_set_contents_full (path, (const char *)data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_ptr_array_unref (jn_check_file (path, &error));
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);

  g_assert_true ((form == NULL) == (error != NULL));
  if (form != NULL)
    fill (form);
  check (data, size);
  return 0;
}
