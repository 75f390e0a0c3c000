/* cap.c: how many numbers a day may bring. */
#include "app/cap.h"

#include "app/dict.h"

void
jn_cap_free (JnCap *cap)
{
  g_free (cap->service);
  g_free (cap->next);
  g_clear_pointer (&cap->words, g_variant_unref);
  g_free (cap);
}

gboolean
jn_cap_is_reached (const JnCap *cap)
{
  return cap->issued >= cap->per_day;
}

static JnCap *
read_cap (GVariant *row)
{
  JnCap *cap = g_new0 (JnCap, 1);

  cap->service = g_strdup (jn_dict_string (row, "service"));
  cap->per_day = (guint)jn_dict_int (row, "per_day", 0);
  cap->issued = (guint)jn_dict_int (row, "issued", 0);
  cap->next = g_strdup (jn_dict_string (row, "next"));
  cap->words = jn_dict_dict (row, "words");
  return cap;
}

GPtrArray *
jn_cap_list (GVariant *dict, const char *key)
{
  g_autoptr (GVariant) list = jn_dict_list (dict, key);
  GPtrArray *caps = g_ptr_array_new_with_free_func ((GDestroyNotify)jn_cap_free);

  for (gsize i = 0; i < jn_list_length (list); i++)
    {
      g_autoptr (GVariant) row = jn_list_dict (list, i);

      if (row != NULL)
        g_ptr_array_add (caps, read_cap (row));
    }
  return caps;
}
