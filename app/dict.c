/* dict.c: building an a{sv}, and looking up in one. */
#include "app/dict.h"

#include <stdarg.h>

/* The next value of @format, or NULL where it is to be left out. */
static GVariant *
collect (const char *format, va_list *values)
{
  const void *pointer;
  va_list peeked;

  if (g_str_equal (format, "i"))
    return g_variant_new_int64 (va_arg (*values, int));
  if (g_str_equal (format, "s") || g_str_equal (format, "^as") || format[0] == '@')
    {
      va_copy (peeked, *values);
      pointer = va_arg (peeked, const void *);
      va_end (peeked);
      if (pointer == NULL)
        {
          (void)va_arg (*values, const void *);
          return NULL;
        }
    }
  return g_variant_new_va (format, NULL, values);
}

GVariant *
jn_dict_new (const char *key, ...)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  struct
  {
    va_list list; /* boxed: a va_list handed on by address must not be a parameter's array */
  } values;

  va_start (values.list, key);
  while (key != NULL)
    {
      GVariant *value = collect (va_arg (values.list, const char *), &values.list);

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", key, value);
      key = va_arg (values.list, const char *);
    }
  va_end (values.list);
  return g_variant_builder_end (&builder);
}

/* (transfer full) (nullable) */
static GVariant *
look_up (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) value = NULL;

  if (dict == NULL || !g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT))
    return NULL;
  value = g_variant_lookup_value (dict, key, NULL);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE))
    return g_variant_get_maybe (value);
  return g_steal_pointer (&value);
}

const char *
jn_dict_string (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return NULL;
  return g_variant_get_string (value, NULL); /* lives in the dictionary's own data */
}

gint64
jn_dict_int (GVariant *dict, const char *key, gint64 fallback)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return fallback;
  return g_variant_get_int64 (value);
}

gboolean
jn_dict_boolean (GVariant *dict, const char *key, gboolean fallback)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return fallback;
  return g_variant_get_boolean (value);
}

double
jn_dict_double (GVariant *dict, const char *key, double fallback)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    return g_variant_get_double (value);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return (double)g_variant_get_int64 (value);
  return fallback;
}

gint64
jn_dict_time (GVariant *dict, const char *key)
{
  const char *text = jn_dict_string (dict, key);

  return text != NULL ? jn_time_parse (text) / G_USEC_PER_SEC : 0;
}

gboolean
jn_dict_has (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  return value != NULL;
}

GVariant *
jn_dict_dict (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return NULL;
  return g_steal_pointer (&value);
}

GVariant *
jn_dict_list (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) value = look_up (dict, key);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_ARRAY)
      || g_variant_is_of_type (value, G_VARIANT_TYPE_DICTIONARY))
    return NULL;
  return g_steal_pointer (&value);
}

char **
jn_dict_strings (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) list = jn_dict_list (dict, key);
  g_autoptr (GStrvBuilder) strings = g_strv_builder_new ();

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      const char *text = jn_list_string (list, i);

      if (text != NULL)
        g_strv_builder_add (strings, text);
    }
  return g_strv_builder_end (strings);
}

const char *
jn_dict_text (GVariant *dict, const char *key, const char *language)
{
  static const char *const keys[] = { "zh_Hant", "pt", "en" };
  g_autoptr (GVariant) texts = jn_dict_dict (dict, key);
  g_autofree char *wanted = g_strdup (language);
  const char *text = NULL;

  if (texts == NULL)
    return NULL;
  text = jn_dict_string (texts, wanted != NULL ? g_strdelimit (wanted, "-", '_') : "zh_Hant");
  for (guint i = 0; i < G_N_ELEMENTS (keys) && text == NULL; i++)
    text = jn_dict_string (texts, keys[i]);
  return text;
}

gsize
jn_list_length (GVariant *list)
{
  return list != NULL ? g_variant_n_children (list) : 0;
}

/* (transfer full) (nullable): the element without its wrapping */
static GVariant *
element (GVariant *list, gsize i)
{
  g_autoptr (GVariant) child = NULL;

  if (i >= jn_list_length (list))
    return NULL;
  child = g_variant_get_child_value (list, i);
  if (g_variant_is_of_type (child, G_VARIANT_TYPE_VARIANT))
    return g_variant_get_variant (child);
  return g_steal_pointer (&child);
}

GVariant *
jn_list_dict (GVariant *list, gsize i)
{
  g_autoptr (GVariant) value = element (list, i);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return NULL;
  return g_steal_pointer (&value);
}

const char *
jn_list_string (GVariant *list, gsize i)
{
  g_autoptr (GVariant) value = element (list, i);

  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return NULL;
  return g_variant_get_string (value, NULL);
}

GVariant *
jn_list_new (GVariant *const *dicts, gsize n_dicts)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));

  for (gsize i = 0; i < n_dicts; i++)
    g_variant_builder_add (&builder, "v", dicts[i]);
  return g_variant_builder_end (&builder);
}

char *
jn_time_format (gint64 at_us)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = NULL;

  if (seconds == NULL)
    return NULL;
  at = g_date_time_add (seconds, at_us % G_USEC_PER_SEC);
  return g_date_time_format (at, "%Y-%m-%dT%H:%M:%S.%fZ");
}

gint64
jn_time_parse (const char *text)
{
  g_autoptr (GDateTime) at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (at == NULL)
    return 0;
  return g_date_time_to_unix (at) * G_USEC_PER_SEC + g_date_time_get_microsecond (at);
}
