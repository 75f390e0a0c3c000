/* fuzz-xpath.c: any text is either an expression or an error, and evaluating it on a form's nodes ends. */
#include "forms/filling.h"
#include "forms/xpath.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static const char FORM[]
    = "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>"
      "<h:head><h:title>t</h:title><model><instance><data id='t'><a>1</a><b>2026-01-31</b>"
      "<r><c>x</c></r></data></instance><bind nodeset='/data/a' type='int'/></model></h:head>"
      "<h:body><input ref='/data/a'/></h:body></h:html>";

static JnFilling *
plain_filling (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (FORM, sizeof FORM - 1);
  g_autoptr(JnForm) form = jn_form_new_from_bytes (bytes, NULL, NULL, NULL);

  g_assert_nonnull (form);
  return jn_filling_new (form, NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static JnFilling *filling;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;

  if (filling == NULL)
    filling = plain_filling ();
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  value = jn_filling_evaluate (filling, text, "/data/a", &error);
  g_assert_true ((value == NULL) == (error != NULL));
  return 0;
}
