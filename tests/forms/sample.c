/* sample.c: see sample.h. */
#include "tests/forms/sample.h"

#include <string.h>

GBytes *
sample_bytes (const char *model, const char *body)
{
  char *text = g_strconcat (
      "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "
      "xmlns:jr='http://openrosa.org/javarosa' xmlns:orx='http://openrosa.org/xforms' "
      "xmlns:odk='http://www.opendatakit.org/xforms' "
      "xmlns:entities='http://www.opendatakit.org/xforms/entities' "
      "xmlns:jn='https://janela.example/xforms'><h:head><h:title>Sample</h:title><model>",
      model, "</model></h:head><h:body>", body, "</h:body></h:html>", NULL);

  return g_bytes_new_take (text, strlen (text));
}

JnForm *
sample_form (const char *model, const char *body)
{
  g_autoptr(GBytes) bytes = sample_bytes (model, body);
  g_autoptr(GError) error = NULL;
  JnForm *form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return form;
}

void
sample_fails (const char *model, const char *body, JnFormError code, const char *part)
{
  g_autoptr(GBytes) bytes = sample_bytes (model, body);
  g_autoptr(GError) error = NULL;
  JnForm *form = jn_form_new_from_bytes (bytes, NULL, NULL, &error);

  g_assert_null (form);
  g_assert_error (error, JN_FORM_ERROR, (gint)code);
  if (strstr (error->message, part) == NULL)
    g_error ("\"%s\" is not in \"%s\"", part, error->message);
}

JnFillingOptions
sample_options (void)
{
  static GDateTime *now;
  static GTimeZone *zone;

  if (zone == NULL)
    {
      zone = g_time_zone_new_identifier ("Asia/Macau");
      now = g_date_time_new (zone, 2026, 3, 2, 9, 30, 0);
    }
  return (JnFillingOptions){ .now = now, .zone = zone };
}

JnFilling *
sample_filling (JnForm *form)
{
  const JnFillingOptions options = sample_options ();
  g_autoptr(GError) error = NULL;
  JnFilling *filling = jn_filling_new (form, &options, &error);

  g_assert_no_error (error);
  return filling;
}

JnFilling *
sample_fill (const char *model, const char *body)
{
  g_autoptr(JnForm) form = sample_form (model, body);

  return sample_filling (form);
}

JnFilling *
sample_resume (JnForm *form, const char *xml)
{
  const JnFillingOptions options = sample_options ();
  g_autoptr(GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr(GError) error = NULL;
  JnFilling *filling = jn_filling_new_from_xml (form, bytes, &options, &error);

  g_assert_no_error (error);
  return filling;
}

void
put (JnFilling *filling, const char *ref, const char *value)
{
  g_autoptr(GError) error = NULL;

  jn_filling_set (filling, ref, value, NULL, &error);
  g_assert_no_error (error);
}

char *
join_refs (GPtrArray *refs)
{
  g_ptr_array_add (refs, NULL);
  return g_strjoinv (" ", (char **)refs->pdata);
}

char *
put_and_list (JnFilling *filling, const char *ref, const char *value)
{
  g_autoptr(GPtrArray) changed = NULL;
  g_autoptr(GError) error = NULL;

  jn_filling_set (filling, ref, value, &changed, &error);
  g_assert_no_error (error);
  return join_refs (changed);
}

JnNodeState
state_of (JnFilling *filling, const char *ref)
{
  JnNodeState state;

  if (!jn_filling_get (filling, ref, &state))
    g_error ("there is no node %s", ref);
  return state;
}

void
expect (JnFilling *filling, const char *ref, const char *value)
{
  JnNodeState state = state_of (filling, ref);

  g_assert_true (state.relevant);
  g_assert_cmpstr (state.value, ==, value);
}

void
expect_blank (JnFilling *filling, const char *ref)
{
  JnNodeState state = state_of (filling, ref);

  g_assert_false (state.relevant);
  g_assert_cmpstr (state.value, ==, "");
}

char *
submit (JnFilling *filling)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) xml = jn_filling_submit (filling, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (xml, &size);
  return g_strndup (data, size);
}
