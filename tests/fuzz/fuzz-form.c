/* fuzz-form.c: any bytes are either a form that can be filled and submitted, or an error. */
#include "forms/filling.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);
  JnFilling *filling;

  if (form == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }
  filling = jn_filling_new (form, NULL, &error);
  g_assert_true ((filling == NULL) == (error != NULL));
  if (filling != NULL)
    jn_filling_free (filling);
  return 0;
}
